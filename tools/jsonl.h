/* SPDX-License-Identifier: GPL-2.0 */
/*
 * JSON text to flat objects, without a tree: one object at a time, its keys
 * and scalar values. Objects stand alone, one after the other, or in one
 * array around all of them.
 */
#ifndef NW_JSONL_H
#define NW_JSONL_H

#include <stdbool.h>
#include <stddef.h>
#include <linux/types.h>

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

/* Takes one object; a negative errno ends the reading. */
typedef int (*nw_flat_fn)(void *arg, struct nw_flat *flat);

/**
 * struct nw_jsonl - a reader
 * @at: where the next key and value go; NULL: they are not kept
 * @piece: the text at hand, and its length: what lies in it stands there as it
 *	was written
 * @objects: how many were begun
 * @why: what is wrong with the text, after -EBADMSG
 */
struct nw_jsonl {
	nw_flat_fn fn;
	void *arg;
	void *yajl;
	__u64 objects;
	int ret;
	unsigned int depth;	/* of arrays and objects around */
	unsigned int outer;	/* of the array around all objects: 0 or 1 */
	size_t silent;		/* bytes since the parser last said anything */
	struct nw_flat_value *at;
	const char *piece;
	size_t piece_len;
	struct nw_flat flat;
	char why[160];
};

/* Return: 0 or -ENOMEM. */
int nw_jsonl_open(struct nw_jsonl *j, nw_flat_fn fn, void *arg);

/**
 * nw_jsonl_feed() - parse the next piece of text
 * @j: reader
 * @text: any piece, cut anywhere
 * @len: its length
 *
 * Return: 0, what @fn returned, or -EBADMSG with the reason in @j->why.
 */
int nw_jsonl_feed(struct nw_jsonl *j, const char *text, size_t len);

/* There is no more text. Return: as nw_jsonl_feed(). */
int nw_jsonl_end(struct nw_jsonl *j);
void nw_jsonl_close(struct nw_jsonl *j);

/* The value of @key, which counts as taken; NULL when there is none. */
struct nw_flat_value *nw_flat_find(struct nw_flat *flat, const char *key);
/* The same of a key that nw_index_key() knows, by its number. */
struct nw_flat_value *nw_flat_known(struct nw_flat *flat, unsigned int known);

#endif /* NW_JSONL_H */
