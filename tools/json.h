/* SPDX-License-Identifier: GPL-2.0 */
/* A JSON writer that keeps nothing but whether a comma is due. */
#ifndef NW_JSON_H
#define NW_JSON_H

#include <stdbool.h>
#include <linux/types.h>
#include <stdio.h>

struct nw_json {
	FILE *file;
	bool comma;
};

void nw_json_open(struct nw_json *json, const char *key, char bracket);
void nw_json_close(struct nw_json *json, char bracket);
/* A NULL @key is for elements of arrays; a NULL @value is null. */
void nw_json_string(struct nw_json *json, const char *key, const char *value);
void nw_json_number(struct nw_json *json, const char *key, __u64 value);
void nw_json_signed(struct nw_json *json, const char *key, __s64 value);
void nw_json_bool(struct nw_json *json, const char *key, bool value);

#endif /* NW_JSON_H */
