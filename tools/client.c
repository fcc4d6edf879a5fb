// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/netlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>

#include "client.h"
#include "fields.h"
#include "format.h"
#include "say.h"
#include "timer.h"

int nw_client_open(struct nw_client *c)
{
	int ret;

	memset(&c->dec, 0, sizeof(c->dec));
	ret = nw_nl_open(&c->nl);
	return ret ? ret : nw_nl_resolve(&c->nl);
}

void nw_client_close(struct nw_client *c)
{
	nw_nl_close(&c->nl);
}

static bool put_addr(struct nl_msg *msg, const struct nw_ask *ask)
{
	const struct nw_addr *a = &ask->addr;

	if (!a->len)
		return true;
	if (nla_put(msg, NW_A_ADDR, a->len, a->b))
		return false;
	/* 0 is not given: one whole address. */
	return !ask->prefix_len ||
	       !nla_put_u8(msg, NW_A_PREFIX_LEN, ask->prefix_len);
}

static bool put_u32(struct nl_msg *msg, int attr, __u32 value)
{
	return !value || !nla_put_u32(msg, attr, value);
}

static bool put_u64(struct nl_msg *msg, int attr, __u64 value)
{
	return !value || !nla_put_u64(msg, attr, value);
}

static bool put_ask(const struct nw_client *c, struct nl_msg *msg,
		    const struct nw_ask *ask)
{
	__u64 cookie = ask->cookie || ask->all_netns ? ask->cookie : c->cookie;

	return (!ask->all_netns || !nla_put_flag(msg, NW_A_ALL_NETNS)) &&
	       (!ask->family || !nla_put_u8(msg, NW_A_FAMILY, ask->family)) &&
	       put_u32(msg, NW_A_IFINDEX, ask->ifindex) &&
	       put_u32(msg, NW_A_TYPES, ask->types) &&
	       put_u64(msg, NW_A_NETNS_COOKIE, cookie) &&
	       put_u64(msg, NW_A_SINCE_SEQ, ask->since_seq) &&
	       put_u64(msg, NW_A_SINCE_MONO, ask->since_mono) &&
	       put_addr(msg, ask);
}

static int take_message(void *arg, const struct nlmsghdr *nlh)
{
	struct nw_client *c = arg;
	int ret;

	if (nlh->nlmsg_type != c->nl.family)
		return 0;
	ret = nw_decode(&c->dec, nlh, c->fn, c->arg);
	if (ret != -EBADMSG)
		return ret;
	c->refused++;
	nw_say("refused a message that makes no sense: %s", c->dec.why);
	return 0;
}

static int ask_for(struct nw_client *c, __u8 cmd, bool dump,
		   const struct nw_ask *ask, nw_item_fn fn, void *arg)
{
	struct nl_msg *msg = nw_nl_request(&c->nl, cmd, dump);

	if (msg && !put_ask(c, msg, ask)) {
		nlmsg_free(msg);
		msg = NULL;
	}
	c->fn = fn;
	c->arg = arg;
	c->refused = 0;
	c->nl.interrupted = false;
	return nw_nl_transact(&c->nl, msg, take_message, c);
}

int nw_client_dump(struct nw_client *c, __u8 cmd, const struct nw_ask *ask,
		   nw_item_fn fn, void *arg)
{
	return ask_for(c, cmd, true, ask, fn, arg);
}

struct search {
	__u32 netns;
	__u64 cookie;
	__u64 gone;
};

/*
 * Inode numbers are used again: the one that is there is meant, or else who had
 * it last. Cookies do not tell: each CPU has a store of its own of them.
 */
static int match_netns(void *arg, const struct nw_item *item)
{
	const struct nw_stats *s = &item->stats;
	struct search *search = arg;
	__u64 gone;

	if (item->kind != NW_ITEM_STATS || s->origin.netns != search->netns)
		return 0;
	gone = NW_HAS(s, NW_A_STATS_GONE) ? s->gone : NW_NEVER;
	if (!search->cookie || gone > search->gone) {
		search->cookie = s->origin.netns_cookie;
		search->gone = gone;
	}
	return 0;
}

int nw_client_look_into(struct nw_client *c, __u32 netns)
{
	const struct nw_ask ask = { .all_netns = true };
	struct search search = { .netns = netns };
	int ret;

	ret = nw_client_dump(c, NW_CMD_STATS_GET, &ask, match_netns, &search);
	if (ret)
		return ret;
	c->cookie = search.cookie;
	return search.cookie ? 0 : -ENOENT;
}

static int copy_stats(void *arg, const struct nw_item *item)
{
	if (item->kind == NW_ITEM_STATS)
		memcpy(arg, &item->stats, sizeof(item->stats));
	return 0;
}

int nw_client_stats(struct nw_client *c, struct nw_stats *stats)
{
	const struct nw_ask ask = { 0 };
	int ret;

	stats->has = 0;
	ret = ask_for(c, NW_CMD_STATS_GET, false, &ask, copy_stats, stats);
	if (!ret && !stats->has)
		ret = -EBADMSG;
	return ret;
}

static int copy_neigh(void *arg, const struct nw_item *item)
{
	if (item->kind == NW_ITEM_NEIGH)
		memcpy(arg, &item->neigh, sizeof(item->neigh));
	return 0;
}

int nw_client_neigh(struct nw_client *c, const struct nw_ask *ask,
		    struct nw_neigh *n)
{
	/* Only a dump can look into other namespaces. */
	bool dump = ask->cookie || c->cookie;
	int ret;

	n->has = 0;
	ret = ask_for(c, NW_CMD_NEIGH_GET, dump, ask, copy_neigh, n);
	return !ret && !n->has ? -ENOENT : ret;
}

/*
 * Not the device: the kernel knows it by its number, but a device that was
 * removed and made again has the same name and another number, and what
 * happened before belongs to the story.
 */
void nw_client_narrow(struct nw_ask *ask, const struct nw_filter *f)
{
	ask->types = f->types;
	if (f->nr_states && !ask->types)
		ask->types = 1U << NW_TYPE_NEIGH | 1U << NW_TYPE_OFFER |
			     1U << NW_TYPE_CONFIRM;
	if (f->since.kind == NW_WHEN_MONO)
		ask->since_mono = f->since.ns;
	ask->family = f->family;
	if (!f->addr.len)
		return;
	ask->family = f->addr.len == 4 ? AF_INET : AF_INET6;
	/* All addresses of a family need no address. */
	if (f->prefix_len)
		ask->addr = f->addr;
	ask->prefix_len = f->prefix_len;
}

static void compare_features(__u64 features)
{
	__u64 known = (1ULL << nw_names_features.nr) - 1;
	__u32 i;

	if (features & ~known)
		nw_say("the module is newer than this tool: features %#llx left out",
		       features & ~known);
	for (i = 0; i < nw_names_features.nr; i++)
		if (!(features >> i & 1))
			nw_say("this module does not have the feature '%s'",
			       nw_names_features.name[i]);
}

void nw_client_compare(const struct nw_client *c, const struct nw_stats *s)
{
	if (c->nl.version != NW_GENL_VERSION)
		nw_say("interface version %u of the module, %d of this tool: what is\n"
		       "  not known here is left out and counted",
		       c->nl.version, NW_GENL_VERSION);
	if (NW_HAS(s, NW_A_STATS_VERSION) && strcmp(s->version, NW_VERSION)) {
		char name[NW_VALUE_TEXT];

		nw_format_name(name, sizeof(name), s->version);
		nw_say("module version %s, tool version " NW_VERSION, name);
	}
	if (NW_HAS(s, NW_A_STATS_FEATURES))
		compare_features(s->features);
}

void nw_client_say_skipped(const struct nw_client *c)
{
	const struct nw_decoder *d = &c->dec;

	if (d->skipped_attrs || d->skipped_types || d->unknown_values)
		nw_say("not known to this version: left out %llu attributes and\n"
		       "  %llu records, shown %llu values as numbers",
		       d->skipped_attrs, d->skipped_types, d->unknown_values);
	if (d->malformed)
		nw_say("%llu messages refused", d->malformed);
}
