// SPDX-License-Identifier: GPL-2.0
/* Messages of the kernel's routing netlink, as text and as JSON. */
#include <arpa/inet.h>
#include <net/if.h>
#include <stdio.h>
#include <sys/socket.h>

#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/nexthop.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>

#include "unit.h"
#include "rtmsg.h"

static struct nl_msg *msg;
static struct nw_twin twin;
static char *text, *json;
static size_t text_size, json_size;
static FILE *files[2];

static int setup(void **state)
{
	(void)state;
	msg = nlmsg_alloc();
	assert_non_null(msg);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	nlmsg_free(msg);
	free(text);
	free(json);
	text = NULL;
	json = NULL;
	return 0;
}

static void put_bytes(int attr, const char *bytes, int len)
{
	assert_int_equal(nla_put(msg, attr, len, bytes), 0);
}

static void put_addr(int attr, const char *addr)
{
	unsigned char raw[16];
	int family = strchr(addr, ':') ? AF_INET6 : AF_INET;

	assert_int_equal(inet_pton(family, addr, raw), 1);
	put_bytes(attr, (char *)raw, family == AF_INET ? 4 : 16);
}

static void begin(bool tree)
{
	files[0] = open_memstream(&text, &text_size);
	files[1] = open_memstream(&json, &json_size);
	assert_non_null(files[0]);
	assert_non_null(files[1]);
	nw_twin_begin(&twin, files[0], files[1], tree);
}

static void end(void)
{
	nw_twin_end(&twin);
	fclose(files[0]);
	fclose(files[1]);
}

/* The message as one object: its text, and its JSON without the array. */
static void write_as(const struct nw_rtmsg *as, const void *header)
{
	const struct nlmsghdr *nlh = nlmsg_hdr(msg);
	const struct nw_rtbody body = {
		nlmsg_attrdata(nlh, 0), nlmsg_attrlen(nlh, 0),
	};

	begin(as->title);
	nw_twin_object(&twin, "title");
	as->put(&twin, header, &body);
	nw_rtattr_put(&twin, as->attrs, &body);
	nw_twin_object_end(&twin);
	end();
}

/* Whether the JSON has @wanted, in which ' stands for ". */
static void has(const char *wanted)
{
	char quoted[256], *p;

	snprintf(quoted, sizeof(quoted), "%s", wanted);
	for (p = quoted; (p = strchr(p, '\'')) != NULL;)
		*p = '"';
	if (!strstr(json, quoted))
		fail_msg("not in %s: %s", json, quoted);
}

static const struct rtmsg route = {
	.rtm_family = AF_INET, .rtm_dst_len = 24, .rtm_type = RTN_UNICAST,
	.rtm_protocol = RTPROT_STATIC, .rtm_scope = RT_SCOPE_UNIVERSE,
};

static void a_route(void **state)
{
	(void)state;
	put_addr(RTA_DST, "192.0.2.0");
	put_addr(RTA_GATEWAY, "10.9.0.1");
	nla_put_u32(msg, RTA_TABLE, RT_TABLE_MAIN);
	nla_put_u32(msg, RTA_PRIORITY, 100);
	write_as(&nw_rtmsg_route, &route);
	has("[{'family':'inet','type':'unicast','dst':'192.0.2.0/24','protocol':'static',");
	has("'scope':'global','gateway':'10.9.0.1','table':'main','metric':100}]\n");
	assert_string_equal(strstr(text, "protocol"),
			    "protocol static scope global gateway\n"
			    "    10.9.0.1 table main metric 100\n");
	assert_int_equal(strncmp(text, "family inet type unicast dst 192.0.2.0/24 ", 42), 0);
}

static void a_default_route_and_what_is_unknown(void **state)
{
	(void)state;
	put_bytes(200, "\x01\xff", 2);
	put_bytes(201, "", 0);
	/* A number of a strange length is bytes. */
	put_bytes(RTA_PRIORITY, "\x01\x02\x03", 3);
	nla_put_u32(msg, RTA_TABLE, 1234567);
	write_as(&nw_rtmsg_route, &route);
	has("'type':'unicast','dst':'default',");
	has("'attr_200':'01ff','attr_201':'','metric':'010203','table':1234567}]\n");
}

/* Two next hops, then one that claims to be longer than there is. */
static void several_next_hops(void **state)
{
	struct {
		struct rtnexthop hop;
		struct nlattr head;
		unsigned char gateway[4];
	} hops[3] = { 0 };
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		hops[i].hop.rtnh_len = sizeof(hops[i]);
		hops[i].hop.rtnh_hops = (unsigned char)i;
		hops[i].hop.rtnh_ifindex = 2000000000 + i;
		hops[i].head.nla_len = 8;
		hops[i].head.nla_type = RTA_GATEWAY;
		inet_pton(AF_INET, "10.9.0.1", hops[i].gateway);
	}
	hops[2].hop.rtnh_len++;
	put_bytes(RTA_MULTIPATH, (char *)hops, sizeof(hops));
	write_as(&nw_rtmsg_route, &route);
	has("'nexthops':[{'dev':'#2000000000','ifindex':2000000000,'weight':1,'flags':0,");
	has("'gateway':'10.9.0.1'},{'dev':'#2000000001','ifindex':2000000001,'weight':2,");
	has("'flags':0,'gateway':'10.9.0.1'}]}");
	assert_non_null(strstr(text, "nexthops ( ("));
}

/* More than a line has room for: nothing is lost, and no line is too long. */
static void very_many_next_hops(void **state)
{
	enum { NR = 300 };
	struct rtnexthop hops[NR] = { 0 };
	const char *p, *nl;
	int i, seen = 0;

	(void)state;
	for (i = 0; i < NR; i++) {
		hops[i].rtnh_len = sizeof(hops[i]);
		hops[i].rtnh_ifindex = 2000000000 + i;
	}
	put_bytes(RTA_MULTIPATH, (char *)hops, sizeof(hops));
	write_as(&nw_rtmsg_route, &route);
	for (p = text; (p = strstr(p, "#20000")) != NULL; p++)
		seen++;
	assert_int_equal(seen, NR);
	for (p = text; *p; p = nl + 1) {
		nl = strchr(p, '\n');
		assert_non_null(nl);
		assert_in_range(nl - p, 1, NW_WIDTH);
	}
}

static void a_neighbour(void **state)
{
	const struct ndmsg nd = {
		.ndm_family = AF_INET6, .ndm_ifindex = 2000000000,
		.ndm_state = NUD_FAILED, .ndm_flags = NTF_ROUTER,
	};
	const __u32 cache[] = { 1, 2, 3, 0 };

	(void)state;
	put_addr(NDA_DST, "fd09::1");
	put_bytes(NDA_LLADDR, "\x02\x00\x00\x00\x09\x01", 6);
	put_bytes(NDA_CACHEINFO, (const char *)cache, sizeof(cache));
	write_as(&nw_rtmsg_neigh, &nd);
	has("[{'family':'inet6','dev':'#2000000000','ifindex':2000000000,'state':'failed',");
	has("'flags':'router','addr':'fd09::1','lladdr':'02:00:00:00:09:01',");
	has("'cache':{'confirmed_cs':1,'used_cs':2,'updated_cs':3,'refcnt':0}}]\n");
}

static void put_vlan(const char *kind)
{
	struct nlattr *info = nla_nest_start(msg, IFLA_LINKINFO), *data;

	nla_put_string(msg, IFLA_INFO_KIND, kind);
	data = nla_nest_start(msg, IFLA_INFO_DATA);
	nla_put_u16(msg, IFLA_VLAN_ID, 7);
	nla_nest_end(msg, data);
	nla_nest_end(msg, info);
}

static void a_link(void **state)
{
	const struct ifinfomsg ifi = {
		.ifi_index = 5, .ifi_type = 1, .ifi_flags = IFF_UP,
	};
	const __u64 counters[] = { 11, 12, 1ULL << 63 };

	(void)state;
	nla_put_string(msg, IFLA_IFNAME, "a\033b");
	put_vlan("vlan");
	put_bytes(IFLA_STATS64, (const char *)counters, sizeof(counters));
	write_as(&nw_rtmsg_link, &ifi);
	assert_string_equal(text, "title\n  ifindex: 5\n  type: ether\n  flags: up\n"
			    "  dev: a\\x1bb\n  linkinfo:\n    kind: vlan\n    data:\n      id: 7\n"
			    "  stats:\n    rx_packets: 11\n    tx_packets: 12\n"
			    "    rx_bytes: 9223372036854775808\n");
	has("'dev':'a\\u001bb','linkinfo':{'kind':'vlan','data':{'id':7}},");
	has("'stats':{'rx_packets':11,'tx_packets':12,'rx_bytes':9223372036854775808}}");
}

static void a_link_of_another_kind(void **state)
{
	const struct ifinfomsg ifi = { .ifi_index = 5 };

	(void)state;
	put_vlan("nlmon");
	write_as(&nw_rtmsg_link, &ifi);
	has("'kind':'nlmon','data':'0600010007000000'");
}

static void a_group_of_next_hops(void **state)
{
	const struct nexthop_grp members[] = { { .id = 1 }, { .id = 2, .weight = 9 } };
	const struct nhmsg nh = { .nh_family = AF_INET };

	(void)state;
	nla_put_u32(msg, NHA_ID, 10);
	put_bytes(NHA_GROUP, (const char *)members, sizeof(members));
	nla_put_flag(msg, NHA_BLACKHOLE);
	write_as(&nw_rtmsg_nexthop, &nh);
	has("'id':10,'group':[{'id':1,'weight':1},{'id':2,'weight':10}],'blackhole':true}");
}

static void none_is_said(void **state)
{
	(void)state;
	begin(false);
	end();
	assert_string_equal(text, "none\n");
	assert_string_equal(json, "[]\n");
}

#define TEST(name)	cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_route), TEST(a_default_route_and_what_is_unknown),
		TEST(several_next_hops), TEST(very_many_next_hops), TEST(a_neighbour),
		TEST(a_link), TEST(a_link_of_another_kind), TEST(a_group_of_next_hops),
		TEST(none_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
