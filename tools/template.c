// SPDX-License-Identifier: GPL-2.0
#include <stdint.h>
#include <string.h>

#include "template.h"

/* More than are in use at a time: those of neighbours, links and routes. */
#define TEMPLATES	32

struct template {
	const char *text;
	const struct nw_desc *desc[NW_TEMPLATE_FROM];
	struct nw_piece piece[NW_TEMPLATE_PIECES + 1];
};

/* One place for each address: what else has it is looked through again. */
static struct template *place_of(const char *text)
{
	static struct template templates[TEMPLATES];
	uintptr_t at = (uintptr_t)text;

	return &templates[(at ^ at >> 5 ^ at >> 10) % TEMPLATES];
}

/* Behind the "{key}" at @text. */
static const char *add_value(struct nw_piece *piece, const char *text,
			     const struct nw_desc *const desc[])
{
	const char *end = strchr(text, '}');
	unsigned int i;

	piece->kind = text[1] == '^' ? NW_PIECE_UPPER : NW_PIECE_VALUE;
	text += text[1] == '^' ? 2 : 1;
	for (i = 0; i < NW_TEMPLATE_FROM; i++)
		piece->field[i] = !desc[i] ? NULL :
			nw_field_by_key(desc[i], text, (size_t)(end - text));
	return end + 1;
}

static const char *add_text(struct nw_piece *piece, const char *text)
{
	size_t len = strcspn(text, "[]{");

	piece->kind = NW_PIECE_TEXT;
	piece->text = text;
	piece->len = (__u32)len;
	return text + len;
}

static const char *add_piece(struct nw_piece *piece, const char *text,
			     const struct nw_desc *const desc[])
{
	if (*text == '{')
		return add_value(piece, text, desc);
	if (*text != '[' && *text != ']')
		return add_text(piece, text);
	piece->kind = *text == '[' ? NW_PIECE_OPEN : NW_PIECE_CLOSE;
	return text + 1;
}

static void look_through(struct template *t, const char *text,
			 const struct nw_desc *const desc[])
{
	struct nw_piece *piece = t->piece;

	t->text = text;
	memcpy(t->desc, desc, sizeof(t->desc));
	for (; *text && piece < t->piece + NW_TEMPLATE_PIECES; piece++)
		text = add_piece(piece, text, desc);
	piece->kind = NW_PIECE_END;
}

const struct nw_piece *nw_template_of(const char *text,
				      const struct nw_desc *const desc[])
{
	struct template *t = place_of(text);

	if (t->text != text || t->desc[0] != desc[0] || t->desc[1] != desc[1])
		look_through(t, text, desc);
	return t->piece;
}
