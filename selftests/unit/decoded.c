// SPDX-License-Identifier: GPL-2.0
#include "unit.h"
#include "decoded.h"

struct nw_decoder dec;
struct kept kept;

static int keep(void *arg, const struct nw_item *item)
{
	struct kept *k = arg;

	if (k->nr < KEPT)
		k->item[k->nr] = *item;
	k->nr++;
	return 0;
}

int decode_bytes(const void *bytes, size_t len)
{
	struct nlmsghdr *copy = malloc(len);
	int ret;

	assert_non_null(copy);
	memcpy(copy, bytes, len);
	copy->nlmsg_len = (__u32)len;
	memset(&kept, 0, sizeof(kept));
	ret = nw_decode(&dec, copy, keep, &kept);
	free(copy);
	return ret;
}

int decode(struct nl_msg *msg)
{
	const struct nlmsghdr *nlh = nlmsg_hdr(msg);
	int ret = decode_bytes(nlh, nlh->nlmsg_len);

	nlmsg_free(msg);
	return ret;
}

int decode_fresh(void **state)
{
	(void)state;
	memset(&dec, 0, sizeof(dec));
	return 0;
}
