// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "compiler.h"
#include "threshold.h"

#define SEC	NW_NSEC_PER_SEC
#define MIN	(60 * SEC)
#define HOUR	(60 * MIN)
#define DAY	(24 * HOUR)

#define LONGEST_NAME	40
#define NEAR		3	/* letters; what differs more was meant otherwise */

#define T(which_, name_, unit_, standard_, min_, max_, reason_) \
	[NW_T_##which_] = { .name = (name_), .unit = NW_UNIT_##unit_, \
			    .standard = (standard_), .min = (min_), \
			    .max = (max_), .reason = (reason_) }

const struct nw_threshold_info nw_threshold_table[NW_THRESHOLDS] = {
	T(STUCK_WARN_EXTRA, "gateway-stuck-warn-extra", COUNT, 2, 0, 1000,
	  "3 solicits at 1 s (RFC 4861) and 2 s more; counts retrans_times"),
	T(STUCK_CRIT_ROUNDS, "gateway-stuck-crit-rounds", COUNT, 5, 1, 10000,
	  "5 rounds of 3 s: a person was cut off for 15 s"),
	T(STUCK_ROUNDS, "gateway-stuck-rounds", COUNT, 2, 1, 16,
	  "one packet in 64 s shows a dead gateway as unresolved 4.7 % of the time"),
	T(STUCK_ROUNDS_WINDOW, "gateway-stuck-rounds-window", TIME,
	  10 * MIN, SEC, DAY,
	  "two failed rounds this far apart are one outage, however sparse the traffic"),
	T(STUCK_CARRIER_WAIT, "gateway-stuck-carrier-wait", TIME,
	  5 * SEC, 0, HOUR,
	  "carrier loss removes entries: the first questions after it may go unanswered"),
	T(STUCK_FORWARD_DELAYS, "gateway-stuck-forward-delays", TIME,
	  30 * SEC, 0, HOUR,
	  "spanning tree at boot: two forward delays of 15 s without any answer"),
	T(STUCK_CARRIER_CRIT, "gateway-stuck-carrier-crit", TIME,
	  45 * SEC, 0, HOUR,
	  "spanning tree: two forward delays of 15 s, and 15 s more"),
	T(STUCK_BEFORE, "gateway-stuck-before", TIME, 5 * MIN, 0, DAY,
	  "how far back a change may lie that is named as what happened just before"),
	T(LOST_WAIT, "gateway-lost-wait", TIME, SEC, 0, HOUR,
	  "DHCP clients remove a route to put it back; a removed device shows"),
	T(LOST_RESTART, "gateway-lost-restart", TIME, 15 * SEC, 0, HOUR,
	  "an administrator restarts a network: 3 s for the link, 10 s for DHCP"),
	T(GATEWAY_FLAP_HALF_LIFE, "gateway-flap-half-life", TIME,
	  300 * SEC, SEC, DAY,
	  "a gateway needs seconds to be found lost: slower than links"),
	T(GATEWAY_FLAP_WARN, "gateway-flap-warn", PENALTY,
	  1500, 1000, 100000, "two losses within 300 s"),
	T(GATEWAY_FLAP_CRIT, "gateway-flap-crit", PENALTY,
	  2500, 1000, 100000, "three losses within about 250 s"),
	T(GATEWAY_FLAP_CLEAR, "gateway-flap-clear", PENALTY, 750, 1, 100000,
	  "half of what opens it"),
	T(GATEWAY_FLAP_HOURLY, "gateway-flap-hourly", COUNT, 3, 1, 16,
	  "slow flapping that decay alone would miss"),
	T(GATEWAY_FLAP_QUIET, "gateway-flap-quiet", TIME, 30 * MIN, 0, DAY,
	  "decay alone would re-open at every flap 15 min apart"),
	T(UNCONFIRMED_WAIT, "gateway-unconfirmed-wait", TIME, 30 * SEC, SEC, DAY,
	  "TCP confirms within 5 s on every busy host after a healthy failover"),
	T(UNCONFIRMED_ANNOUNCE, "gateway-unconfirmed-announce", TIME,
	  10 * SEC, 0, HOUR,
	  "keepalived announces five times at once, and five times more 5 s later"),
	T(SLOW_REQUESTS, "slow-resolution-requests", COUNT, 1, 1, 100,
	  "retrans_time without an answer (1 s): the first request was lost"),
	T(SLOW_WARN, "slow-resolution-warn", COUNT, 3, 1, 20,
	  "0.1 % loss gives 2.5 a day on a healthy host"),
	T(SLOW_WINDOW, "slow-resolution-window", TIME, 10 * MIN, SEC, DAY,
	  "three in this time are no chance"),
	T(SLOW_LAST, "slow-resolution-last", COUNT, 20, 3, 64,
	  "three of so many are 15 % loss, however rare the questions"),
	T(PROBE_LOOP_FACTOR, "probe-loop-factor", COUNT, 2, 1, 100,
	  "one cycle in 20-50 s is normal for one-way UDP"),
	T(PROBE_LOOP_WINDOW, "probe-loop-window", TIME, 5 * MIN, MIN, DAY,
	  "15 cycles at the shortest timers: enough to count"),
	T(MOVE_SETTLE, "mac-move-settle", TIME, 60 * SEC, 0, DAY,
	  "the time in which a second owner would have claimed the address"),
	T(MOVE_CRIT, "mac-move-crit", TIME, 60 * SEC, 0, DAY,
	  "a gateway lost this soon was lost by the move"),
	T(MOVE_CLEAR, "mac-move-clear", TIME, 10 * MIN, SEC, DAY,
	  "a failover and its way back are one episode"),
	T(DUAL_WINDOW, "dual-active-window", TIME, 60 * SEC, SEC, DAY,
	  "restarting keepalived goes over and back within 5 s; two masters fight every second"),
	T(DUPLICATE_WINDOW, "duplicate-address-window", TIME,
	  24 * HOUR, SEC, 30 * DAY,
	  "PROBE asks only the MAC that was kept, so offers are rare"),
	T(DUPLICATE_MOVE, "duplicate-address-move", TIME, HOUR, SEC, DAY,
	  "an offer and a move between the same two: both are there"),
	T(LINK_FLAP_HALF_LIFE, "link-flap-half-life", TIME, 60 * SEC, SEC, DAY,
	  "a link that flapped 14.8 s apart has 1843 at the second loss"),
	T(LINK_FLAP_WARN, "link-flap-warn", PENALTY, 1500, 1000, 100000,
	  "two losses within 60 s"),
	T(LINK_FLAP_CRIT, "link-flap-crit", PENALTY, 2500, 1000, 100000,
	  "three losses within about 50 s"),
	T(LINK_FLAP_CLEAR, "link-flap-clear", PENALTY, 750, 1, 100000,
	  "half of what opens it"),
	T(LINK_FLAP_CEILING, "link-flap-ceiling", PENALTY,
	  12000, 1000, 1000000, "four half-lives from there to the end"),
	T(LINK_FLAP_HOURLY, "link-flap-hourly", COUNT, 3, 1, 16,
	  "one flap in 2 min all day peaks at 1333: decay alone would miss it"),
	T(LINK_FLAP_DAILY, "link-flap-daily", COUNT, 6, 1, 16,
	  "a link that is lost every few hours is ill too"),
	T(LINK_FLAP_QUIET, "link-flap-quiet", TIME, 10 * MIN, 0, DAY,
	  "decay alone would re-open at every flap 90 s apart"),
	T(LINK_FLAP_QUIET_DAILY, "link-flap-quiet-daily", TIME,
	  24 * HOUR, 0, 30 * DAY, "what was counted over a day clears after one"),
	T(LINK_FLAP_ADMIN, "link-flap-admin", TIME, 10 * SEC, 0, HOUR,
	  "drivers restart the link when MTU or ring sizes change"),
	T(RENEGOTIATED_HOLD, "link-renegotiated-hold", TIME, 10 * SEC, 0, HOUR,
	  "autonegotiation tries several speeds"),
	T(RENEGOTIATED_PAUSE, "link-renegotiated-pause", COUNT, 3, 1, 16,
	  "changes of flow control within 1 h: one may be the switch's upgrade"),
	T(LOST_WINDOW, "events-lost-window", TIME, 10 * MIN, SEC, DAY,
	  "as long as check looks back: a verdict on incomplete evidence says so"),
	T(TABLE_SAMPLES, "table-pressure-samples", COUNT, 2, 1, 100,
	  "a burst that one collection ends is none"),
	T(TABLE_APART, "table-pressure-apart", TIME, 5 * SEC, 0, HOUR,
	  "gc runs at most every 5 s"),
	T(STORM_SHARE, "arp-storm-share", PERCENT, 25, 1, 100,
	  "50/s of misses fill 15 % of a default table; a /24 scan is not a storm"),
	T(STORM_HOLD, "arp-storm-hold", TIME, 10 * SEC, 0, HOUR,
	  "a scan is over by then"),
	T(STORM_INFO, "arp-storm-info", TIME, HOUR, MIN, DAY,
	  "once is enough to know of a scanner"),
	T(STORM_QUIET, "arp-storm-quiet", TIME, 30 * SEC, 0, HOUR,
	  "after boot, carrier up and a namespace's birth everything is asked for"),
	T(NEIGHBOURS, "neighbours", COUNT, 16384, 64, 1000000,
	  "about 5 MB; gateways are kept beside, the longest unheard of is given up"),
	T(FINDINGS, "findings", COUNT, 256, 16, 4096,
	  "about 1 MB; more open at once are counted, not told"),
};

void nw_thresholds_default(struct nw_thresholds *t)
{
	size_t i;

	for (i = 0; i < NW_THRESHOLDS; i++)
		t->value[i] = nw_threshold_table[i].standard;
}

enum nw_threshold nw_threshold_by_name(const char *name)
{
	unsigned int i;

	for (i = 0; i < NW_THRESHOLDS; i++)
		if (!strcmp(nw_threshold_table[i].name, name))
			break;
	return (enum nw_threshold)i;
}

static int parse_count(const char *text, __u64 *value)
{
	char *end;

	if (*text < '0' || *text > '9')
		return -EINVAL;
	errno = 0;
	*value = strtoull(text, &end, 10);
	return errno || *end ? -EINVAL : 0;
}

static int parse_time(const char *text, __u64 *value)
{
	struct nw_when when = { 0 };
	char ignored[256];

	/* "0" needs no unit. */
	if (!parse_count(text, value) && !*value)
		return 0;
	if (nw_when_parse(text, 0, &when, ignored, sizeof(ignored)) ||
	    when.kind != NW_WHEN_AGO)
		return -EINVAL;
	*value = when.ns;
	return 0;
}

void nw_threshold_format(char *buf, size_t size,
			 const struct nw_threshold_info *info, __u64 value)
{
	static const struct {
		const char *name;
		__u64 ns;
	} units[] = {
		{ "d", DAY }, { "h", HOUR }, { "min", MIN }, { "s", SEC },
		{ "ms", NW_NSEC_PER_MSEC },
	};
	size_t i, len = 0;

	if (info->unit != NW_UNIT_TIME || !value) {
		snprintf(buf, size, "%llu", value);
		return;
	}
	buf[0] = '\0';
	for (i = 0; i < ARRAY_SIZE(units) && len < size; i++) {
		if (value >= units[i].ns)
			len += (size_t)snprintf(buf + len, size - len, "%llu%s",
						value / units[i].ns,
						units[i].name);
		value %= units[i].ns;
	}
}

static size_t least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* How many letters differ, as a person who mistypes would count. */
static size_t distance(const char *a, const char *b)
{
	size_t row[LONGEST_NAME + 1], i, j, diagonal, above;

	if (strlen(a) > LONGEST_NAME || strlen(b) > LONGEST_NAME)
		return LONGEST_NAME;
	for (j = 0; j <= LONGEST_NAME; j++)
		row[j] = j;
	for (i = 1; a[i - 1]; i++) {
		diagonal = row[0]++;
		for (j = 1; b[j - 1]; j++) {
			above = row[j];
			row[j] = least(diagonal + (a[i - 1] != b[j - 1]),
				       above + 1, row[j - 1] + 1);
			diagonal = above;
		}
	}
	return row[strlen(b)];
}

static int refuse_name(const char *name, char *err, size_t size)
{
	size_t i, d, best = NEAR + 1;
	const char *near = NULL;

	for (i = 0; i < NW_THRESHOLDS; i++) {
		d = distance(name, nw_threshold_table[i].name);
		if (d < best) {
			best = d;
			near = nw_threshold_table[i].name;
		}
	}
	if (near)
		snprintf(err, size, "there is no threshold '%.60s', but '%s'",
			 name, near);
	else
		snprintf(err, size,
			 "there is no threshold '%.60s': 'neighwatch config' lists them",
			 name);
	return -EINVAL;
}

static int refuse_range(const struct nw_threshold_info *info, const char *text,
			char *err, size_t size)
{
	char min[NW_THRESHOLD_TEXT], max[NW_THRESHOLD_TEXT];

	nw_threshold_format(min, sizeof(min), info, info->min);
	nw_threshold_format(max, sizeof(max), info, info->max);
	snprintf(err, size, "'%.60s' is out of range for %s: %s to %s", text,
		 info->name, min, max);
	return -EINVAL;
}

int nw_thresholds_set(struct nw_thresholds *t, const char *name,
		      const char *text, char *err, size_t size)
{
	enum nw_threshold which = nw_threshold_by_name(name);
	const struct nw_threshold_info *info = &nw_threshold_table[which];
	__u64 value = 0;
	int ret;

	if (which == NW_THRESHOLDS)
		return refuse_name(name, err, size);
	ret = info->unit == NW_UNIT_TIME ? parse_time(text, &value)
					 : parse_count(text, &value);
	if (ret) {
		snprintf(err, size, "'%.60s' is no %s for %s", text,
			 info->unit == NW_UNIT_TIME ? "time (write 30s, 10min)"
						    : "number", info->name);
		return ret;
	}
	if (value < info->min || value > info->max)
		return refuse_range(info, text, err, size);
	t->value[which] = value;
	return 0;
}

/* What clears must lie below what opens, and warn not above crit. */
static const struct {
	enum nw_threshold low;
	enum nw_threshold high;
	bool equal;
} order[] = {
	{ NW_T_GATEWAY_FLAP_CLEAR, NW_T_GATEWAY_FLAP_WARN, false },
	{ NW_T_GATEWAY_FLAP_WARN, NW_T_GATEWAY_FLAP_CRIT, true },
	{ NW_T_LINK_FLAP_CLEAR, NW_T_LINK_FLAP_WARN, false },
	{ NW_T_LINK_FLAP_WARN, NW_T_LINK_FLAP_CRIT, true },
};

int nw_thresholds_check(const struct nw_thresholds *t, enum nw_threshold *low,
			enum nw_threshold *high, char *err, size_t size)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(order); i++) {
		__u64 a = t->value[order[i].low], b = t->value[order[i].high];

		if (a < b || (a == b && order[i].equal))
			continue;
		*low = order[i].low;
		*high = order[i].high;
		snprintf(err, size, "%s (%llu) must %s %s (%llu): set both",
			 nw_threshold_table[*low].name, a,
			 order[i].equal ? "not be above" : "be below",
			 nw_threshold_table[*high].name, b);
		return -EINVAL;
	}
	return 0;
}
