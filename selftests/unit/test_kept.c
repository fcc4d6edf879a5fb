// SPDX-License-Identifier: GPL-2.0
/* A ring that wrapped: what the entries kept leads to the same verdicts. */
#include <sys/socket.h>

#include <linux/neighbour.h>

#include "unit.h"
#include "kept.h"
#include "kept_entry.h"
#include "stream.h"

struct wrapped {
	struct stream s;
	struct nw_gateway gw;
	struct nw_link link;
	__u64 latest;		/* time of what was told last */
	unsigned int told;
};

static void begin(struct wrapped *w)
{
	memset(w, 0, sizeof(*w));
	stream_open(&w->s);
	entry_hop(&w->gw, 0);
	entry_link(&w->link, NW_CARRIER_UP, 0);
}

static __u64 at(const struct wrapped *w, double seconds)
{
	return w->s.base + (__u64)(seconds * 1e9 + 0.5);
}

static void feed(void *arg, const struct nw_event *ev)
{
	struct wrapped *w = arg;

	assert_true(ev->mono >= w->latest);
	assert_int_equal(ev->seq, 0);
	w->latest = ev->mono;
	w->told++;
	nw_detect_event(w->s.d, ev);
}

/* The ring begins with @line; all there is to be told goes before it. */
static void first(struct wrapped *w, const char *line)
{
	const struct nw_kept kept = { &w->gw, 1, &w->link, 1 };
	struct nw_event ev;

	stream_parse(&w->s, &ev, line);
	assert_int_equal(nw_kept_tell(&kept, &ev, feed, w), 0);
	assert_true(w->latest < ev.mono);
	nw_detect_event(w->s.d, &ev);
}

static void round_at(struct wrapped *w, double asked)
{
	entry_step(&w->gw, at(w, asked), NUD_FAILED, NUD_INCOMPLETE,
		   NW_CAUSE_TRANSMIT);
	entry_step(&w->gw, at(w, asked + 3), NUD_INCOMPLETE, NUD_FAILED,
		   NW_CAUSE_TIMER);
}

/* It died long before the ring begins; nobody asks any more. */
static void dead_before_the_ring(void **state)
{
	static const char *const want[] = {
		"103.000 open info gateway-stuck",
		"203.000 raised warn gateway-stuck",
		"203.000 raised crit gateway-stuck", NULL
	};
	const struct nw_finding *f;
	struct wrapped w;

	(void)state;
	begin(&w);
	entry_neigh(&w.gw, NUD_FAILED, at(&w, 403));
	entry_outage(&w.gw, at(&w, 100), at(&w, 103), 0, 5);
	round_at(&w, 200);
	round_at(&w, 260);
	round_at(&w, 330);
	round_at(&w, 400);
	entry_proof(&w.gw, at(&w, 90));
	first(&w, "5000 address + 10.0.0.1/24 admin");
	stream_until(&w.s, 5001);
	stream_expect(&w.s, want);
	f = nw_detect_open(w.s.d);
	assert_int_equal(f->began.mono, at(&w, 100));
	assert_string_equal(f->subject, "10.9.0.62 eth0");
	nw_detect_describe(w.s.d);
	assert_string_equal(stream_fact(f, "last proof"),
			    "ARP packet, 02:00:00:00:00:aa");
	assert_string_equal(stream_fact(f, "unanswered"),
			    "INCOMPLETE, FAILED +3.0 s; 5 rounds, 0 answers");
	stream_add(&w.s, "6000 neigh 10.9.0.62 INCOMPLETE REACHABLE packet mac aa gw");
	assert_int_equal(stream_last(&w.s, "gateway-stuck")->status,
			 NW_STATUS_CLEARED);
	stream_close(&w.s);
}

static void probe_that_failed_before_the_steps(void **state)
{
	const struct nw_finding *f;
	struct wrapped w;

	(void)state;
	begin(&w);
	entry_neigh(&w.gw, NUD_FAILED, at(&w, 263));
	entry_outage(&w.gw, at(&w, 100), at(&w, 100), 0, 3);
	round_at(&w, 200);
	round_at(&w, 260);
	first(&w, "5000 address + 10.0.0.1/24 admin");
	f = nw_detect_open(w.s.d);
	assert_non_null(f);
	assert_int_equal(f->severity, NW_SEVERITY_CRIT);
	assert_int_equal(f->began.mono, at(&w, 100));
	stream_close(&w.s);
}

/* Transitions that are in the ring are told by it alone. */
static void what_the_ring_has_is_not_told(void **state)
{
	struct wrapped w;

	(void)state;
	begin(&w);
	entry_neigh(&w.gw, NUD_FAILED, at(&w, 203));
	entry_outage(&w.gw, at(&w, 200), at(&w, 203), 0, 1);
	round_at(&w, 200);
	first(&w, "150 address + 10.0.0.1/24 admin");
	/* The link, the route, and what the neighbour was. */
	assert_int_equal(w.told, 3);
	stream_until(&w.s, 151);
	assert_null(nw_detect_open(w.s.d));
	stream_close(&w.s);
}

static void an_outage_that_ended_is_over(void **state)
{
	struct nw_gateway gw = { 0 };

	(void)state;
	entry_outage(&gw, 100, 103, 120, 2);
	assert_null(nw_kept_outage(&gw.neigh, 99));
	assert_ptr_equal(nw_kept_outage(&gw.neigh, 110), &gw.neigh.outage[0]);
	assert_null(nw_kept_outage(&gw.neigh, 121));
	entry_outage(&gw, 130, 133, 0, 2);
	assert_null(nw_kept_outage(&gw.neigh, 125));
	assert_ptr_equal(nw_kept_outage(&gw.neigh, 200), &gw.neigh.outage[1]);
}

/* An administrator removed it: FAILED on its way out is no failed round. */
static void an_administrators_act_stays_silent(void **state)
{
	struct wrapped w;

	(void)state;
	begin(&w);
	entry_neigh(&w.gw, NW_NUD_ABSENT, at(&w, 100));
	entry_outage(&w.gw, at(&w, 100), at(&w, 100), 0, 1);
	entry_step(&w.gw, at(&w, 50), NUD_DELAY, NUD_REACHABLE,
		   NW_CAUSE_UPPER_LAYER);
	entry_step(&w.gw, at(&w, 100), NUD_REACHABLE, NUD_FAILED,
		   NW_CAUSE_ADMIN);
	entry_step(&w.gw, at(&w, 100), NUD_FAILED, NW_NUD_ABSENT,
		   NW_CAUSE_ADMIN);
	first(&w, "5000 address + 10.0.0.1/24 admin");
	stream_until(&w.s, 5001);
	stream_expect_quiet(&w.s);
	assert_null(nw_detect_open(w.s.d));
	stream_close(&w.s);
}

/* Two default routes, both from before the ring: one goes, one is left. */
static void a_default_route_is_left(void **state)
{
	struct wrapped w;

	(void)state;
	begin(&w);
	first(&w, "5000 route - default via 10.9.0.99 admin");
	stream_until(&w.s, 5100);
	stream_expect_quiet(&w.s);
	stream_close(&w.s);
}

static void a_route_of_the_ring_is_not_told(void **state)
{
	struct wrapped w;

	(void)state;
	begin(&w);
	w.gw.hop.since = at(&w, 6000);
	w.gw.hop.has |= NW_BIT(NW_A_NEXTHOP_SINCE);
	first(&w, "5000 route - default via 10.9.0.99 admin");
	stream_until(&w.s, 5100);
	assert_non_null(nw_detect_open(w.s.d));
	assert_string_equal(nw_detect_open(w.s.d)->id, "gateway-lost");
	stream_close(&w.s);
}

/* Losses on both sides of the ring's beginning are one flap. */
static void a_flap_is_put_together(void **state)
{
	const struct nw_finding *f;
	struct wrapped w;

	(void)state;
	begin(&w);
	w.link.flags |= NW_F_PHYSICAL;
	entry_edge(&w.link, at(&w, 100), NW_CARRIER_DOWN, NW_CAUSE_DRIVER);
	entry_edge(&w.link, at(&w, 103), NW_CARRIER_UP, NW_CAUSE_DRIVER);
	entry_edge(&w.link, at(&w, 115), NW_CARRIER_DOWN, NW_CAUSE_DRIVER);
	first(&w, "115 carrier down driver phys");
	f = nw_detect_open(w.s.d);
	assert_non_null(f);
	assert_string_equal(f->id, "link-flap");
	assert_int_equal(stream_number(f, "losses"), 2);
	stream_close(&w.s);
}

/* The cable is out since before the ring: its silence proves nothing. */
static void no_cable_no_verdict(void **state)
{
	struct wrapped w;

	(void)state;
	begin(&w);
	w.link.carrier = NW_CARRIER_DOWN;
	entry_neigh(&w.gw, NW_NUD_ABSENT, at(&w, 100));
	first(&w, "5000 address + 10.0.0.1/24 admin");
	stream_add(&w.s, "5001 neigh 10.9.0.62 NONE INCOMPLETE transmit gw");
	stream_add(&w.s, "5004 neigh 10.9.0.62 INCOMPLETE FAILED timer gw");
	stream_add(&w.s, "5005 neigh 10.9.0.62 FAILED INCOMPLETE transmit gw");
	stream_until(&w.s, 5100);
	stream_expect_quiet(&w.s);
	stream_close(&w.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dead_before_the_ring),
		cmocka_unit_test(probe_that_failed_before_the_steps),
		cmocka_unit_test(what_the_ring_has_is_not_told),
		cmocka_unit_test(an_outage_that_ended_is_over),
		cmocka_unit_test(an_administrators_act_stays_silent),
		cmocka_unit_test(a_default_route_is_left),
		cmocka_unit_test(a_route_of_the_ring_is_not_told),
		cmocka_unit_test(a_flap_is_put_together),
		cmocka_unit_test(no_cable_no_verdict),
	};

	return cmocka_run_group_tests_name("kept", tests, NULL, NULL);
}
