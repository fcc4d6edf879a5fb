// SPDX-License-Identifier: GPL-2.0
/*
 * Streams that no kernel would send: whatever comes, an episode opens once and
 * clears once, time never runs backwards, and ticks change nothing.
 */
#include <stdio.h>

#include "unit.h"
#include "stream.h"

#define STREAMS		40
#define EVENTS		1500
#define EPISODES	4096

/* xorshift64*: the same streams on every machine. */
static __u64 next_random(__u64 *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * 0x2545f4914f6cdd1dULL;
}

static unsigned int below(__u64 *state, unsigned int limit)
{
	return (unsigned int)((next_random(state) >> 33) % limit);
}

/* One of a list that ends with NULL. */
static const char *pick(__u64 *state, const char *const *of)
{
	unsigned int nr = 0;

	while (of[nr])
		nr++;
	return of[below(state, nr)];
}

static const char *const addrs[] = {
	"10.0.0.1", "10.0.0.2", "fe80::1", "10.0.0.9", "10.0.0.10", NULL
};

static const char *const states[] = {
	"-", "NONE", "INCOMPLETE", "REACHABLE", "STALE", "DELAY", "PROBE",
	"FAILED", "PERMANENT", "NOARP", NULL
};

static const char *const causes[] = {
	"initial", "timer", "transmit", "packet", "upper-layer", "admin", "gc",
	"link-down", "unknown", "driver", NULL
};

static const char *const macs[] = { "aa", "bb", "cc", NULL };

static void put_neigh(char *line, size_t size, double at, __u64 *rnd)
{
	const char *lladdr = pick(rnd, macs);

	snprintf(line, size, "%.6f neigh %s %s %s %s mac %s if %u%s", at,
		 pick(rnd, addrs), pick(rnd, states), pick(rnd, states),
		 pick(rnd, causes), lladdr, 2 + below(rnd, 2),
		 below(rnd, 2) ? " gw" : "");
}

static void put_other(char *line, size_t size, double at, __u64 *rnd)
{
	static const char *const carrier[] = { "up", "down", "pulse", NULL };
	static const char *const admin[] = {
		"up", "down", "enslaved", "released", "removed", "registered",
		NULL
	};
	unsigned int dev = 2 + below(rnd, 3);

	switch (below(rnd, 5)) {
	case 0:
		snprintf(line, size, "%.6f route %s default via %s %s if %u", at,
			 below(rnd, 2) ? "+" : "-", addrs[below(rnd, 3)],
			 pick(rnd, causes), dev);
		break;
	case 1:
		snprintf(line, size, "%.6f carrier %s driver if %u", at,
			 pick(rnd, carrier), dev);
		break;
	case 2:
		snprintf(line, size, "%.6f admin %s admin other %u if %u", at,
			 pick(rnd, admin), 2 + below(rnd, 3), dev);
		break;
	case 3:
		snprintf(line, size, "%.6f offer %s %s %s mac %s if %u%s", at,
			 pick(rnd, addrs), pick(rnd, states), pick(rnd, macs),
			 pick(rnd, macs), dev, below(rnd, 2) ? " override" : "");
		break;
	default:
		snprintf(line, size, "%.6f confirm %s REACHABLE %s if %u", at,
			 pick(rnd, addrs), below(rnd, 2) ? "reply" : "heard",
			 dev);
		break;
	}
}

/* What became of each episode, and a digest of all that was told. */
struct judge {
	enum nw_status last[EPISODES];
	__u64 told;
	__u64 digest;
	__u64 mono;
};

static void check(void *arg, const struct nw_finding *f)
{
	struct judge *j = arg;
	enum nw_status was;

	assert_true(f->number < EPISODES);
	was = j->last[f->number];
	if (f->status == NW_STATUS_OPEN)
		assert_int_equal(was, NW_STATUS_NEW);
	else
		assert_true(was == NW_STATUS_OPEN || was == NW_STATUS_RAISED ||
			    was == NW_STATUS_LOWERED);
	j->last[f->number] = f->status;
	assert_true(f->severity > NW_SEVERITY_NONE && f->worst >= f->severity);
	if (!*f->text || !*f->subject || !f->nr_evidence)
		fail_msg("%s says too little: %s", f->id, f->text);
	assert_true(f->changed.mono >= j->mono);
	assert_true(f->opened.mono <= f->changed.mono);
	j->mono = f->changed.mono;
	j->told++;
	j->digest = nw_hash_bytes(j->digest, &f->changed, sizeof(f->changed));
	j->digest = nw_hash_bytes(j->digest, f->id, strlen(f->id));
	j->digest = nw_hash_bytes(j->digest, f->text, strlen(f->text));
	j->digest = nw_hash_bytes(j->digest, f->facts, sizeof(f->facts[0]) *
				  f->nr_facts);
}

static void play(struct judge *j, __u64 seed, bool ticks)
{
	__u64 rnd = seed;
	double at = 0, stamp;
	char line[256];
	struct stream s;
	int i;

	memset(j, 0, sizeof(*j));
	stream_open(&s);
	s.d->fn = check;
	s.d->arg = j;
	s.ticks = ticks;
	for (i = 0; i < EVENTS; i++) {
		at += (double)below(&rnd, below(&rnd, 4) ? 3000 : 60000) / 1000;
		s.cookie = 1 + below(&rnd, 2);
		/* Stamps of creations are earlier than their numbers. */
		stamp = below(&rnd, 8) || at < 1 ? at : at - 0.3;
		if (below(&rnd, 4))
			put_neigh(line, sizeof(line), stamp, &rnd);
		else
			put_other(line, sizeof(line), stamp, &rnd);
		stream_add(&s, "%s", line);
	}
	stream_until(&s, at + 200000);
	nw_detect_describe(s.d);
	stream_close(&s);
}

static void whatever_comes(void **state)
{
	struct judge *a = malloc(sizeof(*a)), *b = malloc(sizeof(*b));
	__u64 seed, told = 0;

	(void)state;
	assert_non_null(a);
	assert_non_null(b);
	for (seed = 1; seed <= STREAMS; seed++) {
		play(a, seed, false);
		play(b, seed, true);
		assert_int_equal(a->told, b->told);
		assert_int_equal(a->digest, b->digest);
		told += a->told;
	}
	/* They do tell something. */
	assert_true(told > 1000);
	free(a);
	free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whatever_comes),
	};

	return cmocka_run_group_tests_name("detect_random", tests, NULL, NULL);
}
