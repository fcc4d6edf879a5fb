// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "line.h"
#include "put.h"

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

static struct nw_text rest_of(struct nw_line *line)
{
	return nw_text_begin(line->buf + line->len,
			     sizeof(line->buf) - line->len);
}

/* Puts "key" or "^key", up to @end; false when it is not known. */
static bool value(struct nw_text *t, const char *key, const char *end,
		  const struct nw_values *values, unsigned int nr,
		  bool precise)
{
	const struct nw_field *f;
	bool upper = *key == '^';
	char *at = t->at;
	unsigned int i;

	key += upper;
	for (i = 0; i < nr; i++) {
		f = nw_field_by_key(values[i].desc, key, (size_t)(end - key));
		if (!f || !nw_field_has(f, values[i].obj))
			continue;
		nw_put_field(t, f, values[i].obj, precise);
		for (; upper && *at; at++)
			*at = (char)toupper((unsigned char)*at);
		return true;
	}
	return false;
}

void nw_line_fill(struct nw_line *line, const char *tmpl,
		  const struct nw_values *values, unsigned int nr,
		  bool precise)
{
	struct nw_text t = rest_of(line);
	char *part = t.at;
	bool skip = false;
	const char *end;

	for (; *tmpl; tmpl++) {
		if (*tmpl == '[') {
			part = t.at;
			skip = false;
		} else if (*tmpl == ']') {
			if (skip)
				t.at = part;
			*t.at = '\0';
			skip = false;
		} else if (*tmpl == '{') {
			end = strchr(tmpl, '}');
			if (!value(&t, tmpl + 1, end, values, nr, precise)) {
				nw_text_char(&t, '?');
				skip = true;
			}
			tmpl = end;
		} else {
			nw_text_char(&t, *tmpl);
		}
	}
	line->len = (size_t)(t.at - line->buf);
}

void nw_line_add_name(struct nw_line *line, const char *name)
{
	struct nw_text t = rest_of(line);

	nw_put_name(&t, name);
	line->len = (size_t)(t.at - line->buf);
}

void nw_line_add_string(struct nw_line *line, const char *s)
{
	struct nw_text t = rest_of(line);

	nw_text_string(&t, s);
	line->len = (size_t)(t.at - line->buf);
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
		if (on)
			fputs(on, file);
		if (indent)
			fprintf(file, "%*s", (int)indent, "");
		fwrite(s, 1, shown, file);
		fputs(on ? "\033[0m\n" : "\n", file);
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
