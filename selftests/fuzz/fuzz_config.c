// SPDX-License-Identifier: GPL-2.0
/* A configuration file: what is taken is printed as a file that says the same. */
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "fuzz.h"

static struct nw_config config;
static char err[NW_CONFIG_ERROR];

static int read_page(struct nw_fuzz_page *p)
{
	int ret;

	err[0] = '\0';
	nw_config_init(&config);
	ret = nw_config_read(&config, p->path, err);
	nw_fuzz_must(!ret == !*err, "%d, and '%s' was said", ret, err);
	nw_fuzz_must_be_text("the reason", err, strlen(err));
	return ret;
}

static void print_to(struct nw_fuzz_page *p)
{
	nw_fuzz_page_open(p);
	nw_config_print(&config, p->file);
	nw_fuzz_page_read(p);
	nw_fuzz_must_be_text("the file printed", p->text, p->len);
}

/* What stands before it names the file that was read. */
static const char *behind_name(const struct nw_fuzz_page *p)
{
	const char *text = strstr(p->text, "[Thresholds]");

	nw_fuzz_must(text, "no thresholds in\n%s", p->text);
	return text;
}

int nw_fuzz_config(const uint8_t *data, size_t len)
{
	struct nw_fuzz_page in, once, twice;

	nw_fuzz_page_open(&in);
	nw_fuzz_page_write(&in, data, len);
	if (!read_page(&in)) {
		print_to(&once);
		nw_fuzz_must(!read_page(&once), "%s\n%s", err, once.text);
		print_to(&twice);
		nw_fuzz_must(!strcmp(behind_name(&once), behind_name(&twice)),
			     "%s\nand then\n%s", once.text, twice.text);
		nw_fuzz_page_close(&twice);
		nw_fuzz_page_close(&once);
	}
	nw_fuzz_page_close(&in);
	return 0;
}
