// SPDX-License-Identifier: GPL-2.0
/* What each setting means, what is refused, and what it changes. */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"
#include "configured.h"
#include "format.h"

#define M(n)	" 02:00:00:00:00:0" #n
#define MACS	" 00:00:5e:00:01:10 52:54:00:00:00:01"

static void every_kind_of_value(void **state)
{
	const struct nw_detect_config *d = &configured.detect;
	char addr[NW_ADDR_TEXT], lladdr[NW_LLADDR_TEXT];

	(void)state;
	configured_take("[Thresholds]\nlink-flap-warn=1600\n"
			"mac-move-clear = 1h30min\ngateway-lost-wait=0\n"
			"[Gateways]\nGateway=10.0.0.5%eth1\nGateway=fe80::1\n"
			"[Moves]\nAllow=10.9.0.62" MACS "\nAllow=any" MACS "\n"
			"[Links]\nIgnore=veth*\tdocker0\n"
			"[Exec]\nProgram=/bin/a b\n");
	assert_int_equal(d->thresholds.value[NW_T_LINK_FLAP_WARN], 1600);
	assert_int_equal(d->thresholds.value[NW_T_MOVE_CLEAR],
			 5400 * NW_NSEC_PER_SEC);
	assert_int_equal(d->thresholds.value[NW_T_LOST_WAIT], 0);
	assert_int_equal(d->nr_gateways, 2);
	assert_string_equal(d->gateways[0].dev, "eth1");
	assert_string_equal(d->gateways[1].dev, "");
	nw_format_addr(addr, sizeof(addr), &d->gateways[1].addr);
	assert_string_equal(addr, "fe80::1");
	assert_int_equal(d->nr_allowed, 2);
	assert_int_equal(d->allowed[0].addr.len, 4);
	assert_int_equal(d->allowed[1].addr.len, 0);
	assert_int_equal(d->allowed[0].nr, 2);
	nw_format_lladdr(lladdr, sizeof(lladdr), &d->allowed[1].lladdr[1]);
	assert_string_equal(lladdr, "52:54:00:00:00:01");
	assert_int_equal(d->nr_ignored, 2);
	assert_string_equal(d->ignored[1], "docker0");
	assert_string_equal(configured.exec, "/bin/a b");
}

static void nothing_is_the_default(void **state)
{
	struct nw_detect_config standard;

	(void)state;
	nw_detect_config_default(&standard);
	configured_take("");
	assert_memory_equal(&configured.detect.thresholds, &standard.thresholds,
			    sizeof(standard.thresholds));
	assert_null(configured.detect.ignored);
	assert_int_equal(configured.detect.nr_gateways, 0);
	assert_int_equal(configured.detect.nr_allowed, 0);
	assert_string_equal(configured.exec, "");
}

static void keys_and_sections_again_add(void **state)
{
	(void)state;
	configured_take("[Gateways]\nGateway=10.0.0.1\n[Links]\nIgnore=a\nIgnore=b c\n"
			"[Gateways]\nGateway=10.0.0.2\n");
	assert_int_equal(configured.detect.nr_gateways, 2);
	assert_int_equal(configured.detect.nr_ignored, 3);
	assert_string_equal(configured.detect.ignored[2], "c");
	/* Empty is none at all, not the built-in list. */
	configured_take("[Links]\nIgnore=a\nIgnore=\n");
	assert_int_equal(configured.detect.nr_ignored, 0);
	assert_non_null(configured.detect.ignored);
}

static void bad_thresholds(void **state)
{
	(void)state;
	configured_refuse("[Thresholds]\n\nlink-flap-wran=1\n",
			  "3: there is no threshold 'link-flap-wran', but 'link-flap-warn'");
	configured_refuse("[Thresholds]\nspeed=1\n",
			  "2: there is no threshold 'speed': 'neighwatch config' lists them");
	configured_refuse("[Thresholds]\nlink-flap-warn=\n",
			  "2: '' is no number for link-flap-warn");
	configured_refuse("[Thresholds]\nlink-flap-warn=1e4\n",
			  "2: '1e4' is no number for link-flap-warn");
	configured_refuse("[Thresholds]\nlink-flap-warn=999\n",
			  "2: '999' is out of range for link-flap-warn: 1000 to 100000");
	configured_refuse("[Thresholds]\nmac-move-clear=90\n",
			  "2: '90' is no time (write 30s, 10min) for mac-move-clear");
	configured_refuse("[Thresholds]\nmac-move-clear=500ms\n",
			  "2: '500ms' is out of range for mac-move-clear: 1s to 1d");
	configured_refuse("[Thresholds]\nlink-flap-warn=1500\nlink-flap-warn=1600\n",
			  "3: link-flap-warn is set in line 2 already: once is enough");
}

static void bad_gateways(void **state)
{
	static const char *const bad[] = {
		"10.0.0", "0.0.0.0", "::", "224.0.0.18", "ff02::1", "10.0.0.0/24",
		"10.0.0.1 10.0.0.2", "router", "",
	};
	char text[100], why[200];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bad) - 1; i++) {
		snprintf(text, sizeof(text), "[Gateways]\nGateway=%s", bad[i]);
		snprintf(why, sizeof(why), "2: '%s' is no gateway's address: write 10.0.0.1%%eth0",
			 bad[i]);
		configured_refuse(text, why);
	}
	configured_refuse("[Gateways]\nGateway=\n",
			  "2: Gateway= is empty: write Gateway=10.0.0.1%eth0");
	configured_refuse("[Gateways]\nGateway=10.0.0.1%\n",
			  "2: '' is no device's name: write 10.0.0.1%eth0");
	configured_refuse("[Gateways]\nGateway=10.0.0.1%abcdefghijklmnop\n",
			  "2: 'abcdefghijklmnop' is no device's name: write 10.0.0.1%eth0");
	configured_refuse("[Gateways]\nGateway=10.0.0.1%a b\n",
			  "2: 'a b' is no device's name: write 10.0.0.1%eth0");
}

static void bad_moves(void **state)
{
	(void)state;
	configured_refuse("[Moves]\nAllow=10.0.0.1\n",
			  "2: 0 MAC: a move is between two, write 2 to 8");
	configured_refuse("[Moves]\nAllow=any 00:00:5e:00:01:10\n",
			  "2: 1 MAC: a move is between two, write 2 to 8");
	configured_refuse("[Moves]\nAllow=all" MACS "\n",
			  "2: 'all' is no address: write ADDRESS or any, then 2 to 8 MACs");
	configured_refuse("[Moves]\nAllow=any" MACS " 2:0:0:0:0:1\n",
			  "2: '2:0:0:0:0:1' is no MAC: write 00:00:5e:00:01:10");
	configured_refuse("[Moves]\nAllow=any" MACS " 00:01\n",
			  "2: '00:01' has 2 octets: MACs have 6, and all of a line the same");
	configured_refuse("[Moves]\nAllow=any" MACS " 52:54:00:00:00:01\n",
			  "2: '52:54:00:00:00:01' twice: write each MAC once");
	configured_refuse("[Moves]\nAllow=any" M(1) M(2) M(3) M(4) M(5) M(6) M(7) M(8) M(9) "\n",
			  "2: more than 8 MACs: write a line for each address");
}

static void bad_links_and_programs(void **state)
{
	(void)state;
	configured_refuse("[Links]\nIgnore=veth*, docker0\n",
			  "2: 'veth*,' is no name of a device: write veth* docker0");
	configured_refuse("[Links]\nIgnore=abcdefghijklmnopqrstuvwxyzabcdef\n",
			  "2: 'abcdefghijklmnopqrstuvwxyzabcdef' is no name of a device: write veth* docker0");
	configured_refuse("[Exec]\nProgram=page\n",
			  "2: 'page' is no absolute path: write one that begins with /");
	configured_refuse("[Exec]\nProgram=/a\nProgram=/b\n",
			  "3: Program= is set in line 2 already: one program is run");
	configured_refuse("[Exec]\nProgram=\n",
			  "2: Program= is empty: write Program=/usr/local/sbin/page");
	configured_refuse("[Exec]\nExec=/a\n",
			  "2: [Exec] has no 'Exec=': write Program=/usr/local/sbin/page");
	configured_refuse("[Moves]\nallow=any\n",
			  "2: [Moves] has no 'allow=': write Allow=10.0.0.1 MAC MAC");
}

/* @lines lines are taken, one more is refused. */
static void fill(const char *section, const char *line, unsigned int lines,
		 const char *why)
{
	char *text = calloc(1, 100 * (lines + 2)), said[200];
	unsigned int i;
	size_t len;

	assert_non_null(text);
	len = (size_t)sprintf(text, "%s\n", section);
	for (i = 0; i < lines; i++)
		len += (size_t)sprintf(text + len, "%s\n", line);
	configured_take(text);
	sprintf(text + len, "%s\n", line);
	snprintf(said, sizeof(said), "%u: more than %s", lines + 2, why);
	configured_refuse(text, said);
	free(text);
}

static void memory_is_bounded(void **state)
{
	(void)state;
	fill("[Gateways]", "Gateway=10.0.0.1", NW_CONFIG_GATEWAYS,
	     "256 gateways: those of routes need not be named");
	fill("[Moves]", "Allow=any" MACS, NW_CONFIG_ALLOWED,
	     "256 allowed moves: 'any' stands for all addresses");
	fill("[Links]", "Ignore=eth0", NW_CONFIG_IGNORED,
	     "64 names: veth* stands for many");
}

static void the_command_line_comes_after_the_file(void **state)
{
	const struct nw_detect_config *d = &configured.detect;
	char err[NW_CONFIG_ERROR];

	(void)state;
	configured_take("[Thresholds]\nlink-flap-warn=1600\n[Gateways]\n"
			"Gateway=10.0.0.1\n[Exec]\nProgram=/bin/a\n");
	assert_int_equal(nw_config_set(&configured, "link-flap-warn=1700", err), 0);
	assert_int_equal(nw_config_set(&configured, "link-flap-warn=1800", err), 0);
	assert_int_equal(nw_config_add_gateway(&configured, "10.0.0.2%e", err), 0);
	assert_int_equal(nw_config_set_exec(&configured, "/bin/b", err), 0);
	assert_int_equal(d->thresholds.value[NW_T_LINK_FLAP_WARN], 1800);
	assert_int_equal(d->nr_gateways, 2);
	assert_string_equal(d->gateways[1].dev, "e");
	assert_string_equal(configured.exec, "/bin/b");
	assert_int_equal(nw_config_set(&configured, "link-flap-warn", err), -EINVAL);
	assert_string_equal(err,
			    "'link-flap-warn' is no NAME=VALUE: 'neighwatch config' lists the names");
	assert_int_equal(nw_config_set(&configured, "link-flap-warn=9", err), -EINVAL);
	assert_string_equal(err, "'9' is out of range for link-flap-warn: 1000 to 100000");
	assert_int_equal(nw_config_add_gateway(&configured, "x", err), -EINVAL);
	assert_int_equal(nw_config_set_exec(&configured, "page", err), -EINVAL);
}

static void thresholds_go_together(void **state)
{
	char err[NW_CONFIG_ERROR];

	(void)state;
	configured_take("[Thresholds]\nlink-flap-crit=4000\nlink-flap-warn=4000\n");
	assert_int_equal(nw_config_check(&configured, err), 0);
	configured_take("[Thresholds]\nlink-flap-warn=4001\nlink-flap-crit=4000\n");
	assert_int_equal(nw_config_check(&configured, err), -EINVAL);
	assert_string_equal(err,
			    "t.conf:3: link-flap-warn (4001) must not be above link-flap-crit (4000): set both");
	configured_take("[Thresholds]\ngateway-flap-clear=1500\n");
	assert_int_equal(nw_config_check(&configured, err), -EINVAL);
	assert_string_equal(err,
			    "t.conf:2: gateway-flap-clear (1500) must be below gateway-flap-warn (1500): set both");
	assert_int_equal(nw_config_set(&configured, "gateway-flap-clear=1499", err), 0);
	assert_int_equal(nw_config_check(&configured, err), 0);
	assert_int_equal(nw_config_set(&configured, "gateway-flap-warn=1000", err), 0);
	assert_int_equal(nw_config_check(&configured, err), -EINVAL);
	assert_string_equal(err,
			    "--set: gateway-flap-clear (1499) must be below gateway-flap-warn (1000): set both");
}

static void refuse_program(const char *path, const char *want)
{
	char err[NW_CONFIG_ERROR] = "";

	assert_int_equal(nw_config_set_exec(&configured, path, err), 0);
	assert_int_equal(nw_config_check_exec(&configured, err), -EINVAL);
	assert_string_equal(err, want);
}

static void a_program_that_cannot_be_run(void **state)
{
	char err[NW_CONFIG_ERROR], cwd[100], path[200], want[400];

	(void)state;
	configured_take("[Exec]\nProgram=/nowhere/page\n");
	assert_int_equal(nw_config_check_exec(&configured, err), -EINVAL);
	assert_string_equal(err, "t.conf:2: '/nowhere/page' is not run: No such file or directory");
	refuse_program("/tmp", "--exec: '/tmp' is not run: it is no file");
	assert_non_null(getcwd(cwd, sizeof(cwd)));
	snprintf(path, sizeof(path), "%s/" CONFIGURED, cwd);
	snprintf(want, sizeof(want), "--exec: '%s' is not run: Permission denied", path);
	refuse_program(path, want);
	assert_int_equal(chmod(CONFIGURED, 0757), 0);
	assert_int_equal(nw_config_check_exec(&configured, err), 0);
	configured.privileged = true;
	snprintf(want, sizeof(want),
		 "--exec: '%s' is not run: others than root can write it, and it would run as root",
		 path);
	refuse_program(path, want);
	assert_int_equal(chmod(CONFIGURED, 0755), 0);
	assert_int_equal(nw_config_check_exec(&configured, err), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_value),
		cmocka_unit_test(nothing_is_the_default),
		cmocka_unit_test(keys_and_sections_again_add),
		cmocka_unit_test(bad_thresholds),
		cmocka_unit_test(bad_gateways),
		cmocka_unit_test(bad_moves),
		cmocka_unit_test(bad_links_and_programs),
		cmocka_unit_test(memory_is_bounded),
		cmocka_unit_test(the_command_line_comes_after_the_file),
		cmocka_unit_test(thresholds_go_together),
		cmocka_unit_test(a_program_that_cannot_be_run),
	};

	return cmocka_run_group_tests_name("config", tests, configured_enter,
					   configured_leave);
}
