// SPDX-License-Identifier: GPL-2.0
/* Lines as people read them: their words, their width, their safety. */
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>

#include <linux/neighbour.h>

#include "unit.h"
#include "format.h"
#include "message.h"
#include "out_object.h"

static char *text;
static size_t size;

static struct nw_out out_new(const struct nw_out_ops *ops)
{
	struct nw_out out = {
		.ops = ops, .start = { TEST_MONO, TEST_REAL },
		.file = open_memstream(&text, &size),
	};

	assert_non_null(out.file);
	out.json.file = out.file;
	return out;
}

static void print(const struct nw_out_ops *ops, const struct nw_event *ev)
{
	struct nw_out out = out_new(ops);

	ops->event(&out, ev);
	fclose(out.file);
}

static void expect(const struct nw_event *ev, const char *want)
{
	print(&nw_out_text, ev);
	assert_string_equal(text, want);
	free(text);
}

static struct nw_event event_new(__u8 type)
{
	struct nw_event ev = {
		.has = NW_BIT(NW_A_RECORD_DEV) | NW_BIT(NW_A_RECORD_CAUSE),
		.type = type, .dev = "eth0", .mono = TEST_MONO,
		.real = TEST_REAL, .cause = NW_CAUSE_TRANSMIT,
	};

	ev.neigh.has = ~0ULL;
	return ev;
}

static struct nw_event neigh_new(__u8 old, __u8 new)
{
	struct nw_event ev = event_new(NW_TYPE_NEIGH);

	ev.neigh.has &= ~NW_BIT(NW_A_CHANGE_OLD_LLADDR);
	ev.neigh.family = AF_INET;
	ev.neigh.addr = (struct nw_addr){ 4, { 10, 9, 0, 1 } };
	ev.neigh.lladdr = (struct nw_lladdr){ 6, { 2, 0, 0, 0, 0, 1 } };
	ev.neigh.old = old;
	ev.neigh.new = new;
	ev.neigh.dwell = 41204000000;
	return ev;
}

static void neighbours_read_like_the_incident(void **state)
{
	struct nw_event ev = neigh_new(NUD_STALE, NUD_DELAY);

	(void)state;
	expect(&ev, "02:14:03.512 eth0 10.9.0.1 STALE -> DELAY after 41.204 s, transmit\n");
	ev.neigh.has |= NW_BIT(NW_A_CHANGE_OLD_LLADDR);
	ev.neigh.old_lladdr = (struct nw_lladdr){ 6, { 2, 0, 0, 0, 0, 2 } };
	ev.neigh.new = NUD_STALE;
	ev.cause = NW_CAUSE_PACKET;
	strcpy(ev.dev, "e0");
	expect(&ev, "02:14:03.512 e0 10.9.0.1 STALE, MAC 02:00:00:00:00:02 -> 02:00:00:00:00:01,\n"
	       "             packet\n");
	ev = neigh_new(NUD_FAILED, NW_NUD_ABSENT);
	ev.cause = NW_CAUSE_GC;
	expect(&ev, "02:14:03.512 eth0 10.9.0.1 FAILED -> removed after 41.204 s, gc\n");
	ev = neigh_new(NUD_PROBE, NUD_FAILED);
	ev.cause = NW_CAUSE_TIMER;
	ev.flags = NW_F_INFERRED;
	ev.neigh.probes = 3;
	ev.neigh.dwell = 3000000;
	expect(&ev, "02:14:03.512 eth0 10.9.0.1 PROBE -> FAILED after 3.0 ms, timer, 3 sent,\n"
	       "             inferred\n");
}

static void carrier_and_mode(void **state)
{
	struct nw_event ev = event_new(NW_TYPE_CARRIER);

	(void)state;
	ev.carrier.has = NW_BIT(NW_A_CARRIER_NEW) | NW_BIT(NW_A_CARRIER_DWELL);
	ev.carrier.new = NW_CARRIER_DOWN;
	ev.carrier.dwell = (6 * 24 + 13) * 3600 * NW_NSEC_PER_SEC;
	ev.cause = NW_CAUSE_DRIVER;
	expect(&ev, "02:14:03.512 eth0 carrier DOWN after 6 d 13 h, driver\n");
	ev = event_new(NW_TYPE_LINK_MODE);
	strcpy(ev.mode.driver, "e1000e");
	ev.mode.speed = 1000;
	ev.mode.duplex = 1;
	ev.mode.autoneg = 1;
	ev.mode.pause_rx = 1;
	ev.mode.pause_tx = 1;
	expect(&ev, "02:14:03.512 eth0 mode e1000e 1000 full autoneg pause rx/tx\n");
	ev.mode.has = 0;
	memset(&ev.mode, 0, sizeof(ev.mode));
	expect(&ev, "02:14:03.512 eth0 mode unknown\n");
}

static void admin_route_and_who(void **state)
{
	struct nw_event ev = event_new(NW_TYPE_LINK_ADMIN);

	(void)state;
	ev.cause = NW_CAUSE_ADMIN;
	ev.admin.has = NW_BIT(NW_A_ADMIN_CHANGE);
	ev.admin.change = NW_ADMIN_DOWN;
	ev.who.has = ~0ULL;
	ev.who.pid = 812;
	strcpy(ev.who.comm, "ip");
	strcpy(ev.who.parent, "bash");
	expect(&ev, "02:14:03.512 eth0 set DOWN, admin by ip (812) of bash\n");
	ev = event_new(NW_TYPE_ROUTE);
	ev.cause = NW_CAUSE_UNKNOWN;
	ev.route.change = NW_CHANGE_REMOVED;
	ev.route.family = AF_INET;
	ev.route.dst.len = 4;
	ev.route.table = 254;
	ev.route.gateway = (struct nw_addr){ 4, { 10, 9, 0, 1 } };
	expect(&ev, "02:14:03.512 eth0 route default via 10.9.0.1 removed\n");
}

static void unknown_values_are_numbers(void **state)
{
	struct nw_event ev = neigh_new(NUD_STALE, 0x0c);

	(void)state;
	ev.cause = 99;
	expect(&ev, "02:14:03.512 eth0 10.9.0.1 STALE -> 12 after 41.204 s, 99\n");
}

static void names_cannot_move_the_cursor(void **state)
{
	struct nw_event ev = neigh_new(NUD_STALE, NUD_DELAY);

	(void)state;
	strcpy(ev.dev, "\x1b[2J\xc2\x9b\\");
	ev.neigh.has &= ~NW_BIT(NW_A_CHANGE_DWELL);
	expect(&ev, "02:14:03.512 \\x1b[2J\\xc2\\x9b\\x5c 10.9.0.1 STALE -> DELAY, transmit\n");
}

/* The largest values of every field, of every type. */
static void fill(struct nw_event *ev)
{
	const struct nw_desc *desc = nw_event_desc(ev);
	char *body = (char *)&ev->neigh;
	unsigned int i;

	memset(&ev->neigh, 0xee, sizeof(*ev) - offsetof(struct nw_event, neigh));
	ev->neigh.has = ~0ULL;
	for (i = 0; i < desc->nr; i++) {
		const struct nw_field *f = &desc->field[i];

		if (f->kind == NW_KIND_STRING)
			memset(body + f->off, 0x1b, f->size - 1);
		if (f->kind == NW_KIND_STRING)
			body[f->off + f->size - 1] = '\0';
		if (f->kind == NW_KIND_ADDR || f->kind == NW_KIND_PREFIX)
			body[f->off] = 16;
		if (f->kind == NW_KIND_LLADDR)
			body[f->off] = NW_LLADDR_MAX;
		if (f->kind == NW_KIND_FAMILY)
			body[f->off] = AF_INET6;
	}
}

static void check_width(const char *s)
{
	size_t len;

	for (; *s; s += len + 1) {
		len = strcspn(s, "\n");
		if (len > NW_WIDTH)
			fail_msg("%zu columns: %.*s", len, (int)len, s);
	}
}

static void every_type_fits(void **state)
{
	enum nw_time time;
	__u8 type;

	(void)state;
	for (type = 1; type <= NW_TYPE_MAX; type++) {
		for (time = NW_TIME_WALL; time <= NW_TIME_RELATIVE; time++) {
			struct nw_event ev = event_new(type);
			struct nw_out out = out_new(&nw_out_text);

			fill(&ev);
			out.time = time;
			out.precise = true;
			out.netns = true;
			ev.origin.netns = ~0U;
			ev.mono = time == NW_TIME_MONO ? ~0ULL : TEST_MONO;
			ev.flags = ~0U;
			ev.has = ~0ULL;
			ev.who.has = ~0ULL;
			memset(ev.dev, 0x1b, sizeof(ev.dev) - 1);
			memset(ev.who.comm, 0x1b, sizeof(ev.who.comm) - 1);
			memset(ev.who.parent, 0x1b, sizeof(ev.who.parent) - 1);
			out.ops->event(&out, &ev);
			fclose(out.file);
			assert_true(size > 20);
			check_width(text);
			assert_null(strchr(text, 0x1b));
			free(text);
		}
	}
}

static void durations(void **state)
{
	static const struct {
		__u64 ns;
		const char *want;
	} all[] = {
		{ 0, "0 us" }, { 999999, "999 us" }, { 1000000, "1.0 ms" },
		{ 412345678, "412.3 ms" }, { 999999999, "999.9 ms" },
		{ 41204000000, "41.204 s" }, { 119999000000, "119.999 s" },
		{ 120000000000, "2 min 0 s" }, { 7199000000000, "119 min 59 s" },
		{ 7200000000000, "2 h 0 min" },
		{ 565200000000000, "6 d 13 h" },
	};
	char buf[64];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(all); i++) {
		nw_format_duration(buf, sizeof(buf), all[i].ns, false);
		assert_string_equal(buf, all[i].want);
	}
	nw_format_duration(buf, sizeof(buf), 41204000005, true);
	assert_string_equal(buf, "41.204000005 s");
}

static void the_date_is_told_when_it_changes(void **state)
{
	struct nw_event ev = neigh_new(NUD_STALE, NUD_DELAY);
	struct nw_out out = out_new(&nw_out_text);

	(void)state;
	ev.real -= 86400 * NW_NSEC_PER_SEC;
	out.ops->event(&out, &ev);
	out.ops->event(&out, &ev);
	ev.real += 86400 * NW_NSEC_PER_SEC;
	out.ops->event(&out, &ev);
	fclose(out.file);
	assert_non_null(strstr(text, "--- Tue Nov 18 2025 ---\n02:14:03.512 eth0"));
	assert_null(strstr(strstr(text, "Nov 18") + 1, "Nov 18"));
	assert_non_null(strstr(text, "--- Wed Nov 19 2025 ---\n02:14:03.512 eth0"));
	free(text);
}

static const char *const json_parts[] = {
	"{\"v\":1,\"instance\":\"fedcba9876543210\",\"netns_cookie\":7,",
	"\"netns\":4026531840,\"event\":\"neigh\",\"seq\":41,",
	"\"time\":\"2025-11-19T01:14:03.512345678Z\",",
	"\"mono\":\"123456.789012345\",\"dev\":\"eth0\",\"cause\":\"transmit\",",
	"\"gateway\":true,\"family\":\"inet\",\"addr\":\"10.9.0.1\",\"old\":null,",
	"\"new\":\"INCOMPLETE\",\"used_ns\":7}\n",
};

static void the_event_in_json(void **state)
{
	struct nw_event ev = neigh_new(NW_NUD_ABSENT, NUD_INCOMPLETE);
	const char *at;
	size_t i;

	(void)state;
	ev.has = NW_BIT(NW_A_RECORD_SEQ) | NW_BIT(NW_A_RECORD_MONO) |
		 NW_BIT(NW_A_RECORD_REAL) | NW_BIT(NW_A_RECORD_DEV) |
		 NW_BIT(NW_A_RECORD_CAUSE) | NW_BIT(NW_A_RECORD_FLAGS) |
		 NW_BIT(NW_A_RECORD_NEIGH);
	ev.seq = 41;
	ev.flags = NW_F_GATEWAY;
	ev.origin.has = ~0ULL;
	ev.origin.instance = TEST_INSTANCE;
	ev.origin.netns_cookie = TEST_COOKIE;
	ev.origin.netns = TEST_INO;
	ev.neigh.has = NW_BIT(NW_A_CHANGE_FAMILY) | NW_BIT(NW_A_CHANGE_ADDR) |
		       NW_BIT(NW_A_CHANGE_OLD) | NW_BIT(NW_A_CHANGE_NEW) |
		       NW_BIT(NW_A_CHANGE_USED);
	ev.neigh.used = 7;
	print(&nw_out_json, &ev);
	at = text;
	for (i = 0; i < ARRAY_SIZE(json_parts); i++) {
		assert_memory_equal(at, json_parts[i], strlen(json_parts[i]));
		at += strlen(json_parts[i]);
	}
	assert_string_equal(at, "");
	free(text);
}

static void expect_row(const struct nw_neigh *n, const char *want)
{
	struct nw_out out = out_new(&nw_out_text);

	nw_out_neigh_row(&out, n);
	fclose(out.file);
	assert_string_equal(text, want);
	free(text);
}

static const char gateway_row[] =
	"eth0       10.9.0.1         REACHABLE  41.204 s     02:00:00:00:00:01 12 gw\n";
static const char absent_row[] =
	"eth0       10.9.0.1         absent     -            -                 12\n";

static void neighbours_in_columns(void **state)
{
	struct nw_neigh n = {
		.has = NW_BIT(NW_A_NEIGH_SINCE), .dev = "eth0",
		.addr = { 4, { 10, 9, 0, 1 } }, .state = NUD_REACHABLE,
		.lladdr = { 6, { 2, 0, 0, 0, 0, 1 } }, .outages = 12,
		.since = TEST_MONO - 41204000000, .flags = NW_F_GATEWAY,
	};

	(void)state;
	expect_row(&n, gateway_row);
	n.has = 0;
	n.lladdr.len = 0;
	n.flags = 0;
	n.state = NW_NUD_ABSENT;
	expect_row(&n, absent_row);
	/* What does not fit its column goes on below, each under its head. */
	n.addr = (struct nw_addr){ 16, { 0x20, 1, 0x0d, 0xb8, [7] = 1, [14] = 0xab, [15] = 0xcd } };
	strcpy(n.dev, "enp0s31f6np0v12");
	expect_row(&n, "enp0s31f6np0v12\n           2001:db8:0:1::abcd\n"
		       "                            absent     -            -                 12\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(neighbours_read_like_the_incident),
		cmocka_unit_test(carrier_and_mode),
		cmocka_unit_test(admin_route_and_who),
		cmocka_unit_test(unknown_values_are_numbers),
		cmocka_unit_test(names_cannot_move_the_cursor),
		cmocka_unit_test(every_type_fits),
		cmocka_unit_test(durations),
		cmocka_unit_test(the_date_is_told_when_it_changes),
		cmocka_unit_test(the_event_in_json),
		cmocka_unit_test(neighbours_in_columns),
	};

	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
