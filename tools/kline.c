// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clock.h"
#include "kline.h"

#define LEAP_YEAR	2004

/* Exactly @n digits; -1 when they are none. */
static int digits(const char **s, int n)
{
	int v = 0;

	while (n--) {
		if (!isdigit((unsigned char)**s))
			return -1;
		v = v * 10 + (*(*s)++ - '0');
	}
	return v;
}

static bool take(const char **s, const char *text)
{
	size_t len = strlen(text);

	if (strncmp(*s, text, len))
		return false;
	*s += len;
	return true;
}

static void blanks(const char **s)
{
	while (**s == ' ')
		(*s)++;
}

static int name(const char **s, const char *names)
{
	int i;

	for (i = 0; names[3 * i]; i++) {
		if (!strncmp(*s, names + 3 * i, 3)) {
			*s += 3;
			return i;
		}
	}
	return -1;
}

static int month(const char **s)
{
	return name(s, "JanFebMarAprMayJunJulAugSepOctNovDec");
}

/* Digits behind a point or a comma, in ns; false when there are none. */
static bool fraction(const char **s, __u64 *ns)
{
	__u64 unit = NW_NSEC_PER_SEC / 10;

	if ((**s != '.' && **s != ',') || !isdigit((unsigned char)(*s)[1]))
		return false;
	for ((*s)++; isdigit((unsigned char)**s); (*s)++, unit /= 10)
		*ns += (__u64)(**s - '0') * unit;
	return true;
}

/* "06:32:45" */
static bool time_of_day(const char **s, struct tm *tm)
{
	tm->tm_hour = digits(s, 2);
	if (tm->tm_hour < 0 || tm->tm_hour > 23 || !take(s, ":"))
		return false;
	tm->tm_min = digits(s, 2);
	if (tm->tm_min < 0 || tm->tm_min > 59 || !take(s, ":"))
		return false;
	tm->tm_sec = digits(s, 2);
	return tm->tm_sec >= 0 && tm->tm_sec <= 60;
}

/* " 3" or "30" */
static bool day(const char **s, struct tm *tm)
{
	blanks(s);
	tm->tm_mday = digits(s, (*s)[0] && isdigit((unsigned char)(*s)[1]) ?
			     2 : 1);
	return tm->tm_mday >= 1 && tm->tm_mday <= 31;
}

static time_t local_time(struct nw_kline_calendar *c, struct tm *tm)
{
	const int minute[5] = { tm->tm_year, tm->tm_mon, tm->tm_mday,
				tm->tm_hour, tm->tm_min };
	int second = tm->tm_sec;

	if (!memcmp(minute, c->minute, sizeof(minute)) && c->began)
		return c->began + second;
	tm->tm_sec = 0;
	tm->tm_isdst = -1;
	memcpy(c->minute, minute, sizeof(minute));
	c->began = mktime(tm);
	return c->began + second;
}

/* Local time unless @zone is given, in seconds east of UTC. */
static bool set_wall(struct nw_kline *k, struct nw_kline_calendar *c,
		     struct tm *tm, const long *zone, __u64 ns)
{
	time_t t = zone ? timegm(tm) - *zone : local_time(c, tm);

	if (t < 0 || (__u64)t > (ULLONG_MAX - ns) / NW_NSEC_PER_SEC)
		return false;
	k->wall = (__u64)t * NW_NSEC_PER_SEC + ns;
	k->has_wall = true;
	return true;
}

/* "[  566322.867110] ", and "[    T1] " behind it where the kernel adds it. */
static bool seconds(const char **s, struct nw_kline *k)
{
	const char *p = *s;
	__u64 secs = 0, ns = 0;

	if (!take(&p, "["))
		return false;
	blanks(&p);
	if (!isdigit((unsigned char)*p))
		return false;
	for (; isdigit((unsigned char)*p) && secs < NW_NSEC_PER_SEC; p++)
		secs = secs * 10 + (__u64)(*p - '0');
	if (!fraction(&p, &ns) || !take(&p, "]"))
		return false;
	k->mono = secs * NW_NSEC_PER_SEC + ns;
	k->has_mono = true;
	if (*p == '[' && strchr(p, ']'))
		p = strchr(p, ']') + 1;
	blanks(&p);
	*s = p;
	return true;
}

/* "[Mon Mar 30 06:32:45 2026] " */
static bool date_in_brackets(const char **s, struct nw_kline_calendar *c,
			     struct nw_kline *k)
{
	const char *p = *s;
	struct tm tm = { 0 };

	if (!take(&p, "[") || name(&p, "SunMonTueWedThuFriSat") < 0)
		return false;
	blanks(&p);
	tm.tm_mon = month(&p);
	if (tm.tm_mon < 0 || !day(&p, &tm))
		return false;
	blanks(&p);
	if (!time_of_day(&p, &tm) || !take(&p, " "))
		return false;
	tm.tm_year = digits(&p, 4) - 1900;
	if (tm.tm_year < 70 || !take(&p, "]") || !set_wall(k, c, &tm, NULL, 0))
		return false;
	k->dated = true;
	k->coarse = true;
	blanks(&p);
	*s = p;
	return true;
}

static int year_of(struct nw_kline_calendar *c, int mon)
{
	if (!c->year)
		c->year = LEAP_YEAR;
	else if (mon == 0 && c->month == 11)
		c->year++;
	c->month = mon;
	return c->year;
}

/* "Mar 30 06:32:45 ", with digits behind the second in short-precise. */
static bool stamp_syslog(const char **s, struct nw_kline_calendar *c,
			 struct nw_kline *k)
{
	const char *p = *s;
	struct tm tm = { 0 };
	__u64 ns = 0;

	tm.tm_mon = month(&p);
	if (tm.tm_mon < 0 || *p != ' ' || !day(&p, &tm) || !take(&p, " ") ||
	    !time_of_day(&p, &tm))
		return false;
	k->coarse = !fraction(&p, &ns);
	if (!take(&p, " "))
		return false;
	tm.tm_year = year_of(c, tm.tm_mon) - 1900;
	*s = p;
	return set_wall(k, c, &tm, NULL, ns);
}

/* "Z", "+01:00", "+0100", or none, which is local time. */
static bool zone(const char **s, bool *given, long *east)
{
	int sign, hours, mins;

	*east = 0;
	*given = true;
	if (take(s, "Z"))
		return true;
	*given = **s == '+' || **s == '-';
	if (!*given)
		return true;
	sign = *(*s)++ == '-' ? -1 : 1;
	hours = digits(s, 2);
	take(s, ":");
	mins = digits(s, 2);
	*east = sign * (hours * 3600L + mins * 60L);
	return hours >= 0 && mins >= 0;
}

/* "2026-03-30T06:32:45.203456+02:00 " */
static bool stamp_iso(const char **s, struct nw_kline_calendar *c,
		      struct nw_kline *k)
{
	const char *p = *s;
	struct tm tm = { 0 };
	__u64 ns = 0;
	bool given;
	long east;

	tm.tm_year = digits(&p, 4) - 1900;
	if (tm.tm_year < 70 || !take(&p, "-"))
		return false;
	tm.tm_mon = digits(&p, 2) - 1;
	if (tm.tm_mon < 0 || tm.tm_mon > 11 || !take(&p, "-") ||
	    !day(&p, &tm) || (*p != 'T' && *p != ' '))
		return false;
	p++;
	if (!time_of_day(&p, &tm))
		return false;
	k->coarse = !fraction(&p, &ns);
	k->dated = true;
	if (!zone(&p, &given, &east) || !take(&p, " "))
		return false;
	*s = p;
	return set_wall(k, c, &tm, given ? &east : NULL, ns);
}

/* "aurora kernel: " */
static bool host(const char **s, struct nw_kline *k)
{
	size_t len = strcspn(*s, " ");
	const char *p = *s + len;

	if (!len || len >= sizeof(k->host) || !take(&p, " kernel: "))
		return false;
	memcpy(k->host, *s, len);
	k->host[len] = '\0';
	*s = p;
	return true;
}

/* "<6>" (dmesg -r), "kern  :info  : " (dmesg -x); false: not the kernel's. */
static bool facility(const char **s)
{
	const char *p = *s;
	char *end;

	if (take(&p, "<") && isdigit((unsigned char)*p)) {
		if (strtoul(p, &end, 10) > 7 || *end != '>')
			return false;
		*s = end + 1;
	} else if (take(&p, "kern  :")) {
		end = strchr(p, ':');
		if (!end)
			return false;
		*s = end + 1;
		blanks(s);
	}
	return true;
}

/* Behind "[secs] " of a journal, a host and some other program. */
static bool is_program(const char *s)
{
	size_t len = strcspn(s, " ");
	const char *word = s + len;

	if (!len || *word != ' ' || s[len - 1] == ':')
		return false;
	word++;
	len = strcspn(word, " ");
	return len > 2 && word[len - 1] == ':' && word[len - 2] == ']';
}

bool nw_kline_parse(const char *line, struct nw_kline_calendar *calendar,
		    struct nw_kline *k)
{
	const char *stamp;
	bool iso;

	memset(k, 0, sizeof(*k));
	if (!facility(&line))
		return false;
	if (*line == '[') {
		if (!seconds(&line, k) && !date_in_brackets(&line, calendar, k))
			return false;
		k->text = line;
		if (host(&line, k))
			k->text = line;
		return !is_program(k->text);
	}
	stamp = line;
	iso = isdigit((unsigned char)*line);
	if (iso ? !stamp_iso(&line, calendar, k) :
		  !stamp_syslog(&line, calendar, k))
		return false;
	/* dmesg --time-format iso has a comma, and no host behind it. */
	if (!host(&line, k) && !(iso && stamp[19] == ','))
		return false;
	seconds(&line, k);
	k->text = line;
	return true;
}
