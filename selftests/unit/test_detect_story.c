// SPDX-License-Identifier: GPL-2.0
/*
 * Whole stories: two firewalls with one virtual address, as two hosts saw it,
 * and what must not raise an alarm because nothing is wrong.
 */
#include "unit.h"
#include "stream.h"

#define GW	"10.0.0.1"
#define HOUR	3600.0

static void begin(struct stream *s)
{
	stream_open(s);
	stream_add(s, "0 carrier up initial phys");
	stream_add(s, "0 route + default via " GW " initial");
	stream_add(s, "0 neigh " GW " NONE REACHABLE initial mac f4 gw");
}

static void end_quiet(struct stream *s, double at)
{
	stream_until(s, at);
	stream_expect_quiet(s);
	stream_close(s);
}

/* 19:01 fw3 announces itself, 19:27 it steps back and nobody says so. */
#define T1901	60
#define T1927	1620

static void firewalls_on_host_a(void **state)
{
	static const char *const host[] = {
		"60 neigh " GW " REACHABLE STALE packet mac f3 from f4",
		"61 neigh " GW " STALE DELAY transmit",
		"66 neigh " GW " DELAY PROBE timer",
		"66.001 neigh " GW " PROBE REACHABLE packet",
		"1630 neigh " GW " REACHABLE STALE timer",
		"1630 neigh " GW " STALE DELAY transmit",
		"1635 neigh " GW " DELAY PROBE timer",
		"1638 neigh " GW " PROBE FAILED timer",
		"1638.1 neigh " GW " FAILED INCOMPLETE transmit",
		"1638.101 neigh " GW " INCOMPLETE REACHABLE packet mac f4 from f3",
		NULL
	};
	static const char *const want[] = {
		"60.000 open warn mac-move",
		"120.000 lowered info mac-move",
		"660.000 cleared info mac-move",
		"1638.000 open info gateway-stuck",
		"1638.101 cleared info gateway-stuck",
		"1638.101 open warn mac-move", NULL
	};
	const struct nw_finding *f;
	struct stream s;

	(void)state;
	begin(&s);
	stream_play(&s, host);
	stream_expect(&s, want);
	f = stream_last(&s, "gateway-stuck");
	assert_non_null(strstr(stream_fact(f, "unanswered"), "PROBE, FAILED"));
	assert_non_null(strstr(stream_fact(f, "just then"), "moved"));
	stream_close(&s);
}

static void firewalls_on_host_b(void **state)
{
	static const char *const want[] = {
		"60.000 open warn mac-move",
		"90.000 open info gateway-unconfirmed",
		"660.000 cleared warn mac-move", NULL
	};
	const struct nw_finding *f;
	struct stream s;
	double t;

	(void)state;
	begin(&s);
	stream_add(&s, "60 neigh " GW " REACHABLE STALE packet mac f3 from f4");
	for (t = 61; t < T1927 + 1500; t += 35) {
		stream_add(&s, "%.3f neigh " GW " STALE DELAY transmit", t);
		stream_add(&s, "%.3f neigh " GW " DELAY REACHABLE upper-layer",
			   t + 5);
		stream_add(&s, "%.3f neigh " GW " REACHABLE STALE timer",
			   t + 34);
	}
	stream_expect(&s, want);
	f = nw_detect_open(s.d);
	assert_string_equal(f->id, "gateway-unconfirmed");
	assert_non_null(strstr(f->text, "moved from 02:00:00:00:00:f4"));
	assert_non_null(strstr(f->hint, "lladdr 02:00:00:00:00:f3"));
	stream_close(&s);
}

static void idle_host(void **state)
{
	struct stream s;

	(void)state;
	begin(&s);
	stream_add(&s, "30 neigh " GW " REACHABLE STALE timer");
	stream_add(&s, "90 neigh " GW " STALE - gc");
	end_quiet(&s, 7 * 24 * HOUR);
}

static void one_way_udp(void **state)
{
	struct stream s;
	double t = 10;
	int i;

	(void)state;
	begin(&s);
	for (i = 0; i < 20; i++, t += 20.1) {
		stream_add(&s, "%.3f neigh " GW " REACHABLE STALE timer", t);
		stream_add(&s, "%.3f neigh " GW " STALE DELAY transmit",
			   t + 0.01);
		stream_add(&s, "%.3f neigh " GW " DELAY PROBE timer", t + 5.01);
		stream_add(&s, "%.3f neigh " GW " PROBE REACHABLE packet",
			   t + 5.011);
	}
	stream_until(&s, 2000);
	assert_int_equal(s.nr, 0);
	stream_close(&s);
}

static void busy_with_tcp_for_an_hour(void **state)
{
	struct stream s;
	double t;

	(void)state;
	begin(&s);
	for (t = 10; t < HOUR; t += 25) {
		stream_add(&s, "%.3f neigh " GW " REACHABLE DELAY timer", t);
		stream_add(&s, "%.3f neigh " GW " DELAY REACHABLE upper-layer",
			   t + 5);
	}
	stream_until(&s, HOUR);
	assert_int_equal(s.nr, 0);
	stream_close(&s);
}

static void one_pulled_cable(void **state)
{
	static const char *const pulled[] = {
		"10 neigh " GW " REACHABLE - link-down gw",
		"10 carrier down driver phys",
		"12 neigh " GW " - NONE transmit gw",
		"12 neigh " GW " NONE INCOMPLETE transmit gw",
		"15 neigh " GW " INCOMPLETE FAILED timer gw",
		"16 neigh " GW " FAILED INCOMPLETE transmit gw",
		"19 neigh " GW " INCOMPLETE FAILED timer gw",
		"40 carrier up driver phys",
		"40.2 neigh " GW " FAILED INCOMPLETE transmit gw",
		"41.3 neigh " GW " INCOMPLETE REACHABLE packet mac f4 gw",
		NULL
	};
	struct stream s;

	(void)state;
	begin(&s);
	stream_play(&s, pulled);
	end_quiet(&s, 24 * HOUR);
}

static void ip_neigh_flush(void **state)
{
	static const char *const flush[] = {
		"10 neigh " GW " REACHABLE FAILED admin by ip 77 bash",
		"10 neigh " GW " FAILED - admin by ip 77 bash",
		"10.1 neigh " GW " - NONE transmit",
		"10.1 neigh " GW " NONE INCOMPLETE transmit",
		"10.101 neigh " GW " INCOMPLETE REACHABLE packet mac f4",
		NULL
	};
	struct stream s;

	(void)state;
	begin(&s);
	stream_play(&s, flush);
	stream_until(&s, HOUR);
	assert_int_equal(s.nr, 0);
	stream_close(&s);
}

static void boot_with_spanning_tree(void **state)
{
	struct stream s;
	double t;

	(void)state;
	stream_open(&s);
	stream_add(&s, "1 admin up admin by systemd 1 swapper phys");
	stream_add(&s, "3 carrier up driver phys");
	stream_add(&s, "4 route + default via " GW " admin");
	stream_add(&s, "4 neigh " GW " - NONE transmit gw");
	for (t = 4; t < 32; t += 3.05) {
		stream_add(&s, "%.2f neigh " GW " FAILED INCOMPLETE transmit gw",
			   t);
		stream_add(&s, "%.2f neigh " GW " INCOMPLETE FAILED timer gw",
			   t + 3);
	}
	stream_add(&s, "34.6 neigh " GW " FAILED INCOMPLETE transmit gw");
	stream_add(&s, "34.61 neigh " GW " INCOMPLETE REACHABLE packet mac f4 gw");
	end_quiet(&s, 24 * HOUR);
}

static void keepalived_restarts(void **state)
{
	unsigned int i;
	struct stream s;

	(void)state;
	begin(&s);
	stream_add(&s, "10 neigh " GW " REACHABLE STALE packet mac f3 from f4");
	stream_add(&s, "10.5 neigh " GW " STALE DELAY transmit");
	stream_add(&s, "14 neigh " GW " DELAY STALE packet mac f4 from f3");
	stream_add(&s, "14.5 neigh " GW " STALE DELAY transmit");
	stream_add(&s, "19.5 neigh " GW " DELAY PROBE timer");
	stream_add(&s, "19.501 neigh " GW " PROBE REACHABLE packet");
	stream_until(&s, 24 * HOUR);
	for (i = 0; i < s.nr; i++)
		assert_true(s.told[i].worst <= NW_SEVERITY_WARN);
	assert_null(nw_detect_open(s.d));
	stream_close(&s);
}

static void planned_move(void **state)
{
	static const struct nw_allowed allowed = {
		.nr = 2,
		.lladdr = { { .len = 6, .b = { 2, 0, 0, 0, 0, 0xf3 } },
			    { .len = 6, .b = { 2, 0, 0, 0, 0, 0xf4 } } },
	};
	struct stream s;

	(void)state;
	begin(&s);
	s.config.allowed = &allowed;
	s.config.nr_allowed = 1;
	stream_add(&s, "10 neigh " GW " REACHABLE STALE packet mac f3 from f4");
	stream_add(&s, "11 neigh " GW " STALE DELAY transmit");
	stream_add(&s, "16 neigh " GW " DELAY REACHABLE upper-layer");
	stream_add(&s, "20 neigh " GW " REACHABLE STALE packet mac f4 from f3");
	end_quiet(&s, 24 * HOUR);
}

static void clock_set_back_an_hour(void **state)
{
	struct stream s;
	double t;

	(void)state;
	begin(&s);
	for (t = 10; t < 2 * HOUR; t += 30) {
		if (t > HOUR)
			s.skew = -3600LL * (__s64)STREAM_SECOND;
		stream_add(&s, "%.3f neigh " GW " DELAY PROBE timer", t);
		stream_add(&s, "%.3f neigh " GW " PROBE REACHABLE packet",
			   t + 0.001);
		stream_add(&s, "%.3f neigh " GW " REACHABLE STALE timer",
			   t + 20);
	}
	stream_until(&s, 2 * HOUR);
	assert_int_equal(s.nr, 0);
	stream_close(&s);
}

/* Stamps of creations are earlier than their numbers. */
static void records_out_of_order(void **state)
{
	struct stream s;
	int i;

	(void)state;
	begin(&s);
	for (i = 0; i < 100; i++) {
		stream_add(&s, "%d.5 neigh 10.0.1.%d STALE PROBE timer", i, i);
		stream_add(&s, "%d.4 neigh 10.0.2.%d - NONE transmit", i, i);
		stream_add(&s, "%d.45 neigh 10.0.2.%d NONE INCOMPLETE transmit",
			   i, i);
	}
	stream_until(&s, 1000);
	assert_int_equal(s.nr, 0);
	stream_close(&s);
}

static void evidence_names_who_flushed_the_table(void **state)
{
	static const char *const flushed[] = {
		"5 neigh 10.9.0.62 REACHABLE FAILED admin by ip 78 sh",
		"5 neigh 10.9.0.62 FAILED - admin by ip 78 sh",
		"5 neigh 10.9.0.1 REACHABLE - admin by ip 78 sh",
		NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_healthy(&s);
	stream_play(&s, flushed);
	stream_ask(&s, 6, 20, 0.1);
	assert_string_equal(stream_fact(stream_last(&s, "gateway-stuck"),
					"changes"),
			    "10.9.0.62 removed, by ip (pid 78, child of sh)");
	stream_close(&s);
}

/* What the entries kept of older days is told without a number. */
static void what_was_before_the_recording_is_not_known(void **state)
{
	struct nw_event ev;
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_parse(&s, &ev, "0 route + default via 10.9.0.62 initial");
	ev.seq = 0;
	nw_detect_event(s.d, &ev);
	stream_parse(&s, &ev, "1 neigh 10.9.0.62 NONE INCOMPLETE transmit");
	ev.seq = 0;
	nw_detect_event(s.d, &ev);
	stream_add(&s, "4 neigh 10.9.0.62 INCOMPLETE FAILED timer");
	assert_string_equal(stream_fact(stream_last(&s, "gateway-stuck"),
					"changes"),
			    "not known, it was before the oldest record");
	stream_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(firewalls_on_host_a),
		cmocka_unit_test(firewalls_on_host_b),
		cmocka_unit_test(idle_host),
		cmocka_unit_test(one_way_udp),
		cmocka_unit_test(busy_with_tcp_for_an_hour),
		cmocka_unit_test(one_pulled_cable),
		cmocka_unit_test(ip_neigh_flush),
		cmocka_unit_test(boot_with_spanning_tree),
		cmocka_unit_test(keepalived_restarts),
		cmocka_unit_test(planned_move),
		cmocka_unit_test(clock_set_back_an_hour),
		cmocka_unit_test(records_out_of_order),
		cmocka_unit_test(evidence_names_who_flushed_the_table),
		cmocka_unit_test(what_was_before_the_recording_is_not_known),
	};

	return cmocka_run_group_tests_name("detect_story", tests, NULL, NULL);
}
