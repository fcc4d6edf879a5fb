// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "text.h"

#define DIGITS	20	/* of the largest number */
#define WORD	32	/* copied at once, where there is room for it */

void nw_text_bytes(struct nw_text *t, const char *s, size_t len)
{
	size_t room = (size_t)(t->end - t->at);

	if (len > room)
		len = room;
	memcpy(t->at, s, len);
	t->at += len;
	*t->at = '\0';
}

void nw_text_string(struct nw_text *t, const char *s)
{
	nw_text_bytes(t, s, strlen(s));
}

/*
 * @value up to @end, which it returns moved to the first digit; nothing for 0.
 * Few numbers need 64 bits, and 32 are divided for less.
 */
static char *write_back(char *end, __u64 value)
{
	__u32 rest;

	for (; value > 0xffffffff; value /= 10)
		*--end = (char)('0' + value % 10);
	for (rest = (__u32)value; rest; rest /= 10)
		*--end = (char)('0' + rest % 10);
	return end;
}

/*
 * The last @len bytes before @end, of a buffer that goes on for a word behind
 * it: a copy whose size is known needs no call.
 */
static void put_back(struct nw_text *t, const char *end, size_t len)
{
	if (len > WORD || (size_t)(t->end - t->at) < WORD) {
		nw_text_bytes(t, end - len, len);
		return;
	}
	memcpy(t->at, end - len, WORD);
	t->at += len;
	*t->at = '\0';
}

void nw_text_number(struct nw_text *t, __u64 value)
{
	char text[DIGITS + WORD], *end = text + DIGITS;

	if (value < 10)
		nw_text_char(t, (char)('0' + value));
	else
		put_back(t, end, (size_t)(end - write_back(end, value)));
}

void nw_text_digits(struct nw_text *t, __u64 value, unsigned int width)
{
	char text[2 * DIGITS + WORD], *end = text + 2 * DIGITS;
	char *begin = write_back(end, value);

	while (begin > end - width)
		*--begin = '0';
	put_back(t, end, width);
}

void nw_text_two(struct nw_text *t, __u32 value)
{
	nw_text_char(t, (char)('0' + value / 10 % 10));
	nw_text_char(t, (char)('0' + value % 10));
}

void nw_text_hex(struct nw_text *t, __u8 byte)
{
	static const char digits[] = "0123456789abcdef";

	nw_text_char(t, digits[byte >> 4]);
	nw_text_char(t, digits[byte & 0xf]);
}
