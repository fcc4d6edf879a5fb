// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <string.h>
#include <sys/wait.h>

#include "clock.h"
#include "hook_say.h"
#include "say.h"

static bool may_say(struct nw_hook_say *s, enum nw_hook_trouble what)
{
	struct nw_clock now;

	nw_clock_now(&now);
	if (s->said[what] &&
	    now.mono - s->said[what] < s->quiet * NW_NSEC_PER_MSEC)
		return false;
	s->said[what] = now.mono;
	return true;
}

void nw_hook_say_failed(struct nw_hook_say *s, int status)
{
	if (WIFSIGNALED(status) && may_say(s, NW_HOOK_SIGNAL))
		nw_say("exec %s: killed by signal %d (%s); more are counted",
		       s->program, WTERMSIG(status),
		       strsignal(WTERMSIG(status)));
	else if (!WIFSIGNALED(status) && may_say(s, NW_HOOK_STATUS))
		nw_say("exec %s: exited with status %d; more are counted",
		       s->program, WEXITSTATUS(status));
}

void nw_hook_say_timed_out(struct nw_hook_say *s, __u32 ms)
{
	if (may_say(s, NW_HOOK_TIME))
		nw_say("exec %s: not done after %u.%u s, ended; more are counted\n"
		       "Let it hand over what takes longer to a service of its own.",
		       s->program, ms / 1000, ms % 1000 / 100);
}

static const char *advice(int error)
{
	switch (error) {
	case ENOEXEC:
		return "A script needs a first line such as #!/bin/sh: no shell is asked.";
	case ENOENT:
		return "It is gone, or its first line names an interpreter that is not there.";
	case EACCES:
		return "Look at its mode (chmod +x), and at a file system mounted with noexec.";
	default:
		return "The next finding tries again.";
	}
}

void nw_hook_say_refused(struct nw_hook_say *s, int error)
{
	if (may_say(s, NW_HOOK_EXEC))
		nw_say("exec %s: cannot be executed: %s\n%s",
		       s->program, strerror(error), advice(error));
}

void nw_hook_say_dropped(struct nw_hook_say *s, __u32 waiting)
{
	if (may_say(s, NW_HOOK_DROP))
		nw_say("exec %s: not run for a finding, as %u wait; more are counted\n"
		       "Findings come faster than it may be started: see EXEC in neighwatch(8).",
		       s->program, waiting);
}
