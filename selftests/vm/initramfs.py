# SPDX-License-Identifier: GPL-2.0
"""The guest's first root: a cpio archive ("newc") with busybox, a few modules and two scripts, built at each run.

It is not compressed: software emulation unpacks slower than it reads, and writing 5 MB takes the host 30 ms.
"""

import os
import shutil
import stat

from kernel import Missing, module_bytes

HERE = os.path.dirname(os.path.realpath(__file__))


class Archive:
    """A newc archive under construction."""

    def __init__(self):
        self.chunks = []
        self.count = 0

    def add(self, name, mode, data=b"", device=(0, 0)):
        self.count += 1
        raw = name.encode() + b"\0"
        fields = [self.count, mode, 0, 0, 1, 0, len(data), 0, 0, *device, len(raw), 0]
        head = b"070701" + b"".join(b"%08X" % field for field in fields) + raw
        self.chunks += [head, bytes(-len(head) % 4), data, bytes(-len(data) % 4)]

    def directory(self, name):
        self.add(name, stat.S_IFDIR | 0o755)

    def file(self, name, data, mode=0o644):
        self.add(name, stat.S_IFREG | mode, data)

    def finish(self):
        self.add("TRAILER!!!", 0)
        return b"".join(self.chunks)


def busybox():
    path = shutil.which("busybox")
    if not path:
        raise Missing("busybox not found: run 'make deps' (package busybox-static)")
    with open(path, "rb") as file:
        data = file.read()
    if b"/ld-linux" in data[:4096]:
        raise Missing(f"{path} is dynamically linked: run 'make deps' (package busybox-static)")
    return data


def script(name):
    with open(os.path.join(HERE, name), "rb") as file:
        return file.read()


def build(modules, files):
    """modules: [(file, parameters)] in load order; files: {name: bytes} for the guest's /run/nw."""
    archive = Archive()
    for name in ("dev", "proc", "sys", "host", "keep", "modules", "nw", "bin"):
        archive.directory(name)
    archive.add("dev/console", stat.S_IFCHR | 0o600, device=(5, 1))
    archive.file("bin/busybox", busybox(), 0o755)
    archive.file("init", script("init"), 0o755)
    archive.file("nw/guest", script("guest"), 0o755)
    archive.file("nw/leaks", script("leaks"), 0o755)
    for name, data in files.items():
        archive.file("nw/" + name, data)
    listing = []
    for number, (path, parameters) in enumerate(modules):
        archive.file(f"modules/{number}.ko", module_bytes(path))
        listing.append(f"{number}.ko {parameters}".strip() + "\n")
    archive.file("modules/list", "".join(listing).encode())
    return archive.finish()
