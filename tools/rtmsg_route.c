// SPDX-License-Identifier: GPL-2.0
/* Routes, rules, next-hop objects and addresses. */
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/nexthop.h>
#include <linux/rtnetlink.h>
#include <netlink/addr.h>
#include <netlink/route/addr.h>
#include <netlink/route/nexthop.h>
#include <netlink/route/route.h>
#include <netlink/route/rtnl.h>

#include "rtmsg.h"

static const struct nw_rtattr metrics_attrs[] = {
	NW_RT(RTAX_LOCK, NUMBER, "lock"),
	NW_RT(RTAX_MTU, NUMBER, "mtu"),
	NW_RT(RTAX_WINDOW, NUMBER, "window"),
	NW_RT(RTAX_RTT, NUMBER, "rtt"),
	NW_RT(RTAX_RTTVAR, NUMBER, "rttvar"),
	NW_RT(RTAX_SSTHRESH, NUMBER, "ssthresh"),
	NW_RT(RTAX_CWND, NUMBER, "cwnd"),
	NW_RT(RTAX_ADVMSS, NUMBER, "advmss"),
	NW_RT(RTAX_REORDERING, NUMBER, "reordering"),
	NW_RT(RTAX_HOPLIMIT, NUMBER, "hoplimit"),
	NW_RT(RTAX_INITCWND, NUMBER, "initcwnd"),
	NW_RT(RTAX_FEATURES, NUMBER, "features"),
	NW_RT(RTAX_RTO_MIN, NUMBER, "rto_min"),
	NW_RT(RTAX_INITRWND, NUMBER, "initrwnd"),
	NW_RT(RTAX_QUICKACK, NUMBER, "quickack"),
	NW_RT(RTAX_CC_ALGO, STRING, "congctl"),
	NW_RT_LAST,
};

static const char *const cache_words[] = {
	"clntref", "lastuse", "expires", "error", "used", "id", "ts", "tsage",
	NULL,
};

static const struct nw_rtattr attrs[] = {
	NW_RT(RTA_DST, SKIP, NULL),
	NW_RT(RTA_SRC, SKIP, NULL),
	NW_RT(RTA_IIF, DEV, "iif"),
	NW_RT(RTA_GATEWAY, ADDR, "gateway"),
	NW_RT(RTA_VIA, VIA, "via"),
	NW_RT(RTA_OIF, DEV, "dev"),
	NW_RT(RTA_PRIORITY, NUMBER, "metric"),
	NW_RT(RTA_PREFSRC, ADDR, "prefsrc"),
	NW_RT(RTA_TABLE, NAMED, "table", .name = rtnl_route_table2str),
	NW_RT(RTA_NH_ID, NUMBER, "nhid"),
	NW_RT(RTA_MULTIPATH, NEXTHOPS, "nexthops"),
	NW_RT(RTA_METRICS, NEST, "metrics", .nest = metrics_attrs),
	NW_RT(RTA_CACHEINFO, WORDS, "cache", .words = cache_words),
	NW_RT(RTA_FLOW, NUMBER, "realm"),
	NW_RT(RTA_MARK, NUMBER, "mark"),
	NW_RT(RTA_PREF, NUMBER, "pref"),
	NW_RT(RTA_EXPIRES, NUMBER, "expires"),
	NW_RT(RTA_ENCAP_TYPE, NUMBER, "encap_type"),
	NW_RT(RTA_UID, NUMBER, "uid"),
	NW_RT(RTA_TTL_PROPAGATE, NUMBER, "ttl_propagate"),
	NW_RT(RTA_PAD, SKIP, NULL),
	NW_RT_LAST,
};

static void put(struct nw_twin *t, const void *header,
		const struct nw_rtbody *body)
{
	const struct rtmsg *rtm = header;

	nw_rtattr_named(t, "family", nl_af2str, rtm->rtm_family);
	nw_rtattr_named(t, "type", nl_rtntype2str, rtm->rtm_type);
	nw_rtattr_prefix(t, "dst", body, RTA_DST, rtm->rtm_dst_len,
			 "default");
	nw_rtattr_prefix(t, "src", body, RTA_SRC, rtm->rtm_src_len, NULL);
	if (rtm->rtm_tos)
		nw_twin_number(t, "tos", rtm->rtm_tos);
	nw_rtattr_named(t, "protocol", rtnl_route_proto2str,
			rtm->rtm_protocol);
	nw_rtattr_named(t, "scope", rtnl_scope2str, rtm->rtm_scope);
	if (rtm->rtm_flags)
		nw_rtattr_named(t, "flags", rtnl_route_nh_flags2str,
				rtm->rtm_flags);
}

const struct nw_rtmsg nw_rtmsg_route = {
	RTM_NEWROUTE, sizeof(struct rtmsg), put, attrs, 0,
};

static const char *const addr_words[] = {
	"preferred_s", "valid_s", "created_cs", "updated_cs", NULL,
};

static const struct nw_rtattr addr_attrs[] = {
	NW_RT(IFA_ADDRESS, SKIP, NULL),
	NW_RT(IFA_LOCAL, ADDR, "local"),
	NW_RT(IFA_LABEL, STRING, "label"),
	NW_RT(IFA_BROADCAST, ADDR, "broadcast"),
	NW_RT(IFA_ANYCAST, ADDR, "anycast"),
	NW_RT(IFA_MULTICAST, ADDR, "multicast"),
	NW_RT(IFA_FLAGS, NAMED, "flags", .name = rtnl_addr_flags2str),
	NW_RT(IFA_RT_PRIORITY, NUMBER, "metric"),
	NW_RT(IFA_PROTO, NUMBER, "protocol"),
	NW_RT(IFA_CACHEINFO, WORDS, "cache", .words = addr_words),
	NW_RT_LAST,
};

static void put_addr(struct nw_twin *t, const void *header,
		     const struct nw_rtbody *body)
{
	const struct ifaddrmsg *ifa = header;

	nw_rtattr_named(t, "family", nl_af2str, ifa->ifa_family);
	nw_rtattr_dev(t, "dev", ifa->ifa_index);
	nw_rtattr_prefix(t, "addr", body, IFA_ADDRESS, ifa->ifa_prefixlen,
			 NULL);
	nw_rtattr_named(t, "scope", rtnl_scope2str, ifa->ifa_scope);
}

const struct nw_rtmsg nw_rtmsg_addr = {
	RTM_NEWADDR, sizeof(struct ifaddrmsg), put_addr, addr_attrs, 0,
};

static char *action(int value, char *buf, size_t size)
{
	static const char *const names[] = {
		[FR_ACT_TO_TBL] = "lookup", [FR_ACT_GOTO] = "goto",
		[FR_ACT_NOP] = "nop", [FR_ACT_BLACKHOLE] = "blackhole",
		[FR_ACT_UNREACHABLE] = "unreachable",
		[FR_ACT_PROHIBIT] = "prohibit",
	};

	if (value < 0 || value > FR_ACT_PROHIBIT || !names[value])
		return NULL;
	snprintf(buf, size, "%s", names[value]);
	return buf;
}

static const char *const uid_words[] = { "from", "to", NULL };

static const struct nw_rtattr rule_attrs[] = {
	NW_RT(FRA_PRIORITY, NUMBER, "priority"),
	NW_RT(FRA_SRC, SKIP, NULL),
	NW_RT(FRA_DST, SKIP, NULL),
	NW_RT(FRA_IIFNAME, STRING, "iif"),
	NW_RT(FRA_OIFNAME, STRING, "oif"),
	NW_RT(FRA_GOTO, NUMBER, "goto"),
	NW_RT(FRA_FWMARK, NUMBER, "fwmark"),
	NW_RT(FRA_FWMASK, NUMBER, "fwmask"),
	NW_RT(FRA_FLOW, NUMBER, "realm"),
	NW_RT(FRA_SUPPRESS_IFGROUP, SIGNED, "suppress_ifgroup"),
	NW_RT(FRA_SUPPRESS_PREFIXLEN, SIGNED, "suppress_prefixlen"),
	NW_RT(FRA_TABLE, NAMED, "table", .name = rtnl_route_table2str),
	NW_RT(FRA_L3MDEV, NUMBER, "l3mdev"),
	NW_RT(FRA_UID_RANGE, WORDS, "uids", .words = uid_words),
	NW_RT(FRA_PROTOCOL, NAMED, "protocol", .name = rtnl_route_proto2str),
	NW_RT(FRA_IP_PROTO, NUMBER, "ip_proto"),
	NW_RT(FRA_PAD, SKIP, NULL),
	NW_RT_LAST,
};

static void put_rule(struct nw_twin *t, const void *header,
		     const struct nw_rtbody *body)
{
	const struct fib_rule_hdr *rule = header;

	nw_rtattr_named(t, "family", nl_af2str, rule->family);
	nw_rtattr_named(t, "action", action, rule->action);
	nw_rtattr_prefix(t, "src", body, FRA_SRC, rule->src_len, "all");
	nw_rtattr_prefix(t, "dst", body, FRA_DST, rule->dst_len, NULL);
	if (rule->tos)
		nw_twin_number(t, "tos", rule->tos);
	if (rule->flags & FIB_RULE_INVERT)
		nw_twin_flag(t, "not");
}

const struct nw_rtmsg nw_rtmsg_rule = {
	RTM_NEWRULE, sizeof(struct fib_rule_hdr), put_rule, rule_attrs, 0,
};

static const struct nw_rtattr nexthop_attrs[] = {
	NW_RT(NHA_ID, NUMBER, "id"),
	NW_RT(NHA_GATEWAY, ADDR, "gateway"),
	NW_RT(NHA_OIF, DEV, "dev"),
	NW_RT(NHA_GROUP, GROUP, "group"),
	NW_RT(NHA_GROUP_TYPE, NUMBER, "group_type"),
	NW_RT(NHA_BLACKHOLE, FLAG, "blackhole"),
	NW_RT(NHA_ENCAP_TYPE, NUMBER, "encap_type"),
	NW_RT(NHA_MASTER, DEV, "master"),
	NW_RT(NHA_FDB, FLAG, "fdb"),
	NW_RT_LAST,
};

static void put_nexthop(struct nw_twin *t, const void *header,
			const struct nw_rtbody *body)
{
	const struct nhmsg *nh = header;

	(void)body;
	nw_rtattr_named(t, "family", nl_af2str, nh->nh_family);
	nw_rtattr_named(t, "scope", rtnl_scope2str, nh->nh_scope);
	nw_rtattr_named(t, "protocol", rtnl_route_proto2str,
			nh->nh_protocol);
	if (nh->nh_flags)
		nw_rtattr_named(t, "flags", rtnl_route_nh_flags2str,
				nh->nh_flags);
}

const struct nw_rtmsg nw_rtmsg_nexthop = {
	RTM_NEWNEXTHOP, sizeof(struct nhmsg), put_nexthop, nexthop_attrs, 0,
};
