/* SPDX-License-Identifier: GPL-2.0 */
/* What link-flap tells of a link: its latest edges, its neighbours, its gateway. */
#ifndef NW_LINK_STORY_H
#define NW_LINK_STORY_H

#include "detect.h"

#define NW_STORY_EDGES	10

/* One carrier change. */
struct nw_edge {
	struct nw_clock at;
	__u64 seq;
	__u64 dwell;		/* in the state before, 0 when not known */
	__u8 new;
	__u8 cause;
	bool counted;
	bool changed;		/* it came up another way than last time */
	char mode[48];
};

/* A gateway behind the link, and when it was not usable. */
struct nw_story_gateway {
	struct nw_addr addr;
	__u64 from;
	__u64 to;
};

/**
 * struct nw_story - the latest of a link
 * @edge: a ring, @nr in all
 * @mode: how it came up last
 * @gateway: the first that was lost
 */
struct nw_story {
	struct nw_edge edge[NW_STORY_EDGES];
	__u64 nr;
	struct nw_mode mode;
	struct nw_story_gateway gateway;
};

void nw_story_carrier(struct nw_story *s, const struct nw_event *ev,
		      bool counted);
void nw_story_mode(struct nw_story *s, const struct nw_event *ev);
void nw_story_neigh(struct nw_story *s, const struct nw_event *ev,
		    const struct nw_wneigh *n);

/* All of it since @since as lines of evidence, in place of those there were. */
void nw_story_tell(const struct nw_story *s, const struct nw_detect *d,
		   const struct nw_wlink *link, struct nw_finding *f,
		   __u64 since);

/* The numbers of the carrier changes since @since. */
void nw_story_evidence(const struct nw_story *s, struct nw_finding *f,
		       __u64 since);

/* Is it a change that a driver may stop the link for? Of admin events only. */
bool nw_story_stops_link(const struct nw_event *ev);

#endif /* NW_LINK_STORY_H */
