// SPDX-License-Identifier: GPL-2.0
/* Allocations that only fault injection refuses: load, and it says which. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/gfp.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include "plant.h"

/*
 * How many allocations come before ours is not the same each time: one alone
 * might never be the nth.
 */
#define TRIES	8

static int tell(const char *what, bool refused)
{
	if (!refused)
		return 0;
	pr_info("%s: refused\n", what);
	return -ENOMEM;
}

static int refused_object(void)
{
	bool refused = false;
	void *object;
	int i;

	for (i = 0; i < TRIES && !refused; i++) {
		object = kmalloc(100, GFP_KERNEL);
		refused = !object;
		kfree(object);
	}
	return tell("object", refused);
}

static int refused_page(void)
{
	bool refused = false;
	unsigned long page;
	int i;

	for (i = 0; i < TRIES && !refused; i++) {
		page = __get_free_page(GFP_KERNEL);
		refused = !page;
		free_page(page);
	}
	return tell("page", refused);
}

const struct nw_planted nw_refused_bugs[] = {
	{ "refused-object", refused_object },
	{ "refused-page", refused_page },
	{ }
};
