#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm:
#
# Two stations answer for one address. The kernel takes the first and drops the second, and no table shows it. And ARP
# and ND packets that change nothing: the proof of life between two transitions.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"

need_module ring_size_other=8192 ring_total=131072
start_actor
make_segment
# Everything below happens while the entries are REACHABLE, within locktime.
timers 120000 400 300 60000

# answer4 MAC N / answer6 MAC N FLAGS - a station answers for N
answer4() { act arp "$gateway" g0 reply "$1" "$(v4 "$2")" "$(v4 2)" "$my_mac"; }
answer6() { act na "$gateway" g0 "$1" "$(v6 "$2")" "$3" "$(v6 2)"; }

# offers ADDR / confirms ADDR - one line for each record
offers() { history "$1" event offer | jq -r '"\(.state) kept \(.lladdr) refused \(.offered) cause \(.cause)"'; }
confirms() { history "$1" event confirm | jq -r '"\(.state) \(.lladdr) \(.kind) \(.cause)"'; }

# The host asks for 50, which no one has; $other_mac is first, $third_mac second.
two_answer() {
	send "$(v4 50)" "$(v6 50)"
	answer4 "$other_mac" 50
	answer4 "$third_mac" 50
	answer6 "$other_mac" 50 so
	answer6 "$third_mac" 50 -
	becomes REACHABLE "$(v4 50)"
}

# 51 is known, and the same other station answers 40 times in some 3 s.
rounds=40
one_keeps_answering() {
	local i began=$SECONDS
	send "$(v4 51)" "$(v6 51)"
	answer4 "$other_mac" 51
	answer6 "$other_mac" 51 so
	for ((i = 0; i < rounds; i++)); do
		answer4 "$third_mac" 51
		answer6 "$third_mac" 51 s
		nap 0.07
	done
	nap 1.1
	answer4 "$third_mac" 51
	answer6 "$third_mac" 51 s
	answered=$((SECONDS - began))
}

# spaced ADDR - "COUNT RECORDS CLOSEST": offers told of, records, smallest distance of two in ms
spaced() {
	history "$1" event offer | jq -rs '
		[.[].mono | split(".") | (.[0] | tonumber) * 1000 + (.[1][0:3] | tonumber)] as $t |
		([range(1; $t | length) | $t[.] - $t[. - 1]] | min // 0) as $closest |
		"\(map(.count) | add) \(length) \($closest)"'
}

# again N - 52 answers that many times, unasked or as if asked: nothing changes
again() {
	local i
	for ((i = 0; i < $1; i++)); do
		answer4 "$other_mac" 52
		answer6 "$other_mac" 52 so
		nap 0.03
	done
}

met() {
	send "$(v4 52)" "$(v6 52)"
	again 1
	becomes REACHABLE "$(v4 52)" "$(v6 52)"
	met_at=$SECONDS
}

# The flood of equal offers, judged: all are counted, in few records a second apart.
judge_spacing() {
	local count records closest
	read -r count records closest <<<"$(spaced "$2")"
	is "$1: every offer is counted" "$count" $((rounds + 1))
	if [ "$records" -ge 3 ] && [ "$records" -le $((answered + 2)) ] && [ "$closest" -ge 999 ]; then
		ok "$1: one record a second"
	else
		not_ok "$1: one record a second"
		diag "$records records in $answered s, two of them $closest ms apart"
	fi
}

two_answer || diag "two stations did not answer"
met || diag "52 did not answer"
again 20
soon4=$(confirms "$(v4 52)") soon6=$(confirms "$(v6 52)")
one_keeps_answering || diag "51 did not answer"
while [ $((SECONDS - met_at)) -lt 11 ]; do nap 0.2; done
again 20
late4=$(confirms "$(v4 52)") late6=$(confirms "$(v6 52)")

plan 14
taken="- NONE/transmit INCOMPLETE/transmit REACHABLE/packet"
is "IPv4: the first answer is taken" "$(states "$(v4 50)")" "$taken"
is "IPv4: the second is an offer refused" "$(offers "$(v4 50)")" \
	"REACHABLE kept $other_mac refused $third_mac cause packet"
is "IPv6: without Override the entry is doubted" "$(states "$(v6 50)")" "$taken STALE/packet"
is "IPv6: and the offer is refused" "$(history "$(v6 50)" event offer | jq -r '"\(.lladdr) \(.offered)"')" \
	"$other_mac $third_mac"
is "IPv4: the transition comes before the offer" \
	"$(history "$(v4 50)" | jq -rs '[.[] | select(.event != "confirm") | .event] | join(" ")')" \
	"neigh neigh neigh offer"
judge_spacing IPv4 "$(v4 51)"
judge_spacing IPv6 "$(v6 51)"
is "IPv4: for 10 s the answer that changed the state stands for all" "$soon4" ""
is "IPv6: for 10 s the answer that changed the state stands for all" "$soon6" ""
is "IPv4: then many proofs of life are one record" "$late4" "REACHABLE $other_mac reply packet"
is "IPv6: then many proofs of life are one record" "$late6" "REACHABLE $other_mac reply packet"
check "the neighbours' totals count offers" \
	jq -e --argjson n $((rounds + 1)) '[.[] | select(.addr == "10.9.0.51" or .addr == "fd09::51") | .offers] == [$n, $n]' \
	<("$neighwatch" show neigh -j -N "$host")
