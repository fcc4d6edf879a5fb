/* SPDX-License-Identifier: GPL-2.0 */
/* How field tables are written; for fields.c and fields_object.c only. */
#ifndef NW_FIELDS_MACROS_H
#define NW_FIELDS_MACROS_H

#define NAMES(array_) \
	{ .name = (array_), .nr = sizeof(array_) / sizeof(const char *) }

#define DESC(name_, fields_, pad_) \
	{ .name = (name_), .field = (fields_), \
	  .nr = sizeof(fields_) / sizeof(struct nw_field), .pad = (pad_), \
	  .finder = &(struct nw_finder){ 0 } }

/* Of what is not shown by itself. */
#define NO_KEY	""

/* A literal. */
#define KEY(key_) \
	.key = sizeof(key_) > 1 ? (key_) : NULL, \
	.key_len = sizeof(key_) - 1, .label = "," #key_ ":"

/* A value whose size goes with its kind. */
#define F(attr_, key_, kind_, struct_, member_, how_) \
	{ .attr = (attr_), KEY(key_), .kind = NW_KIND_##kind_, \
	  .off = offsetof(struct_, member_), .how = (how_) }

/* A string, with the room for it. */
#define S(attr_, key_, struct_, member_, size_, how_) \
	{ .attr = (attr_), KEY(key_), .kind = NW_KIND_STRING, \
	  .off = offsetof(struct_, member_), .size = (size_), .how = (how_) }

/* An enumeration, or bits, with names. */
#define NAMED(attr_, key_, kind_, names_, struct_, member_, how_) \
	{ .attr = (attr_), KEY(key_), .kind = NW_KIND_##kind_, \
	  .names = &(names_), .off = offsetof(struct_, member_), \
	  .how = (how_) }
#define E(attr_, key_, names_, struct_, member_, how_) \
	NAMED(attr_, key_, ENUM, names_, struct_, member_, how_)

/* An address with its prefix length at @len_. */
#define P(attr_, key_, struct_, member_, len_, how_) \
	{ .attr = (attr_), KEY(key_), .kind = NW_KIND_PREFIX, \
	  .off = offsetof(struct_, member_), .aux = (len_), .how = (how_) }

/* A nest. */
#define N(attr_, key_, sub_, struct_, member_, how_) \
	{ .attr = (attr_), KEY(key_), .kind = NW_KIND_NEST, \
	  .sub = &(sub_), .off = offsetof(struct_, member_), .how = (how_) }

/* A nest that comes up to @max_ times, counted at @nr_. */
#define A(attr_, key_, sub_, struct_, member_, nr_, size_, max_) \
	{ .attr = (attr_), KEY(key_), .kind = NW_KIND_ARRAY, \
	  .sub = &(sub_), .off = offsetof(struct_, member_), \
	  .aux = (nr_), .size = (size_), .max = (max_) }

#endif /* NW_FIELDS_MACROS_H */
