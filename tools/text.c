// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "text.h"

#define DIGITS	20	/* of the largest number */
#define WORD	32	/* copied at once, where there is room for it */

static const char pairs[] = {
	"00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899",
};

static char *write_pair(char *end, __u32 value)
{
	memcpy(end - 2, pairs + 2 * value, 2);
	return end - 2;
}

/*
 * @value up to @end, which it returns moved to the first digit; nothing for 0.
 * Few numbers need 64 bits, and 32 are divided for less.
 */
static char *write_back(char *end, __u64 value)
{
	__u32 rest;

	for (; value > 0xffffffff; value /= 100)
		end = write_pair(end, (__u32)(value % 100));
	for (rest = (__u32)value; rest >= 10; rest /= 100)
		end = write_pair(end, rest % 100);
	if (rest)
		*--end = (char)('0' + rest);
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

static char *write_hex(char *to, __u8 byte)
{
	static const char digits[] = "0123456789abcdef";

	to[0] = digits[byte >> 4];
	to[1] = digits[byte & 0xf];
	return to + 2;
}

void nw_text_hex(struct nw_text *t, __u8 byte)
{
	char two[2];

	write_hex(two, byte);
	nw_text_char(t, two[0]);
	nw_text_char(t, two[1]);
}

void nw_text_hexes(struct nw_text *t, const __u8 *bytes, size_t nr)
{
	size_t i;

	for (i = 0; i < nr && t->end - t->at >= 3; i++) {
		if (i)
			*t->at++ = ':';
		t->at = write_hex(t->at, bytes[i]);
	}
	*t->at = '\0';
}

static char *write_octet(char *to, __u32 value)
{
	if (value >= 100)
		*to++ = (char)('0' + value / 100);
	if (value >= 10)
		return write_pair(to + 2, value % 100) + 2;
	*to = (char)('0' + value);
	return to + 1;
}

void nw_text_octets(struct nw_text *t, const __u8 *bytes, size_t nr)
{
	size_t i;

	for (i = 0; i < nr && t->end - t->at >= 4; i++) {
		if (i)
			*t->at++ = '.';
		t->at = write_octet(t->at, bytes[i]);
	}
	*t->at = '\0';
}
