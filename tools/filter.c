// SPDX-License-Identifier: GPL-2.0
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fields.h"
#include "filter.h"
#include "format.h"

static int parse_dev(struct nw_filter *f, const char *word, char *err,
		     size_t size)
{
	size_t len = strlen(word);

	if (f->dev[0]) {
		snprintf(err, size, "dev is given twice, '%s' and '%s'",
			 f->dev, word);
		return -EINVAL;
	}
	if (!len || len >= sizeof(f->dev)) {
		snprintf(err, size, "device name '%s' has %zu characters, out of range 1..%zu",
			 word, len, sizeof(f->dev) - 1);
		return -EINVAL;
	}
	memcpy(f->dev, word, len + 1);
	return 0;
}

static int parse_state(struct nw_filter *f, const char *word, char *err,
		       size_t size)
{
	int nud = nw_nud_by_name(word);

	if (nud < 0) {
		snprintf(err, size,
			 "'%s' is no state: one of none, incomplete, reachable, stale,\n"
			 "  delay, probe, failed, noarp, permanent, absent", word);
		return -EINVAL;
	}
	f->nr_states += !f->state[nud];
	f->state[nud] = true;
	return 0;
}

static int parse_event(struct nw_filter *f, const char *word, char *err,
		       size_t size)
{
	size_t len;
	int type;

	for (type = 1; type <= NW_TYPE_MAX; type++) {
		if (!strcmp(nw_types[type].name, word)) {
			f->types |= 1U << type;
			return 0;
		}
	}
	len = (size_t)snprintf(err, size, "'%s' is no event: one of", word);
	for (type = 1; type <= NW_TYPE_MAX && len < size; type++)
		len += (size_t)snprintf(err + len, size - len, "%s %s",
					type > 1 ? "," : "",
					nw_types[type].name);
	return -EINVAL;
}

static void clear_host_bits(struct nw_addr *addr, unsigned int prefix_len)
{
	unsigned int bit;

	for (bit = prefix_len; bit < 8U * addr->len; bit++)
		addr->b[bit / 8] &= (__u8)~(0x80U >> bit % 8);
}

static int parse_prefix_len(const char *s, unsigned int max, __u8 *len)
{
	char *end;
	long v;

	if (!isdigit((unsigned char)*s))
		return -EINVAL;
	errno = 0;
	v = strtol(s, &end, 10);
	if (errno || *end || v > (long)max)
		return -EINVAL;
	*len = (__u8)v;
	return 0;
}

int nw_filter_parse_addr(struct nw_filter *f, const char *word, char *err,
			 size_t size)
{
	char text[NW_ADDR_TEXT];
	const char *slash = strchr(word, '/');
	size_t len = slash ? (size_t)(slash - word) : strlen(word);
	unsigned int max;

	if (f->addr.len) {
		snprintf(err, size, "'%s': only one address or prefix can be given",
			 word);
		return -EINVAL;
	}
	snprintf(text, sizeof(text), "%.*s", (int)len, word);
	if (len < sizeof(text) && inet_pton(AF_INET, text, f->addr.b) == 1) {
		f->addr.len = 4;
	} else if (len < sizeof(text) &&
		   inet_pton(AF_INET6, text, f->addr.b) == 1) {
		f->addr.len = 16;
	} else {
		snprintf(err, size,
			 "'%s' is no address or prefix, nor dev NAME, state NUD, event TYPE",
			 word);
		return -EINVAL;
	}
	max = 8U * f->addr.len;
	f->prefix_len = (__u8)max;
	if (slash && parse_prefix_len(slash + 1, max, &f->prefix_len)) {
		snprintf(err, size, "prefix length '%s' of '%s' is out of range 0..%u",
			 slash + 1, word, max);
		return -EINVAL;
	}
	clear_host_bits(&f->addr, f->prefix_len);
	return 0;
}

static const struct {
	const char *word;
	int (*parse)(struct nw_filter *f, const char *word, char *err,
		     size_t size);
} words[] = {
	{ "dev", parse_dev },
	{ "state", parse_state },
	{ "event", parse_event },
};

int nw_filter_parse(struct nw_filter *f, int argc, char *const argv[],
		    char *err, size_t size)
{
	size_t w;
	int i, ret;

	for (i = 0; i < argc; i++) {
		for (w = 0; w < ARRAY_SIZE(words); w++)
			if (!strcmp(argv[i], words[w].word))
				break;
		if (w == ARRAY_SIZE(words)) {
			ret = nw_filter_parse_addr(f, argv[i], err, size);
		} else if (i + 1 == argc) {
			snprintf(err, size, "'%s' needs a word behind it",
				 argv[i]);
			ret = -EINVAL;
		} else {
			ret = words[w].parse(f, argv[++i], err, size);
		}
		if (ret)
			return ret;
	}
	return 0;
}

bool nw_filter_is_given(const struct nw_filter *f)
{
	return f->dev[0] || f->addr.len || f->types || f->nr_states;
}

bool nw_filter_is_host(const struct nw_filter *f)
{
	return f->addr.len && f->prefix_len == 8 * f->addr.len;
}

static bool in_prefix(const struct nw_filter *f, const struct nw_addr *addr)
{
	struct nw_addr net;

	if (!addr || addr->len != f->addr.len)
		return false;
	net = *addr;
	clear_host_bits(&net, f->prefix_len);
	return !memcmp(net.b, f->addr.b, net.len);
}

/* Either end of a transition, or the state of the entry. */
static bool in_states(const struct nw_filter *f, const struct nw_event *ev)
{
	switch (ev->type) {
	case NW_TYPE_NEIGH:
		return f->state[ev->neigh.new] ||
		       (NW_HAS(&ev->neigh, NW_A_CHANGE_OLD) &&
			f->state[ev->neigh.old]);
	case NW_TYPE_OFFER:
		return NW_HAS(&ev->offer, NW_A_OFFER_STATE) &&
		       f->state[ev->offer.state];
	case NW_TYPE_CONFIRM:
		return NW_HAS(&ev->confirm, NW_A_CONFIRM_STATE) &&
		       f->state[ev->confirm.state];
	default:
		return false;
	}
}

bool nw_filter_event(const struct nw_filter *f, const struct nw_event *ev)
{
	if (nw_when_after(&f->since, ev->mono, ev->real))
		return false;
	if (f->until.kind != NW_WHEN_NONE &&
	    !nw_when_after(&f->until, ev->mono, ev->real))
		return false;
	if (ev->type == NW_TYPE_LOST)
		return true;
	if (f->types && !(f->types & 1U << ev->type))
		return false;
	if (f->dev[0] && strcmp(f->dev, ev->dev))
		return false;
	if (f->family && f->family != nw_event_family(ev))
		return false;
	if (f->addr.len && !in_prefix(f, nw_event_addr(ev)))
		return false;
	return !f->nr_states || in_states(f, ev);
}

bool nw_filter_finding(const struct nw_filter *f,
		       const struct nw_finding *finding)
{
	const struct nw_clock *at = &finding->changed;

	if (nw_when_after(&f->since, at->mono, at->real))
		return false;
	if (f->until.kind != NW_WHEN_NONE &&
	    !nw_when_after(&f->until, at->mono, at->real))
		return false;
	if (f->dev[0] && strcmp(f->dev, finding->dev))
		return false;
	if (f->family && f->family != finding->family)
		return false;
	return !f->addr.len || in_prefix(f, &finding->addr);
}

bool nw_filter_neigh(const struct nw_filter *f, const struct nw_neigh *n)
{
	if (f->dev[0] && strcmp(f->dev, n->dev))
		return false;
	if (f->family && f->family != n->family)
		return false;
	if (f->addr.len && !in_prefix(f, &n->addr))
		return false;
	return !f->nr_states || f->state[n->state];
}

bool nw_filter_link(const struct nw_filter *f, const struct nw_link *l)
{
	return !f->dev[0] || !strcmp(f->dev, l->dev);
}

bool nw_filter_nexthop(const struct nw_filter *f, const struct nw_nexthop *h)
{
	if (f->dev[0] && strcmp(f->dev, h->dev))
		return false;
	if (f->family && f->family != h->family)
		return false;
	return !f->addr.len || in_prefix(f, &h->gateway);
}

bool nw_filter_matters(const struct nw_event *ev)
{
	switch (ev->type) {
	case NW_TYPE_NEIGH:
	case NW_TYPE_OFFER:
		return (ev->flags & NW_F_GATEWAY) != 0;
	case NW_TYPE_CARRIER:
	case NW_TYPE_LINK_MODE:
	case NW_TYPE_LINK_ADMIN:
		return (ev->flags & NW_F_PHYSICAL) != 0;
	case NW_TYPE_ROUTE:
	case NW_TYPE_ADDRESS:
	case NW_TYPE_LOST:
		return true;
	default:
		return false;
	}
}
