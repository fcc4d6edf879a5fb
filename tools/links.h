/* SPDX-License-Identifier: GPL-2.0 */
/* The links that the module tracks, gone ones included. */
#ifndef NW_LINKS_H
#define NW_LINKS_H

#include "client.h"

struct nw_links {
	struct nw_link *link;
	size_t nr;
};

/* Those of the namespace asked about. Return: 0 or a negative errno. */
int nw_links_read(struct nw_links *l, struct nw_client *c);
void nw_links_free(struct nw_links *l);

#endif /* NW_LINKS_H */
