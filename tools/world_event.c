// SPDX-License-Identifier: GPL-2.0
/* How each record changes what is known of the world. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/neighbour.h>

#include "fields.h"
#include "format.h"
#include "world_make.h"

#define MS(n)	((n) * NW_NSEC_PER_MSEC)

static struct nw_told told_by(const struct nw_event *ev)
{
	const struct nw_told told = {
		.at = { .mono = ev->mono, .real = ev->real }, .seq = ev->seq,
	};

	return told;
}

void nw_world_note_change(struct nw_wnet *net, const struct nw_event *ev,
			  enum nw_changed kind, const char *fmt, ...)
{
	struct nw_change_note *note;
	va_list ap;

	if (ev->cause == NW_CAUSE_INITIAL)
		return;
	note = &net->change[net->nr_changes++ % NW_WORLD_CHANGES];
	note->told = told_by(ev);
	note->kind = (__u8)kind;
	note->cause = ev->cause;
	note->ifindex = ev->ifindex;
	note->who = ev->who;
	va_start(ap, fmt);
	vsnprintf(note->text, sizeof(note->text), fmt, ap);
	va_end(ap);
}

static void keep_proof(struct nw_wneigh *n, const struct nw_event *ev,
		       enum nw_proof kind)
{
	struct nw_told told = told_by(ev);

	if (kind == NW_PROOF_UPPER) {
		n->upper = told;
	} else {
		n->arp = told;
		n->arp_kind = (__u8)kind;
	}
	n->proof = told;
	n->proof_kind = (__u8)kind;
	n->proof_lladdr = n->lladdr;
}

/* The kernel counts what moved an entry only when it was an answer. */
static void note_proof(struct nw_wneigh *n, const struct nw_event *ev,
		       bool moved)
{
	const struct nw_change_event *c = &ev->neigh;

	if (c->new == NUD_REACHABLE && ev->cause == NW_CAUSE_UPPER_LAYER)
		keep_proof(n, ev, NW_PROOF_UPPER);
	else if (ev->cause == NW_CAUSE_PACKET && nw_world_usable(c->new) &&
		 n->lladdr.len && (!moved || c->new == NUD_REACHABLE))
		keep_proof(n, ev, c->new == NUD_REACHABLE ? NW_PROOF_REPLY
							  : NW_PROOF_HEARD);
}

static bool note_lladdr(struct nw_wneigh *n, const struct nw_event *ev)
{
	const struct nw_change_event *c = &ev->neigh;
	bool moved;

	if (!NW_HAS(c, NW_A_CHANGE_LLADDR) || !c->lladdr.len ||
	    nw_lladdr_equal(&n->lladdr, &c->lladdr))
		return false;
	moved = n->lladdr.len || NW_HAS(c, NW_A_CHANGE_OLD_LLADDR);
	if (moved) {
		n->prev = n->lladdr.len ? n->lladdr : c->old_lladdr;
		n->moved = told_by(ev);
		memset(&n->arp, 0, sizeof(n->arp));
		n->arp_kind = NW_PROOF_NONE;
	}
	n->lladdr = c->lladdr;
	return moved;
}

static void note_move(const struct nw_wneigh *n, const struct nw_event *ev)
{
	char addr[NW_ADDR_TEXT], from[NW_LLADDR_TEXT], to[NW_LLADDR_TEXT];

	if (!n->gateway)
		return;
	nw_format_addr(addr, sizeof(addr), &n->addr);
	nw_format_lladdr(from, sizeof(from), &n->prev);
	nw_format_lladdr(to, sizeof(to), &n->lladdr);
	nw_world_note_change(n->net, ev, NW_CHANGED_LLADDR, "%s moved %s -> %s", addr,
			     from, to);
}

/* Who flushes the table is asked about when nobody answers from then on. */
static void note_removal(const struct nw_wneigh *n, const struct nw_event *ev)
{
	char addr[NW_ADDR_TEXT];

	if (!n->gateway || ev->cause != NW_CAUSE_ADMIN ||
	    ev->neigh.new != NW_NUD_ABSENT)
		return;
	nw_format_addr(addr, sizeof(addr), &n->addr);
	nw_world_note_change(n->net, ev, NW_CHANGED_ENTRY, "%s removed", addr);
}

/*
 * Records about a neighbour say whether a route used it then, by the module's
 * own table of next hops: that counts where the records of its routes aged out
 * before the stream began. Routes that the stream told of count by themselves.
 */
static struct nw_wneigh *neigh_of(struct nw_world *w, struct nw_wnet *net,
				  const struct nw_event *ev)
{
	const struct nw_addr *addr = nw_event_addr(ev);
	struct nw_wneigh *n;

	if (!addr || !addr->len)
		return NULL;
	n = nw_world_make_neigh(w, net, ev, addr);
	if (!n)
		return NULL;
	memcpy(n->dev, ev->dev, sizeof(n->dev));
	n->flagged = (ev->flags & NW_F_GATEWAY) != 0;
	return n;
}

static void take_neigh(struct nw_world *w, const struct nw_event *ev,
		       struct nw_about *about)
{
	const struct nw_change_event *c = &ev->neigh;
	struct nw_wneigh *n = neigh_of(w, about->net, ev);
	bool moved;

	if (!n)
		return;
	about->neigh = n;
	moved = note_lladdr(n, ev);
	note_proof(n, ev, moved);
	n->state = c->new;
	nw_world_touch(w, n, c->new == NUD_REACHABLE);
	if (moved)
		note_move(n, ev);
	note_removal(n, ev);
}

static void take_confirm(struct nw_world *w, const struct nw_event *ev,
			 struct nw_about *about)
{
	const struct nw_confirm_event *c = &ev->confirm;
	struct nw_wneigh *n = neigh_of(w, about->net, ev);

	if (!n)
		return;
	about->neigh = n;
	if (NW_HAS(c, NW_A_CONFIRM_LLADDR) && !n->lladdr.len)
		n->lladdr = c->lladdr;
	if (NW_HAS(c, NW_A_CONFIRM_STATE))
		n->state = c->state;
	keep_proof(n, ev, c->kind == NW_CONFIRM_REPLY ? NW_PROOF_REPLY
						      : NW_PROOF_HEARD);
	nw_world_touch(w, n, true);
}

static void take_offer(struct nw_world *w, const struct nw_event *ev,
		       struct nw_about *about)
{
	const struct nw_offer_event *o = &ev->offer;
	struct nw_wneigh *n = neigh_of(w, about->net, ev);

	if (!n)
		return;
	about->neigh = n;
	if (NW_HAS(o, NW_A_OFFER_LLADDR) && !n->lladdr.len)
		n->lladdr = o->lladdr;
	if (NW_HAS(o, NW_A_OFFER_STATE))
		n->state = o->state;
	nw_world_touch(w, n, false);
}

static void note_up(struct nw_wlink *l, const struct nw_event *ev)
{
	if (ev->cause != NW_CAUSE_INITIAL)
		l->up = told_by(ev);
}

static void note_loss(struct nw_wlink *l, const struct nw_event *ev)
{
	struct nw_loss *loss;

	if (ev->cause == NW_CAUSE_INITIAL)
		return;
	loss = &l->loss[l->nr_losses++ % NW_LINK_LOSSES];
	loss->told = told_by(ev);
	loss->cause = ev->cause;
	l->down = loss->told;
}

static void take_carrier(struct nw_wlink *l, const struct nw_event *ev)
{
	const struct nw_carrier_event *c = &ev->carrier;

	switch (c->new) {
	case NW_CARRIER_UP:
		note_up(l, ev);
		l->carrier = c->new;
		break;
	case NW_CARRIER_DOWN:
		note_loss(l, ev);
		l->carrier = c->new;
		break;
	case NW_CARRIER_PULSE:
		note_loss(l, ev);
		note_up(l, ev);
		break;
	}
}

static void add_upper(struct nw_wlink *l, __u32 upper)
{
	unsigned int i;

	for (i = 0; i < l->nr_uppers; i++)
		if (l->upper[i] == upper)
			return;
	if (l->nr_uppers < NW_LINK_UPPERS)
		l->upper[l->nr_uppers++] = upper;
}

static void remove_upper(struct nw_wlink *l, __u32 upper)
{
	unsigned int i;

	for (i = 0; i < l->nr_uppers; i++)
		if (l->upper[i] == upper)
			l->upper[i--] = l->upper[--l->nr_uppers];
}

static void note_admin(struct nw_wnet *net, struct nw_wlink *l,
		       const struct nw_event *ev)
{
	const struct nw_field *f = nw_field_by_attr(nw_event_desc(ev),
						    NW_A_ADMIN_CHANGE);
	char what[NW_VALUE_TEXT];

	nw_format_field(what, sizeof(what), f, &ev->admin, false);
	nw_world_note_change(net, ev, NW_CHANGED_ADMIN, "%s %s", l->dev, what);
}

static void take_admin(struct nw_world *w, struct nw_wnet *net,
		       struct nw_wlink *l, const struct nw_event *ev)
{
	switch (ev->admin.change) {
	case NW_ADMIN_ENSLAVED:
		add_upper(l, ev->admin.other);
		break;
	case NW_ADMIN_RELEASED:
		remove_upper(l, ev->admin.other);
		break;
	case NW_ADMIN_REGISTERED:
		l->gone = false;
		break;
	case NW_ADMIN_REMOVED:
		l->nr_uppers = 0;
		l->carrier = NW_CARRIER_UNKNOWN;
		net->closing |= !strcmp(l->dev, "lo");
		nw_world_age_link(w, l);
		break;
	}
	note_admin(net, l, ev);
}

static void take_params(struct nw_wlink *l, const struct nw_event *ev)
{
	const struct nw_params_event *p = &ev->params;
	struct nw_wparams *now = &l->params[p->family == AF_INET6];

	now->base_reachable = MS(p->base_reachable_ms);
	now->retrans = MS(p->retrans_ms);
	now->delay_probe = MS(p->delay_probe_ms);
	now->gc_stale = MS(p->gc_stale_ms);
	now->locktime = MS(p->locktime_ms);
	now->ucast_probes = p->ucast_probes;
	now->app_probes = p->app_probes;
	now->mcast_probes = p->mcast_probes;
	now->mcast_reprobes = p->mcast_reprobes;
	now->forwarding = p->forwarding;
	now->told = true;
}

static void take_address(struct nw_wnet *net, const struct nw_event *ev)
{
	char addr[NW_ADDR_TEXT];

	nw_format_addr(addr, sizeof(addr), &ev->address.addr);
	nw_world_note_change(net, ev, NW_CHANGED_ADDRESS, "address %s/%u %s", addr,
			     ev->address.prefix_len,
			     ev->address.change == NW_CHANGE_ADDED ? "added"
			     : "removed");
}

static void take_link(struct nw_world *w, const struct nw_event *ev,
		      struct nw_about *about)
{
	struct nw_wlink *l = about->link;

	if (!l)
		return;
	if (ev->type == NW_TYPE_CARRIER)
		take_carrier(l, ev);
	else if (ev->type == NW_TYPE_LINK_ADMIN)
		take_admin(w, about->net, l, ev);
	else if (ev->type == NW_TYPE_PARAMS)
		take_params(l, ev);
	else if (ev->type == NW_TYPE_LINK_MODE)
		l->mode = ev->mode;
}

void nw_world_event(struct nw_world *w, const struct nw_event *ev,
		    struct nw_about *about)
{
	memset(about, 0, sizeof(*about));
	about->net = nw_world_net(w, &ev->origin, ev->mono);
	if (!about->net)
		return;
	if (ev->seq && !about->net->recorded)
		about->net->recorded = ev->mono;
	about->link = nw_world_make_link(w, about->net, ev);
	switch (ev->type) {
	case NW_TYPE_NEIGH:
		take_neigh(w, ev, about);
		break;
	case NW_TYPE_OFFER:
		take_offer(w, ev, about);
		break;
	case NW_TYPE_CONFIRM:
		take_confirm(w, ev, about);
		break;
	case NW_TYPE_ROUTE:
		nw_world_route(w, ev, about);
		break;
	case NW_TYPE_ADDRESS:
		take_address(about->net, ev);
		break;
	default:
		take_link(w, ev, about);
		break;
	}
}
