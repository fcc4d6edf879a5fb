// SPDX-License-Identifier: GPL-2.0
/*
 * For scenarios: much of one thing in little time, by rtnetlink, and exactly
 * so much of it:
 *
 *   kapi_storm neighbours DEV COUNT stale|reachable
 *	COUNT neighbours on DEV come, then they go, in the same order
 *   kapi_storm changes DEV COUNT
 *	16 neighbours on DEV come, and make exactly COUNT transitions, a multiple
 *	of 64
 *   kapi_storm devices COUNT
 *	dummy devices: each comes, gets another name, goes up, down and away
 *   kapi_storm namespaces COUNT NEIGHBOURS
 *	network namespaces, each with that many neighbours that come and go;
 *	those of a namespace are asked for in the end, see told()
 *   kapi_storm unload SECONDS
 *	takes the module away as soon as no reader holds it
 *
 * When half of it is done the program says "half".
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <net/if.h>
#include <linux/rtnetlink.h>
#include <sys/syscall.h>
#include "kapi.h"

static bool half_said;

static void reached(unsigned int done, unsigned int all)
{
	if (half_said || done < (all + 1) / 2)
		return;
	half_said = true;
	puts("half");
	fflush(stdout);
}

static int fail(const char *what, int error)
{
	fprintf(stderr, "%s: %s\n", what, strerror(-error));
	return 1;
}

/* --- neighbours --- */

static int neighbours(const char *dev, unsigned int count, const char *state)
{
	int nud = strcmp(state, "reachable") ? NUD_STALE : NUD_REACHABLE;
	int ifindex = if_nametoindex(dev), error;
	struct nl_sock *rt = rt_open();

	error = rt_crowd(rt, ifindex, count, nud);
	reached(1, 1);
	if (!error)
		error = rt_crowd(rt, ifindex, count, NUD_NONE);
	nl_socket_free(rt);
	return error ? fail("neighbours", error) : 0;
}

static int changes(const char *dev, unsigned int count)
{
	int ifindex = if_nametoindex(dev), error;
	struct nl_sock *rt = rt_open();

	error = rt_toggle_setup(rt, ifindex);
	if (!error)
		error = rt_toggle(rt, ifindex, count / 2);
	reached(1, 1);
	if (!error)
		error = rt_toggle(rt, ifindex, count / 2);
	nl_socket_free(rt);
	return error ? fail("changes", error) : 0;
}

/* --- devices --- */

static int one_device(struct nl_sock *rt, unsigned int number)
{
	char name[IFNAMSIZ];
	int ifindex, error;

	snprintf(name, sizeof(name), "nws%u", number);
	ifindex = rt_dummy(rt, name);
	if (ifindex < 0)
		return ifindex;
	snprintf(name, sizeof(name), "nwt%u", number);
	error = rt_link_up(rt, ifindex, false);
	if (!error)
		error = rt_link_rename(rt, ifindex, name);
	if (!error)
		error = rt_link_del(rt, ifindex);
	return error;
}

static int devices(unsigned int count)
{
	struct nl_sock *rt = rt_open();
	int error = 0;
	unsigned int i;

	for (i = 0; i < count && !error; i++) {
		error = one_device(rt, i);
		reached(i + 1, count);
	}
	nl_socket_free(rt);
	return error ? fail("devices", error) : 0;
}

/* --- namespaces --- */

/*
 * What the recorder has of this namespace: "ns", its records of neighbours on
 * the device, all its records, those that were overwritten before they were
 * read, how many it numbered, and what it could not keep. Without the module:
 * "ns without".
 */
static void told(int ifindex)
{
	struct stream stream = { .ifindex = ifindex };
	struct nw nw;
	struct ack ack;

	if (nw_open(&nw) || !nw.family) {
		puts("ns without");
	} else if (stream_history(&nw, 1, &stream, &ack) || stream.error) {
		printf("ns %s\n", stream.error ? stream.error : strerror(ack.error));
	} else {
		printf("ns %llu %llu %llu %llu %llu\n", (unsigned long long)stream.neighs,
		       (unsigned long long)stream.received,
		       (unsigned long long)(stream.told_lost + stream.gaps),
		       (unsigned long long)stream.next_seq - 1,
		       (unsigned long long)nw_stat(&nw, NW_A_STATS_LOST_NEIGH_LIMIT) +
		       nw_stat(&nw, NW_A_STATS_LOST_NEIGH_MEMORY));
	}
	fflush(stdout);
	nw_close(&nw);
}

static int one_namespace(unsigned int count)
{
	struct nl_sock *rt;
	int error, ifindex;

	error = netns_enter_new();
	if (error)
		return error;
	rt = rt_open();
	ifindex = rt_dummy(rt, "nws");
	error = ifindex < 0 ? ifindex : rt_addr(rt, ifindex, "203.0.113.250", 32, true);
	if (!error)
		error = rt_crowd(rt, ifindex, count, NUD_STALE);
	if (!error)
		error = rt_crowd(rt, ifindex, count, NUD_NONE);
	if (!error)
		told(ifindex);
	nl_socket_free(rt);
	return error;
}

static int namespaces(unsigned int count, unsigned int neighs)
{
	unsigned int i;
	int error;

	for (i = 0; i < count; i++) {
		error = one_namespace(neighs);
		if (error)
			return fail("namespaces", error);
		reached(i + 1, count);
	}
	return 0;
}

/* --- the module --- */

static int unload(unsigned int seconds)
{
	uint64_t deadline = deadline_in(seconds * 1000);

	while (syscall(SYS_delete_module, "neighwatch", O_NONBLOCK)) {
		if ((errno != EAGAIN && errno != EBUSY) || now_mono() > deadline)
			return fail("unload", -errno);
		usleep(500);
	}
	return 0;
}

static int above_zero(const char *text)
{
	int value = atoi(text);

	if (value <= 0) {
		fprintf(stderr, "%s: not a number above 0\n", text);
		exit(2);
	}
	return value;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (!strcmp(what, "neighbours") && argc == 5)
		return neighbours(argv[2], above_zero(argv[3]), argv[4]);
	if (!strcmp(what, "changes") && argc == 4 && above_zero(argv[3]) % (4 * TOGGLES) == 0)
		return changes(argv[2], above_zero(argv[3]));
	if (!strcmp(what, "devices") && argc == 3)
		return devices(above_zero(argv[2]));
	if (!strcmp(what, "namespaces") && argc == 4)
		return namespaces(above_zero(argv[2]), above_zero(argv[3]));
	if (!strcmp(what, "unload") && argc == 3)
		return unload(above_zero(argv[2]));
	fprintf(stderr, "usage: see the head of storm.c\n");
	return 2;
}
