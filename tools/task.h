/* SPDX-License-Identifier: GPL-2.0 */
/* Where in the kernel a process is. */
#ifndef NW_TASK_H
#define NW_TASK_H

#include <stddef.h>

#define NW_TASK_STACK	4096

/* Its kernel stack, one function a line; "" when it cannot be told. */
void nw_task_where(int pid, char *buf, size_t size);

#endif /* NW_TASK_H */
