/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a command gives up once it is open.
 *
 * It reads what others wrote: names of devices and processes, link-layer
 * addresses, recordings. A mistake in reading them shall not become root.
 */
#ifndef NW_CONFINE_H
#define NW_CONFINE_H

#include <sys/types.h>

/**
 * enum nw_confine - what a command still needs, each if it was there before
 * @NW_CONFINE_MODULE: asks the module: CAP_NET_ADMIN, and calls on sockets that
 *	are open already
 * @NW_CONFINE_NAMES: names namespaces that have no name by their processes:
 *	CAP_SYS_PTRACE, without which /proc does not tell of others' processes
 */
enum nw_confine {
	NW_CONFINE_MODULE	= 1 << 0,
	NW_CONFINE_NAMES	= 1 << 1,
};

/**
 * nw_confine() - drop every other capability, for good, and filter calls
 * @needs: bits of enum nw_confine
 * @helper: a child that is ended and waited for, 0 without
 *
 * Call it when all that is to be written to and all sockets are open, and
 * children are forked: they keep what there was. Files can be opened for
 * reading later, with the permissions of a user without capabilities.
 *
 * A call that the filter does not know fails with EPERM, and the kernel's audit
 * names it: a recorder that is killed records nothing, one that fails in
 * silence is not mended.
 *
 * What this kernel or a container does not allow is said on stderr; the
 * command goes on.
 */
void nw_confine(unsigned int needs, pid_t helper);

#endif /* NW_CONFINE_H */
