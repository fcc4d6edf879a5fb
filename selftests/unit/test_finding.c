// SPDX-License-Identifier: GPL-2.0
/* A finding as text and as JSON. */
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>

#include "unit.h"
#include "message.h"
#include "out.h"

static char *text;
static size_t size;

static struct nw_finding finding_new(void)
{
	struct nw_finding f = {
		.id = "link-flap", .number = 3, .severity = NW_SEVERITY_WARN,
		.worst = NW_SEVERITY_WARN, .status = NW_STATUS_OPEN,
		.namespaces = 1, .ifindex = 2, .dev = "eth0",
		.began = { TEST_MONO, TEST_REAL },
		.opened = { TEST_MONO + 1, TEST_REAL + 1 },
		.changed = { TEST_MONO + 1, TEST_REAL + 1 },
	};

	f.origin.has = NW_BIT(NW_A_INSTANCE) | NW_BIT(NW_A_NETNS_COOKIE);
	f.origin.instance = 5;
	f.origin.netns_cookie = 1;
	nw_finding_subject(&f, "eth0 (e1000e)");
	nw_finding_text(&f, "2 losses, 21.4 s without link, penalty 1843");
	nw_finding_hint(&f, "ethtool --show-eee eth0");
	nw_finding_evidence(&f, 41);
	nw_finding_evidence(&f, 43);
	nw_finding_number(&f, "penalty", 1843);
	nw_finding_fact(&f, &f.began, "", "DOWN  driver");
	nw_finding_fact(&f, NULL, "alone", "eth1 kept its link");
	return f;
}

static void expect(const struct nw_out_ops *ops, const struct nw_finding *f,
		   const char *const *parts)
{
	struct nw_out out = {
		.ops = ops, .start = { TEST_MONO, TEST_REAL },
		.file = open_memstream(&text, &size),
	};
	const char *at;

	assert_non_null(out.file);
	out.json.file = out.file;
	ops->finding(&out, f);
	fclose(out.file);
	for (at = text; *parts; at += strlen(*parts++))
		if (strncmp(at, *parts, strlen(*parts)))
			fail_msg("'%s' is not '%s'", at, *parts);
	assert_string_equal(at, "");
	free(text);
}

static void as_text(void **state)
{
	static const char *const open[] = {
		"02:14:03.512 WARN link-flap eth0 (e1000e): 2 losses, 21.4 s without link,\n",
		"             penalty 1843\n",
		"  02:14:03.512  DOWN  driver\n",
		"  alone        eth1 kept its link\n",
		"  next         ethtool --show-eee eth0\n",
		NULL
	};
	static const char *const info[] = {
		"02:14:03.512 INFO link-flap eth0 (e1000e): 2 losses, 21.4 s without link,\n",
		"             penalty 1843\n",
		NULL
	};
	static const char *const cleared[] = {
		"02:14:03.512 cleared link-flap eth0 (e1000e): no loss for 10 min\n",
		"  just then    the cable was swapped\n",
		NULL
	};
	struct nw_finding f = finding_new();

	(void)state;
	expect(&nw_out_text, &f, open);
	f.severity = NW_SEVERITY_INFO;
	expect(&nw_out_text, &f, info);
	f.status = NW_STATUS_CLEARED;
	f.ending = f.nr_facts;
	nw_finding_text(&f, "no loss for 10 min");
	nw_finding_fact(&f, NULL, "just then", "the cable was swapped");
	expect(&nw_out_text, &f, cleared);
}

/* Told as one: how many there are, and whose evidence that is. */
static void of_many_namespaces(void **state)
{
	static const char *const open[] = {
		"02:14:03.512 WARN link-flap eth0 (e1000e) in 3 namespaces: 2 losses, 21.4 s\n",
		"             without link, penalty 1843\n",
		"  02:14:03.512  DOWN  driver\n",
		"  alone        eth1 kept its link\n",
		"  evidence     of the first of them, namespace 7\n",
		"  next         ethtool --show-eee eth0\n",
		NULL
	};
	struct nw_finding f = finding_new();

	(void)state;
	f.namespaces = 3;
	f.origin.netns = 7;
	expect(&nw_out_text, &f, open);
}

static const char *const json[] = {
	"{\"v\":1,\"instance\":\"0000000000000005\",\"netns_cookie\":1,",
	"\"event\":\"finding\",\"time\":\"2025-11-19T01:14:03.512345679Z\",",
	"\"mono\":\"123456.789012346\",\"id\":\"link-flap\",\"number\":3,",
	"\"severity\":\"warn\",\"worst\":\"warn\",\"status\":\"open\",",
	"\"namespaces\":1,\"subject\":\"eth0 (e1000e)\",\"ifindex\":2,\"dev\":\"eth0\",",
	"\"since\":\"2025-11-19T01:14:03.512345678Z\",",
	"\"since_mono\":\"123456.789012345\",",
	"\"opened\":\"2025-11-19T01:14:03.512345679Z\",",
	"\"opened_mono\":\"123456.789012346\",",
	"\"text\":\"2 losses, 21.4 s without link, penalty 1843\",",
	"\"hint\":\"ethtool --show-eee eth0\",\"evidence\":[41,43],",
	"\"evidence_all\":2,\"penalty\":1843,\"facts\":[{\"label\":\"\",",
	"\"time\":\"2025-11-19T01:14:03.512345678Z\",",
	"\"mono\":\"123456.789012345\",\"text\":\"DOWN  driver\"},",
	"{\"label\":\"alone\",\"text\":\"eth1 kept its link\"}]}\n",
	NULL
};

static void as_json(void **state)
{
	struct nw_finding f = finding_new();

	(void)state;
	expect(&nw_out_json, &f, json);
}

/* A log without wall times has none to show, and a device without a number. */
static void what_is_not_known_is_left_out(void **state)
{
	static const char *const parts[] = {
		"{\"v\":1,\"instance\":\"0000000000000005\",\"netns_cookie\":1,",
		"\"event\":\"finding\",\"mono\":\"123456.789012346\",",
		"\"id\":\"link-flap\",\"number\":3,\"severity\":\"warn\",",
		"\"worst\":\"warn\",\"status\":\"open\",\"namespaces\":1,",
		"\"subject\":\"eth0\",",
		"\"dev\":\"eth0\",\"since_mono\":\"123456.789012345\",",
		"\"opened_mono\":\"123456.789012346\",\"text\":\"\",\"hint\":\"\",",
		"\"evidence\":[],\"evidence_all\":0,\"facts\":[]}\n",
		NULL
	};
	struct nw_finding f = finding_new();

	(void)state;
	f.ifindex = 1U << 31 | 7;
	f.began.real = 0;
	f.opened.real = 0;
	f.changed.real = 0;
	f.nr_evidence = 0;
	f.evidence_all = 0;
	f.nr_numbers = 0;
	f.nr_facts = 0;
	nw_finding_subject(&f, "eth0");
	nw_finding_text(&f, "%s", "");
	nw_finding_hint(&f, "%s", "");
	expect(&nw_out_json, &f, parts);
}

static void expect_evidence(const struct nw_finding *f, const __u64 *want,
			    unsigned int nr)
{
	unsigned int i;

	assert_int_equal(f->nr_evidence, nr);
	for (i = 0; i < nr; i++)
		assert_int_equal(f->evidence[i], want[i]);
}

/* Told again with each change; a number stands there once, in its order. */
static void evidence_is_in_order_and_once(void **state)
{
	static const __u64 few[] = { 14, 18, 22, 23 };
	static const __u64 full[] = {
		14, 18, 22, 23, 24, 25, 26, 27, 33, 34, 35, 36, 37, 38, 39, 40,
	};
	struct nw_finding f = { 0 };
	__u64 seq;
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		nw_finding_evidence(&f, 22);
		nw_finding_evidence(&f, 23);
		nw_finding_evidence(&f, 14);
		nw_finding_evidence(&f, 18);
	}
	expect_evidence(&f, few, ARRAY_SIZE(few));
	assert_int_equal(f.evidence_all, 4);
	/* Full: how it began stays, and the latest. */
	for (seq = 24; seq <= 40; seq++)
		nw_finding_evidence(&f, seq);
	expect_evidence(&f, full, ARRAY_SIZE(full));
	assert_int_equal(f.evidence_all, 21);
	nw_finding_evidence(&f, 10);
	assert_int_equal(f.evidence[0], 10);
	assert_int_equal(f.evidence[8], 27);
	assert_int_equal(f.nr_evidence, NW_FINDING_EVIDENCE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_text),
		cmocka_unit_test(of_many_namespaces),
		cmocka_unit_test(as_json),
		cmocka_unit_test(what_is_not_known_is_left_out),
		cmocka_unit_test(evidence_is_in_order_and_once),
	};

	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
	return cmocka_run_group_tests_name("finding", tests, NULL, NULL);
}
