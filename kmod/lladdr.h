/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_LLADDR_H
#define _NEIGHWATCH_LLADDR_H

#include <linux/compiler.h>
#include <linux/etherdevice.h>
#include <linux/string.h>
#include <linux/types.h>
#include <linux/neighwatch.h>

/* Longer ones, InfiniBand's above all, are kept apart. */
#define NW_LLADDR_NEAR	8

/* Which link-layer addresses are kept of a neighbour. */
enum nw_lladdr {
	NW_LLADDR_NOW,		/* current or last known */
	NW_LLADDR_BEFORE,	/* the one before */
	NW_LLADDR_OFFERED,	/* of the last offer refused */
	__NW_LLADDR_KINDS
};

/**
 * struct nw_lladdrs - the link-layer addresses of a neighbour
 * @near: they, while none was long
 * @far: they, from then on
 * @is_far: which of the two
 * @len: their lengths, 0 when there is none
 */
struct nw_lladdrs {
	union {
		u8 near[__NW_LLADDR_KINDS][NW_LLADDR_NEAR];
		u8 (*far)[NW_LLADDR_MAX];
	};
	bool is_far;
	u8 len[__NW_LLADDR_KINDS];
};

/**
 * nw_lladdr_same() - compare link-layer addresses
 * @a: one
 * @b: the other
 * @len: of both
 *
 * Words where the length is the usual one: memcmp() is a loop over bytes.
 */
static inline bool nw_lladdr_same(const u8 *a, const u8 *b, u8 len)
{
	return likely(len == ETH_ALEN) ? ether_addr_equal_unaligned(a, b)
				       : !memcmp(a, b, len);
}

static inline const u8 *nw_lladdr_get(const struct nw_lladdrs *ll,
				      enum nw_lladdr which)
{
	return unlikely(ll->is_far) ? ll->far[which] : ll->near[which];
}

/* In full, whatever the length: a fixed size is no loop. */
static inline void nw_lladdr_copy(u8 *to, const struct nw_lladdrs *ll,
				  enum nw_lladdr which)
{
	if (unlikely(ll->is_far)) {
		memcpy(to, ll->far[which], NW_LLADDR_MAX);
		return;
	}
	memcpy(to, ll->near[which], NW_LLADDR_NEAR);
	memset(to + NW_LLADDR_NEAR, 0, NW_LLADDR_MAX - NW_LLADDR_NEAR);
}

bool nw_lladdr_set(struct nw_lladdrs *ll, enum nw_lladdr which, const u8 *from,
		   u8 len);
void nw_lladdr_free(struct nw_lladdrs *ll);

#endif /* _NEIGHWATCH_LLADDR_H */
