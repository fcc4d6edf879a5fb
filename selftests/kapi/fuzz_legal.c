// SPDX-License-Identifier: GPL-2.0
/* What the contract says of a request, written a second time. */
#include "fuzz.h"

#define BIT(attr)	(1u << (attr))
#define NETNS		(BIT(NW_A_ALL_NETNS) | BIT(NW_A_NETNS_COOKIE))
#define NEIGH		(BIT(NW_A_IFINDEX) | BIT(NW_A_FAMILY) | BIT(NW_A_ADDR))
#define PREFIX		BIT(NW_A_PREFIX_LEN)

/* The attributes of each command, as a dump and as a single request. */
static const struct {
	uint32_t dump, one, needed;
	bool has_one;
} command[] = {
	[NW_CMD_STATS_GET] = { NETNS, BIT(NW_A_NETNS_COOKIE), 0, true },
	[NW_CMD_NEIGH_GET] = { NETNS | NEIGH | PREFIX, NEIGH | BIT(NW_A_NETNS_COOKIE),
			       NEIGH, true },
	[NW_CMD_LINK_GET] = { NETNS | BIT(NW_A_IFINDEX), BIT(NW_A_IFINDEX) | BIT(NW_A_NETNS_COOKIE),
			      BIT(NW_A_IFINDEX), true },
	[NW_CMD_NEXTHOP_GET] = { .dump = NETNS | BIT(NW_A_IFINDEX) | BIT(NW_A_FAMILY) },
	[NW_CMD_HISTORY_GET] = { .dump = NETNS | NEIGH | PREFIX | BIT(NW_A_TYPES) |
					 BIT(NW_A_SINCE_SEQ) | BIT(NW_A_SINCE_MONO) },
};

/* A value alone. */
static bool value(const struct nlattr *attr)
{
	static const int length[NW_A_MAX + 1] = {
		[NW_A_NETNS_COOKIE] = 8, [NW_A_IFINDEX] = 4, [NW_A_FAMILY] = 1,
		[NW_A_PREFIX_LEN] = 1, [NW_A_TYPES] = 4, [NW_A_SINCE_SEQ] = 8,
		[NW_A_SINCE_MONO] = 8,
	};
	int type = nla_type(attr);

	if (type == NW_A_ADDR)
		return nla_len(attr) <= 16;
	if (nla_len(attr) != length[type])
		return false;
	if (type == NW_A_IFINDEX)
		return nla_get_u32(attr) >= 1;
	if (type == NW_A_PREFIX_LEN)
		return nla_get_u8(attr) <= 128;
	if (type == NW_A_TYPES)
		return !(nla_get_u32(attr) & ~((2u << NW_TYPE_MAX) - 2));
	return true;
}

/* The values together; of one that comes twice the last counts. */
static bool together(struct nlattr **tb)
{
	int family = tb[NW_A_FAMILY] ? nla_get_u8(tb[NW_A_FAMILY]) : 0;
	int length = family == AF_INET ? 4 : 16;

	if (tb[NW_A_FAMILY] && family != AF_INET && family != AF_INET6)
		return false;
	if (tb[NW_A_ALL_NETNS] && tb[NW_A_NETNS_COOKIE])
		return false;
	if (!tb[NW_A_ADDR])
		return !tb[NW_A_PREFIX_LEN];
	if (!family || nla_len(tb[NW_A_ADDR]) != length)
		return false;
	return !tb[NW_A_PREFIX_LEN] || nla_get_u8(tb[NW_A_PREFIX_LEN]) <= 8 * length;
}

static bool attributes(struct nlmsghdr *hdr, uint32_t allowed, uint32_t needed)
{
	struct nlattr *tb[NW_A_MAX + 1] = { }, *attr;
	struct genlmsghdr *genl = nlmsg_data(hdr);
	int left;

	nla_for_each_attr(attr, genlmsg_attrdata(genl, 0), genlmsg_attrlen(genl, 0), left) {
		int type = nla_type(attr);

		if (type > NW_A_MAX || !(allowed & BIT(type)) || attr->nla_type & NLA_F_NESTED)
			return false;
		if (!value(attr))
			return false;
		tb[type] = attr;
		needed &= ~BIT(type);
	}
	return left <= 0 && !needed && together(tb);
}

bool fuzz_legal(struct nlmsghdr *hdr)
{
	struct genlmsghdr *genl = nlmsg_data(hdr);
	uint16_t flags = hdr->nlmsg_flags & ~(NLM_F_REQUEST | NLM_F_ACK | NLM_F_ECHO);

	if (hdr->nlmsg_len < NLMSG_HDRLEN + GENL_HDRLEN || genl->reserved)
		return false;
	if (genl->cmd < NW_CMD_STATS_GET || genl->cmd > NW_CMD_HISTORY_GET)
		return false;
	if (flags == NLM_F_DUMP)
		return attributes(hdr, command[genl->cmd].dump, 0);
	return !flags && command[genl->cmd].has_one &&
	       attributes(hdr, command[genl->cmd].one, command[genl->cmd].needed);
}

bool fuzz_beyond(struct nlmsghdr *hdr, const struct fuzz_world *world)
{
	struct genlmsghdr *genl = nlmsg_data(hdr);
	uint64_t cookie = world->cookie;
	struct nlattr *attr;
	int left;

	nla_for_each_attr(attr, genlmsg_attrdata(genl, 0), genlmsg_attrlen(genl, 0), left) {
		if (nla_type(attr) == NW_A_ALL_NETNS)
			return true;
		if (nla_type(attr) == NW_A_NETNS_COOKIE)
			cookie = nla_get_u64(attr);
	}
	return cookie != world->cookie;
}
