// SPDX-License-Identifier: GPL-2.0
/* events-lost, carrier-unstamped, link-renegotiated. */
#include <stdio.h>

#include "unit.h"
#include "stream.h"

static struct stream s;

#define EXPECT(...) \
	stream_expect(&s, (const char *const[]){ __VA_ARGS__, NULL })
#define NOTHING() \
	stream_expect(&s, (const char *const[]){ NULL })

static void lost(double at, __u64 count, __u8 where)
{
	struct nw_event ev = stream_record(&s, at, NW_TYPE_LOST);

	ev.ifindex = 0;
	ev.lost = (struct nw_lost_event){ ~0ULL, count, where };
	nw_detect_event(s.d, &ev);
}

static void unstamped(double at, __u32 count)
{
	struct nw_event ev = stream_record(&s, at, NW_TYPE_CARRIER);

	ev.carrier.has = ~0ULL;
	ev.carrier.old = NW_CARRIER_UP;
	ev.carrier.new = NW_CARRIER_UP;
	ev.carrier.unstamped = count;
	nw_detect_event(s.d, &ev);
}

/* Pause as 2 * rx + tx, or -1 when it is not told. */
static void mode(double at, __u32 speed, __u8 duplex, int pause, __u8 cause)
{
	struct nw_event ev = stream_record(&s, at, NW_TYPE_LINK_MODE);

	ev.cause = cause;
	ev.mode.has = NW_BIT(NW_A_MODE_SPEED) | NW_BIT(NW_A_MODE_DUPLEX);
	ev.mode.speed = speed;
	ev.mode.duplex = duplex;
	if (pause >= 0) {
		ev.mode.has |= NW_BIT(NW_A_MODE_PAUSE_RX) |
			       NW_BIT(NW_A_MODE_PAUSE_TX);
		ev.mode.pause_rx = pause & 2 ? 1 : 0;
		ev.mode.pause_tx = pause & 1;
	}
	nw_detect_event(s.d, &ev);
}

static void losses_are_told_with_their_number(void **state)
{
	const struct nw_finding *f;

	(void)state;
	lost(10, 5, NW_WHERE_NEIGH_LIMIT);
	EXPECT("10.000 open warn events-lost");
	nw_detect_lost(s.d, &s.d->world.nets.tqh_first->origin, 0, 37);
	NOTHING();
	f = nw_detect_open(s.d);
	assert_int_equal(stream_number(f, "count"), 42);
	stream_until(&s, 609.999);
	NOTHING();
	stream_until(&s, 610);
	EXPECT("610.000 cleared warn events-lost");
}

static void nothing_lost_is_nothing_told(void **state)
{
	(void)state;
	lost(10, 0, NW_WHERE_NEIGH_LIMIT);
	stream_until(&s, 100);
	NOTHING();
}

static void an_edge_without_a_stamp(void **state)
{
	(void)state;
	unstamped(10, 0);
	NOTHING();
	unstamped(20, 2);
	EXPECT("20.000 open info carrier-unstamped");
	unstamped(30, 1);
	assert_int_equal(stream_number(nw_detect_open(s.d), "unstamped"), 3);
	stream_until(&s, 630);
	EXPECT("630.000 cleared info carrier-unstamped");
}

static void and_when_we_know_that_we_lost_it(void **state)
{
	(void)state;
	unstamped(10, 0);
	lost(15, 3, NW_WHERE_LINK_LIMIT);
	unstamped(20, 2);
	EXPECT("15.000 open warn events-lost",
	       "20.000 open crit carrier-unstamped");
	stream_reopen(&s);
	s.nr = 0;
	s.checked = 0;
	unstamped(10, 0);
	lost(15, 3, NW_WHERE_NEIGH_LIMIT);	/* of neighbours, not links */
	unstamped(20, 2);
	EXPECT("15.000 open warn events-lost",
	       "20.000 open info carrier-unstamped");
}

/* The first thing a recording tells may be what it lost. */
static void a_loss_before_the_first_record(void **state)
{
	const struct nw_origin origin = { .instance = 5, .netns_cookie = 1 };
	const struct nw_finding *f;

	(void)state;
	s.cookie = 1;
	nw_detect_lost(s.d, &origin, s.base, 3);
	assert_int_equal(s.d->instance, 5);
	f = nw_detect_open(s.d);
	assert_non_null(f);
	assert_int_equal(stream_number(f, "count"), 3);
	lost(1, 1, 1);
	assert_int_equal(s.d->resets, 0);
	assert_int_equal(stream_number(f, "count"), 4);
}

static void slower_for_ten_seconds(void **state)
{
	const struct nw_finding *f;

	(void)state;
	mode(1, 1000, 1, -1, NW_CAUSE_INITIAL);
	mode(100, 100, 1, -1, NW_CAUSE_DRIVER);
	stream_until(&s, 109.999);
	NOTHING();
	stream_until(&s, 110);
	EXPECT("110.000 open warn link-renegotiated");
	f = stream_last(&s, "link-renegotiated");
	assert_string_equal(f->text, "1000 Mb/s full became 100 Mb/s full");
	assert_int_equal(f->nr_evidence, 1);
	mode(200, 1000, 1, -1, NW_CAUSE_DRIVER);
	EXPECT("200.000 cleared warn link-renegotiated");
}

static void half_duplex_is_worse(void **state)
{
	(void)state;
	mode(1, 100, 1, -1, NW_CAUSE_INITIAL);
	mode(100, 100, 0, -1, NW_CAUSE_DRIVER);
	stream_until(&s, 110);
	EXPECT("110.000 open warn link-renegotiated");
}

static void what_does_not_last_or_is_better(void **state)
{
	(void)state;
	mode(1, 1000, 1, -1, NW_CAUSE_INITIAL);
	mode(100, 10, 0, -1, NW_CAUSE_DRIVER);
	mode(109.9, 1000, 1, -1, NW_CAUSE_DRIVER);
	mode(200, 10000, 1, -1, NW_CAUSE_DRIVER);
	/* An administrator chose it. */
	stream_add(&s, "300 carrier down admin");
	stream_add(&s, "302 carrier up driver");
	mode(302, 100, 1, -1, NW_CAUSE_DRIVER);
	stream_until(&s, 1000);
	NOTHING();
	/* No carrier, no speed. */
	mode(1100, 10, 1, -1, NW_CAUSE_DRIVER);
	stream_add(&s, "1105 carrier down driver");
	stream_until(&s, 2000);
	NOTHING();
}

static void flow_control_comes_and_goes(void **state)
{
	(void)state;
	mode(1, 1000, 1, -1, NW_CAUSE_INITIAL);
	mode(10, 1000, 1, 3, NW_CAUSE_DRIVER);	/* it was not known before */
	NOTHING();
	mode(20, 1000, 1, 0, NW_CAUSE_DRIVER);
	EXPECT("20.000 open info link-renegotiated");
	mode(30, 1000, 1, 3, NW_CAUSE_DRIVER);
	NOTHING();
	mode(40, 1000, 1, 0, NW_CAUSE_DRIVER);
	EXPECT("40.000 raised warn link-renegotiated");
	stream_until(&s, 3639.999);
	NOTHING();
	stream_until(&s, 3640);
	EXPECT("3640.000 cleared warn link-renegotiated");
}

#define TEST(name_) \
	cmocka_unit_test_prestate_setup_teardown(name_, stream_setup, \
						 stream_teardown, &s)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(losses_are_told_with_their_number),
		TEST(nothing_lost_is_nothing_told),
		TEST(an_edge_without_a_stamp),
		TEST(and_when_we_know_that_we_lost_it),
		TEST(a_loss_before_the_first_record),
		TEST(slower_for_ten_seconds),
		TEST(half_duplex_is_worse),
		TEST(what_does_not_last_or_is_better),
		TEST(flow_control_comes_and_goes),
	};

	return cmocka_run_group_tests_name("detect_lost", tests, NULL, NULL);
}
