/* SPDX-License-Identifier: GPL-2.0 */
/* The same to two places, each in its own format. */
#ifndef NW_OUT_TEE_H
#define NW_OUT_TEE_H

#include "out.h"

/**
 * struct nw_out_tee - output that is two
 * @out: what the writer gets; only its start and its time of losses count
 * @to: where it goes, each ready to be begun
 */
struct nw_out_tee {
	struct nw_out out;
	struct nw_out to[2];
};

void nw_out_tee_init(struct nw_out_tee *tee);

#endif /* NW_OUT_TEE_H */
