// SPDX-License-Identifier: GPL-2.0
/*
 * One run of the program. It may fork, ignore signals, take another session
 * or stay for ever: whatever it does, after its time nothing of it is left.
 *
 * The runner is the reaper of all that descends from the program. Therefore a
 * process that left the program's group becomes a child of the runner at the
 * latest when its parent is gone, and can be found and ended.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "compiler.h"
#include "hook_run.h"

#define PATH	"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
#define VARIABLES	8

struct run {
	const char *program;
	const struct nw_hook_limits *limits;
	const struct nw_hook_item *item;
	struct nw_hook_end *end;
	pid_t pid;
	sigset_t signals;	/* what the runner waits for */
	bool hurry;
};

static __u64 after(__u32 ms)
{
	struct nw_clock now;

	nw_clock_now(&now);
	return now.mono + ms * NW_NSEC_PER_MSEC;
}

static void give_up(struct run *r, int error)
{
	r->end->error = error;
	_exit(1);
}

static int write_all(int fd, const char *p, size_t len)
{
	ssize_t n;

	for (; len; p += n, len -= (size_t)n) {
		n = write(fd, p, len);
		if (n < 0)
			return -errno;
	}
	return 0;
}

/*
 * A file that nobody can change: no writer that has to stay, no size of a
 * pipe to think of, and a program that does not read it hurts nobody.
 */
static int make_input(const struct nw_hook_item *item)
{
	int fd, ret;

	fd = memfd_create("finding", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd < 0)
		return -errno;
	ret = write_all(fd, item->text, item->len);
	if (ret)
		return ret;
	lseek(fd, 0, SEEK_SET);
	fcntl(fd, F_ADD_SEALS,
	      F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL);
	return fd;
}

static void reset_signals(void)
{
	/* The kernel's own structure: the default, no flags, an empty mask. */
	static const unsigned long action[8];
	sigset_t none;
	int sig;

	/*
	 * By the system call: sigaction() refuses the two signals that the C
	 * library keeps for itself, and posix_spawn() leaves those ignored.
	 */
	for (sig = 1; sig <= SIGRTMAX; sig++)
		syscall(SYS_rt_sigaction, sig, action, NULL, 8);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* What a daemon has; standard output stays that of errors, set by the helper. */
static void become(struct run *r)
{
	char env[NW_HOOK_ENV];
	char *argv[2] = { (char *)r->program, NULL };
	char *envp[VARIABLES] = { PATH };
	unsigned int n = 1;
	char *p;

	memcpy(env, r->item->env, sizeof(env));
	for (p = env; *p && n < VARIABLES - 1; p += strlen(p) + 1)
		envp[n++] = p;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setsid();
	umask(022);
	if (chdir("/"))
		give_up(r, errno);
	reset_signals();
	execve(r->program, argv, envp);
	give_up(r, errno);
}

/* It stays a zombie, so that its number remains its own. */
static bool has_ended(pid_t pid)
{
	siginfo_t si = { .si_pid = 0 };

	return waitid(P_PID, (id_t)pid, &si, WEXITED | WNOHANG | WNOWAIT) ||
	       si.si_pid;
}

/* Wait for news until @until; false: it is too late. */
static bool wait_news(struct run *r, __u64 until)
{
	struct timespec ts;
	__u64 now = after(0);

	if (now >= until)
		return false;
	ts.tv_sec = (time_t)((until - now) / NW_NSEC_PER_SEC);
	ts.tv_nsec = (long)((until - now) % NW_NSEC_PER_SEC);
	if (sigtimedwait(&r->signals, NULL, &ts) == NW_HOOK_HURRY)
		r->hurry = true;
	return true;
}

static bool ends_within(struct run *r, __u32 ms)
{
	__u64 until = after(ms);

	while (!has_ended(r->pid))
		if (r->hurry || !wait_news(r, until))
			return false;
	return true;
}

static void ask_to_end(struct run *r)
{
	r->end->cut = r->hurry;
	r->end->timed_out = !r->hurry;
	if (r->hurry)
		return;
	kill(-r->pid, SIGTERM);
	ends_within(r, r->limits->term);
}

/*
 * Children of this process, all of them by now left by the program. A /proc of
 * another PID namespace has other numbers: only what can be waited for is one.
 */
static void kill_child(pid_t pid)
{
	siginfo_t si;

	if (!waitid(P_PID, (id_t)pid, &si, WEXITED | WNOHANG | WNOWAIT))
		kill(pid, SIGKILL);
}

static void kill_children(void)
{
	char buf[4096];
	char *p = buf, *end;
	ssize_t n;
	int fd;

	fd = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	n = read(fd, buf, sizeof(buf) - 1);
	close(fd);
	buf[n > 0 ? n : 0] = '\0';
	for (;; p = end) {
		long pid = strtol(p, &end, 10);

		/* The last number may be cut off by the buffer's end. */
		if (pid <= 1 || *end != ' ')
			break;
		kill_child((pid_t)pid);
	}
}

/* The group first, as a whole: while it lasts no member of it can fork. */
static void end_all(struct run *r)
{
	__u64 until = after(r->limits->kill);
	int status;
	pid_t pid;

	kill(-r->pid, SIGKILL);
	kill(r->pid, SIGKILL);
	do {
		while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
			if (pid != r->pid)
				continue;
			r->end->status = status;
			r->end->known = true;
		}
		if (pid < 0)
			return;
		kill_children();
	} while (wait_news(r, until));
}

static void watch(struct run *r)
{
	if (!ends_within(r, r->limits->run))
		ask_to_end(r);
	end_all(r);
}

/* Nothing of what the helper holds open may live as long as the program. */
static void settle(struct run *r, pid_t helper)
{
	int fd;

	prctl(PR_SET_PDEATHSIG, NW_HOOK_HURRY);
	if (getppid() != helper)
		_exit(1);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	sigemptyset(&r->signals);
	sigaddset(&r->signals, SIGCHLD);
	sigaddset(&r->signals, NW_HOOK_HURRY);
	fd = make_input(r->item);
	if (fd < 0)
		give_up(r, -fd);
	dup2(fd, STDIN_FILENO);
	syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, 0);
}

void nw_hook_run(const char *program, const struct nw_hook_limits *limits,
		 const struct nw_hook_item *item, struct nw_hook_end *end,
		 pid_t helper)
{
	struct run r = {
		.program = program, .limits = limits, .item = item,
		.end = end,
	};

	settle(&r, helper);
	r.pid = fork();
	if (r.pid < 0)
		give_up(&r, errno);
	if (!r.pid)
		become(&r);
	watch(&r);
	_exit(0);
}
