// SPDX-License-Identifier: GPL-2.0
/* What drivers say: who they are, their settings, their own counters. */
#include <errno.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <linux/ethtool.h>
#include <linux/sockios.h>

#include "save_part.h"
#include "say.h"
#include "twin.h"

/* More counters than any driver has. */
#define STATS_MAX	65536
/* Three masks of as many words as one byte can count. */
#define MASKS_MAX	(3 * 127 * sizeof(__u32))

struct device {
	struct nw_twin twin;
	int fd;
	char dev[IFNAMSIZ];
};

/* Many drivers do not have all: what is refused is left out. */
static bool ask(const struct device *d, void *cmd)
{
	struct ifreq ifr = { 0 };

	memcpy(ifr.ifr_name, d->dev, sizeof(ifr.ifr_name));
	ifr.ifr_data = cmd;
	return !ioctl(d->fd, SIOCETHTOOL, &ifr);
}

static void put_word(struct nw_twin *t, const char *key, const char *word)
{
	char text[ETH_GSTRING_LEN + 1];

	snprintf(text, sizeof(text), "%s", word);
	if (*text)
		nw_twin_string(t, key, text);
}

static void put_driver(struct device *d)
{
	struct ethtool_drvinfo info = { .cmd = ETHTOOL_GDRVINFO };

	if (!ask(d, &info))
		return;
	nw_twin_open(&d->twin, "driver", '{');
	put_word(&d->twin, "driver", info.driver);
	put_word(&d->twin, "version", info.version);
	put_word(&d->twin, "firmware", info.fw_version);
	put_word(&d->twin, "bus", info.bus_info);
	nw_twin_close(&d->twin, '}');
}

static void put_duplex(struct nw_twin *t, __u8 duplex)
{
	if (duplex == DUPLEX_HALF || duplex == DUPLEX_FULL)
		nw_twin_string(t, "duplex",
			       duplex == DUPLEX_FULL ? "full" : "half");
}

/* The masks of modes are as long as the kernel says: it is asked first. */
static void put_settings(struct device *d)
{
	union {
		struct ethtool_link_settings s;
		char room[sizeof(struct ethtool_link_settings) + MASKS_MAX];
	} ask_for = { .s = { .cmd = ETHTOOL_GLINKSETTINGS } };
	const struct ethtool_link_settings *s = &ask_for.s;

	if (!ask(d, &ask_for) || s->link_mode_masks_nwords >= 0)
		return;
	ask_for.s.link_mode_masks_nwords =
		(__s8)-s->link_mode_masks_nwords;
	if (!ask(d, &ask_for))
		return;
	nw_twin_open(&d->twin, "settings", '{');
	if (s->speed != (__u32)SPEED_UNKNOWN)
		nw_twin_number(&d->twin, "speed", s->speed);
	put_duplex(&d->twin, s->duplex);
	nw_twin_number(&d->twin, "autoneg", s->autoneg);
	nw_twin_number(&d->twin, "port", s->port);
	nw_twin_number(&d->twin, "phy_address", s->phy_address);
	nw_twin_number(&d->twin, "mdix", s->eth_tp_mdix);
	nw_twin_close(&d->twin, '}');
}

static void put_link(struct device *d)
{
	struct ethtool_value link = { .cmd = ETHTOOL_GLINK };

	if (ask(d, &link))
		nw_twin_number(&d->twin, "link", link.data);
}

static void put_pause(struct device *d)
{
	struct ethtool_pauseparam p = { .cmd = ETHTOOL_GPAUSEPARAM };

	if (!ask(d, &p))
		return;
	nw_twin_open(&d->twin, "pause", '{');
	nw_twin_number(&d->twin, "autoneg", p.autoneg);
	nw_twin_number(&d->twin, "rx", p.rx_pause);
	nw_twin_number(&d->twin, "tx", p.tx_pause);
	nw_twin_close(&d->twin, '}');
}

static void put_eee(struct device *d)
{
	struct ethtool_eee eee = { .cmd = ETHTOOL_GEEE };

	if (!ask(d, &eee))
		return;
	nw_twin_open(&d->twin, "eee", '{');
	nw_twin_number(&d->twin, "enabled", eee.eee_enabled);
	nw_twin_number(&d->twin, "active", eee.eee_active);
	nw_twin_number(&d->twin, "supported", eee.supported);
	nw_twin_number(&d->twin, "advertised", eee.advertised);
	nw_twin_number(&d->twin, "partner", eee.lp_advertised);
	nw_twin_number(&d->twin, "tx_lpi", eee.tx_lpi_enabled);
	nw_twin_number(&d->twin, "tx_lpi_timer", eee.tx_lpi_timer);
	nw_twin_close(&d->twin, '}');
}

static void put_ring(struct device *d)
{
	struct ethtool_ringparam r = { .cmd = ETHTOOL_GRINGPARAM };

	if (!ask(d, &r))
		return;
	nw_twin_open(&d->twin, "ring", '{');
	nw_twin_number(&d->twin, "rx", r.rx_pending);
	nw_twin_number(&d->twin, "tx", r.tx_pending);
	nw_twin_number(&d->twin, "rx_max", r.rx_max_pending);
	nw_twin_number(&d->twin, "tx_max", r.tx_max_pending);
	nw_twin_close(&d->twin, '}');
}

static __u32 count_stats(const struct device *d)
{
	union {
		struct ethtool_sset_info info;
		char room[sizeof(struct ethtool_sset_info) + sizeof(__u32)];
	} sset = {
		.info = { .cmd = ETHTOOL_GSSET_INFO,
			  .sset_mask = 1ULL << ETH_SS_STATS },
	};

	if (!ask(d, &sset) || !sset.info.sset_mask)
		return 0;
	return sset.info.data[0] <= STATS_MAX ? sset.info.data[0] : 0;
}

static void put_counters(struct nw_twin *t, const struct ethtool_gstrings *names,
			 const struct ethtool_stats *stats, __u32 nr)
{
	char name[ETH_GSTRING_LEN + 1];
	__u32 i;

	nw_twin_open(t, "statistics", '{');
	for (i = 0; i < nr; i++) {
		snprintf(name, sizeof(name), "%.*s", ETH_GSTRING_LEN,
			 (const char *)names->data +
			 (size_t)i * ETH_GSTRING_LEN);
		nw_twin_number(t, name, stats->data[i]);
	}
	nw_twin_close(t, '}');
}

static void put_stats(struct device *d)
{
	__u32 nr = count_stats(d);
	struct ethtool_gstrings *names;
	struct ethtool_stats *stats;

	if (!nr)
		return;
	names = calloc(1, sizeof(*names) + (size_t)nr * ETH_GSTRING_LEN);
	stats = calloc(1, sizeof(*stats) + (size_t)nr * sizeof(__u64));
	if (names && stats) {
		names->cmd = ETHTOOL_GSTRINGS;
		names->string_set = ETH_SS_STATS;
		names->len = nr;
		stats->cmd = ETHTOOL_GSTATS;
		stats->n_stats = nr;
		/* A driver may have fewer meanwhile. */
		if (ask(d, names) && ask(d, stats) && names->len == nr &&
		    stats->n_stats == nr)
			put_counters(&d->twin, names, stats, nr);
	}
	free(names);
	free(stats);
}

static void put_device(struct device *d, const struct if_nameindex *dev)
{
	snprintf(d->dev, sizeof(d->dev), "%s", dev->if_name);
	nw_twin_object(&d->twin, d->dev);
	nw_twin_string(&d->twin, "dev", d->dev);
	nw_twin_number(&d->twin, "ifindex", dev->if_index);
	put_driver(d);
	put_link(d);
	put_settings(d);
	put_pause(d);
	put_eee(d);
	put_ring(d);
	put_stats(d);
	nw_twin_object_end(&d->twin);
	fflush(d->twin.text);
}

int nw_save_ethtool(const struct nw_opts *o, FILE *const *file)
{
	struct if_nameindex *all, *dev;
	static struct device d;

	(void)o;
	d.fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (d.fd < 0) {
		nw_say("socket: %s", strerror(errno));
		return NW_EXIT_ERROR;
	}
	nw_twin_begin(&d.twin, file[0], file[1], true);
	all = if_nameindex();
	for (dev = all; dev && dev->if_index; dev++)
		put_device(&d, dev);
	nw_twin_end(&d.twin);
	close(d.fd);
	if (!all) {
		nw_say("list of devices: %s", strerror(errno));
		return NW_EXIT_ERROR;
	}
	if_freenameindex(all);
	return NW_EXIT_OK;
}
