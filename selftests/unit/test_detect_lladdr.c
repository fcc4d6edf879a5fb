// SPDX-License-Identifier: GPL-2.0
/* Allowed moves, dual-active, duplicate-address. */
#include "unit.h"
#include "stream.h"

#define GW	STREAM_GATEWAY

static struct nw_allowed pair = {
	.addr = { .len = 4, .b = { 10, 0, 0, 1 } }, .nr = 2,
	.lladdr = { { .len = 6, .b = { 2, 0, 0, 0, 0, 0xaa } },
		    { .len = 6, .b = { 2, 0, 0, 0, 0, 0xbb } } },
};

static void allowed_set_moves_as_it_likes(void **state)
{
	struct stream s;
	int i;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	s.config.allowed = &pair;
	s.config.nr_allowed = 1;
	for (i = 0; i < 10; i++)
		stream_move(&s, 10 + i, i % 2 ? "aa" : "bb", i % 2 ? "bb" : "aa");
	stream_add(&s, "21 offer " GW " STALE bb override");
	stream_expect_quiet(&s);
	/* Unless it is lost, or goes to a stranger. */
	stream_add(&s, "30 neigh " GW " PROBE FAILED timer");
	assert_int_equal(stream_last(&s, "mac-move")->severity,
			 NW_SEVERITY_CRIT);
	stream_close(&s);
	stream_open(&s);
	stream_gateway(&s);
	s.config.allowed = &pair;
	s.config.nr_allowed = 1;
	stream_move(&s, 10, "ee", "aa");
	assert_int_equal(stream_last(&s, "mac-move")->severity,
			 NW_SEVERITY_WARN);
	stream_close(&s);
}

static void over_and_back_within_a_minute(void **state)
{
	static const char *const want[] = {
		"70.000 open warn dual-active",
		"670.000 cleared warn dual-active", NULL
	};
	static const char *const none[] = { NULL };
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	stream_move(&s, 10, "bb", "aa");
	stream_move(&s, 70, "aa", "bb");
	stream_until(&s, 2000);
	stream_expect_id(&s, "dual-active", want);
	stream_close(&s);
	stream_open(&s);
	stream_gateway(&s);
	stream_move(&s, 10, "bb", "aa");
	stream_move(&s, 70.001, "aa", "bb");
	stream_expect_id(&s, "dual-active", none);
	stream_close(&s);
	/* On to a third is no way back. */
	stream_open(&s);
	stream_gateway(&s);
	stream_move(&s, 10, "bb", "aa");
	stream_move(&s, 12, "cc", "bb");
	stream_expect_id(&s, "dual-active", none);
	stream_close(&s);
}

static void two_masters(void **state)
{
	static const char *const want[] = {
		"12.000 open warn dual-active",
		"70.000 raised crit dual-active", NULL
	};
	static const char *const slow[] = {
		"12.000 open warn dual-active", NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	stream_move(&s, 10, "bb", "aa");
	stream_move(&s, 12, "aa", "bb");
	stream_move(&s, 70, "bb", "aa");
	stream_expect_id(&s, "dual-active", want);
	assert_int_equal(stream_last(&s, "dual-active")->nr_lladdrs, 2);
	stream_close(&s);
	stream_open(&s);
	stream_gateway(&s);
	stream_move(&s, 10, "bb", "aa");
	stream_move(&s, 12, "aa", "bb");
	stream_move(&s, 70.001, "bb", "aa");
	stream_expect_id(&s, "dual-active", slow);
	stream_close(&s);
}

static void both_answer_one_question(void **state)
{
	static const char *const want[] = {
		"10.001 open crit dual-active", NULL
	};
	static const char *const none[] = { NULL };
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	stream_add(&s, "10 neigh " GW " FAILED INCOMPLETE transmit");
	stream_add(&s, "10.001 neigh " GW " INCOMPLETE REACHABLE packet mac aa");
	stream_add(&s, "10.0011 offer " GW " REACHABLE bb");
	stream_expect_id(&s, "dual-active", want);
	stream_close(&s);
	stream_open(&s);
	stream_gateway(&s);
	stream_add(&s, "10 neigh " GW " FAILED INCOMPLETE transmit");
	stream_add(&s, "10.001 neigh " GW " INCOMPLETE REACHABLE packet mac aa");
	stream_add(&s, "11.001 offer " GW " REACHABLE bb");
	stream_expect_id(&s, "dual-active", none);
	stream_close(&s);
}

/* Each time both answer within 100 us; the kernel keeps the first. */
static void resolution(struct stream *s, const char *addr, int at)
{
	stream_add(s, "%d neigh %s FAILED INCOMPLETE transmit", at, addr);
	stream_add(s, "%d.001 neigh %s INCOMPLETE REACHABLE packet mac aa", at,
		   addr);
	stream_add(s, "%d.0011 offer %s REACHABLE bb mac aa", at, addr);
}

static void duplicate_in_two_resolutions(void **state)
{
	static const char *const want[] = {
		"10.001 open warn duplicate-address",
		"86410.001 raised crit duplicate-address",
		"172810.001 cleared crit duplicate-address", NULL
	};
	const struct nw_finding *f;
	struct stream s;

	(void)state;
	stream_open(&s);
	resolution(&s, "10.0.0.7", 10);
	/* Again for the same question: nothing new. */
	stream_add(&s, "11.2 offer 10.0.0.7 REACHABLE bb mac aa");
	assert_int_equal(s.nr, 1);
	stream_close(&s);
	stream_open(&s);
	resolution(&s, "10.0.0.7", 10);
	resolution(&s, "10.0.0.7", 10 + 24 * 3600);
	f = stream_last(&s, "duplicate-address");
	assert_int_equal(f->nr_lladdrs, 2);
	assert_non_null(strstr(f->text, "02:00:00:00:00:aa and 02:00:00:00:00:bb"));
	stream_until(&s, 200000);
	stream_expect(&s, want);
	stream_close(&s);
}

static void duplicate_a_day_later(void **state)
{
	static const char *const want[] = {
		"10.001 open warn duplicate-address",
		"86410.001 cleared warn duplicate-address",
		"86411.001 open warn duplicate-address", NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	resolution(&s, "10.0.0.7", 10);
	resolution(&s, "10.0.0.7", 11 + 24 * 3600);
	stream_expect(&s, want);
	stream_close(&s);
}

static void offer_and_move_between_two(void **state)
{
	static const char *const late[] = {
		"10.001 open warn duplicate-address", NULL
	};
	static const char *const want[] = {
		"10.001 open warn duplicate-address",
		"3610.001 raised crit duplicate-address", NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	resolution(&s, "10.0.0.7", 10);
	stream_add(&s, "3610.0011 neigh 10.0.0.7 STALE STALE packet mac bb from aa");
	stream_expect_id(&s, "duplicate-address", want);
	stream_close(&s);
	stream_open(&s);
	resolution(&s, "10.0.0.7", 10);
	stream_add(&s, "3610.002 neigh 10.0.0.7 STALE STALE packet mac bb from aa");
	stream_expect_id(&s, "duplicate-address", late);
	stream_close(&s);
	/* The move first, then the offer. */
	stream_open(&s);
	stream_add(&s, "1 neigh 10.0.0.7 NONE STALE packet mac aa");
	stream_add(&s, "2 neigh 10.0.0.7 STALE STALE packet mac bb from aa");
	stream_add(&s, "9 offer 10.0.0.7 STALE aa mac bb");
	assert_int_equal(stream_last(&s, "duplicate-address")->severity,
			 NW_SEVERITY_CRIT);
	stream_close(&s);
}

static void harmless_offers(void **state)
{
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_add(&s, "1 neigh fe80::1 INCOMPLETE REACHABLE packet mac aa");
	stream_add(&s, "2 offer fe80::1 REACHABLE bb mac aa");
	stream_add(&s, "3 neigh fe80::1 STALE PROBE timer");
	stream_add(&s, "4 offer fe80::1 REACHABLE bb mac aa");
	assert_int_equal(s.nr, 1);
	assert_int_equal(s.told[0].severity, NW_SEVERITY_INFO);
	/* With the Override flag it is the first that counts. */
	stream_add(&s, "5 offer fe80::1 REACHABLE bb mac aa override");
	assert_int_equal(s.told[1].severity, NW_SEVERITY_WARN);
	/* What is pinned was not asked for. */
	stream_add(&s, "6 neigh 10.0.0.8 NONE PERMANENT admin mac aa");
	stream_add(&s, "7 offer 10.0.0.8 PERMANENT bb mac aa");
	assert_int_equal(s.nr, 2);
	stream_close(&s);
}

/* Whoever invents addresses must not use up what gateways need. */
static void flood_leaves_room_for_gateways(void **state)
{
	struct stream s;
	int i;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	s.config.thresholds.value[NW_T_FINDINGS] = 16;
	for (i = 0; i < 10000; i++)
		stream_add(&s, "10 neigh 10.1.%d.%d STALE STALE packet mac bb from aa",
			   i / 256, i % 256);
	assert_int_equal(s.nr, 8);
	assert_int_equal(s.d->suppressed, 10000 - 8);
	stream_move(&s, 11, "bb", "aa");
	assert_int_equal(s.nr, 9);
	stream_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(allowed_set_moves_as_it_likes),
		cmocka_unit_test(over_and_back_within_a_minute),
		cmocka_unit_test(two_masters),
		cmocka_unit_test(both_answer_one_question),
		cmocka_unit_test(duplicate_in_two_resolutions),
		cmocka_unit_test(duplicate_a_day_later),
		cmocka_unit_test(offer_and_move_between_two),
		cmocka_unit_test(harmless_offers),
		cmocka_unit_test(flood_leaves_room_for_gateways),
	};

	return cmocka_run_group_tests_name("detect_lladdr", tests, NULL, NULL);
}
