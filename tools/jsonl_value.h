/* SPDX-License-Identifier: GPL-2.0 */
/* Single values of a JSON object, each checked and put in its place. */
#ifndef NW_JSONL_VALUE_H
#define NW_JSONL_VALUE_H

#include "compiler.h"
#include "fields.h"
#include "jsonl_event.h"
#include "jsonl_index.h"

/**
 * struct nw_reading - one object being understood
 * @flat: the object
 * @counts: what was passed over
 * @why: room for what makes no sense
 * @size: of @why
 */
struct nw_reading {
	struct nw_flat *flat;
	struct nw_jsonl_counts *counts;
	char *why;
	size_t size;
};

/* Both return -EBADMSG. */
__printf(2, 3)
int nw_reading_refuse(struct nw_reading *r, const char *fmt, ...);
int nw_reading_refuse_value(struct nw_reading *r,
			    const struct nw_flat_value *v, const char *want);

/* A whole number of 0..@max into the u8, u32 or u64 at @to. */
int nw_reading_number(struct nw_reading *r, const struct nw_flat_value *v,
		      __u64 max, void *to);
int nw_reading_bool(struct nw_reading *r, const struct nw_flat_value *v,
		    __u8 *to);

/**
 * nw_reading_store() - put a value into its field
 * @r: the object
 * @v: the value
 * @p: where it goes
 * @ev: the event
 *
 * Return: 0; 1 when the field stays unknown; -EBADMSG.
 */
int nw_reading_store(struct nw_reading *r, const struct nw_flat_value *v,
		     const struct nw_place *p, struct nw_event *ev);

#endif /* NW_JSONL_VALUE_H */
