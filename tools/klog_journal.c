// SPDX-License-Identifier: GPL-2.0
/* journalctl -o json: the same lines, each an object of the journal's. */
#include <stdio.h>
#include <string.h>

#include "klog.h"
#include "parse.h"

static const char *text_of(struct nw_flat *flat, const char *key)
{
	const struct nw_flat_value *v = nw_flat_find(flat, key);

	return v && v->kind == NW_FLAT_STRING ? v->text : NULL;
}

/* A number of microseconds in a string. */
static bool usec_of(struct nw_flat *flat, const char *key, __u64 *ns)
{
	const char *text = text_of(flat, key);

	if (!text || !nw_parse_number(text, ~0ULL / 1000, ns))
		return false;
	*ns *= 1000;
	return true;
}

bool nw_klog_is_journal(struct nw_flat *flat)
{
	return nw_flat_find(flat, "__REALTIME_TIMESTAMP") ||
	       nw_flat_find(flat, "_TRANSPORT") ||
	       nw_flat_find(flat, "MESSAGE");
}

/* What programs wrote into the kernel's log has a facility of its own. */
static bool is_kernel(struct nw_flat *flat)
{
	const char *transport = text_of(flat, "_TRANSPORT");
	const char *facility = text_of(flat, "SYSLOG_FACILITY");

	return transport && !strcmp(transport, "kernel") &&
	       (!facility || !strcmp(facility, "0"));
}

static __u64 boot_of(struct nw_flat *flat)
{
	const char *id = text_of(flat, "_BOOT_ID");
	char half[17];
	__u64 boot;

	if (!id || strlen(id) < 16)
		return 0;
	memcpy(half, id, 16);
	half[16] = '\0';
	return nw_parse_hex(half, &boot) ? boot : 0;
}

int nw_klog_object(struct nw_klog *k, struct nw_flat *flat)
{
	const char *text = text_of(flat, "MESSAGE");
	const char *host = text_of(flat, "_HOSTNAME");
	struct nw_kline line = { .text = text };

	k->lines++;
	if (!text || !is_kernel(flat))
		return 0;
	line.has_mono = usec_of(flat, "_SOURCE_MONOTONIC_TIMESTAMP",
				&line.mono) ||
			usec_of(flat, "__MONOTONIC_TIMESTAMP", &line.mono);
	line.has_wall = usec_of(flat, "__REALTIME_TIMESTAMP", &line.wall);
	line.dated = line.has_wall;
	line.boot = boot_of(flat);
	if (!line.has_mono && !line.has_wall)
		return 0;
	if (host && strlen(host) < sizeof(line.host))
		snprintf(line.host, sizeof(line.host), "%s", host);
	return nw_klog_take(k, &line);
}
