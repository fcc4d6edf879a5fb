/* SPDX-License-Identifier: GPL-2.0 */
/* Trees of small files, as /proc has them. */
#ifndef NW_WALK_H
#define NW_WALK_H

#include <stdbool.h>
#include <stddef.h>

#define NW_WALK_TEXT	(1024 * 1024)

/* Takes a file's path below the tree's root, and what it says, ended by a 0. */
typedef void (*nw_walk_fn)(void *arg, const char *path, const char *text);

/**
 * struct nw_walk - reads files
 * @skip: paths that are not opened; NULL: all are
 * @failed: how many could not be read, and the first of them
 * @cut: how many were longer than there is room
 */
struct nw_walk {
	nw_walk_fn fn;
	void *arg;
	bool (*skip)(const char *path);
	unsigned int failed;
	unsigned int cut;
	char first[256];
	char text[NW_WALK_TEXT + 1];
};

/* One file; what is not there is passed over. */
void nw_walk_file(struct nw_walk *w, const char *path);
/* All in a directory and below it, in the order of their names. */
void nw_walk_tree(struct nw_walk *w, const char *path);

#endif /* NW_WALK_H */
