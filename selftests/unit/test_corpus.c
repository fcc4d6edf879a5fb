// SPDX-License-Identifier: GPL-2.0
/*
 * What the fuzzers began with, and every input that once broke a rule: none
 * breaks it again. An entry point ends the process when one does; the file at
 * hand is the last one named.
 */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>

#include "unit.h"
#include "fuzz.h"

#define ROOM	(64 * 1024)

typedef int (*entry_point)(const uint8_t *data, size_t len);

/* In memory of exactly its size: a sanitizer sees a read beyond it. */
static void feed(const char *path, entry_point take)
{
	static uint8_t bytes[ROOM];
	FILE *file = fopen(path, "r");
	uint8_t *copy;
	size_t len;

	assert_non_null(file);
	print_message("# %s\n", path);
	fflush(stdout);
	len = fread(bytes, 1, sizeof(bytes), file);
	assert_true(len < sizeof(bytes));
	fclose(file);
	copy = malloc(len ? len : 1);
	assert_non_null(copy);
	memcpy(copy, bytes, len);
	assert_int_equal(take(copy, len), 0);
	free(copy);
}

static void feed_all(const char *name, entry_point take)
{
	char path[PATH_MAX];
	unsigned int nr = 0;
	struct dirent *e;
	DIR *dir;

	snprintf(path, sizeof(path), NW_CORPUS "/%s", name);
	dir = opendir(path);
	if (!dir)
		fail_msg("no %s", path);
	while ((e = readdir(dir))) {
		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), NW_CORPUS "/%s/%s", name,
			 e->d_name);
		feed(path, take);
		nr++;
	}
	closedir(dir);
	assert_true(nr > 2);
}

static void messages(void **state)
{
	(void)state;
	feed_all("decode", nw_fuzz_decode);
}

static void recordings(void **state)
{
	(void)state;
	feed_all("replay", nw_fuzz_replay);
}

static void kernel_logs(void **state)
{
	(void)state;
	feed_all("klog", nw_fuzz_replay);
}

static void configurations(void **state)
{
	(void)state;
	feed_all("config", nw_fuzz_config);
}

static void words(void **state)
{
	(void)state;
	feed_all("words", nw_fuzz_words);
}

static void nothing(void **state)
{
	(void)state;
	nw_fuzz_decode(NULL, 0);
	nw_fuzz_replay(NULL, 0);
	nw_fuzz_config(NULL, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages),
		cmocka_unit_test(recordings),
		cmocka_unit_test(kernel_logs),
		cmocka_unit_test(configurations),
		cmocka_unit_test(words),
		cmocka_unit_test(nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
