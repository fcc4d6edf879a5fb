/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Streams of events for detectors, written as small tables, and what came out.
 *
 *	static const char *const events[] = {
 *		"0 route + default via 10.0.0.1",
 *		"1 neigh 10.0.0.1 NONE INCOMPLETE transmit",
 *		NULL
 *	};
 */
#ifndef NW_UNIT_STREAM_H
#define NW_UNIT_STREAM_H

#include "detect.h"

#define STREAM_REAL	1763514843000000000ULL	/* wall time of second 0 */
#define STREAM_GATEWAY	"10.0.0.1"
#define STREAM_TOLD	128
#define STREAM_SECOND	NW_NSEC_PER_SEC

/**
 * struct stream - an engine and what it told
 * @config: change it before the first event
 * @told: copies, in order; @checked of them stream_expect() has seen
 * @base: added to every time, so that nothing happens at 0
 * @skew: added to the wall clock
 * @seq: number of the latest record
 * @cookie: namespace of those that follow
 * @ticks: a live reader's ticks come every 100 ms
 */
struct stream {
	struct nw_detect_config config;
	struct nw_detect *d;
	struct nw_finding told[STREAM_TOLD];
	unsigned int nr;
	unsigned int checked;
	__u64 base;
	__s64 skew;
	__u64 seq;
	__u64 cookie;
	bool ticks;
};

void stream_open(struct stream *s);
/* A new engine, for a config that it reads when it starts. */
void stream_reopen(struct stream *s);
void stream_close(struct stream *s);
/* For cmocka_unit_test_prestate_setup_teardown() with a stream. */
int stream_setup(void **state);
int stream_teardown(void **state);

/*
 * Begin with a carrier, a default route via 10.9.0.62, which answered at
 * second 1, and three others that did.
 */
void stream_healthy(struct stream *s);
/* That gateway asked in vain: rounds of 3 s with @gap seconds between. */
void stream_ask(struct stream *s, double from, double to, double gap);

/**
 * stream_play() - feed a table
 * @s: stream
 * @line: lines, the last of them NULL. Each begins with its time in seconds
 *	(at most nine decimals), and may end in words that apply to all: "dev
 *	NAME" (eth0), "if N" (2), "mac M", "from M", "by COMM PID PARENT", "gw"
 *	(the record says that a route uses it), "phys".
 *
 *	T neigh ADDR OLD NEW CAUSE	"-" for absent
 *	T offer ADDR STATE OFFERED [override] [mac KEPT]
 *	T confirm ADDR STATE reply|heard
 *	T carrier up|down|pulse CAUSE [dwell S]
 *	T mode SPEED full|half rx/tx|none CAUSE
 *	T admin CHANGE CAUSE [other N]
 *	T route +|- default|PREFIX/LEN via ADDR|link CAUSE
 *	T address +|- ADDR/LEN CAUSE
 *	T params FAMILY retrans MS base MS delay MS mcast N ucast N app N
 *		forwarding N
 */
void stream_play(struct stream *s, const char *const *line);

/* One line of such a table as an event, with the next number. */
void stream_parse(struct stream *s, struct nw_event *ev, const char *line);

/* One line of such a table, with times and numbers put in by printf. */
__printf(2, 3)
void stream_add(struct stream *s, const char *fmt, ...);

/* Begin with a gateway that is %STREAM_GATEWAY at aa, and 10.0.0.9 at c1. */
void stream_gateway(struct stream *s);
/* It announces that it moved, by a packet that is no answer. */
void stream_move(struct stream *s, double at, const char *to, const char *from);

/* @nr carrier losses from second 10 on, @apart seconds from each other. */
void stream_lose(struct stream *s, unsigned int nr, double apart);

/* A record for what no line can say; it is not fed. */
struct nw_event stream_record(struct stream *s, double at, __u8 type);

/* Time goes on to @seconds without an event. */
void stream_until(struct stream *s, double seconds);

/**
 * stream_expect() - compare what was told since the last time with a table
 * @s: stream
 * @want: lines as "5.000 open warn gateway-stuck", the last of them NULL
 *
 * Times are seconds to three decimals.
 */
void stream_expect(struct stream *s, const char *const *want);

/* Like stream_expect(), for all that was told with this id. */
void stream_expect_id(const struct stream *s, const char *id,
		      const char *const *want);

/* The latest told with this id, or a failed test. */
const struct nw_finding *stream_last(const struct stream *s, const char *id);
/* Nothing but info was ever told. */
void stream_expect_quiet(const struct stream *s);
/* The value of a number of a finding. */
__u64 stream_number(const struct nw_finding *f, const char *key);
/* The text of the first line of evidence with that label, or NULL. */
const char *stream_fact(const struct nw_finding *f, const char *label);

#endif /* NW_UNIT_STREAM_H */
