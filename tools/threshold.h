/* SPDX-License-Identifier: GPL-2.0 */
/* Every number a detector decides by, in one table, with the reason. */
#ifndef NW_THRESHOLD_H
#define NW_THRESHOLD_H

#include <stddef.h>
#include <linux/types.h>

enum nw_threshold {
	NW_T_STUCK_WARN_EXTRA,
	NW_T_STUCK_CRIT_ROUNDS,
	NW_T_STUCK_ROUNDS,
	NW_T_STUCK_ROUNDS_WINDOW,
	NW_T_STUCK_CARRIER_WAIT,
	NW_T_STUCK_FORWARD_DELAYS,
	NW_T_STUCK_CARRIER_CRIT,
	NW_T_STUCK_BEFORE,
	NW_T_LOST_WAIT,
	NW_T_LOST_RESTART,
	NW_T_GATEWAY_FLAP_HALF_LIFE,
	NW_T_GATEWAY_FLAP_WARN,
	NW_T_GATEWAY_FLAP_CRIT,
	NW_T_GATEWAY_FLAP_CLEAR,
	NW_T_GATEWAY_FLAP_HOURLY,
	NW_T_GATEWAY_FLAP_QUIET,
	NW_T_UNCONFIRMED_WAIT,
	NW_T_UNCONFIRMED_ANNOUNCE,
	NW_T_SLOW_REQUESTS,
	NW_T_SLOW_WARN,
	NW_T_SLOW_WINDOW,
	NW_T_SLOW_LAST,
	NW_T_PROBE_LOOP_FACTOR,
	NW_T_PROBE_LOOP_WINDOW,
	NW_T_MOVE_SETTLE,
	NW_T_MOVE_CRIT,
	NW_T_MOVE_CLEAR,
	NW_T_DUAL_WINDOW,
	NW_T_DUPLICATE_WINDOW,
	NW_T_DUPLICATE_MOVE,
	NW_T_LINK_FLAP_HALF_LIFE,
	NW_T_LINK_FLAP_WARN,
	NW_T_LINK_FLAP_CRIT,
	NW_T_LINK_FLAP_CLEAR,
	NW_T_LINK_FLAP_CEILING,
	NW_T_LINK_FLAP_HOURLY,
	NW_T_LINK_FLAP_DAILY,
	NW_T_LINK_FLAP_QUIET,
	NW_T_LINK_FLAP_QUIET_DAILY,
	NW_T_LINK_FLAP_ADMIN,
	NW_T_RENEGOTIATED_HOLD,
	NW_T_RENEGOTIATED_PAUSE,
	NW_T_LOST_WINDOW,
	NW_T_TABLE_SAMPLES,
	NW_T_TABLE_APART,
	NW_T_STORM_SHARE,
	NW_T_STORM_HOLD,
	NW_T_STORM_INFO,
	NW_T_STORM_QUIET,
	NW_T_NEIGHBOURS,
	NW_T_FINDINGS,
	NW_THRESHOLDS,
};

enum nw_unit {
	NW_UNIT_TIME,		/* ns; written as "5s", "10min" */
	NW_UNIT_COUNT,
	NW_UNIT_PENALTY,
	NW_UNIT_PERCENT,
};

struct nw_threshold_info {
	const char *name;
	enum nw_unit unit;
	__u64 standard;
	__u64 min;
	__u64 max;
	const char *reason;
};

struct nw_thresholds {
	__u64 value[NW_THRESHOLDS];
};

extern const struct nw_threshold_info nw_threshold_table[NW_THRESHOLDS];

void nw_thresholds_default(struct nw_thresholds *t);

/* %NW_THRESHOLDS when there is none of that name. */
enum nw_threshold nw_threshold_by_name(const char *name);

#define NW_THRESHOLD_TEXT	32

/* As nw_thresholds_set() takes it: "1500", "1h30min". */
void nw_threshold_format(char *buf, size_t size,
			 const struct nw_threshold_info *info, __u64 value);

/**
 * nw_thresholds_set() - set one as a person wrote it
 * @t: the values
 * @name: such as "gateway-flap-half-life"
 * @text: a number; of times with its unit, "300s", "1h30min"
 * @err: which word was refused, and why
 * @size: of @err
 *
 * Return: 0 or -EINVAL.
 */
int nw_thresholds_set(struct nw_thresholds *t, const char *name,
		      const char *text, char *err, size_t size);

/**
 * nw_thresholds_check() - do they go together?
 * @t: the values
 * @low: one of two that do not
 * @high: the other one
 * @err: which, and why
 * @size: of @err
 *
 * Return: 0 or -EINVAL.
 */
int nw_thresholds_check(const struct nw_thresholds *t, enum nw_threshold *low,
			enum nw_threshold *high, char *err, size_t size);

#endif /* NW_THRESHOLD_H */
