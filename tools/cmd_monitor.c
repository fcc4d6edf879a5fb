// SPDX-License-Identifier: GPL-2.0
/*
 * monitor: records as they happen, and what the detectors conclude.
 *
 * The detectors get all that is kept and all that comes, whatever is shown of
 * it. In JSON without a choice all of it is shown: such a recording holds
 * what a replay needs to come to the same findings.
 */
#include <errno.h>
#include <limits.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "cmd.h"
#include "follow.h"
#include "hook.h"
#include "judge.h"
#include "loop.h"
#include "say.h"

#define PENDING_MS	100

struct monitor {
	const struct nw_opts *o;
	struct nw_follow follow;
	struct nw_judge judge;
	struct nw_gather last;		/* -n */
	struct nw_out out;
	struct nw_hook hook;		/* --exec */
	struct nw_loop loop;
	bool joined;
};

static bool is_narrowed(const struct nw_opts *o)
{
	return nw_filter_is_given(&o->filter) || o->filter.family;
}

/* Everything from the oldest on, in a form that can be replayed? */
static bool is_recording(const struct nw_opts *o)
{
	return o->json && !o->findings && !o->count && !is_narrowed(o) &&
	       o->filter.since.kind == NW_WHEN_NONE;
}

/* Without a choice people get what matters. */
static bool is_wanted(const struct nw_opts *o, const struct nw_event *ev)
{
	return o->all || o->json || nw_filter_is_given(&o->filter) ||
	       nw_filter_matters(ev);
}

/* The program is for what happens, not for what is long over. */
static void take_finding(void *arg, const struct nw_finding *f)
{
	struct monitor *m = arg;

	if (m->judge.silent || !nw_filter_finding(&m->o->filter, f))
		return;
	m->out.ops->finding(&m->out, f);
	if (m->joined)
		nw_hook_finding(&m->hook, f);
}

/* It was open when the monitor began: shown already, with its events? */
static void meet_open(struct monitor *m, const struct nw_finding *f,
		      bool was_silent)
{
	bool shown = is_recording(m->o) ||
		     (!was_silent && nw_filter_finding(&m->o->filter, f));

	if (!shown)
		m->out.ops->finding(&m->out, f);
	nw_hook_finding(&m->hook, f);
}

static void meet_all_open(struct monitor *m, bool was_silent)
{
	struct nw_filter any_time = m->o->filter;
	const struct nw_finding *f;

	any_time.since.kind = NW_WHEN_NONE;
	if (!is_recording(m->o))
		nw_detect_describe(m->judge.d);
	for (f = nw_detect_open(m->judge.d); f; f = f->next)
		if (f->status != NW_STATUS_NEW &&
		    nw_filter_finding(&any_time, f))
			meet_open(m, f, was_silent);
}

static void begin(void *arg, const struct nw_stats *stats)
{
	struct monitor *m = arg;

	m->out.ops->begin(&m->out, stats);
	m->judge.silent = !is_recording(m->o) &&
			  m->o->filter.since.kind == NW_WHEN_NONE;
}

static int take_event(void *arg, const struct nw_event *ev)
{
	struct monitor *m = arg;
	int ret = 0;

	if (m->judge.silent && m->o->count && nw_judge_wants(&m->judge, ev))
		ret = nw_gather_add(&m->last, ev);
	nw_judge_event(&m->judge, ev);
	return !ret && ferror(m->out.file) ? -EPIPE : ret;
}

/* Stamped like the record behind the gap: a replay has to judge in order. */
static void take_lost(void *arg, const struct nw_event *next, __u64 first,
		      __u64 count)
{
	struct monitor *m = arg;

	m->out.at.mono = next->mono;
	m->out.at.real = next->real;
	nw_judge_lost(&m->judge, &next->origin, next->mono, first, count);
	m->out.at.mono = 0;
	m->out.at.real = 0;
}

static void show_last(void *arg, const struct nw_event *ev)
{
	struct monitor *m = arg;

	m->out.ops->event(&m->out, ev);
}

/* Deadlines pass also when nothing happens; not before it is known. */
static void tick(struct monitor *m)
{
	if (m->follow.attached)
		nw_judge_until(&m->judge, &m->follow.stats.origin,
			       m->follow.complete - NW_DETECT_LAG);
}

/* From the past nothing is shown but the last events and what is still open. */
static void take_joined(void *arg)
{
	struct monitor *m = arg;
	bool was_silent = m->judge.silent;

	tick(m);
	m->judge.silent = false;
	nw_gather_drain(&m->last, show_last, m);
	if (!m->joined)
		meet_all_open(m, was_silent);
	m->joined = true;
}

static void take_note(void *arg, const char *text)
{
	struct monitor *m = arg;

	m->out.ops->note(&m->out, text);
}

static int take_drained(void *arg)
{
	struct monitor *m = arg;

	tick(m);
	/* A note or a finding that did not arrive shows here alone. */
	return (fflush(m->out.file) || ferror(m->out.file)) && !nw_stop ?
	       -EPIPE : 0;
}

static const struct nw_follow_ops ops = {
	.begin = begin,
	.event = take_event,
	.lost = take_lost,
	.joined = take_joined,
	.note = take_note,
	.drained = take_drained,
};

/* Until the next deadline, in ms. */
static int patience(const struct monitor *m)
{
	__u64 next = nw_detect_next(m->judge.d);
	struct nw_clock now;
	__u64 ms;

	if (m->follow.pending)
		return PENDING_MS;
	if (!m->follow.attached || next == NW_NEVER)
		return -1;
	nw_clock_now(&now);
	if (next <= now.mono)
		return 0;
	ms = (next - now.mono) / NW_NSEC_PER_MSEC + 1;
	return ms < INT_MAX ? (int)ms : INT_MAX;
}

static int wake(struct monitor *m, int fd)
{
	if (fd == STDOUT_FILENO)
		return -EPIPE;	/* who read us is gone */
	if (m->hook.pid && fd == m->hook.fd) {
		nw_hook_gone(&m->hook);
		return 0;
	}
	return nw_follow_drain(&m->follow);
}

/* What came with it goes out now: nothing else may happen for long. */
static int retry(struct monitor *m)
{
	int ret = nw_follow_retry(&m->follow);

	return ret ? ret : nw_follow_drain(&m->follow);
}

static int loop(struct monitor *m)
{
	const struct nw_loop *l = &m->loop;
	int ret = 0, fd = -1;

	nw_loop_watch(l, m->follow.live.nl.fd, EPOLLIN);
	nw_loop_watch(l, STDOUT_FILENO, 0);
	if (m->hook.pid)
		nw_loop_watch(l, m->hook.fd, 0);
	fflush(m->out.file);
	while (!ret && !nw_stop) {
		ret = nw_loop_wait(l, patience(m), &fd);
		if (ret > 0)
			ret = wake(m, fd);
		else if (!ret && m->follow.pending && !nw_stop)
			ret = retry(m);
		else if (!ret)
			ret = nw_follow_drain(&m->follow);
	}
	return ret;
}

/* A replay judges up to the same moment. */
static void finish(struct monitor *m)
{
	struct nw_clock until;

	/* Ended while it read the past: up to the last record of it. */
	if (!m->judge.until)
		m->judge.until = m->judge.d->last.mono;
	until = nw_detect_clock(m->judge.d, m->judge.until);
	if (!until.mono)
		return;
	if (!is_narrowed(m->o) && !m->o->findings)
		m->out.ops->until(&m->out, &m->follow.stats.origin, &until);
	nw_judge_end(&m->judge);
	m->out.ops->end(&m->out);
}

/* Output that fails ends it, at whatever stage; main() says why. */
static int done(struct monitor *m, int ret)
{
	if (ret == -EPIPE)
		return NW_EXIT_OK;
	return nw_cmd_done(&m->follow.ask, ret, m->o->all_netns ?
			   "records of all namespaces" : "records");
}

static int run(struct monitor *m)
{
	int ret;

	ret = nw_cmd_open(m->o, &m->follow.ask);
	if (ret)
		return ret;
	m->follow.ops = &ops;
	m->follow.arg = m;
	m->follow.all_netns = m->o->all_netns;
	ret = nw_follow_open(&m->follow);
	if (!ret) {
		nw_cmd_confine(m->o, m->o->all_netns, m->hook.pid);
		ret = nw_follow_retry(&m->follow);
	}
	if (ret && ret != -EINTR)
		return done(m, ret);
	if (!ret)
		ret = loop(m);
	if (ret != -EPIPE)
		finish(m);
	if (m->follow.seq.lost)
		nw_say("lost %llu records in all", m->follow.seq.lost);
	nw_client_say_skipped(&m->follow.live);
	return done(m, ret);
}

static int run_judged(struct monitor *m)
{
	int ret;

	ret = nw_judge_open(&m->judge, m->o, &m->out, take_finding, m);
	if (ret)
		return nw_say_failed("detectors", ret, "");
	m->judge.wanted = is_wanted;
	/* Before the past is read: who stops it then gets a whole end, too. */
	ret = nw_loop_open(&m->loop);
	if (ret) {
		ret = nw_say_failed("epoll", ret, "");
	} else {
		ret = run(m);
		nw_loop_close(&m->loop);
	}
	nw_follow_close(&m->follow);
	nw_client_close(&m->follow.ask);
	nw_judge_close(&m->judge);
	return ret;
}

int nw_cmd_monitor(struct nw_opts *o)
{
	static struct monitor m;
	int ret;

	ret = nw_cmd_filter(o, o->argc, o->argv);
	if (ret)
		return ret;
	if (o->findings && o->count)
		return nw_say_usage("-n counts events, --findings shows none");
	m.o = o;
	m.last.last = o->count;
	nw_cmd_out(o, &m.out);
	nw_when_settle(&o->filter.since, &m.out.start);
	/* First: its helper is to be small and to have what it may need. */
	if (*o->config.exec) {
		if (nw_hook_open(&m.hook, o->config.exec)) {
			nw_say("--exec: %s", m.hook.why);
			return NW_EXIT_ERROR;
		}
	}
	ret = run_judged(&m);
	nw_hook_close(&m.hook, NULL);
	return ret;
}
