/* SPDX-License-Identifier: GPL-2.0 */
/* A gateway that does not answer; for detect_gateway.c and its stuck*.c only. */
#ifndef NW_STUCK_H
#define NW_STUCK_H

#include "detect.h"
#include "flap.h"

/**
 * struct nw_stuck - what is known of a gateway's outage
 * @private: begins every detector's state
 * @timer: set to when the finding opens as warn or rises to crit, by the rules
 *	of nw_detector_gateway
 * @finding: the episode, or NULL
 * @begin: packets stopped to flow, or the first question; 0: no outage
 * @spell: asked since without a pause; 0: not asked
 * @idle: nobody has asked since, 0 while somebody does
 * @probe: first question that nobody answered
 * @probe_state: NUD_PROBE or NUD_INCOMPLETE, its kind
 * @failed: first round that failed
 * @rounds: rounds that failed
 * @requests: sent in these
 * @fails: the latest of them
 * @offered: other link-layer addresses offered since
 * @nr_offered: how many of these
 * @offer: the latest offer
 */
struct nw_stuck {
	struct nw_private private;
	struct nw_timer timer;
	struct nw_finding *finding;
	__u64 begin;
	__u64 spell;
	__u64 idle;
	struct nw_told probe;
	struct nw_told failed;
	__u8 probe_state;
	__u64 rounds;
	__u64 requests;
	__u64 fails[NW_FLAP_KEPT];
	struct nw_lladdr offered[NW_FINDING_LLADDRS];
	unsigned int nr_offered;
	struct nw_told offer;
};

/*
 * When its finding is due as information, and as warn; when it rises to crit.
 * NW_NEVER: by what is known so far not at all.
 */
__u64 nw_stuck_info_at(const struct nw_detect *d, const struct nw_stuck *s,
		       const struct nw_wneigh *n);
__u64 nw_stuck_warn_at(const struct nw_detect *d, const struct nw_stuck *s,
		       const struct nw_wneigh *n);
__u64 nw_stuck_crit_at(const struct nw_detect *d, const struct nw_stuck *s,
		       const struct nw_wneigh *n);
/* Did a round that ended at @mono begin before there was a carrier? */
bool nw_stuck_is_early(const struct nw_detect *d, const struct nw_wneigh *n,
		       __u64 mono);

/* Renew text, numbers and evidence of the open finding. */
void nw_stuck_describe(struct nw_detect *d, struct nw_stuck *s,
		       const struct nw_wneigh *n);
/* Say how it ended, with what came just before. */
void nw_stuck_describe_end(struct nw_detect *d, struct nw_stuck *s,
			   const struct nw_wneigh *n, const char *why);

#endif /* NW_STUCK_H */
