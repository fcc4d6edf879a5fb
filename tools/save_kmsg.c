// SPDX-License-Identifier: GPL-2.0
/* The kernel's log, as it is kept in memory. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "kmsg.h"
#include "save_part.h"
#include "say.h"

/* The newest so many bytes: more than nearly all kernels keep. */
#define LOG_MAX	(64ULL * 1024 * 1024)

struct log {
	int fd;
	FILE *file;		/* NULL: count alone */
	__u64 skip;		/* bytes of the oldest that are left out */
	__u64 bytes;
	__u64 gaps;
	char record[NW_KMSG_RECORD + 1];
	char lines[NW_KMSG_LINES];
};

/* Return: 1 with a record, 0 at the end, or a negative errno. */
static int next_record(struct log *log)
{
	ssize_t n;

	for (;;) {
		n = read(log->fd, log->record, sizeof(log->record) - 1);
		if (n > 0) {
			log->record[n] = '\0';
			return 1;
		}
		if (!n || errno == EAGAIN)
			return 0;
		/* Overwritten while it was read: the next is the oldest. */
		if (errno == EPIPE)
			log->gaps++;
		else if (errno != EINTR)
			return -errno;
	}
}

/* A log that grows as fast as it is read has an end, too. */
static int read_all(struct log *log)
{
	int ret = 0;
	size_t len;

	log->bytes = 0;
	log->gaps = 0;
	if (lseek(log->fd, 0, SEEK_SET) < 0)
		return -errno;
	while (log->bytes < 2 * LOG_MAX && (ret = next_record(log)) > 0) {
		len = nw_kmsg_format(log->lines, sizeof(log->lines),
				     log->record);
		log->bytes += len;
		if (log->file && log->bytes > log->skip)
			fwrite(log->lines, 1, len, log->file);
	}
	return ret < 0 ? ret : 0;
}

static int read_twice(struct log *log, FILE *file)
{
	int ret = read_all(log);

	if (ret)
		return ret;
	if (log->bytes > LOG_MAX) {
		log->skip = log->bytes - LOG_MAX;
		nw_say("of the kernel's log only the newest %llu MiB",
		       LOG_MAX >> 20);
	}
	log->file = file;
	ret = read_all(log);
	if (!ret && log->gaps)
		nw_say("the kernel overwrote its log while it was read");
	return ret;
}

int nw_save_kmsg(const struct nw_opts *o, FILE *const *file)
{
	static struct log log;
	int ret;

	(void)o;
	log.fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (log.fd < 0) {
		nw_say("/dev/kmsg: %s", strerror(errno));
		return NW_EXIT_ERROR;
	}
	ret = read_twice(&log, file[0]);
	close(log.fd);
	if (!ret)
		return NW_EXIT_OK;
	nw_say("/dev/kmsg: %s", strerror(-ret));
	return NW_EXIT_ERROR;
}
