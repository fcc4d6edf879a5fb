// SPDX-License-Identifier: GPL-2.0
/* Sockets of the family: requests, answers, refusals, multicast. */
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "kapi.h"

#define BUFFER (256 * 1024)

uint64_t now_mono(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * NS_PER_S + ts.tv_nsec;
}

/* $NW_SLOW: how much slower this kernel is than others. */
static unsigned int slowness(void)
{
	const char *text = getenv("NW_SLOW");
	unsigned long factor = text ? strtoul(text, NULL, 10) : 1;

	return factor >= 1 && factor <= 100 ? factor : 1;
}

uint64_t deadline_in(unsigned int ms)
{
	return now_mono() + slowness() * ms * NS_PER_MS;
}

static void *or_die(void *memory)
{
	if (!memory)
		abort();
	return memory;
}

static void option(int fd, int name, int value)
{
	setsockopt(fd, SOL_NETLINK, name, &value, sizeof(value));
}

static void get_groups(struct nlattr *groups, struct nw *nw)
{
	struct nlattr *tb[CTRL_ATTR_MCAST_GRP_MAX + 1], *group;
	int left;

	nla_for_each_nested(group, groups, left) {
		nla_parse_nested(tb, CTRL_ATTR_MCAST_GRP_MAX, group, NULL);
		if (!tb[CTRL_ATTR_MCAST_GRP_NAME] || !tb[CTRL_ATTR_MCAST_GRP_ID])
			continue;
		if (!nla_strcmp(tb[CTRL_ATTR_MCAST_GRP_NAME], NW_MCGRP_EVENTS))
			nw->events = nla_get_u32(tb[CTRL_ATTR_MCAST_GRP_ID]);
		if (!nla_strcmp(tb[CTRL_ATTR_MCAST_GRP_NAME], NW_MCGRP_ALL))
			nw->all = nla_get_u32(tb[CTRL_ATTR_MCAST_GRP_ID]);
	}
}

static void get_ops(struct nlattr *ops, struct nw *nw)
{
	struct nlattr *tb[CTRL_ATTR_OP_MAX + 1], *op;
	uint32_t id;
	int left;

	nla_for_each_nested(op, ops, left) {
		nla_parse_nested(tb, CTRL_ATTR_OP_MAX, op, NULL);
		if (!tb[CTRL_ATTR_OP_ID] || !tb[CTRL_ATTR_OP_FLAGS])
			continue;
		id = nla_get_u32(tb[CTRL_ATTR_OP_ID]);
		if (id <= NW_CMD_MAX)
			nw->ops[id] = nla_get_u32(tb[CTRL_ATTR_OP_FLAGS]);
	}
}

/* One message of an answer: its end goes to @ack, everything else to the caller. */
static bool is_end(struct nlmsghdr *hdr, struct ack *ack)
{
	struct nlattr *tb[NLMSGERR_ATTR_MAX + 1];
	struct nlmsgerr *err = nlmsg_data(hdr);
	int skip = sizeof(int);

	if (hdr->nlmsg_type != NLMSG_ERROR && hdr->nlmsg_type != NLMSG_DONE)
		return false;
	ack->error = -err->error;
	if (hdr->nlmsg_type == NLMSG_ERROR) {
		skip = sizeof(*err);
		if (!(hdr->nlmsg_flags & NLM_F_CAPPED))
			skip += err->msg.nlmsg_len - NLMSG_HDRLEN;
	}
	skip = NLMSG_ALIGN(skip);
	if (!(hdr->nlmsg_flags & NLM_F_ACK_TLVS) || nlmsg_datalen(hdr) <= skip)
		return true;
	nla_parse(tb, NLMSGERR_ATTR_MAX, (void *)((char *)err + skip),
		  nlmsg_datalen(hdr) - skip, NULL);
	if (tb[NLMSGERR_ATTR_MSG])
		nla_strlcpy(ack->text, tb[NLMSGERR_ATTR_MSG], sizeof(ack->text));
	return true;
}

typedef void (*on_message)(struct nlmsghdr *hdr, void *arg);

/* Read until the end of the answer to one request. */
static int read_answer(int fd, uint32_t seq, on_message each, void *arg,
		       struct ack *ack)
{
	char *buffer = or_die(malloc(BUFFER));
	struct nlmsghdr *hdr;
	int length;

	for (;;) {
		length = recv(fd, buffer, BUFFER, 0);
		if (length < 0 && errno == EINTR)
			continue;
		if (length < 0)
			break;
		for (hdr = (void *)buffer; nlmsg_ok(hdr, length);
		     hdr = nlmsg_next(hdr, &length)) {
			if (hdr->nlmsg_seq != seq)
				continue;
			ack->interrupted |= !!(hdr->nlmsg_flags & NLM_F_DUMP_INTR);
			if (is_end(hdr, ack)) {
				free(buffer);
				return -ack->error;
			}
			ack->messages++;
			if (each)
				each(hdr, arg);
		}
	}
	ack->error = errno;
	free(buffer);
	return -ack->error;
}

static int talk(struct nl_sock *sock, struct nl_msg *msg, on_message each,
		void *arg, struct ack *ack)
{
	struct nlmsghdr *hdr = nlmsg_hdr(msg);

	memset(ack, 0, sizeof(*ack));
	hdr->nlmsg_flags |= NLM_F_REQUEST | NLM_F_ACK;
	hdr->nlmsg_seq = nl_socket_use_seq(sock);
	hdr->nlmsg_pid = nl_socket_get_local_port(sock);
	if (send(nl_socket_get_fd(sock), hdr, hdr->nlmsg_len, 0) < 0)
		ack->error = errno;
	else
		read_answer(nl_socket_get_fd(sock), hdr->nlmsg_seq, each, arg, ack);
	nlmsg_free(msg);
	return -ack->error;
}

int nl_talk_ack(struct nl_sock *sock, struct nl_msg *msg, struct ack *ack)
{
	return talk(sock, msg, NULL, NULL, ack);
}

static void on_family(struct nlmsghdr *hdr, void *arg)
{
	struct nlattr *tb[CTRL_ATTR_MAX + 1];
	struct nw *nw = arg;

	genlmsg_parse(hdr, 0, tb, CTRL_ATTR_MAX, NULL);
	if (tb[CTRL_ATTR_FAMILY_ID])
		nw->family = nla_get_u16(tb[CTRL_ATTR_FAMILY_ID]);
	if (tb[CTRL_ATTR_VERSION])
		nw->version = nla_get_u32(tb[CTRL_ATTR_VERSION]);
	if (tb[CTRL_ATTR_MCAST_GROUPS])
		get_groups(tb[CTRL_ATTR_MCAST_GROUPS], nw);
	if (tb[CTRL_ATTR_OPS])
		get_ops(tb[CTRL_ATTR_OPS], nw);
}

static int resolve(struct nw *nw)
{
	struct nl_msg *msg = or_die(nlmsg_alloc());
	struct ack ack;

	genlmsg_put(msg, 0, 0, GENL_ID_CTRL, 0, 0, CTRL_CMD_GETFAMILY, 1);
	nla_put_string(msg, CTRL_ATTR_FAMILY_NAME, NW_GENL_NAME);
	return talk(nw->sock, msg, on_family, nw, &ack);
}

int nw_open(struct nw *nw)
{
	memset(nw, 0, sizeof(*nw));
	nw->sock = or_die(nl_socket_alloc());
	if (genl_connect(nw->sock))
		return -errno;
	nw->fd = nl_socket_get_fd(nw->sock);
	option(nw->fd, NETLINK_EXT_ACK, 1);
	option(nw->fd, NETLINK_CAP_ACK, 1);
	option(nw->fd, NETLINK_GET_STRICT_CHK, 1);
	return resolve(nw);
}

void nw_close(struct nw *nw)
{
	nl_socket_free(nw->sock);
	nw->sock = NULL;
}

int nw_join(struct nw *nw, int group)
{
	if (setsockopt(nw->fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group,
		       sizeof(group)))
		return -errno;
	return 0;
}

void nw_rcvbuf(struct nw *nw, int bytes)
{
	setsockopt(nw->fd, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof(bytes));
}

struct nl_msg *nw_request(struct nw *nw, int cmd, int flags)
{
	struct nl_msg *msg = or_die(nlmsg_alloc());

	genlmsg_put(msg, 0, 0, nw->family, 0, flags, cmd, NW_GENL_VERSION);
	return msg;
}

struct answer_to {
	nw_answer answer;
	void *arg;
};

static void on_answer(struct nlmsghdr *hdr, void *arg)
{
	struct genlmsghdr *genl = nlmsg_data(hdr);
	struct answer_to *to = arg;
	struct answer answer = {
		.first = genlmsg_attrdata(genl, 0),
		.length = genlmsg_attrlen(genl, 0),
	};
	struct nlattr *attr;
	int left;

	nla_for_each_attr(attr, answer.first, answer.length, left) {
		if (nla_type(attr) == NW_A_UNSPEC || nla_type(attr) > NW_A_MAX)
			answer.malformed = true;
		else
			answer.attrs[nla_type(attr)] = attr;
	}
	answer.malformed |= left != 0;
	if (to->answer)
		to->answer(&answer, to->arg);
}

int nw_talk(struct nw *nw, struct nl_msg *msg, nw_answer answer, void *arg,
	    struct ack *ack)
{
	struct answer_to to = { answer, arg };

	return talk(nw->sock, msg, on_answer, &to, ack);
}

static int hand_over(char *buffer, int length, int family, nw_answer answer,
		     void *arg)
{
	struct answer_to to = { answer, arg };
	struct nlmsghdr *hdr;
	int messages = 0;

	for (hdr = (void *)buffer; nlmsg_ok(hdr, length);
	     hdr = nlmsg_next(hdr, &length)) {
		if (hdr->nlmsg_type != family)
			continue;
		on_answer(hdr, &to);
		messages++;
	}
	return messages;
}

int nw_receive(struct nw *nw, uint64_t deadline, nw_answer answer, void *arg)
{
	struct pollfd ready = { .fd = nw->fd, .events = POLLIN };
	char *buffer = or_die(malloc(BUFFER));
	int length, messages = 0;
	uint64_t now;

	while (!messages && (now = now_mono()) < deadline) {
		if (poll(&ready, 1, (deadline - now) / NS_PER_MS + 1) <= 0)
			continue;
		length = recv(nw->fd, buffer, BUFFER, MSG_DONTWAIT);
		if (length < 0 && errno == ENOBUFS)
			messages = -ENOBUFS;
		else if (length > 0)
			messages = hand_over(buffer, length, nw->family, answer, arg);
	}
	free(buffer);
	return messages;
}
