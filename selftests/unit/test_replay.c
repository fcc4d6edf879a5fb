// SPDX-License-Identifier: GPL-2.0
/* Recordings of every kind, whole and broken, small and large. */
#include <errno.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"
#include "replay.h"

static struct nw_replay replay;
static unsigned int events, ends;
static struct nw_event last;
static char path[40];

static int take(void *arg, const struct nw_entry *entry)
{
	(void)arg;
	events += entry->kind == NW_ENTRY_EVENT;
	ends += entry->kind == NW_ENTRY_END;
	if (entry->kind == NW_ENTRY_EVENT)
		last = entry->ev;
	return 0;
}

static int make_file(void **state)
{
	int fd;

	(void)state;
	strcpy(path, "/tmp/test_replay.XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	close(fd);
	events = 0;
	ends = 0;
	nw_replay_init(&replay, take, NULL);
	return 0;
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

static void write_file(const char *text, size_t len)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static int read_text(const char *text)
{
	write_file(text, strlen(text));
	return nw_replay_file(&replay, path);
}

#define DOWN	"e1000e: eth0 NIC Link is Down"
#define CARRIER	"{\"v\":1,\"instance\":\"5\",\"netns_cookie\":1,\"netns\":9," \
		"\"event\":\"carrier\",\"seq\":1,\"mono\":\"7.5\",\"new\":\"down\"}"

#define JOURNAL	"\"MESSAGE\":\"" DOWN "\"}\n"
#define UP	"e1000e: eth0 NIC Link is Up 1000 Mbps Full Duplex"
#define ZEROS	"\0\0\0\0"

static void each_kind_by_its_content(void **state)
{
	static const char *const all[] = {
		CARRIER "\n", "[" CARRIER "]\n", "\t\n[\n" CARRIER "]", "\n\n" CARRIER,
		"[7.500000] " DOWN "\n", "[    7.500000] " DOWN, "<6>[7.500000] " DOWN "\r\n",
		"Mar 30 06:32:45 aurora kernel: [7.500000] " DOWN "\n",
		"{\"_TRANSPORT\":\"kernel\",\"__MONOTONIC_TIMESTAMP\":\"7500000\","
		JOURNAL,
		"7 lines of something else\n[7.500000] " DOWN "\n\xff\xfe\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(all); i++) {
		nw_replay_init(&replay, take, NULL);
		events = 0;
		if (read_text(all[i]) || events != 1)
			fail_msg("%zu: %u events, %s", i, events, replay.why);
		assert_int_equal(last.carrier.new, NW_CARRIER_DOWN);
		assert_int_equal(last.mono, 7500000000ULL);
	}
}

static void a_broken_recording_names_its_place(void **state)
{
	char want[100];

	(void)state;
	assert_int_equal(read_text(CARRIER "\n" CARRIER "\n{\"v\":3}\n" CARRIER), -EBADMSG);
	assert_int_equal(events, 2);
	snprintf(want, sizeof(want), "%s:3: object 3: 'v' is 3", path);
	assert_memory_equal(replay.why, want, strlen(want));
	assert_int_equal(read_text(CARRIER "\n{\"v\":1,\"inst"), -EBADMSG);
	snprintf(want, sizeof(want), "%s:2: object 2: cut off", path);
	assert_memory_equal(replay.why, want, strlen(want));
	assert_int_equal(nw_replay_file(&replay, "/nonexistent"), -ENOENT);
	assert_string_equal(replay.why, "/nonexistent: No such file or directory");
	assert_int_equal(nw_replay_file(&replay, "/"), -EISDIR);
}

static void an_empty_one_says_nothing(void **state)
{
	(void)state;
	assert_int_equal(read_text(""), 0);
	assert_int_equal(read_text("\n\n"), 0);
	assert_int_equal(events + ends, 0);
	assert_int_equal(replay.klog.kernel + replay.records, 0);
}

/* What was in memory when the power went is zeros in the log. */
static void zeros_end_a_line(void **state)
{
	static const char log[] = "[1.000000] " DOWN ZEROS "[2.000000] " UP "\n";

	(void)state;
	write_file(log, sizeof(log) - 1);
	assert_int_equal(nw_replay_file(&replay, path), 0);
	assert_int_equal(events, 3);
}

/* Only its beginning counts, and the line behind it is whole again. */
static void a_line_without_end(void **state)
{
	size_t len = 5 * NW_REPLAY_PIECE;
	char *log = malloc(len + 100);

	(void)state;
	assert_non_null(log);
	memset(log, 'x', len);
	memcpy(log + NW_REPLAY_PIECE, "[1.000000] " DOWN "    ", 40);
	strcpy(log + len, "\n[2.000000] " DOWN "\n");
	assert_int_equal(read_text(log), 0);
	assert_int_equal(events, 1);
	assert_int_equal(last.mono, 2000000000ULL);
	free(log);
}

static void a_log_and_what_was_rotated_away(void **state)
{
	(void)state;
	assert_int_equal(read_text("[1.000000] " DOWN "\n"), 0);
	assert_int_equal(read_text("[3.500000] " UP "\n"), 0);
	assert_int_equal(events, 3);
	assert_int_equal(ends, 2);
	assert_int_equal(replay.klog.boots, 0);
}

/* 100 MB through a pipe, by a process that may have 40 MB in all. */
static void write_much(int fd)
{
	static char block[1 << 20];
	size_t at = 0, i;
	int n = 0;

	while (at < sizeof(block) - 200) {
		at += (size_t)snprintf(block + at, sizeof(block) - at,
				       "Mar 30 06:32:45 aurora %s: usb 1-%d: something of no interest\n",
				       n % 2 ? "kernel" : "cron[12]", n);
		n++;
	}
	for (i = 0; i < 100; i++)
		if (write(fd, block, at) != (ssize_t)at)
			_exit(1);
	_exit(0);
}

static long memory_now(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return u.ru_maxrss;
}

static void memory_does_not_grow(void **state)
{
	int fd[2], status, in;
	long before;
	pid_t pid;

	(void)state;
	assert_int_equal(read_text("[1.000000] " DOWN "\n"), 0);
	before = memory_now();
	assert_int_equal(pipe(fd), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid)
		write_much(fd[1]);
	close(fd[1]);
	in = dup(STDIN_FILENO);
	dup2(fd[0], STDIN_FILENO);
	nw_replay_init(&replay, take, NULL);
	assert_int_equal(nw_replay_file(&replay, "-"), 0);
	dup2(in, STDIN_FILENO);
	close(in);
	close(fd[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_true(replay.klog.lines > 1000000);
	if (memory_now() - before > 2048)
		fail_msg("%ld KiB more", memory_now() - before);
}

#define TEST(name_) \
	cmocka_unit_test_setup_teardown(name_, make_file, remove_file)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_kind_by_its_content),
		TEST(a_broken_recording_names_its_place),
		TEST(an_empty_one_says_nothing),
		TEST(zeros_end_a_line),
		TEST(a_line_without_end),
		TEST(a_log_and_what_was_rotated_away),
		TEST(memory_does_not_grow),
	};

	return cmocka_run_group_tests_name("replay", tests, NULL, NULL);
}
