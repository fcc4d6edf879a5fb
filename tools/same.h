/* SPDX-License-Identifier: GPL-2.0 */
/* A few bytes, which are quicker looked at than called for. */
#ifndef NW_SAME_H
#define NW_SAME_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <linux/types.h>

static inline __u64 nw_load8(const char *p)
{
	__u64 v;

	memcpy(&v, p, sizeof(v));
	return v;
}

static inline __u32 nw_load4(const char *p)
{
	__u32 v;

	memcpy(&v, p, sizeof(v));
	return v;
}

/* !memcmp() by two words that may overlap; false also of more than 16 bytes. */
static inline bool nw_is_same(const char *p, const char *q, size_t len)
{
	if (len >= 8)
		return len <= 16 && nw_load8(p) == nw_load8(q) &&
		       nw_load8(p + len - 8) == nw_load8(q + len - 8);
	if (len >= 4)
		return nw_load4(p) == nw_load4(q) &&
		       nw_load4(p + len - 4) == nw_load4(q + len - 4);
	for (; len && *p == *q; len--, p++, q++)
		;
	return !len;
}

#endif /* NW_SAME_H */
