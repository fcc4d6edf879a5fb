// SPDX-License-Identifier: GPL-2.0
/*
 * Ordinary days: nothing is wrong, and no detector says more than info. The
 * sequences are those that a kernel gave, with their causes.
 */
#include "unit.h"
#include "stream.h"

#define GATEWAY	"10.9.0.62"

static struct stream day;

/* As net/core/neighbour.c draws it anew every 300 s: 15 to 45 s. */
static double reachable_time(double at)
{
	return 15 + (unsigned int)(at / 300) * 7919 % 30;
}

static double wear_out(struct stream *s, double at, const char *addr, bool busy)
{
	at += reachable_time(at);
	if (busy) {
		stream_add(s, "%.3f neigh %s REACHABLE DELAY timer", at, addr);
		return at + 5;
	}
	stream_add(s, "%.3f neigh %s REACHABLE STALE timer", at, addr);
	stream_add(s, "%.3f neigh %s STALE DELAY transmit", at + 4, addr);
	return at + 9;
}

/*
 * Sockets confirm, in bursts with pauses: not one ARP packet in an hour. Then
 * everything has to be as before.
 */
static void tcp_alone_for_an_hour(void **state)
{
	struct stream *s = *state;
	unsigned int cycles = 0;
	double at = 2;

	stream_healthy(s);
	for (; at < 3602; cycles++) {
		at = wear_out(s, at, GATEWAY, cycles % 3);
		stream_add(s, "%.3f neigh %s DELAY REACHABLE upper-layer", at,
			   GATEWAY);
	}
	assert_in_range(cycles, 3600 / 54, 3600 / 20);
	stream_until(s, 4000);
	assert_int_equal(s->nr, 0);
	stream_add(s, "4000 neigh %s REACHABLE STALE timer", GATEWAY);
	stream_ask(s, 4010, 4030, 0.1);
	stream_until(s, 4030);
	assert_int_equal(stream_last(s, "gateway-stuck")->worst,
			 NW_SEVERITY_CRIT);
}

/* Nobody confirms what goes out: each doubt ends with a probe. */
static void one_way_for_an_hour(void **state)
{
	struct stream *s = *state;
	unsigned int cycles = 0;
	double at = 2;

	stream_healthy(s);
	for (; at < 3602; cycles++) {
		at = wear_out(s, at, GATEWAY, cycles % 3);
		stream_add(s, "%.3f neigh %s DELAY PROBE timer", at, GATEWAY);
		stream_add(s, "%.3f neigh %s PROBE REACHABLE packet",
			   at + 0.001, GATEWAY);
	}
	assert_in_range(cycles, 3600 / 54, 3600 / 20);
	stream_until(s, 4000);
	assert_int_equal(s->nr, 0);
}

/* ip link set down, and up 3 s later, with what goes along. */
static void interface_set_down_and_up(struct stream *s, double at, double pause)
{
	stream_add(s, "%.3f admin down admin by ip 215 bash", at);
	stream_add(s, "%.3f carrier down admin by ip 215 bash", at + 0.001);
	stream_add(s, "%.3f route - default via %s admin by ip 215 bash",
		   at + 0.002, GATEWAY);
	stream_add(s, "%.3f neigh %s REACHABLE - link-down", at + 0.003,
		   GATEWAY);
	at += pause;
	stream_add(s, "%.3f carrier up admin by ip 217 bash", at);
	stream_add(s, "%.3f admin up admin by ip 217 bash", at + 0.001);
	stream_add(s, "%.3f route + default via %s admin by ip 217 bash",
		   at + 0.004, GATEWAY);
	stream_add(s, "%.3f neigh %s - NONE transmit", at + 0.01, GATEWAY);
	stream_add(s, "%.3f neigh %s NONE INCOMPLETE transmit", at + 0.01,
		   GATEWAY);
	stream_add(s, "%.3f neigh %s INCOMPLETE REACHABLE packet mac 00:00:0c:9f:f0:30",
		   at + 0.011, GATEWAY);
}

static void interface_restarted(void **state)
{
	static const char *const want[] = {
		"11.002 open info gateway-lost",
		"13.004 cleared info gateway-lost", NULL
	};
	struct stream *s = *state;
	int i;

	stream_healthy(s);
	interface_set_down_and_up(s, 10, 3);
	stream_until(s, 19);
	stream_expect(s, want);
	assert_non_null(strstr(stream_last(s, "gateway-lost")->text, "back"));
	for (i = 1; i < 8; i++)
		interface_set_down_and_up(s, 20 * i, 14);
	stream_until(s, 1000);
	stream_expect_quiet(s);
}

/* NetworkManager takes the route and the addresses first. */
static void connection_restarted(void **state)
{
	static const char *const reconnect[] = {
		"10 route - default via 10.9.0.62 admin by NetworkManager 700 systemd",
		"10.008 address - 10.9.0.10/24 admin by NetworkManager 700 systemd",
		"10.6 admin down admin by NetworkManager 700 systemd",
		"10.6 carrier down admin by NetworkManager 700 systemd",
		"12.7 carrier up driver",
		"14.8 address + 10.9.0.10/24 admin by NetworkManager 700 systemd",
		"14.9 route + default via 10.9.0.62 admin by NetworkManager 700 systemd",
		NULL
	};
	static const char *const renewed[] = {
		"100 address - 10.9.0.10/24 admin by ip 800 dhclient-script",
		"100.001 route - default via 10.9.0.62 admin by ip 800 dhclient-script",
		"106 address + 10.9.0.11/24 admin by ip 801 dhclient-script",
		"106.1 route + default via 10.9.0.62 admin by ip 802 dhclient-script",
		NULL
	};
	struct stream *s = *state;

	stream_healthy(s);
	stream_play(s, reconnect);
	stream_play(s, renewed);
	stream_until(s, 1000);
	stream_expect_quiet(s);
}

/* What was meant to come back and did not is an alarm after all. */
static void interface_set_down_for_good(void **state)
{
	static const char *const down[] = {
		"10 admin down admin by ip 215 bash",
		"10 carrier down admin by ip 215 bash",
		"10 route - default via 10.9.0.62 admin by ip 215 bash",
		NULL
	};
	static const char *const want[] = {
		"11.000 open info gateway-lost",
		"25.000 raised crit gateway-lost", NULL
	};
	struct stream *s = *state;

	stream_healthy(s);
	stream_play(s, down);
	stream_until(s, 12);
	stream_add(s, "12 admin removed admin by ip 216 bash");
	stream_until(s, 1000);
	stream_expect(s, want);
	assert_string_equal(stream_fact(stream_last(s, "gateway-lost"),
					"removed by"),
			    "ip (pid 215, child of bash)");
}

/* Only what happened to the route's own device, at that time, explains it. */
static void restart_of_another_device(void **state)
{
	static const char *const other[] = {
		"10 admin down admin by ip 215 bash if 3 dev eth1",
		"10 address - 10.8.0.1/24 admin by ip 215 bash if 3 dev eth1",
		/* The driver's own, and long before. */
		"10 admin down driver",
		"10.1 route - default via 10.9.0.62 admin by ip 216 bash",
		"10.2 admin down admin by ip 217 bash if 3 dev eth1",
		NULL
	};
	static const char *const before[] = {
		"30 route + default via 10.9.0.62 admin by ip 218 bash",
		"40 address - 10.9.0.77/24 admin by ip 219 bash",
		"41.1 route - default via 10.9.0.62 admin by ip 220 bash",
		NULL
	};
	static const char *const want[] = {
		"11.100 open crit gateway-lost",
		"30.000 cleared crit gateway-lost",
		"42.100 open crit gateway-lost", NULL
	};
	struct stream *s = *state;

	stream_healthy(s);
	stream_play(s, other);
	stream_play(s, before);
	stream_until(s, 100);
	stream_expect(s, want);
}

#define TEST(name_) \
	cmocka_unit_test_prestate_setup_teardown(name_, stream_setup, \
						 stream_teardown, &day)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(tcp_alone_for_an_hour),
		TEST(one_way_for_an_hour),
		TEST(interface_restarted),
		TEST(connection_restarted),
		TEST(interface_set_down_for_good),
		TEST(restart_of_another_device),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
