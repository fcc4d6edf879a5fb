/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_TRACK_H
#define _NEIGHWATCH_TRACK_H

#include <linux/etherdevice.h>
#include <linux/hash.h>
#include <linux/rculist.h>
#include <linux/rhashtable-types.h>
#include <linux/spinlock.h>
#include <net/ipv6.h>
#include "netns.h"
#include "note.h"
#include "record.h"
#include "story.h"

/**
 * struct nw_key - names a neighbour for good, over all its incarnations
 * @ns: its namespace
 * @ifindex: its device
 * @family: AF_INET or AF_INET6
 * @addr: its address, the rest zero
 */
struct nw_key {
	struct nw_ns *ns;
	s32 ifindex;
	u32 family;
	u8 addr[NW_ADDR_MAX];
};

/**
 * struct nw_neigh - a tracked neighbour
 * @hash: by @key
 * @key: its name
 * @by_ptr: in the hash by @n
 * @n: the kernel's entry, to tell incarnations apart; never followed
 * @next: an entry that was created while @n was still there
 * @next_born: when
 * @rcu: frees it
 * @lru: in one of &nw_ns.neighs
 * @nascent_node: in &nw_ns.nascent
 * @class: which list @lru is in
 * @evicted: given up; whoever holds it must look it up again
 * @removal: context that asked for the removal, until it happened; 0 for none
 * @probe_once: stamp of a __neigh_set_probe_once() not yet accounted for;
 *	written without @lock since the caller holds the kernel entry's
 * @lock: protects all below, and @n, @next. Inside it the hook reads the
 *	kernel's entry, decides and stamps, so that no two CPUs swap or double
 *	a transition. Taken before the kernel entry's lock and the ring's
 * @state: NUD_*, %NW_NUD_ABSENT or %NW_NUD_UNKNOWN
 * @nascent: created, its insertion was not seen yet
 * @gateway: a route uses it
 * @proven: was reachable once
 * @probed_once: INCOMPLETE was begun by __neigh_set_probe_once(), whose counter
 *	does not tell what was sent
 * @ntf_flags: &enum nw_flags that mirror NTF_*
 * @ll_len: length of @lladdr, 0 when never known
 * @lladdr: current or last known link-layer address
 * @prev_ll_len: length of @prev_lladdr, 0 when it never moved
 * @prev_lladdr: the one before
 * @offer_len: length of @offered, 0 when none was refused
 * @offered: link-layer address of the last offer refused
 * @offer_mono: when that was last put into a record
 * @offer_count: equal offers since
 * @offer_override: the last of them asked to replace
 * @note: see &struct nw_note
 * @born: when this incarnation was created, 0 when not seen
 * @watched: since when this incarnation is seen
 * @since: when @state began, 0 when not seen
 * @arp_proof: last ARP/ND packet from @lladdr, 0 when none
 * @confirm_mono: last record of such
 * @upper_proof: last upper-layer confirmation, 0 when none
 * @moved: when @lladdr last changed, 0 when never
 * @failures: times FAILED was reached
 * @moves: times @lladdr changed
 * @offers: offers refused
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
	struct rcu_head rcu;
	struct list_head lru;
	struct list_head nascent_node;
	u8 class;
	bool evicted;
	unsigned long removal;
	u64 probe_once;
	spinlock_t lock;	/* what it protects: above */
	u8 state;
	bool nascent;
	bool gateway;
	bool proven;
	bool probed_once;
	u8 ntf_flags;
	u8 ll_len;
	u8 prev_ll_len;
	u8 offer_len;
	u8 lladdr[NW_LLADDR_MAX];
	u8 prev_lladdr[NW_LLADDR_MAX];
	u8 offered[NW_LLADDR_MAX];
	u64 offer_mono;
	u32 offer_count;
	bool offer_override;
	struct nw_note note;
	u64 born;
	u64 watched;
	u64 since;
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

/**
 * nw_same_lladdr() - compare link-layer addresses
 * @a: one
 * @b: the other
 * @len: of both
 */
static inline bool nw_same_lladdr(const u8 *a, const u8 *b, u8 len)
{
	return likely(len == ETH_ALEN) ? ether_addr_equal_unaligned(a, b)
				       : !memcmp(a, b, len);
}

/* The same for copying: a length known at build time takes two words. */
static inline void nw_copy_lladdr(u8 *to, const u8 *from, u8 len)
{
	if (likely(len == ETH_ALEN))
		memcpy(to, from, ETH_ALEN);
	else
		memcpy(to, from, min_t(u8, len, NW_LLADDR_MAX));
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
