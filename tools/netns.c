// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "event.h"
#include "netns.h"

#define RUN_NETNS	"/run/netns"

/* Of more names the one learned first is asked for again. */
#define KNOWN_MAX	1024

/* A name that /run/netns does not confirm is asked for again after this. */
#define ASK_AGAIN_SECS	1

struct known {
	__u64 cookie;
	__u32 ino;
	bool firm;
	time_t asked;
	char name[64];
};

static struct known *known;
static size_t nr_known;

static __u32 inode(const char *path)
{
	struct stat st;

	return stat(path, &st) ? 0 : (__u32)st.st_ino;
}

__u32 nw_netns_own(void)
{
	return inode("/proc/self/ns/net");
}

/* Finds the path of a namespace by the directory entries that name one. */
static bool find(const char *dir, const char *suffix, bool digits,
		 __u32 ino, char *name, size_t size)
{
	char path[PATH_MAX];
	struct dirent *entry;
	bool found = false;
	DIR *d;

	d = opendir(dir);
	if (!d)
		return false;
	while (!found && (entry = readdir(d)) != NULL) {
		if (entry->d_name[0] == '.' ||
		    (digits && !isdigit((unsigned char)entry->d_name[0])))
			continue;
		snprintf(path, sizeof(path), "%s/%s%s", dir, entry->d_name,
			 suffix);
		found = inode(path) == ino;
		if (found)
			snprintf(name, size, "%s", entry->d_name);
	}
	closedir(d);
	return found;
}

/* "dnsmasq(812)" for process 812. */
static void process_name(const char *pid, char *name, size_t size)
{
	char path[64], comm[32] = "";
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%.20s/comm", pid);
	file = fopen(path, "re");
	if (file) {
		if (!fgets(comm, sizeof(comm), file))
			comm[0] = '\0';
		fclose(file);
		comm[strcspn(comm, "\n")] = '\0';
	}
	snprintf(name, size, "%s(%.20s)", comm, pid);
}

static bool look_up(__u32 ino, char *name, size_t size)
{
	char entry[NAME_MAX + 1];

	if (find(RUN_NETNS, "", false, ino, entry, sizeof(entry))) {
		snprintf(name, size, "%.*s", (int)size - 1, entry);
		return true;
	}
	if (ino == nw_netns_own())
		snprintf(name, size, "initial");
	else if (find("/proc", "/ns/net", true, ino, entry, sizeof(entry)))
		process_name(entry, name, size);
	else if (!*name)
		snprintf(name, size, "%u", ino);
	return false;
}

static struct known *known_of(const struct nw_origin *origin)
{
	struct known *more;
	size_t i;

	for (i = 0; i < nr_known; i++)
		if (known[i].ino == origin->netns &&
		    known[i].cookie == origin->netns_cookie)
			return &known[i];
	if (nr_known == KNOWN_MAX) {
		nr_known--;
		memmove(known, known + 1, nr_known * sizeof(*known));
	}
	more = realloc(known, (nr_known + 1) * sizeof(*known));
	if (!more)
		return NULL;
	known = more;
	memset(&known[nr_known], 0, sizeof(known[nr_known]));
	known[nr_known].ino = origin->netns;
	known[nr_known].cookie = origin->netns_cookie;
	return &known[nr_known++];
}

const char *nw_netns_name(const struct nw_origin *origin)
{
	struct known *k = known_of(origin);
	struct timespec now;

	if (!k)
		return "?";
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (!k->asked || (!k->firm && now.tv_sec >= k->asked + ASK_AGAIN_SECS)) {
		k->firm = look_up(origin->netns, k->name, sizeof(k->name));
		k->asked = now.tv_sec;
	}
	return k->name;
}

void nw_netns_gone(const struct nw_origin *origin)
{
	struct known *k = known_of(origin);

	if (!k || *k->name)
		return;
	snprintf(k->name, sizeof(k->name), "%u", origin->netns);
	k->asked = 1;
	k->firm = true;
}

void nw_netns_forget(void)
{
	free(known);
	known = NULL;
	nr_known = 0;
}

static bool is_number(const char *s, __u32 *value)
{
	unsigned long long v;
	char *end;

	if (!isdigit((unsigned char)*s))
		return false;
	errno = 0;
	v = strtoull(s, &end, 10);
	*value = (__u32)v;
	return !errno && !*end && v > 0 && v <= UINT_MAX;
}

static int open_by_inode(__u32 ino)
{
	char entry[NAME_MAX + 1], path[PATH_MAX];

	if (find(RUN_NETNS, "", false, ino, entry, sizeof(entry)))
		snprintf(path, sizeof(path), RUN_NETNS "/%s", entry);
	else if (find("/proc", "/ns/net", true, ino, entry, sizeof(entry)))
		snprintf(path, sizeof(path), "/proc/%s/ns/net", entry);
	else
		return -1;
	return open(path, O_RDONLY | O_CLOEXEC);
}

static int open_netns(const char *which)
{
	char path[PATH_MAX];
	__u32 ino;
	int fd;

	if (strchr(which, '/')) {
		errno = EINVAL;
		return -1;
	}
	snprintf(path, sizeof(path), RUN_NETNS "/%s", which);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT && is_number(which, &ino))
		fd = open_by_inode(ino);
	return fd;
}

__u32 nw_netns_number(const char *which)
{
	int fd = open_netns(which);
	struct stat st;
	__u32 ino;

	if (fd < 0)
		return is_number(which, &ino) ? ino : 0;
	if (fstat(fd, &st))
		st.st_ino = 0;
	close(fd);
	return (__u32)st.st_ino;
}

int nw_netns_enter(const char *which, char *err, size_t size)
{
	int fd = open_netns(which);
	int ret = 0;

	if (fd < 0) {
		ret = errno ? -errno : -ENOENT;
		snprintf(err, size,
			 "no namespace '%s': %s\n"
			 "  'ip netns' lists the names, 'lsns -t net' the numbers",
			 which, strerror(-ret));
		return ret;
	}
	if (setns(fd, CLONE_NEWNET)) {
		ret = -errno;
		snprintf(err, size, "cannot enter namespace '%s': %s",
			 which, strerror(-ret));
	}
	close(fd);
	return ret;
}
