#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm: --append slab_nomerge
#
# A reader that is left running: months of records pass in minutes, while gateways die and return, neighbours and
# namespaces come that never come again, the ring is lapped and the module loaded again. Afterwards the readers are as
# big as they were, and every number was printed or is said to be lost. NW_SOAK=SECONDS takes longer.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"

parameters=(ring_size=1024 neighbours=128 dead_namespaces=4)
need_module "${parameters[@]}"
flood=$top/selftests/kapi/build/kapi_toggle
scratch=$(mktemp -d)
defer rm -rf "$scratch"

# How much a reader may grow, in KiB. What is resident counts pages of the program and its libraries, too, from the moment
# they were used first. The reader of all namespaces keeps the stories of 1,024 of them, of 8 KiB at most.
bound=512
bound_resident=1024
bound_netns=8

# --- what passes ---

ns_new gateway
ip link add h0 type veth peer name g0 netns "$gateway"
defer ip link del h0
ip -n "$gateway" -batch - <<-EOF
	link set g0 up
	addr add $(v4 1)/24 dev g0
EOF
ip -batch - <<-EOF
	link set h0 up
	addr add $(v4 2)/24 dev h0
	ntable change name arp_cache dev h0 base_reachable 800 retrans 100 delay_probe 300 ucast_probes 2 mcast_probes 2
	route add default via $(v4 1) dev h0
	link add d0 type dummy
	link set d0 arp on up
	link add d1 type dummy
	link set d1 up
EOF
defer ip link del d0
defer ip link del d1
tables_hold 16384

# A gateway that answers and one that does not, turn and turn about.
gateways_come_and_go() {
	local i way
	while :; do
		for way in off on; do
			ip -n "$gateway" link set g0 arp $way
			for i in {1..30}; do
				echo >"/dev/udp/10.9.0.1/9"
				nap 0.1
			done
		done
	done 2>/dev/null
}

# round NUMBER - 1,500 changes of 16 neighbours; 250 neighbours that were never there, with two MACs each; cables;
# namespaces.
round() {
	local n=$1 i
	"$flood" d0 1500
	for ((i = 0; i < 500; i++)); do
		printf 'neigh replace 172.%d.%d.%d dev d0 lladdr 02:%02x:%02x:00:%02x:%02x nud stale\n' \
			$((16 + n / 256 % 16)) $((n % 256)) $((i / 2 + 1)) $((n & 255)) $((n >> 8)) $((i >> 8)) $((i & 255))
	done | ip -batch -
	ip link set d0 down
	ip link set d0 up
	for ((i = 0; i < 10; i++)); do
		echo "link set d1 carrier off"
		echo "link set d1 carrier on"
	done | ip -batch -
	for ((i = 0; i < 4; i++)); do echo "netns add nw$$-$n-$i"; done | ip -batch -
	for ((i = 0; i < 4; i++)); do echo "netns del nw$$-$n-$i"; done | ip -batch -
	netns_made=$((netns_made + 4))
}
# dropped - what the readers' sockets had no room for, one number each
dropped() {
	awk -v readers="${readers[*]}" 'BEGIN { n = split(readers, pid) }
		$2 == 16 { drops[$3 % 4194304] += $9 }
		END { for (i = 1; i <= n; i++) print drops[pid[i]] + 0 }' /proc/net/netlink
}
# ran_over DROPPED - each socket since then
ran_over() { paste <(echo "$1") <(dropped) | awk '$2 <= $1 { kept = 1 } END { exit kept }'; }
# lap - more than their sockets and the ring take, while nobody reads
lap() {
	local before
	before=$(dropped)
	kill -STOP "${readers[@]}"
	until ran_over "$before"; do "$flood" d0 10000; done
	"$flood" d0 3000
	kill -CONT "${readers[@]}"
}
netns_made=0

# --- who reads ---

# begin NAME OPTION... - a monitor whose output goes to the accountant (-j) or is looked at for a stuck gateway
declare -A pid
readers=()
begin() {
	local name=$1
	mkfifo "$scratch/$name"
	case "$*" in
	*-j*) "$scenarios/lib/account" "$scratch/$name.books" <"$scratch/$name" & ;;
	*) awk '/ gateway-stuck .*'"$(v4 1)"'/ && !stuck++ { print "stuck"; fflush() }' \
		<"$scratch/$name" >"$scratch/$name.books" & ;;
	esac
	keepers+=($!)
	"$neighwatch" monitor "${@:2}" --set neighbours=128 >"$scratch/$name" 2>"$scratch/$name.said" &
	pid[$name]=$!
	readers+=($!)
}
keepers=()

next_seq() { "$neighwatch" stats -j | jq -r '(arrays[] // .) | "\(.instance) \(.next_seq)"'; }
# has_last NAME SEQ - the last number of the latest load, of this namespace, has come
has_last() { awk -v i="$2" -v last="$3" '$1 == "seq" && $2 == i && $5 >= last { ok = 1 } END { exit !ok }' "$scratch/$1.books"; }

# settle - until nothing more is produced, and all was read; what was, into the ledger. Workers tell some of it a moment
# later.
settle() {
	local instance next i before=''
	read -r instance next <<<"$(next_seq)"
	for ((i = 0; i < 20; i++)); do
		[ "$next" != "$before" ] || break
		before=$next
		nap 1.2
		read -r instance next <<<"$(next_seq)"
	done
	wait_for 60 has_last json "$instance" $((next - 1)) || late+=("$((next - 1))")
	echo "$instance $((next - 1))" >>"$scratch/produced"
}
late=()
# Nothing happens on its own while it is asked how much there was: no neighbour is left that has a timer.
pause_gateways() {
	kill -STOP "$gateways"
	ip link set h0 down
}
resume_gateways() {
	ip -batch - <<-EOF
		link set h0 up
		route add default via $(v4 1) dev h0
	EOF
	kill -CONT "$gateways"
}

load_again() {
	pause_gateways
	settle
	unload_module
	load_module "${parameters[@]}"
	resume_gateways
	loads=$((loads + 1))
}
loads=1

# sizes - "NAME VmRSS VmHWM RssAnon DESCRIPTORS CHILDREN" of each reader, in KiB
sizes() {
	local name fds
	for name in text json findings all; do
		fds=("/proc/${pid[$name]}/fd"/*)
		echo "$name $(awk '/^(VmHWM|VmRSS|RssAnon):/ { v[$1] = $2 }
			END { print v["VmRSS:"], v["VmHWM:"], v["RssAnon:"] }' "/proc/${pid[$name]}/status")" \
			"${#fds[@]} $(wc -w <"/proc/${pid[$name]}/task/${pid[$name]}/children")"
	done
}
# grown NAME COLUMN - from the first sample to the second
grown() { awk -v n="$1" -v c="$2" '$1 == n { v[FILENAME] = $c } END { print v[ARGV[2]] - v[ARGV[1]] }' "$scratch"/{before,after}; }
at_most() { [ "$1" -le "$2" ] || { echo "$1 KiB more"; return 1; }; }

# tracked - neighbours that the module has memory for, less those that a CPU keeps at hand; RCU may hold some
tracked() {
	echo 1 >/sys/kernel/slab/nw_neigh/shrink
	awk '$1 == "nw_neigh" { print $2 }' /proc/slabinfo
}

plan 23

begin text --all
begin json -j --all --since 0s
begin findings --findings
begin all -j --all --since 0s --all-netns
gateways_come_and_go &
gateways=$!
n=0
reads() { ip neigh replace 192.0.2.200 dev d0 lladdr "$other_mac" nud stale && ip neigh replace 192.0.2.200 dev d0 \
	lladdr "$other_mac" nud permanent && grep -q '^seq' "$scratch/json.books" && grep -q '^seq' "$scratch/all.books"; }
check "all read" wait_for 30 reads

# --- warm: every table is as full as it gets, every path was taken once ---

for ((n = 0; n < 3; n++)); do round $n; done
lap
load_again
round $((n++))
load_again
pause_gateways
settle
sizes >"$scratch/before"
warm=$(awk '{ sum += $2 } END { print sum }' "$scratch/produced")
netns_before=$netns_made
resume_gateways

# --- and on ---

start=$SECONDS
first=$n
while ((n < first + 5 || SECONDS - start < ${NW_SOAK:-0})); do
	((n % 5 != 2)) || lap
	((n % 5 != 0)) || load_again
	round $n
	n=$((n + 1))
	((n != first + 4)) || tracked_before=$(tracked)
done
check "findings were told" wait_for 60 grep -q stuck "$scratch/findings.books"
pause_gateways
settle
tracked_after=$(tracked)
sizes >"$scratch/after"
kill "$gateways"
kill -CONT "$gateways"
wait "$gateways" 2>/dev/null
produced=$(awk '{ sum += $2 } END { print sum }' "$scratch/produced")
diag "$((n - first)) rounds, $((SECONDS - start)) s, $((netns_made - netns_before)) namespaces, $loads loads"
diag "$produced records in all, $((produced - warm)) after the warm-up"
diag "before and after: name VmRSS VmHWM RssAnon (KiB) descriptors children"
paste -d '\n' "$scratch/before" "$scratch/after" | diag

for name in text json findings; do
	check "$name: resident memory is what it was" at_most "$(grown $name 2)" $bound_resident
	check "$name: its heap, too" at_most "$(grown $name 4)" $bound
	check "$name: no peak above" at_most "$(grown $name 3)" $bound_resident
done
more=$((netns_made - netns_before))
room=$((1024 > netns_before ? 1024 - netns_before : 0))
check "all namespaces: the heap grew by the stories of new ones at most" \
	at_most "$(grown all 4)" $((bound + bound_netns * (more < room ? more : room)))
is "no descriptor more, no child" "$(awk '{ print $1, $5, $6 }' "$scratch/after")" "$(awk '{ print $1, $5, 0 }' "$scratch/before")"
check "the module keeps no more neighbours" test "$tracked_after" -le $((tracked_before + 32))

kill -TERM "${readers[@]}"
status=
for reader in "${readers[@]}"; do wait "$reader"; status+="$? "; done
wait "${keepers[@]}"
is "all end when they are asked to" "$status" "0 0 0 0 "

# --- the books ---

own=$(awk '$1 == "seq"' "$scratch/json.books")
awk '{ print "#", $0 }' <<<"$own"
is "what came and what is said to be lost is what was produced, load by load" \
	"$(awk '{ print $2, $5, $6 + $7 - ($5 - $4 + 1) }' <<<"$own" | sort)" "$(awk '{ print $1, $2, 0 }' "$scratch/produced" | sort -k 1,1 -k2,2n | awk '{ last[$1] = $0 } END { for (i in last) print last[i] }' | sort)"
is "no number is missing, none came twice" "$(awk '{ holes += $9; twice += $8 } END { print holes, twice }' <<<"$own")" "0 0"
is "of all namespaces, too" "$(awk '$1 == "seq" { holes += $9; twice += $8 } END { print holes, twice }' "$scratch/all.books")" "0 0"
is "none was late" "${late[*]}" ""
check "the ring was lapped" test "$(awk '{ sum += $7 } END { print sum }' <<<"$own")" -gt 0
is "each line is a whole object" "$(awk '/^lines/ { print $4 }' "$scratch/json.books" "$scratch/all.books" | sort -u)" 0
is "each load was seen" "$(wc -l <<<"$own")" $loads
is "nothing else was said" "$(cat "$scratch"/*.said | grep -vE 'socket ran over|module (unloaded|loaded again)|^neighwatch: lost [0-9]+ records in all$')" ""
