#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm: --nic virtio-net-pci
#
# What a monitoring system is told: while a gateway is dead, however seldom it is asked and after its entry was
# collected; when it is back; of a link that flaps, of a default route that is gone; and what is not known.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"

virtio=$("$link" nic0 dev 2>/dev/null) || skip_all "needs vm/run --nic virtio-net-pci"
need_module
gw=$(v4 1)
other=$(v4 3)
start_actor
make_segment
ip_in "$host" <<<"route add default via $gw dev h0"
ip link set "$virtio" up

# reload [PARAMETER=VALUE ...] - a new recording; the cable was in before it began
reload() { unload_module; load_module "$@"; }

# plain - times become T, times of day AT, numbers that depend on both N; in use is ALIVE
plain() {
	sed -E 's/ (REACHABLE|STALE|DELAY|PROBE),/ ALIVE,/; s/[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}/AT/g
		s/penalty [0-9]+/penalty N/; s/[0-9]+ records/N records/; s/[0-9]+(\.[0-9]+)? (us|ms|s|min|h|d)( [0-9]+ (s|min|h))?\b/T/g; s/=[0-9]+\.[0-9]{3}s/=Ts/g'
}
# plugin ARG... - "STATUS: FIRST LINE" without performance data; all that was said is in $scratch
as=()
scratch=$(mktemp -d)
defer rm -rf "$scratch"
plugin() {
	"${as[@]}" "$neighwatch" check "$@" >"$scratch/out" 2>"$scratch/err"
	echo "$?: $(head -n 1 "$scratch/out" | cut -d'|' -f1 | plain)"
}
numbers() { head -n 1 "$scratch/out" | cut -s -d'|' -f2 | plain; }
below() { tail -n +2 "$scratch/out" | plain; }

# gives NAME LINE ARG... - the case: check says so, within a minute, and nothing on stderr
gives() {
	local name=$1 wanted=$2
	shift 2
	says() { [ "$(plugin "$@")" = "$wanted" ]; }
	wait_for 30 says "$@"
	is "$name" "$(plugin "$@")$(<"$scratch/err")" "$wanted"
}
# here NAME LINE ARG... - the same of the host's namespace
here() { gives "$1" "$2" -N "$host" "${@:3}"; }

# a round that nobody answers; and the first of them
fails() { send "$1" && becomes FAILED "$1"; }
dies() { becomes STALE "$1" && fails "$1"; }

# Other entries need the room: those that are no good go first.
collect() {
	act sysctl - net/ipv4/neigh/default/gc_thresh2 1
	act sysctl - net/ipv4/neigh/default/gc_thresh3 3
	send "$(v4 90)" "$(v4 91)" "$(v4 92)" "$(v4 93)"
	becomes GONE "$1"
	act sysctl - net/ipv4/neigh/default/gc_thresh3 1024
	act sysctl - net/ipv4/neigh/default/gc_thresh2 512
}

# more records than a small ring holds, about somebody else
flood() {
	local i
	for ((i = 0; i < 40; i++)); do
		echo "neigh replace $(v4 77) dev h0 lladdr $other_mac nud stale"
		echo "neigh replace $(v4 77) dev h0 lladdr $third_mac nud permanent"
	done | ip_in "$host"
}

up="h0 up since before the recording"
alive="0: neighwatch OK - $gw h0 ALIVE, ARP proof T ago; $up "
stuck="2: neighwatch CRITICAL - gateway-stuck $gw h0: nobody answers ARP, T "
unused="0: neighwatch OK - $gw h0 not in use since AT; $up "

plan 44

# --- nothing is wrong ---

reload
here "a gateway that nobody used yet" "0: neighwatch OK - $gw h0 not in use since recording began AT; $up "
send "$gw"
becomes REACHABLE "$gw"
here "a gateway that answers" "$alive"
is "its numbers" "$(numbers)" \
	" 'lost'=0;;;0 'proof_$gw%h0'=Ts;;;0 'confirmed_$gw%h0'=Ts;;;0 'losses_$gw%h0'=0;;;0 'carrier_losses_h0'=0;5;;0"
is "since when losses are counted" "$(below)" "losses are counted since recording began AT"
here "the gateway by its name" "$alive" --gateway "$gw"
here "and with its device" "$alive" --gateway "$gw%h0"
here "the device by its name" "$alive" --dev h0
ip_in "$host" <<<"neigh del $gw dev h0"
here "an administrator removed its entry" "$unused"

# --- it dies, and hardly anybody asks ---

send "$gw"
becomes REACHABLE "$gw"
here "it is used again" "$alive"
mute 1
dies "$gw"
here "one round without an answer" "0: neighwatch OK - $gw h0 FAILED, ARP proof T ago; $up "
is "is mentioned" "$(below | head -n 1)" "info gateway-stuck $gw h0: nobody answers ARP, T"
nap 3
fails "$gw"
here "two rounds, 3 s apart" "$stuck"
is "with the next command" "$(below | head -n 1)" "next: neighwatch history $gw"
here "by its name" "$stuck" --gateway "$gw"
here "by its device" "$stuck" --dev h0
here "another neighbour is fine" "0: neighwatch OK - $other not in use since recording began AT " --gateway "$other"
collect "$gw"
here "its entry was collected" "$stuck"
nap 3
here "and nobody asks any more" "$stuck"
is "the number of losses" "$(numbers | grep -o "losses_$gw%h0'=[0-9]*")" "losses_$gw%h0'=1"
is "as JSON" "$("$neighwatch" check -j -N "$host" | jq -r '"\(.status) \(.exit) \(.findings[0].id) \(.findings[0].addr) \(
	.perfdata | map(.label) | join(" "))"')" \
	"CRITICAL 2 gateway-stuck $gw lost proof_$gw%h0 confirmed_$gw%h0 losses_$gw%h0 carrier_losses_h0"
"$neighwatch" check -j -N "$host" >"$scratch/out"
is "with the exit status" "$?" 2
is "in one line" "$(wc -l <"$scratch/out")" 1
speak 1
send "$gw"
becomes REACHABLE "$gw"
here "it is back" "$alive"
is "and the story is still there" \
	"$("$neighwatch" history --findings -j -N "$host" | jq -r '[.[] | select(.id == "gateway-stuck") |
		"\(.status) \(.severity)"] | join(", ")')" "open info, raised warn, raised crit, cleared crit"

# --- a neighbour that is no gateway ---

# It had its address as a second one beside the first.
ip_in "$gateway" <<<"addr add $other/24 dev g0"
send "$other"
becomes REACHABLE "$other"
here "a neighbour by its name" "0: neighwatch OK - $other h0 ALIVE, ARP proof T ago; $up " --gateway "$other"
mute 3
dies "$other"
fails "$other"
here "is judged as a gateway is" "2: neighwatch CRITICAL - gateway-stuck $other h0: nobody answers ARP, T " \
	--gateway "$other"
here "and is not, unless it is named" "$alive"
speak 3
send "$other"
becomes REACHABLE "$other"

# --- no default route ---

ip_in "$host" <<<"route del default"
lost="2: neighwatch CRITICAL - gateway-lost IPv4 default route: "
here_begins() {
	begins() { [[ "$(plugin "$@")" == "$lost"* ]]; }
	if wait_for 30 begins -N "$host" "${@:2}"; then ok "$1"; else not_ok "$1"; diag "$(plugin -N "$host" "${@:2}")"; fi
}
here_begins "the default route is gone"
here_begins "by the gateway it had" --gateway "$gw"
here "not by another" "0: neighwatch OK - $other h0 ALIVE, ARP proof T ago; $up " --gateway "$other%h0"
ip_in "$host" <<<"route add default via $gw dev h0"
here "it is back" "$alive"

# --- a ring that has forgotten ---

reload ring_size_other=16
send "$gw"
becomes REACHABLE "$gw"
mute 1
dies "$gw"
fails "$gw"
fails "$gw"
flood
is "the ring has nothing of the gateway" "$(history "$gw" | jq -s length)" 0
here "it is dead all the same" "$stuck"
here "by its name" "$stuck" --gateway "$gw"
speak 1
send "$gw"
becomes REACHABLE "$gw"
flood
here "and alive when it is back" "$alive"

# --- a link that flaps ---

reload
"$link" nic0 flap 2 600 600
gives "a link that flaps" "1: neighwatch WARNING - link-flap $virtio (virtio_net): 2 losses, T without link, penalty N " \
	--dev "$virtio"
is "its losses" "$(numbers)" " 'lost'=0;;;0 'carrier_losses_$virtio'=2;5;;0"

# --- what is not known ---

here "a device that is not there" "3: neighwatch UNKNOWN - no device h7 is recorded here " --dev h7
reload sources_off=netif_carrier_off
here "a source that links need" \
	"3: neighwatch UNKNOWN - the source netif_carrier_off is missing: what only it tells goes unseen " --dev h0
send "$gw"
becomes REACHABLE "$gw"
here "and gateways do not" "$alive" --gateway "$gw"
reload links=16
for i in {1..20}; do echo "link add d$i type dummy"; done | ip_in "$host"
plugin -N "$host" >/dev/null
here "records that were lost" "3: neighwatch UNKNOWN - N records were lost in the last T: neighwatch stats "
nap 1
here "are of no matter later" "0: neighwatch OK - $gw h0 ALIVE, no ARP proof seen; $up " --window 1s --gateway "$gw"
as=(setpriv --reuid 65534 --bounding-set -all)
gives "no right to ask" "3: neighwatch UNKNOWN - check: not permitted" --dev "$virtio"
as=()
unload_module
gives "no module" "3: neighwatch UNKNOWN - the module neighwatch is not loaded: nothing is recorded"
