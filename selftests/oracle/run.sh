#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The proof: everything that can happen to a neighbour happens, the oracle writes down what was stored, and what
# `neighwatch history` tells is held against it. Without neighwatch.ko it shows the truth alone. Inside the test VM:
#
#   selftests/vm/run -- selftests/oracle/run.sh

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
. "$here/../lib.sh"

debugfs=/sys/kernel/debug/nw_oracle
out=${NW_RESULTS:-$(mktemp -d)}

# Each kind of the transition table must have happened, or equality proves little.
required=()
for family in inet inet6; do
	for kind in null:NONE null:NOARP NONE:INCOMPLETE NONE:STALE NONE:PERMANENT FAILED:INCOMPLETE \
		INCOMPLETE:REACHABLE INCOMPLETE:STALE INCOMPLETE:FAILED:neigh_timer_handler \
		REACHABLE:STALE:neigh_timer_handler REACHABLE:STALE:__neigh_update \
		REACHABLE:DELAY:neigh_timer_handler STALE:DELAY:__neigh_event_send STALE:REACHABLE \
		DELAY:PROBE:neigh_timer_handler DELAY:REACHABLE:neigh_timer_handler \
		PROBE:REACHABLE PROBE:FAILED:neigh_timer_handler PROBE:STALE \
		INCOMPLETE:NONE PERMANENT:NONE NONE:FAILED:__neigh_event_send \
		NONE:null INCOMPLETE:null REACHABLE:null STALE:null DELAY:null PROBE:null FAILED:null \
		NOARP:null PERMANENT:null; do
		required+=(--require "$family:$kind")
	done
done
required+=(--require inet6:FAILED:INCOMPLETE:__neigh_set_probe_once)
# What only a flood of packets shows: what neigh_update() stores is found by a packet at once.
overtaken=(--require inet:DELAY:STALE)
for family in inet inet6; do
	for kind in STALE:DELAY:__neigh_event_send FAILED:INCOMPLETE:__neigh_event_send \
		NONE:INCOMPLETE:__neigh_event_send PERMANENT:FAILED DELAY:FAILED PROBE:NONE INCOMPLETE:DELAY; do
		overtaken+=(--require "$family:$kind")
	done
done

load_oracle() {
	local list
	list=$("$here/gen-probes") && insmod "$here/nw_oracle.ko" probes="${list//$'\n'/,}"
}

# The scenario's namespaces are not the initial one, whose ring alone is large by default.
load_neighwatch() {
	insmod "$top/neighwatch.ko" ring_size_other=16384 ring_total=131072
}

# oracle_now - CLOCK_MONOTONIC, as the oracle tells it
oracle_now() {
	local hash word value
	while read -r hash word value; do
		[ "$hash $word" = "# read" ] && echo "$value" && return
	done <$debugfs/stores
}

# hits - stores seen so far, without a process
hits() {
	local site count
	sum=0
	while read -r site _ _ count _; do
		[ "$site" = "#" ] || sum=$((sum + count))
	done <$debugfs/sites
}

# Namespaces are taken down behind our back: wait until a second goes by without a store.
settle() {
	local sum last=-1 round
	for ((round = 0; round < 20; round++)); do
		hits
		[ "$sum" = "$last" ] && return
		last=$sum
		nap 1
	done
	return 1
}

# judge NAME OPTION... - the case is ok when compare says so; its table is shown either way
judge() {
	local name=$1 said status
	said=$("$here/compare" "${@:2}" 2>&1)
	status=$?
	if [ $status -eq 0 ]; then ok "$name"; else not_ok "$name"; fi
	diag "$said"
}

# phase NAME OPTION... - one round of the scenario, and the verdict with compare's options
phase() {
	local name=$1 start
	shift
	start=$(oracle_now)
	check "$name: the scenario goes as written" scenario "$name"
	check "$name: then it is quiet" settle
	cat $debugfs/stores >"$out/$name.stores"
	if [ -n "$neighwatch" ]; then
		check "$name: history is told" history "$out/$name.history"
		judge "$name: history is the truth" "$out/$name.stores" "$out/$name.history" \
			--start "$start" "$@"
	else
		judge "$name: the truth is whole" "$out/$name.stores" --start "$start" "$@"
	fi
	cat $debugfs/sites >"$out/$name.sites"
}

scenario() { "$here/../scenarios/all_transitions.sh" "$1"; }
history() { "$top/tools/neighwatch" history -j --all-netns >"$1"; }

[ "$NW_VM" = 1 ] || skip_all "it turns global settings and loads modules: run it in selftests/vm/run"
[ -e "$here/nw_oracle.ko" ] || { echo "Bail out! no nw_oracle.ko: make -C selftests/oracle"; exit 1; }
neighwatch=
if [ -e "$top/neighwatch.ko" ]; then
	neighwatch=yes
	plan 10
else
	plan 7
	diag "no neighwatch.ko: the truth alone is shown"
fi
check "the oracle is armed" load_oracle || exit 1
if [ -n "$neighwatch" ]; then check "neighwatch is loaded" load_neighwatch || exit 1; fi
phase normal --median-us 50 "${required[@]}"
phase stress --min-percent 99.5 "${overtaken[@]}"
