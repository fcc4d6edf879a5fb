// SPDX-License-Identifier: GPL-2.0
/* Pieces of text, against printf(); what does not fit is cut off. */
#include <arpa/inet.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "unit.h"
#include "clock.h"
#include "format.h"
#include "put.h"

static const __u64 numbers[] = {
	0, 1, 9, 10, 99, 100, 101, 999, 1000, 12345, 999999999, 1000000000,
	UINT_MAX - 1ULL, UINT_MAX, UINT_MAX + 1ULL, 42949672960ULL,
	10000000000000000000ULL, ULLONG_MAX - 1, ULLONG_MAX,
};

static void numbers_as_printf_writes_them(void **state)
{
	char is[64], want[64];
	unsigned int width;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		struct nw_text t = nw_text_begin(is, sizeof(is));

		nw_text_number(&t, numbers[i]);
		snprintf(want, sizeof(want), "%llu", numbers[i]);
		assert_string_equal(is, want);
		assert_int_equal(t.at - is, strlen(want));
		for (width = 1; width <= 20; width++) {
			t = nw_text_begin(is, sizeof(is));
			nw_text_digits(&t, numbers[i], width);
			snprintf(want, sizeof(want), "%020llu", numbers[i]);
			assert_string_equal(is, want + 20 - width);
		}
		t = nw_text_begin(is, sizeof(is));
		nw_text_two(&t, (__u32)numbers[i] % 100);
		snprintf(want, sizeof(want), "%02u", (__u32)numbers[i] % 100);
		assert_string_equal(is, want);
	}
}

/* Behind the room stands what stood there. */
static void nothing_goes_beyond_the_room(void **state)
{
	char buf[32];
	size_t size;

	(void)state;
	for (size = 1; size < sizeof(buf); size++) {
		struct nw_text t;

		memset(buf, 'x', sizeof(buf));
		t = nw_text_begin(buf, size);
		nw_text_string(&t, "eth0 ");
		nw_text_number(&t, 1234567);
		nw_text_char(&t, '.');
		nw_text_digits(&t, 7, 9);
		nw_text_hex(&t, 0xab);
		assert_memory_equal(buf, "eth0 1234567.000000007ab", size - 1 < 24 ? size - 1 : 24);
		assert_int_equal(strlen(buf), size - 1 < 24 ? size - 1 : 24);
		assert_int_equal(buf[size], 'x');
		nw_format_rfc3339(buf, size, 1763514843512345678ULL);
		nw_format_name(buf, size, "a\x1b\\b");
		assert_true(strlen(buf) < size);
		assert_int_equal(buf[size], 'x');
	}
}

static void addresses_as_the_library_writes_them(void **state)
{
	char is[NW_ADDR_TEXT], want[NW_ADDR_TEXT];
	unsigned int seed = 3;
	struct nw_addr addr;
	int i, n;

	(void)state;
	for (i = 0; i < 20000; i++) {
		addr.len = i % 2 ? 4 : 16;
		for (n = 0; n < 16; n++)
			addr.b[n] = rand_r(&seed) % 3 ? 0 : (__u8)rand_r(&seed);
		assert_non_null(inet_ntop(addr.len == 4 ? AF_INET : AF_INET6,
					  addr.b, want, sizeof(want)));
		nw_format_addr(is, sizeof(is), &addr);
		assert_string_equal(is, want);
	}
}

static void stamps_in_any_order(void **state)
{
	char is[40], want[80], date[40];
	unsigned int seed = 7;
	struct tm tm;
	__u64 real;
	time_t t;
	int i;

	(void)state;
	for (i = 0; i < 20000; i++) {
		real = (__u64)rand_r(&seed) * (__u64)rand_r(&seed);
		if (i % 2)
			real = 1763514843000000000ULL + (__u64)rand_r(&seed);
		t = (time_t)(real / NW_NSEC_PER_SEC);
		gmtime_r(&t, &tm);
		strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &tm);
		snprintf(want, sizeof(want), "%s.%09lluZ", date,
			 real % NW_NSEC_PER_SEC);
		nw_format_rfc3339(is, sizeof(is), real);
		assert_string_equal(is, want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_as_printf_writes_them),
		cmocka_unit_test(nothing_goes_beyond_the_room),
		cmocka_unit_test(addresses_as_the_library_writes_them),
		cmocka_unit_test(stamps_in_any_order),
	};

	return cmocka_run_group_tests_name("put", tests, NULL, NULL);
}
