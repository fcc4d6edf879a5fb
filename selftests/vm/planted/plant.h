/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NW_PLANTED_PLANT_H
#define _NW_PLANTED_PLANT_H

/**
 * struct nw_planted - one bug
 * @name: the value of the module's parameter that plants it
 * @plant: does it; 0, or a negative error when it could not
 * @uproot: ends what goes on until the module is unloaded, or NULL
 */
struct nw_planted {
	const char *name;
	int (*plant)(void);
	void (*uproot)(void);
};

/* Each file's bugs; a nameless one is the last. */
extern const struct nw_planted nw_memory_bugs[];
extern const struct nw_planted nw_life_bugs[];
extern const struct nw_planted nw_locks_bugs[];
extern const struct nw_planted nw_race_bugs[];
extern const struct nw_planted nw_refused_bugs[];

#endif /* _NW_PLANTED_PLANT_H */
