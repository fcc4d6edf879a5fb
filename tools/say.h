/* SPDX-License-Identifier: GPL-2.0 */
/* What goes to stderr: what failed, why, and what to do next. */
#ifndef NW_SAY_H
#define NW_SAY_H

#include <stdio.h>

#include "compiler.h"

/* Exit statuses, as in the man page. */
enum nw_exit {
	NW_EXIT_OK,
	NW_EXIT_ERROR,
	NW_EXIT_USAGE,
	NW_EXIT_NO_MODULE,
	NW_EXIT_NO_PERMISSION,
	NW_EXIT_NOT_FOUND,
};

__printf(1, 2)
void nw_say(const char *fmt, ...);

/* The same with "Try 'neighwatch -h'". Return: %NW_EXIT_USAGE. */
__printf(1, 2)
int nw_say_usage(const char *fmt, ...);

int nw_say_no_module(void);

/* From now on to @file, which outlives the words; NULL: to stderr again. */
void nw_say_to(FILE *file);

/**
 * nw_say_failed() - a request to the module failed
 * @what: what was asked for
 * @err: negative errno
 * @why: the kernel's own words, or ""
 *
 * Return: the exit status that goes with it.
 */
int nw_say_failed(const char *what, int err, const char *why);

#endif /* NW_SAY_H */
