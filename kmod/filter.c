// SPDX-License-Identifier: GPL-2.0
/* What a request asks for, and whether the caller may. */
#include <linux/netlink.h>
#include <net/genetlink.h>
#include <net/sock.h>
#include "compat.h"
#include "filter.h"

/*
 * CAP_NET_ADMIN in some namespace is not enough to look into others: a
 * container's root may have it over the initial user namespace when it has no
 * user namespace of its own. It lacks the initial network namespace.
 */
static int may_see_others(struct sk_buff *skb, struct netlink_ext_ack *extack)
{
	if (!net_eq(sock_net(skb->sk), &init_net)) {
		NL_SET_ERR_MSG(extack,
			       "Other namespaces are shown in the initial network namespace only");
		return -EPERM;
	}
	if (!netlink_ns_capable(skb, &init_user_ns, CAP_NET_ADMIN)) {
		NL_SET_ERR_MSG(extack,
			       "Other namespaces need CAP_NET_ADMIN over the initial user namespace");
		return -EPERM;
	}
	return 0;
}

static int parse_netns(struct nw_filter *f, struct nlattr **attrs,
		       struct sk_buff *skb, struct netlink_ext_ack *extack)
{
	u64 own = nw_netns_cookie(sock_net(skb->sk));

	/* As __netlink_dump_start() says then. */
	if (!own) {
		NL_SET_ERR_MSG(extack, "The module is being unloaded");
		return -EPROTONOSUPPORT;
	}
	f->cookie = own;
	if (attrs[NW_A_ALL_NETNS] && attrs[NW_A_NETNS_COOKIE]) {
		NL_SET_ERR_MSG_ATTR(extack, attrs[NW_A_NETNS_COOKIE],
				    "Either all namespaces or one, not both");
		return -EINVAL;
	}
	if (attrs[NW_A_NETNS_COOKIE])
		f->cookie = nla_get_u64(attrs[NW_A_NETNS_COOKIE]);
	f->every = attrs[NW_A_ALL_NETNS];
	if (f->every || f->cookie != own)
		return may_see_others(skb, extack);
	return 0;
}

static int parse_addr(struct nw_filter *f, struct nlattr **attrs,
		      struct netlink_ext_ack *extack)
{
	struct nlattr *addr = attrs[NW_A_ADDR], *len = attrs[NW_A_PREFIX_LEN];

	if (!addr) {
		if (!len)
			return 0;
		NL_SET_ERR_MSG_ATTR(extack, len,
				    "A prefix length needs an address");
		return -EINVAL;
	}
	if (!f->family) {
		NL_SET_ERR_MSG_ATTR(extack, addr, "An address needs a family");
		return -EINVAL;
	}
	if (nla_len(addr) != nw_addr_len(f->family)) {
		NL_SET_ERR_MSG_ATTR(extack, addr,
				    "The address has not the length of its family");
		return -EINVAL;
	}
	f->has_addr = true;
	memcpy(f->addr, nla_data(addr), nla_len(addr));
	f->prefix_len = len ? nla_get_u8(len) : 8 * nla_len(addr);
	if (f->prefix_len > 8 * nla_len(addr)) {
		NL_SET_ERR_MSG_ATTR(extack, len,
				    "The prefix is longer than the address");
		return -ERANGE;
	}
	return 0;
}

/**
 * nw_filter_parse() - take a request's filter
 * @f: the filter, zeroed
 * @attrs: the request's attributes, of type &enum nw_attr
 * @skb: the request
 * @extack: tells what is wrong
 *
 * Return: 0, -EINVAL, -EAFNOSUPPORT, -ERANGE or -EPERM.
 */
int nw_filter_parse(struct nw_filter *f, struct nlattr **attrs,
		    struct sk_buff *skb, struct netlink_ext_ack *extack)
{
	int err;

	if (attrs[NW_A_IFINDEX])
		f->ifindex = nla_get_u32(attrs[NW_A_IFINDEX]);
	if (attrs[NW_A_FAMILY])
		f->family = nla_get_u8(attrs[NW_A_FAMILY]);
	if (attrs[NW_A_FAMILY] && f->family != AF_INET &&
	    f->family != AF_INET6) {
		NL_SET_ERR_MSG_ATTR(extack, attrs[NW_A_FAMILY],
				    "The family is neither IPv4 nor IPv6");
		return -EAFNOSUPPORT;
	}
	if (attrs[NW_A_TYPES])
		f->types = nla_get_u32(attrs[NW_A_TYPES]);
	if (attrs[NW_A_SINCE_SEQ])
		f->since_seq = nla_get_u64(attrs[NW_A_SINCE_SEQ]);
	if (attrs[NW_A_SINCE_MONO])
		f->since_mono = nla_get_u64(attrs[NW_A_SINCE_MONO]);
	err = parse_addr(f, attrs, extack);
	return err ?: parse_netns(f, attrs, skb, extack);
}

static bool same_prefix(const u8 *a, const u8 *b, u8 bits)
{
	u8 bytes = bits / 8, rest = bits % 8;

	if (memcmp(a, b, bytes))
		return false;
	return !rest || !((a[bytes] ^ b[bytes]) >> (8 - rest));
}

static bool matches(const struct nw_filter *f, s32 ifindex, u8 family,
		    const u8 *addr)
{
	if (f->ifindex && ifindex != f->ifindex)
		return false;
	if (f->family && family != f->family)
		return false;
	return !f->has_addr ||
	       (addr && same_prefix(addr, f->addr, f->prefix_len));
}

/**
 * nw_filter_key() - tell whether a neighbour is asked for
 * @f: the filter
 * @key: the neighbour
 */
bool nw_filter_key(const struct nw_filter *f, const struct nw_key *key)
{
	return matches(f, key->ifindex, key->family, key->addr);
}

/* The address a record is about, if any. */
static const u8 *addr_of(const struct nw_record *rec)
{
	switch (rec->type) {
	case NW_TYPE_NEIGH:
		return rec->change.addr;
	case NW_TYPE_OFFER:
		return rec->offer.addr;
	case NW_TYPE_CONFIRM:
		return rec->confirm.addr;
	case NW_TYPE_ROUTE:
		return rec->route.gateway_len ? rec->route.gateway : NULL;
	case NW_TYPE_ADDRESS:
		return rec->address.addr;
	default:
		return NULL;
	}
}

/* Its family: an IPv4 route may lead to an IPv6 gateway. */
static u8 family_of(const struct nw_record *rec)
{
	if (rec->type != NW_TYPE_ROUTE || !rec->route.gateway_len)
		return rec->family;
	return rec->route.gateway_len == 4 ? AF_INET : AF_INET6;
}

/**
 * nw_filter_record() - tell whether a record is asked for
 * @f: the filter
 * @rec: the record
 *
 * Losses are always: they say that something may be missing.
 */
bool nw_filter_record(const struct nw_filter *f, const struct nw_record *rec)
{
	if (rec->mono < f->since_mono)
		return false;
	if (rec->type == NW_TYPE_LOST)
		return true;
	if (f->types && !(f->types & 1U << rec->type))
		return false;
	return matches(f, rec->ifindex, family_of(rec), addr_of(rec));
}
