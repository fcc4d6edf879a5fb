// SPDX-License-Identifier: GPL-2.0
/* libFuzzer's entry; the Makefile says which one of ours it is. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	return NW_FUZZ_ENTRY(data, len);
}
