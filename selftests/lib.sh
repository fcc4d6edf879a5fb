#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What a scenario script needs to speak TAP and to leave nothing behind. Source it first:
#
#   . "$(dirname "$0")/lib.sh"
#   plan 3
#   ns_new gw                         # makes a network namespace, its unique name in $gw
#   check "gateway answers" wait_for 5 is_reachable 10.9.0.1
#   is "state at the end" "$(state)" FAILED
#   if works; then ok "works"; else not_ok "works"; fi
#
# Exit status: 0 all ok, 1 a `not ok` or another number of cases than planned, 4 everything skipped.

tap_count=0
tap_failed=0
tap_planned=
tap_deferred=()
# A pipe nobody writes to: `read -t` on it is a sleep that needs no process.
exec {tap_clock}<> <(:)

# plan N - announce the number of cases. Required.
plan() { tap_planned=$1; echo "1..$1"; }

# ok NAME / not_ok NAME - one case. not_ok is false, so that `... || not_ok NAME` reads well and ends an && list.
ok() { echo "ok $((++tap_count)) - $*"; }
not_ok() {
	echo "not ok $((++tap_count)) - $*"
	tap_failed=$((tap_failed + 1))
	return 1
}

# diag TEXT... or `... | diag` - lines for the reader.
diag() {
	local line
	if [ $# -gt 0 ]; then
		diag <<<"$*"
	else
		while IFS= read -r line || [ -n "$line" ]; do echo "# $line"; done
	fi
}

# check NAME COMMAND... - ok when COMMAND succeeds; when not, what it printed becomes diag lines. COMMAND runs in a
# subshell: what it sets is lost.
check() {
	local name=$1 said status
	said=$("${@:2}" 2>&1)
	status=$?
	[ $status -eq 0 ] && ok "$name" && return
	not_ok "$name"
	diag "status $status: ${*:2}${said:+$'\n'$said}"
	return 1
}

# is NAME GOT WANTED - ok when both are the same text.
is() {
	[ "$2" = "$3" ] && ok "$1" && return
	not_ok "$1"
	diag "got:    $2"
	diag "wanted: $3"
	return 1
}

# skip NAME REASON - one case that cannot be tried here.
skip() { ok "$1 # SKIP $2"; }

# skip_all REASON - nothing here can be tried. Before plan.
skip_all() {
	echo "1..0 # SKIP $*"
	tap_planned=0
	exit 4
}

# nap SECONDS - sleep without a process; fractions allowed.
nap() { read -rt "$1" -u "$tap_clock"; return 0; }

# wait_for SECONDS COMMAND... - until COMMAND succeeds, looking 20 times a second; false when the deadline comes first.
# COMMAND runs in this shell: a function that reads /proc or /sys with `read` costs no process at all. NW_SLOW is how much
# slower the kernel is than others.
wait_for() {
	local deadline=$((${EPOCHREALTIME/[.,]/} + $1 * 1000000 * ${NW_SLOW:-1}))
	shift
	until "$@" >/dev/null 2>&1; do
		[ "${EPOCHREALTIME/[.,]/}" -lt "$deadline" ] || return 1
		nap 0.05
	done
}

# defer COMMAND... - run COMMAND at the end of the script, last deferred first.
defer() { tap_deferred+=("$(printf '%q ' "$@")"); }

# ns_new VAR - make a network namespace with lo up; its name, unique to this script, goes to $VAR. Gone at the end.
ns_new() {
	printf -v "$1" 'nw%d-%s' $$ "$1"
	ip netns add "${!1}" || return
	defer ns_delete "${!1}"
	ip -n "${!1}" link set lo up
}

# ns_delete NAME - delete it with the processes that would keep it alive.
ns_delete() {
	local pid
	for pid in $(ip netns pids "$1"); do kill -KILL "$pid"; done
	ip netns delete "$1"
}

tap_finish() {
	local status=$? i
	trap - EXIT
	for ((i = ${#tap_deferred[@]} - 1; i >= 0; i--)); do eval "${tap_deferred[i]}" >&2; done
	[ "$tap_failed" -eq 0 ] || diag "$tap_failed of $tap_count cases failed"
	[ "$tap_count" = "$tap_planned" ] || diag "planned ${tap_planned:-nothing}, ran $tap_count"
	((status == 0 || status == 4 || tap_failed)) || diag "the script ended with status $status"
	[ "$tap_failed" -eq 0 ] && [ "$tap_count" = "$tap_planned" ] || exit $((status ? status : 1))
	exit "$status"
}
trap tap_finish EXIT
trap 'exit 143' TERM
