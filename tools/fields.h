/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The one description of every field: decoding, text and JSON come from it.
 */
#ifndef NW_FIELDS_H
#define NW_FIELDS_H

#include <stddef.h>
#include <linux/types.h>

#include "event.h"
#include "finder.h"
#include "json.h"
#include "object.h"

/* How a value is sent, kept and shown. */
enum nw_kind {
	NW_KIND_U8,		/* number */
	NW_KIND_U32,
	NW_KIND_U64,
	NW_KIND_ID,		/* u64, a string in JSON: readers keep 53 bits */
	NW_KIND_BOOL,		/* u8 */
	NW_KIND_FLAG,		/* attribute without a value */
	NW_KIND_STRING,
	NW_KIND_FAMILY,		/* u8, AF_INET or AF_INET6 */
	NW_KIND_ADDR,
	NW_KIND_PREFIX,		/* address; @aux is where its length is */
	NW_KIND_LLADDR,
	NW_KIND_NUD,		/* u8 */
	NW_KIND_PATH,		/* NUD states, one byte each */
	NW_KIND_ENUM,		/* u8 with @names */
	NW_KIND_NS,		/* u64, duration in ns */
	NW_KIND_SECONDS,	/* u64, a clock in ns, shown in seconds */
	NW_KIND_STAMP,		/* u64, CLOCK_MONOTONIC */
	NW_KIND_REAL,		/* u64, CLOCK_REALTIME */
	NW_KIND_FLAGS,		/* u32 with @names, a bit each */
	NW_KIND_FEATURES,	/* u64 with @names, a bit each */
	NW_KIND_NEST,		/* @sub; without a key its fields are inline */
	NW_KIND_ARRAY,		/* @sub, repeated; @aux is where the count is */
};

#define NW_REQUIRED	1	/* a nest without it makes no sense */
#define NW_OF_FAMILY	2	/* its length must be that of the family */

struct nw_names {
	const char *const *name;
	unsigned int nr;
};

struct nw_field {
	const char *key;	/* NULL: not shown by itself */
	const struct nw_names *names;
	const struct nw_desc *sub;
	__u16 attr;		/* number in its nest, and bit in @has */
	__u16 off;
	__u16 size;		/* of a string's room, or an array element */
	__u16 aux;
	__u8 kind;
	__u8 max;		/* array elements kept */
	__u8 how;		/* NW_REQUIRED, NW_OF_FAMILY */
	__u8 key_len;
	char label[1 + NW_JSON_LABEL];	/* ,"key": */
};

struct nw_desc {
	const char *name;	/* in messages about malformed input */
	const struct nw_field *field;
	unsigned int nr;
	__u16 pad;		/* number of the padding attribute, 0: none */
	struct nw_finder *finder;	/* for nw_finder_of() */
};

struct nw_type_name {
	const char *name;
	__u16 attr;
};

extern const struct nw_desc nw_desc_origin;
extern const struct nw_desc nw_desc_record;
extern const struct nw_desc nw_desc_mode;
extern const struct nw_desc nw_desc_neigh;
extern const struct nw_desc nw_desc_link;
extern const struct nw_desc nw_desc_nexthop;
extern const struct nw_desc nw_desc_stats;

extern const struct nw_names nw_names_cause;
extern const struct nw_names nw_names_carrier;
extern const struct nw_names nw_names_flags;
extern const struct nw_names nw_names_features;
extern const struct nw_names nw_names_source;

/* Indexed by enum nw_type. */
extern const struct nw_type_name nw_types[NW_TYPE_MAX + 1];

static inline const struct nw_finder *nw_finder_of(const struct nw_desc *desc)
{
	if (!desc->finder->made)
		nw_finder_make(desc);
	return desc->finder;
}

/* Where the value of any attribute goes; its field is 0: nowhere. */
static inline const struct nw_spot *nw_spot_of(const struct nw_finder *finder,
					       unsigned int attr)
{
	/* No table has an attribute 0. */
	return &finder->spot[attr < NW_FINDER_ATTRS ? attr : 0];
}

static inline const struct nw_field *nw_field_by_attr(const struct nw_desc *desc,
						      unsigned int attr)
{
	unsigned int nr = nw_spot_of(nw_finder_of(desc), attr)->field;

	return nr ? &desc->field[nr - 1] : NULL;
}

const struct nw_field *nw_field_by_key(const struct nw_desc *desc,
				       const char *key, size_t len);

/* The description and the values of an event's own fields. */
const struct nw_desc *nw_event_desc(const struct nw_event *ev);
const void *nw_event_body(const struct nw_event *ev);

/* Properties that filters ask for; NULL, or false, when it has none. */
const struct nw_addr *nw_event_addr(const struct nw_event *ev);
__u8 nw_event_family(const struct nw_event *ev);

static inline __u64 nw_load_u64(const void *obj, size_t off)
{
	return *(const __u64 *)(const void *)((const char *)obj + off);
}

static inline __u32 nw_load_u32(const void *obj, size_t off)
{
	return *(const __u32 *)(const void *)((const char *)obj + off);
}

static inline __u8 nw_load_u8(const void *obj, size_t off)
{
	return *((const __u8 *)obj + off);
}

static inline bool nw_field_has(const struct nw_field *field, const void *obj)
{
	return (nw_load_u64(obj, 0) & NW_BIT(field->attr)) != 0;
}

static inline const void *nw_at(const void *obj, size_t off)
{
	return (const char *)obj + off;
}

#endif /* NW_FIELDS_H */
