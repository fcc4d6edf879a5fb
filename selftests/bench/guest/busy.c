// SPDX-License-Identifier: GPL-2.0
/* Time in which the CPU was not idle. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "work.h"

#define QUIET_NS	(40 * NS_PER_MS)
/* What a timer tick or two and this program's look at the clock may take. */
#define QUIET_BUSY	200000

static void nap(uint64_t ns)
{
	struct timespec ts = { .tv_nsec = (long)ns };

	nanosleep(&ts, NULL);
}

/*
 * rq_cpu_time of /proc/schedstat: the seventh figure of the CPU. A task's time
 * is added when another takes its place, hence the nap.
 */
uint64_t busy_now(void)
{
	unsigned long long ran = 0;
	char text[1024], *line;
	ssize_t length;
	int fd;

	nap(NS_PER_MS);
	fd = open("/proc/schedstat", O_RDONLY | O_CLOEXEC);
	length = read(fd, text, sizeof(text) - 1);
	close(fd);
	text[length > 0 ? length : 0] = 0;
	line = strstr(text, "cpu0 ");
	if (!line || sscanf(line, "cpu0 %*u %*u %*u %*u %*u %*u %llu", &ran) != 1) {
		fprintf(stderr, "no cpu0 in /proc/schedstat\n");
		exit(1);
	}
	return ran;
}

uint64_t busy_drained(void)
{
	uint64_t last = busy_now(), now;
	int quiet = 0;

	while (quiet < 2) {
		nap(QUIET_NS);
		now = busy_now();
		quiet = now - last < QUIET_BUSY ? quiet + 1 : 0;
		last = now;
	}
	return last;
}
