// SPDX-License-Identifier: GPL-2.0
/* check: a monitoring plugin, judged by what the kernel still knows. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "check_rows.h"
#include "cmd.h"
#include "out_object.h"
#include "say.h"
#include "verdict.h"

#define LOWERS		16
#define UNDER_MAX	256

/* What is said on the way belongs below the first line, or is the reason. */
static struct {
	FILE *file;
	char *text;
	size_t size;
	bool told;		/* the verdict is out */
} said;

struct checking {
	const struct nw_opts *o;
	struct nw_verdict verdict;
	struct nw_stats stats;
	struct nw_check check;
	struct nw_check_rows rows;
	__u32 under[UNDER_MAX];
	size_t nr_under;
};

static void find_under(struct checking *k, const struct nw_check_gateway *g)
{
	const struct nw_detect *d = k->verdict.judge.d;
	const struct nw_world *w = &d->world;
	const struct nw_wlink *found[LOWERS];
	const struct nw_wnet *net;
	unsigned int nr;

	TAILQ_FOREACH(net, &w->nets, lru) {
		nr = nw_world_lowers(w, nw_world_link(w, net, g->ifindex),
				     found, LOWERS);
		while (nr-- && k->nr_under < UNDER_MAX)
			k->under[k->nr_under++] = found[nr]->ifindex;
	}
}

static void doubt_client(struct checking *k, const struct nw_client *c)
{
	char *why = k->check.doubt;
	const size_t size = sizeof(k->check.doubt);

	if (c->nl.version != NW_GENL_VERSION)
		snprintf(why, size, "interface version %u of the module, %d of this tool",
			 c->nl.version, NW_GENL_VERSION);
	else if (NW_HAS(&k->stats, NW_A_STATS_VERSION) &&
		 strcmp(k->stats.version, NW_VERSION) != 0)
		snprintf(why, size, "module version %s, tool version %s",
			 k->stats.version, NW_VERSION);
	else if (c->dec.malformed)
		snprintf(why, size, "%llu messages of the module make no sense: %.100s",
			 c->dec.malformed, c->dec.why);
}

static void put_json(struct nw_out *out,
		     const struct nw_check_result *r,
		     const struct nw_plugin *p)
{
	size_t i;

	out->array = true;	/* one document: objects with a comma between */
	nw_json_open(&out->json, NULL, '{');
	nw_plugin_json(p, &out->json);
	nw_json_open(&out->json, "findings", '[');
	for (i = 0; i < r->nr_found; i++)
		nw_out_finding_json(out, r->found[i]);
	nw_json_close(&out->json, ']');
	nw_json_close(&out->json, '}');
	fputc('\n', out->file);
}

static int tell(struct checking *k, struct nw_out *out)
{
	static struct nw_check_result result;
	static struct nw_plugin plugin;
	struct nw_check *c = &k->check;
	size_t i;

	c->stats = &k->stats;
	c->open = nw_detect_open(k->verdict.judge.d);
	c->gateway = k->rows.gateway;
	c->nr_gateways = k->rows.nr_gateways;
	c->link = k->rows.link;
	c->nr_links = k->rows.nr_links;
	for (i = 0; c->ask.nr_gateways && i < k->rows.nr_gateways; i++)
		find_under(k, &k->rows.gateway[i]);
	c->under = k->under;
	c->nr_under = k->nr_under;
	c->lost = k->rows.lost + k->verdict.lost;
	c->oldest = k->verdict.oldest;
	c->thresholds = &k->o->config.detect.thresholds;
	nw_check_find(c, &result);
	nw_check_say(c, &result, &plugin);
	if (k->o->json)
		put_json(out, &result, &plugin);
	else
		nw_plugin_print(&plugin, out->file);
	said.told = true;
	return (int)plugin.status;
}

static int run(struct checking *k, struct nw_client *c, struct nw_out *out)
{
	int ret;

	ret = nw_client_stats(c, &k->stats);
	if (!ret)
		ret = nw_verdict_read(&k->verdict, c);
	if (!ret)
		ret = k->rows.err;
	if (ret)
		return nw_cmd_done(c, ret, "check");
	doubt_client(k, c);
	return tell(k, out);
}

static void fill_ask(struct nw_check_ask *ask, const struct nw_opts *o)
{
	const struct nw_detect_config *config = &o->config.detect;

	/* The last of them came from the command line. */
	ask->gateway = config->gateways + config->nr_gateways - o->gateways;
	ask->nr_gateways = o->gateways;
	ask->dev = o->dev;
	ask->nr_devs = o->nr_devs;
	ask->window = o->window ? o->window : NW_CHECK_WINDOW;
}

int nw_cmd_check(struct nw_opts *o)
{
	static struct nw_client client;
	static struct nw_out out;
	static struct checking k;
	int ret;

	if (o->argc)
		return nw_say_usage("check takes no '%s': --gateway ADDR, --dev NAME, --window T",
				    o->argv[0]);
	nw_cmd_out(o, &out);
	out.json.file = stdout;
	k.o = o;
	k.check.now = out.start;
	fill_ask(&k.check.ask, o);
	k.rows = (struct nw_check_rows){
		.ask = &k.check.ask, .config = &o->config.detect,
		.gateways = &k.verdict.gateways, .links = &k.verdict.links,
		.now = out.start.mono,
	};
	k.verdict.tap = (struct nw_verdict_tap){
		nw_check_rows_begin, nw_check_rows_count, &k.rows,
	};
	ret = nw_verdict_open(&k.verdict, o, &out);
	if (ret)
		return nw_say_failed("detectors", ret, "");
	ret = nw_cmd_open(o, &client);
	if (!ret) {
		nw_cmd_confine(o, false, 0);
		ret = run(&k, &client, &out);
	}
	nw_verdict_close(&k.verdict);
	nw_check_rows_free(&k.rows);
	nw_client_close(&client);
	return ret;
}

/* --- everything on standard output --- */

void nw_cmd_check_begin(void)
{
	said.file = open_memstream(&said.text, &said.size);
	nw_say_to(said.file);
}

/* The first line that was said is the reason. */
static void tell_failure(const struct nw_opts *o)
{
	static struct nw_plugin p;
	struct nw_json json = { .file = stdout };
	char *line, *save = NULL;

	p.status = NW_PLUGIN_UNKNOWN;
	line = said.text ? strtok_r(said.text, "\n", &save) : NULL;
	nw_plugin_text(&p, "%s", line ? line : "out of memory");
	while (line && (line = strtok_r(NULL, "\n", &save)))
		nw_plugin_line(&p, "%s", line);
	if (!o->json) {
		nw_plugin_print(&p, stdout);
		return;
	}
	nw_json_open(&json, NULL, '{');
	nw_plugin_json(&p, &json);
	nw_json_open(&json, "findings", '[');
	nw_json_close(&json, ']');
	nw_json_close(&json, '}');
	fputc('\n', stdout);
}

int nw_cmd_check_end(const struct nw_opts *o, int status)
{
	nw_say_to(NULL);
	if (said.file)
		fclose(said.file);
	if (!said.told && o->asked == NW_ASKED_COMMAND) {
		tell_failure(o);
		status = NW_PLUGIN_UNKNOWN;
	}
	free(said.text);
	return fflush(stdout) ? NW_PLUGIN_UNKNOWN : status;
}
