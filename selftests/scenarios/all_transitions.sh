#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Everything that can happen to a neighbour, IPv4 and IPv6: a host, its gateway and what goes wrong between them.
# It makes things happen; who must have seen what is judged elsewhere (oracle/run.sh). A case fails when the kernel did
# not come to the state the step is about.
#
#   all_transitions.sh [normal]    every step once, some 60 s
#   all_transitions.sh stress      as fast as the kernel goes: senders on both CPUs, retransmits of 10 ms; some 30 s
#
# It turns the neighbour tables' global thresholds and needs a machine of its own: the test VM.

here=$(cd "$(dirname "$0")" && pwd)
. "$here/../lib.sh"
kapi=$here/../kapi/build
. "$here/lib/flood.bash"

gw=(10.9.0.1 fd09::1)			# the gateway
me=(10.9.0.2 fd09::2)
gw_mac=02:00:00:00:09:01
my_mac=02:00:00:00:09:02
other_mac=02:00:00:00:09:ee		# who claims the gateway's address
third_mac=02:00:00:00:09:ff
patience=6				# seconds that any one change may take
troubles=()

# --- the means ---

coproc ACTOR { exec "$here/../oracle/actor"; }
actor_in=${ACTOR[1]} actor_out=${ACTOR[0]}

trouble() {
	troubles+=("$*")
	return 1
}

# ask COMMAND... - one command to the actor, see there; what it said instead of ok stays in $answer
ask() {
	echo "$*" >&"$actor_in"
	IFS= read -r -t 60 -u "$actor_out" answer || answer="no answer"
	[ "$answer" = ok ]
}

act() { ask "$@" || trouble "$*: $answer"; }

# try COMMAND... - a command that has to work
try() {
	local said
	said=$("$@" 2>&1) || trouble "$*: $said"
}

send() { act send "$host" "$@"; }
becomes() { act wait "$host" "$patience" "$@"; }	# becomes STATES ADDR...

# answers ADDR... - sends until somebody does: a link that just came up may swallow the first requests
answers() {
	local round
	for round in 1 2 3 4 5 6; do
		send "$@"
		ask wait "$host" 1 REACHABLE "$@" && return
	done
	trouble "after $round rounds: $answer"
}

on_host() { try ip -n "$host" "$@"; }
on_gateway() { try ip -n "$gateway" "$@"; }

# host_batch <<EOF - many ip commands, one process; some of them are meant to be refused
host_batch() { ip -n "$host" -force -batch - >/dev/null 2>&1; }

# global NAME VALUE - a setting of both families' tables
global() {
	local family
	for family in ipv4 ipv6; do act sysctl - "net/$family/neigh/default/$1" "$2"; done
}

on_h0() {
	local family
	for family in ipv4 ipv6; do act sysctl "$host" "net/$family/neigh/h0/$1" "$2"; done
}

# timers BASE_REACHABLE RETRANS DELAY_PROBE, in ms
timers() {
	local table
	for table in arp_cache ndisc_cache; do
		echo "ntable change name $table dev h0 base_reachable $1 retrans $2 delay_probe $3" \
			"ucast_probes 2 mcast_probes 2 gc_stale 60000 locktime 0"
	done | ip -n "$host" -batch - || trouble "timers $*"
}

# The gateway loses its addresses, the link stays: it no longer answers. And back.
gateway_dies() {
	ip -n "$gateway" -batch - <<-EOF || trouble "gateway dies"
		addr del ${gw[0]}/24 dev g0
		addr del ${gw[1]}/64 dev g0
	EOF
}

gateway_returns() {
	ip -n "$gateway" -batch - <<-EOF || trouble "gateway returns"
		addr add ${gw[0]}/24 dev g0
		addr add ${gw[1]}/64 dev g0 nodad
	EOF
}

quiet_ipv6() {
	local what
	for what in all default; do
		act sysctl "$1" "net/ipv6/conf/$what/accept_dad" 0
		act sysctl "$1" "net/ipv6/conf/$what/router_solicitations" 0
		act sysctl "$1" "net/ipv6/conf/$what/keep_addr_on_down" 1
	done
}

set_up() {
	ns_new host && ns_new gateway || return
	quiet_ipv6 "$host"
	quiet_ipv6 "$gateway"
	on_host link add h0 address $my_mac type veth peer name g0 address $gw_mac netns "$gateway"
	on_host link set h0 up
	on_gateway link set g0 up
	on_host addr add "${me[0]}/24" dev h0
	on_host addr add "${me[1]}/64" dev h0 nodad
	gateway_returns
	timers 800 100 300
	global base_reachable_time_ms 2000	# the period of garbage collection is half of it
	global interval_probe_time_ms 300	# managed entries
}

# Forget the gateway, then meet it.
meet_gateway() {
	on_host neigh flush dev h0
	answers "${gw[@]}"
}

# --- the story, in the order in which it is told ---

step_resolve() {
	send "${gw[@]}"
	becomes REACHABLE "${gw[@]}"
}

step_idle() {
	becomes STALE "${gw[@]}"
}

step_stale_and_send() {
	send "${gw[@]}"
	becomes DELAY "${gw[@]}"
	becomes REACHABLE "${gw[@]}"
	becomes STALE "${gw[@]}"
}

step_tcp_confirms() {
	act tcp "$gateway" "$host" 1 "${gw[@]}"
	becomes STALE "${gw[@]}"
}

step_reachable_to_delay() {
	timers 300 100 1500
	meet_gateway
	becomes DELAY "${gw[@]}"
	becomes REACHABLE "${gw[@]}"
	timers 800 100 300
}

step_gateway_dies_and_returns() {
	becomes STALE "${gw[@]}"
	gateway_dies
	send "${gw[@]}"
	becomes PROBE "${gw[@]}"
	becomes FAILED "${gw[@]}"
	send "${gw[@]}"
	becomes INCOMPLETE "${gw[@]}"
	becomes FAILED "${gw[@]}"
	gateway_returns
	answers "${gw[@]}"
}

step_never_there() {
	send 10.9.0.99 fd09::99
	becomes INCOMPLETE 10.9.0.99 fd09::99
	becomes FAILED 10.9.0.99 fd09::99
	send 10.9.0.99 fd09::99
	becomes FAILED 10.9.0.99 fd09::99
}

# claims MAC - a gratuitous ARP, an unsolicited advertisement with override
claims() {
	act arp "$gateway" g0 request "$1" "${gw[0]}" "${gw[0]}"
	act na "$gateway" g0 "$1" "${gw[1]}" o
}

# confirms MAC - as if we had asked
confirms() {
	act arp "$gateway" g0 reply "$1" "${gw[0]}" "${me[0]}" $my_mac
	act na "$gateway" g0 "$1" "${gw[1]}" so "${me[1]}"
}

step_takeover_and_back() {
	meet_gateway
	claims $other_mac
	becomes STALE "${gw[@]}"
	claims $gw_mac				# the state stays, the address moves
	claims $other_mac
	send "${gw[@]}"
	becomes FAILED "${gw[@]}"		# nobody is there
	send "${gw[@]}"
	becomes REACHABLE "${gw[@]}"
	claims $other_mac
	claims $gw_mac
	send "${gw[@]}"
	becomes REACHABLE "${gw[@]}"
}

step_claims_refused() {
	meet_gateway
	act na "$gateway" g0 $other_mac "${gw[1]}" -
	becomes STALE "${gw[1]}"		# suspected, its address kept
	becomes STALE "${gw[@]}"
	confirms $gw_mac
	becomes REACHABLE "${gw[@]}"
	confirms $other_mac
	becomes STALE "${gw[@]}"
}

step_claimed_while_probed() {
	timers 800 600 300
	gateway_dies
	send "${gw[@]}"
	becomes PROBE "${gw[@]}"
	claims $third_mac
	becomes STALE "${gw[@]}"
	gateway_returns
	timers 800 100 300
}

# stranger N - asks for us, so that we learn it
stranger() {
	act arp "$gateway" g0 request $other_mac "10.9.0.$1" "${me[0]}"
	act ns "$gateway" g0 $other_mac "fd09::$1" "${me[1]}"
}

step_learned_passively() {
	stranger 50
	becomes STALE 10.9.0.50
	becomes FAILED fd09::50			# the answer to it went by its entry
	send 10.9.0.51 fd09::51
	becomes INCOMPLETE 10.9.0.51 fd09::51
	stranger 51
	becomes STALE,DELAY,PROBE,REACHABLE,FAILED 10.9.0.51 fd09::51
	stranger 99				# was FAILED
	becomes STALE,DELAY,PROBE,REACHABLE,FAILED 10.9.0.99 fd09::99
}

# Every state to every state, by `ip neigh change`.
admin_pairs() {
	local from to
	echo "neigh add $1 dev h0 lladdr $other_mac nud permanent"
	for from in none incomplete reachable stale delay probe failed noarp permanent; do
		for to in none incomplete reachable stale delay probe failed noarp permanent; do
			echo "neigh change $1 dev h0 lladdr $other_mac nud $from"
			echo "neigh change $1 dev h0 lladdr $other_mac nud $to"
		done
	done
	echo "neigh change $1 dev h0 lladdr $gw_mac nud permanent"
	echo "neigh del $1 dev h0"
}

# An entry that does not exist begins in every state.
admin_births() {
	local state
	for state in none incomplete reachable stale delay probe failed noarp permanent; do
		echo "neigh add $1 dev h0 lladdr $other_mac nud $state"
		echo "neigh del $1 dev h0"
	done
	echo "neigh replace $1 dev h0 lladdr $other_mac nud reachable"
	echo "neigh replace $1 dev h0 lladdr $gw_mac nud reachable"
	echo "neigh replace $1 dev h0 lladdr $gw_mac extern_learn nud noarp"
	echo "neigh del $1 dev h0"
}

step_admin() {
	local addr
	for addr in 10.9.0.60 fd09::60; do
		admin_pairs $addr | host_batch
		admin_births $addr | host_batch
	done
	becomes GONE 10.9.0.60 fd09::60
}

# `use` asks the kernel to resolve, and takes PERMANENT away; `managed` keeps it resolved.
step_use_and_managed() {
	local addr
	on_host neigh flush dev h0
	for addr in 10.9.0.61 fd09::61; do
		echo "neigh replace $addr dev h0 use"
		echo "neigh del $addr dev h0"
		echo "neigh replace $addr dev h0 lladdr $other_mac nud permanent"
		echo "neigh replace $addr dev h0 use"
	done | host_batch
	becomes FAILED 10.9.0.61 fd09::61
	for addr in "${gw[@]}"; do
		echo "neigh replace $addr dev h0 managed"
	done | host_batch
	becomes REACHABLE "${gw[@]}"
	becomes DELAY,PROBE "${gw[@]}"
	for addr in "${gw[@]}"; do on_host neigh del "$addr" dev h0; done
}

# Only IPv6 probes routers that are FAILED when it looks for a better one.
step_router_probing() {
	on_host -6 route add default via fd09::77 dev h0
	act sysctl "$host" net/ipv6/conf/h0/router_probe_interval 0
	send 2001:db8::1
	becomes FAILED fd09::77
	send 2001:db8::2
	becomes INCOMPLETE fd09::77
	becomes FAILED fd09::77
	on_host -6 route append default via fd09::78 dev h0	# now there is a choice
	send 2001:db8::{3,4,5,6,7,8,9,a}
	becomes FAILED fd09::77
	on_host -6 route flush default
}

step_flush() {
	meet_gateway
	send 10.9.0.98 fd09::98
	on_host neigh flush dev h0
	becomes GONE,INCOMPLETE,FAILED "${gw[@]}"
}

# populate NS DEV - entries in many states, which they keep for as long as the next command may take to start
populate() {
	local i=70 state addr table
	for table in arp_cache ndisc_cache; do
		echo "ntable change name $table dev $2 base_reachable 30000 retrans 2000 delay_probe 5000"
	done | ip -n "$1" -batch - || trouble "timers of $2"
	for state in permanent noarp reachable stale delay probe failed incomplete none stale; do
		i=$((i + 1))
		for addr in 10.9.0.$i fd09::$i; do
			echo "neigh replace $addr dev $2 lladdr $other_mac nud $state"
		done
	done | ip -n "$1" -force -batch - 2>/dev/null
	# DELAY is what a packet makes of STALE: an administrator's ends with the next tick.
	act send "$1" 10.9.0.80 fd09::80
}

step_carrier_loss() {
	meet_gateway
	populate "$host" h0
	on_gateway link set g0 down
	becomes GONE "${gw[@]}" 10.9.0.74 fd09::74
	becomes PERMANENT 10.9.0.71 fd09::71
	timers 800 100 300
	on_gateway link set g0 up
	answers "${gw[@]}"
}

step_mac_change() {
	populate "$host" h0
	on_host link set h0 address 02:00:00:00:09:03
	becomes GONE 10.9.0.71 fd09::71
	timers 800 100 300
	on_host link set h0 address $my_mac
}

step_ifdown() {
	meet_gateway
	populate "$host" h0
	on_host link set h0 down
	becomes GONE "${gw[@]}" 10.9.0.71 fd09::71
	timers 800 100 300
	on_host link set h0 up
	answers "${gw[@]}"
}

# A device without a link of its own: nobody ever answers, its carrier is ours to pull, and it may stop to use ARP.
step_dummy() {
	on_host link add d0 type dummy
	on_host link set d0 arp on up
	on_host addr add 10.8.0.1/24 dev d0
	on_host addr add fd08::1/64 dev d0 nodad
	send 10.8.0.2 fd08::2
	becomes INCOMPLETE 10.8.0.2 fd08::2
	on_host link set d0 carrier off
	becomes GONE 10.8.0.2 fd08::2
	on_host link set d0 carrier on
	send 10.8.0.3 fd08::3
	becomes INCOMPLETE 10.8.0.3 fd08::3
	on_host link set d0 arp off
	becomes GONE 10.8.0.3 fd08::3
	send 10.8.0.4 fd08::4
	becomes NOARP 10.8.0.4
	on_host link del d0
	becomes GONE 10.8.0.4
}

# crowd FIRST LAST - as many neighbours that never answer
crowd() {
	local i addrs=()
	for ((i = $1; i <= $2; i++)); do addrs+=("10.9.0.$i" "fd09::$i"); done
	send "${addrs[@]}"
}

# How often a table could take no more, both families together.
table_fulls() {
	local name line sum=0
	for name in arp_cache ndisc_cache; do
		while read -r line; do
			[[ $line = *[!0-9a-f\ ]* ]] || sum=$((sum + 16#${line##* }))
		done <"/proc/net/stat/$name"
	done
	echo $sum
}

step_forced_gc_and_overflow() {
	local fulls
	fulls=$(table_fulls)
	meet_gateway
	global gc_thresh2 6
	global gc_thresh3 10
	crowd 130 150
	becomes FAILED,GONE 10.9.0.130 fd09::130
	crowd 151 155
	becomes FAILED,GONE 10.9.0.155 fd09::155
	[ "$(table_fulls)" -gt "$fulls" ] || trouble "no table overflowed"
	global gc_thresh3 1024
	global gc_thresh2 512
}

step_periodic_gc() {
	meet_gateway
	send 10.9.0.97 fd09::97
	becomes FAILED 10.9.0.97 fd09::97
	becomes STALE "${gw[@]}"
	on_h0 gc_stale_time 0
	global gc_thresh1 0
	patience=20 becomes GONE "${gw[@]}" 10.9.0.97 fd09::97
	global gc_thresh1 128
	on_h0 gc_stale_time 60
}

step_namespace_goes() {
	local doomed=nw$$-doomed
	try ip netns add "$doomed"
	quiet_ipv6 "$doomed"
	try ip -n "$doomed" link add x0 type veth peer name x1 netns "$gateway"
	try ip -n "$doomed" link set x0 up
	on_gateway link set x1 up
	try ip -n "$doomed" addr add 10.9.0.3/24 dev x0
	try ip -n "$doomed" addr add fd09::3/64 dev x0 nodad
	populate "$doomed" x0
	act send "$doomed" 10.9.0.90 fd09::90
	act wait "$doomed" $patience INCOMPLETE 10.9.0.90 fd09::90
	try ip netns delete "$doomed"
	act unplugged "$gateway" 15 x1
}

# The one transition that no hook tells: with no solicitation allowed NONE becomes FAILED at once.
step_no_solicitation() {
	on_h0 mcast_solicit 0
	send 10.9.0.120 fd09::120
	becomes FAILED 10.9.0.120 fd09::120
	on_h0 mcast_solicit 2
	send 10.9.0.120 fd09::120
	becomes INCOMPLETE 10.9.0.120 fd09::120
	becomes FAILED 10.9.0.120 fd09::120
}

# Without a link-layer address there is no PROBE, but the mark stays and is announced.
step_refused_but_marked() {
	local addr
	for addr in 10.9.0.121 fd09::121; do
		echo "neigh replace $addr dev h0 nud failed"
		echo "neigh replace $addr dev h0 nud probe extern_learn"
	done | host_batch
}

step_two_senders() {
	local pids=() i
	timers 800 10 300
	meet_gateway
	gateway_dies
	for i in 1 2; do
		"$here/../oracle/actor" flood "$host" 10 "${gw[@]}" &
		pids+=($!)
	done
	wait "${pids[@]}" || trouble "a sender ended with $?"
	becomes FAILED "${gw[@]}"
	gateway_returns
	answers "${gw[@]}"
}

# Whatever neigh_update() stores, a packet finds it before any hook looks.
asked_while_flooded() {
	local states=(probe stale failed delay reachable none permanent incomplete noarp) i=0
	flood "$host" "$1"
	for ((i = 0; i < 400; i++)); do
		if ((i % 10 == 9)); then
			echo "neigh del $1 dev h0"
		else
			# In another order each time.
			echo "neigh replace $1 lladdr $third_mac dev h0 nud ${states[(i * (1 + i / 90)) % 9]}"
		fi
		nap 0.01
	done | host_batch
	flood_ends
	host_batch <<<"neigh del $1 dev h0"
}
step_asked_while_flooded() {
	timers 60 10 10
	asked_while_flooded 10.9.0.130
	asked_while_flooded fd09::130
}

# Another MAC with each announcement, and packets on their way to the last one.
step_claimed_while_flooded() {
	local round
	timers 800 10 10
	meet_gateway
	flood "$host" "${gw[0]}"
	for round in 1 2 3 4; do
		nap 0.2
		ip netns exec "$gateway" "$kapi/kapi_packets" claim g0 100 "${gw[0]}" >/dev/null ||
			trouble "claims end with $?"
	done
	flood_ends
	meet_gateway
}

# --- telling it ---

normal=(resolve idle stale_and_send tcp_confirms reachable_to_delay gateway_dies_and_returns never_there
	takeover_and_back claims_refused claimed_while_probed learned_passively admin use_and_managed
	router_probing flush carrier_loss mac_change ifdown dummy forced_gc_and_overflow periodic_gc
	namespace_goes no_solicitation refused_but_marked)
stress=(two_senders asked_while_flooded claimed_while_flooded)

run_step() {
	local began=${EPOCHREALTIME/./}
	troubles=()
	"step_$1"
	if [ ${#troubles[@]} -eq 0 ]; then
		ok "${1//_/ }"
	else
		not_ok "${1//_/ }"
		printf '%s\n' "${troubles[@]}" | diag
	fi
	diag "$(((${EPOCHREALTIME/./} - began) / 1000)) ms"
}

case ${1:-normal} in
normal) steps=("${normal[@]}") ;;
stress) steps=("${stress[@]}") ;;
*) echo "usage: $0 [normal|stress]" >&2; exit 2 ;;
esac

[ "$(id -u)" -eq 0 ] || skip_all "needs root"
modprobe -a veth dummy 2>/dev/null
plan ${#steps[@]}
set_up
[ ${#troubles[@]} -eq 0 ] || printf '%s\n' "set-up:" "${troubles[@]}" | diag
for step in "${steps[@]}"; do run_step "$step"; done
