// SPDX-License-Identifier: GPL-2.0
/* What must hold of every text. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"
#include "line.h"

void nw_fuzz_must(bool holds, const char *fmt, ...)
{
	va_list ap;

	if (holds)
		return;
	va_start(ap, fmt);
	/* stderr may be a page. */
	vdprintf(STDERR_FILENO, fmt, ap);
	dprintf(STDERR_FILENO, "\n");
	va_end(ap);
	abort();
}

/* Bytes of the character at @p, 0 when there is none. */
static size_t character(const unsigned char *p, const unsigned char *end)
{
	size_t i, len = *p < 0x80 ? 1 : *p < 0xc2 ? 0 : *p < 0xe0 ? 2 :
			*p < 0xf0 ? 3 : *p < 0xf5 ? 4 : 0;

	if (len > (size_t)(end - p))
		return 0;
	for (i = 1; i < len; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	return len;
}

void nw_fuzz_must_be_text(const char *what, const char *text, size_t len)
{
	const unsigned char *p = (const unsigned char *)text, *end = p + len;

	while (p < end) {
		size_t n = character(p, end);
		bool control = (*p < ' ' && *p != '\n') || *p == 0x7f ||
			       (*p == 0xc2 && n == 2 && p[1] < 0xa0);

		nw_fuzz_must(n && !control, "%s: byte 0x%02x at %zu of\n%.*s",
			     what, *p, (size_t)((const char *)p - text),
			     (int)len, text);
		p += n;
	}
}

void nw_fuzz_must_fit(const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n");

		nw_fuzz_must(len <= NW_WIDTH, "%zu columns: %.*s", len,
			     (int)len, text);
		text += len + (text[len] == '\n');
	}
}
