// SPDX-License-Identifier: GPL-2.0
#include "fields.h"

/* Bytes of a value that nothing has to be asked about. */
static __u16 plain_size(const struct nw_field *f)
{
	switch (f->kind) {
	case NW_KIND_U8:
	case NW_KIND_BOOL:
	case NW_KIND_NUD:
		return 1;
	case NW_KIND_U32:
	case NW_KIND_FLAGS:
		return 4;
	case NW_KIND_U64:
	case NW_KIND_ID:
	case NW_KIND_NS:
	case NW_KIND_SECONDS:
	case NW_KIND_STAMP:
	case NW_KIND_REAL:
	case NW_KIND_FEATURES:
		return 8;
	default:
		return NW_FINDER_PLAIN;
	}
}

void nw_finder_make(const struct nw_desc *desc)
{
	struct nw_finder *finder = desc->finder;
	unsigned int i;

	for (i = 0; i < desc->nr; i++) {
		const struct nw_field *f = &desc->field[i];

		finder->spot[f->attr] = (struct nw_spot){
			.field = (__u16)(i + 1), .off = f->off,
			.plain = plain_size(f),
		};
		if (f->how & NW_REQUIRED)
			finder->required |= NW_BIT(f->attr);
		if (f->kind == NW_KIND_ADDR || f->kind == NW_KIND_PREFIX)
			finder->addrs |= NW_BIT(f->attr);
		if (f->kind == NW_KIND_FAMILY)
			finder->family = f->off;
	}
	finder->made = true;
}
