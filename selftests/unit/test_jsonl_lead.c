// SPDX-License-Identifier: GPL-2.0
/*
 * What lines begin with is remembered, and makes no difference: the same lines,
 * each behind a blank, are parsed from their first byte on.
 */
#include <stdio.h>
#include <stdlib.h>

#include "unit.h"
#include "jsonl_event.h"

#define V	"{\"v\":1,"
#define LEAD	V "\"instance\":\"fe\",\"netns_cookie\":7,\"netns\":9,\"event\":\"carrier\""
#define REST(seq)	",\"seq\":" #seq ",\"mono\":\"12.5\",\"dev\":\"eth0\",\"new\":\"up\"}"
#define LINE(seq)	LEAD REST(seq) "\n"
#define END	V "\"instance\":\"fe\",\"netns_cookie\":8,\"event\":\"end\",\"mono\":\"1.5\"}\n"
#define NULLS	"\"v\":null,\"cpu\":true,\"seq\":[],\"mono\":-1"
#define LONG	"0123456789012345678901234567890123456789012345678901234567890123456789"

static struct nw_jsonl jsonl;
static struct nw_jsonl_counts counts;
static unsigned int recalled;	/* lines that began as remembered */

/* All that can be known of an object, on a line. */
static int tell(void *arg, struct nw_flat *flat)
{
	struct nw_entry entry;
	char why[200] = "";
	FILE *told = arg;
	unsigned int i;
	int ret;

	fprintf(told, "%u values, %u dropped", flat->nr, flat->dropped);
	for (i = 0; i < flat->nr; i++)
		fprintf(told, " %s/%zu/%u=%d:%s%s", flat->value[i].key,
			flat->value[i].len, flat->value[i].known,
			(int)flat->value[i].kind, flat->value[i].text,
			flat->value[i].taken ? " taken" : "");
	ret = nw_jsonl_event(flat, &entry, &counts, why, sizeof(why));
	fprintf(told, "; %d %d seq %llu %s\n", ret, (int)entry.kind, entry.ev.seq, why);
	return 0;
}

static int feed(const char *text, size_t len, bool blank)
{
	char piece[1024];

	assert_true(len + 1 < sizeof(piece));
	piece[0] = ' ';
	memcpy(piece + 1, text, len);
	recalled += !blank && jsonl.depth == jsonl.outer &&
		    nw_lead_find(&jsonl.leads, text, len);
	return nw_jsonl_feed(&jsonl, piece + !blank, len + blank);
}

/* A line at a time. Return: what came of it all, to be freed. */
static char *read_lines(const char *text, bool blank)
{
	const char *end = text + strlen(text), *next;
	FILE *told;
	size_t size;
	char *said;
	int ret = 0;

	told = open_memstream(&said, &size);
	assert_non_null(told);
	memset(&counts, 0, sizeof(counts));
	assert_int_equal(nw_jsonl_open(&jsonl, tell, told), 0);
	for (; !ret && text < end; text = next) {
		next = memchr(text, '\n', (size_t)(end - text));
		next = next ? next + 1 : end;
		ret = feed(text, (size_t)(next - text), blank);
	}
	if (!ret)
		ret = nw_jsonl_end(&jsonl);
	fprintf(told, "%d after %llu, %llu unknown: %s\n", ret, jsonl.objects,
		counts.unknown_keys, jsonl.why);
	nw_jsonl_close(&jsonl);
	fclose(told);
	return said;
}

static void expect_no_difference(const char *text)
{
	char *with, *without;

	recalled = 0;
	with = read_lines(text, false);
	without = read_lines(text, true);
	if (strcmp(with, without))
		fail_msg("%s\n is\n%s\n and not\n%s", text, with, without);
	free(with);
	free(without);
}

static void expect_recalled(const char *text, unsigned int times)
{
	expect_no_difference(text);
	if (recalled != times)
		fail_msg("%s\n %u of its lines were remembered", text, recalled);
}

static void expect_twice(const char *line, unsigned int times)
{
	char text[1024];

	snprintf(text, sizeof(text), "%s%s", line, line);
	expect_recalled(text, times);
}

static void lines_that_begin_alike(void **state)
{
	(void)state;
	expect_recalled(LINE(1) LINE(2) LINE(3), 2);
	expect_recalled("[\n" LINE(1) "," LINE(2) "," LINE(3) "]\n", 0);
	expect_recalled("[" LINE(1) ",\n" LINE(2) ",\n" LINE(3) "]\n", 1);
	expect_recalled("[\n" LINE(1) ",\n" LINE(2) ",\n" LINE(3) "]\n", 2);
	expect_recalled(LINE(1) "\n\t\n" LINE(2), 1);
	expect_recalled(LINE(1) END LINE(2) LINE(3), 2);
	expect_recalled(LINE(1) LEAD ",\"event\":\"link\"" REST(2) LINE(3), 1);
	expect_recalled(LINE(1) LEAD ",\"x\":{\"event\":\"y\"}" REST(2) "\n" LINE(3), 2);
	expect_recalled(LINE(1) LEAD ",\"dev\":\"\\u0065th1\"" REST(2) "\n", 1);
	expect_recalled(LINE(1) LEAD ",\"x\":\"" LONG "\"" REST(2) "\n" LINE(3), 2);
}

static void lines_with_two_objects(void **state)
{
	(void)state;
	expect_recalled(LEAD REST(1) END LINE(2) END, 1);
	expect_recalled(LEAD REST(1) END LEAD REST(1) END END, 1);
	expect_recalled(LEAD REST(1) LINE(1) LEAD REST(1) LINE(1), 1);
}

/* Namespaces by turns. */
static void expect_turns(int nr, unsigned int times)
{
	char text[4096];
	size_t len = 0;
	int i;

	for (i = 0; i < 3 * nr; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
					V "\"netns\":%d,\"event\":\"end\",\"mono\":\"1.%d\"}\n",
					i % nr, i);
	expect_recalled(text, times);
}

static void several_beginnings(void **state)
{
	(void)state;
	expect_turns(2, 4);
	expect_turns(NW_LEADS, 2 * NW_LEADS);
	/* Of more than there is room for, most are known. */
	expect_turns(NW_LEADS + 1, 2 * NW_LEADS);
}

/* Nothing that could mean something else there. */
static void what_is_not_remembered(void **state)
{
	(void)state;
	expect_recalled(LINE(1) LEAD "}\n", 0);
	expect_recalled(LINE(1) LEAD ",}\n", 0);
	expect_recalled(LINE(1) LEAD, 0);
	expect_recalled(LINE(1) LEAD ",", 0);
	expect_recalled(LINE(1) LEAD " " REST(2), 0);
	expect_twice(V "\"event\":[\"x\"],\"z\":\"z\"}\n", 0);
	expect_recalled(V "\"event\":{\"x\":\"y\"},\"z\":\"z\"}\n"
			V "\"event\":{\"x\":\"y\",\"z\":1}}\n", 0);
	expect_twice(V "\"event\":\"\\u0065nd\",\"z\":1}\n", 0);
	expect_twice(V "\"dev\":\"" LONG LONG LONG LONG "\",\"event\":\"end\",\"z\":1}\n", 0);
	expect_twice(V "\"dev\":\"" LONG "\",\"event\":\"end\",\"z\":1}\n", 1);
	expect_twice(V NULLS ",\"event\":\"end\",\"z\":1}\n", 1);
	expect_twice(V NULLS "," NULLS ",\"event\":\"end\",\"z\":1}\n", 0);
	expect_recalled(LINE(1) LEAD ",\"x\":\n" LEAD REST(2) "}" END, 1);
	expect_recalled(" " LINE(1) LINE(2), 0);
	/* Keys that nobody knows, or that are not kept. */
	expect_twice(V "\"a\":1,\"event\":\"end\",\"z\":1}\n", 0);
	expect_twice(V "\"a\\u0000\":1,\"event\":\"end\",\"z\":1}\n", 0);
}

/* The object's text is not used up by any number of them. */
static void many_lines(void **state)
{
	static char text[2000 * sizeof(LINE(1))];
	char *end = text;
	int i;

	(void)state;
	for (i = 0; i < 2000; i++)
		end = stpcpy(end, LINE(1));
	expect_recalled(text, 1999);
}

/* What was not kept of a line is not missing in the next one. */
static void nothing_dropped_twice(void **state)
{
	char *said, *second;

	(void)state;
	said = read_lines(LINE(1) LEAD ",\"a\\u0000\":1" REST(2) "\n" LINE(3), false);
	second = strchr(said, '\n') + 1;
	assert_non_null(strstr(second, "9 values, 1 dropped"));
	assert_non_null(strstr(strchr(second, '\n'), "9 values, 0 dropped"));
	free(said);
}

static void where_it_is_an_error(void **state)
{
	(void)state;
	expect_recalled(LINE(1) LEAD ",\"seq\"}\n", 1);
	expect_recalled(LINE(1) LEAD ",\"seq\n", 1);
	expect_recalled(LINE(1) LEAD ",\"seq\":1", 1);
	expect_recalled(LINE(1) LEAD ",\"v\":1" REST(2), 1);
	expect_recalled(LINE(1) LEAD ",\"event\":\"carrier\"" REST(2), 1);
	expect_recalled(LINE(1) LEAD ",\"seq\":\"\xff\"}", 1);
	/* A bracket where the parser expects none, or in the middle of something. */
	expect_recalled("[\n" LINE(1) LINE(2), 1);
	expect_recalled(LINE(1) "]\n" LINE(2), 0);
	expect_recalled(LINE(1) "\"" LINE(2), 0);
	expect_recalled(LINE(1) "7\n" LINE(2), 0);
	expect_recalled(LINE(1) "{\"v\":\n" LINE(2), 0);
}

static __u32 next_random(void)
{
	static __u64 state = 7;

	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (__u32)(state >> 33);
}

/* One byte lost, put in, or put in the place of another. */
static void damage(char *text)
{
	static const char bytes[] = "{}[],:\"\\\n 17enu-\xff";
	char with = bytes[next_random() % (sizeof(bytes) - 1)];
	size_t len = strlen(text);
	size_t at = next_random() % len;

	__u32 how = next_random() % 3;

	if (how == 0)
		memmove(text + at, text + at + 1, len - at);
	if (how == 1)
		memmove(text + at + 1, text + at, len - at + 1);
	if (how)
		text[at] = with;
}

static void damaged_lines(void **state)
{
	static const char whole[] = "[\n" LINE(1) ",\n" LINE(2) ",\n" LINE(3) "]\n";
	static const char stream[] = LINE(1) LINE(2) LEAD ",\"x\":[1]" REST(3) "\n" LINE(4);
	char text[1024];
	unsigned int i, left;

	(void)state;
	for (i = 0; i < 4000; i++) {
		snprintf(text, sizeof(text), "%s", i % 2 ? whole : stream);
		for (left = 1 + i % 3; left; left--)
			damage(text);
		expect_no_difference(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_that_begin_alike),
		cmocka_unit_test(lines_with_two_objects),
		cmocka_unit_test(several_beginnings),
		cmocka_unit_test(what_is_not_remembered),
		cmocka_unit_test(many_lines),
		cmocka_unit_test(nothing_dropped_twice),
		cmocka_unit_test(where_it_is_an_error),
		cmocka_unit_test(damaged_lines),
	};

	return cmocka_run_group_tests_name("jsonl_lead", tests, NULL, NULL);
}
