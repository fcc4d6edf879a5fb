#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What the detectors say of an incident: `neighwatch history --findings -j`, and how it is compared. Source it after
# incident.bash.

# findings [OPTION...] - what was found in $host (the script's own namespace when that is not set), one JSON object a line
findings() {
	"$neighwatch" history --findings -j ${host:+-N "$host"} "$@" | jq -c '.[] | select(.event == "finding")'
}

# verdicts - the sequence of findings read from standard input, a line each: "open warn ID SUBJECT". What clears has the
# severity it ended with.
verdicts() { jq -r '"\(.status) \(.severity) \(.id) \(.subject)"'; }

# the FINDINGS STATUS SEVERITY ID - the one finding with these, of the text FINDINGS; nothing when there is none, or two
the() {
	jq -cs --arg status "$2" --arg severity "$3" --arg id "$4" '
		map(select(.status == $status and .severity == $severity and .id == $id)) |
		if length == 1 then .[0] else empty end' <<<"$1"
}

# fact FINDING LABEL - what the evidence says under LABEL, one line each
fact() { jq -r --arg name "$2" '.facts[] | select(.label == $name) | .text' <<<"$1"; }

# The clock of records is text, seconds with nine decimals: for jq, in ns. Doubles hold a week of them.
jq_ns='def ns: split(".") | (.[0] | tonumber) * 1000000000 + (.[1] | tonumber);'

# between NAME GOT LOW HIGH - the case: GOT is a whole number from LOW to HIGH
between() {
	[[ $2 =~ ^-?[0-9]+$ ]] && [ "$2" -ge "$3" ] && [ "$2" -le "$4" ] && ok "$1" && return
	not_ok "$1"
	diag "got $2, wanted $3 to $4"
	return 1
}
