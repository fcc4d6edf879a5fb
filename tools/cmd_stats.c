// SPDX-License-Identifier: GPL-2.0
/* stats: every counter by its plain name. */

#include "cmd.h"
#include "format.h"
#include "netns.h"
#include "say.h"

static void print_sources(struct nw_out *out, const struct nw_stats *s)
{
	char state[16];
	__u32 i;

	for (i = 0; i < s->nr_source; i++) {
		const struct nw_source *src = &s->source[i];
		bool bad = src->state != NW_SOURCE_ACTIVE || src->missed;

		nw_format_enum(state, sizeof(state), &nw_names_source,
			       src->state);
		nw_line_start(&out->line, 2);
		nw_line_add(&out->line, "source ");
		nw_line_add_name(&out->line, src->name);
		nw_line_column(&out->line, 36);
		nw_line_add(&out->line, "%s", state);
		if (NW_HAS(src, NW_A_SOURCE_MISSED))
			nw_line_add(&out->line, ", missed %llu",
				    src->missed);
		nw_line_end(&out->line, out->file,
			    bad ? NW_COLOR_DOUBT : NW_COLOR_NONE, out->colored);
	}
}

static void print_field(struct nw_out *out, const struct nw_field *f,
			const void *obj)
{
	char text[NW_VALUE_TEXT];

	if (f->kind == NW_KIND_ARRAY || !f->key || !nw_field_has(f, obj))
		return;
	nw_format_field(text, sizeof(text), f, obj, out->precise);
	nw_line_start(&out->line, 24);
	nw_line_add(&out->line, "%s", f->key);
	nw_line_column(&out->line, 24);
	nw_line_add(&out->line, "%s", text);
	nw_line_end(&out->line, out->file, NW_COLOR_NONE, false);
}

static void print_all(struct nw_out *out, const struct nw_desc *desc,
		      const void *obj)
{
	unsigned int i;

	for (i = 0; i < desc->nr; i++)
		print_field(out, &desc->field[i], obj);
}

static void print_text(struct nw_out *out, const struct nw_stats *s)
{
	if (out->netns)
		fprintf(out->file, "%s--- namespace %s ---\n",
			out->begun ? "\n" : "", nw_netns_name(&s->origin));
	if (!out->begun) {
		fprintf(out->file, "%-24s%s\n", "tool_version", NW_VERSION);
		print_sources(out, s);
	}
	out->begun = true;
	print_all(out, &nw_desc_origin, &s->origin);
	fprintf(out->file, "%-24s%llu\n", "next_seq",
		s->origin.next_seq);
	print_all(out, &nw_desc_stats, s);
}

static void print_json(struct nw_out *out, const struct nw_stats *s)
{
	struct nw_json *json = &out->json;

	json->file = out->file;
	nw_json_open(json, NULL, '{');
	nw_json_number(json, "v", 1);
	nw_json_string(json, "tool_version", NW_VERSION);
	nw_out_json_fields(out, &nw_desc_origin, &s->origin);
	nw_json_number(json, "next_seq", s->origin.next_seq);
	nw_out_json_fields(out, &nw_desc_stats, s);
	nw_json_close(json, '}');
}

static int take(void *arg, const struct nw_item *item)
{
	struct nw_out *out = arg;

	if (item->kind != NW_ITEM_STATS)
		return 0;
	if (out->ops == &nw_out_json)
		print_json(out, &item->stats);
	else
		print_text(out, &item->stats);
	return 0;
}

int nw_stats_write(const struct nw_opts *o, struct nw_client *c,
		   struct nw_out *out)
{
	const struct nw_ask ask = { .all_netns = true };
	static struct nw_item item = { .kind = NW_ITEM_STATS };
	bool json = out->ops == &nw_out_json;
	int ret;

	ret = nw_client_stats(c, &item.stats);
	if (ret)
		return nw_cmd_done(c, ret, "statistics");
	nw_client_compare(c, &item.stats);
	out->array = o->all_netns;
	if (json)
		out->ops->begin(out, &item.stats);
	if (o->all_netns)
		ret = nw_client_dump(c, NW_CMD_STATS_GET, &ask, take, out);
	else
		take(out, &item);
	if (json && o->all_netns)
		out->ops->end(out);
	else if (json)
		fputc('\n', out->file);
	return nw_cmd_done(c, ret, "statistics of all namespaces");
}

int nw_cmd_stats(struct nw_opts *o)
{
	static struct nw_client client;
	static struct nw_out out;
	int ret;

	if (o->argc)
		return nw_say_usage("stats takes no words, not '%s'",
				    o->argv[0]);
	nw_cmd_out(o, &out);
	ret = nw_cmd_open(o, &client);
	if (!ret) {
		nw_cmd_confine(o, o->all_netns, 0);
		ret = nw_stats_write(o, &client, &out);
	}
	nw_client_close(&client);
	return ret;
}
