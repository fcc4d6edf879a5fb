/* SPDX-License-Identifier: GPL-2.0 */
/* The phrases that several detectors say. */
#ifndef NW_WORDS_H
#define NW_WORDS_H

#include "detect.h"

#define NW_WORDS	128

/* "00:00:0c:9f:f0:30 (HSRPv2 group 48)" */
void nw_words_lladdr(char *buf, size_t size, const struct nw_lladdr *lladdr);
/* "ip (pid 4242, child of bash)"; "a program" when it was not told. */
void nw_words_who(char *buf, size_t size, const struct nw_who *who);
/* "41.2 s", "4 min 41 s"; for sentences, never "0 us" */
void nw_words_time(char *buf, size_t size, __u64 ns);
/* "ARP" or "ND" */
const char *nw_words_protocol(__u8 family);
const char *nw_words_cause(__u8 cause);

/**
 * nw_words_changes() - say what changed in a time
 * @d: engine
 * @f: gets a line for each change, four at most, or one that there was none
 * @net: namespace
 * @from: beginning, CLOCK_MONOTONIC
 * @to: end
 * @label: of the first line
 */
void nw_words_changes(const struct nw_detect *d, struct nw_finding *f,
		      const struct nw_wnet *net, __u64 from, __u64 to,
		      const char *label);

/* A command that shows what was recorded about @f's address or device. */
void nw_words_history(struct nw_finding *f);

#endif /* NW_WORDS_H */
