// SPDX-License-Identifier: GPL-2.0
/*
 * A stream of records from one namespace, by multicast or dump: nothing twice,
 * nothing missing without being counted.
 */
#include "kapi.h"

static void wrong(struct stream *stream, const char *what)
{
	if (!stream->error)
		stream->error = what;
}

/*
 * A neighbour is first met as it was at load, or as it came into being. Only of
 * one that changed between the two, while hooks and what was there at load were
 * taken up, is there a change without a state before it.
 */
static bool lacks_old(const struct stream *stream, const struct record *record)
{
	return record->type == NW_TYPE_NEIGH && !record->has_old &&
	       record->cause != NW_CAUSE_INITIAL && !stream->loads;
}

static void take_record(struct stream *stream, struct nlattr *nest)
{
	struct record record;
	const char *error = record_parse(nest, &record);

	if (error)
		return wrong(stream, error);
	if (lacks_old(stream, &record))
		return wrong(stream, "NEIGH lacks OLD, and not at load");
	if (stream->next && record.seq < stream->next)
		return wrong(stream, "a sequence number came twice or out of order");
	if (stream->next)
		stream->gaps += record.seq - stream->next;
	stream->next = record.seq + 1;
	stream->received++;
	if (record.type == NW_TYPE_NEIGH && record.ifindex == stream->ifindex)
		stream->neighs++;
	if (stream->each)
		stream->each(&record, stream->arg);
}

/* Every message says whose records these are; one stream has one origin. */
static void take_origin(struct stream *stream, const struct answer *answer)
{
	struct nlattr *const *attrs = answer->attrs;
	uint64_t instance, cookie;

	if (!attrs[NW_A_INSTANCE] || !attrs[NW_A_NETNS_COOKIE] ||
	    !attrs[NW_A_NETNS_INO] || !attrs[NW_A_NEXT_SEQ])
		return wrong(stream, "a message lacks its origin or NEXT_SEQ");
	instance = nla_get_u64(attrs[NW_A_INSTANCE]);
	cookie = nla_get_u64(attrs[NW_A_NETNS_COOKIE]);
	if (stream->instance && stream->instance != instance)
		wrong(stream, "two instances in one stream");
	if (stream->cookie && stream->cookie != cookie)
		wrong(stream, "two namespaces in one stream");
	stream->instance = instance;
	stream->cookie = cookie;
	stream->next_seq = nla_get_u64(attrs[NW_A_NEXT_SEQ]);
}

void stream_take(const struct answer *answer, void *arg)
{
	struct stream *stream = arg;
	struct nlattr *attr;
	int left;

	if (answer->malformed)
		wrong(stream, "a message has an attribute that the contract has not");
	take_origin(stream, answer);
	if (answer->attrs[NW_A_LOST])
		stream->told_lost += nla_get_u64(answer->attrs[NW_A_LOST]);
	nla_for_each_attr(attr, answer->first, answer->length, left)
		if (nla_type(attr) == NW_A_RECORD)
			take_record(stream, attr);
	if (stream->next > stream->next_seq)
		wrong(stream, "a record's number is not below NEXT_SEQ");
}

int stream_history(struct nw *nw, uint64_t since, struct stream *stream,
		   struct ack *ack)
{
	struct nl_msg *msg = nw_request(nw, NW_CMD_HISTORY_GET, NLM_F_DUMP);

	if (since)
		nla_put_u64(msg, NW_A_SINCE_SEQ, since);
	return nw_talk(nw, msg, stream_take, stream, ack);
}

static void take_next_seq(const struct answer *answer, void *arg)
{
	if (answer->attrs[NW_A_NEXT_SEQ])
		*(uint64_t *)arg = nla_get_u64(answer->attrs[NW_A_NEXT_SEQ]);
}

uint64_t nw_next_seq(struct nw *nw)
{
	struct nl_msg *msg = nw_request(nw, NW_CMD_STATS_GET, 0);
	uint64_t next = 0;
	struct ack ack;

	nw_talk(nw, msg, take_next_seq, &next, &ack);
	return ack.error ? 0 : next;
}

struct wanted {
	int attr;
	uint64_t value;
};

static void take_stat(const struct answer *answer, void *arg)
{
	struct nlattr *tb[NW_A_STATS_MAX + 1];
	struct wanted *wanted = arg;

	if (!answer->attrs[NW_A_STATS] ||
	    nla_parse_nested(tb, NW_A_STATS_MAX, answer->attrs[NW_A_STATS], NULL))
		return;
	if (tb[wanted->attr] && nla_len(tb[wanted->attr]) == 8)
		wanted->value = nla_get_u64(tb[wanted->attr]);
}

uint64_t nw_stat(struct nw *nw, int attr)
{
	struct nl_msg *msg = nw_request(nw, NW_CMD_STATS_GET, 0);
	struct wanted wanted = { attr, ~0ull };
	struct ack ack;

	nw_talk(nw, msg, take_stat, &wanted, &ack);
	return wanted.value;
}
