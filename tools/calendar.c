// SPDX-License-Identifier: GPL-2.0
/*
 * Years here begin in March: February 29th is then the last day of one, and
 * the months' lengths repeat every five, 153 days: (153 * m + 2) / 5 is the
 * first day of month m. 146097 days are 400 years, after which all repeats.
 */
#include "calendar.h"

#define DAYS_400	146097U
#define DAYS_100	36524U
#define DAYS_4		1461U
/* From March 1st of year 0 to 1970-01-01. */
#define DAYS_1970	719468U

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool nw_calendar_is_day(const struct nw_date *date)
{
	static const int days[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
	};
	int last = days[date->month - 1];

	if (date->month == 2 && is_leap(date->year))
		last++;
	return date->day >= 1 && date->day <= last;
}

__u32 nw_calendar_days(const struct nw_date *date)
{
	__u32 year = (__u32)date->year - (date->month < 3);
	__u32 month = (__u32)(date->month + 9) % 12;

	return 365 * year + year / 4 - year / 100 + year / 400 +
	       (153 * month + 2) / 5 + (__u32)date->day - 1 - DAYS_1970;
}

struct nw_date nw_calendar_date(__u32 days)
{
	__u32 era, year, month;
	struct nw_date date;

	days += DAYS_1970;
	era = days / DAYS_400;
	days %= DAYS_400;
	year = (days - days / (DAYS_4 - 1) + days / DAYS_100 -
		days / (DAYS_400 - 1)) / 365;
	days -= 365 * year + year / 4 - year / 100;
	month = (5 * days + 2) / 153;
	date.day = (int)(days - (153 * month + 2) / 5) + 1;
	date.month = (int)(month + 2) % 12 + 1;
	date.year = (int)(year + 400 * era) + (date.month < 3);
	return date;
}
