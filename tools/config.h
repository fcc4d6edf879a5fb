/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the user wants judged in another way: thresholds, gateways, moves and
 * links, from a file in the manner of systemd's and from the command line.
 * Everything is bounded, and refused with its place when it makes no sense.
 */
#ifndef NW_CONFIG_H
#define NW_CONFIG_H

#include <limits.h>
#include <stdio.h>

#include "detect.h"

#define NW_CONFIG_FILE		"/etc/neighwatch.conf"

#define NW_CONFIG_GATEWAYS	256
#define NW_CONFIG_ALLOWED	256
#define NW_CONFIG_IGNORED	64
#define NW_CONFIG_PATTERN	32
#define NW_CONFIG_ERROR		512	/* room for what was wrong */

/* In place of a line: given on the command line. */
#define NW_CONFIG_ARGUMENT	UINT_MAX

/**
 * struct nw_config - what the user set; stays where it was initialised
 * @detect: for the engine; points into what follows
 * @gateway: gateways by name
 * @allowed: sets of MACs among which an address may move
 * @pattern: names of devices that link-flap does not judge
 * @ignored: pointers to these
 * @exec: program to run for each finding, "" for none
 * @file: the file that was read, or NULL
 * @line: the line in @file that set a threshold, %NW_CONFIG_ARGUMENT, or 0
 * @exec_line: the line that set @exec, or 0
 * @privileged: a program would run as root
 */
struct nw_config {
	struct nw_detect_config detect;
	struct nw_named_gateway gateway[NW_CONFIG_GATEWAYS];
	struct nw_allowed allowed[NW_CONFIG_ALLOWED];
	char pattern[NW_CONFIG_IGNORED][NW_CONFIG_PATTERN];
	const char *ignored[NW_CONFIG_IGNORED];
	char exec[PATH_MAX];
	const char *file;
	unsigned int line[NW_THRESHOLDS];
	unsigned int exec_line;
	bool privileged;
};

void nw_config_init(struct nw_config *c);

/**
 * nw_config_read() - take in a file
 * @c: added to
 * @file: its name; must stay
 * @err: "FILE:LINE: what is wrong, what would be right", %NW_CONFIG_ERROR
 *	bytes
 *
 * Return: 0, -ENOENT when there is no such file, or another negative errno.
 */
int nw_config_read(struct nw_config *c, const char *file, char *err);

/*
 * The rest return 0, or -EINVAL with what is wrong in @err, of
 * %NW_CONFIG_ERROR bytes.
 */

/* Is there such a section? */
bool nw_config_has_section(const char *section);
/* The sections there are, as a sentence has them. */
const char *nw_config_sections(void);
/* "Key=Value" in line @line of a file. */
int nw_config_assign(struct nw_config *c, const char *section,
		     const char *key, const char *value, unsigned int line,
		     char *err);

/* What the command line adds: "NAME=VALUE", "ADDRESS[%DEVICE]", a program. */
int nw_config_set(struct nw_config *c, const char *assignment, char *err);
int nw_config_add_gateway(struct nw_config *c, const char *text, char *err);
int nw_config_set_exec(struct nw_config *c, const char *program, char *err);

/* When all is in: does it go together? */
int nw_config_check(const struct nw_config *c, char *err);
/* Can @c->exec be run, and by nobody else's will than root's? */
int nw_config_check_exec(const struct nw_config *c, char *err);

/*
 * As a file that says the same, every threshold with its default, range and
 * reason.
 */
void nw_config_print(const struct nw_config *c, FILE *file);

#endif /* NW_CONFIG_H */
