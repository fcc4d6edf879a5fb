// SPDX-License-Identifier: GPL-2.0
/* mac-move: alarms, and when they are none any more. */
#include "unit.h"
#include "stream.h"

#define GW	STREAM_GATEWAY

static void move_of_a_gateway_proves_sound(void **state)
{
	static const char *const want[] = {
		"10.000 open warn mac-move",
		"70.000 lowered info mac-move",
		"610.000 cleared info mac-move", NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	stream_move(&s, 10, "bb", "aa");
	stream_add(&s, "20 neigh " GW " PROBE REACHABLE packet");
	stream_until(&s, 2000);
	stream_expect_id(&s, "mac-move", want);
	assert_non_null(strstr(s.told[0].text, "02:00:00:00:00:bb"));
	assert_int_equal(s.told[0].nr_lladdrs, 2);
	stream_close(&s);
}

static void move_without_an_answer_stays(void **state)
{
	static const char *const want[] = {
		"10.000 open warn mac-move",
		"200.000 lowered info mac-move",
		"610.000 cleared info mac-move", NULL
	};
	static const char *const claimed[] = {
		"10.000 open warn mac-move",
		"110.000 lowered info mac-move", NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	stream_move(&s, 10, "bb", "aa");
	stream_add(&s, "100 confirm " GW " STALE heard");
	stream_add(&s, "200 neigh " GW " PROBE REACHABLE packet");
	stream_until(&s, 2000);
	stream_expect_id(&s, "mac-move", want);
	stream_close(&s);
	/* Somebody else claims it: the minute begins anew. */
	stream_open(&s);
	stream_gateway(&s);
	stream_move(&s, 10, "bb", "aa");
	stream_add(&s, "20 neigh " GW " PROBE REACHABLE packet");
	stream_add(&s, "50 offer " GW " REACHABLE aa override");
	stream_until(&s, 500);
	stream_expect_id(&s, "mac-move", claimed);
	stream_close(&s);
}

static void move_of_others_is_information(void **state)
{
	static const char *const want[] = {
		"10.000 open info mac-move", NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	stream_add(&s, "10 neigh 10.0.0.9 STALE STALE packet mac c2 from c1");
	stream_add(&s, "20 neigh 10.0.0.9 PROBE FAILED timer");
	/* An administrator's is shown by its event alone. */
	stream_add(&s, "30 neigh " GW " STALE STALE admin mac bb from aa");
	stream_expect(&s, want);
	stream_close(&s);
}

static void gateway_lost_by_the_move(void **state)
{
	static const char *const at[] = {
		"10.000 open warn mac-move",
		"70.000 raised crit mac-move", NULL
	};
	static const char *const after[] = {
		"10.000 open warn mac-move", NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	stream_move(&s, 10, "bb", "aa");
	stream_add(&s, "70 neigh " GW " PROBE FAILED timer");
	stream_expect_id(&s, "mac-move", at);
	stream_close(&s);
	stream_open(&s);
	stream_gateway(&s);
	stream_move(&s, 10, "bb", "aa");
	stream_add(&s, "70.001 neigh " GW " PROBE FAILED timer");
	stream_expect_id(&s, "mac-move", after);
	stream_close(&s);
}

/* The alarm tells how it is now, and is none once all is well. */
static void lost_by_the_move_and_found_again(void **state)
{
	static const char *const want[] = {
		"10.000 open warn mac-move",
		"30.000 raised crit mac-move",
		"95.000 lowered info mac-move",
		"635.000 cleared info mac-move", NULL
	};
	const struct nw_finding *f;
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	stream_move(&s, 10, "bb", "aa");
	assert_string_equal(s.told[0].text, "moved to 02:00:00:00:00:bb");
	stream_add(&s, "30 neigh " GW " PROBE FAILED timer");
	stream_add(&s, "30 neigh " GW " FAILED INCOMPLETE transmit");
	f = stream_last(&s, "mac-move");
	assert_string_equal(f->text, "moved to 02:00:00:00:00:bb: no answer");
	stream_add(&s, "35 neigh " GW " INCOMPLETE REACHABLE packet mac aa from bb");
	assert_string_equal(nw_detect_open(s.d)->text,
			    "moved back to 02:00:00:00:00:aa, answers again");
	stream_until(&s, 2000);
	stream_expect_id(&s, "mac-move", want);
	assert_string_equal(s.told[s.nr - 1].text,
			    "stayed where it is since, 2 moves in all");
	stream_close(&s);
	stream_open(&s);
	stream_gateway(&s);
	stream_move(&s, 10, "bb", "aa");
	stream_add(&s, "30 neigh " GW " PROBE FAILED timer");
	stream_until(&s, 2000);
	f = stream_last(&s, "mac-move");
	assert_int_equal(f->severity, NW_SEVERITY_CRIT);
	assert_string_equal(f->text, "no move and no answer since, 1 move in all");
	stream_close(&s);
}

/* How it began, and how it stands now. */
static void of_many_moves_the_first_and_the_latest_are_told(void **state)
{
	const struct nw_finding *f;
	struct stream s;
	unsigned int i;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	for (i = 0; i < 50; i++)
		stream_move(&s, 10 + i, i % 2 ? "aa" : "bb", i % 2 ? "bb" : "aa");
	f = nw_detect_open(s.d);
	while (strcmp(f->id, "mac-move"))
		f = f->next;
	assert_int_equal(f->nr_facts, NW_FINDING_FACTS);
	assert_int_equal(f->facts[0].at.mono, s.base + 10 * STREAM_SECOND);
	assert_int_equal(f->facts[1].at.mono,
			 s.base + (60 + 1 - NW_FINDING_FACTS) * STREAM_SECOND);
	assert_int_equal(f->facts[NW_FINDING_FACTS - 1].at.mono,
			 s.base + 59 * STREAM_SECOND);
	stream_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(move_of_a_gateway_proves_sound),
		cmocka_unit_test(move_without_an_answer_stays),
		cmocka_unit_test(move_of_others_is_information),
		cmocka_unit_test(gateway_lost_by_the_move),
		cmocka_unit_test(lost_by_the_move_and_found_again),
		cmocka_unit_test(of_many_moves_the_first_and_the_latest_are_told),
	};

	return cmocka_run_group_tests_name("detect_move", tests, NULL, NULL);
}
