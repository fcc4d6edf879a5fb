// SPDX-License-Identifier: GPL-2.0
/*
 * For scenarios: many packets from one process. The first three are frames from
 * DEV, as a station on the segment sends them:
 *
 *   kapi_packets arp DEV COUNT TARGET	ARP requests for TARGET, each from another
 *	address of 10.9.0.0/16 upwards from 10.9.1.0 and another MAC
 *   kapi_packets claim DEV COUNT ADDR	gratuitous ARP: each time another MAC has ADDR
 *   kapi_packets nd DEV COUNT TARGET	neighbour solicitations for TARGET, each from
 *	another address of TARGET's /64 and another MAC
 *   kapi_packets scan COUNT ADDR	a datagram to each address from ADDR upwards
 *   kapi_packets flood COUNT ADDR	datagrams to one address, IPv4 or IPv6
 *
 * When half of them are sent the program says "half". It ends with an error when
 * a frame could not be sent; datagrams may find no neighbour.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/icmp6.h>
#include <netinet/if_ether.h>
#include <netinet/ip6.h>
#include <netpacket/packet.h>
#include <sys/socket.h>
#include <unistd.h>

#define ARP_FROM	0x0a090100	/* 10.9.1.0 */

struct arp_frame {
	struct ether_header eth;
	struct ether_arp arp;
};

/* Behind the Ethernet header, after which it would be padded. */
struct nd_packet {
	struct ip6_hdr ip;
	struct nd_neighbor_solicit ns;
	struct nd_opt_hdr opt;
	uint8_t lladdr[ETH_ALEN];
};

/* A number of frames or datagrams, one after the other. */
struct job {
	int fd;
	unsigned int count;
	union {
		struct in_addr v4;
		struct in6_addr v6;
	} addr;
	int family;			/* of addr */
	struct sockaddr_ll from;	/* frames: the device */
	bool claims, spreads;
};

/* A station's own MAC, locally administered. */
static void mac_of(uint8_t *mac, unsigned int number)
{
	uint8_t bytes[ETH_ALEN] = { 0x02, 0x99, number >> 24, number >> 16, number >> 8, number };

	memcpy(mac, bytes, sizeof(bytes));
}

static size_t arp(void *buffer, const struct job *job, unsigned int number)
{
	struct in_addr from = { htonl(ARP_FROM + number) };
	struct arp_frame *f = buffer;

	memset(f, 0, sizeof(*f));
	memset(f->eth.ether_dhost, 0xff, ETH_ALEN);
	mac_of(f->eth.ether_shost, number);
	f->eth.ether_type = htons(ETHERTYPE_ARP);
	f->arp.arp_hrd = htons(ARPHRD_ETHER);
	f->arp.arp_pro = htons(ETHERTYPE_IP);
	f->arp.arp_hln = ETH_ALEN;
	f->arp.arp_pln = sizeof(from);
	f->arp.arp_op = htons(ARPOP_REQUEST);
	memcpy(f->arp.arp_sha, f->eth.ether_shost, ETH_ALEN);
	memcpy(f->arp.arp_spa, job->claims ? &job->addr.v4 : &from, sizeof(from));
	memcpy(f->arp.arp_tpa, &job->addr.v4, sizeof(from));
	return sizeof(*f);
}

static uint32_t sum(const void *data, size_t bytes)
{
	const uint8_t *byte = data;
	uint32_t total = 0;
	size_t i;

	for (i = 0; i < bytes; i += 2)
		total += byte[i] << 8 | byte[i + 1];
	return total;
}

static uint16_t icmp6_checksum(const struct nd_packet *p, size_t bytes)
{
	uint32_t total = bytes + IPPROTO_ICMPV6;

	total += sum(&p->ip.ip6_src, 2 * sizeof(p->ip.ip6_src)) + sum(&p->ns, bytes);
	while (total >> 16)
		total = (total & 0xffff) + (total >> 16);
	return htons(~total);
}

static size_t nd(void *buffer, const struct job *job, unsigned int number)
{
	const size_t bytes = sizeof(struct nd_packet) - sizeof(struct ip6_hdr);
	struct ether_header eth = { .ether_dhost = { 0x33, 0x33, 0xff },
				    .ether_type = htons(ETHERTYPE_IPV6) };
	struct nd_packet p = { .ip.ip6_src = job->addr.v6 };
	uint32_t host = htonl(0x00990000 + number);
	const uint8_t *tail = &job->addr.v6.s6_addr[13];

	memcpy(eth.ether_dhost + 3, tail, 3);
	mac_of(eth.ether_shost, number);
	memcpy(&p.ip.ip6_src.s6_addr[12], &host, sizeof(host));
	inet_pton(AF_INET6, "ff02::1:ff00:0", &p.ip.ip6_dst);
	memcpy(&p.ip.ip6_dst.s6_addr[13], tail, 3);
	p.ip.ip6_vfc = 6 << 4;
	p.ip.ip6_plen = htons(bytes);
	p.ip.ip6_nxt = IPPROTO_ICMPV6;
	p.ip.ip6_hlim = 255;
	p.ns.nd_ns_type = ND_NEIGHBOR_SOLICIT;
	p.ns.nd_ns_target = job->addr.v6;
	p.opt.nd_opt_type = ND_OPT_SOURCE_LINKADDR;
	p.opt.nd_opt_len = 1;
	mac_of(p.lladdr, number);
	p.ns.nd_ns_cksum = icmp6_checksum(&p, bytes);
	memcpy(buffer, &eth, sizeof(eth));
	memcpy((char *)buffer + sizeof(eth), &p, sizeof(p));
	return sizeof(eth) + sizeof(p);
}

static void reached(const struct job *job, unsigned int done)
{
	if (done != (job->count + 1) / 2)
		return;
	puts("half");
	fflush(stdout);
}

static int send_frames(const struct job *job,
		       size_t (*make)(void *, const struct job *, unsigned int))
{
	uint8_t frame[256];
	unsigned int i;
	size_t length;

	for (i = 0; i < job->count; i++) {
		length = make(frame, job, i);
		while (send(job->fd, frame, length, 0) < 0) {
			/* Nobody wakes us when the queue has room again. */
			if (errno != ENOBUFS)
				return -errno;
			usleep(100);
		}
		reached(job, i + 1);
	}
	return 0;
}

/* Port 9, "discard", of the address; its length. */
static socklen_t aim(const struct job *job, unsigned int number, struct sockaddr_storage *to)
{
	struct sockaddr_in *v4 = (void *)to;
	struct sockaddr_in6 *v6 = (void *)to;

	memset(to, 0, sizeof(*to));
	to->ss_family = job->family;
	if (job->family == AF_INET6) {
		v6->sin6_port = htons(9);
		v6->sin6_addr = job->addr.v6;
		return sizeof(*v6);
	}
	v4->sin_port = htons(9);
	v4->sin_addr.s_addr = htonl(ntohl(job->addr.v4.s_addr) + (job->spreads ? number : 0));
	return sizeof(*v4);
}

static int send_datagrams(const struct job *job)
{
	struct sockaddr_storage to;
	socklen_t length;
	unsigned int i;

	for (i = 0; i < job->count; i++) {
		length = aim(job, i, &to);
		sendto(job->fd, "neighwatch", 10, 0, (void *)&to, length);
		reached(job, i + 1);
	}
	return 0;
}

static int on_device(struct job *job, const char *dev)
{
	job->from.sll_family = AF_PACKET;
	job->from.sll_ifindex = if_nametoindex(dev);
	if (!job->from.sll_ifindex)
		return -errno;
	/* Protocol 0: what comes in is not for us. */
	job->fd = socket(AF_PACKET, SOCK_RAW, 0);
	if (job->fd < 0 || bind(job->fd, (void *)&job->from, sizeof(job->from)))
		return -errno;
	return 0;
}

static int misused(void)
{
	fprintf(stderr, "usage: see the head of packets.c\n");
	return 2;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	struct job job = { .claims = !strcmp(what, "claim"), .spreads = !strcmp(what, "scan") };
	bool datagrams = job.spreads || !strcmp(what, "flood");
	bool solicits = !strcmp(what, "nd");
	const char *addr;
	int error = 0;

	if (argc != (datagrams ? 4 : 5) ||
	    (!datagrams && !solicits && !job.claims && strcmp(what, "arp")))
		return misused();
	addr = argv[argc - 1];
	job.count = atoi(argv[argc - 2]);
	job.family = AF_INET;
	if (solicits || (strchr(addr, ':') && !strcmp(what, "flood")))
		job.family = AF_INET6;
	if (!job.count || inet_pton(job.family, addr, &job.addr) != 1)
		return misused();
	if (datagrams)
		job.fd = socket(job.family, SOCK_DGRAM, 0);
	else
		error = on_device(&job, argv[2]);
	if (!error)
		error = datagrams ? send_datagrams(&job) : send_frames(&job, solicits ? nd : arp);
	if (error)
		fprintf(stderr, "%s: %s\n", argv[0], strerror(-error));
	return error ? 1 : 0;
}
