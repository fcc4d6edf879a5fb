// SPDX-License-Identifier: GPL-2.0
/*
 * gateway-pinned: a gateway's entry is PERMANENT, so that it survives the
 * gateway's replacement. No timer: only events tell.
 */
#include <linux/neighbour.h>

#include "detect.h"
#include "words.h"

/* @lladdr: to which it is pinned. */
struct state {
	struct nw_private private;
	struct nw_finding *finding;
	struct nw_lladdr lladdr;
};

static void begin(struct nw_detect *d, struct state *s,
		  const struct nw_wneigh *n, const struct nw_event *ev)
{
	char lladdr[NW_WORDS], who[NW_WORDS];

	if (s->finding && nw_lladdr_equal(&s->lladdr, &n->lladdr))
		return;
	nw_finding_text(s->finding, "PERMANENT at another address now");
	nw_detect_clear(d, &s->finding);
	s->lladdr = n->lladdr;
	s->finding = nw_detect_begin(d, "gateway-pinned", n->net, n->ifindex,
				     n->dev, &n->addr, ev->mono);
	nw_words_lladdr(lladdr, sizeof(lladdr), &n->lladdr);
	nw_finding_text(s->finding, "PERMANENT at %s", lladdr);
	nw_finding_lladdr(s->finding, &n->lladdr);
	nw_finding_evidence(s->finding, ev->seq);
	nw_words_history(s->finding);
	if (ev->cause == NW_CAUSE_ADMIN && s->finding) {
		s->finding->who = ev->who;
		nw_words_who(who, sizeof(who), &ev->who);
		nw_finding_fact(s->finding, NULL, "set by", "%s", who);
	}
	nw_detect_tell(d, s->finding, NW_SEVERITY_INFO);
}

/* The owner has another address than the one that is pinned. */
static void refuse(struct nw_detect *d, struct state *s,
		   const struct nw_wneigh *n, const struct nw_event *ev)
{
	char pinned[NW_WORDS], offered[NW_WORDS];

	if (!s->finding || nw_lladdr_equal(&n->lladdr, &ev->offer.offered))
		return;
	nw_words_lladdr(pinned, sizeof(pinned), &n->lladdr);
	nw_words_lladdr(offered, sizeof(offered), &ev->offer.offered);
	nw_finding_text(s->finding, "PERMANENT at %s, but %s claims it",
			pinned, offered);
	nw_finding_lladdr(s->finding, &ev->offer.offered);
	nw_finding_evidence(s->finding, ev->seq);
	nw_detect_tell(d, s->finding, NW_SEVERITY_CRIT);
}

static void event(struct nw_detect *d, const struct nw_event *ev)
{
	struct nw_wneigh *n = d->about.neigh;
	bool pinned = n && n->gateway && n->state == NUD_PERMANENT;
	struct state *s;

	if (!n)
		return;
	s = nw_detect_private(d, &nw_detector_pinned, &n->obj,
			      pinned ? sizeof(*s) : 0);
	if (!s)
		return;
	if (!pinned) {
		nw_finding_text(s->finding, "no longer PERMANENT, or no gateway");
		nw_detect_clear(d, &s->finding);
		return;
	}
	begin(d, s, n, ev);
	if (ev->type == NW_TYPE_OFFER)
		refuse(d, s, n, ev);
}

static void forget(struct nw_detect *d, struct nw_private *private)
{
	struct state *s = nw_container(private, struct state, private);

	nw_finding_text(s->finding, "it is no longer followed");
	nw_detect_clear(d, &s->finding);
}

const struct nw_detector_ops nw_detector_pinned = {
	.name = "pinned",
	.familiar = true,
	.event = event,
	.forget = forget,
};
