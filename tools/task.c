// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include "task.h"

static size_t read_file(int pid, const char *name, char *buf, size_t size)
{
	char path[64];
	size_t len = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
	file = fopen(path, "re");
	if (file) {
		len = fread(buf, 1, size - 1, file);
		fclose(file);
	}
	while (len && buf[len - 1] == '\n')
		len--;
	buf[len] = '\0';
	return len;
}

void nw_task_where(int pid, char *buf, size_t size)
{
	/* Not every kernel has stacks; the function has an older file. */
	if (!read_file(pid, "stack", buf, size) &&
	    !read_file(pid, "wchan", buf, size))
		buf[0] = '\0';
}
