// SPDX-License-Identifier: GPL-2.0
/*
 * gateway-lost: the last default route of a namespace is gone. No neighbour
 * event shows it, and restarting the network mends it.
 *
 * That restart itself is no alarm: where a program also set the device down or
 * took an address from it, the loss is information for gateway-lost-restart.
 * What did not come back by then is critical, as any other loss is at once.
 */
#include <string.h>
#include <sys/socket.h>

#include "detect.h"
#include "format.h"
#include "words.h"

/*
 * A default route that was the last of its family.
 *
 * @wait: armed by a removal that leaves none, for gateway-lost-wait, and again
 *	up to gateway-lost-restart; disarmed by a default route that comes, and
 *	by the end of a namespace or virtual device
 * @restarted: a program stopped its device at that time
 */
struct family {
	struct nw_timer wait;
	struct nw_finding *finding;
	struct nw_told lost;
	struct nw_who who;
	struct nw_addr gateway;
	const struct nw_wnet *net;
	__u32 ifindex;
	__u8 family;
	__u8 cause;
	bool restarted;
	char dev[NW_NAME_LEN];
};

/* @stopped: the device that a program stopped last, and when */
struct state {
	struct nw_private private;
	struct family family[2];
	struct {
		__u32 ifindex;
		__u64 at;
	} stopped;
};

static unsigned int count(const struct nw_wnet *net, __u8 family)
{
	unsigned int i, nr = net->more_defaults[family == AF_INET6];

	for (i = 0; i < net->nr_defaults; i++)
		nr += net->defaults[i].family == family;
	return nr;
}

/* Devices go down with their routes, or shortly before or after. */
static bool is_same_act(const struct nw_detect *d, __u64 a, __u64 b)
{
	return b - a <= nw_detect_threshold(d, NW_T_LOST_WAIT);
}

static void note_loss(struct nw_detect *d, struct state *s, struct family *fam,
		      const struct nw_event *ev)
{
	fam->restarted = s->stopped.at && s->stopped.ifindex == ev->ifindex &&
			 is_same_act(d, s->stopped.at, ev->mono);
	fam->lost.at.mono = ev->mono;
	fam->lost.at.real = ev->real;
	fam->lost.seq = ev->seq;
	fam->who = ev->who;
	fam->cause = ev->cause;
	fam->net = d->about.net;
	fam->family = ev->route.family;
	fam->gateway = ev->route.gateway;
	fam->ifindex = ev->ifindex;
	memcpy(fam->dev, ev->dev, sizeof(fam->dev));
	nw_detect_arm(d, &fam->wait, &nw_detector_route,
		      ev->mono + nw_detect_threshold(d, NW_T_LOST_WAIT));
}

static void came_back(struct nw_detect *d, struct family *fam,
		      const struct nw_event *ev)
{
	char time[NW_WORDS], via[NW_ADDR_TEXT] = "", who[NW_WORDS];

	nw_detect_disarm(d, &fam->wait);
	if (!fam->finding)
		return;
	nw_words_time(time, sizeof(time), ev->mono - fam->lost.at.mono);
	nw_format_addr(via, sizeof(via), &ev->route.gateway);
	nw_words_who(who, sizeof(who), &ev->who);
	nw_finding_text(fam->finding, "via %s%s%s, back after %s", via,
			ev->route.gateway.len ? " " : "", ev->dev, time);
	if (ev->cause == NW_CAUSE_ADMIN)
		nw_finding_fact(fam->finding, NULL, "set by", "%s", who);
	nw_finding_number(fam->finding, "gone_ns", ev->mono - fam->lost.at.mono);
	nw_finding_evidence(fam->finding, ev->seq);
	nw_detect_clear(d, &fam->finding);
}

static void take_route(struct nw_detect *d, const struct nw_event *ev)
{
	struct nw_wnet *net = d->about.net;
	struct family *fam;
	struct state *s;

	s = nw_detect_private(d, &nw_detector_route, &net->obj, sizeof(*s));
	if (!s)
		return;
	fam = &s->family[ev->route.family == AF_INET6];
	if (ev->route.change == NW_CHANGE_ADDED)
		came_back(d, fam, ev);
	else if (!nw_detect_initial(ev) && !fam->finding &&
		 !count(net, ev->route.family))
		note_loss(d, s, fam, ev);
}

/* At once: what was said to be lost already is not excused by this. */
static bool is_taken_along(const struct family *fam, const struct nw_event *ev)
{
	return !fam->finding && fam->ifindex == ev->ifindex &&
	       !(ev->flags & NW_F_PHYSICAL);
}

/* A container that stops takes its default route with it. */
static void take_removal(struct nw_detect *d, const struct nw_event *ev)
{
	struct nw_wnet *net = d->about.net;
	struct state *s;
	int i;

	s = nw_detect_private(d, &nw_detector_route, &net->obj, 0);
	for (i = 0; s && i < 2; i++)
		if (net->closing || is_taken_along(&s->family[i], ev))
			nw_detect_disarm(d, &s->family[i].wait);
}

static bool stops_device(const struct nw_event *ev)
{
	if (ev->cause != NW_CAUSE_ADMIN)
		return false;
	return (ev->type == NW_TYPE_LINK_ADMIN &&
		ev->admin.change == NW_ADMIN_DOWN) ||
	       (ev->type == NW_TYPE_ADDRESS &&
		ev->address.change == NW_CHANGE_REMOVED);
}

static void take_stop(struct nw_detect *d, const struct nw_event *ev)
{
	struct family *fam;
	struct state *s;
	int i;

	s = nw_detect_private(d, &nw_detector_route, &d->about.net->obj,
			      sizeof(*s));
	if (!s)
		return;
	s->stopped.ifindex = ev->ifindex;
	s->stopped.at = ev->mono;
	for (i = 0; i < 2; i++) {
		fam = &s->family[i];
		if (fam->ifindex == ev->ifindex && fam->lost.at.mono &&
		    is_same_act(d, fam->lost.at.mono, ev->mono))
			fam->restarted = true;
	}
}

static void event(struct nw_detect *d, const struct nw_event *ev)
{
	if (stops_device(ev))
		take_stop(d, ev);
	else if (ev->type == NW_TYPE_ROUTE && !ev->route.dst_len)
		take_route(d, ev);
	else if (ev->type == NW_TYPE_LINK_ADMIN &&
		 ev->admin.change == NW_ADMIN_REMOVED)
		take_removal(d, ev);
}

static void say(struct nw_detect *d, struct family *fam)
{
	char via[NW_ADDR_TEXT] = "", who[NW_WORDS];
	struct nw_finding *f = fam->finding;
	const char *name = fam->family == AF_INET6 ? "IPv6" : "IPv4";
	bool admin = fam->cause == NW_CAUSE_ADMIN;
	const char *comm = NW_HAS(&fam->who, NW_A_WHO_COMM) ? fam->who.comm
							    : "a program";

	nw_finding_forget_facts(f);
	nw_format_addr(via, sizeof(via), &fam->gateway);
	nw_words_who(who, sizeof(who), &fam->who);
	nw_finding_subject(f, "%s default route", name);
	nw_finding_text(f, "%s%s%s is gone%s%s", via,
			fam->gateway.len ? " " : "", fam->dev,
			admin ? ", by " : "", admin ? comm : "");
	if (admin)
		nw_finding_fact(f, &fam->lost.at, "removed by", "%s", who);
	else
		nw_finding_fact(f, &fam->lost.at, "removed", "cause: %s",
				nw_words_cause(fam->cause));
	nw_finding_hint(f, "neighwatch history event route");
	nw_finding_evidence(f, fam->lost.seq);
	nw_words_changes(d, f, fam->net,
			 nw_detect_before(d, fam->lost.at.mono),
			 fam->lost.at.mono, "changes");
}

static struct nw_finding *begin(struct nw_detect *d, const struct family *fam)
{
	struct nw_finding *f;

	f = nw_detect_begin(d, "gateway-lost", fam->net, fam->ifindex, fam->dev,
			    fam->gateway.len ? &fam->gateway : NULL,
			    fam->lost.at.mono);
	if (f)
		f->who = fam->who;
	return f;
}

static void deadline(struct nw_detect *d, struct nw_timer *timer)
{
	struct family *fam = nw_container(timer, struct family, wait);
	__u64 late = fam->lost.at.mono +
		     nw_detect_threshold(d, NW_T_LOST_RESTART);
	bool hopeful = fam->restarted && d->now < late;

	if (!fam->finding)
		fam->finding = begin(d, fam);
	if (!fam->finding)
		return;
	say(d, fam);
	nw_detect_tell(d, fam->finding, hopeful ? NW_SEVERITY_INFO
						: NW_SEVERITY_CRIT);
	if (hopeful)
		nw_detect_arm(d, &fam->wait, &nw_detector_route, late);
}

static void forget(struct nw_detect *d, struct nw_private *private)
{
	struct state *s = nw_container(private, struct state, private);
	int i;

	for (i = 0; i < 2; i++) {
		nw_detect_disarm(d, &s->family[i].wait);
		nw_finding_text(s->family[i].finding,
				"its namespace is no longer followed");
		nw_detect_clear(d, &s->family[i].finding);
	}
}

const struct nw_detector_ops nw_detector_route = {
	.name = "route",
	.types = NW_BIT(NW_TYPE_ROUTE) |
		 NW_BIT(NW_TYPE_LINK_ADMIN) |
		 NW_BIT(NW_TYPE_ADDRESS),
	.event = event,
	.deadline = deadline,
	.forget = forget,
};
