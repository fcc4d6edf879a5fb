// SPDX-License-Identifier: GPL-2.0
/*
 * What is told about the configuration is what is so: the file that config
 * prints, the man page, and what a setting changes in a verdict.
 */
#include <stdio.h>

#include "unit.h"
#include "configured.h"
#include "stream.h"

#define MACS	" 02:00:00:00:00:aa 02:00:00:00:00:bb"

static char text[65536];

/* The present configuration, printed. */
static void print(void)
{
	FILE *file = fmemopen(text, sizeof(text), "w");

	assert_non_null(file);
	nw_config_print(&configured, file);
	assert_int_equal(fclose(file), 0);
	assert_in_range(strlen(text), 1, sizeof(text) - 2);
}

static void it_is_a_file_that_says_the_same(void **state)
{
	static struct nw_config was;
	static const char full[] =
		"[Thresholds]\nlink-flap-warn=1600\nmac-move-clear=1h30min\n"
		"mac-move-crit=1500ms\ngateway-lost-wait=0\n"
		"[Gateways]\nGateway=10.0.0.5%eth1\nGateway=fe80::1\n"
		"[Moves]\nAllow=10.9.0.62" MACS "\nAllow=any" MACS "\n"
		"[Links]\nIgnore=veth* docker0 br-*\n[Exec]\nProgram=/bin/true\n";

	(void)state;
	configured_take(full);
	was = configured;
	print();
	configured_take(text);
	assert_memory_equal(&configured.detect.thresholds,
			    &was.detect.thresholds, sizeof(was.detect.thresholds));
	assert_memory_equal(configured.gateway, was.gateway, sizeof(was.gateway));
	assert_memory_equal(configured.allowed, was.allowed, sizeof(was.allowed));
	assert_memory_equal(configured.pattern, was.pattern, sizeof(was.pattern));
	assert_int_equal(configured.detect.nr_ignored, 3);
	assert_string_equal(configured.exec, was.exec);
	configured_take("[Links]\nIgnore=\n");
	print();
	configured_take(text);
	assert_non_null(configured.detect.ignored);
	assert_int_equal(configured.detect.nr_ignored, 0);
}

/* Without the # before each, it is the defaults that stand there. */
static void what_it_shows_as_default_is(void **state)
{
	struct nw_detect_config standard;
	static char plain[sizeof(text)];
	size_t i, n = 0;

	(void)state;
	configured_take("");
	print();
	nw_detect_config_default(&standard);
	for (i = 0; text[i]; i++)
		if (text[i] != '#' || text[i + 1] == ' ')
			plain[n++] = text[i];
	configured_take(plain);
	for (i = 0; i < NW_THRESHOLDS; i++) {
		assert_int_not_equal(configured.line[i], 0);
		assert_int_equal(configured.detect.thresholds.value[i],
				 standard.thresholds.value[i]);
	}
	for (i = 0; nw_detect_link_virtual[i]; i++)
		assert_string_equal(configured.detect.ignored[i],
				    nw_detect_link_virtual[i]);
	assert_int_equal(configured.detect.nr_ignored, i);
}

static void lines_fit(void **state)
{
	const char *line, *end;

	(void)state;
	configured_take("");
	print();
	for (line = text; (end = strchr(line, '\n')); line = end + 1)
		assert_in_range(end - line, 0, 79);
	assert_int_equal(*line, '\0');
}

static void to_roff(char *buf, const char *name)
{
	for (; *name; name++) {
		if (*name == '-')
			*buf++ = '\\';
		*buf++ = *name;
	}
	*buf = '\0';
}

static void put_paragraph(char *buf, size_t size,
			  const struct nw_threshold_info *info)
{
	char standard[NW_THRESHOLD_TEXT], min[NW_THRESHOLD_TEXT];
	char max[NW_THRESHOLD_TEXT], name[100];

	nw_threshold_format(standard, sizeof(standard), info, info->standard);
	nw_threshold_format(min, sizeof(min), info, info->min);
	nw_threshold_format(max, sizeof(max), info, info->max);
	to_roff(name, info->name);
	snprintf(buf, size, ".TP\n.BR %s \"=%s (%s to %s)\"\n%s\n", name,
		 standard, min, max, info->reason);
}

/* What stands between the two marks of the man page, which becomes @page. */
static char *thresholds_of(char *page, size_t size)
{
	FILE *file = fopen(NW_MAN_PAGE, "r");
	char *begin, *end;

	assert_non_null(file);
	page[fread(page, 1, size - 1, file)] = '\0';
	assert_int_equal(fclose(file), 0);
	begin = strstr(page, ".\\\" thresholds begin\n");
	end = strstr(page, ".\\\" thresholds end\n");
	assert_non_null(begin);
	assert_non_null(end);
	*end = '\0';
	return strchr(begin, '\n') + 1;
}

static void the_man_page_has_every_threshold(void **state)
{
	static char page[65536];
	const char *is = thresholds_of(page, sizeof(page));
	char want[512];
	size_t i;

	(void)state;
	for (i = 0; i < NW_THRESHOLDS; i++) {
		put_paragraph(want, sizeof(want), &nw_threshold_table[i]);
		if (strncmp(is, want, strlen(want)))
			fail_msg("%s should go on with\n%snot with\n%.200s",
				 NW_MAN_PAGE, want, is);
		is += strlen(want);
	}
	assert_string_equal(is, "");
}

static void the_man_page_has_the_built_in_names(void **state)
{
	static char page[65536];
	char want[512] = "\n.B";
	size_t i;

	(void)state;
	thresholds_of(page, sizeof(page));
	for (i = 0; nw_detect_link_virtual[i]; i++) {
		strcat(want, " ");
		to_roff(want + strlen(want), nw_detect_link_virtual[i]);
	}
	strcat(want, "\n");
	if (!strstr(page, want))
		fail_msg("%s has no line%s", NW_MAN_PAGE, want);
}

/* What the engine tells of @events with @file: "5.000 open warn ..." */
static void judge(const char *file, const char *const *events, const char *id,
		  const char *const *want)
{
	struct stream s;

	configured_take(file);
	stream_open(&s);
	s.config = configured.detect;
	stream_reopen(&s);
	stream_play(&s, events);
	stream_expect_id(&s, id, want);
	stream_close(&s);
}

#define WANT(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define NOTHING ((const char *const[]){ NULL })

static void a_threshold_changes_a_finding(void **state)
{
	static const char *const events[] = {
		"10 carrier down driver", "12 carrier up driver",
		"24.766 carrier down driver", "40 carrier up driver",
		"41 carrier down driver", NULL
	};

	(void)state;
	judge("", events, "link-flap",
	      WANT("24.766 open warn link-flap", "41.000 raised crit link-flap"));
	judge("[Thresholds]\nlink-flap-warn=2500\n", events, "link-flap",
	      WANT("41.000 open crit link-flap"));
	judge("[Thresholds]\nlink-flap-warn=9000\nlink-flap-crit=9000\n"
	      "link-flap-hourly=4\n", events, "link-flap", NOTHING);
}

static void an_ignored_device_changes_a_finding(void **state)
{
	static const char *const events[] = {
		"10 carrier down driver dev veth0", "11 carrier up driver dev veth0",
		"12 carrier down driver dev veth0", "13 carrier up driver dev veth0",
		NULL
	};

	(void)state;
	judge("", events, "link-flap", NOTHING);
	judge("[Links]\nIgnore=docker0\n", events, "link-flap",
	      WANT("12.000 open warn link-flap"));
	judge("[Links]\nIgnore=\n", events, "link-flap",
	      WANT("12.000 open warn link-flap"));
	judge("[Links]\nIgnore=docker0\nIgnore=ve?h[0-9]\n", events,
	      "link-flap", NOTHING);
}

static void an_allowed_move_changes_a_finding(void **state)
{
	static const char *const events[] = {
		"1 route + default via 10.0.0.1 initial",
		"2 neigh 10.0.0.1 INCOMPLETE REACHABLE packet mac aa gw",
		"10 neigh 10.0.0.1 REACHABLE STALE packet mac bb from aa gw", NULL
	};

	(void)state;
	judge("", events, "mac-move", WANT("10.000 open warn mac-move"));
	judge("[Moves]\nAllow=10.0.0.1" MACS "\n", events, "mac-move",
	      WANT("10.000 open info mac-move"));
	judge("[Moves]\nAllow=any" MACS "\n", events, "mac-move",
	      WANT("10.000 open info mac-move"));
	judge("[Moves]\nAllow=10.0.0.2" MACS "\n", events, "mac-move",
	      WANT("10.000 open warn mac-move"));
}

static void a_named_gateway_makes_a_finding(void **state)
{
	static const char *const events[] = {
		"10 neigh 10.9.0.62 - NONE transmit",
		"10 neigh 10.9.0.62 NONE INCOMPLETE transmit",
		"13 neigh 10.9.0.62 INCOMPLETE FAILED timer",
		"14 neigh 10.9.0.62 FAILED INCOMPLETE transmit",
		"17 neigh 10.9.0.62 INCOMPLETE FAILED timer", NULL
	};

	(void)state;
	judge("", events, "gateway-stuck", NOTHING);
	judge("[Gateways]\nGateway=10.9.0.62%eth1\n", events, "gateway-stuck",
	      NOTHING);
	judge("[Gateways]\nGateway=10.9.0.62%eth0\n", events, "gateway-stuck",
	      WANT("13.000 open info gateway-stuck",
		   "15.000 raised warn gateway-stuck"));
	judge("[Gateways]\nGateway=10.9.0.62\n", events, "gateway-stuck",
	      WANT("13.000 open info gateway-stuck",
		   "15.000 raised warn gateway-stuck"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_a_file_that_says_the_same),
		cmocka_unit_test(what_it_shows_as_default_is),
		cmocka_unit_test(lines_fit),
		cmocka_unit_test(the_man_page_has_every_threshold),
		cmocka_unit_test(the_man_page_has_the_built_in_names),
		cmocka_unit_test(a_threshold_changes_a_finding),
		cmocka_unit_test(an_ignored_device_changes_a_finding),
		cmocka_unit_test(an_allowed_move_changes_a_finding),
		cmocka_unit_test(a_named_gateway_makes_a_finding),
	};

	return cmocka_run_group_tests_name("config_print", tests,
					   configured_enter, configured_leave);
}
