// SPDX-License-Identifier: GPL-2.0
/* A number two threads count with nothing in between: for KCSAN. */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include "plant.h"

static u64 counter;
static struct task_struct *threads[2];

static int count(void *unused)
{
	while (!kthread_should_stop()) {
		counter++;
		cond_resched();
	}
	return 0;
}

static void stop(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(threads); i++) {
		if (!IS_ERR_OR_NULL(threads[i]))
			kthread_stop(threads[i]);
	}
}

static int count_together(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(threads); i++) {
		threads[i] = kthread_run(count, NULL, "nw_race/%zu", i);
		if (IS_ERR(threads[i])) {
			stop();
			return PTR_ERR(threads[i]);
		}
	}
	return 0;
}

const struct nw_planted nw_race_bugs[] = {
	{ "data-race", count_together, stop },
	{ }
};
