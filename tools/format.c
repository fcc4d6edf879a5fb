// SPDX-License-Identifier: GPL-2.0
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>

#include <linux/neighbour.h>

#include "clock.h"
#include "format.h"

static const struct {
	__u8 nud;
	const char *name;
} nuds[] = {
	{ NUD_NONE, "NONE" },
	{ NUD_INCOMPLETE, "INCOMPLETE" },
	{ NUD_REACHABLE, "REACHABLE" },
	{ NUD_STALE, "STALE" },
	{ NUD_DELAY, "DELAY" },
	{ NUD_PROBE, "PROBE" },
	{ NUD_FAILED, "FAILED" },
	{ NUD_NOARP, "NOARP" },
	{ NUD_PERMANENT, "PERMANENT" },
	{ NW_NUD_ABSENT, "absent" },
};

void nw_format_nud(char *buf, size_t size, __u8 nud)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(nuds); i++) {
		if (nuds[i].nud == nud) {
			snprintf(buf, size, "%s", nuds[i].name);
			return;
		}
	}
	snprintf(buf, size, "%u", nud);
}

int nw_nud_by_name(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(nuds); i++)
		if ((nuds[i].name[0] | ' ') == (name[0] | ' ') &&
		    !strcasecmp(nuds[i].name, name))
			return nuds[i].nud;
	return -1;
}

bool nw_nud_usable(__u8 nud)
{
	return nud != NW_NUD_ABSENT &&
	       (nud & (NUD_PERMANENT | NUD_NOARP | NUD_REACHABLE | NUD_PROBE |
		       NUD_STALE | NUD_DELAY)) != 0;
}

void nw_format_seconds(char *buf, size_t size, __u64 ns)
{
	snprintf(buf, size, "%llu.%09llu", ns / NW_NSEC_PER_SEC,
		 ns % NW_NSEC_PER_SEC);
}

/* Two units, such as 6 d 13 h. */
static void two_units(char *buf, size_t size, __u64 secs)
{
	if (secs < 2 * 3600)
		snprintf(buf, size, "%llu min %llu s", secs / 60,
			 secs % 60);
	else if (secs < 2 * 86400)
		snprintf(buf, size, "%llu h %llu min",
			 secs / 3600, secs / 60 % 60);
	else
		snprintf(buf, size, "%llu d %llu h",
			 secs / 86400, secs / 3600 % 24);
}

void nw_format_duration(char *buf, size_t size, __u64 ns, bool precise)
{
	__u64 ms = (ns + NW_NSEC_PER_MSEC / 2) / NW_NSEC_PER_MSEC;

	if (precise)
		snprintf(buf, size, "%llu.%09llu s",
			 ns / NW_NSEC_PER_SEC, ns % NW_NSEC_PER_SEC);
	else if (ns < NW_NSEC_PER_MSEC)
		snprintf(buf, size, "%llu us", ns / 1000);
	else if (ns < NW_NSEC_PER_SEC)
		snprintf(buf, size, "%llu.%01llu ms", ns / NW_NSEC_PER_MSEC,
			 ns / 100000 % 10);
	else if (ms < 120 * 1000)
		snprintf(buf, size, "%llu.%03llu s", ms / 1000,
			 ms % 1000);
	else
		two_units(buf, size, ms / 1000);
}

void nw_format_rfc3339(char *buf, size_t size, __u64 real)
{
	time_t t = (time_t)(real / NW_NSEC_PER_SEC);
	struct tm tm;
	size_t len;

	buf[0] = '\0';
	if (!gmtime_r(&t, &tm))
		return;
	len = strftime(buf, size, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(buf + len, size - len, ".%09lluZ",
		 real % NW_NSEC_PER_SEC);
}

void nw_format_addr(char *buf, size_t size, const struct nw_addr *addr)
{
	int family = addr->len == 4 ? AF_INET : AF_INET6;

	buf[0] = '\0';
	if (addr->len)
		inet_ntop(family, addr->b, buf, (socklen_t)size);
}

void nw_format_lladdr(char *buf, size_t size, const struct nw_lladdr *lladdr)
{
	size_t len = 0;
	__u8 i;

	buf[0] = '\0';
	for (i = 0; i < lladdr->len && len + 4 <= size; i++)
		len += (size_t)snprintf(buf + len, size - len, "%s%02x",
					i ? ":" : "", lladdr->b[i]);
}

void nw_format_enum(char *buf, size_t size, const struct nw_names *names,
		    __u32 value)
{
	if (value < names->nr)
		snprintf(buf, size, "%s", names->name[value]);
	else
		snprintf(buf, size, "%u", value);
}

void nw_format_name(char *buf, size_t size, const char *name)
{
	const unsigned char *p = (const unsigned char *)name;
	size_t len = 0;

	buf[0] = '\0';
	for (; *p && len + 5 <= size; p++) {
		if (*p > ' ' && *p < 0x7f && *p != '\\')
			len += (size_t)snprintf(buf + len, size - len, "%c",
						*p);
		else
			len += (size_t)snprintf(buf + len, size - len,
						"\\x%02x", *p);
	}
}

static void format_prefix(char *buf, size_t size, const struct nw_field *f,
			  const void *obj)
{
	__u8 plen = nw_load_u8(obj, f->aux);
	size_t len;

	if (!plen) {
		snprintf(buf, size, "default");
		return;
	}
	nw_format_addr(buf, size, nw_at(obj, f->off));
	len = strlen(buf);
	snprintf(buf + len, size - len, "/%u", plen);
}

static void format_number(char *buf, size_t size, const struct nw_field *f,
			  const void *obj)
{
	__u64 value;

	if (f->kind == NW_KIND_U8)
		value = nw_load_u8(obj, f->off);
	else if (f->kind == NW_KIND_U32)
		value = nw_load_u32(obj, f->off);
	else
		value = nw_load_u64(obj, f->off);
	snprintf(buf, size, "%llu", value);
}

/* Names of the bits that are set; a bit without a name is its number. */
static void format_bits(char *buf, size_t size, const struct nw_field *f,
			const void *obj)
{
	__u64 bits = f->kind == NW_KIND_FLAGS ? nw_load_u32(obj, f->off) :
				       nw_load_u64(obj, f->off);
	char name[32];
	size_t len = 0;
	__u32 i;

	buf[0] = '\0';
	for (i = 0; i < 64 && len < size; i++) {
		if (!(bits >> i & 1))
			continue;
		nw_format_enum(name, sizeof(name), f->names, i);
		len += (size_t)snprintf(buf + len, size - len, "%s%s",
					len ? " " : "", name);
	}
}

static void format_path(char *buf, size_t size, const struct nw_path *path)
{
	char name[16];
	size_t len = 0;
	__u8 i;

	buf[0] = '\0';
	for (i = 0; i < path->len && len < size; i++) {
		nw_format_nud(name, sizeof(name), path->nud[i]);
		len += (size_t)snprintf(buf + len, size - len, "%s%s",
					i ? " " : "", name);
	}
}

void nw_format_field(char *buf, size_t size, const struct nw_field *f,
		     const void *obj, bool precise)
{
	buf[0] = '\0';
	switch (f->kind) {
	case NW_KIND_STRING:
		nw_format_name(buf, size, nw_at(obj, f->off));
		break;
	case NW_KIND_FAMILY:
		snprintf(buf, size, "%s",
			 nw_load_u8(obj, f->off) == AF_INET ? "inet" : "inet6");
		break;
	case NW_KIND_ADDR:
		nw_format_addr(buf, size, nw_at(obj, f->off));
		break;
	case NW_KIND_PREFIX:
		format_prefix(buf, size, f, obj);
		break;
	case NW_KIND_LLADDR:
		nw_format_lladdr(buf, size, nw_at(obj, f->off));
		break;
	case NW_KIND_NUD:
		nw_format_nud(buf, size, nw_load_u8(obj, f->off));
		break;
	case NW_KIND_PATH:
		format_path(buf, size, nw_at(obj, f->off));
		break;
	case NW_KIND_ENUM:
		nw_format_enum(buf, size, f->names, nw_load_u8(obj, f->off));
		break;
	case NW_KIND_BOOL:
		snprintf(buf, size, "%s",
			 nw_load_u8(obj, f->off) ? "on" : "off");
		break;
	case NW_KIND_NS:
		nw_format_duration(buf, size, nw_load_u64(obj, f->off),
				   precise);
		break;
	case NW_KIND_SECONDS:
	case NW_KIND_STAMP:
		nw_format_seconds(buf, size, nw_load_u64(obj, f->off));
		break;
	case NW_KIND_REAL:
		nw_format_rfc3339(buf, size, nw_load_u64(obj, f->off));
		break;
	case NW_KIND_FLAGS:
	case NW_KIND_FEATURES:
		format_bits(buf, size, f, obj);
		break;
	case NW_KIND_ID:
		snprintf(buf, size, "%016llx", nw_load_u64(obj, f->off));
		break;
	case NW_KIND_FLAG:
	case NW_KIND_NEST:
	case NW_KIND_ARRAY:
		break;
	default:
		format_number(buf, size, f, obj);
	}
}
