#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm:
#
# Namespaces come and go, and the inode number of one that is gone is given to the next: which of them is meant, and
# which name belongs to whom. Their cookies do not rise with time: each CPU has a store of its own of them.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"

need_module
scratch=$(mktemp -d)
defer rm -rf "$scratch"

# come NAME CPU MAC - a namespace made on CPU, with one device and one neighbour
come() {
	taskset -c "$2" ip netns add "$1"
	ip_in "$1" <<-EOF2
		link add d0 type dummy
		link set d0 arp on up
		neigh add 192.0.2.1 lladdr $3 dev d0 nud stale
	EOF2
}
# go NAME CPU - and it is gone
go() {
	taskset -c "$2" ip netns delete "$1"
	wait_for 20 is_over "$1"
}

number() { stat -Lc %i "/run/netns/$1"; }
stats() { "$neighwatch" stats -j "$@"; }
is_over() { [ "$(stats --all-netns | jq "[.[] | select(.netns == $ino and has(\"gone\"))] | length")" -gt "$nr_gone" ]; }
# mac NAME - of its neighbour, as its history has it
mac() { "$neighwatch" history -j -N "$1" event neigh | jq -r 'map(.lladdr // empty) | last'; }

# --- the same number, older cookies and younger ones ---

plan 16
nr_gone=0
cpus=(1 0 0 1)
numbers=()
for i in 0 1 2 3; do
	come "round$i" "${cpus[i]}" "02:00:00:00:00:0$i"
	ino=$(number "round$i")
	numbers+=("$ino")
	is "namespace $i is found by its name" "$(mac "round$i")" "02:00:00:00:00:0$i"
	is "and is there" "$(stats -N "round$i" | jq 'has("gone")')" false
	[ $i -eq 3 ] || go "round$i" "${cpus[i]}"
	nr_gone=$((nr_gone + 1))
done
is "all had one number" "$(printf '%s\n' "${numbers[@]}" | sort -u | wc -l)" 1
stats --all-netns >"$scratch/stats"
is "a cookie was smaller than an older one" "$(jq "[.[] | select(.netns == $ino)] |
	sort_by(.gone // \"9\") | map(.netns_cookie) | . != sort" "$scratch/stats")" true

# --- names ---

"$neighwatch" monitor --all --all-netns >"$scratch/out" 2>"$scratch/said" &
monitor=$!
told() {
	ip_in "$1" <<-EOF2
		neigh change 192.0.2.1 dev d0 nud permanent
		neigh change 192.0.2.1 dev d0 nud stale
	EOF2
	grep -q " $1 d0 192.0.2.1 " "$scratch/out"
}
check "a living one is called by its name" wait_for 20 told round3
"$neighwatch" history --all-netns >"$scratch/history"
is "the dead are called by their number, each with what it had" \
	"$(awk '/ d0 192\.0\.2\.1 created/ { print $2 }' "$scratch/history" | sort | uniq -c | awk '{ print $1, $2 }')" \
	"3 $ino"$'\n'"1 round3"
go round3 1
come later 0 02:00:00:00:00:0a
is "the next one has the number" "$(number later)" "$ino"
check "who has a number now is not called as who had it" wait_for 20 told later
kill -TERM $monitor
wait $monitor
is "the monitor ended well" $? 0

# --- by number ---

go later 0
nr_gone=5
is "by its number the last of the dead is meant" "$(mac "$ino")" 02:00:00:00:00:0a
