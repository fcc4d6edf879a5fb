// SPDX-License-Identifier: GPL-2.0
/* Who waits, who is dropped, and when the next may start. */
#include "unit.h"
#include "clock.h"
#include "hook_queue.h"

#define MS	NW_NSEC_PER_MSEC

static const struct nw_hook_limits limits = {
	.waiting = 3, .starts = 2, .window = 1000,
};

static int setup(void **state)
{
	static struct nw_hook_queue q;

	*state = &q;
	return nw_hook_queue_init(&q, &limits);
}

static int teardown(void **state)
{
	nw_hook_queue_free(*state);
	return 0;
}

/* @len tells them apart. */
static struct nw_hook_item *item(enum nw_severity severity, __u32 len)
{
	struct nw_hook_item *new = calloc(1, sizeof(*new));

	assert_non_null(new);
	new->severity = severity;
	new->len = len;
	return new;
}

/* Push one, and see which one is to be dropped; 0: none. */
static void push(struct nw_hook_queue *q, enum nw_severity severity,
		 __u32 len, __u32 dropped)
{
	struct nw_hook_item *out = nw_hook_queue_push(q, item(severity, len));

	assert_int_equal(out ? out->len : 0, dropped);
	free(out);
}

static void pop(struct nw_hook_queue *q, __u64 now, __u32 len)
{
	struct nw_hook_item *out = nw_hook_queue_pop(q, now);

	assert_int_equal(out->len, len);
	free(out);
}

static void first_in_first_out(void **state)
{
	struct nw_hook_queue *q = *state;

	push(q, NW_SEVERITY_INFO, 1, 0);
	push(q, NW_SEVERITY_CRIT, 2, 0);
	push(q, NW_SEVERITY_WARN, 3, 0);
	pop(q, 0, 1);
	pop(q, 0, 2);
	push(q, NW_SEVERITY_CRIT, 4, 0);
	pop(q, 0, 3);
	pop(q, 0, 4);
	assert_int_equal(q->nr, 0);
}

static void the_latest_of_the_least_gives_way(void **state)
{
	struct nw_hook_queue *q = *state;

	push(q, NW_SEVERITY_INFO, 1, 0);
	push(q, NW_SEVERITY_WARN, 2, 0);
	push(q, NW_SEVERITY_INFO, 3, 0);
	push(q, NW_SEVERITY_INFO, 4, 4);	/* no better than the others */
	push(q, NW_SEVERITY_CRIT, 5, 3);
	push(q, NW_SEVERITY_WARN, 6, 1);
	push(q, NW_SEVERITY_WARN, 7, 7);
	push(q, NW_SEVERITY_CRIT, 8, 6);
	push(q, NW_SEVERITY_CRIT, 9, 2);
	push(q, NW_SEVERITY_CRIT, 10, 10);
	pop(q, 0, 5);
	pop(q, 0, 8);
	pop(q, 0, 9);
}

static void no_more_starts_than_the_window_allows(void **state)
{
	struct nw_hook_queue *q = *state;
	__u32 i;

	assert_true(nw_hook_queue_due(q) == NW_HOOK_NEVER);
	for (i = 1; i <= 3; i++)
		push(q, NW_SEVERITY_INFO, i, 0);
	assert_true(nw_hook_queue_due(q) == 0);
	pop(q, 5000 * MS, 1);
	assert_true(nw_hook_queue_due(q) == 0);
	pop(q, 5300 * MS, 2);
	assert_true(nw_hook_queue_due(q) == 6000 * MS);
	pop(q, 6100 * MS, 3);
	assert_true(nw_hook_queue_due(q) == NW_HOOK_NEVER);
	push(q, NW_SEVERITY_INFO, 4, 0);
	assert_true(nw_hook_queue_due(q) == 6300 * MS);
}

#define TEST(name)	cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(first_in_first_out),
		TEST(the_latest_of_the_least_gives_way),
		TEST(no_more_starts_than_the_window_allows),
	};

	return cmocka_run_group_tests_name("hook_queue", tests, NULL, NULL);
}
