/* SPDX-License-Identifier: GPL-2.0 */
/* One line of a kernel log: who wrote it, when, and the kernel's own words. */
#ifndef NW_KLINE_H
#define NW_KLINE_H

#include <stdbool.h>
#include <time.h>
#include <linux/types.h>

#define NW_HOST_LEN	64

/**
 * struct nw_kline - a line the kernel wrote
 * @mono: ns since boot, by the kernel's own clock
 * @wall: ns since 1970; of a stamp without a year, in an unknown year
 * @has_mono: the line says @mono
 * @has_wall: the line says @wall
 * @dated: the stamp has its year
 * @coarse: the stamp ends at whole seconds
 * @boot: of the journal: a number that differs between boots, else 0
 * @host: "" when the line does not say it
 * @text: the kernel's words, within the line
 */
struct nw_kline {
	__u64 mono;
	__u64 wall;
	bool has_mono;
	bool has_wall;
	bool dated;
	bool coarse;
	__u64 boot;
	char host[NW_HOST_LEN];
	const char *text;
};

/**
 * struct nw_kline_calendar - what stamps need to know of those before
 * @year: of stamps without one: a leap year, so that February 29th is one of
 *	its days, and on when January follows December
 * @month: of the latest such stamp
 * @minute: the latest minute in local time, and when it began, @began: asking
 *	the C library for each line costs more than all else
 */
struct nw_kline_calendar {
	int year;
	int month;
	int minute[5];
	time_t began;
};

/**
 * nw_kline_parse() - understand a line by its content
 * @line: "[secs] text", "[date] text" (dmesg -T), "stamp host kernel: text"
 *	and "stamp host kernel: [secs] text" (syslog, journalctl), "[secs] host
 *	kernel: text" (journalctl -o short-monotonic); stamps as in syslog or
 *	ISO 8601
 * @calendar: zeroed before the first line
 * @k: result
 *
 * Return: whether the kernel wrote it.
 */
bool nw_kline_parse(const char *line, struct nw_kline_calendar *calendar,
		    struct nw_kline *k);

#endif /* NW_KLINE_H */
