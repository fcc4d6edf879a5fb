// SPDX-License-Identifier: GPL-2.0
/* The carrier of a dummy, off and on. */
#include <net/if.h>
#include <linux/rtnetlink.h>
#include <netlink/msg.h>
#include "work.h"

void flip_prepare(unsigned int count)
{
	struct nl_sock *rt = rt_open();

	(void)count;
	fresh_dummy(rt);
	nl_socket_free(rt);
}

void flip_run(unsigned int count)
{
	struct nl_sock *rt = rt_open();
	struct ifinfomsg ifi = { .ifi_index = (int)if_nametoindex(DEV) };
	struct nl_msg *msg;
	struct ack ack;
	unsigned int i;

	for (i = 0; i < count; i++) {
		msg = nlmsg_alloc_simple(RTM_NEWLINK, 0);
		nlmsg_append(msg, &ifi, sizeof(ifi), NLMSG_ALIGNTO);
		nla_put_u8(msg, IFLA_CARRIER, i % 2);
		must(nl_talk_ack(rt, msg, &ack), "carrier");
	}
	nl_socket_free(rt);
}
