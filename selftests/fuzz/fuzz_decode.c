// SPDX-License-Identifier: GPL-2.0
/* A message: decoded, shown as text and JSON, and read back from JSON. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/genetlink.h>
#include <linux/netlink.h>

#include "decode.h"
#include "fuzz.h"
#include "jsonl_event.h"
#include "out_object.h"

#define NOW	1795176000000000000ULL

static struct nw_out out;
static struct nw_entry entry;

/* The page with what a format wrote. */
static void page_for(struct nw_fuzz_page *p, const struct nw_out_ops *ops)
{
	nw_fuzz_page_open(p);
	memset(&out, 0, sizeof(out));
	out.ops = ops;
	out.file = p->file;
	out.start.mono = NOW / 1000;
	out.start.real = NOW;
	ops->begin(&out, NULL);
}

static void write_event(struct nw_fuzz_page *p, const struct nw_out_ops *ops,
			const struct nw_event *ev)
{
	page_for(p, ops);
	ops->event(&out, ev);
	nw_fuzz_page_read(p);
	nw_fuzz_must_be_text("an event", p->text, p->len);
}

static int take_object(void *arg, struct nw_flat *flat)
{
	struct nw_jsonl_counts counts = { 0 };
	char *why = arg;

	return nw_jsonl_event(flat, &entry, &counts, why, 200);
}

static void read_back(const struct nw_fuzz_page *p)
{
	static struct nw_jsonl reader;
	char why[200] = "";

	nw_fuzz_must(!nw_jsonl_open(&reader, take_object, why), "no memory");
	nw_fuzz_must(!nw_jsonl_feed(&reader, p->text, p->len) &&
		     !nw_jsonl_end(&reader), "%s%s in\n%s", reader.why, why,
		     p->text);
	nw_jsonl_close(&reader);
}

/* What is no UTF-8 cannot be told in JSON; U+FFFD stands for it. */
static void round_trip(const struct nw_event *ev)
{
	struct nw_fuzz_page once, twice;

	write_event(&once, &nw_out_json, ev);
	if (once.len) {
		read_back(&once);
		write_event(&twice, &nw_out_json, &entry.ev);
		nw_fuzz_must(strstr(once.text, "\\ufffd") ||
			     !strcmp(once.text, twice.text),
			     "wrote\n%sand then\n%s", once.text, twice.text);
		nw_fuzz_page_close(&twice);
	}
	nw_fuzz_page_close(&once);
}

static void show_event(const struct nw_event *ev)
{
	struct nw_fuzz_page p;

	write_event(&p, &nw_out_text, ev);
	nw_fuzz_must_fit(p.text);
	nw_fuzz_page_close(&p);
	round_trip(ev);
}

static void show_json(const struct nw_origin *origin,
		      const struct nw_desc *desc, const void *obj)
{
	struct nw_fuzz_page p;

	page_for(&p, &nw_out_json);
	nw_out_json_object(&out, origin, desc, obj);
	nw_fuzz_page_read(&p);
	nw_fuzz_must_be_text("an object", p.text, p.len);
	nw_fuzz_must_be_sane(p.text, p.len);
	nw_fuzz_page_close(&p);
}

static void show_kept(const struct nw_step *step, __u32 nr_steps,
		      const struct nw_outage *outage, __u32 nr_outages,
		      bool carrier)
{
	struct nw_fuzz_page p;

	page_for(&p, &nw_out_text);
	nw_out_steps(&out, step, nr_steps, carrier);
	if (outage)
		nw_out_outages(&out, outage, nr_outages);
	nw_fuzz_page_read(&p);
	nw_fuzz_must_be_text("what was kept", p.text, p.len);
	nw_fuzz_must_fit(p.text);
	nw_fuzz_page_close(&p);
}

static void show_stats(const struct nw_stats *stats)
{
	struct nw_fuzz_page p;

	show_json(&stats->origin, &nw_desc_stats, stats);
	nw_fuzz_page_open(&p);
	memset(&out, 0, sizeof(out));
	out.file = p.file;
	out.start.real = NOW;
	nw_out_text.begin(&out, stats);
	nw_fuzz_page_read(&p);
	nw_fuzz_must_be_text("the heading", p.text, p.len);
	nw_fuzz_must_fit(p.text);
	nw_fuzz_page_close(&p);
}

static int take_item(void *arg, const struct nw_item *item)
{
	const struct nw_neigh *n = &item->neigh;
	const struct nw_link *l = &item->link;

	(void)arg;
	switch (item->kind) {
	case NW_ITEM_EVENT:
		show_event(&item->event);
		break;
	case NW_ITEM_NEIGH:
		show_json(&n->origin, &nw_desc_neigh, n);
		show_kept(n->last, n->nr_last, n->outage, n->nr_outage, false);
		break;
	case NW_ITEM_LINK:
		show_json(&l->origin, &nw_desc_link, l);
		show_kept(l->last, l->nr_last, NULL, 0, true);
		break;
	case NW_ITEM_NEXTHOP:
		show_json(&item->nexthop.origin, &nw_desc_nexthop,
			  &item->nexthop);
		break;
	case NW_ITEM_STATS:
		show_stats(&item->stats);
		break;
	default:
		break;
	}
	return 0;
}

/* In memory of exactly its size: a read beyond it is seen. */
int nw_fuzz_decode(const uint8_t *data, size_t len)
{
	static struct nw_decoder d;
	struct nlmsghdr *nlh;
	int ret;

	setenv("TZ", "UTC", 1);
	nlh = calloc(1, NLMSG_LENGTH(GENL_HDRLEN) + len);
	nw_fuzz_must(nlh, "no memory");
	nlh->nlmsg_len = (__u32)(NLMSG_LENGTH(GENL_HDRLEN) + len);
	if (len)
		memcpy((char *)nlh + NLMSG_LENGTH(GENL_HDRLEN), data, len);
	memset(&d, 0, sizeof(d));
	ret = nw_decode(&d, nlh, take_item, NULL);
	nw_fuzz_must(!ret || (ret == -EBADMSG && *d.why && d.malformed == 1),
		     "%d, %llu refused: '%s'", ret, d.malformed, d.why);
	nw_fuzz_must_be_text("the reason", d.why, strlen(d.why));
	free(nlh);
	return 0;
}
