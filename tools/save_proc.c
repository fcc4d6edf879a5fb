// SPDX-License-Identifier: GPL-2.0
/* Counters and tables that only files of /proc have. */
#include <string.h>

#include "save_part.h"
#include "say.h"
#include "walk.h"

/* The namespace's, then the host's. */
static const char *const files[] = {
	"/proc/net/dev",
	"/proc/net/snmp",
	"/proc/net/snmp6",
	"/proc/net/netstat",
	"/proc/net/softnet_stat",
	"/proc/net/sockstat",
	"/proc/net/sockstat6",
	"/proc/net/igmp",
	"/proc/net/igmp6",
	"/proc/net/ptype",
	"/proc/interrupts",
	"/proc/softirqs",
	"/proc/loadavg",
	"/proc/meminfo",
	"/proc/modules",
	"/proc/cmdline",
	"/proc/version",
};

static const char *const trees[] = {
	"/proc/net/stat",
	"/proc/net/vlan",
	"/proc/net/bonding",
	"/proc/net/dev_snmp6",
};

struct copies {
	FILE *text;
	struct nw_json json;
};

static void take(void *arg, const char *path, const char *text)
{
	struct copies *c = arg;
	size_t len = strlen(text);

	fprintf(c->text, "==> %s <==\n%s%s\n", path, text,
		len && text[len - 1] != '\n' ? "\n" : "");
	nw_json_line(&c->json);
	nw_json_string(&c->json, path, text);
}

int nw_save_proc(const struct nw_opts *o, FILE *const *file)
{
	struct copies c = { .text = file[0], .json = { .file = file[1] } };
	static struct nw_walk walk;
	size_t i;

	(void)o;
	walk.fn = take;
	walk.arg = &c;
	nw_json_open(&c.json, NULL, '{');
	for (i = 0; i < ARRAY_SIZE(files); i++)
		nw_walk_file(&walk, files[i]);
	for (i = 0; i < ARRAY_SIZE(trees); i++)
		nw_walk_tree(&walk, trees[i]);
	nw_json_close(&c.json, '}');
	fputc('\n', file[1]);
	if (walk.cut)
		nw_say("%u files cut off at %u KiB", walk.cut,
		       NW_WALK_TEXT / 1024);
	if (!walk.failed)
		return NW_EXIT_OK;
	nw_say("%u files not read, the first: %s", walk.failed, walk.first);
	return NW_EXIT_ERROR;
}
