// SPDX-License-Identifier: GPL-2.0
/* Other namespaces as the initial one sees them, alive and dead. */
#include "kselftest_harness.h"
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>
#include "kapi.h"

#define MAC "02:00:00:00:00:0a"

FIXTURE(netns)
{
	struct nw nw;
	struct peer peer;
	uint64_t cookie, portid, ino;
};

/* A namespace with one device and one neighbour; alive until the parent says. */
static int inhabitant(struct peer *parent, void *arg)
{
	struct nl_sock *rt = rt_open();
	int ifindex = rt_dummy(rt, "nwk-in");

	REQUIRE(ifindex > 0);
	REQUIRE(rt_neigh(rt, ifindex, "192.0.2.1", NUD_STALE, MAC) == 0);
	peer_tell(parent, netns_cookie());
	peer_tell(parent, netns_ino());
	peer_tell(parent, nl_socket_get_local_port(rt));
	while (peer_hear(parent))
		REQUIRE(rt_neigh(rt, ifindex, "192.0.2.1", NUD_PERMANENT, MAC) == 0);
	return 0;
}

FIXTURE_SETUP(netns)
{
	ASSERT_EQ(0, nw_open(&self->nw)) TH_LOG("is the module loaded?");
	ASSERT_EQ(0, peer_start(&self->peer, IN_NEW_NETNS, inhabitant, NULL));
	self->cookie = peer_hear(&self->peer);
	self->ino = peer_hear(&self->peer);
	self->portid = peer_hear(&self->peer);
	ASSERT_NE(0, self->cookie) TH_LOG("no namespace");
}

FIXTURE_TEARDOWN(netns)
{
	if (self->peer.pid)
		EXPECT_EQ(0, peer_end(&self->peer));
	nw_close(&self->nw);
}

/* Records of the foreign namespace: its neighbour's, and who was behind them. */
struct foreign {
	unsigned int changes, with_portid, with_names;
	unsigned int removed;
	uint32_t pid, portid;
	char comm[20], parent[20];
};

static void take_foreign(const struct record *record, void *arg)
{
	struct foreign *foreign = arg;

	if (record->type != NW_TYPE_NEIGH)
		return;
	foreign->changes++;
	foreign->removed += record->new == NW_NUD_ABSENT;
	if (record->has_portid) {
		foreign->with_portid++;
		foreign->portid = record->portid;
	}
	if (!record->has_pid)
		return;
	foreign->with_names++;
	foreign->pid = record->pid;
	strcpy(foreign->comm, record->comm);
	strcpy(foreign->parent, record->parent);
}

/* The history of the namespace @cookie, 0 for the caller's own. */
static int history_of(struct nw *nw, uint64_t cookie, struct foreign *foreign,
		      struct stream *stream)
{
	struct nl_msg *msg = nw_request(nw, NW_CMD_HISTORY_GET, NLM_F_DUMP);
	struct ack ack;

	*foreign = (struct foreign){ };
	*stream = (struct stream){ .each = take_foreign, .arg = foreign };
	if (cookie)
		nla_put_u64(msg, NW_A_NETNS_COOKIE, cookie);
	return nw_talk(nw, msg, stream_take, stream, &ack);
}

TEST_F(netns, history_by_cookie)
{
	struct foreign foreign;
	struct stream stream;

	ASSERT_EQ(0, history_of(&self->nw, self->cookie, &foreign, &stream));
	EXPECT_EQ(NULL, stream.error) TH_LOG("%s", stream.error);
	EXPECT_EQ(self->cookie, stream.cookie);
	EXPECT_EQ(0, stream.gaps);
	EXPECT_EQ(2, foreign.changes);
}

/* Numbers of pids and names belong to the initial namespace's readers. */
TEST_F(netns, the_initial_namespace_is_told_who)
{
	struct foreign foreign;
	struct stream stream;
	char comm[20] = "";

	prctl(PR_GET_NAME, comm);
	ASSERT_EQ(0, history_of(&self->nw, self->cookie, &foreign, &stream));
	EXPECT_LT(0, foreign.with_names);
	EXPECT_EQ(self->peer.pid, foreign.pid);
	EXPECT_STREQ("kapi-peer", foreign.comm);
	EXPECT_STREQ(comm, foreign.parent);
	EXPECT_EQ(self->portid, foreign.portid);
}

static int is_not_told_who(struct peer *parent, void *arg)
{
	struct foreign foreign;
	struct stream stream;
	struct nl_sock *rt = rt_open();
	struct nw nw;

	REQUIRE(nw_open(&nw) == 0);
	REQUIRE(rt_neigh(rt, rt_dummy(rt, "nwk-who"), "192.0.2.1", NUD_STALE, MAC) == 0);
	REQUIRE(history_of(&nw, 0, &foreign, &stream) == 0);
	REQUIRE(!stream.error);
	REQUIRE(foreign.changes == 2);
	REQUIRE(foreign.with_portid > 0);
	REQUIRE(foreign.portid == nl_socket_get_local_port(rt));
	REQUIRE(foreign.with_names == 0);
	return 0;
}

TEST_F(netns, another_namespace_is_not_told_who)
{
	EXPECT_EQ(0, run_as(IN_NEW_NETNS, is_not_told_who, NULL));
}

TEST_F(netns, a_user_namespace_is_not_told_who)
{
	EXPECT_EQ(0, run_as(AS_NOBODY_IN_OWN_USERNS, is_not_told_who, NULL));
}

/* Hooks serve all namespaces: what they missed is not for each of them to know. */
static int misses_told(struct nw *nw)
{
	struct nlattr *tb[NW_A_SOURCE_MAX + 1], *attr;
	struct kept kept = { .attr = NW_A_STATS };
	int left, told = 0;
	struct ack ack;

	nw_talk(nw, nw_request(nw, NW_CMD_STATS_GET, 0), kept_take, &kept, &ack);
	if (!kept.nest)
		return -1;
	nla_for_each_nested(attr, kept.nest, left)
		if (nla_type(attr) == NW_A_STATS_SOURCE &&
		    !nla_parse_nested(tb, NW_A_SOURCE_MAX, attr, NULL))
			told += !!tb[NW_A_SOURCE_MISSED];
	free(kept.nest);
	return told;
}

static int is_not_told_misses(struct peer *parent, void *arg)
{
	struct nw nw;

	REQUIRE(nw_open(&nw) == 0);
	REQUIRE(misses_told(&nw) == 0);
	return 0;
}

TEST_F(netns, only_the_initial_namespace_is_told_what_hooks_missed)
{
	/* As many as there are kprobes. */
	EXPECT_LE(1, misses_told(&self->nw));
	EXPECT_EQ(0, run_as(IN_NEW_NETNS, is_not_told_misses, NULL));
	EXPECT_EQ(0, run_as(AS_NOBODY_IN_OWN_USERNS, is_not_told_misses, NULL));
}

/* Messages of one namespace among those of all. */
struct census {
	uint64_t cookie, ino;
	unsigned int ours, records, others;
};

static void take_census(const struct answer *answer, void *arg)
{
	struct census *census = arg;
	struct nlattr *attr;
	int left;

	if (!answer->attrs[NW_A_NETNS_COOKIE] || !answer->attrs[NW_A_NETNS_INO])
		return;
	if (nla_get_u64(answer->attrs[NW_A_NETNS_COOKIE]) != census->cookie) {
		census->others++;
		return;
	}
	census->ours++;
	census->ino = nla_get_u32(answer->attrs[NW_A_NETNS_INO]);
	nla_for_each_attr(attr, answer->first, answer->length, left)
		census->records += nla_type(attr) == NW_A_RECORD;
}

static int dump_all(struct nw *nw, int cmd, struct census *census)
{
	struct nl_msg *msg = nw_request(nw, cmd, NLM_F_DUMP);
	struct ack ack;

	nla_put_flag(msg, NW_A_ALL_NETNS);
	return nw_talk(nw, msg, take_census, census, &ack);
}

TEST_F(netns, dumps_of_all_namespaces_have_it_and_the_initial_one)
{
	static const int dumps[] = { NW_CMD_STATS_GET, NW_CMD_NEIGH_GET, NW_CMD_LINK_GET,
				     NW_CMD_HISTORY_GET };
	struct nl_sock *rt = rt_open();
	int ifindex = rt_dummy(rt, "nwk-init");
	unsigned int i;

	ASSERT_GT(ifindex, 0);
	EXPECT_EQ(0, rt_neigh(rt, ifindex, "192.0.2.1", NUD_STALE, MAC));
	for (i = 0; i < sizeof(dumps) / sizeof(*dumps); i++) {
		struct census census = { .cookie = self->cookie };

		EXPECT_EQ(0, dump_all(&self->nw, dumps[i], &census));
		EXPECT_LT(0, census.ours) TH_LOG("command %d", dumps[i]);
		EXPECT_LT(0, census.others) TH_LOG("command %d", dumps[i]);
		EXPECT_EQ(self->ino, census.ino);
	}
	EXPECT_EQ(0, rt_link_del(rt, ifindex));
	nl_socket_free(rt);
}

TEST_F(netns, the_group_of_all_namespaces_hears_it_and_the_own_group_does_not)
{
	struct census all = { .cookie = self->cookie }, own = { .cookie = self->cookie };
	uint64_t deadline = deadline_in(5000);
	struct nw listener;

	ASSERT_EQ(0, nw_open(&listener));
	ASSERT_EQ(0, nw_join(&listener, listener.events));
	ASSERT_EQ(0, nw_join(&self->nw, self->nw.all));
	/* What its beginning left to be sent passes by first. */
	while (nw_receive(&self->nw, deadline_in(200), take_census, &all) > 0)
		;
	all = (struct census){ .cookie = self->cookie };
	peer_tell(&self->peer, 1);
	while (!all.records && nw_receive(&self->nw, deadline, take_census, &all) > 0)
		;
	EXPECT_EQ(1, all.records);
	EXPECT_EQ(self->ino, all.ino);
	while (nw_receive(&listener, deadline_in(200), take_census, &own) > 0)
		;
	EXPECT_EQ(0, own.ours);
	nw_close(&listener);
}

/* Deletion is asynchronous: poll until the neighbour's removal is there. */
static int await_death(struct nw *nw, uint64_t cookie, struct foreign *foreign,
		       struct stream *stream)
{
	uint64_t deadline = deadline_in(15000);
	int error;

	do {
		error = history_of(nw, cookie, foreign, stream);
		usleep(50000);
	} while (!error && !foreign->removed && now_mono() < deadline);
	return error;
}

TEST_F(netns, a_dead_namespaces_history_stays)
{
	struct census census = { .cookie = self->cookie };
	struct foreign foreign, again;
	struct stream stream;

	EXPECT_EQ(0, peer_end(&self->peer));
	self->peer.pid = 0;
	ASSERT_EQ(0, await_death(&self->nw, self->cookie, &foreign, &stream));
	EXPECT_EQ(1, foreign.removed);
	/* Wait for its end proper; nothing may come after that. */
	usleep(500000);
	ASSERT_EQ(0, history_of(&self->nw, self->cookie, &again, &stream));
	EXPECT_EQ(NULL, stream.error) TH_LOG("%s", stream.error);
	EXPECT_EQ(foreign.changes, again.changes);
	EXPECT_EQ(0, stream.gaps);
	EXPECT_EQ(0, dump_all(&self->nw, NW_CMD_HISTORY_GET, &census));
	EXPECT_LT(0, census.records);
	EXPECT_EQ(self->ino, census.ino);
}

static int asks_for_the_dead(struct peer *parent, void *arg)
{
	struct foreign foreign;
	struct stream stream;
	struct nw nw;

	REQUIRE(nw_open(&nw) == 0);
	REQUIRE(history_of(&nw, *(uint64_t *)arg, &foreign, &stream) == -EPERM);
	return 0;
}

TEST_F(netns, a_dead_namespaces_history_is_for_the_initial_one_only)
{
	struct foreign foreign;
	struct stream stream;

	EXPECT_EQ(0, peer_end(&self->peer));
	self->peer.pid = 0;
	ASSERT_EQ(0, await_death(&self->nw, self->cookie, &foreign, &stream));
	EXPECT_EQ(0, run_as(IN_NEW_NETNS, asks_for_the_dead, &self->cookie));
}

TEST_HARNESS_MAIN
