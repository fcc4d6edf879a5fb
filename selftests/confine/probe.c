// SPDX-License-Identifier: GPL-2.0
/*
 * Preloaded into a command, tells from inside what it may still do at the
 * moment its output is flushed: lines in the file that NW_PROBE names,
 * "KEY VALUE" of /proc/self/status, then "NAME refused" (EPERM), "NAME fails"
 * or "NAME works" for system calls.
 *
 * Arguments are such that the kernel has another answer than EPERM for root:
 * the calls do nothing, and only a filter says EPERM to all of them.
 *
 * With NW_PROBE_WITHOUT=filter or =capset it is on a kernel, or in a container,
 * that has not got that.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <linux/seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

static int report = -1;
static const char *without = "";
static int (*real_fflush)(FILE *file);
static long (*real_syscall)(long call, ...);

static const struct call {
	const char *name;
	long nr;
	long arg[6];
} calls[] = {
	/* What it needs. */
	{ "open-to-read", SYS_openat, { AT_FDCWD, (long)"/dev/null" } },
	{ "epoll_ctl", SYS_epoll_ctl, { -1 } },
	{ "mmap", SYS_mmap, { 0, 4096, PROT_READ,
		MAP_PRIVATE | MAP_ANONYMOUS, -1 } },
	/* What it does not. */
	{ "open-to-write", SYS_openat, { AT_FDCWD, (long)"/dev/null",
		O_WRONLY } },
	{ "open-to-change", SYS_openat, { AT_FDCWD, (long)"/dev/null",
		O_RDWR } },
	{ "open-to-truncate", SYS_openat, { AT_FDCWD, (long)"/dev/null",
		O_TRUNC } },
	{ "open-to-create", SYS_openat, { AT_FDCWD, (long)"/dev/null",
		O_CREAT, 0600 } },
	{ "openat2", SYS_openat2, { -1 } },
	{ "memfd_create", SYS_memfd_create, { 0 } },
	{ "truncate", SYS_truncate, { (long)"", 0 } },
	{ "fchmod", SYS_fchmod, { -1 } },
	{ "fchown", SYS_fchown, { -1 } },
	{ "unlinkat", SYS_unlinkat, { -1, (long)"" } },
	{ "renameat2", SYS_renameat2, { -1, (long)"", -1, (long)"" } },
	{ "linkat", SYS_linkat, { -1, (long)"", -1, (long)"" } },
	{ "mknodat", SYS_mknodat, { -1, (long)"" } },
	{ "mount", SYS_mount, { 0 } },
	{ "umount2", SYS_umount2, { (long)"" } },
	{ "chroot", SYS_chroot, { (long)"" } },
	{ "setns", SYS_setns, { -1 } },
	{ "unshare", SYS_unshare, { 1 } },
	{ "execve", SYS_execve, { 0 } },
	{ "execveat", SYS_execveat, { -1 } },
	{ "clone", SYS_clone, { CLONE_THREAD } },
	{ "clone3", SYS_clone3, { 0 } },
	{ "ptrace", SYS_ptrace, { 0x4206, -1 } },
	{ "process_vm_writev", SYS_process_vm_writev, { -1 } },
	{ "pidfd_open", SYS_pidfd_open, { -1 } },
	{ "kill-others", SYS_kill, { 1, 0 } },
	{ "socket", SYS_socket, { AF_INET, SOCK_DGRAM } },
	{ "socketpair", SYS_socketpair, { -1 } },
	{ "connect", SYS_connect, { -1 } },
	{ "bind", SYS_bind, { -1 } },
	{ "setsockopt", SYS_setsockopt, { -1, SOL_SOCKET, SO_RCVBUFFORCE } },
	{ "ioctl", SYS_ioctl, { -1, TIOCSTI } },
	{ "dup3", SYS_dup3, { -1, -1 } },
	{ "mmap-code", SYS_mmap, { 0, 4096, PROT_READ | PROT_EXEC,
		MAP_PRIVATE | MAP_ANONYMOUS, -1 } },
	{ "mprotect-code", SYS_mprotect, { 0, 0, PROT_EXEC } },
	{ "bpf", SYS_bpf, { -1 } },
	{ "io_uring_setup", SYS_io_uring_setup, { 0 } },
	{ "finit_module", SYS_finit_module, { -1 } },
	{ "prctl", SYS_prctl, { -1 } },
	{ "seccomp", SYS_seccomp, { -1 } },
	{ "capset", SYS_capset, { 0 } },
	{ "setuid", SYS_setresuid, { -1, -1, -1 } },
	{ "personality", SYS_personality, { 0xffffffff } },
};

static void *next_of(const char *name)
{
	void *symbol = dlsym(RTLD_NEXT, name);

	if (!symbol)
		abort();
	return symbol;
}

/* Libraries begin before this one. */
static long next_syscall(long call, long a, long b, long c, long d, long e,
			 long f)
{
	if (!real_syscall)
		real_syscall = next_of("syscall");
	return real_syscall(call, a, b, c, d, e, f);
}

__attribute__((constructor))
static void open_report(void)
{
	const char *file = getenv("NW_PROBE");

	if (getenv("NW_PROBE_WITHOUT"))
		without = getenv("NW_PROBE_WITHOUT");
	real_fflush = next_of("fflush");
	if (file)
		report = open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC,
			      0600);
}

static void report_status(void)
{
	static const char *const keys[] = {
		"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs",
		"Seccomp",
	};
	FILE *file = fopen("/proc/self/status", "r");
	char line[256], value[64];
	size_t i;

	while (file && fgets(line, sizeof(line), file))
		for (i = 0; i < ARRAY_SIZE(keys); i++)
			if (!strncmp(line, keys[i], strlen(keys[i])) &&
			    line[strlen(keys[i])] == ':' &&
			    sscanf(line, "%*s %63s", value) == 1)
				dprintf(report, "%s %s\n", keys[i], value);
	if (file)
		fclose(file);
}

static void try(const struct call *c)
{
	long ret = next_syscall(c->nr, c->arg[0], c->arg[1], c->arg[2],
				c->arg[3], c->arg[4], c->arg[5]);

	dprintf(report, "%s %s\n", c->name, ret >= 0 ? "works" :
		errno == EPERM ? "refused" : "fails");
}

static void probe(void)
{
	size_t i;

	report_status();
	for (i = 0; i < ARRAY_SIZE(calls); i++)
		try(&calls[i]);
	dprintf(report, "end -\n");
}

int fflush(FILE *file)
{
	static int done;

	if (file == stdout && report >= 0 && !done) {
		done = 1;
		probe();
	}
	return real_fflush(file);
}

/* What libseccomp and libcap-ng call. */
long syscall(long call, ...)
{
	long a[6];
	va_list ap;
	size_t i;

	if (call == SYS_seccomp && !strcmp(without, "filter")) {
		errno = EINVAL;
		return -1;
	}
	va_start(ap, call);
	for (i = 0; i < 6; i++)
		a[i] = va_arg(ap, long);
	va_end(ap);
	return next_syscall(call, a[0], a[1], a[2], a[3], a[4], a[5]);
}

int prctl(int option, ...)
{
	long a[4];
	va_list ap;
	size_t i;

	if (option == PR_SET_SECCOMP && !strcmp(without, "filter")) {
		errno = EINVAL;
		return -1;
	}
	va_start(ap, option);
	for (i = 0; i < 4; i++)
		a[i] = va_arg(ap, long);
	va_end(ap);
	return (int)next_syscall(SYS_prctl, option, a[0], a[1], a[2], a[3], 0);
}

int capset(void *header, void *data)
{
	if (!strcmp(without, "capset")) {
		errno = EPERM;
		return -1;
	}
	return (int)next_syscall(SYS_capset, (long)header, (long)data, 0, 0, 0,
				 0);
}
