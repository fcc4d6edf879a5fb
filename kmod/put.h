/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Attributes written by plain stores, for whoever made sure of the room before:
 * nla_put() looks for it each time, five calls deep, and a record has 20 of
 * them. Every function returns where the next attribute goes.
 */
#ifndef _NEIGHWATCH_PUT_H
#define _NEIGHWATCH_PUT_H

#include <linux/if_ether.h>
#include <linux/string.h>
#include <net/netlink.h>

/* Bytes that an attribute with @len bytes needs at most; 64 bits may be padded. */
#define NW_PUT_ROOM(len)	(NLA_HDRLEN + NLA_ALIGN(len))
#define NW_PUT_ROOM_64		(NLA_HDRLEN + NW_PUT_ROOM(sizeof(u64)))

static inline u8 *nw_put_head(u8 *at, int attr, int len)
{
	struct nlattr *nla = (struct nlattr *)at;

	nla->nla_len = NLA_HDRLEN + len;
	nla->nla_type = attr;
	return at + NLA_HDRLEN;
}

static inline u8 *nw_put_flag(u8 *at, int attr)
{
	return nw_put_head(at, attr, 0);
}

/* The value's byte comes first, then the three that align what follows. */
static inline u8 *nw_put_u8(u8 *at, int attr, u8 value)
{
	at = nw_put_head(at, attr, sizeof(value));
	*(__le32 *)at = cpu_to_le32(value);
	return at + NLA_ALIGNTO;
}

static inline u8 *nw_put_u32(u8 *at, int attr, u32 value)
{
	at = nw_put_head(at, attr, sizeof(value));
	*(u32 *)at = value;
	return at + sizeof(value);
}

/* As nla_put_u64_64bit(): where readers could not load it, it is aligned. */
static inline u8 *nw_put_u64(u8 *at, int attr, u64 value, int pad)
{
	if (!IS_ENABLED(CONFIG_HAVE_EFFICIENT_UNALIGNED_ACCESS) &&
	    IS_ALIGNED((unsigned long)at, sizeof(value)))
		at = nw_put_flag(at, pad);
	at = nw_put_head(at, attr, sizeof(value));
	memcpy(at, &value, sizeof(value));
	return at + sizeof(value);
}

/* Zeroes from @end on, where a value ended, to where the next attribute goes. */
static inline u8 *nw_put_align(u8 *end)
{
	while ((unsigned long)end % NLA_ALIGNTO)
		*end++ = 0;
	return end;
}

/* Addresses: nearly all are of three lengths, that need no call. */
static inline u8 *nw_put_bytes(u8 *at, int attr, const u8 *bytes, u8 len)
{
	at = nw_put_head(at, attr, len);
	if (len == sizeof(struct in_addr))
		memcpy(at, bytes, sizeof(struct in_addr));
	else if (len == ETH_ALEN)
		memcpy(at, bytes, ETH_ALEN);
	else if (len == sizeof(struct in6_addr))
		memcpy(at, bytes, sizeof(struct in6_addr));
	else
		memcpy(at, bytes, len);
	return nw_put_align(at + len);
}

/* A short string with its end; cut off where its array of @size bytes ends. */
static inline u8 *nw_put_string(u8 *at, int attr, const char *s, size_t size)
{
	u8 *end = at + NLA_HDRLEN;

	while (--size && *s)
		*end++ = *s++;
	*end++ = '\0';
	nw_put_head(at, attr, end - at - NLA_HDRLEN);
	return nw_put_align(end);
}

/* A nest: what is between the two calls is in it. */
static inline u8 *nw_put_nest(u8 *at, int attr)
{
	return nw_put_head(at, attr | NLA_F_NESTED, 0);
}

static inline void nw_put_nest_end(u8 *nest, u8 *end)
{
	((struct nlattr *)(nest - NLA_HDRLEN))->nla_len =
		end - nest + NLA_HDRLEN;
}

#endif /* _NEIGHWATCH_PUT_H */
