/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NEIGHWATCH_MAIN_H
#define _NEIGHWATCH_MAIN_H

#define NW_VERSION "0.1.0"

#endif /* _NEIGHWATCH_MAIN_H */
