/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_TRACK_H
#define _NEIGHWATCH_TRACK_H

#include <linux/etherdevice.h>
#include <linux/rhashtable-types.h>
#include <linux/spinlock.h>
#include "netns.h"
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
 * struct nw_note - what neigh_update() was called with, until it is done
 * @task: who called, NULL when there is no note
 * @level: irq level of the call; both together name the context, which alone
 *	may use the note
 * @flags: NEIGH_UPDATE_F_*
 * @portid: netlink port id of the request
 * @new: NUD_* asked for
 * @lladdr: link-layer address offered, or NULL; the caller's memory, there as
 *	long as the call lasts
 * @state: NUD_* when it began
 * @moves: &nw_neigh.moves when it began
 */
struct nw_note {
	const struct task_struct *task;
	u32 level;
	u32 flags;
	u32 portid;
	u8 new;
	u8 state;
	u32 moves;
	const u8 *lladdr;
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
 * @removal_task: program that asked for the removal, until it happened
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
	const struct task_struct *removal_task;
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
	return len == ETH_ALEN ? ether_addr_equal_unaligned(a, b)
			       : !memcmp(a, b, len);
}

int nw_track_init(void);
void nw_track_fini(void);
struct nw_neigh *nw_track_find(const void *n, s32 ifindex, u32 family,
			       const void *addr);
struct nw_neigh *nw_track_lookup(const struct nw_key *key);
struct nw_neigh *nw_track_get(const struct nw_key *key);
void nw_track_bind(struct nw_neigh *t, const void *n);
void nw_track_classify(struct nw_neigh *t);
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
