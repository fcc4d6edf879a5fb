/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_TABLE_H
#define _NEIGHWATCH_TABLE_H

void nw_table_init(void);
void nw_table_fini(void);

#endif /* _NEIGHWATCH_TABLE_H */
