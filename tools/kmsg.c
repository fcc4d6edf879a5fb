// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compiler.h"
#include "kmsg.h"

#define USEC	1000000ULL

/* As much as fits, always ended by a 0. */
struct text {
	char *buf;
	size_t size;
	size_t len;
};

static void add(struct text *t, char c)
{
	if (t->len + 1 < t->size)
		t->buf[t->len++] = c;
	t->buf[t->len] = '\0';
}

static void add_string(struct text *t, const char *s)
{
	for (; *s; s++)
		add(t, *s);
}

static const char *const facilities[] = {
	"kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news",
	"uucp", "cron", "authpriv", "ftp",
};

static const char *const levels[] = {
	"emerg", "alert", "crit", "err", "warn", "notice", "info", "debug",
};

static void start_line(struct text *t, unsigned long prio,
		       unsigned long long usec)
{
	unsigned long facility = prio >> 3;
	char head[64];

	if (facility) {
		snprintf(head, sizeof(head), "%-6s:%-6s: ",
			 facility < ARRAY_SIZE(facilities) ?
			 facilities[facility] : "other", levels[prio & 7]);
		add_string(t, head);
	}
	snprintf(head, sizeof(head), "[%5llu.%06llu] ", usec / USEC,
		 usec % USEC);
	add_string(t, head);
}

/* The byte that "\x0a" stands for, or -1. */
static int escaped(const char *s)
{
	char digits[3] = { 0 };

	if (s[0] != '\\' || s[1] != 'x' || !isxdigit((unsigned char)s[2]) ||
	    !isxdigit((unsigned char)s[3]))
		return -1;
	digits[0] = s[2];
	digits[1] = s[3];
	return (int)strtoul(digits, NULL, 16);
}

/* A terminal might obey the other bytes: they stay as the kernel wrote them. */
static bool is_plain(int c)
{
	return c == '\n' || c == '\t' || c == '\\';
}

static bool number(const char **p, unsigned long long *value, char behind)
{
	char *end;

	if (!isdigit((unsigned char)**p))
		return false;
	*value = strtoull(*p, &end, 10);
	if (*end != behind)
		return false;
	*p = end + 1;
	return true;
}

size_t nw_kmsg_format(char *buf, size_t size, const char *record)
{
	unsigned long long prio, seq, usec;
	struct text t = { buf, size, 0 };
	const char *p = record;
	int c;

	if (!number(&p, &prio, ',') || !number(&p, &seq, ',') ||
	    !number(&p, &usec, ','))
		return 0;
	p = strchr(p, ';');
	if (!p)
		return 0;
	start_line(&t, (unsigned long)prio, usec);
	for (p++; *p && *p != '\n'; p++) {
		c = escaped(p);
		if (c >= 0 && is_plain(c))
			p += 3;
		else
			c = *p;
		/* A line break at the end begins no line. */
		if (c == '\n' && (!p[1] || p[1] == '\n'))
			break;
		add(&t, (char)c);
		if (c == '\n')
			start_line(&t, (unsigned long)prio, usec);
	}
	/* Whatever was cut off, a line ends. */
	if (t.len + 1 >= t.size)
		t.len--;
	add(&t, '\n');
	return t.len;
}
