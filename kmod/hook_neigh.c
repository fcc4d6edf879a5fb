// SPDX-License-Identifier: GPL-2.0
/*
 * Hooks for neighbours. They only translate arguments:
 *
 *   neigh_create			an entry was allocated, or the table is full
 *   neigh_update			neigh_update() begins, before it takes a lock
 *   neigh_update_done			neigh_update() ends
 *   neigh_timer_handler		the timer ran
 *   neigh_event_send_done		a packet was to be sent, for each of them
 *   neigh_cleanup_and_release		the entry was unlinked
 *   netevent				the kernel announced a change
 *   __neigh_set_probe_once		IPv6 probes a router that failed
 *
 * No one of them sees all, together they miss nothing (README, "Limits").
 */
#include <linux/kprobes.h>
#include <linux/tracepoint.h>
#include <net/arp.h>
#include <net/neighbour.h>
#include <net/netevent.h>
#include <trace/events/neigh.h>
#include "compat.h"
#include "hook_neigh.h"
#include "observe.h"
#include "source.h"

static void on_create(void *data, struct neigh_table *tbl,
		      struct net_device *dev, const void *pkey,
		      const struct neighbour *n, bool exempt_from_gc)
{
	nw_observe_create(tbl, dev, pkey, n);
}

static void on_update(void *data, struct neighbour *n, const u8 *lladdr, u8 new,
		      u32 flags, u32 nlmsg_pid)
{
	nw_observe_update(n, lladdr, new, flags, nlmsg_pid);
}

static void on_update_done(void *data, struct neighbour *n, int err)
{
	nw_observe_neigh(NW_HOOK_UPDATE_DONE, n);
}

static void on_timer(void *data, struct neighbour *n, int err)
{
	nw_observe_neigh(NW_HOOK_TIMER, n);
}

static void on_send_done(void *data, struct neighbour *n, int rc)
{
	nw_observe_neigh(NW_HOOK_SEND_DONE, n);
}

static void on_cleanup(void *data, struct neighbour *n, int rc)
{
	nw_observe_neigh(NW_HOOK_CLEANUP, n);
}

static int on_netevent(struct notifier_block *nb, unsigned long event, void *ptr)
{
	/* Other events pass other things. */
	if (event == NETEVENT_NEIGH_UPDATE)
		nw_observe_neigh(NW_HOOK_NETEVENT, ptr);
	return NOTIFY_DONE;
}

static struct notifier_block netevent_nb = { .notifier_call = on_netevent };

static int on_probe_once(struct kprobe *p, struct pt_regs *regs)
{
	nw_observe_probe_once((void *)regs_get_kernel_argument(regs, 0));
	return 0;
}
NOKPROBE_SYMBOL(on_probe_once);

static struct kprobe probe_once = { .pre_handler = on_probe_once };

/* One tracepoint each, and the prototype checked against the kernel's. */
static const struct {
	enum nw_source source;
	void *probe;
} points[] = {
	{ NW_SOURCE_NEIGH_CREATE, on_create },
	{ NW_SOURCE_NEIGH_UPDATE, on_update },
	{ NW_SOURCE_NEIGH_UPDATE_DONE, on_update_done },
	{ NW_SOURCE_NEIGH_TIMER_HANDLER, on_timer },
	{ NW_SOURCE_NEIGH_EVENT_SEND_DONE, on_send_done },
	{ NW_SOURCE_NEIGH_CLEANUP_AND_RELEASE, on_cleanup },
};

static void __maybe_unused check_prototypes(void)
{
	check_trace_callback_type_neigh_create(on_create);
	check_trace_callback_type_neigh_update(on_update);
	check_trace_callback_type_neigh_update_done(on_update_done);
	check_trace_callback_type_neigh_timer_handler(on_timer);
	check_trace_callback_type_neigh_event_send_done(on_send_done);
	check_trace_callback_type_neigh_cleanup_and_release(on_cleanup);
}

void nw_hook_neigh_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(points); i++)
		nw_source_tracepoint(points[i].source, points[i].probe);
	if (nw_source_wanted(NW_SOURCE_NETEVENT) &&
	    !register_netevent_notifier(&netevent_nb))
		nw_source_on(NW_SOURCE_NETEVENT, NULL);
	nw_source_kprobe(NW_SOURCE_NEIGH_SET_PROBE_ONCE, &probe_once);
}

static void seed(struct neighbour *n, void *cookie)
{
	nw_observe_neigh(NW_HOOK_SEED, n);
}

/**
 * nw_hook_neigh_seed() - record the neighbours that are there at load
 *
 * Context: process, hooks are on: what changes meanwhile is seen as well.
 */
void nw_hook_neigh_seed(void)
{
	neigh_for_each(&arp_tbl, seed, NULL);
	if (nw_nd_tbl())
		neigh_for_each(nw_nd_tbl(), seed, NULL);
}

void nw_hook_neigh_fini(void)
{
	unsigned int i;

	nw_source_kprobe_off(NW_SOURCE_NEIGH_SET_PROBE_ONCE, &probe_once);
	if (nw_source_active(NW_SOURCE_NETEVENT))
		unregister_netevent_notifier(&netevent_nb);
	nw_source_stop(NW_SOURCE_NETEVENT);
	for (i = ARRAY_SIZE(points); i--;)
		nw_source_tracepoint_off(points[i].source, points[i].probe);
	tracepoint_synchronize_unregister();
}
