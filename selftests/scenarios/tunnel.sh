#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm:
#
# Link-layer addresses longer than a neighbour has room for: those of an IPv6 tunnel are IPv6 addresses. They take a
# block of memory of their own, and are told whole.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"

need_module
modprobe ip6_gre 2>/dev/null
ns_new host
ip -n "$host" link add t0 type ip6gre local fd00::1 remote any 2>/dev/null || skip_all "this kernel has no ip6gre"

# long N - a link-layer address of 16 bytes
long() { echo "fd:00:00:00:00:00:00:00:00:00:00:00:00:00:00:0$1"; }

# told ADDR - "OLD NEW FROM TO" of each change
told() {
	history event neigh "$1" | jq -r '"\(.old) \(.new) \(.old_lladdr // "-") \(.lladdr // "-")"'
}

plan 4
ip_in "$host" <<-EOF2
	link set t0 up
	addr add 10.7.0.1/24 dev t0
	neigh add 10.7.0.2 lladdr $(long 2) dev t0 nud permanent
	neigh replace 10.7.0.2 lladdr $(long 3) dev t0 nud permanent
	neigh replace 10.7.0.2 lladdr $(long 4) dev t0 nud stale
EOF2
# The kernel creates it with the device's own address.
is "each change of the address, whole" "$(told 10.7.0.2)" "null NOARP - -
NOARP PERMANENT $(long 1) $(long 2)
PERMANENT PERMANENT $(long 2) $(long 3)
PERMANENT STALE $(long 3) $(long 4)"
is "what is there" "$("$neighwatch" show neigh -j -N "$host" 10.7.0.2 | jq -r '.[] | "\(.lladdr) \(.moves)"')" "$(long 4) 3"
is "on the screen" "$("$neighwatch" show neigh -N "$host" 10.7.0.2 | grep -c "$(long 4)")" 1
ip -n "$host" link del t0
is "the device goes, and it with it" "$(told 10.7.0.2 | tail -1)" "STALE null - $(long 4)"
