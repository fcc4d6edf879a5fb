/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NW_COMPILER_H
#define NW_COMPILER_H

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))
#define __attr(what)		__attribute__((what))
#define __printf(fmt, args)	__attr(__format__(__printf__, fmt, args))

#endif /* NW_COMPILER_H */
