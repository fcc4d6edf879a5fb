// SPDX-License-Identifier: GPL-2.0
/* The forms of a time, and what is no time. */
#include "unit.h"
#include <errno.h>
#include <stdio.h>
#include <time.h>

#include "clock.h"
#include "compiler.h"

/* 2025-11-19 02:14:03 in Berlin */
#define NOW	(1763514843ULL * NW_NSEC_PER_SEC)

static struct nw_when parse(const char *s)
{
	struct nw_when when = { 0 };
	char err[256] = "";

	if (nw_when_parse(s, NOW, &when, err, sizeof(err)))
		fail_msg("%s: %s", s, err);
	return when;
}

static void expect(const char *s, enum nw_when_kind kind, __u64 ns)
{
	struct nw_when when = parse(s);

	if (when.kind != kind || when.ns != ns)
		fail_msg("%s: kind %d, %llu ns, not kind %d, %llu ns", s,
			 (int)when.kind, when.ns, (int)kind, ns);
}

static void relative_times(void **state)
{
	(void)state;
	expect("30s", NW_WHEN_AGO, 30 * NW_NSEC_PER_SEC);
	expect("10min", NW_WHEN_AGO, 600 * NW_NSEC_PER_SEC);
	expect("2h", NW_WHEN_AGO, 7200 * NW_NSEC_PER_SEC);
	expect("1h30min", NW_WHEN_AGO, 5400 * NW_NSEC_PER_SEC);
	expect("250ms", NW_WHEN_AGO, 250 * NW_NSEC_PER_MSEC);
	expect("3650d", NW_WHEN_AGO, 3650ULL * 86400 * NW_NSEC_PER_SEC);
}

static void monotonic_times(void **state)
{
	(void)state;
	expect("mono:12345.678", NW_WHEN_MONO, 12345678000000);
	expect("mono:0", NW_WHEN_MONO, 0);
	expect("mono:1.000000001", NW_WHEN_MONO, 1000000001);
}

static void times_of_day(void **state)
{
	(void)state;
	/* Already today, else yesterday. */
	expect("02:14", NW_WHEN_REAL, NOW - 3 * NW_NSEC_PER_SEC);
	expect("02:14:03", NW_WHEN_REAL, NOW);
	expect("02:14:03.5", NW_WHEN_REAL,
	       NOW + NW_NSEC_PER_SEC / 2 - 86400 * NW_NSEC_PER_SEC);
	expect("23:14:03", NW_WHEN_REAL, NOW - 3 * 3600 * NW_NSEC_PER_SEC);
}

static void dates(void **state)
{
	const __u64 midnight = NOW - (2 * 3600 + 14 * 60 + 3) * NW_NSEC_PER_SEC;

	(void)state;
	expect("2025-11-19", NW_WHEN_REAL, midnight);
	expect("2025-11-19 02:14:03", NW_WHEN_REAL, NOW);
	expect("2025-11-19T01:14:03Z", NW_WHEN_REAL, NOW);
	expect("2025-11-19T01:14:03.000000009Z", NW_WHEN_REAL, NOW + 9);
	expect("2025-11-19T06:44:03+05:30", NW_WHEN_REAL, NOW);
	/* Summer time, when it is in force then. */
	expect("2025-07-01 12:00", NW_WHEN_REAL,
	       1751364000ULL * NW_NSEC_PER_SEC);
}

static void nonsense_is_refused_with_the_word(void **state)
{
	static const char *const bad[] = {
		"", "10", "min", "10 min", "-5min", "1.5h", "10min2",
		"3651d", "99999999999999999999s", "24:00", "12:60", "1:30",
		"12:30x", "2025-13-01", "2025-02-30", "2025-11-19T", "mono:",
		"mono:1.", "mono:-1", "mono:99999999999999", "yesterday",
		"2025-11-19 02:14:03+1",
	};
	struct nw_when when;
	char err[256];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		if (!nw_when_parse(bad[i], NOW, &when, err, sizeof(err)))
			fail_msg("'%s' was taken", bad[i]);
		assert_non_null(strstr(err, bad[i]));
	}
}

/* As far as 64 bits of ns go. */
static void the_first_and_the_last_year(void **state)
{
	const struct nw_clock then = { 5 * NW_NSEC_PER_SEC, NW_NSEC_PER_SEC };
	struct nw_when when;
	char err[256];

	(void)state;
	expect("2554-07-21T23:34:33.709551615Z", NW_WHEN_REAL, ~0ULL);
	assert_int_equal(nw_when_parse("2554-07-21T23:34:33.709551616Z", NOW,
				       &when, err, sizeof(err)), -EINVAL);
	assert_int_equal(nw_when_parse("2555-01-01", NOW, &when, err,
				       sizeof(err)), -EINVAL);
	assert_int_equal(nw_clock_wall(&then, 6 * NW_NSEC_PER_SEC),
			 2 * NW_NSEC_PER_SEC);
	assert_int_equal(nw_clock_wall(&then, 4500000000), 500000000);
	assert_int_equal(nw_clock_wall(&then, 3 * NW_NSEC_PER_SEC), 0);
	assert_int_equal(nw_clock_wall(&then, ~0ULL), ~0ULL - 4 * NW_NSEC_PER_SEC);
	assert_int_equal(nw_clock_wall(&(struct nw_clock){ 0, 2 }, ~0ULL), 0);
}

static void settle_and_compare(void **state)
{
	const struct nw_clock now = { .mono = 5000, .real = NOW };
	struct nw_when when = { NW_WHEN_AGO, 2000 };

	(void)state;
	nw_when_settle(&when, &now);
	assert_int_equal(when.kind, NW_WHEN_MONO);
	assert_int_equal(when.ns, 3000);
	assert_true(nw_when_after(&when, 2999, NOW));
	assert_false(nw_when_after(&when, 3000, NOW));
	when = (struct nw_when){ NW_WHEN_AGO, 6000 };
	nw_when_settle(&when, &now);
	assert_int_equal(when.ns, 0);
	when = (struct nw_when){ NW_WHEN_REAL, NOW };
	assert_true(nw_when_after(&when, 0, NOW - 1));
	assert_false(nw_when_after(&when, 0, NOW));
	assert_int_equal(nw_clock_wall(&now, 4000), NOW - 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(relative_times),
		cmocka_unit_test(monotonic_times),
		cmocka_unit_test(times_of_day),
		cmocka_unit_test(dates),
		cmocka_unit_test(nonsense_is_refused_with_the_word),
		cmocka_unit_test(the_first_and_the_last_year),
		cmocka_unit_test(settle_and_compare),
	};

	/* A zone of its own: no time zone files are needed. */
	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
	return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
