// SPDX-License-Identifier: GPL-2.0
/*
 * debugfs neighwatch/{events,neighbours,links,stats}: for looking, during
 * kernel debugging; one line each, a header, the vocabulary of the rest. All
 * namespaces, root only. Scripts read netlink.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/rculist.h>
#include <linux/rhashtable.h>
#include <linux/seq_file.h>
#include <net/neighbour.h>
#include "debugfs.h"
#include "link.h"
#include "main.h"
#include "netns.h"
#include "show.h"
#include "source.h"
#include "track.h"
#include "words.h"

static struct dentry *dir;

/**
 * struct events - where a reader of "events" stands
 * @ns: namespace, held, or NULL
 * @cookie: its cookie, or that of the last one
 * @seq: record to be shown next
 * @rec: that record
 */
struct events {
	struct nw_ns *ns;
	u64 cookie;
	u64 seq;
	struct nw_record rec;
};

/* Reads the record at ev->seq or after; moves on to the next namespace. */
static struct events *fetch(struct events *ev)
{
	u64 lost = 0, seq;

	for (;;) {
		if (!ev->ns) {
			ev->ns = nw_netns_next(ev->cookie);
			if (!ev->ns)
				return NULL;
			ev->cookie = ev->ns->cookie;
			ev->seq = 1;
		}
		seq = ev->seq;
		if (nw_ring_read(&ev->ns->ring, &seq, U64_MAX, &ev->rec, 1,
				 &lost)) {
			ev->seq = seq - 1;
			return ev;
		}
		nw_netns_put(ev->ns);
		ev->ns = NULL;
	}
}

static void *events_start(struct seq_file *m, loff_t *pos)
{
	struct events *ev = m->private;

	if (*pos)
		return fetch(ev);
	if (ev->ns)
		nw_netns_put(ev->ns);
	ev->ns = NULL;
	ev->cookie = 0;
	return SEQ_START_TOKEN;
}

static void *events_next(struct seq_file *m, void *v, loff_t *pos)
{
	struct events *ev = m->private;

	++*pos;
	if (v != SEQ_START_TOKEN)
		ev->seq++;
	return fetch(ev);
}

static void events_stop(struct seq_file *m, void *v)
{
}

static int events_show(struct seq_file *m, void *v)
{
	struct events *ev = m->private;

	if (v == SEQ_START_TOKEN) {
		seq_puts(m, "netns seq mono cpu dev event cause detail\n");
		return 0;
	}
	seq_printf(m, "%llu %llu ", ev->cookie, ev->seq);
	nw_show_time(m, ev->rec.mono);
	seq_printf(m, " %u %s %s %s ", ev->rec.cpu,
		   ev->rec.dev[0] ? ev->rec.dev : "-",
		   nw_word_type(ev->rec.type), nw_word_cause(ev->rec.cause));
	nw_show_body(m, &ev->rec);
	seq_putc(m, '\n');
	return 0;
}

static const struct seq_operations events_sops = {
	.start = events_start,
	.next = events_next,
	.stop = events_stop,
	.show = events_show,
};

static int events_open(struct inode *inode, struct file *file)
{
	return seq_open_private(file, &events_sops, sizeof(struct events));
}

static int events_release(struct inode *inode, struct file *file)
{
	struct events *ev = ((struct seq_file *)file->private_data)->private;

	if (ev->ns)
		nw_netns_put(ev->ns);
	return seq_release_private(inode, file);
}

static const struct file_operations events_fops = {
	.owner = THIS_MODULE,
	.open = events_open,
	.read = seq_read,
	.release = events_release,
};

struct neighs {
	struct nw_track_walk walk;
	u32 restarts;
};

static void *neighs_start(struct seq_file *m, loff_t *pos)
{
	struct neighs *it = m->private;

	nw_track_walk_start(&it->walk, &it->restarts);
	if (!*pos)
		return SEQ_START_TOKEN;
	return nw_track_walk_peek(&it->walk, &it->restarts);
}

static void *neighs_next(struct seq_file *m, void *v, loff_t *pos)
{
	struct neighs *it = m->private;

	++*pos;
	return nw_track_walk_next(&it->walk, &it->restarts);
}

static void neighs_stop(struct seq_file *m, void *v)
{
	struct neighs *it = m->private;

	nw_track_walk_stop(&it->walk);
}

static int neighs_show(struct seq_file *m, void *v)
{
	struct nw_neigh *t = v;

	if (v == SEQ_START_TOKEN) {
		seq_puts(m, "netns dev addr state lladdr since arp_proof upper_proof transitions failures moves offers gateway\n");
		return 0;
	}
	spin_lock_bh(&t->lock);
	seq_printf(m, "%llu %s ", t->key.ns->cookie, t->dev);
	nw_show_addr(m, t->key.family, t->key.addr);
	seq_printf(m, " %s ", nw_word_nud(t->state));
	nw_show_lladdr(m, t->ll.len[NW_LLADDR_NOW],
		       nw_lladdr_get(&t->ll, NW_LLADDR_NOW));
	seq_putc(m, ' ');
	nw_show_seen(m, nw_track_since(t));
	seq_putc(m, ' ');
	nw_show_seen(m, t->arp_proof);
	seq_putc(m, ' ');
	nw_show_seen(m, t->upper_proof);
	seq_printf(m, " %u %u %u %u %s\n", t->story.steps, t->failures,
		   t->moves, t->offers, t->gateway ? "yes" : "no");
	spin_unlock_bh(&t->lock);
	return 0;
}

static const struct seq_operations neighs_sops = {
	.start = neighs_start,
	.next = neighs_next,
	.stop = neighs_stop,
	.show = neighs_show,
};

static int neighs_open(struct inode *inode, struct file *file)
{
	struct neighs *it = __seq_open_private(file, &neighs_sops, sizeof(*it));

	if (!it)
		return -ENOMEM;
	nw_track_walk_enter(&it->walk);
	return 0;
}

static int neighs_release(struct inode *inode, struct file *file)
{
	struct neighs *it = ((struct seq_file *)file->private_data)->private;

	nw_track_walk_exit(&it->walk);
	return seq_release_private(inode, file);
}

static const struct file_operations neighs_fops = {
	.owner = THIS_MODULE,
	.open = neighs_open,
	.read = seq_read,
	.release = neighs_release,
};

static void show_link(struct seq_file *m, struct nw_link *l)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&l->lock, flags);
	seq_printf(m, "%llu %s %d %s ", l->ns->cookie, l->dev_name, l->ifindex,
		   nw_word_carrier(l->carrier));
	nw_show_seen(m, l->since);
	seq_printf(m, " %u %u %u %u %u\n", l->up_seen, l->down_seen, l->edges,
		   l->unstamped + l->unstamped_new, l->losses);
	raw_spin_unlock_irqrestore(&l->lock, flags);
}

static int links_show(struct seq_file *m, void *v)
{
	struct nw_link *l;
	struct nw_ns *ns;
	u64 cookie = 0;

	seq_puts(m, "netns dev ifindex carrier since up_count down_count edges unstamped losses\n");
	while ((ns = nw_netns_next(cookie))) {
		cookie = ns->cookie;
		rcu_read_lock();
		list_for_each_entry_rcu(l, &ns->links, node)
			show_link(m, l);
		rcu_read_unlock();
		nw_netns_put(ns);
	}
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(links);

static void show_ns(struct seq_file *m, struct nw_ns *ns)
{
	struct nw_ring_mark mark = nw_ring_mark(&ns->ring);
	int i;

	seq_printf(m, "%llu %u %s %u %llu %llu %u %u %u %u", ns->cookie,
		   ns->ino, ns->dead ? "gone" : "alive", mark.size, mark.tail,
		   mark.head, ns->neigh_count, ns->link_count, ns->route_count,
		   ns->hop_count);
	for (i = 1; i < __NW_COUNT_MAX; i++)
		seq_printf(m, " %llu", (u64)atomic64_read(&ns->count[i]));
	seq_putc(m, '\n');
}

static int stats_show(struct seq_file *m, void *v)
{
	u64 cookie = 0, missed;
	struct nw_ns *ns;
	int i;

	seq_puts(m, "source state missed\n");
	for (i = 0; i < __NW_SOURCE_MAX; i++) {
		seq_printf(m, "%s %s ", nw_source_name(i),
			   nw_word_source(nw_source_state(i)));
		if (nw_source_missed(i, &missed))
			seq_printf(m, "%llu\n", missed);
		else
			seq_puts(m, "-\n");
	}
	seq_puts(m, "\nnetns ino life ring_size oldest_seq next_seq neighs links routes nexthops");
	for (i = 1; i < __NW_COUNT_MAX; i++)
		seq_printf(m, " %s", nw_word_count(i));
	seq_putc(m, '\n');
	while ((ns = nw_netns_next(cookie))) {
		cookie = ns->cookie;
		show_ns(m, ns);
		nw_netns_put(ns);
	}
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(stats);

static const struct {
	const char *name;
	const struct file_operations *fops;
} files[] = {
	{ "events", &events_fops },
	{ "neighbours", &neighs_fops },
	{ "links", &links_fops },
	{ "stats", &stats_fops },
};

/**
 * nw_debugfs_init() - make the files, all or none
 *
 * debugfs may be absent: nothing depends on it.
 */
void nw_debugfs_init(void)
{
	struct dentry *file;
	unsigned int i;

	dir = debugfs_create_dir("neighwatch", NULL);
	for (i = 0; i < ARRAY_SIZE(files); i++) {
		file = debugfs_create_file(files[i].name, 0400, dir, NULL,
					   files[i].fops);
		if (!IS_ERR(file) || PTR_ERR(file) == -ENODEV)
			continue;
		pr_warn("no files below debugfs: error %ld\n", PTR_ERR(file));
		nw_debugfs_fini();
		return;
	}
}

void nw_debugfs_fini(void)
{
	debugfs_remove_recursive(dir);
	dir = NULL;
}
