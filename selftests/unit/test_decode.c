// SPDX-License-Identifier: GPL-2.0
/* Messages made with libnl: whole, cut, strange. */
#include <errno.h>
#include <sys/socket.h>

#include <linux/neighbour.h>

#include "unit.h"
#include "decoded.h"
#include "message.h"

static void complete_message(void **state)
{
	struct nl_msg *msg = message_new();
	const struct nw_event *ev = &kept.item[1].event;

	(void)state;
	message_neigh(msg, 41);
	message_neigh(msg, 42);
	assert_int_equal(decode(msg), 0);
	assert_int_equal(kept.nr, 3);
	assert_int_equal(kept.item[0].kind, NW_ITEM_ORIGIN);
	assert_int_equal(kept.item[0].origin.next_seq, 100);
	assert_int_equal(ev->type, NW_TYPE_NEIGH);
	assert_true(ev->origin.instance == TEST_INSTANCE);
	assert_int_equal(ev->origin.netns_cookie, TEST_COOKIE);
	assert_int_equal(ev->origin.netns, TEST_INO);
	assert_int_equal(ev->seq, 41);
	assert_true(ev->mono == TEST_MONO && ev->real == TEST_REAL);
	assert_int_equal(ev->cpu, 1);
	assert_int_equal(ev->ifindex, 2);
	assert_string_equal(ev->dev, "eth0");
	assert_int_equal(ev->cause, NW_CAUSE_TRANSMIT);
	assert_int_equal(ev->flags, NW_F_GATEWAY);
	assert_int_equal(ev->neigh.family, AF_INET);
	assert_int_equal(ev->neigh.addr.len, 4);
	assert_int_equal(ev->neigh.addr.b[3], 1);
	assert_int_equal(ev->neigh.old, NUD_STALE);
	assert_int_equal(ev->neigh.new, NUD_DELAY);
	assert_int_equal(ev->neigh.lladdr.len, 6);
	assert_int_equal(ev->neigh.old_lladdr.b[5], 2);
	assert_true(ev->neigh.dwell == 41204000000);
	assert_true(NW_HAS(&ev->neigh, NW_A_CHANGE_PROBES));
	assert_false(NW_HAS(&ev->neigh, NW_A_CHANGE_CONFIRMED));
	assert_int_equal(kept.item[2].event.seq, 42);
	assert_int_equal(dec.skipped_attrs + dec.skipped_types +
			 dec.unknown_values, 0);
}

/* Whatever is cut off: an error or fewer items, never a read beyond. */
static void truncated_message(void **state)
{
	struct nl_msg *msg = message_new();
	const struct nlmsghdr *nlh;
	unsigned int whole = 0;
	size_t len;

	(void)state;
	message_neigh(msg, 41);
	nlh = nlmsg_hdr(msg);
	for (len = sizeof(*nlh); len < nlh->nlmsg_len; len++)
		whole += !decode_bytes(nlh, len) && kept.nr > 1;
	assert_int_equal(whole, 0);
	assert_int_equal(decode_bytes(nlh, nlh->nlmsg_len), 0);
	nlmsg_free(msg);
}

/* Every byte of a message changed to each of some values. */
static void damaged_message(void **state)
{
	static const unsigned char values[] = { 0, 1, 3, 0x7f, 0x80, 0xff };
	struct nl_msg *msg = message_new();
	unsigned char *bytes;
	size_t i, v, len;

	(void)state;
	message_neigh(msg, 41);
	len = nlmsg_hdr(msg)->nlmsg_len;
	bytes = (unsigned char *)nlmsg_hdr(msg);
	for (i = sizeof(struct nlmsghdr); i < len; i++) {
		unsigned char before = bytes[i];

		for (v = 0; v < sizeof(values); v++) {
			int ret;

			bytes[i] = values[v];
			ret = decode_bytes(bytes, len);
			assert_true(!ret || ret == -EBADMSG);
		}
		bytes[i] = before;
	}
	nlmsg_free(msg);
}

static void unknown_attributes_are_skipped(void **state)
{
	struct nl_msg *msg = message_new();
	struct nlattr *record = message_record(msg, 1);
	struct nlattr *change = message_change(msg);

	(void)state;
	nla_put_u32(msg, NW_A_CHANGE_MAX + 1, 5);
	nla_nest_end(msg, change);
	nla_put_string(msg, NW_A_RECORD_MAX + 7, "future");
	nla_nest_end(msg, record);
	nla_put_u8(msg, NW_A_MAX + 1, 1);
	nla_put(msg, NW_A_PAD, 0, NULL);
	assert_int_equal(decode(msg), 0);
	assert_int_equal(kept.nr, 2);
	assert_int_equal(kept.item[1].event.type, NW_TYPE_NEIGH);
	assert_int_equal(dec.skipped_attrs, 3);
}

/* Its number still counts, or there would be a gap. */
static void unknown_type_keeps_its_number(void **state)
{
	struct nl_msg *msg = message_new();
	struct nlattr *record = message_record(msg, 9);

	(void)state;
	nla_nest_end(msg, nla_nest_start(msg, NW_A_RECORD_MAX + 1));
	nla_put_u32(msg, NW_A_RECORD_MAX + 1, 1);
	nla_nest_end(msg, record);
	assert_int_equal(decode(msg), 0);
	assert_int_equal(kept.nr, 2);
	assert_int_equal(kept.item[1].event.type, NW_TYPE_UNKNOWN);
	assert_int_equal(kept.item[1].event.seq, 9);
	assert_int_equal(dec.skipped_types, 1);
}

static void unknown_value_stays_a_number(void **state)
{
	struct nl_msg *msg = message_new();
	struct nlattr *record = message_record(msg, 9), *body;

	(void)state;
	nla_put_u8(msg, NW_A_RECORD_CAUSE, 200);
	body = nla_nest_start(msg, NW_A_RECORD_CARRIER);
	nla_put_u8(msg, NW_A_CARRIER_NEW, 77);
	nla_nest_end(msg, body);
	nla_nest_end(msg, record);
	assert_int_equal(decode(msg), 0);
	assert_int_equal(kept.item[1].event.cause, 200);
	assert_int_equal(kept.item[1].event.carrier.new, 77);
	assert_int_equal(dec.unknown_values, 2);
}

static void put_neigh(struct nl_msg *msg, unsigned int steps)
{
	struct nlattr *neigh = nla_nest_start(msg, NW_A_NEIGH), *nest;
	unsigned int i;

	nla_put_u32(msg, NW_A_NEIGH_IFINDEX, 2);
	nla_put_u8(msg, NW_A_NEIGH_FAMILY, AF_INET);
	nla_put(msg, NW_A_NEIGH_ADDR, 4, "\x0a\x09\x00\x01");
	nla_put_u8(msg, NW_A_NEIGH_STATE, NUD_FAILED);
	for (i = 0; i < steps; i++) {
		nest = nla_nest_start(msg, NW_A_NEIGH_LAST);
		nla_put_u64(msg, NW_A_STEP_MONO, 1000 + i);
		nla_put_u8(msg, NW_A_STEP_OLD, NUD_PROBE);
		nla_put_u8(msg, NW_A_STEP_NEW, NUD_FAILED);
		nla_nest_end(msg, nest);
	}
	nest = nla_nest_start(msg, NW_A_NEIGH_OUTAGE);
	nla_put_u64(msg, NW_A_OUTAGE_BEGIN, 7);
	nla_put(msg, NW_A_OUTAGE_PATH, 3, "\x04\x10\x20");
	nla_nest_end(msg, nest);
	nla_nest_end(msg, neigh);
}

static void neighbour_with_its_past(void **state)
{
	struct nl_msg *msg = message_new();
	const struct nw_neigh *n = &kept.item[1].neigh;

	(void)state;
	put_neigh(msg, 3);
	assert_int_equal(decode(msg), 0);
	assert_int_equal(kept.item[1].kind, NW_ITEM_NEIGH);
	assert_int_equal(n->nr_last, 3);
	assert_int_equal(n->last[2].mono, 1002);
	assert_int_equal(n->nr_outage, 1);
	assert_int_equal(n->outage[0].path.len, 3);
	assert_int_equal(n->outage[0].path.nud[2], NUD_FAILED);
	assert_false(NW_HAS(&n->outage[0], NW_A_OUTAGE_END));
}

static void more_than_kept_is_counted(void **state)
{
	struct nl_msg *msg = message_new();

	(void)state;
	put_neigh(msg, NW_STEPS + 2);
	assert_int_equal(decode(msg), 0);
	assert_int_equal(kept.item[1].neigh.nr_last, NW_STEPS);
	assert_int_equal(dec.skipped_attrs, 2);
}

#define T(name) cmocka_unit_test_setup(name, decode_fresh)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(complete_message), T(truncated_message), T(damaged_message),
		T(unknown_attributes_are_skipped),
		T(unknown_type_keeps_its_number),
		T(unknown_value_stays_a_number), T(neighbour_with_its_past),
		T(more_than_kept_is_counted),
	};

	return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
