// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "loop.h"
#include "nl.h"

static void on_signal(int sig)
{
	(void)sig;
	nw_stop = true;
}

/*
 * A second signal ends the process at once. nohup(1) has SIGHUP ignored, and it
 * stays so.
 */
static void catch_signals(sigset_t *set)
{
	struct sigaction sa = { .sa_flags = (int)SA_RESETHAND }, before;

	sa.sa_handler = on_signal;
	sigemptyset(set);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGTERM);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	if (sigaction(SIGHUP, NULL, &before) || before.sa_handler == SIG_IGN)
		return;
	sigaddset(set, SIGHUP);
	sigaction(SIGHUP, &sa, NULL);
}

int nw_loop_open(struct nw_loop *l)
{
	l->fd = epoll_create1(EPOLL_CLOEXEC);
	if (l->fd < 0)
		return -errno;
	catch_signals(&l->signals);
	return 0;
}

void nw_loop_close(struct nw_loop *l)
{
	close(l->fd);
}

void nw_loop_watch(const struct nw_loop *l, int fd, __u32 events)
{
	struct epoll_event e = { .events = events, .data.fd = fd };

	/* A regular file as stdout cannot be watched, and need not be. */
	epoll_ctl(l->fd, EPOLL_CTL_ADD, fd, &e);
}

/* Signals are let in only while waiting or working, never in between. */
int nw_loop_wait(const struct nw_loop *l, int timeout, int *fd)
{
	struct epoll_event e;
	sigset_t before;
	int n = 0, err;

	sigprocmask(SIG_BLOCK, &l->signals, &before);
	if (!nw_stop)
		n = epoll_pwait(l->fd, &e, 1, timeout, &before);
	err = errno;
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (n < 0)
		return err == EINTR ? 0 : -err;
	if (n)
		*fd = e.data.fd;
	return n;
}
