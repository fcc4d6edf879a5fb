// SPDX-License-Identifier: GPL-2.0
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "walk.h"

static void fail(struct nw_walk *w, const char *path, int err)
{
	if (!w->failed++)
		snprintf(w->first, sizeof(w->first), "%s: %s", path,
			 strerror(err));
}

/* Files of /proc may give a piece at a time. */
static ssize_t read_whole(struct nw_walk *w, int fd)
{
	size_t len = 0;
	ssize_t n;

	while (len < NW_WALK_TEXT) {
		n = read(fd, w->text + len, NW_WALK_TEXT - len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (!n)
			break;
		len += (size_t)n;
	}
	w->cut += len == NW_WALK_TEXT;
	w->text[len] = '\0';
	return (ssize_t)len;
}

static void read_file(struct nw_walk *w, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t len;

	if (fd < 0) {
		if (errno != ENOENT)
			fail(w, path, errno);
		return;
	}
	len = read_whole(w, fd);
	close(fd);
	if (len < 0)
		fail(w, path, (int)-len);
	else
		w->fn(w->arg, path, w->text);
}

void nw_walk_file(struct nw_walk *w, const char *path)
{
	struct stat st;

	if (w->skip && w->skip(path))
		return;
	/* What root may only write cannot be read by root either. */
	if (stat(path, &st) || (S_ISREG(st.st_mode) && st.st_mode & 0444))
		read_file(w, path);
}

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

void nw_walk_tree(struct nw_walk *w, const char *path)
{
	struct dirent **entry;
	char below[PATH_MAX];
	struct stat st;
	int i, nr;

	nr = scandir(path, &entry, visible, alphasort);
	if (nr < 0) {
		if (errno != ENOENT)
			fail(w, path, errno);
		return;
	}
	for (i = 0; i < nr; i++) {
		snprintf(below, sizeof(below), "%s/%s", path, entry[i]->d_name);
		free(entry[i]);
		if (!lstat(below, &st) && S_ISDIR(st.st_mode))
			nw_walk_tree(w, below);
		else
			nw_walk_file(w, below);
	}
	free(entry);
}
