#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm:
#
# Gateways come and go: default routes, other tables, several next hops, next-hop objects, router advertisements; a
# router's full table through one gateway; local addresses. Restarting the network does all of it at once.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"

need_module ring_size_other=8192 ring_total=131072 routes_other=20000
start_actor
make_segment

on_host() { ip_in "$host"; }

# What happened to routes since the last time: one line each, in the order of the text.
seen=0
routes_since() {
	local said
	said=$(history event route | jq -rs --argjson seen "$seen" '
		map(select(.event == "route" and .seq > $seen)) |
		(map("\(.change) \(.dst) via \(.gateway // "-") dev \(.dev) table \(.table)") | unique | .[]),
		"last \(map(.seq) | max // $seen)"')
	seen=${said##*last }
	said=${said%last *}
	echo "${said%$'\n'}"
}

# told NAME LINE... - the case: these changes since the last case and no other
told() {
	local name=$1 wanted
	shift
	wanted=$(printf '%s\n' "$@" | sort)
	routes_since >"$scratch"
	is "$name" "$(<"$scratch")" "$wanted"
}
# What became of next-hop objects is read from the FIB a moment later.
told_soon() {
	wait_for 10 has_come $(($# - 1))
	told "$@"
}
has_come() {
	local said
	said=$(history event route | jq -rs --argjson seen "$seen" 'map(select(.seq > $seen)) | length')
	[ "$said" -ge "$1" ]
}
scratch=$(mktemp)
defer rm -f "$scratch"

g4=$(v4 1) o4=$(v4 3) g6=$(v6 1) o6=$(v6 3)

plan 24
history event route | jq -s 'map(.seq) | max // 0' >"$scratch"
seen=$(<"$scratch")

on_host <<<"route add default via $g4 dev h0"
told "default route" "added 0.0.0.0/0 via $g4 dev h0 table 254"
on_host <<<"route replace default via $o4 dev h0"
told "default route replaced" "added 0.0.0.0/0 via $o4 dev h0 table 254" "removed 0.0.0.0/0 via $g4 dev h0 table 254"
on_host <<<"route del default via $o4 dev h0"
told "default route gone" "removed 0.0.0.0/0 via $o4 dev h0 table 254"

on_host <<<"route add default via $g6 dev h0"
told "default route of IPv6" "added ::/0 via $g6 dev h0 table 254"
on_host <<<"route replace default via $o6 dev h0"
told "default route of IPv6 replaced" "added ::/0 via $o6 dev h0 table 254" "removed ::/0 via $g6 dev h0 table 254"
on_host <<<"route del default via $o6 dev h0"
told "default route of IPv6 gone" "removed ::/0 via $o6 dev h0 table 254"

on_host <<-EOF2
	route add default via $g4 dev h0 table 100
	route add default via $g6 dev h0 table 100
EOF2
told "another table" "added 0.0.0.0/0 via $g4 dev h0 table 100" "added ::/0 via $g6 dev h0 table 100"
on_host <<-EOF2
	route del default table 100
	route del ::/0 table 100
EOF2
told "another table emptied" "removed 0.0.0.0/0 via $g4 dev h0 table 100" "removed ::/0 via $g6 dev h0 table 100"

on_host <<-EOF2
	route add default nexthop via $g4 dev h0 nexthop via $o4 dev h0
	route add default nexthop via $g6 dev h0 nexthop via $o6 dev h0
EOF2
told "two next hops" "added 0.0.0.0/0 via $g4 dev h0 table 254" "added 0.0.0.0/0 via $o4 dev h0 table 254" \
	"added ::/0 via $g6 dev h0 table 254" "added ::/0 via $o6 dev h0 table 254"
on_host <<<"route del default via $o6 dev h0"
told "one of two next hops of IPv6 gone" "removed ::/0 via $o6 dev h0 table 254"
on_host <<-EOF2
	route del default
	route del ::/0
EOF2
told "the others gone" "removed 0.0.0.0/0 via $g4 dev h0 table 254" "removed 0.0.0.0/0 via $o4 dev h0 table 254" \
	"removed ::/0 via $g6 dev h0 table 254"

on_host <<-EOF2
	nexthop add id 4 via $g4 dev h0
	nexthop add id 6 via $g6 dev h0
	route add default nhid 4
	route add ::/0 nhid 6
EOF2
told "next-hop objects" "added 0.0.0.0/0 via $g4 dev h0 table 254" "added ::/0 via $g6 dev h0 table 254"
on_host <<-EOF2
	nexthop replace id 4 via $o4 dev h0
	nexthop replace id 6 via $o6 dev h0
EOF2
told_soon "a next-hop object replaced, its routes untouched" \
	"added 0.0.0.0/0 via $o4 dev h0 table 254" "removed 0.0.0.0/0 via $g4 dev h0 table 254" \
	"added ::/0 via $o6 dev h0 table 254" "removed ::/0 via $g6 dev h0 table 254"
on_host <<-EOF2
	nexthop del id 4
	nexthop del id 6
EOF2
told "a next-hop object gone, and its routes with it" "removed 0.0.0.0/0 via $o4 dev h0 table 254" \
	"removed ::/0 via $o6 dev h0 table 254"

# A router introduces itself, and takes leave.
act sysctl "$host" net/ipv6/conf/h0/accept_ra 2
ip netns exec "$gateway" "$scenarios/lib/router-advertisement" g0 fe80::9:1 "$gw_mac" 1800
told_soon "a router advertises itself" "added ::/0 via fe80::9:1 dev h0 table 254"
ip netns exec "$gateway" "$scenarios/lib/router-advertisement" g0 fe80::9:1 "$gw_mac" 0
told_soon "a router takes leave" "removed ::/0 via fe80::9:1 dev h0 table 254"

# A full table through one gateway: 10,000 routes, one next hop.
many() {
	local i
	for ((i = 0; i < 10000; i++)); do echo "route $1 172.$((16 + i / 4096)).$((i / 16 % 256)).$((i % 16 * 16))/28 via $g4 dev h0"; done
}
# gateways NAME LINE - as told, whatever the destinations
gateways() {
	routes_since >"$scratch"
	is "$1" "$(cut -d' ' -f1,3- "$scratch")" "$2"
}
many add | on_host
gateways "10,000 routes through one gateway are one record" "added via $g4 dev h0 table 254"
check "and the gateway knows their number" jq -e --arg g "$g4" 'any(.[]; .gateway == $g and .routes == 10000)' \
	<("$neighwatch" show gateway -j -N "$host")
many del | on_host
gateways "and one when the last is gone" "removed via $g4 dev h0 table 254"

# A neighbour was a gateway when a route said so.
send "$o4"
on_host <<<"route add default via $g4 dev h0"
send "$g4"
becomes REACHABLE "$g4" "$o4"
is "a neighbour is a gateway while a route says so" \
	"$(history event neigh | jq -rs 'map(select(.new == "REACHABLE" and (.addr == "'"$g4"'" or .addr == "'"$o4"'"))) |
		map("\(.addr) \(.gateway // false)") | join(", ")')" "$o4 false, $g4 true"

# addresses SEQ - what happened to addresses since
addresses() {
	history event address | jq -rs --argjson seen "$1" \
		'map(select(.seq > $seen)) | map("\(.change) \(.addr)/\(.prefix_len) \(.dev)") | join(", ")'
}
before=$(history | jq -s 'last.seq')
on_host <<-EOF2
	addr add 198.51.100.7/24 dev h0
	addr add 2001:db8::7/64 dev h0 nodad
	addr del 198.51.100.7/24 dev h0
	addr del 2001:db8::7/64 dev h0
EOF2
is "local addresses" "$(addresses "$before")" \
	"added 198.51.100.7/24 h0, added 2001:db8::7/64 h0, removed 198.51.100.7/24 h0, removed 2001:db8::7/64 h0"

# The interface is set down: the default route is gone before anything else shows.
seen=$(history event route | jq -s 'map(.seq) | max // 0')
on_host <<<"link set h0 down"
told "the default route goes with its device" "removed 0.0.0.0/0 via $g4 dev h0 table 254"
is "the cause of a route's end is told" "$(history event route | jq -rs 'last | "\(.cause)"')" "admin"
on_host <<<"link set h0 up"
is "nothing is counted lost" "$(history event lost | jq -cs .)" "[]"
