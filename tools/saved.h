/* SPDX-License-Identifier: GPL-2.0 */
/* A directory that save made, read back. */
#ifndef NW_SAVED_H
#define NW_SAVED_H

#include <stdbool.h>
#include <stddef.h>

/* Is it a directory at all? */
bool nw_saved_is_dir(const char *path);

/**
 * nw_saved_history() - find what is to be replayed
 * @dir: directory
 * @path: out, the file with the events
 * @size: of @path
 *
 * What is wrong with @dir is said. Return: an exit status.
 */
int nw_saved_history(const char *dir, char *path, size_t size);

/* What it was judged by; false when the directory does not tell. */
bool nw_saved_config(const char *dir, char *path, size_t size);

#endif /* NW_SAVED_H */
