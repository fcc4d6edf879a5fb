// SPDX-License-Identifier: GPL-2.0
/* Kernel logs: what they tell, and when it was. */
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>

#include "unit.h"
#include "compiler.h"
#include "klog.h"

#define MONO	566322867110000ULL
#define SECOND	1000000000ULL
#define WALL	1774845165ULL	/* 2026-03-30 04:32:45 UTC, 06:32:45 CEST */
#define ENTRIES	64

struct told {
	unsigned int nr;
	struct nw_entry entry[ENTRIES];
};

static struct nw_klog klog;
static struct told told;

static int tell(void *arg, const struct nw_entry *entry)
{
	struct told *t = arg;

	assert_true(t->nr < ENTRIES);
	t->entry[t->nr++] = *entry;
	return 0;
}

static void read_log(const char *const *log, size_t nr)
{
	size_t i;

	memset(&told, 0, sizeof(told));
	nw_klog_init(&klog, tell, &told);
	for (i = 0; i < nr; i++)
		assert_int_equal(nw_klog_line(&klog, log[i]), 0);
	assert_int_equal(nw_klog_end(&klog), 0);
}

static void expect_carrier(unsigned int nth, __u8 new, __u64 mono, __u64 dwell)
{
	const struct nw_event *ev = &told.entry[nth].ev;

	assert_true(nth < told.nr);
	assert_int_equal(told.entry[nth].kind, NW_ENTRY_EVENT);
	assert_int_equal(ev->type, NW_TYPE_CARRIER);
	assert_int_equal(ev->carrier.new, new);
	assert_int_equal(ev->mono, mono);
	assert_int_equal(NW_HAS(&ev->carrier, NW_A_CARRIER_DWELL), !!dwell);
	assert_int_equal(ev->carrier.dwell, dwell);
}

static const char *const aurora[] = {
	"Mar 30 06:32:45 aurora kernel: [566322.867110] e1000e: eth0 NIC Link is Down",
	"Mar 30 06:32:47 aurora kernel: [566325.313634] e1000e: eth0 NIC Link is Up 1000 Mbps Full Duplex",
	"Mar 30 06:32:59 aurora kernel: [566337.632930] e1000e: eth0 NIC Link is Down",
	"Mar 30 06:33:18 aurora kernel: [566356.543664] e1000e: eth0 NIC Link is Up 1000 Mbps Full Duplex",
};

static void the_link_that_flaps(void **state)
{
	const struct nw_mode *mode;
	const struct nw_event *ev;

	(void)state;
	read_log(aurora, ARRAY_SIZE(aurora));
	assert_int_equal(told.nr, 7);
	expect_carrier(0, NW_CARRIER_DOWN, 566322867110000ULL, 0);
	expect_carrier(1, NW_CARRIER_UP, 566325313634000ULL, 2446524000ULL);
	expect_carrier(3, NW_CARRIER_DOWN, 566337632930000ULL, 12319296000ULL);
	expect_carrier(4, NW_CARRIER_UP, 566356543664000ULL, 18910734000ULL);
	ev = &told.entry[0].ev;
	assert_string_equal(ev->dev, "eth0");
	assert_int_equal(ev->cause, NW_CAUSE_DRIVER);
	assert_false(NW_HAS(&ev->carrier, NW_A_CARRIER_OLD));
	assert_false(NW_HAS(ev, NW_A_RECORD_REAL));
	assert_int_equal(ev->real, 0);
	assert_true(told.entry[0].undated.real > 0);
	assert_true(told.entry[0].coarse);
	assert_int_equal(klog.undated, 4);
	mode = &told.entry[5].ev.mode;
	assert_int_equal(told.entry[5].ev.type, NW_TYPE_LINK_MODE);
	assert_string_equal(mode->driver, "e1000e");
	assert_int_equal(mode->speed, 1000);
	assert_int_equal(mode->duplex, 1);
	assert_false(NW_HAS(mode, NW_A_MODE_PAUSE_RX));
	assert_false(NW_HAS(mode, NW_A_MODE_PAUSE_TX));
	assert_int_equal(told.entry[6].kind, NW_ENTRY_END);
	assert_int_equal(told.entry[6].ev.mono, 566356543664000ULL);
}

/* Bonding and IPv6 come after the driver, and add nothing. */
static void one_edge_told_by_three(void **state)
{
	static const char *const log[] = {
		"[10.000000] e1000e 0000:00:19.0 eth0: NIC Link is Down",
		"[10.100000] bond0: (slave eth0): link status definitely down, disabling slave",
		"[11.000000] e1000e 0000:00:19.0 eth0: NIC Link is Up 1000 Mbps Full Duplex, Flow Control: None",
		"[11.000100] IPv6: ADDRCONF(NETDEV_CHANGE): eth0: link becomes ready",
		"[11.100000] bond0: (slave eth0): link status definitely up, 1000 Mbps full duplex",
		"[12.000000] bond0: (slave eth1): link status definitely down, disabling slave",
		"[13.000000] bond0: (slave eth1): link status definitely up, 1000 Mbps full duplex",
	};

	(void)state;
	read_log(log, ARRAY_SIZE(log));
	assert_int_equal(told.nr, 7);
	expect_carrier(0, NW_CARRIER_DOWN, 10 * SECOND, 0);
	assert_int_equal(told.entry[0].ev.flags, NW_F_PHYSICAL);
	expect_carrier(1, NW_CARRIER_UP, 11 * SECOND, SECOND);
	assert_int_equal(told.entry[2].ev.type, NW_TYPE_LINK_MODE);
	expect_carrier(3, NW_CARRIER_DOWN, 12 * SECOND, 0);
	assert_string_equal(told.entry[3].ev.dev, "eth1");
	assert_int_equal(told.entry[3].ev.cause, NW_CAUSE_UNKNOWN);
	assert_false(NW_HAS(&told.entry[3].ev, NW_A_RECORD_FLAGS));
	expect_carrier(4, NW_CARRIER_UP, 13 * SECOND, SECOND);
}

static void tg3_tells_in_two_lines(void **state)
{
	static const char *const log[] = {
		"[10.000000] tg3 0000:02:00.0 eth0: Link is up at 1000 Mbps, full duplex",
		"[10.000010] tg3 0000:02:00.0 eth0: Flow control is off for TX and on for RX",
		"[20.000000] tg3 0000:02:00.0 eth0: Link is down",
		"[20.000010] tg3 0000:02:00.0 eth0: Flow control is on for TX and on for RX",
	};
	const struct nw_mode *mode = &told.entry[2].ev.mode;

	(void)state;
	read_log(log, ARRAY_SIZE(log));
	assert_int_equal(told.nr, 5);
	assert_false(NW_HAS(&told.entry[1].ev.mode, NW_A_MODE_PAUSE_RX));
	assert_int_equal(mode->speed, 1000);
	assert_int_equal(mode->pause_rx, 1);
	assert_int_equal(mode->pause_tx, 0);
	assert_true(NW_HAS(mode, NW_A_MODE_PAUSE_TX));
	expect_carrier(3, NW_CARRIER_DOWN, 20 * SECOND, 10 * SECOND);
}

static void another_boot_is_another_recording(void **state)
{
	static const char *const log[] = {
		"[500.000000] e1000e 0000:00:19.0 eth0: NIC Link is Down",
		"[499.999990] usb 1-1: new high-speed USB device",
		"[500.500000] e1000e 0000:00:19.0 eth0: NIC Link is Up 1000 Mbps Full Duplex, Flow Control: None",
		"[0.000000] Linux version 6.1.0",
		"[3.000000] e1000e 0000:00:19.0 eth0: NIC Link is Up 1000 Mbps Full Duplex, Flow Control: None",
	};

	(void)state;
	read_log(log, ARRAY_SIZE(log));
	assert_int_equal(klog.boots, 1);
	expect_carrier(1, NW_CARRIER_UP, 500 * SECOND + SECOND / 2, SECOND / 2);
	expect_carrier(3, NW_CARRIER_UP, 3 * SECOND, 0);
	assert_int_equal(told.entry[1].ev.origin.instance, 1);
	assert_int_equal(told.entry[3].ev.origin.instance, 2);
}

/* 01:59:59 summer time is followed by 01:00:00 winter time, so to say. */
static void a_clock_set_back_changes_nothing(void **state)
{
	static const char *const log[] = {
		"[Mon Mar 30 06:32:45 2026] e1000e: eth0 NIC Link is Down",
		"[Mon Mar 30 06:32:47 2026] e1000e: eth0 NIC Link is Up 1000 Mbps Full Duplex",
		"[Mon Mar 30 05:32:50 2026] e1000e: eth0 NIC Link is Down",
		"[Mon Mar 30 05:32:59 2026] e1000e: eth0 NIC Link is Up 1000 Mbps Full Duplex",
	};

	(void)state;
	read_log(log, ARRAY_SIZE(log));
	assert_int_equal(klog.boots, 0);
	expect_carrier(0, NW_CARRIER_DOWN, WALL * SECOND, 0);
	assert_int_equal(told.entry[0].ev.real, WALL * SECOND);
	expect_carrier(1, NW_CARRIER_UP, (WALL + 2) * SECOND, 2 * SECOND);
	assert_int_equal(told.entry[3].ev.mono, (WALL + 2) * SECOND);
	expect_carrier(4, NW_CARRIER_UP, (WALL + 11) * SECOND, 9 * SECOND);
	assert_int_equal(told.entry[4].ev.real, (WALL + 14 - 3600) * SECOND);
}

static void years_go_by(void **state)
{
	static const char *const log[] = {
		"Feb 28 23:59:59 aurora kernel: e1000e: eth0 NIC Link is Down",
		"Feb 29 00:00:00 aurora kernel: e1000e: eth0 NIC Link is Up 1000 Mbps Full Duplex",
		"Dec 31 23:59:59 aurora kernel: e1000e: eth0 NIC Link is Down",
		"Jan  1 00:00:01 aurora kernel: e1000e: eth0 NIC Link is Up 1000 Mbps Full Duplex",
	};

	(void)state;
	read_log(log, ARRAY_SIZE(log));
	assert_int_equal(told.entry[1].ev.carrier.dwell, SECOND);
	assert_int_equal(told.entry[4].ev.carrier.dwell, 2 * SECOND);
}

/* A year that 64 bits of ns cannot hold is no stamp. */
static void a_year_beyond_all_clocks(void **state)
{
	static const char *const log[] = {
		"2555-01-01T00:00:00+00:00 aurora kernel: e1000e: eth0 NIC Link is Down",
		"[Fri Dec 31 23:59:59 9999] e1000e: eth0 NIC Link is Down",
		"2554-01-01T00:00:00+00:00 aurora kernel: e1000e: eth0 NIC Link is Down",
	};

	(void)state;
	read_log(log, ARRAY_SIZE(log));
	assert_int_equal(klog.kernel, 1);
}

static void another_host_is_left_out(void **state)
{
	static const char *const log[] = {
		"Mar 30 06:32:45 localhost kernel: [3.000000] e1000e: eth0 NIC Link is Down",
		"Mar 30 06:32:46 aurora kernel: [4.000000] e1000e: eth0 NIC Link is Up 1000 Mbps Full Duplex",
		"Mar 30 06:32:47 borealis kernel: [999.000000] e1000e: eth0 NIC Link is Down",
		"Mar 30 06:32:48 aurora kernel: [6.000000] e1000e: eth0 NIC Link is Down",
	};

	(void)state;
	read_log(log, ARRAY_SIZE(log));
	assert_int_equal(klog.others, 1);
	assert_string_equal(klog.host, "aurora");
	expect_carrier(3, NW_CARRIER_DOWN, 6 * SECOND, 2 * SECOND);
}

static void overflows_are_counted(void **state)
{
	static const char *const log[] = {
		"[3.000000] neighbour: arp_cache: neighbor table overflow!",
		"[4.000000] neighbour: arp_cache: neighbor table overflow!",
		"[5.000000] neighbour: ndisc_cache: neighbor table overflow!",
	};

	(void)state;
	read_log(log, ARRAY_SIZE(log));
	assert_int_equal(told.entry[0].ev.type, NW_TYPE_TABLE);
	assert_int_equal(told.entry[1].ev.table.fulls, 2);
	assert_int_equal(told.entry[1].ev.table.family, AF_INET);
	assert_int_equal(told.entry[1].ev.table.has,
			 NW_BIT(NW_A_TABLE_FAMILY) | NW_BIT(NW_A_TABLE_FULLS));
	assert_int_equal(told.entry[2].ev.table.fulls, 1);
}

/* No device is forgotten while there is room, and no room is made up. */
static void devices_are_bounded(void **state)
{
	char line[128];
	int i;

	(void)state;
	nw_klog_init(&klog, tell, &told);
	for (i = 0; i < 10 * NW_KLOG_DEVICES; i++) {
		told.nr = 0;
		snprintf(line, sizeof(line), "[%d.000000] e1000e: eth%d NIC Link is Down",
			 i, i);
		assert_int_equal(nw_klog_line(&klog, line), 0);
		assert_int_equal(told.nr, 1);
	}
	assert_int_equal(klog.nr_devs, NW_KLOG_DEVICES);
	told.nr = 0;
	assert_int_equal(nw_klog_line(&klog, line), 0);
	assert_int_equal(told.nr, 0);
}

static int take_flat(void *arg, struct nw_flat *flat)
{
	assert_true(nw_klog_is_journal(flat));
	return nw_klog_object(arg, flat);
}

#define JOURNAL	"\"_HOSTNAME\":\"aurora\",\"__REALTIME_TIMESTAMP\":\"1774845165203456\"," \
		"\"__MONOTONIC_TIMESTAMP\":\"566322999999\"," \
		"\"_BOOT_ID\":\"00000000000000070000000000000000\","
#define SOURCE	"\"_SOURCE_MONOTONIC_TIMESTAMP\":\"566322867110\","

#define KERNEL	"\"_TRANSPORT\":\"kernel\","
#define SAID(dev_) "\"MESSAGE\":\"e1000e: " dev_ " NIC Link is Down\""

static const char journal[] =
	"{" JOURNAL SOURCE KERNEL "\"SYSLOG_FACILITY\":\"0\"," SAID("eth0") "}\n"
	"{" JOURNAL SOURCE "\"_TRANSPORT\":\"syslog\"," SAID("eth1") "}\n"
	"{" JOURNAL SOURCE KERNEL "\"SYSLOG_FACILITY\":\"3\"," SAID("eth2") "}\n"
	"{" JOURNAL KERNEL "\"MESSAGE\":[101,255]}\n"
	"{" JOURNAL KERNEL "\"MESSAGE\":null}\n"
	"{" JOURNAL KERNEL SAID("eth3") "}\n";

static void the_journal_in_json(void **state)
{
	static struct nw_jsonl j;

	(void)state;
	memset(&told, 0, sizeof(told));
	nw_klog_init(&klog, tell, &told);
	assert_int_equal(nw_jsonl_open(&j, take_flat, &klog), 0);
	assert_int_equal(nw_jsonl_feed(&j, journal, strlen(journal)), 0);
	assert_int_equal(nw_jsonl_end(&j), 0);
	nw_jsonl_close(&j);
	assert_int_equal(told.nr, 2);
	expect_carrier(0, NW_CARRIER_DOWN, MONO, 0);
	assert_int_equal(told.entry[0].ev.real, WALL * SECOND + 203456000);
	assert_int_equal(told.entry[0].ev.origin.instance, 7);
	assert_string_equal(told.entry[1].ev.dev, "eth3");
	assert_int_equal(told.entry[1].ev.mono, 566322999999000ULL);
	assert_int_equal(klog.boots, 0);
}

static const char *const words[] = {
	"e1000e 0000:00:19.0 eth0: NIC Link is Up 1000 Mbps Full Duplex, Flow Control: Rx/Tx",
	"igb 0000:01:00.0 eth2: igb: eth2 NIC Link is Up 2.5 Gbps Full Duplex",
	"tg3 0000:02:00.0 eth0: Flow control is on for TX and off for RX",
	"bond0: (slave eth0): link status definitely up, 1000 Mbps full duplex",
	"bonding: bond0: making interface eth1 the new active one.",
	"IPv6: ADDRCONF(NETDEV_CHANGE): eth0: link becomes ready",
	"neighbour: arp_cache: neighbor table overflow!",
};

/* Any bytes at all: nothing is read beyond the end, whatever they are. */
static void noise_is_passed_over(void **state)
{
	static const char before[] = "Mar 30 06:32:45 aurora kernel: [566322.867110] ";
	char *line, *at;
	unsigned int seed = 7;
	size_t i, len;
	int round;

	(void)state;
	for (round = 0; round < 200000; round++) {
		const char *from = words[seed % ARRAY_SIZE(words)];

		line = malloc(256);
		assert_non_null(line);
		len = (size_t)snprintf(line, 256, "%s%.150s", before, from);
		for (i = 0; i < 3; i++) {
			seed = seed * 1103515245U + 12345U;
			line[(seed >> 8) % len] = (char)(seed >> 24);
		}
		seed = seed * 1103515245U + 12345U;
		line[(seed >> 8) % (len + 1)] = '\0';
		/* Exactly as long as it is, for the sanitizer. */
		at = strdup(line);
		free(line);
		told.nr = 0;
		nw_klog_init(&klog, tell, &told);
		assert_int_equal(nw_klog_line(&klog, at), 0);
		free(at);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_link_that_flaps),
		cmocka_unit_test(one_edge_told_by_three),
		cmocka_unit_test(tg3_tells_in_two_lines),
		cmocka_unit_test(another_boot_is_another_recording),
		cmocka_unit_test(a_clock_set_back_changes_nothing),
		cmocka_unit_test(years_go_by),
		cmocka_unit_test(a_year_beyond_all_clocks),
		cmocka_unit_test(another_host_is_left_out),
		cmocka_unit_test(overflows_are_counted),
		cmocka_unit_test(devices_are_bounded),
		cmocka_unit_test(the_journal_in_json),
		cmocka_unit_test(noise_is_passed_over),
	};

	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
	return cmocka_run_group_tests_name("klog", tests, NULL, NULL);
}
