// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <string.h>

#include "clock.h"
#include "plugin.h"

#define NAME	"neighwatch"
#define CUT	"..."

const char *nw_plugin_status_name(enum nw_plugin_status status)
{
	static const char *const names[] = {
		[NW_PLUGIN_OK] = "OK",
		[NW_PLUGIN_WARNING] = "WARNING",
		[NW_PLUGIN_CRITICAL] = "CRITICAL",
		[NW_PLUGIN_UNKNOWN] = "UNKNOWN",
	};

	return names[status];
}

static bool is_plain(unsigned char c)
{
	return c >= ' ' && c < 0x7f && c != '|';
}

/* What does not fit ends where a whole character and the mark still do. */
static void clean(char *to, size_t size, const char *from)
{
	const unsigned char *p = (const unsigned char *)from;
	size_t len = 0, fits = 0, wide;

	for (; *p; p++) {
		wide = is_plain(*p) ? 1 : 4;
		if (len + wide >= size) {
			memcpy(to + fits, CUT, sizeof(CUT));
			return;
		}
		snprintf(to + len, size - len, wide == 1 ? "%c" : "\\x%02x",
			 *p);
		len += wide;
		if (len + sizeof(CUT) <= size)
			fits = len;
	}
	to[len] = '\0';
}

static void fill(char *to, const char *fmt, va_list ap)
{
	char raw[2 * NW_PLUGIN_TEXT];

	vsnprintf(raw, sizeof(raw), fmt, ap);
	clean(to, NW_PLUGIN_TEXT, raw);
}

void nw_plugin_text(struct nw_plugin *p, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(p->text, fmt, ap);
	va_end(ap);
}

void nw_plugin_line(struct nw_plugin *p, const char *fmt, ...)
{
	va_list ap;

	if (p->nr_lines == NW_PLUGIN_LINES) {
		p->lines_left_out++;
		return;
	}
	va_start(ap, fmt);
	fill(p->line[p->nr_lines++], fmt, ap);
	va_end(ap);
}

static void add_label(char *label, size_t size, const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	size_t len = strlen(label);

	for (; *p && len + 2 < size; p++) {
		if (*p == '\'')
			label[len++] = '\'';
		label[len++] = (char)(is_plain(*p) && *p != '=' ? *p : '_');
	}
	label[len] = '\0';
}

struct nw_perf *nw_plugin_perf(struct nw_plugin *p, const char *kind,
			       const char *of)
{
	struct nw_perf *perf;

	if (p->nr_perfs == NW_PLUGIN_PERFS) {
		p->perfs_left_out++;
		return NULL;
	}
	perf = &p->perf[p->nr_perfs++];
	memset(perf, 0, sizeof(*perf));
	add_label(perf->label, sizeof(perf->label), kind);
	if (*of)
		add_label(perf->label, sizeof(perf->label), "_");
	add_label(perf->label, sizeof(perf->label), of);
	return perf;
}

void nw_plugin_seconds(struct nw_plugin *p, const char *kind, const char *of,
		       bool known, __u64 ns)
{
	struct nw_perf *perf = nw_plugin_perf(p, kind, of);

	if (!perf)
		return;
	perf->seconds = true;
	perf->known = known;
	perf->value = ns;
}

void nw_plugin_count(struct nw_plugin *p, const char *kind, const char *of,
		     __u64 count)
{
	struct nw_perf *perf = nw_plugin_perf(p, kind, of);

	if (!perf)
		return;
	perf->known = true;
	perf->value = count;
}

/* 'label'=value[UOM];[warn];[crit];[min];[max], nothing behind the last. */
static void print_perf(const struct nw_perf *perf, FILE *file)
{
	fprintf(file, " '%s'=", perf->label);
	if (!perf->known)
		fputs("U", file);
	else if (perf->seconds)
		fprintf(file, "%llu.%03llus", perf->value / NW_NSEC_PER_SEC,
			perf->value % NW_NSEC_PER_SEC / NW_NSEC_PER_MSEC);
	else
		fprintf(file, "%llu", perf->value);
	if (!perf->known)
		return;
	if (perf->has_warn)
		fprintf(file, ";%llu;;0", perf->warn);
	else
		fputs(";;;0", file);
}

void nw_plugin_print(const struct nw_plugin *p, FILE *file)
{
	unsigned int i;

	fprintf(file, NAME " %s - %s", nw_plugin_status_name(p->status),
		p->text);
	if (p->nr_perfs)
		fputs(" |", file);
	for (i = 0; i < p->nr_perfs; i++)
		print_perf(&p->perf[i], file);
	fputc('\n', file);
	for (i = 0; i < p->nr_lines; i++)
		fprintf(file, "%s\n", p->line[i]);
	if (p->lines_left_out)
		fprintf(file, "%u lines more: neighwatch history --findings\n",
			p->lines_left_out);
	if (p->perfs_left_out)
		fprintf(file,
			"%u performance values left out: name gateways or devices\n",
			p->perfs_left_out);
}

static void write_perf(const struct nw_perf *perf, struct nw_json *json)
{
	const char *key = perf->seconds ? "value_ns" : "value";

	nw_json_open(json, NULL, '{');
	nw_json_string(json, "label", perf->label);
	if (perf->known)
		nw_json_number(json, key, perf->value);
	else
		nw_json_string(json, key, NULL);
	if (perf->has_warn)
		nw_json_number(json, "warn", perf->warn);
	nw_json_close(json, '}');
}

void nw_plugin_json(const struct nw_plugin *p, struct nw_json *json)
{
	unsigned int i;

	nw_json_number(json, "v", 1);
	nw_json_string(json, "status", nw_plugin_status_name(p->status));
	nw_json_number(json, "exit", p->status);
	nw_json_string(json, "text", p->text);
	nw_json_open(json, "lines", '[');
	for (i = 0; i < p->nr_lines; i++)
		nw_json_string(json, NULL, p->line[i]);
	nw_json_close(json, ']');
	nw_json_number(json, "lines_left_out", p->lines_left_out);
	nw_json_open(json, "perfdata", '[');
	for (i = 0; i < p->nr_perfs; i++)
		write_perf(&p->perf[i], json);
	nw_json_close(json, ']');
	nw_json_number(json, "perfdata_left_out", p->perfs_left_out);
}
