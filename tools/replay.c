// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "jsonl_index.h"
#include "replay.h"

/* Bytes that tell JSON from a log. */
#define ENOUGH	32

void nw_replay_init(struct nw_replay *r, nw_entry_fn fn, void *arg)
{
	memset(r, 0, sizeof(*r));
	r->fn = fn;
	r->arg = arg;
	nw_klog_init(&r->klog, fn, arg);
}

static int refuse(struct nw_replay *r, int err, const char *what)
{
	if (err != -EBADMSG)
		snprintf(r->why, sizeof(r->why), "%s: %s", r->file, what);
	else
		snprintf(r->why, sizeof(r->why), "%s:%llu: %s", r->file,
			 r->line, what);
	return err;
}

/* Behind what is not used up yet; 0 at the end of the file. */
static ssize_t fill(struct nw_replay *r)
{
	ssize_t n;

	memmove(r->piece, r->piece + r->pos, r->len - r->pos);
	r->len -= r->pos;
	r->pos = 0;
	do {
		n = read(r->fd, r->piece + r->len, NW_REPLAY_PIECE - r->len);
	} while (n < 0 && errno == EINTR);
	if (n < 0)
		return refuse(r, -errno, strerror(errno));
	r->len += (size_t)n;
	return n;
}

/*
 * The next line, with its line break if it is all there; of one that is longer
 * than the room only a piece at a time. Return: its length, 0 at the end.
 */
static ssize_t next_piece(struct nw_replay *r, char **text)
{
	size_t looked = 0, len;
	char *end;
	ssize_t n;

	for (;;) {
		*text = r->piece + r->pos;
		len = r->len - r->pos;
		end = memchr(*text + looked, '\n', len - looked);
		if (end || len == NW_REPLAY_PIECE)
			break;
		looked = len;
		n = fill(r);
		if (n < 0)
			return n;
		if (!n)
			break;
	}
	*text = r->piece + r->pos;
	if (end)
		len = (size_t)(end - *text) + 1;
	r->pos += len;
	r->line += r->fresh;
	r->fresh = !!end;
	return (ssize_t)len;
}

/* After a crash blocks of zeros stand in logs: they end a line, too. */
static int take_log_line(struct nw_replay *r, char *text, size_t len)
{
	char *end = text + len, *next;
	int ret = 0;

	for (; !ret && text < end; text = next + 1) {
		len = strnlen(text, (size_t)(end - text));
		next = text + len;
		while (len && (text[len - 1] == '\n' || text[len - 1] == '\r'))
			text[--len] = '\0';
		if (len)
			ret = nw_klog_line(&r->klog, text);
	}
	return ret;
}

static int read_log(struct nw_replay *r)
{
	bool whole = true;
	char *text, keep;
	ssize_t len;
	int ret = 0;

	while (!ret && (len = next_piece(r, &text)) > 0) {
		keep = text[len];
		text[len] = '\0';
		/* What follows in a line without end cannot be the kernel's. */
		if (whole)
			ret = take_log_line(r, text, (size_t)len);
		text[len] = keep;
		whole = r->fresh;
	}
	if (ret)
		return ret;
	return len >= 0 ? nw_klog_end(&r->klog) : (int)len;
}

static int take_object(void *arg, struct nw_flat *flat)
{
	struct nw_replay *r = arg;
	int ret;

	if (!nw_flat_known(flat, NW_INDEX_EVENT) && nw_klog_is_journal(flat))
		return nw_klog_object(&r->klog, flat);
	r->records++;
	ret = nw_jsonl_event(flat, &r->entry, &r->counts, r->said,
			     sizeof(r->said));
	if (ret || r->entry.kind == NW_ENTRY_NONE)
		return ret;
	return r->fn(r->arg, &r->entry);
}

/* With its place: one line may hold many objects. */
static int explain(struct nw_replay *r)
{
	char what[256];

	snprintf(what, sizeof(what), "object %llu: %s", r->jsonl.objects,
		 r->said[0] ? r->said : r->jsonl.why);
	return refuse(r, -EBADMSG, what);
}

static int read_json(struct nw_replay *r)
{
	__u64 kernel = r->klog.kernel;
	ssize_t len = 0;
	char *text;
	int ret;

	r->said[0] = '\0';
	ret = nw_jsonl_open(&r->jsonl, take_object, r);
	while (!ret && (len = next_piece(r, &text)) > 0)
		ret = nw_jsonl_feed(&r->jsonl, text, (size_t)len);
	if (!ret && len < 0)
		ret = (int)len;
	else if (!ret)
		ret = nw_jsonl_end(&r->jsonl);
	nw_jsonl_close(&r->jsonl);
	if (ret == -EBADMSG)
		return explain(r);
	if (!ret && r->klog.kernel > kernel)
		ret = nw_klog_end(&r->klog);
	return ret;
}

/* '{', or '[' and then an object: "[ 5.12] ..." is a log. */
static bool is_json(const char *s, const char *end)
{
	while (s < end && isspace((unsigned char)*s))
		s++;
	if (s < end && *s == '{')
		return true;
	if (s == end || *s != '[')
		return false;
	for (s++; s < end && isspace((unsigned char)*s); s++)
		;
	return s < end && (*s == '{' || *s == ']');
}

int nw_replay_open(const char *file)
{
	if (!strcmp(file, "-"))
		return STDIN_FILENO;
	return open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
}

int nw_replay_fd(struct nw_replay *r, const char *file, int fd)
{
	ssize_t n;
	int ret;

	r->file = fd == STDIN_FILENO ? "standard input" : file;
	r->fd = fd;
	r->line = 0;
	r->len = 0;
	r->pos = 0;
	r->fresh = true;
	if (fd < 0)
		return refuse(r, -errno, strerror(errno));
	/* A pipe may give a little at a time. */
	do {
		n = fill(r);
	} while (n > 0 && r->len < ENOUGH);
	if (n < 0)
		ret = (int)n;
	else if (is_json(r->piece, r->piece + r->len))
		ret = read_json(r);
	else
		ret = read_log(r);
	if (fd != STDIN_FILENO)
		close(fd);
	return ret;
}

int nw_replay_file(struct nw_replay *r, const char *file)
{
	return nw_replay_fd(r, file, nw_replay_open(file));
}
