// SPDX-License-Identifier: GPL-2.0
/* table-pressure and arp-storm, at their thresholds and just below them. */
#include <stdio.h>
#include <sys/socket.h>

#include "unit.h"
#include "stream.h"

static struct stream s;

/* Thresholds of 512 and 1024: the midpoint is 768. */
static void table(double at, __u32 gc_entries, __u64 fulls, __u8 cause)
{
	struct nw_event ev = stream_record(&s, at, NW_TYPE_TABLE);

	ev.ifindex = 0;
	ev.cause = cause;
	ev.table = (struct nw_table_event){
		.has = ~0ULL, .family = AF_INET, .gc_entries = gc_entries,
		.entries = gc_entries, .gc_thresh1 = 128, .gc_thresh2 = 512,
		.gc_thresh3 = 1024, .fulls = fulls,
	};
	nw_detect_event(s.d, &ev);
}

/* As a kernel log says it. */
static void overflow(double at, __u64 fulls)
{
	struct nw_event ev = stream_record(&s, at, NW_TYPE_TABLE);

	ev.ifindex = 0;
	ev.table = (struct nw_table_event){
		.has = NW_BIT(NW_A_TABLE_FAMILY) | NW_BIT(NW_A_TABLE_FULLS),
		.family = AF_INET, .fulls = fulls,
	};
	nw_detect_event(s.d, &ev);
}

#define EXPECT(...) \
	stream_expect(&s, (const char *const[]){ __VA_ARGS__, NULL })
#define NOTHING() \
	stream_expect(&s, (const char *const[]){ NULL })

static void high_for_five_seconds(void **state)
{
	const struct nw_finding *f;

	(void)state;
	table(1, 300, 0, NW_CAUSE_INITIAL);
	table(10, 768, 0, NW_CAUSE_UNKNOWN);
	stream_until(&s, 14.999);
	NOTHING();
	stream_until(&s, 15);
	EXPECT("15.000 open warn table-pressure");
	f = stream_last(&s, "table-pressure");
	assert_string_equal(f->subject, "IPv4 neighbour table");
	assert_int_equal(stream_number(f, "limit"), 768);
	assert_int_equal(stream_number(f, "gc_entries"), 768);
	table(30, 800, 0, NW_CAUSE_UNKNOWN);
	NOTHING();
	table(40, 767, 0, NW_CAUSE_UNKNOWN);
	EXPECT("40.000 cleared warn table-pressure");
}

static void below_the_midpoint_or_short(void **state)
{
	(void)state;
	table(10, 767, 0, NW_CAUSE_UNKNOWN);
	stream_until(&s, 100);
	table(110, 1000, 0, NW_CAUSE_UNKNOWN);
	table(114.9, 700, 0, NW_CAUSE_UNKNOWN);
	stream_until(&s, 200);
	NOTHING();
}

static void a_refused_entry_is_critical(void **state)
{
	const struct nw_finding *f;

	(void)state;
	table(1, 100, 7, NW_CAUSE_INITIAL);	/* long ago */
	NOTHING();
	table(10, 1024, 9, NW_CAUSE_UNKNOWN);
	EXPECT("10.000 open crit table-pressure");
	f = stream_last(&s, "table-pressure");
	assert_int_equal(stream_number(f, "refused"), 2);
	/* It does not clear at the first sample below. */
	table(20, 100, 9, NW_CAUSE_UNKNOWN);
	stream_until(&s, 609.999);
	NOTHING();
	stream_until(&s, 610);
	EXPECT("610.000 cleared crit table-pressure");
}

static void the_log_of_an_overflow(void **state)
{
	const struct nw_finding *f;

	(void)state;
	overflow(10, 1);
	EXPECT("10.000 open crit table-pressure");
	overflow(20, 2);
	NOTHING();
	f = nw_detect_open(s.d);
	assert_string_equal(f->text, "full: 2 or more refused");
	stream_until(&s, 620);
	EXPECT("620.000 cleared crit table-pressure");
}

static void who_fills_it(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 20; i++)
		stream_add(&s, "5 neigh 10.0.0.%d - REACHABLE packet mac aa dev eth1 if 3", i + 1);
	for (i = 0; i < 30; i++)
		stream_add(&s, "6 neigh 10.0.1.%d - REACHABLE packet mac aa", i + 1);
	table(10, 1024, 0, NW_CAUSE_INITIAL);
	stream_until(&s, 15);
	assert_string_equal(stream_fact(stream_last(&s, "table-pressure"), "most"),
			    "eth0: 30 entries, namespace 0");
}

/* --- arp-storm --- */

/* The stream and the link are older than the quiet time. */
static void settle(void)
{
	stream_add(&s, "0 carrier up initial");
}

static void ask(double at, unsigned int from, unsigned int to)
{
	for (; from < to; from++)
		stream_add(&s, "%.3f neigh 10.1.%u.%u - INCOMPLETE transmit",
			   at, from / 250, from % 250 + 1);
}

/* Room of 1024: 256 is a quarter of it, 128 half of that. */
static void a_quarter_of_the_room_for_ten_seconds(void **state)
{
	const struct nw_finding *f;

	(void)state;
	settle();
	ask(100, 0, 256);
	stream_until(&s, 109.999);
	NOTHING();
	stream_until(&s, 110);
	EXPECT("110.000 open warn arp-storm");
	f = stream_last(&s, "arp-storm");
	assert_string_equal(f->dev, "eth0");
	assert_int_equal(stream_number(f, "unanswered"), 256);
	assert_int_equal(stream_number(f, "limit"), 25);
	for (unsigned int i = 0; i < 129; i++)
		stream_add(&s, "120 neigh 10.1.%u.%u FAILED - gc", i / 250, i % 250 + 1);
	EXPECT("120.000 cleared warn arp-storm");
}

/* Too many for a moment, however long there were many: ten seconds it is. */
static void ten_seconds_of_too_many(void **state)
{
	(void)state;
	settle();
	ask(100, 0, 200);
	ask(109, 200, 256);
	stream_until(&s, 110);
	EXPECT("110.000 open info arp-storm");
	stream_add(&s, "115 neigh 10.1.0.1 FAILED - gc");
	stream_add(&s, "116 neigh 10.1.0.1 - INCOMPLETE transmit");
	stream_until(&s, 125.999);
	NOTHING();
	stream_until(&s, 200);
	EXPECT("126.000 raised warn arp-storm");
}

/* 254 addresses: information, once an hour. */
static void a_scan_of_a_slash_24_is_no_storm(void **state)
{
	unsigned int i;

	(void)state;
	settle();
	ask(100, 0, 254);
	stream_until(&s, 200);
	EXPECT("110.000 open info arp-storm");
	for (i = 0; i < 254; i++)
		stream_add(&s, "200 neigh 10.1.%u.%u FAILED - gc", i / 250, i % 250 + 1);
	EXPECT("200.000 cleared info arp-storm");
	ask(300, 0, 254);
	stream_until(&s, 1000);
	NOTHING();
	stream_expect_quiet(&s);
}

static void few_or_answered_are_nothing(void **state)
{
	unsigned int i;

	(void)state;
	settle();
	ask(100, 0, 127);
	stream_until(&s, 200);
	ask(300, 127, 700);
	for (i = 0; i < 700; i++)
		stream_add(&s, "309 neigh 10.1.%u.%u INCOMPLETE REACHABLE packet mac aa",
			   i / 250, i % 250 + 1);
	stream_until(&s, 400);
	NOTHING();
}

/* Everything is asked for then: thirty seconds, and ten more. */
static void quiet_after_the_carrier_came(void **state)
{
	(void)state;
	settle();
	stream_add(&s, "90 carrier down driver");
	stream_add(&s, "100 carrier up driver");
	ask(101, 0, 300);
	stream_until(&s, 139.999);
	NOTHING();
	stream_until(&s, 140);
	EXPECT("140.000 open warn arp-storm");
}

/* What others use makes the room smaller. */
static void the_room_is_what_is_left(void **state)
{
	(void)state;
	settle();
	table(50, 700, 0, NW_CAUSE_INITIAL);
	ask(100, 0, 150);
	stream_until(&s, 110);
	/* 1024 - (700 - 150) leaves 474: 150 are 31 %. */
	EXPECT("110.000 open warn arp-storm");
}

/* A router is asked for what others scan. It is a warning when room is short. */
static void a_forwarding_device_warns_under_pressure(void **state)
{
	(void)state;
	settle();
	stream_add(&s, "99 params inet forwarding 1");
	ask(100, 0, 300);
	stream_until(&s, 200);
	EXPECT("110.000 open info arp-storm");
	table(200, 900, 0, NW_CAUSE_UNKNOWN);
	stream_until(&s, 210);
	EXPECT("205.000 open warn table-pressure");
	ask(210, 300, 301);
	stream_until(&s, 211);
	EXPECT("210.000 raised warn arp-storm");
}

/* IPv6 does, IPv4 does not. */
static void forwarding_is_of_a_family(void **state)
{
	(void)state;
	settle();
	stream_add(&s, "99 params inet6 forwarding 1");
	ask(100, 0, 256);
	stream_until(&s, 110);
	EXPECT("110.000 open warn arp-storm");
}

#define TEST(name_) \
	cmocka_unit_test_prestate_setup_teardown(name_, stream_setup, \
						 stream_teardown, &s)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(high_for_five_seconds),
		TEST(below_the_midpoint_or_short),
		TEST(a_refused_entry_is_critical),
		TEST(the_log_of_an_overflow),
		TEST(who_fills_it),
		TEST(a_quarter_of_the_room_for_ten_seconds),
		TEST(ten_seconds_of_too_many),
		TEST(a_scan_of_a_slash_24_is_no_storm),
		TEST(few_or_answered_are_nothing),
		TEST(quiet_after_the_carrier_came),
		TEST(the_room_is_what_is_left),
		TEST(a_forwarding_device_warns_under_pressure),
		TEST(forwarding_is_of_a_family),
	};

	return cmocka_run_group_tests_name("detect_table", tests, NULL, NULL);
}
