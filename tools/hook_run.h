/* SPDX-License-Identifier: GPL-2.0 */
/* One run of the program, from beginning to end. */
#ifndef NW_HOOK_RUN_H
#define NW_HOOK_RUN_H

#include <stdnoreturn.h>

#include "hook_item.h"

/* Tells a runner to end its program now; also sent when the helper dies. */
#define NW_HOOK_HURRY	SIGUSR1

/**
 * nw_hook_run() - be the runner
 * @program: path
 * @limits: times
 * @item: standard input and environment of it
 * @end: out, how it ended
 * @helper: who forked this process, with all signals blocked
 *
 * Runs the program and ends what it leaves behind; ends this process.
 */
noreturn
void nw_hook_run(const char *program, const struct nw_hook_limits *limits,
		 const struct nw_hook_item *item, struct nw_hook_end *end,
		 pid_t helper);

#endif /* NW_HOOK_RUN_H */
