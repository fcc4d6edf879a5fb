// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>

#include "vmac.h"

/* Octets 3 to 5 as one number. */
static __u32 low24(const struct nw_lladdr *ll)
{
	return (__u32)ll->b[3] << 16 | (__u32)ll->b[4] << 8 | ll->b[5];
}

static __u32 oui(const struct nw_lladdr *ll)
{
	return (__u32)ll->b[0] << 16 | (__u32)ll->b[1] << 8 | ll->b[2];
}

static int name_iana(char *buf, size_t size, __u32 low)
{
	if (low >> 8 == 0x0001)
		return snprintf(buf, size, "VRRP or CARP group %u", low & 0xff);
	if (low >> 8 == 0x0002)
		return snprintf(buf, size, "VRRP IPv6 group %u", low & 0xff);
	return 0;
}

static int name_hsrp(char *buf, size_t size, __u32 low)
{
	if (low >> 8 == 0x07ac)
		return snprintf(buf, size, "HSRP group %u", low & 0xff);
	if (low >> 12 == 0x9ff)
		return snprintf(buf, size, "HSRPv2 group %u", low & 0xfff);
	return 0;
}

bool nw_vmac_name(char *buf, size_t size, const struct nw_lladdr *ll)
{
	__u32 low;

	buf[0] = '\0';
	if (ll->len != 6)
		return false;
	low = low24(ll);
	switch (oui(ll)) {
	case 0x00005e:
		return name_iana(buf, size, low) > 0;
	case 0x00000c:
		return name_hsrp(buf, size, low) > 0;
	case 0x000573:
		if (low >> 12 != 0xa00)
			return false;
		return snprintf(buf, size, "HSRPv2 IPv6 group %u",
				low & 0xfff) > 0;
	case 0x0007b4:
		if (low >> 18)
			return false;
		return snprintf(buf, size, "GLBP group %u forwarder %u",
				low >> 8, low & 0xff) > 0;
	default:
		return false;
	}
}
