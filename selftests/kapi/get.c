// SPDX-License-Identifier: GPL-2.0
/* Every command on what it is for: what comes back is what was made. */
#include "kselftest_harness.h"
#include <stdlib.h>
#include <time.h>
#include "kapi.h"

#define MAC_A "02:00:00:00:00:0a"
#define MAC_B "02:00:00:00:00:0b"

FIXTURE(get)
{
	struct net net;
};

FIXTURE_SETUP(get)
{
	const char *missing = net_setup(&self->net);

	ASSERT_EQ(NULL, missing) TH_LOG("%s", missing);
}

FIXTURE_TEARDOWN(get)
{
	net_teardown(&self->net);
}

/* A copy of the nest of one kind out of one answer, and its origin. */
struct kept {
	int attr;
	int answers;
	bool malformed;
	uint64_t cookie, instance;
	uint32_t ino;
	struct nlattr *nest;
};

static void keep(const struct answer *answer, void *arg)
{
	struct kept *kept = arg;
	struct nlattr *nest = answer->attrs[kept->attr];

	kept->answers++;
	kept->malformed |= answer->malformed;
	if (answer->attrs[NW_A_NETNS_COOKIE])
		kept->cookie = nla_get_u64(answer->attrs[NW_A_NETNS_COOKIE]);
	if (answer->attrs[NW_A_INSTANCE])
		kept->instance = nla_get_u64(answer->attrs[NW_A_INSTANCE]);
	if (answer->attrs[NW_A_NETNS_INO])
		kept->ino = nla_get_u32(answer->attrs[NW_A_NETNS_INO]);
	if (!nest)
		return;
	free(kept->nest);
	kept->nest = malloc(NLA_ALIGN(nest->nla_len));
	memcpy(kept->nest, nest, nest->nla_len);
}

static struct nl_msg *neigh_request(struct net *net, const char *addr)
{
	struct nl_msg *msg = nw_request(&net->nw, NW_CMD_NEIGH_GET, 0);
	uint8_t bytes[16];
	int length = parse_addr(addr, bytes);

	nla_put_u32(msg, NW_A_IFINDEX, net->ifindex);
	nla_put_u8(msg, NW_A_FAMILY, length == 16 ? AF_INET6 : AF_INET);
	nla_put(msg, NW_A_ADDR, length, bytes);
	return msg;
}

/* The tracked neighbour @addr, parsed into @tb. Return: 0 or -errno. */
static int get_neigh(struct net *net, const char *addr, struct nlattr **tb,
		     struct kept *kept)
{
	struct ack ack;

	*kept = (struct kept){ .attr = NW_A_NEIGH };
	nw_talk(&net->nw, neigh_request(net, addr), keep, kept, &ack);
	if (ack.error)
		return -ack.error;
	return kept->nest ? nla_parse_nested(tb, NW_A_NEIGH_MAX, kept->nest, NULL) : -ENODATA;
}

static int count(struct nlattr *nest, int type)
{
	struct nlattr *attr;
	int left, found = 0;

	nla_for_each_nested(attr, nest, left)
		found += nla_type(attr) == type;
	return found;
}

/* The old and new states of the steps of a nest, as one string of hex bytes. */
static const char *steps(struct nlattr *nest, int type)
{
	struct nlattr *tb[NW_A_STEP_MAX + 1], *attr;
	static char text[NW_STEPS * 8];
	int left, used = 0;

	text[0] = 0;
	nla_for_each_nested(attr, nest, left) {
		if (nla_type(attr) != type)
			continue;
		if (nla_parse_nested(tb, NW_A_STEP_MAX, attr, NULL) || !tb[NW_A_STEP_MONO] ||
		    !tb[NW_A_STEP_OLD] || !tb[NW_A_STEP_NEW] || !tb[NW_A_STEP_CAUSE])
			return "a step lacks something";
		used += snprintf(text + used, sizeof(text) - used, "%02x>%02x ",
				 nla_get_u8(tb[NW_A_STEP_OLD]), nla_get_u8(tb[NW_A_STEP_NEW]));
	}
	return text;
}

TEST_F(get, stats_name_the_namespace)
{
	struct kept kept = { .attr = NW_A_STATS };
	struct ack ack;

	nw_talk(&self->net.nw, nw_request(&self->net.nw, NW_CMD_STATS_GET, 0), keep,
		&kept, &ack);
	ASSERT_EQ(0, ack.error) TH_LOG("%s", ack.text);
	EXPECT_EQ(1, kept.answers);
	EXPECT_FALSE(kept.malformed);
	EXPECT_EQ(netns_cookie(), kept.cookie);
	EXPECT_EQ(netns_ino(), kept.ino);
	EXPECT_NE(0, kept.instance);
	EXPECT_NE(NULL, kept.nest);
}

TEST_F(get, stats_have_every_figure)
{
	struct nlattr *tb[NW_A_STATS_MAX + 1];
	struct kept kept = { .attr = NW_A_STATS };
	struct ack ack;
	int i;

	ASSERT_EQ(0, rt_neigh(self->net.rt, self->net.ifindex, "192.0.2.1", NUD_STALE, MAC_A));
	nw_talk(&self->net.nw, nw_request(&self->net.nw, NW_CMD_STATS_GET, 0), keep,
		&kept, &ack);
	ASSERT_NE(NULL, kept.nest);
	ASSERT_EQ(0, nla_parse_nested(tb, NW_A_STATS_MAX, kept.nest, NULL));
	for (i = NW_A_STATS_VERSION; i <= NW_A_STATS_MAX; i++) {
		EXPECT_NE(NULL, tb[i]) TH_LOG("attribute %d of the statistics is absent", i);
		if (tb[i] && i != NW_A_STATS_VERSION && i != NW_A_STATS_SOURCE)
			EXPECT_EQ(8, nla_len(tb[i])) TH_LOG("attribute %d", i);
	}
}

TEST_F(get, stats_know_the_clocks)
{
	uint64_t before = now_mono();
	uint64_t mono = nw_stat(&self->net.nw, NW_A_STATS_MONO);
	struct timespec real;

	clock_gettime(CLOCK_REALTIME, &real);
	EXPECT_LE(before, mono);
	EXPECT_LE(mono, now_mono());
	EXPECT_LE(nw_stat(&self->net.nw, NW_A_STATS_LOADED), before);
	EXPECT_LE(llabs((long long)(nw_stat(&self->net.nw, NW_A_STATS_REAL) / NS_PER_S) -
			real.tv_sec), 2);
	EXPECT_LE(mono, nw_stat(&self->net.nw, NW_A_STATS_BOOT));
}

TEST_F(get, stats_name_the_sources)
{
	struct nlattr *tb[NW_A_SOURCE_MAX + 1], *attr;
	struct kept kept = { .attr = NW_A_STATS };
	struct ack ack;
	int left, found = 0;

	nw_talk(&self->net.nw, nw_request(&self->net.nw, NW_CMD_STATS_GET, 0), keep,
		&kept, &ack);
	ASSERT_NE(NULL, kept.nest);
	nla_for_each_nested(attr, kept.nest, left) {
		if (nla_type(attr) != NW_A_STATS_SOURCE)
			continue;
		ASSERT_EQ(0, nla_parse_nested(tb, NW_A_SOURCE_MAX, attr, NULL));
		ASSERT_NE(NULL, tb[NW_A_SOURCE_NAME]);
		ASSERT_NE(NULL, tb[NW_A_SOURCE_STATE]);
		EXPECT_EQ(NW_SOURCE_ACTIVE, nla_get_u8(tb[NW_A_SOURCE_STATE])) {
			TH_LOG("source %s", nla_get_string(tb[NW_A_SOURCE_NAME]));
		}
		found++;
	}
	/* netevent, 6 tracepoints, netdevice, 4 kprobes, fib, 2 kinds of address */
	EXPECT_GE(found, 12);
	EXPECT_EQ(NW_FEATURE_NEIGH | NW_FEATURE_CARRIER | NW_FEATURE_ROUTE |
		  NW_FEATURE_ADDRESS | NW_FEATURE_ALL_NETNS,
		  nw_stat(&self->net.nw, NW_A_STATS_FEATURES));
}

TEST_F(get, neighbour_and_its_steps)
{
	struct nlattr *tb[NW_A_NEIGH_MAX + 1];
	uint64_t before = now_mono();
	struct kept kept;

	ASSERT_EQ(0, rt_neigh(self->net.rt, self->net.ifindex, "192.0.2.1", NUD_STALE, MAC_A));
	ASSERT_EQ(0, rt_neigh(self->net.rt, self->net.ifindex, "192.0.2.1", NUD_PERMANENT, MAC_A));
	ASSERT_EQ(0, get_neigh(&self->net, "192.0.2.1", tb, &kept));
	EXPECT_EQ(NUD_PERMANENT, nla_get_u8(tb[NW_A_NEIGH_STATE]));
	EXPECT_EQ(self->net.ifindex, nla_get_u32(tb[NW_A_NEIGH_IFINDEX]));
	EXPECT_STREQ("nwk0", nla_get_string(tb[NW_A_NEIGH_DEV]));
	EXPECT_EQ(AF_INET, nla_get_u8(tb[NW_A_NEIGH_FAMILY]));
	ASSERT_EQ(6, nla_len(tb[NW_A_NEIGH_LLADDR]));
	EXPECT_EQ(0x0a, ((uint8_t *)nla_data(tb[NW_A_NEIGH_LLADDR]))[5]);
	EXPECT_STREQ("ff>00 00>04 04>80 ", steps(kept.nest, NW_A_NEIGH_LAST));
	ASSERT_NE(NULL, tb[NW_A_NEIGH_BORN]);
	EXPECT_LE(before, nla_get_u64(tb[NW_A_NEIGH_BORN]));
	EXPECT_LE(nla_get_u64(tb[NW_A_NEIGH_BORN]), nla_get_u64(tb[NW_A_NEIGH_SINCE]));
	EXPECT_LE(nla_get_u64(tb[NW_A_NEIGH_SINCE]), now_mono());
	EXPECT_EQ(0, nla_get_u32(tb[NW_A_NEIGH_MOVES]));
}

TEST_F(get, neighbour_of_ipv6)
{
	struct nlattr *tb[NW_A_NEIGH_MAX + 1];
	struct kept kept;

	ASSERT_EQ(0, rt_neigh(self->net.rt, self->net.ifindex, "2001:db8::1", NUD_REACHABLE, MAC_A));
	ASSERT_EQ(0, get_neigh(&self->net, "2001:db8::1", tb, &kept));
	EXPECT_EQ(NUD_REACHABLE, nla_get_u8(tb[NW_A_NEIGH_STATE]));
	EXPECT_EQ(16, nla_len(tb[NW_A_NEIGH_ADDR]));
}

TEST_F(get, neighbour_that_moved)
{
	struct nlattr *tb[NW_A_NEIGH_MAX + 1];
	struct kept kept;

	ASSERT_EQ(0, rt_neigh(self->net.rt, self->net.ifindex, "192.0.2.1", NUD_PERMANENT, MAC_A));
	ASSERT_EQ(0, rt_neigh(self->net.rt, self->net.ifindex, "192.0.2.1", NUD_PERMANENT, MAC_B));
	ASSERT_EQ(0, get_neigh(&self->net, "192.0.2.1", tb, &kept));
	EXPECT_EQ(1, nla_get_u32(tb[NW_A_NEIGH_MOVES]));
	ASSERT_NE(NULL, tb[NW_A_NEIGH_PREV_LLADDR]);
	EXPECT_EQ(0x0a, ((uint8_t *)nla_data(tb[NW_A_NEIGH_PREV_LLADDR]))[5]);
	EXPECT_EQ(0x0b, ((uint8_t *)nla_data(tb[NW_A_NEIGH_LLADDR]))[5]);
	EXPECT_NE(NULL, tb[NW_A_NEIGH_MOVED]);
}

TEST_F(get, neighbour_that_is_gone)
{
	struct nlattr *tb[NW_A_NEIGH_MAX + 1];
	struct kept kept;

	ASSERT_EQ(0, rt_neigh(self->net.rt, self->net.ifindex, "192.0.2.1", NUD_STALE, MAC_A));
	ASSERT_EQ(0, rt_neigh_del(self->net.rt, self->net.ifindex, "192.0.2.1"));
	ASSERT_EQ(0, get_neigh(&self->net, "192.0.2.1", tb, &kept));
	EXPECT_EQ(NW_NUD_ABSENT, nla_get_u8(tb[NW_A_NEIGH_STATE]));
	ASSERT_NE(NULL, tb[NW_A_NEIGH_FLAGS]);
	EXPECT_TRUE(nla_get_u32(tb[NW_A_NEIGH_FLAGS]) & NW_F_GONE);
	EXPECT_STREQ("ff>00 00>04 04>20 20>ff ", steps(kept.nest, NW_A_NEIGH_LAST));
}

TEST_F(get, neighbour_keeps_its_outage)
{
	struct nlattr *tb[NW_A_NEIGH_MAX + 1], *out[NW_A_OUTAGE_MAX + 1];
	struct kept kept;

	ASSERT_EQ(0, rt_neigh(self->net.rt, self->net.ifindex, "192.0.2.1", NUD_REACHABLE, MAC_A));
	ASSERT_EQ(0, rt_neigh(self->net.rt, self->net.ifindex, "192.0.2.1", NUD_FAILED, NULL));
	ASSERT_EQ(0, rt_neigh(self->net.rt, self->net.ifindex, "192.0.2.1", NUD_REACHABLE, MAC_A));
	ASSERT_EQ(0, get_neigh(&self->net, "192.0.2.1", tb, &kept));
	EXPECT_EQ(1, nla_get_u32(tb[NW_A_NEIGH_FAILURES]));
	EXPECT_EQ(1, nla_get_u32(tb[NW_A_NEIGH_OUTAGES]));
	ASSERT_EQ(1, count(kept.nest, NW_A_NEIGH_OUTAGE));
	ASSERT_EQ(0, nla_parse_nested(out, NW_A_OUTAGE_MAX, tb[NW_A_NEIGH_OUTAGE], NULL));
	ASSERT_NE(NULL, out[NW_A_OUTAGE_BEGIN]);
	ASSERT_NE(NULL, out[NW_A_OUTAGE_FAILED]);
	ASSERT_NE(NULL, out[NW_A_OUTAGE_END]);
	EXPECT_LE(nla_get_u64(out[NW_A_OUTAGE_BEGIN]), nla_get_u64(out[NW_A_OUTAGE_FAILED]));
	EXPECT_LT(nla_get_u64(out[NW_A_OUTAGE_FAILED]), nla_get_u64(out[NW_A_OUTAGE_END]));
	EXPECT_EQ(1, nla_get_u32(out[NW_A_OUTAGE_ROUNDS]));
}

TEST_F(get, neighbour_keeps_eight_steps_and_four_outages)
{
	struct nlattr *tb[NW_A_NEIGH_MAX + 1];
	struct kept kept;
	int i;

	for (i = 0; i < 6; i++) {
		ASSERT_EQ(0, rt_neigh(self->net.rt, self->net.ifindex, "192.0.2.1",
				      NUD_REACHABLE, MAC_A));
		ASSERT_EQ(0, rt_neigh(self->net.rt, self->net.ifindex, "192.0.2.1",
				      NUD_FAILED, NULL));
	}
	ASSERT_EQ(0, get_neigh(&self->net, "192.0.2.1", tb, &kept));
	EXPECT_EQ(NW_STEPS, count(kept.nest, NW_A_NEIGH_LAST));
	EXPECT_EQ(NW_OUTAGES, count(kept.nest, NW_A_NEIGH_OUTAGE));
	EXPECT_EQ(6, nla_get_u32(tb[NW_A_NEIGH_FAILURES]));
	EXPECT_EQ(6, nla_get_u32(tb[NW_A_NEIGH_OUTAGES]));
	/* created, set, then 11 more */
	EXPECT_EQ(13, nla_get_u32(tb[NW_A_NEIGH_TRANSITIONS]));
}

TEST_F(get, neighbour_unknown)
{
	struct ack ack;

	nw_talk(&self->net.nw, neigh_request(&self->net, "192.0.2.99"), NULL, NULL, &ack);
	EXPECT_EQ(ENOENT, ack.error);
	EXPECT_NE(0, ack.text[0]);
}

static int get_link(struct net *net, int ifindex, struct kept *kept, struct ack *ack)
{
	struct nl_msg *msg = nw_request(&net->nw, NW_CMD_LINK_GET, 0);

	*kept = (struct kept){ .attr = NW_A_LINK };
	nla_put_u32(msg, NW_A_IFINDEX, ifindex);
	return nw_talk(&net->nw, msg, keep, kept, ack);
}

TEST_F(get, link_with_its_carrier)
{
	struct nlattr *tb[NW_A_LINK_MAX + 1];
	struct kept kept;
	struct ack ack;

	ASSERT_EQ(0, get_link(&self->net, self->net.ifindex, &kept, &ack));
	ASSERT_EQ(0, nla_parse_nested(tb, NW_A_LINK_MAX, kept.nest, NULL));
	EXPECT_STREQ("nwk0", nla_get_string(tb[NW_A_LINK_DEV]));
	EXPECT_EQ(NW_CARRIER_UP, nla_get_u8(tb[NW_A_LINK_CARRIER]));
	ASSERT_NE(NULL, tb[NW_A_LINK_FLAGS]);
	EXPECT_EQ(NW_F_ADMIN_UP, nla_get_u32(tb[NW_A_LINK_FLAGS]));
}

TEST_F(get, link_unknown)
{
	struct kept kept;
	struct ack ack;

	EXPECT_EQ(-ENOENT, get_link(&self->net, 4711, &kept, &ack));
	EXPECT_NE(0, ack.text[0]);
}

static void dump(struct net *net, int cmd, int attr, struct kept *kept, struct ack *ack)
{
	*kept = (struct kept){ .attr = attr };
	nw_talk(&net->nw, nw_request(&net->nw, cmd, NLM_F_DUMP), keep, kept, ack);
}

TEST_F(get, dumps_of_every_command)
{
	struct kept kept;
	struct ack ack;

	ASSERT_EQ(0, rt_neigh(self->net.rt, self->net.ifindex, "192.0.2.1", NUD_STALE, MAC_A));
	ASSERT_EQ(0, rt_neigh(self->net.rt, self->net.ifindex, "2001:db8::1", NUD_STALE, MAC_A));
	dump(&self->net, NW_CMD_STATS_GET, NW_A_STATS, &kept, &ack);
	EXPECT_EQ(0, ack.error);
	EXPECT_EQ(1, kept.answers);
	dump(&self->net, NW_CMD_NEIGH_GET, NW_A_NEIGH, &kept, &ack);
	EXPECT_EQ(0, ack.error);
	EXPECT_EQ(2, kept.answers);
	/* lo and nwk0 */
	dump(&self->net, NW_CMD_LINK_GET, NW_A_LINK, &kept, &ack);
	EXPECT_EQ(0, ack.error);
	EXPECT_EQ(2, kept.answers);
	dump(&self->net, NW_CMD_HISTORY_GET, NW_A_RECORD, &kept, &ack);
	EXPECT_EQ(0, ack.error);
	EXPECT_LE(1, kept.answers);
	EXPECT_EQ(netns_cookie(), kept.cookie);
}

TEST_F(get, next_hop_comes_and_goes)
{
	struct nlattr *tb[NW_A_NEXTHOP_MAX + 1];
	struct kept kept;
	struct ack ack;

	ASSERT_EQ(0, rt_addr(self->net.rt, self->net.ifindex, "192.0.2.2", 24, true));
	ASSERT_EQ(0, rt_route(self->net.rt, self->net.ifindex, NULL, 0, "192.0.2.1", true));
	dump(&self->net, NW_CMD_NEXTHOP_GET, NW_A_NEXTHOP, &kept, &ack);
	ASSERT_EQ(0, ack.error);
	ASSERT_EQ(1, kept.answers);
	ASSERT_EQ(0, nla_parse_nested(tb, NW_A_NEXTHOP_MAX, kept.nest, NULL));
	EXPECT_EQ(self->net.ifindex, nla_get_u32(tb[NW_A_NEXTHOP_IFINDEX]));
	EXPECT_EQ(4, nla_len(tb[NW_A_NEXTHOP_GATEWAY]));
	EXPECT_EQ(1, nla_get_u32(tb[NW_A_NEXTHOP_ROUTES]));
	EXPECT_EQ(1, nla_get_u32(tb[NW_A_NEXTHOP_DEFAULTS]));
	EXPECT_NE(NULL, tb[NW_A_NEXTHOP_SINCE]);
	ASSERT_EQ(0, rt_route(self->net.rt, self->net.ifindex, NULL, 0, "192.0.2.1", false));
	dump(&self->net, NW_CMD_NEXTHOP_GET, NW_A_NEXTHOP, &kept, &ack);
	EXPECT_EQ(0, kept.answers);
}

TEST_F(get, neighbour_is_a_gateway_while_a_route_says_so)
{
	struct nlattr *tb[NW_A_NEIGH_MAX + 1];
	struct kept kept;

	ASSERT_EQ(0, rt_addr(self->net.rt, self->net.ifindex, "192.0.2.2", 24, true));
	ASSERT_EQ(0, rt_neigh(self->net.rt, self->net.ifindex, "192.0.2.1", NUD_STALE, MAC_A));
	ASSERT_EQ(0, rt_route(self->net.rt, self->net.ifindex, NULL, 0, "192.0.2.1", true));
	ASSERT_EQ(0, get_neigh(&self->net, "192.0.2.1", tb, &kept));
	ASSERT_NE(NULL, tb[NW_A_NEIGH_FLAGS]);
	EXPECT_TRUE(nla_get_u32(tb[NW_A_NEIGH_FLAGS]) & NW_F_GATEWAY);
	ASSERT_EQ(0, rt_route(self->net.rt, self->net.ifindex, NULL, 0, "192.0.2.1", false));
	ASSERT_EQ(0, get_neigh(&self->net, "192.0.2.1", tb, &kept));
	EXPECT_FALSE(tb[NW_A_NEIGH_FLAGS] && nla_get_u32(tb[NW_A_NEIGH_FLAGS]) & NW_F_GATEWAY);
}

TEST_HARNESS_MAIN
