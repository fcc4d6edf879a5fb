/* SPDX-License-Identifier: GPL-2.0 */
/* A JSON object without what is nested in it: its keys and scalar values. */
#ifndef NW_FLAT_H
#define NW_FLAT_H

#include <stdbool.h>
#include <stddef.h>

#define NW_FLAT_VALUES	96
#define NW_FLAT_TEXT	32768
#define NW_FLAT_SPARE	32	/* may be written behind a text */

enum nw_flat_kind {
	NW_FLAT_NULL,
	NW_FLAT_FALSE,
	NW_FLAT_TRUE,
	NW_FLAT_NUMBER,		/* its digits, as they were written */
	NW_FLAT_STRING,
	NW_FLAT_BINARY,		/* a string with a NUL in it, not kept */
	NW_FLAT_NESTED,		/* an array or an object, not kept */
};

struct nw_flat_value {
	const char *key;
	size_t len;		/* of the key */
	unsigned int known;	/* nw_index_key() of it */
	const char *text;	/* of a number or a string, else "" */
	enum nw_flat_kind kind;
	bool taken;		/* somebody asked for it */
};

/**
 * struct nw_flat - one object
 * @nr: values kept
 * @used: bytes of @text in use
 * @dropped: values that found no room
 */
struct nw_flat {
	unsigned int nr;
	size_t used;
	unsigned int dropped;
	struct nw_flat_value value[NW_FLAT_VALUES];
	char text[NW_FLAT_TEXT + NW_FLAT_SPARE];
};

/* A copy that ends with a 0; NULL when there is no room. */
const char *nw_flat_keep(struct nw_flat *flat, const void *text, size_t len);

/* The value of @key, which counts as taken; NULL when there is none. */
struct nw_flat_value *nw_flat_find(struct nw_flat *flat, const char *key);
/* The same of a key that nw_index_key() knows, by its number. */
struct nw_flat_value *nw_flat_known(struct nw_flat *flat, unsigned int known);

#endif /* NW_FLAT_H */
