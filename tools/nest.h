/* SPDX-License-Identifier: GPL-2.0 */
/* Attributes of one nest, read into a structure by the tables of fields.h. */
#ifndef NW_NEST_H
#define NW_NEST_H

#include <stdbool.h>

#include "compiler.h"
#include "decode.h"
#include "fields.h"

struct nlattr;

/**
 * struct nw_nest - one nest being read
 * @up: the nest around it, or NULL; tells the place in what is refused
 * @desc: its table
 * @obj: where the values go
 * @others: true for attributes that someone else reads; may be NULL
 */
struct nw_nest {
	const struct nw_nest *up;
	const struct nw_desc *desc;
	void *obj;
	bool (*others)(int attr);
};

/**
 * nw_nest_parse() - read all attributes of a nest
 * @d: counts what is skipped, keeps the words when something is refused
 * @nest: what to read by, and into what
 * @head: the first attribute
 * @len: bytes of all
 *
 * Return: 0, or -EBADMSG with the place in @d->why.
 */
int nw_nest_parse(struct nw_decoder *d, const struct nw_nest *nest,
		  const struct nlattr *head, int len);

/**
 * nw_nest_refuse() - say why a message makes no sense
 * @d: keeps the words
 * @nest: where; NULL when it is the message itself
 * @fmt: why
 *
 * Return: -EBADMSG.
 */
__printf(3, 4)
int nw_nest_refuse(struct nw_decoder *d, const struct nw_nest *nest,
		   const char *fmt, ...);

#endif /* NW_NEST_H */
