/* SPDX-License-Identifier: GPL-2.0 */
/* What is text among bytes that came from elsewhere. */
#ifndef NW_UTF8_H
#define NW_UTF8_H

#include <stdbool.h>
#include <linux/types.h>

/*
 * Bytes of the valid UTF-8 sequence at @p, in a string that ends with a 0; 0
 * when it is none: overlong forms, surrogates and what is above U+10FFFF are
 * none.
 */
int nw_utf8_length(const unsigned char *p);

/* U+0080 to U+009F: control characters that terminals obey, too. */
bool nw_utf8_is_c1(const unsigned char *p);

#endif /* NW_UTF8_H */
