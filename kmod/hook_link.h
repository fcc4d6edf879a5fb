/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_HOOK_LINK_H
#define _NEIGHWATCH_HOOK_LINK_H

void nw_hook_link_init(void);
void nw_hook_link_fini(void);

#endif /* _NEIGHWATCH_HOOK_LINK_H */
