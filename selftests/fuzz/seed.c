// SPDX-License-Identifier: GPL-2.0
/*
 * Writes what the corpora begin with:
 *
 *   seed messages DIR	one message of each kind with every attribute there is
 *   seed events	one event of each type with every field, as JSON
 *   seed story		lines as in ../unit/stream.h from stdin, as JSON
 */
#include <limits.h>
#include <string.h>

#include <netlink/attr.h>
#include <netlink/msg.h>
#include <linux/genetlink.h>

#include "decode.h"
#include "filled.h"
#include "fuzz.h"
#include "out.h"
#include "stream.h"

static struct nw_out out;

static int put_desc(struct nl_msg *msg, const struct nw_desc *desc, int body);

/* A value of the right kind, whatever it says. */
static int put_value(struct nl_msg *msg, const struct nw_field *f)
{
	static const __u8 bytes[NW_LLADDR_MAX] = { 10, 9, 0, 62, 5, 6, 7, 8 };

	switch (f->kind) {
	case NW_KIND_U32:
	case NW_KIND_FLAGS:
		return nla_put_u32(msg, f->attr, 3);
	case NW_KIND_STRING:
		return nla_put_string(msg, f->attr, "eth0");
	case NW_KIND_FAMILY:
		return nla_put_u8(msg, f->attr, 2);
	case NW_KIND_ADDR:
	case NW_KIND_PREFIX:
		return nla_put(msg, f->attr, 4, bytes);
	case NW_KIND_LLADDR:
	case NW_KIND_PATH:
		return nla_put(msg, f->attr, 6, bytes);
	case NW_KIND_FLAG:
		return nla_put_flag(msg, f->attr);
	case NW_KIND_U8:
	case NW_KIND_BOOL:
	case NW_KIND_NUD:
	case NW_KIND_ENUM:
		return nla_put_u8(msg, f->attr, 1);
	default:
		return nla_put_u64(msg, f->attr, 1000000007);
	}
}

static int put_nest(struct nl_msg *msg, int attr, const struct nw_desc *desc,
		    int body)
{
	struct nlattr *nest = nla_nest_start(msg, attr);

	if (!nest || put_desc(msg, desc, body))
		return -1;
	return nla_nest_end(msg, nest);
}

/* Of the bodies that a record may have, @body alone. */
static int put_desc(struct nl_msg *msg, const struct nw_desc *desc, int body)
{
	unsigned int i;
	int ret = 0;

	for (i = 0; i < desc->nr && !ret; i++) {
		const struct nw_field *f = &desc->field[i];
		bool nested = f->kind == NW_KIND_NEST ||
			      f->kind == NW_KIND_ARRAY;

		if (nested && desc == &nw_desc_record && f->attr != body &&
		    f->off == offsetof(struct nw_event, neigh))
			continue;
		ret = nested ? put_nest(msg, f->attr, f->sub, 0) :
			       put_value(msg, f);
	}
	return ret;
}

/* What nw_fuzz_decode() takes: the attributes alone. */
static int write_message(const char *dir, const char *name, int attr,
			 const struct nw_desc *desc, int body)
{
	struct nl_msg *msg = nlmsg_alloc_size(65536);
	char path[PATH_MAX];
	FILE *file;
	int ret;

	nlmsg_put(msg, 0, 0, 0x20, 0, 0);
	ret = put_desc(msg, &nw_desc_origin, 0);
	if (!ret)
		ret = put_nest(msg, attr, desc, body);
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	file = fopen(path, "w");
	if (ret || !file) {
		fprintf(stderr, "seed: cannot make %s\n", path);
		return 1;
	}
	fwrite(nlmsg_data(nlmsg_hdr(msg)), 1,
	       (size_t)nlmsg_datalen(nlmsg_hdr(msg)), file);
	fclose(file);
	nlmsg_free(msg);
	return 0;
}

static int messages(const char *dir)
{
	int type, ret = 0;

	for (type = 1; type <= NW_TYPE_MAX; type++)
		ret |= write_message(dir, nw_types[type].name, NW_A_RECORD,
				     &nw_desc_record, nw_types[type].attr);
	ret |= write_message(dir, "entry-neigh", NW_A_NEIGH, &nw_desc_neigh, 0);
	ret |= write_message(dir, "entry-link", NW_A_LINK, &nw_desc_link, 0);
	ret |= write_message(dir, "entry-nexthop", NW_A_NEXTHOP,
			     &nw_desc_nexthop, 0);
	return ret | write_message(dir, "stats", NW_A_STATS, &nw_desc_stats, 0);
}

static int events(void)
{
	struct nw_event ev;
	__u8 type;

	for (type = 1; type <= NW_TYPE_MAX; type++) {
		nw_filled_event(&ev, type);
		nw_out_json.event(&out, &ev);
	}
	return 0;
}

/* The detectors' own tests do not say what a line has; a recording must. */
static void say_has(struct nw_event *ev)
{
	const struct nw_desc *desc = nw_event_desc(ev);
	char *body = (char *)&ev->neigh;
	unsigned int i;

	ev->has |= NW_BIT(NW_A_RECORD_SEQ) | NW_BIT(NW_A_RECORD_MONO) |
		   NW_BIT(NW_A_RECORD_REAL) | NW_BIT(NW_A_RECORD_DEV) |
		   NW_BIT(NW_A_RECORD_IFINDEX) | NW_BIT(NW_A_RECORD_FLAGS) |
		   NW_BIT(NW_A_RECORD_CAUSE) | NW_BIT(NW_A_RECORD_WHO) |
		   NW_BIT(nw_types[ev->type].attr);
	ev->origin.has = NW_BIT(NW_A_INSTANCE) | NW_BIT(NW_A_NETNS_COOKIE);
	if (*(__u64 *)(void *)body)
		return;
	for (i = 0; i < desc->nr; i++) {
		const struct nw_field *f = &desc->field[i];

		if (f->kind == NW_KIND_PREFIX && !body[f->off])
			body[f->off] = ev->route.family == 2 ? 4 : 16;
		if (f->kind != NW_KIND_ADDR || body[f->off])
			*(__u64 *)(void *)body |= NW_BIT(f->attr);
	}
}

static int story(void)
{
	static struct stream s;
	struct nw_event ev;
	char line[256];

	s.base = STREAM_SECOND;
	s.cookie = 1;
	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		stream_parse(&s, &ev, line);
		say_has(&ev);
		nw_out_json.event(&out, &ev);
	}
	return 0;
}

int main(int argc, char **argv)
{
	out.file = stdout;
	out.json.file = stdout;
	if (argc == 3 && !strcmp(argv[1], "messages"))
		return messages(argv[2]);
	if (argc == 2 && !strcmp(argv[1], "events"))
		return events();
	if (argc == 2 && !strcmp(argv[1], "story"))
		return story();
	fputs("usage: seed messages DIR | events | story\n", stderr);
	return 2;
}
