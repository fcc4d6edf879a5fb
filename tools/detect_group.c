// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "detect_group.h"

static bool same_namespace(const struct nw_finding *a,
			   const struct nw_finding *b)
{
	return a->origin.netns_cookie == b->origin.netns_cookie;
}

/* Does @f's namespace take part already? */
static bool has_namespace(const struct nw_finding *first,
			  const struct nw_finding *f)
{
	const struct nw_finding *j;

	if (!first->over && same_namespace(first, f))
		return true;
	for (j = first->joined; j; j = j->next)
		if (same_namespace(j, f))
			return true;
	return false;
}

struct nw_finding *nw_group_find(const struct nw_detect *d,
				 const struct nw_finding *f)
{
	struct nw_finding *first;

	for (first = d->open; first; first = first->next)
		if (first != f && first->status != NW_STATUS_NEW &&
		    nw_finding_equal(first, f) && !has_namespace(first, f))
			return first;
	return NULL;
}

void nw_group_join(struct nw_finding *first, struct nw_finding *f)
{
	struct nw_finding **end = &first->joined;

	while (*end)
		end = &(*end)->next;
	*end = f;
	f->next = NULL;
	f->first = first;
	if (++first->namespaces > first->most)
		first->most = first->namespaces;
}

static void take_words(struct nw_finding *to, const struct nw_finding *from)
{
	memcpy(to->text, from->text, sizeof(to->text));
	memcpy(to->hint, from->hint, sizeof(to->hint));
	memcpy(to->numbers, from->numbers, sizeof(to->numbers));
	to->nr_numbers = from->nr_numbers;
}

void nw_group_renew(struct nw_finding *first)
{
	if (first->over && first->joined)
		take_words(first, first->joined);
}

static void unchain(struct nw_finding *f)
{
	struct nw_finding **at = &f->first->joined;

	while (*at != f)
		at = &(*at)->next;
	*at = f->next;
}

bool nw_group_leave(struct nw_finding *f)
{
	struct nw_finding *first = f->first ? f->first : f;

	if (f == first) {
		f->over = true;
	} else {
		unchain(f);
		if (first->over)
			take_words(first, f);
	}
	first->namespaces--;
	nw_group_renew(first);
	return first->namespaces;
}

enum nw_severity nw_group_severity(const struct nw_finding *first)
{
	enum nw_severity worst = first->over ? NW_SEVERITY_NONE : first->own;
	const struct nw_finding *j;

	for (j = first->joined; j; j = j->next)
		if (j->own > worst)
			worst = j->own;
	return worst;
}
