// SPDX-License-Identifier: GPL-2.0
/*
 * replay: what recordings and kernel logs tell, judged by the same detectors
 * as what happens now.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmd.h"
#include "confine.h"
#include "judge.h"
#include "options.h"
#include "replay.h"
#include "saved.h"
#include "say.h"

struct replayed {
	struct nw_judge judge;
	struct nw_out out;
	__u64 entries;
};

static void take_end(struct replayed *j, const struct nw_event *ev)
{
	const struct nw_clock until = { ev->mono, ev->real };

	nw_judge_until(&j->judge, &ev->origin, ev->mono);
	/* What was saved has it among the events and not among the findings. */
	if (j->out.array && j->judge.o->findings)
		return;
	if (!nw_filter_is_given(&j->judge.o->filter))
		j->out.ops->until(&j->out, &ev->origin, &until);
}

static int take(void *arg, const struct nw_entry *entry)
{
	const struct nw_event *ev = &entry->ev;
	struct replayed *j = arg;

	if (!j->entries++ && j->out.time == NW_TIME_RELATIVE)
		j->out.start.mono = ev->mono;
	j->out.undated = entry->undated;
	j->out.coarse = entry->coarse;
	j->out.at.mono = ev->mono;
	j->out.at.real = ev->real;
	if (entry->kind == NW_ENTRY_END)
		take_end(j, ev);
	else if (entry->kind == NW_ENTRY_LOST)
		nw_judge_lost(&j->judge, &ev->origin, ev->mono, entry->first,
			      entry->count);
	else
		nw_judge_event(&j->judge, ev);
	return 0;
}

/* What a reader of the verdict has to know about what it rests on. */
static void say_log(const struct nw_klog *k)
{
	if (!k->kernel)
		return;
	if (k->undated)
		nw_say("the year is not in the log's stamps: dates are without it");
	if (k->by_wall)
		nw_say("the log has no seconds since boot: durations come from its stamps");
	if (k->boots)
		nw_say("%llu boots within the log; each is judged by itself",
		       k->boots);
	if (k->others)
		nw_say("%llu lines of other hosts than %s left out",
		       k->others, k->host);
}

static void say_counts(const struct nw_jsonl_counts *c)
{
	if (c->unknown_types)
		nw_say("%llu events of a type this version does not know skipped",
		       c->unknown_types);
	if (c->unknown_keys)
		nw_say("%llu keys this version does not know skipped",
		       c->unknown_keys);
	if (c->unknown_values)
		nw_say("%llu names this version does not know taken as unknown",
		       c->unknown_values);
}

/* As they are now, with what came since they were told. */
static void show_open(struct replayed *j)
{
	const struct nw_finding *f;
	bool any = false;

	for (f = nw_detect_open(j->judge.d); f; f = f->next) {
		if (f->status == NW_STATUS_NEW ||
		    !nw_filter_finding(&j->judge.o->filter, f))
			continue;
		if (!any)
			fputs("open at the end:\n", j->out.file);
		any = true;
		nw_out_finding_screen(&j->out, f, true);
	}
}

static void finish(struct replayed *j, const struct nw_replay *r)
{
	nw_judge_end(&j->judge);
	if (!j->judge.o->json)
		show_open(j);
	j->out.ops->end(&j->out);
	say_log(&r->klog);
	say_counts(&r->counts);
}

static int outcome(const struct replayed *j, const struct nw_replay *r)
{
	if (r->klog.kernel || r->records)
		return NW_EXIT_OK;
	/* A host on which nothing happened has been saved, too. */
	if (j->out.array)
		return NW_EXIT_OK;
	nw_say("neither records of neighwatch nor lines of a kernel in %s",
	       j->judge.o->argv[0]);
	return NW_EXIT_NOT_FOUND;
}

/* Judged as it was then, unless another way is asked for. */
static int configure_saved(struct nw_opts *o, const char *dir)
{
	static char path[PATH_MAX];

	if (o->config_file || !nw_saved_config(dir, path, sizeof(path)))
		return NW_EXIT_OK;
	o->config_file = path;
	return nw_options_configure(o, "c");
}

/* A directory of save becomes the file in it. Return: an exit status. */
static int find_saved(struct nw_opts *o, struct nw_out *out, int files)
{
	static char path[PATH_MAX];
	int i, ret;

	for (i = 0; i < files; i++) {
		if (!nw_saved_is_dir(o->argv[i]))
			continue;
		if (files > 1)
			return nw_say_usage("replay takes one directory alone, as it was saved");
		ret = nw_saved_history(o->argv[i], path, sizeof(path));
		if (!ret)
			ret = configure_saved(o, o->argv[i]);
		if (ret)
			return ret;
		o->argv[i] = path;
		/* A dump is one document, and so is its verdict. */
		out->array = true;
	}
	return NW_EXIT_OK;
}

/*
 * Files are opened while there are capabilities: a log may be another user's.
 * Not so pipes with a name: one may wait for the one before it to be read.
 * What could not be opened is tried again when its turn comes, and said then.
 */
static void open_all(int *fd, char **file, int files)
{
	struct stat st;
	int i;

	for (i = 0; i < files; i++)
		fd[i] = !stat(file[i], &st) && S_ISREG(st.st_mode) ?
			nw_replay_open(file[i]) : -1;
}

static int read_one(struct nw_replay *r, const char *file, int fd)
{
	return fd < 0 ? nw_replay_file(r, file) : nw_replay_fd(r, file, fd);
}

static int run(struct replayed *j, int files)
{
	char **file = j->judge.o->argv;
	static struct nw_replay r;
	int i, ret = 0;
	int *fd;

	fd = calloc((size_t)files, sizeof(*fd));
	if (!fd)
		return nw_say_failed("replay", -ENOMEM, "");
	open_all(fd, file, files);
	nw_confine(0, 0);
	nw_replay_init(&r, take, j);
	j->out.ops->begin(&j->out, NULL);
	for (i = 0; !ret && i < files && !ferror(j->out.file); i++)
		ret = read_one(&r, file[i], fd[i]);
	free(fd);
	finish(j, &r);
	if (!ret)
		return outcome(j, &r);
	nw_say("%s", r.why);
	return NW_EXIT_ERROR;
}

/* Files come first: up to the first word that begins a filter. */
static int count_files(const struct nw_opts *o)
{
	static const char *const words[] = { "dev", "state", "event" };
	struct nw_filter addr;
	char err[256];
	size_t w;
	int i;

	for (i = 0; i < o->argc; i++) {
		for (w = 0; w < ARRAY_SIZE(words); w++)
			if (!strcmp(o->argv[i], words[w]))
				return i;
		memset(&addr, 0, sizeof(addr));
		if (!nw_filter_parse_addr(&addr, o->argv[i], err, sizeof(err)))
			return i;
	}
	return i;
}

/* "10min" is before now by the calendar: the recording's clock is another. */
static void settle(struct nw_when *when, const struct nw_clock *now)
{
	if (when->kind != NW_WHEN_AGO)
		return;
	when->kind = NW_WHEN_REAL;
	when->ns = when->ns < now->real ? now->real - when->ns : 0;
}

int nw_cmd_replay(struct nw_opts *o)
{
	static struct replayed j;
	int files = count_files(o), ret;

	memset(&j, 0, sizeof(j));
	if (!files)
		return nw_say_usage("replay needs a file, or - for standard input");
	ret = nw_cmd_filter(o, o->argc - files, o->argv + files);
	if (ret)
		return ret;
	nw_cmd_out(o, &j.out);
	j.out.past = true;
	ret = find_saved(o, &j.out, files);
	if (ret)
		return ret;
	settle(&o->filter.since, &j.out.start);
	settle(&o->filter.until, &j.out.start);
	ret = nw_judge_open(&j.judge, o, &j.out, NULL, NULL);
	if (ret)
		return nw_say_failed("detectors", ret, "");
	ret = run(&j, files);
	nw_judge_close(&j.judge);
	return ret;
}
