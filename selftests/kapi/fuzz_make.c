// SPDX-License-Identifier: GPL-2.0
/* Requests from a seed: legal ones, with one thing or a few that are not. */
#include "fuzz.h"

static uint64_t state;

void fuzz_seed(uint64_t seed)
{
	state = seed;
}

/* SplitMix64. */
static uint64_t draw(void)
{
	uint64_t z = state += 0x9e3779b97f4a7c15ull;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
	return z ^ (z >> 31);
}

unsigned int fuzz_below(unsigned int limit)
{
	return (draw() >> 16) % limit;
}

static bool one_in(unsigned int n)
{
	return fuzz_below(n) == 0;
}

static void append(struct fuzz_datagram *d, const void *data, size_t length)
{
	if (length > FUZZ_BYTES - d->length)
		length = FUZZ_BYTES - d->length;
	memcpy(d->bytes + d->length, data, length);
	d->length += length;
}

static void append_random(struct fuzz_datagram *d, size_t length)
{
	uint64_t word;

	for (; length >= sizeof(word); length -= sizeof(word)) {
		word = draw();
		append(d, &word, sizeof(word));
	}
	word = draw();
	append(d, &word, length);
}

static void align(struct fuzz_datagram *d)
{
	append(d, "\0\0\0", -d->length & 3);
}

/* An attribute; its length may lie. */
static void attr_says(struct fuzz_datagram *d, int type, int says, const void *data, size_t length)
{
	struct nlattr attr = { .nla_len = says, .nla_type = type };

	append(d, &attr, sizeof(attr));
	append(d, data, length);
	align(d);
}

static void attr(struct fuzz_datagram *d, int type, const void *data, size_t length)
{
	attr_says(d, type, sizeof(struct nlattr) + length, data, length);
}

static void attr_random(struct fuzz_datagram *d, int type, size_t length)
{
	attr(d, type, NULL, 0);
	((struct nlattr *)(d->bytes + d->length - sizeof(struct nlattr)))->nla_len += length;
	append_random(d, length);
	align(d);
}

static uint64_t some_cookie(const struct fuzz_world *world)
{
	uint64_t cookies[] = { world->cookie, world->cookie, world->other, draw() };

	return cookies[fuzz_below(4)];
}

/* A value that the contract allows, taken alone. */
static void good_value(struct fuzz_datagram *d, int type, const struct fuzz_world *world)
{
	uint64_t value;

	switch (type) {
	case NW_A_IFINDEX:
		value = one_in(3) ? 1 + fuzz_below(40) : world->ifindex;
		return attr(d, type, &value, 4);
	case NW_A_TYPES:
		value = (2u << fuzz_below(NW_TYPE_MAX)) | (2u << fuzz_below(NW_TYPE_MAX));
		return attr(d, type, &value, 4);
	case NW_A_SINCE_SEQ:
		value = one_in(4) ? draw() : fuzz_below(200);
		return attr(d, type, &value, 8);
	case NW_A_SINCE_MONO:
		value = one_in(4) ? draw() : fuzz_below(1u << 30);
		return attr(d, type, &value, 8);
	case NW_A_NETNS_COOKIE:
		value = some_cookie(world);
		return attr(d, type, &value, 8);
	case NW_A_ALL_NETNS:
		return attr(d, type, NULL, 0);
	}
}

/* An address, its family, now and then as a prefix, which may be a bit too long. */
static void address(struct fuzz_datagram *d, bool prefix)
{
	static const uint8_t addr4[4] = { 192, 0, 2, 1 };
	bool v6 = one_in(3);
	uint8_t family = v6 ? AF_INET6 : AF_INET, bits;

	attr(d, NW_A_FAMILY, &family, 1);
	if (v6)
		attr_random(d, NW_A_ADDR, 16);
	else
		attr(d, NW_A_ADDR, addr4, 4);
	bits = fuzz_below(v6 ? 129 : 33) + one_in(8);
	if (one_in(8))
		bits = v6 ? 129 : 33;
	if (prefix)
		attr(d, NW_A_PREFIX_LEN, &bits, 1);
}

static void good_attrs(struct fuzz_datagram *d, int cmd, bool dump, const struct fuzz_world *world)
{
	uint8_t family = one_in(2) ? AF_INET : AF_INET6;

	if (one_in(4))
		good_value(d, NW_A_NETNS_COOKIE, world);
	else if (dump && one_in(3))
		good_value(d, NW_A_ALL_NETNS, world);
	if (cmd == NW_CMD_STATS_GET)
		return;
	if (!dump || one_in(3))
		good_value(d, NW_A_IFINDEX, world);
	if (cmd == NW_CMD_NEXTHOP_GET && one_in(3))
		attr(d, NW_A_FAMILY, &family, 1);
	if (cmd != NW_CMD_NEIGH_GET && cmd != NW_CMD_HISTORY_GET)
		return;
	if (!dump || one_in(3))
		address(d, dump && one_in(2));
	if (cmd != NW_CMD_HISTORY_GET)
		return;
	if (one_in(3))
		good_value(d, NW_A_TYPES, world);
	if (one_in(3))
		good_value(d, NW_A_SINCE_SEQ, world);
	if (one_in(4))
		good_value(d, NW_A_SINCE_MONO, world);
}

static int known(void)
{
	return NW_A_ALL_NETNS + fuzz_below(NW_A_MAX - NW_A_ALL_NETNS + 1);
}

/* Nests in nests, each begun where the one before has its value. */
static void nested(struct fuzz_datagram *d, int type, unsigned int depth)
{
	size_t begin = d->length;
	struct nlattr *nest;

	attr(d, type | NLA_F_NESTED, NULL, 0);
	if (depth)
		nested(d, known(), depth - 1);
	else
		good_value(d, NW_A_IFINDEX, &(struct fuzz_world){ .ifindex = 1 });
	nest = (struct nlattr *)(d->bytes + begin);
	nest->nla_len = d->length - begin;
}

/* Of the right length, and out of range. */
static void out_of_range(struct fuzz_datagram *d)
{
	static const struct {
		int type, length;
		uint64_t value;
	} values[] = {
		{ NW_A_IFINDEX, 4, 0 }, { NW_A_IFINDEX, 4, 0xffffffff },
		{ NW_A_FAMILY, 1, 0 }, { NW_A_FAMILY, 1, 7 }, { NW_A_FAMILY, 1, 255 },
		{ NW_A_PREFIX_LEN, 1, 129 }, { NW_A_PREFIX_LEN, 1, 33 },
		{ NW_A_TYPES, 4, 1 }, { NW_A_TYPES, 4, 1u << 31 }, { NW_A_TYPES, 4, 0 },
		{ NW_A_SINCE_SEQ, 8, ~0ull }, { NW_A_SINCE_MONO, 8, ~0ull },
		{ NW_A_NETNS_COOKIE, 8, 0 }, { NW_A_NETNS_COOKIE, 8, ~0ull },
	};
	unsigned int i = fuzz_below(sizeof(values) / sizeof(*values));

	attr(d, values[i].type, &values[i].value, values[i].length);
}

static void bad_attr(struct fuzz_datagram *d, const struct fuzz_world *world)
{
	switch (fuzz_below(9)) {
	case 0:		/* wrong length */
		return attr_random(d, known(), fuzz_below(40));
	case 1:		/* unknown */
		return attr_random(d, fuzz_below(1 << 14), fuzz_below(24));
	case 2:		/* of answers */
		return attr_random(d, fuzz_below(NW_A_ALL_NETNS), fuzz_below(24));
	case 3:
		return nested(d, known(), fuzz_below(60));
	case 4:		/* oversized */
		return attr_random(d, known(), one_in(8) ? fuzz_below(65000) : fuzz_below(3000));
	case 5:		/* a length that lies */
		return attr_says(d, known(), fuzz_below(one_in(2) ? 4 : 65536), "12345678", 8);
	case 6:		/* a flag that means nothing here, and is ignored */
		return attr_random(d, known() | NLA_F_NET_BYTEORDER, 1 << fuzz_below(5));
	case 7:
		return out_of_range(d);
	case 8:		/* of another command, or twice */
		return good_value(d, known(), world);
	}
}

static uint16_t some_flags(int cmd)
{
	uint16_t flags = NLM_F_REQUEST | NLM_F_ACK;

	if (one_in(2) || (cmd >= NW_CMD_NEXTHOP_GET && !one_in(8)))
		flags |= NLM_F_DUMP;
	if (one_in(4))
		flags &= ~NLM_F_ACK;
	if (one_in(32))
		flags &= ~NLM_F_REQUEST;
	if (one_in(16))
		flags |= 1 << fuzz_below(16);
	if (one_in(32))
		flags ^= draw();
	return flags;
}

/* The length of a message in its header, mostly the true one. */
static uint32_t some_length(uint32_t length)
{
	if (one_in(24))
		return fuzz_below(length + 1);
	if (one_in(48))
		return length + 1 + fuzz_below(64);
	return one_in(96) ? draw() : length;
}

static void message(struct fuzz_datagram *d, const struct fuzz_world *world)
{
	struct nlmsghdr hdr = { .nlmsg_type = world->family };
	struct genlmsghdr genl = { .version = NW_GENL_VERSION };
	size_t begin = d->length;
	int i;

	genl.cmd = 1 + fuzz_below(NW_CMD_HISTORY_GET);
	if (one_in(16))
		genl.cmd = one_in(2) ? fuzz_below(NW_CMD_MAX + 3) : draw();
	hdr.nlmsg_flags = some_flags(genl.cmd);
	if (one_in(12))
		genl.version = draw();
	if (one_in(24))
		genl.reserved = draw();
	if (one_in(32))
		hdr.nlmsg_type = one_in(2) ? fuzz_below(NLMSG_MIN_TYPE) : 0x7000 + fuzz_below(4096);
	append(d, &hdr, sizeof(hdr));
	append(d, &genl, sizeof(genl));
	good_attrs(d, genl.cmd, (hdr.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP, world);
	if (one_in(16))
		out_of_range(d);
	for (i = one_in(2) ? fuzz_below(4) : 0; i; i--)
		bad_attr(d, world);
	if (one_in(64))
		append_random(d, 1 + fuzz_below(7));
	((struct nlmsghdr *)(d->bytes + begin))->nlmsg_len = some_length(d->length - begin);
	align(d);
}

static void flip(struct fuzz_datagram *d)
{
	unsigned int n = 1 + fuzz_below(4);

	while (n--)
		d->bytes[fuzz_below(d->length)] ^= 1 << fuzz_below(8);
}

/* Nothing may reach another family, and every answer has to be told apart. */
static void tame(struct fuzz_datagram *d, const struct fuzz_world *world)
{
	static uint32_t seq = 1;
	struct nlmsghdr *hdr = NULL;

	while ((hdr = fuzz_next(d, hdr))) {
		hdr->nlmsg_seq = ++seq;
		if (hdr->nlmsg_type >= NLMSG_MIN_TYPE && hdr->nlmsg_type < 0x7000)
			hdr->nlmsg_type = world->family;
	}
}

struct nlmsghdr *fuzz_next(struct fuzz_datagram *d, struct nlmsghdr *at)
{
	size_t offset = at ? (char *)at - d->bytes + NLMSG_ALIGN(at->nlmsg_len) : 0;
	struct nlmsghdr *hdr = (struct nlmsghdr *)(d->bytes + offset);

	if (offset + NLMSG_HDRLEN > d->length)
		return NULL;
	if (hdr->nlmsg_len < NLMSG_HDRLEN || hdr->nlmsg_len > d->length - offset)
		return NULL;
	return hdr;
}

/**
 * fuzz_make() - the next datagram
 * @d: where to
 * @world: what it is about
 */
void fuzz_make(struct fuzz_datagram *d, const struct fuzz_world *world)
{
	int n = one_in(8) ? 2 + fuzz_below(3) : 1;

	d->length = 0;
	if (one_in(64))
		append_random(d, fuzz_below(64));
	else if (one_in(256))
		attr_random(d, known(), FUZZ_BYTES);	/* more than a socket sends */
	else
		while (n--)
			message(d, world);
	if (d->length && one_in(8))
		flip(d);
	/* Nothing at all is not sent: the kernel would warn of that. */
	if (d->length < 2)
		append_random(d, 8);
	if (one_in(32))
		d->length = 1 + fuzz_below(d->length);
	tame(d, world);
}
