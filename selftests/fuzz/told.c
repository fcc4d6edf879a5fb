// SPDX-License-Identifier: GPL-2.0
/* Findings in JSON: do they make sense one after the other? */
#include <stdlib.h>
#include <string.h>

#include "finding.h"
#include "fuzz.h"
#include "jsonl.h"

#define EPISODES	4096

/* What is known of each; 0: not opened. */
struct told {
	struct nw_jsonl reader;
	int severity[EPISODES];
	bool cleared[EPISODES];
};

static const char *text_of(struct nw_flat *flat, const char *key)
{
	const struct nw_flat_value *v = nw_flat_find(flat, key);

	nw_fuzz_must(v && *v->text, "a finding without '%s'", key);
	return v->text;
}

static int severity_of(struct nw_flat *flat, const char *key)
{
	const char *name = text_of(flat, key);
	int s;

	for (s = NW_SEVERITY_INFO; s < NW_SEVERITY_CRIT; s++)
		if (!strcmp(name, nw_severity_name((enum nw_severity)s)))
			break;
	nw_fuzz_must(!strcmp(name, nw_severity_name((enum nw_severity)s)),
		     "severity '%s'", name);
	return s;
}

/* One that is there already only goes where its status says. */
static void change(const char *status, int was, int is)
{
	if (!strcmp(status, "raised"))
		nw_fuzz_must(was && is > was, "raised from %d to %d", was, is);
	else if (!strcmp(status, "lowered"))
		nw_fuzz_must(was && is < was, "lowered from %d to %d", was, is);
	else if (!strcmp(status, "open"))
		nw_fuzz_must(!was, "opened twice");
	else
		nw_fuzz_must(was && !strcmp(status, "cleared"),
			     "status '%s' after severity %d", status, was);
}

static int take(void *arg, struct nw_flat *flat)
{
	const struct nw_flat_value *event = nw_flat_find(flat, "event");
	struct told *t = arg;
	unsigned long n;
	int is;

	if (!event || strcmp(event->text, "finding"))
		return 0;
	n = strtoul(text_of(flat, "number"), NULL, 10);
	nw_fuzz_must(n, "episode 0");
	is = severity_of(flat, "severity");
	nw_fuzz_must(is <= severity_of(flat, "worst"), "worse than its worst");
	text_of(flat, "id");
	text_of(flat, "subject");
	text_of(flat, "text");
	if (n >= EPISODES)
		return 0;
	nw_fuzz_must(!t->cleared[n], "told after its end: %lu", n);
	change(text_of(flat, "status"), t->severity[n], is);
	t->severity[n] = is;
	t->cleared[n] = !strcmp(text_of(flat, "status"), "cleared");
	return 0;
}

void nw_fuzz_must_be_sane(const char *json, size_t len)
{
	struct told *t;

	if (!len)
		return;
	t = calloc(1, sizeof(*t));
	nw_fuzz_must(t && !nw_jsonl_open(&t->reader, take, t), "no memory");
	nw_fuzz_must(!nw_jsonl_feed(&t->reader, json, len) &&
		     !nw_jsonl_end(&t->reader), "%s\n%s", t->reader.why, json);
	nw_jsonl_close(&t->reader);
	free(t);
}
