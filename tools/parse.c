// SPDX-License-Identifier: GPL-2.0
#include <arpa/inet.h>
#include <limits.h>
#include <string.h>

#include "clock.h"
#include "format.h"
#include "parse.h"

/* As isdigit(), without a look at the locale. */
static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits up to something else; moves @s there. */
static bool digits(const char **s, __u64 max, __u64 *value)
{
	const char *p = *s;
	__u64 v = 0;

	for (; is_digit(*p); p++)
		if (__builtin_mul_overflow(v, 10, &v) ||
		    __builtin_add_overflow(v, (unsigned int)(*p - '0'), &v))
			return false;
	if (p == *s || v > max)
		return false;
	*s = p;
	*value = v;
	return true;
}

bool nw_parse_number(const char *text, __u64 max, __u64 *value)
{
	/* JSON has no leading zeros either. */
	if (text[0] == '0' && text[1])
		return false;
	return digits(&text, max, value) && !*text;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool nw_parse_hex(const char *text, __u64 *value)
{
	__u64 v = 0;
	size_t i;

	for (i = 0; text[i]; i++) {
		int digit = hex_digit(text[i]);

		if (digit < 0 || i == 16)
			return false;
		v = v << 4 | (__u64)digit;
	}
	*value = v;
	return i > 0;
}

bool nw_parse_seconds(const char *text, __u64 *ns)
{
	__u64 secs, frac = 0, unit = NW_NSEC_PER_SEC / 10;

	if (!digits(&text, ULLONG_MAX / NW_NSEC_PER_SEC, &secs))
		return false;
	if (*text == '.') {
		text++;
		if (!is_digit(*text))
			return false;
		for (; is_digit(*text) && unit; unit /= 10)
			frac += (__u64)(*text++ - '0') * unit;
	}
	if (*text || secs * NW_NSEC_PER_SEC > ULLONG_MAX - frac)
		return false;
	*ns = secs * NW_NSEC_PER_SEC + frac;
	return true;
}

bool nw_parse_rfc3339(const char *text, __u64 *real)
{
	size_t len = strlen(text);

	/* A zone at the end: without it the time would be a local one. */
	if (len < 20 || text[10] != 'T' ||
	    (text[len - 1] != 'Z' && text[len - 6] != '+' &&
	     text[len - 6] != '-'))
		return false;
	return nw_when_parse_date(text, real);
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
		if (names->name[i] && !strcmp(names->name[i], text)) {
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
