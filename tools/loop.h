/* SPDX-License-Identifier: GPL-2.0 */
/* The one epoll loop: descriptors, signals, time. */
#ifndef NW_LOOP_H
#define NW_LOOP_H

#include <signal.h>
#include <linux/types.h>

/**
 * struct nw_loop - waits
 * @fd: epoll
 * @signals: those that end the process, let in while waiting only
 */
struct nw_loop {
	int fd;
	sigset_t signals;
};

/* SIGINT and SIGTERM set nw_stop from now on. Return: 0 or a negative errno. */
int nw_loop_open(struct nw_loop *l);
void nw_loop_close(struct nw_loop *l);

/* Wake up when @events happen to @fd, or when its other side is gone. */
void nw_loop_watch(const struct nw_loop *l, int fd, __u32 events);

/**
 * nw_loop_wait() - wait for a descriptor, a signal, or the time to pass
 * @l: loop
 * @timeout: ms, -1 for ever
 * @fd: out, the descriptor
 *
 * Return: 1 when @fd has something, 0 on a signal or when the time has
 * passed, or a negative errno.
 */
int nw_loop_wait(const struct nw_loop *l, int timeout, int *fd);

#endif /* NW_LOOP_H */
