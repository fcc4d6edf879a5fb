// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "options.h"
#include "say.h"

#define COUNT_MAX	1000000
#define WINDOW_MIN	NW_NSEC_PER_SEC
#define WINDOW_MAX	(86400 * NW_NSEC_PER_SEC)
#define SETTINGS	512	/* on one command line */

enum {
	OPT_ALL_NETNS = 256,
	OPT_ALL,
	OPT_PRECISE,
	OPT_TIME,
	OPT_COLOR,
	OPT_SINCE,
	OPT_UNTIL,
	OPT_FINDINGS,
	OPT_SET,
	OPT_GATEWAY,
	OPT_EXEC,
	OPT_DEV,
	OPT_WINDOW,
};

/* What goes into the configuration, once the file was read. */
static struct {
	int option;
	const char *arg;
} settings[SETTINGS];
static size_t nr_settings;

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
	{ "config", required_argument, NULL, 'c' },
	{ "set", required_argument, NULL, OPT_SET },
	{ "gateway", required_argument, NULL, OPT_GATEWAY },
	{ "exec", required_argument, NULL, OPT_EXEC },
	{ "dev", required_argument, NULL, OPT_DEV },
	{ "window", required_argument, NULL, OPT_WINDOW },
	{ "count", required_argument, NULL, 'n' },
	{ "version", no_argument, NULL, 'V' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

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

static int add_dev(struct nw_opts *o, const char *arg)
{
	if (!*arg || strlen(arg) >= NW_NAME_LEN)
		return nw_say_usage("--dev '%s' is no name of a device", arg);
	if (o->nr_devs == NW_OPTS_DEVS)
		return nw_say_usage("more than %d times --dev", NW_OPTS_DEVS);
	o->dev[o->nr_devs++] = arg;
	return 0;
}

static int set_window(struct nw_opts *o, const char *arg)
{
	struct nw_when when = { 0 };
	char err[256];

	if (nw_when_parse(arg, 0, &when, err, sizeof(err)) ||
	    when.kind != NW_WHEN_AGO || when.ns < WINDOW_MIN ||
	    when.ns > WINDOW_MAX)
		return nw_say_usage("--window '%s' is out of range 1s..24h",
				    arg);
	o->window = when.ns;
	return 0;
}

static int set_family(struct nw_opts *o, __u8 family)
{
	if (o->filter.family && o->filter.family != family)
		return nw_say_usage("-4 and -6 exclude each other");
	o->filter.family = family;
	return 0;
}

static int keep_setting(int option, const char *arg)
{
	if (nr_settings == SETTINGS)
		return nw_say_usage("more than %d times --set and --gateway: write a file for -c",
				    SETTINGS);
	settings[nr_settings].option = option;
	settings[nr_settings++].arg = arg;
	return 0;
}

static bool is_kept(int option)
{
	size_t i;

	for (i = 0; i < nr_settings; i++)
		if (settings[i].option == option)
			return true;
	return false;
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
	case 'c':
		o->config_file = arg;
		return 0;
	case OPT_SET:
	case OPT_GATEWAY:
	case OPT_EXEC:
		return keep_setting(c, arg);
	case OPT_DEV:
		return add_dev(o, arg);
	case OPT_WINDOW:
		return set_window(o, arg);
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

static int next_option(int argc, char **argv)
{
	return getopt_long(argc, argv, "jN:n:c:46Vh", long_options, NULL);
}

const char *nw_options_command(int argc, char **argv)
{
	size_t size = ((size_t)argc + 1) * sizeof(*argv);
	const char *command = "";
	char **copy = malloc(size);

	/* It moves the words behind the options. */
	if (!copy)
		return command;
	memcpy(copy, argv, size);
	opterr = 0;
	while (next_option(argc, copy) != -1)
		;
	if (optind < argc)
		command = copy[optind];
	optind = 0;	/* from the start again, GNU's way */
	free(copy);
	return command;
}

int nw_options_parse(struct nw_opts *o, int argc, char **argv, bool quiet)
{
	int c, ret;

	opterr = !quiet;
	o->colored = color_wanted();
	while ((c = next_option(argc, argv)) != -1) {
		if (c == 'h' || c == 'V') {
			o->asked = c == 'h' ? NW_ASKED_HELP : NW_ASKED_VERSION;
			return 0;
		}
		if (c == '?' && quiet)
			return nw_say_usage("'%s' is no option, or lacks its argument",
					    argv[optind - 1]);
		ret = set_option(o, c, optarg);
		if (ret)
			return ret;
	}
	o->command = optind < argc ? argv[optind] : "";
	o->argc = optind < argc ? argc - optind - 1 : 0;
	o->argv = argv + optind + 1;
	return 0;
}

int nw_options_check(const struct nw_opts *o, const char *command,
		     const char *letters)
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
		{ 'c', o->config_file, "-c" },
		{ 'c', is_kept(OPT_SET), "--set" },
		{ 'c', is_kept(OPT_GATEWAY), "--gateway" },
		{ 'x', is_kept(OPT_EXEC), "--exec" },
		{ 'd', o->nr_devs != 0, "--dev" },
		{ 'd', o->window != 0, "--window" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(checks); i++)
		if (checks[i].given && !strchr(letters, checks[i].letter))
			return nw_say_usage("%s does nothing with %s",
					    *command ? command :
					    "neighwatch without a command",
					    checks[i].name);
	if (o->netns && o->all_netns)
		return nw_say_usage("-N and --all-netns exclude each other");
	return 0;
}

static int read_file(struct nw_opts *o)
{
	const char *file = o->config_file ? o->config_file : NW_CONFIG_FILE;
	char err[NW_CONFIG_ERROR];
	int ret;

	ret = nw_config_read(&o->config, file, err);
	if (!ret || (ret == -ENOENT && !o->config_file))
		return 0;
	nw_say("%s", err);
	return NW_EXIT_ERROR;
}

static int apply(struct nw_opts *o, int option, const char *arg)
{
	char err[NW_CONFIG_ERROR];

	switch (option) {
	case OPT_SET:
		if (nw_config_set(&o->config, arg, err))
			return nw_say_usage("--set: %s", err);
		return 0;
	case OPT_GATEWAY:
		if (nw_config_add_gateway(&o->config, arg, err))
			return nw_say_usage("--gateway: %s", err);
		o->gateways++;
		return 0;
	default:
		if (nw_config_set_exec(&o->config, arg, err))
			return nw_say_usage("--exec: %s", err);
		return 0;
	}
}

/* What must not fail for a slip in a file judges by the defaults, and says so. */
static int read_or_default(struct nw_opts *o, bool lenient)
{
	int ret = read_file(o);

	if (!ret || o->config_file || !lenient)
		return ret;
	nw_say("judged by the defaults instead");
	nw_config_init(&o->config);
	return 0;
}

int nw_options_configure(struct nw_opts *o, const char *letters)
{
	char err[NW_CONFIG_ERROR];
	size_t i;
	int ret;

	nw_config_init(&o->config);
	o->gateways = 0;
	if (!strchr(letters, 'c'))
		return 0;
	ret = read_or_default(o, strchr(letters, 'l'));
	for (i = 0; !ret && i < nr_settings; i++)
		ret = apply(o, settings[i].option, settings[i].arg);
	if (ret)
		return ret;
	if (nw_config_check(&o->config, err) ||
	    (strchr(letters, 'x') && nw_config_check_exec(&o->config, err))) {
		nw_say("%s", err);
		return NW_EXIT_ERROR;
	}
	return 0;
}
