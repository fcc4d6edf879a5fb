// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "format.h"
#include "line.h"

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

void nw_line_add_name(struct nw_line *line, const char *name)
{
	char text[NW_VALUE_TEXT];

	nw_format_name(text, sizeof(text), name);
	nw_line_add(line, "%s", text);
}

/* The length of what is behind the last line break. */
static size_t at_column(const struct nw_line *line)
{
	const char *nl = strrchr(line->buf, '\n');

	return nl ? strlen(nl + 1) : line->len;
}

void nw_line_column(struct nw_line *line, size_t column)
{
	size_t at = at_column(line);

	if (at >= column && at > 0)
		nw_line_add(line, "\n%*s", (int)column, "");
	else
		nw_line_add(line, "%*s", (int)(column - at), "");
}

/* Looks up "key" or "^key", up to @end; false when it is not known. */
static bool value(char *buf, size_t size, const char *key, const char *end,
		  const struct nw_values *values, unsigned int nr,
		  bool precise)
{
	bool upper = *key == '^';
	char name[32];
	unsigned int i;

	key += upper;
	snprintf(name, sizeof(name), "%.*s", (int)(end - key), key);
	for (i = 0; i < nr; i++) {
		const struct nw_field *f;

		f = nw_field_by_key(values[i].desc, name);
		if (!f || !nw_field_has(f, values[i].obj))
			continue;
		nw_format_field(buf, size, f, values[i].obj, precise);
		for (; upper && *buf; buf++)
			*buf = (char)toupper((unsigned char)*buf);
		return true;
	}
	return false;
}

void nw_line_fill(struct nw_line *line, const char *tmpl,
		  const struct nw_values *values, unsigned int nr,
		  bool precise)
{
	size_t part = line->len;
	bool skip = false;
	const char *end;
	char text[NW_VALUE_TEXT];

	for (; *tmpl; tmpl++) {
		if (*tmpl == '[') {
			part = line->len;
			skip = false;
		} else if (*tmpl == ']') {
			if (skip) {
				line->len = part;
				line->buf[part] = '\0';
			}
			skip = false;
		} else if (*tmpl == '{') {
			end = strchr(tmpl, '}');
			if (!value(text, sizeof(text), tmpl + 1, end, values,
				   nr, precise)) {
				snprintf(text, sizeof(text), "?");
				skip = true;
			}
			nw_line_add(line, "%s", text);
			tmpl = end;
		} else {
			nw_line_add(line, "%c", *tmpl);
		}
	}
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

void nw_line_end(struct nw_line *line, FILE *file, enum nw_color color,
		 bool colored)
{
	const char *on = colored ? escape(color) : NULL;
	const char *s = line->buf;
	size_t indent = 0;

	do {
		size_t len = piece(s, NW_WIDTH - indent);
		size_t shown = len;

		while (shown && s[shown - 1] == ' ')
			shown--;
		fprintf(file, "%s%*s%.*s%s\n", on ? on : "", (int)indent, "",
			(int)shown, s, on ? "\033[0m" : "");
		s += len;
		indent = line->indent;
		if (*s == '\n') {
			s++;
			indent = 0;
		}
		while (*s == ' ' && indent)
			s++;
	} while (*s);
	nw_line_start(line, line->indent);
}
