// SPDX-License-Identifier: GPL-2.0
/* The writer: escapes, commas, nesting. */
#include "unit.h"
#include "json.h"

static char *text;
static size_t size;

static struct nw_json start(void)
{
	struct nw_json json = { .file = open_memstream(&text, &size) };

	assert_non_null(json.file);
	return json;
}

static void expect(struct nw_json *json, const char *want)
{
	fclose(json->file);
	assert_string_equal(text, want);
	free(text);
	text = NULL;
}

static void expect_quoted(const char *value, const char *want)
{
	struct nw_json json = start();

	nw_json_string(&json, NULL, value);
	expect(&json, want);
}

static void plain_and_utf8_stay(void **state)
{
	(void)state;
	expect_quoted("eth0", "\"eth0\"");
	expect_quoted("b\xc3\xbcro", "\"b\xc3\xbcro\"");
	expect_quoted("\xe2\x82\xac\xf0\x9f\x94\xa5",
		      "\"\xe2\x82\xac\xf0\x9f\x94\xa5\"");
	expect_quoted("", "\"\"");
	expect_quoted(NULL, "null");
}

static void quotes_and_controls_are_escaped(void **state)
{
	(void)state;
	expect_quoted("a\"b\\c/", "\"a\\\"b\\\\c/\"");
	expect_quoted("\n\t\r\x01", "\"\\n\\t\\u000d\\u0001\"");
	expect_quoted("\x1b[2J", "\"\\u001b[2J\"");
	expect_quoted("\x7f", "\"\\u007f\"");
	expect_quoted("\xc2\x9b", "\"\\u009b\"");	/* C1: CSI */
}

static void invalid_utf8_is_replaced(void **state)
{
	(void)state;
	expect_quoted("\xff", "\"\\ufffd\"");
	expect_quoted("a\xc3", "\"a\\ufffd\"");
	expect_quoted("\xc0\xaf", "\"\\ufffd\\ufffd\"");	/* overlong / */
	expect_quoted("\xe0\x80\xaf", "\"\\ufffd\\ufffd\\ufffd\"");
	expect_quoted("\xed\xa0\x80", "\"\\ufffd\\ufffd\\ufffd\"");
	expect_quoted("\xf4\x90\x80\x80",
		      "\"\\ufffd\\ufffd\\ufffd\\ufffd\"");
	expect_quoted("\xe2\x82(", "\"\\ufffd\\ufffd(\"");
}

static void structure_and_commas(void **state)
{
	struct nw_json json = start();

	(void)state;
	nw_json_open(&json, NULL, '[');
	nw_json_open(&json, NULL, '{');
	nw_json_number(&json, "n", 18446744073709551615ULL);
	nw_json_bool(&json, "t", true);
	nw_json_open(&json, "a", '[');
	nw_json_string(&json, NULL, "x");
	nw_json_bool(&json, NULL, false);
	nw_json_close(&json, ']');
	nw_json_close(&json, '}');
	nw_json_open(&json, NULL, '{');
	nw_json_close(&json, '}');
	nw_json_close(&json, ']');
	expect(&json, "[{\"n\":18446744073709551615,\"t\":true,\"a\":[\"x\",false]},{}]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_and_utf8_stay),
		cmocka_unit_test(quotes_and_controls_are_escaped),
		cmocka_unit_test(invalid_utf8_is_replaced),
		cmocka_unit_test(structure_and_commas),
	};

	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
