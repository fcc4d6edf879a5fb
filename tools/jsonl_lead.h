/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The lines of a recording begin alike: version, origin, and what they are of.
 * What that was parsed to is kept; where it stands again, byte for byte, the
 * parser is shown what comes behind it only.
 */
#ifndef NW_JSONL_LEAD_H
#define NW_JSONL_LEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "flat.h"

#define NW_LEADS	8	/* namespaces, and types of events, by turns */
#define NW_LEAD_EVERY	4
#define NW_LEAD_TEXT	256
#define NW_LEAD_VALUES	8

/**
 * struct nw_lead - what an object began with
 * @len: bytes of @text, from its bracket on to the end of a value; 0: none
 * @nr: values that were made of it
 * @kept: their text
 */
struct nw_lead {
	size_t len;
	unsigned int nr;
	struct nw_flat_value value[NW_LEAD_VALUES];
	char text[NW_LEAD_TEXT];
	char kept[NW_LEAD_TEXT];
};

/**
 * struct nw_leads - what objects began with of late
 * @latest: the one that was met last
 * @next: the one to be forgotten next
 * @missed: objects that began otherwise
 */
struct nw_leads {
	unsigned int latest;
	unsigned int next;
	unsigned int missed;
	struct nw_lead lead[NW_LEADS];
};

/**
 * nw_lead_learn() - remember an object's beginning
 * @leads: where
 * @flat: what was made of it so far
 * @text: where it begins
 * @len: up to the end of the latest value
 */
void nw_lead_learn(struct nw_leads *leads, const struct nw_flat *flat,
		   const char *text, size_t len);

/**
 * nw_lead_find() - does a text begin as an object before?
 * @leads: the objects
 * @text: the text
 * @len: its length
 *
 * It has to go on with a comma and a quote. A key may stand behind a bracket as
 * well: a parser that saw '{' in the place of all that, and of the comma, is
 * where it would be.
 *
 * Return: what it begins with; NULL: nothing known.
 */
const struct nw_lead *nw_lead_find(struct nw_leads *leads, const char *text,
				   size_t len);

/*
 * Of an object that begins otherwise: is it to be learned? When more take turns
 * than there is room for, each would push out the one that comes next.
 */
static inline bool nw_lead_is_due(struct nw_leads *leads)
{
	return leads->missed++ % NW_LEAD_EVERY == 0 || !leads->lead[leads->next].len;
}

/* Make of an empty @flat what it was when that was learned. */
void nw_lead_recall(const struct nw_lead *lead, struct nw_flat *flat);

#endif /* NW_JSONL_LEAD_H */
