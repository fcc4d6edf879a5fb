// SPDX-License-Identifier: GPL-2.0
/* The life of findings: begun, told, changed, cleared; see detect.h. */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "detect.h"
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
	d->nr_open++;
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
	d->nr_open--;
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
	f->number = ++d->findings;
	f->origin = net->origin;
	f->ifindex = ifindex;
	f->began = nw_detect_clock(d, began);
	if (dev)
		memcpy(f->dev, dev, sizeof(f->dev));
	if (addr) {
		f->addr = *addr;
		f->family = addr->len == 4 ? AF_INET : AF_INET6;
	}
	name_subject(f);
	list_add(d, f);
	return f;
}

static void tell(struct nw_detect *d, struct nw_finding *f,
		 enum nw_status status)
{
	f->status = status;
	f->changed = nw_detect_clock(d, d->now);
	if (d->fn)
		d->fn(d->arg, f);
}

void nw_detect_tell(struct nw_detect *d, struct nw_finding *f,
		    enum nw_severity severity)
{
	enum nw_severity was;

	if (!f || severity == f->severity)
		return;
	was = f->severity;
	f->severity = severity;
	if (severity > f->worst)
		f->worst = severity;
	if (was == NW_SEVERITY_NONE) {
		f->opened = nw_detect_clock(d, d->now);
		tell(d, f, NW_STATUS_OPEN);
	} else {
		tell(d, f, severity > was ? NW_STATUS_RAISED
					  : NW_STATUS_LOWERED);
	}
}

void nw_detect_clear(struct nw_detect *d, struct nw_finding **fp)
{
	struct nw_finding *f = *fp;

	if (!f)
		return;
	*fp = NULL;
	list_remove(d, f);
	if (f->severity != NW_SEVERITY_NONE) {
		f->cleared = nw_detect_clock(d, d->now);
		tell(d, f, NW_STATUS_CLEARED);
	}
	give_room(d, f);
}

void nw_detect_drop(struct nw_detect *d, struct nw_timer *timer,
		    struct nw_finding **fp, const char *why)
{
	nw_detect_disarm(d, timer);
	nw_finding_text(*fp, "%s", why);
	nw_detect_clear(d, fp);
}
