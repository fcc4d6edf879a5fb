// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "flat.h"

const char *nw_flat_keep(struct nw_flat *flat, const void *text, size_t len)
{
	char *at = flat->text + flat->used;

	if (len >= NW_FLAT_TEXT - flat->used)
		return NULL;
	memcpy(at, text, len);
	at[len] = '\0';
	flat->used += len + 1;
	return at;
}

struct nw_flat_value *nw_flat_find(struct nw_flat *flat, const char *key)
{
	struct nw_flat_value *v = flat->value, *end = v + flat->nr;
	size_t len = strlen(key);

	for (; v < end; v++) {
		if (v->len == len && !memcmp(v->key, key, len)) {
			v->taken = true;
			return v;
		}
	}
	return NULL;
}

struct nw_flat_value *nw_flat_known(struct nw_flat *flat, unsigned int known)
{
	struct nw_flat_value *v = flat->value, *end = v + flat->nr;

	while (v < end && v->known != known)
		v++;
	if (v == end)
		return NULL;
	v->taken = true;
	return v;
}
