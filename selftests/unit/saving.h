/* SPDX-License-Identifier: GPL-2.0 */
/* A place in which tests save, and what is found there. */
#ifndef NW_UNIT_SAVING_H
#define NW_UNIT_SAVING_H

#include <sys/resource.h>

#include "save_dir.h"

/* What is saved, and where: %saving_path does not exist in %saving_top yet. */
extern struct nw_save_dir saving;
extern char saving_top[32];
extern char saving_path[64];

int saving_setup(void **state);
int saving_teardown(void **state);

/* Names in a directory, each with a blank behind it; hidden ones too. */
const char *saving_names(const char *where);

/* As a full disk: the kernel takes no more. */
void saving_limit(rlim_t size);

#define SAVING_TEST(name)						\
	cmocka_unit_test_setup_teardown(name, saving_setup, saving_teardown)

#endif /* NW_UNIT_SAVING_H */
