#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm:
#
# monitor judges while it shows: a recording of what it printed, replayed, comes to the same findings, byte for byte;
# who begins to look in the middle of an outage is told of it; who wants findings alone gets nothing else.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"

need_module ring_size_other=8192 ring_total=131072
scratch=$(mktemp -d)
defer rm -rf "$scratch"
start_actor
make_segment
ip -n "$host" route add default via "$(v4 1)"
gw=$(v4 1)

# begin NAME OPTION... - a monitor of the host's namespace, its output in a file of that name; end - all of them
monitors=()
begin() {
	"$neighwatch" monitor -N "$host" "${@:2}" >"$scratch/$1" 2>"$scratch/$1.said" &
	monitors+=($!)
}
end() { kill -TERM "${monitors[@]}"; wait "${monitors[@]}"; monitors=(); }

# findings FILE - "ID STATUS SEVERITY" of each
findings() { jq -r 'select(.event == "finding") | "\(.id) \(.status) \(.severity)"' "$scratch/$1"; }
# told FILE ID STATUS - such a finding came out
told() { findings "$1" | grep -q "^$2 $3 "; }
# said FILE TEXT - in the readable output
said() { grep -q "$2" "$scratch/$1"; }

meets() { send "$gw" && becomes REACHABLE,STALE "$gw"; }
asks() { send "$gw"; told "$@"; }

plan 31

# --- a gateway dies under the eyes of two monitors, and returns ---

begin json -j
begin text
meets
mute 1
check "a finding comes out while it happens" wait_for 40 asks json gateway-stuck open
check "and below the events, for people" wait_for 5 said text "gateway-stuck $gw h0: "
printf '#!/bin/sh\ncat >>%q\n' "$scratch/ran" >"$scratch/program"
chmod 755 "$scratch/program"
begin late
begin late-json -j --findings --exec "$scratch/program"
check "who comes later is told what is open" wait_for 5 said late "gateway-stuck $gw h0: "
check "in JSON too" wait_for 5 told late-json gateway-stuck open
is "and nothing else when findings are wanted" "$(jq -rs 'map(.event) | unique | join(" ")' "$scratch/late-json")" finding
speak 1
returns() { send "$gw"; told json gateway-stuck cleared; }
check "its end comes out as well" wait_for 20 returns
check "and is said" wait_for 5 said text "cleared gateway-stuck $gw"
check "to the one who came later, too" wait_for 5 told late-json gateway-stuck cleared
end
check "a program was run for each finding told, with the same words" \
	cmp <(sort "$scratch/ran") <(grep -v '"event":"end"' "$scratch/late-json" | sort)
is "nothing went wrong on the way" "$(cat "$scratch"/*.said)" ""

# --- replay equals live ---

# jq takes the last of two equal keys; a stricter reader refuses them.
repeated_keys() {
	/usr/bin/python3 -c '
import json, sys
def pairs(items):
    keys = [k for k, _ in items]
    if len(keys) != len(set(keys)):
        print(sorted(k for k in keys if keys.count(k) > 1))
    return dict(items)
for line in open(sys.argv[1]):
    json.loads(line, object_pairs_hook=pairs)' "$1"
}
is "no object has a key twice" "$(repeated_keys "$scratch/json")" ""

is "the recording ends where it was judged to" "$(tail -n 1 "$scratch/json" | jq -r .event)" end
# judged FILE - what a replay of it concludes, as it was printed
judged() { "$neighwatch" replay -j --findings "$1" | grep '"event":"finding"'; }
grep '"event":"finding"' "$scratch/json" >"$scratch/live"
judged "$scratch/json" >"$scratch/replayed"
check "something was found" test "$(wc -l <"$scratch/live")" -ge 2
check "a replay comes to the same findings" cmp "$scratch/live" "$scratch/replayed"
grep -v '"event":"finding"' "$scratch/json" >"$scratch/events"
judged - <"$scratch/events" >"$scratch/replayed"
check "also of the events alone" cmp "$scratch/live" "$scratch/replayed"

# --- the end of a deadline that no record ends ---

# Two rounds fail, and nobody asks for the gateway any more: time alone makes an alarm of the warning, 45 s after the
# carrier came. A recording tells the first outage again: what is waited for has to come once more.
times() { findings json | grep -c "^gateway-stuck $*"; }
more() { [ "$(times "${@:2}")" -gt "$1" ]; }
begin json -j
begin slow --findings
check "a recording begins with what is over" wait_for 10 more 0 cleared
opened=$(times open) warned=$(times raised warn) alarmed=$(times raised crit) cleared=$(times cleared)
mute 1
send "$gw"
check "one round fails: told" wait_for 20 more "$opened" open
send "$gw"
check "another one: a warning" wait_for 20 more "$warned" raised warn
check "time passes without records: an alarm" wait_for 60 more "$alarmed" raised crit
"$neighwatch" -N "$host" >"$scratch/screen"
is "meanwhile the screen says what to do first" "$(grep '^do:' "$scratch/screen")" \
	"do:   neighwatch save /root/incident   (before any reboot)"
is "and is one of 20 lines and 79 columns" "$(awk 'NR > 20 || length > 79' "$scratch/screen")" ""
speak 1
is_over() { send "$gw"; more "$cleared" cleared; }
check "and it ends" wait_for 20 is_over
end
grep '"event":"finding"' "$scratch/json" >"$scratch/live"
judged "$scratch/json" >"$scratch/replayed"
check "and a replay keeps step" cmp "$scratch/live" "$scratch/replayed"
check "findings alone, readable: they are there" said slow "CRIT gateway-stuck $gw h0: "
check "findings alone, readable: no event" bash -c "! grep -q -- '->' '$scratch/slow'"

# --- a monitor that was stopped, as by ^Z, goes on: what came meanwhile is read before deadlines pass ---

# An answer is waited for so long that it comes while the monitor is stopped, and no warning is due before.
ip -n "$host" ntable change name arp_cache dev h0 retrans 2000 mcast_probes 4 delay_probe 301
ip -n "$host" neigh flush dev h0 to "$gw"
becomes GONE "$gw"
begin json -j
check "stopped: all that was is told before" wait_for 10 more "$cleared" cleared
mute 1
state() { grep '"event":"neigh"' "$scratch/json" | jq -r "select(.addr == \"$gw\") | .new" | tail -n 1; }
is_now() { [ "$(state)" = "$1" ]; }
answers() { grep '"event":"neigh"' "$scratch/json" | jq -r "select(.addr == \"$gw\" and .new == \"REACHABLE\") | .seq" | wc -l; }
heard() { [ "$(answers)" -gt "$answered" ]; }
answered=$(answers)
opened=$(times "") from=${EPOCHREALTIME/[.,]/}
send "$gw"
check "stopped: the question is told" wait_for 10 is_now INCOMPLETE
kill -STOP "${monitors[@]}"
speak 1
becomes REACHABLE "$gw"
due() { [ $((${EPOCHREALTIME/[.,]/} - from)) -gt 13000000 ]; }
wait_for 20 due
kill -CONT "${monitors[@]}"
check "stopped: so is the answer" wait_for 10 heard
is "stopped: no verdict for want of an answer" "$(times "")" "$opened"
end

# --- a file that cannot be read is no empty one ---

is "replay of a file that is not there: one reason, in one line" \
	"$("$neighwatch" replay "$scratch/none" 2>&1; echo $?)" "neighwatch: $scratch/none: No such file or directory
1"
is "show judges by the configuration, too" "$("$neighwatch" show gateway -c "$scratch/none" 2>&1 | head -n 1)" \
	"neighwatch: $scratch/none: No such file or directory"
