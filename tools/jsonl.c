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
#include "same.h"

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
		v->text = nw_flat_keep(&j->flat, text, len);
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

/*
 * What an object is of ends what it has in common with those before. A text
 * that is elsewhere was put together from escapes.
 */
static void learn(struct nw_jsonl *j, const char *text, size_t len)
{
	const struct nw_flat *flat = &j->flat;

	if (!at_keys(j) || !flat->nr ||
	    flat->value[flat->nr - 1].known != NW_INDEX_EVENT)
		return;
	j->learning = false;
	if (rest_at(j, text))
		nw_lead_learn(&j->leads, flat, j->piece,
			      (size_t)(text + len - j->piece) + 1);
}

__attr(noinline)
static int learn_string(struct nw_jsonl *j, const char *text, size_t len)
{
	int ret = value(j, NW_FLAT_STRING, text, len);

	learn(j, text, len);
	return ret;
}

static int on_string(void *arg, const unsigned char *text, size_t len)
{
	struct nw_jsonl *j = arg;

	if (j->learning)
		return learn_string(j, (const char *)text, len);
	return short_value(j, NW_FLAT_STRING, text, len);
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
	v->key = has_nul(j, text, len) ? NULL : nw_flat_keep(&j->flat, text, len);
	j->flat.dropped += !v->key;
	return 1;
}

/* Mostly it is the one that the object before had in this place. */
static int on_key(void *arg, const unsigned char *key, size_t len)
{
	const char *text = (const char *)key;
	struct nw_jsonl *j = arg;
	struct nw_flat_value *v = j->at;

	if (!v || !v->known || v->len != len || !nw_is_same(v->key, text, len))
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
	j->objects++;
	j->flat.nr = 0;
	j->flat.used = 0;
	j->flat.dropped = 0;
	j->learning = j->first;
	j->first = false;
	if (j->lead) {
		nw_lead_recall(j->lead, &j->flat);
		j->lead = NULL;
	}
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

static yajl_status parse(struct nw_jsonl *j, const char *text, size_t len)
{
	yajl_status status;

	j->piece = text;
	j->piece_len = len;
	status = yajl_parse(j->yajl, (const unsigned char *)text, len);
	j->piece_len = 0;
	return status;
}

/*
 * Does an object begin here? If something is half read outside of objects, what
 * it becomes is refused as soon as the bracket was seen, and a quote.
 */
static bool begins_object(const struct nw_jsonl *j, const char *text, size_t len)
{
	return len && *text == '{' && j->depth == j->outer;
}

static yajl_status parse_piece(struct nw_jsonl *j, const char *text, size_t len)
{
	bool begins = begins_object(j, text, len);
	yajl_status status;
	size_t known;

	j->learning = false;
	j->lead = begins ? nw_lead_find(&j->leads, text, len) : NULL;
	j->first = begins && !j->lead && nw_lead_is_due(&j->leads);
	if (!j->lead)
		return parse(j, text, len);
	known = j->lead->len + 1;
	status = parse(j, "{", 1);
	if (status != yajl_status_ok)
		return status;
	return parse(j, text + known, len - known);
}

__stage
int nw_jsonl_feed(struct nw_jsonl *j, const char *text, size_t len)
{
	yajl_status status;

	if (!is_blank(text, len))
		j->silent += len;
	status = parse_piece(j, text, len);
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
