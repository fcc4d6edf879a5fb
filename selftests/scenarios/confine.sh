#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm:
#
# Once it is open, a command has no capability but what it needs, and no call but those it makes; everything it is for
# still works. What it may do is asked from inside, by a library that is loaded into it (selftests/confine).

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"

need_module
probe_library=$top/selftests/confine/build/probe.so
[ -f "$probe_library" ] || { echo "Bail out! no $probe_library: make -C selftests/confine"; exit 1; }
scratch=$(mktemp -d)
defer rm -rf "$scratch"
# The audit knows it by this name: what is refused to the library is no fault of the reader.
probed=$scratch/probed
ln -s "$neighwatch" "$probed"
ip link add d0 type dummy
defer ip link del d0
ip link set d0 arp on up

toggle() {
	ip neigh replace 192.0.2.200 dev d0 lladdr "$other_mac" nud stale
	ip neigh replace 192.0.2.200 dev d0 lladdr "$other_mac" nud permanent
}
toggle

# What works, and nothing else.
needed="open-to-read mmap"
# only CAPABILITIES - what the library reports of a command that has these and no others
only() { echo "0000000000000000 $1 $1 0000000000000000 0000000000000000 1 2"; }
none=0000000000000000
net_admin=0000000000001000
net_admin_ptrace=0000000000081000

# probe COMMAND... - run it with the library; of_status, of_works, of_refused - what that reported
probe() {
	rm -f "$scratch/report"
	LD_PRELOAD=$probe_library NW_PROBE=$scratch/report "$probed" "$@" >"$scratch/out" 2>"$scratch/said"
}
of_status() { awk '/^(Cap|NoNew|Seccomp )/ { printf "%s%s", n++ ? " " : "", $2 }' "$scratch/report"; }
of_calls() { awk -v r="$1" '$2 == r { printf "%s%s", n++ ? " " : "", $1 }' "$scratch/report"; }

# confined NAME CAPABILITIES COMMAND... - two cases
confined() {
	probe "${@:3}"
	is "$1: its capabilities" "$(of_status)" "$(only "$2")"
	is "$1: its calls" "$(of_calls works), $(of_calls fails)" "$needed, epoll_ctl"
}

# until_out FILE TEXT - toggling what is recorded
until_out() { toggle; grep -q "$2" "$1"; }

plan 48

# --- who is not confined can do it all: the arguments are such that only a filter says EPERM ---

probe config
is "without a filter nothing is refused" "$(of_calls refused)" ""
check "and the library got to its end" grep -q '^end' "$scratch/report"

# --- each command ---

"$neighwatch" monitor -j --all --since 1h -n 1000 >"$scratch/recording" 2>/dev/null &
monitor=$!
wait_for 10 until_out "$scratch/recording" d0
kill -TERM $monitor
wait $monitor
chmod 600 "$scratch/recording"
chown 65534 "$scratch/recording"

confined "the screen" $net_admin_ptrace
confined "stats" $net_admin stats
confined "stats of all namespaces" $net_admin_ptrace stats --all-netns
confined "the same in JSON" $net_admin stats -j --all-netns
confined "show neigh" $net_admin show neigh
confined "show gateway" $net_admin show gateway
confined "history" $net_admin history
confined "history of all namespaces" $net_admin_ptrace history --all-netns
confined "history --findings" $net_admin history --findings
confined "check" $net_admin check
confined "replay" $none replay "$scratch/recording"
is "of another user's file" "$(cat "$scratch/said")" ""
ns_new other
confined "in another namespace" $net_admin history -N "$other"

LD_PRELOAD=$probe_library NW_PROBE=$scratch/live "$probed" monitor >"$scratch/out" 2>"$scratch/said" &
monitor=$!
ended() { grep -q '^end' "$scratch/live"; }
check "monitor listens" wait_for 20 ended
cp "$scratch/live" "$scratch/report"
is "monitor: its capabilities" "$(of_status)" "$(only $net_admin)"
is "monitor: its calls" "$(of_calls works), $(of_calls fails)" "$needed, epoll_ctl"
kill -TERM $monitor
wait $monitor
is "nothing is said" "$(cat "$scratch/said")" ""
check "what was refused is in the kernel's log" bash -c "dmesg | grep -q 'type=1326 .*comm=\"probed\"'"

# --- a kernel, or a container, that does not have it ---

NW_PROBE_WITHOUT=filter probe stats
is "without seccomp it works, with its capabilities dropped" "$? $(of_status)" "0 $(only $net_admin | sed 's/2$/0/')"
check "and says so" grep -q "no filter on its system calls: " "$scratch/said"
NW_PROBE_WITHOUT=capset probe stats
is "without capset() too" "$?" 0
check "and says so, too" grep -q "keeps its capabilities: Operation not permitted" "$scratch/said"
setpriv --reuid 65534 --regid 65534 --clear-groups "$neighwatch" stats >"$scratch/out" 2>"$scratch/said"
is "who has no capability is told what he was told before" "$? $(grep -c . "$scratch/said")" "4 2"

# --- and all works ---

"$neighwatch" monitor --all-netns --all >"$scratch/out" 2>"$scratch/said" &
monitor=$!
wait_for 10 until_out "$scratch/out" d0
unload_module
says_gone() { grep -q "module unloaded" "$scratch/out"; }
check "the module unloaded is said" wait_for 10 says_gone
load_module
says_again() { toggle; grep -q "loaded again" "$scratch/out"; }
check "loaded again, it joins again" wait_for 10 says_again
unshare -n setpriv --reuid 65534 sleep 1000 &
sleeper=$!
in_sleepers() {
	nsenter -t $sleeper -n ip link add d1 type dummy
	nsenter -t $sleeper -n ip link del d1
	grep -q "sleep($sleeper)" "$scratch/out"
}
check "a namespace is called by its process, of another user too" wait_for 20 in_sleepers
kill $sleeper
kill -TERM $monitor
wait $monitor
is "the monitor ended well" "$?" 0
is "and said nothing" "$(cat "$scratch/said")" ""
TZ=Asia/Kolkata "$neighwatch" history >"$scratch/out"
check "another time zone is read" grep -q IST "$scratch/out"
"$neighwatch" monitor --all --since 1h | head -n 1 >/dev/null &
pipe=$!
gone() { toggle; ! kill -0 $pipe; }
check "a broken pipe ends it" wait_for 20 gone

is_gone() { ! kill -0 "$1"; }

# --exec: the helper was forked before, and is ended when it is in the way
cat >"$scratch/program" <<-END
	#!/bin/sh
	grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/self/status >$scratch/kept
	exec sleep 1000
END
chmod 755 "$scratch/program"
start_actor
make_segment
ip -n "$host" route add default via "$(v4 1)"
mute 1
"$neighwatch" monitor -N "$host" --exec "$scratch/program" >"$scratch/out" 2>"$scratch/said" &
monitor=$!
has_run() { send "$(v4 1)"; [ -s "$scratch/kept" ]; }
check "a program is run for a finding" wait_for 60 has_run || diag <"$scratch/out"
is "with what there was" "$(cat "$scratch/kept")" "$(grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/self/status)"
read -r helper _ <"/proc/$monitor/task/$monitor/children"
kill -STOP "$helper"
kill -TERM $monitor
check "a helper that hangs is killed" wait_for 30 is_gone "$helper"
wait $monitor
is "and the monitor ends by itself" $? 0
