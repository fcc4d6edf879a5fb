#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm: --append slab_nomerge
#
# Storms: more of everything than a host sees in a bad night, with 8 readers that dump all the time and one that listens,
# which stays to the end or is killed in the middle. What happened is what was recorded plus what was counted as lost,
# exactly; and when the module has gone its memory has, too. (Its caches are not merged with others here: a neighbour
# left behind makes kmem_cache_destroy() warn.) How big: lib/storms.bash.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"
. "$(dirname "$0")/lib/storms.bash"

make_stage
declare -A was is

# --- what a reader got ---

# account COOKIE FROM TO - "HOLES TWICE": of the numbers from FROM to TO of a namespace those that neither came nor were
# said to be lost, and those that came or were named twice
account() {
	awk -v cookie="\"netns_cookie\":$1," '
		function value(name) { return match($0, "\"" name "\":[0-9]+") ? substr($0, RSTART + length(name) + 3) + 0 : 0 }
		!index($0, cookie) { next }
		/"event":"lost"/ && /"where":"ring"/ { print value("first"), value("count"); next }
		/"seq":/ { print value("seq"), 1 }' "$scratch/out" | sort -n | awk -v from="$2" -v to="$3" '
		BEGIN { next_ = from }
		{ last = $1 + $2 - 1
		  if (last < from || $1 > to) next
		  first = $1 < from ? from : $1
		  if (first > next_) holes += first - next_
		  if (first < next_) twice += (last < next_ ? last : next_ - 1) - first + 1
		  if (last + 1 > next_) next_ = last + 1 }
		END { print holes + (next_ <= to ? to + 1 - next_ : 0), twice + 0 }'
}
# Every namespace that the storm concerned, dead ones included: "COOKIE LAST-NUMBER" a line
concerned() {
	if [ "$1" = namespaces ]; then
		"$neighwatch" stats -j --all-netns | jq -r '.[] | select(.event != "end" and .links_max) | "\(.netns_cookie) \(.next_seq - 1)"'
	else
		"$neighwatch" stats -j -N "$stage" | jq -r '(arrays[] // .) | "\(.netns_cookie) \(.next_seq - 1)"'
	fi
}
whole() {
	local cookie last said status=0
	while read -r cookie last; do
		said=$(account "$cookie" 1 "$last")
		[ "$said" = "0 0" ] && continue
		status=1
		[ -z "${1-}" ] || echo "namespace $cookie, 1 to $last: holes, twice: $said"
	done < <(concerned "$storm_name")
	return $status
}
# Said only when it does not become so in time.
reader_has_all() {
	storm_name=$1
	wait_for 30 whole || whole said
}

# --- what the recorder has; each says what it has, and what is right ---

# grown NAME... - by how much statistics have grown, in words
grown() {
	local name said=
	for name in "$@"; do said+="${said:+ }$name $((is[$name] - was[$name]))"; done
	echo "$said"
}
lost_records() { "$neighwatch" history -j -N "$stage" event lost | jq -c '[.[] | select(.event == "lost")]'; }
all_told() { [ "$(lost_records | jq 'map(.count) | add')" = "$1" ]; }
entry() { "$neighwatch" show neigh -j -N "$stage" "$1" | jq -r ".[0] | $2"; }

# Of each namespace lo, the device, it goes up, its mode, its address; four transitions of each neighbour.
adds_up_namespaces() {
	local numbered=$((5 + 4 * nr_namespace_neighbours))
	is "$1: every number of every namespace is there or counted as overwritten" \
		"$(awk '$1 == "ns" && $3 + $4 == $5 && $5 == '$numbered' && !$6' "$scratch/storm" | wc -l) namespaces" \
		"$nr_namespaces namespaces"
}
# registered, up, mode, down, renamed, removed
adds_up_devices() {
	is "$1: six records for each device, no link left behind, nothing lost" "$(grown next_seq links lost_link_limit lost_link_memory)" \
		"next_seq $((6 * nr_devices)) links 0 lost_link_limit 0 lost_link_memory 0"
}
# Created, filled, failed, removed. Those in the table's way when it is full: of the first round all that never were
# reachable; in the second no room, at each of the four hooks of a creation, until the first is removed. The sysctls in
# force are recorded with the first that becomes reachable.
adds_up_neighbours() {
	local n=$nr_neighbours over=$((nr_neighbours - cap)) told
	wait_for 5 all_told $((4 * over))
	told=$(lost_records)
	is[records]=$((is[next_seq] - $(jq length <<<"$told")))
	was[records]=${was[next_seq]}
	is[evicted]=$((is[evicted_failed] + is[evicted_unproven] + is[evicted_gone]))
	was[evicted]=$((was[evicted_failed] + was[evicted_unproven] + was[evicted_gone]))
	is "$1: recorded, tracked, given up and without room are all there were" \
		"$(grown records evicted lost_neigh_limit lost_neigh_memory create_failed) tracked ${is[neighs]}" \
		"records $((4 * n + 2 * cap + 2 * n + 1)) evicted $((2 * over + 1 + n + was[neighs])) lost_neigh_limit $((4 * over)) lost_neigh_memory 0 create_failed 0 tracked $cap"
	is "$1: the history tells of every loss" "$(jq 'map(.count) | add' <<<"$told")" $((4 * over))
}
adds_up_lap() {
	is "$1: every change has its number, all but the last 16 are counted as overwritten" \
		"$(grown next_seq) overwritten ${is[overwritten]}" \
		"next_seq $((nr_changes + 32)) overwritten $((is[next_seq] - 1 - 16))"
}
# The kernel counts failures itself.
adds_up_unresolved() {
	local addr=10.65.0.99
	becomes_failed
	is "$1: as many failures as the kernel counted" "$(entry $addr .failures)" $(($(kernel_failures) - failures_before))
	host=$stage
	is "$1: and the sequence is unbroken" \
		"$(states $addr | sed 's/?//g; s/^- NONE\/transmit//; s/ INCOMPLETE\/transmit FAILED\/timer//g')" ""
}
adds_up_claims() {
	is "$1: each claim is a move of the one, a refused offer of the other, a record each" \
		"moves $(entry "$(v4 50)" .moves) offers $(entry "$(v4 51)" .offers) $(grown next_seq)" \
		"moves $nr_claims offers $nr_claims next_seq $((2 * nr_claims))"
}

# Whatever packets make of the state meanwhile, it was a packet received that moved it.
adds_up_busy() {
	is "$1: each claim is a move, and none is put down to a packet sent" \
		"moves $(entry "$(v4 50)" .moves) $("$neighwatch" history -j -N "$stage" "$(v4 50)" |
			jq -r '.[] | select(.old_lladdr) | .cause' | sort -u)" \
		"moves $nr_moves packet"
}

becomes_failed() { act wait "$stage" $((10 * slow)) FAILED 10.65.0.99; }
# neigh_statistics of all CPUs: res_failed
kernel_failures() {
	local sum=0 field
	while read -ra field; do
		[[ ${field[6]} =~ ^[0-9a-f]+$ ]] && sum=$((sum + 16#${field[6]}))
	done </proc/net/stat/arp_cache
	echo $sum
}

# --- one storm after the other ---

# prepare STORM - the module loaded, 8 readers and one that listens; what there is before
prepare() {
	ip -n "$stage" neigh flush dev d0 nud all
	read -ra before <<<"$(memory)"
	load_for "$1"
	start_readers 200
	start_monitor "$1" || diag "nobody listens"
	snap was
	failures_before=$(kernel_failures)
}
# leave NAME - what is left when it has gone
leave() {
	stop_readers
	is "$1: the 8 readers were never told nonsense" "$(cat "$scratch/readers")" ""
	unload_module
	check "$1: memory is back" wait_for 20 memory_back "${before[@]}"
}

goes_through() {
	finish
	is "$1: it goes through" "status $? $(grep -v '^half$\|^ns ' "$scratch/storm")" "status 0 "
}

attached() {
	local name="$1, a reader attached"
	prepare "$1"
	begin "$1"
	goes_through "$name"
	snap is
	"adds_up_$1" "$name"
	check "$name: it got or was told to have lost every number" reader_has_all "$1"
	kill -TERM "$monitor"
	wait "$monitor"
	leave "$name"
}
detached() {
	local name="$1, the reader killed in the middle"
	prepare "$1"
	begin "$1"
	middle
	kill -KILL "$monitor"
	wait "$monitor" 2>/dev/null
	goes_through "$name"
	snap is
	"adds_up_$1" "$name"
	leave "$name"
}

# cases STORM - how many; two of them have two equations
cases() { [[ $1 = neighbours || $1 = unresolved ]] && echo 11 || echo 9; }
planned=0
for storm_name in "${storms[@]}"; do planned=$((planned + $(cases "$storm_name"))); done
plan $planned
diag "$nr_namespaces namespaces, $nr_devices devices, $nr_neighbours neighbours, $nr_changes changes," \
	"2 x $nr_packets datagrams, 2 x $nr_claims claims"
for storm_name in "${storms[@]}"; do
	attached "$storm_name"
	detached "$storm_name"
done
