// SPDX-License-Identifier: GPL-2.0
#include <sys/socket.h>

#include <linux/genetlink.h>
#include <linux/neighbour.h>

#include "unit.h"
#include "message.h"

static const __u8 addr[4] = { 10, 9, 0, 1 };
static const __u8 lladdr[6] = { 2, 0, 0, 0, 0, 1 };
static const __u8 old_lladdr[6] = { 2, 0, 0, 0, 0, 2 };

struct nl_msg *message_new(void)
{
	struct nl_msg *msg = nlmsg_alloc();
	struct genlmsghdr genl = { .cmd = NW_CMD_EVENTS, .version = 1 };

	assert_non_null(msg);
	assert_non_null(nlmsg_put(msg, 0, 0, 0x20, 0, 0));
	assert_int_equal(nlmsg_append(msg, &genl, sizeof(genl), 4), 0);
	nla_put_u64(msg, NW_A_INSTANCE, TEST_INSTANCE);
	nla_put_u64(msg, NW_A_NETNS_COOKIE, TEST_COOKIE);
	nla_put_u32(msg, NW_A_NETNS_INO, TEST_INO);
	nla_put_u64(msg, NW_A_NEXT_SEQ, 100);
	return msg;
}

struct nlattr *message_record(struct nl_msg *msg, __u64 seq)
{
	struct nlattr *record = nla_nest_start(msg, NW_A_RECORD);

	nla_put_u64(msg, NW_A_RECORD_SEQ, seq);
	nla_put_u64(msg, NW_A_RECORD_MONO, TEST_MONO);
	nla_put_u64(msg, NW_A_RECORD_REAL, TEST_REAL);
	nla_put_u32(msg, NW_A_RECORD_CPU, 1);
	nla_put_u32(msg, NW_A_RECORD_IFINDEX, 2);
	nla_put_string(msg, NW_A_RECORD_DEV, "eth0");
	nla_put_u8(msg, NW_A_RECORD_CAUSE, NW_CAUSE_TRANSMIT);
	nla_put_u32(msg, NW_A_RECORD_FLAGS, NW_F_GATEWAY);
	return record;
}

struct nlattr *message_change(struct nl_msg *msg)
{
	struct nlattr *change = nla_nest_start(msg, NW_A_RECORD_NEIGH);

	nla_put_u8(msg, NW_A_CHANGE_FAMILY, AF_INET);
	nla_put(msg, NW_A_CHANGE_ADDR, sizeof(addr), addr);
	nla_put_u8(msg, NW_A_CHANGE_OLD, NUD_STALE);
	nla_put_u8(msg, NW_A_CHANGE_NEW, NUD_DELAY);
	return change;
}

void message_neigh(struct nl_msg *msg, __u64 seq)
{
	struct nlattr *record = message_record(msg, seq);
	struct nlattr *change = message_change(msg);

	nla_put(msg, NW_A_CHANGE_LLADDR, sizeof(lladdr), lladdr);
	nla_put(msg, NW_A_CHANGE_OLD_LLADDR, sizeof(old_lladdr), old_lladdr);
	nla_put_u64(msg, NW_A_CHANGE_DWELL, 41204000000);
	nla_put_u32(msg, NW_A_CHANGE_PROBES, 0);
	nla_nest_end(msg, change);
	nla_nest_end(msg, record);
}
