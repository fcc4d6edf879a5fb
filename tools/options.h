/* SPDX-License-Identifier: GPL-2.0 */
/* The options: what there are, and which of them a command takes. */
#ifndef NW_OPTIONS_H
#define NW_OPTIONS_H

#include "cmd.h"

/**
 * nw_options_parse() - parse the command line
 * @o: zeroed
 * @argc: of main()
 * @argv: of main()
 *
 * Stops at -h and -V. Return: 0, or the exit status after what was wrong was
 * said.
 */
int nw_options_parse(struct nw_opts *o, int argc, char **argv);

/**
 * nw_options_check() - does the command take all that was given?
 * @o: what was given
 * @command: its name, "" for none
 * @letters: what it takes: s since, u until, n count, a all, F findings,
 *	A all-netns, f family
 *
 * What has no letter here every command takes. Return: as above.
 */
int nw_options_check(const struct nw_opts *o, const char *command,
		     const char *letters);

#endif /* NW_OPTIONS_H */
