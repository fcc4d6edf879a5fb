// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "table_top.h"

#define PLACES	64	/* devices counted; more are passed over */
#define SHOWN	3

struct place {
	const struct nw_wneigh *n;
	unsigned int entries;
};

struct places {
	struct place place[PLACES];
	unsigned int nr;
};

static void count_list(struct places *p, const struct nw_neigh_list *list,
		       __u8 family)
{
	const struct nw_wneigh *n;
	unsigned int i;

	TAILQ_FOREACH(n, list, lru) {
		if (n->family != family || n->state == NW_NUD_ABSENT)
			continue;
		for (i = 0; i < p->nr; i++)
			if (p->place[i].n->net == n->net &&
			    p->place[i].n->ifindex == n->ifindex)
				break;
		if (i == PLACES)
			continue;
		if (i == p->nr)
			p->place[p->nr++] = (struct place){ .n = n };
		p->place[i].entries++;
	}
}

static struct place *most(struct places *p)
{
	struct place *top = NULL;
	unsigned int i;

	for (i = 0; i < p->nr; i++)
		if (p->place[i].entries &&
		    (!top || p->place[i].entries > top->entries))
			top = &p->place[i];
	return top;
}

void nw_table_top(const struct nw_detect *d, __u8 family, struct nw_finding *f)
{
	struct places p = { .nr = 0 };
	struct place *top;
	int shown;

	if (!f)
		return;
	count_list(&p, &d->world.gateways, family);
	count_list(&p, &d->world.proven, family);
	count_list(&p, &d->world.unproven, family);
	for (shown = 0; shown < SHOWN && (top = most(&p)); shown++) {
		nw_finding_fact(f, NULL, shown ? "" : "most",
				"%s: %u entries, namespace %u", top->n->dev,
				top->entries, top->n->net->origin.netns);
		top->entries = 0;
	}
}
