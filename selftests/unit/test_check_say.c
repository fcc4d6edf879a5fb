// SPDX-License-Identifier: GPL-2.0
/* What check says: how things are, what is missing, the numbers. */
#include <time.h>

#include <linux/neighbour.h>

#include "unit.h"
#include "scene.h"

static void all_is_well(void **state)
{
	static const char *const want[] = {
		"neighwatch OK - " ALIVE "; " UP " |",
		" 'lost'=0;;;0",
		" 'proof_" GATEWAY "%eth0'=2.100s;;;0",
		" 'confirmed_" GATEWAY "%eth0'=2.100s;;;0",
		" 'losses_" GATEWAY "%eth0'=1;;;0",
		" 'carrier_losses_eth0'=2;5;;0\n",
		NULL
	};
	struct scene s;

	(void)state;
	scene_begin(&s);
	scene_gateway(&s);
	s.gateway[0].losses.nr = 1;
	s.link[0].losses.nr = 2;
	scene_expect(&s, want);
}

static void the_later_confirmation_counts(void **state)
{
	struct scene s;

	(void)state;
	scene_begin(&s);
	s.entry.neigh.has |= NW_BIT(NW_A_NEIGH_UPPER_PROOF);
	s.entry.neigh.upper_proof = NOW - SEC;
	scene_gateway(&s);
	scene_expect_head(&s, NW_PLUGIN_OK,
			  ALIVE "; " UP);
	assert_int_equal(s.plugin.perf[2].value, SEC);
	s.gateway[0].neigh.has &= ~NW_BIT(NW_A_NEIGH_ARP_PROOF);
	scene_expect_head(&s, NW_PLUGIN_OK,
			  GATEWAY " eth0 REACHABLE, no ARP proof seen; " UP);
	assert_false(s.plugin.perf[1].known);
	assert_true(s.plugin.perf[2].known);
}

static void nobody_uses_it(void **state)
{
	struct scene s;

	(void)state;
	scene_begin(&s);
	entry_neigh(&s.entry, NW_NUD_ABSENT, NOW - 60 * SEC);
	scene_gateway(&s);
	scene_expect_head(&s, NW_PLUGIN_OK,
			  GATEWAY " eth0 not in use since 01:13:03.000; " UP);
	memset(&s.gateway[0].neigh, 0, sizeof(s.gateway[0].neigh));
	s.stats.loaded = NOW - 120 * SEC;
	scene_expect_head(&s, NW_PLUGIN_OK,
			  GATEWAY " eth0 not in use since recording began 01:12:03.000; " UP);
}

static void the_worst_decides(void **state)
{
	static const char *const want[] = {
		"neighwatch CRITICAL - gateway-stuck " GATEWAY " eth0: ",
		"nobody answers ARP, 4 min 41 s (1 more) |",
		" 'lost'=0;;;0",
		" 'proof_" GATEWAY "%eth0'=2.100s;;;0",
		" 'confirmed_" GATEWAY "%eth0'=2.100s;;;0",
		" 'losses_" GATEWAY "%eth0'=0;;;0",
		" 'carrier_losses_eth0'=0;5;;0\n",
		"next: neighwatch history " GATEWAY "\n",
		"WARNING link-flap eth1: told\n",
		"info slow-resolution eth0: told\n",
		ALIVE "; " UP "\n",
		NULL
	};
	struct scene s;

	(void)state;
	scene_begin(&s);
	scene_gateway(&s);
	scene_finding(&s, "slow-resolution", NW_SEVERITY_INFO, "eth0", 2);
	scene_expect_head(&s, NW_PLUGIN_OK,
			  ALIVE "; " UP);
	assert_string_equal(s.plugin.line[0],
			    "info slow-resolution eth0: told");
	scene_finding(&s, "link-flap", NW_SEVERITY_WARN, "eth1", 3);
	scene_expect_head(&s, NW_PLUGIN_WARNING, "link-flap eth1: told");
	scene_stuck(&s, NW_SEVERITY_CRIT);
	scene_expect(&s, want);
}

static void what_is_missing(void **state)
{
	struct scene s;

	(void)state;
	scene_begin(&s);
	scene_gateway(&s);
	s.check.lost = 12;
	scene_expect_head(&s, NW_PLUGIN_UNKNOWN,
			  "12 records were lost in the last 10 min 0 s: neighwatch stats");
	assert_string_equal(s.plugin.line[0],
			    ALIVE "; " UP);
	/* What is known to be wrong is wrong. */
	scene_stuck(&s, NW_SEVERITY_WARN);
	scene_expect_head(&s, NW_PLUGIN_WARNING,
			  STUCK);
	assert_string_equal(s.plugin.line[1],
			    "12 records were lost in the last 10 min 0 s: neighwatch stats");
	s.check.open = NULL;
	strcpy(s.check.doubt, "module version 9, tool version 8");
	scene_expect_head(&s, NW_PLUGIN_UNKNOWN, "module version 9, tool version 8");
}

/* Only what the question needs. */
static void sources_that_are_needed(void **state)
{
	struct scene s;

	(void)state;
	scene_begin(&s);
	scene_gateway(&s);
	s.stats.source[9].state = NW_SOURCE_OFF;
	scene_expect_head(&s, NW_PLUGIN_UNKNOWN,
			  "the source netif_carrier_off is missing: what only it tells goes unseen");
	scene_name_gateway(&s, "");
	scene_expect_head(&s, NW_PLUGIN_OK,
			  ALIVE "; " UP);
	s.stats.source[4].state = NW_SOURCE_ABSENT;
	scene_expect_head(&s, NW_PLUGIN_UNKNOWN,
			  "the source neigh_timer_handler is missing: what only it tells goes unseen");
	memset(&s.check.ask, 0, sizeof(s.check.ask));
	scene_name_dev(&s);
	s.check.nr_gateways = 0;
	s.stats.source[9].state = NW_SOURCE_ACTIVE;
	scene_expect_head(&s, NW_PLUGIN_OK, UP);
	s.stats.nr_source = 8;
	scene_expect_head(&s, NW_PLUGIN_UNKNOWN,
			  "the source netif_carrier_on is missing: what only it tells goes unseen");
}

static void a_day_that_is_not_known(void **state)
{
	struct scene s;

	(void)state;
	scene_begin(&s);
	scene_gateway(&s);
	s.stats.loaded = NOW - 120 * SEC;
	scene_expect_head(&s, NW_PLUGIN_OK,
			  ALIVE "; " UP);
	assert_string_equal(s.plugin.line[0],
			    "losses are counted since recording began 01:12:03.000");
	s.stats.loaded = 1;
	s.check.oldest = NOW - 60 * SEC;
	scene_expect_head(&s, NW_PLUGIN_OK,
			  ALIVE "; " UP);
	assert_int_equal(s.plugin.nr_lines, 0);
	s.link[0].losses.partial = true;
	scene_expect_head(&s, NW_PLUGIN_OK,
			  ALIVE "; " UP);
	assert_string_equal(s.plugin.line[0],
			    "losses of 24 h are what is kept, all since 01:13:03.000, at least so many");
}

/* A device's name cannot forge numbers or a second line. */
static void a_hostile_name(void **state)
{
	static const char *const want[] = {
		"neighwatch WARNING - link-flap a\\x7cb'=\\x0a\\x1b: told |",
		" 'lost'=0;;;0 'carrier_losses_a_b''__[1m'=0;5;;0\n",
		"next: neighwatch history dev a\\x7cb'=\\x0a\\x1b\n",
		"a\\x7cb'=\\x1b[1m up 24 h 0 min\n",
		NULL
	};
	struct scene s;

	(void)state;
	scene_begin(&s);
	strcpy(s.link[0].link.dev, "a|b'=\033[1m");
	scene_finding(&s, "link-flap", NW_SEVERITY_WARN, "a|b'=\n\033", 2);
	scene_expect(&s, want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_is_well),
		cmocka_unit_test(the_later_confirmation_counts),
		cmocka_unit_test(nobody_uses_it),
		cmocka_unit_test(the_worst_decides),
		cmocka_unit_test(what_is_missing),
		cmocka_unit_test(sources_that_are_needed),
		cmocka_unit_test(a_day_that_is_not_known),
		cmocka_unit_test(a_hostile_name),
	};

	setenv("TZ", "UTC", 1);
	tzset();
	return cmocka_run_group_tests_name("check_say", tests, NULL, NULL);
}
