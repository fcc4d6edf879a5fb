// SPDX-License-Identifier: GPL-2.0
/* Messages that make no sense: refused, with words that name the place. */
#include <errno.h>
#include <sys/socket.h>

#include <linux/genetlink.h>

#include "unit.h"
#include "decoded.h"
#include "message.h"

static void expect_refused(struct nl_msg *msg, const char *place)
{
	assert_int_equal(decode(msg), -EBADMSG);
	if (!strstr(dec.why, place))
		fail_msg("'%s' does not name '%s'", dec.why, place);
	assert_int_equal(dec.malformed, 1);
}

static void wrong_sizes_are_refused(void **state)
{
	struct nl_msg *msg = message_new();
	struct nlattr *record = message_record(msg, 9);

	(void)state;
	nla_put_u16(msg, NW_A_RECORD_CPU, 1);
	nla_nest_end(msg, record);
	expect_refused(msg, "item 1 of the message: record: attribute 5 (cpu) has 2 bytes, not 4");
}

static void wrong_address_is_refused(void **state)
{
	struct nl_msg *msg = message_new();
	struct nlattr *record = message_record(msg, 9), *body;

	(void)state;
	body = message_change(msg);
	nla_put(msg, NW_A_CHANGE_ADDR, 16, "0123456789abcdef");
	nla_nest_end(msg, body);
	nla_nest_end(msg, record);
	expect_refused(msg, "neigh: attribute 3 (addr) has 16 bytes, not 4");
}

static void long_values_are_refused(void **state)
{
	struct nl_msg *msg = message_new();
	struct nlattr *record = message_record(msg, 9);
	char name[41];

	(void)state;
	memset(name, 'x', 40);
	name[40] = '\0';
	nla_put_string(msg, NW_A_RECORD_DEV, name);
	nla_nest_end(msg, record);
	expect_refused(msg, "(dev) has 40 characters, at most 15");
}

static void string_without_end_is_refused(void **state)
{
	struct nl_msg *msg = message_new();
	struct nlattr *record = message_record(msg, 9);

	(void)state;
	nla_put(msg, NW_A_RECORD_DEV, 4, "eth0");
	nla_nest_end(msg, record);
	expect_refused(msg, "(dev) has no end of string");
}

static void long_lladdr_is_refused(void **state)
{
	struct nl_msg *msg = message_new();
	struct nlattr *record = message_record(msg, 9), *body;
	const char bytes[NW_LLADDR_MAX + 1] = "";

	(void)state;
	body = message_change(msg);
	nla_put(msg, NW_A_CHANGE_LLADDR, sizeof(bytes), bytes);
	nla_nest_end(msg, body);
	nla_nest_end(msg, record);
	expect_refused(msg, "(lladdr) has 33 bytes, at most 32");
}

static void empty_lladdr_is_refused(void **state)
{
	struct nl_msg *msg = message_new();
	struct nlattr *record = message_record(msg, 9), *body;

	(void)state;
	body = message_change(msg);
	nla_put(msg, NW_A_CHANGE_LLADDR, 0, NULL);
	nla_nest_end(msg, body);
	nla_nest_end(msg, record);
	expect_refused(msg, "(lladdr) is empty");
}

static void missing_values_are_refused(void **state)
{
	struct nl_msg *msg = message_new();
	struct nlattr *record = message_record(msg, 9), *body;

	(void)state;
	body = nla_nest_start(msg, NW_A_RECORD_NEIGH);
	nla_put_u8(msg, NW_A_CHANGE_FAMILY, AF_INET);
	nla_nest_end(msg, body);
	nla_nest_end(msg, record);
	expect_refused(msg, "record: neigh: attribute 3 (addr) is missing");
}

static void strange_family_is_refused(void **state)
{
	struct nl_msg *msg = message_new();
	struct nlattr *record = message_record(msg, 9), *body;

	(void)state;
	body = message_change(msg);
	nla_put_u8(msg, NW_A_CHANGE_FAMILY, 99);
	nla_nest_end(msg, body);
	nla_nest_end(msg, record);
	expect_refused(msg, "family 99");
}

static void two_bodies_are_refused(void **state)
{
	struct nl_msg *msg = message_new();
	struct nlattr *record = message_record(msg, 9), *body;

	(void)state;
	nla_nest_end(msg, message_change(msg));
	body = nla_nest_start(msg, NW_A_RECORD_LOST);
	nla_put_u64(msg, NW_A_LOST_COUNT, 1);
	nla_nest_end(msg, body);
	nla_nest_end(msg, record);
	expect_refused(msg, "is both neigh and lost");
}

static void long_prefix_is_refused(void **state)
{
	struct nl_msg *msg = message_new();
	struct nlattr *record = message_record(msg, 9), *body;

	(void)state;
	body = nla_nest_start(msg, NW_A_RECORD_ROUTE);
	nla_put_u8(msg, NW_A_ROUTE_CHANGE, NW_CHANGE_ADDED);
	nla_put_u8(msg, NW_A_ROUTE_FAMILY, AF_INET);
	nla_put(msg, NW_A_ROUTE_DST, 4, "\x0a\x00\x00\x00");
	nla_put_u8(msg, NW_A_ROUTE_DST_LEN, 33);
	nla_nest_end(msg, body);
	nla_nest_end(msg, record);
	expect_refused(msg, "prefix length 33 is out of range 0..32");
}

static void origin_is_needed(void **state)
{
	struct genlmsghdr genl = { .cmd = NW_CMD_EVENTS };
	struct nl_msg *msg = nlmsg_alloc();

	(void)state;
	nlmsg_put(msg, 0, 0, 0x20, 0, 0);
	nlmsg_append(msg, &genl, sizeof(genl), 4);
	message_neigh(msg, 1);
	expect_refused(msg, "message: attribute 2 (instance) is missing");
	assert_int_equal(kept.nr, 0);
}

#define T(name) cmocka_unit_test_setup(name, decode_fresh)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(wrong_sizes_are_refused), T(wrong_address_is_refused),
		T(long_values_are_refused), T(string_without_end_is_refused),
		T(long_lladdr_is_refused), T(empty_lladdr_is_refused),
		T(missing_values_are_refused),
		T(strange_family_is_refused), T(two_bodies_are_refused),
		T(long_prefix_is_refused), T(origin_is_needed),
	};

	return cmocka_run_group_tests_name("refused", tests, NULL, NULL);
}
