// SPDX-License-Identifier: GPL-2.0
/* Files in memory: what is under test opens files by name. */
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"

void nw_fuzz_page_open(struct nw_fuzz_page *p)
{
	p->text = NULL;
	p->len = 0;
	p->fd = memfd_create("fuzz", MFD_CLOEXEC);
	nw_fuzz_must(p->fd >= 0, "memfd_create failed");
	snprintf(p->path, sizeof(p->path), "/proc/self/fd/%d", p->fd);
	p->file = fdopen(dup(p->fd), "w");
	nw_fuzz_must(p->file, "fdopen failed");
}

void nw_fuzz_page_write(struct nw_fuzz_page *p, const void *data, size_t len)
{
	if (len)
		nw_fuzz_must(fwrite(data, 1, len, p->file) == len,
			     "writing failed");
	fflush(p->file);
}

void nw_fuzz_page_read(struct nw_fuzz_page *p)
{
	struct stat st;

	fflush(p->file);
	nw_fuzz_must(!fstat(p->fd, &st), "fstat failed");
	p->len = (size_t)st.st_size;
	free(p->text);
	p->text = calloc(1, p->len + 1);
	nw_fuzz_must(p->text &&
		     pread(p->fd, p->text, p->len, 0) == (ssize_t)p->len,
		     "reading failed");
}

void nw_fuzz_page_close(struct nw_fuzz_page *p)
{
	fclose(p->file);
	close(p->fd);
	free(p->text);
}
