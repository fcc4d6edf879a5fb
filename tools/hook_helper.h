/* SPDX-License-Identifier: GPL-2.0 */
/* The process between the recorder and the programs. */
#ifndef NW_HOOK_HELPER_H
#define NW_HOOK_HELPER_H

#include <stdnoreturn.h>

#include "hook_item.h"

/**
 * nw_hook_helper() - be the helper
 * @h: as the recorder has it, with program, limits and shared memory
 * @sock: its end of the socket
 * @recorder: who forked this process, with all signals blocked
 *
 * Ends this process, in bounded time, when the recorder hangs up or is gone.
 */
noreturn
void nw_hook_helper(const struct nw_hook *h, int sock, pid_t recorder);

#endif /* NW_HOOK_HELPER_H */
