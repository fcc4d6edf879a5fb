// SPDX-License-Identifier: GPL-2.0
/*
 * Records in attributes, one function a type; used by notifications and dumps
 * alike. Every function returns 0, or -EMSGSIZE when there is no room; what was
 * begun is cancelled by nw_fill_record() alone.
 */
#include <net/genetlink.h>
#include "fill.h"
#include "netlink.h"
#include "netns.h"
#include "record.h"

u64 nw_fill_instance;
u64 nw_fill_loaded;

/**
 * nw_fill_begin() - begin a message about a namespace
 * @skb: the message
 * @ns: the namespace
 * @portid: receiver, 0 for multicast
 * @seq: netlink sequence number
 * @flags: NLM_F_*
 * @cmd: &enum nw_cmd
 *
 * Return: for genlmsg_end(), or NULL when there is no room.
 */
void *nw_fill_begin(struct sk_buff *skb, struct nw_ns *ns, u32 portid, u32 seq,
		    int flags, u8 cmd)
{
	void *hdr = genlmsg_put(skb, portid, seq, &nw_netlink_family, flags,
				cmd);

	if (!hdr)
		return NULL;
	if (nla_put_u64_64bit(skb, NW_A_INSTANCE, nw_fill_instance, NW_A_PAD) ||
	    nla_put_u64_64bit(skb, NW_A_NETNS_COOKIE, ns->cookie, NW_A_PAD) ||
	    nla_put_u32(skb, NW_A_NETNS_INO, ns->ino) ||
	    nla_put_u64_64bit(skb, NW_A_NEXT_SEQ, nw_ring_next(&ns->ring),
			      NW_A_PAD)) {
		genlmsg_cancel(skb, hdr);
		return NULL;
	}
	return hdr;
}

int nw_fill_lost(struct sk_buff *skb, u64 lost)
{
	return nla_put_u64_64bit(skb, NW_A_LOST, lost, NW_A_PAD);
}

static int put_addr(struct sk_buff *skb, int attr, u8 family, const u8 *addr)
{
	return nla_put(skb, attr, nw_addr_len(family), addr);
}

/* A link-layer address that is not known is left out. */
static int put_ll(struct sk_buff *skb, int attr, u8 len, const u8 *lladdr)
{
	return len ? nla_put(skb, attr, len, lladdr) : 0;
}

static int put_ns(struct sk_buff *skb, int attr, u64 ns, int pad)
{
	return ns == NW_NS_UNKNOWN ? 0 : nla_put_u64_64bit(skb, attr, ns, pad);
}

static int put_ms(struct sk_buff *skb, int attr, u32 ms, int pad)
{
	return ms == NW_MS_UNKNOWN ? 0 :
	       nla_put_u64_64bit(skb, attr, (u64)ms * NSEC_PER_MSEC, pad);
}

static int fill_change(struct sk_buff *skb, const struct nw_record *rec)
{
	const struct nw_transition *c = &rec->change;

	if (nla_put_u8(skb, NW_A_CHANGE_FAMILY, rec->family) ||
	    put_addr(skb, NW_A_CHANGE_ADDR, rec->family, c->addr) ||
	    (rec->old != NW_NUD_UNKNOWN &&
	     nla_put_u8(skb, NW_A_CHANGE_OLD, rec->old)) ||
	    nla_put_u8(skb, NW_A_CHANGE_NEW, rec->new) ||
	    put_ll(skb, NW_A_CHANGE_LLADDR, rec->ll_len, c->lladdr) ||
	    put_ll(skb, NW_A_CHANGE_OLD_LLADDR, rec->ll2_len, c->old_lladdr) ||
	    put_ns(skb, NW_A_CHANGE_DWELL, c->dwell_ns, NW_A_CHANGE_PAD) ||
	    (rec->probes != U8_MAX &&
	     nla_put_u32(skb, NW_A_CHANGE_PROBES, rec->probes)) ||
	    put_ms(skb, NW_A_CHANGE_CONFIRMED, c->confirmed_ms,
		   NW_A_CHANGE_PAD) ||
	    put_ms(skb, NW_A_CHANGE_USED, c->used_ms, NW_A_CHANGE_PAD) ||
	    (c->queued && nla_put_u32(skb, NW_A_CHANGE_QUEUED, c->queued)))
		return -EMSGSIZE;
	return 0;
}

static int fill_offer(struct sk_buff *skb, const struct nw_record *rec)
{
	const struct nw_offer *o = &rec->offer;

	if (nla_put_u8(skb, NW_A_OFFER_FAMILY, rec->family) ||
	    put_addr(skb, NW_A_OFFER_ADDR, rec->family, o->addr) ||
	    nla_put_u8(skb, NW_A_OFFER_STATE, rec->old) ||
	    put_ll(skb, NW_A_OFFER_LLADDR, rec->ll_len, o->lladdr) ||
	    put_ll(skb, NW_A_OFFER_OFFERED, rec->ll2_len, o->offered) ||
	    nla_put_u32(skb, NW_A_OFFER_COUNT, o->count) ||
	    (o->override && nla_put_flag(skb, NW_A_OFFER_OVERRIDE)))
		return -EMSGSIZE;
	return 0;
}

static int fill_confirm(struct sk_buff *skb, const struct nw_record *rec)
{
	const struct nw_confirm *c = &rec->confirm;

	if (nla_put_u8(skb, NW_A_CONFIRM_FAMILY, rec->family) ||
	    put_addr(skb, NW_A_CONFIRM_ADDR, rec->family, c->addr) ||
	    nla_put_u8(skb, NW_A_CONFIRM_STATE, rec->old) ||
	    put_ll(skb, NW_A_CONFIRM_LLADDR, rec->ll_len, c->lladdr) ||
	    nla_put_u8(skb, NW_A_CONFIRM_KIND, c->kind))
		return -EMSGSIZE;
	return 0;
}

static int fill_edge(struct sk_buff *skb, const struct nw_record *rec)
{
	const struct nw_edge *e = &rec->edge;

	if ((rec->old != NW_CARRIER_UNKNOWN &&
	     nla_put_u8(skb, NW_A_CARRIER_OLD, rec->old)) ||
	    nla_put_u8(skb, NW_A_CARRIER_NEW, rec->new) ||
	    put_ns(skb, NW_A_CARRIER_DWELL, e->dwell_ns, NW_A_CARRIER_PAD) ||
	    nla_put_u32(skb, NW_A_CARRIER_UP_COUNT, e->up_count) ||
	    nla_put_u32(skb, NW_A_CARRIER_DOWN_COUNT, e->down_count) ||
	    (e->unstamped &&
	     nla_put_u32(skb, NW_A_CARRIER_UNSTAMPED, e->unstamped)))
		return -EMSGSIZE;
	return 0;
}

static int put_known(struct sk_buff *skb, int attr, s8 value)
{
	return value < 0 ? 0 : nla_put_u8(skb, attr, value);
}

int nw_fill_mode(struct sk_buff *skb, const struct nw_mode *m)
{
	if ((m->driver[0] &&
	     nla_put_string(skb, NW_A_MODE_DRIVER, m->driver)) ||
	    (m->speed && nla_put_u32(skb, NW_A_MODE_SPEED, m->speed)) ||
	    put_known(skb, NW_A_MODE_DUPLEX, m->duplex) ||
	    put_known(skb, NW_A_MODE_AUTONEG, m->autoneg) ||
	    put_known(skb, NW_A_MODE_PAUSE_RX, m->pause_rx) ||
	    put_known(skb, NW_A_MODE_PAUSE_TX, m->pause_tx))
		return -EMSGSIZE;
	return 0;
}

static int fill_mode(struct sk_buff *skb, const struct nw_record *rec)
{
	return nw_fill_mode(skb, &rec->mode);
}

static int fill_link_change(struct sk_buff *skb, const struct nw_record *rec)
{
	const struct nw_link_change *c = &rec->link;

	if (nla_put_u8(skb, NW_A_ADMIN_CHANGE, rec->old) ||
	    (c->old_dev[0] &&
	     nla_put_string(skb, NW_A_ADMIN_OLD_DEV, c->old_dev)) ||
	    (c->other && nla_put_u32(skb, NW_A_ADMIN_OTHER, c->other)) ||
	    (c->other_dev[0] &&
	     nla_put_string(skb, NW_A_ADMIN_OTHER_DEV, c->other_dev)) ||
	    nla_put_u32(skb, NW_A_ADMIN_MTU, c->mtu) ||
	    put_ll(skb, NW_A_ADMIN_LLADDR, rec->ll_len, c->lladdr))
		return -EMSGSIZE;
	return 0;
}

static int fill_route(struct sk_buff *skb, const struct nw_record *rec)
{
	const struct nw_route *r = &rec->route;

	if (nla_put_u8(skb, NW_A_ROUTE_CHANGE, rec->old) ||
	    nla_put_u8(skb, NW_A_ROUTE_FAMILY, rec->family) ||
	    put_addr(skb, NW_A_ROUTE_DST, rec->family, r->dst) ||
	    nla_put_u8(skb, NW_A_ROUTE_DST_LEN, r->dst_len) ||
	    put_ll(skb, NW_A_ROUTE_GATEWAY, r->gateway_len, r->gateway) ||
	    nla_put_u32(skb, NW_A_ROUTE_TABLE, r->table) ||
	    nla_put_u8(skb, NW_A_ROUTE_PROTOCOL, r->protocol))
		return -EMSGSIZE;
	return 0;
}

static int fill_address(struct sk_buff *skb, const struct nw_record *rec)
{
	if (nla_put_u8(skb, NW_A_ADDRESS_CHANGE, rec->old) ||
	    nla_put_u8(skb, NW_A_ADDRESS_FAMILY, rec->family) ||
	    put_addr(skb, NW_A_ADDRESS_ADDR, rec->family, rec->address.addr) ||
	    nla_put_u8(skb, NW_A_ADDRESS_PREFIX_LEN, rec->address.prefix_len))
		return -EMSGSIZE;
	return 0;
}

static int fill_params(struct sk_buff *skb, const struct nw_record *rec)
{
	const struct nw_params *p = &rec->params;

	if (nla_put_u8(skb, NW_A_PARAMS_FAMILY, rec->family) ||
	    nla_put_u32(skb, NW_A_PARAMS_BASE_REACHABLE_MS,
			p->base_reachable_ms) ||
	    nla_put_u32(skb, NW_A_PARAMS_RETRANS_MS, p->retrans_ms) ||
	    nla_put_u32(skb, NW_A_PARAMS_DELAY_PROBE_MS, p->delay_probe_ms) ||
	    nla_put_u32(skb, NW_A_PARAMS_GC_STALE_MS, p->gc_stale_ms) ||
	    nla_put_u32(skb, NW_A_PARAMS_LOCKTIME_MS, p->locktime_ms) ||
	    nla_put_u32(skb, NW_A_PARAMS_UCAST_PROBES, p->ucast_probes) ||
	    nla_put_u32(skb, NW_A_PARAMS_APP_PROBES, p->app_probes) ||
	    nla_put_u32(skb, NW_A_PARAMS_MCAST_PROBES, p->mcast_probes) ||
	    nla_put_u32(skb, NW_A_PARAMS_MCAST_REPROBES, p->mcast_reprobes) ||
	    nla_put_u32(skb, NW_A_PARAMS_FORWARDING, p->forwarding))
		return -EMSGSIZE;
	return 0;
}

static int fill_table(struct sk_buff *skb, const struct nw_record *rec)
{
	const struct nw_table *t = &rec->table;

	if (nla_put_u8(skb, NW_A_TABLE_FAMILY, rec->family) ||
	    nla_put_u32(skb, NW_A_TABLE_ENTRIES, t->entries) ||
	    nla_put_u32(skb, NW_A_TABLE_GC_ENTRIES, t->gc_entries) ||
	    nla_put_u32(skb, NW_A_TABLE_GC_THRESH1, t->gc_thresh[0]) ||
	    nla_put_u32(skb, NW_A_TABLE_GC_THRESH2, t->gc_thresh[1]) ||
	    nla_put_u32(skb, NW_A_TABLE_GC_THRESH3, t->gc_thresh[2]) ||
	    nla_put_u64_64bit(skb, NW_A_TABLE_FULLS, t->fulls,
			      NW_A_TABLE_PAD) ||
	    nla_put_u64_64bit(skb, NW_A_TABLE_DISCARDS, t->discards,
			      NW_A_TABLE_PAD))
		return -EMSGSIZE;
	return 0;
}

static int fill_lost(struct sk_buff *skb, const struct nw_record *rec)
{
	if (nla_put_u64_64bit(skb, NW_A_LOST_COUNT, rec->lost.count,
			      NW_A_LOST_PAD) ||
	    nla_put_u8(skb, NW_A_LOST_WHERE, rec->old))
		return -EMSGSIZE;
	return 0;
}

static int fill_sync(struct sk_buff *skb, const struct nw_record *rec)
{
	if (nla_put_u64_64bit(skb, NW_A_SYNC_BOOT, rec->sync.boot,
			      NW_A_SYNC_PAD) ||
	    nla_put_u64_64bit(skb, NW_A_SYNC_LOCAL, rec->sync.local,
			      NW_A_SYNC_PAD))
		return -EMSGSIZE;
	return 0;
}

/* Each type: its nest, and who fills it. */
static const struct {
	int attr;
	int (*fill)(struct sk_buff *skb, const struct nw_record *rec);
} types[NW_TYPE_MAX + 1] = {
	[NW_TYPE_NEIGH]		= { NW_A_RECORD_NEIGH, fill_change },
	[NW_TYPE_OFFER]		= { NW_A_RECORD_OFFER, fill_offer },
	[NW_TYPE_CONFIRM]	= { NW_A_RECORD_CONFIRM, fill_confirm },
	[NW_TYPE_CARRIER]	= { NW_A_RECORD_CARRIER, fill_edge },
	[NW_TYPE_LINK_MODE]	= { NW_A_RECORD_LINK_MODE, fill_mode },
	[NW_TYPE_LINK_ADMIN]	= { NW_A_RECORD_LINK_ADMIN, fill_link_change },
	[NW_TYPE_ROUTE]		= { NW_A_RECORD_ROUTE, fill_route },
	[NW_TYPE_ADDRESS]	= { NW_A_RECORD_ADDRESS, fill_address },
	[NW_TYPE_PARAMS]	= { NW_A_RECORD_PARAMS, fill_params },
	[NW_TYPE_TABLE]		= { NW_A_RECORD_TABLE, fill_table },
	[NW_TYPE_LOST]		= { NW_A_RECORD_LOST, fill_lost },
	[NW_TYPE_SYNC]		= { NW_A_RECORD_SYNC, fill_sync },
};

static int fill_who(struct sk_buff *skb, const struct nw_who *who, bool all)
{
	struct nlattr *nest;

	if (!who->portid && !(all && who->pid))
		return 0;
	nest = nla_nest_start(skb, NW_A_RECORD_WHO);
	if (!nest ||
	    (who->portid && nla_put_u32(skb, NW_A_WHO_PORTID, who->portid)) ||
	    (all && who->pid &&
	     (nla_put_u32(skb, NW_A_WHO_PID, who->pid) ||
	      nla_put_string(skb, NW_A_WHO_COMM, who->comm) ||
	      nla_put_string(skb, NW_A_WHO_PARENT, who->parent))))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int fill_head(struct sk_buff *skb, const struct nw_record *rec, u64 seq)
{
	if (nla_put_u64_64bit(skb, NW_A_RECORD_SEQ, seq, NW_A_RECORD_PAD) ||
	    nla_put_u64_64bit(skb, NW_A_RECORD_MONO, rec->mono,
			      NW_A_RECORD_PAD) ||
	    nla_put_u64_64bit(skb, NW_A_RECORD_REAL, rec->real,
			      NW_A_RECORD_PAD) ||
	    nla_put_u32(skb, NW_A_RECORD_CPU, rec->cpu) ||
	    nla_put_u8(skb, NW_A_RECORD_CAUSE, rec->cause) ||
	    (rec->ifindex &&
	     (nla_put_u32(skb, NW_A_RECORD_IFINDEX, rec->ifindex) ||
	      nla_put_string(skb, NW_A_RECORD_DEV, rec->dev))) ||
	    (rec->flags && nla_put_u32(skb, NW_A_RECORD_FLAGS, rec->flags)))
		return -EMSGSIZE;
	return 0;
}

static int fill_body(struct sk_buff *skb, const struct nw_record *rec)
{
	struct nlattr *nest = nla_nest_start(skb, types[rec->type].attr);

	if (!nest || types[rec->type].fill(skb, rec))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/**
 * nw_fill_record() - put a record into a message, whole or not at all
 * @skb: the message
 * @rec: the record
 * @seq: its number
 * @who: the reader may see process ids and names
 */
int nw_fill_record(struct sk_buff *skb, const struct nw_record *rec, u64 seq,
		   bool who)
{
	struct nlattr *nest = nla_nest_start(skb, NW_A_RECORD);

	if (!nest)
		return -EMSGSIZE;
	if (fill_head(skb, rec, seq) || fill_who(skb, &rec->who, who) ||
	    fill_body(skb, rec)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}
