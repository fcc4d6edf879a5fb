/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Attributes of the kernel's routing netlink, written by tables. Nothing is
 * left out: an attribute that no table has is written as its bytes.
 */
#ifndef NW_RTATTR_H
#define NW_RTATTR_H

#include <linux/types.h>

#include "twin.h"

struct nlattr;

enum nw_rtkind {
	NW_RT_END,
	NW_RT_SKIP,		/* said elsewhere, or padding */
	NW_RT_NUMBER,		/* as wide as it comes */
	NW_RT_SIGNED,		/* 32 bits */
	NW_RT_BE16,
	NW_RT_FLAG,
	NW_RT_STRING,
	NW_RT_NAMED,		/* a number that has names, by @name */
	NW_RT_DEV,		/* the number of a device */
	NW_RT_ADDR,		/* IPv4 or IPv6, by its length */
	NW_RT_VIA,		/* a family, then an address of it */
	NW_RT_LLADDR,
	NW_RT_WORDS,		/* 32 bit each, by @words */
	NW_RT_WORDS64,
	NW_RT_NEST,		/* of @nest */
	NW_RT_LIST,		/* of any number of one, @nest */
	NW_RT_DATA,		/* of a kind that stands one number before */
	NW_RT_NEXTHOPS,		/* of a route */
	NW_RT_GROUP,		/* of next-hop objects */
};

/* What stands behind a message's header. */
struct nw_rtbody {
	const struct nlattr *head;
	int len;
};

typedef char *(*nw_rtname_fn)(int value, char *buf, size_t size);

/**
 * struct nw_rtattr - an attribute; the last of a table has %NW_RT_END
 * @type: its number
 * @kind: what it holds
 * @key: what it is called, in text and in JSON
 * @name: the name of a value
 * @words: the names of a structure's numbers; the last is NULL
 * @nest: what is within
 */
struct nw_rtattr {
	__u16 type;
	enum nw_rtkind kind;
	const char *key;
	nw_rtname_fn name;
	const char *const *words;
	const struct nw_rtattr *nest;
};

/* An element of a table: number, kind, key, and what else the kind wants. */
#define NW_RT(_type, _kind, _key, ...)					\
	{ .type = _type, .kind = NW_RT_##_kind, .key = _key, __VA_ARGS__ }
#define NW_RT_LAST	{ .kind = NW_RT_END }

/* What is within %NW_RT_DATA of a kind; NULL: not known. */
const struct nw_rtattr *nw_rtattr_data(const char *kind, bool slave);

void nw_rtattr_put(struct nw_twin *t, const struct nw_rtattr *table,
		   const struct nw_rtbody *body);

/*
 * An address with the length of its prefix, unless that is all of it; @none
 * without the address @type, or nothing when that is NULL, too.
 */
void nw_rtattr_prefix(struct nw_twin *t, const char *key,
		      const struct nw_rtbody *body, int type, __u8 len,
		      const char *none);
/* A device's name, and its number where @key is "dev". */
void nw_rtattr_dev(struct nw_twin *t, const char *key, __u32 ifindex);
/* By its name, or by its number where it has none. */
void nw_rtattr_named(struct nw_twin *t, const char *key, nw_rtname_fn name,
		     __u32 value);

#endif /* NW_RTATTR_H */
