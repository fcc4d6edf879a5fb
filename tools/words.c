// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "fields.h"
#include "format.h"
#include "vmac.h"
#include "words.h"

#define CHANGES_SAID	4

void nw_words_lladdr(char *buf, size_t size, const struct nw_lladdr *lladdr)
{
	char text[NW_LLADDR_TEXT], name[NW_TEXT_LEN];

	if (!lladdr->len) {
		snprintf(buf, size, "an unknown address");
		return;
	}
	nw_format_lladdr(text, sizeof(text), lladdr);
	if (nw_vmac_name(name, sizeof(name), lladdr))
		snprintf(buf, size, "%.*s (%s)", NW_LLADDR_TEXT, text, name);
	else
		snprintf(buf, size, "%s", text);
}

void nw_words_who(char *buf, size_t size, const struct nw_who *who)
{
	if (!NW_HAS(who, NW_A_WHO_COMM))
		snprintf(buf, size, "a program");
	else if (!NW_HAS(who, NW_A_WHO_PARENT))
		snprintf(buf, size, "%s (pid %u)", who->comm, who->pid);
	else
		snprintf(buf, size, "%s (pid %u, child of %s)", who->comm,
			 who->pid, who->parent);
}

void nw_words_time(char *buf, size_t size, __u64 ns)
{
	if (ns < NW_NSEC_PER_MSEC)
		snprintf(buf, size, "less than 1 ms");
	else if (ns >= NW_NSEC_PER_SEC && ns < 120 * NW_NSEC_PER_SEC)
		snprintf(buf, size, "%.1f s", (double)ns / 1e9);
	else
		nw_format_duration(buf, size, ns, false);
}

const char *nw_words_protocol(__u8 family)
{
	return family == AF_INET6 ? "ND" : "ARP";
}

const char *nw_words_cause(__u8 cause)
{
	return cause < nw_names_cause.nr ? nw_names_cause.name[cause] : "unknown";
}

static void say_change(struct nw_finding *f, const struct nw_change_note *note,
		       const char *label)
{
	char who[NW_WORDS];

	if (note->cause != NW_CAUSE_ADMIN) {
		nw_finding_fact(f, &note->told.at, label, "%s", note->text);
	} else {
		nw_words_who(who, sizeof(who), &note->who);
		nw_finding_fact(f, &note->told.at, label, "%s, by %s",
				note->text, who);
	}
	nw_finding_evidence(f, note->told.seq);
}

/* Of what was before the recording nothing is known. */
static void say_no_change(const struct nw_detect *d, struct nw_finding *f,
			  const struct nw_wnet *net, __u64 from, __u64 to,
			  const char *label)
{
	struct nw_clock at;

	if (to < net->recorded) {
		nw_finding_fact(f, NULL, label,
				"not known, it was before the oldest record");
		return;
	}
	at = nw_detect_clock(d, from > net->recorded ? from : net->recorded);
	nw_finding_fact(f, &at, label,
			"no route, address, MAC or admin change since");
}

/* The latest first: what came last is the likeliest reason. */
void nw_words_changes(const struct nw_detect *d, struct nw_finding *f,
		      const struct nw_wnet *net, __u64 from, __u64 to,
		      const char *label)
{
	const struct nw_change_note *note;
	unsigned int nth, said = 0;

	for (nth = 0; (note = nw_world_change(net, nth)); nth++) {
		if (note->told.at.mono < from || note->told.at.mono > to)
			continue;
		say_change(f, note, said ? "" : label);
		if (++said == CHANGES_SAID)
			return;
	}
	if (!said)
		say_no_change(d, f, net, from, to, label);
}

void nw_words_history(struct nw_finding *f)
{
	char addr[NW_ADDR_TEXT];

	if (!f)
		return;
	nw_format_addr(addr, sizeof(addr), &f->addr);
	if (f->addr.len)
		nw_finding_hint(f, "neighwatch history %s", addr);
	else
		nw_finding_hint(f, "neighwatch history dev %s", f->dev);
}
