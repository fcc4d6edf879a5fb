// SPDX-License-Identifier: GPL-2.0
/* What a program run for a finding gets, and what is said about it. */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "unit.h"
#include "compiler.h"
#include "hooked.h"
#include "message.h"

#define OWN_NAME	"probe"

/* Every text as long as it can be, of bytes that all have to be escaped. */
static struct nw_finding finding_big(void)
{
	struct nw_finding f = hooked_finding(7);
	unsigned int i;

	for (i = 0; i < NW_FINDING_FACTS; i++) {
		struct nw_fact *fact = &f.facts[f.nr_facts++];

		fact->at = (struct nw_clock){ ~0ULL - i, ~0ULL - i };
		memset(fact->label, '\x1b', sizeof(fact->label) - 1);
		memset(fact->text, '\xff', sizeof(fact->text) - 1);
	}
	for (i = 0; i < NW_FINDING_EVIDENCE; i++)
		nw_finding_evidence(&f, ~0ULL - i);
	for (i = 0; i < NW_FINDING_NUMBERS; i++)
		f.numbers[i] = (struct nw_number){ "seconds_without", ~0ULL };
	f.nr_numbers = NW_FINDING_NUMBERS;
	for (i = 0; i < NW_FINDING_LLADDRS; i++)
		f.lladdrs[i] = (struct nw_lladdr){ .len = NW_LLADDR_MAX };
	f.nr_lladdrs = NW_FINDING_LLADDRS;
	memset(f.text, '\x7f', sizeof(f.text) - 1);
	memset(f.hint, '\r', sizeof(f.hint) - 1);
	memset(f.subject, '\x1b', sizeof(f.subject) - 1);
	memset(f.dev, '\x01', sizeof(f.dev) - 1);
	return f;
}

static void write_json(FILE *file, const struct nw_finding *f)
{
	struct nw_out out = { .file = file, .json.file = file };

	nw_out_finding_json(&out, f);
}

/* The short one behind the long one has nothing left of it. */
static void json_arrives_byte_for_byte(void **state)
{
	struct nw_finding big = finding_big(), small = hooked_finding(1);
	struct hooked *t = *state;
	char *expected;
	size_t size;
	FILE *file;

	t->limits.at_once = 1;
	hooked_open(t, "keep", "cat >>got");
	nw_hook_finding(&t->hook, &small);
	nw_hook_finding(&t->hook, &big);
	nw_hook_finding(&t->hook, &small);
	hooked_close(t);
	assert_int_equal(t->counts.ran, 3);
	file = open_memstream(&expected, &size);
	write_json(file, &small);
	write_json(file, &big);
	write_json(file, &small);
	fclose(file);
	assert_true(size > 20000);
	hooked_expect(t, "got", expected);
	free(expected);
	hooked_expect_said(t, "");
}

static void no_shell_reads_the_path(void **state)
{
	struct hooked *t = *state;

	hooked_open(t, "a b;touch x;$(touch y)`touch z`|*", "cat >got");
	hooked_give(t, 1);
	hooked_close(t);
	assert_int_equal(t->counts.ran, 1);
	assert_true(hooked_exists(t, "got"));
	assert_false(hooked_exists(t, "x"));
	assert_false(hooked_exists(t, "y"));
	assert_false(hooked_exists(t, "z"));
}

/* This program, run as @OWN_NAME: what it finds itself to have. */
static void list_process(FILE *out)
{
	char line[256];
	FILE *file;

	fprintf(out, "leader %d, cwd %s, umask %03o\n",
		getsid(0) == getpid() && getpgid(0) == getpid(),
		getcwd(line, sizeof(line)), (unsigned int)umask(0));
	file = fopen("/proc/self/status", "re");
	while (file && fgets(line, sizeof(line), file))
		if (!strncmp(line, "SigBlk", 6) || !strncmp(line, "SigIgn", 6))
			fputs(line, out);
	if (file)
		fclose(file);
}

static void list_files(FILE *out)
{
	struct stat one = { .st_ino = 1 }, two = { .st_ino = 2 };
	int fd;

	fprintf(out, "open");
	for (fd = 0; fd < 1024; fd++)
		if (fd != fileno(out) && fcntl(fd, F_GETFD) >= 0)
			fprintf(out, " %d", fd);
	fstat(STDOUT_FILENO, &one);
	fstat(STDERR_FILENO, &two);
	fprintf(out, "\nat %ld, writable %d, output to stderr %d\n",
		(long)lseek(STDIN_FILENO, 0, SEEK_CUR),
		write(STDIN_FILENO, "", 1) >= 0 ||
		!ftruncate(STDIN_FILENO, 0),
		one.st_ino == two.st_ino && one.st_dev == two.st_dev);
}

static int be_probe(int argc, char **argv)
{
	char *dir = strdup(argv[0]), path[256];
	char **env;
	FILE *out;

	snprintf(path, sizeof(path), "%s/got", dirname(dir));
	free(dir);
	out = fopen(path, "we");
	if (!out)
		return 1;
	fprintf(out, "%d argument\n", argc);
	for (env = environ; *env; env++)
		fprintf(out, "%s\n", *env);
	list_process(out);
	list_files(out);
	return fclose(out);
}

/* All that the recorder could pass on by mistake. */
static void dirty(void)
{
	/* The kernel's structure: what posix_spawn() leaves of signal 32. */
	static const unsigned long ignore[8] = { 1 };
	sigset_t set;

	syscall(SYS_rt_sigaction, 32, ignore, NULL, 8);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGCHLD, SIG_IGN);
	setenv("LD_PRELOAD", "/nowhere", 1);
	umask(0);
	dup2(STDIN_FILENO, 100);
	dup2(STDIN_FILENO, 1000);
}

static void nothing_else_is_passed_on(void **state)
{
	static const char expected[] =
		"1 argument\n"
		"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n"
		"NEIGHWATCH_ID=link-flap\n"
		"NEIGHWATCH_SEVERITY=warn\n"
		"NEIGHWATCH_STATUS=open\n"
		"NEIGHWATCH_SUBJECT=eth0 $(id)?[2J\n"
		"leader 1, cwd /, umask 022\n"
		"SigBlk:\t0000000000000000\n"
		"SigIgn:\t0000000000000000\n"
		"open 0 1 2\n"
		"at 0, writable 0, output to stderr 1\n";
	struct nw_finding f = hooked_finding(0);
	struct hooked *t = *state;
	char exe[256] = "", link[128];

	assert_true(readlink("/proc/self/exe", exe, sizeof(exe) - 1) > 0);
	strcpy(link, hooked_path(t, OWN_NAME));
	assert_int_equal(symlink(exe, link), 0);
	dirty();
	assert_int_equal(nw_hook_open(&t->hook, link), 0);
	unsetenv("LD_PRELOAD");
	close(100);
	close(1000);
	strcpy(f.subject, "eth0 $(id)\033[2J");
	nw_hook_finding(&t->hook, &f);
	hooked_close(t);
	assert_int_equal(t->counts.ran, 1);
	hooked_expect(t, "got", expected);
}

/* A subject, an id too long for the variables are cut, and no more. */
static void variables_are_bounded(void **state)
{
	struct nw_finding f = finding_big();
	struct hooked *t = *state;
	char id[600], expected[400];

	memset(id, 'i', sizeof(id) - 1);
	id[sizeof(id) - 1] = '\0';
	f.id = id;
	hooked_open(t, "keep", "env | grep NEIGH >got");
	nw_hook_finding(&t->hook, &f);
	hooked_close(t);
	assert_int_equal(t->counts.ran, 1);
	snprintf(expected, sizeof(expected), "NEIGHWATCH_ID=%.240s\n", id);
	hooked_expect(t, "got", expected);
}

static void refuses_what_cannot_run(void **state)
{
	static const struct {
		const char *path;
		int err;
		const char *why;
	} cases[] = {
		{ "bin/true", -EINVAL,
		  "not an absolute path: give all of it, from / on" },
		{ "", -EINVAL,
		  "not an absolute path: give all of it, from / on" },
		{ "/nowhere/true", -ENOENT, "No such file or directory" },
		{ "/usr", -EISDIR, "a directory: name the program in it" },
		{ "/etc/passwd", -EACCES, "not executable: chmod +x" },
		{ "/dev/null", -EACCES, "not a file that can be executed" },
	};
	struct hooked *t = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct nw_hook h = { .limits = NULL };

		assert_int_equal(nw_hook_open(&h, cases[i].path),
				 cases[i].err);
		assert_string_equal(h.why, cases[i].why);
		nw_hook_close(&h, &t->counts);
		assert_int_equal(t->counts.dropped, 0);
	}
	hooked_expect_said(t, "");
}

static void trouble_is_said_once_and_counted(void **state)
{
	struct hooked *t = *state;
	char expected[1024];

	t->limits.at_once = 1;
	hooked_open(t, "bad",
		    "case $NEIGHWATCH_SUBJECT in\n"
		    "eth[12]) exit 3;;\n"
		    "eth[34]) kill -SEGV $$;;\n"
		    "eth5) rm bad; echo '#!/nowhere' >bad; chmod +x bad;;\n"
		    "esac\n");
	for (unsigned int n = 0; n < 7; n++)
		hooked_give(t, n);
	hooked_close(t);
	snprintf(expected, sizeof(expected),
		 "neighwatch: exec %s/bad: exited with status 3; more are counted\n"
		 "neighwatch: exec %s/bad: killed by signal 11 (Segmentation fault); more are counted\n"
		 "neighwatch: exec %s/bad: cannot be executed: No such file or directory\n"
		 "It is gone, or its first line names an interpreter that is not there.\n"
		 "neighwatch: exec %s/bad: 7 findings: 2 ran, 4 failed, 1 not executable\n",
		 t->dir, t->dir, t->dir, t->dir);
	hooked_expect_said(t, expected);
	assert_int_equal(t->counts.ran, 2);
	assert_int_equal(t->counts.failed, 4);
	assert_int_equal(t->counts.refused, 1);
}

static void trouble_that_lasts_is_said_again(void **state)
{
	struct hooked *t = *state;
	char expected[512];

	t->limits.quiet = 1;
	t->limits.at_once = 1;
	hooked_open(t, "bad", "echo \"no $NEIGHWATCH_SUBJECT\"; sleep .01; exit 9");
	hooked_give(t, 1);
	hooked_give(t, 2);
	hooked_close(t);
	snprintf(expected, sizeof(expected),
		 "no eth1\n"
		 "neighwatch: exec %s/bad: exited with status 9; more are counted\n"
		 "no eth2\n"
		 "neighwatch: exec %s/bad: exited with status 9; more are counted\n"
		 "neighwatch: exec %s/bad: 2 findings: 2 failed\n",
		 t->dir, t->dir, t->dir);
	hooked_expect_said(t, expected);
}

/* A script without its first line is one for a shell, and there is none. */
static void a_script_says_who_reads_it(void **state)
{
	struct hooked *t = *state;
	char *path = hooked_script(t, "bare", ""), expected[512];
	FILE *file = fopen(path, "we");

	assert_non_null(file);
	fprintf(file, "touch %s/ran\n", t->dir);
	fclose(file);
	assert_int_equal(nw_hook_open(&t->hook, path), 0);
	hooked_give(t, 1);
	hooked_close(t);
	snprintf(expected, sizeof(expected),
		 "neighwatch: exec %s: cannot be executed: Exec format error\n"
		 "A script needs a first line such as #!/bin/sh: no shell is asked.\n"
		 "neighwatch: exec %s: 1 findings: 1 not executable\n",
		 path, path);
	hooked_expect_said(t, expected);
	assert_false(hooked_exists(t, "ran"));
	free(path);
}

static void without_a_hook_nothing_happens(void **state)
{
	struct hooked *t = *state;

	hooked_give(t, 1);
	nw_hook_gone(&t->hook);
	hooked_close(t);
	assert_int_equal(t->counts.dropped, 0);
	hooked_expect_said(t, "");
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, hooked_setup, hooked_teardown)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST(json_arrives_byte_for_byte),
		TEST(no_shell_reads_the_path),
		TEST(variables_are_bounded),
		TEST(refuses_what_cannot_run),
		TEST(trouble_is_said_once_and_counted),
		TEST(trouble_that_lasts_is_said_again),
		TEST(a_script_says_who_reads_it),
		TEST(without_a_hook_nothing_happens),
		TEST(nothing_else_is_passed_on),
	};

	if (!strcmp(basename(argv[0]), OWN_NAME))
		_exit(be_probe(argc, argv));
	return cmocka_run_group_tests_name("hook", tests, NULL, NULL);
}
