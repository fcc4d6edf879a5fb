// SPDX-License-Identifier: GPL-2.0
#include <arpa/inet.h>
#include <net/if.h>
#include <string.h>

#include <linux/nexthop.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>

#include "rtattr.h"

/* More bytes of something unknown help nobody. */
#define BYTES_MAX	256
#define ROUTE_VIA	2	/* bytes of its family */

void nw_rtattr_dev(struct nw_twin *t, const char *key, __u32 ifindex)
{
	static char name[IF_NAMESIZE + 8];
	static __u32 last;

	if (!ifindex)
		return;
	/* Many routes in a row have the same. */
	if (ifindex != last && !if_indextoname(ifindex, name))
		snprintf(name, sizeof(name), "#%u", ifindex);
	last = ifindex;
	nw_twin_string(t, key, name);
	if (!strcmp(key, "dev"))
		nw_twin_number(t, "ifindex", ifindex);
}

void nw_rtattr_named(struct nw_twin *t, const char *key, nw_rtname_fn name,
		     __u32 value)
{
	char text[256] = "";

	/* Without a name libnl writes the number in hex, or nothing. */
	if (!name((int)value, text, sizeof(text)) || !*text ||
	    !strncmp(text, "0x", 2))
		nw_twin_number(t, key, value);
	else
		nw_twin_string(t, key, text);
}

static void put_bytes(struct nw_twin *t, const char *key, const __u8 *p,
		      size_t len, const char *between)
{
	char text[3 * BYTES_MAX + 8] = "";
	size_t i, at = 0;

	for (i = 0; i < len && i < BYTES_MAX; i++)
		at += (size_t)snprintf(text + at, sizeof(text) - at,
				       "%s%02x", i ? between : "", p[i]);
	if (i < len)
		snprintf(text + at, sizeof(text) - at, "...");
	nw_twin_string(t, key, text);
}

static bool number(const void *p, size_t len, __u64 *value)
{
	__u16 u16;
	__u32 u32;

	switch (len) {
	case 1:
		*value = *(const __u8 *)p;
		return true;
	case 2:
		memcpy(&u16, p, sizeof(u16));
		*value = u16;
		return true;
	case 4:
		memcpy(&u32, p, sizeof(u32));
		*value = u32;
		return true;
	case 8:
		memcpy(value, p, sizeof(*value));
		return true;
	default:
		return false;
	}
}

static void put_addr(struct nw_twin *t, const char *key, const __u8 *p,
		     size_t len)
{
	char text[INET6_ADDRSTRLEN];

	if ((len == 4 && inet_ntop(AF_INET, p, text, sizeof(text))) ||
	    (len == 16 && inet_ntop(AF_INET6, p, text, sizeof(text))))
		nw_twin_string(t, key, text);
	else
		put_bytes(t, key, p, len, "");
}

void nw_rtattr_prefix(struct nw_twin *t, const char *key,
		      const struct nw_rtbody *body, int type, __u8 len,
		      const char *none)
{
	const struct nlattr *addr = nla_find(body->head, body->len, type);
	char text[INET6_ADDRSTRLEN + 8];
	size_t at;

	if (!addr) {
		if (none)
			nw_twin_string(t, key, none);
		return;
	}
	if (!inet_ntop(nla_len(addr) == 4 ? AF_INET : AF_INET6,
		       nla_data(addr), text, sizeof(text)))
		return;
	at = strlen(text);
	if (len < 8 * nla_len(addr))
		snprintf(text + at, sizeof(text) - at, "/%u", len);
	nw_twin_string(t, key, text);
}

static void put_words(struct nw_twin *t, const struct nw_rtattr *a,
		      const __u8 *p, size_t len)
{
	size_t width = a->kind == NW_RT_WORDS64 ? 8 : 4, i;
	__u64 value = 0;

	nw_twin_open(t, a->key, '{');
	for (i = 0; a->words[i] && (i + 1) * width <= len; i++)
		if (number(p + i * width, width, &value))
			nw_twin_number(t, a->words[i], value);
	nw_twin_close(t, '}');
}

static const struct nw_rtattr hop_attrs[] = {
	NW_RT(RTA_GATEWAY, ADDR, "gateway"),
	NW_RT(RTA_VIA, VIA, "via"),
	NW_RT(RTA_FLOW, NUMBER, "realm"),
	NW_RT(RTA_ENCAP_TYPE, NUMBER, "encap_type"),
	NW_RT_LAST,
};

static void put_hops(struct nw_twin *t, const char *key, const __u8 *p,
		     size_t len)
{
	struct rtnexthop hop;
	struct nw_rtbody body;
	size_t whole;

	nw_twin_open(t, key, '[');
	for (; len >= sizeof(hop); p += whole, len -= whole) {
		memcpy(&hop, p, sizeof(hop));
		whole = (size_t)RTNH_ALIGN(hop.rtnh_len);
		if (hop.rtnh_len < sizeof(hop) || hop.rtnh_len > len)
			break;
		nw_twin_open(t, NULL, '{');
		nw_rtattr_dev(t, "dev", (__u32)hop.rtnh_ifindex);
		nw_twin_number(t, "weight", hop.rtnh_hops + 1U);
		nw_twin_number(t, "flags", hop.rtnh_flags);
		body.head = (const void *)(p + sizeof(hop));
		body.len = hop.rtnh_len - (int)sizeof(hop);
		nw_rtattr_put(t, hop_attrs, &body);
		nw_twin_close(t, '}');
		if (whole > len)
			break;
	}
	nw_twin_close(t, ']');
}

static void put_group(struct nw_twin *t, const char *key, const __u8 *p,
		      size_t len)
{
	struct nexthop_grp member;

	nw_twin_open(t, key, '[');
	for (; len >= sizeof(member); len -= sizeof(member)) {
		memcpy(&member, p, sizeof(member));
		nw_twin_open(t, NULL, '{');
		nw_twin_number(t, "id", member.id);
		nw_twin_number(t, "weight", member.weight + 1U);
		nw_twin_close(t, '}');
		p += sizeof(member);
	}
	nw_twin_close(t, ']');
}

static void put_list(struct nw_twin *t, const struct nw_rtattr *a,
		     const struct nlattr *list);

static void put_nest(struct nw_twin *t, const char *key,
		     const struct nw_rtattr *table, const struct nlattr *attr)
{
	const struct nw_rtbody body = { nla_data(attr), nla_len(attr) };

	nw_twin_open(t, key, '{');
	nw_rtattr_put(t, table, &body);
	nw_twin_close(t, '}');
}

/* The kind is told by the attribute whose number is one less. */
static void put_data(struct nw_twin *t, const struct nw_rtattr *a,
		     const struct nlattr *attr, const struct nw_rtbody *body)
{
	const struct nlattr *kind = nla_find(body->head, body->len,
					     a->type - 1);
	const struct nw_rtattr *within = NULL;
	char name[IF_NAMESIZE] = "";

	if (kind)
		nla_strlcpy(name, kind, sizeof(name));
	within = nw_rtattr_data(name, !strcmp(a->key, "slave_data"));
	if (!within) {
		put_bytes(t, a->key, nla_data(attr), (size_t)nla_len(attr),
			  "");
		return;
	}
	put_nest(t, a->key, within, attr);
}

static void put_string(struct nw_twin *t, const char *key,
		       const struct nlattr *attr)
{
	char text[512] = "";

	nla_strlcpy(text, attr, sizeof(text));
	nw_twin_string(t, key, text);
}

/* Numbers, and what is written like one; false when its length is none. */
static bool put_number(struct nw_twin *t, const struct nw_rtattr *a,
		       const __u8 *p, size_t len)
{
	__u64 value;

	if (!number(p, len, &value))
		return false;
	if (a->kind == NW_RT_NUMBER)
		nw_twin_number(t, a->key, value);
	else if (a->kind == NW_RT_BE16)
		nw_twin_number(t, a->key, ntohs((__u16)value));
	else if (a->kind == NW_RT_SIGNED)
		nw_twin_signed(t, a->key, (__s32)(__u32)value);
	else if (a->kind == NW_RT_DEV)
		nw_rtattr_dev(t, a->key, (__u32)value);
	else
		nw_rtattr_named(t, a->key, a->name, (__u32)value);
	return true;
}

static void put_known(struct nw_twin *t, const struct nw_rtattr *a,
		      const struct nlattr *attr, const struct nw_rtbody *body)
{
	const __u8 *p = nla_data(attr);
	size_t len = (size_t)nla_len(attr);

	switch (a->kind) {
	case NW_RT_END:
	case NW_RT_SKIP:
		break;
	case NW_RT_FLAG:
		nw_twin_flag(t, a->key);
		break;
	case NW_RT_STRING:
		put_string(t, a->key, attr);
		break;
	case NW_RT_ADDR:
		put_addr(t, a->key, p, len);
		break;
	case NW_RT_VIA:
		if (len > ROUTE_VIA)
			put_addr(t, a->key, p + ROUTE_VIA, len - ROUTE_VIA);
		break;
	case NW_RT_LLADDR:
		put_bytes(t, a->key, p, len, ":");
		break;
	case NW_RT_WORDS:
	case NW_RT_WORDS64:
		put_words(t, a, p, len);
		break;
	case NW_RT_NEST:
		put_nest(t, a->key, a->nest, attr);
		break;
	case NW_RT_LIST:
		put_list(t, a, attr);
		break;
	case NW_RT_DATA:
		put_data(t, a, attr, body);
		break;
	case NW_RT_NEXTHOPS:
		put_hops(t, a->key, p, len);
		break;
	case NW_RT_GROUP:
		put_group(t, a->key, p, len);
		break;
	default:
		if (!put_number(t, a, p, len))
			put_bytes(t, a->key, p, len, "");
	}
}

/* Elements have no keys. */
static void put_list(struct nw_twin *t, const struct nw_rtattr *a,
		     const struct nlattr *list)
{
	const struct nw_rtbody body = { nla_data(list), nla_len(list) };
	const struct nlattr *attr = body.head;
	struct nw_rtattr element = *a->nest;
	int rem = body.len;

	element.key = NULL;
	nw_twin_open(t, a->key, '[');
	for (; nla_ok(attr, rem); attr = nla_next(attr, &rem))
		put_known(t, &element, attr, &body);
	nw_twin_close(t, ']');
}

static void put_unknown(struct nw_twin *t, const struct nlattr *attr)
{
	char key[32];

	snprintf(key, sizeof(key), "attr_%d", nla_type(attr));
	put_bytes(t, key, nla_data(attr), (size_t)nla_len(attr), "");
}

void nw_rtattr_put(struct nw_twin *t, const struct nw_rtattr *table,
		   const struct nw_rtbody *body)
{
	const struct nlattr *attr = body->head;
	const struct nw_rtattr *a;
	int rem = body->len;

	for (; nla_ok(attr, rem); attr = nla_next(attr, &rem)) {
		for (a = table; a->kind != NW_RT_END; a++)
			if (a->type == nla_type(attr))
				break;
		if (a->kind == NW_RT_END)
			put_unknown(t, attr);
		else
			put_known(t, a, attr, body);
	}
}
