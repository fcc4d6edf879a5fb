/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_WORDS_H
#define _NEIGHWATCH_WORDS_H

#include <linux/types.h>

const char *nw_word_nud(u8 state);
const char *nw_word_cause(u8 cause);
const char *nw_word_type(u8 type);
const char *nw_word_carrier(u8 carrier);
const char *nw_word_admin(u8 change);
const char *nw_word_change(u8 change);
const char *nw_word_source(u8 state);
const char *nw_word_count(u8 count);

#endif /* _NEIGHWATCH_WORDS_H */
