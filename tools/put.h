/* SPDX-License-Identifier: GPL-2.0 */
/* Values as text, behind what is there already; format.h has them alone. */
#ifndef NW_PUT_H
#define NW_PUT_H

#include "event.h"
#include "fields.h"
#include "text.h"

void nw_put_duration(struct nw_text *t, __u64 ns, bool precise);
void nw_put_seconds(struct nw_text *t, __u64 ns);
void nw_put_rfc3339(struct nw_text *t, __u64 real);
void nw_put_addr(struct nw_text *t, const struct nw_addr *addr);
void nw_put_lladdr(struct nw_text *t, const struct nw_lladdr *lladdr);
void nw_put_nud(struct nw_text *t, __u8 nud);
void nw_put_enum(struct nw_text *t, const struct nw_names *names, __u32 value);
void nw_put_name(struct nw_text *t, const char *name);
/* The field @f of @obj. */
void nw_put_field(struct nw_text *t, const struct nw_field *f, const void *obj,
		  bool precise);

#endif /* NW_PUT_H */
