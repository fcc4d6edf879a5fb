/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The workloads of the counting VM. A nanosecond is an instruction there, and
 * the cost of a workload is the time in which the CPU was not idle, until all
 * that it caused was done: readers have read, workers have sent.
 *
 * busy.c    time in which the CPU was not idle
 * work.c    the command
 * change.c  state changes by rtnetlink, and neighbours in great number
 * packet.c  packets to neighbours that cannot take them, and ARP
 * flip.c    carrier
 * gateway.c a gateway that dies and returns
 */
#ifndef BENCH_WORK_H
#define BENCH_WORK_H

#include <stdint.h>
#include "../../kapi/kapi.h"

/* ns in which any task ran, since boot. Sleeps: the caller's own time counts too. */
uint64_t busy_now(void);
/* Wait until nothing but the caller wants to run. Return: as busy_now(). */
uint64_t busy_drained(void);

/* The name of the device that all workloads use. */
#define DEV "bench0"
#define PEER "bench1"

/*
 * A workload: prepare() leaves the system as run() wants it, and run() does the
 * thing @count times. Both may be called again. They end the process on errors.
 */
struct workload {
	const char *name;
	void (*prepare)(unsigned int count);
	void (*run)(unsigned int count);
};

void change_prepare(unsigned int count);
void change_run(unsigned int count);
void unresolved4_prepare(unsigned int count);
void unresolved6_prepare(unsigned int count);
void failed_prepare(unsigned int count);
void overflow_prepare(unsigned int count);
void packet4_run(unsigned int count);
void packet6_run(unsigned int count);
void arp_prepare(unsigned int count);
void arp_run(unsigned int count);
void gateway_prepare(unsigned int count);
void gateway_run(unsigned int count);
void flip_prepare(unsigned int count);
void flip_run(unsigned int count);

/* The neighbours that "change" spreads its changes over. */
extern unsigned int change_neighbours;

/* Ends the process: @what failed, with the errno of @error (negative). */
void must(int error, const char *what);
/* Write @value to /proc/sys/net/@name. */
void sysctl(const char *name, const char *value);
/* The device, freshly made, with 10.77.0.1/16 and 2001:db8:77::1/64. */
int fresh_dummy(struct nl_sock *rt);

#endif /* BENCH_WORK_H */
