// SPDX-License-Identifier: GPL-2.0
/*
 * By the tables of fields.c, as decode.c: what a table does not know is
 * skipped and counted; what it knows must be of the right kind and in range,
 * and what it requires must be there.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "jsonl_index.h"
#include "jsonl_value.h"

#define JSON_VERSION	1

static int store_flag(struct nw_reading *r, const struct nw_flat_value *v,
		      const struct nw_place *p, struct nw_event *ev)
{
	__u8 on = 0;
	int ret = nw_reading_bool(r, v, &on);

	ev->flags |= (__u32)on << p->bit;
	return ret;
}

static int store(struct nw_reading *r, const struct nw_flat_value *v,
		 const struct nw_place *p, struct nw_event *ev)
{
	void *obj = (char *)ev + p->off;
	int ret;

	if (p->kind == NW_KIND_FLAGS)
		return store_flag(r, v, p, ev);
	ret = nw_reading_store(r, v, p, ev);
	if (!ret)
		*(__u64 *)obj |= NW_BIT(p->field->attr);
	return ret < 0 ? ret : 0;
}

static int refuse_twice(struct nw_reading *r, const struct nw_flat_value *v)
{
	return nw_reading_refuse(r, "'%.40s' is there twice", v->key);
}

/* A key that no table has may be one of the reader's own lines. */
static int pass_over(struct nw_reading *r, const struct nw_flat_value *v)
{
	const struct nw_flat_value *before;

	if (v->taken)
		return 0;
	for (before = r->flat->value; before < v; before++)
		if (!strcmp(before->key, v->key))
			return refuse_twice(r, v);
	r->counts->unknown_keys++;
	return 0;
}

/* Of an event of an unknown type only the origin can be understood. */
static int take_values(struct nw_reading *r, const struct nw_index *index,
		       struct nw_event *ev)
{
	const struct nw_flat_value *v = r->flat->value;
	const struct nw_flat_value *end = v + r->flat->nr;
	const struct nw_place *p;
	__u64 seen = 0;
	int ret;

	if (index->strict && r->flat->dropped)
		return nw_reading_refuse(r, "%u keys and values more than an event has",
					 r->flat->dropped);
	for (; v < end; v++) {
		p = nw_index_find(index, v->known);
		if (!p) {
			ret = index->strict ? pass_over(r, v) : 0;
		} else {
			if (seen & NW_BIT(p->nth))
				return refuse_twice(r, v);
			seen |= NW_BIT(p->nth);
			ret = store(r, v, p, ev);
		}
		if (ret)
			return ret;
	}
	return 0;
}

static int refuse_missing(struct nw_reading *r, const struct nw_part *part,
			  __u64 missing)
{
	const struct nw_desc *desc = part->desc;
	const struct nw_field *f = desc->field;

	while (!(missing & NW_BIT(f->attr)))
		f++;
	return nw_reading_refuse(r, "'%s' is missing",
				 f->key ? f->key : desc->name);
}

static int check_family(struct nw_reading *r, const struct nw_part *part,
			const void *obj)
{
	bool known = part->family && nw_field_has(part->family, obj);
	__u8 family = known ? nw_load_u8(obj, part->family->off) : 0;
	__u32 left;

	for (left = part->of_family; left; left &= left - 1) {
		const struct nw_field *f;

		f = &part->desc->field[__builtin_ctz(left)];
		if (nw_field_has(f, obj) &&
		    nw_load_u8(obj, f->off) != (family == AF_INET ? 4 : 16))
			return nw_reading_refuse(r, "'%s' is not of the family",
						 f->key);
	}
	return 0;
}

/* What can only be told when all keys have been looked at. */
static int check(struct nw_reading *r, const struct nw_index *index,
		 struct nw_event *ev)
{
	unsigned int i;

	for (i = 0; i < index->nr_parts; i++) {
		const struct nw_part *part = &index->part[i];
		const void *obj = nw_at(ev, part->off);
		__u64 has = nw_load_u64(obj, 0);

		if (part->attr && (part->body || has))
			ev->has |= NW_BIT(part->attr);
		if (part->required & ~has)
			return refuse_missing(r, part, part->required & ~has);
		if (part->of_family && check_family(r, part, obj))
			return -EBADMSG;
	}
	return 0;
}

static int load(struct nw_reading *r, unsigned int kind, struct nw_event *ev)
{
	const struct nw_index *index = nw_index_of(kind);
	int ret = take_values(r, index, ev);

	if (ev->flags)
		ev->has |= NW_BIT(NW_A_RECORD_FLAGS);
	return ret ? ret : check(r, index, ev);
}

/* A key of the reader's own lines, which no table has. */
static int own_key(struct nw_reading *r, const char *key, __u64 *to,
		   bool required)
{
	struct nw_flat_value *v = nw_flat_find(r->flat, key);

	if (v)
		return nw_reading_number(r, v, ULLONG_MAX, to);
	return required ? nw_reading_refuse(r, "'%s' is missing", key) : 0;
}

static int read_lost(struct nw_reading *r, struct nw_entry *entry)
{
	int ret = own_key(r, "count", &entry->count, true);

	entry->kind = NW_ENTRY_LOST;
	if (!ret)
		ret = own_key(r, "first", &entry->first, false);
	return ret ? ret : load(r, NW_INDEX_OWN, &entry->ev);
}

/* Events from a kernel log know devices by their names alone. */
static void give_handles(struct nw_event *ev)
{
	struct nw_admin_event *admin = &ev->admin;

	if (!NW_HAS(ev, NW_A_RECORD_IFINDEX))
		ev->ifindex = nw_entry_ifindex(ev->dev);
	if (ev->type == NW_TYPE_LINK_ADMIN && !NW_HAS(admin, NW_A_ADMIN_OTHER))
		admin->other = nw_entry_ifindex(admin->other_dev);
}

/* Most differ in the first letter. */
static bool is_name(const char *a, const char *b)
{
	return *a == *b && !strcmp(a, b);
}

static int read_event(struct nw_reading *r, struct nw_entry *entry,
		      const char *name)
{
	int type, ret;

	for (type = 1; type <= NW_TYPE_MAX; type++)
		if (is_name(nw_types[type].name, name))
			break;
	if (type > NW_TYPE_MAX) {
		r->counts->unknown_types++;
		return load(r, NW_TYPE_UNKNOWN, &entry->ev);
	}
	entry->kind = NW_ENTRY_EVENT;
	entry->ev.type = (__u8)type;
	ret = load(r, entry->ev.type, &entry->ev);
	if (!ret)
		give_handles(&entry->ev);
	return ret;
}

/* FNV-1a; above what the kernel gives out, which are positive ints. */
__u32 nw_entry_ifindex(const char *dev)
{
	__u32 hash = 2166136261U;

	if (!*dev)
		return 0;
	for (; *dev; dev++)
		hash = (hash ^ (unsigned char)*dev) * 16777619U;
	return hash | 0x80000000U;
}

/* Lost between the kernel and the reader, not before it had a number? */
static bool is_ring_loss(struct nw_flat *flat, const char *name)
{
	const struct nw_flat_value *v;

	if (!is_name(name, "lost"))
		return false;
	v = nw_flat_find(flat, "where");
	return v && !strcmp(v->text, "ring");
}

static int check_version(struct nw_reading *r)
{
	const struct nw_flat_value *v = nw_flat_known(r->flat, NW_INDEX_V);
	__u64 version = 0;

	if (!v)
		return nw_reading_refuse(r, "'v' is missing: not written by neighwatch");
	if (nw_reading_number(r, v, ULLONG_MAX, &version))
		return -EBADMSG;
	if (version != JSON_VERSION)
		return nw_reading_refuse(r, "'v' is %llu: this reader knows %d", version,
			      JSON_VERSION);
	return 0;
}

static int read_object(struct nw_reading *r, struct nw_entry *entry)
{
	const struct nw_flat_value *name;
	int ret = check_version(r);

	if (ret)
		return ret;
	name = nw_flat_known(r->flat, NW_INDEX_EVENT);
	if (!name)
		return nw_reading_refuse(r, "'event' is missing");
	if (name->kind != NW_FLAT_STRING)
		return nw_reading_refuse_value(r, name, "a name");
	if (is_name(name->text, "finding")) {
		r->counts->findings++;
		return 1;
	}
	if (is_ring_loss(r->flat, name->text))
		return read_lost(r, entry);
	if (!is_name(name->text, "end"))
		return read_event(r, entry, name->text);
	entry->kind = NW_ENTRY_END;
	return load(r, NW_INDEX_OWN, &entry->ev);
}

__stage
int nw_jsonl_event(struct nw_flat *flat, struct nw_entry *entry,
		   struct nw_jsonl_counts *counts, char *why, size_t size)
{
	struct nw_reading r = {
		.flat = flat, .counts = counts, .why = why, .size = size,
	};
	int ret;

	memset(entry, 0, sizeof(*entry));
	ret = read_object(&r, entry);
	return ret < 0 ? ret : 0;
}
