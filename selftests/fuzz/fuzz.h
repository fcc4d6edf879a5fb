/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Entry points that take any bytes, and what must hold of every answer. The
 * fuzzer calls them, and a unit test with every file of corpus/.
 *
 * What does not hold ends the process by abort().
 */
#ifndef NW_FUZZ_H
#define NW_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "compiler.h"

/* A message of the module: its attributes, behind the headers. */
int nw_fuzz_decode(const uint8_t *data, size_t len);
/* A file given to replay. */
int nw_fuzz_replay(const uint8_t *data, size_t len);
/* A configuration file. */
int nw_fuzz_config(const uint8_t *data, size_t len);
/* Lines, each a word of the command line. */
int nw_fuzz_words(const uint8_t *data, size_t len);

/* Ends the process unless @holds; what does not is said first. */
__printf(2, 3)
void nw_fuzz_must(bool holds, const char *fmt, ...);

/*
 * What a terminal gets, or a reader of JSON: UTF-8 without control characters
 * but the newline.
 */
void nw_fuzz_must_be_text(const char *what, const char *text, size_t len);
/* Lines of at most 79 columns. */
void nw_fuzz_must_fit(const char *text);
/* Each finding opens once, changes in the direction it says, clears once. */
void nw_fuzz_must_be_sane(const char *json, size_t len);

/**
 * struct nw_fuzz_page - a file in memory
 * @path: to open it by
 * @file: to write it by
 * @text: what is in it, after nw_fuzz_page_read(), with a 0 behind it
 */
struct nw_fuzz_page {
	int fd;
	char path[32];
	FILE *file;
	char *text;
	size_t len;
};

void nw_fuzz_page_open(struct nw_fuzz_page *p);
void nw_fuzz_page_write(struct nw_fuzz_page *p, const void *data, size_t len);
/* Of what @file was given. */
void nw_fuzz_page_read(struct nw_fuzz_page *p);
void nw_fuzz_page_close(struct nw_fuzz_page *p);

#endif /* NW_FUZZ_H */
