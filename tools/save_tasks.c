// SPDX-License-Identifier: GPL-2.0
/*
 * Processes that wait within the kernel and cannot be woken, or are busy there
 * with the network's configuration: when that hangs, one of them holds what
 * the others wait for.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "save_part.h"
#include "say.h"
#include "task.h"
#include "twin.h"

struct task {
	int pid;
	int parent;
	char state;
	char comm[64];
};

/* "4242 (ip) D ...": the name may hold anything, also brackets. */
static bool read_stat(struct task *t, const char *pid)
{
	char path[64], text[512];
	const char *open, *close;
	FILE *file;
	size_t len;

	snprintf(path, sizeof(path), "/proc/%.20s/stat", pid);
	file = fopen(path, "re");
	if (!file)
		return false;
	len = fread(text, 1, sizeof(text) - 1, file);
	fclose(file);
	text[len] = '\0';
	open = strchr(text, '(');
	close = strrchr(text, ')');
	if (!open || !close || close < open || strlen(close) < 3)
		return false;
	t->pid = atoi(pid);
	t->state = close[2];
	t->parent = atoi(close + 3);
	snprintf(t->comm, sizeof(t->comm), "%.*s", (int)(close - open - 1),
		 open + 1);
	return true;
}

/* Functions below which the network's lock is taken or waited for. */
static bool configures(const char *stack)
{
	static const char *const functions[] = {
		"rtnetlink_rcv", "netlink_dump", "genl_rcv", "dev_ioctl",
		"devinet_ioctl", "cleanup_net", "unregister_netdev",
		"netdev_run_todo", "linkwatch_",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(functions); i++)
		if (strstr(stack, functions[i]))
			return true;
	return false;
}

/* Its fellows are busy at this moment: no wonder that they wait. */
static bool is_fellow(const struct task *t)
{
	return t->parent == getppid() || t->pid == getpid();
}

static void put_stack(struct nw_twin *twin, char *stack)
{
	char *line, *rest = stack;

	nw_twin_open(twin, "stack", '[');
	while ((line = strsep(&rest, "\n")) != NULL)
		if (*line)
			nw_twin_string(twin, NULL, line);
	nw_twin_close(twin, ']');
}

static void put_task(struct nw_twin *twin, const struct task *t)
{
	char title[128], stack[NW_TASK_STACK];

	if (is_fellow(t))
		return;
	nw_task_where(t->pid, stack, sizeof(stack));
	if (t->state != 'D' && !configures(stack))
		return;
	snprintf(title, sizeof(title), "%d %s", t->pid, t->comm);
	nw_twin_object(twin, title);
	nw_twin_number(twin, "pid", (__u64)t->pid);
	nw_twin_string(twin, "comm", t->comm);
	nw_twin_string(twin, "state", (const char[]){ t->state, '\0' });
	put_stack(twin, stack);
	nw_twin_object_end(twin);
}

int nw_save_tasks(const struct nw_opts *o, FILE *const *file)
{
	DIR *dir = opendir("/proc");
	static struct nw_twin twin;
	struct dirent *entry;
	struct task task;

	(void)o;
	if (!dir) {
		nw_say("/proc: %s", strerror(errno));
		return NW_EXIT_ERROR;
	}
	nw_twin_begin(&twin, file[0], file[1], true);
	while ((entry = readdir(dir)) != NULL)
		if (isdigit((unsigned char)entry->d_name[0]) &&
		    read_stat(&task, entry->d_name))
			put_task(&twin, &task);
	nw_twin_end(&twin);
	closedir(dir);
	return NW_EXIT_OK;
}
