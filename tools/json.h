/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A JSON writer that keeps nothing but whether a comma is due. What it writes
 * is in the file whenever an object or array was closed, or none is open.
 */
#ifndef NW_JSON_H
#define NW_JSON_H

#include <stdbool.h>
#include <linux/types.h>
#include <stdio.h>

#include "text.h"

#define NW_JSON_PIECE	2048
#define NW_JSON_PLAIN	128	/* the longest value that is put */
#define NW_JSON_LABEL	32	/* the longest label, but for its comma */

/**
 * struct nw_json - a writer; all but @file is 0 in the beginning
 * @comma: something stands before what comes next
 * @depth: objects and arrays that are open
 * @len: bytes of @piece that are not in the file yet
 * @written: bytes that are
 */
struct nw_json {
	FILE *file;
	bool comma;
	unsigned int depth;
	size_t len;
	__u64 written;
	char piece[NW_JSON_PIECE];
};

/*
 * A key, of letters that stand for themselves, as its label: ,"key": with room
 * for a comma and NW_JSON_LABEL bytes at @label, of which @len are the label.
 * What is put behind the text at hand, NW_JSON_PLAIN bytes at most, is the
 * value; without it, the value has to come next.
 */
struct nw_text nw_json_label(struct nw_json *json, const char *label,
			     size_t len);
/* The same of an element of an array, which has no key. */
struct nw_text nw_json_element(struct nw_json *json);
void nw_json_label_end(struct nw_json *json, const struct nw_text *t);
void nw_json_open(struct nw_json *json, const char *key, char bracket);
void nw_json_close(struct nw_json *json, char bracket);
/*
 * What comes next begins a line. Whoever writes to the file himself between a
 * key and the end of its object writes into what is still in the piece.
 */
void nw_json_line(struct nw_json *json);
/* A NULL @key is for elements of arrays; a NULL @value is null. */
void nw_json_string(struct nw_json *json, const char *key, const char *value);
void nw_json_number(struct nw_json *json, const char *key, __u64 value);
void nw_json_signed(struct nw_json *json, const char *key, __s64 value);
void nw_json_bool(struct nw_json *json, const char *key, bool value);

/*
 * What is written again and again can be kept, and copied: what came since
 * the mark, 0 bytes when that is too much.
 */
__u64 nw_json_mark(struct nw_json *json);
size_t nw_json_since(const struct nw_json *json, __u64 mark, char *text,
		     size_t size);
void nw_json_again(struct nw_json *json, const char *text, size_t len);

#endif /* NW_JSON_H */
