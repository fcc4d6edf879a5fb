// SPDX-License-Identifier: GPL-2.0
/*
 * load FILE.ko [PARAMETER=VALUE...] - a module is loaded, and unloaded where it
 * loaded. The system calls themselves: tools try again. Of neighwatch it is
 * asked what it has when it did load, and that nothing is left when it did not.
 */
#include <dirent.h>
#include <fcntl.h>
#include <libgen.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "nth.h"

#define DEBUGFS "/sys/kernel/debug/"

/*
 * What a load without a refusal has; followed: the two sources of each namespace,
 * which are tried for again where the others are named as absent.
 */
struct whole {
	uint64_t links, neighs, hops, routes, ring;
	unsigned int sources, files;
	bool followed;
};

static int file = -1;
static char name[64];
static char parameters[256];
static bool is_neighwatch;
static struct whole whole;
static char kprobes[16384];
static struct nl_sock *rt;
static int poked;

static void read_file(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t length = 0;
	ssize_t got;

	while (fd >= 0 && (got = read(fd, text + length, size - 1 - length)) > 0)
		length += got;
	text[length] = '\0';
	if (fd >= 0)
		close(fd);
}

static unsigned int count_files(void)
{
	DIR *dir = opendir(DEBUGFS "neighwatch");
	unsigned int count = 0;
	struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		count += entry->d_name[0] != '.';
	if (dir)
		closedir(dir);
	return count;
}

static void take_source(const struct nlattr *nest, struct whole *now)
{
	struct nlattr *tb[NW_A_SOURCE_MAX + 1];
	const char *source;

	if (nla_parse_nested(tb, NW_A_SOURCE_MAX, (struct nlattr *)nest, NULL) ||
	    !tb[NW_A_SOURCE_NAME] || !tb[NW_A_SOURCE_STATE])
		return;
	source = nla_get_string(tb[NW_A_SOURCE_NAME]);
	if (nla_get_u8(tb[NW_A_SOURCE_STATE]) == NW_SOURCE_ACTIVE)
		now->sources++;
	else if (!strcmp(source, "fib") || !strcmp(source, "nexthop"))
		now->followed = false;
}

static void take_sources(const struct answer *answer, void *arg)
{
	struct nlattr *nest;
	int left;

	if (!answer->attrs[NW_A_STATS])
		return;
	nla_for_each_nested(nest, answer->attrs[NW_A_STATS], left)
		if (nla_type(nest) == NW_A_STATS_SOURCE)
			take_source(nest, arg);
}

static void look_at_sources(struct nw *nw, struct whole *now)
{
	struct ack ack;

	now->sources = 0;
	now->followed = true;
	nw_talk(nw, nw_request(nw, NW_CMD_STATS_GET, 0), take_sources, now, &ack);
}

static void look(struct nw *nw, struct whole *now)
{
	now->links = nw_stat(nw, NW_A_STATS_LINKS);
	now->neighs = nw_stat(nw, NW_A_STATS_NEIGHS);
	now->hops = nw_stat(nw, NW_A_STATS_NEXTHOPS);
	now->routes = nw_stat(nw, NW_A_STATS_ROUTES);
	now->ring = nw_stat(nw, NW_A_STATS_RING_SIZE);
	look_at_sources(nw, now);
	now->files = count_files();
}

/* Each new neighbour and each edge is seen by whoever is still registered. */
static void poke(void)
{
	if (rt_neigh(rt, poked, "192.0.2.77", NUD_STALE, "02:00:00:00:00:01") ||
	    rt_neigh_del(rt, poked, "192.0.2.77") || rt_link_up(rt, poked, false) ||
	    rt_link_up(rt, poked, true))
		give_up("the device that is poked");
}

static int insert(void)
{
	return syscall(SYS_finit_module, file, parameters, 0) ? errno : 0;
}

static int take_out(void)
{
	return syscall(SYS_delete_module, name, 0) ? errno : 0;
}

/* The ring, and what follows routes, are tried for again once a second. */
static const char *comes_late(struct nw *nw)
{
	uint64_t deadline = deadline_in(20000);
	struct whole now;

	for (;;) {
		look(nw, &now);
		if (now.ring == whole.ring && now.followed)
			return NULL;
		if (now_mono() > deadline)
			return now.followed ? "the ring never gets its size"
					    : "routes are never followed";
		poke();
		usleep(50000);
	}
}

/* What is missing is either the work of a source that is named as absent, or counted. */
static const char *judge_loaded(struct attempt *attempt)
{
	const char *wrong;
	struct whole now;
	struct nw nw;
	uint64_t lost;

	if (nw_open(&nw))
		return "loaded, and there is no family";
	look(&nw, &now);
	lost = losses(&nw);
	attempt->counted = lost || now.sources < whole.sources;
	wrong = comes_late(&nw);
	nw_close(&nw);
	if (wrong)
		return wrong;
	if (now.files != whole.files && now.files)
		return "only some of the files below debugfs";
	if (!now.followed && !lost)
		return "routes were not followed, and that is not counted";
	if (now.sources < whole.sources)
		return NULL;
	if (now.links + lost < whole.links)
		return "a link is missing and not counted";
	if (now.neighs + lost < whole.neighs)
		return "a neighbour is missing and not counted";
	if (now.hops + lost < whole.hops || now.routes + lost < whole.routes)
		return "a route is missing and not counted";
	return NULL;
}

static const char *judge_gone(void)
{
	static char now[sizeof(kprobes)];
	char path[100];
	struct nw nw;

	snprintf(path, sizeof(path), "/sys/module/%s", name);
	if (!access(path, F_OK))
		return "it is still there";
	if (!is_neighwatch)
		return NULL;
	if (!access(DEBUGFS "neighwatch", F_OK))
		return "its files below debugfs are still there";
	if (!access("/sys/kernel/tracing/events/neighwatch", F_OK))
		return "its trace events are still there";
	read_file(DEBUGFS "kprobes/list", now, sizeof(now));
	if (strcmp(now, kprobes))
		return "a kprobe is still there";
	if (!nw_open(&nw))
		return "its family is still there";
	nw_close(&nw);
	poke();
	return NULL;
}

static const char *judge_load(struct attempt *attempt)
{
	const char *wrong = NULL;

	if (attempt->error)
		return judge_gone();
	if (is_neighwatch)
		wrong = judge_loaded(attempt);
	if (take_out())
		return "it cannot be unloaded";
	return wrong ? wrong : judge_gone();
}

static void open_load(char **args)
{
	struct nw nw;

	file = open(args[0], O_RDONLY | O_CLOEXEC);
	if (file < 0)
		give_up(args[0]);
	snprintf(name, sizeof(name), "%s", basename(args[0]));
	name[strcspn(name, ".")] = '\0';
	inject_module(name);
	is_neighwatch = !strcmp(name, "neighwatch");
	while (*++args) {
		strncat(parameters, *args, sizeof(parameters) - strlen(parameters) - 2);
		strcat(parameters, " ");
	}
	if (!is_neighwatch)
		return;
	rt = rt_open();
	/* That of a series before. */
	poked = if_nametoindex("poked");
	if (!poked)
		poked = rt_dummy(rt, "poked");
	read_file(DEBUGFS "kprobes/list", kprobes, sizeof(kprobes));
	if (poked < 0 || insert() || nw_open(&nw))
		give_up("does not load with all memory there is");
	look(&nw, &whole);
	nw_close(&nw);
	if (!whole.followed)
		give_up("routes are not followed with all memory there is");
	printf("load: %u sources, %u files, %d links, %d neighbours, %d next hops, ring %d\n",
	       whole.sources, whole.files, (int)whole.links, (int)whole.neighs, (int)whole.hops,
	       (int)whole.ring);
	if (take_out())
		give_up("does not unload");
}

const struct operation load_operations[] = {
	{ "load", 1, open_load, NULL, insert, judge_load, .late = true,
	  .stride = 7 },
	{ }
};
