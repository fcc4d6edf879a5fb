/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a monitoring plugin makes of the findings that are open, of the tracked
 * entries and of what is missing. Pure: plain data in, what to say out.
 */
#ifndef NW_CHECK_H
#define NW_CHECK_H

#include "clock.h"
#include "finding.h"
#include "object.h"
#include "plugin.h"
#include "tally.h"
#include "threshold.h"
#include "world.h"

#define NW_CHECK_FINDINGS	64	/* told in full */
#define NW_CHECK_OWN		16	/* findings of check's own */

#define NW_CHECK_WINDOW		(600 * NW_NSEC_PER_SEC)

/* What was asked; nothing named: everything. */
struct nw_check_ask {
	const struct nw_named_gateway *gateway;
	size_t nr_gateways;
	const char *const *dev;
	size_t nr_devs;
	__u64 window;
};

/**
 * struct nw_check_gateway - a gateway that was asked about
 * @addr: its address
 * @ifindex: its device, 0 when no route and no neighbour tells
 * @dev: likewise
 * @hop: its @has is 0 when no route uses it
 * @neigh: its @has is 0 when it was never a neighbour
 * @losses: of the last 24 h
 */
struct nw_check_gateway {
	struct nw_addr addr;
	__u32 ifindex;
	char dev[NW_NAME_LEN];
	struct nw_nexthop hop;
	struct nw_neigh neigh;
	struct nw_tally losses;
};

/* A link that was asked about; @named: by its name or as a gateway's link. */
struct nw_check_link {
	struct nw_link link;
	struct nw_tally losses;
	bool named;
};

/**
 * struct nw_check - all that decides
 * @ask: what was asked
 * @now: when
 * @stats: of the namespace
 * @open: the engine's open findings
 * @gateway: those asked about, &nr_gateways of them
 * @link: likewise
 * @under: device numbers of what is under the links of gateways asked about
 * @lost: records lost inside the window
 * @oldest: stamp of the oldest record, 0 when none aged out
 * @thresholds: in force
 * @doubt: why nothing can be trusted, or ""
 */
struct nw_check {
	struct nw_check_ask ask;
	struct nw_clock now;
	const struct nw_stats *stats;
	const struct nw_finding *open;
	const struct nw_check_gateway *gateway;
	size_t nr_gateways;
	const struct nw_check_link *link;
	size_t nr_links;
	const __u32 *under;
	size_t nr_under;
	__u64 lost;
	__u64 oldest;
	const struct nw_thresholds *thresholds;
	char doubt[NW_FINDING_TEXT];
};

/**
 * struct nw_check_result - what came out
 * @found: findings about what was asked, the worst first
 * @nr_found: how many are there
 * @nr: how many there were of each severity
 * @own: those that check itself made
 */
struct nw_check_result {
	const struct nw_finding *found[NW_CHECK_FINDINGS];
	size_t nr_found;
	size_t nr[NW_SEVERITY_CRIT + 1];
	struct nw_finding own[NW_CHECK_OWN];
	size_t nr_own;
};

/* Was nothing named? */
bool nw_check_asks_all(const struct nw_check_ask *ask);
/* Is this gateway, this device asked about? */
bool nw_check_asks_gateway(const struct nw_check_ask *ask,
			   const struct nw_addr *addr, const char *dev);
bool nw_check_asks_dev(const struct nw_check_ask *ask, const char *dev);

/* Find out what is wrong with what was asked about. */
void nw_check_find(const struct nw_check *c, struct nw_check_result *r);
/* Say it, with status and performance data. */
void nw_check_say(const struct nw_check *c, const struct nw_check_result *r,
		  struct nw_plugin *p);

#endif /* NW_CHECK_H */
