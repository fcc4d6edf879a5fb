// SPDX-License-Identifier: GPL-2.0
/* Bounded in time and number, whoever dies first. */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"
#include "compiler.h"
#include "hooked.h"

/* Three processes that do not want to end: its group, and one that left it. */
#define STUBBORN \
	"trap '' TERM\n" \
	"sleep 600 & one=$!\n" \
	"setsid sleep 600 & two=$!\n" \
	"echo $$ $one $two >pids.new\n" \
	"mv pids.new pids\n" \
	"while :; do sleep 600; done\n"

static void time_is_limited(void **state)
{
	struct hooked *t = *state;
	char expected[512];

	t->limits.run = 3000;
	t->limits.term = 100;
	hooked_open(t, "stubborn", STUBBORN);
	hooked_give(t, 1);
	hooked_await(t, "pids");
	hooked_await_all_gone(t, "pids", 3);
	hooked_close(t);
	assert_int_equal(t->counts.timed_out, 1);
	snprintf(expected, sizeof(expected),
		 "neighwatch: exec %s/stubborn: not done after 3.0 s, ended; more are counted\n"
		 "Let it hand over what takes longer to a service of its own.\n"
		 "neighwatch: exec %s/stubborn: 1 findings: 1 timed out\n",
		 t->dir, t->dir);
	hooked_expect_said(t, expected);
}

static void who_is_late_may_clean_up(void **state)
{
	struct hooked *t = *state;

	t->limits.run = 2000;
	t->limits.term = 30000;
	hooked_open(t, "polite",
		    "trap 'touch clean; exit 0' TERM\n"
		    "touch began\n"
		    "while :; do sleep .01; done\n");
	hooked_give(t, 1);
	hooked_await(t, "clean");
	hooked_close(t);
	assert_int_equal(t->counts.timed_out, 1);
}

static void nothing_is_left_behind(void **state)
{
	struct hooked *t = *state;

	hooked_open(t, "parent",
		    "sleep 600 & one=$!\n"
		    "setsid sh -c 'echo $$ >three; setsid sleep 600 & sleep 600' &\n"
		    "two=$!\n"
		    "until [ -s three ]; do sleep .01; done\n"
		    "echo $one $two >pids.new\n"
		    "mv pids.new pids\n");
	hooked_give(t, 1);
	hooked_await(t, "pids");
	hooked_await_all_gone(t, "pids", 2);
	hooked_close(t);
	assert_int_equal(t->counts.ran, 1);
	hooked_expect_said(t, "");
}

static unsigned int files_with(struct hooked *t, const char *prefix)
{
	struct dirent *entry;
	unsigned int nr = 0;
	DIR *dir = opendir(t->dir);

	assert_non_null(dir);
	while ((entry = readdir(dir)))
		nr += !strncmp(entry->d_name, prefix, strlen(prefix));
	closedir(dir);
	return nr;
}

static void await_files(struct hooked *t, const char *prefix, unsigned int nr)
{
	while (files_with(t, prefix) < nr)
		hooked_nap(t, prefix);
}

static void await_dropped(struct hooked *t, __u64 nr)
{
	for (;;) {
		nw_hook_count(&t->hook, &t->counts);
		if (t->counts.dropped >= nr)
			return;
		hooked_nap(t, "findings to be dropped");
	}
}

static void touch(struct hooked *t, const char *name)
{
	FILE *file = fopen(hooked_path(t, name), "we");

	assert_non_null(file);
	fclose(file);
}

/* Two run, three wait; of five more, the severe one takes another's place. */
static void number_is_limited(void **state)
{
	struct nw_finding crit = hooked_finding(9);
	struct hooked *t = *state;
	char expected[512];
	unsigned int n;

	crit.severity = NW_SEVERITY_CRIT;
	t->limits.at_once = 2;
	t->limits.waiting = 3;
	hooked_open(t, "gate",
		    "touch \"on.$NEIGHWATCH_SUBJECT\"\n"
		    "until [ -e go ]; do sleep .01; done\n");
	hooked_give(t, 0);
	hooked_give(t, 1);
	await_files(t, "on.", 2);
	for (n = 2; n < 9; n++)
		hooked_give(t, n);
	nw_hook_finding(&t->hook, &crit);
	await_dropped(t, 5);
	assert_int_equal(files_with(t, "on."), 2);
	touch(t, "go");
	hooked_close(t);
	assert_int_equal(t->counts.ran, 5);
	assert_int_equal(t->counts.dropped, 5);
	assert_int_equal(files_with(t, "on."), 5);
	assert_true(hooked_exists(t, "on.eth2"));
	assert_true(hooked_exists(t, "on.eth3"));
	assert_true(hooked_exists(t, "on.eth9"));
	snprintf(expected, sizeof(expected),
		 "neighwatch: exec %s/gate: not run for a finding, as 3 wait; more are counted\n"
		 "Findings come faster than it may be started: see EXEC in neighwatch(8).\n"
		 "neighwatch: exec %s/gate: 10 findings: 5 ran, 5 dropped\n",
		 t->dir, t->dir);
	hooked_expect_said(t, expected);
}

/* What may not start before the end is not waited for. */
static void starts_are_limited(void **state)
{
	struct hooked *t = *state;
	struct nw_clock before, after;
	unsigned int n;

	t->limits.starts = 3;
	t->limits.window = 3600 * 1000;
	t->limits.end = 50 * 1000;
	hooked_open(t, "count", "touch \"on.$NEIGHWATCH_SUBJECT\"");
	for (n = 0; n < 5; n++)
		hooked_give(t, n);
	nw_clock_now(&before);
	hooked_close(t);
	nw_clock_now(&after);
	assert_true(after.mono - before.mono < 40 * NW_NSEC_PER_SEC);
	assert_int_equal(t->counts.ran, 3);
	assert_int_equal(t->counts.dropped, 2);
	assert_int_equal(files_with(t, "on."), 3);
}

static void the_next_window_goes_on(void **state)
{
	struct hooked *t = *state;
	unsigned int n;

	t->limits.starts = 2;
	t->limits.window = 200;
	hooked_open(t, "count", "touch \"on.$NEIGHWATCH_SUBJECT\"");
	for (n = 0; n < 5; n++)
		hooked_give(t, n);
	await_files(t, "on.", 5);
	hooked_close(t);
	assert_int_equal(t->counts.ran, 5);
}

static void the_end_is_bounded(void **state)
{
	struct hooked *t = *state;
	struct nw_clock before, after;

	t->limits.at_once = 1;
	t->limits.end = 200;
	t->limits.kill = 10 * 1000;
	hooked_open(t, "stubborn", STUBBORN);
	hooked_give(t, 1);
	hooked_give(t, 2);
	hooked_await(t, "pids");
	nw_clock_now(&before);
	hooked_close(t);
	nw_clock_now(&after);
	assert_true(after.mono - before.mono < 8 * NW_NSEC_PER_SEC);
	assert_int_equal(t->counts.cut, 1);
	assert_int_equal(t->counts.dropped, 1);
	hooked_await_all_gone(t, "pids", 3);
}

/* A helper that is stopped takes nothing: the recorder does not wait. */
static void the_recorder_does_not_wait(void **state)
{
	struct hooked *t = *state;
	unsigned int n = 0;

	t->limits.at_once = 1;
	t->limits.waiting = 1;
	hooked_open(t, "slow", "until [ -e go ]; do sleep .01; done\n");
	kill(t->hook.pid, SIGSTOP);
	while (t->hook.behind < 10 && n < 1000000)
		hooked_give(t, n++);
	assert_int_equal(t->hook.behind, 10);
	assert_int_equal(t->hook.given, n);
	kill(t->hook.pid, SIGCONT);
	await_dropped(t, 11);
	touch(t, "go");
	hooked_close(t);
	assert_true(t->counts.ran >= 2);
	assert_int_equal(t->counts.ran + t->counts.dropped, n);
	assert_true(t->counts.dropped > 10);
}

static void a_stuck_helper_is_killed_at_the_end(void **state)
{
	struct hooked *t = *state;
	char expected[256];

	t->limits.end = 100;
	t->limits.kill = 500;
	hooked_open(t, "stubborn", STUBBORN);
	hooked_give(t, 1);
	hooked_await(t, "pids");
	kill(t->hook.pid, SIGSTOP);
	hooked_close(t);
	hooked_await_all_gone(t, "pids", 3);
	snprintf(expected, sizeof(expected),
		 "neighwatch: exec %s/stubborn: 1 findings: 1 lost with its helper\n",
		 t->dir);
	hooked_expect_said(t, expected);
}

static void the_recorder_goes_on_without_helper(void **state)
{
	struct hooked *t = *state;
	pid_t helper;
	char expected[512];

	hooked_open(t, "stubborn", STUBBORN);
	helper = t->hook.pid;
	hooked_give(t, 1);
	hooked_await(t, "pids");
	kill(helper, SIGKILL);
	hooked_await_all_gone(t, "pids", 3);
	hooked_give(t, 2);
	hooked_give(t, 3);
	assert_int_equal(t->hook.fd, -1);
	hooked_close(t);
	assert_int_equal(t->counts.dropped, 2);
	snprintf(expected, sizeof(expected),
		 "neighwatch: exec %s/stubborn: its helper %d is gone, it is not run any more\n"
		 "Recording goes on. Start neighwatch again to have it run; was memory short?\n"
		 "neighwatch: exec %s/stubborn: 3 findings: 2 dropped, 1 lost with its helper\n",
		 t->dir, (int)helper, t->dir);
	hooked_expect_said(t, expected);
	hooked_await_gone(t, helper);
}

static void signals_do_not_end_the_helper(void **state)
{
	static const int signals[] = {
		SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGALRM, SIGUSR1,
		SIGUSR2, SIGTSTP,
	};
	struct hooked *t = *state;
	size_t i;

	hooked_open(t, "mark", "touch on");
	for (i = 0; i < ARRAY_SIZE(signals); i++)
		kill(t->hook.pid, signals[i]);
	hooked_give(t, 1);
	hooked_await(t, "on");
	hooked_close(t);
	assert_int_equal(t->counts.ran, 1);
	hooked_expect_said(t, "");
}

/*
 * The recorder, with a child that has all its files, as that of -r. Neither
 * outlives a test that fails for long.
 */
static pid_t fork_recorder(struct hooked *t, int *other)
{
	int fds[2];
	pid_t pid;

	assert_int_equal(pipe(fds), 0);
	pid = fork();
	if (!pid) {
		hooked_open(t, "stubborn", STUBBORN);
		pid = fork();
		if (!pid) {
			close(fds[1]);
			alarm(20);
			pause();
			_exit(0);
		}
		*other = pid;
		pid = t->hook.pid;
		if (write(fds[1], &pid, sizeof(pid)) != sizeof(pid) ||
		    write(fds[1], other, sizeof(*other)) != sizeof(*other))
			_exit(1);
		hooked_give(t, 1);
		alarm(20);
		pause();
		_exit(0);
	}
	assert_int_equal(read(fds[0], &t->hook.pid, sizeof(pid)), sizeof(pid));
	assert_int_equal(read(fds[0], other, sizeof(*other)), sizeof(*other));
	close(fds[0]);
	close(fds[1]);
	return pid;
}

static void all_end_with_the_recorder(void **state)
{
	struct hooked *t = *state;
	pid_t recorder, helper;
	int other;

	t->limits.end = 100;
	recorder = fork_recorder(t, &other);
	helper = t->hook.pid;
	t->hook.pid = 0;
	hooked_await(t, "pids");
	kill(recorder, SIGKILL);
	hooked_await_gone(t, recorder);
	hooked_await_gone(t, helper);
	hooked_await_all_gone(t, "pids", 3);
	assert_int_equal(kill(other, 0), 0);
	kill(other, SIGKILL);
	hooked_await_gone(t, other);
	hooked_expect_said(t, "");
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, hooked_setup, hooked_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(time_is_limited),
		TEST(who_is_late_may_clean_up),
		TEST(nothing_is_left_behind),
		TEST(number_is_limited),
		TEST(starts_are_limited),
		TEST(the_next_window_goes_on),
		TEST(the_end_is_bounded),
		TEST(the_recorder_does_not_wait),
		TEST(a_stuck_helper_is_killed_at_the_end),
		TEST(the_recorder_goes_on_without_helper),
		TEST(signals_do_not_end_the_helper),
		TEST(all_end_with_the_recorder),
	};

	return cmocka_run_group_tests_name("hook_bounds", tests, NULL, NULL);
}
