/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A hook with programs of its own: a directory for them and for what they
 * leave, and a file in place of stderr.
 */
#ifndef NW_UNIT_HOOKED_H
#define NW_UNIT_HOOKED_H

#include "hook.h"

struct hooked {
	struct nw_hook hook;
	struct nw_hook_limits limits;	/* the real ones but for the end */
	struct nw_hook_counts counts;
	char dir[40];
	char path[128];
	int err;			/* stderr as it was */
	__u64 deadline;
};

int hooked_setup(void **state);
int hooked_teardown(void **state);

/* The path of a file in the directory, good until the next call. */
const char *hooked_path(struct hooked *t, const char *name);
/* Write a shell script that runs there; return its path, to be freed. */
char *hooked_script(struct hooked *t, const char *name, const char *body);
/* The same, and open the hook with it. */
void hooked_open(struct hooked *t, const char *name, const char *body);
/* Close it, then look at t->counts. */
void hooked_close(struct hooked *t);

/* A short finding; its subject is "eth@n". */
struct nw_finding hooked_finding(unsigned int n);
void hooked_give(struct hooked *t, unsigned int n);

bool hooked_exists(struct hooked *t, const char *name);
/* What a file holds, to be freed. */
char *hooked_read(struct hooked *t, const char *name);
void hooked_expect(struct hooked *t, const char *name, const char *content);
/* What was said on stderr so far is @said. */
void hooked_expect_said(struct hooked *t, const char *said);
/* Wait for it, and for a process to be gone, within the test's time. */
void hooked_await(struct hooked *t, const char *name);
void hooked_await_gone(struct hooked *t, pid_t pid);
/* Each number in the file is one of a process that is gone soon. */
void hooked_await_all_gone(struct hooked *t, const char *name,
			   unsigned int nr);
/* One turn of waiting for something else. */
void hooked_nap(struct hooked *t, const char *what);

#endif /* NW_UNIT_HOOKED_H */
