// SPDX-License-Identifier: GPL-2.0
/* State changes by rtnetlink, over a few neighbours or over very many. */
#include <arpa/inet.h>
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
/*
 * Linux 6.1 cannot hash more neighbours of a family than it has room for in one
 * allocation of pages, 2^19, and warns when it tries. Those beyond are IPv6:
 * they are there, and tracked, and stay as they are.
 */
#define FAMILY_MAX	500000

/* One RTM_NEWNEIGH, laid out once: what changes from one to the next is filled in. */
struct request {
	struct nlmsghdr hdr;
	struct ndmsg ndm;
	struct nlattr dst;
	uint8_t addr[4];
	struct nlattr lladdr;
	uint8_t mac[8];		/* 6, padded */
};

struct request6 {
	struct nlmsghdr hdr;
	struct ndmsg ndm;
	struct nlattr dst;
	uint32_t addr[4];
	struct nlattr lladdr;
	uint8_t mac[8];
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

static void fill6(struct request6 *r, int ifindex, unsigned int number, int flags)
{
	*r = (struct request6){
		.hdr = { sizeof(*r), RTM_NEWNEIGH,
			 (uint16_t)(NLM_F_REQUEST | NLM_F_CREATE | NLM_F_REPLACE | flags) },
		.ndm.ndm_family = AF_INET6,
		.ndm.ndm_ifindex = ifindex,
		.ndm.ndm_state = NUD_STALE,
		.dst = { NLA_HDRLEN + 16, NDA_DST },
		.addr = { htonl(0x20010db8), htonl(0x00770001), 0, htonl(number) },
		.lladdr = { NLA_HDRLEN + 6, NDA_LLADDR },
		.mac = { 2, 0, 0, 0, 0, 1 },
	};
}

static void send_all(int fd, const void *batch, size_t length)
{
	if (send(fd, batch, length, 0) != (ssize_t)length)
		must(-errno, "send");
	must(answer(fd), "RTM_NEWNEIGH");
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
		send_all(fd, batch, n * sizeof(*batch));
	}
	nl_socket_free(rt);
}

/* Neighbours that only are there. */
static void create6(unsigned int count)
{
	static struct request6 batch[BATCH];
	struct nl_sock *rt = rt_open();
	int ifindex = (int)if_nametoindex(DEV), fd = nl_socket_get_fd(rt);
	unsigned int at, i, n;

	for (at = 0; at < count; at += n) {
		n = count - at < BATCH ? count - at : BATCH;
		for (i = 0; i < n; i++)
			fill6(&batch[i], ifindex, at + i, i + 1 == n ? NLM_F_ACK : 0);
		send_all(fd, batch, n * sizeof(*batch));
	}
	nl_socket_free(rt);
}

/* No table may be full, none may be tidied up. */
static void thresholds(const char *value)
{
	char path[64];
	int family, i;

	for (family = 4; family <= 6; family += 2)
		for (i = 1; i <= 3; i++) {
			snprintf(path, sizeof(path), "ipv%d/neigh/default/gc_thresh%d", family, i);
			sysctl(path, value);
		}
}

void change_prepare(unsigned int count)
{
	struct nl_sock *rt = rt_open();
	unsigned int rest = 0;

	(void)count;
	if (change_neighbours > FAMILY_MAX) {
		rest = change_neighbours - FAMILY_MAX;
		change_neighbours = FAMILY_MAX;
	}
	thresholds("4000000");
	fresh_dummy(rt);
	nl_socket_free(rt);
	unlink(WHERE);
	create6(rest);
	/* As if a round to STALE had just ended. */
	change(advance(2 * change_neighbours) + change_neighbours, change_neighbours,
	       NLM_F_CREATE | NLM_F_REPLACE);
}

void change_run(unsigned int count)
{
	if (change_neighbours > FAMILY_MAX)
		change_neighbours = FAMILY_MAX;
	change(advance(count), count, NLM_F_REPLACE);
}
