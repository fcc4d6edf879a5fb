// SPDX-License-Identifier: GPL-2.0
/* State changes by rtnetlink, over a few neighbours or over very many. */
#include <fcntl.h>
#include <stdio.h>
#include <net/if.h>
#include <netlink/msg.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>
#include "work.h"

#define BATCH	256
#define WHERE	"/run/position"

/* One RTM_NEWNEIGH, laid out once: what changes from one to the next is filled in. */
struct request {
	struct nlmsghdr hdr;
	struct ndmsg ndm;
	struct nlattr dst;
	uint8_t addr[4];
	struct nlattr lladdr;
	uint8_t mac[8];		/* 6, padded */
};

static void fill(struct request *r, int ifindex, unsigned int number, int state, int flags)
{
	*r = (struct request){
		.hdr = { sizeof(*r), RTM_NEWNEIGH, (uint16_t)(NLM_F_REQUEST | flags) },
		.ndm.ndm_family = AF_INET,
		.ndm.ndm_ifindex = ifindex,
		.ndm.ndm_state = (uint16_t)state,
		.dst = { NLA_HDRLEN + 4, NDA_DST },
		.addr = { 10, (uint8_t)(128 + (number >> 16)), (uint8_t)(number >> 8),
			  (uint8_t)number },
		.lladdr = { NLA_HDRLEN + 6, NDA_LLADDR },
		.mac = { 2, 0, 0, 0, 0, 1 },
	};
}

/* The answer to the last of a batch: 0 or a negative errno. */
static int answer(int fd)
{
	struct { struct nlmsghdr hdr; struct nlmsgerr err; char more[256]; } in;

	if (recv(fd, &in, sizeof(in), 0) < (ssize_t)NLMSG_LENGTH(sizeof(in.err)))
		return -EPROTO;
	return in.hdr.nlmsg_type == NLMSG_ERROR ? in.err.error : -EPROTO;
}

/*
 * Where the changes stand, from one process to the next: a neighbour whose state
 * a run changed last must get another one from the run after it.
 */
static unsigned long advance(unsigned int count)
{
	unsigned long long at = 0;
	int fd = open(WHERE, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	unsigned long long next;

	must(fd < 0 ? -errno : 0, WHERE);
	if (pread(fd, &at, sizeof(at), 0) < 0)
		must(-errno, WHERE);
	next = at + count;
	if (pwrite(fd, &next, sizeof(next), 0) < 0)
		must(-errno, WHERE);
	close(fd);
	return at;
}

/* Changes @first and on: one for each neighbour to PERMANENT, then to STALE. */
static void change(unsigned long first, unsigned int count, int flags)
{
	static struct request batch[BATCH];
	struct nl_sock *rt = rt_open();
	int ifindex = (int)if_nametoindex(DEV), fd = nl_socket_get_fd(rt);
	unsigned int i, n;
	unsigned long at, end = first + count;

	for (at = first; at < end; at += n) {
		n = end - at < BATCH ? (unsigned int)(end - at) : BATCH;
		for (i = 0; i < n; i++)
			fill(&batch[i], ifindex,
			     (unsigned int)((at + i) * 7919 % change_neighbours),
			     (at + i) / change_neighbours % 2 ? NUD_STALE : NUD_PERMANENT,
			     flags | (i + 1 == n ? NLM_F_ACK : 0));
		if (send(fd, batch, n * sizeof(*batch), 0) != (ssize_t)(n * sizeof(*batch)))
			must(-errno, "send");
		must(answer(fd), "RTM_NEWNEIGH");
	}
	nl_socket_free(rt);
}

void change_prepare(unsigned int count)
{
	struct nl_sock *rt = rt_open();

	(void)count;
	sysctl("ipv4/neigh/default/gc_thresh1", "4000000");
	sysctl("ipv4/neigh/default/gc_thresh2", "4000000");
	sysctl("ipv4/neigh/default/gc_thresh3", "4000000");
	fresh_dummy(rt);
	nl_socket_free(rt);
	unlink(WHERE);
	/* As if a round to STALE had just ended. */
	change(advance(2 * change_neighbours) + change_neighbours, change_neighbours,
	       NLM_F_CREATE | NLM_F_REPLACE);
}

void change_run(unsigned int count)
{
	change(advance(count), count, NLM_F_REPLACE);
}
