// SPDX-License-Identifier: GPL-2.0
/*
 * Samples that no event brings: how full the neighbour tables are, and how the
 * clocks stand to each other. Both are of the whole host: records of the
 * initial namespace.
 */
#include <linux/percpu.h>
#include <linux/sched/clock.h>
#include <linux/ktime.h>
#include <linux/workqueue.h>
#include <net/arp.h>
#include <net/neighbour.h>
#include "compat.h"
#include "netns.h"
#include "table.h"

/* Two samples in this distance judge the pressure on a table. */
#define SAMPLE_SECS	5
/* The clocks are told at least so often, and when one was set. */
#define SYNC_NS		(3600ULL * NSEC_PER_SEC)
#define STEP_NS		(10 * NSEC_PER_MSEC)

/* What was last recorded; only the worker touches these. */
static struct nw_table told[2];
static bool ever_told[2];
static u64 synced;
static s64 real_offset;

static void sample(struct neigh_table *tbl, struct nw_table *t)
{
	struct neigh_statistics *st;
	int cpu;

	memset(t, 0, sizeof(*t));
	t->entries = atomic_read(&tbl->entries);
	t->gc_entries = atomic_read(&tbl->gc_entries);
	t->gc_thresh[0] = READ_ONCE(tbl->gc_thresh1);
	t->gc_thresh[1] = READ_ONCE(tbl->gc_thresh2);
	t->gc_thresh[2] = READ_ONCE(tbl->gc_thresh3);
	for_each_possible_cpu(cpu) {
		st = per_cpu_ptr(tbl->stats, cpu);
		t->fulls += READ_ONCE(st->table_fulls);
		t->discards += READ_ONCE(st->unres_discards);
	}
}

/* Above half of gc_thresh2 every sample counts; below it only what changed. */
static bool is_news(const struct nw_table *now, int i)
{
	const struct nw_table *was = &told[i];

	if (!ever_told[i] || now->fulls != was->fulls ||
	    memcmp(now->gc_thresh, was->gc_thresh, sizeof(now->gc_thresh)))
		return true;
	return max(now->gc_entries, was->gc_entries) >= now->gc_thresh[1] / 2 &&
	       now->gc_entries != was->gc_entries;
}

static void look(struct nw_ns *ns, struct neigh_table *tbl, int i)
{
	struct nw_record *rec;
	struct nw_table now;
	unsigned long flags;

	sample(tbl, &now);
	if (!is_news(&now, i))
		return;
	rec = nw_record_begin(ns, NW_TYPE_TABLE, ever_told[i] ?
			      NW_CAUSE_UNKNOWN : NW_CAUSE_INITIAL,
			      ktime_get_ns(), &flags);
	rec->family = tbl->family;
	rec->table = now;
	nw_record_end(ns, flags);
	told[i] = now;
	ever_told[i] = true;
}

static void sync_clocks(struct nw_ns *ns)
{
	struct nw_record *rec;
	unsigned long flags;
	u64 mono, local;
	s64 offset;

	/* Nothing may come between the two readings. */
	local_irq_save(flags);
	mono = ktime_get_ns();
	local = local_clock();
	local_irq_restore(flags);
	offset = ktime_mono_to_any(mono, TK_OFFS_REAL) - mono;
	if (synced && mono - synced < SYNC_NS &&
	    abs(offset - real_offset) < STEP_NS)
		return;
	rec = nw_record_begin(ns, NW_TYPE_SYNC, synced ? NW_CAUSE_UNKNOWN :
			      NW_CAUSE_INITIAL, mono, &flags);
	rec->sync.boot = ktime_mono_to_any(mono, TK_OFFS_BOOT);
	rec->sync.local = local;
	nw_record_end(ns, flags);
	synced = mono;
	real_offset = offset;
}

static void work(struct work_struct *unused);
static DECLARE_DEFERRABLE_WORK(sampler, work);

static void work(struct work_struct *unused)
{
	struct nw_ns *ns;

	rcu_read_lock();
	ns = nw_netns_of(&init_net);
	if (ns) {
		look(ns, &arp_tbl, 0);
		if (nw_nd_tbl())
			look(ns, nw_nd_tbl(), 1);
		sync_clocks(ns);
	}
	rcu_read_unlock();
	schedule_delayed_work(&sampler, SAMPLE_SECS * HZ);
}

/**
 * nw_table_init() - take the first samples, and go on
 *
 * Context: process, the initial namespace is known.
 */
void nw_table_init(void)
{
	work(NULL);
}

void nw_table_fini(void)
{
	cancel_delayed_work_sync(&sampler);
}
