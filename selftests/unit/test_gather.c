// SPDX-License-Identifier: GPL-2.0
/* The last few, and all in order of time. */
#include "unit.h"
#include "gather.h"

struct seen {
	unsigned int nr;
	__u64 mono[16];
};

static void see(void *arg, const struct nw_event *ev)
{
	struct seen *s = arg;

	assert_true(s->nr < 16);
	s->mono[s->nr++] = ev->mono;
}

static void add(struct nw_gather *g, __u64 mono)
{
	const struct nw_event ev = { .mono = mono };

	assert_int_equal(nw_gather_add(g, &ev), 0);
}

static void the_last_few(void **state)
{
	struct nw_gather g = { .last = 3 };
	struct seen s = { 0 };
	__u64 i;

	(void)state;
	for (i = 1; i <= 1000; i++)
		add(&g, i);
	nw_gather_drain(&g, see, &s);
	assert_int_equal(s.nr, 3);
	assert_int_equal(s.mono[0], 998);
	assert_int_equal(s.mono[2], 1000);
}

static void fewer_than_wanted(void **state)
{
	struct nw_gather g = { .last = 300 };
	struct seen s = { 0 };

	(void)state;
	add(&g, 1);
	add(&g, 2);
	nw_gather_drain(&g, see, &s);
	assert_int_equal(s.nr, 2);
	assert_int_equal(s.mono[0], 1);
}

static void merged_in_order(void **state)
{
	struct nw_gather g = { .merge = true };
	struct seen s = { 0 };

	(void)state;
	add(&g, 10);
	add(&g, 30);
	add(&g, 20);
	add(&g, 40);
	nw_gather_drain(&g, see, &s);
	assert_int_equal(s.nr, 4);
	assert_int_equal(s.mono[1], 20);
	assert_int_equal(s.mono[3], 40);
}

static void the_last_of_all_when_merged(void **state)
{
	struct nw_gather g = { .merge = true, .last = 2 };
	struct seen s = { 0 };

	(void)state;
	add(&g, 100);
	add(&g, 5);
	add(&g, 6);
	nw_gather_drain(&g, see, &s);
	assert_int_equal(s.nr, 2);
	assert_int_equal(s.mono[0], 6);
	assert_int_equal(s.mono[1], 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_few),
		cmocka_unit_test(fewer_than_wanted),
		cmocka_unit_test(merged_in_order),
		cmocka_unit_test(the_last_of_all_when_merged),
	};

	return cmocka_run_group_tests_name("gather", tests, NULL, NULL);
}
