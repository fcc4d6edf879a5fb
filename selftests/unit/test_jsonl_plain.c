// SPDX-License-Identifier: GPL-2.0
/*
 * Lines that are read without the parser: what comes of them is what comes of
 * them with it, whatever was done to them.
 */
#include <errno.h>
#include <stdio.h>

#include "unit.h"
#include "filled.h"
#include "jsonl_event.h"
#include "out.h"

#define LINES	64
#define LINE	2048
#define ROUNDS	20000

/* One line as it was read. */
struct seen {
	unsigned int nr;
	char values[4 * LINE];		/* each on a line */
	struct nw_entry entry;
	struct nw_jsonl_counts counts;
	int ret;
	char why[200];
};

static char lines[LINES][LINE];
static unsigned int nr_lines;
static struct seen whole, pieces;
static struct nw_flat flat;
static unsigned int plain_lines;

static void say_values(struct seen *s, const struct nw_flat *f)
{
	size_t len = 0;
	unsigned int i;

	for (i = 0; i < f->nr; i++)
		len += (size_t)snprintf(s->values + len,
					sizeof(s->values) - len, "%zu %s %d %s\n",
					f->value[i].len, f->value[i].key,
					f->value[i].kind, f->value[i].text);
	assert_true(len < sizeof(s->values));
}

static int see(void *arg, struct nw_flat *f)
{
	struct seen *s = arg;

	s->nr++;
	say_values(s, f);
	assert_int_equal(f->dropped, 0);
	return nw_jsonl_event(f, &s->entry, &s->counts, s->why,
			      sizeof(s->why));
}

/* In pieces of @step bytes; of a line in pieces the parser takes them all. */
static void read_line(struct seen *s, const char *text, size_t len, size_t step)
{
	static struct nw_jsonl j;
	size_t at;

	memset(s, 0, sizeof(*s));
	assert_int_equal(nw_jsonl_open(&j, see, s), 0);
	for (at = 0; !s->ret && at < len; at += step)
		s->ret = nw_jsonl_feed(&j, text + at,
				       step < len - at ? step : len - at);
	if (!s->ret)
		s->ret = nw_jsonl_end(&j);
	if (s->ret == -EBADMSG && !s->why[0])
		snprintf(s->why, sizeof(s->why), "%s", j.why);
	nw_jsonl_close(&j);
}

/* What a broken line is called depends on where the parser stood. */
static void expect_same(const char *line, size_t len)
{
	char copy[LINE + 1];

	snprintf(copy, sizeof(copy), "%.*s", (int)len, line);
	plain_lines += nw_flat_plain(&flat, line, len);
	read_line(&whole, line, len, len);
	read_line(&pieces, line, len, 1);
	if (whole.ret != pieces.ret || whole.nr != pieces.nr)
		fail_msg("%d \"%s\" and %d \"%s\": %s", whole.ret, whole.why,
			 pieces.ret, pieces.why, copy);
	if (!whole.nr)
		return;
	assert_string_equal(whole.values, pieces.values);
	assert_memory_equal(&whole.entry, &pieces.entry, sizeof(whole.entry));
	assert_memory_equal(&whole.counts, &pieces.counts,
			    sizeof(whole.counts));
	if (whole.nr == 1)
		assert_string_equal(whole.why, pieces.why);
}

static void add_line(const char *text)
{
	assert_true(nr_lines < LINES && strlen(text) < LINE);
	strcpy(lines[nr_lines++], text);
}

static void write_line(const struct nw_event *ev)
{
	struct nw_out out = { .ops = &nw_out_json };
	size_t size;
	char *text;

	out.file = open_memstream(&text, &size);
	assert_non_null(out.file);
	out.ops->begin(&out, NULL);
	out.ops->event(&out, ev);
	fclose(out.file);
	add_line(text);
	free(text);
}

#define ORIGIN	"{\"v\":1,\"instance\":\"fe\",\"netns_cookie\":7,\"netns\":9,"
#define CARRIER	ORIGIN "\"event\":\"carrier\",\"seq\":41,\"mono\":\"12.5\",\"new\":\"up\""

static int make_lines(void **state)
{
	struct nw_event ev;
	__u8 type;

	(void)state;
	for (type = 1; type <= NW_TYPE_MAX; type++) {
		nw_filled_event(&ev, type);
		write_line(&ev);
		/* Names as nearly all are. */
		memset(ev.who.comm, 0, sizeof(ev.who.comm));
		memset(ev.who.parent, 0, sizeof(ev.who.parent));
		strncpy(ev.dev, "eth0", sizeof(ev.dev));
		write_line(&ev);
	}
	add_line(CARRIER "}");
	add_line(CARRIER "}\r\n");
	add_line(CARRIER ",\"x\":01}\n");
	add_line(CARRIER ",\"x\":1.5}\n");
	add_line(CARRIER ",\"x\":-1}\n");
	add_line(CARRIER ",\"x\":1e3,\"y\":0}\n");
	add_line(CARRIER ",\"x\":null,\"y\":true,\"z\":false}\n");
	add_line(CARRIER ",\"x\":nul}\n");
	add_line(CARRIER ",\"x\":[1],\"y\":{\"z\":2}}\n");
	add_line(CARRIER ",\"\":\"\"}\n");
	add_line(CARRIER ",\"x\":\"\\u0041\",\"y\":\"\xc3\xbc\",\"z\":\"\x7f\"}\n");
	add_line(CARRIER ",\"new\":\"down\"}\n");
	add_line(CARRIER "}" CARRIER "}\n");
	add_line(CARRIER "},\n");
	add_line(CARRIER " }\n");
	add_line(CARRIER ",}\n");
	add_line("{}\n");
	add_line("[" CARRIER "}]\n");
	return 0;
}

static void lines_as_they_are(void **state)
{
	unsigned int i;

	(void)state;
	plain_lines = 0;
	for (i = 0; i < nr_lines; i++)
		expect_same(lines[i], strlen(lines[i]));
	/* Half of the filled ones have names that are not plain. */
	assert_true(plain_lines > NW_TYPE_MAX);
}

/* A byte changed, left out, or put in twice: at random, but the same always. */
static size_t spoil(char *line, size_t len, unsigned int *seed)
{
	static const char bytes[] = "{}[]\",:\\0123456789-.e E\n\ttfn\x01\x80\xc3";
	size_t at = (size_t)rand_r(seed) % len;

	switch (rand_r(seed) % 3) {
	case 0:
		line[at] = bytes[(size_t)rand_r(seed) % (sizeof(bytes) - 1)];
		return len;
	case 1:
		memmove(line + at, line + at + 1, len - at - 1);
		return len - 1;
	default:
		memmove(line + at + 1, line + at, len - at);
		return len + 1;
	}
}

static void lines_that_were_spoiled(void **state)
{
	char line[LINE + 8];
	unsigned int seed = 5, i, n;
	size_t len;

	(void)state;
	plain_lines = 0;
	for (i = 0; i < ROUNDS; i++) {
		len = strlen(lines[i % nr_lines]);
		memcpy(line, lines[i % nr_lines], len);
		for (n = (unsigned int)rand_r(&seed) % 3 + 1; n; n--)
			len = spoil(line, len, &seed);
		expect_same(line, len);
	}
	assert_true(plain_lines > ROUNDS / 20);
	assert_true(plain_lines < ROUNDS / 2);
}

/* A token that a line broke off does not go on in the next. */
static void a_line_behind_half_a_line(void **state)
{
	static const char *const halves[] = {
		"{\"v\":1,", "[", "tru", "\"x", "7", "[" CARRIER "},\n", "-",
	};
	static struct nw_jsonl j;
	struct seen *s = &whole;
	size_t i;
	int ret;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(halves); i++) {
		memset(s, 0, sizeof(*s));
		assert_int_equal(nw_jsonl_open(&j, see, s), 0);
		ret = nw_jsonl_feed(&j, halves[i], strlen(halves[i]));
		if (!ret)
			ret = nw_jsonl_feed(&j, CARRIER "}\n",
					    strlen(CARRIER "}\n"));
		if (!ret)
			ret = nw_jsonl_end(&j);
		nw_jsonl_close(&j);
		if (ret != -EBADMSG)
			fail_msg("'%s' was passed over", halves[i]);
	}
}

static void more_keys_than_there_is_room_for(void **state)
{
	char text[LINE * 4];
	size_t len = 0;
	int i;

	(void)state;
	for (i = 0; i <= NW_FLAT_VALUES; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
					"%s\"k%d\":1", i ? "," : "{", i);
	snprintf(text + len, sizeof(text) - len, "}");
	assert_false(nw_flat_plain(&flat, text, strlen(text)));
	*strrchr(text, ',') = '}';
	assert_true(nw_flat_plain(&flat, text, strcspn(text, "}") + 1));
	assert_int_equal(flat.nr, NW_FLAT_VALUES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_as_they_are),
		cmocka_unit_test(lines_that_were_spoiled),
		cmocka_unit_test(a_line_behind_half_a_line),
		cmocka_unit_test(more_keys_than_there_is_room_for),
	};

	return cmocka_run_group_tests_name("jsonl_plain", tests, make_lines,
					   NULL);
}
