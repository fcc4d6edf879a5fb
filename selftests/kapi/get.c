// SPDX-License-Identifier: GPL-2.0
/* Every command on what it is for: what comes back is what was made. For neighbours: neigh.c. */
#include "kselftest_harness.h"
#include <stdlib.h>
#include <time.h>
#include "kapi.h"

#define MAC "02:00:00:00:00:0a"

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

TEST_F(get, stats_name_the_namespace)
{
	struct kept kept = { .attr = NW_A_STATS };
	struct ack ack;

	nw_talk(&self->net.nw, nw_request(&self->net.nw, NW_CMD_STATS_GET, 0), kept_take,
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

	ASSERT_EQ(0, rt_neigh(self->net.rt, self->net.ifindex, "192.0.2.1", NUD_STALE, MAC));
	nw_talk(&self->net.nw, nw_request(&self->net.nw, NW_CMD_STATS_GET, 0), kept_take,
		&kept, &ack);
	ASSERT_NE(NULL, kept.nest);
	ASSERT_EQ(0, nla_parse_nested(tb, NW_A_STATS_MAX, kept.nest, NULL));
	EXPECT_EQ(NULL, tb[NW_A_STATS_GONE]);
	for (i = NW_A_STATS_VERSION; i < NW_A_STATS_GONE; i++) {
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

	nw_talk(&self->net.nw, nw_request(&self->net.nw, NW_CMD_STATS_GET, 0), kept_take,
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

static int get_link(struct net *net, int ifindex, struct kept *kept, struct ack *ack)
{
	struct nl_msg *msg = nw_request(&net->nw, NW_CMD_LINK_GET, 0);

	*kept = (struct kept){ .attr = NW_A_LINK };
	nla_put_u32(msg, NW_A_IFINDEX, ifindex);
	return nw_talk(&net->nw, msg, kept_take, kept, ack);
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
	nw_talk(&net->nw, nw_request(&net->nw, cmd, NLM_F_DUMP), kept_take, kept, ack);
}

TEST_F(get, dumps_of_every_command)
{
	struct kept kept;
	struct ack ack;

	ASSERT_EQ(0, rt_neigh(self->net.rt, self->net.ifindex, "192.0.2.1", NUD_STALE, MAC));
	ASSERT_EQ(0, rt_neigh(self->net.rt, self->net.ifindex, "2001:db8::1", NUD_STALE, MAC));
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

TEST_HARNESS_MAIN
