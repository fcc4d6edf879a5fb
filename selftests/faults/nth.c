// SPDX-License-Identifier: GPL-2.0
/*
 * nth OPERATION [ARGUMENT...] - the operation with each allocation refused once
 *
 * Inside a VM whose kernel has fault injection, as root. The last line tells
 * how many were refused, how many of these the module had asked for, and how
 * many ended in an error or in a counter. Status 1: one attempt went wrong.
 * $NW_FAULTS_EACH: tell of each attempt.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "nth.h"

/* Nothing that is tried here needs so many. */
#define ENDLESS 20000

bool is_no_memory(int error)
{
	return error == ENOMEM || error == ENOBUFS || error == EAGAIN;
}

int module_references(void)
{
	char text[20] = "";
	int fd = open("/sys/module/neighwatch/refcnt", O_RDONLY | O_CLOEXEC);
	ssize_t length;

	if (fd < 0)
		return -1;
	length = read(fd, text, sizeof(text) - 1);
	close(fd);
	return length > 0 ? atoi(text) : -1;
}

uint64_t losses(struct nw *nw)
{
	uint64_t sum = 0;
	int attr;

	for (attr = NW_A_STATS_LOST_NEIGH_MEMORY; attr <= NW_A_STATS_LOST_ROUTE_LIMIT; attr++)
		sum += nw_stat(nw, attr);
	return sum;
}

static const struct operation *find(const char *name)
{
	static const struct operation *const groups[] = {
		load_operations, ask_operations, observe_operations, route_operations,
	};
	const struct operation *op;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(groups); i++)
		for (op = groups[i]; op->name; op++)
			if (!strcmp(op->name, name))
				return op;
	return NULL;
}

/* Linux itself makes another error of some: -EINVAL of a name it had no memory for. */
static bool is_linux_own(const struct attempt *attempt)
{
	return attempt->refused && !attempt->ours && *inject_trace();
}

/* Return: what is wrong. */
static const char *attempt_one(const struct operation *op, struct attempt *attempt)
{
	const char *wrong;

	if (op->prepare)
		op->prepare(attempt->nth);
	inject_arm(attempt->nth);
	attempt->error = op->run();
	attempt->refused = !inject_disarm();
	attempt->ours = attempt->refused && inject_was_ours();
	wrong = op->judge(attempt);
	if (!wrong && attempt->error && !is_no_memory(attempt->error) && !is_linux_own(attempt))
		wrong = "another error than of memory";
	if (!wrong && attempt->error && !attempt->refused)
		wrong = "fails with all memory there is";
	return wrong;
}

/* What a series came to. */
struct sum {
	unsigned int refused, ours, errors, counted, bad;
};

static void add(const struct operation *op, struct attempt *attempt, struct sum *sum)
{
	const char *wrong = attempt_one(op, attempt);

	if (attempt->nth % 50 == 0)
		printf("%s: at %u\n", op->name, attempt->nth);
	if (getenv("NW_FAULTS_EACH"))
		printf("%s %u: refused %d error %d counted %d:%.160s\n", op->name, attempt->nth,
		       attempt->refused, attempt->error, attempt->counted, inject_trace());
	sum->refused += attempt->refused;
	sum->ours += attempt->ours;
	sum->errors += !!attempt->error;
	sum->counted += attempt->counted;
	if (!wrong)
		return;
	printf("%s %u%s: %s (%s):%s\n", op->name, attempt->nth,
	       attempt->ours ? ", ours" : "", wrong,
	       attempt->error ? strerror(attempt->error) : "no error", inject_trace());
	sum->bad++;
}

/* From the first to one that does not come any more. Return: whether it ended so. */
static bool forwards(const struct operation *op, struct sum *sum)
{
	struct attempt attempt = { .refused = true };

	while (attempt.refused && attempt.nth < ENDLESS) {
		attempt = (struct attempt){ .nth = attempt.nth + 1 };
		add(op, &attempt, sum);
	}
	return !attempt.refused;
}

/* How many allocations it needs. */
static unsigned int measure(const struct operation *op)
{
	struct attempt attempt = { .nth = ENDLESS };

	if (op->prepare)
		op->prepare(attempt.nth);
	inject_arm(attempt.nth);
	attempt.error = op->run();
	attempt.nth -= inject_disarm();
	if (op->judge(&attempt) || attempt.error)
		give_up("does not work with all memory there is");
	return attempt.nth;
}

/* Most steps between two of the module's. */
#define FAR 100

static bool backwards(const struct operation *op, struct sum *sum)
{
	unsigned int nth = measure(op), since = 0;
	bool all = getenv("NW_FAULTS_ALL");
	unsigned int stride = all || !op->stride ? 1 : op->stride;
	/* With wide steps all the way is short enough. */
	bool whole = all || stride > 1;
	struct attempt attempt;

	printf("%s: %u allocations\n", op->name, nth);
	/* Others with each series: in the end all are met. */
	nth -= nth > stride ? time(NULL) % stride : 0;
	for (; nth && (whole || !sum->ours || since < FAR); nth -= nth > stride ? stride : nth) {
		attempt = (struct attempt){ .nth = nth };
		add(op, &attempt, sum);
		since = attempt.ours ? 0 : since + stride * attempt.refused;
	}
	attempt = (struct attempt){ .nth = ENDLESS };
	add(op, &attempt, sum);
	return !attempt.refused;
}

static int series(const struct operation *op)
{
	struct sum sum = { 0 };
	bool ended = op->late ? backwards(op, &sum) : forwards(op, &sum);

	printf("%s: refused %u ours %u errors %u counted %u wrong %u\n", op->name, sum.refused,
	       sum.ours, sum.errors, sum.counted, sum.bad);
	return sum.bad || !ended;
}

int main(int argc, char **argv)
{
	const struct operation *op = argc > 1 ? find(argv[1]) : NULL;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (!op || argc - 2 < op->count) {
		fprintf(stderr, "usage: nth OPERATION [ARGUMENT...]\n");
		return 2;
	}
	inject_setup();
	if (op->open)
		op->open(argv + 2);
	return series(op);
}
