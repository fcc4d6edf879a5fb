/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_SHOW_H
#define _NEIGHWATCH_SHOW_H

#include <linux/types.h>

struct nw_record;
struct seq_file;

void nw_show_time(struct seq_file *m, u64 ns);
void nw_show_seen(struct seq_file *m, u64 ns);
void nw_show_addr(struct seq_file *m, u8 family, const u8 *addr);
void nw_show_lladdr(struct seq_file *m, u8 len, const u8 *lladdr);
void nw_show_body(struct seq_file *m, const struct nw_record *r);

#endif /* _NEIGHWATCH_SHOW_H */
