/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_NOTIFY_H
#define _NEIGHWATCH_NOTIFY_H

struct nw_ns;

int nw_notify_init(void);
void nw_notify_fini(void);
void nw_notify_setup(struct nw_ns *ns);
void nw_notify_kick(struct nw_ns *ns);
void nw_notify_stop(struct nw_ns *ns);

#endif /* _NEIGHWATCH_NOTIFY_H */
