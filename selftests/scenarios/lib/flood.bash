#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Both CPUs send to one neighbour as fast as they can. Source it where $kapi names the programs of selftests/kapi.

# flood NS ADDR - datagrams, until flood_ends
flood() {
	local cpu
	floods=()
	for cpu in 0 1; do
		ip netns exec "$1" taskset -c $cpu "$kapi/kapi_packets" flood 100000000 "$2" >/dev/null &
		floods+=($!)
	done
}
flood_ends() { kill "${floods[@]}" && wait "${floods[@]}" 2>/dev/null; }
