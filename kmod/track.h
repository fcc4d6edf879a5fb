/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_TRACK_H
#define _NEIGHWATCH_TRACK_H

#include <linux/hash.h>
#include <linux/rculist.h>
#include <linux/rhashtable-types.h>
#include <linux/spinlock.h>
#include <net/ipv6.h>
#include "key.h"
#include "lladdr.h"
#include "netns.h"
#include "note.h"
#include "record.h"
#include "story.h"

/**
 * struct nw_neigh - a tracked neighbour
 * @hash: by @key
 * @key: its name
 * @by_ptr: in the hash by @n
 * @n: the kernel's entry, to tell incarnations apart; never followed
 * @next: an entry that was created while @n was still there
 * @next_born: when
 * @lru: in one of &nw_ns.neighs
 * @rcu: frees it, once it left that list
 * @nascent_node: in &nw_ns.nascent
 * @removal: context that asked for the removal, until it happened; 0 for none
 * @probe_once: stamp of a __neigh_set_probe_once() not yet accounted for;
 *	written without @lock since the caller holds the kernel entry's
 * @class: which list @lru is in
 * @evicted: given up; whoever holds it must look it up again
 * @gateway: a route uses it
 * @lock: protects all below, and @n, @next, @removal. Inside it the hook reads
 *	the kernel's entry, decides and stamps, so that no two CPUs swap or
 *	double a transition. Taken before the kernel entry's lock and the ring's
 * @state: NUD_*, %NW_NUD_ABSENT or %NW_NUD_UNKNOWN
 * @nascent: created, its insertion was not seen yet
 * @proven: was reachable once
 * @probed_once: INCOMPLETE was begun by __neigh_set_probe_once(), whose counter
 *	does not tell what was sent
 * @dated: @state began with the last step of @story; else that was not seen
 * @born: this incarnation was seen to be created, when it began to be @watched
 * @ntf_flags: &enum nw_flags that mirror NTF_*
 * @fail_known: the timer's FAILED was recorded before the timer announced it
 * @offer_override: the last offer refused asked to replace
 * @note: see &struct nw_note
 * @ll: its link-layer addresses
 * @offer_mono: when the last offer refused was last put into a record
 * @offer_count: equal offers since
 * @failures: times FAILED was reached
 * @moves: times the link-layer address changed
 * @offers: offers refused
 * @watched: since when this incarnation is seen
 * @arp_proof: last ARP/ND packet from its link-layer address, 0 when none
 * @confirm_mono: last record of such
 * @upper_proof: last upper-layer confirmation, 0 when none
 * @moved: when the link-layer address last changed, 0 when never
 * @dev: name of the device
 * @story: last transitions and outages
 */
struct nw_neigh {
	struct rhash_head hash;
	struct nw_key key;
	struct hlist_node by_ptr;
	const void *n;
	const void *next;
	u64 next_born;
	union {
		struct list_head lru;
		struct rcu_head rcu;
	};
	struct list_head nascent_node;
	unsigned long removal;
	u64 probe_once;
	u8 class;
	bool evicted;
	bool gateway;
	bool born;
	spinlock_t lock;	/* what it protects: above */
	u8 state;
	bool nascent;
	bool proven;
	bool probed_once;
	bool dated;
	u8 ntf_flags;
	bool fail_known;
	bool offer_override;
	struct nw_note note;
	struct nw_lladdrs ll;
	u32 offer_count;
	u64 offer_mono;
	u64 watched;
	u64 arp_proof;
	u64 confirm_mono;
	u64 upper_proof;
	u64 moved;
	u32 failures;
	u32 moves;
	u32 offers;
	char dev[IFNAMSIZ];
	struct nw_story story;
};

/* When @t's state began, CLOCK_MONOTONIC in ns; 0 when that was not seen. */
static inline u64 nw_track_since(const struct nw_neigh *t)
{
	return t->dated ? nw_story_last(&t->story) : 0;
}

/**
 * struct nw_track_table - tracked neighbours by the address of the kernel's entry
 * @chains: readers under RCU
 * @bits: logarithm of how many
 */
struct nw_track_table {
	struct hlist_head *chains;
	unsigned int bits;
};

extern struct nw_track_table nw_track_by_ptr;

static inline struct hlist_head *nw_track_chain(const void *n)
{
	return &nw_track_by_ptr.chains[hash_ptr(n, nw_track_by_ptr.bits)];
}

/* Word by word: memcmp() is a call and a loop over bytes. */
static inline bool nw_track_same_addr(const u8 *a, const void *b, u32 family)
{
	if (family == AF_INET)
		return *(const __be32 *)a == *(const __be32 *)b;
	return ipv6_addr_equal((const struct in6_addr *)a, b);
}

/**
 * nw_track_find() - look a neighbour up by the kernel's entry
 * @n: the entry
 * @ifindex: its device
 * @family: its family
 * @addr: its address
 *
 * Pointers are reused: the name is compared as well.
 *
 * Context: under RCU; for each packet to an unresolved neighbour.
 * Return: NULL when it is not tracked.
 */
static __always_inline struct nw_neigh *
nw_track_find(const void *n, s32 ifindex, u32 family, const void *addr)
{
	struct nw_neigh *t;

	hlist_for_each_entry_rcu(t, nw_track_chain(n), by_ptr) {
		if (READ_ONCE(t->n) == n && t->key.ifindex == ifindex &&
		    t->key.family == family &&
		    nw_track_same_addr(t->key.addr, addr, family))
			return t;
	}
	return NULL;
}

void nw_track_reclassify(struct nw_neigh *t);

static inline u8 nw_track_class(const struct nw_neigh *t)
{
	bool proven = READ_ONCE(t->proven);

	if (READ_ONCE(t->gateway))
		return NW_CLASS_PROVEN;
	if (READ_ONCE(t->n))
		return proven ? NW_CLASS_PROVEN : NW_CLASS_UNPROVEN;
	return proven ? NW_CLASS_GONE : NW_CLASS_FAILED;
}

/**
 * nw_track_classify() - put a neighbour into the list its state asks for
 * @t: the neighbour, not locked
 *
 * Context: any but hardirq, under RCU.
 */
static inline void nw_track_classify(struct nw_neigh *t)
{
	if (nw_track_class(t) != READ_ONCE(t->class))
		nw_track_reclassify(t);
}

/* A neighbour of Ethernet and its own past; debugging makes locks bigger. */
#if !defined(CONFIG_DEBUG_SPINLOCK) && !defined(CONFIG_DEBUG_LOCK_ALLOC)
static_assert(sizeof(struct nw_neigh) <= 512);
#endif

int nw_track_init(void);
void nw_track_fini(void);
struct nw_neigh *nw_track_lookup(const struct nw_key *key);
struct nw_neigh *nw_track_get(const struct nw_key *key);
void nw_track_bind(struct nw_neigh *t, const void *n);
void nw_track_forget(struct nw_neigh *t);
void nw_track_set_gateway(const struct nw_key *key, bool gateway);
void nw_track_drop(struct nw_ns *ns);

/* A walk through the tracked neighbours of all namespaces. */
struct nw_track_walk {
	struct rhashtable_iter iter;
};

void nw_track_walk_enter(struct nw_track_walk *walk);
/* In walk.c. */
void nw_track_walk_exit(struct nw_track_walk *walk);
void nw_track_walk_start(struct nw_track_walk *walk, u32 *restarts);
void nw_track_walk_stop(struct nw_track_walk *walk);
struct nw_neigh *nw_track_walk_peek(struct nw_track_walk *walk, u32 *restarts);
struct nw_neigh *nw_track_walk_next(struct nw_track_walk *walk, u32 *restarts);

#endif /* _NEIGHWATCH_TRACK_H */
