// SPDX-License-Identifier: GPL-2.0
/* The stream of records: in time, in order, and every loss counted. */
#include "kselftest_harness.h"
#include <pthread.h>
#include <stdlib.h>
#include "kapi.h"

#define MAC	"02:00:00:00:00:0a"
#define FLOOD	50000u
/* Limit of a flood; on a sanitizer kernel one record takes 2 ms. */
#define FLOOD_SECONDS 900

/* The initial namespace: its ring is the large one. */
FIXTURE(stream)
{
	struct nw nw, reader;
	struct nl_sock *rt;
	int ifindex;
};

FIXTURE_SETUP(stream)
{
	ASSERT_EQ(0, nw_open(&self->nw)) TH_LOG("is the module loaded?");
	ASSERT_EQ(0, nw_open(&self->reader));
	self->rt = rt_open();
	self->ifindex = rt_dummy(self->rt, "nwk-stream");
	ASSERT_GT(self->ifindex, 0);
	ASSERT_EQ(0, rt_toggle_setup(self->rt, self->ifindex));
}

FIXTURE_TEARDOWN(stream)
{
	rt_link_del(self->rt, self->ifindex);
	nl_socket_free(self->rt);
	nw_close(&self->reader);
	nw_close(&self->nw);
}

/* Join, and let what happened before pass by: the stream starts at its end. */
static void start(struct __test_metadata *_metadata, struct nw *reader, int ifindex,
		  struct stream *stream)
{
	*stream = (struct stream){ };
	ASSERT_EQ(0, nw_join(reader, reader->events));
	while (nw_receive(reader, deadline_in(150), stream_take, stream) > 0)
		;
	ASSERT_EQ(NULL, stream->error) TH_LOG("%s", stream->error);
	*stream = (struct stream){ .ifindex = ifindex, .next = nw_next_seq(reader) };
}

TEST_F(stream, a_record_is_out_in_time)
{
	struct stream stream;
	uint64_t made;

	start(_metadata, &self->reader, self->ifindex, &stream);
	made = now_mono();
	ASSERT_EQ(0, rt_toggle(self->rt, self->ifindex, 1));
	while (!stream.neighs &&
	       nw_receive(&self->reader, made + NS_PER_S, stream_take, &stream) > 0)
		;
	EXPECT_EQ(1, stream.neighs);
	/* 10 ms by design; an emulated machine with two busy hosts' cores gets more. */
	EXPECT_LT(now_mono() - made, 250 * NS_PER_MS);
	TH_LOG("first record out after %llu us", (now_mono() - made) / 1000);
}

TEST_F(stream, records_come_in_batches)
{
	struct stream stream;
	int messages = 0, got;

	nw_rcvbuf(&self->reader, 4 << 20);
	start(_metadata, &self->reader, self->ifindex, &stream);
	ASSERT_EQ(0, rt_toggle(self->rt, self->ifindex, 2000));
	while (stream.neighs < 2000) {
		got = nw_receive(&self->reader, deadline_in(2000), stream_take, &stream);
		if (got <= 0)
			break;
		messages += got;
	}
	EXPECT_EQ(2000, stream.neighs);
	EXPECT_EQ(0, stream.gaps);
	EXPECT_EQ(NULL, stream.error) TH_LOG("%s", stream.error);
	EXPECT_LT(messages, 500) TH_LOG("2000 records in %d messages", messages);
}

struct asked {
	int ifindex;
	unsigned int admin[NUD_NOARP + 1], others;
};

static void take_asked(const struct record *record, void *arg)
{
	struct asked *asked = arg;

	if (record->type != NW_TYPE_NEIGH || record->ifindex != (uint32_t)asked->ifindex)
		return;
	if (record->cause == NW_CAUSE_ADMIN && record->new <= NUD_NOARP)
		asked->admin[record->new]++;
	else
		asked->others++;
}

/*
 * DELAY starts a timer that is due at once. When the clock ticks before the call
 * announces what it did, the neighbour is REACHABLE again before any hook looks,
 * or the timer's announcement looks first: once in some 10,000 times.
 */
#define CYCLES 8000u
#define ROUNDS 5
#define ROUNDS_SLOW 1	/* a record takes 2 ms there */
TEST_F_TIMEOUT(stream, what_an_administrator_asks_for_is_recorded, FLOOD_SECONDS)
{
	static const int states[] = CYCLE;
	unsigned int wanted[NUD_NOARP + 1] = { 0 };
	struct asked asked = { .ifindex = self->ifindex };
	struct stream stream = { .each = take_asked, .arg = &asked };
	unsigned int rounds = getenv("NW_SLOW") ? ROUNDS_SLOW : ROUNDS;
	struct ack ack;
	uint64_t since;
	unsigned int i;

	ASSERT_EQ(0, rt_neigh(self->rt, self->ifindex, "192.0.2.1", NUD_DELAY,
			      "02:00:00:00:00:01"));
	/* As many as the ring holds. */
	for (i = 0; i < rounds; i++) {
		since = nw_next_seq(&self->nw);
		ASSERT_EQ(0, rt_cycle(self->rt, self->ifindex, CYCLES));
		ASSERT_EQ(0, stream_history(&self->nw, since, &stream, &ack));
	}
	EXPECT_EQ(NULL, stream.error) TH_LOG("%s", stream.error);
	for (i = 0; i < sizeof(states) / sizeof(*states); i++)
		wanted[states[i]] += rounds * CYCLES;
	for (i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
		EXPECT_EQ(wanted[i], asked.admin[i]) {
			TH_LOG("state 0x%02x", i);
		}
	}
	TH_LOG("the timer was seen %u times", asked.others);
}

struct flood {
	int ifindex;
	int error;
};

static void *flood(void *arg)
{
	struct nl_sock *rt = rt_open();
	struct flood *flood = arg;

	flood->error = rt_toggle(rt, flood->ifindex, FLOOD);
	nl_socket_free(rt);
	return NULL;
}

TEST_F_TIMEOUT(stream, a_reader_that_keeps_up_gets_all, FLOOD_SECONDS)
{
	struct flood state = { .ifindex = self->ifindex };
	struct stream stream;
	pthread_t thread;
	uint64_t first;

	nw_rcvbuf(&self->reader, 16 << 20);
	start(_metadata, &self->reader, self->ifindex, &stream);
	first = stream.next;
	ASSERT_EQ(0, pthread_create(&thread, NULL, flood, &state));
	while (stream.neighs < FLOOD &&
	       nw_receive(&self->reader, deadline_in(5000), stream_take, &stream) > 0)
		;
	pthread_join(thread, NULL);
	ASSERT_EQ(0, state.error);
	EXPECT_EQ(NULL, stream.error) TH_LOG("%s", stream.error);
	EXPECT_EQ(FLOOD, stream.neighs);
	EXPECT_EQ(0, stream.gaps);
	EXPECT_EQ(0, stream.told_lost);
	EXPECT_EQ(stream.received, stream.next - first);
	EXPECT_EQ(stream.next, nw_next_seq(&self->nw));
}

/* Which numbers were had, and which of them were changes of our device. */
struct ledger {
	uint64_t first;
	unsigned int size;
	unsigned char *had;
	unsigned int twice, changes;
	int ifindex;
};

static void enter(const struct record *record, void *arg)
{
	struct ledger *ledger = arg;
	uint64_t place = record->seq - ledger->first;

	if (place >= ledger->size)
		return;
	if (ledger->had[place]) {
		ledger->twice++;
		return;
	}
	ledger->had[place] = 1;
	ledger->changes += record->type == NW_TYPE_NEIGH && record->ifindex == ledger->ifindex;
}

/* Read what is queued until the numbers reach @end; count overruns. */
static int drain(struct nw *reader, struct stream *stream, uint64_t end)
{
	int got, overruns = 0;

	while (stream->next < end) {
		got = nw_receive(reader, deadline_in(2000), stream_take, stream);
		if (!got)
			break;
		overruns += got == -ENOBUFS;
	}
	return overruns;
}

/*
 * A stopped reader: its socket overruns. What it lost it sees from the numbers,
 * and the ring still has it. Nothing is counted twice, nothing not at all.
 */
TEST_F_TIMEOUT(stream, a_stopped_reader_knows_what_it_lost, FLOOD_SECONDS)
{
	struct ledger ledger = { .ifindex = self->ifindex, .size = FLOOD + 1000 };
	struct stream stream, again;
	uint64_t end, oldest;
	struct ack ack;

	nw_rcvbuf(&self->reader, 128 << 10);
	start(_metadata, &self->reader, self->ifindex, &stream);
	ledger.first = stream.next;
	ledger.had = calloc(1, ledger.size);
	stream.each = enter;
	stream.arg = &ledger;
	ASSERT_EQ(0, rt_toggle(self->rt, self->ifindex, FLOOD - 1));
	/* The first read reports the overrun; one more change closes the gap. */
	EXPECT_EQ(-ENOBUFS, nw_receive(&self->reader, deadline_in(1000), stream_take, &stream));
	while (nw_receive(&self->reader, deadline_in(300), stream_take, &stream))
		;
	ASSERT_EQ(0, rt_neigh(self->rt, self->ifindex, "192.0.2.1", NUD_FAILED, NULL));
	end = nw_next_seq(&self->nw);
	drain(&self->reader, &stream, end);
	EXPECT_EQ(NULL, stream.error) TH_LOG("%s", stream.error);
	EXPECT_EQ(end, stream.next);
	EXPECT_LT(0, stream.gaps);
	EXPECT_EQ(end - ledger.first, stream.received + stream.gaps);
	TH_LOG("received %llu, lost %llu, told by the module %llu",
	       (unsigned long long)stream.received, (unsigned long long)stream.gaps,
	       (unsigned long long)stream.told_lost);

	/* Now the ring: every number that was lost is there, or has aged out. */
	again = (struct stream){ .each = enter, .arg = &ledger };
	ASSERT_EQ(0, stream_history(&self->nw, ledger.first, &again, &ack));
	oldest = nw_stat(&self->nw, NW_A_STATS_OLDEST_SEQ);
	EXPECT_LE(oldest, ledger.first) TH_LOG("ring too small for this test");
	EXPECT_EQ(end - ledger.first, again.received);
	EXPECT_EQ(stream.received, ledger.twice);
	EXPECT_EQ(FLOOD, ledger.changes);
	free(ledger.had);
}

TEST_F(stream, history_joins_the_live_stream_without_gap_or_repeat)
{
	struct stream live = { }, past = { };
	struct ack ack;

	nw_rcvbuf(&self->reader, 4 << 20);
	ASSERT_EQ(0, nw_join(&self->reader, self->reader.events));
	ASSERT_EQ(0, rt_toggle(self->rt, self->ifindex, 500));
	ASSERT_EQ(0, stream_history(&self->nw, 0, &past, &ack));
	EXPECT_EQ(past.next, past.next_seq);
	ASSERT_EQ(0, rt_toggle(self->rt, self->ifindex, 500));
	live.next = 0;
	live.ifindex = self->ifindex;
	while (live.next < nw_next_seq(&self->nw) &&
	       nw_receive(&self->reader, deadline_in(2000), stream_take, &live) > 0)
		;
	EXPECT_EQ(NULL, live.error) TH_LOG("%s", live.error);
	EXPECT_EQ(0, live.gaps);
	/* The live stream overlaps the past: its first number was in the dump. */
	EXPECT_LE(live.next - live.received, past.next);
	EXPECT_EQ(past.instance, live.instance);
}

TEST_F(stream, without_a_listener_nothing_is_lost_from_the_ring)
{
	uint64_t first = nw_next_seq(&self->nw);
	struct stream stream = { .ifindex = self->ifindex, .next = first };
	struct ack ack;

	ASSERT_EQ(0, rt_toggle(self->rt, self->ifindex, 1000));
	ASSERT_EQ(0, stream_history(&self->nw, first, &stream, &ack));
	EXPECT_EQ(1000, stream.neighs);
	EXPECT_EQ(0, stream.gaps);
}

/* A namespace of one's own has a small ring: the flood laps it. */
FIXTURE(small)
{
	struct net net;
	struct nw reader;
};

FIXTURE_SETUP(small)
{
	const char *missing = net_setup(&self->net);

	ASSERT_EQ(NULL, missing) TH_LOG("%s", missing);
	ASSERT_EQ(0, nw_open(&self->reader));
	ASSERT_EQ(0, rt_toggle_setup(self->net.rt, self->net.ifindex));
}

FIXTURE_TEARDOWN(small)
{
	nw_close(&self->reader);
	net_teardown(&self->net);
}

struct sum {
	uint32_t transitions;
	int neighs;
};

static void add_transitions(const struct answer *answer, void *arg)
{
	struct nlattr *tb[NW_A_NEIGH_MAX + 1];
	struct sum *sum = arg;

	if (!answer->attrs[NW_A_NEIGH] ||
	    nla_parse_nested(tb, NW_A_NEIGH_MAX, answer->attrs[NW_A_NEIGH], NULL))
		return;
	sum->neighs++;
	if (tb[NW_A_NEIGH_TRANSITIONS])
		sum->transitions += nla_get_u32(tb[NW_A_NEIGH_TRANSITIONS]);
}

TEST_F_TIMEOUT(small, a_lapped_ring_counts_what_it_lost, FLOOD_SECONDS)
{
	uint64_t size = nw_stat(&self->net.nw, NW_A_STATS_RING_SIZE);
	struct stream stream, kept = { };
	uint64_t first, end, before;
	struct sum sum = { };
	struct ack ack;

	nw_rcvbuf(&self->reader, 16 << 20);
	start(_metadata, &self->reader, self->net.ifindex, &stream);
	first = stream.next;
	before = nw_stat(&self->net.nw, NW_A_STATS_LOST_MULTICAST);
	ASSERT_EQ(0, rt_toggle(self->net.rt, self->net.ifindex, FLOOD));
	end = nw_next_seq(&self->net.nw);
	EXPECT_EQ(FLOOD, end - first);
	EXPECT_EQ(0, drain(&self->reader, &stream, end));
	EXPECT_EQ(NULL, stream.error) TH_LOG("%s", stream.error);
	EXPECT_EQ(FLOOD, stream.received + stream.gaps);
	/* This socket never overran: every gap is one that the module told. */
	EXPECT_EQ(stream.gaps, stream.told_lost);
	EXPECT_EQ(stream.gaps, nw_stat(&self->net.nw, NW_A_STATS_LOST_MULTICAST) - before);

	ASSERT_EQ(0, stream_history(&self->net.nw, 0, &kept, &ack));
	EXPECT_EQ(size, kept.received);
	EXPECT_EQ(end, kept.next);
	EXPECT_EQ(end - size, nw_stat(&self->net.nw, NW_A_STATS_OLDEST_SEQ));
	/* The story of each neighbour is kept outside the ring. */
	nw_talk(&self->net.nw, nw_request(&self->net.nw, NW_CMD_NEIGH_GET, NLM_F_DUMP),
		add_transitions, &sum, &ack);
	EXPECT_EQ(TOGGLES, sum.neighs);
	EXPECT_EQ(FLOOD + 2 * TOGGLES, sum.transitions);
}

/*
 * The first burst of a namespace comes before its real ring: whatever that loses
 * is counted, and what is kept begins where the statistics say.
 */
TEST(a_young_namespace_counts_what_it_loses)
{
	struct stream kept = { };
	const char *missing;
	struct net net;
	struct ack ack;
	uint64_t lost;

	missing = net_open(&net);
	ASSERT_EQ(NULL, missing) TH_LOG("%s", missing);
	net.ifindex = rt_dummy(net.rt, "nwk0");
	ASSERT_EQ(0, rt_toggle_setup(net.rt, net.ifindex));
	ASSERT_EQ(0, rt_toggle(net.rt, net.ifindex, 100));
	ASSERT_EQ(0, stream_history(&net.nw, 0, &kept, &ack));
	EXPECT_EQ(NULL, kept.error) TH_LOG("%s", kept.error);
	EXPECT_EQ(0, kept.gaps);
	lost = kept.next - 1 - kept.received;
	EXPECT_EQ(lost, nw_stat(&net.nw, NW_A_STATS_OVERWRITTEN));
	EXPECT_EQ(lost + 1, nw_stat(&net.nw, NW_A_STATS_OLDEST_SEQ));
	TH_LOG("%llu of the first %llu records were lost", (unsigned long long)lost,
	       (unsigned long long)kept.next - 1);
	net_teardown(&net);
}

TEST_HARNESS_MAIN
