/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a detector concluded: an episode that opens once, may change its
 * severity, and clears once.
 */
#ifndef NW_FINDING_H
#define NW_FINDING_H

#include "clock.h"
#include "event.h"

#define NW_FINDING_EVIDENCE	16
#define NW_FINDING_FACTS	20
#define NW_FINDING_NUMBERS	12
#define NW_FINDING_LLADDRS	4
#define NW_FACT_TEXT		128
#define NW_FINDING_TEXT		192

enum nw_severity {
	NW_SEVERITY_NONE,
	NW_SEVERITY_INFO,
	NW_SEVERITY_WARN,
	NW_SEVERITY_CRIT,
};

enum nw_status {
	NW_STATUS_NEW,		/* being put together, nobody saw it yet */
	NW_STATUS_OPEN,
	NW_STATUS_RAISED,
	NW_STATUS_LOWERED,	/* mac-move alone: the move proved sound */
	NW_STATUS_CLEARED,
};

/* A number of the detector's own; @key is its name in JSON. */
struct nw_number {
	const char *key;
	__u64 value;
};

/**
 * struct nw_fact - one line of the evidence
 * @label: "last proof", "link eth0" ...; at most 12 letters on the screen
 * @at: when it was, 0 when it has no time
 * @text: what it says, without label and time
 */
struct nw_fact {
	char label[24];
	struct nw_clock at;
	char text[NW_FACT_TEXT];
};

/**
 * struct nw_finding - an episode, as it is now
 * @id: name of the detector's row, such as "gateway-stuck"
 * @number: of the episode within its engine, from 1 on
 * @own: severity that its detector gave it
 * @severity: now: the highest @own of all that are told as this one
 * @worst: the highest it had
 * @origin: instance and namespace; of the first of those told as this one, as
 *	are its beginning and its evidence
 * @namespaces: in how many it is; once cleared, in how many it was at a time
 * @most: the most so far
 * @subject: what it is about, "10.9.0.62 eth0"
 * @began: when the trouble began
 * @opened: when the rule was met: a deadline or an event, never a tick
 * @changed: when it got its present status
 * @cleared: when it ended, 0 while it lasts
 * @evidence: sequence numbers, ascending: the first and the latest of them
 * @nr_evidence: how many are kept
 * @evidence_all: how many there were
 * @ending: facts from this one on tell what came just before it ended, 0: none
 * @who: the program behind it, when there was one
 * @text: one sentence
 * @hint: one command that destroys nothing, or ""
 *
 * @real of every clock is 0 where the stream did not tell the wall time.
 */
struct nw_finding {
	const char *id;
	__u64 number;
	enum nw_severity own;
	enum nw_severity severity;
	enum nw_severity worst;
	enum nw_status status;
	struct nw_origin origin;
	__u32 namespaces;
	__u32 most;
	__u32 ifindex;
	__u8 family;
	char dev[NW_NAME_LEN];
	struct nw_addr addr;
	char subject[96];
	struct nw_clock began;
	struct nw_clock opened;
	struct nw_clock changed;
	struct nw_clock cleared;
	__u64 evidence[NW_FINDING_EVIDENCE];
	unsigned int nr_evidence;
	__u64 evidence_all;
	struct nw_who who;
	char text[NW_FINDING_TEXT];
	char hint[NW_FINDING_TEXT];
	struct nw_number numbers[NW_FINDING_NUMBERS];
	unsigned int nr_numbers;
	struct nw_lladdr lladdrs[NW_FINDING_LLADDRS];
	unsigned int nr_lladdrs;
	struct nw_fact facts[NW_FINDING_FACTS];
	unsigned int nr_facts;
	unsigned int ending;
	struct nw_finding *prev;	/* the engine's list of open ones */
	struct nw_finding *next;
	struct nw_finding *first;	/* told as that one */
	struct nw_finding *joined;	/* told as this one, by their @next */
	bool over;			/* only those that joined it last */
};

/* Takes a finding that opened, changed its severity, or cleared. */
typedef void (*nw_finding_fn)(void *arg, const struct nw_finding *f);

const char *nw_severity_name(enum nw_severity severity);
const char *nw_status_name(enum nw_status status);

/*
 * Are they about the same, but for the namespace and what became of it? Such
 * findings of several namespaces are told as one, with a count.
 */
bool nw_finding_equal(const struct nw_finding *a, const struct nw_finding *b);

/*
 * For detectors, to put one together. A NULL @f, which is what
 * nw_detect_begin() gives when there is no room, is passed over by all.
 */
__printf(2, 3)
void nw_finding_subject(struct nw_finding *f, const char *fmt, ...);
__printf(2, 3)
void nw_finding_text(struct nw_finding *f, const char *fmt, ...);
__printf(2, 3)
void nw_finding_hint(struct nw_finding *f, const char *fmt, ...);
/* Set or replace the number named @key, a string that stays. */
void nw_finding_number(struct nw_finding *f, const char *key, __u64 value);
/* Equal ones are kept once. */
void nw_finding_lladdr(struct nw_finding *f, const struct nw_lladdr *lladdr);
void nw_finding_evidence(struct nw_finding *f, __u64 seq);
/* Add a line; @at may be NULL. */
__printf(4, 5)
void nw_finding_fact(struct nw_finding *f, const struct nw_clock *at,
		     const char *label, const char *fmt, ...);
void nw_finding_forget_facts(struct nw_finding *f);
/* A line that may come again and again: the first stays, and the latest. */
__printf(4, 5)
void nw_finding_again(struct nw_finding *f, const struct nw_clock *at,
		      const char *label, const char *fmt, ...);

#endif /* NW_FINDING_H */
