// SPDX-License-Identifier: GPL-2.0
/*
 * The helper: takes findings, starts runners, counts how they end.
 *
 * It sleeps in one poll(): for the socket, for the signals of its children,
 * and until the next program may start. Signals do not end it, not even those
 * of a terminal or of a service that is stopped: the recorder's end is its
 * end, as what the recorder found last may be what matters.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "compiler.h"
#include "hook_helper.h"
#include "hook_queue.h"
#include "hook_run.h"
#include "hook_say.h"

#define SOCKET		(STDERR_FILENO + 1)
#define ORPHANED	SIGUSR2	/* the recorder died */
#define MESSAGES	64	/* taken before runners get their turn */

struct helper {
	const char *program;
	const struct nw_hook_limits *limits;
	struct nw_hook_shared *shared;
	struct nw_hook_counts *counts;
	pid_t recorder;
	int signals;			/* signalfd */
	pid_t *runner;			/* 0: free */
	__u32 running;
	struct nw_hook_queue queue;
	struct nw_hook_say say;
	bool ending;
	__u64 end;			/* when that has to be done */
	union {
		struct nw_hook_item item;
		char bytes[NW_HOOK_ITEM_MAX];
	} message;
};

static __u64 now(void)
{
	struct nw_clock clock;

	nw_clock_now(&clock);
	return clock.mono;
}

static void drop(struct helper *s, struct nw_hook_item *item)
{
	free(item);
	s->counts->dropped++;
	nw_hook_say_dropped(&s->say, s->limits->waiting);
}

static struct nw_hook_item *copy(const struct nw_hook_item *item, size_t len)
{
	struct nw_hook_item *new = malloc(len);

	if (new)
		memcpy(new, item, len);
	return new;
}

static void take_item(struct helper *s, size_t len)
{
	struct nw_hook_item *out, *item = copy(&s->message.item, len);

	if (!item) {
		drop(s, NULL);
		return;
	}
	out = nw_hook_queue_push(&s->queue, item);
	if (out)
		drop(s, out);
}

static void begin_to_end(struct helper *s)
{
	if (s->ending)
		return;
	s->ending = true;
	s->end = now() + s->limits->end * NW_NSEC_PER_MSEC;
}

/* Return: true when there may be more. */
static bool take(struct helper *s)
{
	ssize_t n = 1;
	int i;

	for (i = 0; i < MESSAGES && n > 0; i++) {
		n = recv(SOCKET, s->message.bytes, sizeof(s->message),
			 MSG_DONTWAIT);
		if (n > 0)
			take_item(s, (size_t)n);
	}
	if (!n || (n < 0 && errno != EAGAIN && errno != EINTR))
		begin_to_end(s);
	return n > 0;
}

static void start(struct helper *s, struct nw_hook_item *item)
{
	pid_t pid, self = getpid();
	__u32 slot = 0;

	while (s->runner[slot])
		slot++;
	memset(&s->shared->end[slot], 0, sizeof(s->shared->end[slot]));
	pid = fork();
	if (!pid)
		nw_hook_run(s->program, s->limits, item, &s->shared->end[slot],
			    self);
	free(item);
	if (pid < 0) {
		s->counts->refused++;
		nw_hook_say_refused(&s->say, errno);
		return;
	}
	s->runner[slot] = pid;
	s->running++;
}

static void start_due(struct helper *s)
{
	while (s->running < s->limits->at_once &&
	       nw_hook_queue_due(&s->queue) <= now())
		start(s, nw_hook_queue_pop(&s->queue, now()));
}

/* A runner that was killed knows nothing: its program ended with it. */
static void account(struct helper *s, const struct nw_hook_end *end,
		    int runner)
{
	if (end->error) {
		s->counts->refused++;
		nw_hook_say_refused(&s->say, end->error);
	} else if (end->cut) {
		s->counts->cut++;
	} else if (end->timed_out) {
		s->counts->timed_out++;
		nw_hook_say_timed_out(&s->say, s->limits->run);
	} else if (end->known && !end->status) {
		s->counts->ran++;
	} else {
		s->counts->failed++;
		nw_hook_say_failed(&s->say, end->known ? end->status : runner);
	}
}

static void reap(struct helper *s)
{
	pid_t pid;
	int status;
	__u32 slot;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		for (slot = 0; slot < s->limits->at_once; slot++) {
			if (s->runner[slot] != pid)
				continue;
			account(s, &s->shared->end[slot], status);
			s->runner[slot] = 0;
			s->running--;
		}
	}
}

/*
 * Somebody else may hold the recorder's end of the socket, such as another
 * child of it: it does not hang up then when the recorder is killed.
 */
static void take_signals(struct helper *s)
{
	struct signalfd_siginfo si[8];

	while (read(s->signals, si, sizeof(si)) > 0)
		;
	if (getppid() != s->recorder && !s->ending) {
		while (take(s))
			;
		begin_to_end(s);
	}
	reap(s);
}

/* Until something can be done without news from elsewhere, in ms; -1: never. */
static int idle(const struct helper *s)
{
	__u64 next = NW_HOOK_NEVER, at = now();

	if (s->running < s->limits->at_once)
		next = nw_hook_queue_due(&s->queue);
	if (s->ending && s->end < next)
		next = s->end;
	if (next == NW_HOOK_NEVER)
		return -1;
	if (next <= at)
		return 0;
	next = (next - at + NW_NSEC_PER_MSEC - 1) / NW_NSEC_PER_MSEC;
	return next < INT_MAX ? (int)next : INT_MAX;
}

static void wait_news(struct helper *s, int timeout)
{
	struct pollfd fds[] = {
		{ .fd = s->signals, .events = POLLIN },
		{ .fd = s->ending ? -1 : SOCKET, .events = POLLIN },
	};

	if (poll(fds, ARRAY_SIZE(fds), timeout) <= 0)
		return;
	if (fds[1].revents)
		take(s);
	if (fds[0].revents)
		take_signals(s);
}

/* What may not start before the end will not start. */
static bool is_over(const struct helper *s)
{
	if (!s->ending)
		return false;
	return now() >= s->end ||
	       (!s->running && nw_hook_queue_due(&s->queue) > s->end);
}

/* The runners need a moment to see their programs vanish. */
static void finish(struct helper *s)
{
	__u64 until = now() + 2 * s->limits->kill * NW_NSEC_PER_MSEC;
	__u32 i;

	for (i = 0; i < s->limits->at_once; i++)
		if (s->runner[i])
			kill(s->runner[i], NW_HOOK_HURRY);
	s->counts->dropped += s->queue.nr;
	while (s->running && now() < until)
		wait_news(s, (int)(s->limits->kill));
	s->counts->cut += s->running;
}

/* Standard input is empty, output goes where errors go: data stays alone. */
static void settle_files(int sock)
{
	int null, high = fcntl(sock, F_DUPFD_CLOEXEC, SOCKET + 1);

	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	dup2(null, STDIN_FILENO);
	if (fcntl(STDERR_FILENO, F_GETFD) < 0)
		dup2(null, STDERR_FILENO);
	dup2(STDERR_FILENO, STDOUT_FILENO);
	dup3(high, SOCKET, O_CLOEXEC);
	syscall(SYS_close_range, SOCKET + 1, ~0U, 0);
	/* One write for a line, as the recorder writes there too. */
	setvbuf(stderr, NULL, _IOLBF, BUFSIZ);
}

/* All are blocked, and stay so. */
static int settle_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, ORPHANED);
	prctl(PR_SET_PDEATHSIG, ORPHANED);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void settle(struct helper *s, int sock)
{
	prctl(PR_SET_NAME, "neighwatch-exec");
	settle_files(sock);
	s->signals = settle_signals();
	s->runner = calloc(s->limits->at_once, sizeof(*s->runner));
	if (s->signals < 0 || !s->runner ||
	    nw_hook_queue_init(&s->queue, s->limits))
		_exit(1);
	/* The recorder may have died before the signal was asked for. */
	if (getppid() != s->recorder)
		begin_to_end(s);
}

void nw_hook_helper(const struct nw_hook *h, int sock, pid_t recorder)
{
	static struct helper s;

	s.program = h->program;
	s.limits = h->limits;
	s.shared = h->shared;
	s.counts = &h->shared->counts;
	s.recorder = recorder;
	s.say.program = h->program;
	s.say.quiet = h->limits->quiet;
	settle(&s, sock);
	for (;;) {
		start_due(&s);
		if (is_over(&s))
			break;
		wait_news(&s, idle(&s));
	}
	finish(&s);
	_exit(0);
}
