// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "calendar.h"
#include "clock.h"
#include "compiler.h"

static __u64 read_clock(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return (__u64)ts.tv_sec * NW_NSEC_PER_SEC + (__u64)ts.tv_nsec;
}

void nw_clock_now(struct nw_clock *clock)
{
	clock->mono = read_clock(CLOCK_MONOTONIC);
	clock->real = read_clock(CLOCK_REALTIME);
}

__u64 nw_clock_wall(const struct nw_clock *clock, __u64 mono)
{
	__u64 ago = clock->mono - mono, later = mono - clock->mono;

	if (mono < clock->mono)
		return clock->real > ago ? clock->real - ago : 0;
	return later <= ULLONG_MAX - clock->real ? clock->real + later : 0;
}

void nw_when_settle(struct nw_when *when, const struct nw_clock *now)
{
	if (when->kind != NW_WHEN_AGO)
		return;
	when->kind = NW_WHEN_MONO;
	when->ns = when->ns < now->mono ? now->mono - when->ns : 0;
}

bool nw_when_after(const struct nw_when *when, __u64 mono, __u64 real)
{
	switch (when->kind) {
	case NW_WHEN_MONO:
		return when->ns > mono;
	case NW_WHEN_REAL:
		return when->ns > real;
	default:
		return false;
	}
}

/* As isdigit(), without a look at the locale. */
static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits only, at most @max; moves @s behind them. */
static bool number(const char **s, __u64 max, __u64 *value)
{
	const char *p = *s;
	__u64 v = 0;

	for (; is_digit(*p); p++)
		if (__builtin_mul_overflow(v, 10, &v) ||
		    __builtin_add_overflow(v, (unsigned int)(*p - '0'), &v))
			return false;
	if (p == *s || v > max)
		return false;
	*s = p;
	*value = v;
	return true;
}

/* Exactly @digits digits, between @min and @max. */
static bool fixed(const char **s, int digits, int min, int max, int *value)
{
	int i, v = 0;

	for (i = 0; i < digits; i++) {
		if (!is_digit((*s)[i]))
			return false;
		v = v * 10 + ((*s)[i] - '0');
	}
	if (v < min || v > max)
		return false;
	*s += digits;
	*value = v;
	return true;
}

bool nw_when_parse_fraction(const char **s, __u64 *ns)
{
	static const __u32 unit[] = {
		1000000000, 100000000, 10000000, 1000000, 100000, 10000, 1000,
		100, 10, 1,
	};
	const char *p = *s;
	unsigned int digits;
	__u64 v = 0;

	*ns = 0;
	if (*p != '.')
		return true;
	p++;
	for (digits = 0; digits < 9 && is_digit(p[digits]); digits++)
		v = v * 10 + (unsigned int)(p[digits] - '0');
	for (p += digits; is_digit(*p); p++)
		;
	*s = p;
	*ns = v * unit[digits];
	return digits > 0;
}

static const struct {
	const char *name;
	__u64 ns;
} units[] = {
	{ "ms", NW_NSEC_PER_MSEC },
	{ "s", NW_NSEC_PER_SEC },
	{ "sec", NW_NSEC_PER_SEC },
	{ "min", 60 * NW_NSEC_PER_SEC },
	{ "h", 3600 * NW_NSEC_PER_SEC },
	{ "d", 86400 * NW_NSEC_PER_SEC },
};

static __u64 unit(const char **s)
{
	size_t i, len = 0;

	while (isalpha((unsigned char)(*s)[len]))
		len++;
	for (i = 0; i < ARRAY_SIZE(units); i++) {
		if (strlen(units[i].name) == len &&
		    !strncmp(units[i].name, *s, len)) {
			*s += len;
			return units[i].ns;
		}
	}
	return 0;
}

/* "1h30min": numbers with units, no more than ten years in all. */
static bool parse_ago(const char *s, __u64 *ns)
{
	const __u64 max = 3650ULL * 86400 * NW_NSEC_PER_SEC;
	__u64 value, factor;

	*ns = 0;
	do {
		if (!number(&s, max, &value))
			return false;
		factor = unit(&s);
		if (!factor || value > (max - *ns) / factor)
			return false;
		*ns += value * factor;
	} while (*s);
	return true;
}

static bool parse_mono(const char *s, __u64 *ns)
{
	__u64 secs, frac;

	if (!number(&s, ULLONG_MAX / NW_NSEC_PER_SEC - 1, &secs))
		return false;
	if (!nw_when_parse_fraction(&s, &frac) || *s)
		return false;
	*ns = secs * NW_NSEC_PER_SEC + frac;
	return true;
}

static bool parse_clock(const char **s, struct tm *tm, __u64 *frac)
{
	*frac = 0;
	if (!fixed(s, 2, 0, 23, &tm->tm_hour) || *(*s)++ != ':' ||
	    !fixed(s, 2, 0, 59, &tm->tm_min))
		return false;
	if (**s != ':')
		return true;
	(*s)++;
	return fixed(s, 2, 0, 60, &tm->tm_sec) && nw_when_parse_fraction(s, frac);
}

static bool parse_date(const char **s, struct tm *tm)
{
	if (!fixed(s, 4, 1970, 2554, &tm->tm_year) || *(*s)++ != '-' ||
	    !fixed(s, 2, 1, 12, &tm->tm_mon) || *(*s)++ != '-' ||
	    !fixed(s, 2, 1, 31, &tm->tm_mday))
		return false;
	tm->tm_year -= 1900;
	tm->tm_mon -= 1;
	return true;
}

/* "Z" or "+01:00"; without it the time is local. */
static bool parse_zone(const char **s, bool *given, long *east)
{
	int hours, mins, sign;

	*given = true;
	*east = 0;
	if (**s == 'Z' || **s == 'z') {
		(*s)++;
		return true;
	}
	if (**s != '+' && **s != '-') {
		*given = false;
		return true;
	}
	sign = *(*s)++ == '-' ? -1 : 1;
	if (!fixed(s, 2, 0, 23, &hours) || *(*s)++ != ':' ||
	    !fixed(s, 2, 0, 59, &mins))
		return false;
	*east = sign * (hours * 3600L + mins * 60L);
	return true;
}

/* From 1970 to as far as 64 bits go, in 2554. */
static bool to_ns(time_t t, __u64 frac, __u64 *ns)
{
	if (t < 0 || (__u64)t > (ULLONG_MAX - frac) / NW_NSEC_PER_SEC)
		return false;
	*ns = (__u64)t * NW_NSEC_PER_SEC + frac;
	return true;
}

static bool to_real_zone(const struct tm *tm, long east, __u64 frac,
			 __u64 *ns)
{
	const struct nw_date date = {
		tm->tm_year + 1900, tm->tm_mon + 1, tm->tm_mday,
	};
	long t = tm->tm_hour * 3600L + tm->tm_min * 60L + tm->tm_sec - east;

	t += 86400L * nw_calendar_days(&date);
	return nw_calendar_is_day(&date) && to_ns(t, frac, ns);
}

static bool to_real_local(struct tm *tm, __u64 frac, __u64 *ns)
{
	int mday = tm->tm_mday;
	time_t t;

	tm->tm_isdst = -1;
	t = mktime(tm);
	/* February 30th comes back as a day of March. */
	return tm->tm_mday == mday && to_ns(t, frac, ns);
}

bool nw_when_parse_date(const char *s, __u64 *ns)
{
	struct tm tm = { 0 };
	__u64 frac = 0;
	bool zone = false;
	long east = 0;

	if (!parse_date(&s, &tm))
		return false;
	if (*s == ' ' || *s == 'T' || *s == 't') {
		s++;
		if (!parse_clock(&s, &tm, &frac) ||
		    !parse_zone(&s, &zone, &east))
			return false;
	}
	if (*s)
		return false;
	return zone ? to_real_zone(&tm, east, frac, ns) :
		      to_real_local(&tm, frac, ns);
}

static bool parse_today(const char *s, __u64 now, __u64 *ns)
{
	time_t t = (time_t)(now / NW_NSEC_PER_SEC);
	struct tm tm;
	__u64 frac;

	if (!localtime_r(&t, &tm))
		return false;
	tm.tm_sec = 0;
	if (!parse_clock(&s, &tm, &frac) || *s ||
	    !to_real_local(&tm, frac, ns))
		return false;
	if (*ns <= now)
		return true;
	/* Not yet today, so yesterday's; mktime() minds the time change. */
	tm.tm_mday--;
	tm.tm_isdst = -1;
	t = mktime(&tm);
	*ns = (__u64)t * NW_NSEC_PER_SEC + frac;
	return t >= 0;
}

int nw_when_parse(const char *s, __u64 now, struct nw_when *when, char *err,
		  size_t size)
{
	if (!strncmp(s, "mono:", 5) && parse_mono(s + 5, &when->ns))
		when->kind = NW_WHEN_MONO;
	else if (parse_ago(s, &when->ns))
		when->kind = NW_WHEN_AGO;
	else if (nw_when_parse_date(s, &when->ns))
		when->kind = NW_WHEN_REAL;
	else if (parse_today(s, now, &when->ns))
		when->kind = NW_WHEN_REAL;
	else
		goto refuse;
	return 0;

refuse:
	snprintf(err, size,
		 "'%s' is no time: write 10min, 2h (3650d at most), 14:03[:07],\n"
		 "  2026-11-19 21:40, 2026-11-19T21:40:00Z or mono:12345.678", s);
	return -EINVAL;
}
