// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "links.h"

static int take(void *arg, const struct nw_item *item)
{
	struct nw_links *l = arg;
	struct nw_link *more;

	if (item->kind != NW_ITEM_LINK)
		return 0;
	more = realloc(l->link, (l->nr + 1) * sizeof(*more));
	if (!more)
		return -ENOMEM;
	l->link = more;
	l->link[l->nr++] = item->link;
	return 0;
}

int nw_links_read(struct nw_links *l, struct nw_client *c)
{
	const struct nw_ask own = { 0 };

	return nw_client_dump(c, NW_CMD_LINK_GET, &own, take, l);
}

void nw_links_free(struct nw_links *l)
{
	free(l->link);
	l->link = NULL;
	l->nr = 0;
}
