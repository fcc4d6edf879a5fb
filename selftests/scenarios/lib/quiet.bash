#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What the tests of silence share: traffic that goes on meanwhile, what the
# detectors say, and that they can speak. Source it after incident.bash.

# --- traffic in the background ---

# traffic VAR COMMAND... - as oracle/actor does it; the number of its process goes to $VAR
traffic() {
	"$scenarios/../oracle/actor" "${@:2}" >&2 &
	printf -v "$1" %d $!
	defer stop_traffic $!
}
stop_traffic() { kill "$1" && wait "$1"; } 2>/dev/null

# --- what the detectors say ---

# netns NS - the options of neighwatch; "-" is the initial namespace, "all" is all of them
netns() {
	case $1 in
	-) ;;
	all) echo --all-netns ;;
	*) echo "-N $1" ;;
	esac
}

# Options that all verdicts are asked for with.
judged_by=()

# findings NS - one JSON object a line; false when they cannot be had
findings() {
	local said
	# shellcheck disable=SC2046 # two words, or none
	said=$("$neighwatch" "${judged_by[@]}" history --findings -j $(netns "$1")) && jq -c '.[] | select(.event == "finding")' <<<"$said"
}

# alarms NS - what is or was warn or crit, one line each
alarms() {
	local said
	said=$(findings "$1") || { echo "no findings to be had of $1"; return; }
	jq -r 'select(.worst == "warn" or .worst == "crit") | "\(.worst) \(.status) \(.id) \(.subject): \(.text)"' <<<"$said"
}

# quiet NAME NS - the case: neither warn nor crit in that namespace, whatever happened there so far
quiet() {
	local said
	said=$(alarms "$2")
	[ -z "$said" ] && ok "$1" && return
	not_ok "$1"
	diag "$said"
	return 1
}

# records NS [FILTER...] - what the recorder has, one JSON object a line
records() {
	# shellcheck disable=SC2046 # two words, or none
	"$neighwatch" history -j $(netns "$1") "${@:2}" | jq -c '.[] | select(.event != "end")'
}

# cycles NS ADDR CAUSE - how often ADDR was doubted and found again by CAUSE: packet after PROBE, upper-layer after DELAY
cycles() {
	records "$1" "$2" event neigh | jq -s --arg cause "$3" \
		'map(select((.old == "PROBE" or .old == "DELAY") and .new == "REACHABLE" and .cause == $cause)) | length'
}
# cycled NS ADDR CAUSE N - so many? Not too often: asking costs more than what is asked for.
cycled() { nap 1; [ "$(cycles "$1" "$2" "$3")" -ge "$4" ]; }
