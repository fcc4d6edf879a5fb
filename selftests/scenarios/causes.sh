#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm:
#
# Why a neighbour changed or went: the timer, a packet to be sent, one that came, TCP, a program, garbage collection,
# the link, the device's address, the device's end. Each is told, and who it was.
#
# shellcheck disable=SC2046 # both prints addresses to be words of the command

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"

need_module ring_size_other=8192 ring_total=131072
start_actor
make_segment
timers 800 100 300 0

# last N - how the story of neighbour N ends, both families; their ends have to be alike
last() {
	local four six
	four=$(states "$(v4 "$1")") six=$(states "$(v6 "$1")")
	[ "${four##* }" = "${six##* }" ] && echo "${four##* }" || echo "IPv4 ${four##* }, IPv6 ${six##* }"
}

both() { local n; for n in "$@"; do v4 "$n"; v6 "$n"; done; }

# What a neighbour's ordinary life is caused by.
live() {
	send $(both 1)
	becomes STALE $(both 1)
	send $(both 1)
	becomes STALE $(both 1)
	act tcp "$gateway" "$host" 0.6 $(both 1)
	becomes STALE $(both 1)
}

# replace ADDR - by a process whose number is known
replace() {
	ip -n "$host" neigh replace "$1" dev h0 lladdr "$other_mac" nud permanent &
	ip_pid=$!
	wait "$ip_pid"
}

# who ADDR - the program that made it permanent
who() { history "$1" event neigh | jq -rs 'map(select(.new == "PERMANENT")) | first | "\(.cause) \(.pid) \(.comm) \(.parent)"'; }

# room THRESH2 THRESH3 - what the neighbour tables may hold
room() {
	local family
	for family in ipv4 ipv6; do
		act sysctl - net/$family/neigh/default/gc_thresh2 "$1"
		act sysctl - net/$family/neigh/default/gc_thresh3 "$2"
	done
}

# Nobody is at 90 to 92. When the table may hold no more, they make room for the next one.
collect() {
	send $(both 90 91 92)
	becomes FAILED $(both 90 91 92)
	room 1 3
	send $(both 93)
	becomes GONE $(both 90 91 92)
	room 512 1024
}

# permanent N - one that a lost carrier does not take
permanent() {
	local addr
	for addr in $(both "$1"); do echo "neigh replace $addr dev ${2:-h0} lladdr $other_mac nud permanent"; done |
		ip_in "$host"
}

answers() {
	local round
	for round in 1 2 3 4 5 6; do
		send "$@"
		ask wait "$host" 1 REACHABLE "$@" && return
	done
}

# What a record of the settings says is read when a neighbour is asked for.
forward() {
	act sysctl "$host" net/ipv4/conf/h0/forwarding 1
	answers $(both 6)
}
forwards() { history dev h0 event params | jq -rs 'map({(.family): .forwarding}) | add | "\(.inet) \(.inet6)"'; }

pull_cable() {
	answers $(both 3)
	permanent 70
	ip -n "$gateway" link set g0 down
	becomes GONE $(both 3)
	ip -n "$gateway" link set g0 up
}

change_mac() {
	answers $(both 4)
	ip -n "$host" link set h0 address 02:00:00:00:09:03
	becomes GONE $(both 4)
	ip -n "$host" link set h0 address "$my_mac"
}

set_down() {
	answers $(both 5)
	permanent 71
	ip -n "$host" link set h0 down
	becomes GONE $(both 5 71)
	ip -n "$host" link set h0 up
}

# A device that is down already: only its end takes its neighbours.
remove_device() {
	ip_in "$host" <<-EOF2
		link add d0 type dummy
	EOF2
	permanent 72 d0
	ip -n "$host" link del d0
	becomes GONE $(both 72)
}

live
lived4=$(states "$(v4 1)") lived6=$(states "$(v6 1)")
replace "$(v4 60)"
pid4=$ip_pid
replace "$(v6 60)"
pid6=$ip_pid
collect
forward
pull_cable
change_mac
set_down
remove_device

plan 13
ordinary="- NONE/transmit INCOMPLETE/transmit REACHABLE/packet STALE/timer DELAY/transmit PROBE/timer REACHABLE/packet \
STALE/timer DELAY/transmit REACHABLE/upper-layer STALE/timer"
is "timer, transmit, packet, upper layer: IPv4" "$lived4" "$ordinary"
is "timer, transmit, packet, upper layer: IPv6" "$lived6" "$ordinary"
is "admin, with process and parent: IPv4" "$(who "$(v4 60)")" "admin $pid4 ip causes.sh"
is "admin, with process and parent: IPv6" "$(who "$(v6 60)")" "admin $pid6 ip causes.sh"
is "garbage collection" "$(last 90)" "-/gc"
is "the link lost its carrier" "$(last 3)" "-/link-down"
is "a permanent one stays without carrier, not without the address" "$(last 70)" "-/address-changed"
is "the device's address changed" "$(last 4)" "-/address-changed"
is "the device was set down" "$(last 5)" "-/link-down"
is "the device was set down: permanent ones go too" "$(last 71)" "-/link-down"
is "the device is gone" "$(last 72)" "-/device-gone"
is "the device forwards IPv4, and not IPv6" "$(forwards)" "1 0"
is "nothing is unknown" "$(history dev h0 event neigh | jq -rs '[.[] | select(.cause == "unknown") | .addr] | unique | join(" ")')" ""
