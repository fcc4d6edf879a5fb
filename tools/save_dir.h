/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A directory that is there with all its files or not at all: it is filled
 * beside its place, under a hidden name, and moved there at the end.
 */
#ifndef NW_SAVE_DIR_H
#define NW_SAVE_DIR_H

#include <limits.h>
#include <stdio.h>
#include <linux/types.h>

/**
 * struct nw_save_dir - a directory being filled
 * @path: what it will be called
 * @base: the last part of @path
 * @tmp: what it is called meanwhile, beside it
 * @parent: the directory both are in
 * @fd: the directory
 * @why: the last error: what failed, why, what to do next
 */
struct nw_save_dir {
	char path[PATH_MAX];
	const char *base;
	char tmp[NAME_MAX + 1];
	int parent;
	int fd;
	char why[PATH_MAX + 200];
};

/* Return, here and below: 0, or a negative errno with @d->why. */
int nw_save_dir_begin(struct nw_save_dir *d, const char *path);

/* A new file in it, NULL with @d->why. */
FILE *nw_save_dir_create(struct nw_save_dir *d, const char *name);

/* Close a file of it, which is on the disk then, or it is an error. */
int nw_save_dir_close(struct nw_save_dir *d, FILE *file, const char *name);

/* Size of a file of it, 0 when there is none. */
__u64 nw_save_dir_size(const struct nw_save_dir *d, const char *name);
void nw_save_dir_remove(const struct nw_save_dir *d, const char *name);

/* Move it to its place. */
int nw_save_dir_commit(struct nw_save_dir *d);

/* Remove it with all that is in it; harmless after a commit. */
void nw_save_dir_abort(struct nw_save_dir *d);

#endif /* NW_SAVE_DIR_H */
