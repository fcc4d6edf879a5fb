/* SPDX-License-Identifier: GPL-2.0 */
/* A configuration read from a file "t.conf" with the text of a test. */
#ifndef NW_UNIT_CONFIGURED_H
#define NW_UNIT_CONFIGURED_H

#include "config.h"

#define CONFIGURED	"t.conf"

extern struct nw_config configured;
extern char configured_err[NW_CONFIG_ERROR];

/* For a group of tests: a directory of their own to be in. */
int configured_enter(void **state);
int configured_leave(void **state);

void configured_write(const char *data, size_t len);
/* Return: what nw_config_read() says to @text, anew. */
int configured_read(const char *text);
/* @text is taken, or the test fails with what is said. */
void configured_take(const char *text);
/* @text is refused with "t.conf:" and @why. */
void configured_refuse(const char *text, const char *why);

#endif /* NW_UNIT_CONFIGURED_H */
