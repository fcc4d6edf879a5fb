/* SPDX-License-Identifier: GPL-2.0 */
/* The gateways and links that check was asked about, with their losses. */
#ifndef NW_CHECK_ROWS_H
#define NW_CHECK_ROWS_H

#include "check.h"
#include "detect.h"
#include "gateway.h"
#include "links.h"

/**
 * struct nw_check_rows - what was found of what was asked about
 * @ask: what was asked
 * @config: which devices are ignored
 * @gateways: all there are; they may be read anew before each beginning
 * @links: likewise
 * @now: CLOCK_MONOTONIC
 * @gateway: those asked about, &nr_gateways of them
 * @link: likewise
 * @lost: records lost inside the window
 * @err: -ENOMEM when some could not be kept
 */
struct nw_check_rows {
	const struct nw_check_ask *ask;
	const struct nw_detect_config *config;
	const struct nw_gateways *gateways;
	const struct nw_links *links;
	__u64 now;
	struct nw_check_gateway *gateway;
	size_t nr_gateways;
	struct nw_check_link *link;
	size_t nr_links;
	__u64 lost;
	int err;
};

/* For a verdict's tap; @arg is a struct nw_check_rows. */
void nw_check_rows_begin(void *arg, __u64 oldest);
void nw_check_rows_count(void *arg, const struct nw_event *ev);

void nw_check_rows_free(struct nw_check_rows *r);

#endif /* NW_CHECK_ROWS_H */
