// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"

#define FIRST_BUCKETS	64

/* The finalizer of splitmix64: every bit of @x reaches every bit. */
static __u64 mix(__u64 x)
{
	x ^= x >> 30;
	x *= 0xbf58476d1ce4e5b9ULL;
	x ^= x >> 27;
	x *= 0x94d049bb133111ebULL;
	return x ^ (x >> 31);
}

__u64 nw_hash_bytes(__u64 seed, const void *bytes, size_t size)
{
	const char *p = bytes;
	__u64 hash = mix(seed + size), word;
	size_t part;

	for (; size; size -= part, p += part) {
		part = size < sizeof(word) ? size : sizeof(word);
		word = 0;
		memcpy(&word, p, part);
		hash = mix(hash ^ word) + seed;
	}
	return hash;
}

static struct nw_hash_node **bucket_of(const struct nw_hash *hash, __u64 value)
{
	return &hash->bucket[value & (hash->buckets - 1)];
}

static void put(struct nw_hash *hash, struct nw_hash_node *node)
{
	struct nw_hash_node **bucket = bucket_of(hash, node->hash);

	node->next = *bucket;
	*bucket = node;
}

static int grow(struct nw_hash *hash)
{
	struct nw_hash bigger = {
		.buckets = hash->buckets ? 2 * hash->buckets : FIRST_BUCKETS,
	};
	struct nw_hash_node *node, *next;
	size_t i;

	bigger.bucket = calloc(bigger.buckets, sizeof(struct nw_hash_node *));
	if (!bigger.bucket)
		return -ENOMEM;
	for (i = 0; i < hash->buckets; i++) {
		for (node = hash->bucket[i]; node; node = next) {
			next = node->next;
			put(&bigger, node);
		}
	}
	free(hash->bucket);
	hash->bucket = bigger.bucket;
	hash->buckets = bigger.buckets;
	return 0;
}

int nw_hash_add(struct nw_hash *hash, struct nw_hash_node *node, __u64 value)
{
	/* Longer chains are slower, not wrong: only the first must be had. */
	if (hash->nr >= hash->buckets && grow(hash) && !hash->buckets)
		return -ENOMEM;
	node->hash = value;
	put(hash, node);
	hash->nr++;
	return 0;
}

void nw_hash_remove(struct nw_hash *hash, struct nw_hash_node *node)
{
	struct nw_hash_node **link = bucket_of(hash, node->hash);

	while (*link != node)
		link = &(*link)->next;
	*link = node->next;
	hash->nr--;
}

struct nw_hash_node *nw_hash_find(const struct nw_hash *hash, __u64 value,
				  nw_hash_equal_fn equal, const void *key)
{
	struct nw_hash_node *node;

	if (!hash->buckets)
		return NULL;
	for (node = *bucket_of(hash, value); node; node = node->next)
		if (node->hash == value && equal(node, key))
			return node;
	return NULL;
}

struct nw_hash_node *nw_hash_next(const struct nw_hash *hash,
				  const struct nw_hash_node *node)
{
	size_t i = 0;

	if (node && node->next)
		return node->next;
	if (node)
		i = (node->hash & (hash->buckets - 1)) + 1;
	for (; i < hash->buckets; i++)
		if (hash->bucket[i])
			return hash->bucket[i];
	return NULL;
}

void nw_hash_free(struct nw_hash *hash)
{
	free(hash->bucket);
	memset(hash, 0, sizeof(*hash));
}
