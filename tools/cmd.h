/* SPDX-License-Identifier: GPL-2.0 */
/* The commands, and what the command line told them. */
#ifndef NW_CMD_H
#define NW_CMD_H

#include <stdbool.h>
#include <sys/types.h>
#include <linux/types.h>

#include "client.h"
#include "config.h"
#include "filter.h"
#include "out.h"

enum nw_asked {
	NW_ASKED_COMMAND,
	NW_ASKED_HELP,
	NW_ASKED_VERSION,
};

#define NW_OPTS_DEVS	16

struct nw_opts {
	enum nw_asked asked;
	bool json;
	bool all_netns;
	bool all;
	bool precise;
	bool colored;
	bool findings;		/* and no events */
	enum nw_time time;
	__u32 count;		/* -n, 0: not given */
	const char *netns;
	struct nw_filter filter;
	const char *config_file;	/* -c */
	struct nw_config config;	/* for commands that judge */
	size_t gateways;	/* --gateway: so many of config's, the last */
	const char *dev[NW_OPTS_DEVS];	/* check's --dev */
	size_t nr_devs;
	__u64 window;		/* check's, ns; 0: not given */
	const char *command;	/* "" for none */
	int argc;		/* words behind it */
	char **argv;
};

/* Each returns an exit status of enum nw_exit. */
int nw_cmd_check(struct nw_opts *o);
int nw_cmd_monitor(struct nw_opts *o);
int nw_cmd_history(struct nw_opts *o);
int nw_cmd_config(struct nw_opts *o);
int nw_cmd_replay(struct nw_opts *o);
int nw_cmd_save(struct nw_opts *o);
int nw_cmd_show(struct nw_opts *o);
int nw_cmd_stats(struct nw_opts *o);
int nw_cmd_status(struct nw_opts *o);

/*
 * A plugin says everything on standard output, also what is wrong with its
 * options: around all that check does. nw_cmd_check_end() returns the plugin's
 * exit status.
 */
void nw_cmd_check_begin(void);
int nw_cmd_check_end(const struct nw_opts *o, int status);

/*
 * What the commands above write, for those that have opened the module and
 * have their own place for it. Return: an exit status, after saying why.
 */

/* Events to @events and what follows from them to @findings; or NULL. */
int nw_history_write(struct nw_opts *o, struct nw_client *c,
		     struct nw_out *events, struct nw_out *findings);
/* @object: "neigh", "link", "gateway" or "table" */
int nw_show_write(struct nw_opts *o, struct nw_client *c, struct nw_out *out,
		  const char *object);
int nw_stats_write(const struct nw_opts *o, struct nw_client *c,
		   struct nw_out *out);
int nw_status_write(const struct nw_opts *o, struct nw_client *c,
		    struct nw_out *out);

/* The parts of show. */
int nw_show_neigh(struct nw_opts *o, struct nw_client *c, struct nw_out *out);
int nw_show_link(struct nw_opts *o, struct nw_client *c, struct nw_out *out);
int nw_show_gateway(struct nw_opts *o, struct nw_client *c,
		    struct nw_out *out);
int nw_show_table(struct nw_opts *o, struct nw_client *c, struct nw_out *out);

/* Parse the words behind the command as filter words. */
int nw_cmd_filter(struct nw_opts *o, int argc, char **argv);
/* Open the module or say why not; NW_EXIT_OK when it is open. */
int nw_cmd_open(const struct nw_opts *o, struct nw_client *c);
/* Once all is open: give up what is not needed to ask, and print. @names: of
 * other namespaces are printed; @helper: the pid of a child, or 0.
 */
void nw_cmd_confine(const struct nw_opts *o, bool names, pid_t helper);
/* Output as the options want it, to stdout or to @file. */
void nw_cmd_out(const struct nw_opts *o, struct nw_out *out);
void nw_cmd_out_to(const struct nw_opts *o, struct nw_out *out, FILE *file);
/* What every command that asked has to say at its end. */
int nw_cmd_done(struct nw_client *c, int ret, const char *what);

#endif /* NW_CMD_H */
