#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What the incidents share: the module, a host and its gateway, what is done to
# them, and what `neighwatch history -j` tells of it afterwards. Source it after
# ../lib.sh. Few processes: forks are slow where these run.

scenarios=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
top=$(cd "$scenarios/../.." && pwd)
modules=${NW_MODULES:-$top}
neighwatch=$top/tools/neighwatch
link=$top/selftests/vm/link
my_mac=02:00:00:00:09:02
gw_mac=02:00:00:00:09:01
other_mac=02:00:00:00:09:ee
third_mac=02:00:00:00:09:ff

# --- the module ---

# load_module [PARAMETER=VALUE ...]
load_module() { insmod "$modules/neighwatch.ko" "$@"; }
unload_module() { rmmod neighwatch; }
is_loaded() { [ -d /sys/module/neighwatch ]; }

# need_module [PARAMETER=VALUE ...] - before plan: this machine can load it, and has; gone at the end.
need_module() {
	[ "$(id -u)" -eq 0 ] || skip_all "needs root"
	[ -f "$modules/neighwatch.ko" ] || skip_all "no neighwatch.ko: run make"
	load_module "$@" || { echo "Bail out! the module does not load"; exit 1; }
	defer unload_if_loaded
	defer no_call_refused
}
unload_if_loaded() { ! is_loaded || { find_leaks; unload_module; }; }
# What it finds is in the kernel's log, which fails the run.
find_leaks() { [ ! -x /run/nw/leaks ] || /run/nw/leaks; }

# no_call_refused - the reader made no call that its filter does not know (tools/confine.c); one fails the script
no_call_refused() {
	local refused
	refused=$(dmesg | grep 'type=1326 .*comm="neighwatch"') || return 0
	tap_failed=$((tap_failed + 1))
	diag "the filter of neighwatch refused a call:"$'\n'"$refused"
}

# kernel_log - what the module said since mark_log
mark_log() { log_mark="neighwatch-test $$ $RANDOM"; echo "$log_mark" >/dev/kmsg; }
kernel_log() { dmesg | sed "1,/$log_mark/d"; }

# --- what is done ---

# act COMMAND... - traffic, see oracle/actor; what it said instead of ok is shown.
start_actor() {
	coproc ACTOR { exec "$scenarios/../oracle/actor"; }
	actor_in=${ACTOR[1]} actor_out=${ACTOR[0]}
}
ask() {
	echo "$*" >&"$actor_in"
	IFS= read -r -t $((60 * ${NW_SLOW:-1})) -u "$actor_out" answer || answer="no answer"
	[ "$answer" = ok ]
}
act() { ask "$@" || { diag "$*: $answer"; return 1; }; }

# ip_in NS - the commands of standard input in one ip process
ip_in() { ip -n "$1" -batch - || diag "ip failed in $1"; }

# tables_hold N - the neighbour tables of the whole host take as many, and nobody collects them
tables_hold() {
	local family
	for family in ipv4 ipv6; do
		echo "$1" | tee /proc/sys/net/$family/neigh/default/gc_thresh{1,2,3} >/dev/null
	done
}

# --- a host and its gateway, on one cable ---

quiet_ipv6() {
	local dev
	for dev in all default; do
		act sysctl "$1" "net/ipv6/conf/$dev/accept_dad" 0
		act sysctl "$1" "net/ipv6/conf/$dev/router_solicitations" 0
		act sysctl "$1" "net/ipv6/conf/$dev/keep_addr_on_down" 1
	done
}

# v4 N / v6 N - address number N of the segment
v4() { echo "10.9.0.$1"; }
v6() { echo "fd09::$1"; }

# timers BASE_REACHABLE RETRANS DELAY_PROBE LOCKTIME, in ms
timers() {
	local table
	for table in arp_cache ndisc_cache; do
		echo "ntable change name $table dev h0 base_reachable $1 retrans $2 delay_probe $3" \
			"ucast_probes 2 mcast_probes 2 gc_stale 60000 locktime $4"
	done | ip_in "$host"
}

# make_segment - namespaces $host (h0, .2) and $gateway (g0, .1 and .3 to .9). The gateway knows the host for good,
# so that it never asks: whatever the host learns, it learns by its own questions or because a test says so.
make_segment() {
	local i
	ns_new host && ns_new gateway || return
	quiet_ipv6 "$host"
	quiet_ipv6 "$gateway"
	# Without it a subnet's first address takes the others with it, and the last one all neighbours.
	act sysctl "$gateway" net/ipv4/conf/all/promote_secondaries 1
	ip_in "$host" <<-EOF
		link add h0 address $my_mac type veth peer name g0 address $gw_mac netns $gateway
		link set h0 up
		addr add $(v4 2)/24 dev h0
		addr add $(v6 2)/64 dev h0 nodad
	EOF
	{
		echo "link set g0 up"
		for i in 1 3 4 5 6 7 8 9; do
			echo "addr add $(v4 $i)/24 dev g0"
			echo "addr add $(v6 $i)/64 dev g0 nodad"
		done
		echo "neigh add $(v4 2) dev g0 lladdr $my_mac nud permanent"
		echo "neigh add $(v6 2) dev g0 lladdr $my_mac nud permanent"
	} | ip_in "$gateway"
	timers 800 100 300 0
}

# mute N... / speak N... - the gateway stops and starts to answer for its addresses
mute() {
	local i
	for i in "$@"; do echo "addr del $(v4 "$i")/24 dev g0"; echo "addr del $(v6 "$i")/64 dev g0"; done |
		ip_in "$gateway"
}
speak() {
	local i
	for i in "$@"; do echo "addr add $(v4 "$i")/24 dev g0"; echo "addr add $(v6 "$i")/64 dev g0 nodad"; done |
		ip_in "$gateway"
}

# send ADDR... / becomes STATE ADDR... - from the host; and until its entry has that state
send() { act send "$host" "$@"; }
becomes() { act wait "$host" $((10 * ${NW_SLOW:-1})) "$@"; }

# --- what the recorder says ---

# history [OPTION...] - the records of the host's namespace, one JSON object a line
history() { "$neighwatch" history -j -N "$host" "$@" | jq -c '.[] | select(.event != "end")'; }

# states ADDR [FILTER...] - the transitions of a neighbour in words: "- NONE/transmit INCOMPLETE/transmit ..."; every
# OLD has to be the NEW before it, or it says so. `=` is a change of the link-layer address alone, `?` an inferred state.
states() {
	history "$@" event neigh | jq -rs '
		def name: . // "-";
		[foreach .[] as $r (null;
			{ last: ($r.new | name), broken: (. != null and .last != ($r.old | name)), r: $r, first: (. == null) };
			(if .first then (.r.old | name) + " " else "" end) +
			(if .broken then "BROKEN:" + (.r.old | name) + " " else "" end) +
			(if .r.old == .r.new then "=" else (.r.new | name) end) +
			(if .r.inferred then "?" else "" end) + "/" + .r.cause)] | join(" ")'
}
