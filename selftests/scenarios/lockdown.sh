#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm:
#
# A kernel that is locked down, as Secure Boot makes it. No key that this kernel trusts can be had here, so the module is
# loaded before: what a module with a good signature would do afterwards is done by that one. Then it is unloaded, and
# is what it is: unsigned.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"

security=/sys/kernel/security
mountpoint -q $security || mount -t securityfs securityfs $security
[ -w $security/lockdown ] || skip_all "this kernel cannot be locked down"
need_module
debugfs=/sys/kernel/debug/neighwatch
ip -batch - <<-EOF2
	link add d0 type dummy
	link set d0 arp on up
	addr add 10.8.0.1/24 dev d0
EOF2
defer ip link del d0

level() { sed 's/.*\[\(.*\)\].*/\1/' $security/lockdown; }
lock() { echo "$1" >$security/lockdown; }

# What is done at each level leaves five records: two of a neighbour, two of a carrier, one of a route.
story() {
	ip neigh replace "$1" dev d0 lladdr "$other_mac" nud stale
	ip neigh change "$1" dev d0 lladdr "$other_mac" nud permanent
	echo 0 >/sys/class/net/d0/carrier
	echo 1 >/sys/class/net/d0/carrier
	ip route add "$2" via "$1" dev d0
}
told() { "$neighwatch" history -j --since "mono:$since" | jq -r '.[] | select(.dev == "d0") | .event' | sort | uniq -c | xargs; }
now() { read -r since _ </proc/uptime; }
# "ACTIVE of ALL"
sources() { "$neighwatch" stats -j | jq -r '(arrays[] // .).source | "\(map(select(.state == "active")) | length) of \(length)"'; }

# works LEVEL ADDRESS PREFIX - five cases
works() {
	now
	story "$2" "$3"
	is "$1: neighbours, carrier and routes are recorded" "$(told | grep -o '[0-9]* \(carrier\|neigh\|route\)' | xargs)" \
		"2 carrier 3 neigh 1 route"
	is "$1: every source is active" "$(sources)" "$sources"
	check "$1: debugfs can be read" grep -q "$2.*STALE.*PERMANENT" $debugfs/events
	"$neighwatch" monitor -j --all --since 1h >"$scratch/out" 2>"$scratch/said" &
	monitor=$!
	check "$1: monitor follows" wait_for 10 hears "$2"
	kill -TERM $monitor
	wait $monitor
	is "$1: and has nothing to complain of" "$(cat "$scratch/said")" ""
}
hears() { grep -q "\"$1\".*PERMANENT" "$scratch/out"; }

scratch=$(mktemp -d)
defer rm -rf "$scratch"

plan 19
sources=$(sources)
check "all sources are active" grep -qE '^([0-9]{2}) of \1$' <<<"$sources"
is "the kernel begins without lockdown" "$(level)" none
lock integrity
is "it can be locked down" "$(level)" integrity
works integrity 10.8.0.2 198.51.100.0/25
lock confidentiality
is "and further" "$(level)" confidentiality
works confidentiality 10.8.0.3 198.51.100.128/25

unload_module
mark_log
said=$(load_module 2>&1)
check "an unsigned module is refused" test $? -ne 0
check "as not permitted" grep -q "Operation not permitted" <<<"$said"
check "and the kernel says why" grep -q "unsigned module loading is restricted" <<<"$(kernel_log)"
said=$("$neighwatch" 2>&1)
is "the command line says that nothing is recorded" "$?" 3
check "names what was seen" grep -q "Operation not permitted" <<<"$said"
