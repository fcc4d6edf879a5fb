// SPDX-License-Identifier: GPL-2.0
/*
 * A key is looked up once, when it is met; from then on it is a number. The
 * tables of fields.c say all there is to know.
 */
#include <stddef.h>
#include <string.h>

#include "jsonl_index.h"

struct key {
	const char *text;
	size_t len;
};

static struct key keys[NW_INDEX_KEYS + 1];
static unsigned int nr_keys;
static __u8 slots[NW_INDEX_SLOTS];	/* number of a key; 0: free */
static struct nw_index indexes[NW_INDEX_OWN + 1];

/* Length and three letters tell nearly all keys apart. */
static unsigned int slot_of(const char *key, size_t len)
{
	const unsigned char *k = (const unsigned char *)key;
	size_t hash = len * 7;

	if (len)
		hash += k[0] * 5U + k[len / 2] * 3U + k[len - 1];
	return hash % NW_INDEX_SLOTS;
}

/* Where the key is, or the free slot where it would be. */
static unsigned int find_slot(const char *text, size_t len)
{
	unsigned int slot = slot_of(text, len);
	const struct key *key;

	for (; slots[slot]; slot = (slot + 1) % NW_INDEX_SLOTS) {
		key = &keys[slots[slot]];
		if (key->len == len && !memcmp(key->text, text, len))
			break;
	}
	return slot;
}

unsigned int nw_index_key(const char *text, size_t len, const char **key)
{
	unsigned int known = slots[find_slot(text, len)];

	*key = keys[known].text;
	return known;
}

static unsigned int number_of(const char *text, size_t len)
{
	unsigned int slot = find_slot(text, len);

	if (!slots[slot]) {
		nr_keys++;
		slots[slot] = (__u8)nr_keys;
		keys[nr_keys] = (struct key){ text, len };
	}
	return slots[slot];
}

static void add_key(struct nw_index *index, const struct nw_place *place)
{
	index->place[index->nr] = *place;
	index->place[index->nr].nth = (__u8)index->nr;
	index->nr++;
	index->at[number_of(place->key, place->len)] = (__u8)index->nr;
}

/* Each bit is a key; a route's gateway is an address, not that bit. */
static void add_flags(struct nw_index *index, struct nw_place place,
		      const struct nw_desc *body)
{
	const struct nw_names *names = place.field->names;

	for (place.bit = 0; place.bit < names->nr; place.bit++) {
		place.key = names->name[place.bit];
		place.len = (__u32)strlen(place.key);
		if (!body || !nw_field_by_key(body, place.key, place.len))
			add_key(index, &place);
	}
}

static void add_field(struct nw_index *index, const struct nw_desc *desc,
		      const struct nw_field *f, __u16 off,
		      const struct nw_desc *body)
{
	struct nw_place place = {
		.key = f->key, .desc = desc, .field = f, .off = off,
		.to = (__u16)(off + f->off), .kind = f->kind,
	};

	if (f->kind == NW_KIND_FLAGS) {
		add_flags(index, place, body);
	} else if (f->key) {
		place.len = f->key_len;
		add_key(index, &place);
	}
}

/* What a kernel log does not say, and an event from one does not have. */
static bool may_lack(const struct nw_desc *desc, const struct nw_field *f)
{
	return (desc == &nw_desc_origin && f->attr == NW_A_NETNS_INO) ||
	       (desc == &nw_desc_record && f->attr == NW_A_RECORD_REAL);
}

static struct nw_part *add_part(struct nw_index *index,
				const struct nw_desc *desc, size_t off)
{
	struct nw_part *part = &index->part[index->nr_parts++];
	unsigned int i;

	part->desc = desc;
	part->off = (__u16)off;
	for (i = 0; i < desc->nr; i++) {
		const struct nw_field *f = &desc->field[i];

		if ((f->how & NW_REQUIRED) && !may_lack(desc, f))
			part->required |= NW_BIT(f->attr);
		if (f->kind == NW_KIND_FAMILY)
			part->family = f;
		if (f->how & NW_OF_FAMILY)
			part->of_family |= 1U << i;
	}
	return part;
}

static void add_whole(struct nw_index *index, const struct nw_desc *desc,
		      size_t off)
{
	unsigned int i;

	add_part(index, desc, off);
	for (i = 0; i < desc->nr; i++)
		add_field(index, desc, &desc->field[i], (__u16)off, NULL);
}

/* The nests of a record have no keys: theirs stand among the record's. */
static void add_nest(struct nw_index *index, const struct nw_field *f,
		     bool body)
{
	struct nw_part *part = &index->part[index->nr_parts];

	add_whole(index, f->sub, f->off);
	part->attr = f->attr;
	part->body = body;
}

static void add_record(struct nw_index *index, __u8 type)
{
	const struct nw_desc *desc = &nw_desc_record;
	const struct nw_desc *body;
	unsigned int i;

	body = nw_field_by_attr(desc, nw_types[type].attr)->sub;
	for (i = 0; i < desc->nr; i++) {
		const struct nw_field *f = &desc->field[i];

		if (f->kind != NW_KIND_NEST)
			add_field(index, desc, f, 0, body);
		else if (f->attr == nw_types[type].attr)
			add_nest(index, f, true);
		else if (f->off != offsetof(struct nw_event, neigh))
			add_nest(index, f, false);
	}
	add_part(index, desc, 0);
}

static void add_stamps(struct nw_index *index)
{
	static const unsigned int stamps[] = { NW_A_RECORD_REAL, NW_A_RECORD_MONO };
	const struct nw_desc *desc = &nw_desc_record;
	size_t i;

	for (i = 0; i < 2; i++)
		add_field(index, desc, nw_field_by_attr(desc, stamps[i]), 0,
			  NULL);
	add_part(index, desc, 0)->required = NW_BIT(NW_A_RECORD_MONO);
}

static void add_index(unsigned int kind)
{
	struct nw_index *index = &indexes[kind];

	index->strict = kind != NW_TYPE_UNKNOWN;
	add_whole(index, &nw_desc_origin, offsetof(struct nw_event, origin));
	if (kind == NW_INDEX_OWN)
		add_stamps(index);
	else if (kind != NW_TYPE_UNKNOWN)
		add_record(index, (__u8)kind);
}

void nw_index_init(void)
{
	unsigned int kind;

	if (nr_keys)
		return;
	number_of("v", 1);	/* NW_INDEX_V */
	number_of("event", 5);	/* NW_INDEX_EVENT */
	for (kind = 0; kind <= NW_INDEX_OWN; kind++)
		add_index(kind);
}

const struct nw_index *nw_index_of(unsigned int kind)
{
	return &indexes[kind];
}
