// SPDX-License-Identifier: GPL-2.0
/*
 * How a link came up, in the words of the drivers:
 *
 *   1000 Mbps Full Duplex, Flow Control: Rx/Tx		e1000e, igb
 *   10 Gbps, Flow Control: RX/TX			ixgbe
 *   25 Gbps Full Duplex, ..., Autoneg: True, Flow Control: None	i40e
 *   100 Gbps Full Duplex, ..., Autoneg Advertised: On, ...		ice
 *   at 1000 Mbps, full duplex				tg3
 *   1000 Mbps full duplex, receive & transmit flow control ON	bnx2
 *   25000 Mbps (NRZ) full duplex, Flow control: ON - receive	bnxt_en
 *   1Gbps/Full - flow control rx/tx			phylib, phylink
 *   100Mbps, full-duplex, lpa 0x45E1			mii
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "kmatch.h"

#define SPEED_MAX	10000000	/* Mb/s */

static void set(struct nw_mode *mode, int attr)
{
	mode->has |= NW_BIT(attr);
}

/* "2.5 Gbps": Mb/s, 0 when @s is no speed. */
static __u32 speed_at(const char *s)
{
	unsigned long whole, tenth = 0;
	char *end;

	whole = strtoul(s, &end, 10);
	if (*end == '.' && isdigit((unsigned char)end[1])) {
		tenth = (unsigned long)(end[1] - '0');
		end += 2;
	}
	if (*end == ' ')
		end++;
	if (whole > SPEED_MAX)
		return 0;
	if (!strncmp(end, "Mbps", 4))
		return (__u32)whole;
	if (!strncmp(end, "Gbps", 4) && whole <= SPEED_MAX / 1000)
		return (__u32)(whole * 1000 + tenth * 100);
	return 0;
}

static void find_speed(const char *words, struct nw_mode *mode)
{
	const char *p;

	for (p = words; *p; p++) {
		bool begins = p == words || !isalnum((unsigned char)p[-1]);

		if (!begins || !isdigit((unsigned char)*p))
			continue;
		mode->speed = speed_at(p);
		if (mode->speed) {
			set(mode, NW_A_MODE_SPEED);
			return;
		}
		while (isdigit((unsigned char)p[1]) || p[1] == '.')
			p++;
	}
}

static void find_duplex(const char *words, struct nw_mode *mode)
{
	static const struct {
		const char *words;
		__u8 full;
	} forms[] = {
		{ "full duplex", 1 }, { "half duplex", 0 },
		{ "full-duplex", 1 }, { "half-duplex", 0 },
		{ "bps/full", 1 }, { "bps/half", 0 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(forms); i++) {
		if (!strcasestr(words, forms[i].words))
			continue;
		mode->duplex = forms[i].full;
		set(mode, NW_A_MODE_DUPLEX);
		return;
	}
}

static void set_pause(struct nw_mode *mode, bool rx, bool tx)
{
	mode->pause_rx = rx;
	mode->pause_tx = tx;
	set(mode, NW_A_MODE_PAUSE_RX);
	set(mode, NW_A_MODE_PAUSE_TX);
}

/* The words behind "flow control"; any others leave it unknown. */
static void pause_after(const char *s, struct nw_mode *mode)
{
	static const struct {
		const char *words;
		bool rx;
		bool tx;
	} forms[] = {
		{ "rx/tx", true, true }, { "rx", true, false },
		{ "tx", false, true }, { "none", false, false },
		{ "off", false, false },
		{ "on - receive & transmit", true, true },
		{ "on - receive", true, false },
		{ "on - transmit", false, true },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(forms); i++) {
		size_t len = strlen(forms[i].words);

		if (strncasecmp(s, forms[i].words, len) ||
		    isalnum((unsigned char)s[len]))
			continue;
		set_pause(mode, forms[i].rx, forms[i].tx);
		return;
	}
}

/* "Flow control is on for TX and on for RX", tg3's second line. */
static bool pause_tg3(const char *s, struct nw_mode *mode)
{
	bool rx, tx;

	if (strncasecmp(s, "is o", 4))
		return false;
	tx = !!strcasestr(s, "on for TX");
	rx = !!strcasestr(s, "on for RX");
	if (!tx && !strcasestr(s, "off for TX"))
		return false;
	if (!rx && !strcasestr(s, "off for RX"))
		return false;
	set_pause(mode, rx, tx);
	return true;
}

static void find_pause(const char *words, struct nw_mode *mode)
{
	const char *flow = strcasestr(words, "flow control");
	const char *s;

	if (!flow)
		return;
	s = flow + strlen("flow control");
	if (!strncmp(s, " ON", 3) && !isalnum((unsigned char)s[3])) {
		/* bnx2: who pauses stands before it. */
		set_pause(mode, !!strstr(words, "receive "),
			  !!strstr(words, "transmit "));
		return;
	}
	while (*s == ':' || *s == ' ')
		s++;
	if (!pause_tg3(s, mode))
		pause_after(s, mode);
}

/* i40e tells that it is complete, which it may also not be where it is on. */
static void find_autoneg(const char *words, struct nw_mode *mode)
{
	bool on = strstr(words, "Autoneg: True") ||
		  strstr(words, "Autoneg Advertised: On");

	if (!on && !strstr(words, "Autoneg Advertised: Off"))
		return;
	mode->autoneg = on;
	set(mode, NW_A_MODE_AUTONEG);
}

void nw_kmatch_mode(const char *words, struct nw_mode *mode)
{
	find_speed(words, mode);
	find_duplex(words, mode);
	find_pause(words, mode);
	find_autoneg(words, mode);
}
