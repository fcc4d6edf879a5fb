/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The parts of what is saved. Each is written by a process of its own: on a
 * sick host any of them may hang in the kernel, and must not keep the rest.
 */
#ifndef NW_SAVE_PART_H
#define NW_SAVE_PART_H

#include "cmd.h"
#include "save_dir.h"

#define NW_SAVE_FILES	4
#define NW_SAVE_NOTE	2048

/**
 * struct nw_save_part - one of them
 * @name: what people call it
 * @files: names of its files; the first that ends in .json is what counts
 * @inside: to be read inside of the namespace that -N gives
 * @write: fills the files. What it says on stderr becomes the part's note.
 *	Return: 0, %NW_EXIT_NOT_FOUND: there is nothing; else it failed
 */
struct nw_save_part {
	const char *name;
	const char *files[NW_SAVE_FILES];
	bool inside;
	int (*write)(const struct nw_opts *o, FILE *const *file);
};

enum nw_save_state {
	NW_SAVE_RUNNING,
	NW_SAVE_WHOLE,
	NW_SAVE_EMPTY,		/* there is nothing of the kind here */
	NW_SAVE_INCOMPLETE,
	NW_SAVE_MISSING,
	NW_SAVE_UNWRITTEN,	/* the disk failed: there is no use in more */
};

/**
 * struct nw_save_job - a part on its way
 * @pid: of its process
 * @fd: what it says
 * @progress: when it last wrote, ms
 * @size: how much it had written then
 * @note: what it said, without the tool's name
 */
struct nw_save_job {
	const struct nw_save_part *part;
	enum nw_save_state state;
	int pid;
	int fd;
	__u64 progress;
	__u64 size;
	char note[NW_SAVE_NOTE];
};

/**
 * nw_save_run() - write all parts at once
 * @dir: where
 * @o: options
 * @jobs: their parts set, else zeroed
 * @nr: how many
 * @patience: ms after which a part that writes nothing is given up
 *
 * Return: 0 when all have ended, however; -EINTR when nw_stop was set; -EIO
 * when the disk failed, with @dir->why. Nothing runs any more then.
 */
int nw_save_run(struct nw_save_dir *dir, const struct nw_opts *o,
		struct nw_save_job *jobs, size_t nr, unsigned int patience);

/* What is judged by. */
int nw_save_config(const struct nw_opts *o, FILE *const *file);

/* From the module. */
int nw_save_status(const struct nw_opts *o, FILE *const *file);
int nw_save_history(const struct nw_opts *o, FILE *const *file);
int nw_save_neigh(const struct nw_opts *o, FILE *const *file);
int nw_save_link(const struct nw_opts *o, FILE *const *file);
int nw_save_gateway(const struct nw_opts *o, FILE *const *file);
int nw_save_table(const struct nw_opts *o, FILE *const *file);
int nw_save_stats(const struct nw_opts *o, FILE *const *file);

/* From the kernel's routing netlink. */
int nw_save_rtnl_links(const struct nw_opts *o, FILE *const *file);
int nw_save_rtnl_addresses(const struct nw_opts *o, FILE *const *file);
int nw_save_rtnl_routes(const struct nw_opts *o, FILE *const *file);
int nw_save_rtnl_nexthops(const struct nw_opts *o, FILE *const *file);
int nw_save_rtnl_rules(const struct nw_opts *o, FILE *const *file);
int nw_save_rtnl_neighbours(const struct nw_opts *o, FILE *const *file);
int nw_save_rtnl_tables(const struct nw_opts *o, FILE *const *file);
int nw_save_rtnl_fdb(const struct nw_opts *o, FILE *const *file);

/* From the kernel otherwise. */
int nw_save_ethtool(const struct nw_opts *o, FILE *const *file);
int nw_save_sysctl(const struct nw_opts *o, FILE *const *file);
int nw_save_proc(const struct nw_opts *o, FILE *const *file);
int nw_save_tasks(const struct nw_opts *o, FILE *const *file);
int nw_save_kmsg(const struct nw_opts *o, FILE *const *file);

#endif /* NW_SAVE_PART_H */
