/* SPDX-License-Identifier: GPL-2.0 */
/* Virtual MAC addresses of first hop redundancy protocols. Pure. */
#ifndef NW_VMAC_H
#define NW_VMAC_H

#include <stdbool.h>
#include <stddef.h>

#include "event.h"

/**
 * nw_vmac_name() - name the redundancy group a MAC address belongs to
 * @buf: "VRRP or CARP group 7", "HSRPv2 group 48", "GLBP group 5 forwarder 1";
 *	"" when it is an address like any other
 * @size: of @buf
 * @lladdr: the address
 *
 * Ranges: VRRP 00:00:5e:00:01:XX for IPv4 and 00:00:5e:00:02:XX for IPv6
 * (RFC 9568 section 7.3); CARP uses the former (OpenBSD's carp(4), ip_carp.c);
 * HSRP 00:00:0c:07:ac:XX (RFC 2281 section 6), version 2
 * 00:00:0c:9f:fX:XX, for IPv6 00:05:73:a0:0X:XX, and GLBP
 * 00:07:b4:0000 00xx:xxxx xxxx:YY (Cisco, First Hop Redundancy Protocols
 * Configuration Guide).
 *
 * Return: whether it is one.
 */
bool nw_vmac_name(char *buf, size_t size, const struct nw_lladdr *lladdr);

#endif /* NW_VMAC_H */
