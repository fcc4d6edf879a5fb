/* SPDX-License-Identifier: GPL-2.0 */
/* Values as text. Every function ends its buffer with a 0. */
#ifndef NW_FORMAT_H
#define NW_FORMAT_H

#include "event.h"
#include "fields.h"

#define NW_ADDR_TEXT	64
#define NW_LLADDR_TEXT	(3 * NW_LLADDR_MAX)
#define NW_VALUE_TEXT	256

/* "412.1 ms", "41.204 s", "6 d 13 h"; @precise: all nine digits. */
void nw_format_duration(char *buf, size_t size, __u64 ns, bool precise);
void nw_format_seconds(char *buf, size_t size, __u64 ns);
/* RFC 3339, UTC, nine digits. */
void nw_format_rfc3339(char *buf, size_t size, __u64 real);
void nw_format_addr(char *buf, size_t size, const struct nw_addr *addr);
void nw_format_lladdr(char *buf, size_t size, const struct nw_lladdr *lladdr);
/* "REACHABLE"; "absent"; a number when this reader does not know it. */
void nw_format_nud(char *buf, size_t size, __u8 nud);
void nw_format_enum(char *buf, size_t size, const struct nw_names *names,
		    __u32 value);
/* What a terminal could take for more than a letter becomes \xNN. */
void nw_format_name(char *buf, size_t size, const char *name);
/* The same for sentences that quote names: blanks, and what is in @keep, stay. */
void nw_format_text(char *buf, size_t size, const char *text,
		    const char *keep);
/* The field @f of @obj. */
void nw_format_field(char *buf, size_t size, const struct nw_field *f,
		     const void *obj, bool precise);

/* NULL when this reader does not know it. */
const char *nw_nud_name(__u8 nud);
/* -1 when @name is no state; upper and lower case are the same. */
int nw_nud_by_name(const char *name);
/* Usable: packets flow (NUD_VALID). */
bool nw_nud_usable(__u8 nud);

#endif /* NW_FORMAT_H */
