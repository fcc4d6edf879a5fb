/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_PARAMS_H
#define _NEIGHWATCH_PARAMS_H

struct neighbour;

void nw_params_tell(const struct neighbour *n);

#endif /* _NEIGHWATCH_PARAMS_H */
