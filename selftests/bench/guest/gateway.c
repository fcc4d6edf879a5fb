// SPDX-License-Identifier: GPL-2.0
/*
 * A gateway in the namespace "gateway" that answers, dies and returns. It is
 * dead when it answers no ARP any more: its link stays up.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <sched.h>
#include <time.h>
#include <net/if.h>
#include <sys/socket.h>
#include <unistd.h>
#include "work.h"

#define GATEWAY	"10.77.0.9"

/* REACHABLE for 0.15 s at most, DELAY for 1 s, then three probes in 60 ms. */
void gateway_prepare(unsigned int count)
{
	struct nl_sock *rt = rt_open();
	int ifindex = (int)if_nametoindex(DEV);

	(void)count;
	must(rt_link_up(rt, ifindex, true), DEV);
	must(rt_addr(rt, ifindex, "10.77.0.1", 16, true), "10.77.0.1");
	sysctl("ipv4/neigh/" DEV "/base_reachable_time_ms", "100");
	sysctl("ipv4/neigh/" DEV "/delay_first_probe_time", "1");
	sysctl("ipv4/neigh/" DEV "/retrans_time_ms", "20");
	nl_socket_free(rt);
}

static void enter(int netns)
{
	if (netns < 0 || setns(netns, CLONE_NEWNET))
		must(-errno, "setns");
}

static int udp_socket(void)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	must(fd < 0 ? -errno : 0, "socket");
	return fd;
}

/*
 * The gateway takes what comes, and never reads it: no ICMP goes back.
 * Return: its "arp_ignore"; what is opened in a namespace stays of it.
 */
static int gateway_open(int *sink)
{
	static const char path[] = "/proc/sys/net/ipv4/conf/" PEER "/arp_ignore";
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(9) };
	int own = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	int other = open("/run/netns/gateway", O_RDONLY | O_CLOEXEC);
	int fd;

	enter(other);
	*sink = udp_socket();
	if (bind(*sink, (void *)&at, sizeof(at)))
		must(-errno, "bind");
	fd = open(path, O_WRONLY | O_CLOEXEC);
	must(fd < 0 ? -errno : 0, path);
	enter(own);
	close(own);
	close(other);
	return fd;
}

static void put(int fd, const char *value)
{
	if (pwrite(fd, value, 1, 0) != 1)
		must(-errno, "arp_ignore");
}

static void packet(int fd)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(9) };

	inet_pton(AF_INET, GATEWAY, &to.sin_addr);
	if (sendto(fd, "neighwatch", 10, MSG_DONTWAIT, (void *)&to, sizeof(to)) < 0 &&
	    errno != EHOSTUNREACH)
		must(-errno, "sendto");
}

static void nap(unsigned int ms)
{
	struct timespec ts = { ms / 1000, (long)(ms % 1000) * (long)NS_PER_MS };

	nanosleep(&ts, NULL);
}

/*
 * It answers: REACHABLE. It dies: DELAY, PROBE, FAILED. Somebody still wants it:
 * INCOMPLETE, FAILED. It returns: the next packet makes it INCOMPLETE.
 */
void gateway_run(unsigned int count)
{
	int fd = udp_socket(), sink, ignore = gateway_open(&sink);
	unsigned int i;

	for (i = 0; i < count; i++) {
		put(ignore, "0");
		packet(fd);
		/* Its answer may wait for the thread that serves what arrived. */
		nap(20);
		put(ignore, "8");
		nap(1500);
		packet(fd);
		nap(200);
	}
	close(ignore);
	close(sink);
	close(fd);
}
