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

#include <linux/genetlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>

#include "decode.h"
#include "fields.h"

/* One nest being read; @up tells the place. */
struct nest {
	const struct nest *up;
	const struct nw_desc *desc;
	void *obj;
};

static void append_place(char *buf, size_t size, const struct nest *nest)
{
	size_t len;

	if (!nest)
		return;
	append_place(buf, size, nest->up);
	len = strlen(buf);
	snprintf(buf + len, size - len, "%s: ", nest->desc->name);
}

__printf(3, 4)
static int refuse(struct nw_decoder *d, const struct nest *nest,
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

static int refuse_size(struct nw_decoder *d, const struct nest *nest,
		       const struct nw_field *f, int len, int want)
{
	return refuse(d, nest, "attribute %u (%s) has %d bytes, not %d",
		      f->attr, f->key ? f->key : "-", len, want);
}

/* Bytes a fixed-size value has on the wire; -1: its length varies. */
static int wire_size(const struct nw_field *f)
{
	switch (f->kind) {
	case NW_KIND_U8:
	case NW_KIND_BOOL:
	case NW_KIND_FAMILY:
	case NW_KIND_NUD:
	case NW_KIND_ENUM:
		return 1;
	case NW_KIND_U32:
	case NW_KIND_FLAGS:
		return 4;
	case NW_KIND_U64:
	case NW_KIND_ID:
	case NW_KIND_NS:
	case NW_KIND_SECONDS:
	case NW_KIND_STAMP:
	case NW_KIND_REAL:
	case NW_KIND_FEATURES:
		return 8;
	case NW_KIND_FLAG:
		return 0;
	default:
		return -1;
	}
}

static int store_fixed(struct nw_decoder *d, const struct nest *nest,
		       const struct nw_field *f, const struct nlattr *nla)
{
	unsigned char *to = (unsigned char *)nest->obj + f->off;
	int want = wire_size(f);

	if (nla_len(nla) != want)
		return refuse_size(d, nest, f, nla_len(nla), want);
	if (f->kind == NW_KIND_FLAG)
		*to = 1;
	else
		memcpy(to, nla_data(nla), (size_t)want);
	if (f->kind == NW_KIND_ENUM && *to >= f->names->nr)
		d->unknown_values++;
	if (f->kind == NW_KIND_FAMILY && *to != AF_INET && *to != AF_INET6)
		return refuse(d, nest, "family %u is neither IPv4 nor IPv6",
			      *to);
	return 0;
}

static int store_string(struct nw_decoder *d, const struct nest *nest,
			const struct nw_field *f, const struct nlattr *nla)
{
	char *to = (char *)nest->obj + f->off;
	const char *from = nla_data(nla);
	size_t len = strnlen(from, (size_t)nla_len(nla));

	if (len == (size_t)nla_len(nla))
		return refuse(d, nest, "attribute %u (%s) has no end of string",
			      f->attr, f->key);
	if (len >= f->size)
		return refuse(d, nest, "attribute %u (%s) has %zu characters, at most %d",
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
static int store_bytes(struct nw_decoder *d, const struct nest *nest,
		       const struct nw_field *f, const struct nlattr *nla)
{
	__u8 *to = (__u8 *)nest->obj + f->off;
	int len = nla_len(nla);

	if (len > bytes_room(f))
		return refuse(d, nest, "attribute %u (%s) has %d bytes, at most %d",
			      f->attr, f->key, len, bytes_room(f));
	if ((f->kind == NW_KIND_ADDR || f->kind == NW_KIND_PREFIX) &&
	    len != 4 && len != 16)
		return refuse(d, nest, "attribute %u (%s) has %d bytes, not 4 or 16",
			      f->attr, f->key, len);
	to[0] = (__u8)len;
	memcpy(to + 1, nla_data(nla), (size_t)len);
	return 0;
}

static int parse(struct nw_decoder *d, const struct nest *nest,
		 const struct nlattr *head, int len);

static int store_nest(struct nw_decoder *d, const struct nest *nest,
		      const struct nw_field *f, const struct nlattr *nla)
{
	struct nest sub = {
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
	ret = parse(d, &sub, nla_data(nla), nla_len(nla));
	if (!ret && count)
		(*count)++;
	return ret;
}

static int store(struct nw_decoder *d, const struct nest *nest,
		 const struct nw_field *f, const struct nlattr *nla)
{
	__u64 *has = nest->obj;
	int ret;

	switch (f->kind) {
	case NW_KIND_STRING:
		ret = store_string(d, nest, f, nla);
		break;
	case NW_KIND_ADDR:
	case NW_KIND_PREFIX:
	case NW_KIND_LLADDR:
	case NW_KIND_PATH:
		ret = store_bytes(d, nest, f, nla);
		break;
	case NW_KIND_NEST:
	case NW_KIND_ARRAY:
		ret = store_nest(d, nest, f, nla);
		break;
	default:
		ret = store_fixed(d, nest, f, nla);
	}
	if (!ret)
		*has |= NW_BIT(f->attr);
	return ret;
}

static int check_addr(struct nw_decoder *d, const struct nest *nest,
		      const struct nw_field *f, __u8 family)
{
	__u8 len = nw_load_u8(nest->obj, f->off);
	__u8 want = family == AF_INET ? 4 : 16;

	if ((f->how & NW_OF_FAMILY) && len != want)
		return refuse_size(d, nest, f, len, want);
	if (f->kind == NW_KIND_PREFIX &&
	    nw_load_u8(nest->obj, f->aux) > 8 * len)
		return refuse(d, nest, "prefix length %u is out of range 0..%d",
			      nw_load_u8(nest->obj, f->aux), 8 * len);
	return 0;
}

/* What can only be told when all attributes of the nest are there. */
static int check(struct nw_decoder *d, const struct nest *nest)
{
	__u8 family = 0;
	unsigned int i;
	int ret;

	for (i = 0; i < nest->desc->nr; i++) {
		const struct nw_field *f = &nest->desc->field[i];

		if (!nw_field_has(f, nest->obj)) {
			if (f->how & NW_REQUIRED)
				return refuse(d, nest, "attribute %u (%s) is missing",
					      f->attr, f->key ? f->key : "-");
			continue;
		}
		if (f->kind == NW_KIND_FAMILY)
			family = nw_load_u8(nest->obj, f->off);
		if (f->kind != NW_KIND_ADDR && f->kind != NW_KIND_PREFIX)
			continue;
		ret = check_addr(d, nest, f, family);
		if (ret)
			return ret;
	}
	return 0;
}

static int parse(struct nw_decoder *d, const struct nest *nest,
		 const struct nlattr *head, int len)
{
	const struct nlattr *nla;
	int rem, ret;

	nla_for_each_attr(nla, head, len, rem) {
		const struct nw_field *f;

		f = nw_field_by_attr(nest->desc, nla_type(nla));
		if (!f) {
			if (nla_type(nla) != nest->desc->pad)
				d->skipped_attrs++;
			continue;
		}
		ret = store(d, nest, f, nla);
		if (ret)
			return ret;
	}
	if (rem > 0)
		return refuse(d, nest, "cut off, %d of %d bytes make no attribute",
			      rem, len);
	return check(d, nest);
}

/* Which body a record has; more than one makes no sense. */
static int find_type(struct nw_decoder *d, const struct nest *nest,
		     struct nw_event *ev)
{
	int type;

	ev->type = NW_TYPE_UNKNOWN;
	for (type = 1; type <= NW_TYPE_MAX; type++) {
		if (!(ev->has & NW_BIT(nw_types[type].attr)))
			continue;
		if (ev->type != NW_TYPE_UNKNOWN)
			return refuse(d, nest, "is both %s and %s",
				      nw_types[ev->type].name,
				      nw_types[type].name);
		ev->type = (__u8)type;
	}
	if (ev->type == NW_TYPE_UNKNOWN)
		d->skipped_types++;
	return 0;
}

struct item_desc {
	int attr;
	enum nw_item_kind kind;
	const struct nw_desc *desc;
	size_t origin;		/* where the item keeps its origin */
};

#define ITEM(attr_, kind_, desc_, member_) \
	{ attr_, kind_, &(desc_), offsetof(struct nw_item, member_.origin) }

static const struct item_desc items[] = {
	ITEM(NW_A_RECORD, NW_ITEM_EVENT, nw_desc_record, event),
	ITEM(NW_A_NEIGH, NW_ITEM_NEIGH, nw_desc_neigh, neigh),
	ITEM(NW_A_LINK, NW_ITEM_LINK, nw_desc_link, link),
	ITEM(NW_A_NEXTHOP, NW_ITEM_NEXTHOP, nw_desc_nexthop, nexthop),
	ITEM(NW_A_STATS, NW_ITEM_STATS, nw_desc_stats, stats),
};

static const struct item_desc *item_by_attr(int attr)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(items); i++)
		if (items[i].attr == attr)
			return &items[i];
	return NULL;
}

static int decode_item(struct nw_decoder *d, const struct item_desc *what,
		       const struct nlattr *nla)
{
	struct nest nest = { .desc = what->desc, .obj = &d->item.event };
	int ret;

	d->nth++;
	memset(&d->item, 0, sizeof(d->item));
	d->item.kind = what->kind;
	ret = parse(d, &nest, nla_data(nla), nla_len(nla));
	if (!ret && what->kind == NW_ITEM_EVENT)
		ret = find_type(d, &nest, &d->item.event);
	memcpy((char *)&d->item + what->origin, &d->origin, sizeof(d->origin));
	return ret;
}

/* The scalars of the top level; what decode_item() takes is left to it. */
static int decode_origin(struct nw_decoder *d, const struct nlattr *head,
			 int len)
{
	struct nest nest = { .desc = &nw_desc_origin, .obj = &d->origin };
	const struct nlattr *nla;
	int rem, ret;

	memset(&d->origin, 0, sizeof(d->origin));
	nla_for_each_attr(nla, head, len, rem) {
		const struct nw_field *f;

		f = nw_field_by_attr(nest.desc, nla_type(nla));
		if (!f) {
			if (!item_by_attr(nla_type(nla)) &&
			    nla_type(nla) != nest.desc->pad)
				d->skipped_attrs++;
			continue;
		}
		ret = store(d, &nest, f, nla);
		if (ret)
			return ret;
	}
	if (rem > 0)
		return refuse(d, &nest, "cut off, %d of %d bytes make no attribute",
			      rem, len);
	return check(d, &nest);
}

static int deliver_origin(struct nw_decoder *d, nw_item_fn fn, void *arg)
{
	memset(&d->item, 0, sizeof(d->item));
	d->item.kind = NW_ITEM_ORIGIN;
	d->item.origin = d->origin;
	return fn(arg, &d->item);
}

int nw_decode(struct nw_decoder *d, const struct nlmsghdr *nlh, nw_item_fn fn,
	      void *arg)
{
	int len = (int)nlh->nlmsg_len - (int)NLMSG_LENGTH(GENL_HDRLEN);
	const struct nlattr *head, *nla;
	int rem, ret;

	d->nth = 0;
	if (len < 0) {
		d->malformed++;
		return refuse(d, NULL, "message of %u bytes has no header",
			      nlh->nlmsg_len);
	}
	head = nw_at(nlh, NLMSG_LENGTH(GENL_HDRLEN));
	ret = decode_origin(d, head, len);
	if (ret) {
		d->malformed++;
		return ret;
	}
	ret = deliver_origin(d, fn, arg);
	nla_for_each_attr(nla, head, len, rem) {
		const struct item_desc *what = item_by_attr(nla_type(nla));

		if (ret)
			break;
		if (!what)
			continue;
		ret = decode_item(d, what, nla);
		if (ret)
			d->malformed++;
		else
			ret = fn(arg, &d->item);
	}
	return ret;
}
