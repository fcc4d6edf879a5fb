/* SPDX-License-Identifier: GPL-2.0 */
/* What the helper tells the user about PROGRAM: seldom, and what to do. */
#ifndef NW_HOOK_SAY_H
#define NW_HOOK_SAY_H

#include <linux/types.h>

enum nw_hook_trouble {
	NW_HOOK_STATUS,
	NW_HOOK_SIGNAL,
	NW_HOOK_TIME,
	NW_HOOK_EXEC,
	NW_HOOK_DROP,
	NW_HOOK_TROUBLES,	/* how many */
};

/**
 * struct nw_hook_say - who speaks of what
 * @program: path
 * @quiet: ms in which the same trouble is not said again
 * @said: when it was, 0: never
 */
struct nw_hook_say {
	const char *program;
	__u32 quiet;
	__u64 said[NW_HOOK_TROUBLES];
};

/* @status: as waitpid() tells it; not that of success. */
void nw_hook_say_failed(struct nw_hook_say *s, int status);
void nw_hook_say_timed_out(struct nw_hook_say *s, __u32 ms);
/* @error: errno */
void nw_hook_say_refused(struct nw_hook_say *s, int error);
void nw_hook_say_dropped(struct nw_hook_say *s, __u32 waiting);

#endif /* NW_HOOK_SAY_H */
