// SPDX-License-Identifier: GPL-2.0
/* The bare command: one screen that says how things are. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "format.h"
#include "netns.h"
#include "out_object.h"
#include "say.h"
#include "verdict.h"

#define SCREEN_LINES	20
#define BODY_LINES	(SCREEN_LINES - 2)	/* what to do stands below */

struct namespaces {
	struct nw_line line;
	unsigned int nr;
};

/* What stands on the screen; the worst of it decides what to do next. */
struct status {
	struct nw_out *out;
	struct namespaces namespaces;
	struct nw_verdict verdict;
	const struct nw_finding *worst;	/* of those that are open */
	char next[NW_FINDING_TEXT];
};

/* The first thing worth a look wins. */
__printf(2, 3)
static void advise(struct status *s, const char *fmt, ...)
{
	va_list ap;

	if (s->next[0])
		return;
	va_start(ap, fmt);
	vsnprintf(s->next, sizeof(s->next), fmt, ap);
	va_end(ap);
}

static int take_namespace(void *arg, const struct nw_item *item)
{
	struct namespaces *n = arg;

	if (item->kind != NW_ITEM_STATS)
		return 0;
	nw_line_add(&n->line, n->nr++ ? ", " : " ");
	nw_line_add_name(&n->line, nw_netns_name(&item->stats.origin));
	return 0;
}

/* Where the worst that is wrong now is told. */
static void advise_about(struct status *s, const struct nw_finding *f)
{
	char addr[NW_ADDR_TEXT], dev[64];

	if (!f)
		return;
	nw_format_addr(addr, sizeof(addr), &f->addr);
	nw_format_name(dev, sizeof(dev), f->dev);
	if (f->addr.len)
		advise(s, "neighwatch history %s", addr);
	else if (f->dev[0])
		advise(s, "neighwatch history dev %s", dev);
	else
		advise(s, "neighwatch history --findings");
}

static void print_sources(struct nw_out *out, const struct nw_stats *stats)
{
	char state[16];
	__u32 i, bad = 0;

	nw_line_start(&out->line, 2);
	nw_line_add(&out->line, "sources missing:");
	for (i = 0; i < stats->nr_source; i++) {
		const struct nw_source *src = &stats->source[i];

		if (src->state == NW_SOURCE_ACTIVE)
			continue;
		nw_format_enum(state, sizeof(state), &nw_names_source,
			       src->state);
		nw_line_add(&out->line, "%s ", bad++ ? "," : "");
		nw_line_add_name(&out->line, src->name);
		nw_line_add(&out->line, " (%s)", state);
	}
	if (bad)
		nw_line_end(&out->line, out->file, NW_COLOR_DOUBT,
			    out->colored);
}

static void print_last_outage(struct nw_out *out,
			      const struct nw_outage *outage, __u32 nr)
{
	const struct nw_outage *last;
	bool open;

	if (!nr)
		return;
	last = &outage[nr - 1];
	open = nw_outage_open(last);
	nw_line_start(&out->line, 6);
	nw_line_add(&out->line, open ? "    OUT " : "    last outage ");
	nw_out_outage(out, last);
	nw_line_end(&out->line, out->file, open ? NW_COLOR_BAD : NW_COLOR_NONE,
		    out->colored);
}

static const char *link_word(const struct nw_link *l)
{
	if (!(l->flags & NW_F_ADMIN_UP))
		return "set down";
	return l->carrier == NW_CARRIER_UP ? "UP" : "DOWN";
}

static void print_link(struct status *s, const struct nw_link *l)
{
	struct nw_out *out = s->out;
	struct nw_line *line = &out->line;
	bool down = nw_link_is_down(l);
	char text[64], dev[64];

	nw_format_name(dev, sizeof(dev), l->dev);
	nw_line_start(line, 4);
	nw_line_add(line, "  %s %s", dev, link_word(l));
	if (NW_HAS(l, NW_A_LINK_SINCE)) {
		nw_out_age(out, text, sizeof(text), l->since);
		nw_line_add(line, " for %s", text);
	}
	if (!down && l->mode.has) {
		nw_line_add(line, ",");
		nw_out_mode(line, &l->mode);
	}
	if (l->losses)
		nw_line_add(line, ", lost carrier %u time%s", l->losses,
			    l->losses > 1 ? "s" : "");
	nw_line_end(line, out->file, down ? NW_COLOR_BAD : NW_COLOR_NONE,
		    out->colored);
	print_last_outage(out, l->outage, l->nr_outage);
	if (down || l->losses)
		advise(s, "neighwatch history dev %s", dev);
}

static bool is_shown(const struct nw_link *l)
{
	return (l->flags & NW_F_PHYSICAL) && !(l->flags & NW_F_GONE);
}

/* The broken ones first: the screen may be too small for all. */
static void print_links(struct status *s)
{
	const struct nw_links *l = &s->verdict.links;
	size_t i, nr = 0;
	int good;

	for (i = 0; i < l->nr; i++)
		nr += is_shown(&l->link[i]);
	fprintf(s->out->file, "links%s\n",
		nr ? "" : ": none with hardware here");
	for (good = 0; good <= 1; good++)
		for (i = 0; i < l->nr; i++)
			if (is_shown(&l->link[i]) &&
			    nw_link_is_down(&l->link[i]) != good)
				print_link(s, &l->link[i]);
}

static void gateway_proof(struct nw_out *out, const struct nw_neigh *n)
{
	char text[64];

	if (NW_HAS(n, NW_A_NEIGH_ARP_PROOF)) {
		nw_out_age(out, text, sizeof(text), n->arp_proof);
		nw_line_add(&out->line, ", ARP/ND proof %s ago", text);
	} else if (n->has) {
		nw_line_add(&out->line, ", no ARP/ND proof seen");
	}
}

static void print_gateway(struct status *s, const struct nw_gateway *gw)
{
	const struct nw_values values = { &nw_desc_neigh, &gw->neigh };
	const struct nw_neigh *n = &gw->neigh;
	bool dead = nw_gateway_is_dead(gw);
	struct nw_out *out = s->out;
	char addr[NW_ADDR_TEXT];

	nw_format_addr(addr, sizeof(addr), &gw->hop.gateway);
	nw_line_start(&out->line, 4);
	nw_line_add(&out->line, "  %s dev ", addr[0] ? addr : "on link");
	nw_line_add_name(&out->line, gw->hop.dev);
	nw_line_fill(&out->line, n->has ? " {state}[, {lladdr}]" :
		     addr[0] ? " not used yet" : "", &values, 1, false);
	gateway_proof(out, n);
	if (n->offers)
		nw_line_add(&out->line, ", %u other MACs refused",
			    n->offers);
	nw_line_end(&out->line, out->file, dead ? NW_COLOR_BAD :
		    n->offers ? NW_COLOR_DOUBT : NW_COLOR_NONE, out->colored);
	print_last_outage(out, n->outage, n->nr_outage);
	if (dead || n->offers || n->nr_outage)
		advise(s, "neighwatch history %s", addr);
}

static void print_gateways(struct status *s)
{
	const struct nw_gateways *g = &s->verdict.gateways;
	size_t i;
	int good;

	fprintf(s->out->file, "gateways%s\n",
		g->nr ? "" : ": no route has one");
	for (good = 0; good <= 1; good++)
		for (i = 0; i < g->nr; i++)
			if (nw_gateway_is_dead(&g->gw[i]) != good)
				print_gateway(s, &g->gw[i]);
}

static unsigned int count_lines(const char *text)
{
	unsigned int lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

/* As much of @text as has room; what is left out is said. */
static void print_within(FILE *file, const char *text, unsigned int room)
{
	unsigned int lines = count_lines(text), nr = 0;
	const char *p;

	if (lines > room)
		room--;
	for (p = text; *p && nr < room; p++) {
		putc_unlocked(*p, file);
		nr += *p == '\n';
	}
	if (lines > room)
		fprintf(file, "  ... %u lines more: neighwatch show link|gateway\n",
			lines - room);
}

/* Gateways first, where they are what is wrong. */
static void print_body(struct status *s, const struct nw_stats *stats,
		       bool brief)
{
	struct nw_out *out = s->out;

	out->ops->begin(out, stats);
	print_sources(out, stats);
	s->worst = nw_verdict_print(&s->verdict, out, brief);
	advise_about(s, s->worst);
	print_gateways(s);
	print_links(s);
	if (s->namespaces.nr > 1) {
		struct nw_line line = s->namespaces.line;

		nw_line_end(&line, out->file, NW_COLOR_NONE, false);
	}
}

/* Return: the text, to be freed, or NULL without memory. */
static char *write_body(struct status *s, const struct nw_stats *stats,
			bool brief)
{
	FILE *file = s->out->file;
	char *text = NULL;
	size_t size = 0;

	s->out->file = open_memstream(&text, &size);
	if (s->out->file) {
		print_body(s, stats, brief);
		fclose(s->out->file);
	}
	s->out->file = file;
	return text;
}

/* A restart mends much, and destroys what tells why: first that. */
static void print_advice(struct status *s)
{
	struct nw_out *out = s->out;

	if (s->worst)
		fputs("do:   neighwatch save /root/incident   (before any reboot)\n",
		      out->file);
	advise(s, "neighwatch monitor");
	nw_line_start(&out->line, 2);
	nw_line_add(&out->line, "next: %s", s->next);
	nw_line_end(&out->line, out->file, NW_COLOR_HEAD, out->colored);
}

static int print_screen(struct status *s, const struct nw_stats *stats)
{
	char *text = write_body(s, stats, false);

	if (text && count_lines(text) > BODY_LINES) {
		free(text);
		text = write_body(s, stats, true);
	}
	if (!text)
		return -ENOMEM;
	print_within(s->out->file, text, BODY_LINES);
	free(text);
	print_advice(s);
	return 0;
}

static int read_all(struct status *s, struct nw_client *c)
{
	const struct nw_ask all = { .all_netns = true };
	int ret;

	ret = nw_verdict_read(&s->verdict, c);
	if (ret)
		return ret;
	nw_line_start(&s->namespaces.line, 2);
	nw_line_add(&s->namespaces.line, "namespaces recorded:");
	ret = nw_client_dump(c, NW_CMD_STATS_GET, &all, take_namespace,
			     &s->namespaces);
	/* Not everybody may see the others; then there are none to show. */
	return ret == -EPERM ? 0 : ret;
}

static int run(struct nw_client *c, struct status *s)
{
	static struct nw_stats stats;
	int ret;

	ret = nw_client_stats(c, &stats);
	if (!ret)
		ret = read_all(s, c);
	if (!ret)
		ret = print_screen(s, &stats);
	if (!ret)
		nw_client_compare(c, &stats);
	return nw_cmd_done(c, ret, "status");
}

int nw_status_write(const struct nw_opts *o, struct nw_client *c,
		    struct nw_out *out)
{
	static struct status s;
	int ret;

	s.out = out;
	ret = nw_verdict_open(&s.verdict, o, out);
	if (ret)
		return nw_say_failed("detectors", ret, "");
	ret = run(c, &s);
	nw_verdict_close(&s.verdict);
	return ret;
}

int nw_cmd_status(struct nw_opts *o)
{
	static struct nw_client client;
	static struct nw_out out;
	int ret;

	if (o->json)
		return nw_say_usage("the screen has no JSON; stats, show and history have");
	nw_cmd_out(o, &out);
	ret = nw_cmd_open(o, &client);
	if (!ret) {
		nw_cmd_confine(o, true, 0);
		ret = nw_status_write(o, &client, &out);
	}
	nw_client_close(&client);
	return ret;
}
