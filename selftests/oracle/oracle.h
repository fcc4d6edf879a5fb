/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The oracle: what really happened to every neighbour, told by the
 * instructions that store it. It shares no code and no source of knowledge
 * with the module under test: no notifier, no tracepoint, no state of its own.
 *
 * probe (one kprobe a store) -> record (one array) -> report (debugfs)
 */
#ifndef NW_ORACLE_H
#define NW_ORACLE_H

#include <linux/if.h>
#include <linux/kprobes.h>
#include <linux/types.h>

struct neighbour;
struct seq_file;

enum oracle_field {
	ORACLE_NUD_STATE,
	ORACLE_DEAD,
	ORACLE_LIVE,		/* not a store: the entry as the reader found it */
};

/**
 * struct oracle_probe - one instruction that can store one of the two bytes
 * @kp: the kprobe on it
 * @name: symbol+offset, for the reader
 * @field: which byte
 * @reg: offset in struct pt_regs of the register that points into the entry
 * @member: which member of struct neighbour that register points to
 * @hits: stores to a neighbour
 * @foreign: stores to something that is no neighbour of ARP or ND
 */
struct oracle_probe {
	struct kprobe kp;
	char name[96];
	enum oracle_field field;
	unsigned int reg;
	unsigned int member;
	atomic_t hits;
	atomic_t foreign;
};

/**
 * struct oracle_record - one store
 * @mono: CLOCK_MONOTONIC in ns, right after the store
 * @cookie: of the device's network namespace; 0 while the entry has no device
 * @neigh: the entry's address
 * @site: which probe, or -1
 * @nud: nud_state after the store
 * @dead: dead after the store
 * @ready: set last; a reader skips what a CPU is still writing
 */
struct oracle_record {
	u64 mono;
	u64 cookie;
	u64 neigh;
	int ifindex;
	int site;
	unsigned int cpu;
	char dev[IFNAMSIZ];
	u8 key[16];
	u8 family;
	u8 field;
	u8 old;
	u8 new;
	u8 nud;
	u8 dead;
	bool ready;
};

int oracle_probe_count(void);
const struct oracle_probe *oracle_probe_get(int site);

int oracle_record_init(void);
void oracle_record_exit(void);
void oracle_record_add(u64 mono, const struct neighbour *n, enum oracle_field field,
		       u8 old, u8 new, int site);
void oracle_record_live(void);
const struct oracle_record *oracle_record_get(loff_t i);
unsigned int oracle_record_overflow(void);

void oracle_report_init(void);
void oracle_report_exit(void);

#endif
