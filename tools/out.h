/* SPDX-License-Identifier: GPL-2.0 */
/* What goes to stdout: one interface, one implementation for each format. */
#ifndef NW_OUT_H
#define NW_OUT_H

#include <stdbool.h>
#include <stdio.h>

#include "clock.h"
#include "event.h"
#include "fields.h"
#include "finding.h"
#include "json.h"
#include "line.h"
#include "object.h"

enum nw_time {
	NW_TIME_WALL,
	NW_TIME_MONO,
	NW_TIME_RELATIVE,	/* to when the command began */
};

struct nw_out;
struct tm;

/**
 * struct nw_out_ops - a format
 * @begin: before all else, with the statistics of the reader's namespace
 * @event: one event
 * @finding: one that opened, changed, or cleared
 * @lost: @count records, from number @first on unless that is 0, can no
 *	longer be read
 * @note: something about the recording itself
 * @until: nothing else happened up to @now; a replay judges to there
 * @end: after all else
 */
struct nw_out_ops {
	void (*begin)(struct nw_out *out, const struct nw_stats *stats);
	void (*event)(struct nw_out *out, const struct nw_event *ev);
	void (*finding)(struct nw_out *out, const struct nw_finding *f);
	void (*lost)(struct nw_out *out, const struct nw_origin *origin,
		     __u64 first, __u64 count);
	void (*note)(struct nw_out *out, const char *text);
	void (*until)(struct nw_out *out, const struct nw_origin *origin,
		      const struct nw_clock *now);
	void (*end)(struct nw_out *out);
};

/* How the latest object in JSON began. */
struct nw_out_head {
	struct nw_origin origin;
	size_t len;
	char text[160];
};

struct nw_out {
	const struct nw_out_ops *ops;
	FILE *file;
	enum nw_time time;
	bool precise;
	bool netns;		/* show the namespace */
	bool colored;
	bool array;		/* JSON: one array, not one object a line */
	bool begun;
	int day;		/* of the last line, as yyyymmdd */
	__u64 second;		/* of it, since 1970 */
	struct nw_clock start;
	struct nw_clock at;	/* of losses and notes; 0: now, unless @past */
	bool past;		/* nothing told happens now */
	struct nw_clock undated;	/* stamps of an unknown year; or 0 */
	bool coarse;		/* they end at whole seconds */
	struct nw_json json;
	struct nw_out_head head;
	struct nw_line line;
};

extern const struct nw_out_ops nw_out_text;
extern const struct nw_out_ops nw_out_json;

/*
 * The time of something, as the options want it. Without a wall time (@real
 * is 0) it is the one that @out->undated gives, else CLOCK_MONOTONIC.
 */
void nw_out_time(const struct nw_out *out, char *buf, size_t size,
		 __u64 mono, __u64 real);

/* When the reader's own lines are told. */
void nw_out_now(const struct nw_out *out, struct nw_clock *now);
/* A line with the date, whenever that is not what the reader assumes. */
void nw_out_day(struct nw_out *out, __u64 mono, __u64 stamp);
bool nw_out_local(__u64 real, struct tm *tm);

/* Begin a line of text with its time, and the namespace where that is shown. */
void nw_out_start(struct nw_out *out, const struct nw_origin *origin,
		  __u64 mono, __u64 real);

/* A finding: as an event of the stream, or for a screen, @whole: its evidence. */
void nw_out_finding_text(struct nw_out *out, const struct nw_finding *f);
void nw_out_finding_screen(struct nw_out *out, const struct nw_finding *f,
			   bool whole);
void nw_out_finding_json(struct nw_out *out, const struct nw_finding *f);

/* "recording since ...; kept from ...; lost N; now ..." in @out->line. */
void nw_out_recording(struct nw_out *out, const struct nw_stats *stats);
/* Observations lost in the statistics' namespace. */
__u64 nw_stats_lost(const struct nw_stats *stats);
/* "Nov 18 09:12", with the year when it is another one. */
void nw_out_date(const struct nw_out *out, char *buf, size_t size,
		 __u64 real);

/* "e1000e 1000 full autoneg pause rx/tx" */
void nw_out_mode(struct nw_line *line, const struct nw_mode *mode);

/* The fields of a structure into the open JSON object. */
void nw_out_json_fields(struct nw_out *out, const struct nw_desc *desc,
			const void *obj);
/* A line of the reader's own, no record: begun and ended. */
void nw_out_json_open(struct nw_out *out, const struct nw_origin *origin,
		      const char *name, const struct nw_clock *when);
void nw_out_json_close(struct nw_out *out);
/* "time" and "mono", or with another name in front; unknown: left out. */
void nw_out_json_clock(struct nw_out *out, const char *name,
		       const struct nw_clock *when);
/* An object with its origin: {"v":1,...}. */
void nw_out_json_object(struct nw_out *out, const struct nw_origin *origin,
			const struct nw_desc *desc, const void *obj);

#endif /* NW_OUT_H */
