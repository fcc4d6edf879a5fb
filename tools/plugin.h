/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How a monitoring plugin speaks (Monitoring Plugins development guidelines):
 * one line first, performance data behind a bar, more lines below, all of it on
 * standard output, the verdict in the exit status. Pure but for the printing.
 */
#ifndef NW_PLUGIN_H
#define NW_PLUGIN_H

#include <stdbool.h>
#include <stdio.h>
#include <linux/types.h>

#include "compiler.h"
#include "json.h"

/* All of it fits into the 8 KiB that Nagios takes. */
#define NW_PLUGIN_TEXT	200
#define NW_PLUGIN_LINES	14
#define NW_PLUGIN_PERFS	60

/* The exit statuses. */
enum nw_plugin_status {
	NW_PLUGIN_OK,
	NW_PLUGIN_WARNING,
	NW_PLUGIN_CRITICAL,
	NW_PLUGIN_UNKNOWN,
};

/**
 * struct nw_perf - one value of the performance data
 * @label: as it is printed, without its quotes
 * @seconds: @value is ns and printed as seconds; else it is a count
 * @known: false: "U"
 * @has_warn: @warn is the highest value without alarm
 */
struct nw_perf {
	char label[88];
	__u64 value;
	__u64 warn;
	bool seconds;
	bool known;
	bool has_warn;
};

/**
 * struct nw_plugin - what the plugin says; zeroed, it is OK and silent
 * @text: the first line, without name and status
 * @line: the lines below
 * @lines_left_out: there was no room for these
 * @perfs_left_out: likewise
 */
struct nw_plugin {
	enum nw_plugin_status status;
	char text[NW_PLUGIN_TEXT];
	char line[NW_PLUGIN_LINES][NW_PLUGIN_TEXT];
	unsigned int nr_lines;
	unsigned int lines_left_out;
	struct nw_perf perf[NW_PLUGIN_PERFS];
	unsigned int nr_perfs;
	unsigned int perfs_left_out;
};

const char *nw_plugin_status_name(enum nw_plugin_status status);

/*
 * Set the first line; add one below. A bar, and what a terminal might obey,
 * becomes \xNN; what is too long ends in "...".
 */
__printf(2, 3)
void nw_plugin_text(struct nw_plugin *p, const char *fmt, ...);
__printf(2, 3)
void nw_plugin_line(struct nw_plugin *p, const char *fmt, ...);

/**
 * nw_plugin_perf() - add a value
 * @p: plugin
 * @kind: what it is, "proof"
 * @of: of what, or ""; the label is "kind_of"
 *
 * What a label must not hold (the equals sign, the bar, what cannot be
 * printed) becomes an underscore, a single quote is doubled.
 *
 * Return: the value, unknown, to be filled; NULL when there is no room.
 */
struct nw_perf *nw_plugin_perf(struct nw_plugin *p, const char *kind,
			       const char *of);
/* The same with a value. */
void nw_plugin_seconds(struct nw_plugin *p, const char *kind, const char *of,
		       bool known, __u64 ns);
void nw_plugin_count(struct nw_plugin *p, const char *kind, const char *of,
		     __u64 count);

void nw_plugin_print(const struct nw_plugin *p, FILE *file);
/* The same as members of the object that is open. */
void nw_plugin_json(const struct nw_plugin *p, struct nw_json *json);

#endif /* NW_PLUGIN_H */
