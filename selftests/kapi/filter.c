// SPDX-License-Identifier: GPL-2.0
/* Dumps are filtered in the kernel: exactly what was asked for comes back. */
#include "kselftest_harness.h"
#include <pthread.h>
#include <stdlib.h>
#include "kapi.h"

#define MAC "02:00:00:00:00:0a"

FIXTURE(filter)
{
	struct net net;
	int other;
	uint64_t middle;	/* CLOCK_MONOTONIC between the two devices' neighbours */
};

/* Two devices, on each two networks of IPv4 and one of IPv6. */
static int populate(struct nl_sock *rt, int ifindex)
{
	static const char *const addrs[] = { "192.0.2.1", "192.0.2.2", "198.51.100.1",
					     "2001:db8::1", "2001:db8:0:1::1" };
	unsigned int i;
	int error = 0;

	for (i = 0; i < sizeof(addrs) / sizeof(*addrs) && !error; i++)
		error = rt_neigh(rt, ifindex, addrs[i], NUD_STALE, MAC);
	return error;
}

FIXTURE_SETUP(filter)
{
	const char *missing = net_setup(&self->net);

	ASSERT_EQ(NULL, missing) TH_LOG("%s", missing);
	self->other = rt_dummy(self->net.rt, "nwk1");
	ASSERT_GT(self->other, 0);
	ASSERT_EQ(0, populate(self->net.rt, self->net.ifindex));
	self->middle = now_mono();
	ASSERT_EQ(0, populate(self->net.rt, self->other));
}

FIXTURE_TEARDOWN(filter)
{
	net_teardown(&self->net);
}

static struct nl_msg *dump_of(struct net *net, int cmd)
{
	return nw_request(&net->nw, cmd, NLM_F_DUMP);
}

static void put_addr(struct nl_msg *msg, const char *addr, int prefix)
{
	uint8_t bytes[16];
	int length = parse_addr(addr, bytes);

	nla_put_u8(msg, NW_A_FAMILY, length == 16 ? AF_INET6 : AF_INET);
	nla_put(msg, NW_A_ADDR, length, bytes);
	if (prefix >= 0)
		nla_put_u8(msg, NW_A_PREFIX_LEN, prefix);
}

/* Number of answers to a dump, -errno when it is refused. */
static int answers(struct net *net, struct nl_msg *msg)
{
	struct ack ack;
	int error = nw_talk(&net->nw, msg, NULL, NULL, &ack);

	return error ? error : ack.messages;
}

static int neighs(struct net *net, int ifindex, const char *addr, int prefix)
{
	struct nl_msg *msg = dump_of(net, NW_CMD_NEIGH_GET);

	if (ifindex)
		nla_put_u32(msg, NW_A_IFINDEX, ifindex);
	if (addr)
		put_addr(msg, addr, prefix);
	return answers(net, msg);
}

TEST_F(filter, neighbours_by_device)
{
	EXPECT_EQ(10, neighs(&self->net, 0, NULL, -1));
	EXPECT_EQ(5, neighs(&self->net, self->net.ifindex, NULL, -1));
	EXPECT_EQ(5, neighs(&self->net, self->other, NULL, -1));
	EXPECT_EQ(0, neighs(&self->net, 4711, NULL, -1));
}

TEST_F(filter, neighbours_by_family)
{
	struct nl_msg *msg = dump_of(&self->net, NW_CMD_NEIGH_GET);

	nla_put_u8(msg, NW_A_FAMILY, AF_INET);
	EXPECT_EQ(6, answers(&self->net, msg));
	msg = dump_of(&self->net, NW_CMD_NEIGH_GET);
	nla_put_u8(msg, NW_A_FAMILY, AF_INET6);
	EXPECT_EQ(4, answers(&self->net, msg));
}

TEST_F(filter, neighbours_by_address_and_prefix)
{
	EXPECT_EQ(2, neighs(&self->net, 0, "192.0.2.1", -1));
	EXPECT_EQ(1, neighs(&self->net, self->other, "192.0.2.1", -1));
	EXPECT_EQ(2, neighs(&self->net, 0, "192.0.2.1", 32));
	EXPECT_EQ(4, neighs(&self->net, 0, "192.0.2.0", 24));
	EXPECT_EQ(4, neighs(&self->net, 0, "192.0.2.0", 30));
	EXPECT_EQ(2, neighs(&self->net, 0, "192.0.2.2", 31));
	EXPECT_EQ(6, neighs(&self->net, 0, "0.0.0.0", 0));
	EXPECT_EQ(0, neighs(&self->net, 0, "203.0.113.0", 24));
}

TEST_F(filter, neighbours_by_prefix_of_ipv6)
{
	EXPECT_EQ(2, neighs(&self->net, 0, "2001:db8::1", 128));
	EXPECT_EQ(2, neighs(&self->net, 0, "2001:db8::", 64));
	EXPECT_EQ(4, neighs(&self->net, 0, "2001:db8::", 63));
	EXPECT_EQ(4, neighs(&self->net, 0, "::", 0));
	EXPECT_EQ(2, neighs(&self->net, self->other, "2001:db8::", 32));
}

TEST_F(filter, links_by_device)
{
	struct nl_msg *msg = dump_of(&self->net, NW_CMD_LINK_GET);

	nla_put_u32(msg, NW_A_IFINDEX, self->other);
	EXPECT_EQ(1, answers(&self->net, msg));
}

TEST_F(filter, next_hops_by_device_and_family)
{
	struct nl_msg *msg;

	ASSERT_EQ(0, rt_addr(self->net.rt, self->net.ifindex, "192.0.2.100", 24, true));
	ASSERT_EQ(0, rt_addr(self->net.rt, self->other, "198.51.100.100", 24, true));
	ASSERT_EQ(0, rt_addr(self->net.rt, self->other, "2001:db8::100", 64, true));
	ASSERT_EQ(0, rt_route(self->net.rt, self->net.ifindex, NULL, 0, "192.0.2.1", true));
	ASSERT_EQ(0, rt_route(self->net.rt, self->other, "10.0.0.0", 8, "198.51.100.1", true));
	ASSERT_EQ(0, rt_route(self->net.rt, self->other, NULL, 0, "2001:db8::1", true));
	EXPECT_EQ(3, answers(&self->net, dump_of(&self->net, NW_CMD_NEXTHOP_GET)));
	msg = dump_of(&self->net, NW_CMD_NEXTHOP_GET);
	nla_put_u32(msg, NW_A_IFINDEX, self->other);
	EXPECT_EQ(2, answers(&self->net, msg));
	msg = dump_of(&self->net, NW_CMD_NEXTHOP_GET);
	nla_put_u8(msg, NW_A_FAMILY, AF_INET6);
	EXPECT_EQ(1, answers(&self->net, msg));
}

/* What must hold for every record of a filtered history. */
struct want {
	unsigned int types;
	uint32_t ifindex;
	uint8_t family;
	uint64_t since_mono;
	unsigned int wrong, changes;
};

static void check_want(const struct record *record, void *arg)
{
	struct want *want = arg;

	if (want->types && !(want->types & 1 << record->type))
		want->wrong++;
	if (want->ifindex && record->ifindex != want->ifindex)
		want->wrong++;
	if (want->family && record->family != want->family)
		want->wrong++;
	if (record->mono < want->since_mono)
		want->wrong++;
	if (record->type == NW_TYPE_NEIGH)
		want->changes++;
}

static uint64_t history(struct __test_metadata *_metadata, struct net *net,
			struct nl_msg *msg, struct want *want)
{
	struct stream stream = { .each = check_want, .arg = want };
	struct ack ack;

	EXPECT_EQ(0, nw_talk(&net->nw, msg, stream_take, &stream, &ack)) TH_LOG("%s", ack.text);
	EXPECT_EQ(NULL, stream.error) TH_LOG("%s", stream.error);
	EXPECT_EQ(0, want->wrong);
	EXPECT_LT(0, ack.messages);
	return stream.received;
}

TEST_F(filter, history_by_type)
{
	struct want want = { .types = 1 << NW_TYPE_NEIGH };
	struct nl_msg *msg = dump_of(&self->net, NW_CMD_HISTORY_GET);

	nla_put_u32(msg, NW_A_TYPES, want.types);
	/* Each of 10 neighbours was created and then set. */
	EXPECT_EQ(20, history(_metadata, &self->net, msg, &want));
	want = (struct want){ .types = 1 << NW_TYPE_LINK_ADMIN | 1 << NW_TYPE_CARRIER };
	msg = dump_of(&self->net, NW_CMD_HISTORY_GET);
	nla_put_u32(msg, NW_A_TYPES, want.types);
	EXPECT_LT(0, history(_metadata, &self->net, msg, &want));
	EXPECT_EQ(0, want.changes);
}

TEST_F(filter, history_by_device)
{
	struct want want = { .ifindex = self->other };
	struct nl_msg *msg = dump_of(&self->net, NW_CMD_HISTORY_GET);

	nla_put_u32(msg, NW_A_IFINDEX, want.ifindex);
	history(_metadata, &self->net, msg, &want);
	EXPECT_EQ(10, want.changes);
}

TEST_F(filter, history_by_address_and_prefix)
{
	struct want want = { .family = AF_INET };
	struct nl_msg *msg = dump_of(&self->net, NW_CMD_HISTORY_GET);

	put_addr(msg, "192.0.2.1", -1);
	history(_metadata, &self->net, msg, &want);
	EXPECT_EQ(4, want.changes);
	want = (struct want){ .family = AF_INET6 };
	msg = dump_of(&self->net, NW_CMD_HISTORY_GET);
	put_addr(msg, "2001:db8::", 64);
	history(_metadata, &self->net, msg, &want);
	EXPECT_EQ(4, want.changes);
}

TEST_F(filter, history_since_a_time)
{
	struct want want = { .since_mono = self->middle };
	struct nl_msg *msg = dump_of(&self->net, NW_CMD_HISTORY_GET);

	nla_put_u64(msg, NW_A_SINCE_MONO, want.since_mono);
	history(_metadata, &self->net, msg, &want);
	EXPECT_EQ(10, want.changes);
}

TEST_F(filter, history_since_a_number)
{
	uint64_t next = nw_next_seq(&self->net.nw);
	struct stream stream = { .next = next - 7 };
	struct ack ack;

	ASSERT_EQ(0, stream_history(&self->net.nw, next - 7, &stream, &ack));
	EXPECT_EQ(NULL, stream.error) TH_LOG("%s", stream.error);
	EXPECT_EQ(7, stream.received);
	EXPECT_EQ(0, stream.gaps);
	EXPECT_EQ(next, stream.next);
}

TEST_F(filter, history_of_nothing_still_says_where_it_stands)
{
	uint64_t next = nw_next_seq(&self->net.nw);
	struct stream stream = { };
	struct ack ack;

	ASSERT_EQ(0, stream_history(&self->net.nw, next, &stream, &ack));
	EXPECT_EQ(1, ack.messages);
	EXPECT_EQ(0, stream.received);
	EXPECT_EQ(next, stream.next_seq);
}

TEST_F(filter, history_is_gapless)
{
	struct stream stream = { };
	struct ack ack;

	ASSERT_EQ(0, stream_history(&self->net.nw, 0, &stream, &ack));
	EXPECT_EQ(NULL, stream.error) TH_LOG("%s", stream.error);
	EXPECT_EQ(0, stream.gaps);
	EXPECT_EQ(0, stream.told_lost);
	EXPECT_EQ(stream.next_seq, stream.next);
	EXPECT_EQ(nw_next_seq(&self->net.nw), stream.next);
}

struct churn {
	int ifindex;
	volatile bool stop;
};

/* Neighbours that come and go while another thread dumps. */
static void *churn(void *arg)
{
	struct nl_sock *rt = rt_open();
	struct churn *churn = arg;
	char addr[32];
	unsigned int i;

	for (i = 0; !churn->stop; i++) {
		snprintf(addr, sizeof(addr), "203.0.113.%u", i % 200 + 1);
		rt_neigh(rt, churn->ifindex, addr, NUD_STALE, MAC);
		rt_neigh_del(rt, churn->ifindex, addr);
	}
	nl_socket_free(rt);
	return NULL;
}

struct seen {
	unsigned int times, malformed;
};

static void count_fixed(const struct answer *answer, void *arg)
{
	static const uint8_t fixed[4] = { 198, 51, 100, 1 };
	struct nlattr *tb[NW_A_NEIGH_MAX + 1];
	struct seen *seen = arg;

	if (!answer->attrs[NW_A_NEIGH] || answer->malformed ||
	    nla_parse_nested(tb, NW_A_NEIGH_MAX, answer->attrs[NW_A_NEIGH], NULL)) {
		seen->malformed++;
		return;
	}
	if (nla_len(tb[NW_A_NEIGH_ADDR]) == 4 &&
	    !memcmp(nla_data(tb[NW_A_NEIGH_ADDR]), fixed, 4))
		seen->times++;
}

/*
 * An entry that stays is in each dump once on each device, or the dump says that
 * it was interrupted and is asked for again.
 */
TEST_F(filter, dump_survives_change)
{
	struct churn state = { .ifindex = self->net.ifindex };
	pthread_t thread;
	struct seen seen;
	struct ack ack;
	int round;

	ASSERT_EQ(0, pthread_create(&thread, NULL, churn, &state));
	for (round = 0; round < 20; round++) {
		seen = (struct seen){ };
		nw_talk(&self->net.nw, dump_of(&self->net, NW_CMD_NEIGH_GET), count_fixed,
			&seen, &ack);
		EXPECT_EQ(0, ack.error);
		EXPECT_EQ(0, seen.malformed);
		if (!ack.interrupted)
			EXPECT_EQ(2, seen.times) TH_LOG("dump %d", round);
	}
	state.stop = true;
	pthread_join(thread, NULL);
}

TEST_HARNESS_MAIN
