// SPDX-License-Identifier: GPL-2.0
/* gateway-unconfirmed: after a move upper layers alone speak for the new owner. */
#include "unit.h"
#include "stream.h"

#define GW	STREAM_GATEWAY

static const char *const moved[] = {
	"10 neigh " GW " REACHABLE STALE packet mac bb from aa",
	"11 neigh " GW " STALE DELAY transmit",
	"16 neigh " GW " DELAY REACHABLE upper-layer",
	NULL
};

static void upper_layer_alone_confirms(void **state)
{
	static const char *const want[] = {
		"40.000 open info gateway-unconfirmed",
		"90.000 raised warn gateway-unconfirmed",
		"100.000 cleared warn gateway-unconfirmed", NULL
	};
	const struct nw_finding *f;
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	stream_play(&s, moved);
	stream_until(&s, 80);
	f = stream_last(&s, "gateway-unconfirmed");
	assert_string_equal(f->hint,
			    "ip neigh change 10.0.0.1 lladdr 02:00:00:00:00:bb dev eth0 nud probe");
	assert_int_equal(f->nr_lladdrs, 2);
	stream_add(&s, "90 offer " GW " REACHABLE aa override");
	stream_add(&s, "100 confirm " GW " REACHABLE heard");
	stream_expect_id(&s, "gateway-unconfirmed", want);
	stream_close(&s);
}

/* keepalived announces itself again 5 s after the announcement that moved it. */
static void an_announcement_repeated_is_no_answer(void **state)
{
	static const char *const want[] = {
		"40.000 open info gateway-unconfirmed",
		"50.000 cleared info gateway-unconfirmed", NULL
	};
	static const char *const none[] = { NULL };
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	stream_play(&s, moved);
	stream_add(&s, "16.1 confirm " GW " REACHABLE heard");
	stream_until(&s, 50);
	stream_add(&s, "50 confirm " GW " REACHABLE heard");
	stream_expect_id(&s, "gateway-unconfirmed", want);
	stream_close(&s);
	/* An answer is one at any time. */
	stream_open(&s);
	stream_gateway(&s);
	stream_play(&s, moved);
	stream_add(&s, "16.1 confirm " GW " REACHABLE reply");
	stream_until(&s, 1000);
	stream_expect_id(&s, "gateway-unconfirmed", none);
	stream_close(&s);
}

static void evidence_in_time_or_no_traffic(void **state)
{
	static const char *const none[] = { NULL };
	static const char *const late[] = {
		"60.000 open info gateway-unconfirmed",
		"70.000 cleared info gateway-unconfirmed", NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	stream_play(&s, moved);
	stream_add(&s, "39.999 confirm " GW " REACHABLE heard");
	stream_until(&s, 1000);
	stream_expect_id(&s, "gateway-unconfirmed", none);
	stream_close(&s);
	/* Nobody uses it: time without ARP alone is nothing. */
	stream_open(&s);
	stream_gateway(&s);
	stream_add(&s, "10 neigh " GW " REACHABLE STALE packet mac bb from aa");
	stream_until(&s, 55);
	stream_expect_id(&s, "gateway-unconfirmed", none);
	stream_add(&s, "55 neigh " GW " STALE DELAY transmit");
	stream_add(&s, "60 neigh " GW " DELAY REACHABLE upper-layer");
	stream_add(&s, "70 neigh " GW " PROBE FAILED timer");
	stream_expect_id(&s, "gateway-unconfirmed", late);
	stream_close(&s);
}

/* Who pins it to the address that was offered has mended it. */
static void pinned_anew(void **state)
{
	static const char *const want[] = {
		"10.000 open info gateway-pinned",
		"20.000 raised crit gateway-pinned",
		"30.000 cleared crit gateway-pinned",
		"30.000 open info gateway-pinned", NULL
	};
	struct stream s;

	(void)state;
	stream_open(&s);
	stream_gateway(&s);
	stream_add(&s, "10 neigh " GW " REACHABLE PERMANENT admin mac aa");
	stream_add(&s, "20 offer " GW " PERMANENT bb");
	stream_add(&s, "30 neigh " GW " PERMANENT PERMANENT admin mac bb from aa");
	stream_add(&s, "31 offer " GW " PERMANENT bb");
	stream_expect_id(&s, "gateway-pinned", want);
	stream_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(upper_layer_alone_confirms),
		cmocka_unit_test(an_announcement_repeated_is_no_answer),
		cmocka_unit_test(evidence_in_time_or_no_traffic),
		cmocka_unit_test(pinned_anew),
	};

	return cmocka_run_group_tests_name("detect_confirm", tests, NULL, NULL);
}
