/* SPDX-License-Identifier: GPL-2.0 */
/* Messages of the kernel's routing netlink: what is in front, and which attributes. */
#ifndef NW_RTMSG_H
#define NW_RTMSG_H

#include "rtattr.h"

/**
 * struct nw_rtmsg - a message
 * @type: of the answer; the question is %RTM_GETLINK to %RTM_NEWLINK, as ever
 * @len: of the header in front of its attributes
 * @put: writes that header, and what of @body belongs to it
 * @attrs: table
 * @title: the number of an attribute that names it in a tree, or 0: lines
 */
struct nw_rtmsg {
	__u16 type;
	size_t len;
	void (*put)(struct nw_twin *t, const void *header,
		    const struct nw_rtbody *body);
	const struct nw_rtattr *attrs;
	__u16 title;
};

extern const struct nw_rtmsg nw_rtmsg_link;
extern const struct nw_rtmsg nw_rtmsg_addr;
extern const struct nw_rtmsg nw_rtmsg_route;
extern const struct nw_rtmsg nw_rtmsg_rule;
extern const struct nw_rtmsg nw_rtmsg_neigh;
extern const struct nw_rtmsg nw_rtmsg_table;
extern const struct nw_rtmsg nw_rtmsg_nexthop;

#endif /* NW_RTMSG_H */
