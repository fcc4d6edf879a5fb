// SPDX-License-Identifier: GPL-2.0
/*
 * dump COMMAND, get COMMAND, read FILE - a reader asks. An answer is whole or it
 * ends in an error, and once its socket or file is closed nothing holds the
 * module.
 */
#include <fcntl.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <linux/rtnetlink.h>
#include <unistd.h>
#include "nth.h"

#define BUFFER (256 * 1024)

static struct nw nw;
static int command, flags, references;
static unsigned int messages, usual;
static char *buffer;
static const char *path;
static int file = -1;
static uint8_t neigh_addr[4] = { 192, 0, 2, 1 };
static uint32_t neigh_dev;

static const struct {
	const char *name;
	int command;
} commands[] = {
	{ "stats", NW_CMD_STATS_GET },
	{ "neigh", NW_CMD_NEIGH_GET },
	{ "link", NW_CMD_LINK_GET },
	{ "nexthop", NW_CMD_NEXTHOP_GET },
	{ "history", NW_CMD_HISTORY_GET },
};

static struct nl_msg *request;

/* Ready to be sent: the process then asks the kernel for no memory of its own. */
static void make_request(void)
{
	struct nlmsghdr *hdr;

	request = nw_request(&nw, command, flags);
	if (!flags && command != NW_CMD_STATS_GET)
		nla_put_u32(request, NW_A_IFINDEX, neigh_dev);
	if (!flags && command == NW_CMD_NEIGH_GET) {
		nla_put_u8(request, NW_A_FAMILY, 2);
		nla_put(request, NW_A_ADDR, sizeof(neigh_addr), neigh_addr);
	}
	/* Records come all the time; these are those there are. */
	hdr = nlmsg_hdr(request);
	hdr->nlmsg_flags |= NLM_F_REQUEST | NLM_F_ACK;
	hdr->nlmsg_seq = nl_socket_use_seq(nw.sock);
	hdr->nlmsg_pid = nl_socket_get_local_port(nw.sock);
}

static void prepare_ask(unsigned int nth)
{
	struct timeval patience = { .tv_sec = 20 };

	if (nw_open(&nw))
		give_up("no family neighwatch");
	setsockopt(nw.fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	make_request();
}

/* Return: 1 at the end of the answer, 0, or a negative errno. */
static int take(int length)
{
	struct nlmsghdr *hdr;

	for (hdr = (void *)buffer; nlmsg_ok(hdr, length); hdr = nlmsg_next(hdr, &length)) {
		if (hdr->nlmsg_type == NLMSG_ERROR || hdr->nlmsg_type == NLMSG_DONE) {
			int error = *(int *)nlmsg_data(hdr);

			return error < 0 ? error : 1;
		}
		messages++;
	}
	return 0;
}

static int run_ask(void)
{
	struct nlmsghdr *hdr = nlmsg_hdr(request);
	int got, end;

	messages = 0;
	if (send(nw.fd, hdr, hdr->nlmsg_len, 0) < 0)
		return errno;
	for (;;) {
		got = recv(nw.fd, buffer, BUFFER, 0);
		if (got < 0)
			return errno == EAGAIN ? ETIMEDOUT : errno;
		end = take(got);
		if (end)
			return end < 0 ? -end : 0;
	}
}

/* A dump ends with its socket, a little later. */
static bool is_released(void)
{
	uint64_t deadline = deadline_in(2000);

	while (module_references() != references) {
		if (now_mono() > deadline)
			return false;
		usleep(1000);
	}
	return true;
}

static const char *judge_ask(struct attempt *attempt)
{
	nlmsg_free(request);
	nw_close(&nw);
	if (!is_released())
		return "it still holds the module";
	if (!attempt->error && messages < usual)
		return "an answer that is not whole, and no error";
	return NULL;
}

static void measure(void)
{
	prepare_ask(0);
	if (run_ask() || !messages)
		give_up("no answer with all memory there is");
	usual = messages;
	nlmsg_free(request);
	nw_close(&nw);
	printf("%u messages\n", usual);
}

static void open_ask(char **args)
{
	struct nl_sock *rt = rt_open();
	size_t i;

	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (!strcmp(commands[i].name, args[0]))
			command = commands[i].command;
	buffer = malloc(BUFFER);
	if (!command || !buffer)
		give_up(args[0]);
	memset(buffer, 0, BUFFER);
	rt_link_del(rt, if_nametoindex("asked"));
	neigh_dev = rt_dummy(rt, "asked");
	/* Enough for a dump of several messages. */
	for (i = 0; i < 200; i++) {
		char addr[20];

		snprintf(addr, sizeof(addr), "192.0.2.%zu", i + 1);
		rt_neigh(rt, neigh_dev, addr, NUD_PERMANENT, "02:00:00:00:00:01");
	}
	/* And a next hop, for a list of them. */
	if (rt_addr(rt, neigh_dev, "192.0.2.254", 24, true) ||
	    rt_route(rt, neigh_dev, "198.51.100.0", 24, "192.0.2.1", true))
		give_up("no route");
	nl_socket_free(rt);
	references = module_references();
	measure();
}

static void open_dump(char **args)
{
	flags = NLM_F_DUMP;
	open_ask(args);
}

static int run_read(void)
{
	ssize_t got;
	char *at;

	messages = 0;
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return errno;
	while ((got = read(file, buffer, BUFFER)) > 0)
		for (at = buffer; (at = memchr(at, '\n', buffer + got - at)); at++)
			messages++;
	return got < 0 ? errno : 0;
}

static const char *judge_read(struct attempt *attempt)
{
	if (file >= 0)
		close(file);
	file = -1;
	if (!is_released())
		return "it still holds the module";
	if (!attempt->error && messages < usual)
		return "fewer lines than there are, and no error";
	return NULL;
}

static void open_read(char **args)
{
	path = args[0];
	buffer = malloc(BUFFER);
	references = module_references();
	if (!buffer || run_read() || !messages)
		give_up(path);
	close(file);
	usual = messages;
	printf("%u lines\n", usual);
}

const struct operation ask_operations[] = {
	{ "dump", 1, open_dump, prepare_ask, run_ask, judge_ask },
	{ "get", 1, open_ask, prepare_ask, run_ask, judge_ask },
	{ "read", 1, open_read, NULL, run_read, judge_read },
	{ }
};
