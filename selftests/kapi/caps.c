// SPDX-License-Identifier: GPL-2.0
/* Who may read what. Run by root in the initial namespaces. */
#include "kselftest_harness.h"
#include "kapi.h"

#define MAC "02:00:00:00:00:0a"

FIXTURE(caps)
{
	struct nw nw;
	struct nl_sock *rt;
	int ifindex;
	uint64_t cookie;
};

FIXTURE_SETUP(caps)
{
	ASSERT_EQ(0, nw_open(&self->nw)) TH_LOG("is the module loaded?");
	self->rt = rt_open();
	self->ifindex = rt_dummy(self->rt, "nwk-caps");
	ASSERT_GT(self->ifindex, 0) TH_LOG("no dummy device");
	self->cookie = netns_cookie();
}

FIXTURE_TEARDOWN(caps)
{
	rt_link_del(self->rt, self->ifindex);
	nl_socket_free(self->rt);
	nw_close(&self->nw);
}

static const int dumps[] = { NW_CMD_STATS_GET, NW_CMD_NEIGH_GET, NW_CMD_LINK_GET,
			     NW_CMD_NEXTHOP_GET, NW_CMD_HISTORY_GET };
#define DUMPS (sizeof(dumps) / sizeof(*dumps))

static int ask(struct nw *nw, int cmd, int flags)
{
	struct ack ack;

	return nw_talk(nw, nw_request(nw, cmd, flags), NULL, NULL, &ack);
}

static int refused_everything(struct peer *parent, void *arg)
{
	struct nw nw;
	unsigned int i;

	REQUIRE(nw_open(&nw) == 0);
	for (i = 0; i < DUMPS; i++)
		REQUIRE(ask(&nw, dumps[i], NLM_F_DUMP) == -EPERM);
	REQUIRE(ask(&nw, NW_CMD_STATS_GET, 0) == -EPERM);
	REQUIRE(ask(&nw, NW_CMD_NEIGH_GET, 0) == -EPERM);
	REQUIRE(ask(&nw, NW_CMD_LINK_GET, 0) == -EPERM);
	REQUIRE(nw_join(&nw, nw.events) == -EPERM);
	REQUIRE(nw_join(&nw, nw.all) == -EPERM);
	return 0;
}

TEST_F(caps, a_user_without_the_capability_gets_nothing)
{
	EXPECT_EQ(0, run_as(AS_NOBODY, refused_everything, NULL));
}

/* A request for every namespace, or for that of @cookie. */
static int ask_beyond(struct nw *nw, int cmd, int flags, uint64_t cookie, struct ack *ack)
{
	struct nl_msg *msg = nw_request(nw, cmd, flags);

	if (cookie)
		nla_put_u64(msg, NW_A_NETNS_COOKIE, cookie);
	else
		nla_put_flag(msg, NW_A_ALL_NETNS);
	return nw_talk(nw, msg, NULL, NULL, ack);
}

/* The refusals that a reader outside the initial namespace has to get. */
static int refused_beyond(struct nw *nw, uint64_t cookie)
{
	struct ack ack;
	unsigned int i;

	for (i = 0; i < DUMPS; i++) {
		REQUIRE(ask_beyond(nw, dumps[i], NLM_F_DUMP, 0, &ack) == -EPERM);
		REQUIRE(ack.text[0]);
		REQUIRE(ack.messages == 0);
		if (dumps[i] == NW_CMD_STATS_GET)
			continue;
		REQUIRE(ask_beyond(nw, dumps[i], NLM_F_DUMP, cookie, &ack) == -EPERM);
		REQUIRE(ack.text[0]);
		REQUIRE(ack.messages == 0);
	}
	REQUIRE(ask_beyond(nw, NW_CMD_STATS_GET, 0, cookie, &ack) == -EPERM);
	REQUIRE(ack.text[0]);
	return 0;
}

/* The same refusal for a namespace that is not there: it must tell nothing. */
static int only_its_own(struct peer *parent, void *arg)
{
	uint64_t cookie = *(uint64_t *)arg;
	struct nw nw;

	REQUIRE(nw_open(&nw) == 0);
	REQUIRE(ask(&nw, NW_CMD_STATS_GET, 0) == 0);
	REQUIRE(ask(&nw, NW_CMD_HISTORY_GET, NLM_F_DUMP) == 0);
	REQUIRE(nw_join(&nw, nw.events) == 0);
	REQUIRE(refused_beyond(&nw, cookie) == 0);
	REQUIRE(refused_beyond(&nw, 0x123456789abcull) == 0);
	return 0;
}

TEST_F(caps, a_user_with_the_capability_in_his_own_namespaces_reads_only_these)
{
	EXPECT_EQ(0, run_as(AS_NOBODY_IN_OWN_USERNS, only_its_own, &self->cookie));
}

TEST_F(caps, root_of_another_network_namespace_reads_only_that)
{
	EXPECT_EQ(0, run_as(IN_NEW_NETNS, only_its_own, &self->cookie));
}

TEST_F(caps, root_of_the_initial_namespaces_reads_all)
{
	struct ack ack;
	unsigned int i;

	for (i = 0; i < DUMPS; i++) {
		EXPECT_EQ(0, ask_beyond(&self->nw, dumps[i], NLM_F_DUMP, 0, &ack)) {
			TH_LOG("command %d: %s", dumps[i], ack.text);
		}
		if (dumps[i] == NW_CMD_STATS_GET)
			continue;
		EXPECT_EQ(0, ask_beyond(&self->nw, dumps[i], NLM_F_DUMP, self->cookie, &ack)) {
			TH_LOG("command %d: %s", dumps[i], ack.text);
		}
	}
	EXPECT_EQ(0, ask_beyond(&self->nw, NW_CMD_STATS_GET, 0, self->cookie, &ack));
	EXPECT_EQ(0, nw_join(&self->nw, self->nw.all));
}

TEST_F(caps, a_namespace_that_is_not_there)
{
	struct ack ack;

	EXPECT_EQ(-ENOENT, ask_beyond(&self->nw, NW_CMD_STATS_GET, 0, 0x123456789abcull, &ack));
	EXPECT_NE(0, ack.text[0]);
	EXPECT_EQ(-ENOENT, ask_beyond(&self->nw, NW_CMD_HISTORY_GET, NLM_F_DUMP,
				      0x123456789abcull, &ack));
	EXPECT_NE(0, ack.text[0]);
}

/* A socket that root opened gives its user nothing that he has not himself. */
static int with_roots_socket(struct peer *parent, void *arg)
{
	struct nw *nw = arg;

	REQUIRE(ask(nw, NW_CMD_STATS_GET, 0) == -EPERM);
	REQUIRE(ask(nw, NW_CMD_HISTORY_GET, NLM_F_DUMP) == -EPERM);
	return 0;
}

TEST_F(caps, a_socket_does_not_carry_roots_rights)
{
	EXPECT_EQ(0, run_as(AS_NOBODY, with_roots_socket, &self->nw));
}

/* A root in another namespace must not get further with a socket of ours. */
static int with_initial_socket(struct peer *parent, void *arg)
{
	struct nw *nw = arg;
	struct ack ack;

	REQUIRE(ask_beyond(nw, NW_CMD_HISTORY_GET, NLM_F_DUMP, 0, &ack) == -EPERM);
	REQUIRE(nw_join(nw, nw->all) == -EPERM);
	return 0;
}

TEST_F(caps, a_user_namespace_gets_no_further_with_a_socket_of_the_initial_one)
{
	EXPECT_EQ(0, run_as(AS_NOBODY_IN_OWN_USERNS, with_initial_socket, &self->nw));
}

struct figures {
	uint64_t next_seq, neighs, links, nexthops, routes;
};

static struct figures figures(struct nw *nw)
{
	return (struct figures) {
		nw_next_seq(nw), nw_stat(nw, NW_A_STATS_NEIGHS), nw_stat(nw, NW_A_STATS_LINKS),
		nw_stat(nw, NW_A_STATS_NEXTHOPS), nw_stat(nw, NW_A_STATS_ROUTES),
	};
}

/*
 * While the parent makes records in the initial namespace this sees none of
 * them; what it does itself it sees, so that silence is not deafness.
 */
static int sees_only_its_own(struct peer *parent, void *arg)
{
	struct stream own = { }, quiet = { };
	struct figures before, after;
	struct nl_sock *rt;
	struct nw nw;
	int ifindex;

	REQUIRE(nw_open(&nw) == 0);
	rt = rt_open();
	ifindex = rt_dummy(rt, "nwk-own");
	REQUIRE(ifindex > 0);
	own.ifindex = ifindex;
	REQUIRE(nw_join(&nw, nw.events) == 0);
	/* Before 6.12 a family is not asked who joins: then it has to stay silent. */
	REQUIRE(nw_join(&nw, nw.all) == 0 || errno == EPERM);
	while (nw_receive(&nw, deadline_in(100), stream_take, &quiet) > 0)
		;
	before = figures(&nw);
	peer_tell(parent, 1);
	REQUIRE(peer_hear(parent) == 2);
	REQUIRE(nw_receive(&nw, deadline_in(200), stream_take, &quiet) == 0);
	after = figures(&nw);
	REQUIRE(memcmp(&before, &after, sizeof(before)) == 0);
	REQUIRE(rt_neigh(rt, ifindex, "203.0.113.77", NUD_STALE, MAC) == 0);
	while (own.neighs < 2 && nw_receive(&nw, deadline_in(2000), stream_take, &own) > 0)
		;
	REQUIRE(own.neighs == 2);
	REQUIRE(own.cookie == netns_cookie());
	REQUIRE(!own.error);
	return 0;
}

static int make_records(struct nl_sock *rt, int ifindex)
{
	return rt_neigh(rt, ifindex, "192.0.2.66", NUD_STALE, MAC) ||
	       rt_addr(rt, ifindex, "192.0.2.67", 24, true) ||
	       rt_route(rt, ifindex, "198.51.100.0", 24, "192.0.2.66", true) ||
	       rt_neigh_del(rt, ifindex, "192.0.2.66");
}

static void expect_isolation(struct __test_metadata *_metadata, struct nl_sock *rt,
			     int ifindex, enum who who)
{
	struct peer peer;

	ASSERT_EQ(0, peer_start(&peer, who, sees_only_its_own, NULL));
	EXPECT_EQ(1, peer_hear(&peer));
	EXPECT_EQ(0, make_records(rt, ifindex));
	peer_tell(&peer, 2);
	/* Hears nothing more: this waits for the child to end. */
	peer_hear(&peer);
	EXPECT_EQ(0, peer_end(&peer));
}

TEST_F(caps, another_network_namespace_sees_nothing_of_ours)
{
	expect_isolation(_metadata, self->rt, self->ifindex, IN_NEW_NETNS);
}

TEST_F(caps, another_user_namespace_sees_nothing_of_ours)
{
	expect_isolation(_metadata, self->rt, self->ifindex, AS_NOBODY_IN_OWN_USERNS);
}

TEST_HARNESS_MAIN
