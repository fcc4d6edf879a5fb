// SPDX-License-Identifier: GPL-2.0
#include <string.h>
#include <time.h>

#include "format.h"
#include "netns.h"
#include "out_object.h"
#include "put.h"

static bool same_day(__u64 a, __u64 b)
{
	time_t ta = (time_t)(a / NW_NSEC_PER_SEC);
	time_t tb = (time_t)(b / NW_NSEC_PER_SEC);
	struct tm x, y;

	return localtime_r(&ta, &x) && localtime_r(&tb, &y) &&
	       x.tm_year == y.tm_year && x.tm_yday == y.tm_yday;
}

void nw_out_stamp(const struct nw_out *out, char *buf, size_t size,
		  __u64 mono)
{
	__u64 real = nw_clock_wall(&out->start, mono);
	time_t t = (time_t)(real / NW_NSEC_PER_SEC);
	struct tm tm;
	size_t len = 0;

	if (out->time == NW_TIME_WALL && !same_day(real, out->start.real) &&
	    localtime_r(&t, &tm))
		len = strftime(buf, size, "%b %e ", &tm);
	nw_out_time(out, buf + len, size - len, mono, real);
}

void nw_out_age(const struct nw_out *out, char *buf, size_t size,
		__u64 mono)
{
	__u64 now = out->start.mono;

	nw_format_duration(buf, size, now > mono ? now - mono : 0,
			   out->precise);
}

void nw_out_netns(struct nw_out *out, const struct nw_origin *origin)
{
	if (!out->netns)
		return;
	nw_line_add_name(&out->line, nw_netns_name(origin));
	nw_line_add_string(&out->line, " ");
}

void nw_out_since(struct nw_out *out, bool known, __u64 since)
{
	char text[64] = "-";

	if (known)
		nw_out_age(out, text, sizeof(text), since);
	nw_line_add_string(&out->line, text);
}

static void addr_column(struct nw_line *line, const struct nw_addr *addr)
{
	struct nw_text t = nw_line_rest(line);

	nw_put_addr(&t, addr);
	nw_line_took(line, &t);
}

static void nud_column(struct nw_line *line, __u8 state)
{
	struct nw_text t = nw_line_rest(line);

	nw_put_nud(&t, state);
	nw_line_took(line, &t);
}

static void lladdr_column(struct nw_line *line, const struct nw_lladdr *lladdr)
{
	struct nw_text t = nw_line_rest(line);

	if (lladdr->len)
		nw_put_lladdr(&t, lladdr);
	else
		nw_text_char(&t, '-');
	nw_line_took(line, &t);
}

static void outages_column(struct nw_line *line, const struct nw_neigh *n)
{
	struct nw_text t = nw_line_rest(line);

	nw_text_number(&t, n->outages);
	if (n->flags & NW_F_GATEWAY)
		nw_text_string(&t, " gw");
	nw_line_took(line, &t);
}

/* A hundred thousand of them come in one go. */
void nw_out_neigh_row(struct nw_out *out, const struct nw_neigh *n)
{
	struct nw_line *line = &out->line;

	nw_line_start(line, 28);
	nw_out_netns(out, &n->origin);
	nw_line_add_name(line, n->dev);
	nw_line_column(line, 11);
	addr_column(line, &n->addr);
	nw_line_column(line, 28);
	nud_column(line, n->state);
	nw_line_column(line, 39);
	nw_out_since(out, NW_HAS(n, NW_A_NEIGH_SINCE), n->since);
	nw_line_column(line, 52);
	lladdr_column(line, &n->lladdr);
	nw_line_column(line, 70);
	outages_column(line, n);
	nw_line_end(line, out->file,
		    nw_nud_usable(n->state) || !(n->flags & NW_F_GATEWAY) ?
		    NW_COLOR_NONE : NW_COLOR_BAD, out->colored);
}

bool nw_outage_open(const struct nw_outage *outage)
{
	return !NW_HAS(outage, NW_A_OUTAGE_END);
}

bool nw_link_is_down(const struct nw_link *l)
{
	return l->carrier == NW_CARRIER_DOWN && (l->flags & NW_F_ADMIN_UP) &&
	       !(l->flags & NW_F_GONE);
}

static void outage_end(struct nw_out *out, const struct nw_outage *o)
{
	char text[64];

	if (nw_outage_open(o)) {
		nw_out_age(out, text, sizeof(text), o->begin);
		nw_line_add(&out->line, " - STILL, for %s", text);
		return;
	}
	nw_out_stamp(out, text, sizeof(text), o->end);
	nw_line_add(&out->line, " - %s", text);
	nw_format_duration(text, sizeof(text),
			   o->end > o->begin ? o->end - o->begin : 0,
			   out->precise);
	nw_line_add(&out->line, " (%s)", text);
}

void nw_out_outage(struct nw_out *out, const struct nw_outage *o)
{
	char name[16], text[64];
	__u8 i;

	nw_out_stamp(out, text, sizeof(text), o->begin);
	nw_line_add(&out->line, "%s", text);
	outage_end(out, o);
	if (o->rounds)
		nw_line_add(&out->line, ", %u round%s", o->rounds,
			    o->rounds > 1 ? "s" : "");
	for (i = 0; i < o->path.len; i++) {
		nw_format_nud(name, sizeof(name), o->path.nud[i]);
		nw_line_add(&out->line, "%s%s", i ? " " : ": ", name);
	}
}

void nw_out_outages(struct nw_out *out, const struct nw_outage *outage,
		    __u32 nr)
{
	__u32 i;

	if (nr)
		fprintf(out->file, "  outages\n");
	for (i = 0; i < nr; i++) {
		nw_line_start(&out->line, 6);
		nw_line_add(&out->line, "    ");
		nw_out_outage(out, &outage[i]);
		nw_line_end(&out->line, out->file,
			    nw_outage_open(&outage[i]) ? NW_COLOR_BAD :
							 NW_COLOR_NONE,
			    out->colored);
	}
}

static void step_state(char *buf, size_t size, __u8 state, bool carrier)
{
	if (carrier)
		nw_format_enum(buf, size, &nw_names_carrier, state);
	else
		nw_format_nud(buf, size, state);
}

void nw_out_steps(struct nw_out *out, const struct nw_step *step, __u32 nr,
		  bool carrier)
{
	char when[64], old[16], new[16], cause[32];
	__u32 i;

	if (nr)
		fprintf(out->file, "  last transitions\n");
	for (i = 0; i < nr; i++) {
		nw_out_stamp(out, when, sizeof(when), step[i].mono);
		snprintf(old, sizeof(old), "?");
		if (NW_HAS(&step[i], NW_A_STEP_OLD))
			step_state(old, sizeof(old), step[i].old, carrier);
		step_state(new, sizeof(new), step[i].new, carrier);
		nw_format_enum(cause, sizeof(cause), &nw_names_cause,
			       step[i].cause);
		nw_line_start(&out->line, 6);
		nw_line_add(&out->line, "    %s %s -> %s, %s", when, old, new,
			    cause);
		nw_line_end(&out->line, out->file, NW_COLOR_NONE, false);
	}
}
