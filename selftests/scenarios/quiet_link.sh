#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm: --nic e1000e --nic e1000e
#
# Nothing is wrong with a real NIC, and nothing is said: one pulled cable, other MTU and ring sizes, which restart the
# link, a boot at a switch whose spanning tree lets nothing through for 30 s. All of it really happened; and in the end
# something is wrong, and that is said.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"
. "$(dirname "$0")/lib/quiet.bash"

nic=$("$link" nic0 dev 2>/dev/null) && far=$("$link" nic1 dev 2>/dev/null) ||
	skip_all "needs vm/run --nic e1000e --nic e1000e"
need_module ring_size_other=8192 ring_total=262144
start_actor

# --- a switch with spanning tree, the gateway behind it, and a host at it, switched on ---

ns_new host && ns_new switch
quiet_ipv6 "$host"
quiet_ipv6 "$switch"
ip link set "$far" netns "$switch" name port
ip link set "$nic" netns "$host" name eth0
ip_in "$switch" <<-EOF
	link add br0 address $gw_mac type bridge stp_state 1 forward_delay 1500 hello_time 200
	addr add $(v4 1)/24 dev br0
	addr add $(v6 1)/64 dev br0 nodad
	link set port master br0
	link set br0 up
EOF
ip_in "$host" <<-EOF
	addr add $(v4 2)/24 dev eth0
	addr add $(v6 2)/64 dev eth0 nodad
	link set eth0 up
EOF
ip -n "$switch" link set port up
ip_in "$host" <<-EOF
	route add default via $(v4 1) dev eth0
	route add default via $(v6 1) dev eth0
EOF
traffic udp stream "$host" 300 100 192.0.2.9 2001:db8::9

# at NS FILTER - when the first such record was, in seconds, or 0
at() { records "$1" | jq -s "map(select($2)) | first | (.mono // \"0\" | tonumber)"; }
up='.dev == "eth0" and .event == "carrier" and .new == "up"'
# answered ADDR - has it ever?
answered() { [ "$(at "$host" ".addr == \"$1\" and .new == \"REACHABLE\"")" != 0 ]; }
# silence ADDR - whole seconds from the carrier to the first answer
silence() { echo "$(at "$host" "$up") $(at "$host" ".addr == \"$1\" and .new == \"REACHABLE\"")" | awk '{ print int($2 - $1) }'; }
rounds() { records "$host" "$1" event neigh | jq -s 'map(select(.new == "FAILED")) | length'; }

plan 21
check "spanning tree: the gateway answers at last" wait_for 60 answered "$(v4 1)"
check "spanning tree: the gateway of IPv6 too" wait_for 10 answered "$(v6 1)"
diag "no answer for $(silence "$(v4 1)") s after the carrier came, IPv6 $(silence "$(v6 1)") s"
check "spanning tree: that took 25 s or more" test "$(silence "$(v4 1)")" -ge 25
check "spanning tree: with questions all the time" test "$(rounds "$(v4 1)")" -ge 5
check "spanning tree: with questions all the time, IPv6" test "$(rounds "$(v6 1)")" -ge 5
quiet "boot with 30 s of spanning tree" "$host"

# --- what an administrator does restarts the link ---

ip -n "$switch" link set br0 type bridge stp_state 0
carries() { [ "$(edges | awk '{ print $NF }')" = "${1:-up}" ]; }
# edges - what the carrier did since `seen`: "down up"
edges() {
	records "$host" dev eth0 event carrier | jq -rs --argjson seen "$seen" 'map(select(.seq > $seen) | .new) | join(" ")'
}
# losses CAUSE - how many of them that cause had
losses() {
	records "$host" dev eth0 event carrier | jq -s --argjson seen "$seen" --arg cause "$1" \
		'map(select(.seq > $seen and .new == "down" and .cause == $cause)) | length'
}
begin() { seen=$(records "$host" | jq -s 'last.seq'); }
restarted() { [ "$(edges | wc -w)" -ge "$1" ] && carries up; }

begin
nr=0
for mtu in 1400 9000 1500; do
	ip -n "$host" link set eth0 mtu $mtu
	check "MTU $mtu: the link is restarted" wait_for 20 restarted $((nr += 2))
done
is "MTU: an administrator did it, and nobody else" "$(losses admin) $(losses driver)" "3 0"
becomes REACHABLE,DELAY,PROBE "$(v4 1)" "$(v6 1)"
quiet "MTU changes" "$host"

begin
nr=0
for size in 512 1024 256; do
	ip netns exec "$host" ethtool -G eth0 rx $size tx $size
	check "ethtool -G $size: the link is restarted" wait_for 20 restarted $((nr += 2))
done
is "ethtool -G: an administrator did it, and nobody else" "$(losses admin) $(losses driver)" "3 0"
becomes REACHABLE,DELAY,PROBE "$(v4 1)" "$(v6 1)"
quiet "ethtool -G" "$host"

# --- one pulled cable ---

nap 11 # an administrator's deed excuses the link for 10 s: this loss has to count
begin
"$link" nic0 flap 1 3000 100
check "one pulled cable: down and up" wait_for 20 restarted 2
is "one pulled cable: it was no administrator" "$(losses admin) $(losses driver)" "0 1"
becomes REACHABLE,DELAY,PROBE "$(v4 1)" "$(v6 1)"
is "one pulled cable: the gateway went with it" "$(records "$host" "$(v4 1)" event neigh | jq -rs \
	--argjson seen "$seen" 'map(select(.seq > $seen and .new == null) | .cause) | join(" ")')" "link-down"
quiet "one pulled cable" "$host"

# --- silence is no deafness ---

"$link" nic0 flap 1 1000 100
alarmed() { alarms "$host" | grep -q "link-flap eth0"; }
check "pulled once more: told" wait_for 20 alarmed
