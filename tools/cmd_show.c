// SPDX-License-Identifier: GPL-2.0
/* show: what is tracked now. */
#include <errno.h>
#include <string.h>

#include "cmd.h"
#include "format.h"
#include "out_object.h"
#include "say.h"

struct shown {
	const struct nw_opts *o;
	struct nw_out *out;
	bool detail;
	__u64 nr;
};

static void neigh_flags(struct nw_line *line, __u32 flags)
{
	__u32 bit;

	for (bit = 0; bit < nw_names_flags.nr; bit++)
		if (flags >> bit & 1)
			nw_line_add(line, ", %s", nw_names_flags.name[bit]);
}

static void neigh_proofs(struct nw_out *out, const struct nw_neigh *n)
{
	char text[64];

	nw_line_start(&out->line, 4);
	if (NW_HAS(n, NW_A_NEIGH_ARP_PROOF)) {
		nw_out_age(out, text, sizeof(text), n->arp_proof);
		nw_line_add(&out->line, "  ARP/ND proof %s ago", text);
	} else {
		nw_line_add(&out->line, "  no ARP/ND proof seen");
	}
	if (NW_HAS(n, NW_A_NEIGH_UPPER_PROOF)) {
		nw_out_age(out, text, sizeof(text), n->upper_proof);
		nw_line_add(&out->line, ", upper layer's %s ago", text);
	}
	nw_line_end(&out->line, out->file, NW_COLOR_NONE, false);
}

static void neigh_moved(struct nw_out *out, const struct nw_neigh *n)
{
	char lladdr[NW_LLADDR_TEXT], when[64];

	if (!NW_HAS(n, NW_A_NEIGH_MOVED))
		return;
	nw_format_lladdr(lladdr, sizeof(lladdr), &n->prev_lladdr);
	nw_out_stamp(out, when, sizeof(when), n->moved);
	nw_line_start(&out->line, 4);
	nw_line_add(&out->line, "  MAC changed at %s, was %s", when,
		    lladdr[0] ? lladdr : "unknown");
	nw_line_end(&out->line, out->file, NW_COLOR_DOUBT, out->colored);
}

static void neigh_detail(struct nw_out *out, const struct nw_neigh *n)
{
	const struct nw_values values = { &nw_desc_neigh, n };
	struct nw_line *line = &out->line;
	char text[64];

	nw_line_start(line, 2);
	nw_out_netns(out, &n->origin);
	nw_line_fill(line, "{addr}[ dev {dev}] {state}", &values, 1, false);
	if (NW_HAS(n, NW_A_NEIGH_SINCE)) {
		nw_out_age(out, text, sizeof(text), n->since);
		nw_line_add(line, " for %s", text);
	}
	nw_line_fill(line, "[, {lladdr}]", &values, 1, false);
	neigh_flags(line, n->flags);
	nw_line_end(line, out->file, NW_COLOR_HEAD, out->colored);
	nw_line_start(line, 4);
	nw_line_fill(line, "  transitions {transitions}, failures {failures}, ",
		     &values, 1, false);
	nw_line_fill(line, "outages {outages}, MAC changes {moves}", &values, 1,
		     false);
	nw_line_fill(line, ", other MACs refused {offers}", &values, 1, false);
	nw_line_end(line, out->file, NW_COLOR_NONE, false);
	neigh_proofs(out, n);
	neigh_moved(out, n);
	nw_out_steps(out, n->last, n->nr_last, false);
	nw_out_outages(out, n->outage, n->nr_outage);
}

static int take_neigh(void *arg, const struct nw_item *item)
{
	struct shown *s = arg;
	const struct nw_neigh *n = &item->neigh;

	if (item->kind != NW_ITEM_NEIGH ||
	    !nw_filter_neigh(&s->o->filter, n))
		return 0;
	if (s->o->json)
		nw_out_json_object(s->out, &n->origin, &nw_desc_neigh, n);
	else if (s->detail)
		neigh_detail(s->out, n);
	else
		nw_out_neigh_row(s->out, n);
	s->nr++;
	return 0;
}

static int not_found(const struct shown *s, const char *what)
{
	if (s->nr || !nw_filter_is_given(&s->o->filter))
		return NW_EXIT_OK;
	nw_say("no %s like that is tracked; 'neighwatch show %s' lists all",
	       what, what);
	return NW_EXIT_NOT_FOUND;
}

int nw_show_neigh(struct nw_opts *o, struct nw_client *c, struct nw_out *out)
{
	struct shown s = {
		.o = o, .out = out, .detail = nw_filter_is_host(&o->filter),
	};
	struct nw_ask ask = { .all_netns = o->all_netns };
	int ret;

	nw_client_narrow(&ask, &o->filter);
	ask.types = 0;
	if (!s.detail && !o->json)
		fprintf(out->file, "%-11s%-17s%-11s%-13s%-18s%s\n", "DEV",
			"ADDRESS", "STATE", "FOR", "LLADDR", "OUTAGES");
	ret = nw_client_dump(c, NW_CMD_NEIGH_GET, &ask, take_neigh, &s);
	if (ret)
		return nw_cmd_done(c, ret, "neighbours");
	return not_found(&s, "neigh");
}

static const char *carrier_word(const struct nw_link *l)
{
	if (l->flags & NW_F_GONE)
		return "gone";
	if (!(l->flags & NW_F_ADMIN_UP))
		return "off";
	return l->carrier == NW_CARRIER_UP ? "UP" :
	       l->carrier == NW_CARRIER_DOWN ? "DOWN" : "?";
}

static void link_row(struct nw_out *out, const struct nw_link *l)
{
	struct nw_line *line = &out->line;

	nw_line_start(line, 43);
	nw_out_netns(out, &l->origin);
	nw_line_add_name(line, l->dev);
	nw_line_column(line, 12);
	nw_line_add(line, "%s", carrier_word(l));
	nw_line_column(line, 17);
	nw_out_since(out, NW_HAS(l, NW_A_LINK_SINCE), l->since);
	nw_line_column(line, 30);
	nw_line_add(line, "%u", l->losses);
	nw_line_column(line, 36);
	nw_line_add(line, "%u", l->edges);
	nw_line_column(line, 42);
	nw_out_mode(line, &l->mode);
	nw_line_end(line, out->file,
		    nw_link_is_down(l) ? NW_COLOR_BAD : NW_COLOR_NONE,
		    out->colored);
}

static void link_detail(struct nw_out *out, const struct nw_link *l)
{
	const struct nw_values values = { &nw_desc_link, l };
	struct nw_line *line = &out->line;
	char text[64];

	nw_line_start(line, 2);
	nw_out_netns(out, &l->origin);
	nw_line_add_name(line, l->dev);
	nw_line_add(line, " %s", carrier_word(l));
	if (NW_HAS(l, NW_A_LINK_SINCE)) {
		nw_out_age(out, text, sizeof(text), l->since);
		nw_line_add(line, " for %s", text);
	}
	if (l->mode.has)
		nw_line_add(line, ",");
	nw_out_mode(line, &l->mode);
	neigh_flags(line, l->flags);
	nw_line_end(line, out->file, NW_COLOR_HEAD, out->colored);
	nw_line_start(line, 4);
	nw_line_fill(line, "  edges {edges}, without a stamp {unstamped}, ",
		     &values, 1, false);
	nw_line_fill(line, "losses the driver reported {losses}", &values, 1,
		     false);
	nw_line_end(line, out->file, NW_COLOR_NONE, false);
	nw_out_steps(out, l->last, l->nr_last, true);
	nw_out_outages(out, l->outage, l->nr_outage);
}

static int take_link(void *arg, const struct nw_item *item)
{
	struct shown *s = arg;
	const struct nw_link *l = &item->link;

	if (item->kind != NW_ITEM_LINK || !nw_filter_link(&s->o->filter, l))
		return 0;
	if (s->o->json)
		nw_out_json_object(s->out, &l->origin, &nw_desc_link, l);
	else if (s->detail)
		link_detail(s->out, l);
	else
		link_row(s->out, l);
	s->nr++;
	return 0;
}

int nw_show_link(struct nw_opts *o, struct nw_client *c, struct nw_out *out)
{
	struct shown s = {
		.o = o, .out = out, .detail = o->filter.dev[0] != '\0',
	};
	const struct nw_ask ask = { .all_netns = o->all_netns };
	int ret;

	if (!s.detail && !o->json)
		fprintf(out->file, "%-12s%-5s%-13s%-6s%-7s%s\n", "DEV",
			"LINK", "FOR", "LOST", "EDGES", "MODE");
	ret = nw_client_dump(c, NW_CMD_LINK_GET, &ask, take_link, &s);
	if (ret)
		return nw_cmd_done(c, ret, "links");
	return not_found(&s, "link");
}

static const struct {
	const char *name;
	int (*show)(struct nw_opts *o, struct nw_client *c,
		    struct nw_out *out);
	bool dev, addr, state;	/* filter words that make sense */
} objects[] = {
	{ "neigh", nw_show_neigh, true, true, true },
	{ "link", nw_show_link, true, false, false },
	{ "gateway", nw_show_gateway, true, true, false },
	{ "table", nw_show_table, false, false, false },
};

static size_t find_object(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(objects); i++)
		if (!strcmp(name, objects[i].name))
			break;
	return i;
}

static int check_words(const struct nw_filter *f, size_t which)
{
	const char *name = objects[which].name;

	if (f->dev[0] && !objects[which].dev)
		return nw_say_usage("show %s takes no device", name);
	if ((f->addr.len || f->family) && !objects[which].addr)
		return nw_say_usage("show %s takes no address or family", name);
	if (f->nr_states && !objects[which].state)
		return nw_say_usage("show %s takes no state", name);
	if (f->types)
		return nw_say_usage("show takes no event");
	return NW_EXIT_OK;
}

int nw_show_write(struct nw_opts *o, struct nw_client *c, struct nw_out *out,
		  const char *object)
{
	int ret;

	out->array = true;
	if (o->json)
		out->ops->begin(out, NULL);
	ret = objects[find_object(object)].show(o, c, out);
	if (o->json)
		out->ops->end(out);
	if (!ret && c->nl.interrupted)
		nw_say("things changed while they were listed; one may be missing or twice");
	nw_client_say_skipped(c);
	return ret;
}

int nw_cmd_show(struct nw_opts *o)
{
	static struct nw_client client;
	static struct nw_out out;
	size_t i = find_object(o->argc ? o->argv[0] : "");
	int ret;

	if (i == ARRAY_SIZE(objects))
		return nw_say_usage("show %s: one of neigh, link, gateway, table",
				    o->argc ? o->argv[0] : "needs a word");
	ret = nw_cmd_filter(o, o->argc - 1, o->argv + 1);
	if (!ret)
		ret = check_words(&o->filter, i);
	if (ret)
		return ret;
	nw_cmd_out(o, &out);
	ret = nw_cmd_open(o, &client);
	if (!ret) {
		nw_cmd_confine(o, o->all_netns, 0);
		ret = nw_show_write(o, &client, &out, o->argv[0]);
	}
	nw_client_close(&client);
	return ret;
}
