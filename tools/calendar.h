/* SPDX-License-Identifier: GPL-2.0 */
/* The calendar of UTC by arithmetic alone: no zone, no locale. Pure. */
#ifndef NW_CALENDAR_H
#define NW_CALENDAR_H

#include <stdbool.h>
#include <linux/types.h>

struct nw_date {
	int year;
	int month;		/* 1..12 */
	int day;		/* 1..31 */
};

/* Is there such a day? @month must be 1..12. */
bool nw_calendar_is_day(const struct nw_date *date);
/* Days from 1970-01-01 to @date, which must not be earlier. */
__u32 nw_calendar_days(const struct nw_date *date);
/* And back. */
struct nw_date nw_calendar_date(__u32 days);

#endif /* NW_CALENDAR_H */
