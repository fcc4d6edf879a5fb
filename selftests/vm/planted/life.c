// SPDX-License-Identifier: GPL-2.0
/* Objects that end while somebody still counts on them: for ODEBUG, refcount_t and DEBUG_LIST. */
#include <linux/completion.h>
#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include "plant.h"

struct object {
	struct timer_list timer;
	struct work_struct work;
	struct rcu_head rcu;
};

static void expire(struct timer_list *unused)
{
}

/* The checker takes the timer out before the memory goes. */
static int free_active_timer(void)
{
	struct object *object = kzalloc(sizeof(*object), GFP_KERNEL);

	if (!object)
		return -ENOMEM;
	timer_setup(&object->timer, expire, 0);
	mod_timer(&object->timer, jiffies + 100 * HZ);
	kfree(object);
	return 0;
}

static DECLARE_COMPLETION(go_on);

static void block(struct work_struct *unused)
{
	wait_for_completion(&go_on);
}

static DECLARE_WORK(blocker, block);

static void never_run(struct work_struct *unused)
{
}

/* Likewise the work, which waits behind another one. */
static int free_pending_work(void)
{
	struct workqueue_struct *wq = alloc_ordered_workqueue("nw_planted", 0);
	struct object *object = kzalloc(sizeof(*object), GFP_KERNEL);

	if (wq && object) {
		queue_work(wq, &blocker);
		INIT_WORK(&object->work, never_run);
		queue_work(wq, &object->work);
	}
	kfree(object);
	complete_all(&go_on);
	if (wq)
		destroy_workqueue(wq);
	return wq && object ? 0 : -ENOMEM;
}

static void free_rcu(struct rcu_head *head)
{
	kfree(container_of(head, struct object, rcu));
}

/* The checker leaks the object. */
static int call_rcu_twice(void)
{
	struct object *object = kzalloc(sizeof(*object), GFP_KERNEL);

	if (!object)
		return -ENOMEM;
	rcu_read_lock();
	call_rcu(&object->rcu, free_rcu);
	call_rcu(&object->rcu, free_rcu);
	rcu_read_unlock();
	rcu_barrier();
	return 0;
}

static int refcount_underflow(void)
{
	refcount_t count = REFCOUNT_INIT(1);

	if (!refcount_dec_and_test(&count) || refcount_dec_and_test(&count))
		return -EINVAL;
	return 0;
}

/* Ends with a panic: BUG_ON_DATA_CORRUPTION. */
static int list_twice(void)
{
	struct list_head *entry = kzalloc(sizeof(*entry), GFP_KERNEL);

	if (!entry)
		return -ENOMEM;
	INIT_LIST_HEAD(entry);
	list_del(entry);
	list_del(entry);
	kfree(entry);
	return 0;
}

const struct nw_planted nw_life_bugs[] = {
	{ "free-active-timer", free_active_timer },
	{ "free-pending-work", free_pending_work },
	{ "call-rcu-twice", call_rcu_twice },
	{ "refcount-underflow", refcount_underflow },
	{ "list-twice", list_twice },
	{ }
};
