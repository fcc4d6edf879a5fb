/* SPDX-License-Identifier: GPL-2.0 */
/* What the kernel's words say about links and neighbour tables. */
#ifndef NW_KMATCH_H
#define NW_KMATCH_H

#include "event.h"

enum nw_ksaid_kind {
	NW_KSAID_NOTHING,
	NW_KSAID_CARRIER,
	NW_KSAID_MODE,		/* more about a link that is up */
	NW_KSAID_ADMIN,
	NW_KSAID_OVERFLOW,	/* a neighbour table is full */
};

/**
 * struct nw_ksaid - what one line said; a value it did not say is unknown
 * @kind: enum nw_ksaid_kind
 * @driver_said: the driver itself said it; else bonding or IPv6, later
 * @parent: the device has a parent, such as a PCI function
 * @carrier: enum nw_carrier
 * @change: enum nw_admin
 * @family: of the table
 * @dev: the device
 * @other: the device above it
 * @mode: driver, speed, duplex, pause
 */
struct nw_ksaid {
	enum nw_ksaid_kind kind;
	bool driver_said;
	bool parent;
	__u8 carrier;
	__u8 change;
	__u8 family;
	char dev[NW_NAME_LEN];
	char other[NW_NAME_LEN];
	struct nw_mode mode;
};

/* Return: whether @text, the kernel's words without a stamp, said anything. */
bool nw_kmatch(const char *text, struct nw_ksaid *said);

/* Speed, duplex, pause, autonegotiation out of the words behind "Link is Up". */
void nw_kmatch_mode(const char *words, struct nw_mode *mode);
/* Bonding's words behind "bond0: ". */
bool nw_kmatch_bonding(const char *bond, const char *words,
		       struct nw_ksaid *said);
/* A device name from @from, @len letters long; false when it cannot be one. */
bool nw_kmatch_name(char *to, const char *from, size_t len);

#endif /* NW_KMATCH_H */
