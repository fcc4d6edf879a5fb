// SPDX-License-Identifier: GPL-2.0
/* save: the evidence in one step, before it is gone. */
#include <errno.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "loop.h"
#include "save_manifest.h"
#include "save_part.h"
#include "say.h"

/* A part that writes nothing for so long hangs. */
#define PATIENCE_MS	30000

/* What is read first stands first. */
static const struct nw_save_part parts[] = {
	{ "status", { "status.txt" }, false, nw_save_status },
	{ "history",
	  { "history.txt", NW_SAVE_HISTORY, "findings.txt", "findings.json" },
	  false, nw_save_history },
	{ "configuration", { NW_SAVE_CONFIG }, false, nw_save_config },
	{ "neighbours", { "neighbours.txt", "neighbours.json" }, false,
	  nw_save_neigh },
	{ "links", { "links.txt", "links.json" }, false, nw_save_link },
	{ "gateways", { "gateways.txt", "gateways.json" }, false,
	  nw_save_gateway },
	{ "tables", { "tables.txt", "tables.json" }, false, nw_save_table },
	{ "stats", { "stats.txt", "stats.json" }, false, nw_save_stats },
	{ "kernel log", { "kernel.log" }, true, nw_save_kmsg },
	{ "kernel links", { "kernel-links.txt", "kernel-links.json" }, true,
	  nw_save_rtnl_links },
	{ "kernel addresses",
	  { "kernel-addresses.txt", "kernel-addresses.json" }, true,
	  nw_save_rtnl_addresses },
	{ "kernel routes", { "kernel-routes.txt", "kernel-routes.json" }, true,
	  nw_save_rtnl_routes },
	{ "kernel next hops",
	  { "kernel-nexthops.txt", "kernel-nexthops.json" }, true,
	  nw_save_rtnl_nexthops },
	{ "kernel rules", { "kernel-rules.txt", "kernel-rules.json" }, true,
	  nw_save_rtnl_rules },
	{ "kernel neighbours",
	  { "kernel-neighbours.txt", "kernel-neighbours.json" }, true,
	  nw_save_rtnl_neighbours },
	{ "kernel tables", { "kernel-tables.txt", "kernel-tables.json" }, true,
	  nw_save_rtnl_tables },
	{ "bridges", { "kernel-fdb.txt", "kernel-fdb.json" }, true,
	  nw_save_rtnl_fdb },
	{ "drivers", { "ethtool.txt", "ethtool.json" }, true,
	  nw_save_ethtool },
	{ "settings", { "sysctl.txt", "sysctl.json" }, true, nw_save_sysctl },
	{ "counters", { "proc.txt", "proc.json" }, true, nw_save_proc },
	{ "blocked tasks", { "tasks.txt", "tasks.json" }, true,
	  nw_save_tasks },
};

#define NR_PARTS	ARRAY_SIZE(parts)

struct save {
	struct nw_save_dir dir;
	struct nw_save_clocks began;
	struct nw_save_job jobs[NR_PARTS];
	__u64 bytes;
	unsigned int files;
};

/* One reason often holds for many: it is said once, with all their names. */
static void say_alike(const struct save *s, size_t first)
{
	const struct nw_save_job *job = &s->jobs[first];
	struct nw_line line;
	size_t i;

	nw_line_start(&line, 2);
	nw_line_add(&line, "neighwatch: %s: %s",
		    nw_save_state_name(job->state), job->part->name);
	for (i = first + 1; i < NR_PARTS; i++)
		if (s->jobs[i].state == job->state &&
		    !strcmp(s->jobs[i].note, job->note))
			nw_line_add(&line, ", %s", s->jobs[i].part->name);
	nw_line_end(&line, stderr, NW_COLOR_NONE, false);
	fprintf(stderr, "  %s\n", *job->note ? job->note : "no reason given");
}

static bool said_before(const struct save *s, size_t i)
{
	size_t j;

	for (j = 0; j < i; j++)
		if (s->jobs[j].state == s->jobs[i].state &&
		    !strcmp(s->jobs[j].note, s->jobs[i].note))
			return true;
	return false;
}

/* Return: how many parts are not all there. */
static unsigned int say_lacking(const struct save *s)
{
	unsigned int nr = 0;
	size_t i;

	for (i = 0; i < NR_PARTS; i++) {
		if (!nw_save_is_lacking(&s->jobs[i])) {
			if (s->jobs[i].state == NW_SAVE_WHOLE &&
			    *s->jobs[i].note)
				nw_say("%s: %s", s->jobs[i].part->name,
				       s->jobs[i].note);
			continue;
		}
		nr++;
		if (!said_before(s, i))
			say_alike(s, i);
	}
	return nr;
}

static void count_files(struct save *s)
{
	static const char *const own[] = {
		NW_SAVE_MANIFEST, NW_SAVE_MANIFEST_TEXT,
	};
	__u64 size;
	size_t i;
	int f;

	for (i = 0; i < NR_PARTS; i++) {
		for (f = 0; f < NW_SAVE_FILES && parts[i].files[f]; f++) {
			size = nw_save_dir_size(&s->dir, parts[i].files[f]);
			s->bytes += size;
			s->files += size > 0;
		}
	}
	for (i = 0; i < ARRAY_SIZE(own); i++)
		s->bytes += nw_save_dir_size(&s->dir, own[i]);
	s->files += (unsigned int)ARRAY_SIZE(own);
}

/* The screen as it was saved. */
static void show_status(const struct save *s)
{
	char path[PATH_MAX + 16], text[4096];
	size_t len;
	FILE *file;

	snprintf(path, sizeof(path), "%s/status.txt", s->dir.path);
	file = fopen(path, "re");
	if (!file)
		return;
	while ((len = fread(text, 1, sizeof(text), file)) > 0)
		fwrite(text, 1, len, stdout);
	fclose(file);
}

/* Before a reboot of all times. */
static bool is_in_memory(const char *path)
{
	struct statfs fs;

	return !statfs(path, &fs) && (fs.f_type == TMPFS_MAGIC ||
				      fs.f_type == RAMFS_MAGIC);
}

static void show_end(const struct save *s, unsigned int lacking)
{
	const char *path = s->dir.path;
	bool module = s->jobs[0].state == NW_SAVE_WHOLE;

	show_status(s);
	printf("saved %s: %u files, %llu KiB", path, s->files,
	       (s->bytes + 1023) / 1024);
	if (lacking)
		printf("; %u of %zu parts lacking, see above", lacking,
		       NR_PARTS);
	printf("\n  read it: neighwatch replay %s; first: %s/%s\n", path,
	       path, module ? "findings.txt" : "kernel.log");
	if (is_in_memory(path))
		nw_say("%s is in memory: copy it elsewhere before a reboot",
		       path);
}

static int give_up(struct save *s)
{
	nw_save_dir_abort(&s->dir);
	nw_say("stopped: nothing was saved");
	return NW_EXIT_ERROR;
}

static int failed(struct save *s)
{
	nw_save_dir_abort(&s->dir);
	nw_say("%s", s->dir.why);
	return NW_EXIT_ERROR;
}

static int run(struct save *s, const struct nw_opts *o)
{
	unsigned int lacking;
	size_t i;
	int ret;

	for (i = 0; i < NR_PARTS; i++)
		s->jobs[i].part = &parts[i];
	nw_save_clocks_read(&s->began);
	ret = nw_save_run(&s->dir, o, s->jobs, NR_PARTS, PATIENCE_MS);
	if (!ret)
		ret = nw_save_manifest_write(&s->dir, o, &s->began, s->jobs,
					     NR_PARTS);
	count_files(s);
	if (nw_stop)
		return give_up(s);
	if (!ret)
		ret = nw_save_dir_commit(&s->dir);
	if (ret)
		return failed(s);
	lacking = say_lacking(s);
	show_end(s, lacking);
	nw_save_dir_abort(&s->dir);
	return lacking ? NW_EXIT_ERROR : NW_EXIT_OK;
}

int nw_cmd_save(struct nw_opts *o)
{
	static struct save s;
	struct nw_loop loop;

	if (o->argc != 1)
		return nw_say_usage("save needs the name of one new directory");
	if (o->json)
		return nw_say_usage("save writes text and JSON: it takes no -j");
	o->colored = false;
	/* From here on a signal is waited for, so that nothing is left. */
	if (nw_loop_open(&loop))
		return nw_say_failed("signals", -errno, "");
	nw_loop_close(&loop);
	if (nw_save_dir_begin(&s.dir, o->argv[0])) {
		nw_say("%s", s.dir.why);
		return NW_EXIT_ERROR;
	}
	return run(&s, o);
}
