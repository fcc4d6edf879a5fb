/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A kernel log as a stream of events: of one host, in one made-up namespace.
 * What a line does not say is unknown; devices have no number there.
 */
#ifndef NW_KLOG_H
#define NW_KLOG_H

#include "entry.h"
#include "jsonl.h"
#include "kline.h"
#include "kmatch.h"

#define NW_KLOG_DEVICES	256

/* Takes what the log says; a negative errno ends the reading. */
typedef int (*nw_entry_fn)(void *arg, const struct nw_entry *entry);

/**
 * struct nw_kdev - what the log said of a device so far
 * @dev: its name
 * @driver_says: its driver tells of its link; who else does comes later
 * @parent: it has a parent device
 * @carrier: enum nw_carrier
 * @since: when that began, 0 when not told
 * @used: number of the latest line about it
 */
struct nw_kdev {
	char dev[NW_NAME_LEN];
	bool driver_says;
	bool parent;
	__u8 carrier;
	__u64 since;
	__u64 used;
	struct nw_mode mode;
};

/**
 * struct nw_klog - a log being read
 * @lines: lines seen, @kernel: of them the kernel's
 * @others: the kernel's, but of another host than @host
 * @undated: stamps without a year
 * @boots: times the host began anew
 * @by_wall: times come from wall stamps: lines have no seconds since boot
 */
struct nw_klog {
	nw_entry_fn fn;
	void *arg;
	__u64 lines;
	__u64 kernel;
	__u64 others;
	__u64 undated;
	__u64 boots;
	bool by_wall;
	struct nw_kline_calendar calendar;
	char host[NW_HOST_LEN];
	__u64 instance;
	__u64 seq;
	__u64 mono;		/* of the latest line */
	__u64 wall;
	struct nw_clock pair;	/* stamps are cut off: the latest of them all */
	bool dated;		/* so is its stamp */
	bool coarse;
	__u64 shift;		/* what a clock set back was put forward by */
	__u64 fulls[2];		/* overflows told, IPv4 and IPv6 */
	unsigned int nr_devs;
	struct nw_kdev devs[NW_KLOG_DEVICES];
	struct nw_entry entry;
};

void nw_klog_init(struct nw_klog *k, nw_entry_fn fn, void *arg);

/* A line without its line break. Return: 0, or what @fn returned. */
int nw_klog_line(struct nw_klog *k, const char *line);

/* A line already understood, likewise. */
int nw_klog_take(struct nw_klog *k, const struct nw_kline *line);

/* An object of journalctl -o json; whether @flat is one. */
bool nw_klog_is_journal(struct nw_flat *flat);
int nw_klog_object(struct nw_klog *k, struct nw_flat *flat);

/* The log is over: tell how far it went. */
int nw_klog_end(struct nw_klog *k);

#endif /* NW_KLOG_H */
