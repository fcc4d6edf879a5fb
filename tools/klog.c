// SPDX-License-Identifier: GPL-2.0
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "klog.h"
#include "fields.h"

/* CPUs write into the log a little out of order; a boot is more than that. */
#define DISORDER	NW_NSEC_PER_SEC

void nw_klog_init(struct nw_klog *k, nw_entry_fn fn, void *arg)
{
	memset(k, 0, sizeof(*k));
	k->fn = fn;
	k->arg = arg;
	k->instance = 1;
}

/* The device, made room for by forgetting the one longest unheard of. */
static struct nw_kdev *device(struct nw_klog *k, const char *dev)
{
	struct nw_kdev *d = k->devs, *oldest = k->devs;

	for (; d < k->devs + k->nr_devs; d++) {
		if (!strcmp(d->dev, dev))
			break;
		if (d->used < oldest->used)
			oldest = d;
	}
	if (d == k->devs + k->nr_devs) {
		if (k->nr_devs < NW_KLOG_DEVICES)
			k->nr_devs++;
		else
			d = oldest;
		memset(d, 0, sizeof(*d));
		snprintf(d->dev, sizeof(d->dev), "%s", dev);
	}
	d->used = k->kernel;
	return d;
}

/* An entry with what every one of this line has. */
static struct nw_event *begin(struct nw_klog *k, const struct nw_kline *line,
			      enum nw_entry_kind kind, __u8 type)
{
	struct nw_entry *entry = &k->entry;
	struct nw_event *ev = &entry->ev;

	memset(entry, 0, sizeof(*entry));
	entry->kind = kind;
	entry->coarse = line->coarse;
	ev->type = type;
	ev->origin.has = NW_BIT(NW_A_INSTANCE) | NW_BIT(NW_A_NETNS_COOKIE);
	ev->origin.instance = k->instance;
	ev->origin.netns_cookie = 1;
	ev->mono = k->mono;
	ev->has = NW_BIT(NW_A_RECORD_MONO) | NW_BIT(NW_A_RECORD_SEQ) |
		  NW_BIT(nw_types[type].attr);
	if (line->has_wall && line->dated) {
		ev->real = line->wall;
		ev->has |= NW_BIT(NW_A_RECORD_REAL);
	} else if (line->has_wall) {
		entry->undated = k->pair;
	}
	return ev;
}

static int tell(struct nw_klog *k)
{
	k->entry.ev.seq = ++k->seq;
	return k->fn(k->arg, &k->entry);
}

static void name_device(struct nw_event *ev, const struct nw_kdev *d)
{
	snprintf(ev->dev, sizeof(ev->dev), "%s", d->dev);
	ev->ifindex = nw_entry_ifindex(d->dev);
	ev->has |= NW_BIT(NW_A_RECORD_DEV);
	if (d->parent) {
		ev->flags = NW_F_PHYSICAL;
		ev->has |= NW_BIT(NW_A_RECORD_FLAGS);
	}
}

static void name_cause(struct nw_event *ev, const struct nw_ksaid *said)
{
	if (!said->driver_said)
		return;
	ev->cause = NW_CAUSE_DRIVER;
	ev->has |= NW_BIT(NW_A_RECORD_CAUSE);
}

static int tell_carrier(struct nw_klog *k, const struct nw_kline *line,
			const struct nw_ksaid *said, struct nw_kdev *d)
{
	struct nw_event *ev = begin(k, line, NW_ENTRY_EVENT, NW_TYPE_CARRIER);
	struct nw_carrier_event *c = &ev->carrier;

	name_device(ev, d);
	name_cause(ev, said);
	c->new = said->carrier;
	c->has = NW_BIT(NW_A_CARRIER_NEW);
	if (d->carrier) {
		c->old = d->carrier;
		c->has |= NW_BIT(NW_A_CARRIER_OLD);
	}
	if (d->since && k->mono >= d->since) {
		c->dwell = k->mono - d->since;
		c->has |= NW_BIT(NW_A_CARRIER_DWELL);
	}
	d->carrier = said->carrier;
	d->since = k->mono;
	return tell(k);
}

static int tell_mode(struct nw_klog *k, const struct nw_kline *line,
		     const struct nw_ksaid *said, struct nw_kdev *d)
{
	struct nw_event *ev = begin(k, line, NW_ENTRY_EVENT, NW_TYPE_LINK_MODE);

	name_device(ev, d);
	name_cause(ev, said);
	ev->mode = d->mode;
	return tell(k);
}

/* Who is not the driver says later what the driver said already. */
static int take_carrier(struct nw_klog *k, const struct nw_kline *line,
			const struct nw_ksaid *said, struct nw_kdev *d)
{
	bool changed = said->carrier != d->carrier;
	bool other = memcmp(&d->mode, &said->mode, sizeof(d->mode)) != 0;
	int ret = 0;

	if (d->driver_says && !said->driver_said)
		return 0;
	d->driver_says |= said->driver_said;
	d->parent |= said->parent;
	if (changed)
		ret = tell_carrier(k, line, said, d);
	if (ret || said->carrier != NW_CARRIER_UP || !said->mode.has ||
	    !(changed || other))
		return ret;
	d->mode = said->mode;
	return tell_mode(k, line, said, d);
}

/* tg3 tells of flow control on a line of its own, behind "Link is up". */
static int take_mode(struct nw_klog *k, const struct nw_kline *line,
		     const struct nw_ksaid *said, struct nw_kdev *d)
{
	if (d->carrier != NW_CARRIER_UP)
		return 0;
	d->mode.pause_rx = said->mode.pause_rx;
	d->mode.pause_tx = said->mode.pause_tx;
	d->mode.has |= said->mode.has & (NW_BIT(NW_A_MODE_PAUSE_RX) |
					 NW_BIT(NW_A_MODE_PAUSE_TX));
	return tell_mode(k, line, said, d);
}

static int take_admin(struct nw_klog *k, const struct nw_kline *line,
		      const struct nw_ksaid *said, struct nw_kdev *d)
{
	struct nw_event *ev = begin(k, line, NW_ENTRY_EVENT,
				    NW_TYPE_LINK_ADMIN);

	name_device(ev, d);
	ev->admin.change = said->change;
	ev->admin.has = NW_BIT(NW_A_ADMIN_CHANGE);
	snprintf(ev->admin.other_dev, sizeof(ev->admin.other_dev), "%s",
		 said->other);
	ev->admin.other = nw_entry_ifindex(said->other);
	ev->admin.has |= NW_BIT(NW_A_ADMIN_OTHER_DEV);
	return tell(k);
}

/* At least one more creation was refused; how full the table is, who knows. */
static int take_overflow(struct nw_klog *k, const struct nw_kline *line,
			 const struct nw_ksaid *said)
{
	struct nw_event *ev = begin(k, line, NW_ENTRY_EVENT, NW_TYPE_TABLE);

	ev->table.family = said->family;
	ev->table.fulls = ++k->fulls[said->family != AF_INET];
	ev->table.has = NW_BIT(NW_A_TABLE_FAMILY) | NW_BIT(NW_A_TABLE_FULLS);
	return tell(k);
}

static int take_said(struct nw_klog *k, const struct nw_kline *line,
		     const struct nw_ksaid *said)
{
	switch (said->kind) {
	case NW_KSAID_CARRIER:
		return take_carrier(k, line, said, device(k, said->dev));
	case NW_KSAID_MODE:
		return take_mode(k, line, said, device(k, said->dev));
	case NW_KSAID_ADMIN:
		return take_admin(k, line, said, device(k, said->dev));
	case NW_KSAID_OVERFLOW:
		return take_overflow(k, line, said);
	default:
		return 0;
	}
}

/* Everything before is of another time: the clock began anew. */
static void boot(struct nw_klog *k, __u64 instance)
{
	k->instance = instance;
	k->boots += k->kernel > 1;
	k->nr_devs = 0;
	memset(&k->pair, 0, sizeof(k->pair));
	memset(k->fulls, 0, sizeof(k->fulls));
}

/* Lines with and without seconds are put on one clock by their stamps. */
static __u64 time_of(struct nw_klog *k, const struct nw_kline *line)
{
	__u64 mono;

	if (line->has_mono && !(k->by_wall && line->has_wall))
		return line->mono;
	if (!k->by_wall)
		return line->wall > k->wall ? k->mono + (line->wall - k->wall) :
					      k->mono;
	/* A wall clock that was set back, or summer's end: time goes on. */
	mono = line->wall + k->shift;
	if (mono + DISORDER < k->mono)
		k->shift += k->mono - mono;
	return line->wall + k->shift;
}

static bool boots(const struct nw_klog *k, const struct nw_kline *line,
		  __u64 mono)
{
	if (k->by_wall)
		return !strncmp(line->text, "Linux version ", 14);
	return mono + DISORDER < k->mono;
}

/*
 * A stamp in whole seconds is up to one second early. The pair that puts the
 * wall clock latest is the nearest, as long as nobody sets that clock.
 */
static void pair_clocks(struct nw_klog *k, const struct nw_kline *line)
{
	__u64 told = line->wall - k->mono, known = k->pair.real - k->pair.mono;

	if (!line->has_wall)
		return;
	if (k->pair.real && told <= known && known - told < 2 * DISORDER)
		return;
	k->pair.mono = k->mono;
	k->pair.real = line->wall;
	k->dated = line->dated;
	k->coarse = line->coarse;
}

static void take_time(struct nw_klog *k, const struct nw_kline *line)
{
	__u64 mono;

	if (k->kernel == 1)
		k->by_wall = !line->has_mono;
	mono = time_of(k, line);
	if (line->boot && line->boot != k->instance)
		boot(k, line->boot);
	else if (!line->boot && k->kernel > 1 && boots(k, line, mono))
		boot(k, k->instance + 1);
	k->mono = mono;
	if (line->has_wall)
		k->wall = line->wall;
	pair_clocks(k, line);
	k->undated += line->has_wall && !line->dated;
}

/* Early in its boot a host has no name yet. */
static bool other_host(struct nw_klog *k, const struct nw_kline *line)
{
	if (!line->host[0] || !strcmp(line->host, "localhost") ||
	    !strcmp(line->host, k->host))
		return false;
	if (k->host[0])
		return true;
	snprintf(k->host, sizeof(k->host), "%s", line->host);
	return false;
}

int nw_klog_take(struct nw_klog *k, const struct nw_kline *line)
{
	struct nw_ksaid said;

	if (other_host(k, line)) {
		k->others++;
		return 0;
	}
	k->kernel++;
	take_time(k, line);
	if (!nw_kmatch(line->text, &said))
		return 0;
	return take_said(k, line, &said);
}

int nw_klog_line(struct nw_klog *k, const char *line)
{
	struct nw_kline parsed;

	k->lines++;
	if (!nw_kline_parse(line, &k->calendar, &parsed))
		return 0;
	return nw_klog_take(k, &parsed);
}

int nw_klog_end(struct nw_klog *k)
{
	const struct nw_kline line = {
		.has_wall = k->pair.real != 0, .dated = k->dated,
		.wall = nw_clock_wall(&k->pair, k->mono), .coarse = k->coarse,
	};
	struct nw_event *ev;

	if (!k->kernel)
		return 0;
	ev = begin(k, &line, NW_ENTRY_END, NW_TYPE_UNKNOWN);
	ev->has &= ~NW_BIT(NW_A_RECORD_SEQ);
	return k->fn(k->arg, &k->entry);
}
