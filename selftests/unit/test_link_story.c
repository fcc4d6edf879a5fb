// SPDX-License-Identifier: GPL-2.0
/* What link-flap tells of a link: its edges, its neighbours, its gateway. */
#include <stdio.h>

#include "unit.h"
#include "stream.h"

static struct stream s;

/* The lines of evidence, as the screen has them but for their times. */
static void say_facts(const struct nw_finding *f, char *buf, size_t size)
{
	size_t len = 0;
	unsigned int i;

	buf[0] = '\0';
	for (i = 0; i < f->nr_facts && len < size; i++)
		len += (size_t)snprintf(buf + len, size - len, "%s|%s\n",
					f->facts[i].label, f->facts[i].text);
}

/* The log of a real server, with what a log does not say. */
static void the_worked_example(void **state)
{
	static const char *const events[] = {
		"300 mode 1000 full rx/tx initial",
		"300 carrier up initial phys if 3 dev eth1",
		"301 route + default via 10.0.0.1 initial",
		"301 neigh 10.0.0.1 - REACHABLE initial mac aa",
		"322.867110 carrier down driver phys dwell 565200",
		"322.868 neigh 10.0.0.1 REACHABLE - link-down",
		"325.313634 carrier up driver phys dwell 2.446524",
		"325.313634 mode 1000 full rx/tx driver",
		"337.632930 carrier down driver phys dwell 12.319296",
		"356.543664 carrier up driver phys dwell 18.910734",
		"356.543664 mode 1000 full none driver",
		"357.044 neigh 10.0.0.1 INCOMPLETE REACHABLE packet mac aa",
		NULL
	};
	char facts[1024];

	(void)state;
	stream_play(&s, events);
	say_facts(nw_detect_open(s.d), facts, sizeof(facts));
	assert_string_equal(facts,
			    "|DOWN  after 6 d 13 h     driver\n"
			    "|up    after 2.447 s      1000 full, pause rx/tx\n"
			    "|DOWN  after 12.319 s     driver\n"
			    "|up    after 18.911 s     1000 full, pause none  <- changed\n"
			    "gateway|10.0.0.1 unusable 34.2 s (500.3 ms after the link)\n"
			    "alone|eth1 kept its link: suspect this port, cable or NIC\n");
}

static void the_evidence_tells_who_else(void **state)
{
	const struct nw_finding *f;

	(void)state;
	stream_add(&s, "1 carrier up initial phys");
	stream_add(&s, "1 carrier up initial phys if 3 dev eth1");
	stream_lose(&s, 2, 10);
	f = nw_detect_open(s.d);
	assert_string_equal(stream_fact(f, "alone"),
			    "eth1 kept its link: suspect this port, cable or NIC");
	stream_add(&s, "25 carrier down driver phys if 3 dev eth1");
	stream_add(&s, "26 carrier down driver phys");
	f = nw_detect_open(s.d);
	assert_null(stream_fact(f, "alone"));
	assert_string_equal(stream_fact(f, "together"),
			    "eth1 lost its link, too: suspect the switch");
}

static void the_gateway_behind_it(void **state)
{
	const struct nw_finding *f;

	(void)state;
	stream_add(&s, "1 route + default via 10.0.0.1 initial");
	stream_add(&s, "2 neigh 10.0.0.1 - REACHABLE initial mac aa gw");
	stream_add(&s, "10 carrier down driver phys");
	stream_add(&s, "10.004 neigh 10.0.0.1 REACHABLE - link-down gw");
	stream_add(&s, "11 carrier up driver phys");
	stream_add(&s, "11.504 neigh 10.0.0.1 INCOMPLETE REACHABLE packet mac aa gw");
	stream_add(&s, "20 carrier down driver phys");
	f = stream_last(&s, "link-flap");
	assert_string_equal(stream_fact(f, "gateway"),
			    "10.0.0.1 unusable 1.5 s (504.0 ms after the link)");
}

/* A link that is down goes on losing time. */
static void down_when_looked_at(void **state)
{
	(void)state;
	stream_lose(&s, 1, 10);
	stream_add(&s, "20 carrier down driver");
	stream_until(&s, 60);
	nw_detect_describe(s.d);
	assert_string_equal(nw_detect_open(s.d)->text,
			    "2 losses, 41.0 s without link, penalty 1891");
}

static void lost_for_good(void **state)
{
	(void)state;
	stream_lose(&s, 1, 10);
	stream_add(&s, "20 carrier down driver");
	stream_until(&s, 700);
	assert_string_equal(s.told[s.nr - 1].text,
			    "no loss for 10 min 0 s, 2 losses in all; it is still down");
}

#define TEST(name_) \
	cmocka_unit_test_prestate_setup_teardown(name_, stream_setup, \
						 stream_teardown, &s)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_worked_example),
		TEST(the_evidence_tells_who_else),
		TEST(the_gateway_behind_it),
		TEST(down_when_looked_at),
		TEST(lost_for_good),
	};

	return cmocka_run_group_tests_name("link_story", tests, NULL, NULL);
}
