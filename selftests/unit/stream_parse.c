// SPDX-License-Identifier: GPL-2.0
/* Lines of a stream's table; see stream.h for what they look like. */
#include <arpa/inet.h>
#include <stdio.h>

#include <linux/neighbour.h>

#include "unit.h"
#include "fields.h"
#include "format.h"
#include "stream.h"

#define WORDS	24

/* The words of a line; each parser takes what is its own. */
struct words {
	char *word[WORDS];
	int nr;
	const char *line;
};

static const char *after(const struct words *w, const char *key)
{
	int i;

	for (i = 1; i + 1 < w->nr; i++)
		if (!strcmp(w->word[i], key))
			return w->word[i + 1];
	return NULL;
}

static bool has(const struct words *w, const char *key)
{
	int i;

	for (i = 1; i < w->nr; i++)
		if (!strcmp(w->word[i], key))
			return true;
	return false;
}

/* The number that goes with a name, or a failed test. */
static __u8 named(const struct nw_names *names, const char *name)
{
	unsigned int i;

	for (i = 0; i < names->nr; i++)
		if (!strcmp(names->name[i], name))
			return (__u8)i;
	fail_msg("no '%s'", name);
	return 0;
}

static __u8 nud(const char *name)
{
	int state;

	if (!strcmp(name, "-"))
		return NW_NUD_ABSENT;
	state = nw_nud_by_name(name);
	if (state < 0)
		fail_msg("no state '%s'", name);
	return (__u8)state;
}

static __u8 parse_addr(struct nw_addr *addr, const char *text)
{
	int family = strchr(text, ':') ? AF_INET6 : AF_INET;

	if (inet_pton(family, text, addr->b) != 1)
		fail_msg("no address '%s'", text);
	addr->len = family == AF_INET6 ? 16 : 4;
	return (__u8)family;
}

static __u8 parse_prefix(struct nw_addr *addr, __u8 *len, char *text)
{
	char *slash = strchr(text, '/');

	assert_non_null(slash);
	*slash = '\0';
	*len = (__u8)atoi(slash + 1);
	return parse_addr(addr, text);
}

/* "aa" is short for 02:00:00:00:00:aa. */
static void parse_lladdr(struct nw_lladdr *ll, const char *text)
{
	unsigned int b[6] = { 2 };
	int i;

	if (strlen(text) == 2)
		assert_int_equal(sscanf(text, "%2x", &b[5]), 1);
	else
		assert_int_equal(sscanf(text, "%x:%x:%x:%x:%x:%x", &b[0], &b[1],
					&b[2], &b[3], &b[4], &b[5]), 6);
	ll->len = 6;
	for (i = 0; i < 6; i++)
		ll->b[i] = (__u8)b[i];
}

static void parse_neigh(struct nw_event *ev, const struct words *w)
{
	struct nw_change_event *c = &ev->neigh;

	ev->type = NW_TYPE_NEIGH;
	c->has = NW_BIT(NW_A_CHANGE_FAMILY) | NW_BIT(NW_A_CHANGE_ADDR) |
		 NW_BIT(NW_A_CHANGE_OLD) | NW_BIT(NW_A_CHANGE_NEW);
	c->family = parse_addr(&c->addr, w->word[2]);
	c->old = nud(w->word[3]);
	c->new = nud(w->word[4]);
	ev->cause = named(&nw_names_cause, w->word[5]);
	if (after(w, "mac")) {
		c->has |= NW_BIT(NW_A_CHANGE_LLADDR);
		parse_lladdr(&c->lladdr, after(w, "mac"));
	}
	if (after(w, "from")) {
		c->has |= NW_BIT(NW_A_CHANGE_OLD_LLADDR);
		parse_lladdr(&c->old_lladdr, after(w, "from"));
	}
	if (after(w, "dwell")) {
		c->has |= NW_BIT(NW_A_CHANGE_DWELL);
		c->dwell = (__u64)(atof(after(w, "dwell")) * 1e9 + 0.5);
	}
}

static void parse_offer(struct nw_event *ev, const struct words *w)
{
	struct nw_offer_event *o = &ev->offer;

	ev->type = NW_TYPE_OFFER;
	ev->cause = NW_CAUSE_PACKET;
	o->has = NW_BIT(NW_A_OFFER_FAMILY) | NW_BIT(NW_A_OFFER_ADDR) |
		 NW_BIT(NW_A_OFFER_STATE) | NW_BIT(NW_A_OFFER_OFFERED);
	o->family = parse_addr(&o->addr, w->word[2]);
	o->state = nud(w->word[3]);
	parse_lladdr(&o->offered, w->word[4]);
	if (after(w, "mac")) {
		o->has |= NW_BIT(NW_A_OFFER_LLADDR);
		parse_lladdr(&o->lladdr, after(w, "mac"));
	}
	if (has(w, "override")) {
		o->has |= NW_BIT(NW_A_OFFER_OVERRIDE);
		o->override = 1;
	}
}

static void parse_confirm(struct nw_event *ev, const struct words *w)
{
	struct nw_confirm_event *c = &ev->confirm;

	ev->type = NW_TYPE_CONFIRM;
	ev->cause = NW_CAUSE_PACKET;
	c->has = NW_BIT(NW_A_CONFIRM_FAMILY) | NW_BIT(NW_A_CONFIRM_ADDR) |
		 NW_BIT(NW_A_CONFIRM_STATE) | NW_BIT(NW_A_CONFIRM_KIND);
	c->family = parse_addr(&c->addr, w->word[2]);
	c->state = nud(w->word[3]);
	c->kind = !strcmp(w->word[4], "reply") ? NW_CONFIRM_REPLY
					       : NW_CONFIRM_HEARD;
}

static void parse_carrier(struct nw_event *ev, const struct words *w)
{
	ev->type = NW_TYPE_CARRIER;
	ev->carrier.has = NW_BIT(NW_A_CARRIER_NEW);
	ev->carrier.new = named(&nw_names_carrier, w->word[2]);
	ev->cause = named(&nw_names_cause, w->word[3]);
	if (after(w, "dwell")) {
		ev->carrier.has |= NW_BIT(NW_A_CARRIER_DWELL);
		ev->carrier.dwell = (__u64)(atof(after(w, "dwell")) * 1e9 + 0.5);
	}
}

static void parse_mode(struct nw_event *ev, const struct words *w)
{
	struct nw_mode *m = &ev->mode;

	ev->type = NW_TYPE_LINK_MODE;
	m->has = NW_BIT(NW_A_MODE_SPEED) | NW_BIT(NW_A_MODE_DUPLEX) |
		 NW_BIT(NW_A_MODE_PAUSE_RX) | NW_BIT(NW_A_MODE_PAUSE_TX);
	m->speed = (__u32)atoi(w->word[2]);
	m->duplex = !strcmp(w->word[3], "full");
	m->pause_rx = !strcmp(w->word[4], "rx/tx");
	m->pause_tx = m->pause_rx;
	ev->cause = named(&nw_names_cause, w->word[5]);
}

static void parse_admin(struct nw_event *ev, const struct words *w)
{
	const struct nw_field *f;

	ev->type = NW_TYPE_LINK_ADMIN;
	f = nw_field_by_attr(nw_event_desc(ev), NW_A_ADMIN_CHANGE);
	ev->admin.has = NW_BIT(NW_A_ADMIN_CHANGE);
	ev->admin.change = named(f->names, w->word[2]);
	ev->cause = named(&nw_names_cause, w->word[3]);
	if (after(w, "other")) {
		ev->admin.has |= NW_BIT(NW_A_ADMIN_OTHER);
		ev->admin.other = (__u32)atoi(after(w, "other"));
	}
}

static __u8 parse_sign(const char *word)
{
	return *word == '+' ? NW_CHANGE_ADDED : NW_CHANGE_REMOVED;
}

static void parse_route(struct nw_event *ev, const struct words *w)
{
	struct nw_route_event *r = &ev->route;

	ev->type = NW_TYPE_ROUTE;
	r->table = 254;
	r->change = parse_sign(w->word[2]);
	r->family = AF_INET;
	if (strcmp(w->word[5], "link"))
		r->family = parse_addr(&r->gateway, w->word[5]);
	if (strcmp(w->word[3], "default"))
		r->family = parse_prefix(&r->dst, &r->dst_len, w->word[3]);
	ev->cause = named(&nw_names_cause, w->word[6]);
}

static void parse_address(struct nw_event *ev, const struct words *w)
{
	struct nw_address_event *a = &ev->address;

	ev->type = NW_TYPE_ADDRESS;
	a->change = parse_sign(w->word[2]);
	a->family = parse_prefix(&a->addr, &a->prefix_len, w->word[3]);
	ev->cause = named(&nw_names_cause, w->word[4]);
}

static __u32 number(const struct words *w, const char *key, __u32 otherwise)
{
	const char *word = after(w, key);

	return word ? (__u32)atoi(word) : otherwise;
}

static void parse_params(struct nw_event *ev, const struct words *w)
{
	struct nw_params_event *p = &ev->params;

	ev->type = NW_TYPE_PARAMS;
	p->family = !strcmp(w->word[2], "inet6") ? AF_INET6 : AF_INET;
	p->retrans_ms = number(w, "retrans", 1000);
	p->base_reachable_ms = number(w, "base", 30000);
	p->delay_probe_ms = number(w, "delay", 5000);
	p->locktime_ms = number(w, "locktime", 1000);
	p->gc_stale_ms = 60000;
	p->ucast_probes = number(w, "ucast", 3);
	p->app_probes = number(w, "app", 0);
	p->mcast_probes = number(w, "mcast", 3);
	p->forwarding = number(w, "forwarding", 0);
}

static void parse_who(struct nw_event *ev, const struct words *w)
{
	int i;

	for (i = 1; i + 3 < w->nr; i++)
		if (!strcmp(w->word[i], "by"))
			break;
	if (i + 3 >= w->nr)
		return;
	ev->who.has = NW_BIT(NW_A_WHO_PID) | NW_BIT(NW_A_WHO_COMM) |
		      NW_BIT(NW_A_WHO_PARENT);
	strncpy(ev->who.comm, w->word[i + 1], NW_NAME_LEN - 1);
	ev->who.pid = (__u32)atoi(w->word[i + 2]);
	strncpy(ev->who.parent, w->word[i + 3], NW_NAME_LEN - 1);
}

static const struct {
	const char *name;
	int words;
	void (*parse)(struct nw_event *ev, const struct words *w);
} types[] = {
	{ "neigh", 6, parse_neigh },
	{ "offer", 5, parse_offer },
	{ "confirm", 5, parse_confirm },
	{ "carrier", 4, parse_carrier },
	{ "mode", 6, parse_mode },
	{ "admin", 4, parse_admin },
	{ "route", 7, parse_route },
	{ "address", 5, parse_address },
	{ "params", 3, parse_params },
};

/* Without doubles: deadlines are compared to the nanosecond. */
static __u64 parse_time(const char *text)
{
	__u64 ns = strtoull(text, NULL, 10) * STREAM_SECOND, unit = STREAM_SECOND;
	const char *p = strchr(text, '.');

	for (p = p ? p + 1 : ""; *p; p++) {
		unit /= 10;
		ns += (__u64)(*p - '0') * unit;
	}
	return ns;
}

static void parse_common(struct stream *s, struct nw_event *ev,
			 const struct words *w)
{
	const char *dev = after(w, "dev");

	ev->mono = s->base + parse_time(w->word[0]);
	ev->real = (__u64)((__s64)(STREAM_REAL + ev->mono - s->base) + s->skew);
	ev->origin.instance = 5;
	ev->origin.netns_cookie = s->cookie;
	ev->seq = ++s->seq;
	ev->ifindex = number(w, "if", 2);
	strncpy(ev->dev, dev ? dev : "eth0", NW_NAME_LEN - 1);
	if (has(w, "gw"))
		ev->flags |= NW_F_GATEWAY;
	if (has(w, "phys"))
		ev->flags |= NW_F_PHYSICAL;
	parse_who(ev, w);
}

void stream_parse(struct stream *s, struct nw_event *ev, const char *line)
{
	struct words w = { .line = line };
	char buf[256], *p;
	size_t i;

	snprintf(buf, sizeof(buf), "%s", line);
	for (p = strtok(buf, " "); p && w.nr < WORDS; p = strtok(NULL, " "))
		w.word[w.nr++] = p;
	memset(ev, 0, sizeof(*ev));
	parse_common(s, ev, &w);
	for (i = 0; i < ARRAY_SIZE(types); i++)
		if (w.nr > 1 && !strcmp(types[i].name, w.word[1]))
			break;
	if (i == ARRAY_SIZE(types) || w.nr < types[i].words)
		fail_msg("makes no sense: %s", line);
	else
		types[i].parse(ev, &w);
}
