// SPDX-License-Identifier: GPL-2.0
/* Locks and RCU used wrongly: for lockdep, PROVE_RCU and DEBUG_ATOMIC_SLEEP. */
#include <linux/completion.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/rculist.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include "plant.h"

static DEFINE_SPINLOCK(lock_a); /* protects nothing */
static DEFINE_SPINLOCK(lock_b); /* protects nothing */

static int sleep_in_atomic(void)
{
	spin_lock(&lock_a);
	might_sleep();
	spin_unlock(&lock_a);
	return 0;
}

static int abba(void)
{
	spin_lock(&lock_a);
	spin_lock(&lock_b);
	spin_unlock(&lock_b);
	spin_unlock(&lock_a);

	spin_lock(&lock_b);
	spin_lock(&lock_a);
	spin_unlock(&lock_a);
	spin_unlock(&lock_b);
	return 0;
}

static DECLARE_COMPLETION(expired);

static void expire(struct timer_list *unused)
{
	spin_lock(&lock_a);
	spin_unlock(&lock_a);
	complete(&expired);
}

static DEFINE_TIMER(timer, expire);

/* The timer's softirq could interrupt the holder, and wait for it for ever. */
static int softirq_unsafe(void)
{
	mod_timer(&timer, jiffies + 1);
	wait_for_completion(&expired);
	del_timer_sync(&timer);
	spin_lock(&lock_a);
	spin_unlock(&lock_a);
	return 0;
}

struct entry {
	struct list_head list;
	int value;
};

static LIST_HEAD(entries);

static int rcu_list(void)
{
	struct entry *entry;
	int sum = 0;

	list_for_each_entry_rcu(entry, &entries, list)
		sum += entry->value;
	return sum;
}

static struct entry __rcu *published;

static int rcu_pointer(void)
{
	struct entry *entry = rcu_dereference(published);

	return entry ? entry->value : 0;
}

const struct nw_planted nw_locks_bugs[] = {
	{ "sleep-in-atomic", sleep_in_atomic },
	{ "abba", abba },
	{ "softirq-unsafe", softirq_unsafe },
	{ "rcu-list", rcu_list },
	{ "rcu-pointer", rcu_pointer },
	{ }
};
