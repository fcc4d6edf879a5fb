/* SPDX-License-Identifier: GPL-2.0 */
/* Clocks: monotonic and wall, and the forms in which people write a time. */
#ifndef NW_CLOCK_H
#define NW_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <linux/types.h>

#define NW_NSEC_PER_SEC		1000000000ULL
#define NW_NSEC_PER_MSEC	1000000ULL

/* Both clocks, read together. */
struct nw_clock {
	__u64 mono;
	__u64 real;
};

enum nw_when_kind {
	NW_WHEN_NONE,
	NW_WHEN_AGO,		/* ns before now */
	NW_WHEN_REAL,		/* CLOCK_REALTIME */
	NW_WHEN_MONO,		/* CLOCK_MONOTONIC */
};

struct nw_when {
	enum nw_when_kind kind;
	__u64 ns;
};

void nw_clock_now(struct nw_clock *clock);
/* The wall clock at @mono; 0, which is unknown, before 1970 and behind 2554. */
__u64 nw_clock_wall(const struct nw_clock *clock, __u64 mono);

/**
 * nw_when_parse() - parse a time as people write it
 * @s: "10min", "1h30min", "14:03", "14:03:07.5", "2026-11-19",
 *	"2026-11-19 21:40", RFC 3339, or "mono:12345.678"
 * @now: CLOCK_REALTIME in ns; a time of day is the last such one before it
 * @when: result
 * @err: why it was refused
 * @size: of @err
 *
 * Return: 0 or -EINVAL.
 */
int nw_when_parse(const char *s, __u64 now, struct nw_when *when, char *err,
		  size_t size);

/*
 * "2026-11-19", with a time of day behind a blank or a T, and its zone: ns of
 * CLOCK_REALTIME. Without a zone it is the local one.
 */
bool nw_when_parse_date(const char *s, __u64 *ns);

/*
 * An optional point with digits behind it, a fraction of a second, in ns; moves
 * @s behind it. What is less than 1 ns is passed over.
 */
bool nw_when_parse_fraction(const char **s, __u64 *ns);

/* Turns %NW_WHEN_AGO into %NW_WHEN_MONO. */
void nw_when_settle(struct nw_when *when, const struct nw_clock *now);

/* Is something stamped (@mono, @real) before @when? Never before NONE. */
bool nw_when_after(const struct nw_when *when, __u64 mono, __u64 real);

#endif /* NW_CLOCK_H */
