// SPDX-License-Identifier: GPL-2.0
/* Stamps of log lines, and which lines are the kernel's. */
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>

#include "unit.h"
#include "compiler.h"
#include "klog.h"

#define MONO	566322867110000ULL
#define SECOND	1000000000ULL

static bool parse(const char *line, struct nw_kline *k)
{
	struct nw_kline_calendar calendar = { 0 };

	return nw_kline_parse(line, &calendar, k);
}

/* 0: not said */
static void expect_stamp(const char *line, __u64 mono, __u64 wall, bool dated,
			 bool coarse)
{
	struct nw_kline k;

	if (!parse(line, &k))
		fail_msg("'%s' is the kernel's", line);
	assert_string_equal(k.text, "e1000e: eth0 NIC Link is Down");
	assert_int_equal(k.has_mono, !!mono);
	assert_int_equal(k.mono, mono);
	assert_int_equal(k.has_wall, !!wall);
	if (wall != 1)
		assert_int_equal(k.wall, wall);
	assert_int_equal(k.dated, dated);
	if (wall)
		assert_int_equal(k.coarse, coarse);
}

#define DOWN	"e1000e: eth0 NIC Link is Down"
#define WALL	1774845165ULL	/* 2026-03-30 04:32:45 UTC, 06:32:45 CEST */

static void each_form_of_a_stamp(void **state)
{
	(void)state;
	expect_stamp("[566322.867110] " DOWN, MONO, 0, false, false);
	expect_stamp("[    5.000001] " DOWN, 5000001000ULL, 0, false, false);
	expect_stamp("[566322.867110][  T812] " DOWN, MONO, 0, false, false);
	expect_stamp("<6>[566322.867110] " DOWN, MONO, 0, false, false);
	expect_stamp("kern  :info  : [566322.867110] " DOWN, MONO, 0, false, false);
	expect_stamp("[Mon Mar 30 06:32:45 2026] " DOWN, 0, WALL * SECOND, true, true);
	expect_stamp("[566322.867110] aurora kernel: " DOWN, MONO, 0, false, false);
	expect_stamp("Mar 30 06:32:45 aurora kernel: " DOWN, 0, 1, false, true);
	expect_stamp("Mar  3 06:32:45 aurora kernel: " DOWN, 0, 1, false, true);
	expect_stamp("Mar 30 06:32:45 aurora kernel: [566322.867110] " DOWN, MONO, 1, false, true);
	expect_stamp("Mar 30 06:32:45.203456 aurora kernel: " DOWN, 0, 1, false, false);
	expect_stamp("2026-03-30T06:32:45.203456+02:00 aurora kernel: [566322.867110] " DOWN,
		     MONO, WALL * SECOND + 203456000, true, false);
	expect_stamp("2026-03-30T06:32:45+0200 aurora kernel: " DOWN, 0, WALL * SECOND, true, true);
	expect_stamp("2026-03-30T06:32:45.5 aurora kernel: " DOWN, 0,
		     WALL * SECOND + SECOND / 2, true, false);
	expect_stamp("2026-03-30T04:32:45,203456+00:00 " DOWN, 0,
		     WALL * SECOND + 203456000, true, false);
}

static void only_the_kernels_lines_count(void **state)
{
	static const char *const others[] = {
		"Mar 30 06:32:45 aurora NetworkManager[812]: " DOWN,
		"Mar 30 06:32:45 aurora kernelfoo: " DOWN,
		"[566322.867110] aurora NetworkManager[812]: eth0: Link is Down",
		"<30>[566322.867110] " DOWN,
		"daemon:info  : [566322.867110] " DOWN,
		DOWN, "", "[", "[5", "[5]", "[5.", "[5.1", "[x] " DOWN,
		"[Mon", "[Mon Mar 30 06:32:45 26] " DOWN, "[Mon Mar 30 06:32:61 2026] " DOWN,
		"Mar", "Mar ", "Mar 30", "Mar 30 06:32:45", "Mar 30 06:32:45 ",
		"Mar 32 06:32:45 aurora kernel: " DOWN, "Mar 30 24:32:45 aurora kernel: " DOWN,
		"Mar 30 06:32:45 kernel: " DOWN,
		"2026-13-30T06:32:45 aurora kernel: " DOWN, "2026", "2026-03-30T",
		"2026-03-30T06:32:45+99 aurora kernel: ",
		"[99999999999999999999999.1] " DOWN, "<", "<6", "<6>", "kern  :", "kern  :info",
	};
	struct nw_kline k;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(others); i++)
		if (parse(others[i], &k))
			fail_msg("'%s' is not the kernel's", others[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_form_of_a_stamp),
		cmocka_unit_test(only_the_kernels_lines_count),
	};

	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
	return cmocka_run_group_tests_name("kline", tests, NULL, NULL);
}
