/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_NETLINK_H
#define _NEIGHWATCH_NETLINK_H

#include <linux/types.h>

/* Multicast groups, in the order of the family's table. */
enum nw_mcgrp {
	NW_MCGRP_OWN,
	NW_MCGRP_EVERY,
};

extern struct genl_family nw_netlink_family;

int nw_netlink_init(u64 instance, u64 loaded);
bool nw_netlink_is_open(void);
void nw_netlink_fini(void);

#endif /* _NEIGHWATCH_NETLINK_H */
