// SPDX-License-Identifier: GPL-2.0
/*
 * One planted bug for each checker of the sanitizer kernels: a kernel that does
 * not report it would not report ours either. Never load it anywhere else.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>
#include "plant.h"

static char *bug = "";
module_param(bug, charp, 0444);
MODULE_PARM_DESC(bug, "which one");

static const struct nw_planted *const groups[] = {
	nw_memory_bugs,
	nw_life_bugs,
	nw_locks_bugs,
	nw_race_bugs,
	nw_refused_bugs,
};

static const struct nw_planted *chosen;

static const struct nw_planted *find(const char *name)
{
	const struct nw_planted *one;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(groups); i++)
		for (one = groups[i]; one->name; one++)
			if (!strcmp(one->name, name))
				return one;
	return NULL;
}

static int __init nw_planted_init(void)
{
	chosen = find(bug);
	if (!chosen) {
		pr_err("bug=%s: there is no such bug\n", bug);
		return -EINVAL;
	}
	return chosen->plant();
}

static void __exit nw_planted_exit(void)
{
	if (chosen->uproot)
		chosen->uproot();
}

module_init(nw_planted_init);
module_exit(nw_planted_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Planted bugs, to test the checkers of a test kernel");
