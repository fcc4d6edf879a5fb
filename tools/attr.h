/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Netlink attributes in a message. The rules are those of libnl's nla_*(),
 * which are calls into a shared library, six for each attribute.
 */
#ifndef NW_ATTR_H
#define NW_ATTR_H

#include <stdbool.h>
#include <linux/netlink.h>

/* Is there a whole attribute in the @rem bytes at @nla? */
static inline bool nw_attr_ok(const struct nlattr *nla, int rem)
{
	return rem >= (int)sizeof(*nla) && nla->nla_len >= sizeof(*nla) &&
	       nla->nla_len <= rem;
}

static inline const struct nlattr *nw_attr_next(const struct nlattr *nla,
						int *rem)
{
	int len = NLA_ALIGN(nla->nla_len);

	*rem -= len;
	return (const void *)((const char *)nla + len);
}

static inline int nw_attr_type(const struct nlattr *nla)
{
	return nla->nla_type & NLA_TYPE_MASK;
}

static inline const void *nw_attr_data(const struct nlattr *nla)
{
	return (const char *)nla + sizeof(*nla);
}

static inline int nw_attr_len(const struct nlattr *nla)
{
	return nla->nla_len - (int)sizeof(*nla);
}

#endif /* NW_ATTR_H */
