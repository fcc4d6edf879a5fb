# SPDX-License-Identifier: GPL-2.0
"""A VM in which a nanosecond is an instruction: one CPU, QEMU's icount, all files in the initramfs.

What the host does meanwhile has no influence: no device of the guest but two serial lines, a clock that counts
instructions and jumps over idle time, no randomness. Caches and contention cost nothing there.
"""

import os
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, os.path.join(HERE, "../vm"))

# pylint: disable=wrong-import-position
import machine
from kernel import Missing # for those who import us

ARGUMENTS = ["nokaslr", "norandmaps", "mitigations=off", "random.trust_cpu=on", "rdinit=/bench/init", "quiet"]


class CountingMachine(machine.Machine):
    """Machine, but its time is the number of instructions; the job's output comes by the second serial line."""

    def _processors(self):
        return ["-accel", "tcg,thread=single", "-smp", "1", "-icount", "shift=0,sleep=off",
                "-rtc", "base=2020-01-01,clock=vm", "-seed", "7"]

    def _devices(self):
        return [*self._chardev("output"), "-serial", "chardev:output"]
