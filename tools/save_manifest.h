/* SPDX-License-Identifier: GPL-2.0 */
/* The manifest of what is saved: of which host, when, and what is missing. */
#ifndef NW_SAVE_MANIFEST_H
#define NW_SAVE_MANIFEST_H

#include "save_part.h"

/* Of the layout; a reader says so when it meets a newer one. */
#define NW_SAVE_VERSION		1
#define NW_SAVE_KIND		"neighwatch-save"
#define NW_SAVE_MANIFEST	"manifest.json"
#define NW_SAVE_MANIFEST_TEXT	"manifest.txt"
#define NW_SAVE_HISTORY		"history.json"
#define NW_SAVE_CONFIG		"neighwatch.conf"

/**
 * struct nw_save_clocks - when, on each clock; ns
 */
struct nw_save_clocks {
	__u64 real;
	__u64 mono;
	__u64 raw;
	__u64 boot;
	__u64 tai;
};

void nw_save_clocks_read(struct nw_save_clocks *clocks);

/* Return: 0, or a negative errno with @dir->why. */
int nw_save_manifest_write(struct nw_save_dir *dir, const struct nw_opts *o,
			   const struct nw_save_clocks *began,
			   const struct nw_save_job *jobs, size_t nr);

const char *nw_save_state_name(enum nw_save_state state);
/* Is not all of it there that could be? */
bool nw_save_is_lacking(const struct nw_save_job *job);

#endif /* NW_SAVE_MANIFEST_H */
