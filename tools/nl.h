/* SPDX-License-Identifier: GPL-2.0 */
/* Netlink: sockets, the family, requests, dumps, multicast. */
#ifndef NW_NL_H
#define NW_NL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <linux/types.h>

struct nl_msg;
struct nl_sock;
struct nlmsghdr;

/* Set by SIGINT and SIGTERM; ends every wait. */
extern atomic_bool nw_stop;

#define NW_NL_BUFFER	(64 * 1024)

/**
 * struct nw_nl - a socket and what is known of the family
 * @sk: libnl's socket
 * @fd: of @sk
 * @family: id of the family, 0 while the module is absent
 * @version: of the family
 * @group_events: id of the multicast group of the caller's namespace
 * @group_all: id of the multicast group of all namespaces
 * @interrupted: a dump met a change and may be incomplete
 * @why: the kernel's words about the last refusal, or ""
 */
struct nw_nl {
	struct nl_sock *sk;
	int fd;
	int family;
	__u32 version;
	int group_events;
	int group_all;
	bool interrupted;
	char why[200];
	union {
		char buf[NW_NL_BUFFER];
		__u64 align;
	};
};

/* Takes one message; not 0 ends the request. */
typedef int (*nw_msg_fn)(void *arg, const struct nlmsghdr *nlh);

/* Return: 0 or a negative errno, here and below. */
int nw_nl_open(struct nw_nl *nl);
/* The same for the kernel's routing netlink, which has no families. */
int nw_nl_open_route(struct nw_nl *nl);
void nw_nl_close(struct nw_nl *nl);

/* Find the family; -ENOENT when the module is not loaded. */
int nw_nl_resolve(struct nw_nl *nl);

/* A request of the family without attributes; NULL without memory. */
struct nl_msg *nw_nl_request(const struct nw_nl *nl, __u8 cmd, bool dump);

/* Send @msg, free it, and take all answers. */
int nw_nl_transact(struct nw_nl *nl, struct nl_msg *msg, nw_msg_fn fn,
		   void *arg);

/* Take what one datagram brings, without waiting; -EAGAIN: nothing. */
int nw_nl_receive(struct nw_nl *nl, nw_msg_fn fn, void *arg);

int nw_nl_join(struct nw_nl *nl, int group);
/* Notifications of families that come and go. */
int nw_nl_join_nlctrl(struct nw_nl *nl);

/* Is it the news that our family came (1) or went (-1)? */
int nw_nl_family_news(const struct nlmsghdr *nlh);

/* Is it a notification of records? */
bool nw_nl_is_event(const struct nw_nl *nl, const struct nlmsghdr *nlh);

/* Make room for bursts; beyond rmem_max where that is allowed. */
void nw_nl_buffer(struct nw_nl *nl, int bytes);

#endif /* NW_NL_H */
