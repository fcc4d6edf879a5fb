#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The story of transitions4.sh and transitions6.sh: what makes each transition, for both families at once, and in the
# end the exact sequence that the history has for the family of the script.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"

need_module ring_size_other=8192 ring_total=131072
start_actor
make_segment

family=4
[[ $0 == *6.sh ]] && family=6

# addr N - the address of neighbour N in the script's family
addr() { "v$family" "$1"; }

# told NAME N WANTED - the case: what the history says of neighbour N
told() { is "$1" "$(states "$(addr "$2")")" "$3"; }

# --- it happens ---

# Only states that last are waited for; what comes in between the history has to know.

# 1 lives, is asked, idles, is asked again.
meet_and_idle() {
	send "$(addr 1)" "$(addr 3)"
	becomes STALE "$(addr 1)" "$(addr 3)"
	send "$(addr 1)"
	becomes STALE "$(addr 1)"
}

# A TCP connection to 3 confirms it: nobody has to ask.
upper_layer() {
	act tcp "$gateway" "$host" 0.6 "$(addr 3)"
	becomes STALE "$(addr 3)"
}

# 99 was never there. Twice.
never_there() {
	send "$(addr 99)"
	becomes FAILED "$(addr 99)"
	send "$(addr 99)"
	becomes FAILED "$(addr 99)"
}

# 4 was used a moment ago when its time runs out.
in_use() {
	timers 300 100 1500 0
	send "$(addr 4)"
	becomes DELAY "$(addr 4)"
	timers 800 100 300 0
	becomes STALE "$(addr 4)"
}

# 5 dies, is asked for, and returns.
dies_and_returns() {
	send "$(addr 5)"
	becomes STALE "$(addr 5)"
	mute 5
	send "$(addr 5)"
	becomes FAILED "$(addr 5)"
	send "$(addr 5)"
	becomes FAILED "$(addr 5)"
	speak 5
	send "$(addr 5)"
	becomes STALE "$(addr 5)"
}

# claim MAC N - "I am N": a gratuitous request, an unsolicited advertisement with override
claim() {
	if [ $family = 4 ]; then
		act arp "$gateway" g0 request "$1" "$(addr "$2")" "$(addr "$2")"
	else
		act na "$gateway" g0 "$1" "$(addr "$2")" o
	fi
}

# Another station takes 6 over, then a third; then nobody is asked any more.
taken_over() {
	timers 20000 100 300 0
	send "$(addr 6)"
	becomes REACHABLE "$(addr 6)"
	claim "$other_mac" 6
	becomes STALE "$(addr 6)"
	claim "$third_mac" 6
	timers 800 100 300 0
}

# An administrator's own pairs of states, on neighbours nobody else touches.
administer() {
	local a
	a=$(addr 60)
	ip_in "$host" <<-EOF
		neigh add $a dev h0 lladdr $other_mac nud permanent
		neigh change $a dev h0 nud none
		neigh change $a dev h0 nud incomplete
		neigh change $a dev h0 nud none
		neigh change $a dev h0 nud failed
		neigh change $a dev h0 nud incomplete
		neigh change $a dev h0 nud failed
		neigh change $a dev h0 lladdr $other_mac nud permanent
		neigh change $a dev h0 lladdr $third_mac nud permanent
		neigh change $a dev h0 lladdr $third_mac nud reachable
		neigh change $a dev h0 lladdr $third_mac nud stale
		neigh del $a dev h0
	EOF
}

# 7 is being probed when an administrator calls it failed.
administer_probed() {
	send "$(addr 7)"
	becomes STALE "$(addr 7)"
	mute 7
	timers 800 1500 300 0
	send "$(addr 7)"
	becomes PROBE "$(addr 7)"
	ip -n "$host" neigh change "$(addr 7)" dev h0 nud failed
	timers 800 100 300 0
}

# 8 is flushed, and met again: a second life.
remove() {
	timers 20000 100 300 0
	send "$(addr 8)"
	becomes REACHABLE "$(addr 8)"
	ip -n "$host" neigh flush dev h0 to "$(addr 8)"
	becomes GONE "$(addr 8)"
	send "$(addr 8)"
	becomes REACHABLE "$(addr 8)"
}

# The one that no hook tells: no question is allowed, so NONE fails at once.
no_question() {
	local table=net/ipv4
	[ $family = 4 ] || table=net/ipv6
	act sysctl "$host" $table/neigh/h0/mcast_solicit 0
	send "$(addr 120)"
	becomes FAILED "$(addr 120)"
	act sysctl "$host" $table/neigh/h0/mcast_solicit 2
	send "$(addr 120)"
	becomes FAILED "$(addr 120)"
}

for scene in meet_and_idle upper_layer never_there in_use dies_and_returns taken_over administer administer_probed \
	no_question remove; do
	$scene || diag "$scene did not go as it should"
done

# --- it is told ---

met="- NONE/transmit INCOMPLETE/transmit REACHABLE/packet"
plan 10
told "creation, NONE -> INCOMPLETE -> REACHABLE -> STALE -> DELAY -> PROBE -> REACHABLE -> STALE" 1 \
	"$met STALE/timer DELAY/transmit PROBE/timer REACHABLE/packet STALE/timer"
told "DELAY -> REACHABLE, confirmed by TCP" 3 \
	"$met STALE/timer DELAY/transmit REACHABLE/upper-layer STALE/timer"
told "INCOMPLETE -> FAILED, FAILED -> INCOMPLETE" 99 \
	"- NONE/transmit INCOMPLETE/transmit FAILED/timer INCOMPLETE/transmit FAILED/timer"
told "REACHABLE -> DELAY, in use when its time is over" 4 \
	"$met DELAY/timer PROBE/timer REACHABLE/packet STALE/timer"
told "PROBE -> FAILED, and back" 5 \
	"$met STALE/timer DELAY/transmit PROBE/timer FAILED/timer INCOMPLETE/transmit FAILED/timer INCOMPLETE/transmit \
REACHABLE/packet STALE/timer"
told "REACHABLE -> STALE with another MAC, then a MAC alone" 6 "$met STALE/packet =/packet"
told "the administrator's transitions" 60 \
	"- NONE/admin PERMANENT/admin NONE/admin INCOMPLETE/admin NONE/admin FAILED/admin INCOMPLETE/admin FAILED/admin \
PERMANENT/admin =/admin REACHABLE/admin STALE/admin FAILED/admin -/admin"
told "PROBE -> FAILED by an administrator" 7 "$met STALE/timer DELAY/transmit PROBE/timer FAILED/admin"
told "removal and a second life" 8 \
	"$met FAILED/admin -/admin NONE/transmit INCOMPLETE/transmit REACHABLE/packet"
blind=$(states "$(addr 120)")
if [[ $blind =~ ^-\ NONE/[a-z]+\ (FAILED\??/[a-z]+\ )?INCOMPLETE/transmit\ FAILED/timer$ ]]; then
	ok "NONE -> FAILED without a question is late or not seen, what follows is"
else
	not_ok "NONE -> FAILED without a question is late or not seen, what follows is"
	diag "$blind"
fi
