// SPDX-License-Identifier: GPL-2.0
/*
 * monitor: records as they happen.
 *
 * Subscribe, then read the ring, then drop what came twice. A gap, or a
 * buffer that ran over, is mended from the ring; what the ring no longer has
 * is lost and said. A module that goes is waited for.
 */
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "cmd.h"
#include "gather.h"
#include "loop.h"
#include "say.h"
#include "seqtrack.h"

#define RECEIVE_BUFFER	(8 * 1024 * 1024)
#define PENDING_MS	100

struct monitor {
	const struct nw_opts *o;
	struct nw_client ask;		/* questions */
	struct nw_client live;		/* multicast */
	struct nw_seqtrack seq;
	struct nw_gather gather;
	struct nw_out out;
	struct nw_stats stats;
	bool attached;
	bool pending;			/* registered, not ready yet */
	bool gathering;
	bool begun;
	bool ran_over;			/* the socket lost messages */
	__u64 instance;
	__u64 mended;		/* read again from the ring */
};

static bool wanted(const struct monitor *m, const struct nw_event *ev)
{
	return (m->o->all || nw_filter_is_given(&m->o->filter) ||
		nw_filter_matters(ev)) && nw_filter_event(&m->o->filter, ev);
}

static void show(void *arg, const struct nw_event *ev)
{
	struct monitor *m = arg;

	m->out.ops->event(&m->out, ev);
}

/* A record from the ring: the numbers passed over are gone. */
static int take_kept(void *arg, const struct nw_item *item)
{
	const struct nw_event *ev = &item->event;
	struct monitor *m = arg;
	__u64 lost;

	if (item->kind != NW_ITEM_EVENT)
		return 0;
	if (nw_seqtrack_dump(&m->seq, ev->origin.instance,
			     ev->origin.netns_cookie, ev->seq,
			     &lost) != NW_SEQ_NEXT)
		return 0;
	m->mended++;
	if (lost)
		m->out.ops->lost(&m->out, &ev->origin, ev->seq - lost, lost);
	if (!wanted(m, ev))
		return 0;
	if (m->gathering)
		return nw_gather_add(&m->gather, ev);
	show(m, ev);
	return 0;
}

static int read_ring(struct monitor *m, const struct nw_ask *ask)
{
	int ret;

	m->mended = 0;
	ret = nw_client_dump(&m->ask, NW_CMD_HISTORY_GET, ask, take_kept, m);
	/* The module can go at any time; the news of it is on its way. */
	return ret == -ENOENT ? 0 : ret;
}

/* Numbers are missing before @ev. */
static void mend(struct monitor *m, const struct nw_event *ev)
{
	const struct nw_origin *from = &ev->origin;
	struct nw_seqspace *space;
	__u64 first, lost;

	space = nw_seqtrack_find(&m->seq, from->instance, from->netns_cookie);
	first = space->next;
	read_ring(m, &(struct nw_ask){
		.since_seq = first,
		.cookie = m->o->all_netns ? from->netns_cookie : 0,
	});
	space = nw_seqtrack_find(&m->seq, from->instance, from->netns_cookie);
	first = space->next;
	lost = nw_seqtrack_reach(&m->seq, from->instance, from->netns_cookie,
				 ev->seq);
	if (lost)
		m->out.ops->lost(&m->out, from, first, lost);
}

static int take_live(void *arg, const struct nw_item *item)
{
	const struct nw_event *ev = &item->event;
	struct monitor *m = arg;
	enum nw_seq verdict;

	if (item->kind != NW_ITEM_EVENT ||
	    (m->ask.cookie && ev->origin.netns_cookie != m->ask.cookie))
		return 0;
	verdict = nw_seqtrack_live(&m->seq, ev->origin.instance,
				   ev->origin.netns_cookie, ev->seq);
	if (verdict == NW_SEQ_GAP) {
		mend(m, ev);
		verdict = nw_seqtrack_live(&m->seq, ev->origin.instance,
					   ev->origin.netns_cookie, ev->seq);
	}
	if (verdict == NW_SEQ_NOMEM)
		return -ENOMEM;
	if (verdict == NW_SEQ_NEXT && wanted(m, ev))
		show(m, ev);
	return 0;
}

/* Where the live records begin when no history was asked for. */
static int take_start(void *arg, const struct nw_item *item)
{
	const struct nw_origin *from = &item->stats.origin;
	struct monitor *m = arg;

	if (item->kind == NW_ITEM_STATS && NW_HAS(from, NW_A_NEXT_SEQ))
		nw_seqtrack_reach(&m->seq, from->instance, from->netns_cookie,
				  from->next_seq);
	return 0;
}

static int start_now(struct monitor *m)
{
	const struct nw_ask ask = { .all_netns = m->o->all_netns };

	return nw_client_dump(&m->ask, NW_CMD_STATS_GET, &ask, take_start, m);
}

static int start_with_history(struct monitor *m)
{
	const struct nw_ask ask = { .all_netns = m->o->all_netns };
	int ret;

	m->gathering = (m->o->count && !m->begun) || m->o->all_netns;
	/* After a reload nothing of the new recording was asked to be left out. */
	m->gather.last = m->begun ? 0 : m->o->count;
	m->gather.merge = m->o->all_netns;
	ret = read_ring(m, &ask);
	m->gathering = false;
	nw_gather_drain(&m->gather, show, m);
	return ret;
}

static int join(struct monitor *m)
{
	int ret;

	ret = nw_nl_join(&m->live.nl, m->o->all_netns || m->ask.cookie ?
			 m->ask.nl.group_all : m->ask.nl.group_events);
	m->live.nl.family = m->ask.nl.family;
	m->ask.nl.why[0] = '\0';
	return ret;
}

/* Subscribe first: what happens while the ring is read comes twice, not never. */
static int attach(struct monitor *m)
{
	bool history = m->o->count || m->o->filter.since.kind != NW_WHEN_NONE;
	int ret;

	ret = nw_nl_resolve(&m->ask.nl);
	if (!ret)
		ret = join(m);
	if (!ret)
		ret = nw_client_stats(&m->ask, &m->stats);
	if (ret)
		return ret;
	nw_client_compare(&m->ask, &m->stats);
	m->instance = m->stats.origin.instance;
	if (m->begun)
		m->out.ops->note(&m->out, "module loaded again: a new recording");
	else
		m->out.ops->begin(&m->out, &m->stats);
	if (m->begun || history)
		ret = start_with_history(m);
	else
		ret = start_now(m);
	m->begun = true;
	m->attached = !ret;
	return ret;
}

static void detach(struct monitor *m)
{
	if (!m->attached)
		return;
	m->attached = false;
	m->live.nl.family = 0;
	m->out.ops->note(&m->out,
			 "module unloaded, nothing is recorded; modprobe neighwatch");
}

/*
 * A module that is being loaded is registered a moment before it can answer;
 * one that is being unloaded stops answering a moment before it is gone.
 */
static int try_attach(struct monitor *m)
{
	int ret = attach(m);

	m->pending = ret == -ENOENT && m->ask.nl.family;
	return ret == -ENOENT ? 0 : ret;
}

/* The news of the module itself may be among what was dropped. */
static int recover(struct monitor *m)
{
	struct nw_seqspace *own;
	struct nw_ask ask = { .all_netns = m->o->all_netns };
	char text[120];
	int ret;

	ret = nw_nl_resolve(&m->ask.nl);
	if (ret == -ENOENT) {
		detach(m);
		return 0;
	}
	if (!ret)
		ret = nw_client_stats(&m->ask, &m->stats);
	if (ret == -ENOENT || (!ret && m->stats.origin.instance != m->instance))
		detach(m);
	if (!m->attached)
		return try_attach(m);
	if (ret)
		return ret;
	own = nw_seqtrack_find(&m->seq, m->instance,
			       m->stats.origin.netns_cookie);
	if (own && !ask.all_netns)
		ask.since_seq = own->next;
	ret = read_ring(m, &ask);
	snprintf(text, sizeof(text),
		 "reader too slow, socket ran over; read again from the ring: %llu records",
		 m->mended);
	m->out.ops->note(&m->out, text);
	return ret;
}

static int take_message(void *arg, const struct nlmsghdr *nlh)
{
	struct monitor *m = arg;
	int news = nw_nl_family_news(nlh);
	int ret;

	if (news < 0)
		detach(m);
	else if (news > 0 && !m->attached)
		return try_attach(m);
	if (!m->attached || !nw_nl_is_event(&m->live.nl, nlh))
		return 0;
	ret = nw_decode(&m->live.dec, nlh, take_live, m);
	if (ret == -EBADMSG) {
		nw_say("refused a message that makes no sense: %s",
		       m->live.dec.why);
		ret = 0;
	}
	return ret;
}

/*
 * Everything that is there now, then flush.
 *
 * A socket that ran over stays shut until it is empty (NETLINK_S_CONGESTED,
 * net/netlink/af_netlink.c): only then is the ring read again, or what comes
 * meanwhile would be missing in both.
 */
static int drain(struct monitor *m)
{
	int ret;

	do {
		ret = nw_nl_receive(&m->live.nl, take_message, m);
		if (ret == -ENOBUFS) {
			m->ran_over = true;
			ret = 0;
		} else if (ret == -EAGAIN && m->ran_over) {
			m->ran_over = false;
			ret = recover(m);
		}
	} while (!ret && !nw_stop && !ferror(m->out.file));
	if (fflush(m->out.file) && !nw_stop)
		return -EPIPE;
	return ret == -EAGAIN ? 0 : ret;
}

static int loop(struct monitor *m)
{
	struct nw_loop l;
	int ret, fd;

	ret = nw_loop_open(&l);
	if (ret)
		return ret;
	nw_loop_watch(&l, m->live.nl.fd, EPOLLIN);
	nw_loop_watch(&l, STDOUT_FILENO, 0);
	fflush(m->out.file);
	while (!ret && !nw_stop) {
		ret = nw_loop_wait(&l, m->pending ? PENDING_MS : -1, &fd);
		if (!ret && m->pending && !nw_stop)
			ret = try_attach(m);
		else if (ret > 0 && fd == STDOUT_FILENO)
			ret = -EPIPE;	/* who read us is gone */
		else if (ret > 0)
			ret = drain(m);
	}
	nw_loop_close(&l);
	return ret;
}

static int run(struct monitor *m)
{
	int ret;

	ret = nw_cmd_open(m->o, &m->ask);
	if (ret)
		return ret;
	ret = nw_nl_open(&m->live.nl);
	if (!ret)
		ret = nw_nl_join_nlctrl(&m->live.nl);
	if (ret)
		return nw_say_failed("netlink socket", ret, "");
	nw_nl_buffer(&m->live.nl, RECEIVE_BUFFER);
	ret = try_attach(m);
	if (ret)
		return nw_cmd_done(&m->ask, ret, m->o->all_netns ?
				   "records of all namespaces" : "records");
	ret = loop(m);
	if (m->seq.lost)
		nw_say("lost %llu records in all", m->seq.lost);
	nw_client_say_skipped(&m->live);
	return ret == -EPIPE ? NW_EXIT_OK : nw_cmd_done(&m->ask, ret, "records");
}

int nw_cmd_monitor(struct nw_opts *o)
{
	static struct monitor m;
	int ret;

	ret = nw_cmd_filter(o, o->argc, o->argv);
	if (ret)
		return ret;
	m.o = o;
	nw_cmd_out(o, &m.out);
	nw_when_settle(&o->filter.since, &m.out.start);
	ret = run(&m);
	nw_client_close(&m.ask);
	nw_client_close(&m.live);
	nw_seqtrack_free(&m.seq);
	return ret;
}
