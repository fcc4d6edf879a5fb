// SPDX-License-Identifier: GPL-2.0
/* Processes that save, of which any may fail, crash, hang, or find the disk full. */
#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "unit.h"
#include "nl.h"
#include "save_part.h"
#include "saving.h"
#include "say.h"

static int write_both(const struct nw_opts *o, FILE *const *file)
{
	(void)o;
	fputs("text\n", file[0]);
	fputs("[1]\n", file[1]);
	return 0;
}

static int write_nothing(const struct nw_opts *o, FILE *const *file)
{
	(void)o;
	fputs("HEADING\n", file[0]);
	fputs("[]\n", file[1]);
	nw_say("it is refused");
	return NW_EXIT_ERROR;
}

static int write_some(const struct nw_opts *o, FILE *const *file)
{
	write_both(o, file);
	nw_say("the rest is missing");
	return NW_EXIT_ERROR;
}

static int write_none(const struct nw_opts *o, FILE *const *file)
{
	(void)o;
	(void)file;
	return NW_EXIT_NOT_FOUND;
}

static int crash(const struct nw_opts *o, FILE *const *file)
{
	write_both(o, file);
	fflush(file[0]);
	fflush(file[1]);
	kill(getpid(), SIGKILL);
	return 0;
}

static int hang(const struct nw_opts *o, FILE *const *file)
{
	(void)o;
	(void)file;
	while (getpid())
		pause();
	return 0;
}

/* Slow, but never still for long. */
static int crawl(const struct nw_opts *o, FILE *const *file)
{
	int i;

	for (i = 0; i < 25; i++) {
		fputs("text\n", file[0]);
		fflush(file[0]);
		usleep(100000);
	}
	return write_both(o, file);
}

static int fill_disk(const struct nw_opts *o, FILE *const *file)
{
	int i;

	saving_limit(4096);
	for (i = 0; i < 50000; i++)
		fputs("0123456789", file[0]);
	return write_both(o, file);
}

/* Long enough for a busy machine to start a process, where that matters. */
static unsigned int patience = 10000;

static const struct nw_save_part part_both = {
	"both", { "both.txt", "both.json" }, false, write_both,
};

static const struct nw_opts options;

static struct nw_save_job run_one(int (*write)(const struct nw_opts *o,
					       FILE *const *file), int wanted)
{
	const struct nw_save_part part = {
		"one", { "one.txt", "one.json" }, false, write,
	};
	struct nw_save_job jobs[2] = {
		{ .part = &part }, { .part = &part_both },
	};

	assert_int_equal(nw_save_dir_begin(&saving, saving_path), 0);
	assert_int_equal(nw_save_run(&saving, &options, jobs, 2, patience),
			 wanted);
	if (!wanted) {
		assert_int_equal(jobs[1].state, NW_SAVE_WHOLE);
		assert_int_equal(nw_save_dir_commit(&saving), 0);
	}
	return jobs[0];
}

static void all_well(void **state)
{
	struct nw_save_job job = run_one(write_both, 0);

	(void)state;
	assert_int_equal(job.state, NW_SAVE_WHOLE);
	assert_string_equal(job.note, "");
	assert_string_equal(saving_names(saving_path), "both.json both.txt one.json one.txt ");
}

static void failed_with_nothing(void **state)
{
	struct nw_save_job job = run_one(write_nothing, 0);

	(void)state;
	assert_int_equal(job.state, NW_SAVE_MISSING);
	assert_string_equal(job.note, "it is refused");
	assert_string_equal(saving_names(saving_path), "both.json both.txt ");
}

static void failed_half_way(void **state)
{
	struct nw_save_job job = run_one(write_some, 0);

	(void)state;
	assert_int_equal(job.state, NW_SAVE_INCOMPLETE);
	assert_string_equal(job.note, "the rest is missing");
	assert_string_equal(saving_names(saving_path), "both.json both.txt one.json one.txt ");
}

static void nothing_of_the_kind(void **state)
{
	struct nw_save_job job = run_one(write_none, 0);

	(void)state;
	assert_int_equal(job.state, NW_SAVE_EMPTY);
	assert_string_equal(saving_names(saving_path), "both.json both.txt ");
}

static void crashed(void **state)
{
	struct nw_save_job job = run_one(crash, 0);

	(void)state;
	assert_int_equal(job.state, NW_SAVE_INCOMPLETE);
	assert_string_equal(job.note, "ended by signal 9 (Killed)");
	/* JSON that broke off is none. */
	assert_string_equal(saving_names(saving_path), "both.json both.txt one.txt ");
}

static void hanging(void **state)
{
	struct nw_save_job job;

	(void)state;
	patience = 2000;
	job = run_one(hang, 0);
	patience = 10000;
	assert_int_equal(job.state, NW_SAVE_MISSING);
	assert_int_equal(strncmp(job.note, "no answer", 9), 0);
	assert_int_equal(kill(job.pid, 0), -1);
	assert_string_equal(saving_names(saving_path), "both.json both.txt ");
}

static void slow_is_not_hanging(void **state)
{
	struct nw_save_job job;

	(void)state;
	patience = 2000;
	job = run_one(crawl, 0);
	patience = 10000;
	assert_int_equal(job.state, NW_SAVE_WHOLE);
}

static void full_disk(void **state)
{
	(void)state;
	run_one(fill_disk, -EIO);
	assert_non_null(strstr(saving.why, "cannot write"));
	assert_non_null(strstr(saving.why, "new/one.txt: File too large"));
	nw_save_dir_abort(&saving);
	assert_string_equal(saving_names(saving_top), "");
}

static void stop_soon(int sig)
{
	(void)sig;
	nw_stop = true;
}

static void stopped(void **state)
{
	struct nw_save_job job;

	(void)state;
	signal(SIGALRM, stop_soon);
	ualarm(100000, 0);
	job = run_one(hang, -EINTR);
	assert_int_equal(kill(job.pid, 0), -1);
	nw_save_dir_abort(&saving);
	assert_string_equal(saving_names(saving_top), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SAVING_TEST(all_well),
		SAVING_TEST(failed_with_nothing),
		SAVING_TEST(failed_half_way),
		SAVING_TEST(nothing_of_the_kind),
		SAVING_TEST(crashed),
		SAVING_TEST(hanging),
		SAVING_TEST(slow_is_not_hanging),
		SAVING_TEST(full_disk),
		SAVING_TEST(stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
