// SPDX-License-Identifier: GPL-2.0
/* The life of findings: begun, told, changed, cleared; see detect.h. */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "detect_group.h"
#include "format.h"

/* Findings kept for reuse, so that none is allocated for each event. */
#define SPARE_MAX	16

static struct nw_finding *take_room(struct nw_detect *d)
{
	struct nw_finding *f = d->spare;

	if (d->nr_open >= nw_detect_threshold(d, NW_T_FINDINGS))
		return NULL;
	if (!f)
		return malloc(sizeof(*f));
	d->spare = f->next;
	d->nr_spare--;
	return f;
}

static void give_room(struct nw_detect *d, struct nw_finding *f)
{
	d->nr_open--;
	if (d->nr_spare >= SPARE_MAX) {
		free(f);
		return;
	}
	f->next = d->spare;
	d->spare = f;
	d->nr_spare++;
}

static void list_add(struct nw_detect *d, struct nw_finding *f)
{
	f->prev = d->open_last;
	f->next = NULL;
	if (f->prev)
		f->prev->next = f;
	else
		d->open = f;
	d->open_last = f;
}

static void list_remove(struct nw_detect *d, struct nw_finding *f)
{
	if (f->prev)
		f->prev->next = f->next;
	else
		d->open = f->next;
	if (f->next)
		f->next->prev = f->prev;
	else
		d->open_last = f->prev;
}

/* A damaged log may tell of a device by number alone; ip(8) calls it so, too. */
static void name_device(struct nw_finding *f, const char *dev)
{
	if (*dev || !f->ifindex)
		memcpy(f->dev, dev, sizeof(f->dev));
	else
		snprintf(f->dev, sizeof(f->dev), "if%u", f->ifindex);
}

static void name_subject(struct nw_finding *f)
{
	char addr[NW_ADDR_TEXT];

	nw_format_addr(addr, sizeof(addr), &f->addr);
	if (f->addr.len && *f->dev)
		nw_finding_subject(f, "%s %s", addr, f->dev);
	else
		nw_finding_subject(f, "%s", f->addr.len ? addr : f->dev);
}

struct nw_finding *nw_detect_begin(struct nw_detect *d, const char *id,
				   const struct nw_wnet *net, __u32 ifindex,
				   const char *dev, const struct nw_addr *addr,
				   __u64 began)
{
	struct nw_finding *f = take_room(d);

	if (!f) {
		d->suppressed++;
		return NULL;
	}
	memset(f, 0, sizeof(*f));
	f->id = id;
	f->origin = net->origin;
	f->ifindex = ifindex;
	f->began = nw_detect_clock(d, began);
	if (dev)
		name_device(f, dev);
	if (addr) {
		f->addr = *addr;
		f->family = addr->len == 4 ? AF_INET : AF_INET6;
	}
	name_subject(f);
	d->nr_open++;
	list_add(d, f);
	return f;
}

static void tell(struct nw_detect *d, struct nw_finding *f,
		 enum nw_status status)
{
	if (status == NW_STATUS_CLEARED)
		f->namespaces = f->most;
	f->status = status;
	f->changed = nw_detect_clock(d, d->now);
	if (d->fn)
		d->fn(d->arg, f);
}

/* Tell what became of @f's severity, with that of those that joined it. */
static void judge(struct nw_detect *d, struct nw_finding *f)
{
	enum nw_severity was = f->severity, now = nw_group_severity(f);

	if (now == was)
		return;
	if (f->joined)
		nw_detect_describe(d);
	f->severity = now;
	if (now > f->worst)
		f->worst = now;
	tell(d, f, was == NW_SEVERITY_NONE ? NW_STATUS_OPEN :
		   now > was ? NW_STATUS_RAISED : NW_STATUS_LOWERED);
}

static void start(struct nw_detect *d, struct nw_finding *f)
{
	struct nw_finding *first = nw_group_find(d, f);

	f->opened = nw_detect_clock(d, d->now);
	if (first) {
		list_remove(d, f);
		nw_group_join(first, f);
		return;
	}
	f->number = ++d->findings;
	f->namespaces = 1;
	f->most = 1;
}

void nw_detect_tell(struct nw_detect *d, struct nw_finding *f,
		    enum nw_severity severity)
{
	if (!f || severity == f->own)
		return;
	if (f->own == NW_SEVERITY_NONE)
		start(d, f);
	f->own = severity;
	judge(d, f->first ? f->first : f);
}

/* The last of those that were told as one. */
static void finish(struct nw_detect *d, struct nw_finding *f)
{
	list_remove(d, f);
	f->cleared = nw_detect_clock(d, d->now);
	tell(d, f, NW_STATUS_CLEARED);
	give_room(d, f);
}

void nw_detect_clear(struct nw_detect *d, struct nw_finding **fp)
{
	struct nw_finding *f = *fp, *first;
	bool lasts;

	if (!f)
		return;
	*fp = NULL;
	if (f->own == NW_SEVERITY_NONE) {
		list_remove(d, f);
		give_room(d, f);
		return;
	}
	first = f->first ? f->first : f;
	lasts = nw_group_leave(f);
	if (f != first)
		give_room(d, f);
	if (lasts)
		judge(d, first);
	else
		finish(d, first);
}

void nw_detect_drop(struct nw_detect *d, struct nw_timer *timer,
		    struct nw_finding **fp, const char *why)
{
	nw_detect_disarm(d, timer);
	nw_finding_text(*fp, "%s", why);
	nw_detect_clear(d, fp);
}
