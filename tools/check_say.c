// SPDX-License-Identifier: GPL-2.0
/* What check says: the worst first, how things are, and the numbers. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "check.h"
#include "format.h"
#include "out_object.h"
#include "words.h"

#define DAY	(86400 * NW_NSEC_PER_SEC)

/* What a verdict on gateways, on links cannot do without. */
static const char *const gateway_sources[] = {
	"netevent", "neigh_create", "neigh_update", "neigh_update_done",
	"neigh_timer_handler", "neigh_event_send_done", "fib",
};

static const char *const link_sources[] = {
	"netdevice", "netif_carrier_on", "netif_carrier_off",
};

static __u64 age(const struct nw_check *c, __u64 mono)
{
	return c->now.mono > mono ? c->now.mono - mono : 0;
}

/* "14:03:07.123", with the day when it was another one. */
static void stamp(const struct nw_check *c, char *buf, size_t size, __u64 mono)
{
	const struct nw_out out = { .start = c->now };

	nw_out_stamp(&out, buf, size, mono);
}

/* --- reasons for UNKNOWN --- */

struct doubts {
	struct nw_plugin *p;
	bool first;		/* they are the verdict, not only said below */
	unsigned int nr;
};

__printf(2, 3)
static void doubt(struct doubts *d, const char *fmt, ...)
{
	char text[NW_PLUGIN_TEXT];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (d->first && !d->nr)
		nw_plugin_text(d->p, "%s", text);
	else
		nw_plugin_line(d->p, "%s", text);
	d->nr++;
}

static bool is_active(const struct nw_stats *s, const char *name)
{
	__u32 i;

	for (i = 0; i < s->nr_source; i++)
		if (!strcmp(s->source[i].name, name))
			return s->source[i].state == NW_SOURCE_ACTIVE;
	return false;
}

static void doubt_sources(const struct nw_check *c, struct doubts *d,
			  const char *const *name, size_t nr)
{
	for (; nr--; name++)
		if (!is_active(c->stats, *name))
			doubt(d, "the source %s is missing: what only it tells goes unseen",
			      *name);
}

static bool is_recorded(const struct nw_check *c, const char *dev)
{
	size_t i;

	for (i = 0; i < c->nr_links; i++)
		if (!strncmp(c->link[i].link.dev, dev, NW_NAME_LEN))
			return true;
	return false;
}

static void doubt_all(const struct nw_check *c, struct doubts *d)
{
	bool all = nw_check_asks_all(&c->ask);
	char time[NW_WORDS];
	size_t i;

	if (*c->doubt)
		doubt(d, "%s", c->doubt);
	for (i = 0; i < c->ask.nr_devs; i++)
		if (!is_recorded(c, c->ask.dev[i]))
			doubt(d, "no device %s is recorded here", c->ask.dev[i]);
	nw_words_time(time, sizeof(time), c->ask.window);
	if (c->lost)
		doubt(d, "%llu records were lost in the last %s: neighwatch stats",
		      c->lost, time);
	if (all || c->nr_gateways)
		doubt_sources(c, d, gateway_sources,
			      ARRAY_SIZE(gateway_sources));
	if (all || c->ask.nr_devs)
		doubt_sources(c, d, link_sources, ARRAY_SIZE(link_sources));
}

/* --- how things are --- */

static void describe_unused(const struct nw_check *c, char *buf, size_t size,
			    const struct nw_check_gateway *g)
{
	const struct nw_neigh *n = &g->neigh;
	char when[64];

	if (n->has && NW_HAS(n, NW_A_NEIGH_SINCE)) {
		stamp(c, when, sizeof(when), n->since);
		snprintf(buf, size, "not in use since %s", when);
	} else {
		stamp(c, when, sizeof(when), c->stats->loaded);
		snprintf(buf, size, "not in use since recording began %s",
			 when);
	}
}

static void describe_neigh(const struct nw_check *c, char *buf, size_t size,
			   const struct nw_check_gateway *g)
{
	const struct nw_neigh *n = &g->neigh;
	char state[16] = "of unknown state", time[NW_WORDS];

	if (NW_HAS(n, NW_A_NEIGH_STATE))
		nw_format_nud(state, sizeof(state), n->state);
	if (!NW_HAS(n, NW_A_NEIGH_ARP_PROOF)) {
		snprintf(buf, size, "%s, no %s proof seen", state,
			 nw_words_protocol(n->family));
		return;
	}
	nw_words_time(time, sizeof(time), age(c, n->arp_proof));
	snprintf(buf, size, "%s, %s proof %.32s ago", state,
		 nw_words_protocol(n->family), time);
}

static void describe_gateway(const struct nw_check *c, char *buf, size_t size,
			     const struct nw_check_gateway *g)
{
	const struct nw_neigh *n = &g->neigh;
	bool gone = NW_HAS(n, NW_A_NEIGH_STATE) &&
		    n->state == NW_NUD_ABSENT;
	char addr[NW_ADDR_TEXT], text[192];

	nw_format_addr(addr, sizeof(addr), &g->addr);
	if (!n->has || gone)
		describe_unused(c, text, sizeof(text), g);
	else
		describe_neigh(c, text, sizeof(text), g);
	snprintf(buf, size, "%s%s%s %s", addr, *g->dev ? " " : "", g->dev,
		 text);
}

static void describe_link(const struct nw_check *c, char *buf, size_t size,
			  const struct nw_link *l)
{
	const char *word = l->carrier == NW_CARRIER_UP ? "up" :
			   nw_link_is_down(l) ? "DOWN" : "not up";
	char time[NW_WORDS];

	nw_words_time(time, sizeof(time), age(c, l->since));
	if (NW_HAS(l, NW_A_LINK_SINCE))
		snprintf(buf, size, "%s %s %s", l->dev, word, time);
	else
		snprintf(buf, size, "%s %s since before the recording", l->dev,
			 word);
}

/* A default route's, else any. */
static const struct nw_check_gateway *main_gateway(const struct nw_check *c)
{
	size_t i;

	for (i = 0; i < c->nr_gateways; i++)
		if (c->gateway[i].hop.has && c->gateway[i].hop.defaults)
			return &c->gateway[i];
	return c->nr_gateways ? &c->gateway[0] : NULL;
}

static const struct nw_check_link *main_link(const struct nw_check *c,
					     const struct nw_check_gateway *g)
{
	size_t i;

	for (i = 0; g && i < c->nr_links; i++)
		if (c->link[i].link.ifindex == g->ifindex)
			return &c->link[i];
	return !g && c->nr_links ? &c->link[0] : NULL;
}

static void describe(const struct nw_check *c, char *buf, size_t size,
		     const struct nw_check_gateway *g,
		     const struct nw_check_link *l)
{
	char gateway[320] = "", link[192] = "";

	if (g)
		describe_gateway(c, gateway, sizeof(gateway), g);
	if (l)
		describe_link(c, link, sizeof(link), &l->link);
	snprintf(buf, size, "%s%s%s", g ? gateway : l ? "" :
		 "no route has a gateway", g && l ? "; " : "", link);
}

static void say_others(const struct nw_check *c, struct nw_plugin *p,
		       const struct nw_check_gateway *g,
		       const struct nw_check_link *l)
{
	char text[320];
	size_t i;

	for (i = 0; i < c->nr_gateways; i++) {
		if (&c->gateway[i] == g)
			continue;
		describe_gateway(c, text, sizeof(text), &c->gateway[i]);
		nw_plugin_line(p, "%s", text);
	}
	for (i = 0; i < c->nr_links; i++) {
		if (&c->link[i] == l)
			continue;
		describe_link(c, text, sizeof(text), &c->link[i].link);
		nw_plugin_line(p, "%s", text);
	}
}

/* --- what is wrong --- */

static const char *severity_word(enum nw_severity severity)
{
	if (severity == NW_SEVERITY_CRIT)
		return "CRITICAL";
	return severity == NW_SEVERITY_WARN ? "WARNING" : "info";
}

static void say_worst(struct nw_plugin *p, const struct nw_check_result *r)
{
	const struct nw_finding *f = r->found[0];
	size_t more = r->nr[NW_SEVERITY_CRIT] + r->nr[NW_SEVERITY_WARN] - 1;
	char tail[32] = "";

	if (more)
		snprintf(tail, sizeof(tail), " (%zu more)", more);
	nw_plugin_text(p, "%s %s: %.*s%s", f->id, f->subject, 120, f->text,
		       tail);
	if (*f->hint)
		nw_plugin_line(p, "next: %s", f->hint);
}

static void say_rest(struct nw_plugin *p, const struct nw_check_result *r,
		     size_t from)
{
	const struct nw_finding *f;

	for (; from < r->nr_found; from++) {
		f = r->found[from];
		nw_plugin_line(p, "%s %s %s: %s", severity_word(f->severity),
			       f->id, f->subject, f->text);
	}
}

/* --- numbers --- */

static void count_gateway(const struct nw_check *c, struct nw_plugin *p,
			  const struct nw_check_gateway *g)
{
	const struct nw_neigh *n = &g->neigh;
	bool arp = NW_HAS(n, NW_A_NEIGH_ARP_PROOF);
	bool upper = NW_HAS(n, NW_A_NEIGH_UPPER_PROOF);
	char addr[NW_ADDR_TEXT], of[NW_ADDR_TEXT + NW_NAME_LEN];
	__u64 last = arp ? n->arp_proof : 0;

	if (upper && n->upper_proof > last)
		last = n->upper_proof;
	nw_format_addr(addr, sizeof(addr), &g->addr);
	snprintf(of, sizeof(of), "%s%s%s", addr, *g->dev ? "%" : "", g->dev);
	nw_plugin_seconds(p, "proof", of, arp, age(c, n->arp_proof));
	nw_plugin_seconds(p, "confirmed", of, arp || upper, age(c, last));
	nw_plugin_count(p, "losses", of, g->losses.nr);
}

/* So many losses in a day are an alarm by link-flap's daily rule. */
static void count_link(const struct nw_check *c, struct nw_plugin *p,
		       const struct nw_check_link *l)
{
	struct nw_perf *perf = nw_plugin_perf(p, "carrier_losses", l->link.dev);

	if (!perf)
		return;
	perf->known = true;
	perf->value = l->losses.nr;
	perf->has_warn = true;
	perf->warn = c->thresholds->value[NW_T_LINK_FLAP_DAILY] - 1;
}

static bool is_partial(const struct nw_check *c)
{
	bool partial = false;
	size_t i;

	for (i = 0; i < c->nr_gateways; i++)
		partial |= c->gateway[i].losses.partial;
	for (i = 0; i < c->nr_links; i++)
		partial |= c->link[i].losses.partial;
	return partial;
}

/* A number of 24 h that does not know all of them says so. */
static void say_span(const struct nw_check *c, struct nw_plugin *p)
{
	char when[64];

	if (!c->nr_gateways && !c->nr_links)
		return;
	if (is_partial(c)) {
		stamp(c, when, sizeof(when), c->oldest);
		nw_plugin_line(p, "losses of 24 h are what is kept, all since %s, at least so many",
			       when);
	} else if (age(c, c->stats->loaded) < DAY) {
		stamp(c, when, sizeof(when), c->stats->loaded);
		nw_plugin_line(p, "losses are counted since recording began %s",
			       when);
	}
}

static void count_all(const struct nw_check *c, struct nw_plugin *p)
{
	size_t i;

	nw_plugin_count(p, "lost", "", c->lost);
	for (i = 0; i < c->nr_gateways; i++)
		count_gateway(c, p, &c->gateway[i]);
	for (i = 0; i < c->nr_links; i++)
		count_link(c, p, &c->link[i]);
	say_span(c, p);
}

void nw_check_say(const struct nw_check *c, const struct nw_check_result *r,
		  struct nw_plugin *p)
{
	bool wrong = r->nr[NW_SEVERITY_CRIT] || r->nr[NW_SEVERITY_WARN];
	const struct nw_check_gateway *g = main_gateway(c);
	const struct nw_check_link *l = main_link(c, g);
	struct doubts d = { .p = p, .first = !wrong };
	char text[640];

	if (wrong)
		say_worst(p, r);
	doubt_all(c, &d);
	if (wrong)
		p->status = r->nr[NW_SEVERITY_CRIT] ? NW_PLUGIN_CRITICAL
						    : NW_PLUGIN_WARNING;
	else if (d.nr)
		p->status = NW_PLUGIN_UNKNOWN;
	say_rest(p, r, wrong ? 1 : 0);
	describe(c, text, sizeof(text), g, l);
	if (p->status == NW_PLUGIN_OK)
		nw_plugin_text(p, "%s", text);
	else
		nw_plugin_line(p, "%s", text);
	say_others(c, p, g, l);
	count_all(c, p);
}
