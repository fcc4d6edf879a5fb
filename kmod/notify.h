/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_NOTIFY_H
#define _NEIGHWATCH_NOTIFY_H

#include "netns.h"

int nw_notify_init(void);
void nw_notify_fini(void);
void nw_notify_setup(struct nw_ns *ns);
void nw_notify_wake(struct nw_ns *ns);
void nw_notify_stop(struct nw_ns *ns);

/**
 * nw_notify_kick() - there is something new in a namespace
 * @ns: the namespace
 *
 * Context: any but NMI.
 */
static inline void nw_notify_kick(struct nw_ns *ns)
{
	if (!test_bit(0, &ns->kicked))
		nw_notify_wake(ns);
}

#endif /* _NEIGHWATCH_NOTIFY_H */
