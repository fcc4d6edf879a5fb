// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>

#include "unit.h"
#include "stream.h"

static void told(void *arg, const struct nw_finding *f)
{
	struct stream *s = arg;

	assert_true(s->nr < STREAM_TOLD);
	s->told[s->nr++] = *f;
}

void stream_open(struct stream *s)
{
	memset(s, 0, sizeof(*s));
	nw_detect_config_default(&s->config);
	s->base = 100000 * STREAM_SECOND;
	s->cookie = 1;
	s->d = nw_detect_new(&s->config, told, s);
	assert_non_null(s->d);
}

void stream_reopen(struct stream *s)
{
	nw_detect_free(s->d);
	s->d = nw_detect_new(&s->config, told, s);
	assert_non_null(s->d);
}

void stream_close(struct stream *s)
{
	nw_detect_free(s->d);
	s->d = NULL;
}

int stream_setup(void **state)
{
	stream_open(*state);
	return 0;
}

int stream_teardown(void **state)
{
	stream_close(*state);
	return 0;
}

/* As a live reader would: every 100 ms, and never past what is under way. */
static void tick_until(struct stream *s, __u64 mono)
{
	__u64 at;

	for (at = s->d->now; s->ticks && s->d->now && at < mono;
	     at += STREAM_SECOND / 10)
		nw_detect_advance(s->d, at);
}

static void feed(struct stream *s, const char *line)
{
	struct nw_event ev;

	stream_parse(s, &ev, line);
	tick_until(s, ev.mono);
	nw_detect_event(s->d, &ev);
}

void stream_play(struct stream *s, const char *const *line)
{
	for (; *line; line++)
		feed(s, *line);
}

void stream_add(struct stream *s, const char *fmt, ...)
{
	char line[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	feed(s, line);
}

void stream_until(struct stream *s, double seconds)
{
	__u64 mono = s->base + (__u64)(seconds * 1e9 + 0.5);

	tick_until(s, mono);
	nw_detect_advance(s->d, mono + NW_DETECT_LAG);
}

void stream_healthy(struct stream *s)
{
	static const char *const healthy[] = {
		"0 carrier up initial",
		"0 route + default via 10.9.0.62 initial",
		"0 neigh 10.9.0.62 NONE REACHABLE initial mac 00:00:0c:9f:f0:30",
		"0 neigh 10.9.0.1 NONE REACHABLE initial mac a1",
		"0 neigh 10.9.0.2 NONE REACHABLE initial mac a2",
		"0 neigh 10.9.0.3 NONE REACHABLE initial mac a3",
		"1 confirm 10.9.0.62 REACHABLE reply",
		"1 confirm 10.9.0.1 REACHABLE reply",
		"1 confirm 10.9.0.2 REACHABLE reply",
		"1 confirm 10.9.0.3 REACHABLE reply",
		NULL
	};

	stream_play(s, healthy);
}

void stream_ask(struct stream *s, double from, double to, double gap)
{
	double t;

	for (t = from; t < to; t += 3 + gap) {
		stream_add(s, "%.3f neigh 10.9.0.62 FAILED INCOMPLETE transmit",
			   t);
		if (t + 3 <= to)
			stream_add(s, "%.3f neigh 10.9.0.62 INCOMPLETE FAILED timer",
				   t + 3);
	}
}

void stream_gateway(struct stream *s)
{
	stream_add(s, "0 route + default via " STREAM_GATEWAY " initial");
	stream_add(s, "0 neigh " STREAM_GATEWAY " NONE REACHABLE initial mac aa");
	stream_add(s, "0 neigh 10.0.0.9 NONE REACHABLE initial mac c1");
}

void stream_move(struct stream *s, double at, const char *to, const char *from)
{
	stream_add(s, "%.3f neigh " STREAM_GATEWAY
		   " REACHABLE STALE packet mac %s from %s", at, to, from);
}

void stream_lose(struct stream *s, unsigned int nr, double apart)
{
	unsigned int i;

	for (i = 0; i < nr; i++) {
		stream_add(s, "%.3f carrier down driver phys", 10 + i * apart);
		stream_add(s, "%.3f carrier up driver phys", 11 + i * apart);
	}
}

struct nw_event stream_record(struct stream *s, double at, __u8 type)
{
	struct nw_event ev = {
		.type = type, .seq = ++s->seq, .ifindex = 2, .dev = "eth0",
		.mono = s->base + (__u64)(at * 1e9 + 0.5),
		.cause = NW_CAUSE_DRIVER,
		.origin.instance = 5, .origin.netns_cookie = s->cookie,
	};

	ev.real = STREAM_REAL + ev.mono - s->base;
	return ev;
}

static void say_all(const struct stream *s, char *buf, size_t size)
{
	const struct nw_finding *f;
	unsigned int i;
	size_t len = 0;

	buf[0] = '\0';
	for (i = s->checked; i < s->nr && len < size; i++) {
		f = &s->told[i];
		len += (size_t)snprintf(buf + len, size - len,
					"%.3f %s %s %s\n",
					(double)(f->changed.mono - s->base) / 1e9,
					nw_status_name(f->status),
					nw_severity_name(f->severity), f->id);
	}
}

void stream_expect(struct stream *s, const char *const *want)
{
	char is[STREAM_TOLD * 64], should[STREAM_TOLD * 64] = "";

	for (; *want; want++) {
		strcat(should, *want);
		strcat(should, "\n");
	}
	say_all(s, is, sizeof(is));
	assert_string_equal(is, should);
	s->checked = s->nr;
}

void stream_expect_id(const struct stream *s, const char *id,
		      const char *const *want)
{
	struct stream some = *s;
	unsigned int i;

	some.nr = 0;
	some.checked = 0;
	for (i = 0; i < s->nr; i++)
		if (!strcmp(s->told[i].id, id))
			some.told[some.nr++] = s->told[i];
	stream_expect(&some, want);
}

const struct nw_finding *stream_last(const struct stream *s, const char *id)
{
	unsigned int i;

	for (i = s->nr; i-- > 0;)
		if (!strcmp(s->told[i].id, id))
			return &s->told[i];
	fail_msg("no %s was told", id);
	return NULL;
}

void stream_expect_quiet(const struct stream *s)
{
	unsigned int i;

	for (i = 0; i < s->nr; i++)
		if (s->told[i].worst > NW_SEVERITY_INFO)
			fail_msg("%s %s: %s", nw_severity_name(s->told[i].worst),
				 s->told[i].id, s->told[i].text);
}

__u64 stream_number(const struct nw_finding *f, const char *key)
{
	unsigned int i;

	for (i = 0; i < f->nr_numbers; i++)
		if (!strcmp(f->numbers[i].key, key))
			return f->numbers[i].value;
	fail_msg("%s has no %s", f->id, key);
	return 0;
}

const char *stream_fact(const struct nw_finding *f, const char *label)
{
	unsigned int i;

	for (i = 0; i < f->nr_facts; i++)
		if (!strcmp(f->facts[i].label, label))
			return f->facts[i].text;
	return NULL;
}
