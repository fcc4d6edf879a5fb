// SPDX-License-Identifier: GPL-2.0
/*
 * neigh, send, link, netns - what is seen for the first time is tracked, or it
 * is counted as lost, or it did not come to be.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include <linux/rtnetlink.h>
#include "nth.h"

static struct nw nw;
static struct nl_sock *rt;
static struct sockaddr_in peer = { .sin_family = AF_INET };
static char name[IFNAMSIZ];
static int dev, udp, home;
static uint64_t lost, links;

static const uint8_t mac[6] = { 2, 0, 0, 0, 0, 1 };

static void address(unsigned int nth)
{
	peer.sin_addr.s_addr = htonl((198u << 24 | 19u << 16) + nth + 1);
	peer.sin_port = htons(9);
	lost = losses(&nw);
}

static void open_observe(char **args)
{
	rt = rt_open();
	if (nw_open(&nw))
		give_up("no family neighwatch");
	rt_link_del(rt, if_nametoindex("seen"));
	dev = rt_dummy(rt, "seen");
	if (dev <= 0 || rt_addr(rt, dev, "198.19.0.1", 16, true))
		give_up("no device");
	udp = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	home = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	if (udp < 0 || home < 0)
		give_up("no socket");
}

/* Whether the module knows it. */
static bool known(int command, uint32_t ifindex, const void *addr)
{
	struct nl_msg *msg = nw_request(&nw, command, 0);
	struct ack ack;

	nla_put_u32(msg, NW_A_IFINDEX, ifindex);
	if (addr) {
		nla_put_u8(msg, NW_A_FAMILY, AF_INET);
		nla_put(msg, NW_A_ADDR, 4, addr);
	}
	return !nw_talk(&nw, msg, NULL, NULL, &ack);
}

/* UDP keeps it to itself when there was no memory for an entry. */
static bool exists(const struct in_addr *addr)
{
	struct ndmsg ndm = { .ndm_family = AF_INET, .ndm_ifindex = dev };
	struct nl_msg *msg = nlmsg_alloc_simple(RTM_GETNEIGH, 0);
	struct ack ack;

	nlmsg_append(msg, &ndm, sizeof(ndm), NLMSG_ALIGNTO);
	nla_put(msg, NDA_DST, 4, addr);
	nl_talk_ack(rt, msg, &ack);
	return ack.error != ENOENT;
}

static const char *judge_known(struct attempt *attempt, bool is_known)
{
	attempt->counted = losses(&nw) > lost;
	if (attempt->ours && !attempt->error && !attempt->counted)
		return "refused to the module and not counted";
	if (!attempt->error && !is_known && !attempt->counted)
		return "unknown and not counted";
	return NULL;
}

static void prepare_neigh(unsigned int nth)
{
	struct ndmsg ndm = { .ndm_family = AF_INET, .ndm_ifindex = dev,
			     .ndm_state = NUD_PERMANENT };
	struct nl_msg *msg = nlmsg_alloc_simple(RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_REPLACE);

	address(nth);
	nlmsg_append(msg, &ndm, sizeof(ndm), NLMSG_ALIGNTO);
	nla_put(msg, NDA_DST, 4, &peer.sin_addr);
	nla_put(msg, NDA_LLADDR, sizeof(mac), mac);
	rt_prepare(rt, msg);
}

static const char *judge_neigh(struct attempt *attempt)
{
	return judge_known(attempt, known(NW_CMD_NEIGH_GET, dev, &peer.sin_addr));
}

static int run_send(void)
{
	return sendto(udp, "x", 1, 0, (void *)&peer, sizeof(peer)) < 0 ? errno : 0;
}

static const char *judge_send(struct attempt *attempt)
{
	return judge_known(attempt, known(NW_CMD_NEIGH_GET, dev, &peer.sin_addr) ||
			   !exists(&peer.sin_addr));
}

static void prepare_link(unsigned int nth)
{
	struct ifinfomsg ifi = { .ifi_flags = IFF_UP, .ifi_change = IFF_UP };
	struct nl_msg *msg = nlmsg_alloc_simple(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
	struct nlattr *info;

	lost = losses(&nw);
	links = nw_stat(&nw, NW_A_STATS_LINKS);
	/* Others with each series: one that was removed may still be known. */
	snprintf(name, sizeof(name), "lk%d.%u", getpid() % 10000, nth);
	nlmsg_append(msg, &ifi, sizeof(ifi), NLMSG_ALIGNTO);
	nla_put_string(msg, IFLA_IFNAME, name);
	info = nla_nest_start(msg, IFLA_LINKINFO);
	nla_put_string(msg, IFLA_INFO_KIND, "dummy");
	nla_nest_end(msg, info);
	rt_prepare(rt, msg);
}

/* The devices stay: to delete one takes longer than all the rest. */
static const char *judge_link(struct attempt *attempt)
{
	int ifindex = if_nametoindex(name);
	const char *wrong;

	wrong = judge_known(attempt, !ifindex || known(NW_CMD_LINK_GET, ifindex, NULL));
	if (!wrong && nw_stat(&nw, NW_A_STATS_LINKS) != links + (ifindex && !attempt->counted))
		wrong = "a link more or less than there is";
	if (ifindex)
		rt_link_del(rt, ifindex);
	return wrong;
}

static int run_netns(void)
{
	return unshare(CLONE_NEWNET) ? errno : 0;
}

/* Its ring comes with its first record, which is of lo. */
static const char *judge_inside(struct attempt *attempt)
{
	uint64_t deadline = deadline_in(5000);
	struct nw inside;

	if (nw_open(&inside))
		return "nobody answers in it";
	attempt->counted = losses(&inside) > 0;
	if (!nw_stat(&inside, NW_A_STATS_LINKS) && !attempt->counted)
		return "lo is unknown and not counted";
	if (nw_stat(&inside, NW_A_STATS_LINKS) > 1)
		return "more than lo";
	while (nw_stat(&inside, NW_A_STATS_RING_SIZE) != 256) {
		if (now_mono() > deadline)
			return "its ring never gets its size";
		usleep(10000);
	}
	nw_close(&inside);
	return NULL;
}

static const char *judge_netns(struct attempt *attempt)
{
	const char *wrong = attempt->error ? NULL : judge_inside(attempt);

	if (setns(home, CLONE_NEWNET))
		give_up("cannot go back");
	if (!wrong && attempt->ours && !attempt->error && !attempt->counted)
		return "refused to the module and not counted";
	return wrong;
}

const struct operation observe_operations[] = {
	{ "neigh", 0, open_observe, prepare_neigh, rt_run, judge_neigh },
	{ "send", 0, open_observe, address, run_send, judge_send },
	{ "link", 0, open_observe, prepare_link, rt_run, judge_link },
	{ "netns", 0, open_observe, NULL, run_netns, judge_netns, .late = true },
	{ }
};
