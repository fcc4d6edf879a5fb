/* SPDX-License-Identifier: GPL-2.0 */
/* From JSON objects back to events, by the tables that wrote them. */
#ifndef NW_JSONL_EVENT_H
#define NW_JSONL_EVENT_H

#include "entry.h"
#include "jsonl.h"

/**
 * struct nw_jsonl_counts - what was passed over
 * @unknown_keys: keys this reader does not know
 * @unknown_types: events of a type this reader does not know
 * @unknown_values: names this reader does not know, taken as unknown
 * @findings: findings; they are judged anew
 */
struct nw_jsonl_counts {
	__u64 unknown_keys;
	__u64 unknown_types;
	__u64 unknown_values;
	__u64 findings;
};

/**
 * nw_jsonl_event() - understand one object
 * @flat: the object
 * @entry: what it says
 * @counts: added to
 * @why: what makes no sense
 * @size: of @why
 *
 * Return: 0 or -EBADMSG.
 */
int nw_jsonl_event(struct nw_flat *flat, struct nw_entry *entry,
		   struct nw_jsonl_counts *counts, char *why, size_t size);

#endif /* NW_JSONL_EVENT_H */
