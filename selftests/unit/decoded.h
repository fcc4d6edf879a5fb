/* SPDX-License-Identifier: GPL-2.0 */
/* What came out of a message, for the tests that look at it. */
#ifndef NW_UNIT_DECODED_H
#define NW_UNIT_DECODED_H

#include <netlink/msg.h>

#include "decode.h"

#define KEPT	8

/* @nr counts those beyond the room, too. */
struct kept {
	unsigned int nr;
	struct nw_item item[KEPT];
};

extern struct nw_decoder dec;
/* Of the last message. */
extern struct kept kept;

/*
 * Decoded from a copy of exactly the message's size: a sanitizer sees a read
 * beyond it.
 */
int decode_bytes(const void *bytes, size_t len);
/* The same for a message, which is freed. */
int decode(struct nl_msg *msg);
/* A test's setup: @dec as it is before the first message. */
int decode_fresh(void **state);

#endif /* NW_UNIT_DECODED_H */
