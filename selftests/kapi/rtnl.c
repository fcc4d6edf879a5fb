// SPDX-License-Identifier: GPL-2.0
/* What makes the kernel change neighbours, links and routes: rtnetlink. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <net/if.h>
#include <linux/rtnetlink.h>
#include <netlink/msg.h>
#include <sys/socket.h>
#include "kapi.h"

#define LLADDR_BYTES 6

int parse_addr(const char *text, uint8_t *out)
{
	if (inet_pton(AF_INET, text, out) == 1)
		return 4;
	if (inet_pton(AF_INET6, text, out) == 1)
		return 16;
	abort();
}

static int family_of(int length)
{
	return length == 16 ? AF_INET6 : AF_INET;
}

static void parse_lladdr(const char *text, uint8_t *out)
{
	if (sscanf(text, "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", &out[0], &out[1], &out[2],
		   &out[3], &out[4], &out[5]) != LLADDR_BYTES)
		abort();
}

struct nl_sock *rt_open(void)
{
	struct nl_sock *rt = nl_socket_alloc();

	if (!rt || nl_connect(rt, NETLINK_ROUTE))
		abort();
	return rt;
}

static struct nl_msg *rt_msg(int type, int flags, void *head, int length)
{
	struct nl_msg *msg = nlmsg_alloc_simple(type, flags);

	if (!msg || nlmsg_append(msg, head, length, NLMSG_ALIGNTO))
		abort();
	return msg;
}

static int rt_send(struct nl_sock *rt, struct nl_msg *msg)
{
	struct ack ack;

	return nl_talk_ack(rt, msg, &ack);
}

int rt_dummy(struct nl_sock *rt, const char *name)
{
	/* A dummy comes with IFF_NOARP: its neighbours would be NOARP. */
	struct ifinfomsg ifi = { .ifi_flags = IFF_UP, .ifi_change = IFF_UP | IFF_NOARP };
	struct nl_msg *msg = rt_msg(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &ifi, sizeof(ifi));
	struct nlattr *info;
	int error;

	nla_put_string(msg, IFLA_IFNAME, name);
	info = nla_nest_start(msg, IFLA_LINKINFO);
	nla_put_string(msg, IFLA_INFO_KIND, "dummy");
	nla_nest_end(msg, info);
	error = rt_send(rt, msg);
	return error ? error : (int)if_nametoindex(name);
}

int rt_link_del(struct nl_sock *rt, int ifindex)
{
	struct ifinfomsg ifi = { .ifi_index = ifindex };

	return rt_send(rt, rt_msg(RTM_DELLINK, 0, &ifi, sizeof(ifi)));
}

int rt_link_up(struct nl_sock *rt, int ifindex, bool up)
{
	struct ifinfomsg ifi = { .ifi_index = ifindex, .ifi_change = IFF_UP,
				 .ifi_flags = up ? IFF_UP : 0 };

	return rt_send(rt, rt_msg(RTM_NEWLINK, 0, &ifi, sizeof(ifi)));
}

int rt_link_rename(struct nl_sock *rt, int ifindex, const char *name)
{
	struct ifinfomsg ifi = { .ifi_index = ifindex };
	struct nl_msg *msg = rt_msg(RTM_NEWLINK, 0, &ifi, sizeof(ifi));

	nla_put_string(msg, IFLA_IFNAME, name);
	return rt_send(rt, msg);
}

static struct nl_msg *neigh_msg(int type, int flags, int ifindex, const char *addr,
				int state, const char *lladdr)
{
	struct ndmsg ndm = { .ndm_ifindex = ifindex, .ndm_state = state };
	uint8_t bytes[16], mac[LLADDR_BYTES];
	int length = parse_addr(addr, bytes);
	struct nl_msg *msg;

	ndm.ndm_family = family_of(length);
	msg = rt_msg(type, flags, &ndm, sizeof(ndm));
	nla_put(msg, NDA_DST, length, bytes);
	if (lladdr) {
		parse_lladdr(lladdr, mac);
		nla_put(msg, NDA_LLADDR, sizeof(mac), mac);
	}
	return msg;
}

int rt_neigh(struct nl_sock *rt, int ifindex, const char *addr, int state,
	     const char *lladdr)
{
	return rt_send(rt, neigh_msg(RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_REPLACE,
				     ifindex, addr, state, lladdr));
}

int rt_neigh_del(struct nl_sock *rt, int ifindex, const char *addr)
{
	return rt_send(rt, neigh_msg(RTM_DELNEIGH, 0, ifindex, addr, 0, NULL));
}

int rt_addr(struct nl_sock *rt, int ifindex, const char *addr, int prefix, bool add)
{
	struct ifaddrmsg ifa = { .ifa_index = ifindex, .ifa_prefixlen = prefix };
	uint8_t bytes[16];
	int length = parse_addr(addr, bytes);
	struct nl_msg *msg;

	ifa.ifa_family = family_of(length);
	if (length == 16)
		ifa.ifa_flags = IFA_F_NODAD;
	msg = rt_msg(add ? RTM_NEWADDR : RTM_DELADDR,
		     add ? NLM_F_CREATE | NLM_F_EXCL : 0, &ifa, sizeof(ifa));
	nla_put(msg, IFA_LOCAL, length, bytes);
	if (length == 4)
		nla_put(msg, IFA_ADDRESS, length, bytes);
	return rt_send(rt, msg);
}

int rt_route(struct nl_sock *rt, int ifindex, const char *dst, int prefix,
	     const char *gateway, bool add)
{
	struct rtmsg rtm = { .rtm_table = RT_TABLE_MAIN, .rtm_protocol = RTPROT_STATIC,
			     .rtm_type = RTN_UNICAST, .rtm_dst_len = prefix };
	uint8_t to[16], via[16];
	int length = parse_addr(gateway, via);
	struct nl_msg *msg;

	rtm.rtm_family = family_of(length);
	msg = rt_msg(add ? RTM_NEWROUTE : RTM_DELROUTE,
		     add ? NLM_F_CREATE | NLM_F_EXCL : 0, &rtm, sizeof(rtm));
	if (dst)
		nla_put(msg, RTA_DST, parse_addr(dst, to), to);
	nla_put(msg, RTA_GATEWAY, length, via);
	nla_put_u32(msg, RTA_OIF, ifindex);
	return rt_send(rt, msg);
}

static void toggle_addr(unsigned int number, char *addr, size_t size)
{
	snprintf(addr, size, "192.0.2.%u", 1 + number % TOGGLES);
}

int rt_toggle_setup(struct nl_sock *rt, int ifindex)
{
	unsigned int i;
	char addr[32];
	int error = 0;

	for (i = 0; i < TOGGLES && !error; i++) {
		toggle_addr(i, addr, sizeof(addr));
		error = rt_neigh(rt, ifindex, addr, NUD_STALE, "02:00:00:00:00:01");
	}
	return error;
}

#define BATCH 256
#define REQUEST_MAX 128

/* Many requests, sent as one; only the last wants an answer, all give errors. */
struct batch {
	struct nl_sock *rt;
	unsigned int count;
	int length;
	char bytes[BATCH * REQUEST_MAX];
};

/* Return: 0, or the first error. */
static int batch_send(struct batch *batch)
{
	int fd = nl_socket_get_fd(batch->rt), length = batch->length;
	struct nlmsghdr *hdr;
	char answer[4096];

	batch->count = 0;
	batch->length = 0;
	if (send(fd, batch->bytes, length, 0) != length)
		return -errno;
	length = recv(fd, answer, sizeof(answer), 0);
	hdr = (void *)answer;
	if (length < (int)NLMSG_LENGTH(sizeof(struct nlmsgerr)) ||
	    hdr->nlmsg_type != NLMSG_ERROR)
		return -EPROTO;
	return ((struct nlmsgerr *)nlmsg_data(hdr))->error;
}

static int batch_add(struct batch *batch, struct nl_msg *msg, bool last)
{
	struct nlmsghdr *hdr = nlmsg_hdr(msg);

	last |= batch->count + 1 == BATCH;
	hdr->nlmsg_seq = nl_socket_use_seq(batch->rt);
	if (last)
		hdr->nlmsg_flags |= NLM_F_ACK;
	memcpy(batch->bytes + batch->length, hdr, NLMSG_ALIGN(hdr->nlmsg_len));
	batch->length += NLMSG_ALIGN(hdr->nlmsg_len);
	batch->count++;
	nlmsg_free(msg);
	return last ? batch_send(batch) : 0;
}

int rt_toggle(struct nl_sock *rt, int ifindex, unsigned int changes)
{
	struct batch batch = { .rt = rt };
	struct nl_msg *msg;
	unsigned int i;
	int error = 0;
	char addr[32];

	for (i = 0; i < changes && !error; i++) {
		toggle_addr(i, addr, sizeof(addr));
		msg = neigh_msg(RTM_NEWNEIGH, NLM_F_REQUEST | NLM_F_REPLACE, ifindex, addr,
				i / TOGGLES % 2 ? NUD_STALE : NUD_PERMANENT, "02:00:00:00:00:01");
		error = batch_add(&batch, msg, i + 1 == changes);
	}
	return error;
}

int rt_cycle(struct nl_sock *rt, int ifindex, unsigned int cycles)
{
	static const int states[] = CYCLE;
	const unsigned int nr = sizeof(states) / sizeof(*states);
	struct batch batch = { .rt = rt };
	struct nl_msg *msg;
	unsigned int i;
	int error = 0;

	for (i = 0; i < nr * cycles && !error; i++) {
		msg = neigh_msg(RTM_NEWNEIGH, NLM_F_REQUEST | NLM_F_REPLACE, ifindex, "192.0.2.1",
				states[i % nr], "02:00:00:00:00:01");
		error = batch_add(&batch, msg, i + 1 == nr * cycles);
	}
	return error;
}

int rt_crowd(struct nl_sock *rt, int ifindex, unsigned int count, int state)
{
	const bool come = state != NUD_NONE;
	const int type = come ? RTM_NEWNEIGH : RTM_DELNEIGH;
	const int flags = NLM_F_REQUEST | (come ? NLM_F_CREATE | NLM_F_EXCL : 0);
	struct batch batch = { .rt = rt };
	struct nl_msg *msg;
	unsigned int i;
	int error = 0;
	char addr[32];

	for (i = 0; i < count && !error; i++) {
		snprintf(addr, sizeof(addr), "10.%u.%u.%u", 64 + (i >> 16), i >> 8 & 255, i & 255);
		msg = neigh_msg(type, flags, ifindex, addr, state,
				come ? "02:00:00:00:00:01" : NULL);
		error = batch_add(&batch, msg, i + 1 == count);
	}
	return error;
}
