// SPDX-License-Identifier: GPL-2.0
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

#include "calendar.h"
#include "clock.h"
#include "format.h"
#include "put.h"

/* The name, or the number of one without a name. */
static void name_or_number(struct nw_text *t, const char *name, __u64 value)
{
	if (name)
		nw_text_string(t, name);
	else
		nw_text_number(t, value);
}

void nw_put_nud(struct nw_text *t, __u8 nud)
{
	name_or_number(t, nw_nud_name(nud), nud);
}

void nw_put_enum(struct nw_text *t, const struct nw_names *names, __u32 value)
{
	name_or_number(t, value < names->nr ? names->name[value] : NULL, value);
}

/* Seconds with so many digits behind the point. */
static void point(struct nw_text *t, __u64 secs, __u64 frac,
		  unsigned int digits)
{
	nw_text_number(t, secs);
	nw_text_char(t, '.');
	nw_text_digits(t, frac, digits);
}

void nw_put_seconds(struct nw_text *t, __u64 ns)
{
	point(t, ns / NW_NSEC_PER_SEC, ns % NW_NSEC_PER_SEC, 9);
}

static void two_units(struct nw_text *t, __u64 a, const char *unit_a, __u64 b,
		      const char *unit_b)
{
	nw_text_number(t, a);
	nw_text_string(t, unit_a);
	nw_text_number(t, b);
	nw_text_string(t, unit_b);
}

/* Two units, such as 6 d 13 h. */
static void long_time(struct nw_text *t, __u64 secs)
{
	if (secs < 2 * 3600)
		two_units(t, secs / 60, " min ", secs % 60, " s");
	else if (secs < 2 * 86400)
		two_units(t, secs / 3600, " h ", secs / 60 % 60, " min");
	else
		two_units(t, secs / 86400, " d ", secs / 3600 % 24, " h");
}

static void short_form(struct nw_text *t, __u64 ns)
{
	__u64 ms = (ns + NW_NSEC_PER_MSEC / 2) / NW_NSEC_PER_MSEC;

	if (ns < NW_NSEC_PER_MSEC) {
		nw_text_number(t, ns / 1000);
		nw_text_string(t, " us");
	} else if (ns < NW_NSEC_PER_SEC) {
		point(t, ns / NW_NSEC_PER_MSEC, ns / 100000 % 10, 1);
		nw_text_string(t, " ms");
	} else if (ms < 120 * 1000) {
		point(t, ms / 1000, ms % 1000, 3);
		nw_text_string(t, " s");
	} else {
		long_time(t, ms / 1000);
	}
}

void nw_put_duration(struct nw_text *t, __u64 ns, bool precise)
{
	if (!precise) {
		short_form(t, ns);
		return;
	}
	nw_put_seconds(t, ns);
	nw_text_string(t, " s");
}

static void field(struct nw_text *t, char before, __u32 value)
{
	nw_text_char(t, before);
	nw_text_two(t, value);
}

static void date_and_time(struct nw_text *t, __u64 secs)
{
	struct nw_date date = nw_calendar_date((__u32)(secs / 86400));
	__u32 sec = (__u32)(secs % 86400);

	nw_text_digits(t, (__u64)date.year, 4);
	field(t, '-', (__u32)date.month);
	field(t, '-', (__u32)date.day);
	field(t, 'T', sec / 3600);
	field(t, ':', sec / 60 % 60);
	field(t, ':', sec % 60);
	nw_text_char(t, '.');
}

/* Stamps come in order: most are of the second that the last one was of. */
void nw_put_rfc3339(struct nw_text *t, __u64 real)
{
	static char second[sizeof("2025-11-19T01:14:03.")];
	static __u64 of = ~0ULL;
	__u64 secs = real / NW_NSEC_PER_SEC;

	if (secs != of) {
		struct nw_text again = nw_text_begin(second, sizeof(second));

		date_and_time(&again, secs);
		of = secs;
	}
	nw_text_bytes(t, second, sizeof(second) - 1);
	nw_text_digits(t, real % NW_NSEC_PER_SEC, 9);
	nw_text_char(t, 'Z');
}

void nw_put_addr(struct nw_text *t, const struct nw_addr *addr)
{
	char text[NW_ADDR_TEXT];

	if (addr->len == 4)
		nw_text_octets(t, addr->b, 4);
	else if (addr->len == 16 &&
		 inet_ntop(AF_INET6, addr->b, text, sizeof(text)))
		nw_text_string(t, text);
}

void nw_put_lladdr(struct nw_text *t, const struct nw_lladdr *lladdr)
{
	nw_text_hexes(t, lladdr->b, lladdr->len);
}

/* What cannot move the cursor, and is no escape. */
static const bool plain[256] = {
	['!' ... '['] = true, [']' ... '~'] = true,
};

void nw_put_name(struct nw_text *t, const char *name)
{
	const unsigned char *p = (const unsigned char *)name;
	size_t len;

	for (len = 0; plain[p[len]]; len++)
		;
	/* Of what may be longer than its room each character counts. */
	if (len + 4 <= (size_t)(t->end - t->at)) {
		nw_text_bytes(t, name, len);
		p += len;
	}
	for (; *p && t->end - t->at >= 4; p++) {
		if (plain[*p]) {
			nw_text_char(t, (char)*p);
		} else {
			nw_text_string(t, "\\x");
			nw_text_hex(t, *p);
		}
	}
}

static void prefix(struct nw_text *t, const struct nw_field *f, const void *obj)
{
	__u8 len = nw_load_u8(obj, f->aux);

	if (!len) {
		nw_text_string(t, "default");
		return;
	}
	nw_put_addr(t, nw_at(obj, f->off));
	nw_text_char(t, '/');
	nw_text_number(t, len);
}

static void number(struct nw_text *t, const struct nw_field *f, const void *obj)
{
	if (f->kind == NW_KIND_U8)
		nw_text_number(t, nw_load_u8(obj, f->off));
	else if (f->kind == NW_KIND_U32)
		nw_text_number(t, nw_load_u32(obj, f->off));
	else
		nw_text_number(t, nw_load_u64(obj, f->off));
}

/* Names of the bits that are set; a bit without a name is its number. */
static void bits(struct nw_text *t, const struct nw_names *names, __u64 set)
{
	const char *begin = t->at;
	__u32 i;

	for (i = 0; i < 64; i++) {
		if (!(set >> i & 1))
			continue;
		if (t->at != begin)
			nw_text_char(t, ' ');
		nw_put_enum(t, names, i);
	}
}

static void path(struct nw_text *t, const struct nw_path *path)
{
	__u8 i;

	for (i = 0; i < path->len; i++) {
		if (i)
			nw_text_char(t, ' ');
		nw_put_nud(t, path->nud[i]);
	}
}

static void id(struct nw_text *t, __u64 id)
{
	int i;

	for (i = 56; i >= 0; i -= 8)
		nw_text_hex(t, (__u8)(id >> i));
}

void nw_put_field(struct nw_text *t, const struct nw_field *f, const void *obj,
		  bool precise)
{
	switch (f->kind) {
	case NW_KIND_STRING:
		nw_put_name(t, nw_at(obj, f->off));
		break;
	case NW_KIND_FAMILY:
		nw_text_string(t, nw_load_u8(obj, f->off) == AF_INET ?
			       "inet" : "inet6");
		break;
	case NW_KIND_ADDR:
		nw_put_addr(t, nw_at(obj, f->off));
		break;
	case NW_KIND_PREFIX:
		prefix(t, f, obj);
		break;
	case NW_KIND_LLADDR:
		nw_put_lladdr(t, nw_at(obj, f->off));
		break;
	case NW_KIND_NUD:
		nw_put_nud(t, nw_load_u8(obj, f->off));
		break;
	case NW_KIND_PATH:
		path(t, nw_at(obj, f->off));
		break;
	case NW_KIND_ENUM:
		nw_put_enum(t, f->names, nw_load_u8(obj, f->off));
		break;
	case NW_KIND_BOOL:
		nw_text_string(t, nw_load_u8(obj, f->off) ? "on" : "off");
		break;
	case NW_KIND_NS:
		nw_put_duration(t, nw_load_u64(obj, f->off), precise);
		break;
	case NW_KIND_SECONDS:
	case NW_KIND_STAMP:
		nw_put_seconds(t, nw_load_u64(obj, f->off));
		break;
	case NW_KIND_REAL:
		nw_put_rfc3339(t, nw_load_u64(obj, f->off));
		break;
	case NW_KIND_FLAGS:
		bits(t, f->names, nw_load_u32(obj, f->off));
		break;
	case NW_KIND_FEATURES:
		bits(t, f->names, nw_load_u64(obj, f->off));
		break;
	case NW_KIND_ID:
		id(t, nw_load_u64(obj, f->off));
		break;
	case NW_KIND_FLAG:
	case NW_KIND_NEST:
	case NW_KIND_ARRAY:
		break;
	default:
		number(t, f, obj);
	}
}
