// SPDX-License-Identifier: GPL-2.0
/* gateway-stuck: what it says, and how it minds the link under the gateway. */
#include "unit.h"
#include "stream.h"

/* The dead gateway: PROBE, FAILED, rounds; the text of the screen. */
static void dead_gateway(void **state)
{
	static const char *const dies[] = {
		"100 confirm 10.9.0.62 REACHABLE reply",
		"125 neigh 10.9.0.62 REACHABLE STALE timer gw",
		"125 neigh 10.9.0.62 STALE DELAY transmit gw",
		"130 neigh 10.9.0.62 DELAY PROBE timer gw",
		"133 neigh 10.9.0.62 PROBE FAILED timer gw",
		NULL
	};
	static const char *const want[] = {
		"133.000 open info gateway-stuck",
		"136.000 raised warn gateway-stuck",
		"148.000 raised crit gateway-stuck", NULL
	};
	const struct nw_finding *f;
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_healthy(&s);
	stream_play(&s, dies);
	stream_ask(&s, 133, 414, 0);
	stream_expect(&s, want);
	assert_string_equal(s.told[0].text,
			    "no answer to 3 requests, 3.0 s");
	assert_string_equal(s.told[1].text, "nobody answers ARP, 3.0 s");
	stream_add(&s, "200 confirm 10.9.0.1 REACHABLE reply");
	stream_add(&s, "210 confirm 10.9.0.2 REACHABLE heard");
	stream_add(&s, "220 confirm 10.9.0.3 REACHABLE reply");
	nw_detect_advance(s.d, s.base + 414 * STREAM_SECOND + NW_DETECT_LAG);
	nw_detect_describe(s.d);
	f = nw_detect_open(s.d);
	assert_string_equal(f->subject, "10.9.0.62 eth0");
	assert_string_equal(f->text, "nobody answers ARP, 4 min 41 s");
	assert_string_equal(f->facts[0].label, "last proof");
	assert_int_equal(f->facts[0].at.mono, s.base + 100 * STREAM_SECOND);
	assert_string_equal(f->facts[0].text,
			    "ARP reply, 00:00:0c:9f:f0:30 (HSRPv2 group 48)");
	assert_int_equal(f->facts[1].at.mono, s.base + 130 * STREAM_SECOND);
	assert_string_equal(f->facts[1].text,
			    "PROBE, FAILED +3.0 s; 94 rounds, 0 answers");
	assert_string_equal(f->facts[2].label, "link eth0");
	assert_string_equal(f->facts[2].text,
			    "up since before the recording, no loss in 24 h");
	assert_string_equal(f->facts[3].text, "offered: no");
	assert_non_null(strstr(f->facts[4].text, "3 of 3 others on eth0"));
	assert_int_equal(f->facts[5].at.mono, s.base);
	assert_string_equal(f->facts[5].text,
			    "no route, address, MAC or admin change since");
	assert_string_equal(f->hint, "neighwatch history 10.9.0.62");
	assert_int_equal(stream_number(f, "rounds"), 94);
	assert_true(f->nr_evidence > 2);
	stream_close(&s);
}

/* What is open when a recording ends is told as it is then. */
static void end_of_the_stream(void **state)
{
	const struct nw_finding *f;
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_healthy(&s);
	stream_ask(&s, 10, 100, 0);
	stream_add(&s, "99 confirm 10.9.0.1 REACHABLE reply");
	nw_detect_end(s.d, s.base + 110 * STREAM_SECOND);
	f = nw_detect_open(s.d);
	assert_string_equal(f->text, "nobody answers ARP, 100.0 s");
	assert_non_null(strstr(stream_fact(f, "neighbours"), "1 of 3 others"));
	stream_close(&s);
}

/* Rounds go on after the last change of severity; the end tells all of them. */
static void the_end_counts_all_rounds(void **state)
{
	const struct nw_finding *f;
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_healthy(&s);
	stream_ask(&s, 10, 130, 0);
	stream_add(&s, "131 neigh 10.9.0.62 INCOMPLETE REACHABLE packet");
	f = stream_last(&s, "gateway-stuck");
	assert_string_equal(f->text, "it answered after 2 min 1 s, 40 rounds failed");
	assert_string_equal(stream_fact(f, "unanswered"),
			    "INCOMPLETE, FAILED +3.0 s; 40 rounds, 0 answers");
	stream_close(&s);
}

static void deaf_port_is_told_from_dead_gateway(void **state)
{
	const struct nw_finding *f;
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_healthy(&s);
	stream_ask(&s, 10, 50, 0.1);
	f = stream_last(&s, "gateway-stuck");
	assert_non_null(strstr(stream_fact(f, "neighbours"), "0 of 3 others"));
	stream_close(&s);
	stream_open(&s);
	stream_add(&s, "0 route + default via 10.9.0.62 initial");
	stream_ask(&s, 10, 50, 0.1);
	f = stream_last(&s, "gateway-stuck");
	assert_non_null(strstr(stream_fact(f, "neighbours"),
			       "0 of 0 others on eth0 answered since: nothing"));
	assert_non_null(strstr(stream_fact(f, "last proof"), "none"));
	stream_close(&s);
}

static void evidence_walks_down_and_names_changes(void **state)
{
	static const char *const stack[] = {
		"0 admin enslaved initial other 2 if 3 dev bond0",
		"0 admin enslaved initial other 3 if 4 dev eno1",
		"0 admin enslaved initial other 3 if 5 dev eno2",
		"0 carrier up initial if 4 dev eno1",
		"2 carrier down driver if 5 dev eno2",
		"5 address - 10.9.0.7/24 admin by ip 77 sh",
		NULL
	};
	const struct nw_finding *f;
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_healthy(&s);
	stream_play(&s, stack);
	stream_ask(&s, 10, 50, 0.1);
	stream_add(&s, "51 offer 10.9.0.62 INCOMPLETE bb");
	nw_detect_describe(s.d);
	f = nw_detect_open(s.d);
	assert_string_equal(f->facts[3].label, "on bond0");
	assert_string_equal(f->facts[4].label, "on eno1");
	assert_non_null(strstr(stream_fact(f, "on eno2"), "DOWN"));
	assert_non_null(strstr(stream_fact(f, "on eno2"), "1 loss in 24 h"));
	assert_non_null(strstr(stream_fact(f, "changes"),
			       "address 10.9.0.7/24 removed, by ip (pid 77"));
	assert_string_equal(stream_fact(f, "other MAC"),
			    "offered: 02:00:00:00:00:bb");
	stream_add(&s, "58 admin mtu admin by ip 80 sh");
	stream_add(&s, "60 neigh 10.9.0.62 INCOMPLETE REACHABLE packet mac aa");
	f = stream_last(&s, "gateway-stuck");
	assert_non_null(strstr(stream_fact(f, "just then"), "moved"));
	assert_int_equal(f->status, NW_STATUS_CLEARED);
	stream_close(&s);
}

static void nothing_while_the_cable_is_out(void **state)
{
	static const char *const out[] = {
		"10 carrier down driver",
		"10 neigh 10.9.0.62 REACHABLE - link-down",
		"11 neigh 10.9.0.62 - NONE transmit",
		"11 neigh 10.9.0.62 NONE INCOMPLETE transmit",
		"14 neigh 10.9.0.62 INCOMPLETE FAILED timer",
		"15 neigh 10.9.0.62 FAILED INCOMPLETE transmit",
		"18 neigh 10.9.0.62 INCOMPLETE FAILED timer",
		"59.9 neigh 10.9.0.62 FAILED INCOMPLETE transmit",
		"60 carrier up driver",
		NULL
	};
	static const char *const want[] = {
		"65.000 open warn gateway-stuck",
		"105.000 raised crit gateway-stuck", NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_healthy(&s);
	stream_play(&s, out);
	assert_int_equal(s.nr, 0);
	stream_add(&s, "62.9 neigh 10.9.0.62 INCOMPLETE FAILED timer");
	stream_ask(&s, 63, 120, 0.1);
	stream_expect(&s, want);
	assert_non_null(strstr(s.told[0].text, "may be spanning tree"));
	stream_close(&s);
}

/* Short timers make no difference to a link that just came up. */
static void five_seconds_after_the_carrier(void **state)
{
	static const char *const out[] = {
		"2 params inet retrans 100",
		"10 carrier down driver",
		"20 carrier up driver",
		"20.1 neigh 10.9.0.62 FAILED INCOMPLETE transmit",
		"20.4 neigh 10.9.0.62 INCOMPLETE FAILED timer",
		"20.45 neigh 10.9.0.62 FAILED INCOMPLETE transmit",
		"20.75 neigh 10.9.0.62 INCOMPLETE FAILED timer",
		NULL
	};
	static const char *const want[] = {
		"25.000 open warn gateway-stuck",
		"65.000 raised crit gateway-stuck", NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_healthy(&s);
	stream_play(&s, out);
	stream_until(&s, 100);
	stream_expect(&s, want);
	stream_close(&s);
}

/* Asked into a cable that is out, and answered when it is back. */
static void a_round_without_cable_is_none(void **state)
{
	static const char *const flap[] = {
		"10 carrier down driver",
		"10 neigh 10.9.0.62 REACHABLE - link-down",
		"10.1 neigh 10.9.0.62 - NONE transmit",
		"10.1 neigh 10.9.0.62 NONE INCOMPLETE transmit",
		"12.5 carrier up driver",
		"13.1 neigh 10.9.0.62 INCOMPLETE FAILED timer",
		"13.2 neigh 10.9.0.62 FAILED INCOMPLETE transmit",
		"13.3 neigh 10.9.0.62 INCOMPLETE REACHABLE packet",
		NULL
	};
	static const char *const want[] = {
		"4036.000 open info gateway-stuck", NULL
	};
	static const char *const none[] = { NULL };
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_healthy(&s);
	stream_play(&s, flap);
	stream_until(&s, 30);
	assert_int_equal(s.nr, 0);
	/* Nobody asks again: there is nothing to tell. */
	stream_add(&s, "40 carrier down driver");
	stream_add(&s, "41 neigh 10.9.0.62 NONE INCOMPLETE transmit");
	stream_add(&s, "42 carrier up driver");
	stream_add(&s, "44 neigh 10.9.0.62 INCOMPLETE FAILED timer");
	stream_until(&s, 4000);
	stream_expect_id(&s, "gateway-stuck", none);
	/* What is asked when it is back, and never answered, is one. */
	stream_add(&s, "4030 carrier down driver");
	stream_add(&s, "4031 carrier up driver");
	stream_add(&s, "4031.5 neigh 10.9.0.62 STALE INCOMPLETE transmit");
	stream_add(&s, "4034.5 neigh 10.9.0.62 INCOMPLETE FAILED timer");
	stream_until(&s, 4100);
	stream_expect_id(&s, "gateway-stuck", want);
	assert_non_null(strstr(stream_fact(stream_last(&s, "gateway-stuck"),
					   "unanswered"), "1 round,"));
	stream_close(&s);
}

/* A VLAN over a bond: one of two cables out is no reason to wait. */
static void bond_carries_on(void **state)
{
	static const char *const stack[] = {
		"0 admin enslaved initial other 2 if 3 dev bond0",
		"0 admin enslaved initial other 3 if 4 dev eno1",
		"0 admin enslaved initial other 3 if 5 dev eno2",
		"0 carrier up initial if 3 dev bond0",
		"0 carrier up initial if 4 dev eno1",
		"0 carrier up initial if 5 dev eno2",
		"9 carrier down driver if 5 dev eno2",
		NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_healthy(&s);
	stream_play(&s, stack);
	stream_ask(&s, 10, 20, 0.1);
	assert_int_equal(stream_last(&s, "gateway-stuck")->severity,
			 NW_SEVERITY_WARN);
	stream_add(&s, "20.1 carrier down driver if 4 dev eno1");
	stream_until(&s, 100);
	assert_int_equal(stream_last(&s, "gateway-stuck")->severity,
			 NW_SEVERITY_WARN);
	stream_add(&s, "110 carrier up driver if 4 dev eno1");
	stream_until(&s, 154);
	assert_int_equal(stream_last(&s, "gateway-stuck")->severity,
			 NW_SEVERITY_WARN);
	stream_until(&s, 155);
	assert_int_equal(stream_last(&s, "gateway-stuck")->severity,
			 NW_SEVERITY_CRIT);
	stream_close(&s);
}

/* Guests keep a bridge up; its cable is what leads to the gateway. */
static void cable_under_a_bridge(void **state)
{
	static const char *const bridge[] = {
		"0 admin enslaved initial other 2 if 3 dev eno1 phys",
		"0 admin enslaved initial other 2 if 4 dev vnet0",
		"0 carrier up initial if 3 dev eno1 phys",
		"0 carrier up initial if 4 dev vnet0",
		"9 carrier down driver if 3 dev eno1 phys",
		NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_healthy(&s);
	stream_play(&s, bridge);
	stream_ask(&s, 10, 100, 0.1);
	assert_int_equal(s.nr, 0);
	stream_add(&s, "100.5 carrier up driver if 3 dev eno1 phys");
	stream_ask(&s, 101, 120, 0.1);
	assert_int_equal(stream_last(&s, "gateway-stuck")->severity,
			 NW_SEVERITY_WARN);
	assert_non_null(strstr(stream_last(&s, "gateway-stuck")->text,
			       "spanning tree"));
	stream_close(&s);
}

static void boot_with_spanning_tree(void **state)
{
	double t;
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_add(&s, "1 carrier up driver");
	stream_add(&s, "2 route + default via 10.9.0.62 admin");
	for (t = 2; t < 30; t += 3.1) {
		stream_add(&s, "%.1f neigh 10.9.0.62 FAILED INCOMPLETE transmit",
			   t);
		stream_add(&s, "%.1f neigh 10.9.0.62 INCOMPLETE FAILED timer",
			   t + 3);
	}
	stream_add(&s, "33.2 neigh 10.9.0.62 FAILED INCOMPLETE transmit");
	stream_add(&s, "33.201 neigh 10.9.0.62 INCOMPLETE REACHABLE packet");
	stream_until(&s, 1000);
	stream_expect_quiet(&s);
	stream_close(&s);
}

static void never_answered_is_told_after_spanning_tree(void **state)
{
	static const char *const want[] = {
		"6.000 open info gateway-stuck",
		"36.000 raised warn gateway-stuck",
		"46.000 raised crit gateway-stuck", NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_add(&s, "1 carrier up driver");
	stream_add(&s, "1 route + default via 10.9.0.62 admin");
	stream_ask(&s, 1, 100, 0);
	stream_expect(&s, want);
	stream_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dead_gateway),
		cmocka_unit_test(end_of_the_stream),
		cmocka_unit_test(the_end_counts_all_rounds),
		cmocka_unit_test(deaf_port_is_told_from_dead_gateway),
		cmocka_unit_test(evidence_walks_down_and_names_changes),
		cmocka_unit_test(nothing_while_the_cable_is_out),
		cmocka_unit_test(five_seconds_after_the_carrier),
		cmocka_unit_test(a_round_without_cable_is_none),
		cmocka_unit_test(bond_carries_on),
		cmocka_unit_test(cable_under_a_bridge),
		cmocka_unit_test(boot_with_spanning_tree),
		cmocka_unit_test(never_answered_is_told_after_spanning_tree),
	};

	return cmocka_run_group_tests_name("detect_stuck", tests, NULL, NULL);
}
