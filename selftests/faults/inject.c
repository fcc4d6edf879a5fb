// SPDX-License-Identifier: GPL-2.0
/* The kernel's fault injection: see Documentation/fault-injection in its sources. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "nth.h"

#define DEBUGFS "/sys/kernel/debug/"

static int counter = -1;
static int log_fd = -1;
static char trace[600];
static char frame[80] = "[neighwatch]";

void give_up(const char *what)
{
	printf("nth: %s: %s\n", what, strerror(errno));
	exit(2);
}

static void setting(const char *kind, const char *name, const char *value)
{
	char path[100];
	int fd;

	snprintf(path, sizeof(path), DEBUGFS "%s/%s", kind, name);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, value, strlen(value)) < 0)
		give_up(path);
	close(fd);
}

void inject_setup(void)
{
	static const char *const kinds[] = { "failslab", "fail_page_alloc" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		/* By default allocations that may wait are spared. */
		setting(kinds[i], "ignore-gfp-wait", "N");
		setting(kinds[i], "verbose", "2");
	}
	setting("fail_page_alloc", "min-order", "0");
	counter = open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC);
	if (counter < 0)
		give_up("/proc/thread-self/fail-nth");
	log_fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (log_fd < 0)
		give_up("/dev/kmsg");
}

void inject_module(const char *module)
{
	snprintf(frame, sizeof(frame), "[%s]", module);
}

void inject_arm(unsigned int nth)
{
	char text[20];
	int length = snprintf(text, sizeof(text), "%u", nth);

	trace[0] = '\0';
	lseek(log_fd, 0, SEEK_END);
	if (write(counter, text, length) != length)
		give_up("fail-nth");
}

unsigned int inject_disarm(void)
{
	char text[20] = "";

	if (pread(counter, text, sizeof(text) - 1, 0) <= 0 || write(counter, "0", 1) != 1)
		give_up("fail-nth");
	return strtoul(text, NULL, 10);
}

const char *inject_trace(void)
{
	return trace;
}

/* Who asked: the frames behind those of the allocator and of the injection. */
static void note_frame(const char *text)
{
	static const char *const dull[] = { "dump_stack", "should_fail", "kmalloc", "kmem_cache",
					    "alloc_pages", "slab" };
	size_t i, length = strcspn(text, "+\n");

	for (i = 0; i < ARRAY_SIZE(dull); i++)
		if (memmem(text, length, dull[i], strlen(dull[i])))
			return;
	if (text[length] == '+' && strlen(trace) + length + 2 < sizeof(trace)) {
		strcat(trace, " ");
		strncat(trace, text, length);
	}
}

/* A frame with a question mark is what an older call left on the stack. */
bool inject_was_ours(void)
{
	char line[2048], *text;
	bool ours = false;
	ssize_t length;

	for (;;) {
		length = read(log_fd, line, sizeof(line) - 1);
		if (length < 0 && errno == EPIPE)
			continue;
		if (length <= 0)
			return ours;
		line[length] = '\0';
		text = strstr(line, "; ");
		if (!text || strstr(line, " ? "))
			continue;
		ours |= !!strstr(line, frame);
		note_frame(text + 2 + strspn(text + 2, " "));
	}
}
