/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NW_COMPILER_H
#define NW_COMPILER_H

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))
#define __attr(what)		__attribute__((what))
/* What an event goes through is called, also by one caller: profiles tell it apart. */
#define __stage		__attr(__noinline__)
#define __printf(fmt, args)	__attr(__format__(__printf__, fmt, args))

#endif /* NW_COMPILER_H */
