// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "format.h"
#include "netns.h"
#include "save_manifest.h"
#include "twin.h"
#include "walk.h"

#define MODULE	"/sys/module/neighwatch"

static __u64 read_clock(clockid_t id)
{
	struct timespec ts = { 0 };

	clock_gettime(id, &ts);
	return (__u64)ts.tv_sec * NW_NSEC_PER_SEC + (__u64)ts.tv_nsec;
}

void nw_save_clocks_read(struct nw_save_clocks *clocks)
{
	clocks->real = read_clock(CLOCK_REALTIME);
	clocks->mono = read_clock(CLOCK_MONOTONIC);
	clocks->raw = read_clock(CLOCK_MONOTONIC_RAW);
	clocks->boot = read_clock(CLOCK_BOOTTIME);
	clocks->tai = read_clock(CLOCK_TAI);
}

const char *nw_save_state_name(enum nw_save_state state)
{
	switch (state) {
	case NW_SAVE_WHOLE:
		return "saved";
	case NW_SAVE_EMPTY:
		return "none";
	case NW_SAVE_INCOMPLETE:
		return "incomplete";
	default:
		return "missing";
	}
}

bool nw_save_is_lacking(const struct nw_save_job *job)
{
	return job->state != NW_SAVE_WHOLE && job->state != NW_SAVE_EMPTY;
}

static void put_seconds(struct nw_twin *t, const char *key, __u64 ns)
{
	char text[NW_VALUE_TEXT];

	nw_format_seconds(text, sizeof(text), ns);
	nw_twin_string(t, key, text);
}

static void put_clocks(struct nw_twin *t, const char *key,
		       const struct nw_save_clocks *c)
{
	time_t now = (time_t)(c->real / NW_NSEC_PER_SEC);
	char text[NW_VALUE_TEXT];
	struct tm tm;

	nw_twin_open(t, key, '{');
	nw_format_rfc3339(text, sizeof(text), c->real);
	nw_twin_string(t, "time", text);
	if (localtime_r(&now, &tm) &&
	    strftime(text, sizeof(text), "%F %T %z %Z", &tm))
		nw_twin_string(t, "local", text);
	put_seconds(t, "mono", c->mono);
	put_seconds(t, "raw", c->raw);
	put_seconds(t, "boottime", c->boot);
	put_seconds(t, "tai", c->tai);
	nw_twin_close(t, '}');
}

/* The first line of a file, under the last part of its name. */
static void put_file(void *arg, const char *path, const char *text)
{
	const char *name = strrchr(path, '/') + 1;
	char line[512];

	snprintf(line, sizeof(line), "%.*s", (int)strcspn(text, "\n"), text);
	nw_twin_string(arg, name, line);
}

static void put_host(struct nw_twin *t, struct nw_walk *walk)
{
	struct utsname u;

	nw_twin_open(t, "host", '{');
	if (!uname(&u)) {
		nw_twin_string(t, "name", u.nodename);
		nw_twin_string(t, "kernel", u.release);
		nw_twin_string(t, "kernel_version", u.version);
		nw_twin_string(t, "machine", u.machine);
	}
	nw_walk_file(walk, "/proc/sys/kernel/random/boot_id");
	nw_walk_file(walk, "/proc/cmdline");
	nw_walk_file(walk, "/proc/sys/kernel/tainted");
	nw_twin_close(t, '}');
}

static void put_module(struct nw_twin *t, struct nw_walk *walk)
{
	nw_twin_open(t, "module", '{');
	nw_twin_string(t, "loaded", access(MODULE, F_OK) ? "no" : "yes");
	nw_walk_file(walk, MODULE "/version");
	nw_walk_file(walk, MODULE "/srcversion");
	nw_twin_open(t, "parameters", '{');
	nw_walk_tree(walk, MODULE "/parameters");
	nw_twin_close(t, '}');
	nw_twin_close(t, '}');
}

static void put_netns(struct nw_twin *t, const struct nw_opts *o)
{
	const struct nw_origin here = {
		.netns = o->netns ? nw_netns_number(o->netns) : nw_netns_own(),
	};

	nw_twin_open(t, "netns", '{');
	nw_twin_number(t, "inode", here.netns);
	nw_twin_string(t, "name", o->netns ? o->netns : nw_netns_name(&here));
	if (o->all_netns)
		nw_twin_flag(t, "module_parts_of_all");
	nw_twin_close(t, '}');
}

static void put_files(struct nw_twin *t, const struct nw_save_dir *dir,
		      const struct nw_save_part *part)
{
	__u64 size;
	int i;

	nw_twin_open(t, "files", '{');
	for (i = 0; i < NW_SAVE_FILES && part->files[i]; i++) {
		size = nw_save_dir_size(dir, part->files[i]);
		if (size)
			nw_twin_number(t, part->files[i], size);
	}
	nw_twin_close(t, '}');
}

/* Why it is missing, or what else there is to know: line by line. */
static void put_note(struct nw_twin *t, const char *note)
{
	char line[512];
	size_t len;

	if (!*note)
		return;
	nw_twin_open(t, "note", '[');
	for (; *note; note += len + (note[len] == '\n')) {
		len = strcspn(note, "\n");
		snprintf(line, sizeof(line), "%.*s", (int)len, note);
		nw_twin_string(t, NULL, line);
	}
	nw_twin_close(t, ']');
}

static void put_parts(struct nw_twin *t, const struct nw_save_dir *dir,
		      const struct nw_save_job *jobs, size_t nr)
{
	size_t i;

	nw_twin_open(t, "parts", '[');
	for (i = 0; i < nr; i++) {
		nw_twin_open(t, NULL, '{');
		nw_twin_string(t, "part", jobs[i].part->name);
		nw_twin_string(t, "state", nw_save_state_name(jobs[i].state));
		put_note(t, jobs[i].note);
		put_files(t, dir, jobs[i].part);
		nw_twin_close(t, '}');
	}
	nw_twin_close(t, ']');
}

static bool is_complete(const struct nw_save_job *jobs, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (nw_save_is_lacking(&jobs[i]))
			return false;
	return true;
}

static void put_all(struct nw_twin *t, const struct nw_save_dir *dir,
		    const struct nw_opts *o,
		    const struct nw_save_clocks *began,
		    const struct nw_save_job *jobs, size_t nr)
{
	static struct nw_walk walk;
	struct nw_save_clocks ended;

	walk.fn = put_file;
	walk.arg = t;
	nw_save_clocks_read(&ended);
	nw_twin_string(t, "kind", NW_SAVE_KIND);
	nw_twin_number(t, "v", NW_SAVE_VERSION);
	nw_twin_string(t, "tool_version", NW_VERSION);
	nw_twin_string(t, "complete", is_complete(jobs, nr) ? "yes" : "no");
	put_clocks(t, "began", began);
	put_clocks(t, "ended", &ended);
	put_host(t, &walk);
	put_netns(t, o);
	put_module(t, &walk);
	put_parts(t, dir, jobs, nr);
}

int nw_save_manifest_write(struct nw_save_dir *dir, const struct nw_opts *o,
			   const struct nw_save_clocks *began,
			   const struct nw_save_job *jobs, size_t nr)
{
	FILE *text = nw_save_dir_create(dir, NW_SAVE_MANIFEST_TEXT), *json;
	static struct nw_twin twin;
	int ret;

	if (!text)
		return -EIO;
	json = nw_save_dir_create(dir, NW_SAVE_MANIFEST);
	if (!json) {
		fclose(text);
		return -EIO;
	}
	nw_twin_begin_one(&twin, text, json, "saved by neighwatch");
	put_all(&twin, dir, o, began, jobs, nr);
	nw_twin_end_one(&twin);
	ret = nw_save_dir_close(dir, text, NW_SAVE_MANIFEST_TEXT);
	if (ret) {
		fclose(json);
		return ret;
	}
	return nw_save_dir_close(dir, json, NW_SAVE_MANIFEST);
}
