/* SPDX-License-Identifier: GPL-2.0 */
/* Events in which every field has a value of its own. */
#ifndef NW_FILLED_H
#define NW_FILLED_H

#include "event.h"
#include "fields.h"

/* A value that no other field of its kind has, the same for the same @salt. */
void nw_filled_field(const struct nw_field *f, char *obj, __u8 salt);
void nw_filled_event(struct nw_event *ev, __u8 type);

#endif /* NW_FILLED_H */
