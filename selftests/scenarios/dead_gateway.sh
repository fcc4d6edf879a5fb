#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm:
#
# A gateway dies while it is used, and returns two minutes later: three hosts, each with a gateway of its own, the
# kernel's own timers, nothing scaled.
#
#   busy    ten datagrams a second; two other stations on its segment
#   sparse  one datagram a minute; nobody else on its segment
#   fresh   ten datagrams a second, but the gateway's entry was just removed: it is asked by broadcast alone
#
# What is told has to follow from the records by the rule: warn (N + 2) x retrans_time after the first question without an
# answer, or at the second failed round; crit 5 x N x retrans_time after packets stopped to flow.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"
. "$(dirname "$0")/lib/verdict.bash"

[ "$(id -u)" -eq 0 ] || skip_all "needs root"
hosts="busy sparse fresh"

# cable HOST - namespaces HOST and gw_HOST; the gateway is .1, other stations in the same box .3 and .4
cable() {
	local near=$1
	ns_new "$near" && ns_new "gw_$near" || exit 1
	local far=gw_$near
	far=${!far} near=${!near}
	ip_in "$near" <<-EOF2
		link add h0 address $my_mac type veth peer name g0 address $gw_mac netns $far
		link set h0 up
		addr add $(v4 2)/24 dev h0
	EOF2
	ip_in "$far" <<-EOF2
		link set g0 up
		addr add $(v4 1)/24 dev g0
		neigh add $(v4 2) dev g0 lladdr $my_mac nud permanent
	EOF2
	ip -n "$near" route add default via "$(v4 1)"
}
for name in $hosts; do cable "$name"; done
# Addresses of their own networks: they stay when the gateway's goes.
ip_in "$gw_busy" <<-EOF2
	addr add $(v4 3)/32 dev g0
	addr add $(v4 4)/32 dev g0
EOF2
# Loaded now: all of that was so already, no change that came just before.
need_module ring_size_other=8192 ring_total=131072
start_actor

# --- what happens ---

# until_second N - of the incident
until_second() {
	local us=$((${began/[.,]/} + $1 * 1000000 - ${EPOCHREALTIME/[.,]/}))
	[ $us -le 0 ] || nap "$(printf %d.%06d $((us / 1000000)) $((us % 1000000)))"
}

# keep_using HOST SECONDS / stop_using HOST - a datagram so often to somewhere behind the gateway
declare -A sender
keep_using() {
	# shellcheck disable=SC2016 # the words of the other shell
	ip netns exec "${!1}" bash -c '
		exec {clock}<> <(:)
		while :; do echo hello >/dev/udp/192.0.2.1/9; read -rt "$1" -u $clock; done 2>/dev/null' bash "$2" &
	sender[$1]=$!
}
stop_using() {
	[ "${sender[$1]}" ] || return 0
	kill "${sender[$1]}"
	wait "${sender[$1]}" 2>/dev/null
	sender[$1]=
}
stop_all() { for name in $hosts; do stop_using "$name"; done; }
defer stop_all

dies() { local far=gw_$1; ip -n "${!far}" addr del "$(v4 1)/24" dev g0; }
returns() { local far=gw_$1; ip -n "${!far}" addr add "$(v4 1)/24" dev g0; }
gateway_is() { act wait "${!1}" "$2" "$3" "$(v4 1)"; }

# found HOST - what the detectors say of it now
found() { host=${!1} findings; }

# checked HOST - what a monitoring system is told of it now: the plugin's status
checked() { "$neighwatch" check -N "${!1}" >/dev/null; echo $?; }

# Nobody sends any more and the table is full: the dead gateway's entry is taken away, as on a host with many
# neighbours. The thresholds are those of all namespaces.
collect() {
	act sysctl - net/ipv4/neigh/default/gc_thresh2 1
	act sysctl - net/ipv4/neigh/default/gc_thresh3 3
	act send "$busy" "$(v4 90)"
	gateway_is busy 5 GONE
	gateway_is sparse 5 GONE
	act sysctl - net/ipv4/neigh/default/gc_thresh2 512
	act sysctl - net/ipv4/neigh/default/gc_thresh3 1024
}

incident() {
	began=$EPOCHREALTIME
	keep_using sparse 60
	keep_using busy 0.1
	act send "$busy" "$(v4 3)"
	act send "$fresh" "$(v4 1)"
	for name in $hosts; do gateway_is "$name" 5 REACHABLE; done
	ip -n "$fresh" neigh flush dev h0 to "$(v4 1)"
	ip -n "$busy" addr add 198.51.100.7/32 dev h0
	for name in $hosts; do dies "$name"; done
	keep_using fresh 0.1
	gateway_is fresh 10 FAILED
	nap 12.6
	stop_using fresh
	fresh_dead=$(found fresh)
	during=$(checked fresh)

	# Its entry was REACHABLE for up to 45 s, DELAY for 5 s, PROBE for 3 s.
	gateway_is busy 60 FAILED,INCOMPLETE
	act send "$busy" "$(v4 4)"
	nap 15.6
	stop_using busy
	until_second 71
	gateway_is busy 5 FAILED
	gateway_is sparse 5 FAILED
	collect
	busy_dead=$(found busy)
	during+=" $(checked busy)"
	sparse_once=$(found sparse)

	until_second 125
	sparse_dead=$(found sparse)
	during+=" $(checked sparse)"
	for name in $hosts; do returns "$name"; done
	keep_using busy 0.1
	keep_using fresh 0.1
	gateway_is busy 5 REACHABLE
	gateway_is fresh 5 REACHABLE
	until_second 180
	gateway_is sparse 5 REACHABLE
	stop_all
	after="$(checked fresh) $(checked busy) $(checked sparse)"
}

# --- what the rule makes of the records ---

# Of each host's gateway, in ns: asked (first question by broadcast of the outage), probe (by unicast), failed and second
# (rounds that the timer ended), back.
declare -A at
stamps() {
	local name value
	while read -r name value; do at[$1_$name]=$value; done < <(host=${!1} history "$(v4 1)" event neigh | jq -rs "$jq_ns"'
		def stamp(n): .[n].mono // "0.0" | ns;
		"asked \(map(select(.new == "INCOMPLETE")) | stamp(1))",
		"probe \(map(select(.new == "PROBE")) | stamp(0))",
		"failed \(map(select(.new == "FAILED" and .cause == "timer")) | stamp(0))",
		"second \(map(select(.new == "FAILED" and .cause == "timer")) | stamp(1))",
		"back \(map(select(.new == "REACHABLE")) | stamp(1))"')
}

# changes FINDINGS - "open info T": each change of a finding on the gateway with its time in ns
changes() { jq -r "$jq_ns"'"\(.status) \(.severity) \(.id) \(.mono | ns)"' <<<"$1"; }

# record HOST STATE - the number of the first record of the gateway in STATE that the timer made, or a packet
record() {
	host=${!1} history "$(v4 1)" event neigh | jq -s --arg state "$2" '
		map(select(.new == $state and (.cause == "timer" or .cause == "packet"))) | first | .seq'
}

second=1000000000
incident
for name in $hosts; do stamps "$name"; done

plan 30

# Ten a second: asked by unicast first, so that the second failed round comes 3 s after the first.
dead="open info gateway-stuck ${at[busy_failed]}
raised warn gateway-stuck ${at[busy_second]}
raised crit gateway-stuck $((at[busy_failed] + 15 * second))"
is "busy: one episode: info, warn at the second round, crit 15 s after packets stopped to flow" \
	"$(changes "$(found busy)")" "$dead"$'\n'"cleared crit gateway-stuck ${at[busy_back]}"
is "busy: crit it stays, idle and with its entry collected" "$(changes "$busy_dead")" "$dead"
is "busy: the collector took the entry meanwhile" \
	"$(host=$busy history "$(v4 1)" event neigh | jq -r 'select(.cause == "gc") | "\(.old) \(.new)"')" "FAILED null"
between "busy: three probes went unanswered for 3 s" \
	$(((at[busy_failed] - at[busy_probe]) / 1000000)) 3000 3400
between "busy: warn no later than (N + 2) x retrans_time after that, 5 s" \
	$(((at[busy_second] - at[busy_failed]) / 1000000)) 3000 5000

f=$(the "$busy_dead" raised crit gateway-stuck)
is "busy: the numbers of the rule" "$(jq -c '[.dwell_ns, .retrans_ns, .solicits, .limit_ns]' <<<"$f")" \
	"[$((15 * second)),$second,3,$((5 * second))]"
is "busy: in words" "$(jq -r .text <<<"$f")" "nobody answers ARP, 15.0 s"
is "busy: last proof of life" "$(fact "$f" "last proof")" "ARP reply, $gw_mac"
check "busy: the first question without an answer" grep -qx \
	'PROBE, FAILED +3\.[0-4] s; 5 rounds, 0 answers' <(fact "$f" unanswered)
is "busy: and when" "$(jq -r "$jq_ns"'.facts[] | select(.label == "unanswered") | .mono | ns' <<<"$f")" "${at[busy_probe]}"
is "busy: the link under it" "$(fact "$f" "link h0")" "up since before the recording, 10000 full, no loss in 24 h"
is "busy: other MACs" "$(fact "$f" "other MAC")" "offered: no"
is "busy: who else answered" "$(jq -c '[.others_answered, .others]' <<<"$f") $(fact "$f" neighbours)" \
	"[1,2] 1 of 2 others on h0 answered since: NIC and segment work, look at the gateway or the path to it"
is "busy: what changed just before" "$(fact "$f" changes | sed 's/pid [0-9]*/pid N/')" \
	"address 198.51.100.7/32 added, by ip (pid N, child of dead_gateway.sh)"
is "busy: the gateway's MAC" "$(jq -c .lladdrs <<<"$f")" "[\"$gw_mac\"]"
is "busy: the next command" "$(jq -r .hint <<<"$f")" "neighwatch history $(v4 1)"
check "busy: the records of the proof, the probe and the failure are its evidence" jq -e \
	--argjson wanted "[$(record busy REACHABLE),$(record busy PROBE),$(record busy FAILED)]" \
	'.evidence | . == sort and . == unique and ($wanted - . == [])' <<<"$f"
f=$(the "$(found busy)" cleared crit gateway-stuck)
is "busy: how long it lasted" "$(jq .dwell_ns <<<"$f")" $((at[busy_back] - at[busy_failed]))
check "busy: how it ended" grep -Eqx 'it answered after [0-9a-z. ]* s, [0-9]+ rounds failed' <(jq -r .text <<<"$f")
check "busy: the first screen still knows" grep -Eq "^over .* crit gateway-stuck $(v4 1) h0$" \
	<("$neighwatch" -N "$busy")

# One a minute: two failed rounds tell. By then packets have not flowed for more than 15 s: warn and crit at once.
is "sparse: one episode: info, then warn and crit at the second round, a minute later" \
	"$(changes "$(found sparse)")" "open info gateway-stuck ${at[sparse_failed]}
raised warn gateway-stuck ${at[sparse_second]}
raised crit gateway-stuck ${at[sparse_second]}
cleared crit gateway-stuck ${at[sparse_back]}"
is "sparse: information alone before that" "$(verdicts <<<"$sparse_once")" "open info gateway-stuck $(v4 1) h0"
between "sparse: the rounds are a minute apart, the first after DELAY and PROBE" \
	$(((at[sparse_second] - at[sparse_failed]) / second)) 50 60
f=$(the "$sparse_dead" raised crit gateway-stuck)
is "sparse: nobody to compare with" "$(fact "$f" neighbours)" \
	"0 of 0 others on h0 answered since: nothing to compare with"
is "sparse: nothing changed before" "$(fact "$f" changes)" "no route, address, MAC or admin change since"

# No entry, so no PROBE: the question itself is the beginning, and no second round is over before (N + 2) x retrans_time.
dead="open info gateway-stuck ${at[fresh_failed]}
raised warn gateway-stuck $((at[fresh_asked] + 5 * second))
raised crit gateway-stuck $((at[fresh_asked] + 15 * second))"
is "fresh: one episode: info, warn 5 s and crit 15 s after the first question" \
	"$(changes "$(found fresh)")" "$dead"$'\n'"cleared crit gateway-stuck ${at[fresh_back]}"
is "fresh: the same while it lasted" "$(changes "$fresh_dead")" "$dead"
between "fresh: a round takes N x retrans_time" $(((at[fresh_failed] - at[fresh_asked]) / 1000000)) 3000 3400

is "check says CRITICAL during: fresh, busy with its entry collected, sparse" "$during" "2 2 2"
is "check says OK after" "$after" "0 0 0"
