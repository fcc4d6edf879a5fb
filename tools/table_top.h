/* SPDX-License-Identifier: GPL-2.0 */
/* Who fills a neighbour table, as far as the stream told. */
#ifndef NW_TABLE_TOP_H
#define NW_TABLE_TOP_H

#include "detect.h"

/* A line of evidence for each of the devices with the most entries. */
void nw_table_top(const struct nw_detect *d, __u8 family,
		  struct nw_finding *f);

#endif /* NW_TABLE_TOP_H */
