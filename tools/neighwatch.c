// SPDX-License-Identifier: GPL-2.0
/* neighwatch: the commands. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "netns.h"
#include "options.h"
#include "say.h"

static const char help[] =
	"neighwatch - what happened to the neighbours and links of this host\n"
	"\n"
	"  neighwatch                     how things are, on one screen\n"
	"  neighwatch monitor [FILTER]    gateways, links, routes, addresses, live\n"
	"  neighwatch history [FILTER]    what happened, as far as it is kept\n"
	"  neighwatch replay FILE... [FILTER]   the same of recordings and kernel logs\n"
	"  neighwatch show neigh|link|gateway|table [FILTER]\n"
	"  neighwatch check [--gateway A] [--dev D] [--window T]   monitoring plugin\n"
	"  neighwatch stats               counters, sources, versions\n"
	"  neighwatch config              what is judged by, as a file for -c\n"
	"  neighwatch save DIR            all evidence in one step; replay DIR\n"
	"\n"
	"FILTER: dev NAME | ADDRESS[/LEN] | state NUD | event TYPE   (several: all)\n"
	"\n"
	"      --since T, --until T  10min, 2h, 14:03, 2026-11-19 21:40, mono:12.5\n"
	"  -n, --count N     the last N events; monitor goes on from there\n"
	"      --all         monitor: everything; --findings  verdicts, no events\n"
	"      --exec PROGRAM  monitor: run it for each finding, JSON on its stdin\n"
	"  -4, -6            one family only\n"
	"  -j, --json        JSON: lines from monitor, else one document\n"
	"  -N, --netns NS    in another network namespace, by name or inode number\n"
	"      --all-netns   records of all network namespaces\n"
	"  -c, --config FILE  instead of /etc/neighwatch.conf\n"
	"      --set NAME=VALUE, --gateway ADDR[%DEV]  beside it; see config\n"
	"      --time wall|mono|relative, --precise (ns), --color auto|always|never\n"
	"  -V, --version     -h, --help          More: man neighwatch\n";

/* Which options a command takes. */
struct command {
	const char *name;
	int (*run)(struct nw_opts *o);
	const char *options;	/* letters of nw_options_check() */
};

static const struct command commands[] = {
	{ "", nw_cmd_status, "c" },
	{ "monitor", nw_cmd_monitor, "snaAfFcx" },
	{ "history", nw_cmd_history, "sunAfFc" },
	{ "replay", nw_cmd_replay, "suAfFc" },
	{ "show", nw_cmd_show, "Afc" },
	{ "check", nw_cmd_check, "cd" },
	{ "stats", nw_cmd_stats, "A" },
	{ "config", nw_cmd_config, "c" },
	{ "save", nw_cmd_save, "Acl" },
};

static const struct command *find_command(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (!strcmp(commands[i].name, name))
			return &commands[i];
	return NULL;
}

/*
 * Why the output did not arrive. stdio keeps that it failed, not why, and drops
 * what it could not write: asked again, the file says the same again. Should it
 * take the line break, the line that was cut off ends there.
 */
static int output_error(void)
{
	if (fflush(stdout))
		return errno;
	if (!ferror(stdout))
		return 0;
	return write(STDOUT_FILENO, "\n", 1) < 0 ? errno : EIO;
}

/* Output that did not arrive is an error, but not when nobody reads it. */
static int finish(int status)
{
	int err = output_error();

	if (!err || err == EPIPE || err == EINTR)
		return status;
	nw_say("cannot write the output: %s", strerror(err));
	return status ? status : NW_EXIT_ERROR;
}

/*
 * A socket that got the number of a closed standard file would be sent what is
 * printed there. Standard output stays one that cannot be written to.
 */
static void hold_standard_files(void)
{
	int fd;

	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			open("/dev/null", fd == STDOUT_FILENO ? O_RDONLY :
								O_RDWR);
}

static int run(struct nw_opts *o, const struct command *cmd)
{
	int ret;

	ret = nw_options_check(o, cmd->name, cmd->options);
	if (!ret)
		ret = nw_options_configure(o, cmd->options);
	if (ret)
		return ret;
	ret = finish(cmd->run(o));
	nw_netns_forget();
	return ret;
}

static int parse_and_run(struct nw_opts *o, int argc, char **argv, bool quiet)
{
	const struct command *cmd;
	int ret;

	ret = nw_options_parse(o, argc, argv, quiet);
	if (ret)
		return ret;
	if (o->asked == NW_ASKED_HELP)
		return finish(fputs(help, stdout) < 0);
	if (o->asked == NW_ASKED_VERSION)
		return finish(printf("neighwatch %s\n", NW_VERSION) < 0);
	cmd = find_command(o->command);
	if (!cmd)
		return nw_say_usage("'%s' is no command: one of\n"
				    "  monitor, history, replay, save, show, check, stats,\n"
				    "  config",
				    o->command);
	return run(o, cmd);
}

int main(int argc, char **argv)
{
	static struct nw_opts o;
	bool is_check;

	hold_standard_files();
	signal(SIGPIPE, SIG_IGN);
	is_check = !strcmp(nw_options_command(argc, argv), "check");
	if (!is_check)
		return parse_and_run(&o, argc, argv, false);
	nw_cmd_check_begin();
	return nw_cmd_check_end(&o, parse_and_run(&o, argc, argv, true));
}
