/* SPDX-License-Identifier: GPL-2.0 */
/* Network namespaces: what people call them, and entering one. */
#ifndef NW_NETNS_H
#define NW_NETNS_H

#include <stddef.h>
#include <linux/types.h>

struct nw_origin;

/* Inode number of this process's namespace, 0 when /proc does not tell. */
__u32 nw_netns_own(void);

/**
 * nw_netns_name() - the name of a namespace
 * @origin: of what is told of it; its inode number, and the cookie by which
 *	those that had the same number at other times are told apart
 *
 * The name under /run/netns, else a process in it, else the number. The
 * answer is kept: a name that was seen stays when the namespace is gone.
 *
 * Return: a string that stays until the next call.
 */
const char *nw_netns_name(const struct nw_origin *origin);

/* It is gone: who has its inode number by now is another one. */
void nw_netns_gone(const struct nw_origin *origin);

void nw_netns_forget(void);

/**
 * nw_netns_number() - the inode number of a namespace
 * @which: a name under /run/netns, or the number itself, which may be that of
 *	a namespace that is gone
 *
 * Return: 0 when there is none of that name.
 */
__u32 nw_netns_number(const char *which);

/**
 * nw_netns_enter() - move this process into a namespace
 * @which: a name under /run/netns, or an inode number
 * @err: why not
 * @size: of @err
 *
 * Return: 0 or a negative errno.
 */
int nw_netns_enter(const char *which, char *err, size_t size);

#endif /* NW_NETNS_H */
