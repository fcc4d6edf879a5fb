// SPDX-License-Identifier: GPL-2.0
/* Memory used wrongly: for KASAN, UBSAN and kmemleak. */
#include <linux/compiler.h>
#include <linux/slab.h>
#include "plant.h"

/* What the compiler cannot see it neither warns of nor optimizes away. */
#define hidden(var) OPTIMIZER_HIDE_VAR(var)

#define LENGTH 60

static u64 seen;

static int use_after_free(void)
{
	u8 *bytes = kzalloc(LENGTH, GFP_KERNEL);
	u8 *freed = bytes;

	if (!bytes)
		return -ENOMEM;
	hidden(freed);
	kfree(bytes);
	WRITE_ONCE(seen, READ_ONCE(freed[8]));
	return 0;
}

static int out_of_bounds(void)
{
	size_t past = LENGTH;
	u8 *bytes = kzalloc(LENGTH, GFP_KERNEL);

	if (!bytes)
		return -ENOMEM;
	hidden(past);
	WRITE_ONCE(seen, READ_ONCE(bytes[past]));
	kfree(bytes);
	return 0;
}

static noinline u8 read_at(const u8 *bytes, size_t index)
{
	return READ_ONCE(bytes[index]);
}

static int stack_out_of_bounds(void)
{
	u8 bytes[LENGTH] = { 0 };
	size_t past = LENGTH;

	hidden(past);
	WRITE_ONCE(seen, read_at(bytes, past));
	return 0;
}

static int double_free(void)
{
	u8 *bytes = kzalloc(LENGTH, GFP_KERNEL);
	u8 *again = bytes;

	if (!bytes)
		return -ENOMEM;
	hidden(again);
	kfree(bytes);
	kfree(again);
	return 0;
}

/* Several: an old stack or register may still point to one of them. */
static int leak(void)
{
	u8 *bytes;
	int i;

	for (i = 0; i < 20; i++) {
		bytes = kzalloc(LENGTH, GFP_KERNEL);
		if (!bytes)
			return -ENOMEM;
		WRITE_ONCE(seen, bytes[0]);
	}
	return 0;
}

static int shift(void)
{
	u32 value = 1;
	int by = 32;

	hidden(by);
	WRITE_ONCE(seen, value << by);
	return 0;
}

static int array_index(void)
{
	static u8 table[8];
	int index = ARRAY_SIZE(table);

	hidden(index);
	WRITE_ONCE(seen, table[index]);
	return 0;
}

static int invalid_bool(void)
{
	u8 byte = 7;
	bool *yes = (bool *)&byte;

	hidden(yes);
	WRITE_ONCE(seen, *yes);
	return 0;
}

const struct nw_planted nw_memory_bugs[] = {
	{ "use-after-free", use_after_free },
	{ "out-of-bounds", out_of_bounds },
	{ "stack-out-of-bounds", stack_out_of_bounds },
	{ "double-free", double_free },
	{ "leak", leak },
	{ "shift", shift },
	{ "array-index", array_index },
	{ "invalid-bool", invalid_bool },
	{ }
};
