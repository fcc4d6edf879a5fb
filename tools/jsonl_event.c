// SPDX-License-Identifier: GPL-2.0
/*
 * Walks the tables of fields.c as decode.c does: what a table does not know
 * is skipped and counted; what it knows must be of the right kind and in
 * range, and what it requires must be there.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "jsonl_value.h"

#define JSON_VERSION	1

/* A route's gateway is an address; no record of a route has that flag. */
static bool body_has(const struct nw_reading *r, const char *key)
{
	const struct nw_field *f;

	f = nw_field_by_attr(&nw_desc_record, nw_types[r->type].attr);
	return f && nw_field_by_key(f->sub, key);
}

/* Each bit is a key of its own. */
static int load_flags(struct nw_reading *r, const struct nw_field *f, void *obj)
{
	__u32 *bits = (__u32 *)(void *)((char *)obj + f->off);
	unsigned int i;
	__u8 on;
	int ret;

	for (i = 0; i < f->names->nr; i++) {
		const struct nw_flat_value *v;

		if (body_has(r, f->names->name[i]))
			continue;
		v = nw_flat_find(r->flat, f->names->name[i]);
		if (!v)
			continue;
		ret = nw_reading_bool(r, v, &on);
		if (ret)
			return ret;
		*bits |= (__u32)on << i;
	}
	if (*bits)
		*(__u64 *)obj |= NW_BIT(f->attr);
	return 0;
}

static int load(struct nw_reading *r, const struct nw_desc *desc, void *obj);

/* The nests of a record have no keys: theirs stand among the record's. */
static int load_nest(struct nw_reading *r, const struct nw_field *f, void *obj)
{
	bool body = f->attr == nw_types[r->type].attr;
	__u64 *sub = (__u64 *)(void *)((char *)obj + f->off);
	int ret;

	if (!body && f->off == offsetof(struct nw_event, neigh))
		return 0;
	ret = load(r, f->sub, sub);
	if (body || *sub)
		*(__u64 *)obj |= NW_BIT(f->attr);
	return ret;
}

static int load_field(struct nw_reading *r, const struct nw_desc *desc,
		      const struct nw_field *f, void *obj)
{
	const struct nw_flat_value *v;
	int ret;

	if (f->kind == NW_KIND_FLAGS)
		return load_flags(r, f, obj);
	if (f->kind == NW_KIND_NEST)
		return load_nest(r, f, obj);
	v = f->key ? nw_flat_find(r->flat, f->key) : NULL;
	if (!v)
		return 0;
	ret = nw_reading_store(r, v, desc, f, obj);
	if (!ret)
		*(__u64 *)obj |= NW_BIT(f->attr);
	return ret < 0 ? ret : 0;
}

/* What a kernel log does not say, and an event from one does not have. */
static bool may_lack(const struct nw_desc *desc, const struct nw_field *f)
{
	return (desc == &nw_desc_origin && f->attr == NW_A_NETNS_INO) ||
	       (desc == &nw_desc_record && f->attr == NW_A_RECORD_REAL);
}

/* What can only be told when all keys have been looked at. */
static int check(struct nw_reading *r, const struct nw_desc *desc,
		 const void *obj)
{
	__u8 family = 0;
	unsigned int i;

	for (i = 0; i < desc->nr; i++) {
		const struct nw_field *f = &desc->field[i];
		__u8 len = nw_load_u8(obj, f->off);

		if (!nw_field_has(f, obj)) {
			if ((f->how & NW_REQUIRED) && !may_lack(desc, f))
				return nw_reading_refuse(r, "'%s' is missing",
							 f->key ? f->key :
							 desc->name);
			continue;
		}
		if (f->kind == NW_KIND_FAMILY)
			family = len;
		if ((f->how & NW_OF_FAMILY) &&
		    len != (family == AF_INET ? 4 : 16))
			return nw_reading_refuse(r, "'%s' is not of the family", f->key);
	}
	return 0;
}

static int load(struct nw_reading *r, const struct nw_desc *desc, void *obj)
{
	unsigned int i;
	int ret;

	for (i = 0; i < desc->nr; i++) {
		ret = load_field(r, desc, &desc->field[i], obj);
		if (ret)
			return ret;
	}
	return check(r, desc, obj);
}

/* Keys nobody asked for; one that was asked for cannot stand there twice. */
static int count_unknown(struct nw_reading *r)
{
	unsigned int i, j;

	if (r->flat->dropped)
		return nw_reading_refuse(r, "%u keys and values more than an event has",
			      r->flat->dropped);
	for (i = 0; i < r->flat->nr; i++) {
		const struct nw_flat_value *v = &r->flat->value[i];

		if (v->taken)
			continue;
		for (j = 0; j < i; j++)
			if (!strcmp(r->flat->value[j].key, v->key))
				return nw_reading_refuse(r, "'%.40s' is there twice",
					      v->key);
		r->counts->unknown_keys++;
	}
	return 0;
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

static int own_stamps(struct nw_reading *r, struct nw_event *ev)
{
	static const int stamps[] = { NW_A_RECORD_REAL, NW_A_RECORD_MONO };
	size_t i;
	int ret;

	for (i = 0; i < 2; i++) {
		const struct nw_field *f;

		f = nw_field_by_attr(&nw_desc_record, stamps[i]);
		ret = load_field(r, &nw_desc_record, f, ev);
		if (ret)
			return ret;
	}
	if (!NW_HAS(ev, NW_A_RECORD_MONO))
		return nw_reading_refuse(r, "'mono' is missing");
	return 0;
}

static int read_lost(struct nw_reading *r, struct nw_entry *entry)
{
	int ret = own_stamps(r, &entry->ev);

	entry->kind = NW_ENTRY_LOST;
	if (!ret)
		ret = own_key(r, "count", &entry->count, true);
	return ret ? ret : own_key(r, "first", &entry->first, false);
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

static int read_event(struct nw_reading *r, struct nw_entry *entry,
		      const char *name)
{
	int type, ret;

	for (type = 1; type <= NW_TYPE_MAX; type++)
		if (!strcmp(nw_types[type].name, name))
			break;
	if (type > NW_TYPE_MAX) {
		r->counts->unknown_types++;
		return 0;
	}
	r->type = (__u8)type;
	entry->kind = NW_ENTRY_EVENT;
	entry->ev.type = (__u8)type;
	ret = load(r, &nw_desc_record, &entry->ev);
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

	if (strcmp(name, "lost"))
		return false;
	v = nw_flat_find(flat, "where");
	return v && !strcmp(v->text, "ring");
}

static int check_version(struct nw_reading *r)
{
	const struct nw_flat_value *v = nw_flat_find(r->flat, "v");
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
	name = nw_flat_find(r->flat, "event");
	if (!name)
		return nw_reading_refuse(r, "'event' is missing");
	if (name->kind != NW_FLAT_STRING)
		return nw_reading_refuse_value(r, name, "a name");
	if (!strcmp(name->text, "finding")) {
		r->counts->findings++;
		return 1;
	}
	ret = load(r, &nw_desc_origin, &entry->ev.origin);
	if (ret)
		return ret;
	if (is_ring_loss(r->flat, name->text))
		return read_lost(r, entry);
	if (strcmp(name->text, "end"))
		return read_event(r, entry, name->text);
	entry->kind = NW_ENTRY_END;
	return own_stamps(r, &entry->ev);
}

int nw_jsonl_event(struct nw_flat *flat, struct nw_entry *entry,
		   struct nw_jsonl_counts *counts, char *why, size_t size)
{
	struct nw_reading r = {
		.flat = flat, .counts = counts, .why = why, .size = size,
	};
	int ret;

	memset(entry, 0, sizeof(*entry));
	ret = read_object(&r, entry);
	if (!ret && entry->kind != NW_ENTRY_NONE)
		ret = count_unknown(&r);
	return ret < 0 ? ret : 0;
}
