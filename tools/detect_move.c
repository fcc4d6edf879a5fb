// SPDX-License-Identifier: GPL-2.0
/*
 * mac-move: an address is at another MAC than before.
 *
 * Timer of each neighbour that moved, set to the earlier of:
 *	settled: mac-move-settle after the last move or claim of another MAC; a
 *	         gateway's finding is then information, once the MAC it is at
 *	         answered, also when it was lost in between
 *	cleared: mac-move-clear after the last move
 */
#include <linux/neighbour.h>

#include "detect.h"
#include "words.h"

/*
 * @moved: the last move
 * @quiet: nobody else claimed the address since
 * @home: where it was before the first move
 * @lost: it does not answer where it moved to
 */
struct state {
	struct nw_private private;
	struct nw_timer timer;
	struct nw_finding *finding;
	__u64 moved;
	__u64 quiet;
	__u64 moves;
	struct nw_lladdr home;
	bool lost;
};

static __u64 settles_at(const struct nw_detect *d, const struct state *s)
{
	return s->quiet + nw_detect_threshold(d, NW_T_MOVE_SETTLE);
}

static __u64 clears_at(const struct nw_detect *d, const struct state *s)
{
	return s->moved + nw_detect_threshold(d, NW_T_MOVE_CLEAR);
}

static void arm(struct nw_detect *d, struct state *s)
{
	__u64 at = settles_at(d, s), clear = clears_at(d, s);

	if (at <= d->now || at > clear)
		at = clear;
	nw_detect_arm(d, &s->timer, &nw_detector_move, at);
}

/* The word that goes before "to". */
static const char *homeward(const struct state *s, const struct nw_wneigh *n)
{
	return nw_lladdr_equal(&s->home, &n->lladdr) ? "back " : "";
}

static void describe(struct state *s, const struct nw_wneigh *n)
{
	char from[NW_WORDS], to[NW_WORDS];
	struct nw_finding *f = s->finding;

	nw_words_lladdr(from, sizeof(from), &n->prev);
	nw_words_lladdr(to, sizeof(to), &n->lladdr);
	nw_finding_text(f, "moved %sto %s", homeward(s, n), to);
	nw_finding_lladdr(f, &n->prev);
	nw_finding_lladdr(f, &n->lladdr);
	nw_finding_number(f, "moves", s->moves);
	nw_finding_again(f, &n->moved.at, "moved", "%s -> %s", from, to);
	nw_words_history(f);
}

static void take_move(struct nw_detect *d, struct state *s,
		      const struct nw_wneigh *n, const struct nw_event *ev)
{
	enum nw_severity now = NW_SEVERITY_INFO;

	if (n->gateway &&
	    !nw_detect_allowed(d, &n->addr, &n->prev, &n->lladdr))
		now = NW_SEVERITY_WARN;
	if (!s->finding) {
		s->home = n->prev;
		s->moves = 0;
		s->lost = false;
	}
	s->moved = ev->mono;
	s->quiet = ev->mono;
	s->moves++;
	if (!s->finding && !n->gateway && nw_detect_crowded(d))
		d->suppressed++;
	else if (!s->finding)
		s->finding = nw_detect_begin(d, "mac-move", n->net, n->ifindex,
					     n->dev, &n->addr, ev->mono);
	if (!s->finding)
		return;
	describe(s, n);
	nw_finding_evidence(s->finding, ev->seq);
	if (now > s->finding->own)
		nw_detect_tell(d, s->finding, now);
	arm(d, s);
}

/* What was lost by a move is there again, where it is now. */
static void find(struct state *s, const struct nw_wneigh *n,
		 const struct nw_event *ev)
{
	char to[NW_WORDS];

	if (n->arp_kind != NW_PROOF_REPLY || n->arp.seq != ev->seq)
		return;
	s->lost = false;
	nw_words_lladdr(to, sizeof(to), &n->lladdr);
	nw_finding_text(s->finding, "moved %sto %s, answers again", homeward(s, n),
			to);
	nw_finding_evidence(s->finding, ev->seq);
}

/* The move proved sound: an alarm no more. */
static void settle(struct nw_detect *d, struct state *s,
		   const struct nw_wneigh *n)
{
	char to[NW_WORDS];

	if (!s->finding || s->finding->own < NW_SEVERITY_WARN || s->lost ||
	    n->arp_kind != NW_PROOF_REPLY || d->now < settles_at(d, s))
		return;
	nw_words_lladdr(to, sizeof(to), &n->lladdr);
	nw_finding_text(s->finding, "moved %sto %s, which answers; no other claim",
			homeward(s, n), to);
	nw_detect_tell(d, s->finding, NW_SEVERITY_INFO);
}

static void lose(struct nw_detect *d, struct state *s,
		 const struct nw_wneigh *n, const struct nw_event *ev)
{
	char to[NW_WORDS];

	if (!n->gateway || ev->cause == NW_CAUSE_ADMIN ||
	    ev->mono > s->moved + nw_detect_threshold(d, NW_T_MOVE_CRIT) ||
	    nw_world_is_cut(&d->world, d->about.link))
		return;
	s->lost = true;
	nw_words_lladdr(to, sizeof(to), &n->lladdr);
	nw_finding_text(s->finding, "moved %sto %s: no answer", homeward(s, n), to);
	nw_finding_evidence(s->finding, ev->seq);
	nw_detect_tell(d, s->finding, NW_SEVERITY_CRIT);
}

static void event(struct nw_detect *d, const struct nw_event *ev)
{
	struct nw_wneigh *n = d->about.neigh;
	struct state *s;
	bool moved;

	if (!n)
		return;
	moved = nw_detect_moved(n, ev);
	s = nw_detect_private(d, &nw_detector_move, &n->obj,
			      moved ? sizeof(*s) : 0);
	if (!s)
		return;
	if (moved) {
		take_move(d, s, n, ev);
	} else if (s->finding && ev->type == NW_TYPE_OFFER) {
		s->quiet = ev->mono;
		nw_finding_evidence(s->finding, ev->seq);
		arm(d, s);
	} else if (s->finding && ev->type == NW_TYPE_NEIGH &&
		   ev->neigh.new == NUD_FAILED) {
		lose(d, s, n, ev);
	}
	if (s->lost)
		find(s, n, ev);
	settle(d, s, n);
}

static void end(struct nw_detect *d, struct state *s)
{
	nw_finding_text(s->finding, "%s since, %llu %s in all",
			s->lost ? "no move and no answer"
				: "stayed where it is",
			s->moves, s->moves == 1 ? "move" : "moves");
	nw_detect_clear(d, &s->finding);
}

static void deadline(struct nw_detect *d, struct nw_timer *timer)
{
	struct state *s = nw_container(timer, struct state, timer);

	if (d->now < clears_at(d, s)) {
		settle(d, s, nw_container(s->private.object, struct nw_wneigh,
					  obj));
		arm(d, s);
	} else {
		end(d, s);
	}
}

static void forget(struct nw_detect *d, struct nw_private *private)
{
	struct state *s = nw_container(private, struct state, private);

	nw_detect_drop(d, &s->timer, &s->finding,
		       "it is no longer followed");
}

const struct nw_detector_ops nw_detector_move = {
	.name = "move",
	.familiar = true,
	.event = event,
	.deadline = deadline,
	.forget = forget,
};
