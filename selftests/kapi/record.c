// SPDX-License-Identifier: GPL-2.0
/* One record, checked against the contract while it is parsed; and streams. */
#include "kapi.h"

#define U8	{ .type = NLA_U8, .minlen = 1, .maxlen = 1 }
#define U32	{ .type = NLA_U32, .minlen = 4, .maxlen = 4 }
#define U64	{ .type = NLA_U64, .minlen = 8, .maxlen = 8 }
#define NAME	{ .type = NLA_STRING, .minlen = 1, .maxlen = IFNAMSIZ }
#define ADDR	{ .minlen = 4, .maxlen = 16 }
#define LLADDR	{ .minlen = 1, .maxlen = NW_LLADDR_MAX }

static const struct nla_policy record_policy[NW_A_RECORD_MAX + 1] = {
	[NW_A_RECORD_SEQ] = U64, [NW_A_RECORD_MONO] = U64,
	[NW_A_RECORD_REAL] = U64, [NW_A_RECORD_CPU] = U32,
	[NW_A_RECORD_IFINDEX] = U32, [NW_A_RECORD_DEV] = NAME,
	[NW_A_RECORD_CAUSE] = U8, [NW_A_RECORD_FLAGS] = U32,
};

static const struct nla_policy change_policy[NW_A_CHANGE_MAX + 1] = {
	[NW_A_CHANGE_FAMILY] = U8, [NW_A_CHANGE_ADDR] = ADDR,
	[NW_A_CHANGE_OLD] = U8, [NW_A_CHANGE_NEW] = U8,
	[NW_A_CHANGE_LLADDR] = LLADDR, [NW_A_CHANGE_OLD_LLADDR] = LLADDR,
	[NW_A_CHANGE_DWELL] = U64, [NW_A_CHANGE_PROBES] = U32,
	[NW_A_CHANGE_CONFIRMED] = U64, [NW_A_CHANGE_USED] = U64,
	[NW_A_CHANGE_QUEUED] = U32,
};

static const struct nla_policy who_policy[NW_A_WHO_MAX + 1] = {
	[NW_A_WHO_PORTID] = U32, [NW_A_WHO_PID] = U32,
	[NW_A_WHO_COMM] = NAME, [NW_A_WHO_PARENT] = NAME,
};

static const struct nla_policy carrier_policy[NW_A_CARRIER_MAX + 1] = {
	[NW_A_CARRIER_OLD] = U8, [NW_A_CARRIER_NEW] = U8,
	[NW_A_CARRIER_DWELL] = U64, [NW_A_CARRIER_UP_COUNT] = U32,
	[NW_A_CARRIER_DOWN_COUNT] = U32, [NW_A_CARRIER_UNSTAMPED] = U32,
};

static const struct nla_policy route_policy[NW_A_ROUTE_MAX + 1] = {
	[NW_A_ROUTE_CHANGE] = U8, [NW_A_ROUTE_FAMILY] = U8,
	[NW_A_ROUTE_DST] = ADDR, [NW_A_ROUTE_DST_LEN] = U8,
	[NW_A_ROUTE_GATEWAY] = ADDR, [NW_A_ROUTE_TABLE] = U32,
	[NW_A_ROUTE_PROTOCOL] = U8,
};

static const struct nla_policy address_policy[NW_A_ADDRESS_MAX + 1] = {
	[NW_A_ADDRESS_CHANGE] = U8, [NW_A_ADDRESS_FAMILY] = U8,
	[NW_A_ADDRESS_ADDR] = ADDR, [NW_A_ADDRESS_PREFIX_LEN] = U8,
};

static int addr_length(uint8_t family)
{
	return family == AF_INET6 ? 16 : 4;
}

static void take_bytes(struct nlattr *attr, uint8_t *to, int *length)
{
	*length = nla_len(attr);
	memcpy(to, nla_data(attr), *length);
}

static const char *parse_neigh(struct nlattr *nest, struct record *record)
{
	struct nlattr *tb[NW_A_CHANGE_MAX + 1];

	if (nla_parse_nested(tb, NW_A_CHANGE_MAX, nest, (void *)change_policy))
		return "NEIGH does not parse";
	if (!tb[NW_A_CHANGE_FAMILY] || !tb[NW_A_CHANGE_ADDR] || !tb[NW_A_CHANGE_NEW])
		return "NEIGH lacks FAMILY, ADDR or NEW";
	/* What was so at load was something before, nobody knows what. */
	record->has_old = tb[NW_A_CHANGE_OLD];
	if (record->has_old && record->cause == NW_CAUSE_INITIAL)
		return "NEIGH has OLD at load";
	record->family = nla_get_u8(tb[NW_A_CHANGE_FAMILY]);
	record->old = record->has_old ? nla_get_u8(tb[NW_A_CHANGE_OLD]) : NW_NUD_ABSENT - 1;
	record->new = nla_get_u8(tb[NW_A_CHANGE_NEW]);
	take_bytes(tb[NW_A_CHANGE_ADDR], record->addr, &record->addr_len);
	if (record->addr_len != addr_length(record->family))
		return "NEIGH's ADDR does not fit its FAMILY";
	if (tb[NW_A_CHANGE_LLADDR])
		take_bytes(tb[NW_A_CHANGE_LLADDR], record->lladdr, &record->lladdr_len);
	record->has_dwell = tb[NW_A_CHANGE_DWELL];
	if (record->has_dwell)
		record->dwell = nla_get_u64(tb[NW_A_CHANGE_DWELL]);
	if (record->old == NW_NUD_ABSENT && record->has_dwell)
		return "NEIGH has a DWELL for a neighbour that did not exist";
	if (record->old == record->new && !tb[NW_A_CHANGE_OLD_LLADDR])
		return "NEIGH changes nothing";
	return NULL;
}

static const char *parse_carrier(struct nlattr *nest, struct record *record)
{
	struct nlattr *tb[NW_A_CARRIER_MAX + 1];

	if (nla_parse_nested(tb, NW_A_CARRIER_MAX, nest, (void *)carrier_policy))
		return "CARRIER does not parse";
	if (!tb[NW_A_CARRIER_NEW] || !tb[NW_A_CARRIER_UP_COUNT] ||
	    !tb[NW_A_CARRIER_DOWN_COUNT])
		return "CARRIER lacks NEW or a count";
	/* What there was before the module was loaded nobody saw. */
	if (!tb[NW_A_CARRIER_OLD] && record->cause != NW_CAUSE_INITIAL)
		return "CARRIER lacks OLD";
	record->old = tb[NW_A_CARRIER_OLD] ? nla_get_u8(tb[NW_A_CARRIER_OLD])
					   : NW_CARRIER_UNKNOWN;
	record->new = nla_get_u8(tb[NW_A_CARRIER_NEW]);
	return NULL;
}

static const char *parse_route(struct nlattr *nest, struct record *record)
{
	struct nlattr *tb[NW_A_ROUTE_MAX + 1];

	if (nla_parse_nested(tb, NW_A_ROUTE_MAX, nest, (void *)route_policy))
		return "ROUTE does not parse";
	if (!tb[NW_A_ROUTE_CHANGE] || !tb[NW_A_ROUTE_FAMILY] ||
	    !tb[NW_A_ROUTE_DST_LEN] || !tb[NW_A_ROUTE_TABLE])
		return "ROUTE lacks CHANGE, FAMILY, DST_LEN or TABLE";
	record->change = nla_get_u8(tb[NW_A_ROUTE_CHANGE]);
	record->family = nla_get_u8(tb[NW_A_ROUTE_FAMILY]);
	if (tb[NW_A_ROUTE_DST])
		take_bytes(tb[NW_A_ROUTE_DST], record->addr, &record->addr_len);
	return NULL;
}

static const char *parse_address(struct nlattr *nest, struct record *record)
{
	struct nlattr *tb[NW_A_ADDRESS_MAX + 1];

	if (nla_parse_nested(tb, NW_A_ADDRESS_MAX, nest, (void *)address_policy))
		return "ADDRESS does not parse";
	if (!tb[NW_A_ADDRESS_CHANGE] || !tb[NW_A_ADDRESS_FAMILY] ||
	    !tb[NW_A_ADDRESS_ADDR] || !tb[NW_A_ADDRESS_PREFIX_LEN])
		return "ADDRESS lacks CHANGE, FAMILY, ADDR or PREFIX_LEN";
	record->change = nla_get_u8(tb[NW_A_ADDRESS_CHANGE]);
	record->family = nla_get_u8(tb[NW_A_ADDRESS_FAMILY]);
	take_bytes(tb[NW_A_ADDRESS_ADDR], record->addr, &record->addr_len);
	return NULL;
}

static const char *parse_who(struct nlattr *nest, struct record *record)
{
	struct nlattr *tb[NW_A_WHO_MAX + 1];

	if (nla_parse_nested(tb, NW_A_WHO_MAX, nest, (void *)who_policy))
		return "WHO does not parse";
	record->has_who = true;
	record->has_portid = tb[NW_A_WHO_PORTID];
	record->has_pid = tb[NW_A_WHO_PID];
	if (record->has_portid)
		record->portid = nla_get_u32(tb[NW_A_WHO_PORTID]);
	if (record->has_pid)
		record->pid = nla_get_u32(tb[NW_A_WHO_PID]);
	if (tb[NW_A_WHO_COMM])
		nla_strlcpy(record->comm, tb[NW_A_WHO_COMM], sizeof(record->comm));
	if (tb[NW_A_WHO_PARENT])
		nla_strlcpy(record->parent, tb[NW_A_WHO_PARENT], sizeof(record->parent));
	return NULL;
}

/* The only nest of a type that a record has, and which. */
static const char *find_type(struct nlattr **tb, struct record *record)
{
	int first = NW_A_RECORD_NEIGH - NW_TYPE_NEIGH;
	int type;

	for (type = NW_TYPE_NEIGH; type <= NW_TYPE_MAX; type++) {
		if (!tb[first + type])
			continue;
		if (record->type)
			return "a record of two types";
		record->type = type;
	}
	return record->type ? NULL : "a record of no type";
}

static const char *parse_detail(struct nlattr **tb, struct record *record)
{
	switch (record->type) {
	case NW_TYPE_NEIGH:
		return parse_neigh(tb[NW_A_RECORD_NEIGH], record);
	case NW_TYPE_CARRIER:
		return parse_carrier(tb[NW_A_RECORD_CARRIER], record);
	case NW_TYPE_ROUTE:
		return parse_route(tb[NW_A_RECORD_ROUTE], record);
	case NW_TYPE_ADDRESS:
		return parse_address(tb[NW_A_RECORD_ADDRESS], record);
	}
	return NULL;
}

/* An attribute that the contract does not have would be skipped by nla_parse(). */
static bool all_known(struct nlattr *nest, int max)
{
	struct nlattr *attr;
	int left;

	nla_for_each_nested(attr, nest, left)
		if (nla_type(attr) == 0 || nla_type(attr) > max)
			return false;
	return true;
}

static void take_common(struct nlattr **tb, struct record *record)
{
	record->seq = nla_get_u64(tb[NW_A_RECORD_SEQ]);
	record->mono = nla_get_u64(tb[NW_A_RECORD_MONO]);
	record->real = nla_get_u64(tb[NW_A_RECORD_REAL]);
	record->cpu = nla_get_u32(tb[NW_A_RECORD_CPU]);
	record->cause = nla_get_u8(tb[NW_A_RECORD_CAUSE]);
	if (tb[NW_A_RECORD_IFINDEX])
		record->ifindex = nla_get_u32(tb[NW_A_RECORD_IFINDEX]);
	if (tb[NW_A_RECORD_FLAGS])
		record->flags = nla_get_u32(tb[NW_A_RECORD_FLAGS]);
	if (tb[NW_A_RECORD_DEV])
		nla_strlcpy(record->dev, tb[NW_A_RECORD_DEV], sizeof(record->dev));
}

const char *record_parse(struct nlattr *nest, struct record *record)
{
	struct nlattr *tb[NW_A_RECORD_MAX + 1];
	const char *wrong;

	memset(record, 0, sizeof(*record));
	if (!all_known(nest, NW_A_RECORD_MAX))
		return "RECORD has an attribute that the contract has not";
	if (nla_parse_nested(tb, NW_A_RECORD_MAX, nest, (void *)record_policy))
		return "RECORD does not parse";
	if (!tb[NW_A_RECORD_SEQ] || !tb[NW_A_RECORD_MONO] || !tb[NW_A_RECORD_REAL] ||
	    !tb[NW_A_RECORD_CPU] || !tb[NW_A_RECORD_CAUSE])
		return "RECORD lacks SEQ, MONO, REAL, CPU or CAUSE";
	take_common(tb, record);
	if (record->cause > NW_CAUSE_MAX)
		return "RECORD has a cause that the contract has not";
	if (tb[NW_A_RECORD_FLAGS] && !record->flags)
		return "RECORD has FLAGS of 0";
	wrong = find_type(tb, record);
	if (!wrong && tb[NW_A_RECORD_WHO])
		wrong = parse_who(tb[NW_A_RECORD_WHO], record);
	if (!wrong && tb[NW_A_RECORD_WHO] && record->cause != NW_CAUSE_ADMIN)
		wrong = "WHO without the cause admin";
	return wrong ? wrong : parse_detail(tb, record);
}
