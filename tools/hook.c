// SPDX-License-Identifier: GPL-2.0
#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "compiler.h"
#include "hook.h"
#include "hook_helper.h"
#include "say.h"

#define SEND_BUFFER	(256 * 1024)

/* Six bytes for one of a text; names of keys, and a third for each fact. */
static_assert(6 * sizeof(struct nw_finding) + 2048 <= NW_HOOK_TEXT,
	      "a finding as JSON fits into a message");

const struct nw_hook_limits nw_hook_limits = {
	/* A message is sent in this time, or the way out is what is broken. */
	.run = 10 * 1000,
	/* To remove a lock or a temporary file. */
	.term = 2 * 1000,
	/* More only when it hangs in the kernel, where no signal helps. */
	.kill = 1000,
	/* Less than systemd waits for a service to stop, 90 s; nobody waits
	 * longer at a prompt.
	 */
	.end = 5 * 1000,
	/* One a second on average: an incident has a dozen findings, a flood
	 * has thousands, and a reader of pages can use neither.
	 */
	.window = 60 * 1000,
	.starts = 60,
	/* A host in trouble has other things to do. */
	.at_once = 4,
	/* What a minute's worth of starts can catch up with. */
	.waiting = 64,
	/* Seldom enough for a log, often enough to notice that it still is. */
	.quiet = 3600 * 1000,
};

static const char *find_fault(const char *program)
{
	struct stat st;

	if (*program != '/') {
		errno = EINVAL;
		return "not an absolute path: give all of it, from / on";
	}
	if (stat(program, &st))
		return strerror(errno);
	if (S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		return "a directory: name the program in it";
	}
	if (!S_ISREG(st.st_mode)) {
		errno = EACCES;
		return "not a file that can be executed";
	}
	if (access(program, X_OK))
		return errno == EACCES ? "not executable: chmod +x" :
		       strerror(errno);
	return NULL;
}

static size_t shared_size(const struct nw_hook *h)
{
	return sizeof(*h->shared) +
	       h->limits->at_once * sizeof(h->shared->end[0]);
}

static void release(struct nw_hook *h)
{
	if (h->fd >= 0)
		close(h->fd);
	h->fd = -1;
	if (h->shared)
		munmap(h->shared, shared_size(h));
	h->shared = NULL;
	if (h->out.file)
		fclose(h->out.file);
	h->out.file = NULL;
	free(h->item);
	h->item = NULL;
	h->pid = 0;
}

/* The JSON is written to where it is sent from. */
static int prepare(struct nw_hook *h)
{
	void *shared;

	h->item = calloc(1, NW_HOOK_ITEM_MAX);
	if (!h->item)
		return -ENOMEM;
	h->out.file = fmemopen(h->item->text, NW_HOOK_TEXT, "w");
	if (!h->out.file)
		return -errno;
	nw_clock_now(&h->out.start);
	shared = mmap(NULL, shared_size(h), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		return -errno;
	h->shared = shared;
	return 0;
}

static int start(struct nw_hook *h)
{
	int sock[2], size = SEND_BUFFER, err;
	pid_t self = getpid();
	sigset_t all, before;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sock))
		return -errno;
	setsockopt(sock[0], SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
	signal(SIGCHLD, SIG_DFL);
	/* What is sent to all of the terminal, or of the service, is not its. */
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &before);
	h->pid = fork();
	err = errno;
	if (!h->pid)
		nw_hook_helper(h, sock[1], self);
	sigprocmask(SIG_SETMASK, &before, NULL);
	close(sock[1]);
	h->fd = sock[0];
	return h->pid < 0 ? -err : 0;
}

int nw_hook_open(struct nw_hook *h, const char *program)
{
	const char *fault = find_fault(program);
	int ret = fault ? -errno : 0;

	h->fd = -1;
	h->program = program;
	if (!h->limits)
		h->limits = &nw_hook_limits;
	if (!ret)
		ret = prepare(h);
	if (!ret)
		ret = start(h);
	if (ret) {
		snprintf(h->why, sizeof(h->why), "%s",
			 fault ? fault : strerror(-ret));
		release(h);
	}
	return ret;
}

/* Text of a finding is printable, unless it was not made by its functions. */
static size_t add_variable(char *env, size_t size, const char *name,
			   const char *value)
{
	int n = snprintf(env, size, "NEIGHWATCH_%s=%s", name, value);
	char *p;

	for (p = env; *p; p++)
		if (*p < ' ' || *p > '~')
			*p = '?';
	return n < 0 || (size_t)n >= size ? size : (size_t)n + 1;
}

static void set_variables(struct nw_hook_item *item, const struct nw_finding *f)
{
	const struct {
		const char *name;
		const char *value;
	} vars[] = {
		{ "ID", f->id },
		{ "SEVERITY", nw_severity_name(f->severity) },
		{ "STATUS", nw_status_name(f->status) },
		{ "SUBJECT", f->subject },
	};
	size_t len = 0, i;

	memset(item->env, 0, sizeof(item->env));
	/* The last byte ends them all. */
	for (i = 0; i < ARRAY_SIZE(vars); i++)
		len += add_variable(item->env + len,
				    sizeof(item->env) - 1 - len,
				    vars[i].name, vars[i].value);
}

/* Return: bytes of the message, 0 when the finding is too long for it. */
static size_t render(struct nw_hook *h, const struct nw_finding *f)
{
	FILE *file = h->out.file;
	long len;

	rewind(file);
	h->out.json = (struct nw_json){ .file = file };
	nw_out_finding_json(&h->out, f);
	if (fflush(file) || ferror(file))
		return 0;
	len = ftell(file);
	if (len <= 0)
		return 0;
	h->item->severity = f->severity;
	h->item->len = (__u32)len;
	set_variables(h->item, f);
	return sizeof(*h->item) + (size_t)len;
}

/* Not by now is not for ever. */
static bool is_behind(int error)
{
	return error == EAGAIN || error == EWOULDBLOCK || error == ENOBUFS ||
	       error == ENOMEM || error == EMSGSIZE || error == EINTR;
}

void nw_hook_finding(struct nw_hook *h, const struct nw_finding *f)
{
	size_t len;

	if (!h->program)
		return;
	h->given++;
	len = h->fd < 0 ? 0 : render(h, f);
	if (len && send(h->fd, h->item, len, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0)
		return;
	h->behind++;
	if (len && !is_behind(errno))
		nw_hook_gone(h);
	else if (h->fd >= 0 && h->behind == 1)
		nw_say("exec %s: not run for a finding: its helper %d is stuck or too slow\n"
		       "More are counted. What is it at: ps -o stat,wchan %d",
		       h->program, (int)h->pid, (int)h->pid);
}

void nw_hook_gone(struct nw_hook *h)
{
	if (!h->pid || h->fd < 0)
		return;
	close(h->fd);
	h->fd = -1;
	nw_say("exec %s: its helper %d is gone, it is not run any more\n"
	       "Recording goes on. Start neighwatch again to have it run; was memory short?",
	       h->program, (int)h->pid);
}

void nw_hook_count(const struct nw_hook *h, struct nw_hook_counts *counts)
{
	memset(counts, 0, sizeof(*counts));
	if (h->shared)
		*counts = h->shared->counts;
	counts->dropped += h->behind;
}

/*
 * It hangs up when it ends. Who sends a signal meanwhile does not want to
 * wait: it is killed then, as when it takes too long, and its runners end
 * their programs.
 */
static void await_end(struct nw_hook *h)
{
	const struct nw_hook_limits *l = h->limits;
	struct pollfd hang_up = { .fd = h->fd };

	if (h->fd >= 0) {
		shutdown(h->fd, SHUT_WR);
		poll(&hang_up, 1, (int)(l->end + 3 * l->kill));
	}
	if (!hang_up.revents)
		kill(h->pid, SIGKILL);
	while (waitpid(h->pid, NULL, 0) < 0 && errno == EINTR)
		;
}

/* "70 findings: 60 ran, 2 failed, 8 dropped", when that is worth a line. */
static void sum_up(const struct nw_hook *h, const struct nw_hook_counts *c)
{
	const struct {
		__u64 n;
		const char *what;
	} parts[] = {
		{ c->ran, "ran" },
		{ c->failed, "failed" },
		{ c->refused, "not executable" },
		{ c->timed_out, "timed out" },
		{ c->cut, "cut short" },
		{ c->dropped, "dropped" },
		{ h->given - (c->ran + c->failed + c->refused + c->timed_out +
			      c->cut + c->dropped), "lost with its helper" },
	};
	struct nw_line line = { .len = 0 };
	size_t i;

	if (c->ran == h->given)
		return;
	for (i = 0; i < ARRAY_SIZE(parts); i++)
		if (parts[i].n)
			nw_line_add(&line, "%s %llu %s", line.len ? "," : "",
				    parts[i].n, parts[i].what);
	nw_say("exec %s: %llu findings:%s", h->program, h->given, line.buf);
}

void nw_hook_close(struct nw_hook *h, struct nw_hook_counts *counts)
{
	struct nw_hook_counts sum = { .ran = 0 };

	if (h->pid) {
		await_end(h);
		nw_hook_count(h, &sum);
		sum_up(h, &sum);
		release(h);
	}
	if (counts)
		*counts = sum;
}
