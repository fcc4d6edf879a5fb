/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the tests of the kernel API share: a strict reader of the family
 * "neighwatch", and a maker of devices, neighbours, routes and namespaces.
 *
 * nl.c       sockets, requests, answers and refusals
 * record.c   one record, checked against the contract while it is parsed
 * kept.c     one nest out of an answer
 * reader.c   a stream of records, and single figures of the statistics
 * rtnl.c     what makes the kernel change neighbours, links and routes
 * process.c  namespaces and other users
 */
#ifndef NW_KAPI_H
#define NW_KAPI_H

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <linux/genetlink.h>
#include <linux/if.h>
#include <linux/neighbour.h>
#include <netlink/attr.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>
#include <linux/neighwatch.h>

#define NS_PER_S	1000000000ull
#define NS_PER_MS	1000000ull

/* What the kernel said in the end: 0 or a positive errno, with its words. */
struct ack {
	int error;
	char text[160];
	int messages;		/* answers before it */
	bool interrupted;	/* NLM_F_DUMP_INTR in one of them */
};

/* An open socket of the family. */
struct nw {
	struct nl_sock *sock;
	int fd;
	int family;
	int version;
	int events;		/* ids of the multicast groups, 0 when absent */
	int all;
	uint32_t ops[NW_CMD_MAX + 1];	/* GENL_* of each command, 0 when absent */
};

/* One answer: the last attribute of each type, and all in their order. */
struct answer {
	struct nlattr *attrs[NW_A_MAX + 1];
	struct nlattr *first;
	int length;
	bool malformed;			/* attributes that the contract has not */
};

/* Called with the argument that was given to nw_talk() or nw_receive(). */
typedef void (*nw_answer)(const struct answer *answer, void *arg);

/* Return: 0 or a negative errno. */
int nw_open(struct nw *nw);
void nw_close(struct nw *nw);
/* Return: 0 or a negative errno of the kernel. */
int nw_join(struct nw *nw, int group);
void nw_rcvbuf(struct nw *nw, int bytes);

/* A request; @flags are NLM_F_*. Never fails: out of memory ends the test. */
struct nl_msg *nw_request(struct nw *nw, int cmd, int flags);
/* Send @msg (and free it), hand every answer to @answer, tell the end in @ack. */
int nw_talk(struct nw *nw, struct nl_msg *msg, nw_answer answer, void *arg,
	    struct ack *ack);
/*
 * Wait for multicast messages until @deadline and hand them to @answer.
 * Return: messages handed over, 0 at the deadline, -ENOBUFS after an overrun.
 */
int nw_receive(struct nw *nw, uint64_t deadline, nw_answer answer, void *arg);

/* Talk on any netlink socket; used for rtnetlink too. Return: -errno or 0. */
int nl_talk_ack(struct nl_sock *sock, struct nl_msg *msg, struct ack *ack);

uint64_t now_mono(void);
uint64_t deadline_in(unsigned int ms);

/* One record. has_* tell which optional attributes were there. */
struct record {
	uint64_t seq, mono, real;
	uint32_t cpu, ifindex, flags;
	uint8_t cause;
	int type;			/* enum nw_type */
	char dev[IFNAMSIZ];
	bool has_who, has_portid, has_pid;
	uint32_t pid, portid;
	char comm[20], parent[20];
	/* NEIGH, OFFER, CONFIRM, ROUTE (dst) and ADDRESS */
	uint8_t family, addr[16], old, new;
	int addr_len;
	bool has_old;			/* NEIGH alone */
	bool has_dwell;
	uint64_t dwell;
	uint8_t lladdr[NW_LLADDR_MAX];
	int lladdr_len;
	/* LINK_ADMIN, ROUTE, ADDRESS */
	uint8_t change;
};

/* Return: NULL when @nest obeys the contract, else what is wrong with it. */
const char *record_parse(struct nlattr *nest, struct record *record);

/* Where a stream of records stands. Feed it with stream_take(). */
struct stream {
	uint64_t instance, cookie;
	uint64_t next;			/* expected sequence number, 0: any */
	uint64_t received;
	uint64_t gaps;			/* numbers that never came */
	uint64_t told_lost;		/* sum of NW_A_LOST */
	uint64_t next_seq;		/* last NW_A_NEXT_SEQ */
	uint64_t neighs;		/* of them: neighbours on @ifindex */
	uint32_t ifindex;
	bool loads;			/* the module may come amid changes */
	const char *error;		/* first thing that broke the contract */
	void (*each)(const struct record *record, void *arg);
	void *arg;
};

/* An nw_answer: the argument is a struct stream. */
void stream_take(const struct answer *answer, void *arg);
/* Dump the history from @since on into @stream. */
int stream_history(struct nw *nw, uint64_t since, struct stream *stream,
		   struct ack *ack);

/* A copy of the nest of one kind out of one answer, and its origin. */
struct kept {
	int attr;
	int answers;
	bool malformed;
	uint64_t cookie, instance;
	uint32_t ino;
	struct nlattr *nest;
};

/* An nw_answer: the argument is a struct kept. */
void kept_take(const struct answer *answer, void *arg);

/* The number that the caller's namespace gives to its next record; 0: error. */
uint64_t nw_next_seq(struct nw *nw);
/* One u64 of STATS of the caller's namespace; ~0 when it is absent. */
uint64_t nw_stat(struct nw *nw, int attr);

/* rtnetlink of the caller's namespace. All return 0 (or an index) or -errno. */
struct nl_sock *rt_open(void);
/* A dummy device that is up and asks (no IFF_NOARP). Return: its ifindex. */
int rt_dummy(struct nl_sock *rt, const char *name);
int rt_link_del(struct nl_sock *rt, int ifindex);
int rt_link_up(struct nl_sock *rt, int ifindex, bool up);
int rt_link_rename(struct nl_sock *rt, int ifindex, const char *name);
int rt_neigh(struct nl_sock *rt, int ifindex, const char *addr, int state,
	     const char *lladdr);
int rt_neigh_del(struct nl_sock *rt, int ifindex, const char *addr);
int rt_addr(struct nl_sock *rt, int ifindex, const char *addr, int prefix, bool add);
/* @dst may be NULL for the default route. */
int rt_route(struct nl_sock *rt, int ifindex, const char *dst, int prefix,
	     const char *gateway, bool add);
/*
 * @changes times, spread over 16 neighbours that rt_toggle_setup() made: one
 * transition between STALE and PERMANENT each, in batches.
 */
#define TOGGLES 16
int rt_toggle_setup(struct nl_sock *rt, int ifindex);
int rt_toggle(struct nl_sock *rt, int ifindex, unsigned int changes);
/* The states that rt_cycle() asks for in turn. */
#define CYCLE { NUD_STALE, NUD_REACHABLE, NUD_DELAY, NUD_NOARP, NUD_DELAY }
/* @cycles times all of them, of the neighbour 192.0.2.1, in batches. */
int rt_cycle(struct nl_sock *rt, int ifindex, unsigned int cycles);
/*
 * The first @count addresses of 10.64.0.0/10 become neighbours in @state, or
 * with NUD_NONE are no more; in batches, in the order of their numbers.
 */
int rt_crowd(struct nl_sock *rt, int ifindex, unsigned int count, int state);

/* Return: length of the address (4 or 16), its bytes in @out. */
int parse_addr(const char *text, uint8_t *out);

/* What each test owns: a namespace, sockets of it, a device that can ask. */
struct net {
	struct nw nw;
	struct nl_sock *rt;
	int ifindex;
};

/* A new namespace and sockets in it. Return: NULL, or what could not be had. */
const char *net_open(struct net *net);
/* The same with the device and, once a record has asked for it, the real ring. */
const char *net_setup(struct net *net);
void net_teardown(struct net *net);

/* Become a member of a new network namespace, without IPv6 noise. */
int netns_enter_new(void);
uint64_t netns_cookie(void);
uint32_t netns_ino(void);
enum who { AS_ROOT, IN_NEW_NETNS, AS_NOBODY, AS_NOBODY_IN_OWN_USERNS };

/*
 * A process with other rights or in another namespace, and two pipes: each side
 * tells the other one u64 at a time.
 */
struct peer {
	int pid;
	int in, out;
};

typedef int (*peer_main)(struct peer *parent, void *arg);

/* Return: 0 or -errno. @child is given its end of the pipes. */
int peer_start(struct peer *peer, enum who who, peer_main child, void *arg);
/* Return: the child's exit status, 128 + signal, or -errno. */
int peer_end(struct peer *peer);
void peer_tell(struct peer *peer, uint64_t value);
/* Return: what the other side told, 0 when it is gone. */
uint64_t peer_hear(struct peer *peer);
/* Both in one, for a child that needs no conversation. */
int run_as(enum who who, peer_main child, void *arg);

/* In a child: say what was expected and end with status 1. */
#define REQUIRE(what) do { \
	if (!(what)) { \
		printf("# %s:%d: not so: %s\n", __FILE__, __LINE__, #what); \
		fflush(stdout); \
		return 1; \
	} \
} while (0)

#endif /* NW_KAPI_H */
