// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/genetlink.h>
#include <linux/neighwatch.h>
#include <netlink/attr.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>

#include "nl.h"

atomic_bool nw_stop;

static int open_protocol(struct nw_nl *nl, int protocol)
{
	int one = 1;

	memset(nl, 0, offsetof(struct nw_nl, buf));
	nl->sk = nl_socket_alloc();
	if (!nl->sk)
		return -ENOMEM;
	if (nl_connect(nl->sk, protocol)) {
		int err = errno ? -errno : -EPROTONOSUPPORT;

		nw_nl_close(nl);
		return err;
	}
	nl->fd = nl_socket_get_fd(nl->sk);
	/* Kernels without them refuse; then there is less to tell. */
	setsockopt(nl->fd, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof(one));
	setsockopt(nl->fd, SOL_NETLINK, NETLINK_CAP_ACK, &one, sizeof(one));
	return 0;
}

int nw_nl_open(struct nw_nl *nl)
{
	return open_protocol(nl, NETLINK_GENERIC);
}

int nw_nl_open_route(struct nw_nl *nl)
{
	return open_protocol(nl, NETLINK_ROUTE);
}

void nw_nl_close(struct nw_nl *nl)
{
	if (nl->sk)
		nl_socket_free(nl->sk);
	nl->sk = NULL;
}

void nw_nl_buffer(struct nw_nl *nl, int bytes)
{
	if (setsockopt(nl->fd, SOL_SOCKET, SO_RCVBUFFORCE, &bytes,
		       sizeof(bytes)))
		setsockopt(nl->fd, SOL_SOCKET, SO_RCVBUF, &bytes,
			   sizeof(bytes));
}

/* The kernel's words stand in attributes behind the error number. */
static void read_extack(struct nw_nl *nl, const struct nlmsghdr *nlh,
			size_t skip)
{
	const struct nlattr *msg;
	int len = (int)nlh->nlmsg_len - (int)NLMSG_LENGTH(skip);

	nl->why[0] = '\0';
	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS) || len <= 0)
		return;
	msg = nla_find((const struct nlattr *)(const void *)
		       ((const char *)nlh + NLMSG_LENGTH(skip)),
		       len, NLMSGERR_ATTR_MSG);
	if (msg)
		nla_strlcpy(nl->why, msg, sizeof(nl->why));
}

/* An error of 0, an ACK, ends a request as an error does. */
static int read_error(struct nw_nl *nl, const struct nlmsghdr *nlh)
{
	const struct nlmsgerr *e = nlmsg_data(nlh);
	size_t skip = sizeof(*e);

	if (nlh->nlmsg_len < NLMSG_LENGTH(sizeof(*e)))
		return -EBADMSG;
	if (!(nlh->nlmsg_flags & NLM_F_CAPPED) &&
	    e->msg.nlmsg_len > sizeof(e->msg))
		skip += NLMSG_ALIGN(e->msg.nlmsg_len) - sizeof(e->msg);
	read_extack(nl, nlh, skip);
	return e->error;
}

/* A dump tells its error, if any, at its end. */
static int read_done(struct nw_nl *nl, const struct nlmsghdr *nlh)
{
	int err;

	if (nlh->nlmsg_len < NLMSG_LENGTH(sizeof(err)))
		return 0;
	memcpy(&err, nlmsg_data(nlh), sizeof(err));
	if (err)
		read_extack(nl, nlh, sizeof(err));
	return err;
}

/*
 * One datagram into @nl->buf. What did not come from the kernel is dropped:
 * any process may send to our port.
 */
static ssize_t receive(struct nw_nl *nl, int flags)
{
	struct sockaddr_nl from = { 0 };
	socklen_t len = sizeof(from);
	ssize_t n;

	do {
		if (nw_stop && !(flags & MSG_DONTWAIT))
			return -EINTR;
		n = recvfrom(nl->fd, nl->buf, sizeof(nl->buf),
			     flags | MSG_TRUNC, (struct sockaddr *)&from, &len);
	} while ((n < 0 && errno == EINTR) || (n >= 0 && from.nl_pid));
	if (n < 0)
		return -errno;
	return (size_t)n > sizeof(nl->buf) ? -EMSGSIZE : n;
}

/* One message of an answer; 1 when it was the last one. */
static int take_answer(struct nw_nl *nl, const struct nlmsghdr *nlh,
		       nw_msg_fn fn, void *arg, int *result)
{
	if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
		nl->interrupted = true;
	switch (nlh->nlmsg_type) {
	case NLMSG_ERROR:
		*result = read_error(nl, nlh);
		return 1;
	case NLMSG_DONE:
		*result = read_done(nl, nlh);
		return 1;
	case NLMSG_NOOP:
		return 0;
	default:
		*result = fn ? fn(arg, nlh) : 0;
		return *result != 0;
	}
}

/* All answers to the request numbered @seq. */
static int take_answers(struct nw_nl *nl, __u32 seq, nw_msg_fn fn,
			void *arg)
{
	const struct nlmsghdr *nlh;
	int result = 0;

	for (;;) {
		ssize_t n = receive(nl, 0);
		int rem;

		if (n < 0)
			return (int)n;
		rem = (int)n;
		for (nlh = (void *)nl->buf; nlmsg_ok(nlh, rem);
		     nlh = nlmsg_next((struct nlmsghdr *)(uintptr_t)nlh, &rem)) {
			if (nlh->nlmsg_seq != seq)
				continue;
			if (take_answer(nl, nlh, fn, arg, &result))
				return result;
		}
	}
}

struct nl_msg *nw_nl_request(const struct nw_nl *nl, __u8 cmd, bool dump)
{
	int flags = NLM_F_REQUEST | (dump ? NLM_F_DUMP : NLM_F_ACK);
	struct nl_msg *msg = nlmsg_alloc();

	if (msg && !genlmsg_put(msg, NL_AUTO_PORT, NL_AUTO_SEQ, nl->family, 0,
				flags, cmd, NW_GENL_VERSION)) {
		nlmsg_free(msg);
		msg = NULL;
	}
	return msg;
}

int nw_nl_transact(struct nw_nl *nl, struct nl_msg *msg, nw_msg_fn fn,
		   void *arg)
{
	int ret;

	if (!msg)
		return -ENOMEM;
	nl->why[0] = '\0';
	ret = nl_send_auto(nl->sk, msg);
	if (ret >= 0)
		ret = take_answers(nl, nlmsg_hdr(msg)->nlmsg_seq, fn, arg);
	else
		ret = errno ? -errno : -EIO;
	nlmsg_free(msg);
	return ret;
}

int nw_nl_receive(struct nw_nl *nl, nw_msg_fn fn, void *arg)
{
	const struct nlmsghdr *nlh;
	ssize_t n = receive(nl, MSG_DONTWAIT);
	int rem, ret = 0;

	if (n < 0)
		return (int)n;
	rem = (int)n;
	for (nlh = (void *)nl->buf; !ret && nlmsg_ok(nlh, rem);
	     nlh = nlmsg_next((struct nlmsghdr *)(uintptr_t)nlh, &rem))
		ret = fn(arg, nlh);
	return ret;
}

static void read_group(struct nw_nl *nl, struct nlattr *group)
{
	struct nlattr *tb[CTRL_ATTR_MCAST_GRP_MAX + 1];
	const char *name;
	int id;

	if (nla_parse_nested(tb, CTRL_ATTR_MCAST_GRP_MAX, group, NULL) ||
	    !tb[CTRL_ATTR_MCAST_GRP_NAME] || !tb[CTRL_ATTR_MCAST_GRP_ID])
		return;
	name = nla_get_string(tb[CTRL_ATTR_MCAST_GRP_NAME]);
	id = (int)nla_get_u32(tb[CTRL_ATTR_MCAST_GRP_ID]);
	if (!strcmp(name, NW_MCGRP_EVENTS))
		nl->group_events = id;
	else if (!strcmp(name, NW_MCGRP_ALL))
		nl->group_all = id;
}

static int read_family(void *arg, const struct nlmsghdr *nlh)
{
	struct nlattr *tb[CTRL_ATTR_MAX + 1], *group;
	struct nw_nl *nl = arg;
	int rem;

	if (genlmsg_parse((struct nlmsghdr *)(uintptr_t)nlh, 0, tb,
			  CTRL_ATTR_MAX, NULL) || !tb[CTRL_ATTR_FAMILY_ID])
		return -EBADMSG;
	nl->family = nla_get_u16(tb[CTRL_ATTR_FAMILY_ID]);
	if (tb[CTRL_ATTR_VERSION])
		nl->version = nla_get_u32(tb[CTRL_ATTR_VERSION]);
	if (tb[CTRL_ATTR_MCAST_GROUPS])
		nla_for_each_nested(group, tb[CTRL_ATTR_MCAST_GROUPS], rem)
			read_group(nl, group);
	return 0;
}

int nw_nl_resolve(struct nw_nl *nl)
{
	struct nl_msg *msg = nlmsg_alloc();

	nl->family = 0;
	nl->group_events = 0;
	nl->group_all = 0;
	if (!msg)
		return -ENOMEM;
	genlmsg_put(msg, NL_AUTO_PORT, NL_AUTO_SEQ, GENL_ID_CTRL, 0,
		    NLM_F_REQUEST | NLM_F_ACK, CTRL_CMD_GETFAMILY, 1);
	nla_put_string(msg, CTRL_ATTR_FAMILY_NAME, NW_GENL_NAME);
	return nw_nl_transact(nl, msg, read_family, nl);
}

int nw_nl_join(struct nw_nl *nl, int group)
{
	/* libnl makes one error of EPERM and others; the number is wanted. */
	if (setsockopt(nl->fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group,
		       sizeof(group)))
		return -errno;
	return 0;
}

int nw_nl_join_nlctrl(struct nw_nl *nl)
{
	/* The one group whose number is fixed, as its family's is. */
	return nw_nl_join(nl, GENL_ID_CTRL);
}

int nw_nl_family_news(const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	struct nlattr *tb[CTRL_ATTR_MAX + 1];

	if (nlh->nlmsg_type != GENL_ID_CTRL ||
	    genlmsg_parse((struct nlmsghdr *)(uintptr_t)nlh, 0, tb,
			  CTRL_ATTR_MAX, NULL) ||
	    !tb[CTRL_ATTR_FAMILY_NAME] ||
	    strcmp(nla_get_string(tb[CTRL_ATTR_FAMILY_NAME]), NW_GENL_NAME))
		return 0;
	if (genl->cmd == CTRL_CMD_NEWFAMILY)
		return 1;
	return genl->cmd == CTRL_CMD_DELFAMILY ? -1 : 0;
}

bool nw_nl_is_event(const struct nw_nl *nl, const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);

	return nl->family && nlh->nlmsg_type == nl->family &&
	       nlh->nlmsg_len >= NLMSG_LENGTH(GENL_HDRLEN) &&
	       genl->cmd == NW_CMD_EVENTS;
}
