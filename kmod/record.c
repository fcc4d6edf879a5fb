// SPDX-License-Identifier: GPL-2.0
/* Makes a record: its header, its stamps, and who was behind it. */
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/ktime.h>
#include "netns.h"
#include "notify.h"
#include "record.h"

/**
 * nw_record_by_program() - tell whether a user's program called
 *
 * Context: any. Interrupts, softirqs and kernel threads are no programs.
 */
bool nw_record_by_program(void)
{
	return in_task() && !(current->flags & PF_KTHREAD);
}

/* The whole array at once: a length of a round number is no loop. */
static __always_inline void copy_comm(char *to, const struct task_struct *task)
{
	/* A name may change meanwhile, see nw_record_who(). */
	data_race(memcpy(to, task->comm, TASK_COMM_LEN));
	to[TASK_COMM_LEN - 1] = '\0';
}

/**
 * nw_record_who() - note the program that runs now
 * @rec: a record begun
 * @portid: netlink port id of its request, 0 when unknown
 *
 * The names are read without task_lock(), which must not be taken in softirq:
 * a name that changes meanwhile may come out mixed, never unterminated.
 */
void nw_record_who(struct nw_record *rec, u32 portid)
{
	struct nw_who *who = &rec->who;

	who->portid = portid;
	if (!nw_record_by_program())
		return;
	who->pid = task_tgid_nr(current);
	copy_comm(who->comm, current);
	/* The ring's lock makes it a reader of RCU. */
	copy_comm(who->parent, rcu_dereference_sched(current->real_parent));
}

/**
 * nw_record_stamp() - when and where, the first part of a record
 * @rec: the record
 * @type: &enum nw_type
 * @cause: &enum nw_cause
 * @mono: when it happened, CLOCK_MONOTONIC in ns
 */
void nw_record_stamp(struct nw_record *rec, u8 type, u8 cause, u64 mono)
{
	rec->mono = mono;
	rec->real = ktime_to_ns(ktime_mono_to_any(mono, TK_OFFS_REAL));
	rec->cpu = raw_smp_processor_id();
	rec->type = type;
	rec->cause = cause;
}

/**
 * nw_record_begin() - begin a record; its ring is locked until it ends
 * @ns: namespace it belongs to
 * @type: &enum nw_type
 * @cause: &enum nw_cause
 * @mono: when it happened, CLOCK_MONOTONIC in ns
 * @flags: interrupt state, for nw_record_end()
 *
 * Context: any but NMI.
 * Return: the record: header filled, no device, no program; the body is to be
 * filled by the caller.
 */
struct nw_record *nw_record_begin(struct nw_ns *ns, u8 type, u8 cause,
				  u64 mono, unsigned long *flags)
{
	struct nw_record *rec = nw_ring_reserve(&ns->ring, flags);

	memset(rec, 0, sizeof(*rec));
	nw_record_stamp(rec, type, cause, mono);
	return rec;
}

/**
 * nw_record_end() - keep the record that was begun, and have it sent
 * @ns: the namespace
 * @flags: from nw_record_begin()
 */
void nw_record_end(struct nw_ns *ns, unsigned long flags)
{
	nw_ring_commit(&ns->ring, flags);
	nw_notify_kick(ns);
}
