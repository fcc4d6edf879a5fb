// SPDX-License-Identifier: GPL-2.0
/* Events as lines that read like the incident. */
#include <string.h>
#include <time.h>

#include <linux/neighbour.h>

#include "format.h"
#include "out.h"
#include "out_object.h"

__u64 nw_stats_lost(const struct nw_stats *s)
{
	return s->lost_neigh_memory + s->lost_neigh_limit +
	       s->lost_link_memory + s->lost_link_limit +
	       s->lost_route_memory + s->lost_route_limit;
}

void nw_out_recording(struct nw_out *out, const struct nw_stats *stats)
{
	struct nw_line *line = &out->line;
	char text[32], zone[16] = "";
	struct tm tm;

	nw_line_start(line, 2);
	nw_out_date(out, text, sizeof(text),
		    nw_clock_wall(&out->start, stats->loaded));
	nw_line_add(line, "recording since %s; ", text);
	if (NW_HAS(stats, NW_A_STATS_OLDEST_REAL)) {
		nw_out_date(out, text, sizeof(text), stats->oldest_real);
		nw_line_add(line, "kept from %s; ", text);
	} else {
		nw_line_add(line, "nothing kept yet; ");
	}
	text[0] = '\0';
	if (nw_out_local(out->start.real, &tm)) {
		strftime(text, sizeof(text), "%H:%M:%S", &tm);
		strftime(zone, sizeof(zone), "%Z", &tm);
	}
	nw_line_add(line, "lost %llu; now %s %s", nw_stats_lost(stats),
		    text, zone);
}

static void begin(struct nw_out *out, const struct nw_stats *stats)
{
	if (!stats)
		return;
	nw_out_recording(out, stats);
	nw_line_end(&out->line, out->file,
		    nw_stats_lost(stats) ? NW_COLOR_BAD : NW_COLOR_HEAD,
		    out->colored);
}

void nw_out_start(struct nw_out *out, const struct nw_origin *origin,
		  __u64 mono, __u64 real)
{
	struct nw_line *line = &out->line;
	char text[48];
	size_t len;

	nw_out_day(out, mono, real);
	nw_out_time(out, text, sizeof(text) - 1, mono, real);
	len = strlen(text);
	text[len++] = ' ';
	nw_line_start(line, len);
	nw_line_add_bytes(line, text, len);
	if (origin)
		nw_out_netns(out, origin);
}

void nw_out_mode(struct nw_line *line, const struct nw_mode *mode)
{
	const struct nw_values values = { &nw_desc_mode, mode };
	bool rx = mode->pause_rx, tx = mode->pause_tx;

	nw_line_fill(line, "[ {driver}][ {speed}][ {duplex}]", &values, 1,
		     false);
	if (NW_HAS(mode, NW_A_MODE_AUTONEG))
		nw_line_add(line, mode->autoneg ? " autoneg" : " fixed");
	if (rx || tx)
		nw_line_add(line, " pause %s%s%s", rx ? "rx" : "",
			    rx && tx ? "/" : "", tx ? "tx" : "");
	else if (NW_HAS(mode, NW_A_MODE_PAUSE_RX))
		nw_line_add(line, " no pause");
}

/* How a neighbour's change reads. */
static const char *neigh_template(const struct nw_event *ev)
{
	const struct nw_change_event *e = &ev->neigh;

	if (ev->cause == NW_CAUSE_INITIAL)
		return "{addr} found {new}[, {lladdr}]";
	if (!NW_HAS(e, NW_A_CHANGE_OLD))
		return "{addr} is {new}[, {lladdr}], {cause}";
	if (e->old == NW_NUD_ABSENT)
		return "{addr} created {new}[, {lladdr}], {cause}";
	if (e->new == NW_NUD_ABSENT)
		return "{addr} {old} -> removed[ after {dwell_ns}], {cause}";
	if (e->old == e->new)
		return "{addr} {new}, MAC {old_lladdr} -> {lladdr}, {cause}";
	if (NW_HAS(e, NW_A_CHANGE_OLD_LLADDR))
		return "{addr} {old} -> {new}, MAC {old_lladdr} -> {lladdr}, {cause}";
	return "{addr} {old} -> {new}[ after {dwell_ns}], {cause}";
}

static const char *admin_template(const struct nw_event *ev)
{
	if (ev->cause == NW_CAUSE_INITIAL)
		return "found";
	switch (ev->admin.change) {
	case NW_ADMIN_UP:
	case NW_ADMIN_DOWN:
		return "set {^change}";
	case NW_ADMIN_RENAMED:
		return "renamed[ from {old_dev}]";
	case NW_ADMIN_ADDRESS:
		return "has a new MAC[ {lladdr}]";
	case NW_ADMIN_MTU:
		return "MTU[ {mtu}]";
	case NW_ADMIN_ENSLAVED:
		return "joined {other_dev}";
	case NW_ADMIN_RELEASED:
		return "left {other_dev}";
	case NW_ADMIN_BONDING_FAILOVER:
		return "bonding failover";
	case NW_ADMIN_NOTIFY_PEERS:
		return "asked to notify peers";
	case NW_ADMIN_TX_TIMEOUT:
		return "transmit TIMEOUT";
	default:
		return "{change}";
	}
}

static const char *route_template(const struct nw_event *ev)
{
	if (ev->cause == NW_CAUSE_INITIAL)
		return "route {dst}[ via {gateway}] found";
	return "route {dst}[ via {gateway}] {change}";
}

static const char *address_template(const struct nw_event *ev)
{
	if (ev->cause == NW_CAUSE_INITIAL)
		return "address {addr}[/{prefix_len}] found";
	return "address {addr}[/{prefix_len}] {change}";
}

static const char *template_of(const struct nw_event *ev)
{
	switch (ev->type) {
	case NW_TYPE_NEIGH:
		return neigh_template(ev);
	case NW_TYPE_OFFER:
		return "{addr} other MAC {offered} offered[, kept {lladdr}]";
	case NW_TYPE_CONFIRM:
		return "{addr}[ {state}] {kind}[ from {lladdr}]";
	case NW_TYPE_CARRIER:
		return "carrier {^new}[ after {dwell_ns}][, {unstamped} more][, {cause}]";
	case NW_TYPE_LINK_ADMIN:
		return admin_template(ev);
	case NW_TYPE_ROUTE:
		return route_template(ev);
	case NW_TYPE_ADDRESS:
		return address_template(ev);
	case NW_TYPE_PARAMS:
		return "{family} reachable {base_reachable_ms} ms, retrans {retrans_ms} ms";
	case NW_TYPE_TABLE:
		return "{family} table[ {gc_entries} of {gc_thresh3}][, refused {fulls}]";
	case NW_TYPE_LOST:
		return "LOST {count} observations[, {where}]";
	case NW_TYPE_SYNC:
		return "clocks: monotonic {mono}, boot {boot}, kernel log {local}";
	default:
		return "";
	}
}

static enum nw_color neigh_color(const struct nw_change_event *e)
{
	bool was = nw_nud_usable(e->old), is = nw_nud_usable(e->new);

	if (NW_HAS(e, NW_A_CHANGE_OLD_LLADDR))
		return NW_COLOR_DOUBT;
	if (e->new == NUD_FAILED)
		return NW_COLOR_BAD;
	if (!NW_HAS(e, NW_A_CHANGE_OLD) || is == was ||
	    e->old == NW_NUD_ABSENT || e->new == NW_NUD_ABSENT)
		return NW_COLOR_NONE;
	return is ? NW_COLOR_GOOD : NW_COLOR_BAD;
}

static enum nw_color color(const struct nw_event *ev)
{
	switch (ev->type) {
	case NW_TYPE_NEIGH:
		return neigh_color(&ev->neigh);
	case NW_TYPE_OFFER:
		return NW_COLOR_DOUBT;
	case NW_TYPE_CARRIER:
		return ev->carrier.new == NW_CARRIER_UP ? NW_COLOR_GOOD :
							  NW_COLOR_BAD;
	case NW_TYPE_LINK_ADMIN:
		return ev->admin.change == NW_ADMIN_TX_TIMEOUT ? NW_COLOR_BAD :
								 NW_COLOR_NONE;
	case NW_TYPE_ROUTE:
		return !ev->route.dst_len &&
		       ev->route.change == NW_CHANGE_REMOVED ? NW_COLOR_BAD :
							       NW_COLOR_NONE;
	case NW_TYPE_LOST:
		return NW_COLOR_BAD;
	default:
		return NW_COLOR_NONE;
	}
}

static void tail(struct nw_out *out, const struct nw_event *ev,
		 const struct nw_values *values)
{
	struct nw_line *line = &out->line;

	if (ev->type == NW_TYPE_LINK_ADMIN || ev->type == NW_TYPE_ROUTE ||
	    ev->type == NW_TYPE_ADDRESS)
		nw_line_fill(line, ev->cause > NW_CAUSE_INITIAL ?
			     "[, {cause}]" : "", values, 2, false);
	if (ev->type == NW_TYPE_ROUTE && ev->route.table != 254)
		nw_line_fill(line, "[, table {table}]", values, 2, false);
	if (ev->type == NW_TYPE_OFFER && ev->offer.count > 1)
		nw_line_fill(line, ", {count} times", values, 2, false);
	if (ev->type == NW_TYPE_NEIGH && ev->neigh.probes)
		nw_line_fill(line, ", {probes} sent", values, 2, false);
	if (ev->flags & NW_F_INFERRED)
		nw_line_add(line, ", inferred");
}

static void event(struct nw_out *out, const struct nw_event *ev)
{
	const struct nw_desc *desc = nw_event_desc(ev);
	const struct nw_values values[] = {
		{ desc, nw_event_body(ev) },
		{ &nw_desc_record, ev },
	};
	const struct nw_values who = {
		nw_field_by_attr(&nw_desc_record, NW_A_RECORD_WHO)->sub,
		&ev->who,
	};

	if (!desc)
		return;
	nw_out_start(out, &ev->origin, ev->mono, ev->real);
	if (!NW_HAS(ev, NW_A_RECORD_DEV) && ev->ifindex)
		nw_line_add(&out->line, "if%u ", ev->ifindex);
	if (NW_HAS(ev, NW_A_RECORD_DEV)) {
		nw_line_add_name(&out->line, ev->dev);
		nw_line_add_bytes(&out->line, " ", 1);
	}
	if (ev->type == NW_TYPE_LINK_MODE) {
		nw_line_add(&out->line, "mode%s", ev->mode.has ? "" :
			    " unknown");
		nw_out_mode(&out->line, &ev->mode);
	}
	nw_line_fill(&out->line, template_of(ev), values, 2, out->precise);
	tail(out, ev, values);
	if (ev->who.has)
		nw_line_fill(&out->line, "[ by {comm}][ ({pid})][ of {parent}]",
			     &who, 1, false);
	nw_line_end(&out->line, out->file, color(ev), out->colored);
}

static void say_lost(struct nw_out *out, const struct nw_origin *origin,
		     __u64 first, __u64 count)
{
	struct nw_clock now;

	nw_out_now(out, &now);
	nw_out_start(out, origin, now.mono, now.real);
	nw_line_add(&out->line,
		    "lost %llu records: ring overwritten before it was read",
		    count);
	if (first)
		nw_line_add(&out->line, ", numbers %llu..%llu",
			    first, first + count - 1);
	nw_line_end(&out->line, out->file, NW_COLOR_BAD, out->colored);
}

static void note(struct nw_out *out, const char *text)
{
	struct nw_clock now;

	nw_out_now(out, &now);
	nw_out_start(out, NULL, now.mono, now.real);
	nw_line_add(&out->line, "%s", text);
	nw_line_end(&out->line, out->file, NW_COLOR_DOUBT, out->colored);
}

/* The last line says it for people. */
static void until(struct nw_out *out, const struct nw_origin *origin,
		  const struct nw_clock *now)
{
	(void)out;
	(void)origin;
	(void)now;
}

static void end(struct nw_out *out)
{
	(void)out;
}

const struct nw_out_ops nw_out_text = {
	.begin = begin,
	.event = event,
	.finding = nw_out_finding_text,
	.lost = say_lost,
	.note = note,
	.until = until,
	.end = end,
};
