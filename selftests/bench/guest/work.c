// SPDX-License-Identifier: GPL-2.0
/*
 *	work prepare WORKLOAD COUNT	set up for it, and do a tenth unmeasured
 *	work run WORKLOAD COUNT		print the instructions that it took
 *	work exec COMMAND [ARG...]	the same of a command, whose output is lost
 *	work drain			wait until nothing runs
 *	work trigger WORKLOAD COUNT	run it, at a sign of the host
 *
 * WORKLOAD "change=N" spreads the changes over N neighbours.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <net/if.h>
#include <sys/wait.h>
#include <unistd.h>
#include "work.h"

static const struct workload workloads[] = {
	{ "change", change_prepare, change_run },
	{ "dump", change_prepare, change_run },
	{ "unresolved4", unresolved4_prepare, packet4_run },
	{ "unresolved6", unresolved6_prepare, packet6_run },
	{ "failed", failed_prepare, packet4_run },
	{ "overflow", overflow_prepare, packet4_run },
	{ "arp", arp_prepare, arp_run },
	{ "flip", flip_prepare, flip_run },
	{ "gateway", gateway_prepare, gateway_run },
};

unsigned int change_neighbours = 10;

void must(int error, const char *what)
{
	if (error >= 0)
		return;
	fprintf(stderr, "work: %s: %s\n", what, strerror(-error));
	exit(1);
}

void sysctl(const char *name, const char *value)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "/proc/sys/net/%s", name);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, value, strlen(value)) < 0)
		must(-errno, path);
	close(fd);
}

int fresh_dummy(struct nl_sock *rt)
{
	int old = (int)if_nametoindex(DEV), ifindex;

	if (old)
		must(rt_link_del(rt, old), "delete " DEV);
	ifindex = rt_dummy(rt, DEV);
	must(ifindex, "make " DEV);
	must(rt_addr(rt, ifindex, "10.77.0.1", 16, true), "10.77.0.1");
	must(rt_addr(rt, ifindex, "2001:db8:77::1", 64, true), "2001:db8:77::1");
	return ifindex;
}

static const struct workload *find(const char *name)
{
	const struct workload *w;
	size_t length = strcspn(name, "=");

	if (name[length])
		change_neighbours = (unsigned int)strtoul(name + length + 1, NULL, 10);
	for (w = workloads; w < workloads + sizeof(workloads) / sizeof(*workloads); w++)
		if (strlen(w->name) == length && !strncmp(w->name, name, length))
			return w;
	return NULL;
}

/* Waits for the host, which answers the mark that was printed before. */
static void trigger(const struct workload *w, unsigned int count)
{
	char sign = 0;
	int fd = open("/dev/ttyS1", O_RDWR | O_CLOEXEC);

	must(fd < 0 || read(fd, &sign, 1) != 1 ? -EIO : 0, "/dev/ttyS1");
	close(fd);
	w->run(count);
}

static int run_command(char **argv)
{
	uint64_t before = busy_drained();
	int status, pid = fork();

	if (!pid) {
		int fd = open("/dev/null", O_WRONLY);

		dup2(fd, STDOUT_FILENO);
		execv(argv[0], argv);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status) {
		fprintf(stderr, "work: %s failed\n", argv[0]);
		return 1;
	}
	printf("%llu\n", (unsigned long long)(busy_drained() - before));
	return 0;
}

int main(int argc, char **argv)
{
	const struct workload *w = argc == 4 ? find(argv[2]) : NULL;
	unsigned int count = w ? (unsigned int)strtoul(argv[3], NULL, 10) : 0;
	uint64_t before;

	if (argc > 2 && !strcmp(argv[1], "exec"))
		return run_command(argv + 2);
	if (argc == 2 && !strcmp(argv[1], "drain"))
		return !busy_drained();
	if (count && !strcmp(argv[1], "prepare")) {
		w->prepare(count);
		w->run(count / 10);
		busy_drained();
		return 0;
	}
	if (count && !strcmp(argv[1], "trigger")) {
		trigger(w, count);
		return 0;
	}
	if (count && !strcmp(argv[1], "run")) {
		before = busy_drained();
		w->run(count);
		printf("%llu\n", (unsigned long long)(busy_drained() - before));
		return 0;
	}
	fprintf(stderr, "usage: work prepare|run|trigger WORKLOAD COUNT\n"
		"       work exec COMMAND [ARG...]\n       work drain\n");
	return 2;
}
