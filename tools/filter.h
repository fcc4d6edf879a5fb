/* SPDX-License-Identifier: GPL-2.0 */
/* The filter words, the same in every command. */
#ifndef NW_FILTER_H
#define NW_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "clock.h"
#include "event.h"
#include "finding.h"
#include "object.h"

/**
 * struct nw_filter - what is wanted; zero wants everything
 * @dev: device name, as it was when the record was made
 * @addr: address, or network of @prefix_len bits
 * @types: mask of 1 << enum nw_type
 * @state: by NUD_* value; a transition matches by either end
 * @nr_states: how many of @state are set
 * @family: AF_INET, AF_INET6, or 0
 * @since: not before
 * @until: not after
 */
struct nw_filter {
	char dev[NW_NAME_LEN];
	struct nw_addr addr;
	__u8 prefix_len;
	__u8 family;
	__u32 types;
	unsigned int nr_states;
	bool state[256];
	struct nw_when since;
	struct nw_when until;
};

/**
 * nw_filter_parse() - parse "dev NAME", "state NUD", "event TYPE", ADDR[/LEN]
 * @f: added to
 * @argc: number of words
 * @argv: words
 * @err: which word was refused, and why
 * @size: of @err
 *
 * Return: 0 or -EINVAL.
 */
int nw_filter_parse(struct nw_filter *f, int argc, char *const argv[],
		    char *err, size_t size);

/* Parse ADDR[/LEN]; bits beyond LEN are cleared. */
int nw_filter_parse_addr(struct nw_filter *f, const char *word, char *err,
			 size_t size);

/* Does it narrow anything but time and family? */
bool nw_filter_is_given(const struct nw_filter *f);
/* Is @addr one whole address? */
bool nw_filter_is_host(const struct nw_filter *f);

/* A loss is always wanted, whatever was asked for: it may have been that. */
bool nw_filter_event(const struct nw_filter *f, const struct nw_event *ev);
/* By device, address, family and time; other words are about events. */
bool nw_filter_finding(const struct nw_filter *f,
		       const struct nw_finding *finding);
bool nw_filter_neigh(const struct nw_filter *f, const struct nw_neigh *n);
bool nw_filter_link(const struct nw_filter *f, const struct nw_link *l);
bool nw_filter_nexthop(const struct nw_filter *f, const struct nw_nexthop *h);

/* What monitor shows when nothing was asked for. */
bool nw_filter_matters(const struct nw_event *ev);

#endif /* NW_FILTER_H */
