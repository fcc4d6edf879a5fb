// SPDX-License-Identifier: GPL-2.0
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "unit.h"
#include "nl.h"
#include "saving.h"

char saving_top[32];
char saving_path[64];
struct nw_save_dir saving;

int saving_setup(void **state)
{
	(void)state;
	strcpy(saving_top, "/tmp/test_save.XXXXXX");
	assert_non_null(mkdtemp(saving_top));
	snprintf(saving_path, sizeof(saving_path), "%s/new", saving_top);
	nw_stop = false;
	return 0;
}

const char *saving_names(const char *where)
{
	static char names[1024];
	struct dirent **entry;
	int i, nr = scandir(where, &entry, NULL, alphasort);

	names[0] = '\0';
	for (i = 0; i < nr; i++) {
		if (strcmp(entry[i]->d_name, ".") && strcmp(entry[i]->d_name, ".."))
			strncat(strncat(names, entry[i]->d_name, 64), " ", 2);
		free(entry[i]);
	}
	if (nr >= 0)
		free(entry);
	return names;
}

static void remove_all(const char *where)
{
	struct dirent **entry;
	int i, nr = scandir(where, &entry, NULL, alphasort), fd;

	fd = open(where, O_RDONLY | O_DIRECTORY);
	for (i = 0; i < nr; i++) {
		unlinkat(fd, entry[i]->d_name, 0);
		free(entry[i]);
	}
	if (nr >= 0)
		free(entry);
	close(fd);
	rmdir(where);
}

int saving_teardown(void **state)
{
	(void)state;
	nw_save_dir_abort(&saving);
	remove_all(saving_path);
	assert_string_equal(saving_names(saving_top), "");
	return rmdir(saving_top);
}

void saving_limit(rlim_t size)
{
	struct rlimit limit = { size, RLIM_INFINITY };

	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}
