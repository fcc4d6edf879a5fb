// SPDX-License-Identifier: GPL-2.0
/* A directory that is there whole or not at all. */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"
#include "saving.h"

static void put(const char *name, const char *text)
{
	FILE *file = nw_save_dir_create(&saving, name);

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(nw_save_dir_close(&saving, file, name), 0);
}

static void whole_at_the_end_alone(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(nw_save_dir_begin(&saving, saving_path), 0);
	put("a", "text");
	assert_int_equal(access(saving_path, F_OK), -1);
	assert_int_equal(nw_save_dir_size(&saving, "a"), 4);
	assert_int_equal(nw_save_dir_commit(&saving), 0);
	assert_string_equal(saving_names(saving_top), "new ");
	assert_string_equal(saving_names(saving_path), "a ");
	assert_int_equal(stat(saving_path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	/* It is not removed any more. */
	nw_save_dir_abort(&saving);
	assert_string_equal(saving_names(saving_path), "a ");
}

static void given_up_leaves_nothing(void **state)
{
	(void)state;
	assert_int_equal(nw_save_dir_begin(&saving, saving_path), 0);
	put("a", "text");
	put("b", "");
	nw_save_dir_abort(&saving);
	assert_string_equal(saving_names(saving_top), "");
}

static void a_slash_behind_is_no_other_name(void **state)
{
	char slashes[96];

	(void)state;
	snprintf(slashes, sizeof(slashes), "%s///", saving_path);
	assert_int_equal(nw_save_dir_begin(&saving, slashes), 0);
	assert_int_equal(nw_save_dir_commit(&saving), 0);
	assert_string_equal(saving.path, saving_path);
	assert_string_equal(saving_names(saving_top), "new ");
}

static void what_is_there_is_refused(void **state)
{
	(void)state;
	assert_int_equal(mkdir(saving_path, 0700), 0);
	assert_int_equal(nw_save_dir_begin(&saving, saving_path), -EEXIST);
	assert_non_null(strstr(saving.why, "new exists already"));
	assert_non_null(strstr(saving.why, "new-2"));
	assert_string_equal(saving_names(saving_top), "new ");
	assert_int_equal(nw_save_dir_begin(&saving, "/"), -EEXIST);
	assert_int_equal(nw_save_dir_begin(&saving, "."), -EEXIST);
	assert_int_equal(nw_save_dir_begin(&saving, ".."), -EEXIST);
}

/* Made by another in the meantime, even if it is empty. */
static void what_came_meanwhile_is_left(void **state)
{
	(void)state;
	assert_int_equal(nw_save_dir_begin(&saving, saving_path), 0);
	put("a", "text");
	assert_int_equal(mkdir(saving_path, 0700), 0);
	assert_int_equal(nw_save_dir_commit(&saving), -EEXIST);
	nw_save_dir_abort(&saving);
	assert_string_equal(saving_names(saving_top), "new ");
	assert_string_equal(saving_names(saving_path), "");
}

static void parents_are_not_made(void **state)
{
	char below[96];

	(void)state;
	snprintf(below, sizeof(below), "%s/sub", saving_path);
	assert_int_equal(nw_save_dir_begin(&saving, below), -ENOENT);
	assert_non_null(strstr(saving.why, "mkdir -p"));
	assert_string_equal(saving_names(saving_top), "");
}

static void names_that_are_too_long(void **state)
{
	char name[PATH_MAX + 8];

	(void)state;
	memset(name, 'n', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(nw_save_dir_begin(&saving, name), -ENAMETOOLONG);
	name[NAME_MAX] = '\0';
	assert_int_equal(nw_save_dir_begin(&saving, name), -ENAMETOOLONG);
}

static void a_write_that_fails_names_the_file(void **state)
{
	FILE *file;
	int i;

	(void)state;
	assert_int_equal(nw_save_dir_begin(&saving, saving_path), 0);
	saving_limit(4096);
	file = nw_save_dir_create(&saving, "big");
	/* More than a buffer: the first failure is long past at the end. */
	for (i = 0; i < 50000; i++)
		fputs("0123456789", file);
	assert_int_equal(nw_save_dir_close(&saving, file, "big"), -EFBIG);
	saving_limit(RLIM_INFINITY);
	assert_non_null(strstr(saving.why, "new/big: File too large"));
	nw_save_dir_abort(&saving);
	assert_string_equal(saving_names(saving_top), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SAVING_TEST(whole_at_the_end_alone),
		SAVING_TEST(given_up_leaves_nothing),
		SAVING_TEST(a_slash_behind_is_no_other_name),
		SAVING_TEST(what_is_there_is_refused),
		SAVING_TEST(what_came_meanwhile_is_left),
		SAVING_TEST(parents_are_not_made),
		SAVING_TEST(names_that_are_too_long),
		SAVING_TEST(a_write_that_fails_names_the_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
