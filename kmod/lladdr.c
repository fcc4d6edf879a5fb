// SPDX-License-Identifier: GPL-2.0
/* Link-layer addresses of a neighbour: six bytes nearly always, 32 at most. */
#include <linux/slab.h>
#include "lladdr.h"

static bool make_room(struct nw_lladdrs *ll)
{
	u8 (*far)[NW_LLADDR_MAX];
	int i;

	far = kcalloc(__NW_LLADDR_KINDS, sizeof(*far),
		      GFP_ATOMIC | __GFP_NOWARN);
	if (!far)
		return false;
	for (i = 0; i < __NW_LLADDR_KINDS; i++)
		memcpy(far[i], ll->near[i], NW_LLADDR_NEAR);
	ll->far = far;
	ll->is_far = true;
	return true;
}

/**
 * nw_lladdr_set() - keep an address
 * @ll: where
 * @which: as what
 * @from: the address
 * @len: its length, %NW_LLADDR_MAX at most
 *
 * Context: the neighbour's lock is held. Allocates with the first long one.
 * Return: false when there was no memory; then there is none.
 */
bool nw_lladdr_set(struct nw_lladdrs *ll, enum nw_lladdr which, const u8 *from,
		   u8 len)
{
	if (len > NW_LLADDR_NEAR && !ll->is_far && !make_room(ll)) {
		ll->len[which] = 0;
		return false;
	}
	ll->len[which] = len;
	memcpy(ll->is_far ? ll->far[which] : ll->near[which], from, len);
	return true;
}

void nw_lladdr_free(struct nw_lladdrs *ll)
{
	if (ll->is_far)
		kfree(ll->far);
}
