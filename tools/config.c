// SPDX-License-Identifier: GPL-2.0
/* What the values mean; config_file.c reads the lines. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config.h"
#include "parse.h"

#define BLANKS	" \t"

void nw_config_init(struct nw_config *c)
{
	memset(c, 0, sizeof(*c));
	nw_detect_config_default(&c->detect);
	c->detect.gateways = c->gateway;
	c->detect.allowed = c->allowed;
	c->privileged = !geteuid();
}

__printf(2, 3)
static int refuse(char *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(err, NW_CONFIG_ERROR, fmt, ap);
	va_end(ap);
	return -EINVAL;
}

/* False when there is no room for all of it. */
static bool copy(char *to, size_t size, const char *from)
{
	return (size_t)snprintf(to, size, "%s", from) < size;
}

static int set_threshold(struct nw_config *c, const char *name,
			 const char *value, unsigned int line, char *err)
{
	enum nw_threshold which = nw_threshold_by_name(name);

	if (which < NW_THRESHOLDS && line != NW_CONFIG_ARGUMENT &&
	    c->line[which])
		return refuse(err, "%s is set in line %u already: once is enough",
			      name, c->line[which]);
	if (nw_thresholds_set(&c->detect.thresholds, name, value, err,
			      NW_CONFIG_ERROR))
		return -EINVAL;
	c->line[which] = line;
	return 0;
}

static bool is_device(const char *name)
{
	return *name && strcmp(name, ".") && strcmp(name, "..") &&
	       !strpbrk(name, "/: \t");
}

/* An address that one neighbour can have. */
static bool parse_neighbour(const char *text, struct nw_addr *addr)
{
	static const __u8 none[16];

	if (!nw_parse_addr(text, addr) || !memcmp(addr->b, none, addr->len))
		return false;
	return addr->len == 4 ? addr->b[0] < 224 : addr->b[0] != 0xff;
}

static int add_gateway(struct nw_config *c, char *text, char *err)
{
	struct nw_named_gateway *gw = &c->gateway[c->detect.nr_gateways];
	char *dev = strchr(text, '%');

	if (c->detect.nr_gateways == NW_CONFIG_GATEWAYS)
		return refuse(err, "more than %d gateways: those of routes need not be named",
			      NW_CONFIG_GATEWAYS);
	memset(gw, 0, sizeof(*gw));
	if (dev) {
		*dev++ = '\0';
		if (!is_device(dev) || !copy(gw->dev, sizeof(gw->dev), dev))
			return refuse(err, "'%.60s' is no device's name: write 10.0.0.1%%eth0",
				      dev);
	}
	if (!parse_neighbour(text, &gw->addr))
		return refuse(err, "'%.60s' is no gateway's address: write 10.0.0.1%%eth0",
			      text);
	c->detect.nr_gateways++;
	return 0;
}

static int add_lladdr(struct nw_allowed *set, const char *word, char *err)
{
	struct nw_lladdr *ll = &set->lladdr[set->nr];
	unsigned int i;

	if (set->nr == ARRAY_SIZE(set->lladdr))
		return refuse(err, "more than %zu MACs: write a line for each address",
			      ARRAY_SIZE(set->lladdr));
	if (!nw_parse_lladdr(word, ll))
		return refuse(err, "'%.60s' is no MAC: write 00:00:5e:00:01:10",
			      word);
	if (ll->len < 4 || ll->len != set->lladdr[0].len)
		return refuse(err, "'%.60s' has %u octets: MACs have 6, and all of a line the same",
			      word, ll->len);
	for (i = 0; i < set->nr; i++)
		if (nw_lladdr_equal(&set->lladdr[i], ll))
			return refuse(err, "'%.60s' twice: write each MAC once",
				      word);
	set->nr++;
	return 0;
}

static int add_allowed(struct nw_config *c, char *text, char *err)
{
	struct nw_allowed *set = &c->allowed[c->detect.nr_allowed];
	char *word, *rest = NULL;

	if (c->detect.nr_allowed == NW_CONFIG_ALLOWED)
		return refuse(err, "more than %d allowed moves: 'any' stands for all addresses",
			      NW_CONFIG_ALLOWED);
	memset(set, 0, sizeof(*set));
	word = strtok_r(text, BLANKS, &rest);
	if (!word || (strcmp(word, "any") &&
		      !parse_neighbour(word, &set->addr)))
		return refuse(err, "'%.60s' is no address: write ADDRESS or any, then 2 to 8 MACs",
			      word ? word : "");
	while ((word = strtok_r(NULL, BLANKS, &rest)))
		if (add_lladdr(set, word, err))
			return -EINVAL;
	if (set->nr < 2)
		return refuse(err, "%u MAC: a move is between two, write 2 to 8",
			      set->nr);
	c->detect.nr_allowed++;
	return 0;
}

/* In place of the built-in list; empty, as in systemd's files: none. */
static int add_ignored(struct nw_config *c, char *text, char *err)
{
	size_t *nr = &c->detect.nr_ignored;
	char *word, *rest = NULL;

	c->detect.ignored = c->ignored;
	if (!*text)
		*nr = 0;
	for (word = strtok_r(text, BLANKS, &rest); word;
	     word = strtok_r(NULL, BLANKS, &rest)) {
		if (*nr == NW_CONFIG_IGNORED)
			return refuse(err, "more than %d names: veth* stands for many",
				      NW_CONFIG_IGNORED);
		if (strpbrk(word, "/:,") ||
		    !copy(c->pattern[*nr], NW_CONFIG_PATTERN, word))
			return refuse(err, "'%.60s' is no name of a device: write veth* docker0",
				      word);
		c->ignored[*nr] = c->pattern[*nr];
		(*nr)++;
	}
	return 0;
}

static int set_exec(struct nw_config *c, char *text, char *err)
{
	if (*text != '/')
		return refuse(err, "'%.60s' is no absolute path: write one that begins with /",
			      text);
	copy(c->exec, sizeof(c->exec), text);
	return 0;
}

static const struct {
	const char *section;
	const char *key;
	const char *example;
	int (*set)(struct nw_config *c, char *text, char *err);
} keys[] = {
	{ "Thresholds", NULL, "link-flap-warn=1500", NULL },
	{ "Gateways", "Gateway", "Gateway=10.0.0.1%eth0", add_gateway },
	{ "Moves", "Allow", "Allow=10.0.0.1 MAC MAC", add_allowed },
	{ "Links", "Ignore", "Ignore=veth* docker0", add_ignored },
	{ "Exec", "Program", "Program=/usr/local/sbin/page", set_exec },
};

static size_t find_section(const char *section)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (!strcmp(keys[i].section, section))
			break;
	return i;
}

bool nw_config_has_section(const char *section)
{
	return find_section(section) < ARRAY_SIZE(keys);
}

const char *nw_config_sections(void)
{
	return "one of [Thresholds], [Gateways], [Moves], [Links], [Exec]";
}

/* Readers cut their text to pieces: a copy. */
static int set_text(struct nw_config *c, size_t key, const char *value,
		    char *err)
{
	char text[PATH_MAX];

	if (!copy(text, sizeof(text), value))
		return refuse(err, "'%.60s...' is too long", value);
	return keys[key].set(c, text, err);
}

int nw_config_assign(struct nw_config *c, const char *section,
		     const char *key, const char *value, unsigned int line,
		     char *err)
{
	size_t i = find_section(section);

	if (i == ARRAY_SIZE(keys))
		return refuse(err, "there is no section [%.60s]: %s", section,
			      nw_config_sections());
	if (!keys[i].key)
		return set_threshold(c, key, value, line, err);
	if (strcmp(keys[i].key, key))
		return refuse(err, "[%s] has no '%.60s=': write %s", section,
			      key, keys[i].example);
	if (!*value && keys[i].set != add_ignored)
		return refuse(err, "%s= is empty: write %s", key,
			      keys[i].example);
	if (keys[i].set == set_exec) {
		if (c->exec_line)
			return refuse(err, "Program= is set in line %u already: one program is run",
				      c->exec_line);
		c->exec_line = line;
	}
	return set_text(c, i, value, err);
}

int nw_config_set(struct nw_config *c, const char *assignment, char *err)
{
	const char *equals = strchr(assignment, '=');
	char name[64];
	size_t len = equals ? (size_t)(equals - assignment) : 0;

	if (!equals || len >= sizeof(name))
		return refuse(err, "'%.60s' is no NAME=VALUE: 'neighwatch config' lists the names",
			      assignment);
	memcpy(name, assignment, len);
	name[len] = '\0';
	return set_threshold(c, name, equals + 1, NW_CONFIG_ARGUMENT, err);
}

int nw_config_add_gateway(struct nw_config *c, const char *text, char *err)
{
	return set_text(c, find_section("Gateways"), text, err);
}

int nw_config_set_exec(struct nw_config *c, const char *program, char *err)
{
	c->exec_line = NW_CONFIG_ARGUMENT;
	return set_text(c, find_section("Exec"), program, err);
}

/* "FILE:LINE", or the option that set it. */
static void say_place(const struct nw_config *c, unsigned int line,
		      const char *option, char *buf, size_t size)
{
	if (line == NW_CONFIG_ARGUMENT)
		snprintf(buf, size, "%s", option);
	else
		snprintf(buf, size, "%.200s:%u", c->file, line);
}

int nw_config_check(const struct nw_config *c, char *err)
{
	enum nw_threshold low, high;
	char place[256], why[200];
	unsigned int line;

	if (!nw_thresholds_check(&c->detect.thresholds, &low, &high, why,
				 sizeof(why)))
		return 0;
	/* The later of the two. */
	line = c->line[low] > c->line[high] ? c->line[low] : c->line[high];
	say_place(c, line, "--set", place, sizeof(place));
	return refuse(err, "%s: %s", place, why);
}

static const char *why_not_run(const struct nw_config *c)
{
	struct stat st;

	if (stat(c->exec, &st))
		return strerror(errno);
	if (!S_ISREG(st.st_mode))
		return "it is no file";
	if (faccessat(AT_FDCWD, c->exec, X_OK, AT_EACCESS))
		return strerror(errno);
	if (c->privileged && (st.st_uid || st.st_mode & 0022))
		return "others than root can write it, and it would run as root";
	return NULL;
}

int nw_config_check_exec(const struct nw_config *c, char *err)
{
	const char *why = *c->exec ? why_not_run(c) : NULL;
	char place[256];

	if (!why)
		return 0;
	say_place(c, c->exec_line, "--exec", place, sizeof(place));
	return refuse(err, "%s: '%.150s' is not run: %s", place, c->exec, why);
}
