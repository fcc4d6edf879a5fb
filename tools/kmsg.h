/* SPDX-License-Identifier: GPL-2.0 */
/* A record of /dev/kmsg as lines of dmesg. */
#ifndef NW_KMSG_H
#define NW_KMSG_H

#include <stddef.h>

/* The kernel's records have at most 8 KiB, each byte escaped as four. */
#define NW_KMSG_RECORD	(8 * 1024)
#define NW_KMSG_LINES	(16 * NW_KMSG_RECORD)

/**
 * nw_kmsg_format() - lines of a record
 * @buf: "[   12.345678] text", a line for each line of the text; what another
 *	than the kernel wrote has who and how grave in front, as in dmesg -x,
 *	and is not taken for the kernel's when it is replayed
 * @size: of @buf; what does not fit is left out
 * @record: "prio,seq,usecs,flags;text", and lines of "KEY=value" behind it,
 *	which are left out; ended by a 0
 *
 * Return: the length in @buf, 0 when @record is none.
 */
size_t nw_kmsg_format(char *buf, size_t size, const char *record);

#endif /* NW_KMSG_H */
