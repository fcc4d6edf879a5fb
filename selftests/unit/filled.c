// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/neighbour.h>

#include "fields.h"
#include "filled.h"
#include "message.h"

void nw_filled_field(const struct nw_field *f, char *obj, __u8 salt)
{
	char *to = obj + f->off;

	switch (f->kind) {
	case NW_KIND_U8:
		*to = (char)(salt & 0x1f);
		break;
	case NW_KIND_BOOL:
	case NW_KIND_FLAG:
		*to = 1;
		break;
	case NW_KIND_U32:
		memset(to, 0xf0 + salt % 16, 4);
		break;
	case NW_KIND_FLAGS:
		*(__u32 *)(void *)to = (1U << f->names->nr) - 1;
		break;
	case NW_KIND_U64:
	case NW_KIND_ID:
	case NW_KIND_NS:
	case NW_KIND_SECONDS:
		memset(to, 0xf0 + salt % 16, 8);
		break;
	case NW_KIND_REAL:
		*(__u64 *)(void *)to = TEST_REAL + salt;
		break;
	case NW_KIND_STRING:
		snprintf(to, f->size, "\"%u\\\xc3\xbc\x1b%.*s", salt,
			 f->size - 10, "abcdefghijklmnopqrstuvwxyz");
		break;
	case NW_KIND_FAMILY:
		*to = AF_INET6;
		break;
	case NW_KIND_ADDR:
	case NW_KIND_PREFIX:
		to[0] = 16;
		memset(to + 1, 0x20 + salt, 16);
		break;
	case NW_KIND_LLADDR:
		to[0] = (char)(1 + salt % NW_LLADDR_MAX);
		memset(to + 1, 0x80 + salt, (size_t)to[0]);
		break;
	case NW_KIND_NUD:
		*to = (char)(salt % 2 ? NUD_PROBE : NW_NUD_ABSENT);
		break;
	case NW_KIND_ENUM:
		*to = (char)(1 + salt % (f->names->nr - 1));
		break;
	default:
		break;
	}
}

static void fill_desc(const struct nw_desc *desc, void *obj, __u8 type,
		      __u8 salt)
{
	unsigned int i;

	for (i = 0; i < desc->nr; i++) {
		const struct nw_field *f = &desc->field[i];

		if (desc == &nw_desc_origin && !f->key)
			continue;
		if (f->kind == NW_KIND_NEST &&
		    f->off == offsetof(struct nw_event, neigh) &&
		    f->attr != nw_types[type].attr)
			continue;
		*(__u64 *)obj |= NW_BIT(f->attr);
		if (f->kind == NW_KIND_NEST)
			fill_desc(f->sub, (char *)obj + f->off, type,
				  (__u8)(salt + 7));
		else
			nw_filled_field(f, obj, (__u8)(salt + i));
	}
}

void nw_filled_event(struct nw_event *ev, __u8 type)
{
	memset(ev, 0, sizeof(*ev));
	ev->type = type;
	fill_desc(&nw_desc_origin, &ev->origin, type, type);
	fill_desc(&nw_desc_record, ev, type, type);
	/* Its gateway is an address. */
	if (type == NW_TYPE_ROUTE)
		ev->flags &= ~(__u32)NW_F_GATEWAY;
}
