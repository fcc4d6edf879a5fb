// SPDX-License-Identifier: GPL-2.0
/*
 * gateway-unconfirmed: a gateway's address moved, and since then upper layers
 * alone confirm the new owner, which may be the wrong one.
 *
 * Timer of each gateway: gateway-unconfirmed-wait after a move. Any ARP/ND
 * packet from the new address ends the doubt, but for the announcement that
 * moved it, which is repeated: for gateway-unconfirmed-announce an answer alone
 * does.
 */
#include <linux/neighbour.h>

#include "detect.h"
#include "format.h"
#include "words.h"

/*
 * @moved: when the doubt began, 0: none
 * @due: the wait is over
 * @upper: an upper layer confirmed meanwhile
 * @claimed: another address was offered meanwhile
 */
struct state {
	struct nw_private private;
	struct nw_timer timer;
	struct nw_finding *finding;
	__u64 moved;
	bool due;
	bool upper;
	bool claimed;
};

static void hint(struct nw_finding *f, const struct nw_wneigh *n)
{
	char addr[NW_ADDR_TEXT], lladdr[NW_LLADDR_TEXT];

	nw_format_addr(addr, sizeof(addr), &n->addr);
	nw_format_lladdr(lladdr, sizeof(lladdr), &n->lladdr);
	nw_finding_hint(f, "ip neigh change %s lladdr %s dev %s nud probe",
			addr, lladdr, n->dev);
}

static void describe(struct nw_detect *d, struct state *s,
		     const struct nw_wneigh *n)
{
	char from[NW_WORDS], to[NW_WORDS];
	struct nw_finding *f = s->finding;

	nw_words_lladdr(from, sizeof(from), &n->prev);
	nw_words_lladdr(to, sizeof(to), &n->lladdr);
	nw_finding_text(f,
			"moved from %s, no %s answer from %s since; TCP alone keeps it alive%s",
			from, nw_words_protocol(n->family), to,
			s->claimed ? ", and another MAC claims it" : "");
	nw_finding_lladdr(f, &n->prev);
	nw_finding_lladdr(f, &n->lladdr);
	nw_finding_number(f, "dwell_ns", d->now - s->moved);
	nw_finding_number(f, "limit_ns",
			  nw_detect_threshold(d, NW_T_UNCONFIRMED_WAIT));
	nw_finding_forget_facts(f);
	nw_finding_fact(f, &n->moved.at, "moved", "%s -> %s", from, to);
	nw_finding_fact(f, &n->upper.at, "last proof",
			"an upper layer confirmed");
	nw_finding_evidence(f, n->moved.seq);
	nw_finding_evidence(f, n->upper.seq);
	hint(f, n);
}

static void judge(struct nw_detect *d, struct state *s,
		  const struct nw_wneigh *n)
{
	enum nw_severity now = s->claimed ? NW_SEVERITY_WARN
					  : NW_SEVERITY_INFO;

	if (!s->moved || !s->due || !s->upper)
		return;
	if (!s->finding)
		s->finding = nw_detect_begin(d, "gateway-unconfirmed", n->net,
					     n->ifindex, n->dev, &n->addr,
					     s->moved);
	if (!s->finding || now <= s->finding->own)
		return;
	describe(d, s, n);
	nw_detect_tell(d, s->finding, now);
}

static void settle(struct nw_detect *d, struct state *s, const char *why)
{
	nw_detect_disarm(d, &s->timer);
	s->moved = 0;
	nw_finding_text(s->finding, "%s", why);
	nw_detect_clear(d, &s->finding);
}

static void start(struct nw_detect *d, struct state *s, __u64 mono)
{
	settle(d, s, "moved again");
	s->moved = mono;
	s->due = false;
	s->upper = false;
	s->claimed = false;
	nw_detect_arm(d, &s->timer, &nw_detector_confirm,
		      mono + nw_detect_threshold(d, NW_T_UNCONFIRMED_WAIT));
}

/* n->arp is forgotten with a move: what it holds is the new owner's. */
static bool is_evident(const struct nw_detect *d, const struct state *s,
		       const struct nw_wneigh *n)
{
	if (!n->arp.at.mono)
		return false;
	return n->arp_kind == NW_PROOF_REPLY || n->arp.at.mono > s->moved +
	       nw_detect_threshold(d, NW_T_UNCONFIRMED_ANNOUNCE);
}

static void take_event(struct nw_detect *d, struct state *s,
		       const struct nw_wneigh *n, const struct nw_event *ev)
{
	if (!n->gateway)
		settle(d, s, "no route uses it any more");
	else if (is_evident(d, s, n))
		settle(d, s, "an answer came from the new address");
	else if (ev->cause == NW_CAUSE_ADMIN && ev->type == NW_TYPE_NEIGH &&
		 nw_world_usable(n->state))
		settle(d, s, "set by an administrator");
	else if (n->state == NUD_FAILED)
		settle(d, s, "it does not answer at all");
	else if (nw_detect_moved(n, ev))
		start(d, s, ev->mono);
	else if (ev->type == NW_TYPE_OFFER)
		s->claimed |= !nw_lladdr_equal(&ev->offer.offered, &n->lladdr);
	else if (ev->type == NW_TYPE_NEIGH && n->upper.seq == ev->seq)
		s->upper = true;
	judge(d, s, n);
}

static void event(struct nw_detect *d, const struct nw_event *ev)
{
	struct nw_wneigh *n = d->about.neigh;
	struct state *s;

	if (!n)
		return;
	s = nw_detect_private(d, &nw_detector_confirm, &n->obj,
			      n->gateway && n->moved.seq ? sizeof(*s) : 0);
	if (s)
		take_event(d, s, n, ev);
}

static void deadline(struct nw_detect *d, struct nw_timer *timer)
{
	struct state *s = nw_container(timer, struct state, timer);

	s->due = true;
	judge(d, s, nw_container(s->private.object, struct nw_wneigh, obj));
}

static void forget(struct nw_detect *d, struct nw_private *private)
{
	settle(d, nw_container(private, struct state, private),
	       "it is no longer followed");
}

const struct nw_detector_ops nw_detector_confirm = {
	.name = "confirm",
	.familiar = true,
	.event = event,
	.deadline = deadline,
	.forget = forget,
};
