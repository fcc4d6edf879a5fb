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

# addrs N... - the addresses of the script's family
addrs() { local i; for i in "$@"; do "v$family" "$i"; done; }

# told NAME N WANTED - the case: what the history says of neighbour N
told() { is "$1" "$(states "$(addrs "$2")")" "$3"; }

# --- it happens ---

# Only states that last are waited for; what comes in between the history has to know.

# 1 lives, is asked, idles, is asked again.
meet_and_idle() {
	send $(addrs 1 3)
	becomes STALE $(addrs 1 3)
	send $(addrs 1)
	becomes STALE $(addrs 1)
}

# A TCP connection to 3 confirms it: nobody has to ask.
upper_layer() {
	act tcp "$gateway" "$host" 0.6 $(addrs 3)
	becomes STALE $(addrs 3)
}

# 99 was never there. Twice.
never_there() {
	send $(addrs 99)
	becomes FAILED $(addrs 99)
	send $(addrs 99)
	becomes FAILED $(addrs 99)
}

# 4 was used a moment ago when its time runs out.
in_use() {
	timers 300 100 1500 0
	send $(addrs 4)
	becomes DELAY $(addrs 4)
	timers 800 100 300 0
	becomes STALE $(addrs 4)
}

# 5 dies, is asked for, and returns.
dies_and_returns() {
	send $(addrs 5)
	becomes STALE $(addrs 5)
	mute 5
	send $(addrs 5)
	becomes FAILED $(addrs 5)
	send $(addrs 5)
	becomes FAILED $(addrs 5)
	speak 5
	send $(addrs 5)
	becomes STALE $(addrs 5)
}

# claim MAC N - "I am N": a gratuitous request, an unsolicited advertisement with override
claim() {
	if [ $family = 4 ]; then
		act arp "$gateway" g0 request "$1" "$(addrs "$2")" "$(addrs "$2")"
	else
		act na "$gateway" g0 "$1" "$(addrs "$2")" o
	fi
}

# Another station takes 6 over, then a third; then nobody is asked any more.
taken_over() {
	timers 20000 100 300 0
	send $(addrs 6)
	becomes REACHABLE $(addrs 6)
	claim $other_mac 6
	becomes STALE $(addrs 6)
	claim $third_mac 6
	timers 800 100 300 0
}

# An administrator's own pairs of states, on neighbours nobody else touches.
administer() {
	local a
	a=$(addrs 60)
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
	send $(addrs 7)
	becomes STALE $(addrs 7)
	mute 7
	timers 800 1500 300 0
	send $(addrs 7)
	becomes PROBE $(addrs 7)
	ip -n "$host" neigh change "$(addrs 7)" dev h0 nud failed
	timers 800 100 300 0
}

# 8 is flushed, and met again: a second life.
remove() {
	timers 20000 100 300 0
	send $(addrs 8)
	becomes REACHABLE $(addrs 8)
	ip -n "$host" neigh flush dev h0 to "$(addrs 8)"
	becomes GONE $(addrs 8)
	send $(addrs 8)
	becomes REACHABLE $(addrs 8)
}

# The one that no hook tells: no question is allowed, so NONE fails at once.
no_question() {
	local table=net/ipv4
	[ $family = 4 ] || table=net/ipv6
	act sysctl "$host" $table/neigh/h0/mcast_solicit 0
	send $(addrs 120)
	becomes FAILED $(addrs 120)
	act sysctl "$host" $table/neigh/h0/mcast_solicit 2
	send $(addrs 120)
	becomes FAILED $(addrs 120)
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
blind=$(states "$(addrs 120)")
if [[ $blind =~ ^-\ NONE/[a-z]+\ (FAILED\??/[a-z]+\ )?INCOMPLETE/transmit\ FAILED/timer$ ]]; then
	ok "NONE -> FAILED without a question is late or not seen, what follows is"
else
	not_ok "NONE -> FAILED without a question is late or not seen, what follows is"
	diag "$blind"
fi
