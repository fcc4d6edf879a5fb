// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "line.h"
#include "put.h"
#include "template.h"

void nw_line_start(struct nw_line *line, size_t indent)
{
	line->len = 0;
	line->indent = indent;
	line->buf[0] = '\0';
}

void nw_line_add(struct nw_line *line, const char *fmt, ...)
{
	size_t room = sizeof(line->buf) - line->len;
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(line->buf + line->len, room, fmt, ap);
	va_end(ap);
	if (len < 0)
		return;
	line->len += (size_t)len < room ? (size_t)len : room - 1;
}

/* The length of what is behind the last line break. */
static size_t at_column(const struct nw_line *line)
{
	const char *nl = memrchr(line->buf, '\n', line->len);

	return nl ? line->len - (size_t)(nl + 1 - line->buf) : line->len;
}

static void add_blanks(struct nw_text *t, size_t nr)
{
	size_t room = (size_t)(t->end - t->at);

	if (nr > room)
		nr = room;
	memset(t->at, ' ', nr);
	t->at += nr;
	*t->at = '\0';
}

void nw_line_column(struct nw_line *line, size_t column)
{
	struct nw_text t = nw_line_rest(line);
	size_t at = at_column(line);

	if (at >= column && at > 0) {
		nw_text_char(&t, '\n');
		at = 0;
	}
	add_blanks(&t, column - at);
	nw_line_took(line, &t);
}

static void upper_case(char *s)
{
	for (; *s; s++)
		*s = (char)toupper((unsigned char)*s);
}

/* From the first structure that has it; false when none has. */
static bool value(struct nw_text *t, const struct nw_piece *piece,
		  const struct nw_values *values, unsigned int nr, bool precise)
{
	char *at = t->at;
	unsigned int i;

	for (i = 0; i < nr; i++) {
		const struct nw_field *f = piece->field[i];

		if (!f || !nw_field_has(f, values[i].obj))
			continue;
		nw_put_field(t, f, values[i].obj, precise);
		if (piece->kind == NW_PIECE_UPPER)
			upper_case(at);
		return true;
	}
	nw_text_char(t, '?');
	return false;
}

void nw_line_fill(struct nw_line *line, const char *tmpl,
		  const struct nw_values *values, unsigned int nr,
		  bool precise)
{
	const struct nw_desc *const desc[NW_TEMPLATE_FROM] = {
		values[0].desc, nr > 1 ? values[1].desc : NULL,
	};
	const struct nw_piece *piece = nw_template_of(tmpl, desc);
	struct nw_text t = nw_line_rest(line);
	char *part = t.at;
	bool skip = false;

	for (; piece->kind != NW_PIECE_END; piece++) {
		switch (piece->kind) {
		case NW_PIECE_TEXT:
			nw_text_bytes(&t, piece->text, piece->len);
			break;
		case NW_PIECE_OPEN:
			part = t.at;
			skip = false;
			break;
		case NW_PIECE_CLOSE:
			if (skip)
				t.at = part;
			*t.at = '\0';
			break;
		default:
			skip |= !value(&t, piece, values, nr, precise);
		}
	}
	nw_line_took(line, &t);
}

void nw_line_add_name(struct nw_line *line, const char *name)
{
	struct nw_text t = nw_line_rest(line);

	nw_put_name(&t, name);
	nw_line_took(line, &t);
}

void nw_line_add_bytes(struct nw_line *line, const char *s, size_t len)
{
	struct nw_text t = nw_line_rest(line);

	nw_text_bytes(&t, s, len);
	nw_line_took(line, &t);
}

/* How much of @s goes on a line with room for @room columns. */
static size_t piece(const char *s, size_t room)
{
	size_t len = strcspn(s, "\n");
	size_t i;

	if (len <= room)
		return len;
	for (i = room; i > 0; i--)
		if (s[i] == ' ')
			return i;
	return room;
}

static const char *escape(enum nw_color color)
{
	switch (color) {
	case NW_COLOR_BAD:
		return "\033[1;31m";
	case NW_COLOR_GOOD:
		return "\033[32m";
	case NW_COLOR_DOUBT:
		return "\033[33m";
	case NW_COLOR_HEAD:
		return "\033[1m";
	default:
		return NULL;
	}
}

/* What stands at @s, @len bytes, as a line of its own behind @indent blanks. */
static void put_line(struct nw_text *t, const char *s, size_t len,
		     size_t indent, const char *on)
{
	static const char blanks[NW_WIDTH] = {
		[0 ... NW_WIDTH - 1] = ' ',
	};

	while (len && s[len - 1] == ' ')
		len--;
	if (on)
		nw_text_string(t, on);
	if (indent)
		nw_text_bytes(t, blanks, indent < NW_WIDTH ? indent : NW_WIDTH);
	nw_text_bytes(t, s, len);
	if (on)
		nw_text_string(t, "\033[0m");
	nw_text_char(t, '\n');
}

/* Writes what is there, unless there is room for the longest line, too. */
static void make_room(struct nw_text *t, char *begin, FILE *file)
{
	if (t->end - t->at > (ptrdiff_t)sizeof(((struct nw_line *)NULL)->buf) +
			     NW_WIDTH + 32)
		return;
	fwrite_unlocked(begin, 1, (size_t)(t->at - begin), file);
	t->at = begin;
}

void nw_line_end(struct nw_line *line, FILE *file, enum nw_color color,
		 bool colored)
{
	const char *on = colored ? escape(color) : NULL;
	const char *s = line->buf;
	char buf[2 * sizeof(line->buf)];
	struct nw_text t = nw_text_begin(buf, sizeof(buf));
	size_t indent = 0, len;

	do {
		make_room(&t, buf, file);
		len = piece(s, NW_WIDTH - indent);
		put_line(&t, s, len, indent, on);
		s += len;
		indent = line->indent;
		if (*s == '\n') {
			s++;
			indent = 0;
		}
		while (*s == ' ' && indent)
			s++;
	} while (*s);
	fwrite_unlocked(buf, 1, (size_t)(t.at - buf), file);
	nw_line_start(line, line->indent);
}
