// SPDX-License-Identifier: GPL-2.0
/* The settings below net, as sysctl -a writes them. */
#include <string.h>

#include "format.h"
#include "save_part.h"
#include "say.h"
#include "walk.h"

#define ROOT	"/proc/sys/net"

struct settings {
	FILE *text;
	struct nw_json json;
};

static bool is_one_of(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (!strcmp(name, *names))
			return true;
	return false;
}

static bool is_skipped(const char *path)
{
	/* Others must not learn them, and a diagnosis does not need them. */
	static const char *const secrets[] = {
		"stable_secret", "tcp_fastopen_key", "netdev_rss_key", NULL,
	};
	/* Read under the network's lock, which somebody may hold for ever. */
	static const char *const locked[] = { "addr_gen_mode", NULL };
	/* The kernel complains in its log; their _ms say the same. */
	static const char *const old[] = {
		"base_reachable_time", "retrans_time", NULL,
	};
	const char *name = strrchr(path, '/') + 1;

	return is_one_of(name, secrets) || is_one_of(name, locked) ||
	       is_one_of(name, old);
}

/* As sysctl(8) does: a dot within a device's name becomes a slash. */
static void make_name(char *name, size_t size, const char *path)
{
	size_t i;

	snprintf(name, size, "net%s", path + strlen(ROOT));
	for (i = 0; name[i]; i++) {
		if (name[i] == '/')
			name[i] = '.';
		else if (name[i] == '.')
			name[i] = '/';
	}
}

/* A value of several lines has the name in front of each. */
static void put_text(FILE *file, const char *name, const char *value)
{
	char safe[NW_VALUE_TEXT];
	size_t len;

	nw_format_name(safe, sizeof(safe), name);
	do {
		len = strcspn(value, "\n");
		fprintf(file, "%s = %.*s\n", safe, (int)len, value);
		value += len + (value[len] == '\n');
	} while (*value);
}

static void take(void *arg, const char *path, const char *value)
{
	struct settings *s = arg;
	char name[NW_VALUE_TEXT], text[4096];
	size_t len;

	make_name(name, sizeof(name), path);
	snprintf(text, sizeof(text), "%s", value);
	for (len = strlen(text); len && text[len - 1] == '\n'; len--)
		text[len - 1] = '\0';
	put_text(s->text, name, text);
	nw_json_line(&s->json);
	nw_json_string(&s->json, name, text);
}

int nw_save_sysctl(const struct nw_opts *o, FILE *const *file)
{
	struct settings s = { .text = file[0], .json = { .file = file[1] } };
	static struct nw_walk walk;

	(void)o;
	walk.fn = take;
	walk.arg = &s;
	walk.skip = is_skipped;
	nw_json_open(&s.json, NULL, '{');
	nw_walk_tree(&walk, ROOT);
	nw_json_close(&s.json, '}');
	fputc('\n', file[1]);
	if (!walk.failed)
		return NW_EXIT_OK;
	nw_say("%u settings not read, the first: %s", walk.failed, walk.first);
	return NW_EXIT_ERROR;
}
