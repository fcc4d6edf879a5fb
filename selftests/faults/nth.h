/* SPDX-License-Identifier: GPL-2.0 */
/*
 * nth: one operation again and again, each time with one allocation of the
 * kernel refused, the first, the second, ... until it needs no more.
 *
 * nth.c      the series
 * inject.c   what refuses, and who had asked
 * load.c     the module comes and goes
 * ask.c      requests, dumps, files below debugfs
 * observe.c  what is observed for the first time
 * route.c    routes change their next hops
 * request.c  requests of rtnetlink
 */
#ifndef NW_FAULTS_NTH_H
#define NW_FAULTS_NTH_H

#include <stdbool.h>
#include "../kapi/kapi.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* One attempt. */
struct attempt {
	unsigned int nth;
	int error;		/* what the operation said, a positive errno or 0 */
	bool refused;		/* the nth allocation came */
	bool ours;		/* and it was the module's */
	bool counted;		/* set by the judge: a counter of losses rose */
};

/**
 * struct operation - what is tried
 * @name: its name on the command line
 * @count: arguments it takes at least
 * @open: once, before all; may be NULL
 * @prepare: before each attempt, with nothing refused; may be NULL
 * @run: the operation; system calls and nothing else, for the rest of the
 *	process would lose its memory as well. Return: 0 or an errno
 * @judge: after each attempt. Return: NULL, or what is wrong
 * @late: what the module asks for comes among the last: begin with the last
 *	one, and end when none of many was the module's ($NW_FAULTS_ALL: never)
 * @stride: of those, where an attempt takes seconds, one of so many, each time
 *	others ($NW_FAULTS_ALL: all); 0 is 1
 */
struct operation {
	const char *name;
	int count;
	void (*open)(char **args);
	void (*prepare)(unsigned int nth);
	int (*run)(void);
	const char *(*judge)(struct attempt *attempt);
	bool late;
	unsigned int stride;
};

extern const struct operation load_operations[];
extern const struct operation ask_operations[];
extern const struct operation observe_operations[];
extern const struct operation route_operations[];

/* Nothing is spared, and each refusal tells its stack. */
void inject_setup(void);
/* Whose refusals are `ours`; neighwatch's when it is not called. */
void inject_module(const char *module);
void inject_arm(unsigned int nth);
/* Return: allocations that were still to come. */
unsigned int inject_disarm(void);
/* Whether the module had asked for what was refused since inject_arm(). */
bool inject_was_ours(void);
/* The functions that led to it, as far as the kernel told; see there. */
const char *inject_trace(void);

/* Ends the program: what is said here is no verdict on the module. */
_Noreturn void give_up(const char *what);

/* Whether @error may be the consequence of a refused allocation. */
bool is_no_memory(int error);

/*
 * A request of rtnetlink, made ready (and freed with the next one), and asked.
 * rt_run() is an operation: it returns 0 or an errno.
 */
void rt_prepare(struct nl_sock *rt, struct nl_msg *msg);
int rt_run(void);

/* References to the module, -1 when it is not there. */
int module_references(void);
/* All six counters of losses of the caller's namespace. */
uint64_t losses(struct nw *nw);

#endif /* NW_FAULTS_NTH_H */
