/* SPDX-License-Identifier: GPL-2.0 */
/* What check may meet: a healthy gateway on a healthy link, to be made worse. */
#ifndef NW_UNIT_SCENE_H
#define NW_UNIT_SCENE_H

#include "check.h"
#include "kept_entry.h"

#define SEC	NW_NSEC_PER_SEC
#define NOW	(100000 * SEC)
/* 2025-11-19 01:14:03 UTC */
#define REAL	1763514843000000000ULL

#define GATEWAY	"10.9.0.62"
/* The healthy ones, in words. */
#define ALIVE	GATEWAY " eth0 REACHABLE, ARP proof 2.1 s ago"
#define UP	"eth0 up 24 h 0 min"
/* What scene_stuck() says. */
#define STUCK	"gateway-stuck " GATEWAY " eth0: nobody answers ARP, 4 min 41 s"

struct scene {
	struct nw_check check;
	struct nw_check_result result;
	struct nw_plugin plugin;
	struct nw_stats stats;
	struct nw_thresholds thresholds;
	struct nw_gateway entry;	/* what kept_entry.h fills */
	struct nw_check_gateway gateway[2];
	struct nw_check_link link[2];
	struct nw_named_gateway named;
	const char *dev[2];
	struct nw_finding finding[4];
	unsigned int nr_findings;
};

void scene_begin(struct scene *s);
/* The gateway as @s->entry has it. */
void scene_gateway(struct scene *s);
/* A finding that is open, about a device. */
struct nw_finding *scene_finding(struct scene *s, const char *id,
				 enum nw_severity severity, const char *dev,
				 __u32 ifindex);
/* gateway-stuck of the gateway. */
struct nw_finding *scene_stuck(struct scene *s, enum nw_severity severity);
/* --gateway, on a device or "". */
void scene_name_gateway(struct scene *s, const char *dev);
/* --dev eth0 */
void scene_name_dev(struct scene *s);

/* All that is said is these parts, the last of them NULL. */
void scene_expect(struct scene *s, const char *const *parts);
/* Status and first line without its numbers. */
void scene_expect_head(struct scene *s, enum nw_plugin_status status,
		       const char *want);

#endif /* NW_UNIT_SCENE_H */
