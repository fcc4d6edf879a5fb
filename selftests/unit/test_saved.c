// SPDX-License-Identifier: GPL-2.0
/* Which directories are taken for saved ones, and what of them is read. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"
#include "compiler.h"
#include "save_manifest.h"
#include "saved.h"
#include "say.h"

static char top[32];

static int make_top(void **state)
{
	(void)state;
	strcpy(top, "/tmp/test_saved.XXXXXX");
	assert_non_null(mkdtemp(top));
	return 0;
}

static const char *in_top(const char *name)
{
	static char path[80];

	snprintf(path, sizeof(path), "%s/%s", top, name);
	return path;
}

static int remove_top(void **state)
{
	(void)state;
	unlink(in_top(NW_SAVE_MANIFEST));
	unlink(in_top(NW_SAVE_HISTORY));
	return rmdir(top);
}

static void put(const char *name, const char *text)
{
	FILE *file = fopen(in_top(name), "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static int find(void)
{
	char path[256] = "";
	int ret = nw_saved_history(top, path, sizeof(path));

	if (!ret)
		assert_string_equal(path, in_top(NW_SAVE_HISTORY));
	return ret;
}

static void what_is_a_directory(void **state)
{
	(void)state;
	assert_true(nw_saved_is_dir(top));
	assert_false(nw_saved_is_dir(in_top("absent")));
	put(NW_SAVE_HISTORY, "[]");
	assert_false(nw_saved_is_dir(in_top(NW_SAVE_HISTORY)));
	assert_false(nw_saved_is_dir("-"));
}

static void one_of_save(void **state)
{
	(void)state;
	put(NW_SAVE_HISTORY, "[]");
	put(NW_SAVE_MANIFEST, "{\"kind\":\"neighwatch-save\",\"v\":1,\"began\":{\"v\":9}}\n");
	assert_int_equal(find(), NW_EXIT_OK);
	/* A newer one is said, and read. */
	put(NW_SAVE_MANIFEST, "{\"new\":[1],\"kind\":\"neighwatch-save\",\"v\":2}");
	assert_int_equal(find(), NW_EXIT_OK);
}

static void none_of_save(void **state)
{
	static const char *const others[] = {
		"", "{}", "[]", "manifest", "{\"kind\":\"neighwatch-save\"", "{\"v\":1}",
		"{\"kind\":\"neighwatch-save\"}", "{\"kind\":\"other\",\"v\":1}",
		"{\"kind\":\"neighwatch-save\",\"v\":0}", "{\"kind\":1,\"v\":1}",
		"{\"kind\":\"neighwatch-save\",\"v\":\"1\"}",
	};
	size_t i;

	(void)state;
	put(NW_SAVE_HISTORY, "[]");
	assert_int_equal(find(), NW_EXIT_ERROR);
	for (i = 0; i < ARRAY_SIZE(others); i++) {
		put(NW_SAVE_MANIFEST, others[i]);
		assert_int_equal(find(), NW_EXIT_ERROR);
	}
}

static void without_a_history(void **state)
{
	(void)state;
	put(NW_SAVE_MANIFEST, "{\"kind\":\"neighwatch-save\",\"v\":1}");
	assert_int_equal(find(), NW_EXIT_NOT_FOUND);
}

#define TEST(name)	cmocka_unit_test_setup_teardown(name, make_top, remove_top)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_a_directory), TEST(one_of_save), TEST(none_of_save),
		TEST(without_a_history),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
