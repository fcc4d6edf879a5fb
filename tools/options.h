/* SPDX-License-Identifier: GPL-2.0 */
/* The options: what there are, and which of them a command takes. */
#ifndef NW_OPTIONS_H
#define NW_OPTIONS_H

#include "cmd.h"

/* Which command is it? "" for none. Says nothing, changes nothing. */
const char *nw_options_command(int argc, char **argv);

/**
 * nw_options_parse() - parse the command line
 * @o: zeroed
 * @argc: of main()
 * @argv: of main()
 * @quiet: nothing goes to stderr but by nw_say()
 *
 * Stops at -h and -V. Return: 0, or the exit status after what was wrong was
 * said.
 */
int nw_options_parse(struct nw_opts *o, int argc, char **argv, bool quiet);

/**
 * nw_options_check() - does the command take all that was given?
 * @o: what was given
 * @command: its name, "" for none
 * @letters: what it takes: s since, u until, n count, a all, F findings,
 *	A all-netns, f family, c configuration, x exec, d dev and window,
 *	l lenient
 *
 * What has no letter here every command takes. Return: as above.
 */
int nw_options_check(const struct nw_opts *o, const char *command,
		     const char *letters);

/**
 * nw_options_configure() - put the configuration together
 * @o: what was given
 * @letters: as above; without c there is nothing but defaults
 *
 * The file, then what the command line adds; with x the program must be one
 * that can be run, with l a file that nobody named is left out when it makes
 * no sense. Return: as above.
 */
int nw_options_configure(struct nw_opts *o, const char *letters);

#endif /* NW_OPTIONS_H */
