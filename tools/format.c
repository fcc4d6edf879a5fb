// SPDX-License-Identifier: GPL-2.0
#include <string.h>
#include <strings.h>

#include <linux/neighbour.h>

#include "format.h"
#include "put.h"

static const struct {
	__u8 nud;
	const char *name;
} nuds[] = {
	/* What comes most comes first. */
	{ NUD_REACHABLE, "REACHABLE" },
	{ NUD_STALE, "STALE" },
	{ NUD_DELAY, "DELAY" },
	{ NUD_PROBE, "PROBE" },
	{ NUD_INCOMPLETE, "INCOMPLETE" },
	{ NUD_FAILED, "FAILED" },
	{ NUD_NONE, "NONE" },
	{ NUD_NOARP, "NOARP" },
	{ NUD_PERMANENT, "PERMANENT" },
	{ NW_NUD_ABSENT, "absent" },
};

const char *nw_nud_name(__u8 nud)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(nuds); i++)
		if (nuds[i].nud == nud)
			return nuds[i].name;
	return NULL;
}

int nw_nud_by_name(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(nuds); i++)
		if ((nuds[i].name[0] | ' ') == (name[0] | ' ') &&
		    (!strcmp(nuds[i].name, name) ||
		     !strcasecmp(nuds[i].name, name)))
			return nuds[i].nud;
	return -1;
}

bool nw_nud_usable(__u8 nud)
{
	return nud != NW_NUD_ABSENT &&
	       (nud & (NUD_PERMANENT | NUD_NOARP | NUD_REACHABLE | NUD_PROBE |
		       NUD_STALE | NUD_DELAY)) != 0;
}

void nw_format_duration(char *buf, size_t size, __u64 ns, bool precise)
{
	struct nw_text t = nw_text_begin(buf, size);

	nw_put_duration(&t, ns, precise);
}

void nw_format_seconds(char *buf, size_t size, __u64 ns)
{
	struct nw_text t = nw_text_begin(buf, size);

	nw_put_seconds(&t, ns);
}

void nw_format_rfc3339(char *buf, size_t size, __u64 real)
{
	struct nw_text t = nw_text_begin(buf, size);

	nw_put_rfc3339(&t, real);
}

void nw_format_addr(char *buf, size_t size, const struct nw_addr *addr)
{
	struct nw_text t = nw_text_begin(buf, size);

	nw_put_addr(&t, addr);
}

void nw_format_lladdr(char *buf, size_t size, const struct nw_lladdr *lladdr)
{
	struct nw_text t = nw_text_begin(buf, size);

	nw_put_lladdr(&t, lladdr);
}

void nw_format_nud(char *buf, size_t size, __u8 nud)
{
	struct nw_text t = nw_text_begin(buf, size);

	nw_put_nud(&t, nud);
}

void nw_format_enum(char *buf, size_t size, const struct nw_names *names,
		    __u32 value)
{
	struct nw_text t = nw_text_begin(buf, size);

	nw_put_enum(&t, names, value);
}

void nw_format_name(char *buf, size_t size, const char *name)
{
	struct nw_text t = nw_text_begin(buf, size);

	nw_put_name(&t, name);
}

void nw_format_text(char *buf, size_t size, const char *text, const char *keep)
{
	const unsigned char *p = (const unsigned char *)text;
	struct nw_text t = nw_text_begin(buf, size);

	for (; *p && t.at < t.end; p++) {
		if ((*p >= ' ' && *p < 0x7f) || strchr(keep, *p)) {
			nw_text_char(&t, (char)*p);
			continue;
		}
		if (t.end - t.at < 4)
			return;
		nw_text_string(&t, "\\x");
		nw_text_hex(&t, *p);
	}
}

void nw_format_field(char *buf, size_t size, const struct nw_field *f,
		     const void *obj, bool precise)
{
	struct nw_text t = nw_text_begin(buf, size);

	nw_put_field(&t, f, obj, precise);
}
