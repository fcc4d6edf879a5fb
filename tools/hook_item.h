/* SPDX-License-Identifier: GPL-2.0 */
/* What goes from the recorder to the helper, and the memory both look at. */
#ifndef NW_HOOK_ITEM_H
#define NW_HOOK_ITEM_H

#include <stdbool.h>
#include <stddef.h>

#include "hook.h"

/*
 * A finding with all its facts, each byte of each text escaped to six, is
 * 26 kB of JSON.
 */
#define NW_HOOK_TEXT	(32 * 1024)
/* Four variables, the longest a subject. */
#define NW_HOOK_ENV	256

/**
 * struct nw_hook_item - one finding
 * @severity: tells what is dropped first
 * @len: of @text
 * @env: "NAME=value" each ended by a 0, all by an empty one
 * @text: a line of JSON, not ended by a 0
 */
struct nw_hook_item {
	enum nw_severity severity;
	__u32 len;
	char env[NW_HOOK_ENV];
	char text[];
};

#define NW_HOOK_ITEM_MAX	(sizeof(struct nw_hook_item) + NW_HOOK_TEXT)

/**
 * struct nw_hook_end - how a run ended, told by its runner
 * @known: it has ended, and @status is that of PROGRAM
 * @timed_out: it had to be killed
 * @cut: it was not given its time
 * @status: as waitpid() tells it
 * @error: errno, when PROGRAM was not executed
 */
struct nw_hook_end {
	bool known;
	bool timed_out;
	bool cut;
	int status;
	int error;
};

/**
 * struct nw_hook_shared - mapped by recorder, helper and runners
 * @counts: the helper writes
 * @end: one for each program that may run; its runner writes
 */
struct nw_hook_shared {
	struct nw_hook_counts counts;
	struct nw_hook_end end[];
};

#endif /* NW_HOOK_ITEM_H */
