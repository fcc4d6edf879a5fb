/* SPDX-License-Identifier: GPL-2.0 */
/* cmocka, with all it wants included before it. */
#ifndef NW_UNIT_H
#define NW_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#endif /* NW_UNIT_H */
