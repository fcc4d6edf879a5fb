#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm:
#
# The evidence survives the attack: a gateway fails and comes back; then a station on the segment floods with new
# addresses, with changing MACs, by ARP and by ND, and a local process scans a /16. The gateway's own last transitions,
# totals and outages are afterwards what they were before; what the flood pushed out of the ring is counted. And another
# namespace, meanwhile, has seen nothing of it.
#
# NW_STORM=N makes the floods N times as big: 50 is 100,000 packets of each kind, and the whole /16.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"

need_module ring_size_other=1024 ring_total=262144
packets=$top/selftests/kapi/build/kapi_packets
count=$((2000 * ${NW_STORM:-1} / ${NW_SLOW:-1}))
scanned=$((count < 65534 ? count : 65534))
start_actor
make_segment

plan 16

# --- what happened before ---

# The scan has somewhere to go, and the whole host's tables are not what ends it.
tables_hold $((5 * count + 8192))
ip_in "$host" <<-EOF2
	route add default via $(v4 1) dev h0
	route add default via $(v6 1) dev h0
	addr add 10.65.0.2/16 dev h0
EOF2
act sysctl "$host" net/ipv4/conf/h0/rp_filter 0

# The gateway fails and returns, by both families; then it stays REACHABLE: nobody collects an entry whose timer runs.
send "$(v4 1)" "$(v6 1)"
becomes STALE "$(v4 1)" "$(v6 1)"
mute 1
send "$(v4 1)" "$(v6 1)"
becomes FAILED "$(v4 1)" "$(v6 1)"
speak 1
timers 3600000 100 300 0
send "$(v4 1)" "$(v6 1)"
becomes REACHABLE "$(v4 1)" "$(v6 1)"

# A namespace that has a history of its own: somebody who lives, and somebody who never answered.
ns_new victim
quiet_ipv6 "$victim"
ip_in "$victim" <<-EOF2
	link add d0 type dummy
	link set d0 arp on up
	addr add 10.66.0.2/16 dev d0
	ntable change name arp_cache dev d0 base_reachable 3600000 retrans 100 mcast_probes 2
	neigh add 10.66.0.1 dev d0 lladdr $other_mac nud permanent
	neigh add 10.66.0.3 dev d0 lladdr $other_mac nud reachable
	route add default via 10.66.0.1 dev d0
EOF2

# --- what is compared ---

# Stamps are kept by CLOCK_MONOTONIC; the wall clock's are made of them when they are read, to some microseconds.
jq_timeless='def timeless: walk(if type == "object" then with_entries(select(.value | type != "string" or (endswith("Z") | not)))
	else . end);'

# evidence ADDR - all that is kept of a neighbour, and of it as a gateway
evidence() {
	"$neighwatch" show neigh -j -N "$host" "$1" | jq -c "$jq_timeless .[] | timeless"
	"$neighwatch" show gateway -j -N "$host" |
		jq -c --arg addr "$1" "$jq_timeless .[] | select(.gateway == \$addr) | timeless"
}
# victims - its whole history, neighbours, links and statistics, but for the clocks of the moment
victims() {
	"$neighwatch" history -j -N "$victim" | jq -c '.[] | select(.event != "end")'
	# The order is that of a table that grew with others' neighbours.
	"$neighwatch" show neigh -j -N "$victim" | jq -c "$jq_timeless sort_by(.addr)[] | timeless"
	"$neighwatch" show link -j -N "$victim" | jq -c "$jq_timeless .[] | timeless"
	"$neighwatch" stats -j -N "$victim" | jq -c "$jq_timeless (arrays[] // .) | del(.mono, .boot) | timeless"
}
stat() { "$neighwatch" stats -j -N "$host" | jq -c "(arrays[] // .) | $1"; }
settled() { local now; now=$(victims); [ "$now" = "$before" ] && return; before=$now; return 1; }
settle() { before=; wait_for 20 settled; }

settle
victim_before=$before
gateway4=$(evidence "$(v4 1)")
gateway6=$(evidence "$(v6 1)")
is "before: 8 transitions, a failure, an outage that ended" \
	"$(jq -c 'select(.transitions) | [(.last | length), .failures, .outages, (.outage | length), (.outage[0] | has("end_mono"))]' <<<"$gateway4")" \
	"[8,1,1,1,true]"
is "before: the same by ND" \
	"$(jq -c 'select(.transitions) | [(.last | length), .failures, .outages, (.outage | length), (.outage[0] | has("end_mono"))]' <<<"$gateway6")" \
	"[8,1,1,1,true]"

# attack NAME COMMAND... - the cases: it goes through, it was seen, and the gateway's evidence is what it was
attack() {
	local name=$1 from
	from=$(stat .next_seq)
	check "$name: goes through" "${@:2}"
	check "$name: was recorded" test $(($(stat .next_seq) - from)) -gt $((count / 10))
	is "$name: the gateway's evidence" "$(evidence "$(v4 1)"; evidence "$(v6 1)")" "$gateway4"$'\n'"$gateway6"
}
from_station() { ip netns exec "$gateway" "$packets" "$@"; }

attack "$count ARP requests from new addresses" from_station arp g0 $count "$(v4 2)"
attack "$count neighbour solicitations from new addresses" from_station nd g0 $count "$(v6 2)"
ip -n "$host" neigh replace "$(v4 9)" dev h0 lladdr "$other_mac" nud stale
attack "$count changes of MAC" from_station claim g0 $count "$(v4 9)"
attack "a scan of $scanned addresses" ip netns exec "$host" "$packets" scan $scanned 10.65.0.3

is "what was overwritten is counted, to the record" \
	"$(stat '[.ring_size, .overwritten + .ring_size + 1 == .next_seq, .overwritten > 0]')" '[1024,true,true]'
is "in another namespace nothing has changed" "$(victims)" "$victim_before"
