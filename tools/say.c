// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "say.h"

static void say(const char *fmt, va_list ap)
{
	fputs("neighwatch: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
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
	fputs("Try 'neighwatch -h'.\n", stderr);
	return NW_EXIT_USAGE;
}

int nw_say_no_module(void)
{
	nw_say("the module neighwatch is not loaded: nothing is recorded");
	fputs("Load it:  modprobe neighwatch\n"
	      "  'Module neighwatch not found': build it for this kernel,\n"
	      "   dkms autoinstall\n"
	      "  'Key was rejected by service': Secure Boot wants a key it knows:\n"
	      "   mokutil --import /var/lib/dkms/mok.pub, and reboot\n",
	      stderr);
	return NW_EXIT_NO_MODULE;
}

static int say_permission(const char *what, const char *why)
{
	nw_say("%s: not permitted%s%s", what, *why ? ": " : "", why);
	if (geteuid())
		fputs("It needs CAP_NET_ADMIN: try it as root, with sudo.\n",
		      stderr);
	else
		fputs("It needs CAP_NET_ADMIN over this network namespace; for --all-netns,\n"
		      "over the host, outside of any container.\n",
		      stderr);
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
		fputs("The module is older than this tool: load the one it came with.\n",
		      stderr);
	return err == -ENOENT ? NW_EXIT_NOT_FOUND : NW_EXIT_ERROR;
}
