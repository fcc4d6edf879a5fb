// SPDX-License-Identifier: GPL-2.0
/* Equal findings in several namespaces are told as one, with a count. */
#include "unit.h"
#include "stream.h"

#define GW	STREAM_GATEWAY

static struct stream s;

#define EXPECT(...) \
	stream_expect(&s, (const char *const[]){ __VA_ARGS__, NULL })
#define NOTHING() \
	stream_expect(&s, (const char *const[]){ NULL })

/* Three namespaces, each with a gateway of the same address. */
static int setup(void **state)
{
	(void)state;
	stream_open(&s);
	for (s.cookie = 1; s.cookie <= 3; s.cookie++)
		stream_gateway(&s);
	return 0;
}

/* It is not answered: warn after 5 s, crit after 15 s. */
static void ask(__u64 cookie, double at)
{
	s.cookie = cookie;
	stream_add(&s, "%.3f neigh " GW " FAILED INCOMPLETE transmit", at);
}

/* The same after 3 s and 5 s. */
static void ask_once(__u64 cookie, double at)
{
	s.cookie = cookie;
	stream_add(&s, "%.3f params inet mcast 1", at);
	ask(cookie, at);
}

static void answer(__u64 cookie, double at)
{
	s.cookie = cookie;
	stream_add(&s, "%.3f neigh " GW " INCOMPLETE FAILED timer", at);
	stream_add(&s, "%.3f neigh " GW " FAILED REACHABLE packet", at);
}

static const struct nw_finding *open_one(void)
{
	const struct nw_finding *f = nw_detect_open(s.d);

	assert_non_null(f);
	assert_null(f->next);
	return f;
}

/* What is told last: the end of all, as the last of them ended. */
static void expect_end(__u32 namespaces, const char *text)
{
	const struct nw_finding *f = &s.told[s.nr - 1];

	assert_int_equal(f->status, NW_STATUS_CLEARED);
	assert_int_equal(f->namespaces, namespaces);
	assert_int_equal(f->number, 1);
	assert_int_equal(f->origin.netns_cookie, 1);
	assert_string_equal(f->text, text);
	assert_null(nw_detect_open(s.d));
	assert_int_equal(s.d->nr_open, 0);
}

static void opens_once_and_counts(void **state)
{
	(void)state;
	ask(1, 10);
	ask(2, 11);
	ask(3, 12);
	stream_until(&s, 15);
	EXPECT("15.000 open warn gateway-stuck");
	assert_int_equal(s.told[0].namespaces, 1);
	stream_until(&s, 16);
	assert_int_equal(open_one()->namespaces, 2);
	stream_until(&s, 20);
	NOTHING();
	assert_int_equal(open_one()->namespaces, 3);
	assert_int_equal(s.d->nr_open, 3);
	nw_detect_describe(s.d);
	assert_string_equal(open_one()->text, "nobody answers ARP, 10.0 s");
	stream_until(&s, 40);
	EXPECT("25.000 raised crit gateway-stuck");
	assert_int_equal(s.told[1].namespaces, 3);
	assert_int_equal(s.told[1].evidence[0], s.told[0].evidence[0]);
}

/* In whatever order they end: it ends with the last, once. */
static void clears_with_the_last(void **state)
{
	static const int orders[][3] = {
		{ 1, 2, 3 }, { 1, 3, 2 }, { 2, 1, 3 },
		{ 2, 3, 1 }, { 3, 1, 2 }, { 3, 2, 1 },
	};
	unsigned int i, n;

	for (i = 0; i < ARRAY_SIZE(orders); i++) {
		if (i) {
			stream_close(&s);
			setup(state);
		}
		for (n = 1; n <= 3; n++)
			ask(n, 10 + n);
		stream_until(&s, 100);
		EXPECT("16.000 open warn gateway-stuck",
		       "26.000 raised crit gateway-stuck");
		answer((__u64)orders[i][0], 111);
		assert_int_equal(open_one()->namespaces, 2);
		answer((__u64)orders[i][1], 112);
		assert_int_equal(open_one()->namespaces, 1);
		NOTHING();
		answer((__u64)orders[i][2], 120);
		EXPECT("120.000 cleared crit gateway-stuck");
		expect_end(3, orders[i][2] == 1 ?
			   "it answered after 109.0 s, 1 round failed" :
			   orders[i][2] == 2 ?
			   "it answered after 108.0 s, 1 round failed" :
			   "it answered after 107.0 s, 1 round failed");
		assert_int_equal(s.told[2].began.mono,
				 s.base + 11 * STREAM_SECOND);
	}
}

/* Severity is that of the worst, whichever that is. */
static void rises_with_the_worst(void **state)
{
	(void)state;
	ask(1, 10);
	ask_once(2, 14);
	stream_until(&s, 24);
	EXPECT("15.000 open warn gateway-stuck",
	       "19.000 raised crit gateway-stuck");
	assert_int_equal(s.told[1].namespaces, 2);
	assert_string_equal(s.told[1].text, "nobody answers ARP, 9.0 s");
	/* The first rises too: nothing new. */
	stream_until(&s, 28);
	NOTHING();
	answer(2, 30);
	NOTHING();
	assert_int_equal(open_one()->severity, NW_SEVERITY_CRIT);
	answer(1, 31);
	EXPECT("31.000 cleared crit gateway-stuck");
	expect_end(2, "it answered after 21.0 s, 1 round failed");
}

static void ticks_change_nothing(void **state)
{
	s.ticks = true;
	rises_with_the_worst(state);
}

static void falls_when_the_worst_is_over(void **state)
{
	(void)state;
	ask(1, 10);
	ask_once(2, 14);
	answer(2, 21);
	EXPECT("15.000 open warn gateway-stuck",
	       "19.000 raised crit gateway-stuck",
	       "21.000 lowered warn gateway-stuck");
	assert_int_equal(s.told[2].worst, NW_SEVERITY_CRIT);
	assert_int_equal(s.told[2].namespaces, 1);
	stream_until(&s, 40);
	EXPECT("25.000 raised crit gateway-stuck");
}

/* One that joins and is worse already. */
static void joins_as_the_worst(void **state)
{
	(void)state;
	s.cookie = 1;
	stream_move(&s, 10, "bb", "aa");
	stream_add(&s, "20 neigh " GW " PROBE REACHABLE packet");
	stream_until(&s, 80);
	EXPECT("10.000 open warn mac-move", "70.000 lowered info mac-move");
	s.cookie = 2;
	stream_move(&s, 90, "bb", "aa");
	EXPECT("90.000 raised warn mac-move");
	assert_int_equal(s.told[2].namespaces, 2);
	assert_int_equal(s.told[2].nr_evidence, 1);
}

/* The first goes before the others: its evidence stays, the words are theirs. */
static void the_first_is_over(void **state)
{
	const struct nw_finding *f;
	__u64 first;

	(void)state;
	ask(1, 10);
	ask(2, 12);
	stream_until(&s, 30);
	first = open_one()->evidence[0];
	answer(1, 31);
	f = open_one();
	assert_string_equal(f->text, "nobody answers ARP, 15.0 s");
	assert_int_equal(f->evidence[0], first);
	assert_int_equal(f->origin.netns_cookie, 1);
	stream_until(&s, 40);
	nw_detect_describe(s.d);
	assert_string_equal(f->text, "nobody answers ARP, 28.0 s");
	assert_int_equal(stream_number(f, "dwell_ns"), 28 * STREAM_SECOND);
	/* The same namespace again joins what it began. */
	ask(1, 50);
	stream_until(&s, 60);
	assert_int_equal(open_one()->namespaces, 2);
	assert_int_equal(s.d->nr_open, 3);
	EXPECT("15.000 open warn gateway-stuck",
	       "25.000 raised crit gateway-stuck");
	answer(2, 62);
	EXPECT("62.000 lowered warn gateway-stuck");
	assert_string_equal(open_one()->text, "nobody answers ARP, 12.0 s");
	s.cookie = 1;
	stream_add(&s, "63 neigh " GW " INCOMPLETE REACHABLE admin");
	EXPECT("63.000 cleared warn gateway-stuck");
	expect_end(2, "set by an administrator after 13.0 s, 0 rounds failed");
}

/* A namespace that dies takes its routes along; the rest goes on. */
static void a_namespace_dies(void **state)
{
	(void)state;
	ask(1, 10);
	ask(2, 11);
	stream_until(&s, 30);
	s.cookie = 1;
	stream_add(&s, "31 neigh " GW " INCOMPLETE - device-gone");
	stream_add(&s, "31 route - default via " GW " device-gone");
	stream_add(&s, "31 admin removed device-gone");
	EXPECT("15.000 open warn gateway-stuck",
	       "25.000 raised crit gateway-stuck");
	assert_int_equal(open_one()->namespaces, 1);
	s.cookie = 2;
	stream_add(&s, "40 route - default via " GW " device-gone");
	EXPECT("40.000 cleared crit gateway-stuck");
	expect_end(2, "no route uses it any more after 29.0 s, 0 rounds failed");
}

/* Given up for want of room, the first before the second. */
static void namespaces_are_forgotten(void **state)
{
	unsigned int i;

	(void)state;
	ask(1, 10);
	ask(2, 11);
	stream_until(&s, 30);
	s.checked = s.nr;
	for (i = 0; i < NW_WORLD_NETS; i++) {
		s.cookie = 100 + i;
		stream_add(&s, "31 params inet");
	}
	EXPECT("31.000 cleared crit gateway-stuck");
	assert_int_equal(s.told[2].namespaces, 2);
	assert_int_equal(s.d->nr_open, 0);
}

static void another_instance_ends_all(void **state)
{
	struct nw_event ev;

	(void)state;
	ask(1, 10);
	ask(2, 11);
	stream_until(&s, 30);
	s.checked = s.nr;
	ev = stream_record(&s, 40, NW_TYPE_SYNC);
	ev.origin.instance = 6;
	nw_detect_event(s.d, &ev);
	EXPECT("30.000 cleared crit gateway-stuck");
	assert_int_equal(s.told[2].namespaces, 2);
	assert_int_equal(s.d->nr_open, 0);
}

/* Each takes its room, so that what joins is bounded too. */
static void room_is_for_all(void **state)
{
	(void)state;
	s.config.thresholds.value[NW_T_FINDINGS] = 2;
	ask(1, 10);
	ask(2, 11);
	ask(3, 12);
	stream_until(&s, 30);
	EXPECT("15.000 open warn gateway-stuck",
	       "25.000 raised crit gateway-stuck");
	assert_int_equal(open_one()->namespaces, 2);
	assert_true(s.d->suppressed > 0);
}

/* Another device, or another address, is another matter. */
static void unequal_ones_are_apart(void **state)
{
	(void)state;
	ask(1, 10);
	s.cookie = 2;
	stream_add(&s, "10 route + default via " GW " admin if 3 dev eth1");
	stream_add(&s, "11 neigh " GW " FAILED INCOMPLETE transmit if 3 dev eth1");
	stream_until(&s, 20);
	EXPECT("15.000 open warn gateway-stuck",
	       "16.000 open warn gateway-stuck");
	assert_int_equal(s.told[1].namespaces, 1);
	assert_int_equal(s.told[1].number, 2);
}

#define TEST(name_) \
	cmocka_unit_test_prestate_setup_teardown(name_, setup, \
						 stream_teardown, &s)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(opens_once_and_counts),
		TEST(clears_with_the_last),
		TEST(rises_with_the_worst),
		TEST(ticks_change_nothing),
		TEST(falls_when_the_worst_is_over),
		TEST(joins_as_the_worst),
		TEST(the_first_is_over),
		TEST(a_namespace_dies),
		TEST(namespaces_are_forgotten),
		TEST(another_instance_ends_all),
		TEST(room_is_for_all),
		TEST(unequal_ones_are_apart),
	};

	return cmocka_run_group_tests_name("detect_group", tests, NULL, NULL);
}
