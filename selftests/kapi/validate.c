// SPDX-License-Identifier: GPL-2.0
/*
 * Strict validation: a request that makes no sense is refused with the right
 * errno and with words.
 */
#include "kselftest_harness.h"
#include "kapi.h"

FIXTURE(validate)
{
	struct net net;
};

FIXTURE_SETUP(validate)
{
	const char *missing = net_setup(&self->net);

	ASSERT_EQ(NULL, missing) TH_LOG("%s", missing);
}

FIXTURE_TEARDOWN(validate)
{
	net_teardown(&self->net);
}

/* One attribute of a bad request. */
struct put {
	int type, length;
	const char *data;
};

#define ONE	"\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
#define U8(type, value)		{ type, 1, value }
#define IFINDEX			{ NW_A_IFINDEX, 4, ONE }
#define INET			U8(NW_A_FAMILY, "\x02")
#define INET6			U8(NW_A_FAMILY, "\x0a")
#define ADDR4			{ NW_A_ADDR, 4, "\xc0\x00\x02\x01" }
#define ADDR6			{ NW_A_ADDR, 16, ONE }
#define DO			0
#define DUMP			NLM_F_DUMP

struct bad {
	const char *name;
	int cmd, flags;
	int error;
	struct put put[5];
};

/* Send the bad request. The kernel's words are required, wherever it refuses. */
static void refuse(struct __test_metadata *_metadata, struct net *net, const struct bad *bad)
{
	struct nl_msg *msg = nw_request(&net->nw, bad->cmd, bad->flags);
	struct ack ack;
	int i;

	for (i = 0; i < 5 && bad->put[i].data; i++)
		nla_put(msg, bad->put[i].type, bad->put[i].length, bad->put[i].data);
	nw_talk(&net->nw, msg, NULL, NULL, &ack);
	EXPECT_EQ(bad->error, ack.error) {
		TH_LOG("%s: %s (%s)", bad->name, strerror(ack.error), ack.text);
	}
	EXPECT_NE(0, ack.text[0]) TH_LOG("%s: refused without words", bad->name);
	EXPECT_EQ(0, ack.messages) TH_LOG("%s: refused and answered", bad->name);
}

static void refuse_all(struct __test_metadata *_metadata, struct net *net,
		       const struct bad *bad)
{
	for (; bad->name; bad++)
		refuse(_metadata, net, bad);
}

static const int commands[] = { NW_CMD_STATS_GET, NW_CMD_NEIGH_GET, NW_CMD_LINK_GET,
				NW_CMD_NEXTHOP_GET, NW_CMD_HISTORY_GET };

/* The same bad attribute on every command, as do (where there is one) and dump. */
static void refuse_everywhere(struct __test_metadata *_metadata, struct net *net,
			      const char *name, struct put put)
{
	struct bad bad = { name, .error = EINVAL, .put = { put } };
	unsigned int i;

	for (i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		bad.cmd = commands[i];
		bad.flags = DUMP;
		refuse(_metadata, net, &bad);
		bad.flags = DO;
		if (net->nw.ops[commands[i]] & GENL_CMD_CAP_DO)
			refuse(_metadata, net, &bad);
	}
}

TEST_F(validate, unknown_attribute)
{
	refuse_everywhere(_metadata, &self->net, "unknown attribute",
			  (struct put){ NW_A_MAX + 1, 4, ONE });
}

TEST_F(validate, attribute_0)
{
	refuse_everywhere(_metadata, &self->net, "attribute 0",
			  (struct put){ NW_A_UNSPEC, 4, ONE });
}

TEST_F(validate, attributes_of_answers)
{
	refuse_everywhere(_metadata, &self->net, "PAD", (struct put){ NW_A_PAD, 4, ONE });
	refuse_everywhere(_metadata, &self->net, "INSTANCE",
			  (struct put){ NW_A_INSTANCE, 8, ONE });
	refuse_everywhere(_metadata, &self->net, "NEXT_SEQ",
			  (struct put){ NW_A_NEXT_SEQ, 8, ONE });
	refuse_everywhere(_metadata, &self->net, "RECORD",
			  (struct put){ NW_A_RECORD | NLA_F_NESTED, 4, ONE });
}

TEST_F(validate, wrong_length)
{
	static const struct bad bad[] = {
		{ "IFINDEX of 2 bytes", NW_CMD_LINK_GET, DO, EINVAL, { { NW_A_IFINDEX, 2, ONE } } },
		{ "IFINDEX of 8 bytes", NW_CMD_LINK_GET, DUMP, EINVAL,
		  { { NW_A_IFINDEX, 8, ONE } } },
		{ "IFINDEX of 0 bytes", NW_CMD_NEIGH_GET, DUMP, EINVAL,
		  { { NW_A_IFINDEX, 0, ONE } } },
		{ "FAMILY of 4 bytes", NW_CMD_NEIGH_GET, DUMP, EINVAL,
		  { { NW_A_FAMILY, 4, "\x02\0\0" } } },
		{ "SINCE_SEQ of 4 bytes", NW_CMD_HISTORY_GET, DUMP, EINVAL,
		  { { NW_A_SINCE_SEQ, 4, ONE } } },
		{ "SINCE_MONO of 4 bytes", NW_CMD_HISTORY_GET, DUMP, EINVAL,
		  { { NW_A_SINCE_MONO, 4, ONE } } },
		{ "TYPES of 8 bytes", NW_CMD_HISTORY_GET, DUMP, EINVAL,
		  { { NW_A_TYPES, 8, ONE } } },
		{ "NETNS_COOKIE of 4 bytes", NW_CMD_STATS_GET, DO, EINVAL,
		  { { NW_A_NETNS_COOKIE, 4, ONE } } },
		{ }
	};

	refuse_all(_metadata, &self->net, bad);
}

/*
 * Lengths in a range are refused with ERANGE by the kernel's own policies; both
 * say the same to a program, so both will do.
 */
TEST_F(validate, length_out_of_range)
{
	static const int lengths[] = { 0, 3, 5, 15, 17 };
	unsigned int i;

	for (i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		struct nl_msg *msg = nw_request(&self->net.nw, NW_CMD_NEIGH_GET, DUMP);
		struct ack ack;

		nla_put_u8(msg, NW_A_FAMILY, AF_INET);
		nla_put(msg, NW_A_ADDR, lengths[i], ONE);
		nw_talk(&self->net.nw, msg, NULL, NULL, &ack);
		EXPECT_TRUE(ack.error == EINVAL || ack.error == ERANGE) {
			TH_LOG("ADDR of %d bytes: %s", lengths[i], strerror(ack.error));
		}
		EXPECT_NE(0, ack.text[0]);
	}
}

TEST_F(validate, wrong_type)
{
	struct nl_msg *msg = nw_request(&self->net.nw, NW_CMD_STATS_GET, DUMP);
	struct ack ack;

	nla_put_u32(msg, NW_A_ALL_NETNS, 1);
	nw_talk(&self->net.nw, msg, NULL, NULL, &ack);
	EXPECT_TRUE(ack.error == EINVAL || ack.error == ERANGE) {
		TH_LOG("a flag with a value: %s", strerror(ack.error));
	}
	EXPECT_NE(0, ack.text[0]);
}

TEST_F(validate, addresses)
{
	static const struct bad bad[] = {
		{ "ADDR without FAMILY", NW_CMD_NEIGH_GET, DUMP, EINVAL, { ADDR4 } },
		{ "ADDR without FAMILY", NW_CMD_HISTORY_GET, DUMP, EINVAL, { ADDR4 } },
		{ "IPv4 ADDR, IPv6 FAMILY", NW_CMD_NEIGH_GET, DUMP, EINVAL, { INET6, ADDR4 } },
		{ "IPv6 ADDR, IPv4 FAMILY", NW_CMD_HISTORY_GET, DUMP, EINVAL, { INET, ADDR6 } },
		{ "FAMILY 0", NW_CMD_NEIGH_GET, DUMP, EAFNOSUPPORT, { U8(NW_A_FAMILY, "\0") } },
		{ "FAMILY 7", NW_CMD_NEXTHOP_GET, DUMP, EAFNOSUPPORT, { U8(NW_A_FAMILY, "\x07") } },
		{ "FAMILY 255", NW_CMD_HISTORY_GET, DUMP, EAFNOSUPPORT,
		  { U8(NW_A_FAMILY, "\xff") } },
		{ }
	};

	refuse_all(_metadata, &self->net, bad);
}

TEST_F(validate, prefixes)
{
	static const struct bad bad[] = {
		{ "PREFIX_LEN without ADDR", NW_CMD_NEIGH_GET, DUMP, EINVAL,
		  { INET, U8(NW_A_PREFIX_LEN, "\x08") } },
		{ "IPv4 prefix of 33", NW_CMD_NEIGH_GET, DUMP, ERANGE,
		  { INET, ADDR4, U8(NW_A_PREFIX_LEN, "\x21") } },
		{ "IPv4 prefix of 33", NW_CMD_HISTORY_GET, DUMP, ERANGE,
		  { INET, ADDR4, U8(NW_A_PREFIX_LEN, "\x21") } },
		{ "IPv6 prefix of 129", NW_CMD_HISTORY_GET, DUMP, ERANGE,
		  { INET6, ADDR6, U8(NW_A_PREFIX_LEN, "\x81") } },
		{ }
	};

	refuse_all(_metadata, &self->net, bad);
}

TEST_F(validate, attributes_of_other_commands)
{
	static const struct bad bad[] = {
		{ "SINCE_SEQ", NW_CMD_NEIGH_GET, DUMP, EINVAL, { { NW_A_SINCE_SEQ, 8, ONE } } },
		{ "SINCE_SEQ", NW_CMD_STATS_GET, DO, EINVAL, { { NW_A_SINCE_SEQ, 8, ONE } } },
		{ "SINCE_MONO", NW_CMD_LINK_GET, DUMP, EINVAL, { { NW_A_SINCE_MONO, 8, ONE } } },
		{ "TYPES", NW_CMD_NEXTHOP_GET, DUMP, EINVAL, { { NW_A_TYPES, 4, "\x02\0\0" } } },
		{ "FAMILY", NW_CMD_LINK_GET, DUMP, EINVAL, { INET } },
		{ "IFINDEX", NW_CMD_STATS_GET, DO, EINVAL, { IFINDEX } },
		{ "IFINDEX", NW_CMD_STATS_GET, DUMP, EINVAL, { IFINDEX } },
		{ "ADDR", NW_CMD_NEXTHOP_GET, DUMP, EINVAL, { INET, ADDR4 } },
		{ "PREFIX_LEN", NW_CMD_NEIGH_GET, DO, EINVAL,
		  { IFINDEX, INET, ADDR4, U8(NW_A_PREFIX_LEN, "\x18") } },
		{ "ALL_NETNS", NW_CMD_NEIGH_GET, DO, EINVAL,
		  { IFINDEX, INET, ADDR4, { NW_A_ALL_NETNS, 0, ONE } } },
		{ "ALL_NETNS", NW_CMD_STATS_GET, DO, EINVAL, { { NW_A_ALL_NETNS, 0, ONE } } },
		{ }
	};

	refuse_all(_metadata, &self->net, bad);
}

TEST_F(validate, a_get_that_does_not_say_of_what)
{
	static const struct bad bad[] = {
		{ "neighbour without IFINDEX", NW_CMD_NEIGH_GET, DO, EINVAL, { INET, ADDR4 } },
		{ "neighbour without FAMILY", NW_CMD_NEIGH_GET, DO, EINVAL, { IFINDEX, ADDR4 } },
		{ "neighbour without ADDR", NW_CMD_NEIGH_GET, DO, EINVAL, { IFINDEX, INET } },
		{ "link without IFINDEX", NW_CMD_LINK_GET, DO, EINVAL },
		{ }
	};

	refuse_all(_metadata, &self->net, bad);
}

TEST_F(validate, types)
{
	static const struct bad bad[] = {
		{ "type 0", NW_CMD_HISTORY_GET, DUMP, EINVAL, { { NW_A_TYPES, 4, ONE } } },
		{ "a type that is not there", NW_CMD_HISTORY_GET, DUMP, EINVAL,
		  { { NW_A_TYPES, 4, "\0\0\0\x80" } } },
		{ }
	};

	refuse_all(_metadata, &self->net, bad);
}

static int send_command(struct net *net, int cmd, int flags, struct ack *ack)
{
	return nw_talk(&net->nw, nw_request(&net->nw, cmd, flags), NULL, NULL, ack);
}

TEST_F(validate, commands_that_are_not_there)
{
	struct ack ack;

	EXPECT_EQ(-EOPNOTSUPP, send_command(&self->net, NW_CMD_MAX + 1, DO, &ack));
	EXPECT_EQ(-EOPNOTSUPP, send_command(&self->net, NW_CMD_UNSPEC, DO, &ack));
	EXPECT_EQ(-EOPNOTSUPP, send_command(&self->net, NW_CMD_EVENTS, DO, &ack));
	EXPECT_EQ(-EOPNOTSUPP, send_command(&self->net, NW_CMD_EVENTS, DUMP, &ack));
	EXPECT_EQ(-EOPNOTSUPP, send_command(&self->net, NW_CMD_HISTORY_GET, DO, &ack));
	EXPECT_EQ(-EOPNOTSUPP, send_command(&self->net, NW_CMD_NEXTHOP_GET, DO, &ack));
}

TEST_F(validate, bytes_after_the_attributes)
{
	struct nl_msg *msg = nw_request(&self->net.nw, NW_CMD_STATS_GET, DO);
	struct ack ack;

	nlmsg_append(msg, ONE, 3, 0);
	nw_talk(&self->net.nw, msg, NULL, NULL, &ack);
	EXPECT_EQ(EINVAL, ack.error);
	EXPECT_NE(0, ack.text[0]);
}

TEST_F(validate, reserved_field_of_the_header)
{
	struct nl_msg *msg = nw_request(&self->net.nw, NW_CMD_STATS_GET, DO);
	struct genlmsghdr *genl = nlmsg_data(nlmsg_hdr(msg));
	struct ack ack;

	genl->reserved = 1;
	nw_talk(&self->net.nw, msg, NULL, NULL, &ack);
	/* Checked by generic netlink itself, from 6.1 on. */
	if (!ack.error)
		SKIP(return, "this kernel does not check it");
	EXPECT_EQ(EINVAL, ack.error);
}

TEST_HARNESS_MAIN
