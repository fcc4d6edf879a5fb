// SPDX-License-Identifier: GPL-2.0
/* Files of every shape: what is read is meant, and the rest is refused. */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"
#include "configured.h"

#define GATEWAY	"Gateway=10.0.0.1\n"
#define SECTIONS "one of [Thresholds], [Gateways], [Moves], [Links], [Exec]"
#define MUTANTS	20000

static void what_may_stand_in_a_file(void **state)
{
	static const char *const good[] = {
		"[Gateways]\n" GATEWAY, "[Gateways]\nGateway=10.0.0.1",
		"\xef\xbb\xbf[Gateways]\n" GATEWAY,
		"\xef\xbb\xbf# \xc3\xa4\n[Gateways]\n" GATEWAY,
		"[Gateways]\r\nGateway=10.0.0.1\r\n",
		"  [Gateways]\t\n\t Gateway \t=  10.0.0.1\t\n",
		"# a ; b\n ; c # d\n\n[Gateways]\n\n#" GATEWAY GATEWAY "\n\n",
		"[Links]\nIgnore=a\n\n[Gateways]\n  " GATEWAY "[Links]\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(good); i++) {
		configured_take(good[i]);
		assert_int_equal(configured.detect.nr_gateways, 1);
	}
}

static void what_is_no_line_of_it(void **state)
{
	static const char *const bad[][2] = {
		{ GATEWAY, "1: 'Gateway=' before any section: " SECTIONS },
		{ "\n[Gateway]\n", "2: there is no section [Gateway]: " SECTIONS },
		{ "[gateways]\n", "1: there is no section [gateways]: " SECTIONS },
		{ "[]\n", "1: there is no section []: " SECTIONS },
		{ "[Gateways\n", "1: '[Gateways' has no ]: write [Section]" },
		{ "[Gateways] " GATEWAY,
		  "1: ' Gateway=10.0.0.1' behind the section: write it on a line of its own" },
		{ "[Gateways] # ours\n",
		  "1: ' # ours' behind the section: write it on a line of its own" },
		{ "[Gateways]\nGateway\n", "2: 'Gateway' is neither [Section] nor Key=Value" },
		{ "[Gateways]\nGateway: 10.0.0.1\n",
		  "2: 'Gateway: 10.0.0.1' is neither [Section] nor Key=Value" },
		{ "[Gateways]\n=10.0.0.1\n", "2: '=10.0.0.1' is neither [Section] nor Key=Value" },
		{ "[Gateways]\nGateway=10.0.0.1 ; ours\n",
		  "2: '; ours': write a comment on a line of its own" },
		{ "[Links]\nIgnore=eth0\t#eth1\n",
		  "2: '#eth1': write a comment on a line of its own" },
		{ "[Links]\nIgnore=eth0 \\\n eth1\n",
		  "2: a \\ does not join lines here: write the key again" },
		{ "[Links]\nIgnore=eth0\n  eth1\n",
		  "3: 'eth1' is neither [Section] nor Key=Value" },
		{ "[Links]\rIgnore=eth0\r",
		  "1: a carriage return within the line: end lines with a newline" },
		{ "# ours\rIgnore=eth0\n",
		  "1: a carriage return within the line: end lines with a newline" },
		{ "[Links]\n# \033[2J\n", "2: byte 0x1b: this is no text" },
		{ "[Links]\nIgnor\xc2\x9b=x\n",
		  "2: byte 0xc2: this is no text" },
		{ "[Links]\nIgnore=eth\x8a\n", "2: byte 0x8a: this is no text" },
		{ "[Links]\nIgnor\xc3\xa4=x\n",
		  "2: [Links] has no 'Ignor\\xc3\\xa4=': write Ignore=veth* docker0" },
		{ "[Gateways]\nGateway=10.0.\t1\n",
		  "2: '10.0.\\x091' is no gateway's address: write 10.0.0.1%eth0" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		configured_refuse(bad[i][0], bad[i][1]);
}

static void nul_bytes(void **state)
{
	static const char text[] = "[Links]\nIgnore=eth0\0 eth1\n";

	(void)state;
	configured_write(text, sizeof(text) - 1);
	nw_config_init(&configured);
	assert_int_equal(nw_config_read(&configured, CONFIGURED, configured_err),
			 -EINVAL);
	assert_string_equal(configured_err, CONFIGURED ":2: byte 0x00: this is no text");
}

/* A line of @len bytes behind "[Exec]" */
static void write_long(const char *begin, size_t len)
{
	char text[4096] = "[Exec]\n";

	assert_true(7 + len < sizeof(text));
	memset(text + 7, 'x', len);
	memcpy(text + 7, begin, strlen(begin));
	strcpy(text + 7 + len, "\n[Links]\n");
	configured_write(text, strlen(text));
	nw_config_init(&configured);
	configured.privileged = false;
}

static void long_lines_are_never_cut(void **state)
{
	(void)state;
	write_long("Program=/", 197);
	assert_int_equal(nw_config_read(&configured, CONFIGURED, configured_err), 0);
	assert_int_equal(strlen(configured.exec), 197 - strlen("Program="));
	write_long("Program=/", 198);
	assert_int_equal(nw_config_read(&configured, CONFIGURED, configured_err),
			 -EINVAL);
	assert_string_equal(configured_err, CONFIGURED
			    ":2: the line is longer than 197 bytes: write several");
	write_long("[Exec", 198);
	assert_int_equal(nw_config_read(&configured, CONFIGURED, configured_err),
			 -EINVAL);
	write_long("# comments may be: ", 4000);
	assert_int_equal(nw_config_read(&configured, CONFIGURED, configured_err), 0);
}

static void what_cannot_be_read(void **state)
{
	(void)state;
	nw_config_init(&configured);
	assert_int_equal(nw_config_read(&configured, "nothing.conf", configured_err),
			 -ENOENT);
	assert_string_equal(configured_err,
			    "nothing.conf: No such file or directory\n  -c FILE reads another, -c /dev/null none");
	assert_int_equal(nw_config_read(&configured, ".", configured_err), -EISDIR);
	assert_string_equal(configured_err,
			    ".: Is a directory\n  -c FILE reads another, -c /dev/null none");
	assert_int_equal(nw_config_read(&configured, "/dev/null", configured_err), 0);
	assert_int_equal(nw_config_read(&configured, "/dev/zero", configured_err),
			 -EINVAL);
	assert_string_equal(configured_err, "/dev/zero:1: byte 0x00: this is no text");
}

static void a_file_that_is_too_large(void **state)
{
	const size_t size = 1024 * 1024;
	char *text = malloc(size + 1);

	(void)state;
	assert_non_null(text);
	memset(text, '\n', size + 1);
	configured_write(text, size);
	nw_config_init(&configured);
	assert_int_equal(nw_config_read(&configured, CONFIGURED, configured_err), 0);
	configured_write(text, size + 1);
	assert_int_equal(nw_config_read(&configured, CONFIGURED, configured_err),
			 -EINVAL);
	assert_string_equal(configured_err, CONFIGURED
			    ":1048577: the file is larger than 1 MiB: it is no configuration");
	free(text);
}

/* Who can write the file could have programs run as root. */
static void programs_want_a_file_of_roots_own(void **state)
{
	static const char why[] = CONFIGURED
		":2: others can write this, and it runs programs: chown root, chmod go-w";
	static const mode_t modes[] = { 0602, 0620, 0666 };
	size_t i;

	(void)state;
	configured_take("[Exec]\nProgram=/bin/true\n");
	for (i = 0; i < ARRAY_SIZE(modes); i++) {
		assert_int_equal(chmod(CONFIGURED, modes[i]), 0);
		nw_config_init(&configured);
		configured.privileged = true;
		assert_int_equal(nw_config_read(&configured, CONFIGURED,
						configured_err), -EINVAL);
		assert_string_equal(configured_err, why);
	}
	/* Without a program it may be as it is. */
	configured_take("[Links]\nIgnore=\n");
	assert_int_equal(chmod(CONFIGURED, 0666), 0);
	nw_config_init(&configured);
	configured.privileged = true;
	assert_int_equal(nw_config_read(&configured, CONFIGURED, configured_err), 0);
	/* Another's own file */
	configured_take("[Exec]\nProgram=/bin/true\n");
	if (!geteuid()) {
		nw_config_init(&configured);
		assert_true(configured.privileged);
		assert_int_equal(nw_config_read(&configured, CONFIGURED,
						configured_err), 0);
		assert_int_equal(chown(CONFIGURED, 65534, 0), 0);
	}
	nw_config_init(&configured);
	configured.privileged = true;
	assert_int_equal(nw_config_read(&configured, CONFIGURED, configured_err),
			 -EINVAL);
	assert_string_equal(configured_err, why);
}

/* xorshift64*: the same files on every machine. */
static unsigned int below(__u64 *state, unsigned int limit)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (unsigned int)((*state * 0x2545f4914f6cdd1dULL >> 33) % limit);
}

static const char seed[] =
	"# comment\n[Thresholds]\nlink-flap-warn=1600\nmac-move-clear=1h30min\n"
	"[Gateways]\nGateway=10.0.0.5%eth1\nGateway=fe80::1\n[Moves]\n"
	"Allow=any 00:00:5e:00:01:10 52:54:00:00:00:01\n"
	"[Links]\nIgnore=veth* docker0\n[Exec]\nProgram=/bin/true\n";

static size_t mutate(char *text, __u64 *rnd)
{
	static const char bytes[] = "[]=:;#% \t\r\n\\/0a\x80\0\x1b";
	size_t len = sizeof(seed) - 1, at, n;
	unsigned int i, changes = below(rnd, 4);

	memcpy(text, seed, len);
	for (i = 0; i < changes; i++) {
		at = below(rnd, (unsigned int)len);
		n = 1 + below(rnd, 40);
		if (n > len - at)
			n = len - at;
		switch (below(rnd, 4)) {
		case 0:
			text[at] = bytes[below(rnd, sizeof(bytes) - 1)];
			break;
		case 1:
			text[at] = (char)below(rnd, 256);
			break;
		case 2:
			memmove(text + at, text + at + n, len - at - n);
			len -= n;
			break;
		default:
			memmove(text + at + n, text + at, len - at);
			len += n;
			break;
		}
	}
	return len;
}

/* Either it is refused with its place, or it says what it says once more. */
static void whatever_the_bytes(void **state)
{
	char text[1024];
	unsigned int i, taken = 0;
	__u64 rnd = 1;
	size_t len;

	(void)state;
	for (i = 0; i < MUTANTS; i++) {
		len = mutate(text, &rnd);
		configured_write(text, len);
		nw_config_init(&configured);
		configured.privileged = false;
		configured_err[0] = '\0';
		if (!nw_config_read(&configured, CONFIGURED, configured_err)) {
			taken++;
			assert_true(!*configured.exec || *configured.exec == '/');
			continue;
		}
		assert_int_equal(strncmp(configured_err, CONFIGURED ":", 7), 0);
		assert_in_range(strtoul(configured_err + 7, NULL, 10), 1, len);
	}
	/* Both ways are gone. */
	assert_in_range(taken, MUTANTS / 10, MUTANTS - MUTANTS / 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_may_stand_in_a_file),
		cmocka_unit_test(what_is_no_line_of_it),
		cmocka_unit_test(nul_bytes),
		cmocka_unit_test(long_lines_are_never_cut),
		cmocka_unit_test(what_cannot_be_read),
		cmocka_unit_test(a_file_that_is_too_large),
		cmocka_unit_test(programs_want_a_file_of_roots_own),
		cmocka_unit_test(whatever_the_bytes),
	};

	return cmocka_run_group_tests_name("config_file", tests,
					   configured_enter, configured_leave);
}
