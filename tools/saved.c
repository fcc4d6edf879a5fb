// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "jsonl.h"
#include "save_manifest.h"
#include "saved.h"
#include "say.h"

struct manifest {
	bool ours;
	unsigned long version;
	struct nw_jsonl json;
};

bool nw_saved_is_dir(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

static int take(void *arg, struct nw_flat *flat)
{
	const struct nw_flat_value *kind = nw_flat_find(flat, "kind");
	const struct nw_flat_value *v = nw_flat_find(flat, "v");
	struct manifest *m = arg;

	m->ours = kind && kind->kind == NW_FLAT_STRING &&
		  !strcmp(kind->text, NW_SAVE_KIND);
	if (v && v->kind == NW_FLAT_NUMBER)
		m->version = strtoul(v->text, NULL, 10);
	return 0;
}

/* Return: 0 or a negative errno; -EBADMSG: it is no JSON. */
static int read_manifest(struct manifest *m, int fd)
{
	char text[4096];
	ssize_t n;
	int ret;

	ret = nw_jsonl_open(&m->json, take, m);
	while (!ret && (n = read(fd, text, sizeof(text))) != 0) {
		if (n < 0)
			ret = -errno;
		else
			ret = nw_jsonl_feed(&m->json, text, (size_t)n);
	}
	if (!ret)
		ret = nw_jsonl_end(&m->json);
	nw_jsonl_close(&m->json);
	return ret;
}

static int not_saved(const char *dir, const char *why)
{
	nw_say("%s is a directory, but none that 'neighwatch save' made: %s\n"
	       "  name the files in it that are to be read", dir, why);
	return NW_EXIT_ERROR;
}

static int check(const char *dir)
{
	char path[PATH_MAX], why[PATH_MAX + 64];
	static struct manifest m;
	int fd, ret;

	snprintf(path, sizeof(path), "%s/%s", dir, NW_SAVE_MANIFEST);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0 && errno == ENOENT)
		return not_saved(dir, "it has no " NW_SAVE_MANIFEST);
	if (fd < 0) {
		nw_say("%s: %s", path, strerror(errno));
		return NW_EXIT_ERROR;
	}
	memset(&m, 0, offsetof(struct manifest, json));
	ret = read_manifest(&m, fd);
	close(fd);
	if (ret) {
		snprintf(why, sizeof(why), NW_SAVE_MANIFEST ": %s",
			 ret == -EBADMSG ? m.json.why : strerror(-ret));
		return not_saved(dir, why);
	}
	if (!m.ours || !m.version)
		return not_saved(dir, NW_SAVE_MANIFEST " is something else's");
	if (m.version > NW_SAVE_VERSION)
		nw_say("%s was saved by a newer version (%lu, this one knows %d): what\n"
		       "  this one does not know is left out", dir, m.version,
		       NW_SAVE_VERSION);
	return NW_EXIT_OK;
}

int nw_saved_history(const char *dir, char *path, size_t size)
{
	int ret = check(dir);

	if (ret)
		return ret;
	snprintf(path, size, "%s/%s", dir, NW_SAVE_HISTORY);
	if (!access(path, F_OK))
		return NW_EXIT_OK;
	nw_say("%s has no history: %s/%s says why\n"
	       "  its kernel log: neighwatch replay %s/kernel.log",
	       dir, dir, NW_SAVE_MANIFEST_TEXT, dir);
	return NW_EXIT_NOT_FOUND;
}

bool nw_saved_config(const char *dir, char *path, size_t size)
{
	snprintf(path, size, "%s/%s", dir, NW_SAVE_CONFIG);
	return !access(path, R_OK);
}
