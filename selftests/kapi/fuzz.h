/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A fuzzer of the family: requests that are almost right, and what must hold of
 * every answer.
 *
 * fuzz.c        who asks, and the counts
 * fuzz_make.c   requests, from a seed
 * fuzz_legal.c  whether the contract allows a request
 * fuzz_judge.c  sends them, reads the answers, tells what broke the rules
 */
#ifndef NW_KAPI_FUZZ_H
#define NW_KAPI_FUZZ_H

#include "kapi.h"

#define FUZZ_BYTES	(128 * 1024)
#define FUZZ_MESSAGES	16	/* counted in one datagram, if it has that many */
#define FUZZ_ERRNOS	134

/* What requests are about, so that some of them hit. */
struct fuzz_world {
	int family;
	uint32_t ifindex;		/* a device of the caller's namespace */
	uint64_t cookie, other;		/* the caller's namespace; another one */
	bool capable;			/* CAP_NET_ADMIN over its namespace */
	bool initial;			/* and over all, in the initial one */
};

/* What is sent at once: any bytes, often one message or a few. */
struct fuzz_datagram {
	size_t length;
	char bytes[FUZZ_BYTES];		/* aligned as @length is */
};

void fuzz_seed(uint64_t seed);
unsigned int fuzz_below(unsigned int limit);
void fuzz_make(struct fuzz_datagram *d, const struct fuzz_world *world);
/*
 * The messages that the kernel will see in a datagram, as it takes it apart.
 * Return: the next one after @at, NULL at the end.
 */
struct nlmsghdr *fuzz_next(struct fuzz_datagram *d, struct nlmsghdr *at);

/* Whether the contract allows the request; the namespace is another matter. */
bool fuzz_legal(struct nlmsghdr *hdr);
/* Whether it asks for more than the caller's own namespace. */
bool fuzz_beyond(struct nlmsghdr *hdr, const struct fuzz_world *world);

/* How requests ended. */
struct fuzz_counts {
	unsigned long datagrams, requests, unread, too_long;
	unsigned long answers, dumps, acks;
	unsigned long error[FUZZ_ERRNOS];
	unsigned long broken;
};

/* Send it, wait until all of it is answered, and judge. */
void fuzz_judge(struct nw *nw, struct fuzz_datagram *d,
		const struct fuzz_world *world, struct fuzz_counts *counts);

#endif /* NW_KAPI_FUZZ_H */
