// SPDX-License-Identifier: GPL-2.0
/* When it was, as the options want it. */
#include <time.h>

#include "out.h"
#include "text.h"

bool nw_out_local(__u64 real, struct tm *tm)
{
	time_t t = (time_t)(real / NW_NSEC_PER_SEC);

	return localtime_r(&t, tm);
}

void nw_out_date(const struct nw_out *out, char *buf, size_t size,
		 __u64 real)
{
	struct tm tm, now;

	buf[0] = '\0';
	if (!nw_out_local(real, &tm) || !nw_out_local(out->start.real, &now))
		return;
	strftime(buf, size, tm.tm_year == now.tm_year ? "%b %e %H:%M" :
		 "%Y-%m-%d %H:%M", &tm);
}

/* "HH:MM:SS", mostly of the second that was asked for last. */
static const char *clock_of(__u64 real)
{
	static char text[16];
	static __u64 of;
	__u64 secs = real / NW_NSEC_PER_SEC;
	struct tm tm;

	if (*text && secs == of)
		return text;
	of = secs;
	*text = '\0';
	if (nw_out_local(real, &tm))
		strftime(text, sizeof(text), "%H:%M:%S", &tm);
	return text;
}

static void wall_time(const struct nw_out *out, struct nw_text *t, __u64 real)
{
	__u64 ns = real % NW_NSEC_PER_SEC;

	nw_text_string(t, clock_of(real));
	if (out->coarse)
		return;
	nw_text_char(t, '.');
	if (out->precise)
		nw_text_digits(t, ns, 9);
	else
		nw_text_digits(t, ns / NW_NSEC_PER_MSEC, 3);
}

static void seconds(struct nw_text *t, const char *sign, __u64 ns,
		    bool precise)
{
	__u64 frac = ns % NW_NSEC_PER_SEC;

	nw_text_string(t, sign);
	nw_text_number(t, ns / NW_NSEC_PER_SEC);
	nw_text_char(t, '.');
	if (precise)
		nw_text_digits(t, frac, 9);
	else
		nw_text_digits(t, frac / NW_NSEC_PER_MSEC, 3);
}

/* 0 when there is none. */
static __u64 wall(const struct nw_out *out, __u64 mono, __u64 real)
{
	if (real || !out->undated.real)
		return real;
	return nw_clock_wall(&out->undated, mono);
}

void nw_out_time(const struct nw_out *out, char *buf, size_t size,
		 __u64 mono, __u64 real)
{
	struct nw_text t = nw_text_begin(buf, size);
	__u64 start = out->start.mono;

	real = wall(out, mono, real);
	if (out->time == NW_TIME_WALL && real)
		wall_time(out, &t, real);
	else if (out->time != NW_TIME_RELATIVE)
		seconds(&t, "", mono, out->precise);
	else if (mono < start)
		seconds(&t, "-", start - mono, out->precise);
	else
		seconds(&t, "+", mono - start, out->precise);
}

void nw_out_now(const struct nw_out *out, struct nw_clock *now)
{
	if (out->at.mono || out->past)
		*now = out->at;
	else
		nw_clock_now(now);
}

void nw_out_day(struct nw_out *out, __u64 mono, __u64 stamp)
{
	__u64 real = wall(out, mono, stamp);
	struct nw_line head;
	struct tm tm, now;
	char text[32];
	int day;

	if (out->time != NW_TIME_WALL || !real ||
	    real / NW_NSEC_PER_SEC == out->second)
		return;
	out->second = real / NW_NSEC_PER_SEC;
	if (!nw_out_local(real, &tm) || !nw_out_local(out->start.real, &now))
		return;
	if (!out->day)
		out->day = (now.tm_year * 100 + now.tm_mon) * 100 + now.tm_mday;
	day = (tm.tm_year * 100 + tm.tm_mon) * 100 + tm.tm_mday;
	if (day == out->day)
		return;
	out->day = day;
	strftime(text, sizeof(text), stamp ? "%a %b %e %Y" :
		 "%b %e, year unknown", &tm);
	nw_line_start(&head, 0);
	nw_line_add(&head, "--- %s ---", text);
	nw_line_end(&head, out->file, NW_COLOR_HEAD, out->colored);
}
