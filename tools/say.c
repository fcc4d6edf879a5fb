// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "format.h"
#include "say.h"

/* Where it goes instead of stderr, without the name of the program. */
static FILE *elsewhere;

void nw_say_to(FILE *file)
{
	elsewhere = file;
}

/* What it quotes comes from files and programs: a terminal may obey it. */
__printf(1, 0)
static void say(const char *fmt, va_list ap)
{
	FILE *file = elsewhere ? elsewhere : stderr;
	char said[1024], shown[4 * sizeof(said)];

	vsnprintf(said, sizeof(said), fmt, ap);
	nw_format_text(shown, sizeof(shown), said, "\n");
	fprintf(file, "%s%s\n", elsewhere ? "" : "neighwatch: ", shown);
}

/* What to do next. */
static void advise(const char *text)
{
	fputs(text, elsewhere ? elsewhere : stderr);
}

void nw_say(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
}

int nw_say_usage(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
	advise("Try 'neighwatch -h'.\n");
	return NW_EXIT_USAGE;
}

int nw_say_no_module(void)
{
	nw_say("the module neighwatch is not loaded: nothing is recorded");
	advise("Load it:  modprobe neighwatch\n"
	       "  'Module neighwatch not found': build it for this kernel,\n"
	       "   dkms autoinstall\n"
	       "  'Key was rejected by service', or 'Operation not permitted' though you are\n"
	       "   root: Secure Boot (lockdown) wants a signature by a key it knows:\n"
	       "   mokutil --import /var/lib/dkms/mok.pub, and reboot\n");
	return NW_EXIT_NO_MODULE;
}

static int say_permission(const char *what, const char *why)
{
	nw_say("%s: not permitted%s%s", what, *why ? ": " : "", why);
	if (geteuid())
		advise("It needs CAP_NET_ADMIN: try it as root, with sudo.\n");
	else
		advise("It needs CAP_NET_ADMIN over this network namespace; for --all-netns,\n"
		       "over the host, outside of any container.\n");
	return NW_EXIT_NO_PERMISSION;
}

int nw_say_failed(const char *what, int err, const char *why)
{
	if (err == -EPERM || err == -EACCES)
		return say_permission(what, why);
	if (*why)
		nw_say("%s: %s (%s)", what, why, strerror(-err));
	else
		nw_say("%s: %s", what, strerror(-err));
	if (err == -EOPNOTSUPP)
		advise("The module is older than this tool: load the one it came with.\n");
	return err == -ENOENT ? NW_EXIT_NOT_FOUND : NW_EXIT_ERROR;
}
