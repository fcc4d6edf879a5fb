// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "format.h"
#include "twin.h"

#define INDENT		2
/* A line may hold less than an object has: it goes on below. */
#define LINE_ENOUGH	700

static void init(struct nw_twin *t, FILE *text, FILE *json, bool tree)
{
	memset(t, 0, sizeof(*t));
	t->text = text;
	t->json.file = json;
	t->tree = tree;
}

void nw_twin_begin(struct nw_twin *t, FILE *text, FILE *json, bool tree)
{
	init(t, text, json, tree);
	nw_json_open(&t->json, NULL, '[');
}

void nw_twin_end(struct nw_twin *t)
{
	nw_json_close(&t->json, ']');
	putc_unlocked('\n', t->json.file);
	/* An empty file could be taken for one that broke off. */
	if (!t->objects)
		fputs("none\n", t->text);
}

static void end_line(struct nw_twin *t)
{
	nw_line_end(&t->line, t->text, NW_COLOR_NONE, false);
}

/* Where the next words of the text go. */
static void indent(struct nw_twin *t)
{
	if (t->tree) {
		nw_line_start(&t->line, (t->depth + 2) * INDENT);
		nw_line_add(&t->line, "%*s", (int)(t->depth * INDENT), "");
	} else if (t->line.len > LINE_ENOUGH) {
		end_line(t);
		nw_line_start(&t->line, 4);
		nw_line_add(&t->line, "    ");
	} else if (t->line.len) {
		nw_line_add(&t->line, " ");
	}
}

/*
 * A value in pieces, as names escape within a bounded room. Blanks separate
 * words in a line, and do no harm in a tree.
 */
static void add_text(struct nw_twin *t, const char *value)
{
	char piece[NW_VALUE_TEXT / 4];
	size_t len;

	for (; *value; value += len) {
		len = t->tree ? strcspn(value, " ") : strlen(value);
		if (len >= sizeof(piece))
			len = sizeof(piece) - 1;
		snprintf(piece, sizeof(piece), "%.*s", (int)len, value);
		nw_line_add_name(&t->line, piece);
		for (; t->tree && value[len] == ' '; len++)
			nw_line_add(&t->line, " ");
		if (t->line.len > LINE_ENOUGH) {
			end_line(t);
			nw_line_add(&t->line, "%*s", (int)t->line.indent, "");
		}
	}
}

static void say(struct nw_twin *t, const char *key, const char *value)
{
	indent(t);
	if (key)
		nw_line_add(&t->line, "%s%s", key, t->tree ? ": " : " ");
	add_text(t, value);
	if (t->tree)
		end_line(t);
}

void nw_twin_object(struct nw_twin *t, const char *title)
{
	t->objects++;
	/* One a line, so that a piece of a broken file is of use. */
	if (t->objects > 1)
		nw_json_line(&t->json);
	nw_json_open(&t->json, NULL, '{');
	nw_line_start(&t->line, 4);
	if (!t->tree)
		return;
	add_text(t, title);
	end_line(t);
	t->depth = 1;
}

void nw_twin_object_end(struct nw_twin *t)
{
	nw_json_close(&t->json, '}');
	if (!t->tree)
		end_line(t);
	t->depth = 0;
}

void nw_twin_begin_one(struct nw_twin *t, FILE *text, FILE *json,
		       const char *title)
{
	init(t, text, json, true);
	nw_twin_object(t, title);
}

void nw_twin_end_one(struct nw_twin *t)
{
	nw_twin_object_end(t);
	putc_unlocked('\n', t->json.file);
}

void nw_twin_open(struct nw_twin *t, const char *key, char bracket)
{
	nw_json_open(&t->json, key, bracket);
	indent(t);
	if (t->tree) {
		nw_line_add(&t->line, "%s:", key ? key : "-");
		end_line(t);
	} else {
		nw_line_add(&t->line, key ? "%s (" : "(", key);
	}
	t->depth++;
}

void nw_twin_close(struct nw_twin *t, char bracket)
{
	nw_json_close(&t->json, bracket);
	t->depth--;
	if (!t->tree)
		nw_line_add(&t->line, " )");
}

void nw_twin_string(struct nw_twin *t, const char *key, const char *value)
{
	nw_json_string(&t->json, key, value);
	say(t, key, value);
}

void nw_twin_number(struct nw_twin *t, const char *key, __u64 value)
{
	char text[32];

	nw_json_number(&t->json, key, value);
	snprintf(text, sizeof(text), "%llu", value);
	say(t, key, text);
}

void nw_twin_signed(struct nw_twin *t, const char *key, __s64 value)
{
	char text[32];

	nw_json_signed(&t->json, key, value);
	snprintf(text, sizeof(text), "%lld", value);
	say(t, key, text);
}

void nw_twin_flag(struct nw_twin *t, const char *key)
{
	nw_json_bool(&t->json, key, true);
	if (t->tree) {
		say(t, key, "yes");
		return;
	}
	indent(t);
	nw_line_add(&t->line, "%s", key);
}
