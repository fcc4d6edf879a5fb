// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "json.h"
#include "text.h"
#include "utf8.h"

/* Of every piece so much is free where a value, or what goes with it, begins. */
#define FREE	256

static void flush(struct nw_json *json)
{
	fwrite_unlocked(json->piece, 1, json->len, json->file);
	json->written += json->len;
	json->len = 0;
}

static void make_room(struct nw_json *json)
{
	if (json->len > NW_JSON_PIECE - FREE)
		flush(json);
}

static void put(struct nw_json *json, char c)
{
	json->piece[json->len++] = c;
}

static void put_bytes(struct nw_json *json, const void *bytes, size_t len)
{
	memcpy(json->piece + json->len, bytes, len);
	json->len += len;
}

static void word(struct nw_json *json, const char *s)
{
	put_bytes(json, s, strlen(s));
}

static void escape(struct nw_json *json, unsigned char c)
{
	static const char digits[] = "0123456789abcdef";

	put(json, '\\');
	if (c == '"' || c == '\\') {
		put(json, (char)c);
	} else if (c == '\n' || c == '\t') {
		put(json, c == '\n' ? 'n' : 't');
	} else {
		word(json, "u00");
		put(json, digits[c >> 4]);
		put(json, digits[c & 0xf]);
	}
}

/* What is not plain at @p. Return: its length. */
static size_t odd(struct nw_json *json, const unsigned char *p)
{
	int len = nw_utf8_length(p);

	if (!len)
		word(json, "\\ufffd");
	else if (len == 1)
		escape(json, *p);
	else if (nw_utf8_is_c1(p))
		escape(json, p[1]);
	else
		put_bytes(json, p, (size_t)len);
	return len ? (size_t)len : 1;
}

/* What stands for itself: neither a quote, a backslash nor a control. */
static const bool plain[256] = {
	[' ' ... '!'] = true, ['#' ... '['] = true, [']' ... '~'] = true,
};

static void quote(struct nw_json *json, const char *s)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t len;

	put(json, '"');
	while (*p) {
		for (len = 0; plain[p[len]] && len < FREE / 2; len++)
			;
		put_bytes(json, p, len);
		p += len;
		if (*p && !plain[*p])
			p += odd(json, p);
		make_room(json);
	}
	put(json, '"');
}

/* All that may be a label, at once: its length then does not matter. */
struct nw_text nw_json_label(struct nw_json *json, const char *label,
			     size_t len)
{
	char *to;

	make_room(json);
	to = json->piece + json->len;
	memcpy(to, label + !json->comma, NW_JSON_LABEL);
	to += len - !json->comma;
	json->len = (size_t)(to - json->piece);
	json->comma = false;
	return (struct nw_text){ to, to + NW_JSON_PLAIN };
}

void nw_json_label_end(struct nw_json *json, const struct nw_text *t)
{
	json->len = (size_t)(t->at - json->piece);
	json->comma = true;
}

static void start(struct nw_json *json, const char *key)
{
	make_room(json);
	if (json->comma)
		put(json, ',');
	json->comma = true;
	if (!key)
		return;
	quote(json, key);
	put(json, ':');
	make_room(json);
}

/* A value is there; what stands alone is to be seen at once. */
static void finish(struct nw_json *json)
{
	if (!json->depth)
		flush(json);
}

__u64 nw_json_mark(struct nw_json *json)
{
	if (json->len > NW_JSON_PIECE / 2)
		flush(json);
	return json->written + json->len;
}

size_t nw_json_since(const struct nw_json *json, __u64 mark, char *text,
		     size_t size)
{
	size_t at, len;

	if (mark < json->written)
		return 0;
	at = (size_t)(mark - json->written);
	len = json->len - at;
	if (len > size)
		return 0;
	memcpy(text, json->piece + at, len);
	return len;
}

void nw_json_again(struct nw_json *json, const char *text, size_t len)
{
	nw_json_mark(json);
	put_bytes(json, text, len);
	json->comma = true;
}

void nw_json_open(struct nw_json *json, const char *key, char bracket)
{
	start(json, key);
	put(json, bracket);
	json->comma = false;
	json->depth++;
}

void nw_json_close(struct nw_json *json, char bracket)
{
	make_room(json);
	put(json, bracket);
	json->comma = true;
	json->depth--;
	flush(json);
}

void nw_json_line(struct nw_json *json)
{
	make_room(json);
	if (json->comma)
		put(json, ',');
	put(json, '\n');
	json->comma = false;
}

void nw_json_string(struct nw_json *json, const char *key, const char *value)
{
	start(json, key);
	if (value)
		quote(json, value);
	else
		word(json, "null");
	finish(json);
}

struct nw_text nw_json_element(struct nw_json *json)
{
	char *at;

	start(json, NULL);
	at = json->piece + json->len;
	return (struct nw_text){ at, at + NW_JSON_PLAIN };
}

static void put_number(struct nw_json *json, __u64 value)
{
	struct nw_text t;

	t = nw_text_begin(json->piece + json->len, NW_JSON_PLAIN);
	nw_text_number(&t, value);
	json->len = (size_t)(t.at - json->piece);
}

void nw_json_number(struct nw_json *json, const char *key, __u64 value)
{
	start(json, key);
	put_number(json, value);
	finish(json);
}

void nw_json_signed(struct nw_json *json, const char *key, __s64 value)
{
	start(json, key);
	if (value < 0)
		put(json, '-');
	put_number(json, value < 0 ? -(__u64)value : (__u64)value);
	finish(json);
}

void nw_json_bool(struct nw_json *json, const char *key, bool value)
{
	start(json, key);
	word(json, value ? "true" : "false");
	finish(json);
}
