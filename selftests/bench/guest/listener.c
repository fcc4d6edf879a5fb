// SPDX-License-Identifier: GPL-2.0
/*
 * The least a program of one's own does: a line on stdout for each neighbour
 * notification of rtnetlink, with the time, on a socket as it comes by default.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

static void print_lladdr(const unsigned char *mac, int length)
{
	int i;

	for (i = 0; i < length; i++)
		printf("%s%02x", i ? ":" : "", mac[i]);
}

static void print(struct nlmsghdr *hdr)
{
	struct ndmsg *ndm = NLMSG_DATA(hdr);
	int left = (int)(hdr->nlmsg_len - NLMSG_LENGTH(sizeof(*ndm)));
	struct rtattr *a = (void *)((char *)ndm + NLMSG_ALIGN(sizeof(*ndm)));
	struct timespec now;
	char addr[64] = "?";

	clock_gettime(CLOCK_REALTIME, &now);
	printf("%lld.%09ld %s %d 0x%02x ", (long long)now.tv_sec, now.tv_nsec,
	       hdr->nlmsg_type == RTM_DELNEIGH ? "del" : "new", ndm->ndm_ifindex, ndm->ndm_state);
	for (; RTA_OK(a, left); a = RTA_NEXT(a, left)) {
		if (a->rta_type == NDA_DST)
			printf("%s ", inet_ntop(ndm->ndm_family, RTA_DATA(a), addr, sizeof(addr)));
		else if (a->rta_type == NDA_LLADDR)
			print_lladdr(RTA_DATA(a), (int)RTA_PAYLOAD(a));
	}
	putchar('\n');
}

int main(void)
{
	struct sockaddr_nl sa = { .nl_family = AF_NETLINK, .nl_groups = RTMGRP_NEIGH };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	static uint64_t buffer[4096];
	struct nlmsghdr *hdr;
	ssize_t length;
	int left;

	if (fd < 0 || bind(fd, (void *)&sa, sizeof(sa)))
		return 1;
	for (;;) {
		length = recv(fd, buffer, sizeof(buffer), 0);
		if (length < 0 && errno != ENOBUFS && errno != EINTR)
			return 1;
		left = (int)length;
		for (hdr = (void *)buffer; left > 0 && NLMSG_OK(hdr, (unsigned int)left);
		     hdr = NLMSG_NEXT(hdr, left))
			if (hdr->nlmsg_type == RTM_NEWNEIGH || hdr->nlmsg_type == RTM_DELNEIGH)
				print(hdr);
		fflush(stdout);
	}
}
