// SPDX-License-Identifier: GPL-2.0
/* What the module keeps of a neighbour: its life as it was made. */
#include "kselftest_harness.h"
#include "kapi.h"

#define MAC_A "02:00:00:00:00:0a"
#define MAC_B "02:00:00:00:00:0b"

FIXTURE(neigh)
{
	struct net net;
};

FIXTURE_SETUP(neigh)
{
	const char *missing = net_setup(&self->net);

	ASSERT_EQ(NULL, missing) TH_LOG("%s", missing);
}

FIXTURE_TEARDOWN(neigh)
{
	net_teardown(&self->net);
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
	nw_talk(&net->nw, neigh_request(net, addr), kept_take, kept, &ack);
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

TEST_F(neigh, state_and_steps)
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

TEST_F(neigh, ipv6)
{
	struct nlattr *tb[NW_A_NEIGH_MAX + 1];
	struct kept kept;

	ASSERT_EQ(0, rt_neigh(self->net.rt, self->net.ifindex, "2001:db8::1", NUD_REACHABLE,
			      MAC_A));
	ASSERT_EQ(0, get_neigh(&self->net, "2001:db8::1", tb, &kept));
	EXPECT_EQ(NUD_REACHABLE, nla_get_u8(tb[NW_A_NEIGH_STATE]));
	EXPECT_EQ(16, nla_len(tb[NW_A_NEIGH_ADDR]));
}

TEST_F(neigh, moved)
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

TEST_F(neigh, gone)
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

TEST_F(neigh, keeps_its_outage)
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

TEST_F(neigh, keeps_eight_steps_and_four_outages)
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

TEST_F(neigh, unknown)
{
	struct ack ack;

	nw_talk(&self->net.nw, neigh_request(&self->net, "192.0.2.99"), NULL, NULL, &ack);
	EXPECT_EQ(ENOENT, ack.error);
	EXPECT_NE(0, ack.text[0]);
}

TEST_F(neigh, is_a_gateway_while_a_route_says_so)
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
