// SPDX-License-Identifier: GPL-2.0
#include <string.h>
#include <sys/socket.h>

#include <linux/neighbour.h>

#include "kept_entry.h"

static const struct nw_addr addr = ENTRY_ADDR;

void entry_hop(struct nw_gateway *gw, __u64 since)
{
	gw->hop.has = NW_BIT(NW_A_NEXTHOP_GATEWAY);
	gw->hop.gateway = addr;
	gw->hop.family = AF_INET;
	gw->hop.ifindex = 2;
	gw->hop.routes = 1;
	gw->hop.defaults = 1;
	strcpy(gw->hop.dev, "eth0");
	if (!since)
		return;
	gw->hop.since = since;
	gw->hop.has |= NW_BIT(NW_A_NEXTHOP_SINCE);
}

void entry_neigh(struct nw_gateway *gw, __u8 state, __u64 since)
{
	struct nw_neigh *n = &gw->neigh;

	n->has = NW_BIT(NW_A_NEIGH_ADDR) | NW_BIT(NW_A_NEIGH_STATE) |
		 NW_BIT(NW_A_NEIGH_LLADDR);
	n->addr = addr;
	n->family = AF_INET;
	n->ifindex = 2;
	strcpy(n->dev, "eth0");
	n->state = state;
	n->lladdr = (struct nw_lladdr){ 6, { 2, 0, 0, 0, 0, 0xaa } };
	if (!since)
		return;
	n->since = since;
	n->has |= NW_BIT(NW_A_NEIGH_SINCE);
}

void entry_step(struct nw_gateway *gw, __u64 mono, __u8 old, __u8 new,
		__u8 cause)
{
	struct nw_step *s = &gw->neigh.last[gw->neigh.nr_last++];

	s->has = NW_BIT(NW_A_STEP_OLD);
	s->mono = mono;
	s->old = old;
	s->new = new;
	s->cause = cause;
}

void entry_outage(struct nw_gateway *gw, __u64 begin, __u64 failed, __u64 end,
		  __u32 rounds)
{
	struct nw_outage *o = &gw->neigh.outage[gw->neigh.nr_outage++];

	gw->neigh.outages++;
	o->begin = begin;
	o->failed = failed;
	o->end = end;
	o->rounds = rounds;
	o->has = (failed ? NW_BIT(NW_A_OUTAGE_FAILED) : 0) |
		 (end ? NW_BIT(NW_A_OUTAGE_END) : 0);
	o->path.len = failed ? 2 : 0;
	o->path.nud[0] = begin == failed ? NUD_PROBE : NUD_INCOMPLETE;
	o->path.nud[1] = NUD_FAILED;
}

void entry_proof(struct nw_gateway *gw, __u64 mono)
{
	gw->neigh.arp_proof = mono;
	gw->neigh.has |= NW_BIT(NW_A_NEIGH_ARP_PROOF);
}

void entry_link(struct nw_link *l, __u8 carrier, __u64 since)
{
	l->has = NW_BIT(NW_A_LINK_IFINDEX);
	l->ifindex = 2;
	l->flags = NW_F_ADMIN_UP;
	l->carrier = carrier;
	strcpy(l->dev, "eth0");
	if (!since)
		return;
	l->since = since;
	l->has |= NW_BIT(NW_A_LINK_SINCE);
}

void entry_edge(struct nw_link *l, __u64 mono, __u8 new, __u8 cause)
{
	struct nw_step *s = &l->last[l->nr_last++];

	s->has = NW_BIT(NW_A_STEP_OLD);
	s->mono = mono;
	s->old = new == NW_CARRIER_UP ? NW_CARRIER_DOWN : NW_CARRIER_UP;
	s->new = new;
	s->cause = cause;
}
