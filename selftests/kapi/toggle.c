// SPDX-License-Identifier: GPL-2.0
/*
 * For scenarios: kapi_toggle DEV CHANGES makes 16 neighbours on DEV and then
 * exactly so many transitions of theirs, in this namespace.
 */
#include <stdio.h>
#include <stdlib.h>
#include <net/if.h>
#include "kapi.h"

int main(int argc, char **argv)
{
	struct nl_sock *rt;
	int ifindex = argc == 3 ? if_nametoindex(argv[1]) : 0;
	int error;

	if (!ifindex || atoi(argv[2]) < 0) {
		fprintf(stderr, "usage: %s DEV CHANGES\n", argv[0]);
		return 2;
	}
	rt = rt_open();
	error = rt_toggle_setup(rt, ifindex);
	if (!error)
		error = rt_toggle(rt, ifindex, atoi(argv[2]));
	if (error)
		fprintf(stderr, "%s: %s\n", argv[0], strerror(-error));
	nl_socket_free(rt);
	return error ? 1 : 0;
}
