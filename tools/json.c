// SPDX-License-Identifier: GPL-2.0

#include "json.h"

/*
 * Bytes of the valid UTF-8 sequence at @p, 0 when it is none: overlong forms,
 * surrogates and what is above U+10FFFF are none.
 */
static int utf8_length(const unsigned char *p)
{
	int i, len;
	__u32 code;

	if (*p < 0x80)
		return 1;
	if (*p >= 0xc2 && *p <= 0xdf)
		len = 2;
	else if ((*p & 0xf0) == 0xe0)
		len = 3;
	else if (*p >= 0xf0 && *p <= 0xf4)
		len = 4;
	else
		return 0;
	code = *p & (0x7fU >> len);
	for (i = 1; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (p[i] & 0x3fU);
	}
	if (len == 3 && (code < 0x800 || (code >= 0xd800 && code <= 0xdfff)))
		return 0;
	if (len == 4 && (code < 0x10000 || code > 0x10ffff))
		return 0;
	return len;
}

static void escape(FILE *file, unsigned char c)
{
	switch (c) {
	case '"':
	case '\\':
		fprintf(file, "\\%c", c);
		break;
	case '\n':
		fputs("\\n", file);
		break;
	case '\t':
		fputs("\\t", file);
		break;
	default:
		fprintf(file, "\\u%04x", c);
	}
}

static void quote(FILE *file, const char *s)
{
	const unsigned char *p = (const unsigned char *)s;
	int len;

	putc_unlocked('"', file);
	for (; *p; p += len ? len : 1) {
		len = utf8_length(p);
		if (!len)
			fputs("\\ufffd", file);
		else if (len == 1 && (*p < ' ' || *p == 0x7f || *p == '"' ||
				      *p == '\\'))
			escape(file, *p);
		else if (len == 2 && *p == 0xc2 && p[1] < 0xa0)
			escape(file, p[1]);	/* C1: terminals obey it too */
		else
			fwrite(p, 1, (size_t)len, file);
	}
	putc_unlocked('"', file);
}

static void start(struct nw_json *json, const char *key)
{
	if (json->comma)
		putc_unlocked(',', json->file);
	json->comma = true;
	if (key) {
		quote(json->file, key);
		putc_unlocked(':', json->file);
	}
}

void nw_json_open(struct nw_json *json, const char *key, char bracket)
{
	start(json, key);
	putc_unlocked(bracket, json->file);
	json->comma = false;
}

void nw_json_close(struct nw_json *json, char bracket)
{
	putc_unlocked(bracket, json->file);
	json->comma = true;
}

void nw_json_string(struct nw_json *json, const char *key, const char *value)
{
	start(json, key);
	if (value)
		quote(json->file, value);
	else
		fputs("null", json->file);
}

void nw_json_number(struct nw_json *json, const char *key, __u64 value)
{
	start(json, key);
	fprintf(json->file, "%llu", value);
}

void nw_json_signed(struct nw_json *json, const char *key, __s64 value)
{
	start(json, key);
	fprintf(json->file, "%lld", value);
}

void nw_json_bool(struct nw_json *json, const char *key, bool value)
{
	start(json, key);
	fputs(value ? "true" : "false", json->file);
}
