// SPDX-License-Identifier: GPL-2.0
/* A configuration as a file that says the same. */
#include <string.h>

#include "config.h"
#include "format.h"
#include "line.h"

/* A comment, within the width of a terminal. */
static void print_comment(FILE *file, const char *text)
{
	size_t column = 1, len;

	fputc('#', file);
	for (; *text; text += len + strspn(text + len, " ")) {
		len = strcspn(text, " ");
		if (column + 1 + len > NW_WIDTH) {
			fputs("\n#", file);
			column = 1;
		}
		fprintf(file, " %.*s", (int)len, text);
		column += 1 + len;
	}
	fputc('\n', file);
}

static void print_threshold(const struct nw_config *c, enum nw_threshold which,
			    FILE *file)
{
	const struct nw_threshold_info *info = &nw_threshold_table[which];
	char value[NW_THRESHOLD_TEXT], standard[NW_THRESHOLD_TEXT];
	char min[NW_THRESHOLD_TEXT], max[NW_THRESHOLD_TEXT];

	nw_threshold_format(value, sizeof(value), info,
			    c->detect.thresholds.value[which]);
	nw_threshold_format(standard, sizeof(standard), info, info->standard);
	nw_threshold_format(min, sizeof(min), info, info->min);
	nw_threshold_format(max, sizeof(max), info, info->max);
	fputc('\n', file);
	print_comment(file, info->reason);
	if (c->line[which])
		fprintf(file, "# %s to %s, by default %s\n%s=%s\n", min, max,
			standard, info->name, value);
	else
		fprintf(file, "# %s to %s\n#%s=%s\n", min, max, info->name,
			value);
}

static void print_gateways(const struct nw_detect_config *c, FILE *file)
{
	char addr[NW_ADDR_TEXT];
	size_t i;

	fputs("\n[Gateways]\n"
	      "# next hops of routes are known; these are watched too\n"
	      "#Gateway=10.0.0.1%eth0\n", file);
	for (i = 0; i < c->nr_gateways; i++) {
		nw_format_addr(addr, sizeof(addr), &c->gateways[i].addr);
		fprintf(file, "Gateway=%s%s%s\n", addr,
			*c->gateways[i].dev ? "%" : "", c->gateways[i].dev);
	}
}

static void print_moves(const struct nw_detect_config *c, FILE *file)
{
	char addr[NW_ADDR_TEXT], lladdr[NW_LLADDR_TEXT];
	size_t i, k;

	fputs("\n[Moves]\n"
	      "# an address, or any, that may move among these MACs\n"
	      "#Allow=10.0.0.1 00:00:5e:00:01:10 52:54:00:00:00:01\n", file);
	for (i = 0; i < c->nr_allowed; i++) {
		nw_format_addr(addr, sizeof(addr), &c->allowed[i].addr);
		fprintf(file, "Allow=%s",
			c->allowed[i].addr.len ? addr : "any");
		for (k = 0; k < c->allowed[i].nr; k++) {
			nw_format_lladdr(lladdr, sizeof(lladdr),
					 &c->allowed[i].lladdr[k]);
			fprintf(file, " %s", lladdr);
		}
		fputc('\n', file);
	}
}

/* As many lines as it takes: each adds. */
static void print_names(FILE *file, const char *key, const char *const *name,
			size_t nr)
{
	size_t i, column = NW_WIDTH;

	for (i = 0; i < nr; i++) {
		column += 1 + strlen(name[i]);
		if (column > NW_WIDTH)
			column = (size_t)fprintf(file, "%s%s%s", i ? "\n" : "",
						 key, name[i]);
		else
			fprintf(file, " %s", name[i]);
	}
	fputc('\n', file);
}

static void print_links(const struct nw_detect_config *c, FILE *file)
{
	size_t nr = 0;

	while (nw_detect_link_virtual[nr])
		nr++;
	fputs("\n[Links]\n"
	      "# devices whose losses of carrier are none; Ignore= alone: all count\n",
	      file);
	print_names(file, "#Ignore=", nw_detect_link_virtual, nr);
	if (c->nr_ignored)
		print_names(file, "Ignore=", c->ignored, c->nr_ignored);
	else if (c->ignored)
		fputs("Ignore=\n", file);
}

void nw_config_print(const struct nw_config *c, FILE *file)
{
	unsigned int i;

	fputs("# What neighwatch judges by, as neighwatch.conf(5) has it.\n",
	      file);
	if (c->file)
		fprintf(file, "# Read from %s.\n", c->file);
	fputs("# A # stands before defaults and examples.\n\n[Thresholds]\n",
	      file);
	for (i = 0; i < NW_THRESHOLDS; i++)
		print_threshold(c, (enum nw_threshold)i, file);
	print_gateways(&c->detect, file);
	print_moves(&c->detect, file);
	print_links(&c->detect, file);
	fputs("\n[Exec]\n"
	      "# run by monitor for each finding, with its JSON as input\n"
	      "#Program=/usr/local/sbin/page\n", file);
	if (*c->exec)
		fprintf(file, "Program=%s\n", c->exec);
}
