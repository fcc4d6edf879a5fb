// SPDX-License-Identifier: GPL-2.0
/* Processes that write the parts, watched. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "netns.h"
#include "save_part.h"
#include "say.h"
#include "task.h"

/* A child's status when its files could not be written. */
#define UNWRITTEN	100
#define LOOK_MS		20
/* A process that was killed and is still there hangs in the kernel. */
#define GRACE_MS	500
/* "[]" with its line break. */
#define NOTHING		3

static __u64 now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (__u64)ts.tv_sec * 1000 + (__u64)ts.tv_nsec / 1000000;
}

/* --- in the child --- */

static int enter(const struct nw_save_part *part, const struct nw_opts *o)
{
	char err[256];

	if (!part->inside || !o->netns ||
	    !nw_netns_enter(o->netns, err, sizeof(err)))
		return 0;
	nw_say("%s", err);
	return NW_EXIT_ERROR;
}

static int write_part(struct nw_save_dir *dir, const struct nw_opts *o,
		      const struct nw_save_part *part)
{
	FILE *file[NW_SAVE_FILES] = { NULL };
	int i, ret = enter(part, o);

	if (ret)
		return ret;
	for (i = 0; i < NW_SAVE_FILES && part->files[i]; i++) {
		file[i] = nw_save_dir_create(dir, part->files[i]);
		if (!file[i])
			break;
	}
	if (i == NW_SAVE_FILES || !part->files[i])
		ret = part->write(o, file);
	else
		ret = UNWRITTEN;
	for (i = 0; i < NW_SAVE_FILES && file[i]; i++)
		if (nw_save_dir_close(dir, file[i], part->files[i]))
			ret = UNWRITTEN;
	if (ret == UNWRITTEN)
		nw_say("%s", dir->why);
	return ret;
}

/* Signals end it at once, and it does not outlive who waits for it. */
static void run_child(struct nw_save_dir *dir, const struct nw_opts *o,
		      const struct nw_save_part *part, int fd, int parent)
{
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	dup2(fd, STDERR_FILENO);
	if (getppid() != parent)
		_exit(NW_EXIT_ERROR);
	_exit(write_part(dir, o, part));
}

/* --- in the parent --- */

static void start(struct nw_save_dir *dir, const struct nw_opts *o,
		  struct nw_save_job *job)
{
	int fds[2], parent = getpid();

	job->fd = -1;
	job->progress = now_ms();
	if (pipe2(fds, O_CLOEXEC)) {
		job->state = NW_SAVE_MISSING;
		snprintf(job->note, sizeof(job->note), "pipe: %s",
			 strerror(errno));
		return;
	}
	job->pid = fork();
	if (!job->pid)
		run_child(dir, o, job->part, fds[1], parent);
	close(fds[1]);
	if (job->pid < 0) {
		close(fds[0]);
		job->state = NW_SAVE_MISSING;
		snprintf(job->note, sizeof(job->note), "fork: %s",
			 strerror(errno));
		return;
	}
	job->fd = fds[0];
	fcntl(job->fd, F_SETFL, O_NONBLOCK);
}

static void add_said(struct nw_save_job *job, const char *text)
{
	size_t len = strlen(job->note);

	snprintf(job->note + len, sizeof(job->note) - len, "%s", text);
}

static void hang_up(struct nw_save_job *job)
{
	if (job->fd >= 0)
		close(job->fd);
	job->fd = -1;
}

/* More than the room is read and dropped, or the child would wait. */
static void listen_to(struct nw_save_job *job)
{
	char text[512];
	ssize_t n;

	while (job->fd >= 0) {
		n = read(job->fd, text, sizeof(text) - 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			break;
		if (n > 0) {
			text[n] = '\0';
			add_said(job, text);
		} else {
			hang_up(job);
		}
	}
}

/* Each message begins with the tool's name, and the last with a line break. */
static void trim_note(struct nw_save_job *job)
{
	static const char name[] = "neighwatch: ";
	size_t len = sizeof(name) - 1;
	char *p = job->note;

	while ((p = strstr(p, name)) != NULL) {
		if (p == job->note || p[-1] == '\n')
			memmove(p, p + len, strlen(p + len) + 1);
		else
			p += len;
	}
	for (len = strlen(job->note); len && job->note[len - 1] == '\n'; len--)
		job->note[len - 1] = '\0';
}

static bool is_json(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && !strcmp(dot, ".json");
}

static __u64 written(const struct nw_save_dir *dir,
		     const struct nw_save_part *part)
{
	__u64 size = 0;
	int i;

	for (i = 0; i < NW_SAVE_FILES && part->files[i]; i++)
		size += nw_save_dir_size(dir, part->files[i]);
	return size;
}

/* Is there more in its files than headings? */
static bool has_content(const struct nw_save_dir *dir,
			const struct nw_save_part *part)
{
	int i;

	for (i = 0; i < NW_SAVE_FILES && part->files[i]; i++)
		if (is_json(part->files[i]))
			return nw_save_dir_size(dir, part->files[i]) > NOTHING;
	return written(dir, part) > 0;
}

static void remove_files(const struct nw_save_dir *dir,
			 const struct nw_save_part *part, bool json_only)
{
	int i;

	for (i = 0; i < NW_SAVE_FILES && part->files[i]; i++)
		if (!json_only || is_json(part->files[i]))
			nw_save_dir_remove(dir, part->files[i]);
}

static void settle(const struct nw_save_dir *dir, struct nw_save_job *job,
		   bool ended_well, bool empty)
{
	const struct nw_save_part *part = job->part;

	if (ended_well && !empty) {
		job->state = NW_SAVE_WHOLE;
		return;
	}
	if (!empty && has_content(dir, part)) {
		job->state = NW_SAVE_INCOMPLETE;
		return;
	}
	job->state = empty ? NW_SAVE_EMPTY : NW_SAVE_MISSING;
	remove_files(dir, part, false);
}

/* JSON that broke off is none; text is of use up to there. */
static void settle_broken(const struct nw_save_dir *dir,
			  struct nw_save_job *job)
{
	remove_files(dir, job->part, true);
	if (written(dir, job->part)) {
		job->state = NW_SAVE_INCOMPLETE;
		return;
	}
	remove_files(dir, job->part, false);
	job->state = NW_SAVE_MISSING;
}

__printf(2, 3)
static void add_note(struct nw_save_job *job, const char *fmt, ...)
{
	size_t len = strlen(job->note);
	va_list ap;

	if (len && len < sizeof(job->note) - 1)
		job->note[len++] = '\n';
	va_start(ap, fmt);
	vsnprintf(job->note + len, sizeof(job->note) - len, fmt, ap);
	va_end(ap);
}

static void take_end(const struct nw_save_dir *dir, struct nw_save_job *job,
		     int status)
{
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;

	listen_to(job);
	hang_up(job);
	trim_note(job);
	if (code == UNWRITTEN) {
		job->state = NW_SAVE_UNWRITTEN;
	} else if (code >= 0) {
		settle(dir, job, !code, code == NW_EXIT_NOT_FOUND);
	} else {
		add_note(job, "ended by signal %d (%s)", WTERMSIG(status),
			 strsignal(WTERMSIG(status)));
		settle_broken(dir, job);
	}
}

/* Kill it and wait a little; where it hangs tells who holds what. */
static void give_up(const struct nw_save_dir *dir, struct nw_save_job *job,
		    unsigned int patience)
{
	char where[NW_TASK_STACK];
	__u64 end;
	int status;

	nw_task_where(job->pid, where, sizeof(where));
	kill(job->pid, SIGKILL);
	for (end = now_ms() + GRACE_MS; now_ms() < end; poll(NULL, 0, 10))
		if (waitpid(job->pid, &status, WNOHANG))
			break;
	listen_to(job);
	hang_up(job);
	trim_note(job);
	add_note(job, "no answer of the kernel within %u s; it hangs here:\n%s",
		 patience / 1000, where);
	settle_broken(dir, job);
}

static void watch(const struct nw_save_dir *dir, struct nw_save_job *job,
		  unsigned int patience)
{
	__u64 size = written(dir, job->part), now = now_ms();
	int status;

	listen_to(job);
	if (waitpid(job->pid, &status, WNOHANG) == job->pid) {
		take_end(dir, job, status);
		return;
	}
	if (size != job->size) {
		job->size = size;
		job->progress = now;
	}
	if (now - job->progress >= patience)
		give_up(dir, job, patience);
}

/* Return: how many are running; a disk that failed is enough to know. */
static size_t watch_all(struct nw_save_dir *dir, struct nw_save_job *jobs,
			size_t nr, unsigned int patience, int *ret)
{
	size_t i, running = 0;

	for (i = 0; i < nr; i++) {
		if (jobs[i].state == NW_SAVE_RUNNING)
			watch(dir, &jobs[i], patience);
		if (jobs[i].state == NW_SAVE_UNWRITTEN && !*ret) {
			snprintf(dir->why, sizeof(dir->why), "%s",
				 jobs[i].note);
			*ret = -EIO;
		}
		running += jobs[i].state == NW_SAVE_RUNNING;
	}
	return running;
}

static void stop(const struct nw_save_dir *dir, struct nw_save_job *jobs,
		 size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (jobs[i].state == NW_SAVE_RUNNING)
			kill(jobs[i].pid, SIGKILL);
	for (i = 0; i < nr; i++)
		if (jobs[i].state == NW_SAVE_RUNNING)
			give_up(dir, &jobs[i], 0);
}

int nw_save_run(struct nw_save_dir *dir, const struct nw_opts *o,
		struct nw_save_job *jobs, size_t nr, unsigned int patience)
{
	struct timespec nap = { .tv_nsec = LOOK_MS * 1000000L };
	int ret = 0;
	size_t i;

	for (i = 0; i < nr && !nw_stop; i++)
		start(dir, o, &jobs[i]);
	if (i < nr)
		nr = i;
	while (!nw_stop && watch_all(dir, jobs, nr, patience, &ret) && !ret)
		nanosleep(&nap, NULL);
	if (nw_stop)
		ret = -EINTR;
	if (ret)
		stop(dir, jobs, nr);
	return ret;
}
