/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The engine of the detectors: events and time in, findings out. Pure: no
 * socket, no clock, no output.
 *
 * Time is that of the stream. An event first lets the deadlines before it
 * fire, each at its own time, so that the same findings come out whether ticks
 * came or not. Records of cause "initial" tell what was so already.
 *
 *	event -> fire deadlines -> world -> each detector's event()
 *	tick  -> fire deadlines -> the owner's deadline()
 */
#ifndef NW_DETECT_H
#define NW_DETECT_H

#include "finding.h"
#include "threshold.h"
#include "timer.h"
#include "world.h"

/*
 * A tick fires deadlines only so long after they are due: a record made before
 * the deadline may still be on its way from the module.
 */
#define NW_DETECT_LAG	(500 * NW_NSEC_PER_MSEC)

#define NW_DETECTORS	16

/* Link-layer addresses among which an address may move as it likes. */
struct nw_allowed {
	struct nw_addr addr;		/* length 0: any address */
	struct nw_lladdr lladdr[8];
	unsigned int nr;
};

/**
 * struct nw_detect_config - what the user set; must outlive the engine
 * @ignored: device names that link-flap does not judge, with * and ?; NULL:
 *	those of nw_detect_link_virtual
 */
struct nw_detect_config {
	struct nw_thresholds thresholds;
	const struct nw_named_gateway *gateways;
	size_t nr_gateways;
	const struct nw_allowed *allowed;
	size_t nr_allowed;
	const char *const *ignored;
	size_t nr_ignored;
};

/**
 * struct nw_detect - an engine; detectors read it
 * @config: what the user set
 * @world: what the stream told
 * @about: what the event at hand is about
 * @now: time of the stream; never runs backwards
 * @last: latest pair of clocks a record gave
 * @instance: of the module's load
 * @meeting: for each type of event the detectors that it meets, then NULL
 * @passing: likewise, for a change of a neighbour that is not familiar
 * @suppressed: findings for which there was no room
 * @resets: times another instance began; everything was forgotten then
 */
struct nw_detect {
	const struct nw_detect_config *config;
	struct nw_world world;
	struct nw_timers timers;
	struct nw_about about;
	const struct nw_detector_ops *meeting[NW_TYPE_MAX + 1][NW_DETECTORS + 1];
	const struct nw_detector_ops *passing[NW_DETECTORS + 1];
	__u64 now;
	struct nw_clock last;
	__u64 instance;
	struct nw_finding *open;
	struct nw_finding *open_last;
	struct nw_finding *spare;
	size_t nr_open;		/* with those that joined others */
	size_t nr_spare;
	__u64 findings;
	__u64 suppressed;
	__u64 resets;
	nw_finding_fn fn;
	void *arg;
};

/* For those who feed and listen. */

/* Return: NULL without memory. */
struct nw_detect *nw_detect_new(const struct nw_detect_config *config,
				nw_finding_fn fn, void *arg);
void nw_detect_free(struct nw_detect *d);

void nw_detect_config_default(struct nw_detect_config *config);
/* Devices that link-flap does not judge unless told otherwise; ends in NULL. */
extern const char *const nw_detect_link_virtual[];
/* Is that one of those, or of what the user set instead? */
bool nw_detect_link_ignored(const struct nw_detect_config *c, const char *dev);

void nw_detect_event(struct nw_detect *d, const struct nw_event *ev);

/* A live reader's tick: CLOCK_MONOTONIC now. */
void nw_detect_advance(struct nw_detect *d, __u64 mono);
/* When the next tick is worth while, or %NW_NEVER. */
__u64 nw_detect_next(const struct nw_detect *d);

/*
 * The stream ends and was complete up to @mono (0: up to its last record).
 * What is open stays open, and is described as it is then.
 */
void nw_detect_end(struct nw_detect *d, __u64 mono);

/*
 * Numbers lost between kernel and reader, by @mono (0: by now); not what aged
 * out of the ring.
 */
void nw_detect_lost(struct nw_detect *d, const struct nw_origin *origin,
		    __u64 mono, __u64 count);

/*
 * The open findings, in the order they opened: first, then f->next. Their
 * texts are as old as their last change; nw_detect_describe() renews them to
 * @d->now.
 */
const struct nw_finding *nw_detect_open(const struct nw_detect *d);
void nw_detect_describe(struct nw_detect *d);

/* For detectors. */

/**
 * struct nw_detector_ops - a detector; add it to the registry in detect.c
 * @name: of the file's subject, "gateway"
 * @types: bits of the types of events that event() is called for; 0: of all
 * @familiar: event() has nothing to do for a change of a neighbour that is no
 *	gateway, has not moved with it, and of which no detector keeps anything
 * @event: an event came; @d->about and the world know it already. Records of
 *	cause "initial" come here too: they may set state, never count
 * @deadline: one of its timers is due; @d->now is the deadline
 * @lost: records were lost between kernel and reader
 * @describe: renew the texts and the evidence of its open findings
 * @forget: @private and its object are about to be freed: cancel timers, clear
 *	findings. Called for every object that has some
 */
struct nw_detector_ops {
	const char *name;
	__u32 types;
	bool familiar;
	void (*event)(struct nw_detect *d, const struct nw_event *ev);
	void (*deadline)(struct nw_detect *d, struct nw_timer *timer);
	void (*lost)(struct nw_detect *d, struct nw_wnet *net, __u64 count);
	void (*describe)(struct nw_detect *d);
	void (*forget)(struct nw_detect *d, struct nw_private *private);
};

/* For the next: @obj has none yet. */
void *nw_detect_new_private(struct nw_detect *d,
			    const struct nw_detector_ops *ops,
			    struct nw_object *obj, size_t size);

/**
 * nw_detect_private() - a detector's own state of an object
 * @d: engine
 * @ops: the detector
 * @obj: namespace, link or neighbour
 * @size: of a structure that begins with struct nw_private, else zeroed when
 *	it is new; 0: only look
 *
 * Return: NULL when there is none.
 */
static inline void *nw_detect_private(struct nw_detect *d,
				      const struct nw_detector_ops *ops,
				      struct nw_object *obj, size_t size)
{
	struct nw_private *p = obj->private;

	while (p && p->owner != ops)
		p = p->next;
	return p || !size ? p : nw_detect_new_private(d, ops, obj, size);
}

/* A deadline already past fires with the next step of time. */
void nw_detect_arm(struct nw_detect *d, struct nw_timer *timer,
		   const struct nw_detector_ops *ops, __u64 at);
void nw_detect_disarm(struct nw_detect *d, struct nw_timer *timer);

/**
 * nw_detect_begin() - begin to put a finding together
 * @d: engine
 * @id: name of the row, a string that stays
 * @net: its namespace
 * @ifindex: its device, or 0
 * @dev: the device's name, %NW_NAME_LEN bytes, or NULL
 * @addr: its address, or NULL
 * @began: when the trouble began
 *
 * Nobody sees it before nw_detect_tell(). Return: NULL when there is no room;
 * all functions below pass that over.
 */
struct nw_finding *nw_detect_begin(struct nw_detect *d, const char *id,
				   const struct nw_wnet *net, __u32 ifindex,
				   const char *dev, const struct nw_addr *addr,
				   __u64 began);

/*
 * Open @f with @severity, or raise or lower it to that. Nothing is told when
 * it has that severity already (f->own), or when an equal finding of another
 * namespace is open: it is counted there and told as that one.
 */
void nw_detect_tell(struct nw_detect *d, struct nw_finding *f,
		    enum nw_severity severity);

/* Clear and forget @*f, which may be NULL; set the text before. */
void nw_detect_clear(struct nw_detect *d, struct nw_finding **f);

/* For forget(): stop @timer and clear @*f, which may be NULL, with @why. */
void nw_detect_drop(struct nw_detect *d, struct nw_timer *timer,
		    struct nw_finding **f, const char *why);

/* Wall time of @mono, by the pairs the records gave; 0 when unknown. */
struct nw_clock nw_detect_clock(const struct nw_detect *d, __u64 mono);

static inline __u64 nw_detect_threshold(const struct nw_detect *d,
					enum nw_threshold which)
{
	return d->config->thresholds.value[which];
}

/* How far back a change may lie that is named as what happened before. */
static inline __u64 nw_detect_before(const struct nw_detect *d, __u64 mono)
{
	__u64 before = nw_detect_threshold(d, NW_T_STUCK_BEFORE);

	return mono > before ? mono - before : 0;
}

/*
 * Is half of the room taken? Findings that others on the segment can make at
 * will then wait, so that those about gateways have theirs.
 */
static inline bool nw_detect_crowded(const struct nw_detect *d)
{
	return 2 * d->nr_open >= nw_detect_threshold(d, NW_T_FINDINGS);
}

/* Did this event move the neighbour, and was it not an administrator's? */
static inline bool nw_detect_moved(const struct nw_wneigh *n,
				   const struct nw_event *ev)
{
	return ev->type == NW_TYPE_NEIGH && n->moved.seq == ev->seq &&
	       n->moved.at.mono == ev->mono && ev->cause != NW_CAUSE_ADMIN;
}

/* Is a move between these two what the user allowed? */
bool nw_detect_allowed(const struct nw_detect *d, const struct nw_addr *addr,
		       const struct nw_lladdr *a, const struct nw_lladdr *b);

/* Was it so already when the module was loaded? */
static inline bool nw_detect_initial(const struct nw_event *ev)
{
	return ev->cause == NW_CAUSE_INITIAL;
}

/* Is table-pressure open for that family's table? */
bool nw_detect_table_pressed(const struct nw_detect *d, __u8 family);

extern const struct nw_detector_ops nw_detector_gateway;
extern const struct nw_detector_ops nw_detector_route;
extern const struct nw_detector_ops nw_detector_link;
extern const struct nw_detector_ops nw_detector_mode;
extern const struct nw_detector_ops nw_detector_unstamped;
extern const struct nw_detector_ops nw_detector_table;
extern const struct nw_detector_ops nw_detector_storm;
extern const struct nw_detector_ops nw_detector_lost;
extern const struct nw_detector_ops nw_detector_flap;
extern const struct nw_detector_ops nw_detector_slow;
extern const struct nw_detector_ops nw_detector_loop;
extern const struct nw_detector_ops nw_detector_confirm;
extern const struct nw_detector_ops nw_detector_pinned;
extern const struct nw_detector_ops nw_detector_move;
extern const struct nw_detector_ops nw_detector_dual;
extern const struct nw_detector_ops nw_detector_duplicate;

#endif /* NW_DETECT_H */
