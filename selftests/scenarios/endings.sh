#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm:
#
# How a monitor that was left running ends, and what does not end it: a disk that is full, who read it gone, no output
# at all, a terminal that hangs up, a configuration that changed meanwhile, a clock that is set.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"

need_module ring_size=65536
flood=$top/selftests/kapi/build/kapi_toggle
scratch=$(mktemp -d)
defer rm -rf "$scratch"
start_actor
make_segment
ip -n "$host" route add default via "$(v4 1)"
ip link add d0 type dummy
defer ip link del d0
ip link set d0 arp on up

small=$scratch/small
mkdir "$small"
mount -t tmpfs -o size=64k none "$small"
defer umount "$small"

# A change in this namespace.
change() {
	ip neigh replace 192.0.2.200 dev d0 lladdr "$other_mac" nud stale
	ip neigh replace 192.0.2.200 dev d0 lladdr "$other_mac" nud permanent
}
hears() { change; [ -s "$scratch/out" ]; }
begin() {
	: >"$scratch/out" # the shell may be slower to do so than the caller is to look
	"$neighwatch" monitor "$@" >"$scratch/out" 2>"$scratch/said" &
	monitor=$!
}
is_gone() { ! kill -0 "$1" 2>/dev/null || [[ $(<"/proc/$1/stat") == *") Z "* ]]; }
# ends PID - by itself; its $status. Not in a subshell, which has no children to wait for.
ends() {
	wait_for 20 is_gone "$1" || { diag "$1 still runs"; kill -KILL "$1"; }
	wait "$1"
	status=$?
}

plan 27

# --- the disk is full ---

full() {
	rm -f "$small"/*
	"$neighwatch" monitor "$@" >"$small/out" 2>"$scratch/said" &
	monitor=$!
	starts() { change; [ -s "$small/out" ]; }
	wait_for 10 starts
	"$flood" d0 2000
}
no_room="neighwatch: cannot write the output: No space left on device"
full -j --all
ends $monitor
is "a full disk ends it with an error" $status 1
is "and a reason" "$(cat "$scratch/said")" "$no_room"
is "the disk was full" "$(stat -c %s "$small/out")" 65536
head -c -1 "$small/out" | sed '$d' >"$scratch/whole"
check "all lines but the last are whole" jq -es 'length > 50 and all(.[]; .v == 1)' "$scratch/whole"
numbers() { jq -r .seq "$scratch/whole" | awk 'NR > 1 && $1 != last + 1 { print last, $1 } { last = $1 }'; }
is "with no number left out" "$(numbers)" ""
check "a replay names the place where it breaks off" \
	grep -q "out:$(($(wc -l <"$scratch/whole") + 1)):" <("$neighwatch" replay "$small/out" 2>&1 >/dev/null)
full --all
ends $monitor
is "readable output: the same" "$status $(cat "$scratch/said")" "1 $no_room"
rm -f "$small"/*
head -c 65536 /dev/zero >"$small/ballast"
"$neighwatch" monitor -j --all --since 0s >"$small/out" 2>"$scratch/said" &
monitor=$!
ended() { change; is_gone $monitor; }
wait_for 20 ended
ends $monitor
is "no room for a single line: the same" "$status $(cat "$scratch/said")" "1 $no_room"

# --- nobody reads ---

mkfifo "$scratch/fifo"
head -n 1 <"$scratch/fifo" >"$scratch/first" &
"$neighwatch" monitor -j --all >"$scratch/fifo" 2>"$scratch/said" &
monitor=$!
wait_for 20 ended
ends $monitor
is "who read it is gone: no error, no word" "$status $(cat "$scratch/said")" "0 "
check "and who read got what was asked for" jq -e '.v == 1' "$scratch/first"

# --- no output, no input ---

"$neighwatch" monitor -j --all >&- 2>"$scratch/said" &
monitor=$!
wait_for 20 ended
ends $monitor
is "without an output: an error, and nothing of it into a socket" "$status $(cat "$scratch/said")" \
	"1 neighwatch: cannot write the output: Bad file descriptor"
"$neighwatch" monitor -j --all >"$scratch/out" 2>"$scratch/said" <&- &
monitor=$!
check "without an input it reads" wait_for 10 hears
kill -TERM $monitor
ends $monitor
is "and ends when it is asked to" "$status" 0

# --- it is stopped while it still reads the past ---

"$flood" d0 20000
begin -j --all
begins() { [ -s "$scratch/out" ]; }
wait_for 10 begins
kill -TERM $monitor
ends $monitor
is "asked to end while it reads the past it ends in order" "$status $(tail -n 1 "$scratch/out" | jq -r .event)" "0 end"
check "and has not read all of it" test "$(wc -l <"$scratch/out")" -lt 20000

# --- the terminal hangs up ---

begin -j --all
wait_for 10 hears
kill -HUP $monitor
ends $monitor
is "a terminal that hangs up ends it as ^C does" "$status $(tail -n 1 "$scratch/out" | jq -r .event)" "0 end"
trap '' HUP
begin -j --all --since 0s
wait_for 10 hears
trap - HUP
kill -HUP $monitor
lines=$(wc -l <"$scratch/out")
goes_on() { change; [ "$(wc -l <"$scratch/out")" -gt "$lines" ]; }
check "but not under nohup" wait_for 10 goes_on
kill -TERM $monitor
wait $monitor

# --- the configuration changes, the clock is set ---

send "$(v4 1)"
becomes STALE "$(v4 1)"
"$neighwatch" config >"$scratch/conf"
begin -j --all -c "$scratch/conf"
"$neighwatch" monitor --all >"$scratch/text" 2>>"$scratch/said" &
text=$!
wait_for 10 hears
echo "[Nonsense]" >"$scratch/conf"
syncs() { grep -c '"event":"sync"' "$scratch/out"; }
synced() { change; send "$(v4 1)"; [ "$(syncs)" -gt "$before" ]; }
# step SECONDS - set the clock, wait until the record of it came
step() {
	before=$(syncs)
	date -s "@$(($(date +%s) + $1))" >/dev/null
	wait_for 40 synced
}
check "the clock set forward by an hour is told" step 3600
check "and back" step -3600
kill -TERM $monitor $text
ends $monitor
json_status=$status
ends $text
is "both end as ever" "$json_status $status $(cat "$scratch/said")" "0 0 "
# What lies between CLOCK_MONOTONIC and the wall clock, from record to record, in hours: 0, 1, 0.
steps() {
	jq -r 'select(.seq) | "\(.mono) \(.time)"' "$scratch/out" | perl -MTime::Local -ne '
		my ($mono, @t) = /^([\d.]+) (\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+\.?\d*)/ or next;
		my $off = timegm(0, $t[4], $t[3], $t[2], $t[1] - 1, $t[0]) + $t[5] - $mono;
		$first //= $off;
		my $hours = int(($off - $first) / 3600 + 0.5);
		print "$hours " if ($last // "") ne $hours;
		$last = $hours'
}
is "each record has the wall clock of its moment" "$(steps)" "0 1 0 "
is "records stay in order of CLOCK_MONOTONIC" \
	"$(jq -s '[.[] | select(.seq) | .mono | tonumber] | . == sort' "$scratch/out")" true
check "people see when it was set" test "$(grep -c 'clocks: monotonic' "$scratch/text")" -ge 2
is "no verdict came of it" "$(grep -c '"event":"finding"' "$scratch/out") $("$neighwatch" check -N "$host" >/dev/null; echo $?)" "0 0"
"$neighwatch" monitor -c "$scratch/conf" >/dev/null 2>"$scratch/said" </dev/null; status=$?
is "the configuration is read once: what it became meanwhile is refused at the next start" \
	"$status $(grep -c Nonsense "$scratch/said")" "1 1"

# --- the module is loaded again, and nothing happens ---

begin -j --all
wait_for 10 hears
seeds() { grep -c '"cause":"initial"' "$scratch/out"; }
before=$(seeds)
# In use until the past is read.
wait_for 20 unload_module 2>/dev/null
gone() { grep -q unloaded "$scratch/said"; }
wait_for 20 gone
load_module
back() { [ "$(seeds)" -gt "$before" ]; }
check "what was so when the module was loaded again comes out at once" wait_for 20 back
kill -TERM $monitor
ends $monitor
is "and that it was is said" "$status $(grep -c 'loaded again' "$scratch/said")" "0 1"
