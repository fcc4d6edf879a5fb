// SPDX-License-Identifier: GPL-2.0
/* Records of /dev/kmsg as lines of dmesg, and what a replay takes of them. */
#include "unit.h"
#include "compiler.h"
#include "kline.h"
#include "kmsg.h"

static char lines[NW_KMSG_LINES];

static const char *format(const char *record)
{
	size_t len = nw_kmsg_format(lines, sizeof(lines), record);

	assert_int_equal(len, len ? strlen(lines) : 0);
	return len ? lines : "";
}

static void the_kernels_own(void **state)
{
	(void)state;
	assert_string_equal(format("6,339,5140900,-;NET: Registered PF_INET6\n"),
			    "[    5.140900] NET: Registered PF_INET6\n");
	assert_string_equal(format("3,1,566322867110,-,caller=T1;eth0: down\n"),
			    "[566322.867110] eth0: down\n");
	assert_string_equal(format("4,1,1,c;a piece"), "[    0.000001] a piece\n");
	assert_string_equal(format("4,1,1,-;\n") + strlen("[    0.000001]"), " \x0a");
}

static void what_is_added_is_left_out(void **state)
{
	(void)state;
	assert_string_equal(format("6,7,1000000,-;e1000e: up\n SUBSYSTEM=pci\n"
				   " DEVICE=+pci:0000:00:19.0\n"),
			    "[    1.000000] e1000e: up\n");
}

static void escaped_bytes(void **state)
{
	(void)state;
	assert_string_equal(format("6,7,1000000,-;one\\x0atwo\\x0a\n"),
			    "[    1.000000] one\n[    1.000000] two\n");
	assert_string_equal(format("6,7,1000000,-;tab\\x09back\\x5cslash\n"),
			    "[    1.000000] tab\tback\\slash\n");
	/* What a terminal obeys, and what is no escape. */
	assert_string_equal(format("6,7,1000000,-;\\x1b[2J\\xc3\\xa4\\x0\\n\n"),
			    "[    1.000000] \\x1b[2J\\xc3\\xa4\\x0\\n\n");
}

static void others_are_named(void **state)
{
	(void)state;
	assert_string_equal(format("12,7,1000000,-;systemd[1]: hello\n"),
			    "user  :warn  : [    1.000000] systemd[1]: hello\n");
	assert_string_equal(format("30,7,1000000,-;a\\x0ab\n"),
			    "daemon:info  : [    1.000000] a\n"
			    "daemon:info  : [    1.000000] b\n");
	assert_string_equal(format("4095,7,1000000,-;x\n"),
			    "other :debug : [    1.000000] x\n");
}

static void what_is_none(void **state)
{
	static const char *const none[] = {
		"", "6", "6,", "6,1", "6,1,2", "6,1,2,-", ";text", "x,1,2,-;text",
		"6,,2,-;text", "6,1,2;text", "-6,1,2,-;text", "6,1,x,-;text",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(none); i++)
		assert_string_equal(format(none[i]), "");
}

/* However small the room, a line ends within it. */
static void room(void **state)
{
	char small[40];
	size_t size, len;

	(void)state;
	for (size = 2; size <= sizeof(small); size++) {
		memset(small, 'x', sizeof(small));
		len = nw_kmsg_format(small, size, "6,1,2000000,-;a long text\\x0aof two lines\n");
		assert_in_range(len, 1, size - 1);
		assert_int_equal(small[len - 1], '\n');
		assert_int_equal(small[len], '\0');
	}
}

static void a_replay_takes_the_kernels_alone(void **state)
{
	struct nw_kline_calendar calendar = { 0 };
	struct nw_kline line;

	(void)state;
	format("6,7,1500000,-;e1000e: eth0 NIC Link is Down\n");
	lines[strlen(lines) - 1] = '\0';
	assert_true(nw_kline_parse(lines, &calendar, &line));
	assert_int_equal(line.mono, 1500000000);
	assert_string_equal(line.text, "e1000e: eth0 NIC Link is Down");
	format("14,7,1500000,-;e1000e: eth0 NIC Link is Down\n");
	assert_false(nw_kline_parse(lines, &calendar, &line));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_kernels_own),
		cmocka_unit_test(what_is_added_is_left_out),
		cmocka_unit_test(escaped_bytes),
		cmocka_unit_test(others_are_named),
		cmocka_unit_test(what_is_none),
		cmocka_unit_test(room),
		cmocka_unit_test(a_replay_takes_the_kernels_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
