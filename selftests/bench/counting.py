# SPDX-License-Identifier: GPL-2.0
"""A VM in which a nanosecond is an instruction: one CPU, QEMU's icount, all files in the initramfs.

What the host does meanwhile has no influence: no device of the guest but two serial lines, a clock that counts
instructions and jumps over idle time, no randomness. Caches and contention cost nothing there.
"""

import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, os.path.join(HERE, "../vm"))

# pylint: disable=wrong-import-position
import initramfs
import machine
from kernel import Missing, module_bytes

ARGUMENTS = ["nokaslr", "norandmaps", "mitigations=off", "random.trust_cpu=on", "rdinit=/bench/init", "quiet"]


class CountingMachine(machine.Machine):
    """Machine, but its time is the number of instructions; the job's output comes by the second serial line."""

    def _processors(self):
        return ["-accel", "tcg,thread=single", "-smp", "1", "-icount", "shift=0,sleep=off",
                "-rtc", "base=2020-01-01,clock=vm", "-seed", "7"]

    def _devices(self):
        return [*self._chardev("output"), "-serial", "chardev:output"]


class Root:
    """The guest's root under construction: files at the host's paths, with every library they load."""

    def __init__(self):
        self.archive = initramfs.Archive()
        self.known = set()

    def directory(self, path):
        path = path.strip("/")
        if path and path not in self.known:
            self.directory(os.path.dirname(path))
            self.known.add(path)
            self.archive.directory(path)

    def data(self, path, data, mode=0o644):
        if path in self.known:
            return
        self.directory(os.path.dirname(path))
        self.known.add(path)
        self.archive.file(path.strip("/"), data, mode)

    def copy(self, path, name=None):
        with open(path, "rb") as file:
            self.data(name or path, file.read(), 0o755)

    def program(self, path, name=None):
        """With the closure of its libraries."""
        self.copy(path, name)
        for library in libraries(path):
            self.copy(library)

    def modules(self, chosen, names, directory):
        """For insmod, in the order of `list`."""
        files = chosen.load_order(names)
        for path in files:
            self.data(f"{directory}/{os.path.basename(path)}", module_bytes(path))
        self.data(f"{directory}/list", "".join(os.path.basename(path) + "\n" for path in files).encode())


def libraries(path):
    """Those that the loader would load, and itself."""
    done = subprocess.run(["ldd", path], capture_output=True, text=True, check=False)
    missing = re.findall(r"(\S+) => not found", done.stdout)
    if missing:
        raise Missing(f"{path} needs {', '.join(missing)}")
    return re.findall(r"(?:=> |^\s*)(/\S+) \(0x", done.stdout, re.MULTILINE)
