// SPDX-License-Identifier: GPL-2.0
/*
 * Walks attributes by the tables of fields.c. What a table does not know is
 * skipped and counted; what it knows must have the right size, and what it
 * requires must be there.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "attr.h"
#include "nest.h"

static void append_place(char *buf, size_t size, const struct nw_nest *nest)
{
	size_t len;

	if (!nest)
		return;
	append_place(buf, size, nest->up);
	len = strlen(buf);
	snprintf(buf + len, size - len, "%s: ", nest->desc->name);
}

int nw_nest_refuse(struct nw_decoder *d, const struct nw_nest *nest,
		   const char *fmt, ...)
{
	va_list ap;
	size_t len;

	d->why[0] = '\0';
	if (d->nth)
		snprintf(d->why, sizeof(d->why), "item %u of the message: ",
			 d->nth);
	append_place(d->why, sizeof(d->why), nest);
	len = strlen(d->why);
	va_start(ap, fmt);
	vsnprintf(d->why + len, sizeof(d->why) - len, fmt, ap);
	va_end(ap);
	return -EBADMSG;
}

static int refuse_size(struct nw_decoder *d, const struct nw_nest *nest,
		       const struct nw_field *f, int len, int want)
{
	return nw_nest_refuse(d, nest, "attribute %u (%s) has %d bytes, not %d",
			      f->attr, f->key ? f->key : "-", len, want);
}

/* Bytes that a value of fixed size has on the wire, by its kind. */
static const __u8 wire_size[] = {
	[NW_KIND_U8] = 1, [NW_KIND_BOOL] = 1, [NW_KIND_FAMILY] = 1,
	[NW_KIND_NUD] = 1, [NW_KIND_ENUM] = 1,
	[NW_KIND_U32] = 4, [NW_KIND_FLAGS] = 4,
	[NW_KIND_U64] = 8, [NW_KIND_ID] = 8, [NW_KIND_NS] = 8,
	[NW_KIND_SECONDS] = 8, [NW_KIND_STAMP] = 8, [NW_KIND_REAL] = 8,
	[NW_KIND_FEATURES] = 8,
	[NW_KIND_FLAG] = 0,
};

/* Where it goes nothing is known of its alignment. */
static void copy_fixed(void *to, const void *from, int size)
{
	if (size == 8)
		memcpy(to, from, 8);
	else if (size == 4)
		memcpy(to, from, 4);
	else
		memcpy(to, from, 1);
}

static int store_fixed(struct nw_decoder *d, const struct nw_nest *nest,
		       const struct nw_field *f, const struct nlattr *nla)
{
	unsigned char *to = (unsigned char *)nest->obj + f->off;
	int want = wire_size[f->kind];

	if (nw_attr_len(nla) != want)
		return refuse_size(d, nest, f, nw_attr_len(nla), want);
	if (f->kind == NW_KIND_FLAG)
		*to = 1;
	else
		copy_fixed(to, nw_attr_data(nla), want);
	if (f->kind == NW_KIND_ENUM && *to >= f->names->nr)
		d->unknown_values++;
	if (f->kind == NW_KIND_FAMILY && *to != AF_INET && *to != AF_INET6)
		return nw_nest_refuse(d, nest, "family %u is neither IPv4 nor IPv6",
				      *to);
	return 0;
}

static int store_string(struct nw_decoder *d, const struct nw_nest *nest,
			const struct nw_field *f, const struct nlattr *nla)
{
	char *to = (char *)nest->obj + f->off;
	const char *from = nw_attr_data(nla);
	size_t len = strnlen(from, (size_t)nw_attr_len(nla));

	if (len == (size_t)nw_attr_len(nla))
		return nw_nest_refuse(d, nest, "attribute %u (%s) has no end of string",
				      f->attr, f->key);
	if (len >= f->size)
		return nw_nest_refuse(d, nest, "attribute %u (%s) has %zu characters, at most %d",
				      f->attr, f->key, len, f->size - 1);
	memcpy(to, from, len);
	to[len] = '\0';
	return 0;
}

static int bytes_room(const struct nw_field *f)
{
	switch (f->kind) {
	case NW_KIND_LLADDR:
		return NW_LLADDR_MAX;
	case NW_KIND_PATH:
		return NW_OUTAGE_PATH;
	default:
		return 16;
	}
}

/* struct nw_addr, nw_lladdr and nw_path all are a length and then bytes. */
static int store_bytes(struct nw_decoder *d, const struct nw_nest *nest,
		       const struct nw_field *f, const struct nlattr *nla)
{
	__u8 *to = (__u8 *)nest->obj + f->off;
	int len = nw_attr_len(nla);

	if (len > bytes_room(f))
		return nw_nest_refuse(d, nest, "attribute %u (%s) has %d bytes, at most %d",
				      f->attr, f->key, len, bytes_room(f));
	if ((f->kind == NW_KIND_ADDR || f->kind == NW_KIND_PREFIX) &&
	    len != 4 && len != 16)
		return nw_nest_refuse(d, nest, "attribute %u (%s) has %d bytes, not 4 or 16",
				      f->attr, f->key, len);
	if (f->kind == NW_KIND_LLADDR && !len)
		return nw_nest_refuse(d, nest, "attribute %u (%s) is empty",
				      f->attr, f->key);
	to[0] = (__u8)len;
	memcpy(to + 1, nw_attr_data(nla), (size_t)len);
	return 0;
}

static int store_nest(struct nw_decoder *d, const struct nw_nest *nest,
		      const struct nw_field *f, const struct nlattr *nla)
{
	struct nw_nest sub = {
		.up = nest,
		.desc = f->sub,
		.obj = (char *)nest->obj + f->off,
	};
	__u32 *count = NULL;
	int ret;

	if (f->kind == NW_KIND_ARRAY) {
		count = (__u32 *)(void *)((char *)nest->obj + f->aux);
		if (*count >= f->max) {
			d->skipped_attrs++;
			return 0;
		}
		sub.obj = (char *)sub.obj + (size_t)*count * f->size;
	}
	ret = nw_nest_parse(d, &sub, nw_attr_data(nla), nw_attr_len(nla));
	if (!ret && count)
		(*count)++;
	return ret;
}

static int store(struct nw_decoder *d, const struct nw_nest *nest,
		 const struct nw_field *f, const struct nlattr *nla)
{
	switch (f->kind) {
	case NW_KIND_STRING:
		return store_string(d, nest, f, nla);
	case NW_KIND_ADDR:
	case NW_KIND_PREFIX:
	case NW_KIND_LLADDR:
	case NW_KIND_PATH:
		return store_bytes(d, nest, f, nla);
	case NW_KIND_NEST:
	case NW_KIND_ARRAY:
		return store_nest(d, nest, f, nla);
	default:
		return store_fixed(d, nest, f, nla);
	}
}

static int check_addr(struct nw_decoder *d, const struct nw_nest *nest,
		      const struct nw_field *f, __u8 family)
{
	__u8 len = nw_load_u8(nest->obj, f->off);
	__u8 want = family == AF_INET ? 4 : 16;

	if ((f->how & NW_OF_FAMILY) && len != want)
		return refuse_size(d, nest, f, len, want);
	if (f->kind == NW_KIND_PREFIX &&
	    nw_load_u8(nest->obj, f->aux) > 8 * len)
		return nw_nest_refuse(d, nest, "prefix length %u is out of range 0..%d",
				      nw_load_u8(nest->obj, f->aux), 8 * len);
	return 0;
}

static int refuse_missing(struct nw_decoder *d, const struct nw_nest *nest,
			  const struct nw_field *f)
{
	return nw_nest_refuse(d, nest, "attribute %u (%s) is missing", f->attr,
			      f->key ? f->key : "-");
}

/* What can only be told when all attributes of the nest are there. */
static int check(struct nw_decoder *d, const struct nw_nest *nest,
		 const struct nw_finder *finder)
{
	__u64 has = *(const __u64 *)nest->obj;
	__u64 missing = finder->required & ~has, left;
	__u8 family = finder->family ? nw_load_u8(nest->obj, finder->family) : 0;
	int ret = 0;

	for (left = missing | (finder->addrs & has); left && !ret;
	     left &= left - 1) {
		const struct nw_field *f;

		f = nw_field_by_attr(nest->desc,
				     (unsigned int)__builtin_ctzll(left));
		ret = nw_field_has(f, nest->obj) ?
		      check_addr(d, nest, f, family) :
		      refuse_missing(d, nest, f);
	}
	return ret;
}

static void skip(struct nw_decoder *d, const struct nw_nest *nest, int attr)
{
	if (attr == nest->desc->pad || (nest->others && nest->others(attr)))
		return;
	d->skipped_attrs++;
}

/* One attribute; most have only to be copied, where they have their size. */
static inline int take(struct nw_decoder *d, const struct nw_nest *nest,
		       const struct nw_spot *spot, const struct nlattr *nla)
{
	if (nw_attr_len(nla) != spot->plain)
		return store(d, nest, &nest->desc->field[spot->field - 1], nla);
	copy_fixed((char *)nest->obj + spot->off, nw_attr_data(nla),
		   spot->plain);
	return 0;
}

int nw_nest_parse(struct nw_decoder *d, const struct nw_nest *nest,
		  const struct nlattr *head, int len)
{
	const struct nw_finder *finder = nw_finder_of(nest->desc);
	const struct nlattr *nla;
	__u64 has = 0;
	int rem, ret;

	for (nla = head, rem = len; nw_attr_ok(nla, rem);
	     nla = nw_attr_next(nla, &rem)) {
		unsigned int attr = (unsigned int)nw_attr_type(nla);
		const struct nw_spot *spot = nw_spot_of(finder, attr);

		if (!spot->field) {
			skip(d, nest, (int)attr);
			continue;
		}
		ret = take(d, nest, spot, nla);
		if (ret)
			return ret;
		has |= NW_BIT(attr);
	}
	*(__u64 *)nest->obj |= has;
	if (rem > 0)
		return nw_nest_refuse(d, nest, "cut off, %d of %d bytes make no attribute",
				      rem, len);
	return check(d, nest, finder);
}
