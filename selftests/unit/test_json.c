// SPDX-License-Identifier: GPL-2.0
/* The writer: escapes, commas, nesting. */
#include <stdio.h>

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

static void keys_are_quoted_as_values_are(void **state)
{
	static char key[2 * NW_JSON_PIECE], want[sizeof(key) + 64];
	struct nw_json json = start();

	(void)state;
	memset(key, 'k', sizeof(key) - 1);
	snprintf(want, sizeof(want), "{\"a\\u001b\\\"\":null,\"%s\":-1}", key);
	nw_json_open(&json, NULL, '{');
	nw_json_string(&json, "a\x1b\"", NULL);
	nw_json_signed(&json, key, -1);
	nw_json_close(&json, '}');
	expect(&json, want);
}

static void numbers_of_all_sizes(void **state)
{
	struct nw_json json = start();

	(void)state;
	nw_json_open(&json, NULL, '[');
	nw_json_signed(&json, NULL, 0);
	nw_json_signed(&json, NULL, -9223372036854775807LL - 1);
	nw_json_signed(&json, NULL, 9223372036854775807LL);
	nw_json_close(&json, ']');
	expect(&json, "[0,-9223372036854775808,9223372036854775807]");
}

/* What has to be escaped, at every place of what is written at once. */
static void long_strings_come_whole(void **state)
{
	static char value[2 * NW_JSON_PIECE], want[2 * NW_JSON_PIECE + 16];
	size_t at, len = sizeof(value) - 1;

	(void)state;
	for (at = 0; at < len; at++) {
		struct nw_json json = start();

		memset(value, 'a', len);
		value[at] = '\x1b';
		snprintf(want, sizeof(want), "{\"k\":\"%.*s\\u001b%s\"}",
			 (int)at, value, value + at + 1);
		nw_json_open(&json, NULL, '{');
		nw_json_string(&json, "k", value);
		nw_json_close(&json, '}');
		expect(&json, want);
	}
}

static void long_lists_come_whole(void **state)
{
	static const char n[40] = ",\"n\":", a[40] = ",\"a\":";
	static char want[200000];
	struct nw_json json = start();
	size_t len = 0;
	__u64 i;

	(void)state;
	nw_json_open(&json, NULL, '[');
	for (i = 0; i < 3000; i++) {
		struct nw_text t;

		nw_json_open(&json, NULL, '{');
		nw_json_label(&json, n, 5);
		nw_json_number(&json, NULL, i << 40);
		t = nw_json_label(&json, a, 5);
		nw_text_char(&t, '"');
		nw_text_number(&t, i);
		nw_text_char(&t, '"');
		nw_json_label_end(&json, &t);
		nw_json_open(&json, "l", '[');
		t = nw_json_element(&json);
		nw_text_string(&t, i & 1 ? "true" : "false");
		nw_json_label_end(&json, &t);
		nw_json_close(&json, ']');
		nw_json_close(&json, '}');
		len += (size_t)snprintf(want + len, sizeof(want) - len,
					"%s{\"n\":%llu,\"a\":\"%llu\",\"l\":[%s]}",
					i ? "," : "[", i << 40, i,
					i & 1 ? "true" : "false");
	}
	nw_json_close(&json, ']');
	snprintf(want + len, sizeof(want) - len, "]");
	expect(&json, want);
}

static void what_was_written_can_be_written_again(void **state)
{
	struct nw_json json = start();
	char kept[16];
	__u64 mark;
	size_t len;

	(void)state;
	nw_json_open(&json, NULL, '[');
	nw_json_open(&json, NULL, '{');
	mark = nw_json_mark(&json);
	nw_json_number(&json, "v", 1);
	assert_int_equal(nw_json_since(&json, mark, kept, 4), 0);
	len = nw_json_since(&json, mark, kept, sizeof(kept));
	assert_int_equal(len, 5);
	nw_json_bool(&json, "t", true);
	nw_json_close(&json, '}');
	nw_json_open(&json, NULL, '{');
	nw_json_again(&json, kept, len);
	nw_json_bool(&json, "t", false);
	nw_json_close(&json, '}');
	nw_json_close(&json, ']');
	expect(&json, "[{\"v\":1,\"t\":true},{\"v\":1,\"t\":false}]");
}

/* The breaks stand between the pairs, wherever the piece was full. */
static void lines_break_between_pairs(void **state)
{
	enum { PAIRS = 6 * NW_JSON_PIECE / sizeof("\"key\":\"value\"") };
	static char want[8 * NW_JSON_PIECE];
	char *at = want + sprintf(want, "{");
	struct nw_json json = start();
	int i;

	(void)state;
	nw_json_open(&json, NULL, '{');
	for (i = 0; i < PAIRS; i++) {
		nw_json_line(&json);
		nw_json_string(&json, "key", "value");
		at += sprintf(at, "%s\n\"key\":\"value\"", i ? "," : "");
	}
	nw_json_close(&json, '}');
	strcpy(at, "}");
	expect(&json, want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_and_utf8_stay),
		cmocka_unit_test(quotes_and_controls_are_escaped),
		cmocka_unit_test(invalid_utf8_is_replaced),
		cmocka_unit_test(structure_and_commas),
		cmocka_unit_test(keys_are_quoted_as_values_are),
		cmocka_unit_test(numbers_of_all_sizes),
		cmocka_unit_test(long_strings_come_whole),
		cmocka_unit_test(long_lists_come_whole),
		cmocka_unit_test(lines_break_between_pairs),
		cmocka_unit_test(what_was_written_can_be_written_again),
	};

	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
