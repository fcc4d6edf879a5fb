// SPDX-License-Identifier: GPL-2.0
/* One array, made at load, filled without a lock, never overwritten. */
#include <linux/atomic.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/smp.h>
#include <linux/timekeeping.h>
#include <linux/vmalloc.h>
#include <net/arp.h>
#include <net/ndisc.h>
#include <net/neighbour.h>
#include <net/net_namespace.h>

#include "oracle.h"

static unsigned int capacity = 65536;
module_param(capacity, uint, 0400);
MODULE_PARM_DESC(capacity, "stores kept; later ones are counted only");

static struct oracle_record *records;
static atomic_t used;

int oracle_record_init(void)
{
	if (!capacity || capacity > 4 * 1024 * 1024)
		return -EINVAL;
	records = vzalloc(array_size(capacity, sizeof(*records)));
	if (!records)
		return -ENOMEM;
	return 0;
}

void oracle_record_exit(void)
{
	vfree(records);
}

unsigned int oracle_record_overflow(void)
{
	unsigned int n = atomic_read(&used);

	return n > capacity ? n - capacity : 0;
}

/* NULL past the end. */
const struct oracle_record *oracle_record_get(loff_t i)
{
	if (i >= capacity || i >= (unsigned int)atomic_read(&used))
		return NULL;
	return &records[i];
}

/* An entry that was just allocated has no device yet, and no address. */
static void fill_device(struct oracle_record *r, const struct net_device *dev)
{
	if (!dev)
		return;
	r->cookie = dev_net(dev)->net_cookie;
	r->ifindex = dev->ifindex;
	memcpy(r->dev, dev->name, sizeof(r->dev));
}

/*
 * Context: any, interrupts off, with whatever lock the store was made under;
 * takes none. Entries of one neighbour stand in the order of its stores.
 */
void oracle_record_add(u64 mono, const struct neighbour *n, enum oracle_field field,
		       u8 old, u8 new, int site)
{
	unsigned int i = atomic_inc_return(&used) - 1;
	struct oracle_record *r;

	if (i >= capacity)
		return;
	r = &records[i];
	r->mono = mono;
	r->neigh = (unsigned long)n;
	r->family = n->tbl->family;
	r->cpu = raw_smp_processor_id();
	r->site = site;
	r->field = field;
	r->old = old;
	r->new = new;
	r->nud = n->nud_state;
	r->dead = n->dead;
	memcpy(r->key, n->primary_key, min_t(size_t, n->tbl->key_len, sizeof(r->key)));
	fill_device(r, n->dev);
	/* pairs with the reader in stores_show(): the line is whole */
	smp_store_release(&r->ready, true);
}

static void add_live(struct neighbour *n, void *cookie)
{
	read_lock_bh(&n->lock);
	oracle_record_add(ktime_get_ns(), n, ORACLE_LIVE, n->nud_state, n->nud_state, -1);
	read_unlock_bh(&n->lock);
}

/*
 * Notes every entry as it stands: if some instruction that is not on the list
 * had stored a state last, it shows here. Context: task, may not hold a
 * neighbour table's lock.
 */
void oracle_record_live(void)
{
	neigh_for_each(&arp_tbl, add_live, NULL);
	neigh_for_each(&nd_tbl, add_live, NULL);
}
