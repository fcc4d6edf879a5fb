// SPDX-License-Identifier: GPL-2.0
/* gateway-flap, slow-resolution, probe-loop, -pinned. */
#include "unit.h"
#include "stream.h"

#define GW	STREAM_GATEWAY

/* PROBE fails, the broadcast is answered at once. */
static void lose(struct stream *s, double at)
{
	stream_add(s, "%.3f neigh " GW " DELAY PROBE timer", at - 3);
	stream_add(s, "%.3f neigh " GW " PROBE FAILED timer", at);
	stream_add(s, "%.3f neigh " GW " FAILED INCOMPLETE transmit", at);
	stream_add(s, "%.3f neigh " GW " INCOMPLETE REACHABLE packet mac aa",
		   at + 0.001);
}

static void flap_opens_at_1500(void **state)
{
	static const char *const at[] = {
		"400.000 open warn gateway-flap",
		"2200.000 cleared warn gateway-flap", NULL
	};
	static const char *const none[] = { NULL };
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	lose(&s, 100);
	lose(&s, 400);		/* 300 s: 500 + 1000 */
	assert_int_equal(stream_number(stream_last(&s, "gateway-flap"),
				       "penalty"), 1500);
	stream_until(&s, 10000);
	stream_expect_id(&s, "gateway-flap", at);
	stream_close(&s);
	stream_open(&s);
	stream_gateway(&s);
	lose(&s, 100);
	lose(&s, 400.001);
	stream_until(&s, 10000);
	stream_expect_id(&s, "gateway-flap", none);
	stream_close(&s);
}

static void flap_rises_and_counts_by_the_hour(void **state)
{
	static const char *const fast[] = {
		"110.000 open warn gateway-flap",
		"120.000 raised crit gateway-flap", NULL
	};
	static const char *const slow[] = {
		"3700.000 open warn gateway-flap",
		"5500.000 cleared warn gateway-flap", NULL
	};
	static const char *const none[] = { NULL };
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	lose(&s, 100);
	lose(&s, 110);
	lose(&s, 120);
	stream_expect_id(&s, "gateway-flap", fast);
	stream_close(&s);
	stream_open(&s);
	stream_gateway(&s);
	lose(&s, 100);
	lose(&s, 1900);
	lose(&s, 3700);
	stream_until(&s, 9000);
	stream_expect_id(&s, "gateway-flap", slow);
	stream_close(&s);
	stream_open(&s);
	stream_gateway(&s);
	lose(&s, 100);
	lose(&s, 1900);
	lose(&s, 3700.001);
	stream_expect_id(&s, "gateway-flap", none);
	stream_close(&s);
}

static void flap_stays_open_while_it_goes_on(void **state)
{
	static const char *const one[] = {
		"200.000 open warn gateway-flap", NULL
	};
	struct stream s;
	int i;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	/* 20 min apart: decay alone would open and clear each time. */
	lose(&s, 100);
	lose(&s, 200);
	for (i = 1; i < 20; i++)
		lose(&s, 200 + 1200 * i);
	stream_expect_id(&s, "gateway-flap", one);
	stream_close(&s);
}

static void what_others_did_is_no_flap(void **state)
{
	static const char *const none[] = { NULL };
	struct stream s;
	int i;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	for (i = 1; i < 20; i++) {
		stream_add(&s, "%d neigh " GW " REACHABLE FAILED admin", 10 * i);
		stream_add(&s, "%d neigh " GW " FAILED - admin", 10 * i);
		stream_add(&s, "%d.1 neigh " GW " - INCOMPLETE transmit", 10 * i);
		stream_add(&s, "%d.2 neigh " GW " INCOMPLETE REACHABLE packet",
			   10 * i);
		stream_add(&s, "%d.3 neigh " GW " REACHABLE - link-down", 10 * i);
		stream_add(&s, "%d.4 neigh " GW " - INCOMPLETE transmit", 10 * i);
		stream_add(&s, "%d.5 neigh " GW " INCOMPLETE REACHABLE packet",
			   10 * i);
	}
	stream_expect_id(&s, "gateway-flap", none);
	stream_close(&s);
}

/* A question that is answered @took later. */
static void resolve(struct stream *s, double at, double took)
{
	stream_add(s, "%.3f neigh " GW " DELAY PROBE timer", at);
	stream_add(s, "%.3f neigh " GW " PROBE REACHABLE packet", at + took);
}

static void slow_answer_is_information(void **state)
{
	static const char *const want[] = {
		"11.000 open info slow-resolution",
		"611.000 cleared info slow-resolution", NULL
	};
	static const char *const none[] = { NULL };
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	resolve(&s, 10, 1);
	stream_until(&s, 2000);
	stream_expect(&s, want);
	stream_close(&s);
	stream_open(&s);
	stream_gateway(&s);
	resolve(&s, 10, 0.999);
	stream_expect(&s, none);
	/* Half a second is slow where retrans_time is that. */
	stream_add(&s, "11 params inet retrans 500");
	resolve(&s, 12, 0.5);
	assert_int_equal(s.nr, 1);
	stream_close(&s);
}

static void three_slow_answers_are_a_warning(void **state)
{
	static const char *const within[] = {
		"11.000 open info slow-resolution",
		"611.000 raised warn slow-resolution", NULL
	};
	struct stream s;
	int i;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	resolve(&s, 10, 1);
	for (i = 0; i < 30; i++)
		resolve(&s, 20 + i, 0.01);
	resolve(&s, 300, 1);
	for (i = 0; i < 30; i++)
		resolve(&s, 310 + i, 0.01);
	resolve(&s, 610, 1);
	stream_expect(&s, within);
	stream_close(&s);
}

static void three_of_the_last_twenty(void **state)
{
	struct stream s;
	int i;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	for (i = 0; i < 20; i++)
		resolve(&s, 1000 * i + 10, i == 0 || i == 9 || i == 19 ? 1 : 0);
	assert_int_equal(stream_last(&s, "slow-resolution")->severity,
			 NW_SEVERITY_WARN);
	stream_close(&s);
	stream_open(&s);
	stream_gateway(&s);
	for (i = 0; i < 21; i++)
		resolve(&s, 1000 * i + 10, i == 0 || i == 9 || i == 20 ? 1 : 0);
	assert_int_equal(stream_last(&s, "slow-resolution")->worst,
			 NW_SEVERITY_INFO);
	stream_close(&s);
}

static void cycles(struct stream *s, int nr, double from, double apart)
{
	double t;
	int i;

	for (i = 0; i < nr; i++) {
		t = from + apart * i;
		stream_add(s, "%.3f neigh " GW " STALE DELAY transmit", t);
		stream_add(s, "%.3f neigh " GW " DELAY PROBE timer", t + 5);
		stream_add(s, "%.3f neigh " GW " PROBE REACHABLE packet",
			   t + 5.001);
		stream_add(s, "%.3f neigh " GW " REACHABLE STALE timer",
			   t + 5.002);
	}
}

static void loop_above_twice_what_timers_explain(void **state)
{
	static const char *const want[] = {
		"280.000 open info probe-loop",
		"610.000 cleared info probe-loop", NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	cycles(&s, 30, 10, 9);
	stream_until(&s, 900);
	assert_int_equal(s.nr, 0);
	stream_close(&s);
	stream_open(&s);
	stream_gateway(&s);
	cycles(&s, 31, 10, 9);
	stream_until(&s, 2000);
	stream_expect(&s, want);
	stream_close(&s);
	/* Shorter timers explain more. */
	stream_open(&s);
	stream_gateway(&s);
	stream_add(&s, "1 params inet base 10000 delay 1000");
	cycles(&s, 31, 10, 9);
	assert_int_equal(s.nr, 0);
	stream_close(&s);
}

static void pinned_is_information_until_refused(void **state)
{
	static const char *const want[] = {
		"0.000 open info gateway-pinned",
		"10.000 raised crit gateway-pinned",
		"20.000 cleared crit gateway-pinned", NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_add(&s, "0 neigh %s NONE PERMANENT initial mac %s", GW,
		   "00:00:5e:00:01:07");
	assert_int_equal(s.nr, 0);
	stream_add(&s, "0 route + default via " GW " initial");
	assert_non_null(strstr(s.told[0].text, "VRRP or CARP group 7"));
	stream_add(&s, "10 offer " GW " PERMANENT bb override");
	stream_add(&s, "20 neigh " GW " PERMANENT STALE admin");
	stream_expect(&s, want);
	stream_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flap_opens_at_1500),
		cmocka_unit_test(flap_rises_and_counts_by_the_hour),
		cmocka_unit_test(flap_stays_open_while_it_goes_on),
		cmocka_unit_test(what_others_did_is_no_flap),
		cmocka_unit_test(slow_answer_is_information),
		cmocka_unit_test(three_slow_answers_are_a_warning),
		cmocka_unit_test(three_of_the_last_twenty),
		cmocka_unit_test(loop_above_twice_what_timers_explain),
		cmocka_unit_test(pinned_is_information_until_refused),
	};

	return cmocka_run_group_tests_name("detect_path", tests, NULL, NULL);
}
