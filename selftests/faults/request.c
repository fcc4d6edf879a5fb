// SPDX-License-Identifier: GPL-2.0
/*
 * Requests of rtnetlink with everything at hand: what is refused while one runs
 * is refused to the kernel, the process needs no memory of its own.
 */
#include <sys/socket.h>
#include <linux/rtnetlink.h>
#include "nth.h"

static struct nl_msg *message;
static int fd;

void rt_prepare(struct nl_sock *rt, struct nl_msg *msg)
{
	struct nlmsghdr *hdr = nlmsg_hdr(msg);

	nlmsg_free(message);
	message = msg;
	fd = nl_socket_get_fd(rt);
	hdr->nlmsg_flags |= NLM_F_REQUEST | NLM_F_ACK;
	hdr->nlmsg_seq = nl_socket_use_seq(rt);
	hdr->nlmsg_pid = nl_socket_get_local_port(rt);
}

int rt_run(void)
{
	struct nlmsghdr *hdr = nlmsg_hdr(message);
	static char answer[8192];
	int error = EPROTO;

	if (send(fd, hdr, hdr->nlmsg_len, 0) < 0 || recv(fd, answer, sizeof(answer), 0) < 0)
		return errno;
	hdr = (void *)answer;
	if (hdr->nlmsg_type == NLMSG_ERROR)
		error = -((struct nlmsgerr *)nlmsg_data(hdr))->error;
	return error;
}
