/* SPDX-License-Identifier: GPL-2.0 */
/* Messages as the module would send them, made with libnl. */
#ifndef NW_UNIT_MESSAGE_H
#define NW_UNIT_MESSAGE_H

#include <linux/neighwatch.h>
#include <netlink/attr.h>
#include <netlink/msg.h>

#define TEST_INSTANCE	0xfedcba9876543210ULL
#define TEST_COOKIE	7
#define TEST_INO	4026531840U
#define TEST_MONO	123456789012345ULL
#define TEST_REAL	1763514843512345678ULL	/* 2025-11-19T01:14:03 UTC */

/* A message of the family with its origin. */
struct nl_msg *message_new(void);
/* Open a record with all that every record has. */
struct nlattr *message_record(struct nl_msg *msg, __u64 seq);
/* A complete record of a neighbour's change. */
void message_neigh(struct nl_msg *msg, __u64 seq);
/* The body of a neighbour's change alone, without its end. */
struct nlattr *message_change(struct nl_msg *msg);

#endif /* NW_UNIT_MESSAGE_H */
