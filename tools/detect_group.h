/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Equal findings in several namespaces, told as one; for detect_finding.c only.
 *
 * The first that opens leads: it alone is in the engine's list and is told. An
 * equal one of another namespace joins it when it would have opened. Evidence,
 * beginning and origin are the first's. The words are those of the oldest that
 * lasts, which is the first until its own part is over.
 */
#ifndef NW_DETECT_GROUP_H
#define NW_DETECT_GROUP_H

#include "detect.h"

/* The open one that @f, which was not told as yet, has to join, or NULL. */
struct nw_finding *nw_group_find(const struct nw_detect *d,
				 const struct nw_finding *f);
void nw_group_join(struct nw_finding *first, struct nw_finding *f);

/*
 * @f's part is over: it no longer counts. Return: whether the first's is not,
 * or another's.
 */
bool nw_group_leave(struct nw_finding *f);

/* Where the first's part is over: take the words of the oldest that lasts. */
void nw_group_renew(struct nw_finding *first);

/* The highest severity of those that last. */
enum nw_severity nw_group_severity(const struct nw_finding *first);

#endif /* NW_DETECT_GROUP_H */
