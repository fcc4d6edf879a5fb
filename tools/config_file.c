// SPDX-License-Identifier: GPL-2.0
/*
 * Reads the configuration file. libinih takes the lines apart; what it would
 * read in another way than a person means it (it cuts long lines and lines
 * with " ;", joins indented ones, passes over what follows a section) is
 * refused before it sees it.
 */
#include <errno.h>
#include <ini.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "config.h"
#include "format.h"
#include "utf8.h"

#define MAX_BYTES	(1024 * 1024)
#define LINE_END	3	/* "\\r\\n" and 0: libinih wants room for them */
#define BOM		"\xef\xbb\xbf"

/**
 * struct source - a file on its way in
 * @line: number of the line at hand
 * @bytes: read so far
 * @ret: negative errno once something was wrong; the rest is not read
 */
struct source {
	struct nw_config *config;
	FILE *file;
	const char *name;
	struct stat st;
	unsigned int line;
	size_t bytes;
	int ret;
	char *err;
};

__printf(2, 3)
static void refuse(struct source *s, const char *fmt, ...)
{
	char why[256], shown[256];
	va_list ap;

	if (s->ret)
		return;
	s->ret = -EINVAL;
	va_start(ap, fmt);
	vsnprintf(why, sizeof(why), fmt, ap);
	va_end(ap);
	/* A terminal may obey what is quoted. */
	nw_format_text(shown, sizeof(shown), why, "");
	snprintf(s->err, NW_CONFIG_ERROR, "%.200s:%u: %s", s->name, s->line,
		 shown);
}

/* EOF also at a byte that no text has. */
static int next_byte(struct source *s, int last)
{
	int c = getc(s->file);

	if (c == EOF)
		return EOF;
	if (++s->bytes > MAX_BYTES)
		refuse(s, "the file is larger than 1 MiB: it is no configuration");
	else if ((c < ' ' && !strchr("\t\r\n", c)) || !c || c == 0x7f)
		refuse(s, "byte 0x%02x: this is no text", (unsigned int)c);
	else if (last == '\r' && c != '\n')
		refuse(s, "a carriage return within the line: end lines with a newline");
	return s->ret ? EOF : c;
}

/*
 * A line without its indent and its end; a comment is passed over however long
 * it is. Return: false at the end.
 */
static bool read_line(struct source *s, char *buf, size_t room)
{
	bool comment = false, any = false;
	size_t len = 0;
	int c, last = 0;

	s->line++;
	while ((c = next_byte(s, last)) != EOF) {
		any = true;
		last = c;
		if (c == '\n')
			break;
		if (!len && strchr(" \t\r", c))
			continue;
		comment = comment || (!len && strchr("#;", c));
		if (comment)
			continue;
		if (len + LINE_END >= room) {
			refuse(s, "the line is longer than %zu bytes: write several",
			       room - LINE_END);
			return false;
		}
		buf[len++] = (char)c;
		if (s->line == 1 && len == 3 && !memcmp(buf, BOM, 3))
			len = 0;
	}
	while (len && strchr(" \t\r", buf[len - 1]))
		len--;
	buf[len] = '\0';
	return any && !s->ret;
}

/* It is printed again, perhaps on a terminal. */
static void check_text(struct source *s, const char *line)
{
	const unsigned char *p = (const unsigned char *)line;
	int len;

	for (; *p; p += len) {
		len = nw_utf8_length(p);
		if (len && !nw_utf8_is_c1(p))
			continue;
		refuse(s, "byte 0x%02x: this is no text", *p);
		return;
	}
}

static void check_section(struct source *s, char *line)
{
	char *end = strchr(line, ']');

	if (!end) {
		refuse(s, "'%.60s' has no ]: write [Section]", line);
		return;
	}
	if (end[1]) {
		refuse(s, "'%.60s' behind the section: write it on a line of its own",
		       end + 1);
		return;
	}
	*end = '\0';
	if (!nw_config_has_section(line + 1))
		refuse(s, "there is no section [%.60s]: %s", line + 1,
		       nw_config_sections());
	*end = ']';
}

static void check_assignment(struct source *s, const char *line)
{
	size_t i, sign = strcspn(line, "=:");

	if (line[sign] != '=' || !sign)
		refuse(s, "'%.60s' is neither [Section] nor Key=Value", line);
	for (i = 0; line[i] && line[i + 1]; i++)
		if (strchr(" \t", line[i]) && strchr("#;", line[i + 1]))
			refuse(s, "'%.60s': write a comment on a line of its own",
			       line + i + 1);
	if (line[i] == '\\')
		refuse(s, "a \\ does not join lines here: write the key again");
}

/* For libinih: it reads as many lines as the file has. */
static char *next_line(char *buf, int size, void *arg)
{
	struct source *s = arg;

	if (s->ret || !read_line(s, buf, (size_t)size))
		return NULL;
	check_text(s, buf);
	if (*buf == '[')
		check_section(s, buf);
	else if (*buf)
		check_assignment(s, buf);
	return s->ret ? NULL : buf;
}

/* Whoever can write the file could have programs run as root. */
static bool is_trusted(const struct source *s)
{
	return !(s->st.st_mode & (0022)) && !s->st.st_uid;
}

static int assign(void *arg, const char *section, const char *key,
		  const char *value)
{
	struct source *s = arg;
	char why[NW_CONFIG_ERROR];

	if (s->ret)
		return 0;
	if (!*section)
		refuse(s, "'%.60s=' before any section: %s", key,
		       nw_config_sections());
	else if (nw_config_assign(s->config, section, key, value, s->line,
				  why))
		refuse(s, "%s", why);
	else if (!strcmp(section, "Exec") && s->config->privileged &&
		 !is_trusted(s))
		refuse(s, "others can write this, and it runs programs: chown root, chmod go-w");
	return !s->ret;
}

static void parse(struct source *s)
{
	int line;

	if (fstat(fileno(s->file), &s->st) || S_ISDIR(s->st.st_mode)) {
		s->ret = -EISDIR;
		return;
	}
	line = ini_parse_stream(next_line, s, assign, s);
	if (line > 0 && !s->ret) {
		s->line = (unsigned int)line;
		refuse(s, "this is neither [Section] nor Key=Value");
	} else if (line < 0 && !s->ret) {
		s->ret = -ENOMEM;
	}
	if (ferror(s->file))
		s->ret = -EIO;
}

int nw_config_read(struct nw_config *c, const char *file, char *err)
{
	struct source s = {
		.config = c,
		.name = file,
		.err = err,
	};

	s.file = fopen(file, "re");
	if (s.file) {
		c->file = file;
		parse(&s);
		fclose(s.file);
	} else {
		s.ret = -errno;
	}
	if (s.ret && s.ret != -EINVAL)
		snprintf(err, NW_CONFIG_ERROR,
			 "%s: %s\n  -c FILE reads another, -c /dev/null none",
			 file, strerror(-s.ret));
	return s.ret;
}
