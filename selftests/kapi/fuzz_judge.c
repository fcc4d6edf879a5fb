// SPDX-License-Identifier: GPL-2.0
/*
 * What must hold: each request that can be answered is, once; by data, by an
 * acknowledgment or by an error of the contract, with words where the module
 * had a reason of its own. What the contract allows is not refused, what it
 * does not allow is. Nobody gets another namespace's data.
 */
#include <stdio.h>
#include <sys/socket.h>
#include "fuzz.h"

#define ANSWER (256 * 1024)

/* One request, and what came back. */
struct asked {
	struct nlmsghdr *hdr;
	unsigned int data, ends;
	int error;
	bool words;
	const char *bad;
};

struct round {
	struct asked asked[FUZZ_MESSAGES];
	int n;
	const struct fuzz_world *world;
	uint32_t sentinel;
	bool answered;			/* the sentinel */
};

static bool is_dump(const struct nlmsghdr *hdr)
{
	return (hdr->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
}

/* Whether the family gets to see it at all. */
static bool is_for_us(const struct nlmsghdr *hdr, const struct fuzz_world *world)
{
	return hdr->nlmsg_flags & NLM_F_REQUEST && hdr->nlmsg_type == world->family;
}

/* Nests of nests, without a byte left over. */
static bool whole(struct nlattr *first, int length, int depth)
{
	struct nlattr *attr;
	int left;

	nla_for_each_attr(attr, first, length, left)
		if (attr->nla_type & NLA_F_NESTED &&
		    (!depth || !whole(nla_data(attr), nla_len(attr), depth - 1)))
			return false;
	return left == 0;
}

static const char *look_at_records(struct nlattr *first, int length)
{
	struct record record;
	struct nlattr *attr;
	const char *bad;
	int left;

	nla_for_each_attr(attr, first, length, left) {
		if (nla_type(attr) == NW_A_UNSPEC || nla_type(attr) > NW_A_MAX)
			return "an answer has an attribute that the contract has not";
		bad = nla_type(attr) == NW_A_RECORD ? record_parse(attr, &record) : NULL;
		if (bad)
			return bad;
	}
	return NULL;
}

/* One message of an answer. Return: NULL, or what is wrong. */
static const char *look_at_data(struct nlmsghdr *hdr, const struct asked *a,
				const struct fuzz_world *world)
{
	struct genlmsghdr *genl = nlmsg_data(hdr), *asked = nlmsg_data(a->hdr);
	struct nlattr *first = genlmsg_attrdata(genl, 0), *cookie;
	int length = genlmsg_attrlen(genl, 0);

	if (hdr->nlmsg_type != world->family || genl->cmd != asked->cmd ||
	    genl->version != NW_GENL_VERSION)
		return "an answer to another command";
	if (!(hdr->nlmsg_flags & NLM_F_MULTI) != !is_dump(a->hdr))
		return "one of many, and alone, or the other way round";
	if (!whole(first, length, 6))
		return "an answer is not well-formed";
	cookie = nla_find(first, length, NW_A_NETNS_COOKIE);
	if (!nla_find(first, length, NW_A_INSTANCE) || !cookie)
		return "an answer lacks its origin";
	if (!world->capable)
		return "an answer to one who may not ask";
	if (!world->initial && nla_get_u64(cookie) != world->cookie)
		return "an answer from another namespace";
	return look_at_records(first, length);
}

/* The end of an answer: an error, an acknowledgment, or the end of a dump. */
static void look_at_end(struct nlmsghdr *hdr, struct asked *a)
{
	struct nlmsgerr *err = nlmsg_data(hdr);
	size_t skip = hdr->nlmsg_type == NLMSG_ERROR ? sizeof(*err) : sizeof(int);
	char *tlvs = (char *)err + NLMSG_ALIGN(skip);
	int left = (char *)hdr + hdr->nlmsg_len - tlvs;

	a->ends++;
	a->error = -err->error;
	/* Without NLM_F_CAPPED there is more of the request than its header. */
	if (hdr->nlmsg_flags & NLM_F_ACK_TLVS)
		a->words = nla_find((struct nlattr *)tlvs, left, NLMSGERR_ATTR_MSG);
}

static void take(struct round *r, struct nlmsghdr *hdr)
{
	const char *bad;
	int i;

	if (hdr->nlmsg_seq == r->sentinel) {
		r->answered = true;
		return;
	}
	for (i = 0; i < r->n && r->asked[i].hdr->nlmsg_seq != hdr->nlmsg_seq; i++)
		;
	if (i == r->n)
		return;
	if (hdr->nlmsg_type == NLMSG_ERROR || hdr->nlmsg_type == NLMSG_DONE)
		return look_at_end(hdr, &r->asked[i]);
	r->asked[i].data++;
	bad = look_at_data(hdr, &r->asked[i], r->world);
	if (bad)
		r->asked[i].bad = bad;
}

/* A dump that began goes on while it is read. */
static bool waits(const struct round *r)
{
	int i;

	for (i = 0; i < r->n; i++)
		if (is_dump(r->asked[i].hdr) && r->asked[i].data && !r->asked[i].ends)
			return true;
	return !r->answered;
}

/*
 * Answers come in order, the first of a dump too: when the sentinel behind the
 * datagram has its own, what has none will have none.
 */
static bool collect(struct nw *nw, struct round *r)
{
	static char buffer[ANSWER];
	struct nlmsghdr *hdr;
	int length;

	while (waits(r)) {
		length = recv(nw->fd, buffer, sizeof(buffer), 0);
		if (length < 0)
			return false;
		for (hdr = (void *)buffer; nlmsg_ok(hdr, length); hdr = nlmsg_next(hdr, &length))
			take(r, hdr);
	}
	return true;
}

static bool known_error(int error)
{
	switch (error) {
	case 0: case EPERM: case ENOENT: case EBUSY: case EINVAL: case ERANGE:
	case EOPNOTSUPP: case EAFNOSUPPORT:
		return true;
	}
	return false;
}

/* Refused because the contract says so, behind generic netlink's own checks. */
static bool needs_words(const struct asked *a, const struct fuzz_world *world)
{
	if (a->hdr->nlmsg_len < NLMSG_HDRLEN + GENL_HDRLEN)
		return false;
	return a->error == EINVAL || a->error == ERANGE || a->error == EAFNOSUPPORT ||
	       a->error == ENOENT || (a->error == EPERM && world->capable);
}

/* A request that the family sees and that asks rightly. */
static const char *judge_legal(const struct asked *a, const struct fuzz_world *world)
{
	if (!world->capable)
		return a->error == EPERM ? NULL : "not refused to one without the capability";
	/* One dump at a time: netlink's own rule, before ours. */
	if (is_dump(a->hdr) && a->error == EBUSY)
		return NULL;
	if (!world->initial && fuzz_beyond(a->hdr, world))
		return a->error == EPERM ? NULL : "not refused beyond the own namespace";
	if (a->error == ENOENT)
		return NULL;
	if (is_dump(a->hdr))
		return a->error ? "a legal dump refused" : NULL;
	return !a->error && a->data == 1 ? NULL : "a legal request refused";
}

static const char *judge(const struct asked *a, const struct fuzz_world *world)
{
	bool ack = a->hdr->nlmsg_flags & NLM_F_ACK;

	if (a->bad)
		return a->bad;
	if (a->ends > 1)
		return "ended twice";
	if (a->error && a->data)
		return "answered and refused";
	if (!known_error(a->error))
		return "an error that the contract does not know";
	if (!a->ends && (ack || (is_for_us(a->hdr, world) && !a->data)))
		return "not answered";
	if (!(a->hdr->nlmsg_flags & NLM_F_REQUEST) || a->hdr->nlmsg_type < NLMSG_MIN_TYPE)
		return a->error || a->data ? "no request, and not merely acknowledged" : NULL;
	if (a->hdr->nlmsg_type != world->family)
		return a->error == ENOENT ? NULL : "a family that is not there";
	if (a->error && needs_words(a, world) && !a->words)
		return "refused without words";
	if (fuzz_legal(a->hdr))
		return judge_legal(a, world);
	return a->error ? NULL : "an illegal request answered";
}

static void tell(const struct asked *a, const char *why, const struct fuzz_counts *counts)
{
	const uint8_t *bytes = (const uint8_t *)a->hdr;
	uint32_t i, length = a->hdr->nlmsg_len < 96 ? a->hdr->nlmsg_len : 96;

	if (counts->broken > 5)
		return;
	printf("# %s: datagram %lu, %u answers, %u ends, error %d (%s)\n#  ", why,
	       counts->datagrams, a->data, a->ends, a->error, strerror(a->error));
	for (i = 0; i < length; i++)
		printf(" %02x", bytes[i]);
	printf("%s\n", length < a->hdr->nlmsg_len ? " ..." : "");
}

static void count(const struct asked *a, struct fuzz_counts *counts)
{
	counts->requests++;
	if (a->error)
		counts->error[a->error < FUZZ_ERRNOS ? a->error : 0]++;
	else if (is_dump(a->hdr) && a->ends && a->hdr->nlmsg_flags & NLM_F_REQUEST &&
		 a->hdr->nlmsg_type >= NLMSG_MIN_TYPE)
		counts->dumps++;
	else if (a->data)
		counts->answers++;
	else
		counts->acks++;
}

static bool send_sentinel(struct nw *nw, struct round *r)
{
	static uint32_t seq = 1u << 31;
	struct nlmsghdr hdr = {
		.nlmsg_len = sizeof(hdr),
		.nlmsg_type = NLMSG_NOOP,
		.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK,
	};

	hdr.nlmsg_seq = ++seq;
	r->sentinel = seq;
	return send(nw->fd, &hdr, sizeof(hdr), 0) == sizeof(hdr);
}

/**
 * fuzz_judge() - one round
 * @nw: the socket, with a time after which it gives up waiting
 * @d: what to send
 * @world: who asks
 * @counts: what became of it
 */
void fuzz_judge(struct nw *nw, struct fuzz_datagram *d, const struct fuzz_world *world,
		struct fuzz_counts *counts)
{
	struct round r = { .world = world };
	struct nlmsghdr *hdr = NULL;
	const char *why;
	int i;

	while (r.n < FUZZ_MESSAGES && (hdr = fuzz_next(d, hdr)))
		r.asked[r.n++].hdr = hdr;
	counts->datagrams++;
	counts->unread += !r.n;
	if (send(nw->fd, d->bytes, d->length, 0) < 0) {
		if (errno == EMSGSIZE) {
			counts->too_long++;
			return;
		}
		printf("# datagram %lu: not sent: %s\n", counts->datagrams, strerror(errno));
		counts->broken++;
		return;
	}
	if (!send_sentinel(nw, &r) || !collect(nw, &r)) {
		printf("# datagram %lu: no answer any more: %s\n", counts->datagrams,
		       strerror(errno));
		counts->broken++;
	}
	for (i = 0; i < r.n; i++) {
		why = judge(&r.asked[i], world);
		counts->broken += !!why;
		if (why)
			tell(&r.asked[i], why, counts);
		count(&r.asked[i], counts);
	}
}
