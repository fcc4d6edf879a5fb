// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <yajl/yajl_parse.h>

#include "compiler.h"
#include "jsonl.h"
#include "jsonl_index.h"

/* The parser keeps a token until it is whole, and a byte for each level. */
#define TOKEN_MAX	(64 * 1024)
#define DEPTH_MAX	32

static int stop(struct nw_jsonl *j, int ret)
{
	j->ret = ret;
	return 0;
}

static int refuse(struct nw_jsonl *j, const char *why)
{
	snprintf(j->why, sizeof(j->why), "%s", why);
	return stop(j, -EBADMSG);
}

/* Is this the level of an object's own keys? */
static bool at_keys(const struct nw_jsonl *j)
{
	return j->depth == j->outer + 1;
}

/* How much of the text at hand there is from @text on; 0: it is elsewhere. */
static size_t rest_at(const struct nw_jsonl *j, const void *text)
{
	uintptr_t at = (uintptr_t)text - (uintptr_t)j->piece;

	return at < j->piece_len ? j->piece_len - at : 0;
}

/* A copy that ends with a 0; NULL when there is no room. */
static const char *keep(struct nw_flat *flat, const void *text, size_t len)
{
	char *at = flat->text + flat->used;

	if (len >= NW_FLAT_TEXT - flat->used)
		return NULL;
	memcpy(at, text, len);
	at[len] = '\0';
	flat->used += len + 1;
	return at;
}

/* JSON has no raw control characters: only what was an escape can be a NUL. */
static bool has_nul(const struct nw_jsonl *j, const void *text, size_t len)
{
	return !rest_at(j, text) && memchr(text, 0, len);
}

/* Where the next key and its value go. */
static void find_place(struct nw_jsonl *j)
{
	bool kept = at_keys(j) && j->flat.nr < NW_FLAT_VALUES;

	j->at = kept ? &j->flat.value[j->flat.nr] : NULL;
}

static int value(struct nw_jsonl *j, enum nw_flat_kind kind, const void *text,
		 size_t len)
{
	struct nw_flat_value *v = j->at;

	j->silent = 0;
	if (j->depth <= j->outer)
		return refuse(j, "something that is no object");
	if (!v || !v->key)
		return 1;
	if (kind == NW_FLAT_STRING && has_nul(j, text, len))
		kind = NW_FLAT_BINARY;
	v->kind = kind;
	v->text = "";
	if (kind == NW_FLAT_NUMBER || kind == NW_FLAT_STRING)
		v->text = keep(&j->flat, text, len);
	if (!v->text) {
		j->flat.dropped++;
		return 1;
	}
	j->flat.nr++;
	find_place(j);
	return 1;
}

/*
 * The same of a few bytes of the text at hand: a copy whose size the compiler
 * knows is four instructions, and without a call there is nothing to save for.
 */
static inline int short_value(struct nw_jsonl *j, enum nw_flat_kind kind,
			      const void *text, size_t len)
{
	struct nw_flat *flat = &j->flat;
	struct nw_flat_value *v = j->at;
	char *at = flat->text + flat->used;

	if (!v || !v->key || len > NW_FLAT_SPARE ||
	    rest_at(j, text) < NW_FLAT_SPARE ||
	    flat->used > NW_FLAT_TEXT - NW_FLAT_SPARE)
		return value(j, kind, text, len);
	memcpy(at, text, NW_FLAT_SPARE);
	at[len] = '\0';
	flat->used += len + 1;
	v->text = at;
	v->kind = kind;
	j->silent = 0;
	j->at = ++flat->nr < NW_FLAT_VALUES ? v + 1 : NULL;
	return 1;
}

static int on_null(void *arg)
{
	return value(arg, NW_FLAT_NULL, NULL, 0);
}

static int on_boolean(void *arg, int on)
{
	return value(arg, on ? NW_FLAT_TRUE : NW_FLAT_FALSE, NULL, 0);
}

static int on_number(void *arg, const char *text, size_t len)
{
	return short_value(arg, NW_FLAT_NUMBER, text, len);
}

static int on_string(void *arg, const unsigned char *text, size_t len)
{
	return short_value(arg, NW_FLAT_STRING, text, len);
}

static inline __u64 load8(const char *p)
{
	__u64 v;

	memcpy(&v, p, sizeof(v));
	return v;
}

static inline __u32 load4(const char *p)
{
	__u32 v;

	memcpy(&v, p, sizeof(v));
	return v;
}

/*
 * !memcmp() of a few bytes, which are quicker looked at than called for: two
 * words that may overlap. False also when there are more.
 */
static inline bool is_same(const char *p, const char *q, size_t len)
{
	if (len >= 8)
		return len <= 16 && load8(p) == load8(q) &&
		       load8(p + len - 8) == load8(q + len - 8);
	if (len >= 4)
		return load4(p) == load4(q) &&
		       load4(p + len - 4) == load4(q + len - 4);
	for (; len && *p == *q; len--, p++, q++)
		;
	return !len;
}

static int any_key(struct nw_jsonl *j, const char *text, size_t len)
{
	struct nw_flat_value *v = j->at;

	j->silent = 0;
	if (!v) {
		j->flat.dropped += at_keys(j);
		return 1;
	}
	v->taken = false;
	v->len = len;
	v->known = nw_index_key(text, len, &v->key);
	if (v->known)
		return 1;
	v->key = has_nul(j, text, len) ? NULL : keep(&j->flat, text, len);
	j->flat.dropped += !v->key;
	return 1;
}

/* Mostly it is the one that the object before had in this place. */
static int on_key(void *arg, const unsigned char *key, size_t len)
{
	const char *text = (const char *)key;
	struct nw_jsonl *j = arg;
	struct nw_flat_value *v = j->at;

	if (!v || !v->known || v->len != len || !is_same(v->key, text, len))
		return any_key(j, text, len);
	v->taken = false;
	j->silent = 0;
	return 1;
}

static int deeper(struct nw_jsonl *j)
{
	if (j->depth == DEPTH_MAX)
		return refuse(j, "arrays and objects nested too deeply");
	j->depth++;
	find_place(j);
	return 1;
}

static int on_start_map(void *arg)
{
	struct nw_jsonl *j = arg;

	j->silent = 0;
	if (j->depth > j->outer) {
		value(j, NW_FLAT_NESTED, NULL, 0);
		return deeper(j);
	}
	j->flat.nr = 0;
	j->flat.used = 0;
	j->flat.dropped = 0;
	j->objects++;
	return deeper(j);
}

static int on_end_map(void *arg)
{
	struct nw_jsonl *j = arg;
	int ret;

	j->silent = 0;
	j->depth--;
	find_place(j);
	if (j->depth != j->outer)
		return 1;
	ret = j->fn(j->arg, &j->flat);
	return ret ? stop(j, ret) : 1;
}

static int on_start_array(void *arg)
{
	struct nw_jsonl *j = arg;

	j->silent = 0;
	if (!j->depth)
		j->outer = 1;
	else if (j->depth > j->outer)
		value(j, NW_FLAT_NESTED, NULL, 0);
	else
		return refuse(j, "an array in the place of an object");
	return deeper(j);
}

static int on_end_array(void *arg)
{
	struct nw_jsonl *j = arg;

	j->silent = 0;
	j->depth--;
	if (!j->depth)
		j->outer = 0;
	find_place(j);
	return 1;
}

static const yajl_callbacks callbacks = {
	.yajl_null = on_null,
	.yajl_boolean = on_boolean,
	.yajl_number = on_number,
	.yajl_string = on_string,
	.yajl_map_key = on_key,
	.yajl_start_map = on_start_map,
	.yajl_end_map = on_end_map,
	.yajl_start_array = on_start_array,
	.yajl_end_array = on_end_array,
};

int nw_jsonl_open(struct nw_jsonl *j, nw_flat_fn fn, void *arg)
{
	memset(j, 0, sizeof(*j));
	j->fn = fn;
	j->arg = arg;
	j->yajl = yajl_alloc(&callbacks, NULL, j);
	if (!j->yajl)
		return -ENOMEM;
	yajl_config(j->yajl, yajl_allow_multiple_values, 1);
	nw_index_init();
	return 0;
}

/* The parser's own words, on one line. */
static int explain(struct nw_jsonl *j)
{
	unsigned char *said = yajl_get_error(j->yajl, 0, NULL, 0);

	snprintf(j->why, sizeof(j->why), "%.*s",
		 (int)strcspn((char *)said, "\n"), (char *)said);
	yajl_free_error(j->yajl, said);
	return -EBADMSG;
}

static int result(struct nw_jsonl *j, yajl_status status)
{
	if (status == yajl_status_client_canceled)
		return j->ret;
	return status == yajl_status_ok ? 0 : explain(j);
}

static bool is_blank(const char *text, size_t len)
{
	for (; len && isspace((unsigned char)*text); len--)
		text++;
	return !len;
}

__stage
int nw_jsonl_feed(struct nw_jsonl *j, const char *text, size_t len)
{
	yajl_status status;

	if (!is_blank(text, len))
		j->silent += len;
	j->piece = text;
	j->piece_len = len;
	status = yajl_parse(j->yajl, (const unsigned char *)text, len);
	j->piece_len = 0;
	if (status == yajl_status_ok && j->silent > TOKEN_MAX) {
		refuse(j, "a string or number longer than 64 KiB");
		return -EBADMSG;
	}
	return result(j, status);
}

int nw_jsonl_end(struct nw_jsonl *j)
{
	if (!j->depth)
		return result(j, yajl_complete_parse(j->yajl));
	refuse(j, j->depth > j->outer ? "cut off in the middle of an object" :
					"cut off before the end of the array");
	return -EBADMSG;
}

void nw_jsonl_close(struct nw_jsonl *j)
{
	if (j->yajl)
		yajl_free(j->yajl);
	j->yajl = NULL;
}

struct nw_flat_value *nw_flat_find(struct nw_flat *flat, const char *key)
{
	struct nw_flat_value *v = flat->value, *end = v + flat->nr;
	size_t len = strlen(key);

	for (; v < end; v++) {
		if (v->len == len && !memcmp(v->key, key, len)) {
			v->taken = true;
			return v;
		}
	}
	return NULL;
}

struct nw_flat_value *nw_flat_known(struct nw_flat *flat, unsigned int known)
{
	struct nw_flat_value *v = flat->value, *end = v + flat->nr;

	while (v < end && v->known != known)
		v++;
	if (v == end)
		return NULL;
	v->taken = true;
	return v;
}
