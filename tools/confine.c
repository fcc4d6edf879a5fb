// SPDX-License-Identifier: GPL-2.0
/*
 * CAP_NET_ADMIN stays where the module is asked. The kernel wants it of who
 * opened the socket and of who sends (__netlink_ns_capable() in
 * net/netlink/af_netlink.c), for each request and for joining a group: after a
 * gap the ring is read again, and after a reload the group is joined again.
 * Without socket(), ioctl() and files to write to it reaches generic netlink,
 * and nothing else that it is for.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include <cap-ng.h>
#include <linux/netlink.h>
#include <seccomp.h>

#include "compiler.h"
#include "confine.h"
#include "say.h"

#define ANY_COMMAND	0

/* Of an int: who calls may leave anything above it in the register. */
#define INT		0xffffffffULL

/* A flag of its own and O_DIRECTORY; the latter is no harm. */
#define TMPFILE		(O_TMPFILE & ~O_DIRECTORY)
#define WRITING		(O_ACCMODE | O_CREAT | O_TRUNC | TMPFILE)

/* Allowed when each argument named has, of the bits in @mask, those of @value. */
struct rule {
	int call;
	unsigned int needs;
	unsigned int nr;
	struct {
		unsigned int arg;
		scmp_datum_t mask;
		scmp_datum_t value;
	} where[2];
};

#define CALL(name, needs)	{ SCMP_SYS(name), needs, 0, { { 0 } } }

static const struct rule rules[] = {
	/* What is open is read and written; files are opened to be read. */
	CALL(read, ANY_COMMAND),
	CALL(write, ANY_COMMAND),
	CALL(writev, ANY_COMMAND),
	CALL(close, ANY_COMMAND),
	CALL(lseek, ANY_COMMAND),
	CALL(fstat, ANY_COMMAND),
	CALL(newfstatat, ANY_COMMAND),
	CALL(statx, ANY_COMMAND),
	CALL(getdents64, ANY_COMMAND),
	{ SCMP_SYS(openat), ANY_COMMAND, 1, { { 2, WRITING, O_RDONLY } } },
	/* stdio: a terminal? */
	{ SCMP_SYS(ioctl), ANY_COMMAND, 1, { { 1, INT, TCGETS } } },

	/* Memory, but no new code. */
	CALL(brk, ANY_COMMAND),
	CALL(munmap, ANY_COMMAND),
	CALL(mremap, ANY_COMMAND),
	CALL(madvise, ANY_COMMAND),
	CALL(futex, ANY_COMMAND),
	{ SCMP_SYS(mmap), ANY_COMMAND, 1, { { 2, PROT_EXEC, 0 } } },
	{ SCMP_SYS(mprotect), ANY_COMMAND, 1, { { 2, PROT_EXEC, 0 } } },

	/* Time, signals, waiting, the end. */
	CALL(clock_gettime, ANY_COMMAND),
	CALL(gettimeofday, ANY_COMMAND),
	CALL(epoll_create1, ANY_COMMAND),
	CALL(epoll_ctl, ANY_COMMAND),
	CALL(epoll_wait, ANY_COMMAND),
	CALL(epoll_pwait, ANY_COMMAND),
	CALL(restart_syscall, ANY_COMMAND),
	CALL(rt_sigaction, ANY_COMMAND),
	CALL(rt_sigprocmask, ANY_COMMAND),
	CALL(rt_sigreturn, ANY_COMMAND),
	CALL(getpid, ANY_COMMAND),
	CALL(gettid, ANY_COMMAND),
	CALL(geteuid, ANY_COMMAND),
	CALL(exit, ANY_COMMAND),
	CALL(exit_group, ANY_COMMAND),
	/* glibc's qsort() and malloc(): how much memory, which secret. */
	CALL(sysinfo, ANY_COMMAND),
	CALL(getrandom, ANY_COMMAND),

	CALL(sendmsg, NW_CONFINE_MODULE),
	CALL(recvfrom, NW_CONFINE_MODULE),
	CALL(recvmsg, NW_CONFINE_MODULE),
	{ SCMP_SYS(setsockopt), NW_CONFINE_MODULE, 2,
	  { { 1, INT, SOL_NETLINK }, { 2, INT, NETLINK_ADD_MEMBERSHIP } } },
};

static int allow(scmp_filter_ctx ctx, const struct rule *r)
{
	struct scmp_arg_cmp cmp[ARRAY_SIZE(r->where)];
	unsigned int i;

	for (i = 0; i < r->nr; i++)
		cmp[i] = (struct scmp_arg_cmp){
			.arg = r->where[i].arg,
			.op = SCMP_CMP_MASKED_EQ,
			.datum_a = r->where[i].mask,
			.datum_b = r->where[i].value,
		};
	return seccomp_rule_add_array(ctx, SCMP_ACT_ALLOW, r->call, r->nr, cmp);
}

static int allow_all(scmp_filter_ctx ctx, const struct rule *r, size_t nr,
		     unsigned int needs)
{
	int ret = 0;

	for (; !ret && nr; nr--, r++)
		if ((r->needs & needs) == r->needs)
			ret = allow(ctx, r);
	return ret;
}

/* abort() raises its signal by this one. */
static int allow_self(scmp_filter_ctx ctx)
{
	const struct rule tgkill = {
		SCMP_SYS(tgkill), ANY_COMMAND, 1,
		{ { 0, INT, (scmp_datum_t)getpid() } },
	};

	return allow(ctx, &tgkill);
}

/* It is given work, and at the end an end. */
static int allow_helper(scmp_filter_ctx ctx, pid_t helper)
{
	const struct rule calls[] = {
		CALL(sendto, ANY_COMMAND),
		CALL(shutdown, ANY_COMMAND),
		CALL(poll, ANY_COMMAND),
		CALL(ppoll, ANY_COMMAND),
		CALL(wait4, ANY_COMMAND),
		{ SCMP_SYS(kill), ANY_COMMAND, 2,
		  { { 0, INT, (scmp_datum_t)helper }, { 1, INT, SIGKILL } } },
	};

	return helper ? allow_all(ctx, calls, ARRAY_SIZE(calls), 0) : 0;
}

/* Return: 0 or a negative errno. */
static int filter_calls(unsigned int needs, pid_t helper)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int ret;

	if (!ctx)
		return -ENOMEM;
	/* Kernels before 4.14 cannot: there a refused call is only refused. */
	seccomp_attr_set(ctx, SCMP_FLTATR_CTL_LOG, 1);
	ret = allow_all(ctx, rules, ARRAY_SIZE(rules), needs);
	if (!ret)
		ret = allow_self(ctx);
	if (!ret)
		ret = allow_helper(ctx, helper);
	if (!ret)
		ret = seccomp_load(ctx);
	seccomp_release(ctx);
	return ret;
}

static void keep(unsigned int capability, bool had)
{
	if (had)
		capng_update(CAPNG_ADD, CAPNG_EFFECTIVE | CAPNG_PERMITTED,
			     capability);
}

static bool have(unsigned int capability)
{
	return capng_have_capability(CAPNG_EFFECTIVE, capability);
}

/* Return: 0 or a negative errno. */
static int drop_capabilities(unsigned int needs)
{
	capng_select_t sets = CAPNG_SELECT_CAPS | CAPNG_SELECT_AMBIENT;
	bool admin, trace;

	if (capng_get_caps_process())
		return -EIO;
	admin = (needs & NW_CONFINE_MODULE) && have(CAP_NET_ADMIN);
	trace = (needs & NW_CONFINE_NAMES) && have(CAP_SYS_PTRACE);
	/* Without it the set cannot be changed; nothing is executed anyway. */
	if (have(CAP_SETPCAP))
		sets |= CAPNG_SELECT_BOUNDS;
	capng_clear(CAPNG_SELECT_ALL);
	keep(CAP_NET_ADMIN, admin);
	keep(CAP_SYS_PTRACE, trace);
	errno = 0;
	if (capng_apply(sets))
		return errno ? -errno : -EPERM;
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ? -errno : 0;
}

void nw_confine(unsigned int needs, pid_t helper)
{
	int ret = drop_capabilities(needs);

	if (ret)
		nw_say("keeps its capabilities: %s; all else is as usual",
		       strerror(-ret));
	ret = filter_calls(needs, helper);
	if (ret)
		nw_say("no filter on its system calls: %s; all else is as usual",
		       strerror(-ret));
}
