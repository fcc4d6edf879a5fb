// SPDX-License-Identifier: GPL-2.0
/* Values and records in words, for debugfs. */
#include <linux/math64.h>
#include <linux/seq_file.h>
#include <net/neighbour.h>
#include "record.h"
#include "show.h"
#include "words.h"

void nw_show_time(struct seq_file *m, u64 ns)
{
	u32 rest = do_div(ns, NSEC_PER_SEC);

	seq_printf(m, "%llu.%09u", ns, rest);
}

void nw_show_seen(struct seq_file *m, u64 ns)
{
	if (ns)
		nw_show_time(m, ns);
	else
		seq_putc(m, '-');
}

void nw_show_addr(struct seq_file *m, u8 family, const u8 *addr)
{
	if (family == AF_INET)
		seq_printf(m, "%pI4", addr);
	else if (family == AF_INET6)
		seq_printf(m, "%pI6c", addr);
	else
		seq_putc(m, '-');
}

void nw_show_lladdr(struct seq_file *m, u8 len, const u8 *lladdr)
{
	if (len)
		seq_printf(m, "%*phC", len, lladdr);
	else
		seq_putc(m, '-');
}

/* What a record is about, by type: address, old, new, link-layer address. */
void nw_show_body(struct seq_file *m, const struct nw_record *r)
{
	switch (r->type) {
	case NW_TYPE_NEIGH:
		nw_show_addr(m, r->family, r->change.addr);
		seq_printf(m, " %s -> %s ", nw_word_nud(r->old),
			   nw_word_nud(r->new));
		nw_show_lladdr(m, r->ll_len, r->change.lladdr);
		break;
	case NW_TYPE_OFFER:
		nw_show_addr(m, r->family, r->offer.addr);
		seq_printf(m, " %s kept ", nw_word_nud(r->old));
		nw_show_lladdr(m, r->ll_len, r->offer.lladdr);
		seq_puts(m, " offered ");
		nw_show_lladdr(m, r->ll2_len, r->offer.offered);
		break;
	case NW_TYPE_CONFIRM:
		nw_show_addr(m, r->family, r->confirm.addr);
		seq_printf(m, " %s ", nw_word_nud(r->old));
		nw_show_lladdr(m, r->ll_len, r->confirm.lladdr);
		break;
	case NW_TYPE_CARRIER:
		seq_printf(m, "%s -> %s up_count %u down_count %u unstamped %u",
			   nw_word_carrier(r->old), nw_word_carrier(r->new),
			   r->edge.up_count, r->edge.down_count,
			   r->edge.unstamped);
		break;
	case NW_TYPE_LINK_MODE:
		seq_printf(m, "%s speed %u duplex %d autoneg %d pause %d/%d",
			   r->mode.driver, r->mode.speed, r->mode.duplex,
			   r->mode.autoneg, r->mode.pause_rx, r->mode.pause_tx);
		break;
	case NW_TYPE_LINK_ADMIN:
		seq_printf(m, "%s mtu %u", nw_word_admin(r->old), r->link.mtu);
		break;
	case NW_TYPE_ROUTE:
		seq_printf(m, "%s ", nw_word_change(r->old));
		nw_show_addr(m, r->family, r->route.dst);
		seq_printf(m, "/%u via ", r->route.dst_len);
		nw_show_addr(m, r->route.gateway_len == 4 ? AF_INET :
			  r->route.gateway_len ? AF_INET6 : AF_UNSPEC,
			  r->route.gateway);
		seq_printf(m, " table %u", r->route.table);
		break;
	case NW_TYPE_ADDRESS:
		seq_printf(m, "%s ", nw_word_change(r->old));
		nw_show_addr(m, r->family, r->address.addr);
		seq_printf(m, "/%u", r->address.prefix_len);
		break;
	case NW_TYPE_TABLE:
		seq_printf(m, "entries %u gc_entries %u fulls %llu",
			   r->table.entries, r->table.gc_entries,
			   r->table.fulls);
		break;
	case NW_TYPE_LOST:
		seq_printf(m, "%llu where %u", r->lost.count, r->old);
		break;
	default:
		seq_putc(m, '-');
	}
}
