/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_DEBUGFS_H
#define _NEIGHWATCH_DEBUGFS_H

void nw_debugfs_init(void);
void nw_debugfs_fini(void);

#endif /* _NEIGHWATCH_DEBUGFS_H */
