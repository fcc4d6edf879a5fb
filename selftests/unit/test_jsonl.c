// SPDX-License-Identifier: GPL-2.0
/* The reader of JSON: what the writer wrote comes back; the rest is refused. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <sys/socket.h>

#include <linux/neighbour.h>

#include "unit.h"
#include "filled.h"
#include "jsonl_event.h"
#include "message.h"
#include "out.h"
#include "parse.h"

/* Objects as they come back. */
struct seen {
	unsigned int nr;
	struct nw_entry entry[NW_TYPE_MAX + 4];
	struct nw_jsonl_counts counts;
	char why[200];
};

static struct nw_jsonl jsonl;

static int see(void *arg, struct nw_flat *flat)
{
	struct seen *s = arg;

	assert_true(s->nr < ARRAY_SIZE(s->entry));
	return nw_jsonl_event(flat, &s->entry[s->nr++], &s->counts, s->why,
			      sizeof(s->why));
}

/* In pieces of @step bytes. */
static int read_pieces(struct seen *s, const char *text, size_t step)
{
	size_t len = strlen(text), at;
	int ret = 0;

	memset(s, 0, sizeof(*s));
	assert_int_equal(nw_jsonl_open(&jsonl, see, s), 0);
	for (at = 0; !ret && at < len; at += step)
		ret = nw_jsonl_feed(&jsonl, text + at,
				    step < len - at ? step : len - at);
	if (!ret)
		ret = nw_jsonl_end(&jsonl);
	if (ret == -EBADMSG && !s->why[0])
		snprintf(s->why, sizeof(s->why), "%s", jsonl.why);
	nw_jsonl_close(&jsonl);
	return ret;
}

static int read_all(struct seen *s, const char *text)
{
	return read_pieces(s, text, strlen(text));
}

static char *write_events(const struct nw_event *ev, unsigned int nr,
			  bool array)
{
	struct nw_out out = { .ops = &nw_out_json, .array = array };
	unsigned int i;
	size_t size;
	char *text;

	out.file = open_memstream(&text, &size);
	assert_non_null(out.file);
	out.ops->begin(&out, NULL);
	for (i = 0; i < nr; i++)
		out.ops->event(&out, &ev[i]);
	out.ops->end(&out);
	fclose(out.file);
	return text;
}

static void expect_equal(const struct seen *s, const struct nw_event *ev,
			 unsigned int nr)
{
	unsigned int i;

	assert_int_equal(s->nr, nr);
	for (i = 0; i < nr; i++) {
		assert_int_equal(s->entry[i].kind, NW_ENTRY_EVENT);
		assert_memory_equal(&s->entry[i].ev, &ev[i], sizeof(*ev));
	}
	assert_int_equal(s->counts.unknown_keys, 0);
	assert_int_equal(s->counts.unknown_types, 0);
	assert_int_equal(s->counts.unknown_values, 0);
}

static void every_event_comes_back_bit_for_bit(void **state)
{
	static const size_t steps[] = { 1, 7, 100, 100000 };
	static struct nw_event ev[NW_TYPE_MAX];
	static struct seen s;
	bool array = false;
	char *text;
	__u8 type;
	size_t i;

	(void)state;
	for (type = 1; type <= NW_TYPE_MAX; type++)
		nw_filled_event(&ev[type - 1], type);
	do {
		text = write_events(ev, NW_TYPE_MAX, array);
		for (i = 0; i < ARRAY_SIZE(steps); i++) {
			if (read_pieces(&s, text, steps[i]))
				fail_msg("step %zu: %s", steps[i], s.why);
			expect_equal(&s, ev, NW_TYPE_MAX);
		}
		free(text);
		array = !array;
	} while (array);
}

/* Only what is required: what was absent stays absent. */
static void the_least_comes_back_bit_for_bit(void **state)
{
	static struct seen s;
	struct nw_event ev;
	char *text;
	__u8 type;

	(void)state;
	for (type = 1; type <= NW_TYPE_MAX; type++) {
		const struct nw_desc *desc;
		unsigned int i;

		nw_filled_event(&ev, type);
		desc = nw_event_desc(&ev);
		memset(&ev.who, 0, sizeof(ev.who));
		memset(&ev.neigh, 0,
		       sizeof(ev) - offsetof(struct nw_event, neigh));
		for (i = 0; i < desc->nr; i++) {
			if (!(desc->field[i].how & NW_REQUIRED))
				continue;
			nw_filled_field(&desc->field[i], (char *)&ev.neigh, type);
			ev.neigh.has |= NW_BIT(desc->field[i].attr);
		}
		ev.has = NW_BIT(NW_A_RECORD_SEQ) | NW_BIT(NW_A_RECORD_MONO) |
			 NW_BIT(nw_types[type].attr);
		ev.real = 0;
		ev.cpu = 0;
		ev.ifindex = 0;
		ev.flags = 0;
		ev.cause = 0;
		memset(ev.dev, 0, sizeof(ev.dev));
		text = write_events(&ev, 1, false);
		assert_int_equal(read_all(&s, text), 0);
		expect_equal(&s, &ev, 1);
		free(text);
	}
}

static void values_without_a_name_come_back(void **state)
{
	static struct seen s;
	struct nw_event ev;
	char *text;

	(void)state;
	nw_filled_event(&ev, NW_TYPE_NEIGH);
	ev.neigh.old = NUD_REACHABLE | NUD_STALE;
	ev.cause = 99;
	text = write_events(&ev, 1, false);
	assert_int_equal(read_all(&s, text), 0);
	expect_equal(&s, &ev, 1);
	free(text);
}

#define ORIGIN	"{\"v\":1,\"instance\":\"fe\",\"netns_cookie\":7,\"netns\":9,"
#define STAMPS	"\"time\":\"2025-11-19T01:14:03.512345678Z\",\"mono\":\"12.5\""
#define LONG	"0123456789012345678901234567890123456789012345"
#define CARRIER	ORIGIN "\"event\":\"carrier\",\"seq\":41," STAMPS

static void expect_refused(const char *text, const char *why)
{
	static struct seen s;

	assert_int_equal(read_all(&s, text), -EBADMSG);
	if (!strstr(s.why, why))
		fail_msg("'%s' does not say '%s'", s.why, why);
}

static void what_makes_no_sense_is_refused(void **state)
{
	(void)state;
	expect_refused(CARRIER ",\"new\":\"sideways\"}", "'new' is \"sideways\"");
	expect_refused(CARRIER ",\"new\":null}", "'new' is null, not a name");
	expect_refused(CARRIER "}", "'new' is missing");
	expect_refused(CARRIER ",\"new\":\"up\",\"cpu\":-1}",
		       "'cpu' is -1, not a number of 0..4294967295");
	expect_refused(CARRIER ",\"new\":\"up\",\"cpu\":4294967296}", "'cpu'");
	expect_refused(CARRIER ",\"new\":\"up\",\"cpu\":1.5}", "'cpu' is 1.5");
	expect_refused(CARRIER ",\"new\":\"up\",\"cpu\":\"1\"}", "'cpu' is \"1\"");
	expect_refused(CARRIER ",\"new\":\"up\",\"cpu\":[1]}", "'cpu' is an array");
	expect_refused(CARRIER ",\"new\":\"up\",\"dwell_ns\":18446744073709551616}",
		       "'dwell_ns'");
	expect_refused(CARRIER ",\"new\":\"up\",\"dev\":\"x\\u0000y\"}", "NUL");
	expect_refused(CARRIER ",\"new\":\"up\",\"dev\":\"" LONG "\"}",
		       "text of at most 15 bytes");
	expect_refused(CARRIER ",\"new\":\"up\",\"gateway\":1}",
		       "'gateway' is 1, not true or false");
	expect_refused(CARRIER ",\"new\":\"up\",\"new\":\"down\"}", "'new' is there twice");
	expect_refused("{\"v\":2}", "'v' is 2: this reader knows 1");
	expect_refused("{\"event\":\"carrier\"}", "'v' is missing");
	expect_refused(ORIGIN "\"seq\":1}", "'event' is missing");
	expect_refused(ORIGIN "\"event\":7}", "'event' is 7");
	expect_refused("{\"v\":1,\"instance\":\"xyz\",\"event\":\"end\"}", "'instance'");
	expect_refused(ORIGIN "\"event\":\"sync\",\"seq\":1,\"mono\":\"1.0000000001\"}",
		       "'mono'");
	expect_refused(ORIGIN "\"event\":\"sync\",\"seq\":1,\"mono\":\"18446744073.709551616\"}",
		       "'mono'");
	expect_refused(ORIGIN "\"event\":\"sync\",\"seq\":1,\"mono\":1}", "'mono' is 1");
	expect_refused(ORIGIN "\"event\":\"sync\",\"time\":\"2025-11-19T01:14:03\",\"seq\":1}",
		       "'time'");
	expect_refused(ORIGIN "\"event\":\"end\"}", "'mono' is missing");
}

#define ADDRESS	ORIGIN "\"event\":\"address\",\"seq\":41," STAMPS \
		",\"change\":\"added\""
#define ROUTE	ORIGIN "\"event\":\"route\",\"seq\":41," STAMPS \
		",\"change\":\"added\",\"family\":\"inet\""

static void addresses_are_checked(void **state)
{
	(void)state;
	expect_refused(ADDRESS ",\"family\":\"inet\",\"addr\":\"fe80::1\"}",
		       "'addr' is not of the family");
	expect_refused(ADDRESS ",\"family\":\"ipx\",\"addr\":\"10.0.0.1\"}",
		       "'family' is \"ipx\"");
	expect_refused(ADDRESS ",\"family\":\"inet\",\"addr\":\"10.0.0.256\"}", "'addr'");
	expect_refused(ADDRESS ",\"family\":\"inet\",\"addr\":\"10.0.0.1\",\"prefix_len\":256}",
		       "'prefix_len'");
	expect_refused(ROUTE ",\"dst\":\"10.0.0.0/33\"}", "'dst'");
	expect_refused(ROUTE ",\"dst\":\"10.0.0.0\"}", "'dst'");
	expect_refused(ROUTE ",\"dst\":\"fe80::/10\"}", "'dst' is not of the family");
	expect_refused(ROUTE "}", "'dst' is missing");
	expect_refused(ORIGIN "\"event\":\"link-admin\",\"seq\":1," STAMPS
		       ",\"change\":\"address\",\"lladdr\":\"02:0\"}", "'lladdr'");
}

static void text_that_is_no_json_is_refused(void **state)
{
	(void)state;
	expect_refused("{\"v\":1,", "cut off in the middle of an object");
	expect_refused("[" ORIGIN "\"event\":\"end\"," STAMPS "},",
		       "before the end of the array");
	expect_refused("{\"v\":1,}", "");
	expect_refused("{\"v\":\"\xff\"}", "UTF8");
	expect_refused("7", "no object");
	expect_refused("[[]]", "an array in the place of an object");
	expect_refused("[{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "nested too deeply");
}

#define STRANGE	CARRIER ",\"new\":\"up\",\"old\":\"sideways\",\"x\":1," \
		"\"y\":{\"z\":[1,{\"v\":7}]}}\n\n" \
		ORIGIN "\"event\":\"earthquake\",\"richter\":\"9\"}\n" \
		ORIGIN "\"event\":\"finding\",\"evidence\":[1,2]}\n"

static void what_nobody_knows_is_counted(void **state)
{
	static struct seen s;

	(void)state;
	assert_int_equal(read_all(&s, STRANGE), 0);
	assert_int_equal(s.nr, 3);
	assert_int_equal(s.counts.unknown_keys, 2);
	assert_int_equal(s.counts.unknown_types, 1);
	assert_int_equal(s.counts.unknown_values, 1);
	assert_int_equal(s.counts.findings, 1);
	assert_int_equal(s.entry[0].kind, NW_ENTRY_EVENT);
	assert_int_equal(s.entry[0].ev.carrier.new, NW_CARRIER_UP);
	assert_int_equal(s.entry[0].ev.carrier.has, NW_BIT(NW_A_CARRIER_NEW));
	assert_int_equal(s.entry[1].kind, NW_ENTRY_NONE);
	assert_int_equal(s.entry[2].kind, NW_ENTRY_NONE);
}

static void losses_and_the_end_come_back(void **state)
{
	struct nw_out out = { .ops = &nw_out_json };
	struct nw_clock until = { 123456789012345ULL, TEST_REAL };
	static struct seen s;
	struct nw_event ev;
	size_t size;
	char *text;

	(void)state;
	nw_filled_event(&ev, NW_TYPE_CARRIER);
	out.file = open_memstream(&text, &size);
	out.ops->begin(&out, NULL);
	out.ops->lost(&out, &ev.origin, 12, 3);
	out.ops->lost(&out, &ev.origin, 0, 4);
	out.ops->until(&out, &ev.origin, &until);
	fclose(out.file);
	assert_int_equal(read_all(&s, text), 0);
	assert_int_equal(s.nr, 3);
	assert_int_equal(s.entry[0].kind, NW_ENTRY_LOST);
	assert_int_equal(s.entry[0].first, 12);
	assert_int_equal(s.entry[0].count, 3);
	assert_true(s.entry[0].ev.mono > 0 && s.entry[0].ev.real > TEST_REAL);
	assert_int_equal(s.entry[1].first, 0);
	assert_int_equal(s.entry[1].count, 4);
	assert_int_equal(s.entry[2].kind, NW_ENTRY_END);
	assert_int_equal(s.entry[2].ev.mono, until.mono);
	assert_int_equal(s.entry[2].ev.real, until.real);
	assert_memory_equal(&s.entry[2].ev.origin, &ev.origin,
			    sizeof(ev.origin));
	assert_int_equal(s.counts.unknown_keys, 0);
	free(text);
}

/* A megabyte in one string must not be kept. */
static void long_strings_are_refused(void **state)
{
	static char piece[1 << 20];
	static struct seen s;
	int ret = 0, i;

	(void)state;
	memset(piece, 'a', sizeof(piece));
	assert_int_equal(nw_jsonl_open(&jsonl, see, &s), 0);
	ret = nw_jsonl_feed(&jsonl, "{\"v\":\"", 6);
	for (i = 0; !ret && i < 1 << 10; i++)
		ret = nw_jsonl_feed(&jsonl, piece + i * 1024, 1024);
	assert_int_equal(ret, -EBADMSG);
	assert_true(i < 70);
	nw_jsonl_close(&jsonl);
}

static void too_many_keys_are_refused(void **state)
{
	char text[8192];
	size_t len;
	int i;

	(void)state;
	len = (size_t)snprintf(text, sizeof(text), "%s", CARRIER ",\"new\":\"up\"");
	for (i = 0; i < NW_FLAT_VALUES; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
					",\"k%d\":1", i);
	snprintf(text + len, sizeof(text) - len, "}");
	expect_refused(text, "more than an event has");
}

static void numbers_and_times(void **state)
{
	__u64 v;

	(void)state;
	assert_true(nw_parse_number("18446744073709551615", ULLONG_MAX, &v));
	assert_true(v == ULLONG_MAX);
	assert_false(nw_parse_number("18446744073709551616", ULLONG_MAX, &v));
	assert_false(nw_parse_number("256", 255, &v));
	assert_true(nw_parse_number("255", 255, &v));
	assert_false(nw_parse_number("", 255, &v));
	assert_false(nw_parse_number("01", 255, &v));
	assert_false(nw_parse_number("1e2", 255, &v));
	assert_true(nw_parse_seconds("18446744073.709551615", &v));
	assert_true(v == ULLONG_MAX);
	assert_true(nw_parse_seconds("0.5", &v));
	assert_int_equal(v, 500000000);
	assert_false(nw_parse_seconds("1.", &v));
	assert_false(nw_parse_seconds(".1", &v));
	assert_true(nw_parse_rfc3339("2025-11-19T02:14:03.512345678+01:00", &v));
	assert_true(v == TEST_REAL);
	assert_false(nw_parse_rfc3339("2025-02-30T02:14:03Z", &v));
	assert_false(nw_parse_hex("12345678901234567", &v));
	assert_false(nw_parse_hex("", &v));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_event_comes_back_bit_for_bit),
		cmocka_unit_test(the_least_comes_back_bit_for_bit),
		cmocka_unit_test(values_without_a_name_come_back),
		cmocka_unit_test(what_makes_no_sense_is_refused),
		cmocka_unit_test(addresses_are_checked),
		cmocka_unit_test(text_that_is_no_json_is_refused),
		cmocka_unit_test(what_nobody_knows_is_counted),
		cmocka_unit_test(losses_and_the_end_come_back),
		cmocka_unit_test(long_strings_are_refused),
		cmocka_unit_test(too_many_keys_are_refused),
		cmocka_unit_test(numbers_and_times),
	};

	return cmocka_run_group_tests_name("jsonl", tests, NULL, NULL);
}
