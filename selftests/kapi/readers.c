// SPDX-License-Identifier: GPL-2.0
/*
 * For scenarios: kapi_readers N NAP_MS own|all [loads] dumps everything by N
 * processes until it is told to end (SIGTERM): each of them in turn statistics,
 * neighbours, links, next hops and history, of its own namespace or of all. What
 * breaks the contract is said, and makes the exit status 1. A module that is not
 * there is waited for; with "loads" it may come while neighbours change.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "kapi.h"

static volatile sig_atomic_t stop;
static bool loads;

static void on_term(int number)
{
	stop = 1;
}

/* A dump of all namespaces has a sequence for each: begin anew with each. */
struct all {
	struct stream stream;
	const char *error;
};

static void take_all(const struct answer *answer, void *arg)
{
	struct all *all = arg;

	if (answer->attrs[NW_A_NETNS_COOKIE] &&
	    nla_get_u64(answer->attrs[NW_A_NETNS_COOKIE]) != all->stream.cookie)
		all->stream = (struct stream){ .loads = loads };
	stream_take(answer, &all->stream);
	if (all->stream.error && !all->error)
		all->error = all->stream.error;
}

static void take_any(const struct answer *answer, void *arg)
{
	if (answer->malformed)
		*(const char **)arg = "an answer has an attribute that the contract has not";
}

/*
 * The module goes and comes beneath us: what it, or the kernel in its place, says then is no breach
 * (EPROTONOSUPPORT: __netlink_dump_start(), while it is on its way out).
 */
static bool is_gone(int error)
{
	return error == ENOENT || error == ENODEV || error == EOPNOTSUPP || error == EINTR ||
	       error == EPROTONOSUPPORT;
}

static const char *dump(struct nw *nw, int cmd, bool everywhere)
{
	struct nl_msg *msg = nw_request(nw, cmd, NLM_F_DUMP);
	struct all all = { .stream.loads = loads };
	struct ack ack;

	if (everywhere)
		nla_put_flag(msg, NW_A_ALL_NETNS);
	if (cmd == NW_CMD_HISTORY_GET)
		nw_talk(nw, msg, take_all, &all, &ack);
	else
		nw_talk(nw, msg, take_any, &all.error, &ack);
	if (ack.error && !is_gone(ack.error))
		return strerror(ack.error);
	return all.error;
}

static int read_on(bool everywhere, unsigned int nap_ms, unsigned long *dumps)
{
	const char *wrong = NULL;
	struct nw nw;
	int cmd;

	while (!stop && !wrong) {
		if (nw_open(&nw) || !nw.family) {
			nw_close(&nw);
			usleep(20000);
			continue;
		}
		for (cmd = NW_CMD_STATS_GET; cmd <= NW_CMD_HISTORY_GET && !stop && !wrong; cmd++) {
			wrong = dump(&nw, cmd, everywhere);
			(*dumps)++;
			if (nap_ms)
				usleep(nap_ms * 1000);
		}
		nw_close(&nw);
	}
	if (wrong)
		fprintf(stderr, "reader: %s (command %d)\n", wrong, cmd - 1);
	return wrong ? 1 : 0;
}

static int reader(bool everywhere, unsigned int nap_ms, const sigset_t *term)
{
	unsigned long dumps = 0;
	int status;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	sigprocmask(SIG_UNBLOCK, term, NULL);
	status = read_on(everywhere, nap_ms, &dumps);
	return dumps || status ? status : 3;
}

int main(int argc, char **argv)
{
	struct sigaction action = { .sa_handler = on_term };
	int n = argc > 1 ? atoi(argv[1]) : 0, i, status, worst = 0;
	unsigned int nap_ms = argc > 2 ? atoi(argv[2]) : 0;
	bool everywhere = argc > 3 && !strcmp(argv[3], "all");
	pid_t pids[64];
	sigset_t term;

	loads = argc == 5 && !strcmp(argv[4], "loads");
	if ((argc != 4 && !loads) || n < 1 || n > 64) {
		fprintf(stderr, "usage: %s N NAP_MS own|all [loads]\n", argv[0]);
		return 2;
	}
	sigaction(SIGTERM, &action, NULL);
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_BLOCK, &term, NULL);

	for (i = 0; i < n; i++) {
		pids[i] = fork();
		if (!pids[i])
			_exit(reader(everywhere, nap_ms, &term));
	}
	sigwaitinfo(&term, NULL);
	for (i = 0; i < n; i++)
		kill(pids[i], SIGTERM);
	for (i = 0; i < n; i++) {
		while (waitpid(pids[i], &status, 0) < 0 && errno == EINTR)
			;
		status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
		worst = status > worst ? status : worst;
	}
	if (worst == 3)
		fprintf(stderr, "reader: read nothing\n");
	return worst;
}
