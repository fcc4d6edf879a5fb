// SPDX-License-Identifier: GPL-2.0
/* link-flap: each rule at its threshold and just below it. */
#include <stdio.h>

#include "unit.h"
#include "flap.h"
#include "stream.h"

static struct stream s;

static void play(const char *const *events, const char *const *want)
{
	stream_play(&s, events);
	stream_expect(&s, want);
}

#define NOTHING	((const char *const[]){ NULL })

/* The log of a real server: 14.765820 s between the losses. */
static void the_worked_example(void **state)
{
	static const char *const events[] = {
		"322.867110 carrier down driver phys",
		"325.313634 carrier up driver phys",
		"337.632930 carrier down driver phys",
		"356.543664 carrier up driver phys",
		NULL
	};
	static const char *const want[] = {
		"337.633 open warn link-flap", NULL
	};
	const struct nw_finding *f;

	(void)state;
	play(events, want);
	f = stream_last(&s, "link-flap");
	assert_in_range(stream_number(f, "penalty"), 1842, 1844);
	assert_int_equal(stream_number(f, "losses"), 2);
	assert_int_equal(stream_number(f, "limit"), 1500);
	assert_string_equal(f->subject, "eth0");
	assert_int_equal(f->nr_evidence, 3);
	assert_non_null(strstr(f->text, "2 losses, 2.4 s without link, penalty 1843"));
	f = nw_detect_open(s.d);
	assert_non_null(f);
	assert_string_equal(f->text, "2 losses, 21.4 s without link, penalty 1843");
	assert_int_equal(stream_number(f, "without_ns"), 2446524000ULL + 18910734000ULL);
	assert_int_equal(f->nr_facts, 4);
	assert_int_equal(f->evidence_all, 4);
}

static void penalty_decays_by_half_in_a_minute(void **state)
{
	struct nw_flap flap = { 0 };

	(void)state;
	nw_flap_add(&flap, 1000 * STREAM_SECOND, 60 * STREAM_SECOND, 12000);
	assert_int_equal((int)nw_flap_penalty(&flap, 1060 * STREAM_SECOND,
					      60 * STREAM_SECOND), 500);
}

/* 1000 * 2^-(t/60) + 1000 is 1500 at 60 s. */
static void warn_at_1500_and_not_below(void **state)
{
	(void)state;
	stream_lose(&s, 2, 60.001);
	stream_until(&s, 1200);
	stream_expect(&s, NOTHING);
	stream_reopen(&s);
	stream_lose(&s, 2, 60);
	stream_expect(&s, (const char *const[]){
		"70.000 open warn link-flap", NULL });
}

/* Three losses t apart: 1000 (1 + 2^-t/60 + 2^-2t/60) is 2500 at 16.87 s. */
static void crit_at_2500_and_not_below(void **state)
{
	(void)state;
	stream_lose(&s, 3, 16.9);
	stream_expect(&s, (const char *const[]){
		"26.900 open warn link-flap", NULL });
	stream_reopen(&s);
	s.nr = 0;
	s.checked = 0;
	stream_lose(&s, 3, 16.8);
	stream_expect(&s, (const char *const[]){
		"26.800 open warn link-flap", "43.600 raised crit link-flap",
		NULL });
}

/* Decay alone would never see them. */
static void three_in_an_hour(void **state)
{
	(void)state;
	stream_lose(&s, 3, 1800);
	stream_expect(&s, (const char *const[]){
		"3610.000 open warn link-flap", NULL });
	stream_reopen(&s);
	stream_lose(&s, 3, 1800.001);
	stream_until(&s, 5000);
	stream_expect(&s, NOTHING);
}

static void six_in_a_day(void **state)
{
	const struct nw_finding *f;

	(void)state;
	stream_lose(&s, 6, 17280);
	stream_expect(&s, (const char *const[]){
		"86410.000 open warn link-flap", NULL });
	f = stream_last(&s, "link-flap");
	assert_non_null(strstr(f->text, "6 losses in 24 h"));
	stream_until(&s, 86410 + 86399);
	stream_expect(&s, NOTHING);
	stream_until(&s, 86410 + 86400);
	stream_expect(&s, (const char *const[]){
		"172810.000 cleared warn link-flap", NULL });
	stream_reopen(&s);
	stream_lose(&s, 6, 17280.001);
	stream_expect(&s, NOTHING);
}

/* Too far apart to be one episode by penalty or hour: the day holds them. */
static void often_enough_in_a_day_is_one_episode(void **state)
{
	(void)state;
	stream_lose(&s, 100, 660);
	stream_expect(&s, (const char *const[]){
		"1330.000 open warn link-flap",
		"1930.000 cleared warn link-flap",
		"1990.000 open warn link-flap",
		"2590.000 cleared warn link-flap",
		"2650.000 open warn link-flap",
		"3250.000 cleared warn link-flap",
		"3310.000 open warn link-flap", NULL });
}

/* Ten minutes without a loss; by then the penalty is far below 750. */
static void clears_after_ten_quiet_minutes(void **state)
{
	(void)state;
	stream_lose(&s, 2, 10);
	stream_expect(&s, (const char *const[]){
		"20.000 open warn link-flap", NULL });
	stream_until(&s, 619.999);
	stream_expect(&s, NOTHING);
	stream_until(&s, 620);
	stream_expect(&s, (const char *const[]){
		"620.000 cleared warn link-flap", NULL });
}

/* A loss in between begins the ten minutes anew; it is the same episode. */
static void one_episode_as_long_as_it_lasts(void **state)
{
	(void)state;
	stream_lose(&s, 2, 10);
	stream_add(&s, "600 carrier down driver");
	stream_add(&s, "601 carrier up driver");
	stream_until(&s, 1199);
	stream_expect(&s, (const char *const[]){
		"20.000 open warn link-flap", NULL });
	stream_until(&s, 1200);
	stream_expect(&s, (const char *const[]){
		"1200.000 cleared warn link-flap", NULL });
	assert_non_null(strstr(s.told[s.nr - 1].text, "3 losses in all"));
}

static void the_ceiling_holds(void **state)
{
	const struct nw_finding *f;

	(void)state;
	stream_lose(&s, 100, 2);
	f = nw_detect_open(s.d);
	assert_non_null(f);
	assert_int_equal(stream_number(f, "penalty"), 12000);
	/* Four half-lives to 750; the ten minutes are longer. */
	stream_until(&s, 208 + 600);
	assert_int_equal(s.told[s.nr - 1].status, NW_STATUS_CLEARED);
	assert_int_equal(s.nr, 3);
}

static void one_pulled_cable_is_silent(void **state)
{
	static const char *const events[] = {
		"10 carrier down driver phys", "300 carrier up driver phys", NULL
	};

	(void)state;
	play(events, NOTHING);
}

static void what_an_administrator_does_is_not_counted(void **state)
{
	static const char *const events[] = {
		"10 carrier down admin", "12 carrier up driver",
		"13 carrier down admin", "15 carrier up driver",
		"16 carrier down admin", "18 carrier up driver",
		/* the driver goes on by itself */
		"20 carrier down driver", "21 carrier up driver",
		"26 carrier down driver", "27 carrier up driver",
		"30 admin mtu admin", "30.5 carrier down driver",
		"32 carrier up driver", "40 carrier down driver",
		"41 carrier up driver",
		"100 admin enslaved admin other 9", "101 carrier down driver",
		"102 carrier up driver", "109 carrier down driver",
		"110 carrier up driver",
		NULL
	};

	(void)state;
	play(events, NOTHING);
	stream_until(&s, 5000);
	stream_expect(&s, NOTHING);
}

/* Ten seconds, not more. */
static void after_that_it_is_the_driver_again(void **state)
{
	static const char *const events[] = {
		"30 admin mtu admin", "40.001 carrier down driver",
		"41 carrier up driver", "42 carrier down driver", NULL
	};
	static const char *const want[] = {
		"42.000 open warn link-flap", NULL
	};

	(void)state;
	play(events, want);
}

/* A driver that renames, or a state that was so at load, is no loss. */
static void what_was_so_already_is_not_counted(void **state)
{
	static const char *const events[] = {
		"10 carrier down initial", "11 carrier down initial",
		"12 carrier down initial", "13 carrier down initial", NULL
	};

	(void)state;
	play(events, NOTHING);
}

static void pulses_are_losses(void **state)
{
	static const char *const events[] = {
		"10 carrier pulse driver", "20 carrier pulse driver", NULL
	};
	static const char *const want[] = {
		"20.000 open warn link-flap", NULL
	};

	(void)state;
	play(events, want);
}

static void virtual_devices_are_left_out(void **state)
{
	static const char *const only[] = { "eth*" };
	static const char *const events[] = {
		"10 carrier down driver dev veth1a2b", "11 carrier up driver dev veth1a2b",
		"12 carrier down driver dev veth1a2b", "13 carrier up driver dev veth1a2b",
		"14 carrier down driver dev docker0 if 3", "15 carrier up driver dev docker0 if 3",
		"16 carrier down driver dev docker0 if 3", NULL
	};

	(void)state;
	play(events, NOTHING);
	s.config.ignored = only;
	s.config.nr_ignored = 1;
	stream_reopen(&s);
	stream_lose(&s, 3, 10);
	stream_expect(&s, NOTHING);
}

/* A VLAN goes down with its device; that is one story. */
static void what_lies_above_adds_nothing(void **state)
{
	static const char *const events[] = {
		"1 admin enslaved initial other 9 if 2",
		"1 carrier up initial if 2", "1 carrier up initial if 9 dev eth0.7",
		"10 carrier down driver if 2", "10.1 carrier down driver if 9 dev eth0.7",
		"11 carrier up driver if 2", "11.1 carrier up driver if 9 dev eth0.7",
		"12 carrier down driver if 2", "12.1 carrier down driver if 9 dev eth0.7",
		NULL
	};
	static const char *const want[] = {
		"12.000 open warn link-flap", NULL
	};

	(void)state;
	play(events, want);
	assert_string_equal(stream_last(&s, "link-flap")->dev, "eth0");
}

static void a_removed_device_ends_it(void **state)
{
	(void)state;
	stream_lose(&s, 2, 10);
	stream_add(&s, "30 admin removed driver");
	stream_expect(&s, (const char *const[]){
		"20.000 open warn link-flap", "30.000 cleared warn link-flap",
		NULL });
	stream_until(&s, 5000);
	stream_expect(&s, NOTHING);
}

/* However many there are, and however long it goes on. */
static void nothing_grows(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < 20000; i++) {
		stream_add(&s, "%u carrier down driver if %u dev e%u", 10 + i,
			   i % 10000 + 2, i % 10000);
		s.nr = 0;
		s.checked = 0;
	}
	assert_true(s.d->nr_open <= 256);
}

#define TEST(name_) \
	cmocka_unit_test_prestate_setup_teardown(name_, stream_setup, \
						 stream_teardown, &s)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_worked_example),
		TEST(penalty_decays_by_half_in_a_minute),
		TEST(warn_at_1500_and_not_below),
		TEST(crit_at_2500_and_not_below),
		TEST(three_in_an_hour),
		TEST(six_in_a_day),
		TEST(often_enough_in_a_day_is_one_episode),
		TEST(clears_after_ten_quiet_minutes),
		TEST(one_episode_as_long_as_it_lasts),
		TEST(the_ceiling_holds),
		TEST(one_pulled_cable_is_silent),
		TEST(what_an_administrator_does_is_not_counted),
		TEST(after_that_it_is_the_driver_again),
		TEST(what_was_so_already_is_not_counted),
		TEST(pulses_are_losses),
		TEST(virtual_devices_are_left_out),
		TEST(what_lies_above_adds_nothing),
		TEST(a_removed_device_ends_it),
		TEST(nothing_grows),
	};

	return cmocka_run_group_tests_name("detect_link", tests, NULL, NULL);
}
