// SPDX-License-Identifier: GPL-2.0
/* Losses of a day: by the records, and before them by what the entry kept. */
#include <linux/neighbour.h>

#include "unit.h"
#include "tally.h"

static void outage(struct nw_neigh *n, __u64 begin, __u64 end)
{
	struct nw_outage *o = &n->outage[n->nr_outage++];

	n->has = NW_BIT(NW_A_NEIGH_ADDR);
	n->outages++;
	o->begin = begin;
	if (!end)
		return;
	o->end = end;
	o->has |= NW_BIT(NW_A_OUTAGE_END);
}

static void change(struct nw_tally *t, __u64 mono, __u8 old, __u8 new,
		   __u8 cause)
{
	struct nw_event ev = {
		.mono = mono, .type = NW_TYPE_NEIGH, .cause = cause,
		.neigh = { .has = NW_BIT(NW_A_CHANGE_OLD), .old = old,
			   .new = new },
	};

	nw_tally_change(t, &ev);
}

static void carrier(struct nw_tally *t, __u64 mono, __u8 new, __u8 cause)
{
	struct nw_event ev = {
		.mono = mono, .type = NW_TYPE_CARRIER, .cause = cause,
		.carrier = { .new = new },
	};

	nw_tally_carrier(t, &ev);
}

static void step(struct nw_link *l, __u64 mono, __u8 new, __u8 cause)
{
	struct nw_step *s = &l->last[l->nr_last++];

	s->mono = mono;
	s->new = new;
	s->cause = cause;
}

/* Rounds of one outage are one loss, whatever becomes of the entry. */
static void an_outage_counts_once(void **state)
{
	const struct nw_neigh none = { 0 };
	struct nw_tally t;

	(void)state;
	nw_tally_neigh(&t, &none, 100, 0);
	change(&t, 110, NUD_STALE, NUD_DELAY, NW_CAUSE_TRANSMIT);
	change(&t, 115, NUD_DELAY, NUD_PROBE, NW_CAUSE_TIMER);
	assert_int_equal(t.nr, 0);
	change(&t, 118, NUD_PROBE, NUD_FAILED, NW_CAUSE_TIMER);
	change(&t, 119, NUD_FAILED, NUD_INCOMPLETE, NW_CAUSE_TRANSMIT);
	change(&t, 122, NUD_INCOMPLETE, NUD_FAILED, NW_CAUSE_TIMER);
	change(&t, 130, NUD_FAILED, NW_NUD_ABSENT, NW_CAUSE_GC);
	change(&t, 140, NUD_INCOMPLETE, NUD_FAILED, NW_CAUSE_TIMER);
	assert_int_equal(t.nr, 1);
	change(&t, 150, NUD_INCOMPLETE, NUD_REACHABLE, NW_CAUSE_PACKET);
	change(&t, 160, NUD_PROBE, NUD_FAILED, NW_CAUSE_TIMER);
	assert_int_equal(t.nr, 2);
	assert_false(t.partial);
}

static void what_is_no_loss(void **state)
{
	const struct nw_neigh none = { 0 };
	struct nw_tally t;

	(void)state;
	nw_tally_neigh(&t, &none, 100, 0);
	change(&t, 90, NUD_PROBE, NUD_FAILED, NW_CAUSE_TIMER);
	change(&t, 91, NUD_FAILED, NUD_REACHABLE, NW_CAUSE_PACKET);
	change(&t, 110, NUD_STALE, NW_NUD_ABSENT, NW_CAUSE_GC);
	change(&t, 111, NUD_REACHABLE, NUD_FAILED, NW_CAUSE_ADMIN);
	change(&t, 112, NUD_FAILED, NUD_REACHABLE, NW_CAUSE_PACKET);
	change(&t, 113, NUD_NONE, NUD_FAILED, NW_CAUSE_INITIAL);
	assert_int_equal(t.nr, 0);
}

/* The entry kept what began before the oldest record, the ring the rest. */
static void nothing_is_counted_twice(void **state)
{
	struct nw_neigh n = { 0 };
	struct nw_tally t;

	(void)state;
	outage(&n, 90, 95);
	outage(&n, 120, 125);
	outage(&n, 190, 0);
	nw_tally_neigh(&t, &n, 100, 200);
	assert_int_equal(t.nr, 2);
	change(&t, 210, NUD_INCOMPLETE, NUD_FAILED, NW_CAUSE_TIMER);
	assert_int_equal(t.nr, 2);
	change(&t, 220, NUD_INCOMPLETE, NUD_REACHABLE, NW_CAUSE_PACKET);
	change(&t, 230, NUD_PROBE, NUD_FAILED, NW_CAUSE_TIMER);
	assert_int_equal(t.nr, 3);
	assert_false(t.partial);
	nw_tally_neigh(&t, &n, 100, 0);
	assert_int_equal(t.nr, 0);
	outage(&n, 240, 0);
	nw_tally_neigh(&t, &n, 100, 200);
	assert_int_equal(t.nr, 2);
}

static void an_administrators_act_is_told_by_the_steps(void **state)
{
	struct nw_neigh n = { 0 };
	struct nw_tally t;

	(void)state;
	outage(&n, 120, 0);
	n.last[0].mono = 120;
	n.last[0].cause = NW_CAUSE_ADMIN;
	n.nr_last = 1;
	nw_tally_neigh(&t, &n, 100, 200);
	assert_int_equal(t.nr, 0);
	assert_true(t.lost);
}

/* More than the entry keeps, and the ring does not reach back. */
static void a_number_does_not_pretend(void **state)
{
	struct nw_neigh n = { 0 };
	struct nw_tally t;

	(void)state;
	outage(&n, 110, 111);
	outage(&n, 120, 121);
	outage(&n, 130, 131);
	outage(&n, 140, 141);
	nw_tally_neigh(&t, &n, 100, 200);
	assert_int_equal(t.nr, 4);
	assert_false(t.partial);
	n.outages = 9;
	nw_tally_neigh(&t, &n, 100, 200);
	assert_true(t.partial);
	nw_tally_neigh(&t, &n, 115, 200);
	assert_false(t.partial);
	nw_tally_neigh(&t, &n, 100, 90);
	assert_false(t.partial);
}

static void the_driver_loses_carriers(void **state)
{
	struct nw_link l = { 0 };
	struct nw_tally t;

	(void)state;
	step(&l, 90, NW_CARRIER_DOWN, NW_CAUSE_DRIVER);
	step(&l, 110, NW_CARRIER_DOWN, NW_CAUSE_ADMIN);
	step(&l, 120, NW_CARRIER_DOWN, NW_CAUSE_DRIVER);
	step(&l, 121, NW_CARRIER_UP, NW_CAUSE_DRIVER);
	step(&l, 210, NW_CARRIER_DOWN, NW_CAUSE_DRIVER);
	nw_tally_link(&t, &l, 100, 200);
	assert_int_equal(t.nr, 1);
	carrier(&t, 210, NW_CARRIER_DOWN, NW_CAUSE_DRIVER);
	carrier(&t, 211, NW_CARRIER_UP, NW_CAUSE_DRIVER);
	carrier(&t, 220, NW_CARRIER_PULSE, NW_CAUSE_DRIVER);
	carrier(&t, 230, NW_CARRIER_DOWN, NW_CAUSE_ADMIN);
	carrier(&t, 240, NW_CARRIER_DOWN, NW_CAUSE_INITIAL);
	assert_int_equal(t.nr, 3);
	assert_false(t.partial);
	nw_tally_link(&t, &l, 100, 0);
	carrier(&t, 99, NW_CARRIER_DOWN, NW_CAUSE_DRIVER);
	assert_int_equal(t.nr, 0);
	step(&l, 220, NW_CARRIER_DOWN, NW_CAUSE_DRIVER);
	step(&l, 230, NW_CARRIER_DOWN, NW_CAUSE_DRIVER);
	step(&l, 240, NW_CARRIER_DOWN, NW_CAUSE_DRIVER);
	nw_tally_link(&t, &l, 80, 200);
	assert_true(t.partial);
	nw_tally_link(&t, &l, 95, 200);
	assert_false(t.partial);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_outage_counts_once),
		cmocka_unit_test(what_is_no_loss),
		cmocka_unit_test(nothing_is_counted_twice),
		cmocka_unit_test(an_administrators_act_is_told_by_the_steps),
		cmocka_unit_test(a_number_does_not_pretend),
		cmocka_unit_test(the_driver_loses_carriers),
	};

	return cmocka_run_group_tests_name("tally", tests, NULL, NULL);
}
