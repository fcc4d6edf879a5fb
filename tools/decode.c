// SPDX-License-Identifier: GPL-2.0
/* What a message holds: its origin first, then each item in it. */
#include <assert.h>
#include <string.h>

#include <linux/genetlink.h>
#include <netlink/msg.h>

#include "attr.h"
#include "decode.h"
#include "nest.h"

/* The bodies of a record, and its types, have the same order. */
#define TYPE_OF(attr)	((attr) - NW_A_RECORD_NEIGH + NW_TYPE_NEIGH)
#define BODIES \
	(2 * NW_BIT(NW_A_RECORD_SYNC) - NW_BIT(NW_A_RECORD_NEIGH))

static_assert(TYPE_OF(NW_A_RECORD_SYNC) == NW_TYPE_MAX, "a type without a body");

/* Which body a record has; more than one makes no sense. */
static int find_type(struct nw_decoder *d, const struct nw_nest *nest,
		     struct nw_event *ev)
{
	__u64 bodies = ev->has & BODIES;

	if (!bodies) {
		ev->type = NW_TYPE_UNKNOWN;
		d->skipped_types++;
		return 0;
	}
	ev->type = (__u8)TYPE_OF(__builtin_ctzll(bodies));
	bodies &= bodies - 1;
	if (!bodies)
		return 0;
	return nw_nest_refuse(d, nest, "is both %s and %s",
			      nw_types[ev->type].name,
			      nw_types[TYPE_OF(__builtin_ctzll(bodies))].name);
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

/* An item is much smaller than the largest of them. */
static void clear(struct nw_item *item, enum nw_item_kind kind)
{
	static const size_t size[] = {
		[NW_ITEM_ORIGIN] = sizeof(item->origin),
		[NW_ITEM_EVENT] = sizeof(item->event),
		[NW_ITEM_NEIGH] = sizeof(item->neigh),
		[NW_ITEM_LINK] = sizeof(item->link),
		[NW_ITEM_NEXTHOP] = sizeof(item->nexthop),
		[NW_ITEM_STATS] = sizeof(item->stats),
	};

	memset(&item->event, 0, size[kind]);
	item->kind = kind;
}

static int decode_item(struct nw_decoder *d, const struct item_desc *what,
		       const struct nlattr *nla)
{
	struct nw_nest nest = { .desc = what->desc, .obj = &d->item.event };
	int ret;

	d->nth++;
	clear(&d->item, what->kind);
	ret = nw_nest_parse(d, &nest, nw_attr_data(nla), nw_attr_len(nla));
	if (!ret && what->kind == NW_ITEM_EVENT)
		ret = find_type(d, &nest, &d->item.event);
	memcpy((char *)&d->item + what->origin, &d->origin, sizeof(d->origin));
	return ret;
}

static bool is_item(int attr)
{
	return item_by_attr(attr);
}

/* The scalars of the top level; what decode_item() takes is left to it. */
static int decode_origin(struct nw_decoder *d, const struct nlattr *head,
			 int len)
{
	struct nw_nest nest = {
		.desc = &nw_desc_origin,
		.obj = &d->origin,
		.others = is_item,
	};

	memset(&d->origin, 0, sizeof(d->origin));
	return nw_nest_parse(d, &nest, head, len);
}

static int deliver_origin(struct nw_decoder *d, nw_item_fn fn, void *arg)
{
	clear(&d->item, NW_ITEM_ORIGIN);
	d->item.origin = d->origin;
	return fn(arg, &d->item);
}

__stage
int nw_decode(struct nw_decoder *d, const struct nlmsghdr *nlh, nw_item_fn fn,
	      void *arg)
{
	int len = (int)nlh->nlmsg_len - (int)NLMSG_LENGTH(GENL_HDRLEN);
	const struct nlattr *head, *nla;
	int rem, ret;

	d->nth = 0;
	if (len < 0) {
		d->malformed++;
		return nw_nest_refuse(d, NULL, "message of %u bytes has no header",
				      nlh->nlmsg_len);
	}
	head = nw_at(nlh, NLMSG_LENGTH(GENL_HDRLEN));
	ret = decode_origin(d, head, len);
	if (ret) {
		d->malformed++;
		return ret;
	}
	ret = deliver_origin(d, fn, arg);
	for (nla = head, rem = len; nw_attr_ok(nla, rem);
	     nla = nw_attr_next(nla, &rem)) {
		const struct item_desc *what = item_by_attr(nw_attr_type(nla));

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
