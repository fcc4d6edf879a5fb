// SPDX-License-Identifier: GPL-2.0
/*
 * replace, withdraw - a route gets a second path, or loses one of two. What the
 * records then say is true, or it is counted as lost: a next hop that the route
 * still has was never removed.
 */
#include <net/if.h>
#include <stdio.h>
#include <sys/socket.h>
#include <linux/rtnetlink.h>
#include "nth.h"

static struct nw nw;
static struct nl_sock *rt;
static int dev;
static uint64_t lost, since;
static int added, removed;

static const char *const dst4 = "203.0.113.0", *const via4[] = { "198.51.100.2", "198.51.100.3" };
static const char *const dst6 = "2001:db8:1::", *const via6[] = { "2001:db8::2", "2001:db8::3" };

static void open_route(char **args)
{
	rt = rt_open();
	if (nw_open(&nw))
		give_up("no family neighwatch");
	rt_link_del(rt, if_nametoindex("routed"));
	dev = rt_dummy(rt, "routed");
	if (dev <= 0 || rt_addr(rt, dev, "198.51.100.1", 24, true) ||
	    rt_addr(rt, dev, "2001:db8::1", 64, true))
		give_up("no device");
}

static struct nl_msg *route(int type, int flags, const char *dst, int prefix)
{
	struct rtmsg rtm = { .rtm_table = RT_TABLE_MAIN, .rtm_protocol = RTPROT_STATIC,
			     .rtm_type = RTN_UNICAST, .rtm_dst_len = prefix };
	struct nl_msg *msg = nlmsg_alloc_simple(type, flags);
	uint8_t to[16];
	int length = parse_addr(dst, to);

	rtm.rtm_family = length == 4 ? AF_INET : AF_INET6;
	nlmsg_append(msg, &rtm, sizeof(rtm), NLMSG_ALIGNTO);
	nla_put(msg, RTA_DST, length, to);
	return msg;
}

static struct nl_msg *with_two(struct nl_msg *msg, const char *const via[2])
{
	struct nlattr *paths = nla_nest_start(msg, RTA_MULTIPATH);
	struct rtnexthop *hop;
	uint8_t to[16];
	int i, length;

	for (i = 0; i < 2; i++) {
		length = parse_addr(via[i], to);
		hop = nlmsg_reserve(msg, sizeof(*hop), NLMSG_ALIGNTO);
		*hop = (struct rtnexthop){ .rtnh_ifindex = dev,
					   .rtnh_len = sizeof(*hop) + nla_total_size(length) };
		nla_put(msg, RTA_GATEWAY, length, to);
	}
	nla_nest_end(msg, paths);
	return msg;
}

static void must(struct nl_msg *msg)
{
	struct ack ack;

	if (nl_talk_ack(rt, msg, &ack))
		give_up("a route cannot be made");
}

static void begin(void)
{
	lost = losses(&nw);
	since = nw_next_seq(&nw);
}

static void prepare_replace(unsigned int nth)
{
	rt_route(rt, dev, dst4, 24, via4[1], false);
	rt_route(rt, dev, dst4, 24, via4[0], false);
	rt_route(rt, dev, dst4, 24, via4[0], true);
	begin();
	rt_prepare(rt, with_two(route(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE, dst4, 24), via4));
}

static void prepare_withdraw(unsigned int nth)
{
	uint8_t to[16];
	struct nl_msg *msg = route(RTM_DELROUTE, 0, dst6, 48);

	must(with_two(route(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE, dst6, 48), via6));
	begin();
	nla_put(msg, RTA_GATEWAY, parse_addr(via6[1], to), to);
	nla_put_u32(msg, RTA_OIF, dev);
	rt_prepare(rt, msg);
}

static void take(const struct record *record, void *arg)
{
	if (record->type != NW_TYPE_ROUTE || record->ifindex != dev)
		return;
	added += record->change == NW_CHANGE_ADDED;
	removed += record->change == NW_CHANGE_REMOVED;
}

static bool count_changes(void)
{
	struct stream stream = { .each = take };
	struct ack ack;

	added = 0;
	removed = 0;
	return !stream_history(&nw, since, &stream, &ack) && !stream.error;
}

static const char *judge(struct attempt *attempt, int more, int less)
{
	attempt->counted = losses(&nw) > lost;
	if (!count_changes())
		return "the history cannot be read";
	if (removed > less)
		return "a next hop that is still there was recorded as removed";
	if (attempt->error || attempt->counted)
		return NULL;
	return added == more && removed == less ? NULL : "not recorded and not counted";
}

static const char *judge_replace(struct attempt *attempt)
{
	return judge(attempt, 1, 0);
}

static const char *judge_withdraw(struct attempt *attempt)
{
	return judge(attempt, 0, 1);
}

const struct operation route_operations[] = {
	{ "replace", 0, open_route, prepare_replace, rt_run, judge_replace },
	{ "withdraw", 0, open_route, prepare_withdraw, rt_run, judge_withdraw },
	{ }
};
