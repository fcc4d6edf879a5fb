// SPDX-License-Identifier: GPL-2.0
/*
 * A device, a program or a file may carry bytes that a terminal obeys: wherever
 * they are shown they are escaped.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "unit.h"
#include "filled.h"
#include "format.h"
#include "jsonl_event.h"
#include "message.h"
#include "out.h"
#include "say.h"

#define EVIL	"\033[2J\007\302\233x"
#define SHOWN	"\\x1b[2J\\x07\\xc2\\x9bx"

static char *text;
static size_t size;

static struct nw_out out_new(const struct nw_out_ops *ops)
{
	struct nw_out out = {
		.ops = ops, .start = { TEST_MONO, TEST_REAL }, .netns = true,
		.file = open_memstream(&text, &size),
	};

	assert_non_null(out.file);
	out.json.file = out.file;
	return out;
}

/* Printable ASCII and line breaks; JSON may hold letters of other scripts. */
static void expect_harmless(struct nw_out *out, bool ascii)
{
	const unsigned char *p;

	fclose(out->file);
	assert_true(size > 0);
	for (p = (const unsigned char *)text; *p; p++)
		if ((*p < ' ' && *p != '\n') || *p == 0x7f ||
		    (*p > 0x7e && (ascii || (*p == 0xc2 && p[1] < 0xa0))))
			fail_msg("byte 0x%02x in %s", *p, text);
}

/* Every string of such an event has an escape byte. */
static void events_of_each_type(void **state)
{
	struct nw_event ev;
	struct nw_out out;
	__u8 type;

	(void)state;
	for (type = 1; type <= NW_TYPE_MAX; type++) {
		nw_filled_event(&ev, type);
		assert_non_null(strchr(ev.dev, '\033'));
		out = out_new(&nw_out_text);
		nw_out_text.event(&out, &ev);
		expect_harmless(&out, true);
		assert_non_null(strstr(text, "\\x1b"));
		free(text);
		out = out_new(&nw_out_json);
		nw_out_json.event(&out, &ev);
		expect_harmless(&out, false);
		assert_non_null(strstr(text, "\\u001b"));
		free(text);
	}
}

static void findings_and_their_evidence(void **state)
{
	struct nw_finding f = {
		.id = "link-flap", .severity = NW_SEVERITY_WARN,
		.status = NW_STATUS_OPEN, .dev = EVIL, .who.comm = EVIL,
		.who.has = NW_BIT(NW_A_WHO_COMM), .namespaces = 1,
	};
	struct nw_out out = out_new(&nw_out_text);

	(void)state;
	nw_finding_subject(&f, "%s", EVIL);
	nw_finding_text(&f, "since %s", EVIL);
	nw_finding_hint(&f, "ethtool %s", EVIL);
	nw_finding_fact(&f, NULL, EVIL, "of %s", EVIL);
	nw_out_finding_text(&out, &f);
	nw_out_finding_screen(&out, &f, true);
	expect_harmless(&out, true);
	assert_non_null(strstr(text, "WARN link-flap " SHOWN ": since " SHOWN));
	assert_non_null(strstr(text, "  " SHOWN));
	free(text);
	out = out_new(&nw_out_json);
	nw_out_finding_json(&out, &f);
	expect_harmless(&out, false);
	free(text);
}

/* What @say says, on a stderr that is looked at. */
static void expect_said(void (*say)(void), const char *want)
{
	struct nw_out out = out_new(&nw_out_text);
	FILE *err = stderr;

	stderr = out.file;
	say();
	stderr = err;
	expect_harmless(&out, true);
	assert_string_equal(text, want);
	free(text);
}

static void say_file(void)
{
	nw_say("%s: %s", EVIL, strerror(ENOENT));
}

static void say_word(void)
{
	nw_say_usage("'%s' is no word\n  write another", EVIL);
}

static void say_failure(void)
{
	nw_say_failed(EVIL, -EIO, EVIL);
}

static void what_is_said_of_files_and_words(void **state)
{
	(void)state;
	expect_said(say_file, "neighwatch: " SHOWN ": No such file or directory\n");
	expect_said(say_word, "neighwatch: '" SHOWN "' is no word\n"
		    "  write another\nTry 'neighwatch -h'.\n");
	expect_said(say_failure, "neighwatch: " SHOWN ": " SHOWN
		    " (Input/output error)\n");
}

static int take_flat(void *arg, struct nw_flat *flat)
{
	static struct nw_entry entry;
	struct nw_jsonl_counts counts = { 0 };

	return nw_jsonl_event(flat, &entry, &counts, arg, 200);
}

#define HEAD	"{\"v\":1,\"instance\":\"5\",\"netns_cookie\":1," \
		"\"event\":\"carrier\",\"seq\":1,\"mono\":\"7\",\"new\":\"down\","

static void what_a_recording_is_refused_for(void **state)
{
	static const char *const bad[][2] = {
		{ HEAD "\"time\":\"\\u001b[2J\"}",
		  "'time' is \"\\x1b[2J\", not a time such as 2026-11-19T21:40:00.000000000Z" },
		{ HEAD "\"\\n\\u009b\":1,\"\\n\\u009b\":1}",
		  "'\\x0a\\xc2\\x9b' is there twice" },
	};
	static struct nw_jsonl j;
	char why[200];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		assert_int_equal(nw_jsonl_open(&j, take_flat, why), 0);
		assert_int_equal(nw_jsonl_feed(&j, bad[i][0], strlen(bad[i][0])),
				 -EBADMSG);
		assert_string_equal(why, bad[i][1]);
		nw_jsonl_close(&j);
	}
}

/* What does not fit is cut, and never within an escaped byte. */
static void text_that_is_too_long(void **state)
{
	char buf[8];

	(void)state;
	nw_format_text(buf, sizeof(buf), "ab\033cd", "");
	assert_string_equal(buf, "ab\\x1bc");
	nw_format_text(buf, sizeof(buf), "abcd\033e", "");
	assert_string_equal(buf, "abcd");
	nw_format_text(buf, sizeof(buf), "a\nb\n\tc", "\n");
	assert_string_equal(buf, "a\nb\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(events_of_each_type),
		cmocka_unit_test(findings_and_their_evidence),
		cmocka_unit_test(what_is_said_of_files_and_words),
		cmocka_unit_test(what_a_recording_is_refused_for),
		cmocka_unit_test(text_that_is_too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
