// SPDX-License-Identifier: GPL-2.0
/*
 * /sys/kernel/debug/nw_oracle/stores: one line a store, `#` lines first.
 * /sys/kernel/debug/nw_oracle/sites: one line a probe.
 * Opening `stores` first notes every entry that lives (field `live`).
 */
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/random.h>
#include <linux/seq_file.h>
#include <linux/siphash.h>
#include <linux/timekeeping.h>

#include "oracle.h"

static struct dentry *dir;
static siphash_key_t secret;
static u64 armed;		/* when the last probe was in place */

static void show_time(struct seq_file *m, u64 ns)
{
	u32 rest;
	u64 sec = div_u64_rem(ns, NSEC_PER_SEC, &rest);

	seq_printf(m, "%llu.%09u", sec, rest);
}

static unsigned long sum_missed(void)
{
	unsigned long sum = 0;
	int i;

	for (i = 0; i < oracle_probe_count(); i++)
		sum += oracle_probe_get(i)->kp.nmissed;
	return sum;
}

static void show_header(struct seq_file *m)
{
	seq_puts(m, "# loaded ");
	show_time(m, armed);
	seq_puts(m, "\n# read ");
	show_time(m, ktime_get_ns());
	seq_printf(m, "\n# probes %d\n# nmissed %lu\n# overflow %u\n",
		   oracle_probe_count(), sum_missed(), oracle_record_overflow());
	seq_puts(m, "# mono cpu netns_cookie ifindex dev family addr neigh");
	seq_puts(m, " field old new nud_state dead site\n");
}

static const char *field_name(enum oracle_field field)
{
	static const char * const names[] = { "nud_state", "dead", "live" };

	return names[field];
}

static void show_key(struct seq_file *m, const struct oracle_record *r)
{
	if (r->family == AF_INET)
		seq_printf(m, "inet %pI4", r->key);
	else
		seq_printf(m, "inet6 %pI6c", r->key);
}

static void show_record(struct seq_file *m, const struct oracle_record *r)
{
	show_time(m, r->mono);
	seq_printf(m, " %u %llu %d %s ", r->cpu, r->cookie, r->ifindex,
		   r->dev[0] ? r->dev : "-");
	show_key(m, r);
	seq_printf(m, " %016llx %s 0x%02x 0x%02x 0x%02x %u %s\n",
		   siphash_1u64(r->neigh, &secret), field_name(r->field),
		   r->old, r->new, r->nud, r->dead,
		   r->site < 0 ? "-" : oracle_probe_get(r->site)->name);
}

static void *stores_start(struct seq_file *m, loff_t *pos)
{
	if (!*pos)
		return SEQ_START_TOKEN;
	return (void *)oracle_record_get(*pos - 1);
}

static void *stores_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return (void *)oracle_record_get(*pos - 1);
}

static void stores_stop(struct seq_file *m, void *v)
{
}

static int stores_show(struct seq_file *m, void *v)
{
	const struct oracle_record *r = v;

	if (v == SEQ_START_TOKEN)
		show_header(m);
	else if (smp_load_acquire(&r->ready))	/* pairs with oracle_record_add() */
		show_record(m, r);
	return 0;
}

static const struct seq_operations stores_ops = {
	.start = stores_start,
	.next = stores_next,
	.stop = stores_stop,
	.show = stores_show,
};

static int stores_open(struct inode *inode, struct file *file)
{
	oracle_record_live();
	return seq_open(file, &stores_ops);
}

static const struct file_operations stores_fops = {
	.owner = THIS_MODULE,
	.open = stores_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = seq_release,
};

static int sites_show(struct seq_file *m, void *v)
{
	const struct oracle_probe *p;
	int i;

	seq_puts(m, "# site field member hits foreign nmissed\n");
	for (i = 0; i < oracle_probe_count(); i++) {
		p = oracle_probe_get(i);
		seq_printf(m, "%s %s %u %d %d %lu\n", p->name, field_name(p->field),
			   p->member, atomic_read(&p->hits), atomic_read(&p->foreign),
			   p->kp.nmissed);
	}
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(sites);

void oracle_report_init(void)
{
	armed = ktime_get_ns();
	get_random_bytes(&secret, sizeof(secret));
	dir = debugfs_create_dir("nw_oracle", NULL);
	debugfs_create_file("stores", 0400, dir, NULL, &stores_fops);
	debugfs_create_file("sites", 0400, dir, NULL, &sites_fops);
}

void oracle_report_exit(void)
{
	debugfs_remove(dir);
}
