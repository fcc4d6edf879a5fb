/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The same facts as text and as JSON, written in one go, so that neither can
 * have what the other has not.
 */
#ifndef NW_TWIN_H
#define NW_TWIN_H

#include <stdbool.h>
#include <stdio.h>

#include "json.h"
#include "line.h"

/**
 * struct nw_twin - a pair of files
 * @text: an object is one line of keys and values, or with @tree a block of
 *	lines, indented
 * @json: an array of objects
 * @objects: how many were written
 */
struct nw_twin {
	FILE *text;
	struct nw_json json;
	struct nw_line line;
	bool tree;
	unsigned int depth;
	unsigned long objects;
};

void nw_twin_begin(struct nw_twin *t, FILE *text, FILE *json, bool tree);
void nw_twin_end(struct nw_twin *t);

/* Not an array: one object alone, as a tree. */
void nw_twin_begin_one(struct nw_twin *t, FILE *text, FILE *json,
		       const char *title);
void nw_twin_end_one(struct nw_twin *t);

/* One object of the array; @title stands above its block in a tree. */
void nw_twin_object(struct nw_twin *t, const char *title);
void nw_twin_object_end(struct nw_twin *t);

/* What is within: '{' with keys, '[' without. */
void nw_twin_open(struct nw_twin *t, const char *key, char bracket);
void nw_twin_close(struct nw_twin *t, char bracket);

/* A NULL @key is for elements of arrays. */
void nw_twin_string(struct nw_twin *t, const char *key, const char *value);
void nw_twin_number(struct nw_twin *t, const char *key, __u64 value);
void nw_twin_signed(struct nw_twin *t, const char *key, __s64 value);
void nw_twin_flag(struct nw_twin *t, const char *key);

#endif /* NW_TWIN_H */
