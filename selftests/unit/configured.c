// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"
#include "configured.h"

struct nw_config configured;
char configured_err[NW_CONFIG_ERROR];

static char dir[40];

int configured_enter(void **state)
{
	(void)state;
	strcpy(dir, "/tmp/test_config.XXXXXX");
	return mkdtemp(dir) ? chdir(dir) : -1;
}

int configured_leave(void **state)
{
	(void)state;
	unlink(CONFIGURED);
	return chdir("/") || rmdir(dir);
}

void configured_write(const char *data, size_t len)
{
	FILE *file = fopen(CONFIGURED, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(CONFIGURED, 0600), 0);
}

int configured_read(const char *text)
{
	configured_write(text, strlen(text));
	nw_config_init(&configured);
	configured.privileged = false;
	configured_err[0] = '\0';
	return nw_config_read(&configured, CONFIGURED, configured_err);
}

void configured_take(const char *text)
{
	if (configured_read(text))
		fail_msg("%s", configured_err);
}

void configured_refuse(const char *text, const char *why)
{
	char all[NW_CONFIG_ERROR];

	assert_int_equal(configured_read(text), -EINVAL);
	snprintf(all, sizeof(all), CONFIGURED ":%s", why);
	assert_string_equal(configured_err, all);
}
