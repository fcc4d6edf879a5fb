#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm:
#
# A reader in trouble: stopped while thousands of records pass, its module taken away and put back, and one that comes
# late and wants everything from before and from now, nothing twice.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"

need_module ring_size=1024
flood=$top/selftests/kapi/build/kapi_toggle
scratch=$(mktemp -d)
defer rm -rf "$scratch"
ip link add d0 type dummy
defer ip link del d0
ip link set d0 arp on up

next_seq() { "$neighwatch" stats -j | jq '(arrays[] // .) | .next_seq'; }
lines() { wc -l <"$scratch/out"; }

# everything of this namespace, into a file
start_monitor() {
	"$neighwatch" monitor -j --all --since 0s >"$scratch/out" 2>"$scratch/said" &
	monitor=$!
	wait_for 10 hears
}
# It listens when a change that was made now comes out.
hears() {
	ip neigh replace 192.0.2.200 dev d0 lladdr "$other_mac" nud stale
	ip neigh replace 192.0.2.200 dev d0 lladdr "$other_mac" nud permanent
	[ "$(lines)" -gt 0 ]
}
stop_monitor() { kill -TERM $monitor; wait $monitor; }
reached() { grep -q "\"seq\":$1[,}]" "$scratch/out"; }

# account FROM TO - "RECORDS LOST TWICE HOLES": of the numbers from FROM to TO those that came, those that a `lost` line
# names by its first and its count, those that came or were named twice, and those that nobody mentions
account() {
	jq -r 'if .event == "lost" and .where == "ring" then "\(.first) \(.count) lost" else "\(.seq) 1 came" end' \
		"$scratch/out" | sort -n | awk -v from="$1" -v to="$2" '
		{ first = $1; last = $1 + $2 - 1
		  if (last < from || first > to) next
		  if (first < from) first = from
		  if (last > to) last = to
		  sum[$3] += last - first + 1
		  if (first > next_) holes += first - next_
		  if (first < next_) twice += (last < next_ ? last : next_ - 1) - first + 1
		  if (last + 1 > next_) next_ = last + 1 }
		BEGIN { next_ = from }
		END { print sum["came"] + 0, sum["lost"] + 0, twice + 0, holes + to + 1 - next_ }'
}

# More than any receive buffer takes.
changes=150000

plan 12

# --- stopped ---

start_monitor
kill -STOP $monitor
before=$(next_seq)
"$flood" d0 $changes
after=$(next_seq)
is "the flood is all in the numbers" $((after - before)) $((changes + 2 * 16))
kill -CONT $monitor
"$flood" d0 16
last=$(($(next_seq) - 1))
wait_for 60 reached "$last"
read -r records lost twice holes <<<"$(account "$before" "$last")"
diag "$records records, $lost lost"
check "a stopped reader lost something" test "$lost" -gt 0
is "every number came or is said to be lost, by its number" "$holes" 0
is "nothing came twice, and nothing that is said to be lost" "$twice" 0
is "so the sum is what was produced" $((records + lost)) $((last + 1 - before))
is "the ring gave back what it still had" "$(account $((last - 900)) "$last")" "901 0 0 0"
stop_monitor
"$neighwatch" monitor --all >"$scratch/out" 2>"$scratch/said" &
monitor=$!
wait_for 10 hears
kill -STOP $monitor
"$flood" d0 $changes
kill -CONT $monitor
says_lost() { hears; grep -qE "lost [0-9,]+|[0-9,]+ (records |events )?lost" "$scratch/out" "$scratch/said"; }
check "in the readable output too, with its number" wait_for 20 says_lost
stop_monitor

# --- the module taken away ---

start_monitor
unload_module
says_gone() { grep -qi "unloaded\|gone\|not loaded" "$scratch/said" "$scratch/out"; }
check "the module unloaded is said" wait_for 10 says_gone
load_module ring_size=1024
old=$(lines)
hears_again() { hears; [ "$(lines)" -gt "$old" ]; }
check "loaded again, the reader goes on" wait_for 20 hears_again
check "and says that it is another instance" test "$(jq -rs 'map(.instance // empty) | unique | length' "$scratch/out")" -eq 2
stop_monitor

# --- one who comes late, to a ring that has kept all ---

unload_module
load_module
"$flood" d0 300
from=1
"$neighwatch" monitor -j --all --since 1h >"$scratch/out" 2>"$scratch/said" &
monitor=$!
"$flood" d0 300
last=$(($(next_seq) - 1))
wait_for 20 reached "$last"
stop_monitor
read -r records lost twice holes <<<"$(account "$from" "$last")"
is "history and live stream join without gap" "$holes $lost" "0 0"
is "and without repeat" "$twice" 0
