// SPDX-License-Identifier: GPL-2.0
/* The fields of records, in the order in which JSON shows them. */
#include <string.h>

#include "fields.h"
#include "fields_macros.h"

static const char *const cause_names[] = {
	"unknown", "initial", "timer", "transmit", "packet", "upper-layer",
	"admin", "gc", "link-down", "address-changed", "device-gone", "driver",
};

const struct nw_names nw_names_cause = NAMES(cause_names);

static const char *const confirm_names[] = { "unknown", "reply", "heard" };

static const struct nw_names names_confirm = NAMES(confirm_names);

static const char *const carrier_names[] = { "unknown", "down", "up", "pulse" };

const struct nw_names nw_names_carrier = NAMES(carrier_names);

static const char *const duplex_names[] = { "half", "full" };

static const struct nw_names names_duplex = NAMES(duplex_names);

static const char *const admin_names[] = {
	"unknown", "up", "down", "renamed", "address", "mtu", "enslaved",
	"released", "registered", "removed", "bonding-failover",
	"notify-peers", "tx-timeout",
};

static const struct nw_names names_admin = NAMES(admin_names);

static const char *const change_names[] = { "unknown", "added", "removed" };

static const struct nw_names names_change = NAMES(change_names);

static const char *const where_names[] = {
	"unknown", "neigh-memory", "neigh-limit", "link-memory", "link-limit",
	"route-memory", "route-limit",
};

static const struct nw_names names_where = NAMES(where_names);

static const char *const flag_names[] = {
	"router", "ext_learned", "managed", "gateway", "inferred", "physical",
	"admin_up", "gone",
};

const struct nw_names nw_names_flags = NAMES(flag_names);

static const struct nw_field origin_fields[] = {
	F(NW_A_INSTANCE, "instance", ID, struct nw_origin, instance, NW_REQUIRED),
	F(NW_A_NETNS_COOKIE, "netns_cookie", U64, struct nw_origin,
	  netns_cookie, NW_REQUIRED),
	F(NW_A_NETNS_INO, "netns", U32, struct nw_origin, netns, NW_REQUIRED),
	F(NW_A_NEXT_SEQ, NO_KEY, U64, struct nw_origin, next_seq, 0),
	F(NW_A_LOST, NO_KEY, U64, struct nw_origin, lost, 0),
};

const struct nw_desc nw_desc_origin = DESC("message", origin_fields, NW_A_PAD);

static const struct nw_field who_fields[] = {
	F(NW_A_WHO_PID, "pid", U32, struct nw_who, pid, 0),
	S(NW_A_WHO_COMM, "comm", struct nw_who, comm,
	  NW_NAME_LEN, 0),
	S(NW_A_WHO_PARENT, "parent", struct nw_who, parent,
	  NW_NAME_LEN, 0),
	F(NW_A_WHO_PORTID, "portid", U32, struct nw_who, portid, 0),
};

static const struct nw_desc desc_who = DESC("who", who_fields, 0);

static const struct nw_field neigh_fields[] = {
	F(NW_A_CHANGE_FAMILY, "family", FAMILY, struct nw_change_event, family,
	  NW_REQUIRED),
	F(NW_A_CHANGE_ADDR, "addr", ADDR, struct nw_change_event, addr,
	  NW_REQUIRED | NW_OF_FAMILY),
	F(NW_A_CHANGE_OLD, "old", NUD, struct nw_change_event, old, 0),
	F(NW_A_CHANGE_NEW, "new", NUD, struct nw_change_event, new, NW_REQUIRED),
	F(NW_A_CHANGE_LLADDR, "lladdr", LLADDR, struct nw_change_event, lladdr, 0),
	F(NW_A_CHANGE_OLD_LLADDR, "old_lladdr", LLADDR, struct nw_change_event,
	  old_lladdr, 0),
	F(NW_A_CHANGE_DWELL, "dwell_ns", NS, struct nw_change_event, dwell, 0),
	F(NW_A_CHANGE_PROBES, "probes", U32, struct nw_change_event, probes, 0),
	F(NW_A_CHANGE_CONFIRMED, "confirmed_ns", NS, struct nw_change_event,
	  confirmed, 0),
	F(NW_A_CHANGE_USED, "used_ns", NS, struct nw_change_event, used, 0),
	F(NW_A_CHANGE_QUEUED, "queued", U32, struct nw_change_event, queued, 0),
};

static const struct nw_desc desc_neigh =
	DESC("neigh", neigh_fields, NW_A_CHANGE_PAD);

static const struct nw_field offer_fields[] = {
	F(NW_A_OFFER_FAMILY, "family", FAMILY, struct nw_offer_event, family,
	  NW_REQUIRED),
	F(NW_A_OFFER_ADDR, "addr", ADDR, struct nw_offer_event, addr,
	  NW_REQUIRED | NW_OF_FAMILY),
	F(NW_A_OFFER_STATE, "state", NUD, struct nw_offer_event, state, 0),
	F(NW_A_OFFER_LLADDR, "lladdr", LLADDR, struct nw_offer_event, lladdr, 0),
	F(NW_A_OFFER_OFFERED, "offered", LLADDR, struct nw_offer_event, offered,
	  NW_REQUIRED),
	F(NW_A_OFFER_COUNT, "count", U32, struct nw_offer_event, count, 0),
	F(NW_A_OFFER_OVERRIDE, "override", FLAG, struct nw_offer_event,
	  override, 0),
};

static const struct nw_desc desc_offer = DESC("offer", offer_fields, 0);

static const struct nw_field confirm_fields[] = {
	F(NW_A_CONFIRM_FAMILY, "family", FAMILY, struct nw_confirm_event,
	  family, NW_REQUIRED),
	F(NW_A_CONFIRM_ADDR, "addr", ADDR, struct nw_confirm_event, addr,
	  NW_REQUIRED | NW_OF_FAMILY),
	F(NW_A_CONFIRM_STATE, "state", NUD, struct nw_confirm_event, state, 0),
	F(NW_A_CONFIRM_LLADDR, "lladdr", LLADDR, struct nw_confirm_event,
	  lladdr, 0),
	E(NW_A_CONFIRM_KIND, "kind", names_confirm, struct nw_confirm_event,
	  kind, 0),
};

static const struct nw_desc desc_confirm = DESC("confirm", confirm_fields, 0);

static const struct nw_field carrier_fields[] = {
	E(NW_A_CARRIER_OLD, "old", nw_names_carrier, struct nw_carrier_event,
	  old, 0),
	E(NW_A_CARRIER_NEW, "new", nw_names_carrier, struct nw_carrier_event,
	  new, NW_REQUIRED),
	F(NW_A_CARRIER_DWELL, "dwell_ns", NS, struct nw_carrier_event, dwell, 0),
	F(NW_A_CARRIER_UP_COUNT, "up_count", U32, struct nw_carrier_event,
	  up_count, 0),
	F(NW_A_CARRIER_DOWN_COUNT, "down_count", U32, struct nw_carrier_event,
	  down_count, 0),
	F(NW_A_CARRIER_UNSTAMPED, "unstamped", U32, struct nw_carrier_event,
	  unstamped, 0),
};

static const struct nw_desc desc_carrier =
	DESC("carrier", carrier_fields, NW_A_CARRIER_PAD);

static const struct nw_field mode_fields[] = {
	S(NW_A_MODE_DRIVER, "driver", struct nw_mode, driver,
	  NW_DRIVER_LEN, 0),
	F(NW_A_MODE_SPEED, "speed", U32, struct nw_mode, speed, 0),
	E(NW_A_MODE_DUPLEX, "duplex", names_duplex, struct nw_mode, duplex, 0),
	F(NW_A_MODE_AUTONEG, "autoneg", BOOL, struct nw_mode, autoneg, 0),
	F(NW_A_MODE_PAUSE_RX, "pause_rx", BOOL, struct nw_mode, pause_rx, 0),
	F(NW_A_MODE_PAUSE_TX, "pause_tx", BOOL, struct nw_mode, pause_tx, 0),
};

const struct nw_desc nw_desc_mode = DESC("link-mode", mode_fields, 0);

static const struct nw_field admin_fields[] = {
	E(NW_A_ADMIN_CHANGE, "change", names_admin, struct nw_admin_event,
	  change, NW_REQUIRED),
	S(NW_A_ADMIN_OLD_DEV, "old_dev", struct nw_admin_event, old_dev,
	  NW_NAME_LEN, 0),
	F(NW_A_ADMIN_OTHER, "other", U32, struct nw_admin_event, other, 0),
	S(NW_A_ADMIN_OTHER_DEV, "other_dev", struct nw_admin_event, other_dev,
	  NW_NAME_LEN, 0),
	F(NW_A_ADMIN_MTU, "mtu", U32, struct nw_admin_event, mtu, 0),
	F(NW_A_ADMIN_LLADDR, "lladdr", LLADDR, struct nw_admin_event, lladdr, 0),
};

static const struct nw_desc desc_admin = DESC("link-admin", admin_fields, 0);

static const struct nw_field route_fields[] = {
	E(NW_A_ROUTE_CHANGE, "change", names_change, struct nw_route_event,
	  change, NW_REQUIRED),
	F(NW_A_ROUTE_FAMILY, "family", FAMILY, struct nw_route_event, family,
	  NW_REQUIRED),
	P(NW_A_ROUTE_DST, "dst", struct nw_route_event, dst,
	  offsetof(struct nw_route_event, dst_len), NW_REQUIRED | NW_OF_FAMILY),
	F(NW_A_ROUTE_DST_LEN, NO_KEY, U8, struct nw_route_event, dst_len,
	  NW_REQUIRED),
	F(NW_A_ROUTE_GATEWAY, "gateway", ADDR, struct nw_route_event, gateway, 0),
	F(NW_A_ROUTE_TABLE, "table", U32, struct nw_route_event, table, 0),
	F(NW_A_ROUTE_PROTOCOL, "protocol", U8, struct nw_route_event,
	  protocol, 0),
};

static const struct nw_desc desc_route = DESC("route", route_fields, 0);

static const struct nw_field address_fields[] = {
	E(NW_A_ADDRESS_CHANGE, "change", names_change, struct nw_address_event,
	  change, NW_REQUIRED),
	F(NW_A_ADDRESS_FAMILY, "family", FAMILY, struct nw_address_event,
	  family, NW_REQUIRED),
	F(NW_A_ADDRESS_ADDR, "addr", ADDR, struct nw_address_event, addr,
	  NW_REQUIRED | NW_OF_FAMILY),
	F(NW_A_ADDRESS_PREFIX_LEN, "prefix_len", U8, struct nw_address_event,
	  prefix_len, 0),
};

static const struct nw_desc desc_address = DESC("address", address_fields, 0);

#define PARAM(attr_, key_, member_) \
	F(NW_A_PARAMS_##attr_, key_, U32, struct nw_params_event, member_, 0)

static const struct nw_field params_fields[] = {
	F(NW_A_PARAMS_FAMILY, "family", FAMILY, struct nw_params_event, family,
	  NW_REQUIRED),
	PARAM(BASE_REACHABLE_MS, "base_reachable_ms", base_reachable_ms),
	PARAM(RETRANS_MS, "retrans_ms", retrans_ms),
	PARAM(DELAY_PROBE_MS, "delay_probe_ms", delay_probe_ms),
	PARAM(GC_STALE_MS, "gc_stale_ms", gc_stale_ms),
	PARAM(LOCKTIME_MS, "locktime_ms", locktime_ms),
	PARAM(UCAST_PROBES, "ucast_probes", ucast_probes),
	PARAM(APP_PROBES, "app_probes", app_probes),
	PARAM(MCAST_PROBES, "mcast_probes", mcast_probes),
	PARAM(MCAST_REPROBES, "mcast_reprobes", mcast_reprobes),
	PARAM(FORWARDING, "forwarding", forwarding),
};

static const struct nw_desc desc_params = DESC("params", params_fields, 0);

static const struct nw_field table_fields[] = {
	F(NW_A_TABLE_FAMILY, "family", FAMILY, struct nw_table_event, family,
	  NW_REQUIRED),
	F(NW_A_TABLE_ENTRIES, "entries", U32, struct nw_table_event, entries, 0),
	F(NW_A_TABLE_GC_ENTRIES, "gc_entries", U32, struct nw_table_event,
	  gc_entries, 0),
	F(NW_A_TABLE_GC_THRESH1, "gc_thresh1", U32, struct nw_table_event,
	  gc_thresh1, 0),
	F(NW_A_TABLE_GC_THRESH2, "gc_thresh2", U32, struct nw_table_event,
	  gc_thresh2, 0),
	F(NW_A_TABLE_GC_THRESH3, "gc_thresh3", U32, struct nw_table_event,
	  gc_thresh3, 0),
	F(NW_A_TABLE_FULLS, "fulls", U64, struct nw_table_event, fulls, 0),
	F(NW_A_TABLE_DISCARDS, "discards", U64, struct nw_table_event,
	  discards, 0),
};

static const struct nw_desc desc_table =
	DESC("table", table_fields, NW_A_TABLE_PAD);

static const struct nw_field lost_fields[] = {
	F(NW_A_LOST_COUNT, "count", U64, struct nw_lost_event, count,
	  NW_REQUIRED),
	E(NW_A_LOST_WHERE, "where", names_where, struct nw_lost_event, where, 0),
};

static const struct nw_desc desc_lost = DESC("lost", lost_fields, NW_A_LOST_PAD);

static const struct nw_field sync_fields[] = {
	F(NW_A_SYNC_BOOT, "boot", SECONDS, struct nw_sync_event, boot, 0),
	F(NW_A_SYNC_LOCAL, "local", SECONDS, struct nw_sync_event, local, 0),
};

static const struct nw_desc desc_sync = DESC("sync", sync_fields, NW_A_SYNC_PAD);

/* All bodies share one union, so one offset serves them all. */
#define BODY(attr_, desc_) \
	N(attr_, NO_KEY, desc_, struct nw_event, neigh, 0)

static const struct nw_field record_fields[] = {
	F(NW_A_RECORD_SEQ, "seq", U64, struct nw_event, seq, NW_REQUIRED),
	F(NW_A_RECORD_REAL, "time", REAL, struct nw_event, real, NW_REQUIRED),
	F(NW_A_RECORD_MONO, "mono", SECONDS, struct nw_event, mono, NW_REQUIRED),
	F(NW_A_RECORD_CPU, "cpu", U32, struct nw_event, cpu, 0),
	F(NW_A_RECORD_IFINDEX, "ifindex", U32, struct nw_event, ifindex, 0),
	S(NW_A_RECORD_DEV, "dev", struct nw_event, dev,
	  NW_NAME_LEN, 0),
	E(NW_A_RECORD_CAUSE, "cause", nw_names_cause, struct nw_event, cause, 0),
	NAMED(NW_A_RECORD_FLAGS, NO_KEY, FLAGS, nw_names_flags, struct nw_event,
	      flags, 0),
	N(NW_A_RECORD_WHO, NO_KEY, desc_who, struct nw_event, who, 0),
	BODY(NW_A_RECORD_NEIGH, desc_neigh),
	BODY(NW_A_RECORD_OFFER, desc_offer),
	BODY(NW_A_RECORD_CONFIRM, desc_confirm),
	BODY(NW_A_RECORD_CARRIER, desc_carrier),
	BODY(NW_A_RECORD_LINK_MODE, nw_desc_mode),
	BODY(NW_A_RECORD_LINK_ADMIN, desc_admin),
	BODY(NW_A_RECORD_ROUTE, desc_route),
	BODY(NW_A_RECORD_ADDRESS, desc_address),
	BODY(NW_A_RECORD_PARAMS, desc_params),
	BODY(NW_A_RECORD_TABLE, desc_table),
	BODY(NW_A_RECORD_LOST, desc_lost),
	BODY(NW_A_RECORD_SYNC, desc_sync),
};

const struct nw_desc nw_desc_record =
	DESC("record", record_fields, NW_A_RECORD_PAD);

const struct nw_type_name nw_types[NW_TYPE_MAX + 1] = {
	[NW_TYPE_UNKNOWN] = { "unknown", NW_A_RECORD_UNSPEC },
	[NW_TYPE_NEIGH] = { "neigh", NW_A_RECORD_NEIGH },
	[NW_TYPE_OFFER] = { "offer", NW_A_RECORD_OFFER },
	[NW_TYPE_CONFIRM] = { "confirm", NW_A_RECORD_CONFIRM },
	[NW_TYPE_CARRIER] = { "carrier", NW_A_RECORD_CARRIER },
	[NW_TYPE_LINK_MODE] = { "link-mode", NW_A_RECORD_LINK_MODE },
	[NW_TYPE_LINK_ADMIN] = { "link-admin", NW_A_RECORD_LINK_ADMIN },
	[NW_TYPE_ROUTE] = { "route", NW_A_RECORD_ROUTE },
	[NW_TYPE_ADDRESS] = { "address", NW_A_RECORD_ADDRESS },
	[NW_TYPE_PARAMS] = { "params", NW_A_RECORD_PARAMS },
	[NW_TYPE_TABLE] = { "table", NW_A_RECORD_TABLE },
	[NW_TYPE_LOST] = { "lost", NW_A_RECORD_LOST },
	[NW_TYPE_SYNC] = { "sync", NW_A_RECORD_SYNC },
};

const struct nw_field *nw_field_by_key(const struct nw_desc *desc,
				       const char *key, size_t len)
{
	const struct nw_field *f;

	for (f = desc->field; f < desc->field + desc->nr; f++)
		if (f->key && f->key_len == len && !memcmp(f->key, key, len))
			return f;
	return NULL;
}

const struct nw_desc *nw_event_desc(const struct nw_event *ev)
{
	const struct nw_field *field;

	if (ev->type == NW_TYPE_UNKNOWN || ev->type > NW_TYPE_MAX)
		return NULL;
	field = nw_field_by_attr(&nw_desc_record, nw_types[ev->type].attr);
	return field ? field->sub : NULL;
}

const void *nw_event_body(const struct nw_event *ev)
{
	return &ev->neigh;
}

const struct nw_addr *nw_event_addr(const struct nw_event *ev)
{
	switch (ev->type) {
	case NW_TYPE_NEIGH:
		return &ev->neigh.addr;
	case NW_TYPE_OFFER:
		return &ev->offer.addr;
	case NW_TYPE_CONFIRM:
		return &ev->confirm.addr;
	case NW_TYPE_ROUTE:
		return ev->route.gateway.len ? &ev->route.gateway : NULL;
	case NW_TYPE_ADDRESS:
		return &ev->address.addr;
	default:
		return NULL;
	}
}

__u8 nw_event_family(const struct nw_event *ev)
{
	const struct nw_desc *desc = nw_event_desc(ev);
	const struct nw_field *field;

	if (!desc)
		return 0;
	field = nw_field_by_key(desc, "family", 6);
	return field ? nw_load_u8(nw_event_body(ev), field->off) : 0;
}
