// SPDX-License-Identifier: GPL-2.0
/* How a monitoring plugin speaks: labels, quotes, bounds, bars in names. */
#include <stdio.h>

#include "unit.h"
#include "plugin.h"

static char *text;
static size_t size;

static void expect_parts(const char *const *parts)
{
	const char *at;

	for (at = text; *parts; at += strlen(*parts++))
		if (strncmp(at, *parts, strlen(*parts)) != 0)
			fail_msg("'%s' is not '%s'", at, *parts);
	assert_string_equal(at, "");
	free(text);
}

static void expect(const struct nw_plugin *p, const char *const *parts)
{
	FILE *file = open_memstream(&text, &size);

	assert_non_null(file);
	nw_plugin_print(p, file);
	fclose(file);
	expect_parts(parts);
}

static void one_line_and_numbers(void **state)
{
	static const char *const line[] = {
		"neighwatch CRITICAL - 10.9.0.62 is gone\n",
		NULL
	};
	static const char *const all[] = {
		"neighwatch CRITICAL - 10.9.0.62 is gone |",
		" 'proof_10.9.0.62%eth0'=2.104s;;;0 'proof_fe80::1%eth0'=U",
		" 'lost'=0;;;0 'losses_eth0'=3;5;;0\n",
		"next: neighwatch history\n",
		NULL
	};
	struct nw_plugin p = { .status = NW_PLUGIN_CRITICAL };
	struct nw_perf *perf;

	(void)state;
	nw_plugin_text(&p, "%s is gone", "10.9.0.62");
	expect(&p, line);
	nw_plugin_seconds(&p, "proof", "10.9.0.62%eth0", true, 2104999999);
	nw_plugin_seconds(&p, "proof", "fe80::1%eth0", false, 0);
	nw_plugin_count(&p, "lost", "", 0);
	perf = nw_plugin_perf(&p, "losses", "eth0");
	perf->known = true;
	perf->value = 3;
	perf->has_warn = true;
	perf->warn = 5;
	nw_plugin_line(&p, "next: neighwatch history");
	expect(&p, all);
}

static void every_status_has_its_name(void **state)
{
	(void)state;
	assert_string_equal(nw_plugin_status_name(NW_PLUGIN_OK), "OK");
	assert_string_equal(nw_plugin_status_name(NW_PLUGIN_WARNING), "WARNING");
	assert_string_equal(nw_plugin_status_name(NW_PLUGIN_CRITICAL),
			    "CRITICAL");
	assert_string_equal(nw_plugin_status_name(NW_PLUGIN_UNKNOWN), "UNKNOWN");
	assert_int_equal(NW_PLUGIN_UNKNOWN, 3);
}

static void names_cannot_forge_numbers(void **state)
{
	static const char *const want[] = {
		"neighwatch OK - a\\x7cb\\x0a\\x1b[2Jc\\x7f\\xc3\\xa4 |",
		" 'losses_o''b_c_d__'=1;;;0\n",
		"x\\x7cy\\x09z\n",
		NULL
	};
	struct nw_plugin p = { 0 };

	(void)state;
	nw_plugin_text(&p, "a|b\n\033[2Jc\177\xc3\xa4");
	nw_plugin_line(&p, "x|y\tz");
	nw_plugin_count(&p, "losses", "o'b=c|d\n\xe4", 1);
	expect(&p, want);
}

/* Cut where a whole character ends, with a mark. */
static void too_long_is_cut(void **state)
{
	char longer[2 * NW_PLUGIN_TEXT], want[NW_PLUGIN_TEXT];
	struct nw_plugin p = { 0 };

	(void)state;
	memset(longer, 'a', sizeof(longer));
	longer[NW_PLUGIN_TEXT - 1] = '\0';
	nw_plugin_text(&p, "%s", longer);
	assert_string_equal(p.text, longer);
	longer[NW_PLUGIN_TEXT - 1] = 'a';
	longer[sizeof(longer) - 1] = '\0';
	nw_plugin_text(&p, "%s", longer);
	memset(want, 'a', sizeof(want));
	memcpy(&want[NW_PLUGIN_TEXT - 4], "...", 4);
	assert_string_equal(p.text, want);
	longer[NW_PLUGIN_TEXT - 6] = '|';
	nw_plugin_text(&p, "%s", longer);
	memcpy(&want[NW_PLUGIN_TEXT - 6], "...", 4);
	assert_string_equal(p.text, want);
}

static void a_label_is_cut_before_its_quote(void **state)
{
	struct nw_plugin p = { 0 };
	char of[128];
	size_t i, quotes = 0;

	(void)state;
	memset(of, '\'', sizeof(of));
	of[sizeof(of) - 1] = '\0';
	nw_plugin_count(&p, "losses", of, 1);
	assert_true(strlen(p.perf[0].label) < sizeof(p.perf[0].label));
	for (i = 0; p.perf[0].label[i]; i++)
		quotes += p.perf[0].label[i] == '\'';
	assert_true(quotes > 70);
	assert_int_equal(quotes % 2, 0);
}

static void all_of_it_fits(void **state)
{
	char longer[NW_PLUGIN_TEXT + 10];
	struct nw_plugin p = { 0 };
	FILE *file;
	int i;

	(void)state;
	memset(longer, 'a', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	nw_plugin_text(&p, "%s", longer);
	for (i = 0; i < 200; i++) {
		nw_plugin_line(&p, "%s", longer);
		nw_plugin_seconds(&p, "confirmed",
				  "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff%eth0",
				  true, 86400000000000ULL);
	}
	assert_int_equal(p.lines_left_out, 200 - NW_PLUGIN_LINES);
	assert_int_equal(p.perfs_left_out, 200 - NW_PLUGIN_PERFS);
	file = open_memstream(&text, &size);
	assert_non_null(file);
	nw_plugin_print(&p, file);
	fclose(file);
	assert_true(size < 8192);
	assert_non_null(strstr(text, "186 lines more"));
	assert_non_null(strstr(text, "140 performance values left out"));
	free(text);
}

static void as_json(void **state)
{
	static const char *const want[] = {
		"{\"v\":1,\"status\":\"WARNING\",\"exit\":1,",
		"\"text\":\"eth0 flaps\",\"lines\":[\"next: \\\"x\\\"\"],",
		"\"lines_left_out\":0,\"perfdata\":[",
		"{\"label\":\"proof_a\",\"value_ns\":5},",
		"{\"label\":\"proof_b\",\"value_ns\":null},",
		"{\"label\":\"losses_eth0\",\"value\":6,\"warn\":5}],",
		"\"perfdata_left_out\":0}",
		NULL
	};
	struct nw_plugin p = { .status = NW_PLUGIN_WARNING };
	struct nw_json json = { 0 };
	struct nw_perf *perf;

	(void)state;
	nw_plugin_text(&p, "eth0 flaps");
	nw_plugin_line(&p, "next: \"x\"");
	nw_plugin_seconds(&p, "proof", "a", true, 5);
	nw_plugin_seconds(&p, "proof", "b", false, 0);
	perf = nw_plugin_perf(&p, "losses", "eth0");
	perf->known = true;
	perf->value = 6;
	perf->has_warn = true;
	perf->warn = 5;
	json.file = open_memstream(&text, &size);
	assert_non_null(json.file);
	nw_json_open(&json, NULL, '{');
	nw_plugin_json(&p, &json);
	nw_json_close(&json, '}');
	fclose(json.file);
	expect_parts(want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_line_and_numbers),
		cmocka_unit_test(every_status_has_its_name),
		cmocka_unit_test(names_cannot_forge_numbers),
		cmocka_unit_test(too_long_is_cut),
		cmocka_unit_test(a_label_is_cut_before_its_quote),
		cmocka_unit_test(all_of_it_fits),
		cmocka_unit_test(as_json),
	};

	return cmocka_run_group_tests_name("plugin", tests, NULL, NULL);
}
