/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the stream told so far: for each namespace its links, routes, sysctls,
 * neighbours and latest changes. Filled by the engine before detectors see an
 * event; they only read it, and hang their own state on its objects. Pure and
 * bounded: objects that were there long without mattering are given up.
 */
#ifndef NW_WORLD_H
#define NW_WORLD_H

#include <sys/queue.h>

#include "clock.h"
#include "event.h"
#include "hash.h"

/* In place of a NUD_* value: no record told the state. */
#define NW_NUD_UNKNOWN		0xfe

#define NW_WORLD_NETS		1024
#define NW_WORLD_LINKS		4096	/* in all namespaces */
#define NW_WORLD_GATEWAYS	4096	/* likewise; beyond, neighbours */
#define NW_WORLD_DEFAULTS	16	/* default routes, each namespace */
#define NW_WORLD_CHANGES	32	/* latest, each namespace */
#define NW_LINK_UPPERS		8
#define NW_LINK_LOSSES		16	/* latest */

struct nw_detector_ops;
struct nw_detect;

/*
 * Anything a detector can hang its own state on: nw_detect_private(). The
 * state is freed with the object, after the detector's forget().
 */
struct nw_object {
	struct nw_hash_node node;
	struct nw_private *private;
};

struct nw_private {
	struct nw_private *next;
	const struct nw_detector_ops *owner;
	struct nw_object *object;
};

/* A fact with the record that told it; @mono is 0 when there was none. */
struct nw_told {
	struct nw_clock at;
	__u64 seq;
};

/**
 * struct nw_default - a default route that is there
 * @gateway: its length is 0 when the route leads straight to the device
 */
struct nw_default {
	__u32 table;
	__u32 ifindex;
	__u8 family;
	struct nw_addr gateway;
};

enum nw_changed {
	NW_CHANGED_ADMIN,	/* a device was configured, came or went */
	NW_CHANGED_ADDRESS,
	NW_CHANGED_ROUTE,
	NW_CHANGED_LLADDR,	/* a gateway's */
	NW_CHANGED_ENTRY,	/* a gateway's, thrown away by somebody */
};

/* One of the latest changes in a namespace, told in words. */
struct nw_change_note {
	struct nw_told told;
	__u8 kind;
	__u8 cause;
	__u32 ifindex;
	struct nw_who who;
	char text[96];
};

/**
 * struct nw_wnet - a namespace
 * @origin: as in its latest record
 * @first: stamp of its first record
 * @recorded: likewise, of the first that was recorded; what a tracked entry
 *	kept of older days is told before it
 * @defaults: default routes known to be there
 * @more_defaults: those of IPv4 and IPv6 that had no room there
 * @change: a ring of the latest changes, @nr_changes in all
 * @latest: device of its latest record that had one, if it is still known
 * @closing: its loopback device was removed: it is being taken down
 */
struct nw_wnet {
	TAILQ_ENTRY(nw_wnet) lru;
	struct nw_object obj;
	struct nw_origin origin;
	__u64 first;
	__u64 recorded;
	struct nw_default defaults[NW_WORLD_DEFAULTS];
	unsigned int nr_defaults;
	__u32 more_defaults[2];
	struct nw_change_note change[NW_WORLD_CHANGES];
	__u64 nr_changes;
	struct nw_wlink *latest;
	bool closing;
};

/**
 * struct nw_wparams - neighbour sysctls in force, in ns and counts
 * @told: by a record; else the kernel's defaults
 */
struct nw_wparams {
	__u64 base_reachable;
	__u64 retrans;
	__u64 delay_probe;
	__u64 gc_stale;
	__u64 locktime;
	__u32 ucast_probes;
	__u32 app_probes;
	__u32 mcast_probes;
	__u32 mcast_reprobes;
	bool forwarding;
	bool told;
};

/* One of the latest carrier losses. */
struct nw_loss {
	struct nw_told told;
	__u8 cause;
};

/**
 * struct nw_wlink - a device
 * @carrier: &enum nw_carrier, %NW_CARRIER_UNKNOWN when not told
 * @up: latest carrier gain that was seen happening
 * @down: latest carrier loss, likewise
 * @loss: a ring of the latest losses, @nr_losses in all
 * @physical: it has a parent device
 * @gone: it was removed
 * @upper: devices above it: bond, bridge, VLAN ...
 * @params: for IPv4 and IPv6; ask nw_world_params() instead
 */
struct nw_wlink {
	TAILQ_ENTRY(nw_wlink) lru;
	struct nw_object obj;
	struct nw_wnet *net;
	__u32 ifindex;
	char dev[NW_NAME_LEN];
	struct nw_mode mode;
	struct nw_told up;
	struct nw_told down;
	struct nw_loss loss[NW_LINK_LOSSES];
	__u64 nr_losses;
	__u8 carrier;
	bool physical;
	bool gone;
	__u32 upper[NW_LINK_UPPERS];
	unsigned int nr_uppers;
	struct nw_wparams params[2];
};

enum nw_proof {
	NW_PROOF_NONE,
	NW_PROOF_REPLY,		/* ARP/ND, a solicited answer */
	NW_PROOF_HEARD,		/* ARP/ND, any other packet */
	NW_PROOF_UPPER,		/* an upper layer confirmed */
};

/**
 * struct nw_wneigh - a neighbour, over all its incarnations
 * @state: NUD_*, %NW_NUD_ABSENT or %NW_NUD_UNKNOWN
 * @lladdr: current or last known
 * @prev: the one before, when it moved
 * @moved: when @lladdr last changed
 * @arp: last ARP/ND packet from @lladdr; that which moved it does not count
 *	unless it was an answer
 * @arp_kind: &enum nw_proof of that
 * @upper: last upper-layer confirmation
 * @proof: latest proof of life of any kind, from any address
 * @proof_kind: &enum nw_proof of that
 * @proof_lladdr: the address it came from
 * @routes: default routes that use it
 * @other_routes: some other route uses it, as far as records told
 * @flagged: the latest record about it said that a route uses it
 * @wanted: named by the user (--gateway)
 * @proven: it was REACHABLE once
 * @gateway: what these come to; kept while there is room for gateways
 */
struct nw_wneigh {
	TAILQ_ENTRY(nw_wneigh) lru;
	struct nw_object obj;
	struct nw_wnet *net;
	__u32 ifindex;
	__u8 family;
	__u8 state;
	__u8 arp_kind;
	bool other_routes;
	bool flagged;
	bool wanted;
	bool proven;
	bool gateway;
	__u32 routes;
	char dev[NW_NAME_LEN];
	struct nw_addr addr;
	struct nw_lladdr lladdr;
	struct nw_lladdr prev;
	struct nw_told moved;
	struct nw_told arp;
	struct nw_told upper;
	struct nw_told proof;
	struct nw_lladdr proof_lladdr;
	__u8 proof_kind;
};

TAILQ_HEAD(nw_net_list, nw_wnet);
TAILQ_HEAD(nw_link_list, nw_wlink);
TAILQ_HEAD(nw_neigh_list, nw_wneigh);

/* A gateway that the user named: a device name, or "" for any. */
struct nw_named_gateway {
	struct nw_addr addr;
	char dev[NW_NAME_LEN];
};

/**
 * struct nw_world - everything
 * @nets: namespaces, longest unheard of first
 * @links: devices: gone ones first, in the order they went
 * @gateways: neighbours that a route uses or used
 * @proven: others that answered once, longest unheard of first
 * @unproven: others that never did, likewise; given up first
 * @evicted: objects given up for want of room
 * @nomem: objects that could not be made
 * @max_neighs: limit of @proven and @unproven together
 * @free: called for an object that goes, before it is freed
 */
struct nw_world {
	struct nw_hash net_hash;
	struct nw_hash link_hash;
	struct nw_hash neigh_hash;
	struct nw_net_list nets;
	struct nw_link_list links;
	struct nw_neigh_list gateways;
	struct nw_neigh_list proven;
	struct nw_neigh_list unproven;
	size_t nr_gateways;
	size_t nr_neighs;
	size_t max_neighs;
	__u64 seed;
	__u64 evicted;
	__u64 nomem;
	const struct nw_named_gateway *named;
	size_t nr_named;
	void (*forget)(void *arg, struct nw_object *obj);
	void *arg;
};

/* The objects an event is about; NULL where it is about none. */
struct nw_about {
	struct nw_wnet *net;
	struct nw_wlink *link;
	struct nw_wneigh *neigh;
};

void nw_world_init(struct nw_world *w);
void nw_world_free(struct nw_world *w);

/* Take in an event, and tell what it is about. */
void nw_world_event(struct nw_world *w, const struct nw_event *ev,
		    struct nw_about *about);

/* Made when it is new; NULL without memory. */
struct nw_wnet *nw_world_net(struct nw_world *w,
			     const struct nw_origin *origin, __u64 mono);

struct nw_wlink *nw_world_link(const struct nw_world *w,
			       const struct nw_wnet *net, __u32 ifindex);
struct nw_wneigh *nw_world_neigh(const struct nw_world *w,
				 const struct nw_wnet *net, __u32 ifindex,
				 const struct nw_addr *addr);

/* Never NULL: the kernel's defaults where no record told. */
const struct nw_wparams *nw_world_params(const struct nw_world *w,
					 const struct nw_wnet *net,
					 __u32 ifindex, __u8 family);

/**
 * nw_world_lowers() - the devices under one, itself first
 * @w: the world
 * @link: the device
 * @found: room
 * @room: of @found
 *
 * Walks down through bond, bridge and VLAN. Return: how many.
 */
unsigned int nw_world_lowers(const struct nw_world *w,
			     const struct nw_wlink *link,
			     const struct nw_wlink **found, unsigned int room);

/* Has @link no carrier, or none of the devices at the bottom under it? */
bool nw_world_is_cut(const struct nw_world *w, const struct nw_wlink *link);
/* When @link and one at the bottom came to carry; 0: before the stream. */
__u64 nw_world_carrier_since(const struct nw_world *w,
			     const struct nw_wlink *link);

/* How many others on the neighbour's device gave ARP/ND proof since @mono. */
struct nw_others {
	unsigned int proven;
	unsigned int all;	/* those in use: not absent, not PERMANENT */
};

void nw_world_others(const struct nw_world *w, const struct nw_wneigh *n,
		     __u64 mono, struct nw_others *others);

/* The nth latest change of a namespace, 0 the latest, or NULL. */
const struct nw_change_note *nw_world_change(const struct nw_wnet *net,
					     unsigned int nth);

/* Packets flow (NUD_VALID). */
bool nw_world_usable(__u8 state);
bool nw_lladdr_equal(const struct nw_lladdr *a, const struct nw_lladdr *b);
bool nw_addr_equal(const struct nw_addr *a, const struct nw_addr *b);

#endif /* NW_WORLD_H */
