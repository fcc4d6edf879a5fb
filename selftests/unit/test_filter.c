// SPDX-License-Identifier: GPL-2.0
/* The filter words, and what they let through. */
#include <sys/socket.h>

#include <linux/neighbour.h>

#include "unit.h"
#include "filter.h"

static char err[256];

static int parse(struct nw_filter *f, const char *line)
{
	char text[256], *word, *words[16];
	int nr = 0;

	memset(f, 0, sizeof(*f));
	strcpy(text, line);
	for (word = strtok(text, " "); word; word = strtok(NULL, " "))
		words[nr++] = word;
	err[0] = '\0';
	return nw_filter_parse(f, nr, words, err, sizeof(err));
}

static struct nw_event neigh_event(__u8 old, __u8 new)
{
	struct nw_event ev = {
		.type = NW_TYPE_NEIGH, .dev = "eth0", .mono = 1000,
		.real = 2000,
		.neigh = {
			.has = NW_BIT(NW_A_CHANGE_OLD),
			.family = AF_INET, .old = old, .new = new,
			.addr = { 4, { 10, 9, 0, 1 } },
		},
	};

	return ev;
}

static bool lets(const char *line, const struct nw_event *ev)
{
	struct nw_filter f;

	if (parse(&f, line))
		fail_msg("%s: %s", line, err);
	return nw_filter_event(&f, ev);
}

static void words_narrow(void **state)
{
	struct nw_event ev = neigh_event(NUD_STALE, NUD_DELAY);

	(void)state;
	assert_true(lets("", &ev));
	assert_true(lets("dev eth0", &ev));
	assert_false(lets("dev eth1", &ev));
	assert_true(lets("10.9.0.1", &ev));
	assert_false(lets("10.9.0.2", &ev));
	assert_true(lets("10.9.0.0/24", &ev));
	assert_true(lets("10.9.0.77/24", &ev));
	assert_true(lets("0.0.0.0/0", &ev));
	assert_false(lets("10.9.1.0/24", &ev));
	assert_false(lets("::/0", &ev));
	assert_true(lets("state stale", &ev));
	assert_true(lets("state DELAY", &ev));
	assert_false(lets("state failed", &ev));
	assert_true(lets("state failed state delay", &ev));
	assert_true(lets("event neigh", &ev));
	assert_false(lets("event carrier", &ev));
	assert_true(lets("event carrier event neigh dev eth0", &ev));
}

static void what_a_record_lacks_does_not_match(void **state)
{
	const struct nw_event ev = { .type = NW_TYPE_CARRIER, .dev = "eth0" };

	(void)state;
	assert_true(lets("dev eth0", &ev));
	assert_false(lets("10.9.0.1", &ev));
	assert_false(lets("state failed", &ev));
}

static void a_loss_always_shows(void **state)
{
	const struct nw_event ev = { .type = NW_TYPE_LOST };

	(void)state;
	assert_true(lets("dev eth0", &ev));
	assert_true(lets("10.9.0.1 event neigh", &ev));
	assert_true(nw_filter_matters(&ev));
}

static void family_and_time(void **state)
{
	struct nw_event ev = neigh_event(NUD_NONE, NUD_INCOMPLETE);
	struct nw_filter f = { .family = AF_INET6 };

	(void)state;
	assert_false(nw_filter_event(&f, &ev));
	f.family = AF_INET;
	assert_true(nw_filter_event(&f, &ev));
	f.since = (struct nw_when){ NW_WHEN_MONO, 1001 };
	assert_false(nw_filter_event(&f, &ev));
	f.since = (struct nw_when){ NW_WHEN_REAL, 2000 };
	assert_true(nw_filter_event(&f, &ev));
	f.until = (struct nw_when){ NW_WHEN_REAL, 2000 };
	assert_false(nw_filter_event(&f, &ev));
	f.until = (struct nw_when){ NW_WHEN_MONO, 1001 };
	assert_true(nw_filter_event(&f, &ev));
}

static void a_gateway_is_matched_by_its_routes_too(void **state)
{
	struct nw_event ev = { .type = NW_TYPE_ROUTE };

	(void)state;
	ev.route.family = AF_INET;
	assert_false(lets("10.9.0.1", &ev));
	ev.route.gateway = (struct nw_addr){ 4, { 10, 9, 0, 1 } };
	assert_true(lets("10.9.0.1", &ev));
}

static void what_matters(void **state)
{
	struct nw_event ev = neigh_event(NUD_STALE, NUD_DELAY);

	(void)state;
	assert_false(nw_filter_matters(&ev));
	ev.flags = NW_F_GATEWAY;
	assert_true(nw_filter_matters(&ev));
	ev.type = NW_TYPE_CARRIER;
	assert_false(nw_filter_matters(&ev));
	ev.flags = NW_F_PHYSICAL;
	assert_true(nw_filter_matters(&ev));
	ev.type = NW_TYPE_SYNC;
	assert_false(nw_filter_matters(&ev));
}

static void refused_with_the_word_and_the_range(void **state)
{
	static const struct {
		const char *line;
		const char *says;
	} bad[] = {
		{ "10.9.0.1/33", "'33' of '10.9.0.1/33' is out of range 0..32" },
		{ "fe80::1/129", "out of range 0..128" },
		{ "10.9.0.1/", "out of range" },
		{ "10.9.0.1/-1", "out of range" },
		{ "10.9.0.1/8x", "out of range" },
		{ "10.9.0", "'10.9.0' is no address" },
		{ "10.9.0.1 10.9.0.2", "only one" },
		{ "dev", "'dev' needs a word" },
		{ "dev eth0 dev eth1", "twice" },
		{ "dev abcdefghijklmnop", "16 characters, out of range 1..15" },
		{ "state upset", "'upset' is no state" },
		{ "event horizon", "'horizon' is no event" },
	};
	struct nw_filter f;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		if (!parse(&f, bad[i].line))
			fail_msg("'%s' was taken", bad[i].line);
		if (!strstr(err, bad[i].says))
			fail_msg("'%s' does not say '%s'", err, bad[i].says);
	}
}

static void hosts_and_tracked_things(void **state)
{
	const struct nw_neigh n = {
		.dev = "eth0", .state = NUD_FAILED, .family = AF_INET6,
		.addr = { 16, { 0xfe, 0x80, [15] = 1 } },
	};
	const struct nw_link l = { .dev = "eth0" };
	struct nw_filter f;

	(void)state;
	assert_int_equal(parse(&f, "fe80::1 state failed dev eth0"), 0);
	assert_true(nw_filter_is_host(&f));
	assert_true(nw_filter_neigh(&f, &n));
	assert_true(nw_filter_link(&f, &l));
	assert_int_equal(parse(&f, "fe80::/10"), 0);
	assert_false(nw_filter_is_host(&f));
	assert_true(nw_filter_neigh(&f, &n));
	assert_int_equal(parse(&f, "state stale"), 0);
	assert_false(nw_filter_neigh(&f, &n));
	assert_int_equal(parse(&f, "dev eth1"), 0);
	assert_false(nw_filter_link(&f, &l));
	assert_true(nw_filter_is_given(&f));
	assert_int_equal(parse(&f, ""), 0);
	assert_false(nw_filter_is_given(&f));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_narrow),
		cmocka_unit_test(what_a_record_lacks_does_not_match),
		cmocka_unit_test(a_loss_always_shows),
		cmocka_unit_test(family_and_time),
		cmocka_unit_test(a_gateway_is_matched_by_its_routes_too),
		cmocka_unit_test(what_matters),
		cmocka_unit_test(refused_with_the_word_and_the_range),
		cmocka_unit_test(hosts_and_tracked_things),
	};

	return cmocka_run_group_tests_name("filter", tests, NULL, NULL);
}
