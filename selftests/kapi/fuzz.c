// SPDX-License-Identifier: GPL-2.0
/*
 * The fuzzer's program: who asks what, how often, and what became of it.
 *
 *   kapi_fuzz ROLE DATAGRAMS SEED
 *
 * Prints "COUNT name number" lines; ends with 1 when a rule was broken.
 */
#define _GNU_SOURCE
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>
#include "fuzz.h"

#define MAC "02:00:00:00:00:0a"
#define DEV "nwk-fuzz"
/* Of so many datagrams one is a dump that nobody reads to its end. */
#define ABANDON 128

struct role {
	const char *name;
	enum who who;
	bool drops;		/* opens its socket as root, then is nobody */
	bool capable, initial;
};

static const struct role roles[] = {
	{ "root", AS_ROOT, .capable = true, .initial = true },
	{ "dropped", AS_ROOT, .drops = true },
	{ "nobody", AS_NOBODY },
	{ "netns", IN_NEW_NETNS, .capable = true },
	{ "userns", AS_NOBODY_IN_OWN_USERNS, .capable = true },
};

struct job {
	const struct role *role;
	unsigned long datagrams;
	uint64_t seed, other;
};

/* Without it for good, whatever the user. */
static int drop_net_admin(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];

	if (syscall(SYS_capget, &header, data))
		return -errno;
	data[0].effective &= ~(1u << CAP_NET_ADMIN);
	data[0].permitted &= ~(1u << CAP_NET_ADMIN);
	data[0].inheritable = 0;
	data[1].inheritable = 0;
	return syscall(SYS_capset, &header, data) ? -errno : 0;
}

/* A dump that is left in the middle: its socket takes it along. */
static void abandon(void)
{
	static const int dumps[] = { NW_CMD_STATS_GET, NW_CMD_NEIGH_GET, NW_CMD_LINK_GET,
				     NW_CMD_NEXTHOP_GET, NW_CMD_HISTORY_GET };
	struct nl_msg *msg;
	struct nw nw;

	if (!nw_open(&nw)) {
		msg = nw_request(&nw, dumps[fuzz_below(5)], NLM_F_REQUEST | NLM_F_DUMP);
		send(nw.fd, nlmsg_hdr(msg), nlmsg_hdr(msg)->nlmsg_len, 0);
		nlmsg_free(msg);
	}
	nw_close(&nw);
}

/* The bytes of good answers, summed up. */
struct sum {
	uint64_t hash;
	unsigned int messages;
};

static void add(const struct answer *answer, void *arg)
{
	struct sum *sum = arg;
	struct nlattr *attr = answer->first;
	int left = answer->length;

	sum->messages++;
	for (; nla_ok(attr, left); attr = nla_next(attr, &left)) {
		const uint8_t *bytes = (const uint8_t *)attr;
		int i;

		for (i = 0; i < attr->nla_len; i++)
			sum->hash = (sum->hash ^ bytes[i]) * 0x100000001b3ull;
	}
}

/* Good requests; nothing in their answers changes while nothing happens. */
static struct sum ask_well(struct nw *nw, uint32_t ifindex)
{
	static const int cmds[] = { NW_CMD_NEIGH_GET, NW_CMD_LINK_GET, NW_CMD_HISTORY_GET };
	struct sum sum = { };
	struct ack ack;
	unsigned int i;

	for (i = 0; i < sizeof(cmds) / sizeof(*cmds); i++) {
		struct nl_msg *msg = nw_request(nw, cmds[i], NLM_F_DUMP);

		if (ifindex)
			nla_put_u32(msg, NW_A_IFINDEX, ifindex);
		nw_talk(nw, msg, add, &sum, &ack);
		sum.hash += ack.error;
	}
	return sum;
}

static void print_counts(const struct role *role, const struct fuzz_counts *c)
{
	int i;

	printf("COUNT datagrams %lu\nCOUNT requests %lu\nCOUNT unread %lu\nCOUNT too-long %lu\n",
	       c->datagrams, c->requests, c->unread, c->too_long);
	printf("COUNT answers %lu\nCOUNT dumps %lu\nCOUNT acks %lu\n",
	       c->answers, c->dumps, c->acks);
	for (i = 0; i < FUZZ_ERRNOS; i++)
		if (c->error[i])
			printf("COUNT %s %lu\n", strerrorname_np(i), c->error[i]);
	printf("COUNT broken %lu\n", c->broken);
	fflush(stdout);
}

static void fuzz(struct nw *nw, const struct fuzz_world *world, const struct job *job)
{
	static struct fuzz_datagram d;
	struct fuzz_counts counts = { };
	struct timeval patience = { .tv_sec = 60 };
	struct sum before, after;
	int room = 200 * 1024;

	setsockopt(nw->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	/* Room for the answers to all that one datagram may ask. */
	setsockopt(nw->fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
	fuzz_seed(job->seed);
	before = ask_well(nw, world->ifindex);
	while (counts.datagrams < job->datagrams && counts.broken < 100) {
		fuzz_make(&d, world);
		fuzz_judge(nw, &d, world, &counts);
		if (counts.datagrams % ABANDON == 0)
			abandon();
	}
	after = ask_well(nw, world->ifindex);
	printf("COUNT good-answers %u\n", before.messages);
	if (before.hash != after.hash || before.messages != after.messages) {
		printf("# the good requests got another answer: %u messages, then %u\n",
		       before.messages, after.messages);
		counts.broken++;
	}
	print_counts(job->role, &counts);
	if (counts.broken)
		exit(1);
}

/* A device of its own, for those who may make one. */
static uint32_t make_device(struct nl_sock *rt)
{
	int ifindex = rt_dummy(rt, DEV);

	if (ifindex <= 0)
		return 0;
	rt_addr(rt, ifindex, "203.0.113.250", 32, true);
	rt_neigh(rt, ifindex, "192.0.2.1", NUD_STALE, MAC);
	rt_neigh(rt, ifindex, "192.0.2.1", NUD_PERMANENT, MAC);
	rt_route(rt, ifindex, "198.51.100.0", 24, "192.0.2.1", true);
	return ifindex;
}

static int play(struct peer *parent, void *arg)
{
	const struct job *job = arg;
	struct fuzz_world world = {
		.capable = job->role->capable,
		.initial = job->role->initial,
		.cookie = netns_cookie(),
		.other = job->other,
	};
	struct nl_sock *rt = rt_open();
	struct nw nw;

	REQUIRE(nw_open(&nw) == 0);
	world.family = nw.family;
	if (world.capable) {
		world.ifindex = make_device(rt);
		REQUIRE(world.ifindex);
	}
	if (job->role->drops)
		REQUIRE(drop_net_admin() == 0);
	/* What this made has been recorded, the namespace has its ring. */
	usleep(500000);
	fuzz(&nw, &world, job);
	if (world.initial)
		rt_link_del(rt, world.ifindex);
	nl_socket_free(rt);
	nw_close(&nw);
	return 0;
}

/* Somewhere else that something happened, for as long as the fuzzer runs. */
static int elsewhere(struct peer *parent, void *arg)
{
	REQUIRE(make_device(rt_open()));
	peer_tell(parent, netns_cookie());
	peer_hear(parent);
	return 0;
}

int main(int argc, char **argv)
{
	struct peer neighbour;
	struct job job = { };
	unsigned int i;
	int status;

	for (i = 0; argc == 4 && i < sizeof(roles) / sizeof(*roles); i++)
		if (!strcmp(argv[1], roles[i].name))
			job.role = &roles[i];
	if (!job.role) {
		fprintf(stderr,
			"usage: kapi_fuzz root|dropped|nobody|netns|userns DATAGRAMS SEED\n");
		return 2;
	}
	job.datagrams = strtoul(argv[2], NULL, 10);
	job.seed = strtoull(argv[3], NULL, 10);
	if (peer_start(&neighbour, IN_NEW_NETNS, elsewhere, NULL))
		return 1;
	job.other = peer_hear(&neighbour);
	status = run_as(job.role->who, play, &job);
	peer_end(&neighbour);
	return status;
}
