// SPDX-License-Identifier: GPL-2.0
#include "jsonl_lead.h"

/* A key that nobody knows stands in the object's text. */
static bool may_learn(const struct nw_flat *flat, size_t len)
{
	unsigned int i;

	if (len > NW_LEAD_TEXT || flat->used > NW_LEAD_TEXT ||
	    flat->nr > NW_LEAD_VALUES || flat->dropped)
		return false;
	for (i = 0; i < flat->nr; i++)
		if (!flat->value[i].known)
			return false;
	return true;
}

/* What has no text has it elsewhere. */
static bool has_text(const struct nw_flat_value *v)
{
	return v->kind == NW_FLAT_NUMBER || v->kind == NW_FLAT_STRING;
}

void nw_lead_learn(struct nw_leads *leads, const struct nw_flat *flat,
		   const char *text, size_t len)
{
	struct nw_lead *lead = &leads->lead[leads->next];
	unsigned int i;

	if (!may_learn(flat, len))
		return;
	leads->latest = leads->next;
	leads->next = (leads->next + 1) % NW_LEADS;
	memcpy(lead->text, text, len);
	lead->len = len;
	memcpy(lead->kept, flat->text, flat->used);
	lead->nr = flat->nr;
	for (i = 0; i < flat->nr; i++) {
		lead->value[i] = flat->value[i];
		if (has_text(&flat->value[i]))
			lead->value[i].text = lead->kept + (flat->value[i].text - flat->text);
	}
}

static bool is_at(const struct nw_lead *lead, const char *text, size_t len)
{
	return lead->len && lead->len + 2 <= len && text[lead->len] == ',' &&
	       text[lead->len + 1] == '"' &&
	       !memcmp(text, lead->text, lead->len);
}

const struct nw_lead *nw_lead_find(struct nw_leads *leads, const char *text,
				   size_t len)
{
	unsigned int i;

	if (is_at(&leads->lead[leads->latest], text, len))
		return &leads->lead[leads->latest];
	for (i = 0; i < NW_LEADS; i++) {
		if (is_at(&leads->lead[i], text, len)) {
			leads->latest = i;
			return &leads->lead[i];
		}
	}
	return NULL;
}

void nw_lead_recall(const struct nw_lead *lead, struct nw_flat *flat)
{
	memcpy(flat->value, lead->value, lead->nr * sizeof(*lead->value));
	flat->nr = lead->nr;
}
