// SPDX-License-Identifier: GPL-2.0
/* Which findings check counts, and those that only the entries can tell. */
#include <linux/neighbour.h>

#include "unit.h"
#include "scene.h"

#define BEFORE	"since before the recording"

/* What nobody saw yet, and losses, which have their own status. */
static void what_is_no_finding(void **state)
{
	struct scene s;

	(void)state;
	scene_begin(&s);
	scene_finding(&s, "events-lost", NW_SEVERITY_WARN, "", 0);
	scene_finding(&s, "link-flap", NW_SEVERITY_CRIT, "eth0", 2)->status =
		NW_STATUS_NEW;
	scene_expect_head(&s, NW_PLUGIN_OK, UP);
	s.check.nr_links = 0;
	scene_expect_head(&s, NW_PLUGIN_OK, "no route has a gateway");
}

static void a_named_gateway_alone(void **state)
{
	static const __u32 under[] = { 2, 7 };
	struct scene s;

	(void)state;
	scene_begin(&s);
	scene_gateway(&s);
	scene_name_gateway(&s, "");
	s.check.under = under;
	s.check.nr_under = 2;
	scene_finding(&s, "link-flap", NW_SEVERITY_CRIT, "eth9", 9);
	scene_stuck(&s, NW_SEVERITY_CRIT)->addr.b[3] = 63;
	scene_finding(&s, "table-pressure", NW_SEVERITY_CRIT, "", 0);
	scene_expect_head(&s, NW_PLUGIN_OK,
			  ALIVE "; " UP);
	/* What is under its link explains it. */
	scene_finding(&s, "link-flap", NW_SEVERITY_WARN, "eno1", 7);
	scene_expect_head(&s, NW_PLUGIN_WARNING, "link-flap eno1: told");
	s.finding[1].addr.b[3] = 62;
	scene_expect_head(&s, NW_PLUGIN_CRITICAL,
			  STUCK " (1 more)");
	strcpy(s.named.dev, "eth1");
	scene_expect_head(&s, NW_PLUGIN_WARNING, "link-flap eno1: told");
}

static void a_named_device_alone(void **state)
{
	struct scene s;

	(void)state;
	scene_begin(&s);
	scene_name_dev(&s);
	s.link[0].named = true;
	scene_finding(&s, "link-flap", NW_SEVERITY_CRIT, "eth1", 3);
	scene_finding(&s, "table-pressure", NW_SEVERITY_CRIT, "", 0);
	scene_expect_head(&s, NW_PLUGIN_OK, UP);
	scene_stuck(&s, NW_SEVERITY_WARN);
	scene_expect_head(&s, NW_PLUGIN_WARNING,
			  STUCK);
	s.dev[1] = "eth7";
	s.check.ask.nr_devs = 2;
	s.nr_findings = 0;
	s.check.open = NULL;
	scene_expect_head(&s, NW_PLUGIN_UNKNOWN, "no device eth7 is recorded here");
}

/* Pulled cables are no alarm, but for who named the link. */
static void a_named_link_carries(void **state)
{
	struct scene s;

	(void)state;
	scene_begin(&s);
	entry_link(&s.link[0].link, NW_CARRIER_DOWN, NOW - 30 * SEC);
	scene_expect_head(&s, NW_PLUGIN_OK, "eth0 DOWN 30.0 s");
	s.link[0].named = true;
	scene_expect_head(&s, NW_PLUGIN_CRITICAL,
			  "link-down eth0: no carrier, 30.0 s");
	s.link[0].link.has &= ~NW_BIT(NW_A_LINK_SINCE);
	scene_expect_head(&s, NW_PLUGIN_CRITICAL,
			  "link-down eth0: no carrier since before the recording");
	s.link[0].link.flags = 0;
	scene_expect_head(&s, NW_PLUGIN_OK,
			  "eth0 not up since before the recording");
}

/* The rounds that opened the finding aged out; that it is out did not. */
static void an_outage_older_than_the_ring(void **state)
{
	struct scene s;

	(void)state;
	scene_begin(&s);
	entry_neigh(&s.entry, NUD_FAILED, NOW - 100 * SEC);
	s.link[0].link.has &= ~NW_BIT(NW_A_LINK_SINCE);
	entry_outage(&s.entry, NOW - 7200 * SEC, NOW - 7197 * SEC, 0, 5);
	scene_gateway(&s);
	scene_expect_head(&s, NW_PLUGIN_OK,
			  GATEWAY " eth0 FAILED, no ARP proof seen; eth0 up " BEFORE);
	s.check.oldest = NOW - 3600 * SEC;
	scene_expect_head(&s, NW_PLUGIN_CRITICAL,
			  "gateway-stuck " GATEWAY " eth0: nobody answers ARP, 2 h 0 min");
	assert_string_equal(s.plugin.line[0],
			    "next: neighwatch show neigh " GATEWAY);
	assert_int_equal(s.result.found[0]->began.mono, NOW - 7200 * SEC);
	/* Told by the engine, it is told once. */
	scene_stuck(&s, NW_SEVERITY_CRIT);
	scene_expect_head(&s, NW_PLUGIN_CRITICAL,
			  STUCK);
	assert_int_equal(s.result.nr_found, 1);
}

static void outages_that_prove_nothing(void **state)
{
	struct scene s;
	struct nw_outage *o;

	(void)state;
	scene_begin(&s);
	entry_neigh(&s.entry, NUD_FAILED, NOW - 100 * SEC);
	entry_outage(&s.entry, NOW - 7200 * SEC, NOW - 7197 * SEC, 0, 5);
	entry_link(&s.link[0].link, NW_CARRIER_UP, NOW - 8000 * SEC);
	scene_gateway(&s);
	o = &s.gateway[0].neigh.outage[0];
	s.check.oldest = NOW - 3600 * SEC;
	nw_check_find(&s.check, &s.result);
	assert_int_equal(s.result.nr[NW_SEVERITY_CRIT], 1);
	/* One round ever. */
	o->rounds = 1;
	nw_check_find(&s.check, &s.result);
	assert_int_equal(s.result.nr_found, 0);
	o->rounds = 5;
	/* It is in the ring, and the engine judged it. */
	s.check.oldest = NOW - 7300 * SEC;
	nw_check_find(&s.check, &s.result);
	assert_int_equal(s.result.nr_found, 0);
	s.check.oldest = NOW - 3600 * SEC;
	/* It was no gateway then. */
	s.gateway[0].hop.has |= NW_BIT(NW_A_NEXTHOP_SINCE);
	s.gateway[0].hop.since = NOW - 7000 * SEC;
	nw_check_find(&s.check, &s.result);
	assert_int_equal(s.result.nr_found, 0);
	s.gateway[0].hop.since = NOW - 7300 * SEC;
	/* The cable was out. */
	s.link[0].link.since = NOW - 7100 * SEC;
	nw_check_find(&s.check, &s.result);
	assert_int_equal(s.result.nr_found, 0);
	s.link[0].link.since = NOW - 8000 * SEC;
	s.link[0].link.carrier = NW_CARRIER_DOWN;
	nw_check_find(&s.check, &s.result);
	assert_int_equal(s.result.nr_found, 0);
	s.link[0].link.carrier = NW_CARRIER_UP;
	/* It is over. */
	o->end = NOW - 7000 * SEC;
	o->has |= NW_BIT(NW_A_OUTAGE_END);
	nw_check_find(&s.check, &s.result);
	assert_int_equal(s.result.nr_found, 0);
}

/* The worst are told, however many there are. */
static void more_than_can_be_told(void **state)
{
	static struct nw_finding f[2 * NW_CHECK_FINDINGS];
	struct scene s;
	size_t i;

	(void)state;
	scene_begin(&s);
	memset(f, 0, sizeof(f));
	for (i = 0; i < ARRAY_SIZE(f); i++) {
		f[i].id = "link-flap";
		f[i].status = NW_STATUS_OPEN;
		f[i].severity = i + 1 == ARRAY_SIZE(f) ? NW_SEVERITY_CRIT :
							 NW_SEVERITY_WARN;
		nw_finding_subject(&f[i], "eth%zu", i);
		nw_finding_text(&f[i], "told");
		f[i].next = i + 1 < ARRAY_SIZE(f) ? &f[i + 1] : NULL;
	}
	s.check.open = f;
	scene_expect_head(&s, NW_PLUGIN_CRITICAL, "link-flap eth127: told (127 more)");
	assert_int_equal(s.result.nr_found, NW_CHECK_FINDINGS);
	assert_string_equal(s.result.found[1]->subject, "eth0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_finding),
		cmocka_unit_test(a_named_gateway_alone),
		cmocka_unit_test(a_named_device_alone),
		cmocka_unit_test(a_named_link_carries),
		cmocka_unit_test(an_outage_older_than_the_ring),
		cmocka_unit_test(outages_that_prove_nothing),
		cmocka_unit_test(more_than_can_be_told),
	};

	return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
