// SPDX-License-Identifier: GPL-2.0
/* Which numbers came, came twice, or never came. */
#include "unit.h"
#include "seqtrack.h"

#define INSTANCE	5
#define COOKIE		1

static int live(struct nw_seqtrack *t, __u64 seq)
{
	return (int)nw_seqtrack_live(t, INSTANCE, COOKIE, seq);
}

static int dump(struct nw_seqtrack *t, __u64 seq, __u64 *lost)
{
	return (int)nw_seqtrack_dump(t, INSTANCE, COOKIE, seq, lost);
}

static void first_live_number_is_taken(void **state)
{
	struct nw_seqtrack t = { 0 };

	(void)state;
	assert_int_equal(live(&t, 42), NW_SEQ_NEXT);
	assert_int_equal(live(&t, 43), NW_SEQ_NEXT);
	assert_int_equal(live(&t, 43), NW_SEQ_HAD);
	assert_int_equal(live(&t, 7), NW_SEQ_HAD);
	assert_int_equal(t.lost, 0);
	nw_seqtrack_free(&t);
}

static void dump_and_live_join_without_repeat(void **state)
{
	struct nw_seqtrack t = { 0 };
	__u64 seq, lost;

	(void)state;
	for (seq = 10; seq < 20; seq++) {
		assert_int_equal(dump(&t, seq, &lost), NW_SEQ_NEXT);
		assert_int_equal(lost, 0);
	}
	for (seq = 15; seq < 20; seq++)
		assert_int_equal(live(&t, seq), NW_SEQ_HAD);
	assert_int_equal(live(&t, 20), NW_SEQ_NEXT);
	nw_seqtrack_free(&t);
}

static void gap_is_mended_from_the_ring(void **state)
{
	struct nw_seqtrack t = { 0 };
	__u64 seq, lost;

	(void)state;
	assert_int_equal(live(&t, 1), NW_SEQ_NEXT);
	assert_int_equal(live(&t, 5), NW_SEQ_GAP);
	assert_int_equal(live(&t, 5), NW_SEQ_GAP);
	for (seq = 2; seq < 7; seq++)
		assert_int_equal(dump(&t, seq, &lost), NW_SEQ_NEXT);
	assert_int_equal(live(&t, 5), NW_SEQ_HAD);
	assert_int_equal(live(&t, 6), NW_SEQ_HAD);
	assert_int_equal(live(&t, 7), NW_SEQ_NEXT);
	assert_int_equal(t.lost, 0);
	nw_seqtrack_free(&t);
}

static void overwritten_numbers_are_lost(void **state)
{
	struct nw_seqtrack t = { 0 };
	__u64 lost;

	(void)state;
	assert_int_equal(live(&t, 1), NW_SEQ_NEXT);
	assert_int_equal(dump(&t, 11, &lost), NW_SEQ_NEXT);
	assert_int_equal(lost, 9);
	assert_int_equal(dump(&t, 12, &lost), NW_SEQ_NEXT);
	assert_int_equal(lost, 0);
	assert_int_equal(nw_seqtrack_reach(&t, INSTANCE, COOKIE, 15), 2);
	assert_int_equal(nw_seqtrack_reach(&t, INSTANCE, COOKIE, 3), 0);
	assert_int_equal(t.lost, 11);
	assert_int_equal(live(&t, 15), NW_SEQ_NEXT);
	nw_seqtrack_free(&t);
}

static void namespaces_and_loads_are_apart(void **state)
{
	struct nw_seqtrack t = { 0 };

	(void)state;
	assert_int_equal(live(&t, 50), NW_SEQ_NEXT);
	assert_int_equal(nw_seqtrack_live(&t, INSTANCE, COOKIE + 1, 1),
			 NW_SEQ_NEXT);
	assert_int_equal(nw_seqtrack_live(&t, INSTANCE + 1, COOKIE, 1),
			 NW_SEQ_NEXT);
	assert_int_equal(live(&t, 51), NW_SEQ_NEXT);
	assert_int_equal(t.nr, 3);
	assert_null(nw_seqtrack_find(&t, INSTANCE + 1, COOKIE + 1));
	nw_seqtrack_free(&t);
}

static void beginning_is_set_by_reach(void **state)
{
	struct nw_seqtrack t = { 0 };

	(void)state;
	assert_int_equal(nw_seqtrack_reach(&t, INSTANCE, COOKIE, 30), 0);
	assert_int_equal(live(&t, 29), NW_SEQ_HAD);
	assert_int_equal(live(&t, 31), NW_SEQ_GAP);
	assert_int_equal(live(&t, 30), NW_SEQ_NEXT);
	nw_seqtrack_free(&t);
}

static void namespaces_that_are_gone_take_no_room(void **state)
{
	struct nw_seqtrack t = { 0 };
	__u64 cookie;

	(void)state;
	for (cookie = 1; cookie <= 2 * NW_SEQTRACK_SPACES; cookie++) {
		assert_int_equal(nw_seqtrack_live(&t, INSTANCE, cookie, 1),
				 NW_SEQ_NEXT);
		/* This one is heard of all the time. */
		assert_int_equal(nw_seqtrack_live(&t, INSTANCE, 1, cookie + 1),
				 NW_SEQ_NEXT);
	}
	assert_int_equal(t.nr, NW_SEQTRACK_SPACES);
	assert_int_equal(nw_seqtrack_live(&t, INSTANCE, cookie - 1, 1),
			 NW_SEQ_HAD);
	assert_null(nw_seqtrack_find(&t, INSTANCE, 2));
	nw_seqtrack_free(&t);
}

static void another_load_leaves_nothing_of_the_one_before(void **state)
{
	struct nw_seqtrack t = { 0 };

	(void)state;
	nw_seqtrack_live(&t, INSTANCE, 1, 7);
	nw_seqtrack_live(&t, INSTANCE + 1, 1, 3);
	nw_seqtrack_live(&t, INSTANCE, 2, 7);
	nw_seqtrack_forget(&t, INSTANCE + 1);
	assert_int_equal(t.nr, 1);
	assert_null(nw_seqtrack_find(&t, INSTANCE, 2));
	assert_int_equal(nw_seqtrack_live(&t, INSTANCE + 1, 1, 4), NW_SEQ_NEXT);
	nw_seqtrack_free(&t);
}

/* It was made while the reader followed, and its first numbers never came. */
static void a_new_namespace_begins_with_1(void **state)
{
	struct nw_seqtrack t = { .complete = true };
	__u64 lost;

	(void)state;
	assert_int_equal(live(&t, 190), NW_SEQ_GAP);
	assert_int_equal(live(&t, 1), NW_SEQ_NEXT);
	assert_int_equal(nw_seqtrack_dump(&t, INSTANCE, COOKIE + 1, 190, &lost),
			 NW_SEQ_NEXT);
	assert_int_equal(lost, 189);
	assert_int_equal(nw_seqtrack_reach(&t, INSTANCE, COOKIE + 2, 11), 10);
	assert_int_equal(t.lost, 199);
	nw_seqtrack_free(&t);
}

/* One that was given up is heard of again: where it was nobody knows. */
static void who_was_given_up_begins_anywhere(void **state)
{
	struct nw_seqtrack t = { .complete = true };
	__u64 cookie;

	(void)state;
	for (cookie = 1; cookie <= NW_SEQTRACK_SPACES + 1; cookie++)
		nw_seqtrack_live(&t, INSTANCE, cookie, 1);
	assert_int_equal(nw_seqtrack_live(&t, INSTANCE, 1, 50), NW_SEQ_NEXT);
	nw_seqtrack_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_live_number_is_taken),
		cmocka_unit_test(dump_and_live_join_without_repeat),
		cmocka_unit_test(gap_is_mended_from_the_ring),
		cmocka_unit_test(overwritten_numbers_are_lost),
		cmocka_unit_test(namespaces_and_loads_are_apart),
		cmocka_unit_test(beginning_is_set_by_reach),
		cmocka_unit_test(namespaces_that_are_gone_take_no_room),
		cmocka_unit_test(another_load_leaves_nothing_of_the_one_before),
		cmocka_unit_test(a_new_namespace_begins_with_1),
		cmocka_unit_test(who_was_given_up_begins_anywhere),
	};

	return cmocka_run_group_tests_name("seqtrack", tests, NULL, NULL);
}
