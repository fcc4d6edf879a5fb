// SPDX-License-Identifier: GPL-2.0
/* What gateway-stuck says, in the order in which a person wants to know. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/ethtool.h>
#include <linux/neighbour.h>

#include "stuck.h"
#include "words.h"

#define LOWERS_SAID	5
#define UNANSWERED	"unanswered"
#define DAY		(24 * 3600 * NW_NSEC_PER_SEC)

static const char *proof_name(const struct nw_wneigh *n)
{
	if (n->proof_kind == NW_PROOF_UPPER)
		return "an upper layer confirmed,";
	if (n->family == AF_INET6)
		return n->proof_kind == NW_PROOF_REPLY ? "ND answer,"
						       : "ND packet,";
	return n->proof_kind == NW_PROOF_REPLY ? "ARP reply,"
					       : "ARP packet,";
}

static void say_proof(struct nw_finding *f, const struct nw_wneigh *n)
{
	char lladdr[NW_WORDS];

	if (n->proof_kind == NW_PROOF_NONE) {
		nw_finding_fact(f, NULL, "last proof",
				"none since recording began");
		return;
	}
	nw_words_lladdr(lladdr, sizeof(lladdr), &n->proof_lladdr);
	nw_finding_fact(f, &n->proof.at, "last proof", "%s %s", proof_name(n),
			lladdr);
	nw_finding_evidence(f, n->proof.seq);
}

static void story_words(char *buf, size_t size, const struct nw_stuck *s)
{
	char time[NW_WORDS] = "";

	if (!s->failed.at.mono) {
		snprintf(buf, size, "INCOMPLETE, no round is over yet");
		return;
	}
	nw_words_time(time, sizeof(time),
		      s->failed.at.mono > s->probe.at.mono ?
		      s->failed.at.mono - s->probe.at.mono : 0);
	snprintf(buf, size, "%s, FAILED +%s; %llu %s, 0 answers",
		 s->probe_state == NUD_PROBE ? "PROBE" : "INCOMPLETE",
		 time, s->rounds, s->rounds == 1 ? "round" : "rounds");
}

static void say_story(struct nw_finding *f, const struct nw_stuck *s)
{
	char words[NW_FACT_TEXT];

	story_words(words, sizeof(words), s);
	nw_finding_fact(f, &s->probe.at, UNANSWERED, "%s", words);
}

/* The evidence is as old as the last change; its rounds went on. */
static void renew_story(struct nw_finding *f, const struct nw_stuck *s)
{
	unsigned int i;

	for (i = 0; i < f->nr_facts; i++)
		if (!strcmp(f->facts[i].label, UNANSWERED))
			story_words(f->facts[i].text, NW_FACT_TEXT, s);
}

/* Losses of the last day; as many as are kept, or more. */
static void say_losses(char *buf, size_t size, const struct nw_wlink *l,
		       __u64 now)
{
	unsigned int i, kept, nr = 0;

	kept = l->nr_losses < NW_LINK_LOSSES ? (unsigned int)l->nr_losses
					     : NW_LINK_LOSSES;
	for (i = 0; i < kept; i++)
		nr += l->loss[i].told.at.mono + DAY > now;
	if (!nr)
		snprintf(buf, size, "no loss in 24 h");
	else
		snprintf(buf, size, "%u%s loss%s in 24 h", nr,
			 nr == NW_LINK_LOSSES ? " or more" : "",
			 nr == 1 ? "" : "es");
}

static void say_mode(char *buf, size_t size, const struct nw_mode *m)
{
	buf[0] = '\0';
	if (NW_HAS(m, NW_A_MODE_SPEED) && NW_HAS(m, NW_A_MODE_DUPLEX))
		snprintf(buf, size, ", %u %s", m->speed,
			 m->duplex == DUPLEX_FULL ? "full" : "half");
	else if (NW_HAS(m, NW_A_MODE_SPEED))
		snprintf(buf, size, ", %u", m->speed);
}

static void say_carrier(char *buf, size_t size, const struct nw_wlink *l,
			__u64 now)
{
	const struct nw_told *told = l->carrier == NW_CARRIER_DOWN ? &l->down
								   : &l->up;
	const char *name = l->carrier == NW_CARRIER_DOWN ? "DOWN" : "up";
	char time[NW_WORDS];

	if (l->carrier == NW_CARRIER_UNKNOWN) {
		snprintf(buf, size, "carrier not recorded");
	} else if (!told->at.mono) {
		snprintf(buf, size, "%s since before the recording", name);
	} else {
		nw_words_time(time, sizeof(time), now > told->at.mono ?
			      now - told->at.mono : 0);
		snprintf(buf, size, "%s %s", name, time);
	}
}

static void say_link(const struct nw_detect *d, struct nw_finding *f,
		     const struct nw_wlink *l, bool under)
{
	char carrier[2 * NW_WORDS], mode[32], losses[64], label[24];

	say_carrier(carrier, sizeof(carrier), l, d->now);
	say_mode(mode, sizeof(mode), &l->mode);
	say_losses(losses, sizeof(losses), l, d->now);
	snprintf(label, sizeof(label), "%s %s", under ? "on" : "link", l->dev);
	nw_finding_fact(f, NULL, label, "%s%s, %s", carrier, mode, losses);
}

static void say_links(const struct nw_detect *d, struct nw_finding *f,
		      const struct nw_wneigh *n)
{
	const struct nw_wlink *found[LOWERS_SAID];
	unsigned int i, nr;

	nr = nw_world_lowers(&d->world,
			     nw_world_link(&d->world, n->net, n->ifindex),
			     found, LOWERS_SAID);
	for (i = 0; i < nr; i++)
		say_link(d, f, found[i], i > 0);
}

static void say_offers(struct nw_finding *f, const struct nw_stuck *s)
{
	char lladdr[NW_WORDS];
	unsigned int i;

	for (i = 0; i < s->nr_offered; i++) {
		nw_words_lladdr(lladdr, sizeof(lladdr), &s->offered[i]);
		nw_finding_fact(f, &s->offer.at, "other MAC", "offered: %s",
				lladdr);
		nw_finding_lladdr(f, &s->offered[i]);
	}
	if (!s->nr_offered)
		nw_finding_fact(f, NULL, "other MAC", "offered: no");
	nw_finding_evidence(f, s->offer.seq);
}

static const char *others_mean(const struct nw_others *others)
{
	if (!others->all)
		return "nothing to compare with";
	if (!others->proven)
		return "this port may be deaf, or nobody was asked";
	return "NIC and segment work, look at the gateway or the path to it";
}

static void say_others(const struct nw_detect *d, struct nw_finding *f,
		       const struct nw_stuck *s, const struct nw_wneigh *n)
{
	struct nw_others others;

	nw_world_others(&d->world, n, s->probe.at.mono, &others);
	nw_finding_fact(f, NULL, "neighbours",
			"%u of %u others on %s answered since: %s",
			others.proven, others.all, n->dev,
			others_mean(&others));
	nw_finding_number(f, "others", others.all);
	nw_finding_number(f, "others_answered", others.proven);
}

static void say_numbers(const struct nw_detect *d, struct nw_finding *f,
			const struct nw_stuck *s, const struct nw_wneigh *n)
{
	const struct nw_wparams *p;
	__u32 solicits;

	p = nw_world_params(&d->world, n->net, n->ifindex, n->family);
	solicits = p->app_probes + p->mcast_probes;
	nw_finding_number(f, "dwell_ns", d->now > s->begin ?
			  d->now - s->begin : 0);
	nw_finding_number(f, "rounds", s->rounds);
	nw_finding_number(f, "requests", s->requests);
	nw_finding_number(f, "retrans_ns", p->retrans);
	nw_finding_number(f, "solicits", solicits);
	nw_finding_number(f, "limit_ns", p->retrans *
			  (solicits +
			   nw_detect_threshold(d, NW_T_STUCK_WARN_EXTRA)));
}

/* A link that came up may lead to a port that does not forward yet. */
static bool is_link_new(const struct nw_detect *d, const struct nw_wneigh *n)
{
	const struct nw_world *w = &d->world;
	__u64 up = nw_world_carrier_since(w, nw_world_link(w, n->net,
							   n->ifindex));

	return up && d->now < up + nw_detect_threshold(d,
						       NW_T_STUCK_CARRIER_CRIT);
}

/* While PROBE went unanswered packets flowed: nothing has lasted as yet. */
static void say_text(const struct nw_detect *d, struct nw_finding *f,
		     const struct nw_stuck *s, const struct nw_wneigh *n)
{
	const char *maybe = is_link_new(d, n) ? "; may be spanning tree" : "";
	const char *protocol = nw_words_protocol(n->family);
	char time[NW_WORDS];

	if (d->now > s->begin) {
		nw_words_time(time, sizeof(time), d->now - s->begin);
		nw_finding_text(f, "nobody answers %s, %s%s", protocol, time,
				maybe);
	} else {
		nw_words_time(time, sizeof(time), d->now > s->probe.at.mono ?
			      d->now - s->probe.at.mono : 0);
		nw_finding_text(f, "no answer to %llu requests, %s%s",
				s->requests, time, maybe);
	}
}

void nw_stuck_describe(struct nw_detect *d, struct nw_stuck *s,
		       const struct nw_wneigh *n)
{
	struct nw_finding *f = s->finding;

	if (!f)
		return;
	nw_finding_forget_facts(f);
	say_text(d, f, s, n);
	nw_words_history(f);
	nw_finding_lladdr(f, &n->lladdr);
	say_numbers(d, f, s, n);
	say_proof(f, n);
	say_story(f, s);
	say_links(d, f, n);
	say_offers(f, s);
	say_others(d, f, s, n);
	nw_words_changes(d, f, n->net, nw_detect_before(d, s->probe.at.mono),
			 s->probe.at.mono, "changes");
}

void nw_stuck_describe_end(struct nw_detect *d, struct nw_stuck *s,
			   const struct nw_wneigh *n, const char *why)
{
	struct nw_finding *f = s->finding;
	__u64 lasted = d->now > f->began.mono ? d->now - f->began.mono : 0;
	__u64 from = nw_detect_before(d, d->now);
	char time[NW_WORDS];

	nw_words_time(time, sizeof(time), lasted);
	nw_finding_text(f, "%s after %s, %llu %s failed", why, time, s->rounds,
			s->rounds == 1 ? "round" : "rounds");
	nw_finding_number(f, "dwell_ns", lasted);
	nw_finding_number(f, "rounds", s->rounds);
	renew_story(f, s);
	if (f)
		f->ending = f->nr_facts;
	nw_words_changes(d, f, n->net, from > f->began.mono ? from
							    : f->began.mono,
			 d->now, "just then");
}
