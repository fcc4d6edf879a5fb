// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "unit.h"
#include "hooked.h"
#include "message.h"

#define PATIENCE_S	60

int hooked_setup(void **state)
{
	struct hooked *t = calloc(1, sizeof(*t));
	struct nw_clock now;
	int fd;

	assert_non_null(t);
	*state = t;
	/* Who waits where no deadline is looked at does not wait for ever. */
	alarm(2 * PATIENCE_S);
	/* What a killed process leaves behind is waited for here. */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	snprintf(t->dir, sizeof(t->dir), "/tmp/nw-hook-XXXXXX");
	assert_non_null(mkdtemp(t->dir));
	t->limits = nw_hook_limits;
	t->limits.end = PATIENCE_S / 2 * 1000;	/* on a busy host */
	t->hook.limits = &t->limits;
	nw_clock_now(&now);
	t->deadline = now.mono + PATIENCE_S * NW_NSEC_PER_SEC;
	fd = open(hooked_path(t, "said"),
		  O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	t->err = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
	dup2(fd, STDERR_FILENO);
	close(fd);
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int type,
		      struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

int hooked_teardown(void **state)
{
	struct hooked *t = *state;

	nw_hook_close(&t->hook, NULL);
	alarm(0);
	dup2(t->err, STDERR_FILENO);
	close(t->err);
	nftw(t->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free(t);
	return 0;
}

const char *hooked_path(struct hooked *t, const char *name)
{
	snprintf(t->path, sizeof(t->path), "%s/%s", t->dir, name);
	return t->path;
}

char *hooked_script(struct hooked *t, const char *name, const char *body)
{
	char *path = strdup(hooked_path(t, name));
	FILE *file;

	assert_non_null(path);
	file = fopen(path, "we");
	assert_non_null(file);
	fprintf(file, "#!/bin/sh\ncd '%s' || exit\n%s\n", t->dir, body);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(path, 0755), 0);
	return path;
}

/* The hook keeps the string: for as long as the process lasts. */
void hooked_open(struct hooked *t, const char *name, const char *body)
{
	static char *path;

	free(path);
	path = hooked_script(t, name, body);
	assert_int_equal(nw_hook_open(&t->hook, path), 0);
}

void hooked_close(struct hooked *t)
{
	nw_hook_close(&t->hook, &t->counts);
}

struct nw_finding hooked_finding(unsigned int n)
{
	struct nw_finding f = {
		.id = "link-flap", .number = n, .severity = NW_SEVERITY_WARN,
		.worst = NW_SEVERITY_WARN, .status = NW_STATUS_OPEN,
		.opened = { TEST_MONO, TEST_REAL },
		.changed = { TEST_MONO, TEST_REAL },
	};

	nw_finding_subject(&f, "eth%u", n);
	return f;
}

void hooked_give(struct hooked *t, unsigned int n)
{
	struct nw_finding f = hooked_finding(n);

	nw_hook_finding(&t->hook, &f);
}

bool hooked_exists(struct hooked *t, const char *name)
{
	return !access(hooked_path(t, name), F_OK);
}

char *hooked_read(struct hooked *t, const char *name)
{
	FILE *file = fopen(hooked_path(t, name), "re");
	size_t size = 0;
	char *text = NULL;

	if (!file)
		fail_msg("%s: %s", name, strerror(errno));
	if (getdelim(&text, &size, '\0', file) < 0) {
		free(text);
		text = strdup("");
	}
	fclose(file);
	return text;
}

void hooked_expect(struct hooked *t, const char *name, const char *content)
{
	char *text = hooked_read(t, name);

	assert_string_equal(text, content);
	free(text);
}

void hooked_expect_said(struct hooked *t, const char *said)
{
	hooked_expect(t, "said", said);
}

void hooked_nap(struct hooked *t, const char *what)
{
	const struct timespec ts = { .tv_nsec = 2000000 };
	struct nw_clock now;

	nw_clock_now(&now);
	if (now.mono > t->deadline)
		fail_msg("waited in vain for %s", what);
	nanosleep(&ts, NULL);
}

void hooked_await(struct hooked *t, const char *name)
{
	while (!hooked_exists(t, name))
		hooked_nap(t, name);
}

void hooked_await_gone(struct hooked *t, pid_t pid)
{
	char what[40];

	snprintf(what, sizeof(what), "the end of process %d", (int)pid);
	for (;;) {
		waitpid(pid, NULL, WNOHANG);
		if (kill(pid, 0) && errno == ESRCH)
			return;
		hooked_nap(t, what);
	}
}

void hooked_await_all_gone(struct hooked *t, const char *name,
			   unsigned int nr)
{
	char *text = hooked_read(t, name);
	char *p = text, *end;

	for (; nr; nr--, p = end) {
		pid_t pid = (pid_t)strtol(p, &end, 10);

		assert_true(pid > 1);
		hooked_await_gone(t, pid);
	}
	assert_string_equal(p, "\n");
	free(text);
}
