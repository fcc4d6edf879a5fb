#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm: --thread single
#
# The module comes and goes: 50 times under fire, seeded with what is there, never inventing a removal, held by who
# looks at it, with sources switched off, and with parameters that make no sense.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"

need_module
unload_module
start_actor
make_segment
flood=$top/selftests/kapi/build/kapi_toggle
scratch=$(mktemp -d)
defer rm -rf "$scratch"

plan 24

# --- what was there before ---

send "$(v4 1)" "$(v6 1)"
becomes STALE "$(v4 1)" "$(v6 1)"
ip_in "$host" <<-EOF2
	neigh replace $(v4 60) dev h0 lladdr $other_mac nud permanent
	neigh replace $(v6 60) dev h0 lladdr $other_mac nud permanent
	route add default via $(v4 1) dev h0
	route add default via $(v6 1) dev h0
EOF2
load_module ring_size_other=8192 ring_total=131072

# seeds FILTER JQ - what was so at load, in words
seeds() {
	local filter=$1
	shift
	# shellcheck disable=SC2086 # words
	history $filter | jq -rs "map(select(.cause == \"initial\")) | map($1) | sort | join(\", \")"
}
is "neighbours that were there" "$(seeds "event neigh" '"\(.addr) \(.new)"')" \
	"10.9.0.1 STALE, 10.9.0.60 PERMANENT, fd09::1 STALE, fd09::60 PERMANENT"
is "their age is not known" "$(history "$(v4 1)" event neigh | jq -c '[.dwell_ns, .probes]')" "[null,null]"
is "default routes that were there" \
	"$(seeds "event route" 'select(.dst | endswith("/0")) | "\(.change) \(.dst) via \(.gateway)"')" \
	"added 0.0.0.0/0 via 10.9.0.1, added ::/0 via fd09::1"
check "addresses that were there" grep -q "10.9.0.2.*fd09::2" <<<"$(seeds "event address" .addr)"
check "carriers that were there" grep -q "h0 up" <<<"$(seeds "event carrier" '"\(.dev) \(.new)"')"
is "nothing else is said of them" \
	"$(history | jq -rs 'map(select(.event == "neigh" and .cause != "initial")) | length')" 0
send "$(v4 1)"
becomes STALE "$(v4 1)"
is "and their story goes on" "$(states "$(v4 1)" | sed 's/^[^ ]* [^ ]* //')" \
	"DELAY/transmit PROBE/timer REACHABLE/packet STALE/timer"

# --- unloaded beneath a reader: no removal that did not happen ---

"$neighwatch" monitor -j --all --all-netns >"$scratch/monitor" 2>"$scratch/said" &
monitor=$!
is_reading() { [ "$(wc -l <"$scratch/monitor")" -gt 0 ]; }
poke() { send "$(v4 1)"; is_reading; }
wait_for 10 poke
becomes STALE "$(v4 1)"
lines=$(wc -l <"$scratch/monitor")
check "unloads beneath a reader" unload_module
nap 0.5
kill -TERM $monitor
wait $monitor
is "a reader is told of no removal" "$(tail -n "+$((lines + 1))" "$scratch/monitor" |
	jq -rs 'map(select(.new == null and .event == "neigh" or .change == "removed")) | length')" 0
load_module
is "loaded again it records none" \
	"$(history | jq -rs 'map(select(.event == "neigh" and .new == null or .change == "removed")) | length')" 0

# --- 50 times ---

# Fires leave some of the two CPUs to those who load: this is about the moment, not about the amount.
come_and_go() {
	while :; do
		ip netns add "nw$$-x" && ip netns del "nw$$-x"
		nap 0.1
	done
}
change_neighbours() {
	while ip netns exec "$host" "$flood" d0 500; do nap 0.1; done
}
# A reader's dump may be under way: then it is held for that moment.
under_fire() {
	local i
	for ((i = 0; i < 50; i++)); do
		wait_for 20 unload_module || { echo "unload $i"; return 1; }
		load_module || { echo "load $i"; return 1; }
	done
}
ip_in "$host" <<<"link add d0 type dummy"
ip_in "$host" <<<"link set d0 arp on up"
"$scenarios/../oracle/actor" flood "$host" 1000 "$(v4 1)" "$(v4 98)" "$(v6 98)" &
fires=($!)
change_neighbours &
fires+=($!)
come_and_go &
fires+=($!)
"$neighwatch" monitor -j --all --all-netns >/dev/null 2>&1 &
fires+=($!)
check "loads and unloads 50 times under fire" under_fire
check "the fire still burns" kill -0 "${fires[@]:0:3}"
kill -TERM "${fires[@]}" 2>/dev/null
wait "${fires[@]}" 2>/dev/null
check "and it works" "$neighwatch" stats

# --- who holds it ---

cannot_unload() { ! rmmod neighwatch 2>"$scratch/rmmod" && grep -qi "in use\|busy\|unavailable" "$scratch/rmmod"; }
exec 7<"/sys/kernel/debug/neighwatch/events"
check "an open debugfs file holds it" cannot_unload
exec 7<&-
ip link add d1 type dummy
defer ip link del d1
ip link set d1 arp on up
"$flood" d1 20000
mkfifo "$scratch/hold"
"$scenarios/lib/stalled-dump" <"$scratch/hold" >"$scratch/stalled" &
dump=$!
exec 8>"$scratch/hold"
wait_for 20 test -s "$scratch/stalled"
check "a dump under way holds it" cannot_unload
exec 8>&-
wait $dump
check "nobody holds it" unload_module

# --- sources switched off ---

load_module
mapfile -t sources < <("$neighwatch" stats -j | jq -r '(arrays[] // .) | .source[].name')
unload_module

# without SOURCE - the log, the statistics and the screen name it
without() {
	mark_log
	load_module sources_off="$1" || return
	kernel_log | grep -q "neighwatch.*$1" || echo "$1: not in the log"
	"$neighwatch" stats -j | jq -e --arg s "$1" '(arrays[] // .) | .source | any(.name == $s and .state == "off")' >/dev/null ||
		echo "$1: not in the statistics"
	"$neighwatch" stats | grep -q "$1" || echo "$1: not in the readable statistics"
	"$neighwatch" 2>&1 | grep -q "$1" || echo "$1: not on the screen"
	unload_module
}
without_each() {
	local source said=
	for source in "${sources[@]}"; do said+=$(without "$source"); done
	[ -z "$said" ] || { echo "$said"; return 1; }
}
is "17 sources" "${#sources[@]}" 17
check "each source can be off and is named wherever one looks" without_each
mark_log
load_module sources_off="$(IFS=,; echo "${sources[*]}")"
is "all sources off: still loads" "$("$neighwatch" stats -j 2>/dev/null | jq -c '(arrays[] // .) | .source | map(.state) | unique')" '["off"]'
unload_module

# --- nonsense ---

# refused PARAMETER=VALUE - does not load and says which parameter
refused() {
	mark_log
	if load_module "$1" 2>/dev/null; then
		unload_module
		echo "$1: loaded"
	elif ! kernel_log | grep -q "neighwatch.*${1%%=*}"; then
		echo "$1: refused without a reason"
	fi
}
refused_each() {
	local what said=
	for what in "$@"; do said+=$(refused "$what"); done
	[ -z "$said" ] || { echo "$said"; return 1; }
}
check "sizes that make no sense are refused" refused_each ring_size=0 ring_size=1000 ring_size=-1 \
	ring_size=99999999999 ring_size_other=0 ring_size_other=100 ring_total=4000000000 ring_total_userns=4000000000 \
	neighbours=0 neighbours_other=0 neighbours_total=4000000000 links=0 routes=0 routes_other=0 dead_namespaces=100000
check "words where numbers belong are refused" refused_each ring_size=many neighbours=1x dead_namespaces=-1
check "sources that are not there are refused" refused_each sources_off=nosuch sources_off=netevent,nosuch sources_off=,
is "after all that it still loads" "$(load_module && is_loaded && echo yes)" yes
check "and unloads" unload_module
