/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How a line reads: "{key}" is a field's value, "{^key}" in upper case; a part
 * in "[...]" is left out when one of its values is not known. Looked through
 * once, by whoever needs it first: from then on its fields are known.
 */
#ifndef NW_TEMPLATE_H
#define NW_TEMPLATE_H

#include <linux/types.h>

#include "fields.h"

#define NW_TEMPLATE_PIECES	20
#define NW_TEMPLATE_FROM	2	/* structures that values come from */

enum nw_piece_kind {
	NW_PIECE_END,
	NW_PIECE_TEXT,
	NW_PIECE_VALUE,
	NW_PIECE_UPPER,		/* a value in upper case */
	NW_PIECE_OPEN,		/* a part that may be left out begins */
	NW_PIECE_CLOSE,
};

/**
 * struct nw_piece - one of the pieces of a template
 * @text: of %NW_PIECE_TEXT, @len bytes of it
 * @field: of a value: what it is called in each of the structures; NULL
 *	where it has no such field
 */
struct nw_piece {
	enum nw_piece_kind kind;
	__u32 len;
	const char *text;
	const struct nw_field *field[NW_TEMPLATE_FROM];
};

/**
 * nw_template_of() - the pieces of a template
 * @text: the template, a literal: it is known by its address
 * @desc: what describes each of the structures; NULL: there is none
 *
 * Return: pieces up to %NW_PIECE_END, until the next call.
 */
const struct nw_piece *nw_template_of(const char *text,
				      const struct nw_desc *const desc[]);

#endif /* NW_TEMPLATE_H */
