// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "finding.h"
#include "format.h"
#include "world.h"

static const char *const severity_names[] = { "none", "info", "warn", "crit" };

static const char *const status_names[] = {
	"new", "open", "raised", "lowered", "cleared",
};

const char *nw_severity_name(enum nw_severity severity)
{
	return severity_names[severity];
}

const char *nw_status_name(enum nw_status status)
{
	return status_names[status];
}

bool nw_finding_equal(const struct nw_finding *a, const struct nw_finding *b)
{
	return !strcmp(a->id, b->id) && !strcmp(a->dev, b->dev) &&
	       nw_addr_equal(&a->addr, &b->addr) &&
	       !strcmp(a->subject, b->subject);
}

/* Names come from elsewhere: what could move the cursor is not let through. */
__printf(3, 0)
static void print(char *buf, size_t size, const char *fmt, va_list ap)
{
	char said[NW_FINDING_TEXT];

	vsnprintf(said, sizeof(said), fmt, ap);
	nw_format_text(buf, size, said, "");
}

void nw_finding_subject(struct nw_finding *f, const char *fmt, ...)
{
	va_list ap;

	if (!f)
		return;
	va_start(ap, fmt);
	print(f->subject, sizeof(f->subject), fmt, ap);
	va_end(ap);
}

void nw_finding_text(struct nw_finding *f, const char *fmt, ...)
{
	va_list ap;

	if (!f)
		return;
	va_start(ap, fmt);
	print(f->text, sizeof(f->text), fmt, ap);
	va_end(ap);
}

void nw_finding_hint(struct nw_finding *f, const char *fmt, ...)
{
	va_list ap;

	if (!f)
		return;
	va_start(ap, fmt);
	print(f->hint, sizeof(f->hint), fmt, ap);
	va_end(ap);
}

void nw_finding_number(struct nw_finding *f, const char *key, __u64 value)
{
	unsigned int i;

	if (!f)
		return;
	for (i = 0; i < f->nr_numbers; i++)
		if (!strcmp(f->numbers[i].key, key))
			break;
	if (i == NW_FINDING_NUMBERS)
		return;
	f->numbers[i].key = key;
	f->numbers[i].value = value;
	if (i == f->nr_numbers)
		f->nr_numbers++;
}

void nw_finding_lladdr(struct nw_finding *f, const struct nw_lladdr *lladdr)
{
	unsigned int i;

	if (!f || !lladdr->len)
		return;
	for (i = 0; i < f->nr_lladdrs; i++)
		if (nw_lladdr_equal(&f->lladdrs[i], lladdr))
			return;
	if (i < NW_FINDING_LLADDRS)
		f->lladdrs[f->nr_lladdrs++] = *lladdr;
}

/* In their order. Full: the first half stays, how it began; the rest is the latest. */
void nw_finding_evidence(struct nw_finding *f, __u64 seq)
{
	const unsigned int keep = NW_FINDING_EVIDENCE / 2;
	unsigned int at, drop;

	if (!f || !seq)
		return;
	for (at = f->nr_evidence; at && f->evidence[at - 1] >= seq; at--)
		if (f->evidence[at - 1] == seq)
			return;
	f->evidence_all++;
	drop = f->nr_evidence;
	if (drop == NW_FINDING_EVIDENCE) {
		drop = keep;
		at -= at > keep;
	} else {
		f->nr_evidence++;
	}
	/* What is dropped leaves its place to those between it and the new. */
	if (at <= drop)
		memmove(&f->evidence[at + 1], &f->evidence[at],
			(drop - at) * sizeof(f->evidence[0]));
	else
		memmove(&f->evidence[drop], &f->evidence[drop + 1],
			(at - drop) * sizeof(f->evidence[0]));
	f->evidence[at] = seq;
}

static void add_fact(struct nw_finding *f, const struct nw_clock *at,
		     const char *label, const char *fmt, va_list ap)
{
	struct nw_fact *fact = &f->facts[f->nr_facts++];

	memset(fact, 0, sizeof(*fact));
	if (at)
		fact->at = *at;
	nw_format_text(fact->label, sizeof(fact->label), label, "");
	print(fact->text, sizeof(fact->text), fmt, ap);
}

void nw_finding_fact(struct nw_finding *f, const struct nw_clock *at,
		     const char *label, const char *fmt, ...)
{
	va_list ap;

	if (!f || f->nr_facts == NW_FINDING_FACTS)
		return;
	va_start(ap, fmt);
	add_fact(f, at, label, fmt, ap);
	va_end(ap);
}

void nw_finding_again(struct nw_finding *f, const struct nw_clock *at,
		      const char *label, const char *fmt, ...)
{
	va_list ap;

	if (!f)
		return;
	if (f->nr_facts == NW_FINDING_FACTS) {
		f->nr_facts--;
		memmove(&f->facts[1], &f->facts[2],
			(f->nr_facts - 1) * sizeof(f->facts[0]));
	}
	va_start(ap, fmt);
	add_fact(f, at, label, fmt, ap);
	va_end(ap);
}

void nw_finding_forget_facts(struct nw_finding *f)
{
	if (!f)
		return;
	f->nr_facts = 0;
	f->ending = 0;
}
