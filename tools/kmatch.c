// SPDX-License-Identifier: GPL-2.0
/*
 * Who speaks stands in front of what he says:
 *
 *   e1000e 0000:00:19.0 eth0: NIC Link is Down	driver, parent, device
 *   tg3 0000:02:00.0: eth0: Link is down	the same, before Linux 3.9
 *   e1000e: eth0 NIC Link is Down		driver, device
 *   tg3: eth0: Link is down			likewise
 *   eth0: Link is Down				a device without a parent
 *   bond0: (slave eth0): link status ...	bonding
 *   bonding: bond0: link status ...		likewise, before Linux 3.16
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "kmatch.h"

bool nw_kmatch_name(char *to, const char *from, size_t len)
{
	size_t i;

	if (!len || len >= NW_NAME_LEN)
		return false;
	for (i = 0; i < len; i++)
		if (!isgraph((unsigned char)from[i]) ||
		    strchr("/:,()[]\"", from[i]))
			return false;
	memcpy(to, from, len);
	to[len] = '\0';
	return true;
}

static bool take(const char **s, const char *words)
{
	size_t len = strlen(words);

	if (strncasecmp(*s, words, len))
		return false;
	*s += len;
	return true;
}

/* "NIC Copper Link is Up ...", "Link down"; how it is up stands behind. */
static bool link_words(const char *s, struct nw_ksaid *said)
{
	bool nic = take(&s, "NIC ");

	/* bnx2 tells its transceiver. */
	if (nic) {
		take(&s, "Remote ");
		if (!take(&s, "Copper "))
			take(&s, "SerDes ");
	}
	if (!take(&s, "Link "))
		return false;
	take(&s, "is ");
	if (take(&s, "up"))
		said->carrier = NW_CARRIER_UP;
	else if (take(&s, "down"))
		said->carrier = NW_CARRIER_DOWN;
	else
		return false;
	if (*s && *s != ' ' && *s != ',' && *s != '.')
		return false;
	said->kind = NW_KSAID_CARRIER;
	said->driver_said = true;
	if (said->carrier == NW_CARRIER_UP)
		nw_kmatch_mode(s, &said->mode);
	return true;
}

/* What a driver says about a device. */
static bool driver_words(const char *s, struct nw_ksaid *said)
{
	if (link_words(s, said))
		return true;
	if (strncmp(s, "Flow control is o", 17))
		return false;
	nw_kmatch_mode(s, &said->mode);
	said->kind = NW_KSAID_MODE;
	said->driver_said = true;
	return said->mode.has != 0;
}

/* A module's name; a program that wrote "name[pid]:" has another. */
static bool set_driver(struct nw_ksaid *said, const char *name, size_t len)
{
	size_t i;

	if (!len || len >= sizeof(said->mode.driver))
		return false;
	for (i = 0; i < len; i++)
		if (!isalnum((unsigned char)name[i]) && !strchr("_-", name[i]))
			return false;
	memcpy(said->mode.driver, name, len);
	said->mode.driver[len] = '\0';
	said->mode.has |= NW_BIT(NW_A_MODE_DRIVER);
	return true;
}

/* "DEV: WORDS", "DEV (unregistering): WORDS" */
static bool device_words(const char *s, struct nw_ksaid *said)
{
	size_t len = strcspn(s, " :");
	const char *words = s + len;

	if (!nw_kmatch_name(said->dev, s, len))
		return false;
	if (!strncmp(words, " (", 2)) {
		words = strchr(words, ')');
		if (!words)
			return false;
		words++;
	}
	if (strncmp(words, ": ", 2))
		return false;
	return driver_words(words + 2, said);
}

/* "DEV NIC Link ..." */
static bool device_nic(const char *s, struct nw_ksaid *said)
{
	size_t len = strcspn(s, " ");

	return !strncmp(s + len, " NIC ", 5) &&
	       nw_kmatch_name(said->dev, s, len) &&
	       link_words(s + len + 1, said);
}

/* "DRIVER: DEV ..." */
static bool driver_in_front(const char *s, struct nw_ksaid *said)
{
	size_t len = strcspn(s, " :");

	if (strncmp(s + len, ": ", 2))
		return false;
	if (!device_nic(s + len + 2, said) && !device_words(s + len + 2, said))
		return false;
	return set_driver(said, s, len);
}

/* PCI, USB and platform devices: no word of prose has such letters. */
static bool is_bus_name(const char *s, size_t len)
{
	bool digit = false;
	size_t i;

	for (i = 0; i < len; i++) {
		if (!isalnum((unsigned char)s[i]) && !strchr(":.-_@", s[i]))
			return false;
		digit |= isdigit((unsigned char)s[i]) != 0;
	}
	return digit;
}

/* "DRIVER BUS DEV: ..." and "DRIVER BUS: DEV: ..." */
static bool parent_in_front(const char *s, struct nw_ksaid *said)
{
	size_t len = strcspn(s, " :");
	const char *bus = s + len + 1, *words;
	size_t bus_len;

	if (s[len] != ' ')
		return false;
	bus_len = strcspn(bus, " ");
	if (bus[bus_len] != ' ')
		return false;
	words = bus + bus_len + 1;
	if (bus_len && bus[bus_len - 1] == ':')
		bus_len--;
	if (!bus_len || !is_bus_name(bus, bus_len))
		return false;
	if (!device_words(words, said)) {
		/* igb says its and the device's name once more. */
		words += strcspn(words, ":");
		if (strncmp(words, ": ", 2) ||
		    !driver_in_front(words + 2, said))
			return false;
	}
	said->parent = true;
	return set_driver(said, s, len);
}

/* "bond0: ...", "bonding: bond0: ..." */
static bool of_bonding(const char *s, struct nw_ksaid *said)
{
	char bond[NW_NAME_LEN];
	size_t len;

	take(&s, "bonding: ");
	len = strcspn(s, ": ");
	return !strncmp(s + len, ": ", 2) && nw_kmatch_name(bond, s, len) &&
	       nw_kmatch_bonding(bond, s + len + 2, said);
}

/* "IPv6: ADDRCONF(NETDEV_CHANGE): eth0: link becomes ready" */
static bool becomes_ready(const char *s, struct nw_ksaid *said)
{
	size_t len;

	take(&s, "IPv6: ");
	if (!take(&s, "ADDRCONF(NETDEV_CHANGE): "))
		return false;
	len = strcspn(s, ":");
	if (strcmp(s + len, ": link becomes ready") ||
	    !nw_kmatch_name(said->dev, s, len))
		return false;
	said->kind = NW_KSAID_CARRIER;
	said->carrier = NW_CARRIER_UP;
	return true;
}

/* "neighbour: arp_cache: neighbor table overflow!", older ones below. */
static bool table_is_full(const char *s, struct nw_ksaid *said)
{
	bool inet6 = false;

	take(&s, "neighbour: ");
	if (take(&s, "ndisc_cache: "))
		inet6 = true;
	else if (!take(&s, "arp_cache: "))
		take(&s, "IPv4: ");
	if (!take(&s, "neighbor table overflow") &&
	    !take(&s, "Neighbour table overflow"))
		return false;
	said->kind = NW_KSAID_OVERFLOW;
	said->family = inet6 ? AF_INET6 : AF_INET;
	return true;
}

bool nw_kmatch(const char *text, struct nw_ksaid *said)
{
	static bool (*const readers[])(const char *s, struct nw_ksaid *said) = {
		parent_in_front, device_words, driver_in_front, of_bonding,
		becomes_ready, table_is_full,
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(readers); i++) {
		memset(said, 0, sizeof(*said));
		if (readers[i](text, said))
			return true;
	}
	memset(said, 0, sizeof(*said));
	return false;
}
