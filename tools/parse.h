/* SPDX-License-Identifier: GPL-2.0 */
/* From text back to values: what format.h writes, and nothing else. */
#ifndef NW_PARSE_H
#define NW_PARSE_H

#include <stdbool.h>

#include "event.h"
#include "fields.h"

/* Digits alone, at most @max. */
bool nw_parse_number(const char *text, __u64 max, __u64 *value);
bool nw_parse_hex(const char *text, __u64 *value);
/* "123456.789012345": ns; up to nine digits behind the point. */
bool nw_parse_seconds(const char *text, __u64 *ns);
/* RFC 3339 with its zone: ns since 1970. */
bool nw_parse_rfc3339(const char *text, __u64 *real);
bool nw_parse_addr(const char *text, struct nw_addr *addr);
/* "10.9.0.0/16" */
bool nw_parse_prefix(const char *text, struct nw_addr *addr, __u8 *len);
bool nw_parse_lladdr(const char *text, struct nw_lladdr *lladdr);
/* A name, or the number of one without a name. */
bool nw_parse_enum(const char *text, const struct nw_names *names,
		   __u8 *value);
bool nw_parse_nud(const char *text, __u8 *nud);

#endif /* NW_PARSE_H */
