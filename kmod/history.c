// SPDX-License-Identifier: GPL-2.0
/* The dump of records: those there were when it came to their namespace. */
#include <linux/sched.h>
#include <net/genetlink.h>
#include "dump.h"
#include "fill.h"

/* The records that exist now are what this dump is about. */
static void open_history(struct nw_dump *d)
{
	struct nw_ring_mark mark = nw_ring_mark(&d->ns->ring);

	d->until = mark.head;
	d->seq = d->filter.since_seq ?: mark.tail;
	d->lost = 0;
	d->count = 0;
	d->next = 0;
}

/* The next record asked for. Return: NULL at the end of the namespace. */
static const struct nw_record *next_record(struct nw_dump *d)
{
	for (;;) {
		if (d->next == d->count) {
			d->next = 0;
			d->count = nw_ring_read(&d->ns->ring, &d->seq,
						d->until, d->buf,
						NW_RING_BATCH, &d->lost);
			if (!d->count)
				return NULL;
			cond_resched();
		}
		if (nw_filter_record(&d->filter, &d->buf[d->next]))
			return &d->buf[d->next];
		d->next++;
	}
}

/* A message tells losses once, and before its records. */
static int put_lost(struct sk_buff *skb, struct nw_dump *d, u32 put)
{
	if (!d->lost)
		return 0;
	if (put || d->told || nw_fill_lost(skb, d->lost))
		return -EMSGSIZE;
	d->told = d->lost;
	d->lost = 0;
	return 0;
}

/* Return: true at the end of the namespace, false when there is no room. */
static bool put_records(struct sk_buff *skb, struct nw_dump *d, u32 *put)
{
	const struct nw_record *rec;
	u64 first;

	while ((rec = next_record(d))) {
		first = d->seq - d->count;
		if (put_lost(skb, d, *put) ||
		    nw_fill_record(skb, rec, first + d->next, d->who))
			return false;
		d->next++;
		(*put)++;
	}
	return !put_lost(skb, d, *put);
}

/* One message. Return: 1 at the end of the namespace, 0, or -EMSGSIZE. */
static int put_history(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nw_dump *d = nw_dump_of(cb);
	unsigned int used = skb->len;
	u32 put = 0;
	void *hdr;
	bool all;

	hdr = nw_dump_begin(skb, cb, d->ns, NW_CMD_HISTORY_GET);
	if (!hdr)
		return used ? 0 : -EMSGSIZE;
	d->told = 0;
	all = put_records(skb, d, &put);
	if (!put && !all) {
		genlmsg_cancel(skb, hdr);
		d->lost += d->told;
		return used ? 0 : -EMSGSIZE;
	}
	d->opened = true;
	genlmsg_end(skb, hdr);
	return all;
}

int nw_dump_history(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nw_dump *d = nw_dump_of(cb);
	int ret = nw_dump_parse(cb);

	if (ret)
		return ret;
	while (nw_dump_ns(d)) {
		if (!d->opened)
			open_history(d);
		ret = put_history(skb, cb);
		if (ret < 0)
			return ret;
		if (!ret)
			break;
		nw_dump_leave(d);
	}
	return skb->len;
}
