#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm: --thread single --append slab_nomerge
#
# The storms of storms.sh, and in the middle of each the module goes: beneath the one reader that listens and between the
# dumps of 8 others. The storm goes on without it, its memory is back, and loaded again it records what still rages.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"
. "$(dirname "$0")/lib/storms.bash"

make_stage

# Who asks again and again is told what there is, or that the module is not loaded.
ask_on() {
	while :; do "$neighwatch" history -j --all-netns >/dev/null 2>>"$scratch/asked" || nap 0.02; done
}
odd_answers() {
	grep '^neighwatch: ' "$scratch/asked" |
		grep -vE 'not loaded: nothing is recorded$|changed while they were read: some may be missing or twice$' | sort -u
}

says_gone() { grep -q "module unloaded" "$scratch/said"; }

unloaded() {
	local before
	ip -n "$stage" neigh flush dev d0 nud all
	read -ra before <<<"$(memory)"
	load_for "$1"
	start_readers 200 loads
	start_monitor "$1" || diag "nobody listens"
	: >"$scratch/asked"
	ask_on 2>/dev/null &
	asks=($!)
	ask_on 2>/dev/null &
	asks+=($!)
	begin "$1"
	middle
	check "$1: unloads in the middle" "$kapi/kapi_storm" unload 60
	check "$1: who listens is told" wait_for 20 says_gone || diag <"$scratch/said"
	load_for "$1"
	finish
	is "$1: goes through, with the module away and back" "$? $(grep -v '^half$\|^ns ' "$scratch/storm")" "0 "
	check "$1: and it works" "$neighwatch" stats -N "$stage"
	kill -TERM "$monitor"
	wait "$monitor"
	stop_readers
	kill "${asks[@]}"
	wait "${asks[@]}" 2>/dev/null
	is "$1: who asked meanwhile got an answer, or was told that it is not loaded" "$(odd_answers)" ""
	is "$1: the 8 readers were never told nonsense" "$(cat "$scratch/readers")" ""
	unload_module
	check "$1: memory is back" wait_for 20 memory_back "${before[@]}"
}

plan $((7 * ${#storms[@]}))
for storm_name in "${storms[@]}"; do unloaded "$storm_name"; done
