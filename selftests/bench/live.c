// SPDX-License-Identifier: GPL-2.0
/*
 * The live reader's work on messages as the module sends them, without a
 * kernel: decode, judge, write. For callgrind, which counts what live_message()
 * costs:
 *
 *	live none|text|json COUNT	"none": decoded and judged, not written
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/genetlink.h>
#include <linux/neighbour.h>
#include <netlink/attr.h>
#include <netlink/msg.h>

#include "compiler.h"
#include "decode.h"
#include "detect.h"
#include "out.h"
#include "seqtrack.h"

#define NEIGHBOURS	200
#define BATCH		64	/* records the module puts in a full message */
#define REAL		1763514843000000000ULL
#define MONO		1000000000000ULL

struct reader {
	struct nw_decoder dec;
	struct nw_seqtrack seq;
	struct nw_detect_config config;
	struct nw_detect *d;
	struct nw_out out;
};

__attr(noinline)
void live_message(struct reader *r, const struct nlmsghdr *nlh);

static void ignore(void *arg, const struct nw_finding *f)
{
	(void)arg;
	(void)f;
}

static int take(void *arg, const struct nw_item *item)
{
	const struct nw_event *ev = &item->event;
	struct reader *r = arg;

	if (item->kind != NW_ITEM_EVENT)
		return 0;
	if (nw_seqtrack_live(&r->seq, ev->origin.instance,
			     ev->origin.netns_cookie, ev->seq) != NW_SEQ_NEXT)
		return -1;
	if (r->out.ops)
		r->out.ops->event(&r->out, ev);
	nw_detect_event(r->d, ev);
	return 0;
}

void live_message(struct reader *r, const struct nlmsghdr *nlh)
{
	if (nw_decode(&r->dec, nlh, take, r)) {
		fprintf(stderr, "live: refused: %s\n", r->dec.why);
		exit(1);
	}
	fflush(stdout);
}

static void put_change(struct nl_msg *msg, unsigned int i)
{
	static const __u8 round[] = {
		NUD_REACHABLE, NUD_STALE, NUD_DELAY, NUD_PROBE,
	};
	__u8 who = (__u8)(i % NEIGHBOURS + 1);
	const __u8 addr[] = { 10, 9, 0, who };
	const __u8 lladdr[] = { 2, 0, 0, 0, 9, who };
	unsigned int turn = i / NEIGHBOURS;

	nla_put_u8(msg, NW_A_CHANGE_FAMILY, AF_INET);
	nla_put(msg, NW_A_CHANGE_ADDR, sizeof(addr), addr);
	nla_put_u8(msg, NW_A_CHANGE_OLD, round[(turn + 3) % 4]);
	nla_put_u8(msg, NW_A_CHANGE_NEW, round[turn % 4]);
	nla_put(msg, NW_A_CHANGE_LLADDR, sizeof(lladdr), lladdr);
	nla_put_u64(msg, NW_A_CHANGE_DWELL, 200000000);
	nla_put_u32(msg, NW_A_CHANGE_PROBES, 0);
	nla_put_u64(msg, NW_A_CHANGE_CONFIRMED, 1000000);
	nla_put_u64(msg, NW_A_CHANGE_USED, 5000000);
}

static void put_record(struct nl_msg *msg, unsigned int i)
{
	struct nlattr *record = nla_nest_start(msg, NW_A_RECORD), *body;
	__u64 at = (i + 1) * NW_NSEC_PER_MSEC;

	nla_put_u64(msg, NW_A_RECORD_SEQ, i + 1);
	nla_put_u64(msg, NW_A_RECORD_MONO, MONO + at);
	nla_put_u64(msg, NW_A_RECORD_REAL, REAL + at);
	nla_put_u32(msg, NW_A_RECORD_CPU, 1);
	nla_put_u32(msg, NW_A_RECORD_IFINDEX, 2);
	nla_put_string(msg, NW_A_RECORD_DEV, "eth0");
	nla_put_u8(msg, NW_A_RECORD_CAUSE, NW_CAUSE_TIMER);
	nla_put_u32(msg, NW_A_RECORD_FLAGS, i % NEIGHBOURS ? 0 : NW_F_GATEWAY);
	body = nla_nest_start(msg, NW_A_RECORD_NEIGH);
	put_change(msg, i);
	nla_nest_end(msg, body);
	nla_nest_end(msg, record);
}

static struct nl_msg *message(unsigned int first, unsigned int count)
{
	struct genlmsghdr genl = { .cmd = NW_CMD_EVENTS, .version = 1 };
	struct nl_msg *msg = nlmsg_alloc_size(32 * 1024);
	unsigned int i;

	if (!msg || !nlmsg_put(msg, 0, 0, 0x20, 0, 0) ||
	    nlmsg_append(msg, &genl, sizeof(genl), 4))
		exit(1);
	nla_put_u64(msg, NW_A_INSTANCE, 0xfedcba9876543210ULL);
	nla_put_u64(msg, NW_A_NETNS_COOKIE, 7);
	nla_put_u32(msg, NW_A_NETNS_INO, 4026531840U);
	nla_put_u64(msg, NW_A_NEXT_SEQ, first + count + 1);
	for (i = first; i < first + count; i++)
		put_record(msg, i);
	return msg;
}

static int open_reader(struct reader *r, const char *how)
{
	nw_detect_config_default(&r->config);
	r->d = nw_detect_new(&r->config, ignore, NULL);
	if (!strcmp(how, "text"))
		r->out.ops = &nw_out_text;
	else if (!strcmp(how, "json"))
		r->out.ops = &nw_out_json;
	else if (strcmp(how, "none"))
		return -1;
	r->out.file = stdout;
	r->out.start.mono = MONO;
	r->out.start.real = REAL;
	if (r->out.ops)
		r->out.ops->begin(&r->out, NULL);
	return r->d ? 0 : -1;
}

int main(int argc, char **argv)
{
	static struct reader r;
	unsigned int i, count = argc == 3 ? (unsigned int)atoi(argv[2]) : 0;
	struct nl_msg *msg;

	if (!count || open_reader(&r, argv[1])) {
		fprintf(stderr, "usage: live none|text|json COUNT\n");
		return 2;
	}
	for (i = 0; i + BATCH <= count; i += BATCH) {
		msg = message(i, BATCH);
		live_message(&r, nlmsg_hdr(msg));
		nlmsg_free(msg);
	}
	if (r.out.ops)
		r.out.ops->end(&r.out);
	nw_detect_free(r.d);
	nw_seqtrack_free(&r.seq);
	return 0;
}
