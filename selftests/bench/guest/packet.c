// SPDX-License-Identifier: GPL-2.0
/* Packets to neighbours that cannot take them, and the same ARP again and again. */
#include <arpa/inet.h>
#include <stdio.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/if_ether.h>
#include <netpacket/packet.h>
#include <sys/socket.h>
#include <unistd.h>
#include "work.h"

static void sysctl_restore(void)
{
	sysctl("ipv4/neigh/default/gc_thresh1", "128");
	sysctl("ipv4/neigh/default/gc_thresh2", "512");
	sysctl("ipv4/neigh/default/gc_thresh3", "1024");
}

void unresolved4_prepare(unsigned int count)
{
	struct nl_sock *rt = rt_open();

	(void)count;
	sysctl_restore();
	fresh_dummy(rt);
	/* The rest of the run is the same second to it. */
	sysctl("ipv4/neigh/" DEV "/retrans_time_ms", "600000");
	nl_socket_free(rt);
}

void unresolved6_prepare(unsigned int count)
{
	unresolved4_prepare(count);
	sysctl("ipv6/neigh/" DEV "/retrans_time_ms", "600000");
}

/* Nobody may ask: every packet makes the neighbour FAILED where it is. */
void failed_prepare(unsigned int count)
{
	unresolved4_prepare(count);
	sysctl("ipv4/neigh/" DEV "/mcast_solicit", "0");
}

/* A table with room for nothing. */
void overflow_prepare(unsigned int count)
{
	struct nl_sock *rt = rt_open();

	unresolved4_prepare(count);
	must(rt_neigh(rt, (int)if_nametoindex(DEV), "10.77.0.2", NUD_REACHABLE,
		      "02:00:00:00:00:02"), "10.77.0.2");
	nl_socket_free(rt);
	sysctl("ipv4/neigh/default/gc_thresh3", "1");
	sysctl("ipv4/neigh/default/gc_thresh2", "1");
}

static void send_all(int family, const void *to, socklen_t length, unsigned int count)
{
	int fd = socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	unsigned int i;

	must(fd < 0 ? -errno : 0, "socket");
	for (i = 0; i < count; i++)
		if (sendto(fd, "neighwatch", 10, MSG_DONTWAIT, to, length) < 0 &&
		    errno != ENOBUFS && errno != EHOSTUNREACH)
			must(-errno, "sendto");
	close(fd);
}

void packet4_run(unsigned int count)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(9) };

	inet_pton(AF_INET, "10.77.0.99", &to.sin_addr);
	send_all(AF_INET, &to, sizeof(to), count);
}

void packet6_run(unsigned int count)
{
	struct sockaddr_in6 to = { .sin6_family = AF_INET6, .sin6_port = htons(9) };

	inet_pton(AF_INET6, "2001:db8:77::99", &to.sin6_addr);
	send_all(AF_INET6, &to, sizeof(to), count);
}

static const uint8_t station[ETH_ALEN] = { 2, 0, 0, 0, 0, 9 };

/* DEV and PEER are a veth pair that the caller made; the neighbour is on DEV. */
void arp_prepare(unsigned int count)
{
	struct nl_sock *rt = rt_open();
	int ifindex = (int)if_nametoindex(DEV);

	(void)count;
	sysctl_restore();
	must(rt_link_up(rt, (int)if_nametoindex(PEER), true), PEER);
	must(rt_link_up(rt, ifindex, true), DEV);
	must(rt_addr(rt, ifindex, "10.77.0.1", 16, true), "10.77.0.1");
	must(rt_neigh(rt, ifindex, "10.77.0.9", NUD_STALE, "02:00:00:00:00:09"),
	     "10.77.0.9");
	nl_socket_free(rt);
}

/* Both are made of bytes and 16-bit words: nothing is between them. */
struct gratuitous {
	struct ether_header eth;
	struct ether_arp arp;
};

void arp_run(unsigned int count)
{
	struct sockaddr_ll to = {
		.sll_family = AF_PACKET,
		.sll_ifindex = (int)if_nametoindex(PEER),
	};
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	struct gratuitous g = {
		.eth = { .ether_type = htons(ETHERTYPE_ARP) },
		.arp.ea_hdr = { htons(ARPHRD_ETHER), htons(ETHERTYPE_IP), ETH_ALEN, 4,
				htons(ARPOP_REQUEST) },
		.arp.arp_spa = { 10, 77, 0, 9 },
		.arp.arp_tpa = { 10, 77, 0, 9 },
	};
	unsigned int i;

	must(fd < 0 ? -errno : 0, "packet socket");
	memset(g.eth.ether_dhost, 0xff, ETH_ALEN);
	memcpy(g.eth.ether_shost, station, ETH_ALEN);
	memcpy(g.arp.arp_sha, station, ETH_ALEN);
	for (i = 0; i < count; i++)
		if (sendto(fd, &g, sizeof(g), 0, (void *)&to, sizeof(to)) < 0)
			must(-errno, "sendto");
	close(fd);
}
