#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm:
#
# Nothing is wrong, and nothing is said: an idle host, one-way UDP, busy TCP, a flushed table, containers, a clock that
# is set, a renamed interface. All of it really happened; and in the end something is wrong, and that is said.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"
. "$(dirname "$0")/lib/quiet.bash"

[ -n "${NW_VM-}" ] || skip_all "sets the clock: only in the test VM"
need_module ring_size_other=8192 ring_total=262144
scratch=$(mktemp -d)
defer rm -rf "$scratch"
start_actor
make_segment

# Shorter cycles; what a gateway is given to answer is the kernel's own.
for table in arp_cache ndisc_cache; do
	echo "ntable change name $table dev h0 base_reachable 400 delay_probe 100 retrans 1000"
done | ip_in "$host"
routes() {
	ip_in "$host" <<-EOF
		route add default via $(v4 1) dev $1
		route add default via $(v6 1) dev $1
		route add 198.51.100.0/24 via $(v4 3) dev $1
		route add 2001:db8:3::/48 via $(v6 3) dev $1
		route add 203.0.113.0/24 via $(v4 4) dev $1
		route add 2001:db8:4::/48 via $(v6 4) dev $1
	EOF
}
routes h0

# An idle host beside it: it asks for its gateway once, and the table may hold nothing that is idle.
ns_new idle
quiet_ipv6 "$idle"
ip_in "$idle" <<-EOF
	link add i0 type veth peer name g1 netns $gateway
	link set i0 up
	addr add 10.9.1.2/24 dev i0
	ntable change name arp_cache dev i0 base_reachable 800 delay_probe 300 gc_stale 1000
EOF
ip_in "$gateway" <<-EOF
	link set g1 up
	addr add 10.9.1.1/24 dev g1
EOF
ip -n "$idle" route add default via 10.9.1.1
act sysctl - net/ipv4/neigh/default/gc_thresh1 0
act send "$idle" 192.0.2.9

plan 29

# --- a minute of TCP, and one-way UDP meanwhile ---

traffic busy talk "$gateway" "$host" 60 50 "$(v4 3)" "$(v6 3)"
traffic talk talk "$gateway" "$host" 60 700 "$(v4 4)" "$(v6 4)"
traffic udp stream "$host" 600 50 192.0.2.9 2001:db8::9
check "one-way UDP: 20 probe cycles of the gateway" wait_for 60 cycled "$host" "$(v4 1)" packet 20
check "one-way UDP: 20 probe cycles of the gateway of IPv6" wait_for 60 cycled "$host" "$(v6 1)" packet 20
is "one-way UDP: nothing but probes confirmed it" "$(cycles "$host" "$(v4 1)" upper-layer)" 0
quiet "one-way UDP at a healthy gateway" "$host"

# --- the table is flushed ---

before=$(records "$host" | jq -s 'last.seq')
ip -n "$host" neigh flush dev h0
flushed() {
	records "$host" event neigh | jq -rs --argjson seen "$before" \
		'map(select(.seq > $seen and .new == null and .cause == "admin" and .gateway) | .addr) | unique | join(" ")'
}
is "ip neigh flush took them all" "$(flushed)" "$(v4 1) $(v4 3) $(v4 4) $(v6 1) $(v6 3) $(v6 4)"
becomes REACHABLE,STALE,DELAY,PROBE "$(v4 1)" "$(v6 1)" "$(v4 3)" "$(v6 3)"
quiet "ip neigh flush" "$host"

# --- containers ---

ip -batch - <<-EOF
	link add nwbr0 type bridge
	addr add 10.9.7.1/24 dev nwbr0
	link set nwbr0 up
EOF
defer ip link del nwbr0
container() {
	ip netns add "nw$$-c$1"
	ip -batch - <<-EOF
		link add veth$1 type veth peer name eth0 netns nw$$-c$1
		link set veth$1 master nwbr0 up
	EOF
	ip_in "nw$$-c$1" <<-EOF
		link set lo up
		link set eth0 up
		addr add 10.9.7.1$1/24 dev eth0
		route add default via 10.9.7.1
	EOF
	act send "nw$$-c$1" 192.0.2.9
	act wait "nw$$-c$1" 10 REACHABLE 10.9.7.1
	act send - "10.9.7.1$1"
	act wait - 10 REACHABLE "10.9.7.1$1"
	ip netns del "nw$$-c$1"
	act unplugged - 10 "veth$1"
}
for i in 0 1 2 3 4 5 6 7 8 9; do container $i; done
# changes NS CHANGE - how often a device whose name says veth had that change
changes() {
	records "$1" event link-admin | jq -s --arg change "$2" \
		'map(select(.change == $change and (.dev | startswith("veth")))) | length'
}
is "containers: 10 came" "$(changes - registered)" 10
is "containers: 10 went" "$(changes - removed)" 10
# of_containers EVENT FILTER - how many namespaces have such a record about their gateway
of_containers() {
	records all event "$1" | jq -s "map(select((.addr // .gateway) == \"10.9.7.1\" and $2) | .netns_cookie) |
		unique | length"
}
is "containers: each had a gateway" "$(of_containers neigh '.new == "REACHABLE"')" 10
is "containers: each had a default route that went with it" "$(of_containers route '.change == "removed"')" 10
quiet "containers start and stop, on the host and in all of them" all

# --- the clock is set, while TCP goes on ---

# steps NS - by how many seconds the wall clock leapt between records, as far as it did
steps() {
	records "$1" | jq -rs 'map((.time[0:19] + "Z" | fromdateiso8601) - (.mono | tonumber)) |
		[range(1; length) as $i | ((.[$i] - .[$i-1]) / 60 | round * 60) | select(. != 0)] | join(" ")'
}
stepped() { [ "$(steps "$1" | wc -w)" -ge "$2" ]; }
date -s "1 hour ago" >/dev/null
check "the clock set back: told" wait_for 30 stepped - 1
check "the clock set back: the traffic's records have it" wait_for 10 stepped "$host" 1
date -s "1 hour" >/dev/null
check "the clock set forward: told" wait_for 30 stepped - 2
is "the clock set back 1 h and forward again: how far" "$(steps "$host")" "-3600 3600"
is "the clock set back 1 h and forward again: each has a record of all clocks" \
	"$(records - event sync | jq -rs 'map(.cause) | join(" ")')" "initial unknown unknown"
quiet "the clock set back 1 h and forward again" all

# --- the minute is over ---

wait "$busy" && ok "busy TCP: it went on for a minute" || not_ok "busy TCP: it went on for a minute"
wait "$talk" && ok "TCP with pauses: it went on for a minute" || not_ok "TCP with pauses: it went on for a minute"
check "TCP with pauses: 20 times confirmed by it alone" cycled "$host" "$(v4 4)" upper-layer 20
check "TCP with pauses: 20 times confirmed by it alone, IPv6" cycled "$host" "$(v6 4)" upper-layer 20
quiet "busy TCP" "$host"

# An hour of that: the minute as it was, each second a minute, without the neighbours that were asked.
stretched() {
	records "$host" dev h0 | jq -cs --arg a "$(v4 1)" --arg b "$(v6 1)" '
		def ns: split(".") | (.[0] | tonumber) * 1000000000 + (.[1] | tonumber);
		def text: "\(. / 1000000000 | floor).\("00000000\(. % 1000000000)"[-9:])";
		map(select(.addr != $a and .addr != $b and .event != "confirm")) |
		(first.mono | ns) as $from | .[] |
		.mono = ($from + ((.mono | ns) - $from) * 60 | text) |
		.time = (.mono | tonumber | floor | todate | sub("Z"; ".000000000Z")) |
		if .dwell_ns then .dwell_ns *= 60 else . end |
		if .event == "params" then (.base_reachable_ms, .delay_probe_ms, .retrans_ms) *= 60 else . end'
}
stretched >"$scratch/hour.json"
is "an hour of TCP: that long, and 20 cycles of each gateway" "$(jq -rs --arg a "$(v4 4)" --arg b "$(v6 4)" '
	def cycles($addr): map(select(.addr == $addr and .cause == "upper-layer")) | length >= 20;
	"\((last.mono | tonumber) - (first.mono | tonumber) >= 3600) \(cycles($a)) \(cycles($b))"' "$scratch/hour.json")" \
	"true true true"
"$neighwatch" replay --findings -j "$scratch/hour.json" >"$scratch/found" && read_whole=yes
is "an hour of TCP, replayed" "${read_whole-} $(jq -c '(arrays[] // .) | select(.worst == "warn" or .worst == "crit")' \
	"$scratch/found")" "yes "

is "idle host: its gateway was asked for once, idle, collected" \
	"$(records "$idle" 10.9.1.1 event neigh | jq -rs 'map("\(.new // "-")/\(.cause)") | join(" ")')" \
	"NONE/transmit INCOMPLETE/transmit REACHABLE/packet STALE/timer -/gc"
quiet "idle host" "$idle"

# --- the interface gets another name; before 6.2 it has to be down for that, and its routes go ---

ip_in "$host" <<-EOF
	link set h0 down
	link set h0 name lan0
	link set lan0 up
EOF
routes lan0
becomes REACHABLE,DELAY,PROBE "$(v4 1)" "$(v6 1)"
is "interface rename" "$(records "$host" event link-admin | jq -rs \
	'map(select(.dev == "lan0" or .change == "down") | "\(.dev) \(.change)") | join(", ")')" \
	"h0 down, lan0 renamed, lan0 up"
quiet "interface rename" "$host"

# --- silence is no deafness ---

mute 1
alarmed() { alarms "$host" | grep -q "gateway-stuck $(v4 1) lan0"; }
check "a gateway that dies is told" wait_for 30 alarmed
