// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>

#include "seqtrack.h"

static bool is_of(const struct nw_seqspace *s, __u64 instance, __u64 cookie)
{
	return s->instance == instance && s->cookie == cookie;
}

struct nw_seqspace *nw_seqtrack_find(struct nw_seqtrack *t, __u64 instance,
				     __u64 cookie)
{
	size_t i = t->at;

	if (i >= t->nr || !is_of(&t->space[i], instance, cookie))
		for (i = 0; i < t->nr; i++)
			if (is_of(&t->space[i], instance, cookie))
				break;
	if (i == t->nr)
		return NULL;
	t->at = i;
	t->space[i].used = ++t->uses;
	return &t->space[i];
}

static struct nw_seqspace *oldest(struct nw_seqtrack *t)
{
	struct nw_seqspace *old = t->space;
	size_t i;

	for (i = 1; i < t->nr; i++)
		if (t->space[i].used < old->used)
			old = &t->space[i];
	return old;
}

static struct nw_seqspace *grow(struct nw_seqtrack *t)
{
	struct nw_seqspace *space;

	space = realloc(t->space, (t->nr + 1) * sizeof(*space));
	if (!space)
		return NULL;
	t->space = space;
	return &t->space[t->nr++];
}

static struct nw_seqspace *add(struct nw_seqtrack *t, __u64 instance,
			       __u64 cookie, __u64 next)
{
	struct nw_seqspace *space;

	/* What takes the place of another makes that one seem new again. */
	t->complete &= t->nr < NW_SEQTRACK_SPACES;
	space = t->nr < NW_SEQTRACK_SPACES ? grow(t) : oldest(t);
	if (!space)
		return NULL;
	space->instance = instance;
	space->cookie = cookie;
	space->next = next;
	space->used = ++t->uses;
	return space;
}

/* Where the numbers begin of a namespace that is heard of first by @seq. */
static struct nw_seqspace *meet(struct nw_seqtrack *t, __u64 instance,
				__u64 cookie, __u64 seq)
{
	struct nw_seqspace *space = nw_seqtrack_find(t, instance, cookie);

	return space ? space : add(t, instance, cookie, t->complete ? 1 : seq);
}

void nw_seqtrack_forget(struct nw_seqtrack *t, __u64 instance)
{
	size_t i, kept = 0;

	for (i = 0; i < t->nr; i++)
		if (t->space[i].instance == instance)
			t->space[kept++] = t->space[i];
	t->nr = kept;
}

enum nw_seq nw_seqtrack_live(struct nw_seqtrack *t, __u64 instance,
			     __u64 cookie, __u64 seq)
{
	struct nw_seqspace *space = meet(t, instance, cookie, seq);

	if (!space)
		return NW_SEQ_NOMEM;
	if (seq < space->next)
		return NW_SEQ_HAD;
	if (seq > space->next)
		return NW_SEQ_GAP;
	space->next++;
	return NW_SEQ_NEXT;
}

enum nw_seq nw_seqtrack_dump(struct nw_seqtrack *t, __u64 instance,
			     __u64 cookie, __u64 seq, __u64 *lost)
{
	struct nw_seqspace *space = meet(t, instance, cookie, seq);

	*lost = 0;
	if (!space)
		return NW_SEQ_NOMEM;
	if (seq < space->next)
		return NW_SEQ_HAD;
	*lost = seq - space->next;
	t->lost += *lost;
	space->next = seq + 1;
	return NW_SEQ_NEXT;
}

__u64 nw_seqtrack_reach(struct nw_seqtrack *t, __u64 instance,
			__u64 cookie, __u64 next)
{
	struct nw_seqspace *space = meet(t, instance, cookie, next);
	__u64 lost;

	if (!space || next <= space->next)
		return 0;
	lost = next - space->next;
	t->lost += lost;
	space->next = next;
	return lost;
}

void nw_seqtrack_free(struct nw_seqtrack *t)
{
	free(t->space);
	t->space = NULL;
	t->nr = 0;
}
