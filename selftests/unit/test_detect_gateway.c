// SPDX-License-Identifier: GPL-2.0
/* gateway-stuck: when it opens, rises and clears, and what it says. */
#include "unit.h"
#include "stream.h"

static void opens_at_its_deadlines(void **state)
{
	static const char *const want[] = {
		"13.000 open info gateway-stuck",
		"15.000 raised warn gateway-stuck",
		"25.000 raised crit gateway-stuck",
		"60.000 cleared crit gateway-stuck", NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_healthy(&s);
	stream_ask(&s, 10, 50, 0.1);
	stream_add(&s, "60 neigh 10.9.0.62 INCOMPLETE REACHABLE packet");
	stream_expect(&s, want);
	stream_close(&s);
}

static void answer_just_before_keeps_it_closed(void **state)
{
	static const char *const want[] = {
		"13.000 open info gateway-stuck",
		"14.999 cleared info gateway-stuck", NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_healthy(&s);
	stream_ask(&s, 10, 14, 0.1);
	stream_add(&s, "14.999 neigh 10.9.0.62 INCOMPLETE REACHABLE packet");
	stream_until(&s, 1000);
	stream_expect(&s, want);
	stream_close(&s);
}

static void deadlines_follow_the_sysctls(void **state)
{
	static const char *const want[] = {
		"10.700 raised warn gateway-stuck",
		"12.500 raised crit gateway-stuck", NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_healthy(&s);
	stream_add(&s, "2 params inet retrans 100 mcast 4 app 1");
	stream_add(&s, "10 neigh 10.9.0.62 STALE INCOMPLETE transmit");
	stream_add(&s, "10.5 neigh 10.9.0.62 INCOMPLETE FAILED timer");
	stream_add(&s, "10.55 neigh 10.9.0.62 FAILED INCOMPLETE transmit");
	s.checked = s.nr;
	stream_until(&s, 20);
	stream_expect(&s, want);
	assert_int_equal(stream_number(&s.told[s.nr - 1], "retrans_ns"),
			 STREAM_SECOND / 10);
	assert_int_equal(stream_number(&s.told[s.nr - 1], "solicits"), 5);
	assert_int_equal(stream_number(&s.told[s.nr - 1], "limit_ns"),
			 STREAM_SECOND * 7 / 10);
	stream_close(&s);
}

/* mcast_solicit of 0: it fails at once, again and again. */
static void no_solicits_at_all(void **state)
{
	static const char *const want[] = {
		"10.000 open info gateway-stuck",
		"11.000 raised warn gateway-stuck",
		"15.000 raised crit gateway-stuck", NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_healthy(&s);
	stream_add(&s, "2 params inet mcast 0");
	stream_add(&s, "10 neigh 10.9.0.62 STALE FAILED timer");
	stream_add(&s, "11 neigh 10.9.0.62 NONE FAILED timer");
	stream_until(&s, 100);
	stream_expect(&s, want);
	stream_close(&s);
}

static void sysctls_out_of_all_bounds(void **state)
{
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_healthy(&s);
	stream_add(&s, "2 params inet retrans -1 mcast -1 app -1");
	stream_ask(&s, 10, 14, 0.1);
	stream_until(&s, 100000);
	assert_int_equal(stream_last(&s, "gateway-stuck")->worst,
			 NW_SEVERITY_INFO);
	stream_close(&s);
}

static void one_failed_round_is_information(void **state)
{
	static const char *const want[] = {
		"13.000 open info gateway-stuck", NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_healthy(&s);
	stream_ask(&s, 10, 13, 1);
	stream_until(&s, 5000);
	stream_expect(&s, want);
	stream_close(&s);
}

/* NTP asks once a minute: two failed rounds tell. */
static void one_packet_a_minute(void **state)
{
	static const char *const want[] = {
		"13.000 open info gateway-stuck",
		"73.000 raised warn gateway-stuck",
		"73.000 raised crit gateway-stuck",
		"300.000 cleared crit gateway-stuck", NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_healthy(&s);
	stream_ask(&s, 10, 280, 57);
	stream_add(&s, "300 neigh 10.9.0.62 INCOMPLETE REACHABLE packet");
	stream_expect(&s, want);
	stream_close(&s);
}

static void rounds_too_far_apart(void **state)
{
	static const char *const far[] = {
		"10 neigh 10.9.0.62 STALE INCOMPLETE transmit",
		"13 neigh 10.9.0.62 INCOMPLETE FAILED timer",
		"610.001 neigh 10.9.0.62 FAILED INCOMPLETE transmit",
		"613.001 neigh 10.9.0.62 INCOMPLETE FAILED timer",
		NULL
	};
	static const char *const near[] = {
		"1200 neigh 10.9.0.62 FAILED INCOMPLETE transmit",
		"1203 neigh 10.9.0.62 INCOMPLETE FAILED timer",
		NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_healthy(&s);
	stream_play(&s, far);
	assert_int_equal(stream_last(&s, "gateway-stuck")->severity,
			 NW_SEVERITY_INFO);
	stream_play(&s, near);
	assert_true(stream_last(&s, "gateway-stuck")->severity >=
		    NW_SEVERITY_WARN);
	stream_close(&s);
}

/* What becomes of the kernel's entry says nothing about the gateway. */
static void collected_meanwhile(void **state)
{
	static const char *const gone[] = {
		"100 neigh 10.9.0.62 FAILED - gc",
		"200 neigh 10.9.0.62 - NONE transmit",
		"200 neigh 10.9.0.62 NONE INCOMPLETE transmit",
		"203 neigh 10.9.0.62 INCOMPLETE FAILED timer",
		"204 neigh 10.9.0.62 FAILED - admin by ip 7 bash",
		"300 neigh 10.9.0.62 - STALE packet",
		NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_healthy(&s);
	stream_ask(&s, 10, 50, 0.1);
	s.checked = s.nr;
	stream_play(&s, gone);
	stream_until(&s, 5000);
	assert_int_equal(s.nr, s.checked);
	assert_non_null(nw_detect_open(s.d));
	stream_add(&s, "5001 neigh 10.9.0.62 DELAY REACHABLE upper-layer");
	assert_int_equal(s.nr, s.checked + 1);
	assert_int_equal(s.told[s.nr - 1].status, NW_STATUS_CLEARED);
	assert_null(nw_detect_open(s.d));
	stream_close(&s);
}

static void route_or_administrator_ends_it(void **state)
{
	static const char *const end[] = {
		"60 route - default via 10.9.0.62 admin by ip 9 bash",
		"60 neigh 10.9.0.62 INCOMPLETE PERMANENT admin mac aa",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(end); i++) {
		struct stream s;

		stream_open(&s);
		stream_healthy(&s);
		stream_ask(&s, 10, 50, 0.1);
		stream_add(&s, "%s", end[i]);
		assert_int_equal(stream_last(&s, "gateway-stuck")->status,
				 NW_STATUS_CLEARED);
		stream_close(&s);
	}
}

static void flush_is_no_failure(void **state)
{
	static const char *const flush[] = {
		"10 neigh 10.9.0.62 REACHABLE FAILED admin by ip 7 bash",
		"10 neigh 10.9.0.62 FAILED - admin by ip 7 bash",
		"11 neigh 10.9.0.62 - NONE transmit",
		"11 neigh 10.9.0.62 NONE INCOMPLETE transmit",
		"11.001 neigh 10.9.0.62 INCOMPLETE REACHABLE packet",
		NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_healthy(&s);
	stream_play(&s, flush);
	stream_until(&s, 1000);
	stream_expect_quiet(&s);
	assert_int_equal(s.nr, 0);
	stream_close(&s);
}

static void seeded_failure_waits_for_a_question(void **state)
{
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_add(&s, "0 neigh 10.9.0.62 NONE FAILED initial gw");
	stream_add(&s, "0 route + default via 10.9.0.62 initial");
	stream_until(&s, 100);
	assert_int_equal(s.nr, 0);
	stream_close(&s);
	/* One that was asked for at load is asked for. */
	stream_open(&s);
	stream_add(&s, "0 neigh 10.9.0.62 NONE INCOMPLETE initial");
	stream_add(&s, "0 route + default via 10.9.0.62 initial");
	stream_until(&s, 4.999);
	assert_int_equal(s.nr, 0);
	stream_until(&s, 5);
	assert_int_equal(s.nr, 1);
	assert_int_equal(s.told[0].severity, NW_SEVERITY_WARN);
	stream_close(&s);
}

static void other_neighbours_and_named_gateways(void **state)
{
	static const struct nw_named_gateway named = {
		.addr = { .len = 4, .b = { 10, 9, 0, 62 } }, .dev = "eth0",
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_ask(&s, 10, 50, 0.1);
	assert_int_equal(s.nr, 0);
	stream_close(&s);
	stream_open(&s);
	s.config.gateways = &named;
	s.config.nr_gateways = 1;
	stream_reopen(&s);
	stream_ask(&s, 10, 50, 0.1);
	assert_int_equal(s.told[s.nr - 1].severity, NW_SEVERITY_CRIT);
	stream_close(&s);
}

static void clock_steps_change_no_verdict(void **state)
{
	struct stream a, b;
	unsigned int i;

	(void)state;
	stream_open(&a);
	stream_healthy(&a);
	stream_open(&b);
	stream_healthy(&b);
	stream_ask(&a, 10, 14, 0.1);
	stream_ask(&b, 10, 14, 0.1);
	b.skew = -3600LL * (__s64)STREAM_SECOND;
	stream_ask(&a, 16.2, 50, 0.1);
	stream_ask(&b, 16.2, 50, 0.1);
	assert_int_equal(a.nr, b.nr);
	for (i = 0; i < a.nr; i++) {
		assert_int_equal(a.told[i].changed.mono, b.told[i].changed.mono);
		assert_int_equal(a.told[i].severity, b.told[i].severity);
	}
	assert_int_equal(a.told[a.nr - 1].changed.real -
			 b.told[b.nr - 1].changed.real, 3600 * STREAM_SECOND);
	stream_close(&a);
	stream_close(&b);
}

static void ticks_change_nothing(void **state)
{
	struct stream a, b;
	unsigned int i;

	(void)state;
	stream_open(&a);
	stream_open(&b);
	b.ticks = true;
	stream_healthy(&a);
	stream_healthy(&b);
	stream_ask(&a, 10, 400, 57);
	stream_ask(&b, 10, 400, 57);
	stream_until(&a, 400);
	stream_until(&b, 400);
	assert_true(a.nr > 2);
	assert_int_equal(a.nr, b.nr);
	for (i = 0; i < a.nr; i++) {
		a.told[i].prev = b.told[i].prev;
		a.told[i].next = b.told[i].next;
		assert_memory_equal(&a.told[i], &b.told[i], sizeof(a.told[i]));
	}
	stream_close(&a);
	stream_close(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opens_at_its_deadlines),
		cmocka_unit_test(answer_just_before_keeps_it_closed),
		cmocka_unit_test(deadlines_follow_the_sysctls),
		cmocka_unit_test(no_solicits_at_all),
		cmocka_unit_test(sysctls_out_of_all_bounds),
		cmocka_unit_test(one_failed_round_is_information),
		cmocka_unit_test(one_packet_a_minute),
		cmocka_unit_test(rounds_too_far_apart),
		cmocka_unit_test(collected_meanwhile),
		cmocka_unit_test(route_or_administrator_ends_it),
		cmocka_unit_test(flush_is_no_failure),
		cmocka_unit_test(seeded_failure_waits_for_a_question),
		cmocka_unit_test(other_neighbours_and_named_gateways),
		cmocka_unit_test(clock_steps_change_no_verdict),
		cmocka_unit_test(ticks_change_nothing),
	};

	return cmocka_run_group_tests_name("detect_gateway", tests, NULL, NULL);
}
