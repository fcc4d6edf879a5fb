/* SPDX-License-Identifier: GPL-2.0 */
/* A table of fields, by attribute: found without a search. */
#ifndef NW_FINDER_H
#define NW_FINDER_H

#include <stdbool.h>
#include <linux/types.h>

struct nw_desc;

#define NW_FINDER_ATTRS	64	/* as many as there are bits in @has */
#define NW_FINDER_PLAIN	0xffff

/**
 * struct nw_spot - where the value of an attribute goes
 * @field: number of its field, from 1 on; 0: there is none
 * @off: where the value is kept
 * @plain: bytes that it has if they only have to be copied; else
 *	%NW_FINDER_PLAIN, which is none
 */
struct nw_spot {
	__u16 field;
	__u16 off;
	__u16 plain;
	__u16 unused;	/* eight bytes are found without a multiplication */
};

/**
 * struct nw_finder - what is looked for in one table of fields
 * @made: all below is there; it is made when it is asked for first
 * @required: bits of the attributes a nest cannot lack
 * @addrs: bits of those that are checked when all are there: addresses
 * @family: where the family is, that their length goes with; 0: nowhere
 */
struct nw_finder {
	bool made;
	__u64 required;
	__u64 addrs;
	__u16 family;
	struct nw_spot spot[NW_FINDER_ATTRS];
};

void nw_finder_make(const struct nw_desc *desc);

#endif /* NW_FINDER_H */
