// SPDX-License-Identifier: GPL-2.0
/*
 * Records that the rings of all namespaces but the initial one may hold
 * together, and how many of these those of unprivileged users may.
 *
 * Context: netns.c's lock of the list of namespaces is held.
 */
#include "budget.h"

static unsigned int used;
static unsigned int used_userns;

/**
 * nw_budget_fits() - tell whether there is room for a ring
 * @ns: whose it would be
 * @size: its records
 */
bool nw_budget_fits(const struct nw_ns *ns, u32 size)
{
	return used + size <= nw_limits.ring_total &&
	       (!ns->unprivileged ||
		used_userns + size <= nw_limits.ring_total_userns);
}

void nw_budget_take(struct nw_ns *ns, u32 size)
{
	ns->ring_budget = size;
	used += size;
	used_userns += ns->unprivileged ? size : 0;
}

/* What nw_budget_take() took, if anything. */
void nw_budget_give(struct nw_ns *ns)
{
	used -= ns->ring_budget;
	used_userns -= ns->unprivileged ? ns->ring_budget : 0;
	ns->ring_budget = 0;
}
