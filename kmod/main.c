// SPDX-License-Identifier: GPL-2.0
/*
 * neighwatch: flight recorder for the last hop.
 *
 * Start-up goes from the sinks to the sources, so that nothing observed finds
 * no place; shutdown goes from the sources to the sinks.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/log2.h>
#include <linux/module.h>
#include <linux/random.h>
#include <linux/ktime.h>
#include <net/genetlink.h>
#include "debugfs.h"
#include "hook_addr.h"
#include "hook_link.h"
#include "hook_neigh.h"
#include "main.h"
#include "netlink.h"
#include "netns.h"
#include "nexthop.h"
#include "notify.h"
#include "source.h"
#include "table.h"
#include "track.h"

struct nw_limits nw_limits = {
	.ring_size = 65536,
	.ring_size_other = 256,
	.ring_total = 262144,
	.ring_total_userns = 65536,
	.neighbours = 16384,
	.neighbours_other = 1024,
	.neighbours_total = 65536,
	.links = 4096,
	.routes = 262144,
	.routes_other = 1024,
	.dead_namespaces = 64,
};

#define LIMIT(name, text)						\
	module_param_named(name, nw_limits.name, uint, 0444);		\
	MODULE_PARM_DESC(name, text)

LIMIT(ring_size, "Records kept of the initial namespace, a power of two");
LIMIT(ring_size_other, "Records kept of each other namespace, a power of two");
LIMIT(ring_total, "Records kept of all other namespaces together");
LIMIT(ring_total_userns, "Of these, records of namespaces of unprivileged users");
LIMIT(neighbours, "Neighbours tracked in the initial namespace");
LIMIT(neighbours_other, "Neighbours tracked in each other namespace");
LIMIT(neighbours_total, "Neighbours tracked in all other namespaces together");
LIMIT(links, "Links tracked in each namespace");
LIMIT(routes, "Routes followed in the initial namespace");
LIMIT(routes_other, "Routes followed in each other namespace");
LIMIT(dead_namespaces, "Histories kept of namespaces that are gone");

static char *sources_off = "";
module_param(sources_off, charp, 0444);
MODULE_PARM_DESC(sources_off, "Sources to do without, by name, separated by commas");

/* What makes sense for each parameter. */
static const struct {
	const char *name;
	const unsigned int *value;
	unsigned int min;
	unsigned int max;
	bool power;
} ranges[] = {
	{ "ring_size", &nw_limits.ring_size, 64, 1 << 24, true },
	{ "ring_size_other", &nw_limits.ring_size_other, 16, 1 << 20, true },
	{ "ring_total", &nw_limits.ring_total, 0, 1 << 26 },
	{ "ring_total_userns", &nw_limits.ring_total_userns, 0, 1 << 26 },
	{ "neighbours", &nw_limits.neighbours, 16, 1 << 22 },
	{ "neighbours_other", &nw_limits.neighbours_other, 16, 1 << 22 },
	{ "neighbours_total", &nw_limits.neighbours_total, 0, 1 << 22 },
	{ "links", &nw_limits.links, 16, 1 << 20 },
	{ "routes", &nw_limits.routes, 16, 1 << 24 },
	{ "routes_other", &nw_limits.routes_other, 16, 1 << 24 },
	{ "dead_namespaces", &nw_limits.dead_namespaces, 0, 65536 },
};

static int check_parameters(void)
{
	unsigned int i, value;

	for (i = 0; i < ARRAY_SIZE(ranges); i++) {
		value = *ranges[i].value;
		if (value < ranges[i].min || value > ranges[i].max ||
		    (ranges[i].power && !is_power_of_2(value))) {
			pr_err("%s=%u: must be %sfrom %u to %u\n",
			       ranges[i].name, value,
			       ranges[i].power ? "a power of two " : "",
			       ranges[i].min, ranges[i].max);
			return -EINVAL;
		}
	}
	return nw_source_parse_off(sources_off);
}

static void sources_on(void)
{
	nw_hook_addr_init();
	nw_hook_link_init();
	nw_hook_neigh_init();
	nw_hook_neigh_seed();
	nw_table_init();
	nw_source_report();
}

static void sources_down(void)
{
	nw_table_fini();
	nw_hook_neigh_fini();
	nw_hook_link_fini();
	nw_hook_addr_fini();
}

static int __init nw_init(void)
{
	u64 loaded = ktime_get_ns();
	int err;

	err = check_parameters();
	if (err)
		return err;
	err = nw_track_init();
	if (err)
		return err;
	err = nw_nexthop_init();
	if (err)
		goto err_track;
	err = nw_notify_init();
	if (err)
		goto err_nexthop;
	err = nw_netns_init();
	if (err)
		goto err_notify;
	sources_on();
	nw_debugfs_init();
	/* Last: whoever is told of it finds all sources on. */
	err = nw_netlink_init(get_random_u64(), loaded);
	if (err)
		goto err_sources;
	pr_info("version %s records the last hop\n", NW_VERSION);
	return 0;

err_sources:
	nw_debugfs_fini();
	sources_down();
	nw_netns_fini();
err_notify:
	nw_notify_fini();
err_nexthop:
	nw_nexthop_fini();
err_track:
	nw_track_fini();
	return err;
}

/* The family goes after the namespaces, which send their last records by it. */
static void __exit nw_exit(void)
{
	nw_netns_close();
	nw_debugfs_fini();
	sources_down();
	nw_netns_fini();
	nw_netlink_fini();
	nw_notify_fini();
	nw_nexthop_fini();
	nw_track_fini();
}

module_init(nw_init);
module_exit(nw_exit);

MODULE_DESCRIPTION("Flight recorder for neighbour states and carrier changes");
MODULE_VERSION(NW_VERSION);
MODULE_LICENSE("GPL");
MODULE_ALIAS_GENL_FAMILY(NW_GENL_NAME);
