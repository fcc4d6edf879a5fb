// SPDX-License-Identifier: GPL-2.0
/*
 * The sources of observations: which there are, which work. One that is not to
 * be had never fails the load; it is named in the log, in the statistics and
 * by the command line.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kprobes.h>
#include <linux/string.h>
#include <linux/tracepoint.h>
#include "source.h"

/*
 * One entry for each source; written at load and unload. Sources of a namespace
 * become active with the first one that has them.
 */
static struct {
	const char *name;
	enum nw_source_state state;
	struct tracepoint *tp;
	struct kprobe *kprobe;
} sources[__NW_SOURCE_MAX] = {
	[NW_SOURCE_NETEVENT]			= { "netevent" },
	[NW_SOURCE_NEIGH_CREATE]		= { "neigh_create" },
	[NW_SOURCE_NEIGH_UPDATE]		= { "neigh_update" },
	[NW_SOURCE_NEIGH_UPDATE_DONE]		= { "neigh_update_done" },
	[NW_SOURCE_NEIGH_TIMER_HANDLER]		= { "neigh_timer_handler" },
	[NW_SOURCE_NEIGH_EVENT_SEND_DONE]	= { "neigh_event_send_done" },
	[NW_SOURCE_NEIGH_CLEANUP_AND_RELEASE]	= { "neigh_cleanup_and_release" },
	[NW_SOURCE_NEIGH_SET_PROBE_ONCE]	= { "__neigh_set_probe_once" },
	[NW_SOURCE_NETDEVICE]			= { "netdevice" },
	[NW_SOURCE_CARRIER_ON]			= { "netif_carrier_on" },
	[NW_SOURCE_CARRIER_OFF]			= { "netif_carrier_off" },
	[NW_SOURCE_CARRIER_EVENT]		= { "netif_carrier_event" },
	[NW_SOURCE_TX_TIMEOUT]			= { "net_dev_xmit_timeout" },
	[NW_SOURCE_FIB]				= { "fib" },
	[NW_SOURCE_NEXTHOP]			= { "nexthop" },
	[NW_SOURCE_INETADDR]			= { "inetaddr" },
	[NW_SOURCE_INET6ADDR]			= { "inet6addr" },
};

static int switch_off(const char *name, size_t len)
{
	int i;

	for (i = 0; i < __NW_SOURCE_MAX; i++) {
		if (strlen(sources[i].name) == len &&
		    !memcmp(sources[i].name, name, len)) {
			sources[i].state = NW_SOURCE_OFF;
			return 0;
		}
	}
	pr_err("sources_off=%.*s: no such source; see the list in neighwatch(8)\n",
	       (int)len, name);
	return -EINVAL;
}

/**
 * nw_source_parse_off() - switch sources off
 * @names: their names, separated by commas
 *
 * Return: 0, or -EINVAL with the reason in the log.
 */
int nw_source_parse_off(const char *names)
{
	size_t len;
	int err;

	while (*names) {
		len = strcspn(names, ",");
		err = switch_off(names, len);
		if (err)
			return err;
		names += len;
		names += *names == ',';
	}
	return 0;
}

const char *nw_source_name(enum nw_source source)
{
	return sources[source].name;
}

enum nw_source_state nw_source_state(enum nw_source source)
{
	return sources[source].state;
}

bool nw_source_active(enum nw_source source)
{
	return sources[source].state == NW_SOURCE_ACTIVE;
}

/**
 * nw_source_wanted() - tell whether a source is to be turned on
 * @source: the source; absent until nw_source_on() says otherwise
 */
bool nw_source_wanted(enum nw_source source)
{
	if (sources[source].state == NW_SOURCE_OFF)
		return false;
	if (sources[source].state == NW_SOURCE_UNKNOWN)
		sources[source].state = NW_SOURCE_ABSENT;
	return true;
}

void nw_source_on(enum nw_source source, struct kprobe *kprobe)
{
	sources[source].state = NW_SOURCE_ACTIVE;
	sources[source].kprobe = kprobe;
}

void nw_source_stop(enum nw_source source)
{
	if (sources[source].state == NW_SOURCE_ACTIVE)
		sources[source].state = NW_SOURCE_ABSENT;
	sources[source].kprobe = NULL;
}

/**
 * nw_source_missed() - how often the kernel could not call a hook
 * @source: the source
 * @missed: set to the number
 *
 * Return: false for sources where that cannot happen.
 */
bool nw_source_missed(enum nw_source source, u64 *missed)
{
	if (!sources[source].kprobe)
		return false;
	*missed = sources[source].kprobe->nmissed;
	return true;
}

void nw_source_report(void)
{
	int i;

	for (i = 0; i < __NW_SOURCE_MAX; i++)
		if (sources[i].state != NW_SOURCE_ACTIVE)
			pr_warn("source %s is %s: what only it tells goes unseen\n",
				sources[i].name,
				sources[i].state == NW_SOURCE_OFF ?
				"switched off" : "not to be had on this kernel");
}

struct search {
	const char *name;
	struct tracepoint *found;
};

static void match(struct tracepoint *tp, void *priv)
{
	struct search *search = priv;

	if (!strcmp(tp->name, search->name))
		search->found = tp;
}

/**
 * nw_source_tracepoint() - attach to a tracepoint, exported or not
 * @source: names the tracepoint
 * @probe: of the tracepoint's prototype, checked at build time by the caller
 *
 * Context: process, may sleep.
 * Return: 0, or a negative error and the source is absent.
 */
int nw_source_tracepoint(enum nw_source source, void *probe)
{
	struct search search = { .name = sources[source].name };
	int err;

	if (!nw_source_wanted(source))
		return -ENODEV;
	for_each_kernel_tracepoint(match, &search);
	if (!search.found)
		return -ENOENT;
	err = tracepoint_probe_register(search.found, probe, NULL);
	if (err)
		return err;
	sources[source].tp = search.found;
	nw_source_on(source, NULL);
	return 0;
}

void nw_source_tracepoint_off(enum nw_source source, void *probe)
{
	if (!nw_source_active(source))
		return;
	tracepoint_probe_unregister(sources[source].tp, probe, NULL);
	nw_source_stop(source);
}

/**
 * nw_source_kprobe() - attach to the function a source is named after
 * @source: the source
 * @kprobe: with its handler set
 *
 * Context: process, may sleep.
 * Return: 0, or a negative error and the source is absent.
 */
int nw_source_kprobe(enum nw_source source, struct kprobe *kprobe)
{
	int err;

	if (!nw_source_wanted(source))
		return -ENODEV;
	kprobe->symbol_name = sources[source].name;
	err = register_kprobe(kprobe);
	if (!err)
		nw_source_on(source, kprobe);
	return err;
}

void nw_source_kprobe_off(enum nw_source source, struct kprobe *kprobe)
{
	if (!nw_source_active(source))
		return;
	nw_source_stop(source);
	unregister_kprobe(kprobe);
}
