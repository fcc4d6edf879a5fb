// SPDX-License-Identifier: GPL-2.0
/*
 * Bonding about its slaves, newer and older:
 *
 *   bond0: (slave eth0): link status definitely down, disabling slave
 *   bond0: link status definitely down for interface eth0, disabling it
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "kmatch.h"

enum {
	UP = NW_CARRIER_UP,
	DOWN = NW_CARRIER_DOWN,
};

static const struct {
	const char *words;
	enum nw_ksaid_kind kind;
	__u8 what;
} forms[] = {
	{ "link status definitely up", NW_KSAID_CARRIER, UP },
	{ "link status definitely down", NW_KSAID_CARRIER, DOWN },
	{ "link status up", NW_KSAID_CARRIER, UP },
	{ "link status down", NW_KSAID_CARRIER, DOWN },
	{ "interface is now up", NW_KSAID_CARRIER, UP },
	{ "interface is now down", NW_KSAID_CARRIER, DOWN },
	{ "making interface ", NW_KSAID_ADMIN, NW_ADMIN_BONDING_FAILOVER },
	{ "enslaving ", NW_KSAID_ADMIN, NW_ADMIN_ENSLAVED },
	{ "releasing ", NW_KSAID_ADMIN, NW_ADMIN_RELEASED },
};

/* The bond's own carrier. */
static bool own_carrier(const char *bond, const char *words,
			struct nw_ksaid *said)
{
	if (!strncmp(words, "now running without any active interface", 40))
		said->carrier = DOWN;
	else if (!strncmp(words, "active interface up!", 20) ||
		 !strncmp(words, "first active interface up!", 26))
		said->carrier = UP;
	else
		return false;
	said->kind = NW_KSAID_CARRIER;
	said->driver_said = true;
	snprintf(said->dev, sizeof(said->dev), "%s", bond);
	snprintf(said->mode.driver, sizeof(said->mode.driver), "bonding");
	said->mode.has |= NW_BIT(NW_A_MODE_DRIVER);
	return true;
}

/* "(slave eth0): " in front; moves @words behind it. */
static bool slave_in_front(const char **words, struct nw_ksaid *said)
{
	const char *name = *words + 7;
	size_t len;

	if (strncmp(*words, "(slave ", 7))
		return false;
	len = strcspn(name, ")");
	if (strncmp(name + len, "): ", 3))
		return false;
	*words = name + len + 3;
	return nw_kmatch_name(said->dev, name, len);
}

static bool name_behind(const char *word, const char *words,
			struct nw_ksaid *said)
{
	const char *at = strcasestr(words, word);

	if (!at)
		return false;
	at += strlen(word);
	return nw_kmatch_name(said->dev, at, strcspn(at, " ,"));
}

/* The older form names the slave somewhere in the sentence. */
static bool slave_within(const char *words, struct nw_ksaid *said)
{
	char name[NW_NAME_LEN + 1];
	size_t len;

	if (said->change == NW_ADMIN_ENSLAVED)
		return name_behind("enslaving ", words, said);
	if (!name_behind("interface ", words, said))
		return false;
	/* "... eth0." ends the sentence. */
	len = strlen(said->dev);
	if (len > 1 && said->dev[len - 1] == '.') {
		snprintf(name, sizeof(name), "%s", said->dev);
		return nw_kmatch_name(said->dev, name, len - 1);
	}
	return true;
}

bool nw_kmatch_bonding(const char *bond, const char *words,
		       struct nw_ksaid *said)
{
	bool front;
	size_t i;

	if (own_carrier(bond, words, said))
		return true;
	front = slave_in_front(&words, said);
	for (i = 0; i < ARRAY_SIZE(forms); i++)
		if (!strncasecmp(words, forms[i].words, strlen(forms[i].words)))
			break;
	if (i == ARRAY_SIZE(forms))
		return false;
	if (forms[i].kind == NW_KSAID_ADMIN)
		said->change = forms[i].what;
	else
		said->carrier = forms[i].what;
	if (!front && !slave_within(words, said))
		return false;
	said->kind = forms[i].kind;
	snprintf(said->other, sizeof(said->other), "%s", bond);
	if (said->kind == NW_KSAID_CARRIER && said->carrier == UP)
		nw_kmatch_mode(words, &said->mode);
	return true;
}
