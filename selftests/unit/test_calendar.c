// SPDX-License-Identifier: GPL-2.0
/* Every day that can be, against the C library's calendar. */
#include <time.h>

#include "unit.h"
#include "calendar.h"

#define LAST	2262	/* the year in which 2^63 ns are over */

static void every_day_is_the_libraries_day(void **state)
{
	__u32 days;

	(void)state;
	for (days = 0; days < (LAST - 1970) * 366; days++) {
		struct nw_date date = nw_calendar_date(days);
		time_t t = (time_t)days * 86400;
		struct tm tm;

		gmtime_r(&t, &tm);
		if (date.year != tm.tm_year + 1900 ||
		    date.month != tm.tm_mon + 1 || date.day != tm.tm_mday)
			fail_msg("day %u is %d-%d-%d", days, date.year,
				 date.month, date.day);
		if (nw_calendar_days(&date) != days)
			fail_msg("%d-%d-%d is day %u, not %u", date.year, date.month,
				 date.day, nw_calendar_days(&date), days);
		assert_true(nw_calendar_is_day(&date));
	}
}

static void no_month_has_more_days(void **state)
{
	int year, month, days;

	(void)state;
	for (year = 1970; year <= LAST; year++) {
		for (days = 0, month = 1; month <= 12; month++) {
			struct nw_date date = { year, month, 0 };

			assert_false(nw_calendar_is_day(&date));
			for (date.day = 1; nw_calendar_is_day(&date); date.day++)
				days++;
			assert_true(date.day > 28 && date.day <= 32);
		}
		assert_int_equal(nw_calendar_days(&(struct nw_date){ year + 1, 1, 1 }) -
				 nw_calendar_days(&(struct nw_date){ year, 1, 1 }), days);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_is_the_libraries_day),
		cmocka_unit_test(no_month_has_more_days),
	};

	return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
