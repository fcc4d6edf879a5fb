// SPDX-License-Identifier: GPL-2.0
/* The fields of what the module tracks, and of its statistics. */
#include "fields.h"
#include "fields_macros.h"

static const char *const feature_names[] = {
	"neigh", "carrier", "route", "address", "all-netns",
};

const struct nw_names nw_names_features = NAMES(feature_names);

static const char *const source_names[] = {
	"unknown", "active", "absent", "off",
};

const struct nw_names nw_names_source = NAMES(source_names);

static const struct nw_field neigh_step_fields[] = {
	F(NW_A_STEP_MONO, "time", STAMP, struct nw_step, mono, NW_REQUIRED),
	F(NW_A_STEP_OLD, "old", NUD, struct nw_step, old, 0),
	F(NW_A_STEP_NEW, "new", NUD, struct nw_step, new, NW_REQUIRED),
	E(NW_A_STEP_CAUSE, "cause", nw_names_cause, struct nw_step, cause, 0),
};

static const struct nw_desc desc_neigh_step =
	DESC("last", neigh_step_fields, NW_A_STEP_PAD);

static const struct nw_field link_step_fields[] = {
	F(NW_A_STEP_MONO, "time", STAMP, struct nw_step, mono, NW_REQUIRED),
	E(NW_A_STEP_OLD, "old", nw_names_carrier, struct nw_step, old, 0),
	E(NW_A_STEP_NEW, "new", nw_names_carrier, struct nw_step, new,
	  NW_REQUIRED),
	E(NW_A_STEP_CAUSE, "cause", nw_names_cause, struct nw_step, cause, 0),
};

static const struct nw_desc desc_link_step =
	DESC("last", link_step_fields, NW_A_STEP_PAD);

static const struct nw_field outage_fields[] = {
	F(NW_A_OUTAGE_BEGIN, "begin", STAMP, struct nw_outage, begin,
	  NW_REQUIRED),
	F(NW_A_OUTAGE_FAILED, "failed", STAMP, struct nw_outage, failed, 0),
	F(NW_A_OUTAGE_END, "end", STAMP, struct nw_outage, end, 0),
	F(NW_A_OUTAGE_ROUNDS, "rounds", U32, struct nw_outage, rounds, 0),
	F(NW_A_OUTAGE_PATH, "path", PATH, struct nw_outage, path, 0),
};

static const struct nw_desc desc_outage =
	DESC("outage", outage_fields, NW_A_OUTAGE_PAD);

#define NEIGH_COUNT(attr_, key_, member_) \
	F(NW_A_NEIGH_##attr_, key_, U32, struct nw_neigh, member_, 0)
#define NEIGH_STAMP(attr_, key_, member_) \
	F(NW_A_NEIGH_##attr_, key_, STAMP, struct nw_neigh, member_, 0)

static const struct nw_field neigh_fields[] = {
	F(NW_A_NEIGH_IFINDEX, "ifindex", U32, struct nw_neigh, ifindex,
	  NW_REQUIRED),
	S(NW_A_NEIGH_DEV, "dev", struct nw_neigh, dev,
	  NW_NAME_LEN, 0),
	F(NW_A_NEIGH_FAMILY, "family", FAMILY, struct nw_neigh, family,
	  NW_REQUIRED),
	F(NW_A_NEIGH_ADDR, "addr", ADDR, struct nw_neigh, addr,
	  NW_REQUIRED | NW_OF_FAMILY),
	F(NW_A_NEIGH_STATE, "state", NUD, struct nw_neigh, state, NW_REQUIRED),
	F(NW_A_NEIGH_LLADDR, "lladdr", LLADDR, struct nw_neigh, lladdr, 0),
	NAMED(NW_A_NEIGH_FLAGS, NO_KEY, FLAGS, nw_names_flags, struct nw_neigh,
	      flags, 0),
	NEIGH_STAMP(BORN, "born", born),
	NEIGH_STAMP(SINCE, "since", since),
	NEIGH_STAMP(ARP_PROOF, "arp_proof", arp_proof),
	NEIGH_STAMP(UPPER_PROOF, "upper_proof", upper_proof),
	NEIGH_STAMP(MOVED, "moved", moved),
	F(NW_A_NEIGH_PREV_LLADDR, "prev_lladdr", LLADDR, struct nw_neigh,
	  prev_lladdr, 0),
	NEIGH_COUNT(TRANSITIONS, "transitions", transitions),
	NEIGH_COUNT(FAILURES, "failures", failures),
	NEIGH_COUNT(OUTAGES, "outages", outages),
	NEIGH_COUNT(MOVES, "moves", moves),
	NEIGH_COUNT(OFFERS, "offers", offers),
	A(NW_A_NEIGH_LAST, "last", desc_neigh_step, struct nw_neigh, last,
	  offsetof(struct nw_neigh, nr_last), sizeof(struct nw_step), NW_STEPS),
	A(NW_A_NEIGH_OUTAGE, "outage", desc_outage, struct nw_neigh, outage,
	  offsetof(struct nw_neigh, nr_outage), sizeof(struct nw_outage), NW_OUTAGES),
};

const struct nw_desc nw_desc_neigh =
	DESC("neigh", neigh_fields, NW_A_NEIGH_PAD);

#define LINK_COUNT(attr_, key_, member_) \
	F(NW_A_LINK_##attr_, key_, U32, struct nw_link, member_, 0)

static const struct nw_field link_fields[] = {
	F(NW_A_LINK_IFINDEX, "ifindex", U32, struct nw_link, ifindex,
	  NW_REQUIRED),
	S(NW_A_LINK_DEV, "dev", struct nw_link, dev,
	  NW_NAME_LEN, 0),
	E(NW_A_LINK_CARRIER, "carrier", nw_names_carrier, struct nw_link,
	  carrier, NW_REQUIRED),
	NAMED(NW_A_LINK_FLAGS, NO_KEY, FLAGS, nw_names_flags, struct nw_link,
	      flags, 0),
	F(NW_A_LINK_SINCE, "since", STAMP, struct nw_link, since, 0),
	LINK_COUNT(UP_COUNT, "up_count", up_count),
	LINK_COUNT(DOWN_COUNT, "down_count", down_count),
	LINK_COUNT(EDGES, "edges", edges),
	LINK_COUNT(UNSTAMPED, "unstamped", unstamped),
	LINK_COUNT(LOSSES, "losses", losses),
	LINK_COUNT(MASTER, "master", master),
	N(NW_A_LINK_MODE, "mode", nw_desc_mode, struct nw_link, mode, 0),
	A(NW_A_LINK_LAST, "last", desc_link_step, struct nw_link, last,
	  offsetof(struct nw_link, nr_last), sizeof(struct nw_step), NW_STEPS),
	A(NW_A_LINK_OUTAGE, "outage", desc_outage, struct nw_link, outage,
	  offsetof(struct nw_link, nr_outage), sizeof(struct nw_outage), NW_OUTAGES),
};

const struct nw_desc nw_desc_link = DESC("link", link_fields, NW_A_LINK_PAD);

static const struct nw_field nexthop_fields[] = {
	F(NW_A_NEXTHOP_IFINDEX, "ifindex", U32, struct nw_nexthop, ifindex,
	  NW_REQUIRED),
	S(NW_A_NEXTHOP_DEV, "dev", struct nw_nexthop, dev,
	  NW_NAME_LEN, 0),
	F(NW_A_NEXTHOP_GATEWAY, "gateway", ADDR, struct nw_nexthop, gateway, 0),
	F(NW_A_NEXTHOP_FAMILY, "family", FAMILY, struct nw_nexthop, family,
	  NW_REQUIRED),
	F(NW_A_NEXTHOP_ROUTES, "routes", U32, struct nw_nexthop, routes, 0),
	F(NW_A_NEXTHOP_DEFAULTS, "defaults", U32, struct nw_nexthop,
	  defaults, 0),
	F(NW_A_NEXTHOP_SINCE, "since", STAMP, struct nw_nexthop, since, 0),
};

const struct nw_desc nw_desc_nexthop =
	DESC("nexthop", nexthop_fields, NW_A_NEXTHOP_PAD);

static const struct nw_field source_fields[] = {
	S(NW_A_SOURCE_NAME, "name", struct nw_source, name,
	  NW_TEXT_LEN, NW_REQUIRED),
	E(NW_A_SOURCE_STATE, "state", nw_names_source, struct nw_source, state,
	  NW_REQUIRED),
	F(NW_A_SOURCE_MISSED, "missed", U64, struct nw_source, missed, 0),
};

static const struct nw_desc desc_source =
	DESC("source", source_fields, NW_A_SOURCE_PAD);

#define STAT(attr_, member_) \
	F(NW_A_STATS_##attr_, #member_, U64, struct nw_stats, member_, 0)

static const struct nw_field stats_fields[] = {
	S(NW_A_STATS_VERSION, "version", struct nw_stats, version,
	  NW_TEXT_LEN, 0),
	NAMED(NW_A_STATS_FEATURES, "features", FEATURES, nw_names_features,
	      struct nw_stats, features, 0),
	F(NW_A_STATS_LOADED, "loaded", STAMP, struct nw_stats, loaded, 0),
	F(NW_A_STATS_REAL, "time", REAL, struct nw_stats, real, NW_REQUIRED),
	F(NW_A_STATS_MONO, "mono", SECONDS, struct nw_stats, mono, NW_REQUIRED),
	F(NW_A_STATS_BOOT, "boot", SECONDS, struct nw_stats, boot, 0),
	STAT(RING_SIZE, ring_size),
	STAT(OLDEST_SEQ, oldest_seq),
	F(NW_A_STATS_OLDEST_REAL, "oldest_time", REAL, struct nw_stats,
	  oldest_real, 0),
	F(NW_A_STATS_OLDEST_MONO, "oldest_mono", SECONDS, struct nw_stats,
	  oldest_mono, 0),
	STAT(OVERWRITTEN, overwritten),
	STAT(NEIGHS, neighs),
	STAT(NEIGHS_MAX, neighs_max),
	STAT(LINKS, links),
	STAT(LINKS_MAX, links_max),
	STAT(NEXTHOPS, nexthops),
	STAT(ROUTES, routes),
	STAT(ROUTES_MAX, routes_max),
	STAT(LOST_NEIGH_MEMORY, lost_neigh_memory),
	STAT(LOST_NEIGH_LIMIT, lost_neigh_limit),
	STAT(LOST_LINK_MEMORY, lost_link_memory),
	STAT(LOST_LINK_LIMIT, lost_link_limit),
	STAT(LOST_ROUTE_MEMORY, lost_route_memory),
	STAT(LOST_ROUTE_LIMIT, lost_route_limit),
	STAT(LOST_MULTICAST, lost_multicast),
	STAT(EVICTED_FAILED, evicted_failed),
	STAT(EVICTED_UNPROVEN, evicted_unproven),
	STAT(EVICTED_GONE, evicted_gone),
	STAT(INFERRED, inferred),
	STAT(OVERFLOWS, overflows),
	STAT(MULTICAST_SKIPPED, multicast_skipped),
	STAT(CREATE_FAILED, create_failed),
	F(NW_A_STATS_GONE, "gone", STAMP, struct nw_stats, gone, 0),
	A(NW_A_STATS_SOURCE, "source", desc_source, struct nw_stats, source,
	  offsetof(struct nw_stats, nr_source), sizeof(struct nw_source), NW_SOURCES_MAX),
};

const struct nw_desc nw_desc_stats =
	DESC("stats", stats_fields, NW_A_STATS_PAD);
