/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_CAUSE_H
#define _NEIGHWATCH_CAUSE_H

#include <linux/types.h>

u8 nw_cause_natural(u8 old, u8 new);

#endif /* _NEIGHWATCH_CAUSE_H */
