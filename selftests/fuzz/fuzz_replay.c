// SPDX-License-Identifier: GPL-2.0
/* replay, whole: a file comes in, text and JSON go out. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd.h"
#include "fuzz.h"
#include "say.h"

/* What it was given, and what it said: to stdout, and to stderr. */
struct run {
	struct nw_fuzz_page in;
	struct nw_fuzz_page out;
	struct nw_fuzz_page err;
	int status;
};

static void replay(struct run *r, bool json)
{
	FILE *out = stdout, *err = stderr;
	static struct nw_opts o;
	char *argv[2];

	argv[0] = r->in.path;
	argv[1] = NULL;
	memset(&o, 0, sizeof(o));
	nw_config_init(&o.config);
	o.json = json;
	o.command = "replay";
	o.argc = 1;
	o.argv = argv;
	stdout = r->out.file;
	stderr = r->err.file;
	r->status = nw_cmd_replay(&o);
	stdout = out;
	stderr = err;
	nw_fuzz_page_read(&r->out);
	nw_fuzz_page_read(&r->err);
}

static void start(struct run *r, const void *data, size_t len, bool json)
{
	nw_fuzz_page_open(&r->in);
	nw_fuzz_page_open(&r->out);
	nw_fuzz_page_open(&r->err);
	nw_fuzz_page_write(&r->in, data, len);
	replay(r, json);
	nw_fuzz_must_be_text("stdout", r->out.text, r->out.len);
	nw_fuzz_must_be_text("stderr", r->err.text, r->err.len);
	nw_fuzz_must(r->status == NW_EXIT_OK || r->err.len,
		     "status %d and not a word", r->status);
}

static void finish(struct run *r)
{
	nw_fuzz_page_close(&r->in);
	nw_fuzz_page_close(&r->out);
	nw_fuzz_page_close(&r->err);
}

/* What was told of a recording is a recording that tells the same. */
static void again(const struct run *first)
{
	struct run second;

	start(&second, first->out.text, first->out.len, true);
	nw_fuzz_must(second.status == NW_EXIT_OK, "cannot read its own: %s\n%s",
		     second.err.text, first->out.text);
	nw_fuzz_must(!strcmp(first->out.text, second.out.text),
		     "told\n%sand then\n%s", first->out.text, second.out.text);
	finish(&second);
}

int nw_fuzz_replay(const uint8_t *data, size_t len)
{
	struct run text, json;

	setenv("TZ", "UTC", 1);
	start(&text, data, len, false);
	nw_fuzz_must_fit(text.out.text);
	start(&json, data, len, true);
	nw_fuzz_must(json.status == text.status, "status %d in text, %d in JSON",
		     text.status, json.status);
	nw_fuzz_must_be_sane(json.out.text, json.out.len);
	if (json.status == NW_EXIT_OK && json.out.len)
		again(&json);
	finish(&json);
	finish(&text);
	return 0;
}
