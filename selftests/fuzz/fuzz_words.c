// SPDX-License-Identifier: GPL-2.0
/* Words of the command line: filters, times, thresholds, gateways. */
#include <string.h>

#include "config.h"
#include "filter.h"
#include "fuzz.h"
#include "say.h"

#define WORDS	8
#define ROOM	256

/* 2026-11-20T12:00:00Z */
#define NOW	1795176000000000000ULL

/* As every command says what it refuses. */
static void say(const char *why)
{
	struct nw_fuzz_page page;
	FILE *err = stderr;

	nw_fuzz_must(*why, "refused without a word");
	nw_fuzz_page_open(&page);
	stderr = page.file;
	nw_say_usage("%s", why);
	stderr = err;
	nw_fuzz_page_read(&page);
	nw_fuzz_must_be_text("what is said", page.text, page.len);
	nw_fuzz_page_close(&page);
}

static void take_time(const char *word)
{
	const struct nw_clock now = { NOW / 1000, NOW };
	struct nw_when when = { 0 };
	char why[ROOM] = "";

	if (nw_when_parse(word, NOW, &when, why, sizeof(why))) {
		say(why);
		return;
	}
	nw_fuzz_must(when.kind != NW_WHEN_NONE, "'%s' is no time", word);
	nw_when_settle(&when, &now);
	nw_fuzz_must(when.kind != NW_WHEN_AGO, "'%s' is not settled", word);
}

static void take_filter(int argc, char *const argv[])
{
	struct nw_filter filter;
	char why[ROOM] = "";

	memset(&filter, 0, sizeof(filter));
	if (nw_filter_parse(&filter, argc, argv, why, sizeof(why)))
		say(why);
	else
		nw_fuzz_must(!argc || nw_filter_is_given(&filter),
			     "words that narrow nothing");
}

static void take_config(const char *word)
{
	static struct nw_config c;
	char why[NW_CONFIG_ERROR] = "";

	nw_config_init(&c);
	if (nw_config_set(&c, word, why))
		say(why);
	why[0] = '\0';
	if (nw_config_add_gateway(&c, word, why))
		say(why);
}

int nw_fuzz_words(const uint8_t *data, size_t len)
{
	char text[ROOM], *argv[WORDS], *rest = text, *word;
	int i, argc = 0;

	if (len >= sizeof(text) || memchr(data, 0, len))
		return 0;
	memcpy(text, data, len);
	text[len] = '\0';
	while (argc < WORDS && (word = strsep(&rest, "\n")))
		argv[argc++] = word;
	take_filter(argc, argv);
	for (i = 0; i < argc; i++) {
		take_time(argv[i]);
		take_config(argv[i]);
	}
	return 0;
}
