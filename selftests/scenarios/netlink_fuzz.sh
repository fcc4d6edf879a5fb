#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm:
#
# Requests that are almost right, from everybody who can open a socket: each is answered as the contract says, nobody
# gets what is not his, and the module can be unloaded afterwards. Which rules are checked is in kapi/fuzz_judge.c.
#
#   NW_FUZZ=N        datagrams for each who asks, by default 10000
#   NW_FUZZ_SEED=N   to repeat a run; chosen and said otherwise

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"

fuzz=$top/selftests/kapi/build/kapi_fuzz
datagrams=${NW_FUZZ:-10000}
seed=${NW_FUZZ_SEED:-$((RANDOM * 32768 + RANDOM + 1))}
[ -x "$fuzz" ] || { echo "Bail out! no $fuzz: make -C selftests/kapi"; exit 1; }
need_module
mark_log

# play ROLE - its counts are in $counted afterwards, by name
declare -A counted
play() {
	local said status key name number
	said=$("$fuzz" "$1" "$datagrams" "$seed" 2>&1)
	status=$?
	counted=()
	while read -r key name number; do
		[ "$key" = COUNT ] && counted[$name]=$number
	done <<<"$said"
	grep -v ^COUNT <<<"$said" | grep . | diag
	diag "$1: $(sed -n 's/^COUNT \(.*\) \(.*\)/\2 \1,/p' <<<"$said" | tr '\n' ' ')status $status"
	return $status
}

# seen KIND... - each was there; what was not is said
seen() {
	local kind bad=0
	for kind; do
		((${counted[$kind]:-0} > 0)) || { echo "never: $kind"; bad=1; }
	done
	return $bad
}

# none KIND... - none was there
none() {
	local kind bad=0
	for kind; do
		((${counted[$kind]:-0} == 0)) || { echo "$kind: ${counted[$kind]}"; bad=1; }
	done
	return $bad
}

# asks ROLE NAME - no rule broken; its size; what every role meets
asks() {
	if play "$1"; then ok "$2: no rule is broken"; else not_ok "$2: no rule is broken"; fi
	is "$2: all was sent" "${counted[datagrams]}" "$datagrams"
	check "$2: silence and what is not for the family were tried" seen unread acks ENOENT EINVAL EOPNOTSUPP too-long
}

plan 28
diag "NW_FUZZ_SEED=$seed NW_FUZZ=$datagrams"

asks root "root"
check "root: answers, dumps, and all that can be wrong" seen answers dumps ERANGE EAFNOSUPPORT EBUSY good-answers
check "root: no right that is missing" none EPERM
for role in netns userns; do
	asks $role "root of another $role"
	check "root of another $role: the same, of its own" seen answers dumps ERANGE EAFNOSUPPORT EBUSY good-answers
	check "root of another $role: and is refused what is beyond" seen EPERM
done
for role in nobody dropped; do
	asks $role "$role, who lacks the capability"
	check "$role: is refused" seen EPERM
	check "$role: gets nothing at all" none answers dumps good-answers
done

is "the module has nothing to say about it" "$(kernel_log | grep neighwatch)" ""
users() { read -r count </sys/module/neighwatch/refcnt && [ "$count" = 0 ]; }
check "nobody holds it" wait_for 10 users
unload() { find_leaks; unload_module; }
check "and it can be unloaded" unload
