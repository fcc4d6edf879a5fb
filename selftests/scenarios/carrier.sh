#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm: --nic e1000e --nic virtio-net-pci
#
# Every edge of a carrier, at the moment of the driver's call: flaps that the kernel's own notifications merge, delay or
# lose. The truth is the kernel's kprobe events on netif_carrier_on() and netif_carrier_off(), in the same clock.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"

e1000e=$("$link" nic0 dev 2>/dev/null) && virtio=$("$link" nic1 dev 2>/dev/null) ||
	skip_all "needs vm/run --nic e1000e --nic virtio-net-pci"
need_module
tracing=/sys/kernel/tracing
scratch=$(mktemp -d)
defer rm -rf "$scratch"

# --- the truth ---

watch_calls() {
	echo mono >$tracing/trace_clock
	echo 8192 >$tracing/buffer_size_kb
	echo 'p:nwtest/carrier_on netif_carrier_on name=+0(%di):string' >$tracing/kprobe_events
	echo 'p:nwtest/carrier_off netif_carrier_off name=+0(%di):string' >>$tracing/kprobe_events
	echo 1 >$tracing/events/nwtest/enable
}
unwatch_calls() {
	echo 0 >$tracing/events/nwtest/enable
	echo >$tracing/kprobe_events
}
defer unwatch_calls
watch_calls

# --- what the recorder says, since the last case ---

records() { "$neighwatch" history -j dev "$1" | jq -c --argjson seen "$seen" '.[] | select(.seq > $seen)'; }
begin() { seen=$("$neighwatch" stats -j | jq '(arrays[] // .) | .next_seq - 1'); echo >$tracing/trace; }

# edges DEV - "up/driver down/driver ..."
edges() { records "$1" | jq -rs 'map(select(.event == "carrier") | "\(.new)/\(.cause)") | join(" ")'; }

# flaps N CAUSE - what edges has to say after N flaps
flaps() {
	local i text=
	for ((i = 0; i < $1; i++)); do text+="down/$2 up/$2 "; done
	echo "${text% }"
}

# late DEV - "EDGES FARTHEST": records of edges, and the largest distance in us to the driver's call of that direction
late() {
	records "$1" | jq -r 'select(.event == "carrier") | "\(.mono) \(.new)"' >"$scratch/edges"
	awk -v dev="\"$1\"" '
		NR == FNR { if ($0 ~ "name=" dev && match($0, / [0-9]+\.[0-9]+: carrier_o/)) {
			at = substr($0, RSTART + 1) + 0; call[++n] = at; up[n] = $0 ~ /carrier_on: / } ; next }
		{ best = 1e9
		  for (i = 1; i <= n; i++) if (up[i] == ($2 == "up")) {
			d = $1 - call[i]; if (d < 0) d = -d; if (d < best) best = d }
		  if (best > worst) worst = best; edges++ }
		END { printf "%d %d\n", edges, worst * 1e6 }' $tracing/trace "$scratch/edges"
}

# in_time NAME DEV EDGES - each within 1 ms of the call, on a kernel that is not slowed down by its checkers
in_time() {
	local count worst
	read -r count worst <<<"$(late "$2")"
	diag "$2: $count edges, the farthest $worst us from the call"
	if [ "$count" -eq "$3" ] && [ "$worst" -lt $((1000 * ${NW_SLOW:-1})) ]; then ok "$1"; else not_ok "$1"; fi
}

# counted DEV - whether the device's counters in the records go up by one a record, and nothing is unstamped
counted() {
	records "$1" | jq -es 'map(select(.event == "carrier")) |
		all(.[]; .unstamped == null) and
		([range(1; length) as $i | (.[$i].up_count + .[$i].down_count) - (.[$i-1].up_count + .[$i-1].down_count)] |
		all(.[]; . == 1))' >/dev/null
}

# dwelt DEV - whether each record's dwell_ns is the distance to the one before
dwelt() {
	records "$1" | jq -es 'def ns: split(".") | (.[0] | tonumber) * 1000000000 + (.[1] | tonumber);
		map(select(.event == "carrier")) |
		[range(1; length) as $i | ((.[$i].mono | ns) - (.[$i-1].mono | ns)) - .[$i].dwell_ns] |
		all(.[]; . > -2000 and . < 2000)' >/dev/null
}

has_carrier() { local up; read -r up <"/sys/class/net/$1/carrier" && [ "$up" = "$2" ]; }
settled() { [ "$(edges "$1" | wc -w)" -ge "$2" ]; }

plan 25

# --- set up, and an e1000e comes up ---

begin
ip link set "$e1000e" up
check "the e1000e comes up" wait_for 20 has_carrier "$e1000e" 1
check "its edge is recorded" wait_for 5 settled "$e1000e" 1
is "it tells how it runs" "$(records "$e1000e" | jq -rs 'map(select(.event == "link-mode")) | last |
	"\(.driver) \(.speed) \(.duplex) \(.autoneg) \(.pause_rx) \(.pause_tx)"')" "e1000e 1000 full true true true"
is "an administrator set it up" "$(records "$e1000e" | jq -rs 'map(select(.change == "up")) | first |
	"\(.event) \(.cause) \(.comm) \(.parent)"')" "link-admin admin ip carrier.sh"
ip link set "$virtio" up
wait_for 5 has_carrier "$virtio" 1
is "virtio does not tell its speed" "$(records "$virtio" | jq -rs 'map(select(.event == "link-mode")) | last |
	"\(.driver) \(.speed)"')" "virtio_net null"

# --- one flap, and five, of a real driver ---

begin
"$link" nic0 flap 1 1000 3000
wait_for 10 settled "$e1000e" 2
is "e1000e, one flap" "$(edges "$e1000e")" "$(flaps 1 driver)"
in_time "e1000e, one flap, stamped at the call" "$e1000e" 2
begin
"$link" nic0 flap 5 500 1500
wait_for 15 settled "$e1000e" 10
wait_for 5 has_carrier "$e1000e" 1
is "e1000e, 5 x 500 ms" "$(edges "$e1000e")" "$(flaps 5 driver)"
in_time "e1000e, 5 x 500 ms, stamped at the call" "$e1000e" 10
check "e1000e, the device's counters agree" counted "$e1000e"
check "e1000e, the time without link is right" dwelt "$e1000e"

# --- flaps too fast for the kernel's notifications ---

virtio_flaps() {
	begin
	"$link" nic1 flap 5 "$1" "$1"
	wait_for 10 settled "$virtio" 10
	is "virtio, 5 x $1 ms" "$(edges "$virtio")" "$(flaps 5 driver)"
	in_time "virtio, 5 x $1 ms, stamped at the call" "$virtio" 10
}
virtio_flaps 50
virtio_flaps 200
check "virtio, the device's counters agree" counted "$virtio"

ip link add d0 type dummy
defer ip link del d0
ip link set d0 up
begin
for i in 1 2 3 4 5 6 7 8 9 10; do
	echo 0 >/sys/class/net/d0/carrier
	echo 1 >/sys/class/net/d0/carrier
done
is "dummy, 10 fast flaps by a program" "$(edges d0)" "$(flaps 10 admin)"
in_time "dummy, 10 fast flaps, stamped at the call" d0 20
is "and by which" "$(records d0 | jq -rs 'map(select(.event == "carrier") | "\(.pid) \(.comm)") | unique | join(", ")')" \
	"$$ carrier.sh"
check "dummy, the device's counters agree" counted d0

ip link add v0 type veth peer name v1
defer ip link del v0
ip -batch - <<<"link set v0 up"$'\n'"link set v1 up"
wait_for 5 has_carrier v0 1
begin
for i in 1 2 3 4 5 6 7 8 9 10; do echo "link set v1 down"; echo "link set v1 up"; done | ip -batch -
is "veth, 10 fast flaps of its peer" "$(edges v0)" "$(flaps 10 admin)"
in_time "veth, 10 fast flaps, stamped at the call" v0 20
is "veth tells its speed, and no pause" "$(records v0 | jq -rs 'map(select(.event == "link-mode")) | last |
	"\(.driver) \(.speed) \(.duplex) \(.pause_rx)"')" "veth 10000 full null"

# --- set down ---

begin
ip link set "$e1000e" down
is "ip link set down: the carrier goes with it, for a program" "$(edges "$e1000e")" "down/admin"
is "and the program is named" "$(records "$e1000e" | jq -rs 'map(select(.change == "down")) | first |
	"\(.event) \(.cause) \(.comm) \(.parent)"')" "link-admin admin ip carrier.sh"
