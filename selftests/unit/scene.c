// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>

#include <linux/neighbour.h>

#include "unit.h"
#include "scene.h"

static const char *const sources[] = {
	"netevent", "neigh_create", "neigh_update", "neigh_update_done",
	"neigh_timer_handler", "neigh_event_send_done", "fib", "netdevice",
	"netif_carrier_on", "netif_carrier_off",
};

void scene_begin(struct scene *s)
{
	size_t i;

	memset(s, 0, sizeof(*s));
	nw_thresholds_default(&s->thresholds);
	s->stats.loaded = NOW - 99999 * SEC;
	for (i = 0; i < ARRAY_SIZE(sources); i++) {
		strcpy(s->stats.source[i].name, sources[i]);
		s->stats.source[i].state = NW_SOURCE_ACTIVE;
	}
	s->stats.nr_source = ARRAY_SIZE(sources);
	s->check.now = (struct nw_clock){ NOW, REAL };
	s->check.stats = &s->stats;
	s->check.thresholds = &s->thresholds;
	s->check.ask.window = NW_CHECK_WINDOW;
	s->check.gateway = s->gateway;
	s->check.link = s->link;
	entry_link(&s->link[0].link, NW_CARRIER_UP, NOW - 3542400 * SEC / 41);
	s->check.nr_links = 1;
	entry_hop(&s->entry, 0);
	entry_neigh(&s->entry, NUD_REACHABLE, NOW - 20 * SEC);
	entry_proof(&s->entry, NOW - 2100 * NW_NSEC_PER_MSEC);
}

void scene_gateway(struct scene *s)
{
	struct nw_check_gateway *g = &s->gateway[s->check.nr_gateways++];

	g->addr = (struct nw_addr)ENTRY_ADDR;
	g->hop = s->entry.hop;
	g->neigh = s->entry.neigh;
	if (!g->hop.has && !g->neigh.has)
		return;
	g->ifindex = 2;
	strcpy(g->dev, "eth0");
}

struct nw_finding *scene_finding(struct scene *s, const char *id,
				 enum nw_severity severity, const char *dev,
				 __u32 ifindex)
{
	struct nw_finding *f = &s->finding[s->nr_findings];

	if (s->nr_findings++)
		s->finding[s->nr_findings - 2].next = f;
	s->check.open = &s->finding[0];
	f->id = id;
	f->severity = severity;
	f->status = NW_STATUS_OPEN;
	f->ifindex = ifindex;
	strcpy(f->dev, dev);
	nw_finding_subject(f, "%s", dev);
	nw_finding_text(f, "told");
	nw_finding_hint(f, "neighwatch history dev %s", dev);
	return f;
}

struct nw_finding *scene_stuck(struct scene *s, enum nw_severity severity)
{
	struct nw_finding *f = scene_finding(s, "gateway-stuck", severity,
					     "eth0", 2);

	f->addr = (struct nw_addr)ENTRY_ADDR;
	nw_finding_subject(f, GATEWAY " eth0");
	nw_finding_text(f, "nobody answers ARP, 4 min 41 s");
	nw_finding_hint(f, "neighwatch history " GATEWAY);
	return f;
}

void scene_expect(struct scene *s, const char *const *parts)
{
	char *text = NULL;
	const char *at;
	size_t size = 0;
	FILE *file = open_memstream(&text, &size);

	assert_non_null(file);
	memset(&s->plugin, 0, sizeof(s->plugin));
	nw_check_find(&s->check, &s->result);
	nw_check_say(&s->check, &s->result, &s->plugin);
	nw_plugin_print(&s->plugin, file);
	fclose(file);
	for (at = text; *parts; at += strlen(*parts++))
		if (strncmp(at, *parts, strlen(*parts)) != 0)
			fail_msg("'%s' is not '%s'", at, *parts);
	assert_string_equal(at, "");
	free(text);
}

void scene_expect_head(struct scene *s, enum nw_plugin_status status,
		       const char *want)
{
	memset(&s->plugin, 0, sizeof(s->plugin));
	nw_check_find(&s->check, &s->result);
	nw_check_say(&s->check, &s->result, &s->plugin);
	assert_int_equal(s->plugin.status, status);
	assert_string_equal(s->plugin.text, want);
}

void scene_name_gateway(struct scene *s, const char *dev)
{
	s->named.addr = (struct nw_addr)ENTRY_ADDR;
	strcpy(s->named.dev, dev);
	s->check.ask.gateway = &s->named;
	s->check.ask.nr_gateways = 1;
}

void scene_name_dev(struct scene *s)
{
	s->check.ask.dev = s->dev;
	s->dev[0] = "eth0";
	s->check.ask.nr_devs = 1;
}
