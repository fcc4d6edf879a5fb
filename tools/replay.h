/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Recordings, told apart by content: JSON of monitor and history, the
 * journal's JSON, and kernel logs. Memory does not grow with their size.
 */
#ifndef NW_REPLAY_H
#define NW_REPLAY_H

#include "jsonl_event.h"
#include "klog.h"

#define NW_REPLAY_PIECE	(64 * 1024)

/**
 * struct nw_replay - reads one recording after the other
 * @klog: all kernel logs together: a log and what was rotated away
 * @counts: what was passed over in JSON
 * @file: name of the present one
 * @line: number of its line
 * @why: "FILE:LINE: ..." after -EBADMSG, "FILE: ..." after other errors
 */
struct nw_replay {
	nw_entry_fn fn;
	void *arg;
	struct nw_klog klog;
	struct nw_jsonl_counts counts;
	struct nw_jsonl jsonl;
	struct nw_entry entry;
	const char *file;
	__u64 line;
	__u64 records;		/* objects that were records */
	int fd;
	size_t len;
	size_t pos;
	bool fresh;		/* the next piece begins a line */
	char piece[NW_REPLAY_PIECE + 1];
	char said[200];
	char why[400];
};

void nw_replay_init(struct nw_replay *r, nw_entry_fn fn, void *arg);

/**
 * nw_replay_file() - read a recording
 * @r: zeroed by nw_replay_init() before the first
 * @file: its name, or "-" for standard input
 *
 * Return: 0, what @fn returned, or a negative errno with @r->why.
 */
int nw_replay_file(struct nw_replay *r, const char *file);

/* The same in two steps: open it, -1 with errno when that fails; and read. */
int nw_replay_open(const char *file);
int nw_replay_fd(struct nw_replay *r, const char *file, int fd);

#endif /* NW_REPLAY_H */
