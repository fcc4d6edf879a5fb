// SPDX-License-Identifier: GPL-2.0
/* Time, the registry, and the life of findings; see detect.h. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "detect_group.h"

/* Every detector, in the order in which an event meets them. */
static const struct nw_detector_ops *const registry[] = {
	&nw_detector_gateway,
	&nw_detector_route,
	&nw_detector_lost,
	&nw_detector_link,
	&nw_detector_mode,
	&nw_detector_unstamped,
	&nw_detector_table,
	&nw_detector_storm,
	&nw_detector_flap,
	&nw_detector_slow,
	&nw_detector_loop,
	&nw_detector_confirm,
	&nw_detector_pinned,
	&nw_detector_move,
	&nw_detector_dual,
	&nw_detector_duplicate,
};

static bool meets(const struct nw_detector_ops *ops, unsigned int type)
{
	return ops->event && (!ops->types || (ops->types & NW_BIT(type)));
}

static void list_meetings(struct nw_detect *d)
{
	const struct nw_detector_ops **to, **passing = d->passing;
	unsigned int type;
	size_t i;

	static_assert(ARRAY_SIZE(registry) == NW_DETECTORS, "room for all");
	for (type = 0; type <= NW_TYPE_MAX; type++) {
		to = d->meeting[type];
		for (i = 0; i < ARRAY_SIZE(registry); i++)
			if (meets(registry[i], type))
				*to++ = registry[i];
	}
	for (to = d->meeting[NW_TYPE_NEIGH]; *to; to++)
		if (!(*to)->familiar)
			*passing++ = *to;
}

static void forget_object(void *arg, struct nw_object *obj)
{
	struct nw_detect *d = arg;
	struct nw_private *p;

	while ((p = obj->private)) {
		if (p->owner->forget)
			p->owner->forget(d, p);
		obj->private = p->next;
		free(p);
	}
}

static void start_world(struct nw_detect *d, __u64 seed)
{
	struct nw_world *w = &d->world;
	__u64 evicted = w->evicted, nomem = w->nomem;

	nw_world_init(w);
	w->seed = seed;
	w->evicted = evicted;
	w->nomem = nomem;
	w->max_neighs = nw_detect_threshold(d, NW_T_NEIGHBOURS);
	w->named = d->config->gateways;
	w->nr_named = d->config->nr_gateways;
	w->forget = forget_object;
	w->arg = d;
}

struct nw_detect *nw_detect_new(const struct nw_detect_config *config,
				nw_finding_fn fn, void *arg)
{
	struct nw_detect *d = calloc(1, sizeof(*d));

	if (!d)
		return NULL;
	d->config = config;
	d->fn = fn;
	d->arg = arg;
	list_meetings(d);
	start_world(d, 0);
	return d;
}

static void free_list(struct nw_finding *f)
{
	struct nw_finding *next;

	for (; f; f = next) {
		next = f->next;
		free(f);
	}
}

void nw_detect_free(struct nw_detect *d)
{
	if (!d)
		return;
	d->fn = NULL;
	nw_world_free(&d->world);
	nw_timers_free(&d->timers);
	free_list(d->open);
	free_list(d->spare);
	free(d);
}

void nw_detect_config_default(struct nw_detect_config *config)
{
	memset(config, 0, sizeof(*config));
	nw_thresholds_default(&config->thresholds);
}

/* Fires all deadlines up to @mono, each at its own time. */
static void step(struct nw_detect *d, __u64 mono)
{
	struct nw_timer *t;

	while ((t = nw_timer_first(&d->timers)) && t->at <= mono) {
		if (t->at > d->now)
			d->now = t->at;
		nw_timer_cancel(&d->timers, t);
		t->owner->deadline(d, t);
	}
	if (mono > d->now)
		d->now = mono;
}

/*
 * The module was loaded anew, perhaps after a reboot: its clock, its numbers
 * and what it says of the past are others.
 */
static void reset(struct nw_detect *d, __u64 instance)
{
	/* What is not known by an instance may be there before one is. */
	nw_world_free(&d->world);
	d->resets += d->instance != 0;
	start_world(d, instance);
	d->instance = instance;
	d->now = 0;
	memset(&d->last, 0, sizeof(d->last));
}

static void note_clocks(struct nw_detect *d, const struct nw_event *ev)
{
	if (!ev->real || ev->mono < d->last.mono)
		return;
	d->last.mono = ev->mono;
	d->last.real = ev->real;
}

/* A change of a neighbour that nobody has an eye on? */
static bool is_passing(const struct nw_detect *d, const struct nw_event *ev)
{
	const struct nw_wneigh *n = d->about.neigh;

	return ev->type == NW_TYPE_NEIGH && n && !n->gateway &&
	       !n->obj.private && !nw_detect_moved(n, ev);
}

__stage
void nw_detect_event(struct nw_detect *d, const struct nw_event *ev)
{
	const struct nw_detector_ops *const *ops;

	if (ev->origin.instance != d->instance)
		reset(d, ev->origin.instance);
	step(d, ev->mono);
	note_clocks(d, ev);
	nw_world_event(&d->world, ev, &d->about);
	ops = is_passing(d, ev) ? d->passing : d->meeting[ev->type];
	for (; d->about.net && *ops; ops++)
		(*ops)->event(d, ev);
	memset(&d->about, 0, sizeof(d->about));
}

void nw_detect_advance(struct nw_detect *d, __u64 mono)
{
	if (mono > NW_DETECT_LAG)
		step(d, mono - NW_DETECT_LAG);
}

__u64 nw_detect_next(const struct nw_detect *d)
{
	const struct nw_timer *t = nw_timer_first(&d->timers);

	return t ? t->at + NW_DETECT_LAG : NW_NEVER;
}

void nw_detect_end(struct nw_detect *d, __u64 mono)
{
	step(d, mono);
	nw_detect_describe(d);
}

void nw_detect_lost(struct nw_detect *d, const struct nw_origin *origin,
		    __u64 mono, __u64 count)
{
	struct nw_wnet *net;
	size_t i;

	if (origin->instance != d->instance)
		reset(d, origin->instance);
	step(d, mono);
	net = nw_world_net(&d->world, origin, d->now);
	for (i = 0; net && i < ARRAY_SIZE(registry); i++)
		if (registry[i]->lost)
			registry[i]->lost(d, net, count);
}

const struct nw_finding *nw_detect_open(const struct nw_detect *d)
{
	return d->open;
}

void nw_detect_describe(struct nw_detect *d)
{
	struct nw_finding *f;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(registry); i++)
		if (registry[i]->describe)
			registry[i]->describe(d);
	for (f = d->open; f; f = f->next)
		nw_group_renew(f);
}

void *nw_detect_new_private(struct nw_detect *d,
			    const struct nw_detector_ops *ops,
			    struct nw_object *obj, size_t size)
{
	struct nw_private *p = calloc(1, size);

	if (!p) {
		d->world.nomem++;
		return NULL;
	}
	p->owner = ops;
	p->object = obj;
	p->next = obj->private;
	obj->private = p;
	return p;
}

void nw_detect_arm(struct nw_detect *d, struct nw_timer *timer,
		   const struct nw_detector_ops *ops, __u64 at)
{
	if (nw_timer_set(&d->timers, timer, ops, at))
		d->world.nomem++;
}

void nw_detect_disarm(struct nw_detect *d, struct nw_timer *timer)
{
	nw_timer_cancel(&d->timers, timer);
}

struct nw_clock nw_detect_clock(const struct nw_detect *d, __u64 mono)
{
	struct nw_clock clock = { .mono = mono };

	if (d->last.real)
		clock.real = nw_clock_wall(&d->last, mono);
	return clock;
}

static bool in_set(const struct nw_allowed *set, const struct nw_lladdr *ll)
{
	unsigned int i;

	for (i = 0; i < set->nr; i++)
		if (nw_lladdr_equal(&set->lladdr[i], ll))
			return true;
	return false;
}

bool nw_detect_allowed(const struct nw_detect *d, const struct nw_addr *addr,
		       const struct nw_lladdr *a, const struct nw_lladdr *b)
{
	const struct nw_allowed *set;
	size_t i;

	for (i = 0; i < d->config->nr_allowed; i++) {
		set = &d->config->allowed[i];
		if (set->addr.len && !nw_addr_equal(&set->addr, addr))
			continue;
		if (in_set(set, a) && in_set(set, b))
			return true;
	}
	return false;
}
