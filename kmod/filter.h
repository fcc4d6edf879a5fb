/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_FILTER_H
#define _NEIGHWATCH_FILTER_H

#include "record.h"
#include "track.h"

struct genl_info;
struct netlink_ext_ack;
struct nlattr;
struct sk_buff;

/**
 * struct nw_filter - what a request asks for
 * @every: all namespaces
 * @cookie: this namespace, with @every false
 * @ifindex: this device, 0 for all
 * @family: this family, 0 for both
 * @has_addr: this address or prefix
 * @addr: it
 * @prefix_len: bits of @addr that count
 * @types: mask of 1 << &enum nw_type, 0 for all
 * @since_seq: records from this number on
 * @since_mono: records stamped at or after this
 */
struct nw_filter {
	bool every;
	u64 cookie;
	s32 ifindex;
	u8 family;
	bool has_addr;
	u8 addr[NW_ADDR_MAX];
	u8 prefix_len;
	u32 types;
	u64 since_seq;
	u64 since_mono;
};

int nw_filter_parse(struct nw_filter *f, struct nlattr **attrs,
		    struct sk_buff *skb, struct netlink_ext_ack *extack);
bool nw_filter_key(const struct nw_filter *f, const struct nw_key *key);
bool nw_filter_record(const struct nw_filter *f, const struct nw_record *rec);

#endif /* _NEIGHWATCH_FILTER_H */
