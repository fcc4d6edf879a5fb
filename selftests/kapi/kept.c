// SPDX-License-Identifier: GPL-2.0
/* Keeps the nest of one kind out of an answer, which ends with the call. */
#include <stdlib.h>
#include "kapi.h"

void kept_take(const struct answer *answer, void *arg)
{
	struct kept *kept = arg;
	struct nlattr *nest = answer->attrs[kept->attr];

	kept->answers++;
	kept->malformed |= answer->malformed;
	if (answer->attrs[NW_A_NETNS_COOKIE])
		kept->cookie = nla_get_u64(answer->attrs[NW_A_NETNS_COOKIE]);
	if (answer->attrs[NW_A_INSTANCE])
		kept->instance = nla_get_u64(answer->attrs[NW_A_INSTANCE]);
	if (answer->attrs[NW_A_NETNS_INO])
		kept->ino = nla_get_u32(answer->attrs[NW_A_NETNS_INO]);
	if (!nest)
		return;
	free(kept->nest);
	kept->nest = malloc(NLA_ALIGN(nest->nla_len));
	memcpy(kept->nest, nest, nest->nla_len);
}
