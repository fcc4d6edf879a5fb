/* SPDX-License-Identifier: GPL-2.0 */
/* One line of text: put together, then written within 79 columns. */
#ifndef NW_LINE_H
#define NW_LINE_H

#include <stdbool.h>
#include <stdio.h>

#include "fields.h"
#include "text.h"

#define NW_WIDTH	79

enum nw_color {
	NW_COLOR_NONE,
	NW_COLOR_BAD,		/* packets do not flow, or records are lost */
	NW_COLOR_GOOD,		/* they flow again */
	NW_COLOR_DOUBT,		/* look at this */
	NW_COLOR_HEAD,
};

struct nw_line {
	size_t len;
	size_t indent;		/* of the lines that continue this one */
	char buf[1024];
};

void nw_line_start(struct nw_line *line, size_t indent);
__printf(2, 3)
void nw_line_add(struct nw_line *line, const char *fmt, ...);
void nw_line_add_bytes(struct nw_line *line, const char *s, size_t len);

/* The room behind the line, for what put.h has; then tell it what it took. */
static inline struct nw_text nw_line_rest(struct nw_line *line)
{
	return nw_text_begin(line->buf + line->len,
			     sizeof(line->buf) - line->len);
}

static inline void nw_line_took(struct nw_line *line, const struct nw_text *t)
{
	line->len = (size_t)(t->at - line->buf);
}

/* Where columns are many: printf() takes 300 instructions for a string. */
static inline void nw_line_add_string(struct nw_line *line, const char *s)
{
	struct nw_text t = nw_line_rest(line);

	nw_text_string(&t, s);
	nw_line_took(line, &t);
}

/* Names come from elsewhere: what could move the cursor is escaped. */
void nw_line_add_name(struct nw_line *line, const char *name);
/* Pad to a column; a line that is there already goes on below it. */
void nw_line_column(struct nw_line *line, size_t column);

/* Where a template takes its values from, in this order; two at most. */
struct nw_values {
	const struct nw_desc *desc;
	const void *obj;
};

/**
 * nw_line_fill() - add a template with values
 * @line: the line
 * @tmpl: as template.h has it, a literal
 * @values: structures to look in
 * @nr: how many
 * @precise: durations with all digits
 */
void nw_line_fill(struct nw_line *line, const char *tmpl,
		  const struct nw_values *values, unsigned int nr,
		  bool precise);

/* Write it, broken at blanks where it is too long, and start anew. */
void nw_line_end(struct nw_line *line, FILE *file, enum nw_color color,
		 bool colored);

#endif /* NW_LINE_H */
