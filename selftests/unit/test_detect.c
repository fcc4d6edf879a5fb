// SPDX-License-Identifier: GPL-2.0
/* The engine: time, deadlines, thresholds, bounded memory, default routes. */
#include "unit.h"
#include "stream.h"
#include "vmac.h"

struct item {
	struct nw_hash_node node;
	int key;
};

static bool same_key(const struct nw_hash_node *node, const void *key)
{
	return nw_container(node, struct item, node)->key == *(const int *)key;
}

static void hash_finds_what_is_in_it(void **state)
{
	static struct item items[1000];
	struct nw_hash hash = { 0 };
	int i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		items[i].key = i;
		/* Few values: chains must work. */
		nw_hash_add(&hash, &items[i].node, (__u64)i % 50);
	}
	for (i = 0; i < 1000; i += 2)
		nw_hash_remove(&hash, &items[i].node);
	assert_int_equal(hash.nr, 500);
	for (i = 0; i < 1000; i++)
		assert_ptr_equal(nw_hash_find(&hash, (__u64)i % 50, same_key, &i),
				 i % 2 ? &items[i].node : NULL);
	nw_hash_free(&hash);
}

static void deadlines_come_in_order(void **state)
{
	struct nw_timer timers[200] = { 0 }, *t;
	struct nw_timers heap = { 0 };
	__u64 last = 0, order = 0;
	size_t i, nr = 0;

	(void)state;
	for (i = 0; i < 200; i++)
		nw_timer_set(&heap, &timers[i], NULL, i * 7919 % 40);
	for (i = 0; i < 200; i += 3)
		nw_timer_cancel(&heap, &timers[i]);
	for (; (t = nw_timer_first(&heap)); nr++) {
		assert_true(t->at > last || (t->at == last &&
					     (!nr || t->order > order)));
		last = t->at;
		order = t->order;
		nw_timer_cancel(&heap, t);
	}
	assert_int_equal(nr, 133);
	nw_timers_free(&heap);
}

static void thresholds_are_checked(void **state)
{
	struct nw_thresholds t;
	char err[256];
	size_t i;

	(void)state;
	nw_thresholds_default(&t);
	for (i = 0; i < NW_THRESHOLDS; i++) {
		const struct nw_threshold_info *info = &nw_threshold_table[i];

		assert_non_null(info->name);
		assert_true(strlen(info->reason) > 10);
		assert_true(info->min <= info->standard &&
			    info->standard <= info->max);
	}
	assert_int_equal(nw_thresholds_set(&t, "gateway-flap-half-life", "2min",
					   err, sizeof(err)), 0);
	assert_int_equal(t.value[NW_T_GATEWAY_FLAP_HALF_LIFE],
			 120 * STREAM_SECOND);
	assert_int_equal(nw_thresholds_set(&t, "link-flap-warn", "1600", err,
					   sizeof(err)), 0);
	assert_int_equal(t.value[NW_T_LINK_FLAP_WARN], 1600);
}

static void bad_thresholds_are_refused(void **state)
{
	static const char *const bad[][2] = {
		{ "gateway-flop", "1" }, { "link-flap-warn", "" },
		{ "link-flap-warn", "1s" }, { "link-flap-warn", "-1" },
		{ "link-flap-warn", "99" }, { "link-flap-warn", "100001" },
		{ "link-flap-warn", "99999999999999999999" },
		{ "mac-move-clear", "10" }, { "mac-move-clear", "14:03" },
		{ "mac-move-clear", "999d" }, { "findings", "15" },
	};
	struct nw_thresholds t, was;
	char err[256];
	size_t i;

	(void)state;
	nw_thresholds_default(&t);
	was = t;
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		err[0] = '\0';
		assert_int_not_equal(nw_thresholds_set(&t, bad[i][0], bad[i][1],
						       err, sizeof(err)), 0);
		assert_non_null(strstr(err, bad[i][i ? 1 : 0]));
	}
	assert_memory_equal(&t, &was, sizeof(t));
}

static void virtual_addresses_are_named(void **state)
{
	static const struct {
		__u8 b[6];
		const char *name;
	} known[] = {
		{ { 0, 0, 0x5e, 0, 1, 7 }, "VRRP or CARP group 7" },
		{ { 0, 0, 0x5e, 0, 2, 255 }, "VRRP IPv6 group 255" },
		{ { 0, 0, 0x5e, 0, 3, 1 }, "" },
		{ { 0, 0, 0x0c, 7, 0xac, 16 }, "HSRP group 16" },
		{ { 0, 0, 0x0c, 0x9f, 0xf0, 0x30 }, "HSRPv2 group 48" },
		{ { 0, 0, 0x0c, 0x9f, 0xff, 0xff }, "HSRPv2 group 4095" },
		{ { 0, 0, 0x0c, 0x9f, 0xef, 0xff }, "" },
		{ { 0, 5, 0x73, 0xa0, 0x0f, 1 }, "HSRPv2 IPv6 group 3841" },
		{ { 0, 5, 0x73, 0xa0, 0x10, 0 }, "" },
		{ { 0, 7, 0xb4, 0, 5, 2 }, "GLBP group 5 forwarder 2" },
		{ { 0, 7, 0xb4, 3, 0xff, 4 }, "GLBP group 1023 forwarder 4" },
		{ { 0, 7, 0xb4, 4, 0, 1 }, "" },
		{ { 0x52, 0x54, 0, 0x12, 0x34, 0x56 }, "" },
	};
	struct nw_lladdr ll = { .len = 6 };
	char name[64];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(known); i++) {
		memcpy(ll.b, known[i].b, 6);
		assert_int_equal(nw_vmac_name(name, sizeof(name), &ll),
				 *known[i].name != '\0');
		assert_string_equal(name, known[i].name);
	}
	ll.len = 20;	/* InfiniBand */
	assert_false(nw_vmac_name(name, sizeof(name), &ll));
}

static const char *const lost_and_back[] = {
	"0 route + default via 10.0.0.1 initial",
	"10 route - default via 10.0.0.1 admin by ip 4242 bash",
	"40 route + default via 10.0.0.1 admin by ip 4300 bash",
	NULL
};

static void last_default_route_gone(void **state)
{
	static const char *const want[] = {
		"11.000 open crit gateway-lost",
		"40.000 cleared crit gateway-lost", NULL
	};
	const struct nw_finding *f;
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_play(&s, lost_and_back);
	stream_expect(&s, want);
	f = stream_last(&s, "gateway-lost");
	assert_string_equal(f->who.comm, "ip");
	assert_int_equal(f->who.pid, 4242);
	assert_string_equal(f->who.parent, "bash");
	assert_int_equal(f->began.mono, s.base + 10 * STREAM_SECOND);
	assert_int_equal(f->opened.real, STREAM_REAL + 11 * STREAM_SECOND);
	assert_int_equal(stream_number(f, "gone_ns"), 30 * STREAM_SECOND);
	assert_int_equal(f->evidence[0], 2);
	assert_string_equal(s.told[0].text, "10.0.0.1 eth0 is gone, by ip");
	assert_string_equal(stream_fact(&s.told[0], "removed by"),
			    "ip (pid 4242, child of bash)");
	stream_close(&s);
}

static void default_route_that_stays(void **state)
{
	static const char *const quiet[] = {
		"0 route + default via 10.0.0.1 initial",
		"0 route + default via fe80::1 packet",
		/* One of two is no loss, and one replaced is none. */
		"10 route + default via 10.0.0.2 admin",
		"20 route - default via 10.0.0.1 admin",
		"30 route - default via 10.0.0.2 admin",
		"30.9 route + default via 10.0.0.1 admin",
		/* Another route is no default route. */
		"40 route - 192.0.2.0/24 via 10.0.0.1 admin",
		NULL
	};
	static const char *const want[] = { NULL };
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_play(&s, quiet);
	stream_until(&s, 100);
	stream_expect(&s, want);
	/* Each family by itself. */
	stream_add(&s, "110 route - default via fe80::1 unknown");
	stream_until(&s, 111);
	assert_int_equal(s.nr, 1);
	assert_string_equal(s.told[0].subject, "IPv6 default route");
	assert_string_equal(stream_fact(&s.told[0], "removed"),
			    "cause: unknown");
	stream_close(&s);
}

/* A multipath route of many ways: one that stays is enough. */
static void many_ways_out(void **state)
{
	struct stream s;
	int i;

	(void)state;
	stream_open(&s);
	for (i = 1; i <= 2 * NW_WORLD_DEFAULTS; i++)
		stream_add(&s, "1 route + default via 10.0.0.%d initial", i);
	for (i = 1; i < 2 * NW_WORLD_DEFAULTS; i++)
		stream_add(&s, "10 route - default via 10.0.0.%d admin", i);
	stream_until(&s, 20);
	assert_int_equal(s.nr, 0);
	assert_int_equal(s.d->world.nr_gateways, 1);
	stream_add(&s, "30 route - default via 10.0.0.%d admin", i);
	stream_until(&s, 40);
	assert_int_equal(s.nr, 1);
	assert_string_equal(s.told[0].id, "gateway-lost");
	stream_close(&s);
}

static void container_takes_its_route_along(void **state)
{
	static const char *const container[] = {
		"0 route + default via 172.17.0.1 admin",
		"10 route - default via 172.17.0.1 unknown",
		"10.2 admin removed unknown",
		NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_play(&s, container);
	stream_until(&s, 100);
	assert_int_equal(s.nr, 0);
	/* A card that vanished is a loss. */
	stream_add(&s, "110 route + default via 10.0.0.1 admin if 3 dev eth1");
	stream_add(&s, "120 route - default via 10.0.0.1 unknown if 3 dev eth1");
	stream_add(&s, "120.2 admin removed unknown if 3 dev eth1 phys");
	stream_until(&s, 130);
	assert_int_equal(s.nr, 1);
	/* But not where its namespace ends, and gives the card back. */
	s.cookie = 2;
	stream_add(&s, "140 route + default via 10.0.0.1 admin if 3 dev eth1");
	stream_add(&s, "150 route - default via 10.0.0.1 unknown if 3 dev eth1");
	stream_add(&s, "150.2 admin removed unknown if 1 dev lo");
	stream_until(&s, 160);
	assert_int_equal(s.nr, 1);
	stream_close(&s);
}

static void ticks_change_nothing(void **state)
{
	struct stream a, b;
	unsigned int i;

	(void)state;
	stream_open(&a);
	stream_open(&b);
	b.ticks = true;
	stream_play(&a, lost_and_back);
	stream_play(&b, lost_and_back);
	assert_int_equal(a.nr, b.nr);
	for (i = 0; i < a.nr; i++) {
		a.told[i].prev = b.told[i].prev;
		a.told[i].next = b.told[i].next;
		assert_memory_equal(&a.told[i], &b.told[i], sizeof(a.told[i]));
	}
	stream_close(&a);
	stream_close(&b);
}

static void namespaces_are_apart(void **state)
{
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_add(&s, "0 route + default via 10.0.0.1 initial");
	s.cookie = 2;
	stream_add(&s, "1 route + default via 10.0.0.2 initial");
	stream_add(&s, "2 route - default via 10.0.0.2 admin");
	s.cookie = 1;
	stream_add(&s, "3 route - default via 10.0.0.1 admin");
	stream_until(&s, 10);
	assert_int_equal(s.nr, 2);
	assert_int_equal(s.told[0].origin.netns_cookie, 2);
	assert_int_equal(s.told[1].origin.netns_cookie, 1);
	assert_false(nw_finding_equal(&s.told[0], &s.told[1]));
	stream_close(&s);
}

static void time_never_runs_backwards(void **state)
{
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_add(&s, "10 route + default via 10.0.0.1 admin");
	stream_add(&s, "9 neigh 10.0.0.9 - NONE transmit");
	assert_int_equal(s.d->now, s.base + 10 * STREAM_SECOND);
	stream_close(&s);
}

static void memory_is_bounded(void **state)
{
	struct stream s;
	int i;

	(void)state;
	stream_open(&s);
	s.config.thresholds.value[NW_T_NEIGHBOURS] = 1000;
	stream_add(&s, "0 route + default via 10.0.0.1 initial");
	stream_add(&s, "1 neigh 10.0.0.1 STALE REACHABLE packet mac aa");
	stream_add(&s, "1 neigh 10.0.0.2 STALE REACHABLE packet mac bb");
	for (i = 0; i < 100000; i++)
		stream_add(&s, "2 neigh 10.%d.%d.%d NONE INCOMPLETE transmit",
			   1 + i / 65536, i / 256 % 256, i % 256);
	assert_int_equal(s.d->world.nr_neighs, 1000);
	assert_int_equal(s.d->world.nr_gateways, 1);
	/* Who answered once outlives who never did. */
	assert_non_null(TAILQ_FIRST(&s.d->world.proven));
	assert_int_equal(s.d->world.evicted, 100000 + 1 - 1000);
	stream_close(&s);
}

static void another_load_begins_anew(void **state)
{
	struct nw_event ev = { .mono = 5, .seq = 1 };
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_add(&s, "0 route + default via 10.0.0.1 initial");
	stream_add(&s, "1 route - default via 10.0.0.1 admin");
	stream_until(&s, 5);
	assert_int_equal(s.nr, 1);
	ev.origin.instance = 6;
	ev.type = NW_TYPE_SYNC;
	nw_detect_event(s.d, &ev);
	assert_int_equal(s.nr, 2);
	assert_int_equal(s.told[1].status, NW_STATUS_CLEARED);
	assert_int_equal(s.d->now, 5);
	stream_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hash_finds_what_is_in_it),
		cmocka_unit_test(deadlines_come_in_order),
		cmocka_unit_test(thresholds_are_checked),
		cmocka_unit_test(bad_thresholds_are_refused),
		cmocka_unit_test(virtual_addresses_are_named),
		cmocka_unit_test(last_default_route_gone),
		cmocka_unit_test(default_route_that_stays),
		cmocka_unit_test(many_ways_out),
		cmocka_unit_test(container_takes_its_route_along),
		cmocka_unit_test(ticks_change_nothing),
		cmocka_unit_test(namespaces_are_apart),
		cmocka_unit_test(time_never_runs_backwards),
		cmocka_unit_test(memory_is_bounded),
		cmocka_unit_test(another_load_begins_anew),
	};

	return cmocka_run_group_tests_name("detect", tests, NULL, NULL);
}
