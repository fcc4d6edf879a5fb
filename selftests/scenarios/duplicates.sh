#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm:
#
# Two stations have one address. Both hear the question at once, both answer within 100 us, the kernel keeps the first
# answer and `ip neigh` shows one MAC. Once for a neighbour, once for the gateway.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"
. "$(dirname "$0")/lib/verdict.bash"

station_mac=02:00:00:00:09:31
second_mac=02:00:00:00:09:32

# --- a host and two stations, on one switch ---

make_switch() {
	ns_new switch && ns_new host && ns_new one && ns_new two || return
	ip_in "$switch" <<-EOF2
		link add br0 type bridge
		link set br0 up
		link add p0 type veth peer name h0 address $my_mac netns $host
		link add p1 type veth peer name h0 address $station_mac netns $one
		link add p2 type veth peer name h0 address $second_mac netns $two
		link set p0 master br0 up
		link set p1 master br0 up
		link set p2 master br0 up
	EOF2
}

# Both know the host, so that neither asks for it and answers late.
station() {
	ip_in "$1" <<-EOF2
		link set h0 up
		addr add $(v4 1)/24 dev h0
		addr add $(v4 50)/24 dev h0
		neigh add $(v4 2) dev h0 lladdr $my_mac nud permanent
	EOF2
}

need_module ring_size_other=8192 ring_total=131072
start_actor
make_switch || { echo "Bail out! no network"; exit 1; }
station "$one"
station "$two"
ip_in "$host" <<-EOF2
	link set h0 up
	addr add $(v4 2)/24 dev h0
	route add default via $(v4 1)
EOF2

# apart ADDR - us between the answer taken and the one refused, for each resolution so far
apart() {
	history "$1" | jq -rs "$jq_ns"'
		reduce .[] as $r ({at: null, out: []};
			if $r.event == "neigh" and $r.new == "REACHABLE" then .at = ($r.mono | ns)
			elif $r.event == "offer" and .at then .out += [(($r.mono | ns) - .at) / 1000 | floor] | .at = null
			else . end) | .out[]'
}

# A person sees nothing wrong, and flushes: another question. Equal offers within a second would be one record.
resolve() {
	send "$1"
	becomes REACHABLE "$1"
	shown+=$(ip -n "$host" neigh show to "$1")$'\n'
	ip -n "$host" neigh flush dev h0 to "$1"
	becomes GONE "$1"
	nap 1.1
}

# Two resolutions, and more when the machine that emulates this one stopped between two answers.
ask_twice() {
	local tries
	shown=
	for tries in 1 2 3 4 5 6 7 8; do
		resolve "$1"
		[ "$tries" -ge 2 ] || continue
		near=$(apart "$1" | awk '$1 <= 100 { n++ } END { print n + 0 }')
		[ "$near" -ge 2 ] && return
	done
}

# macs - how many MACs there are in what `ip neigh` showed
macs() { grep -o 'lladdr [0-9a-f:]*' <<<"$shown" | sort -u | wc -l; }

# offers ADDR - the numbers of the first two records of a refused offer
offers() { history "$1" event offer | jq -cs '[.[].seq][:2]'; }

# judge WHAT ADDR - both are named, and what told of it
judge() {
	local f
	apart "$2" | sed 's/^/us between the answers: /' | diag
	check "$1: both answered within 100 us, in two resolutions" test "$near" -ge 2
	is "$1: ip neigh shows one MAC" "$(macs)" 1
	f=$(the "$found" raised crit duplicate-address)
	is "$1: both MACs are named, the one in use first" "$(jq -c .lladdrs <<<"$f")" "[\"$second_mac\",\"$station_mac\"]"
	is "$1: in words" "$(jq -r .text <<<"$f")" "$second_mac and $station_mac both claim it; the former is used"
	is "$1: two offers, and their records" "$(jq -c '[.offers, .evidence]' <<<"$f")" "[2,$(offers "$2")]"
	is "$1: the next command destroys nothing" "$(jq -r .hint <<<"$f")" "neighwatch history $2"
}

station=$(v4 50) gw=$(v4 1)
plan 16
ask_twice "$station"
found=$(findings)
is "a station: warn at the first offer, crit at the second resolution" "$(verdicts <<<"$found")" \
"open warn duplicate-address $station h0
raised crit duplicate-address $station h0"
judge "a station" "$station"
is "a station: the answer that is used came first" "$(states "$station" | cut -d' ' -f-4)" \
	"- NONE/transmit INCOMPLETE/transmit REACHABLE/packet"

ask_twice "$gw"
found=$(findings "$gw")
is "the gateway: two masters at once, then as above" "$(verdicts <<<"$found")" \
"open crit dual-active $gw h0
open warn duplicate-address $gw h0
raised crit duplicate-address $gw h0"
judge "the gateway" "$gw"
is "the gateway: the two masters are named" "$(the "$found" open crit dual-active | jq -c '[.text, .lladdrs]')" \
	"[\"two masters: $second_mac and $station_mac\",[\"$second_mac\",\"$station_mac\"]]"
