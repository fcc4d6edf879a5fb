#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The test VM tested: a verdict passes through, and nothing else passes for one. Nine boots.

here=$(dirname "$(realpath "$0")")
# shellcheck source=selftests/lib.sh
. "$here/../lib.sh"

run=$here/run
work=$(mktemp -d)
defer rm -rf "$work"

command -v qemu-system-x86_64 >/dev/null || skip_all "no qemu-system-x86_64: run 'make deps'"

# vm [OPTION...] -- COMMAND... - one boot; leaves $status, $work/out and $work/err.
vm() {
	"$run" --timeout 150 "$@" >"$work/out" 2>"$work/err"
	status=$?
}

# What the run said, for the reader of a failure.
explain() { tail -n 60 "$work/out" "$work/err" | diag; }

said() { grep -q -- "$1" "$work/err"; }

# The guest's half of the first boot: every line that the host compares later.
first_boot() {
	cat <<'EOF'
printf '<%s>\n' "$@"
echo "NW_SELFTEST=$NW_SELFTEST uid=$(id -u) cwd=$PWD"
seq 20000
printf 'a\0b\r\n\377no newline, then stderr:'
echo again >/dev/stderr
echo "results of $NW_VM" >"$NW_RESULTS/file"
touch /tmp/t /run/t /var/tmp/t /root/t && echo tmpfs
touch /etc/t 2>/dev/null || echo read-only
modprobe dummy && modprobe bonding && echo modules
echo "WARNING: announced" >/dev/kmsg
exit 7
EOF
}

# shellcheck disable=SC2016 # a dollar sign, taken literally, is the point
arguments=(one "two  words" "it's" '$HOME "x"' '' --)

first_boot_expected() {
	printf '<%s>\n' "${arguments[@]}"
	echo "NW_SELFTEST=a b uid=0 cwd=$PWD"
	seq 20000
	printf 'a\0b\r\n\377no newline, then stderr:'
	printf '%s\n' again tmpfs read-only modules
}

test_pass_through() {
	NW_SELFTEST='a b' vm --results "$work/results" --allow-splat 'WARNING: ann[o]unced' -- \
		sh -c "$(first_boot)" sh "${arguments[@]}"
	is "a command's exit status is the run's, in spite of an announced warning" $status 7 || explain
	first_boot_expected >"$work/expected"
	check "its output arrives exactly" cmp "$work/expected" "$work/out"
	is "nothing else is printed" "$(cat "$work/err")" ""
	is "results arrive on the host" "$(cat "$work/results/file")" "results of 1"
	check "the kernel's log is kept beside them" test -s "$work/results/console.log"
}

# The e1000e's edges in the guest's log, after the first link up.
flap_boot() {
	cat <<'EOF'
downs() { dmesg | grep -c 'NIC Link is Down'; }
ups() { dmesg | grep -c 'NIC Link is Up'; }
. selftests/lib.sh
link=selftests/vm/link
plan 7
dev=$($link nic0 dev)
is "nic0 is driven by e1000e" "$(basename "$(readlink "/sys/class/net/$dev/device/driver")")" e1000e
is "nic1 is driven by virtio_net" "$(basename "$(readlink "/sys/class/net/$($link nic1 dev)/device/driver")")" virtio_net
ip link set "$dev" up
carrier() { local up; read -r up <"/sys/class/net/$dev/carrier" && [ "$up" = "$1" ]; }
check "the link comes up" wait_for 30 carrier 1
check "flap ends" $link nic0 flap 2 600 1500
check "the link is up again" wait_for 30 carrier 1
is "two flaps are two downs" "$(downs)" 2
check "a NIC that is not there is refused" sh -c "! $link nic9 down"
EOF
}

test_links() {
	vm --nic e1000e --nic virtio-net -- bash -c "cd '$here/../..' && $(flap_boot)"
	is "e1000e comes up and its cable can be pulled" $status 0 && return
	explain
}

test_panic() {
	vm -- sh -c 'echo before; echo c >/proc/sysrq-trigger; echo after; exit 0'
	is "a panic fails" "$status $(cat "$work/out")" "125 before" || explain
	check "and is shown" said "Kernel panic"
}

test_warning() {
	vm -- sh -c 'echo "WARNING: test" >/dev/kmsg'
	is "a warning in the kernel's log fails, although the command was content" $status 125 || explain
	check "and is shown" said "WARNING: test"
}

# A script can keep a report off the console; it cannot do so unnoticed.
test_hidden_warning() {
	vm -- sh -c 'echo 512 >/proc/sys/kernel/tainted'
	is "a taint that the log does not explain fails" $status 125 || explain
	check "by its name" said "tainted (warning)"
	vm -- sh -c 'echo 0 >/proc/sys/kernel/printk'
	is "a silenced log fails" $status 125 || explain
	check "and is said to be silenced" said "log was silenced"
}

# Lines as kernels 5.10 to 7.2 print them, from their sources' formats.
reports() {
	cat <<'EOF'
[    3.1] WARNING: CPU: 1 PID: 77 at net/core/dev.c:1234 f+0x1/0x2 [neighwatch]
[    3.1] WARNING: possible circular locking dependency detected
[    3.1] WARNING: suspicious RCU usage
[    3.1] BUG: kernel NULL pointer dereference, address: 0000000000000000
[    3.1] BUG: KASAN: use-after-free in f+0x1/0x2 [neighwatch]
[    3.1] BUG: KCSAN: data-race in f / g
[    3.1] BUG: KFENCE: out-of-bounds read in f+0x1/0x2
[    3.1] BUG: sleeping function called from invalid context at mm/slab.c:1
[    3.1] BUG: scheduling while atomic: sh/77/0x00000002
[    3.1] BUG: workqueue lockup - pool cpus=0 node=0 flags=0x0 nice=0 stuck for 31s!
[    3.1] Oops: 0000 [#1] PREEMPT SMP NOPTI
[    3.1] UBSAN: array-index-out-of-bounds in a.c:1:2
[    3.1] general protection fault, probably for non-canonical address 0xdead000000000100: 0000 [#1]
[    3.1] INFO: task kworker/0:1:12 blocked for more than 120 seconds.
[    3.1] INFO: trying to register non-static key.
[    3.1] rcu: INFO: rcu_preempt self-detected stall on CPU
[    3.1] rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:
[    3.1] watchdog: BUG: soft lockup - CPU#0 stuck for 26s! [sh:77]
[    3.1] watchdog: Watchdog detected hard LOCKUP on cpu 0
[    3.1] list_add corruption. prev->next should be next (a), but was b.
[    3.1] refcount_t: underflow; use-after-free.
[    3.1] ODEBUG: free active (active state 0) object type: timer_list hint: f+0x0/0x1
[    3.1] kmemleak: 3 new suspected memory leaks (see /sys/kernel/debug/kmemleak)
[    3.1] unregister_netdevice: waiting for eth0 to become free. Usage count = 2
[    3.1] Kernel panic - not syncing: Fatal exception in interrupt
EOF
}

harmless() {
	cat <<'EOF'
[    0.1] kfence: initialized - using 2097152 bytes for 255 objects at 0x1-0x2
[    0.1] kasan: KernelAddressSanitizer initialized
[    0.1] Lock dependency validator: Copyright (c) 2006 Red Hat, Inc., Ingo Molnar
[    0.1] rcu: Preemptible hierarchical RCU implementation.
[    0.1] neighwatch: loading out-of-tree module taints kernel.
[    0.1] INFO: nothing to see
EOF
}

# Prints the lines of stdin that do not count as reports (or, with "bad", those that do).
classify() {
	(cd "$here" && /usr/bin/python3 -Bc '
import sys, splat
for line in sys.stdin:
    if bool(splat.find([line])) == (sys.argv[1] == "bad"):
        print(line, end="")' "$1")
}

# race FUNCTION FUNCTION - a report of KCSAN with these two frames, the second twice
race() {
	printf '[    3.1] %s\n' "$(printf '=%.0s' {1..66})" "BUG: KCSAN: data-race in f / g" \
		"read to 0xffff888004e0a000 of 8 bytes by task 77 on cpu 0:" " $1" \
		"write to 0xffff888004e0a000 of 8 bytes by task 78 on cpu 1:" " $2" "$(printf '=%.0s' {1..66})"
}
kernels_own="neigh_timer_handler+0x10/0x20"
of_a_module="nw_track_find+0x10/0x20 [neighwatch]"

# races FUNCTION FUNCTION - how many of two such reports count
races() {
	{ race "$@"; race "$@"; } | (cd "$here" && /usr/bin/python3 -Bc '
import sys, splat
print(len(splat.find(list(sys.stdin))))')
}

test_titles() {
	is "every kind of report is known" "$(reports | classify good)" ""
	is "harmless lines are none" "$(harmless | classify bad)" ""
	is "a module's data races count" "$(races "$kernels_own" "$of_a_module")" 2
	is "the kernel's own do not" "$(races "$kernels_own" "$kernels_own")" 0
}

test_hang() {
	vm --timeout 20 -- sleep 1000
	is "a hang fails" $status 125 || explain
	check "as a timeout" said "timeout: no end within 20 s"
	check "and blocked tasks are asked for" said "Show Blocked State"
}

test_power_off() {
	vm -- sh -c 'echo o >/proc/sysrq-trigger; sleep 60'
	is "a guest that switches itself off fails" $status 125 || explain
	check "for want of a verdict" said "without a verdict"
}

test_refusals() {
	vm --nic nosuch -- true
	is "an unknown NIC is refused" $status 2
	vm --kernel 0.0-nosuch -- true
	is "an unknown kernel is refused" $status 125
	check "by name" said "vmlinuz-0.0-nosuch"
	PATH=$work vm -- true
	check "a host without QEMU learns what to do" said "make deps"
}

test_kill() {
	local pid
	"$run" --timeout 100 -- sh -c 'echo ready; sleep 1000' >"$work/out" 2>"$work/err" &
	pid=$!
	wait_for 60 grep -q ready "$work/out"
	read -r qemu _ <"/proc/$pid/task/$pid/children"
	kill -TERM $pid
	wait $pid
	is "a terminated run says so" $? 143
	check "and takes QEMU with it" test -n "$qemu" -a ! -e "/proc/$qemu"
}

plan 29
test_titles
test_pass_through
test_links
test_panic
test_warning
test_hidden_warning
test_hang
test_power_off
test_refusals
test_kill
