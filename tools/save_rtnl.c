// SPDX-License-Identifier: GPL-2.0
/* What the kernel itself says of links, addresses, routes and neighbours. */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>

#include "rtmsg.h"
#include "save_part.h"
#include "say.h"

/* More than any header. */
#define HEADER	16

struct dump {
	const struct nw_rtmsg *msg;
	struct nw_twin twin;
};

static struct nw_nl nl;

static int take(void *arg, const struct nlmsghdr *nlh)
{
	char title[64] = "";
	const struct nlattr *name;
	struct dump *d = arg;
	size_t len = d->msg->len;
	struct nw_rtbody body;

	if (nlh->nlmsg_type != d->msg->type ||
	    nlh->nlmsg_len < NLMSG_LENGTH(len))
		return 0;
	body.head = nlmsg_attrdata(nlh, (int)len);
	body.len = nlmsg_attrlen(nlh, (int)len);
	name = nla_find(body.head, body.len, d->msg->title);
	if (name && d->msg->title)
		nla_strlcpy(title, name, sizeof(title));
	nw_twin_object(&d->twin, title);
	d->msg->put(&d->twin, nlmsg_data(nlh), &body);
	nw_rtattr_put(&d->twin, d->msg->attrs, &body);
	nw_twin_object_end(&d->twin);
	return 0;
}

/* A header is a family and zeros, but for @flags of neighbours. */
static int ask(struct dump *d, __u8 family, __u8 flags)
{
	struct ndmsg header[HEADER / sizeof(struct ndmsg) + 1] = {
		{ .ndm_family = family, .ndm_flags = flags },
	};
	/* As ever, the question has the number of the answer and 2. */
	struct nl_msg *msg = nlmsg_alloc_simple(d->msg->type + 2,
						NLM_F_REQUEST | NLM_F_DUMP);

	if (msg && nlmsg_append(msg, header, d->msg->len, NLMSG_ALIGNTO)) {
		nlmsg_free(msg);
		msg = NULL;
	}
	return nw_nl_transact(&nl, msg, take, d);
}

static int failed(int ret)
{
	nw_say("routing netlink: %s%s%s", strerror(-ret), *nl.why ? ": " : "",
	       nl.why);
	return NW_EXIT_ERROR;
}

/* Also @and, what else is asked for with the same message. */
static int dump(const struct nw_rtmsg *msg, FILE *const *file, __u8 family,
		__u8 and)
{
	static struct dump d;
	int ret = nw_nl_open_route(&nl);

	if (ret)
		return failed(ret);
	d.msg = msg;
	nw_twin_begin(&d.twin, file[0], file[1], msg->title);
	nl.interrupted = false;
	ret = ask(&d, family, 0);
	if (!ret && and)
		ret = ask(&d, family, and);
	nw_twin_end(&d.twin);
	nw_nl_close(&nl);
	if (ret)
		return failed(ret);
	if (nl.interrupted)
		nw_say("changed while they were read: some may be missing or twice");
	return NW_EXIT_OK;
}

int nw_save_rtnl_links(const struct nw_opts *o, FILE *const *file)
{
	(void)o;
	return dump(&nw_rtmsg_link, file, AF_UNSPEC, 0);
}

int nw_save_rtnl_addresses(const struct nw_opts *o, FILE *const *file)
{
	(void)o;
	return dump(&nw_rtmsg_addr, file, AF_UNSPEC, 0);
}

int nw_save_rtnl_routes(const struct nw_opts *o, FILE *const *file)
{
	(void)o;
	return dump(&nw_rtmsg_route, file, AF_UNSPEC, 0);
}

int nw_save_rtnl_nexthops(const struct nw_opts *o, FILE *const *file)
{
	(void)o;
	return dump(&nw_rtmsg_nexthop, file, AF_UNSPEC, 0);
}

int nw_save_rtnl_rules(const struct nw_opts *o, FILE *const *file)
{
	(void)o;
	return dump(&nw_rtmsg_rule, file, AF_UNSPEC, 0);
}

/* With those it answers for in the place of others. */
int nw_save_rtnl_neighbours(const struct nw_opts *o, FILE *const *file)
{
	(void)o;
	return dump(&nw_rtmsg_neigh, file, AF_UNSPEC, NTF_PROXY);
}

int nw_save_rtnl_tables(const struct nw_opts *o, FILE *const *file)
{
	(void)o;
	return dump(&nw_rtmsg_table, file, AF_UNSPEC, 0);
}

/* Which MAC address a bridge has learned where. */
int nw_save_rtnl_fdb(const struct nw_opts *o, FILE *const *file)
{
	(void)o;
	return dump(&nw_rtmsg_neigh, file, AF_BRIDGE, 0);
}
