/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A hash table whose nodes live in what they find; it allocates nothing but
 * its buckets, and grows with what is in it. Pure.
 */
#ifndef NW_HASH_H
#define NW_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <linux/types.h>

#define nw_container(ptr, type, member) \
	((type *)(void *)((char *)(ptr) - offsetof(type, member)))

struct nw_hash_node {
	struct nw_hash_node *next;
	__u64 hash;
};

struct nw_hash {
	struct nw_hash_node **bucket;
	size_t buckets;		/* a power of two, or 0 before the first node */
	size_t nr;
};

/* Does @node answer to @key? */
typedef bool (*nw_hash_equal_fn)(const struct nw_hash_node *node,
				 const void *key);

/* @seed keeps those who choose the keys from choosing the bucket. */
__u64 nw_hash_bytes(__u64 seed, const void *bytes, size_t size);

/* Return: 0 or -ENOMEM. */
int nw_hash_add(struct nw_hash *hash, struct nw_hash_node *node, __u64 value);
void nw_hash_remove(struct nw_hash *hash, struct nw_hash_node *node);
struct nw_hash_node *nw_hash_find(const struct nw_hash *hash, __u64 value,
				  nw_hash_equal_fn equal, const void *key);
/* The one behind @node, or the first when it is NULL; in no order. */
struct nw_hash_node *nw_hash_next(const struct nw_hash *hash,
				  const struct nw_hash_node *node);
/* The buckets; the nodes are the caller's. */
void nw_hash_free(struct nw_hash *hash);

#endif /* NW_HASH_H */
