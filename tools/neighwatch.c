// SPDX-License-Identifier: GPL-2.0
/* neighwatch: options and commands. */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cmd.h"
#include "netns.h"
#include "say.h"

#define COUNT_MAX	1000000

enum {
	OPT_ALL_NETNS = 256,
	OPT_ALL,
	OPT_PRECISE,
	OPT_TIME,
	OPT_COLOR,
	OPT_SINCE,
	OPT_UNTIL,
	OPT_FINDINGS,
};

static const struct option long_options[] = {
	{ "json", no_argument, NULL, 'j' },
	{ "netns", required_argument, NULL, 'N' },
	{ "all-netns", no_argument, NULL, OPT_ALL_NETNS },
	{ "all", no_argument, NULL, OPT_ALL },
	{ "findings", no_argument, NULL, OPT_FINDINGS },
	{ "precise", no_argument, NULL, OPT_PRECISE },
	{ "time", required_argument, NULL, OPT_TIME },
	{ "color", required_argument, NULL, OPT_COLOR },
	{ "since", required_argument, NULL, OPT_SINCE },
	{ "until", required_argument, NULL, OPT_UNTIL },
	{ "count", required_argument, NULL, 'n' },
	{ "version", no_argument, NULL, 'V' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static const char help[] =
	"neighwatch - what happened to the neighbours and links of this host\n"
	"\n"
	"  neighwatch                     how things are, on one screen\n"
	"  neighwatch monitor [FILTER]    gateways, links, routes, addresses, live\n"
	"  neighwatch history [FILTER]    what happened, as far as it is kept\n"
	"  neighwatch replay FILE... [FILTER]   the same of recordings and kernel logs\n"
	"  neighwatch show neigh|link|gateway|table [FILTER]\n"
	"  neighwatch stats               counters, sources, versions\n"
	"\n"
	"FILTER: dev NAME | ADDRESS[/LEN] | state NUD | event TYPE   (several: all)\n"
	"\n"
	"      --since T, --until T  10min, 2h, 14:03, 2026-11-19 21:40, mono:12.5\n"
	"  -n, --count N     the last N events; monitor goes on from there\n"
	"      --all         monitor: everything; --findings  verdicts, no events\n"
	"  -4, -6            one family only\n"
	"  -j, --json        JSON: lines from monitor, else one document\n"
	"  -N, --netns NS    in another network namespace, by name or inode number\n"
	"      --all-netns   records of all network namespaces\n"
	"      --time wall|mono|relative, --precise (ns), --color auto|always|never\n"
	"  -V, --version     -h, --help          More: man neighwatch\n";

/* Which options a command takes. */
struct command {
	const char *name;
	int (*run)(struct nw_opts *o);
	const char *options;	/* letters of check_options() */
};

static const struct command commands[] = {
	{ "", nw_cmd_status, "" },
	{ "monitor", nw_cmd_monitor, "snaAf" },
	{ "history", nw_cmd_history, "sunAfF" },
	{ "replay", nw_cmd_replay, "suAfF" },
	{ "show", nw_cmd_show, "Af" },
	{ "stats", nw_cmd_stats, "A" },
};

static const struct command *find_command(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (!strcmp(commands[i].name, name))
			return &commands[i];
	return NULL;
}

static int set_count(struct nw_opts *o, const char *arg)
{
	unsigned long v;
	char *end;

	errno = 0;
	v = strtoul(arg, &end, 10);
	if (errno || *end || *arg < '0' || *arg > '9' || !v || v > COUNT_MAX)
		return nw_say_usage("-n '%s' is out of range 1..%d", arg,
				    COUNT_MAX);
	o->count = (__u32)v;
	return 0;
}

static int set_time(struct nw_opts *o, const char *arg)
{
	static const char *const names[] = { "wall", "mono", "relative" };
	unsigned int i;

	for (i = 0; i < 3; i++) {
		if (!strcmp(arg, names[i])) {
			o->time = (enum nw_time)i;
			return 0;
		}
	}
	return nw_say_usage("--time '%s': one of wall, mono, relative", arg);
}

static bool color_wanted(void)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && !(no_color && *no_color) &&
	       !(term && !strcmp(term, "dumb"));
}

static int set_color(struct nw_opts *o, const char *arg)
{
	if (!strcmp(arg, "always"))
		o->colored = true;
	else if (!strcmp(arg, "never"))
		o->colored = false;
	else if (!strcmp(arg, "auto"))
		o->colored = color_wanted();
	else
		return nw_say_usage("--color '%s': one of auto, always, never",
				    arg);
	return 0;
}

static int set_when(struct nw_when *when, const char *option, const char *arg)
{
	struct nw_clock now;
	char err[256];

	nw_clock_now(&now);
	if (nw_when_parse(arg, now.real, when, err, sizeof(err)))
		return nw_say_usage("%s %s", option, err);
	return 0;
}

static int set_family(struct nw_opts *o, __u8 family)
{
	if (o->filter.family && o->filter.family != family)
		return nw_say_usage("-4 and -6 exclude each other");
	o->filter.family = family;
	return 0;
}

static int set_option(struct nw_opts *o, int c, const char *arg)
{
	switch (c) {
	case 'j':
		o->json = true;
		return 0;
	case 'N':
		o->netns = arg;
		return 0;
	case 'n':
		return set_count(o, arg);
	case '4':
		return set_family(o, AF_INET);
	case '6':
		return set_family(o, AF_INET6);
	case OPT_ALL_NETNS:
		o->all_netns = true;
		return 0;
	case OPT_ALL:
		o->all = true;
		return 0;
	case OPT_FINDINGS:
		o->findings = true;
		return 0;
	case OPT_PRECISE:
		o->precise = true;
		return 0;
	case OPT_TIME:
		return set_time(o, arg);
	case OPT_COLOR:
		return set_color(o, arg);
	case OPT_SINCE:
		return set_when(&o->filter.since, "--since", arg);
	case OPT_UNTIL:
		return set_when(&o->filter.until, "--until", arg);
	default:
		/* getopt_long() said what is wrong. */
		fputs("Try 'neighwatch -h'.\n", stderr);
		return NW_EXIT_USAGE;
	}
}

static int check_options(const struct nw_opts *o, const struct command *cmd)
{
	const struct {
		char letter;
		bool given;
		const char *name;
	} checks[] = {
		{ 's', o->filter.since.kind != NW_WHEN_NONE, "--since" },
		{ 'u', o->filter.until.kind != NW_WHEN_NONE, "--until" },
		{ 'n', o->count != 0, "-n" },
		{ 'a', o->all, "--all" },
		{ 'F', o->findings, "--findings" },
		{ 'A', o->all_netns, "--all-netns" },
		{ 'f', o->filter.family != 0, "-4 or -6" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(checks); i++)
		if (checks[i].given && !strchr(cmd->options, checks[i].letter))
			return nw_say_usage("%s does nothing with %s",
					    *cmd->name ? cmd->name :
					    "neighwatch without a command",
					    checks[i].name);
	if (o->netns && o->all_netns)
		return nw_say_usage("-N and --all-netns exclude each other");
	return 0;
}

/* Output that did not arrive is an error, but not when nobody reads it. */
static int finish(int status)
{
	if (!fflush(stdout) && !ferror(stdout))
		return status;
	if (errno == EPIPE || errno == EINTR)
		return status;
	nw_say("cannot write the output: %s", strerror(errno));
	return status ? status : NW_EXIT_ERROR;
}

static int run(struct nw_opts *o, const struct command *cmd)
{
	int ret;

	ret = check_options(o, cmd);
	if (ret)
		return ret;
	ret = finish(cmd->run(o));
	nw_netns_forget();
	return ret;
}

int main(int argc, char **argv)
{
	static struct nw_opts o;
	const struct command *cmd;
	int c, ret;

	signal(SIGPIPE, SIG_IGN);
	o.colored = color_wanted();
	while ((c = getopt_long(argc, argv, "jN:n:46Vh", long_options,
				NULL)) != -1) {
		if (c == 'h')
			return fputs(help, stdout) < 0;
		if (c == 'V')
			return printf("neighwatch %s\n", NW_VERSION) < 0;
		ret = set_option(&o, c, optarg);
		if (ret)
			return ret;
	}
	cmd = find_command(optind < argc ? argv[optind] : "");
	if (!cmd)
		return nw_say_usage("'%s' is no command: one of\n"
				    "  monitor, history, replay, show, stats",
				    argv[optind]);
	o.argc = optind < argc ? argc - optind - 1 : 0;
	o.argv = argv + optind + 1;
	return run(&o, cmd);
}
