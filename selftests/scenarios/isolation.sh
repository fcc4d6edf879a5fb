#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm:
#
# What a reader in one network namespace learns of another: nothing; and who may look into all. Here with the command
# line; the netlink family itself is asked in kapi/caps.c, kapi/netns.c, kapi/nsid.c, and by kapi/fuzz.c.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"

need_module
scratch=$(mktemp -d)
defer rm -rf "$scratch"
ns_new a && ns_new b

# as WHO COMMAND... - as root here or of a namespace, as root of a user namespace with a network namespace of its own
as() {
	case $1 in
	host) "${@:2}" ;;
	user) setpriv --reuid 65534 --regid 65534 --clear-groups -- "${@:2}" ;;
	container) nsenter --net="/run/netns/$a" setpriv --bounding-set=-all,+net_admin --inh-caps=-all -- "${@:2}" ;;
	userns) nsenter -t "$keeper" -U -n -- "${@:2}" ;;
	*) ip netns exec "$1" "${@:2}" ;;
	esac
}

# A user namespace of nobody's, and a network namespace that it owns.
setpriv --reuid 65534 --regid 65534 --clear-groups unshare -Un sleep 3600 &
keeper=$!
defer kill $keeper
is_apart() { read -r comm </proc/$keeper/comm && [ "$comm" = sleep ]; }
wait_for 10 is_apart && echo "0 65534 1" >/proc/$keeper/uid_map && echo "0 65534 1" >/proc/$keeper/gid_map ||
	{ echo "Bail out! no user namespace"; exit 1; }

# Without IPv6, which reports its groups and solicits routers whenever it likes.
make_device() {
	as "$1" sh -c 'for dev in all default; do echo 1 >/proc/sys/net/ipv6/conf/$dev/disable_ipv6; done'
	as "$1" ip -batch - <<-EOF2
		link add d0 type dummy
		link set d0 arp on up
		addr add 10.8.0.1/24 dev d0
		neigh add 10.8.0.2 dev d0 lladdr $other_mac nud permanent
	EOF2
}
# act_in WHO - some of everything: a neighbour, a carrier, a route, an address, a device; ends as it began
act_in() {
	as "$1" ip -batch - <<-EOF2
		neigh add 10.8.0.66 dev d0 lladdr $third_mac nud stale
		neigh change 10.8.0.66 dev d0 lladdr $third_mac nud permanent
		route add 198.51.100.0/24 via 10.8.0.66 dev d0
		link set d0 carrier off
		link set d0 carrier on
		addr add 10.8.1.1/24 dev d0
		link add d1 type dummy
		link del d1
		route del 198.51.100.0/24 via 10.8.0.66 dev d0
		addr del 10.8.1.1/24 dev d0
		neigh del 10.8.0.66 dev d0
	EOF2
}
for who in host "$a" "$b" userns; do make_device "$who"; done
defer ip link del d0

# Time of day is worked out anew each time; how things stood is not.
without_clocks() { jq -cS 'del(.. | .mono?, .real?, .boot?) | walk(if type == "string" and test("^20.*Z$") then "" else . end)'; }
# figures WHO - all that statistics say, but the clocks
figures() { as "$1" "$neighwatch" stats -j | without_clocks; }
# all_of WHO - every record and every entry it can read
all_of() {
	as "$1" "$neighwatch" history -j | jq '.[] | select(.event != "end") | del(.time)'
	as "$1" "$neighwatch" show neigh -j | without_clocks
	as "$1" "$neighwatch" show link -j | without_clocks
}
next_seq() { as "$1" "$neighwatch" stats -j | jq '(arrays[] // .) | .next_seq'; }

# listen WHO - a monitor, whose output is in $scratch/WHO
listen() {
	as "$1" "$neighwatch" monitor -j --all >"$scratch/$1" 2>"$scratch/$1.said" &
	defer kill $!
}
hears_itself() {
	as "$1" ip neigh replace 10.8.0.77 dev d0 lladdr "$other_mac" nud stale
	as "$1" ip neigh replace 10.8.0.77 dev d0 lladdr "$other_mac" nud permanent
	grep -q '"10.8.0.77"' "$scratch/$1"
}
settled() {
	local now
	now=$(wc -l <"$scratch/$1")
	nap 1
	[ "$(wc -l <"$scratch/$1")" = "$now" ]
}

same() { [ "${#1}" -gt 100 ] && diff <(echo "$1") <(echo "$2"); }

# deaf WHO NAME OTHER... - it learns nothing of what happens elsewhere, and learns what happens here: five cases
deaf() {
	local who=$1 name=$2 figures all lines other seq
	shift 2
	listen "$who"
	check "$name: its monitor hears its own" wait_for 20 hears_itself "$who"
	wait_for 10 settled "$who"
	figures=$(figures "$who") all=$(all_of "$who") lines=$(wc -l <"$scratch/$who")
	for other; do act_in "$other"; done
	nap 0.5
	check "$name: statistics hold still while others act" same "$figures" "$(figures "$who")"
	check "$name: so do history, neighbours and links" same "$all" "$(all_of "$who")"
	is "$name: nothing was sent to it" "$(tail -n +$((lines + 1)) "$scratch/$who")" ""
	seq=$(next_seq "$who")
	act_in "$who"
	came() { [ "$(tail -n +$((lines + 1)) "$scratch/$who" | jq -s '[.[].seq // empty] | length > 10 and
		.[0] == '"$seq"' and max - min + 1 == length')" = true ]; }
	check "$name: its own come without a gap in their numbers" wait_for 20 came
}

# refused WHO COMMAND... - not permitted, and $says tells why
refused() {
	local status
	as "$1" "$neighwatch" "${@:2}" >"$scratch/out" 2>"$scratch/says"
	status=$?
	[ $status -eq 4 ] || { echo "status $status"; cat "$scratch/says"; return 1; }
	# A head line of its own, no record, no entry.
	! grep -E '10\.8\.|d0' "$scratch/out"
}
says() { grep -q "$1" "$scratch/says" || { cat "$scratch/says"; return 1; }; }

plan 44

# --- nothing is learned ---

deaf "$a" "another network namespace" host "$b" userns
deaf userns "a network namespace of a user namespace" host "$a" "$b"
deaf host "the host, which did not ask for all" "$a" "$b" userns

# --- who may look into all ---

declare -A is_called=([container]="root of a container without a user namespace, with CAP_NET_ADMIN alone"
	[userns]="root of a user namespace" [netns]="root of another network namespace")
for who in container userns netns; do
	to=$who name=${is_called[$who]}
	[ $who != netns ] || to=$a
	check "$name may read its own" as "$to" "$neighwatch" stats
	for command in history monitor stats "show neigh"; do
		# shellcheck disable=SC2086 # two words
		check "$name: no $command --all-netns" refused "$to" $command --all-netns
	done
	check "$name: in clear words" says "initial network namespace only"
	check "$name: and what would do" says "outside of any container"
done
check "root of the host may" as host "$neighwatch" history --all-netns -j
is "and is shown the others" "$("$neighwatch" stats --all-netns -j | jq '[.[].netns] | unique | length >= 4')" true
check "a user may not read anything" refused user history
check "and is told what he lacks" says CAP_NET_ADMIN

# --- the files ---

is "debugfs is for root to read and nobody to write" \
	"$(stat -c %a:%u:%g /sys/kernel/debug/neighwatch/* | sort -u)" 400:0:0
check "a user cannot read it" as user sh -c '! cat /sys/kernel/debug/neighwatch/* >/dev/null 2>&1'
check "nor can root of a user namespace" as userns sh -c '! cat /sys/kernel/debug/neighwatch/* >/dev/null 2>&1'
check "root of the host can" sh -c 'cat /sys/kernel/debug/neighwatch/* >/dev/null'
