/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A program run for each finding: monitor --exec.
 *
 *   nw_hook_finding --- socket ---> helper: queue ---> runner ---> PROGRAM
 *
 * The helper process is forked while this one is small and has not yet given
 * up what the program may need. It keeps what waits and says when the next
 * may start. A runner, forked from it for each finding, holds the program to
 * its time and ends what it leaves behind. None of them makes the recorder
 * wait: what is too much is dropped, counted and said.
 */
#ifndef NW_HOOK_H
#define NW_HOOK_H

#include <sys/types.h>

#include "finding.h"
#include "out.h"

/**
 * struct nw_hook_limits - bounds in time and number, each at least 1; times
 *	in ms
 * @run: what a program may take; then its process group gets SIGTERM
 * @term: from there to SIGKILL
 * @kill: for what was sent SIGKILL to vanish; after that it is given up
 * @end: what still waits and runs may take when the findings have ended
 * @window: of which @starts speaks
 * @quiet: before the same trouble is said again; it is always counted
 * @starts: programs started within @window, at most
 * @at_once: programs that run at the same time, at most
 * @waiting: findings that wait for their turn, at most
 */
struct nw_hook_limits {
	__u32 run;
	__u32 term;
	__u32 kill;
	__u32 end;
	__u32 window;
	__u32 quiet;
	__u32 starts;
	__u32 at_once;
	__u32 waiting;
};

extern const struct nw_hook_limits nw_hook_limits;

/**
 * struct nw_hook_counts - what became of the findings
 * @ran: PROGRAM ended with status 0
 * @failed: with another one, or by a signal
 * @refused: the kernel did not execute it
 * @timed_out: killed after its time
 * @cut: killed as the findings had ended
 * @dropped: never started
 */
struct nw_hook_counts {
	__u64 ran;
	__u64 failed;
	__u64 refused;
	__u64 timed_out;
	__u64 cut;
	__u64 dropped;
};

struct nw_hook_item;
struct nw_hook_shared;

/**
 * struct nw_hook - the recorder's end
 * @limits: set before nw_hook_open(); NULL: nw_hook_limits
 * @program: path; the string stays the caller's
 * @fd: to the helper, -1 without one. It hangs up (EPOLLHUP) when the helper
 *	is gone: call nw_hook_gone() then
 * @pid: of the helper, 0 without one
 * @given: findings there were
 * @behind: of these, dropped since the helper did not take them
 * @shared: counts of the helper, in memory of both
 * @item: the message, put together here for each finding
 * @out: writes the JSON into @item
 * @why: nw_hook_open() failed, why and what to do
 */
struct nw_hook {
	const struct nw_hook_limits *limits;
	const char *program;
	int fd;
	pid_t pid;
	__u64 given;
	__u64 behind;
	struct nw_hook_shared *shared;
	struct nw_hook_item *item;
	struct nw_out out;
	char why[160];
};

/**
 * nw_hook_open() - start the helper
 * @h: all 0, but for the limits
 * @program: absolute path of an executable file
 *
 * Call it before memory is taken and capabilities are dropped: the helper and
 * PROGRAM have what the process had here, its network namespace too. Waits
 * for no other child than its own; sets SIGCHLD to its default, as a child
 * that nobody can wait for is one whose number may be another's.
 *
 * Return: 0, or a negative errno with @h->why; @h is closed then.
 */
int nw_hook_open(struct nw_hook *h, const char *program);

/*
 * Hand over a finding; never waits. Without a helper it is counted as
 * dropped; with a hook that was not opened nothing happens.
 */
void nw_hook_finding(struct nw_hook *h, const struct nw_finding *f);

/* The helper is gone: say so, once. Findings are dropped from here on. */
void nw_hook_gone(struct nw_hook *h);

/* What became of the findings given so far; those on their way are in none. */
void nw_hook_count(const struct nw_hook *h, struct nw_hook_counts *counts);

/**
 * nw_hook_close() - no more findings
 * @h: hook; one that was not opened is passed over
 * @counts: what became of them; may be NULL
 *
 * Takes at most @limits->end and three times @limits->kill, and no longer than
 * to the next signal. Says what went wrong, in numbers, when anything did.
 *
 * For a filter of system calls: nw_hook_finding() needs sendto, this one
 * shutdown, poll, kill, wait4, munmap.
 */
void nw_hook_close(struct nw_hook *h, struct nw_hook_counts *counts);

#endif /* NW_HOOK_H */
