/* SPDX-License-Identifier: GPL-2.0 */
/* Where the value of each key goes, for each kind of object; by fields.c. */
#ifndef NW_JSONL_INDEX_H
#define NW_JSONL_INDEX_H

#include "fields.h"

/* An event's type, or one of the reader's own lines: origin and stamps. */
#define NW_INDEX_OWN	(NW_TYPE_MAX + 1)

#define NW_INDEX_PLACES	64	/* keys of one kind of object */
#define NW_INDEX_KEYS	255	/* of all kinds */
#define NW_INDEX_SLOTS	512
#define NW_INDEX_PARTS	4

/**
 * struct nw_place - what a key means
 * @key: the key, @len its length
 * @desc: description of a part of the event
 * @field: the field in it
 * @off: of that part in struct nw_event
 * @to: of the field in struct nw_event
 * @kind: &enum nw_kind of the field
 * @bit: of %NW_KIND_FLAGS: which one the key is
 * @nth: which of the places it is
 */
struct nw_place {
	const char *key;
	const struct nw_desc *desc;
	const struct nw_field *field;
	__u32 len;
	__u16 off;
	__u16 to;
	__u8 kind;
	__u8 bit;
	__u8 nth;
};

/**
 * struct nw_part - a structure in the event that has fields
 * @off: of it in struct nw_event
 * @attr: the record's attribute that it is, 0: none
 * @body: it is there even if all in it is unknown
 * @family: the field that tells its family, if others depend on it
 * @of_family: which fields those are, a bit each
 * @required: bits of what it cannot lack
 */
struct nw_part {
	const struct nw_desc *desc;
	__u16 off;
	__u16 attr;
	bool body;
	const struct nw_field *family;
	__u32 of_family;
	__u64 required;
};

/**
 * struct nw_index - one kind of object
 * @strict: all its keys are known, but for those newer than this reader
 * @at: for each key of all the number of its place, from 1 on; 0: not here
 * @part: in the order in which they are checked
 */
struct nw_index {
	unsigned int nr;
	unsigned int nr_parts;
	bool strict;
	__u8 at[NW_INDEX_KEYS + 1];
	struct nw_place place[NW_INDEX_PLACES];
	struct nw_part part[NW_INDEX_PARTS];
};

/* @kind: enum nw_type, of which UNKNOWN has but an origin, or %NW_INDEX_OWN. */
const struct nw_index *nw_index_of(unsigned int kind);

/* Numbers of keys that every line has, and no table. */
#define NW_INDEX_V	1
#define NW_INDEX_EVENT	2

/* Before any of these is asked for. */
void nw_index_init(void);

/**
 * nw_index_key() - which key is that?
 * @text: any text
 * @len: its length
 * @key: set to a lasting copy of a key that is known
 *
 * Return: its number, from 1 on, or 0.
 */
unsigned int nw_index_key(const char *text, size_t len, const char **key);

/* Where the key of that number goes; NULL: there is no such key there. */
static inline const struct nw_place *nw_index_find(const struct nw_index *index,
						   unsigned int known)
{
	return index->at[known] ? &index->place[index->at[known] - 1] : NULL;
}

#endif /* NW_JSONL_INDEX_H */
