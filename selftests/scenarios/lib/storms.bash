#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The storms of storms.sh and storms_unload.sh: what each does, how much of it, and who reads meanwhile. Source it after
# incident.bash.
#
# NW_STORM=N makes them N times as big: 50 is 100,000 neighbours and more than 100 namespaces. On a kernel that is slow
# by itself (NW_SLOW) they are smaller. NW_STORMS names those to run.

kapi=$top/selftests/kapi/build
. "$scenarios/lib/flood.bash"
factor=${NW_STORM:-1}
slow=${NW_SLOW:-1}
nr_namespaces=$(((10 + 2 * (factor - 1)) / slow + 2))
nr_namespace_neighbours=50
nr_devices=$((20 * factor / slow))
nr_neighbours=$((2000 * factor / slow))
nr_changes=$((12800 * factor / slow / 64 * 64))
nr_packets=$((50000 * factor / slow))
nr_claims=$((2500 * factor / slow))
nr_moves=$((4 * nr_claims))
# Tracked neighbours.
cap=$((1000 < nr_neighbours / 2 ? 1000 : nr_neighbours / 2))
read -ra storms <<<"${NW_STORMS:-namespaces devices neighbours lap unresolved claims busy}"
scratch=$(mktemp -d)
defer rm -rf "$scratch"

# The module for a storm: a ring that is lapped, or one that keeps what is looked at afterwards.
load_for() {
	local ring=1024
	case $1 in
	lap) ring=16 ;;
	neighbours) while [ $ring -lt $((3 * nr_neighbours)) ]; do ring=$((2 * ring)); done ;;
	busy) while [ $ring -lt $((4 * nr_moves)) ]; do ring=$((2 * ring)); done ;;
	esac
	load_module ring_size=1024 ring_size_other=$ring ring_total=$((4 * ring + 512 * 1024)) neighbours_other=$cap \
		dead_namespaces=1000
}

# --- the stage ---

# make_stage - before plan: the module can be loaded, and is not; a namespace $stage with a dummy d0 that asks, and h0 on
# the cable of the station $station. What is not done there does not happen.
make_stage() {
	local i
	need_module
	unload_module
	start_actor
	ns_new stage && ns_new station || return
	for i in "$stage" "$station"; do
		quiet_ipv6 "$i"
		act sysctl "$i" net/ipv6/conf/default/addr_gen_mode 1
	done
	ip_in "$stage" <<-EOF2
		link add d0 type dummy
		link set d0 arp on up
		addr add 10.65.0.2/10 dev d0
		link add h0 address $my_mac type veth peer name s0 netns $station
		link set h0 up
		addr add $(v4 2)/16 dev h0
		ntable change name arp_cache dev d0 base_reachable 3600000 retrans 10 mcast_probes 1
		ntable change name arp_cache dev h0 base_reachable 3600000 locktime 0
		neigh add $(v4 50) lladdr $other_mac dev h0 nud stale
		neigh add $(v4 51) lladdr $other_mac dev h0 nud permanent
	EOF2
	ip_in "$station" <<<"link set s0 up"
	tables_hold $((4 * nr_neighbours + 4096))
}

on_stage() { ip netns exec "$stage" "$@"; }

# --- the storms; each says "half" in its middle ---

storm_namespaces() { "$kapi/kapi_storm" namespaces $nr_namespaces $nr_namespace_neighbours; }
storm_devices() { on_stage "$kapi/kapi_storm" devices $nr_devices; }
# Those that may be given up for others, then those that may not.
storm_neighbours() {
	on_stage "$kapi/kapi_storm" neighbours d0 $nr_neighbours stale &&
		on_stage "$kapi/kapi_storm" neighbours d0 $nr_neighbours reachable
}
storm_lap() { on_stage "$kapi/kapi_storm" changes d0 $nr_changes; }
storm_unresolved() {
	on_stage taskset -c 1 "$kapi/kapi_packets" flood $nr_packets 10.65.0.99 >/dev/null &
	on_stage taskset -c 0 "$kapi/kapi_packets" flood $nr_packets 10.65.0.99
	wait $!
}
# claims COUNT ADDR - by one CPU, as a NIC gives all ARP to one queue: of two at once one may hide the other
claims() { ip netns exec "$station" taskset -c 0 "$kapi/kapi_packets" claim s0 "$1" "$2"; }
# One that takes every MAC, and one that takes none.
storm_claims() { claims $nr_claims "$(v4 50)" && claims $nr_claims "$(v4 51)"; }

# Packets on their way to one that moves with each claim.
storm_busy() {
	flood "$stage" "$(v4 50)"
	claims $nr_moves "$(v4 50)"
	flood_ends
	return 0
}

# begin STORM / middle / finish - in the background; until half of it is done; until its end, with its status
begin() {
	"storm_$1" >"$scratch/storm" 2>&1 &
	storm=$!
}
is_half() { grep -q half "$scratch/storm" || ! kill -0 "$storm"; }
middle() { wait_for 60 is_half; }
finish() { wait "$storm"; }

# --- readers ---

# start_readers NAP_MS [loads] - 8 readers that dump everything, 4 on the stage and 4 everywhere; the module may be loaded
# amid a storm
start_readers() {
	ip netns exec "$stage" "$kapi/kapi_readers" 4 "$1" own "${@:2}" 2>"$scratch/readers" &
	readers=($!)
	"$kapi/kapi_readers" 4 "$1" all "${@:2}" 2>>"$scratch/readers" &
	readers+=($!)
}
# stop_readers - what they had to complain of is in $scratch/readers
stop_readers() {
	local pid
	kill -TERM "${readers[@]}"
	for pid in "${readers[@]}"; do wait "$pid" || echo "status $?" >>"$scratch/readers"; done
}

# start_monitor STORM - one that stays, and wants everything since the load
start_monitor() {
	local where=(-N "$stage")
	[ "$1" = namespaces ] && where=(--all-netns)
	# Or what the last one wrote is taken for it.
	rm -f "$scratch/out" "$scratch/said"
	"$neighwatch" monitor -j --all --since 1h "${where[@]}" >"$scratch/out" 2>"$scratch/said" &
	monitor=$!
	wait_for 20 test -s "$scratch/out"
}

# --- what there is ---

# statistics - those of the stage that are numbers, "NAME VALUE" a line
statistics() {
	"$neighwatch" stats -j -N "$stage" |
		jq -r '(arrays[] // .) | to_entries[] | select(.value | type == "number") | "\(.key) \(.value)"'
}
# snap NAME - put them into the associative array NAME
snap() {
	local name value
	while read -r name value; do printf -v "$1[$name]" %s "$value"; done < <(statistics)
}

# --- memory ---

# memory - what counts, in kB: vmalloc (rings), slabs that are not given back when memory is short
memory() { awk '/^VmallocUsed:/ { v = $2 } /^SUnreclaim:/ { s = $2 } END { print v, s }' /proc/meminfo; }
# memory_back VMALLOC SLAB - both are what they were, up to what a kernel without the module varies by
memory_back() {
	local now
	read -ra now <<<"$(memory)"
	[ $((now[0] - $1)) -le 1024 ] && [ $((now[1] - $2)) -le 8192 ] && [ ! -e /sys/kernel/slab/nw_neigh ] && return
	echo "vmalloc $1 kB before, ${now[0]} kB now; slabs $2 kB, ${now[1]} kB"
	return 1
}
