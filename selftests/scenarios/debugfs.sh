#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm:
#
# Without the command line: four files below debugfs and the module's own trace events, in the one vocabulary.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"

need_module
start_actor
debugfs=/sys/kernel/debug/neighwatch
tracing=/sys/kernel/tracing

plan 15
is "the files" "$(cd $debugfs && echo *)" "events links neighbours stats"
is "for root to read and nobody to write" "$(stat -c %a:%U $debugfs/* | sort -u)" "400:root"

# A dummy of the initial namespace, and one neighbour that lives on it.
ip -batch - <<-EOF2
	link add d0 type dummy
	link set d0 arp on up
	neigh add 10.8.0.7 dev d0 lladdr $other_mac nud reachable
	neigh change 10.8.0.7 dev d0 lladdr $third_mac nud stale
EOF2
defer ip link del d0

# columns FILE NAME... - the first line names them, in that order
columns() {
	local first file=$1
	shift
	read -r first <$debugfs/"$file"
	[[ " $first " = *" $* "* ]] || { echo "$first"; return 1; }
}
check "events names its columns" columns events netns seq mono cpu dev event cause detail
check "neighbours names its columns" columns neighbours netns dev addr state lladdr since
check "links names its columns" columns links netns dev ifindex carrier since
check "stats names its columns" columns stats source state missed

check "an event tells both states" grep -q "10.8.0.7.*REACHABLE.*STALE" $debugfs/events
check "and the cause in the words of the command line" grep -q " neigh admin .*10.8.0.7" $debugfs/events
check "a neighbour has its state" grep -q "10.8.0.7.*STALE" $debugfs/neighbours
check "and its link-layer address" grep -q "10.8.0.7.*$third_mac" $debugfs/neighbours
check "a link has its carrier" grep -q "d0.*up" $debugfs/links
check "statistics name a source" grep -q "neigh_timer_handler" $debugfs/stats

# trace COMMAND... - what neighwatch:* says while it runs
trace() {
	echo >$tracing/trace
	echo 1 >$tracing/events/neighwatch/enable
	"$@"
	echo 0 >$tracing/events/neighwatch/enable
	grep -v '^#' $tracing/trace
}
flap() {
	ip neigh change 10.8.0.7 dev d0 lladdr "$third_mac" nud permanent
	echo 0 >/sys/class/net/d0/carrier
	echo 1 >/sys/class/net/d0/carrier
}
traced=$(trace flap)
check "trace event neigh" grep -q " neigh: .*10.8.0.7.*STALE.*PERMANENT" <<<"$traced"
is "trace event carrier, both edges" "$(grep -c " carrier: .*d0" <<<"$traced")" 2
is "three events there are" "$(cd $tracing/events/neighwatch && echo */)" "carrier/ neigh/ offer/"
