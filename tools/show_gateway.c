// SPDX-License-Identifier: GPL-2.0
/* show gateway, and show table. */
#include <string.h>
#include <sys/socket.h>

#include "cmd.h"
#include "format.h"
#include "gateway.h"
#include "out_object.h"
#include "say.h"
#include "verdict.h"
#include "words.h"

static void print_row(struct nw_out *out, const struct nw_gateway *gw)
{
	char addr[NW_ADDR_TEXT], text[64];
	struct nw_line *line = &out->line;

	nw_format_addr(addr, sizeof(addr), &gw->hop.gateway);
	nw_line_start(line, 28);
	nw_out_netns(out, &gw->hop.origin);
	nw_line_add(line, "%s", addr[0] ? addr : "(on link)");
	nw_line_column(line, 17);
	nw_line_add_name(line, gw->hop.dev);
	nw_line_column(line, 28);
	nw_line_add(line, "%u", gw->hop.routes);
	if (gw->hop.defaults)
		nw_line_add(line, " default");
	nw_line_column(line, 39);
	nw_format_nud(text, sizeof(text), gw->neigh.state);
	nw_line_add(line, "%s", gw->neigh.has ? text : "-");
	nw_line_column(line, 50);
	nw_line_fill(line, "[{lladdr}]", &(const struct nw_values){
		     &nw_desc_neigh, &gw->neigh }, 1, false);
	nw_line_column(line, 68);
	if (NW_HAS(&gw->neigh, NW_A_NEIGH_ARP_PROOF)) {
		nw_out_age(out, text, sizeof(text), gw->neigh.arp_proof);
		nw_line_add(line, "%s", text);
	}
	nw_line_end(line, out->file, nw_gateway_is_dead(gw) ? NW_COLOR_BAD :
		    NW_COLOR_NONE, out->colored);
}

/* Who owns the address is not known for sure; what makes it sure. */
static void print_unconfirmed(struct nw_out *out, const struct nw_finding *f)
{
	char from[NW_WORDS], time[64];
	struct nw_line *line = &out->line;

	nw_words_lladdr(from, sizeof(from), &f->lladdrs[0]);
	nw_out_time(out, time, sizeof(time), f->began.mono, f->began.real);
	nw_line_start(line, 2);
	nw_line_add(line, "  moved %s from %s, no %s answer from it since; ",
		    time, from, nw_words_protocol(f->family));
	nw_line_add(line, "TCP alone keeps it alive%s",
		    f->severity >= NW_SEVERITY_WARN ?
		    ", and another MAC claims it" : "");
	nw_line_end(line, out->file, NW_COLOR_DOUBT, out->colored);
	nw_line_start(line, 8);
	nw_line_add(line, "  next  %s", f->hint);
	nw_line_end(line, out->file, NW_COLOR_HEAD, out->colored);
}

/* What the detectors say of it now. */
static void print_findings(struct nw_out *out, const struct nw_verdict *v,
			   const struct nw_nexthop *hop)
{
	const struct nw_finding *f;

	for (f = nw_detect_open(v->judge.d); f; f = f->next) {
		if (f->status == NW_STATUS_NEW || f->ifindex != hop->ifindex ||
		    !nw_addr_equal(&f->addr, &hop->gateway) ||
		    f->origin.netns_cookie != hop->origin.netns_cookie)
			continue;
		if (!strcmp(f->id, "gateway-unconfirmed"))
			print_unconfirmed(out, f);
		else
			nw_out_finding_screen(out, f, true);
	}
}

/* One gateway alone: all that is kept of it. */
static void print_detail(struct nw_out *out, const struct nw_gateway *gw,
			 const struct nw_verdict *v)
{
	print_findings(out, v, &gw->hop);
	nw_out_steps(out, gw->neigh.last, gw->neigh.nr_last, false);
	nw_out_outages(out, gw->neigh.outage, gw->neigh.nr_outage);
}

static void print_json(struct nw_out *out, const struct nw_gateway *gw)
{
	struct nw_json *json = &out->json;

	nw_json_open(json, NULL, '{');
	nw_json_number(json, "v", 1);
	nw_out_json_fields(out, &nw_desc_origin, &gw->hop.origin);
	nw_out_json_fields(out, &nw_desc_nexthop, &gw->hop);
	if (gw->neigh.has) {
		nw_json_open(json, "neigh", '{');
		nw_out_json_fields(out, &nw_desc_neigh, &gw->neigh);
		nw_json_close(json, '}');
	}
	nw_json_close(json, '}');
}

static void print_gateway(struct nw_out *out, const struct nw_gateway *gw,
			  const struct nw_verdict *v)
{
	if (out->ops == &nw_out_json) {
		print_json(out, gw);
		return;
	}
	print_row(out, gw);
	if (v)
		print_detail(out, gw, v);
}

static int show_gateways(struct nw_opts *o, struct nw_client *c,
			 struct nw_out *out, struct nw_verdict *v)
{
	struct nw_gateways g = { 0 };
	size_t i;
	int ret;

	ret = nw_gateways_read(&g, c, &o->filter, o->all_netns);
	if (!ret && v)
		ret = nw_verdict_read(v, c);
	if (!o->json)
		fprintf(out->file, "%-17s%-11s%-11s%-11s%-18s%s\n", "GATEWAY",
			"DEV", "ROUTES", "STATE", "LLADDR", "ARP/ND AGE");
	for (i = 0; !ret && i < g.nr; i++)
		print_gateway(out, &g.gw[i], v);
	nw_gateways_free(&g);
	return ret ? nw_cmd_done(c, ret, "gateways") : NW_EXIT_OK;
}

int nw_show_gateway(struct nw_opts *o, struct nw_client *c,
		    struct nw_out *out)
{
	static struct nw_verdict v;
	int ret;

	if (o->json || !nw_filter_is_host(&o->filter))
		return show_gateways(o, c, out, NULL);
	ret = nw_verdict_open(&v, o, out);
	if (ret)
		return nw_say_failed("detectors", ret, "");
	ret = show_gateways(o, c, out, &v);
	nw_verdict_close(&v);
	return ret;
}

/* The newest of each family. */
struct tables {
	struct nw_event inet;
	struct nw_event inet6;
};

static int take_table(void *arg, const struct nw_item *item)
{
	struct tables *t = arg;

	if (item->kind != NW_ITEM_EVENT || item->event.type != NW_TYPE_TABLE)
		return 0;
	if (item->event.table.family == AF_INET)
		t->inet = item->event;
	else
		t->inet6 = item->event;
	return 0;
}

static void print_table(struct nw_out *out, const struct nw_event *ev)
{
	const struct nw_table_event *t = &ev->table;
	bool full = t->gc_thresh3 && t->gc_entries >= t->gc_thresh3;
	char age[64];

	if (!ev->has)
		return;
	if (out->ops == &nw_out_json) {
		out->ops->event(out, ev);
		return;
	}
	nw_out_age(out, age, sizeof(age), ev->mono);
	nw_line_start(&out->line, 8);
	nw_line_add(&out->line, "%-8s%-10u%-10u",
		    t->family == AF_INET ? "inet" : "inet6", t->entries,
		    t->gc_entries);
	nw_line_add(&out->line, "%u/%u/%u", t->gc_thresh1, t->gc_thresh2,
		    t->gc_thresh3);
	nw_line_column(&out->line, 48);
	nw_line_add(&out->line, "%llu", t->fulls);
	nw_line_column(&out->line, 57);
	nw_line_add(&out->line, "%llu", t->discards);
	nw_line_column(&out->line, 68);
	nw_line_add(&out->line, "%s", age);
	nw_line_end(&out->line, out->file, full ? NW_COLOR_BAD :
		    NW_COLOR_NONE, out->colored);
}

int nw_show_table(struct nw_opts *o, struct nw_client *c, struct nw_out *out)
{
	const struct nw_ask ask = {
		.all_netns = o->all_netns, .types = 1U << NW_TYPE_TABLE,
	};
	static struct tables t;
	int ret;

	ret = nw_client_dump(c, NW_CMD_HISTORY_GET, &ask, take_table, &t);
	if (ret)
		return nw_cmd_done(c, ret, "tables");
	if (!t.inet.has && !t.inet6.has) {
		nw_say("no table recorded here: see the initial network namespace");
		return NW_EXIT_NOT_FOUND;
	}
	if (!o->json)
		fprintf(out->file, "%-8s%-10s%-10s%-20s%-9s%-11s%s\n", "FAMILY",
			"ENTRIES", "COUNTED", "THRESHOLDS", "REFUSED",
			"DISCARDED", "AGE");
	print_table(out, &t.inet);
	print_table(out, &t.inet6);
	return NW_EXIT_OK;
}
