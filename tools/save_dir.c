// SPDX-License-Identifier: GPL-2.0
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "compiler.h"
#include "save_dir.h"

#define BUFFER	(64 * 1024)
/* Behind the name that nobody else has. */
#define TRIES	16

__printf(3, 4)
static int refuse(struct nw_save_dir *d, int err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(d->why, sizeof(d->why), fmt, ap);
	va_end(ap);
	return err;
}

static const char *advice(int err)
{
	switch (err) {
	case ENOSPC:
	case EDQUOT:
		return "\n  nothing was saved: name a directory on a disk with more room";
	case EROFS:
		return "\n  nothing was saved: name a directory on a disk that can be written";
	default:
		return "\n  nothing was saved: name a directory elsewhere";
	}
}

static int fail(struct nw_save_dir *d, const char *what, const char *name,
		int err)
{
	return refuse(d, -err, "cannot %s %s%s%s: %s%s", what, d->path,
		      *name ? "/" : "", name, strerror(err), advice(err));
}

static int refuse_existing(struct nw_save_dir *d)
{
	/* "/", "." and "..": nobody wants "..-2". */
	if (!*d->base || !strcmp(d->base, ".") || !strcmp(d->base, ".."))
		return refuse(d, -EEXIST,
			      "%s is a directory already\n"
			      "  name one that is to be made", d->path);
	return refuse(d, -EEXIST,
		      "%s exists already and is left as it is\n"
		      "  give another name, such as %s-2", d->path, d->path);
}

/* "a/b///" is a/b; its last part stands behind the last slash. */
static int take_path(struct nw_save_dir *d, const char *path)
{
	size_t len = strlen(path);
	char *slash;

	while (len > 1 && path[len - 1] == '/')
		len--;
	if (len >= sizeof(d->path)) {
		d->path[0] = '\0';
		return refuse(d, -ENAMETOOLONG, "the name of DIR is too long");
	}
	memcpy(d->path, path, len);
	d->path[len] = '\0';
	slash = strrchr(d->path, '/');
	d->base = slash ? slash + 1 : d->path;
	/* Room for what the hidden name has more. */
	if (strlen(d->base) > NAME_MAX - 20)
		return refuse(d, -ENAMETOOLONG,
			      "the name %s is too long: give a shorter one",
			      d->base);
	return 0;
}

static int open_parent(struct nw_save_dir *d)
{
	size_t len = (size_t)(d->base - d->path);
	char parent[PATH_MAX];

	if (len > 1)
		len--;		/* the slash behind it */
	snprintf(parent, sizeof(parent), "%.*s", (int)len, d->path);
	if (!*parent)
		strcpy(parent, ".");
	d->parent = open(parent, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (d->parent >= 0)
		return 0;
	return refuse(d, -errno, "%s: %s\n  make it first: mkdir -p %s",
		      parent, strerror(errno), parent);
}

static int make_tmp(struct nw_save_dir *d)
{
	unsigned int i, number;

	for (i = 0; i < TRIES; i++) {
		if (getrandom(&number, sizeof(number), GRND_NONBLOCK) < 0)
			number = (unsigned int)getpid() + i;
		snprintf(d->tmp, sizeof(d->tmp), ".%.*s.saving-%08x",
			 NAME_MAX - 20, d->base, number);
		if (!mkdirat(d->parent, d->tmp, 0700))
			return 0;
		if (errno != EEXIST)
			break;
	}
	i = (unsigned int)errno;
	d->tmp[0] = '\0';
	return fail(d, "make", "", (int)i);
}

static int prepare(struct nw_save_dir *d)
{
	struct stat st;
	int ret;

	/* Said now rather than when all the work is done. */
	if (!*d->base || !fstatat(d->parent, d->base, &st, AT_SYMLINK_NOFOLLOW))
		return refuse_existing(d);
	ret = make_tmp(d);
	if (ret)
		return ret;
	d->fd = openat(d->parent, d->tmp, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return d->fd < 0 ? fail(d, "open", "", errno) : 0;
}

int nw_save_dir_begin(struct nw_save_dir *d, const char *path)
{
	int ret;

	d->fd = -1;
	d->parent = -1;
	d->tmp[0] = '\0';
	ret = take_path(d, path);
	if (!ret)
		ret = open_parent(d);
	if (!ret)
		ret = prepare(d);
	if (ret)
		nw_save_dir_abort(d);
	return ret;
}

FILE *nw_save_dir_create(struct nw_save_dir *d, const char *name)
{
	int fd = openat(d->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			0600);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

	if (!file) {
		fail(d, "make", name, errno);
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	setvbuf(file, NULL, _IOFBF, BUFFER);
	return file;
}

/* What made a write fail is forgotten by now: the next one fails alike. */
static int flush(FILE *file)
{
	bool failed = ferror(file);

	if (failed) {
		clearerr(file);
		putc('\n', file);
	}
	if (fflush(file))
		return errno;
	return failed ? EIO : 0;
}

int nw_save_dir_close(struct nw_save_dir *d, FILE *file, const char *name)
{
	int err = flush(file);

	if (!err && fsync(fileno(file)))
		err = errno;
	if (fclose(file) && !err)
		err = errno;
	return err ? fail(d, "write", name, err) : 0;
}

__u64 nw_save_dir_size(const struct nw_save_dir *d, const char *name)
{
	struct stat st;

	return fstatat(d->fd, name, &st, AT_SYMLINK_NOFOLLOW) ? 0 :
							(__u64)st.st_size;
}

void nw_save_dir_remove(const struct nw_save_dir *d, const char *name)
{
	unlinkat(d->fd, name, 0);
}

/*
 * Where a file system cannot refuse to replace: what rename() replaces is an
 * empty directory of our own.
 */
static int move(const struct nw_save_dir *d)
{
	if (!renameat2(d->parent, d->tmp, d->parent, d->base,
		       RENAME_NOREPLACE))
		return 0;
	if (errno != EINVAL)
		return errno;
	if (mkdirat(d->parent, d->base, 0700))
		return errno;
	return renameat(d->parent, d->tmp, d->parent, d->base) ? errno : 0;
}

static void sync_parent(const struct nw_save_dir *d)
{
	int fd = openat(d->parent, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

int nw_save_dir_commit(struct nw_save_dir *d)
{
	int err = fsync(d->fd) ? errno : move(d);

	if (err == EEXIST)
		return refuse_existing(d);
	if (err)
		return fail(d, "make", "", err);
	d->tmp[0] = '\0';
	sync_parent(d);
	return 0;
}

static void remove_files(int fd)
{
	DIR *dir = fdopendir(fd);
	struct dirent *entry;

	if (!dir)
		return;
	while ((entry = readdir(dir)) != NULL)
		unlinkat(dirfd(dir), entry->d_name, 0);
	closedir(dir);
}

void nw_save_dir_abort(struct nw_save_dir *d)
{
	if (d->fd >= 0 && d->tmp[0])
		remove_files(dup(d->fd));
	if (d->tmp[0])
		unlinkat(d->parent, d->tmp, AT_REMOVEDIR);
	d->tmp[0] = '\0';
	if (d->fd >= 0)
		close(d->fd);
	if (d->parent >= 0)
		close(d->parent);
	d->fd = -1;
	d->parent = -1;
}
