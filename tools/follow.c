// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "follow.h"
#include "say.h"

#define RECEIVE_BUFFER	(8 * 1024 * 1024)

static void tell_lost(struct nw_follow *f, const struct nw_event *next,
		      __u64 first, __u64 count)
{
	if (count)
		f->ops->lost(f->arg, next, first, count);
}

/* Told later, in its place among the records of other namespaces. */
static int gather(struct nw_follow *f, const struct nw_event *ev, __u64 lost)
{
	int ret = nw_gather_add(&f->gather, ev);

	if (!ret)
		f->gather.ev[f->gather.nr - 1].missing = lost;
	return ret;
}

/* A record from the ring: the numbers passed over are gone. */
static int take_kept(void *arg, const struct nw_item *item)
{
	const struct nw_event *ev = &item->event;
	struct nw_follow *f = arg;
	__u64 lost;

	if (item->kind != NW_ITEM_EVENT)
		return 0;
	if (nw_seqtrack_dump(&f->seq, ev->origin.instance,
			     ev->origin.netns_cookie, ev->seq,
			     &lost) != NW_SEQ_NEXT)
		return 0;
	f->mended++;
	if (f->gathering)
		return gather(f, ev, lost);
	tell_lost(f, ev, ev->seq - lost, lost);
	return f->ops->event(f->arg, ev);
}

/*
 * The module can go at any time; the news of it is on its way. One that is
 * going gives no answer (__netlink_dump_start(), kmod/filter.c).
 */
static bool is_gone(int ret)
{
	return ret == -ENOENT || ret == -EPROTONOSUPPORT;
}

static int read_ring(struct nw_follow *f, const struct nw_ask *ask)
{
	int ret;

	f->mended = 0;
	ret = nw_client_dump(&f->ask, NW_CMD_HISTORY_GET, ask, take_kept, f);
	return is_gone(ret) ? 0 : ret;
}

static struct nw_seqspace *space_of(struct nw_follow *f,
				    const struct nw_event *ev)
{
	return nw_seqtrack_find(&f->seq, ev->origin.instance,
				ev->origin.netns_cookie);
}

/* Numbers are missing before @ev; not lost when only the asking was broken off. */
static int mend(struct nw_follow *f, const struct nw_event *ev)
{
	__u64 first;
	int ret;

	ret = read_ring(f, &(struct nw_ask){
		.since_seq = space_of(f, ev)->next,
		.cookie = f->all_netns ? ev->origin.netns_cookie : 0,
	});
	if (ret == -EINTR)
		return ret;
	first = space_of(f, ev)->next;
	tell_lost(f, ev, first,
		  nw_seqtrack_reach(&f->seq, ev->origin.instance,
				    ev->origin.netns_cookie, ev->seq));
	return 0;
}

static enum nw_seq place(struct nw_follow *f, const struct nw_event *ev)
{
	return nw_seqtrack_live(&f->seq, ev->origin.instance,
				ev->origin.netns_cookie, ev->seq);
}

static int take_live(void *arg, const struct nw_item *item)
{
	const struct nw_event *ev = &item->event;
	struct nw_follow *f = arg;
	enum nw_seq verdict;

	if (item->kind != NW_ITEM_EVENT ||
	    (f->ask.cookie && ev->origin.netns_cookie != f->ask.cookie))
		return 0;
	verdict = place(f, ev);
	if (verdict == NW_SEQ_GAP) {
		if (mend(f, ev))
			return -EINTR;
		verdict = place(f, ev);
	}
	if (verdict == NW_SEQ_NOMEM)
		return -ENOMEM;
	return verdict == NW_SEQ_NEXT ? f->ops->event(f->arg, ev) : 0;
}

static void take_gathered(void *arg, const struct nw_event *ev)
{
	struct nw_follow *f = arg;

	if (f->err)
		return;
	tell_lost(f, ev, ev->seq - ev->missing, ev->missing);
	f->err = f->ops->event(f->arg, ev);
}

/* Each namespace's records come in order; those of several are put in order. */
static int read_past(struct nw_follow *f)
{
	const struct nw_ask ask = { .all_netns = f->all_netns };
	int ret;

	f->gathering = f->all_netns;
	f->gather.merge = true;
	ret = read_ring(f, &ask);
	f->gathering = false;
	f->err = 0;
	nw_gather_drain(&f->gather, take_gathered, f);
	return ret ? ret : f->err;
}

static __u64 now(void)
{
	struct nw_clock clock;

	nw_clock_now(&clock);
	return clock.mono;
}

static int join(struct nw_follow *f)
{
	int ret;

	ret = nw_nl_join(&f->live.nl, f->all_netns || f->ask.cookie ?
			 f->ask.nl.group_all : f->ask.nl.group_events);
	f->live.nl.family = f->ask.nl.family;
	f->ask.nl.why[0] = '\0';
	return ret;
}

/* Subscribe first: what happens while the ring is read comes twice, not never. */
static int attach(struct nw_follow *f)
{
	__u64 begun;
	int ret;

	ret = nw_nl_resolve(&f->ask.nl);
	if (!ret)
		ret = join(f);
	if (!ret)
		ret = nw_client_stats(&f->ask, &f->stats);
	if (ret)
		return ret;
	nw_client_compare(&f->ask, &f->stats);
	if (f->begun)
		f->ops->note(f->arg, "module loaded again: a new recording");
	else
		f->ops->begin(f->arg, &f->stats);
	f->begun = true;
	nw_seqtrack_forget(&f->seq, f->stats.origin.instance);
	f->seq.complete = false;
	begun = now();
	ret = read_past(f);
	if (ret)
		return ret;
	/* Whoever is heard of from now on was not there, or had no record yet. */
	f->seq.complete = true;
	f->complete = begun;
	f->attached = true;
	f->ops->joined(f->arg);
	return 0;
}

static void detach(struct nw_follow *f)
{
	if (!f->attached)
		return;
	f->attached = false;
	f->live.nl.family = 0;
	f->ops->note(f->arg,
		     "module unloaded, nothing is recorded; modprobe neighwatch");
}

/* A module that is being unloaded stops answering a moment before it is gone. */
int nw_follow_retry(struct nw_follow *f)
{
	int ret = attach(f);

	f->pending = is_gone(ret) && f->ask.nl.family;
	return is_gone(ret) ? 0 : ret;
}

/* Read what the socket dropped from the ring. */
static int read_missed(struct nw_follow *f)
{
	struct nw_ask ask = { .all_netns = f->all_netns };
	struct nw_seqspace *own;
	char text[120];
	int ret;

	own = nw_seqtrack_find(&f->seq, f->stats.origin.instance,
			       f->stats.origin.netns_cookie);
	if (own && !f->all_netns)
		ask.since_seq = own->next;
	ret = read_ring(f, &ask);
	snprintf(text, sizeof(text),
		 "reader too slow, socket ran over; read again from the ring: %llu records",
		 f->mended);
	f->ops->note(f->arg, text);
	return ret;
}

/* The news of the module itself may be among what was dropped. */
static int recover(struct nw_follow *f)
{
	__u64 instance = f->stats.origin.instance;
	int ret;

	ret = nw_nl_resolve(&f->ask.nl);
	if (ret == -ENOENT) {
		detach(f);
		return 0;
	}
	if (!ret)
		ret = nw_client_stats(&f->ask, &f->stats);
	if (is_gone(ret) || (!ret && f->stats.origin.instance != instance))
		detach(f);
	if (!f->attached)
		return nw_follow_retry(f);
	return ret ? ret : read_missed(f);
}

static int take_message(void *arg, const struct nlmsghdr *nlh)
{
	struct nw_follow *f = arg;
	int news = nw_nl_family_news(nlh);
	int ret;

	if (news < 0)
		detach(f);
	else if (news > 0 && !f->attached)
		return nw_follow_retry(f);
	if (!f->attached || !nw_nl_is_event(&f->live.nl, nlh))
		return 0;
	ret = nw_decode(&f->live.dec, nlh, take_live, f);
	if (ret == -EBADMSG) {
		nw_say("refused a message that makes no sense: %s",
		       f->live.dec.why);
		ret = 0;
	}
	return ret;
}

/*
 * A socket that ran over stays shut until it is empty (NETLINK_S_CONGESTED,
 * net/netlink/af_netlink.c): only then is the ring read again, or what comes
 * meanwhile would be missing in both.
 *
 * This process may have been stopped at any point of it, and for long: complete
 * is what was made before it asked whether there is more.
 */
int nw_follow_drain(struct nw_follow *f)
{
	__u64 asked;
	int ret;

	do {
		asked = now();
		ret = nw_nl_receive(&f->live.nl, take_message, f);
		if (ret == -ENOBUFS) {
			f->ran_over = true;
			ret = 0;
		} else if (ret == -EAGAIN && f->ran_over) {
			f->ran_over = false;
			ret = recover(f);
		}
	} while (!ret && !nw_stop);
	if (ret != -EAGAIN)
		return ret;
	f->complete = asked;
	return f->ops->drained(f->arg);
}

int nw_follow_open(struct nw_follow *f)
{
	int ret;

	ret = nw_nl_open(&f->live.nl);
	if (!ret)
		ret = nw_nl_join_nlctrl(&f->live.nl);
	if (ret)
		return ret;
	nw_nl_buffer(&f->live.nl, RECEIVE_BUFFER);
	return 0;
}

void nw_follow_close(struct nw_follow *f)
{
	nw_client_close(&f->live);
	nw_seqtrack_free(&f->seq);
}
