// SPDX-License-Identifier: GPL-2.0
/*
 * Records in attributes, one function a type; used by notifications and dumps
 * alike. Room is looked for once, for the longest record there can be: each
 * function returns where the next attribute goes.
 */
#include <net/genetlink.h>
#include "fill.h"
#include "netlink.h"
#include "netns.h"
#include "put.h"
#include "record.h"

#define U8_ROOM		NW_PUT_ROOM(sizeof(u8))
#define U32_ROOM	NW_PUT_ROOM(sizeof(u32))
#define NEST_ROOM	NW_PUT_ROOM(0)
/* Number, both clocks, CPU, cause, device and its name, flags. */
#define HEAD_ROOM	(3 * NW_PUT_ROOM_64 + 3 * U32_ROOM + U8_ROOM +	\
			 NW_PUT_ROOM(IFNAMSIZ))
#define WHO_ROOM	(NEST_ROOM + 2 * U32_ROOM +			\
			 2 * NW_PUT_ROOM(TASK_COMM_LEN))
/* The largest body: a neighbour's change. */
#define CHANGE_ROOM	(NEST_ROOM + 3 * U8_ROOM + 2 * U32_ROOM +	\
			 3 * NW_PUT_ROOM_64 + NW_PUT_ROOM(NW_ADDR_MAX) + \
			 2 * NW_PUT_ROOM(NW_LLADDR_MAX))
#define RECORD_ROOM	(NEST_ROOM + HEAD_ROOM + WHO_ROOM + CHANGE_ROOM)
/* Headers, whose records they are, the next number, those lost. */
#define BEGIN_ROOM	(NLMSG_HDRLEN + GENL_HDRLEN + 4 * NW_PUT_ROOM_64 + \
			 U32_ROOM)
#define MODE_ROOM	(NW_PUT_ROOM(NW_DRIVER_MAX) + U32_ROOM + 4 * U8_ROOM)

u64 nw_fill_instance;
u64 nw_fill_loaded;

/**
 * nw_fill_room() - bytes that a message of records takes at most
 * @count: records
 * @most: never more than that
 */
size_t nw_fill_room(u64 count, size_t most)
{
	u64 fitting = min_t(u64, count, most / RECORD_ROOM + 1);

	return min_t(u64, BEGIN_ROOM + fitting * RECORD_ROOM, most);
}

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

static u8 *put_addr(u8 *at, int attr, u8 family, const u8 *addr)
{
	return nw_put_bytes(at, attr, addr, nw_addr_len(family));
}

/* A link-layer address that is not known is left out. */
static u8 *put_ll(u8 *at, int attr, u8 len, const u8 *lladdr)
{
	return len ? nw_put_bytes(at, attr, lladdr, len) : at;
}

static u8 *put_ns(u8 *at, int attr, u64 ns, int pad)
{
	return ns == NW_NS_UNKNOWN ? at : nw_put_u64(at, attr, ns, pad);
}

static u8 *put_ms(u8 *at, int attr, u32 ms, int pad)
{
	return ms == NW_MS_UNKNOWN ? at :
	       nw_put_u64(at, attr, (u64)ms * NSEC_PER_MSEC, pad);
}

/* Numbers and names that are 0, or "", when there are none. */
static u8 *put_some(u8 *at, int attr, u32 value)
{
	return value ? nw_put_u32(at, attr, value) : at;
}

static u8 *put_name(u8 *at, int attr, const char *name, size_t size)
{
	return name[0] ? nw_put_string(at, attr, name, size) : at;
}

static u8 *fill_change(u8 *at, const struct nw_record *rec)
{
	const struct nw_transition *c = &rec->change;
	const int pad = NW_A_CHANGE_PAD;

	at = nw_put_u8(at, NW_A_CHANGE_FAMILY, rec->family);
	at = put_addr(at, NW_A_CHANGE_ADDR, rec->family, c->addr);
	if (rec->old != NW_NUD_UNKNOWN)
		at = nw_put_u8(at, NW_A_CHANGE_OLD, rec->old);
	at = nw_put_u8(at, NW_A_CHANGE_NEW, rec->new);
	at = put_ll(at, NW_A_CHANGE_LLADDR, rec->ll_len, c->lladdr);
	at = put_ll(at, NW_A_CHANGE_OLD_LLADDR, rec->ll2_len, c->old_lladdr);
	at = put_ns(at, NW_A_CHANGE_DWELL, c->dwell_ns, pad);
	if (rec->probes != U8_MAX)
		at = nw_put_u32(at, NW_A_CHANGE_PROBES, rec->probes);
	at = put_ms(at, NW_A_CHANGE_CONFIRMED, c->confirmed_ms, pad);
	at = put_ms(at, NW_A_CHANGE_USED, c->used_ms, pad);
	return put_some(at, NW_A_CHANGE_QUEUED, c->queued);
}

static u8 *fill_offer(u8 *at, const struct nw_record *rec)
{
	const struct nw_offer *o = &rec->offer;

	at = nw_put_u8(at, NW_A_OFFER_FAMILY, rec->family);
	at = put_addr(at, NW_A_OFFER_ADDR, rec->family, o->addr);
	at = nw_put_u8(at, NW_A_OFFER_STATE, rec->old);
	at = put_ll(at, NW_A_OFFER_LLADDR, rec->ll_len, o->lladdr);
	at = put_ll(at, NW_A_OFFER_OFFERED, rec->ll2_len, o->offered);
	at = nw_put_u32(at, NW_A_OFFER_COUNT, o->count);
	return o->override ? nw_put_flag(at, NW_A_OFFER_OVERRIDE) : at;
}

static u8 *fill_confirm(u8 *at, const struct nw_record *rec)
{
	const struct nw_confirm *c = &rec->confirm;

	at = nw_put_u8(at, NW_A_CONFIRM_FAMILY, rec->family);
	at = put_addr(at, NW_A_CONFIRM_ADDR, rec->family, c->addr);
	at = nw_put_u8(at, NW_A_CONFIRM_STATE, rec->old);
	at = put_ll(at, NW_A_CONFIRM_LLADDR, rec->ll_len, c->lladdr);
	return nw_put_u8(at, NW_A_CONFIRM_KIND, c->kind);
}

static u8 *fill_edge(u8 *at, const struct nw_record *rec)
{
	const struct nw_edge *e = &rec->edge;

	if (rec->old != NW_CARRIER_UNKNOWN)
		at = nw_put_u8(at, NW_A_CARRIER_OLD, rec->old);
	at = nw_put_u8(at, NW_A_CARRIER_NEW, rec->new);
	at = put_ns(at, NW_A_CARRIER_DWELL, e->dwell_ns, NW_A_CARRIER_PAD);
	at = nw_put_u32(at, NW_A_CARRIER_UP_COUNT, e->up_count);
	at = nw_put_u32(at, NW_A_CARRIER_DOWN_COUNT, e->down_count);
	return put_some(at, NW_A_CARRIER_UNSTAMPED, e->unstamped);
}

static u8 *put_known(u8 *at, int attr, s8 value)
{
	return value < 0 ? at : nw_put_u8(at, attr, value);
}

static u8 *put_mode(u8 *at, const struct nw_mode *m)
{
	at = put_name(at, NW_A_MODE_DRIVER, m->driver, sizeof(m->driver));
	at = put_some(at, NW_A_MODE_SPEED, m->speed);
	at = put_known(at, NW_A_MODE_DUPLEX, m->duplex);
	at = put_known(at, NW_A_MODE_AUTONEG, m->autoneg);
	at = put_known(at, NW_A_MODE_PAUSE_RX, m->pause_rx);
	return put_known(at, NW_A_MODE_PAUSE_TX, m->pause_tx);
}

/**
 * nw_fill_mode() - put a link's mode into a message
 * @skb: the message, linear
 * @mode: the mode
 */
int nw_fill_mode(struct sk_buff *skb, const struct nw_mode *mode)
{
	u8 *at = skb_tail_pointer(skb);

	if (skb_tailroom(skb) < MODE_ROOM)
		return -EMSGSIZE;
	__skb_put(skb, put_mode(at, mode) - at);
	return 0;
}

static u8 *fill_mode(u8 *at, const struct nw_record *rec)
{
	return put_mode(at, &rec->mode);
}

static u8 *fill_link_change(u8 *at, const struct nw_record *rec)
{
	const struct nw_link_change *c = &rec->link;

	at = nw_put_u8(at, NW_A_ADMIN_CHANGE, rec->old);
	at = put_name(at, NW_A_ADMIN_OLD_DEV, c->old_dev, sizeof(c->old_dev));
	at = put_some(at, NW_A_ADMIN_OTHER, c->other);
	at = put_name(at, NW_A_ADMIN_OTHER_DEV, c->other_dev,
		      sizeof(c->other_dev));
	at = nw_put_u32(at, NW_A_ADMIN_MTU, c->mtu);
	return put_ll(at, NW_A_ADMIN_LLADDR, rec->ll_len, c->lladdr);
}

static u8 *fill_route(u8 *at, const struct nw_record *rec)
{
	const struct nw_route *r = &rec->route;

	at = nw_put_u8(at, NW_A_ROUTE_CHANGE, rec->old);
	at = nw_put_u8(at, NW_A_ROUTE_FAMILY, rec->family);
	at = put_addr(at, NW_A_ROUTE_DST, rec->family, r->dst);
	at = nw_put_u8(at, NW_A_ROUTE_DST_LEN, r->dst_len);
	at = put_ll(at, NW_A_ROUTE_GATEWAY, r->gateway_len, r->gateway);
	at = nw_put_u32(at, NW_A_ROUTE_TABLE, r->table);
	return nw_put_u8(at, NW_A_ROUTE_PROTOCOL, r->protocol);
}

static u8 *fill_address(u8 *at, const struct nw_record *rec)
{
	const struct nw_address *a = &rec->address;

	at = nw_put_u8(at, NW_A_ADDRESS_CHANGE, rec->old);
	at = nw_put_u8(at, NW_A_ADDRESS_FAMILY, rec->family);
	at = put_addr(at, NW_A_ADDRESS_ADDR, rec->family, a->addr);
	return nw_put_u8(at, NW_A_ADDRESS_PREFIX_LEN, a->prefix_len);
}

static u8 *fill_params(u8 *at, const struct nw_record *rec)
{
	const struct nw_params *p = &rec->params;

	at = nw_put_u8(at, NW_A_PARAMS_FAMILY, rec->family);
	at = nw_put_u32(at, NW_A_PARAMS_BASE_REACHABLE_MS,
			p->base_reachable_ms);
	at = nw_put_u32(at, NW_A_PARAMS_RETRANS_MS, p->retrans_ms);
	at = nw_put_u32(at, NW_A_PARAMS_DELAY_PROBE_MS, p->delay_probe_ms);
	at = nw_put_u32(at, NW_A_PARAMS_GC_STALE_MS, p->gc_stale_ms);
	at = nw_put_u32(at, NW_A_PARAMS_LOCKTIME_MS, p->locktime_ms);
	at = nw_put_u32(at, NW_A_PARAMS_UCAST_PROBES, p->ucast_probes);
	at = nw_put_u32(at, NW_A_PARAMS_APP_PROBES, p->app_probes);
	at = nw_put_u32(at, NW_A_PARAMS_MCAST_PROBES, p->mcast_probes);
	at = nw_put_u32(at, NW_A_PARAMS_MCAST_REPROBES, p->mcast_reprobes);
	return nw_put_u32(at, NW_A_PARAMS_FORWARDING, p->forwarding);
}

static u8 *fill_table(u8 *at, const struct nw_record *rec)
{
	const struct nw_table *t = &rec->table;

	at = nw_put_u8(at, NW_A_TABLE_FAMILY, rec->family);
	at = nw_put_u32(at, NW_A_TABLE_ENTRIES, t->entries);
	at = nw_put_u32(at, NW_A_TABLE_GC_ENTRIES, t->gc_entries);
	at = nw_put_u32(at, NW_A_TABLE_GC_THRESH1, t->gc_thresh[0]);
	at = nw_put_u32(at, NW_A_TABLE_GC_THRESH2, t->gc_thresh[1]);
	at = nw_put_u32(at, NW_A_TABLE_GC_THRESH3, t->gc_thresh[2]);
	at = nw_put_u64(at, NW_A_TABLE_FULLS, t->fulls, NW_A_TABLE_PAD);
	return nw_put_u64(at, NW_A_TABLE_DISCARDS, t->discards,
			  NW_A_TABLE_PAD);
}

static u8 *fill_lost(u8 *at, const struct nw_record *rec)
{
	at = nw_put_u64(at, NW_A_LOST_COUNT, rec->lost.count, NW_A_LOST_PAD);
	return nw_put_u8(at, NW_A_LOST_WHERE, rec->old);
}

static u8 *fill_sync(u8 *at, const struct nw_record *rec)
{
	at = nw_put_u64(at, NW_A_SYNC_BOOT, rec->sync.boot, NW_A_SYNC_PAD);
	return nw_put_u64(at, NW_A_SYNC_LOCAL, rec->sync.local, NW_A_SYNC_PAD);
}

/* Each type: its nest, and who fills it. */
static const struct {
	int attr;
	u8 *(*fill)(u8 *at, const struct nw_record *rec);
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

static u8 *fill_who(u8 *at, const struct nw_who *who, bool all)
{
	u8 *nest;

	if (!who->portid && !(all && who->pid))
		return at;
	nest = nw_put_nest(at, NW_A_RECORD_WHO);
	at = put_some(nest, NW_A_WHO_PORTID, who->portid);
	if (all && who->pid) {
		at = nw_put_u32(at, NW_A_WHO_PID, who->pid);
		at = nw_put_string(at, NW_A_WHO_COMM, who->comm,
				   sizeof(who->comm));
		at = nw_put_string(at, NW_A_WHO_PARENT, who->parent,
				   sizeof(who->parent));
	}
	nw_put_nest_end(nest, at);
	return at;
}

static u8 *fill_head(u8 *at, const struct nw_record *rec, u64 seq)
{
	const int pad = NW_A_RECORD_PAD;

	at = nw_put_u64(at, NW_A_RECORD_SEQ, seq, pad);
	at = nw_put_u64(at, NW_A_RECORD_MONO, rec->mono, pad);
	at = nw_put_u64(at, NW_A_RECORD_REAL, rec->real, pad);
	at = nw_put_u32(at, NW_A_RECORD_CPU, rec->cpu);
	at = nw_put_u8(at, NW_A_RECORD_CAUSE, rec->cause);
	if (rec->ifindex) {
		at = nw_put_u32(at, NW_A_RECORD_IFINDEX, rec->ifindex);
		at = nw_put_string(at, NW_A_RECORD_DEV, rec->dev,
				   sizeof(rec->dev));
	}
	return put_some(at, NW_A_RECORD_FLAGS, rec->flags);
}

static u8 *fill_body(u8 *at, const struct nw_record *rec)
{
	u8 *nest = nw_put_nest(at, types[rec->type].attr);

	at = types[rec->type].fill(nest, rec);
	nw_put_nest_end(nest, at);
	return at;
}

/**
 * nw_fill_record() - put a record into a message, whole or not at all
 * @skb: the message, linear
 * @rec: the record
 * @seq: its number
 * @who: the reader may see process ids and names
 */
int nw_fill_record(struct sk_buff *skb, const struct nw_record *rec, u64 seq,
		   bool who)
{
	u8 *nest, *at;

	if (skb_tailroom(skb) < RECORD_ROOM)
		return -EMSGSIZE;
	nest = nw_put_nest(skb_tail_pointer(skb), NW_A_RECORD);
	at = fill_head(nest, rec, seq);
	at = fill_who(at, &rec->who, who);
	at = fill_body(at, rec);
	nw_put_nest_end(nest, at);
	__skb_put(skb, at - skb_tail_pointer(skb));
	return 0;
}
