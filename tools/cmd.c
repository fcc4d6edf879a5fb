// SPDX-License-Identifier: GPL-2.0
/* What the commands share: how they begin and how they end. */
#include <errno.h>
#include <stdlib.h>

#include "cmd.h"
#include "confine.h"
#include "netns.h"
#include "say.h"

/* Few writes; more would only cost memory. */
#define OUTPUT_BUFFER	(64 * 1024)

int nw_cmd_filter(struct nw_opts *o, int argc, char **argv)
{
	char err[256];

	if (nw_filter_parse(&o->filter, argc, argv, err, sizeof(err)))
		return nw_say_usage("%s", err);
	return NW_EXIT_OK;
}

static int open_here(struct nw_client *c)
{
	int ret = nw_client_open(c);

	if (ret == -ENOENT)
		return nw_say_no_module();
	if (ret)
		return nw_say_failed("generic netlink", ret, c->nl.why);
	return NW_EXIT_OK;
}

/* Inside, the module does not tell who did what: the second choice. */
static int open_inside(const struct nw_opts *o, struct nw_client *c)
{
	char err[256];

	nw_client_close(c);
	if (nw_netns_enter(o->netns, err, sizeof(err))) {
		nw_say("%s", err);
		return NW_EXIT_ERROR;
	}
	return open_here(c);
}

static int learn_gone(void *arg, const struct nw_item *item)
{
	(void)arg;
	if (item->kind == NW_ITEM_STATS && NW_HAS(&item->stats, NW_A_STATS_GONE))
		nw_netns_gone(&item->stats.origin);
	return 0;
}

int nw_cmd_open(const struct nw_opts *o, struct nw_client *c)
{
	const struct nw_ask all = { .all_netns = true };
	__u32 netns;
	int ret = open_here(c);

	/* What is refused is said by the question that follows. */
	if (!ret && o->all_netns && !o->json)
		nw_client_dump(c, NW_CMD_STATS_GET, &all, learn_gone, NULL);
	if (ret || !o->netns)
		return ret;
	netns = nw_netns_number(o->netns);
	if (!netns || nw_client_look_into(c, netns))
		return open_inside(o, c);
	return NW_EXIT_OK;
}

/* In JSON a namespace is its number. */
void nw_cmd_confine(const struct nw_opts *o, bool names, pid_t helper)
{
	unsigned int needs = NW_CONFINE_MODULE;

	if (names && !o->json)
		needs |= NW_CONFINE_NAMES;
	nw_confine(needs, helper);
}

void nw_cmd_out_to(const struct nw_opts *o, struct nw_out *out, FILE *file)
{
	out->ops = o->json ? &nw_out_json : &nw_out_text;
	out->file = file;
	out->time = o->time;
	out->precise = o->precise;
	out->netns = o->all_netns;
	out->colored = o->colored && !o->json;
	nw_clock_now(&out->start);
}

void nw_cmd_out(const struct nw_opts *o, struct nw_out *out)
{
	static char buffer[OUTPUT_BUFFER];

	nw_cmd_out_to(o, out, stdout);
	setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
}

int nw_cmd_done(struct nw_client *c, int ret, const char *what)
{
	char why[sizeof(c->nl.why)];

	if (c->nl.interrupted)
		nw_say("%s changed while they were read: some may be missing or twice",
		       what);
	nw_client_say_skipped(c);
	if (!ret || ret == -EINTR)
		return c->refused ? NW_EXIT_ERROR : NW_EXIT_OK;
	snprintf(why, sizeof(why), "%s", c->nl.why);
	/* Unloaded between two questions, or on its way out? */
	if (ret == -EPROTONOSUPPORT ||
	    (ret == -ENOENT && nw_nl_resolve(&c->nl) == -ENOENT))
		return nw_say_no_module();
	return nw_say_failed(what, ret, why);
}
