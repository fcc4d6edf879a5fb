// SPDX-License-Identifier: GPL-2.0
/* Findings, for people and for programs. */
#include <ctype.h>
#include <string.h>

#include "format.h"
#include "netns.h"
#include "out.h"

#define FACT_COLUMN	15	/* where what is behind a label stands */

static enum nw_color color(const struct nw_finding *f)
{
	if (f->status == NW_STATUS_CLEARED)
		return NW_COLOR_GOOD;
	switch (f->severity) {
	case NW_SEVERITY_CRIT:
		return NW_COLOR_BAD;
	case NW_SEVERITY_WARN:
		return NW_COLOR_DOUBT;
	default:
		return NW_COLOR_NONE;
	}
}

/* "WARN link-flap eth0 (e1000e) in 3 namespaces: 2 losses ..." */
static void headline(struct nw_out *out, const struct nw_finding *f)
{
	const char *s = nw_severity_name(f->severity);
	struct nw_line *line = &out->line;

	if (f->status == NW_STATUS_CLEARED)
		nw_line_add(line, "cleared");
	else
		for (; *s; s++)
			nw_line_add(line, "%c", toupper((unsigned char)*s));
	nw_line_add(line, " %s %s", f->id, f->subject);
	if (f->namespaces > 1)
		nw_line_add(line, " in %u namespaces", f->namespaces);
	nw_line_add(line, ": %s", f->text);
	if (f->status == NW_STATUS_LOWERED)
		nw_line_add(line, " (was %s)", nw_severity_name(f->worst));
	nw_line_end(line, out->file, color(f), out->colored);
}

static void fact(struct nw_out *out, const struct nw_fact *fact)
{
	struct nw_line *line = &out->line;
	char time[48];

	nw_line_start(line, FACT_COLUMN);
	nw_line_add(line, "  %s", fact->label);
	if (*fact->label)
		nw_line_column(line, FACT_COLUMN);
	if (fact->at.mono || fact->at.real) {
		nw_out_time(out, time, sizeof(time), fact->at.mono,
			    fact->at.real);
		nw_line_add(line, "%s  ", time);
	}
	nw_line_add(line, "%s", fact->text);
	nw_line_end(line, out->file, NW_COLOR_NONE, out->colored);
}

static void hint(struct nw_out *out, const struct nw_finding *f)
{
	struct nw_line *line = &out->line;

	if (!*f->hint || f->status == NW_STATUS_CLEARED)
		return;
	nw_line_start(line, FACT_COLUMN);
	nw_line_add(line, "  next");
	nw_line_column(line, FACT_COLUMN);
	nw_line_add(line, "%s", f->hint);
	nw_line_end(line, out->file, NW_COLOR_HEAD, out->colored);
}

/* Told as one: whose evidence that was. */
static void say_first(struct nw_out *out, const struct nw_finding *f)
{
	struct nw_line *line = &out->line;

	nw_line_start(line, FACT_COLUMN);
	nw_line_add(line, "  evidence");
	nw_line_column(line, FACT_COLUMN);
	nw_line_add(line, "of the first of them, namespace ");
	nw_line_add_name(line, nw_netns_name(&f->origin));
	nw_line_end(line, out->file, NW_COLOR_NONE, out->colored);
}

static void evidence(struct nw_out *out, const struct nw_finding *f,
		     unsigned int from)
{
	unsigned int i;

	for (i = from; i < f->nr_facts; i++)
		fact(out, &f->facts[i]);
	if (f->namespaces > 1)
		say_first(out, f);
	hint(out, f);
}

/*
 * A stream tells an episode several times: in full when it is bad or gets
 * worse, of its end what came just before.
 */
void nw_out_finding_text(struct nw_out *out, const struct nw_finding *f)
{
	nw_out_start(out, &f->origin, f->changed.mono, f->changed.real);
	headline(out, f);
	if (f->status == NW_STATUS_CLEARED)
		evidence(out, f, f->ending ? f->ending : f->nr_facts);
	else if (f->severity >= NW_SEVERITY_WARN &&
		 f->status != NW_STATUS_LOWERED)
		evidence(out, f, 0);
}

void nw_out_finding_screen(struct nw_out *out, const struct nw_finding *f,
			   bool whole)
{
	nw_line_start(&out->line, 6);
	headline(out, f);
	if (whole)
		evidence(out, f, 0);
}

/* A device known by its name alone has no number. */
static void write_about(struct nw_out *out, const struct nw_finding *f)
{
	struct nw_json *json = &out->json;
	char addr[NW_ADDR_TEXT];

	nw_json_string(json, "subject", f->subject);
	if (f->ifindex && !(f->ifindex >> 31))
		nw_json_number(json, "ifindex", f->ifindex);
	if (*f->dev)
		nw_json_string(json, "dev", f->dev);
	if (!f->addr.len)
		return;
	nw_format_addr(addr, sizeof(addr), &f->addr);
	nw_json_string(json, "family", f->addr.len == 4 ? "inet" : "inet6");
	nw_json_string(json, "addr", addr);
}

static void write_evidence(struct nw_out *out, const struct nw_finding *f)
{
	struct nw_json *json = &out->json;
	unsigned int i;

	nw_json_open(json, "evidence", '[');
	for (i = 0; i < f->nr_evidence; i++)
		nw_json_number(json, NULL, f->evidence[i]);
	nw_json_close(json, ']');
	nw_json_number(json, "evidence_all", f->evidence_all);
	for (i = 0; i < f->nr_numbers; i++)
		nw_json_number(json, f->numbers[i].key, f->numbers[i].value);
}

static void write_lladdrs(struct nw_out *out, const struct nw_finding *f)
{
	char text[NW_LLADDR_TEXT];
	unsigned int i;

	if (!f->nr_lladdrs)
		return;
	nw_json_open(&out->json, "lladdrs", '[');
	for (i = 0; i < f->nr_lladdrs; i++) {
		nw_format_lladdr(text, sizeof(text), &f->lladdrs[i]);
		nw_json_string(&out->json, NULL, text);
	}
	nw_json_close(&out->json, ']');
}

static void write_facts(struct nw_out *out, const struct nw_finding *f)
{
	struct nw_json *json = &out->json;
	unsigned int i;

	nw_json_open(json, "facts", '[');
	for (i = 0; i < f->nr_facts; i++) {
		const struct nw_fact *fact = &f->facts[i];

		nw_json_open(json, NULL, '{');
		nw_json_string(json, "label", fact->label);
		if (fact->at.mono || fact->at.real)
			nw_out_json_clock(out, "", &fact->at);
		nw_json_string(json, "text", fact->text);
		nw_json_close(json, '}');
	}
	nw_json_close(json, ']');
}

void nw_out_finding_json(struct nw_out *out, const struct nw_finding *f)
{
	struct nw_json *json = &out->json;
	const struct nw_field *who;

	who = nw_field_by_attr(&nw_desc_record, NW_A_RECORD_WHO);
	nw_out_json_open(out, &f->origin, "finding", &f->changed);
	nw_json_string(json, "id", f->id);
	nw_json_number(json, "number", f->number);
	nw_json_string(json, "severity", nw_severity_name(f->severity));
	nw_json_string(json, "worst", nw_severity_name(f->worst));
	nw_json_string(json, "status", nw_status_name(f->status));
	nw_json_number(json, "namespaces", f->namespaces);
	write_about(out, f);
	nw_out_json_clock(out, "since", &f->began);
	nw_out_json_clock(out, "opened", &f->opened);
	if (f->cleared.mono)
		nw_out_json_clock(out, "cleared", &f->cleared);
	nw_json_string(json, "text", f->text);
	nw_json_string(json, "hint", f->hint);
	nw_out_json_fields(out, who->sub, &f->who);
	write_evidence(out, f);
	write_lladdrs(out, f);
	write_facts(out, f);
	nw_out_json_close(out);
}
