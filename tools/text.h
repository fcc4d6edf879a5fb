/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Text put together in a buffer: what does not fit is cut off, and a 0 always
 * stands behind it. What printf() does, where there are many small pieces.
 */
#ifndef NW_TEXT_H
#define NW_TEXT_H

#include <stddef.h>
#include <string.h>
#include <linux/types.h>

/**
 * struct nw_text - a buffer being filled
 * @at: where the next piece goes; the 0 is there now
 * @end: last byte of the buffer
 */
struct nw_text {
	char *at;
	char *end;
};

/* Begin with nothing in @buf, whose @size is not 0. */
static inline struct nw_text nw_text_begin(char *buf, size_t size)
{
	*buf = '\0';
	return (struct nw_text){ buf, buf + size - 1 };
}

static inline void nw_text_char(struct nw_text *t, char c)
{
	if (t->at == t->end)
		return;
	*t->at++ = c;
	*t->at = '\0';
}

static inline void nw_text_bytes(struct nw_text *t, const char *s, size_t len)
{
	size_t room = (size_t)(t->end - t->at);

	if (len > room)
		len = room;
	memcpy(t->at, s, len);
	t->at += len;
	*t->at = '\0';
}

/* Of a literal the length is known. */
static inline void nw_text_string(struct nw_text *t, const char *s)
{
	nw_text_bytes(t, s, strlen(s));
}

void nw_text_number(struct nw_text *t, __u64 value);
/* The last @width digits of @value, 20 at most: 7 of width 3 is "007". */
void nw_text_digits(struct nw_text *t, __u64 value, unsigned int width);
/* Two of them. */
void nw_text_two(struct nw_text *t, __u32 value);
/* Two hexadecimal digits. */
void nw_text_hex(struct nw_text *t, __u8 byte);
/* Of each byte, with colons between; as many as there is room for. */
void nw_text_hexes(struct nw_text *t, const __u8 *bytes, size_t nr);
/* Of each byte its number, with points between. */
void nw_text_octets(struct nw_text *t, const __u8 *bytes, size_t nr);

#endif /* NW_TEXT_H */
