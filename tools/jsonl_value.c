// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "format.h"
#include "jsonl_value.h"
#include "parse.h"
#include "utf8.h"

int nw_reading_refuse(struct nw_reading *r, const char *fmt, ...)
{
	char why[200];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, sizeof(why), fmt, ap);
	va_end(ap);
	nw_format_text(r->why, r->size, why, "");
	return -EBADMSG;
}

/* What was written in its place; long text is cut. */
int nw_reading_refuse_value(struct nw_reading *r, const struct nw_flat_value *v,
			    const char *want)
{
	static const char *const kinds[] = {
		"null", "false", "true", "", "", "text with a NUL in it",
		"an array or object",
	};
	const char *quote = v->kind == NW_FLAT_STRING ? "\"" : "";

	if (v->kind == NW_FLAT_NUMBER || v->kind == NW_FLAT_STRING)
		return nw_reading_refuse(r, "'%s' is %s%.40s%s, not %s",
					 v->key, quote, v->text, quote, want);
	return nw_reading_refuse(r, "'%s' is %s, not %s", v->key,
				 kinds[v->kind], want);
}

__attr(noinline)
static int refuse_number(struct nw_reading *r, const struct nw_flat_value *v,
			 __u64 max)
{
	char want[64];

	snprintf(want, sizeof(want), "a number of 0..%llu", max);
	return nw_reading_refuse_value(r, v, want);
}

int nw_reading_number(struct nw_reading *r, const struct nw_flat_value *v,
		      __u64 max, void *to)
{
	__u64 value;

	if (v->kind != NW_FLAT_NUMBER || !nw_parse_number(v->text, max, &value))
		return refuse_number(r, v, max);
	if (max == ULLONG_MAX)
		*(__u64 *)to = value;
	else if (max == UINT_MAX)
		*(__u32 *)to = (__u32)value;
	else
		*(__u8 *)to = (__u8)value;
	return 0;
}

/* The length of those within @room bytes. */
static size_t whole_characters(const char *text, size_t room)
{
	size_t len = 0, next;

	for (;;) {
		next = len + (size_t)nw_utf8_length((const unsigned char *)text + len);
		if (next == len || next > room)
			return len;
		len = next;
	}
}

__attr(noinline)
static int refuse_string(struct nw_reading *r, const struct nw_flat_value *v,
			 size_t room)
{
	char want[64];

	snprintf(want, sizeof(want), "text of at most %zu bytes", room);
	return nw_reading_refuse_value(r, v, want);
}

/* What was no UTF-8 was written as U+FFFD, three bytes for one. */
__attr(noinline)
static int store_string(struct nw_reading *r, const struct nw_flat_value *v,
			const struct nw_field *f, char *to)
{
	size_t len = strlen(v->text), room = f->size - 1U;

	if (v->kind != NW_FLAT_STRING || len > 3 * room)
		return refuse_string(r, v, room);
	if (len > room)
		len = whole_characters(v->text, room);
	memcpy(to, v->text, len);
	to[len] = '\0';
	return 0;
}

int nw_reading_bool(struct nw_reading *r, const struct nw_flat_value *v,
		    __u8 *to)
{
	if (v->kind != NW_FLAT_TRUE && v->kind != NW_FLAT_FALSE)
		return nw_reading_refuse_value(r, v, "true or false");
	*to = v->kind == NW_FLAT_TRUE;
	return 0;
}

__attr(noinline)
static int store_family(struct nw_reading *r, const struct nw_flat_value *v,
			__u8 *to)
{
	if (!strcmp(v->text, "inet"))
		*to = AF_INET;
	else if (!strcmp(v->text, "inet6"))
		*to = AF_INET6;
	else
		return nw_reading_refuse_value(r, v, "inet or inet6");
	return 0;
}

/* A name nobody knows here is left unknown, unless it is needed: return 1. */
__attr(noinline)
static int store_name(struct nw_reading *r, const struct nw_flat_value *v,
		      const struct nw_field *f, __u8 *to)
{
	bool known;

	if (f->kind == NW_KIND_NUD && v->kind == NW_FLAT_NULL) {
		*to = NW_NUD_ABSENT;
		return 0;
	}
	if (v->kind != NW_FLAT_STRING)
		return nw_reading_refuse_value(r, v, "a name");
	known = f->kind == NW_KIND_NUD ? nw_parse_nud(v->text, to) :
					 nw_parse_enum(v->text, f->names, to);
	if (known)
		return 0;
	if (f->how & NW_REQUIRED)
		return nw_reading_refuse_value(r, v, "a name this reader knows");
	r->counts->unknown_values++;
	return 1;
}

__attr(noinline)
static int store_prefix(struct nw_reading *r, const struct nw_flat_value *v,
			const struct nw_place *p, struct nw_event *ev)
{
	void *obj = (char *)ev + p->off;
	__u8 *len = (__u8 *)obj + p->field->aux;
	const struct nw_desc *desc = p->desc;
	unsigned int i;

	if (!nw_parse_prefix(v->text, (void *)((char *)ev + p->to), len))
		return nw_reading_refuse_value(r, v, "an address with its prefix length");
	for (i = 0; i < desc->nr; i++)
		if (desc->field[i].off == p->field->aux)
			*(__u64 *)obj |= NW_BIT(desc->field[i].attr);
	return 0;
}

/* Values that stand in a string and have one form. */
__attr(noinline)
static int store_text(struct nw_reading *r, const struct nw_flat_value *v,
		      enum nw_kind kind, void *to)
{
	const char *want;
	bool ok;

	switch (kind) {
	case NW_KIND_ID:
		ok = nw_parse_hex(v->text, to);
		want = "a number of up to 16 hexadecimal digits";
		break;
	case NW_KIND_SECONDS:
		ok = nw_parse_seconds(v->text, to);
		want = "seconds with up to nine digits behind the point";
		break;
	case NW_KIND_REAL:
		ok = nw_parse_rfc3339(v->text, to);
		want = "a time such as 2026-11-19T21:40:00.000000000Z";
		break;
	case NW_KIND_ADDR:
		ok = nw_parse_addr(v->text, to);
		want = "an address";
		break;
	case NW_KIND_LLADDR:
		ok = nw_parse_lladdr(v->text, to);
		want = "a link-layer address of at most 32 bytes";
		break;
	default:
		ok = false;
		want = "a value this reader understands";
	}
	return ok && v->kind == NW_FLAT_STRING ? 0 : nw_reading_refuse_value(r, v, want);
}

/* The others are kept out of it, so that it has no registers to save. */
int nw_reading_store(struct nw_reading *r, const struct nw_flat_value *v,
		     const struct nw_place *p, struct nw_event *ev)
{
	void *to = (char *)ev + p->to;

	switch (p->kind) {
	case NW_KIND_U8:
		return nw_reading_number(r, v, UCHAR_MAX, to);
	case NW_KIND_U32:
		return nw_reading_number(r, v, UINT_MAX, to);
	case NW_KIND_U64:
	case NW_KIND_NS:
		return nw_reading_number(r, v, ULLONG_MAX, to);
	case NW_KIND_BOOL:
	case NW_KIND_FLAG:
		return nw_reading_bool(r, v, to);
	case NW_KIND_STRING:
		return store_string(r, v, p->field, to);
	case NW_KIND_FAMILY:
		return store_family(r, v, to);
	case NW_KIND_NUD:
	case NW_KIND_ENUM:
		return store_name(r, v, p->field, to);
	case NW_KIND_PREFIX:
		return store_prefix(r, v, p, ev);
	default:
		return store_text(r, v, p->kind, to);
	}
}
