// SPDX-License-Identifier: GPL-2.0
/*
 * link-flap: a link that the driver lost again and again. Penalty decides, as
 * in route flap damping; what is too slow for it is counted over an hour and
 * over a day. What an administrator did to the device is not counted.
 */
#include <fnmatch.h>
#include <string.h>

#include "detect.h"
#include "flap.h"
#include "link_story.h"
#include "words.h"

#define HOUR	(3600 * NW_NSEC_PER_SEC)
#define DAY	(24 * HOUR)
#define LOWERS	16

/* Those come and go with containers and virtual machines. */
const char *const nw_detect_link_virtual[] = {
	"lo", "veth*", "docker*", "br-*", "virbr*", "vnet*", "tap*", "cni*",
	"cali*", "lxc*", "flannel*", "tun*", "macvtap*", NULL
};

/**
 * struct state - of a link
 * @clear: set while a finding is open, moved by each loss; fires when the
 *	penalty is low and the link was quiet for long enough
 * @admin: when an administrator last did something that stops a link
 * @first: the first loss of this run, after an hour without one
 * @down: since when it is down, by a loss that counts; 0: it is not
 * @without: time without link in this run
 * @losses: of this run
 * @daily: the finding opened when there were many within a day
 */
struct state {
	struct nw_private private;
	struct nw_timer clear;
	struct nw_finding *finding;
	struct nw_wlink *link;
	struct nw_flap flap;
	struct nw_story story;
	__u64 admin;
	__u64 first;
	__u64 down;
	__u64 without;
	__u32 losses;
	bool daily;
};

bool nw_detect_link_ignored(const struct nw_detect_config *c, const char *dev)
{
	const char *const *name = c->ignored;
	size_t i, nr = c->nr_ignored;

	if (!name) {
		name = nw_detect_link_virtual;
		nr = ARRAY_SIZE(nw_detect_link_virtual) - 1;
	}
	for (i = 0; i < nr; i++)
		if (!fnmatch(name[i], dev, 0))
			return true;
	return false;
}

static bool is_loss(const struct nw_event *ev)
{
	return ev->carrier.new == NW_CARRIER_DOWN ||
	       ev->carrier.new == NW_CARRIER_PULSE;
}

/* A VLAN follows the device under it, whose loss is told already. */
static bool follows(const struct nw_detect *d, const struct nw_wlink *link)
{
	const struct nw_wlink *found[LOWERS];
	unsigned int i, nr;

	nr = nw_world_lowers(&d->world, link, found, LOWERS);
	for (i = 0; i < nr; i++)
		if (found[i] != link && found[i]->carrier == NW_CARRIER_DOWN)
			return true;
	return false;
}

static bool counts(const struct nw_detect *d, const struct state *s,
		   const struct nw_event *ev)
{
	if (!is_loss(ev) || ev->cause == NW_CAUSE_ADMIN ||
	    nw_detect_initial(ev) || follows(d, s->link))
		return false;
	return !s->admin || ev->mono - s->admin >
			    nw_detect_threshold(d, NW_T_LINK_FLAP_ADMIN);
}

static __u64 half_life(const struct nw_detect *d)
{
	return nw_detect_threshold(d, NW_T_LINK_FLAP_HALF_LIFE);
}

static unsigned int count(const struct state *s, const struct nw_detect *d,
			  __u64 window)
{
	return nw_flap_count(&s->flap, d->now, window);
}

/*
 * What the losses so far come to. Those that were many within a day are told
 * until there is none for a day, or each would be told anew.
 */
static enum nw_severity judge(const struct nw_detect *d,
			      const struct state *s, bool *daily)
{
	double penalty = nw_flap_penalty(&s->flap, d->now, half_life(d));

	*daily = count(s, d, DAY) >= nw_detect_threshold(d,
							 NW_T_LINK_FLAP_DAILY);
	if (penalty >= (double)nw_detect_threshold(d, NW_T_LINK_FLAP_CRIT))
		return NW_SEVERITY_CRIT;
	if (penalty >= (double)nw_detect_threshold(d, NW_T_LINK_FLAP_WARN) ||
	    count(s, d, HOUR) >= nw_detect_threshold(d, NW_T_LINK_FLAP_HOURLY))
		return NW_SEVERITY_WARN;
	return *daily ? NW_SEVERITY_WARN : NW_SEVERITY_NONE;
}

static void say(struct nw_detect *d, struct state *s)
{
	__u64 penalty = (__u64)(s->flap.penalty + 0.5);
	__u64 without = s->without + (s->down ? d->now - s->down : 0);
	struct nw_finding *f = s->finding;
	__u32 losses = s->losses;

	if (s->daily)
		losses = count(s, d, DAY);
	nw_finding_text(f, "%u losses%s, %.1f s without link, penalty %llu",
			losses, s->daily ? " in 24 h" : "",
			(double)without / 1e9, penalty);
	nw_finding_number(f, "losses", losses);
	nw_finding_number(f, "without_ns", without);
	nw_finding_number(f, "penalty", penalty);
	nw_finding_number(f, "limit",
			  nw_detect_threshold(d, NW_T_LINK_FLAP_WARN));
	nw_story_tell(&s->story, d, s->link, f, s->first);
}

static void begin(struct nw_detect *d, struct state *s)
{
	struct nw_wlink *l = s->link;

	s->finding = nw_detect_begin(d, "link-flap", l->net, l->ifindex, l->dev,
				     NULL, s->first);
	if (NW_HAS(&s->story.mode, NW_A_MODE_DRIVER))
		nw_finding_subject(s->finding, "%s (%s)", l->dev,
				   s->story.mode.driver);
	nw_story_evidence(&s->story, s->finding, s->first);
	nw_finding_hint(s->finding, "ethtool --show-eee %s; swap the cable",
			l->dev);
}

static void arm_clear(struct nw_detect *d, struct state *s)
{
	__u64 at = nw_flap_below(&s->flap, half_life(d),
				 nw_detect_threshold(d, NW_T_LINK_FLAP_CLEAR));
	__u64 quiet = nw_detect_threshold(d, s->daily ?
					  NW_T_LINK_FLAP_QUIET_DAILY :
					  NW_T_LINK_FLAP_QUIET);

	if (at < d->now + quiet)
		at = d->now + quiet;
	nw_detect_arm(d, &s->clear, &nw_detector_link, at);
}

static void start_run(struct state *s, const struct nw_event *ev)
{
	__u64 last = s->flap.nr ? s->flap.at : 0;

	if (s->finding || (last && ev->mono - last <= HOUR))
		return;
	s->first = ev->mono;
	s->losses = 0;
	s->without = 0;
}

static void take_loss(struct nw_detect *d, struct state *s,
		      const struct nw_event *ev)
{
	enum nw_severity severity;
	bool daily;

	start_run(s, ev);
	nw_flap_add(&s->flap, ev->mono, half_life(d),
		    nw_detect_threshold(d, NW_T_LINK_FLAP_CEILING));
	s->losses++;
	if (ev->carrier.new == NW_CARRIER_DOWN)
		s->down = ev->mono;
	severity = judge(d, s, &daily);
	if (severity && !s->finding) {
		s->daily = daily;
		begin(d, s);
	}
	if (!s->finding)
		return;
	nw_finding_evidence(s->finding, ev->seq);
	say(d, s);
	if (severity > s->finding->own)
		nw_detect_tell(d, s->finding, severity);
	arm_clear(d, s);
}

static void take_carrier(struct nw_detect *d, struct state *s,
			 const struct nw_event *ev)
{
	bool counted = counts(d, s, ev);

	if (ev->cause == NW_CAUSE_ADMIN && is_loss(ev))
		s->admin = ev->mono;
	nw_story_carrier(&s->story, ev, counted);
	if (counted) {
		take_loss(d, s, ev);
	} else if (ev->carrier.new == NW_CARRIER_UP && s->down) {
		s->without += ev->mono - s->down;
		s->down = 0;
		nw_finding_evidence(s->finding, ev->seq);
	}
}

static void drop(struct nw_detect *d, struct state *s, const char *why)
{
	nw_detect_disarm(d, &s->clear);
	nw_finding_text(s->finding, "%s", why);
	nw_detect_clear(d, &s->finding);
}

static void take_admin(struct nw_detect *d, struct state *s,
		       const struct nw_event *ev)
{
	if (nw_story_stops_link(ev))
		s->admin = ev->mono;
	if (ev->admin.change == NW_ADMIN_REMOVED && s->finding)
		drop(d, s, "the device was removed");
}

/* What else the evidence tells. */
static void take_other(struct nw_detect *d, struct state *s,
		       const struct nw_event *ev)
{
	if (ev->type == NW_TYPE_LINK_MODE)
		nw_story_mode(&s->story, ev);
	else
		nw_story_neigh(&s->story, ev, d->about.neigh);
}

static bool is_of_link(const struct nw_detect *d, const struct nw_event *ev)
{
	switch (ev->type) {
	case NW_TYPE_CARRIER:
	case NW_TYPE_LINK_MODE:
	case NW_TYPE_LINK_ADMIN:
		return !nw_detect_link_ignored(d->config, ev->dev);
	case NW_TYPE_NEIGH:
		return d->about.neigh && d->about.neigh->gateway;
	default:
		return false;
	}
}

static void event(struct nw_detect *d, const struct nw_event *ev)
{
	struct state *s;

	if (!d->about.link || !is_of_link(d, ev))
		return;
	s = nw_detect_private(d, &nw_detector_link, &d->about.link->obj,
			      ev->type == NW_TYPE_NEIGH ? 0 : sizeof(*s));
	if (!s)
		return;
	s->link = d->about.link;
	if (ev->type == NW_TYPE_CARRIER)
		take_carrier(d, s, ev);
	else if (ev->type == NW_TYPE_LINK_ADMIN)
		take_admin(d, s, ev);
	else
		take_other(d, s, ev);
	if (s->finding)
		say(d, s);
}

static void deadline(struct nw_detect *d, struct nw_timer *timer)
{
	struct state *s = nw_container(timer, struct state, clear);
	char quiet[NW_WORDS];

	say(d, s);
	nw_words_time(quiet, sizeof(quiet), d->now - s->flap.at);
	nw_finding_text(s->finding, "no loss for %s, %u losses in all%s", quiet,
			s->losses, s->down ? "; it is still down" : "");
	nw_detect_clear(d, &s->finding);
}

static void describe(struct nw_detect *d)
{
	const struct nw_wlink *l;
	struct state *s;

	TAILQ_FOREACH(l, &d->world.links, lru) {
		s = nw_detect_private(d, &nw_detector_link,
				      (struct nw_object *)&l->obj, 0);
		if (s && s->finding)
			say(d, s);
	}
}

static void forget(struct nw_detect *d, struct nw_private *private)
{
	drop(d, nw_container(private, struct state, private),
	     "its device is no longer followed");
}

const struct nw_detector_ops nw_detector_link = {
	.name = "link",
	.types = NW_BIT(NW_TYPE_CARRIER) |
		 NW_BIT(NW_TYPE_LINK_MODE) |
		 NW_BIT(NW_TYPE_LINK_ADMIN) |
		 NW_BIT(NW_TYPE_NEIGH),
	.familiar = true,
	.event = event,
	.deadline = deadline,
	.describe = describe,
	.forget = forget,
};
