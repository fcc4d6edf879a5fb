// SPDX-License-Identifier: GPL-2.0
#include <arpa/inet.h>
#include <limits.h>
#include <string.h>

#include "clock.h"
#include "format.h"
#include "parse.h"

/* That many digits always fit. */
#define DIGITS_SAFE	19

/* Above 9 when it is none; without a look at the locale. */
static unsigned int digit(char c)
{
	return (unsigned char)c - (unsigned int)'0';
}

static bool long_number(const char *s, __u64 max, __u64 *value)
{
	__u64 v = 0;

	for (; digit(*s) < 10; s++)
		if (__builtin_mul_overflow(v, 10, &v) ||
		    __builtin_add_overflow(v, digit(*s), &v))
			return false;
	if (v > max)
		return false;
	*value = v;
	return true;
}

bool nw_parse_number(const char *text, __u64 max, __u64 *value)
{
	const char *p = text;
	__u64 v = 0;

	for (; digit(*p) < 10; p++)
		v = v * 10 + digit(*p);
	/* JSON has no leading zeros either. */
	if (p == text || *p || (*text == '0' && p != text + 1))
		return false;
	if (p - text > DIGITS_SAFE)
		return long_number(text, max, value);
	if (v > max)
		return false;
	*value = v;
	return true;
}

static int hex_digit(char c)
{
	unsigned int letter = ((unsigned char)c | 0x20U) - 'a';

	if (digit(c) < 10)
		return (int)digit(c);
	return letter < 6 ? (int)letter + 10 : -1;
}

bool nw_parse_hex(const char *text, __u64 *value)
{
	static char last[17];	/* mostly an instance: the same as before */
	static __u64 last_value;
	__u64 v = 0;
	size_t i;

	if (*text && !strcmp(text, last)) {
		*value = last_value;
		return true;
	}
	for (i = 0; text[i]; i++) {
		int digit = hex_digit(text[i]);

		if (digit < 0 || i == 16)
			return false;
		v = v << 4 | (__u64)digit;
	}
	*value = v;
	memcpy(last, text, i + 1);
	last_value = v;
	return i > 0;
}

bool nw_parse_seconds(const char *text, __u64 *ns)
{
	__u64 secs, frac = 0;
	const char *point = text, *end;

	for (secs = 0; digit(*point) < 10; point++)
		secs = secs * 10 + digit(*point);
	end = point;
	if (point == text || point - text > DIGITS_SAFE ||
	    secs > ULLONG_MAX / NW_NSEC_PER_SEC ||
	    !nw_when_parse_fraction(&end, &frac) || end - point > 10)
		return false;
	if (*end || secs * NW_NSEC_PER_SEC > ULLONG_MAX - frac)
		return false;
	*ns = secs * NW_NSEC_PER_SEC + frac;
	return true;
}

bool nw_parse_rfc3339(const char *text, __u64 *real)
{
	static char second[20];	/* that was read last, and when it was */
	static __u64 began;
	size_t len = strlen(text);
	const char *end = text + sizeof(second) - 1;
	__u64 frac;

	if (*second && len >= sizeof(second) &&
	    !memcmp(text, second, sizeof(second) - 1) &&
	    nw_when_parse_fraction(&end, &frac) && end[0] == 'Z' && !end[1] &&
	    !__builtin_add_overflow(began, frac, real))
		return true;
	/* A zone at the end: without it the time would be a local one. */
	if (len < 20 || text[10] != 'T' ||
	    (text[len - 1] != 'Z' && text[len - 6] != '+' &&
	     text[len - 6] != '-'))
		return false;
	if (!nw_when_parse_date(text, real))
		return false;
	if (text[sizeof(second) - 1] == '.' && text[len - 1] == 'Z') {
		memcpy(second, text, sizeof(second) - 1);
		began = *real - *real % NW_NSEC_PER_SEC;
	}
	return true;
}

bool nw_parse_addr(const char *text, struct nw_addr *addr)
{
	memset(addr, 0, sizeof(*addr));
	if (inet_pton(AF_INET, text, addr->b) == 1)
		addr->len = 4;
	else if (inet_pton(AF_INET6, text, addr->b) == 1)
		addr->len = 16;
	return addr->len > 0;
}

bool nw_parse_prefix(const char *text, struct nw_addr *addr, __u8 *len)
{
	const char *slash = strchr(text, '/');
	char host[NW_ADDR_TEXT];
	size_t size = slash ? (size_t)(slash - text) : 0;
	__u64 value;

	if (!slash || size >= sizeof(host))
		return false;
	memcpy(host, text, size);
	host[size] = '\0';
	if (!nw_parse_addr(host, addr) ||
	    !nw_parse_number(slash + 1, 8U * addr->len, &value))
		return false;
	*len = (__u8)value;
	return true;
}

bool nw_parse_lladdr(const char *text, struct nw_lladdr *lladdr)
{
	memset(lladdr, 0, sizeof(*lladdr));
	while (lladdr->len < NW_LLADDR_MAX) {
		int high = hex_digit(text[0]);
		int low = high < 0 ? -1 : hex_digit(text[1]);

		if (low < 0)
			return false;
		lladdr->b[lladdr->len++] = (__u8)(high << 4 | low);
		if (!text[2])
			return true;
		if (text[2] != ':')
			return false;
		text += 3;
	}
	return false;
}

bool nw_parse_enum(const char *text, const struct nw_names *names,
		   __u8 *value)
{
	__u64 number;
	unsigned int i;

	for (i = 0; i < names->nr; i++) {
		if (names->name[i] && names->name[i][0] == text[0] &&
		    !strcmp(names->name[i], text)) {
			*value = (__u8)i;
			return true;
		}
	}
	if (!nw_parse_number(text, UCHAR_MAX, &number))
		return false;
	*value = (__u8)number;
	return true;
}

bool nw_parse_nud(const char *text, __u8 *nud)
{
	int known = nw_nud_by_name(text);
	__u64 number = 0;

	if (known < 0 && !nw_parse_number(text, UCHAR_MAX, &number))
		return false;
	*nud = known < 0 ? (__u8)number : (__u8)known;
	return true;
}
