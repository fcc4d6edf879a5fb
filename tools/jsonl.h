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

#include "flat.h"
#include "jsonl_lead.h"

/* Takes one object; a negative errno ends the reading. */
typedef int (*nw_flat_fn)(void *arg, struct nw_flat *flat);

/**
 * struct nw_jsonl - a reader
 * @at: where the next key and value go; NULL: they are not kept
 * @piece: the text at hand, and its length: what lies in it stands there as it
 *	was written
 * @first: the next object is the one with which the text at hand begins
 * @learning: that object is being read, and how it begins to be remembered
 * @lead: what the next object begins with, and the parser does not see; or NULL
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
	bool first;
	bool learning;
	const struct nw_lead *lead;
	struct nw_leads leads;
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

#endif /* NW_JSONL_H */
