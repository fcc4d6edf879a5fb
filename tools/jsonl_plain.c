// SPDX-License-Identifier: GPL-2.0
/*
 * An object as the writer writes it, on a line of its own: no blanks, strings
 * of plain ASCII without escapes, whole numbers, no nesting. A recording has
 * nothing else but for odd names and findings, and this costs a sixth of the
 * parser's way through it. Whatever is not plain is none of ours: the parser
 * takes the line as if nobody had looked.
 */
#include <string.h>

#include "jsonl.h"

/* What may stand in a plain string: neither a quote nor a backslash. */
static const bool plain[256] = {
	[' ' ... '!'] = true, ['#' ... '['] = true, [']' ... '~'] = true,
};

/*
 * Ends the string that begins at *@at, behind its quote, with a 0, and moves
 * behind it. The 0 at the end of the line ends every search.
 */
static char *take_string(char **at)
{
	char *begin = *at, *end = begin;

	while (plain[(unsigned char)*end])
		end++;
	if (*end != '"')
		return NULL;
	*end = '\0';
	*at = end + 1;
	return begin;
}

/* A number needs what is behind it to end it; that is the caller's. */
static bool take_digits(char **at)
{
	char *p = *at;

	if (*p == '0')
		p++;
	else
		while (*p >= '0' && *p <= '9')
			p++;
	if (p == *at)
		return false;
	*at = p;
	return true;
}

static bool take_word(char **at, const char *word, size_t len)
{
	if (strncmp(*at, word, len))
		return false;
	*at += len;
	return true;
}

static bool take_value(struct nw_flat_value *v, char **at)
{
	static const struct {
		const char *word;
		size_t len;
		enum nw_flat_kind kind;
	} words[] = {
		{ "true", 4, NW_FLAT_TRUE },
		{ "false", 5, NW_FLAT_FALSE },
		{ "null", 4, NW_FLAT_NULL },
	};
	size_t i;

	v->text = *at;
	v->kind = NW_FLAT_NUMBER;
	if (take_digits(at))
		return true;
	v->kind = NW_FLAT_STRING;
	if (**at == '"') {
		(*at)++;
		v->text = take_string(at);
		return v->text;
	}
	v->text = "";
	for (i = 0; i < 3; i++) {
		v->kind = words[i].kind;
		if (take_word(at, words[i].word, words[i].len))
			return true;
	}
	return false;
}

/* "key":value and what stands behind it, which ends a number, too. */
static bool take_member(struct nw_flat_value *v, char **at, char *behind)
{
	if (*(*at)++ != '"')
		return false;
	v->taken = false;
	v->key = take_string(at);
	if (!v->key)
		return false;
	v->len = (size_t)(*at - 1 - v->key);
	if (*(*at)++ != ':' || !take_value(v, at))
		return false;
	*behind = **at;
	*(*at)++ = '\0';
	return true;
}

bool nw_flat_plain(struct nw_flat *flat, const char *line, size_t len)
{
	char *at = flat->text, behind = ',';

	if (len && line[len - 1] == '\n')
		len--;
	if (len < 2 || len >= sizeof(flat->text) || *line != '{')
		return false;
	memcpy(at, line, len);
	at[len] = '\0';
	flat->nr = 0;
	flat->used = len + 1;
	flat->dropped = 0;
	for (at++; behind == ','; flat->nr++)
		if (flat->nr == NW_FLAT_VALUES ||
		    !take_member(&flat->value[flat->nr], &at, &behind))
			return false;
	return behind == '}' && at == flat->text + len;
}
