// SPDX-License-Identifier: GPL-2.0
/* Namespaces and other users: who reads. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <grp.h>
#include "kapi.h"

#define NOBODY 65534
#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE 71
#endif

static int write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int error = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, text, strlen(text)) < 0)
		error = -errno;
	close(fd);
	return error;
}

int netns_enter_new(void)
{
	if (unshare(CLONE_NEWNET))
		return -errno;
	/* No link-local addresses, no DAD: what happens is what the test does. */
	write_file("/proc/sys/net/ipv6/conf/default/addr_gen_mode", "1");
	write_file("/proc/sys/net/ipv6/conf/default/accept_dad", "0");
	return 0;
}

uint64_t netns_cookie(void)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	socklen_t size = sizeof(uint64_t);
	uint64_t cookie = 0;

	getsockopt(fd, SOL_SOCKET, SO_NETNS_COOKIE, &cookie, &size);
	close(fd);
	return cookie;
}

uint32_t netns_ino(void)
{
	struct stat info;

	return stat("/proc/self/ns/net", &info) ? 0 : info.st_ino;
}

/*
 * The first record of a namespace asks for its real ring; wait for that, so that
 * what a test does is not overwritten in the small one it begins with.
 */
static bool await_ring(struct nw *nw)
{
	uint64_t deadline = deadline_in(5000);
	uint64_t young = nw_stat(nw, NW_A_STATS_RING_SIZE);

	while (nw_stat(nw, NW_A_STATS_RING_SIZE) <= young && young < 256)
		if (now_mono() > deadline)
			return false;
	return true;
}

const char *net_open(struct net *net)
{
	int error = netns_enter_new();

	memset(net, 0, sizeof(*net));
	if (error)
		return "no namespace of its own (root?)";
	if (nw_open(&net->nw))
		return "no family neighwatch (module loaded?)";
	net->rt = rt_open();
	return NULL;
}

const char *net_setup(struct net *net)
{
	const char *missing = net_open(net);

	if (missing)
		return missing;
	net->ifindex = rt_dummy(net->rt, "nwk0");
	if (net->ifindex <= 0)
		return "no dummy device";
	/* Without any address every IPv4 neighbour would count as broadcast. */
	if (rt_addr(net->rt, net->ifindex, "203.0.113.250", 32, true))
		return "no address";
	return await_ring(&net->nw) ? NULL : "no ring";
}

void net_teardown(struct net *net)
{
	nl_socket_free(net->rt);
	nw_close(&net->nw);
}

static int become_nobody(void)
{
	if (setgroups(0, NULL) || setresgid(NOBODY, NOBODY, NOBODY) ||
	    setresuid(NOBODY, NOBODY, NOBODY))
		return -errno;
	/* /proc/self belongs to root while the process cannot be dumped. */
	return prctl(PR_SET_DUMPABLE, 1) ? -errno : 0;
}

static int own_userns(void)
{
	char map[32];
	int error;

	if (unshare(CLONE_NEWUSER | CLONE_NEWNET))
		return -errno;
	write_file("/proc/self/setgroups", "deny");
	snprintf(map, sizeof(map), "0 %d 1", NOBODY);
	error = write_file("/proc/self/uid_map", map);
	return error ? error : write_file("/proc/self/gid_map", map);
}

static int become(enum who who)
{
	int error;

	if (who == AS_ROOT)
		return 0;
	if (who == IN_NEW_NETNS)
		return netns_enter_new();
	error = become_nobody();
	if (!error && who == AS_NOBODY_IN_OWN_USERNS)
		error = own_userns();
	return error;
}

static int peer_child(enum who who, peer_main child, struct peer *parent, void *arg)
{
	int error;

	/* A test that dies must not leave a process that pins a namespace. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_NAME, "kapi-peer");
	error = become(who);
	if (error) {
		printf("# cannot become that user: %s\n", strerror(-error));
		fflush(stdout);
		return 99;
	}
	return child(parent, arg);
}

int peer_start(struct peer *peer, enum who who, peer_main child, void *arg)
{
	int down[2], up[2];
	struct peer parent;

	if (pipe(down) || pipe(up))
		return -errno;
	fflush(stdout);
	peer->pid = fork();
	if (peer->pid < 0)
		return -errno;
	if (peer->pid == 0) {
		close(down[1]);
		close(up[0]);
		parent = (struct peer){ .in = down[0], .out = up[1] };
		_exit(peer_child(who, child, &parent, arg));
	}
	close(down[0]);
	close(up[1]);
	peer->in = up[0];
	peer->out = down[1];
	return 0;
}

int peer_end(struct peer *peer)
{
	int status;

	close(peer->out);
	close(peer->in);
	if (waitpid(peer->pid, &status, 0) < 0)
		return -errno;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void peer_tell(struct peer *peer, uint64_t value)
{
	if (write(peer->out, &value, sizeof(value)) != sizeof(value))
		perror("# telling the other process");
}

uint64_t peer_hear(struct peer *peer)
{
	uint64_t value;

	return read(peer->in, &value, sizeof(value)) == sizeof(value) ? value : 0;
}

int run_as(enum who who, peer_main child, void *arg)
{
	struct peer peer;
	int error = peer_start(&peer, who, child, arg);
	int status;

	if (error)
		return error;
	/* Keep the pipes until the child has ended: it may tell something. */
	if (waitpid(peer.pid, &status, 0) < 0)
		return -errno;
	close(peer.in);
	close(peer.out);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
