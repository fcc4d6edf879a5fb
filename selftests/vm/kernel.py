# SPDX-License-Identifier: GPL-2.0
"""Which kernel the test VM boots, and the modules it needs before it sees its root.

A kernel is an image and a directory of modules. The directory is the host's /lib/modules/VERSION or lies in the
same unpacked package as the image (ROOT/boot/vmlinuz-VERSION, ROOT/lib/modules/VERSION). The sanitizer kernels that
`make kernels` built have everything built in and no such directory.
"""

import glob
import lzma
import os
import re
import shutil
import struct
import subprocess

HERE = os.path.dirname(os.path.realpath(__file__))


class Missing(Exception):
    """Something the host lacks; the text names it and what to do."""


class Kernel:
    """One bootable kernel. moddir is None when it has no modules at all (everything built in)."""

    def __init__(self, image, roots):
        self.image = image
        self.arguments = []
        self.machine = "pc"
        self.version = image_version(image)
        candidates = [os.path.join(root, "lib/modules", self.version) for root in roots]
        self.moddir = next((d for d in candidates if os.path.isdir(os.path.join(d, "kernel"))), None)
        self.index = self._read_index() if self.moddir else {}
        self.builtin = self._read_builtin() if self.moddir else set()

    @property
    def on_host_root(self):
        """True when the guest finds the modules in the host's own /lib/modules."""
        home = os.path.join("/lib/modules", self.version)
        return self.moddir is None or os.path.realpath(self.moddir) == os.path.realpath(home)

    def has(self, *names):
        return all(n in self.index or n in self.builtin for n in names)

    def load_order(self, names):
        """Module files to insert for `names`, dependencies first."""
        if not self.moddir:
            return []
        order = []
        for name in names:
            if name in self.builtin:
                continue
            if name not in self.index:
                raise Missing(f"kernel {self.version} has no module {name} in {self.moddir}")
            for path in self.index[name]:
                if path not in order:
                    order.append(path)
        return [os.path.join(self.moddir, path) for path in order]

    def _read_index(self):
        """modules.dep as {name: [dependencies first, itself last]}."""
        path = os.path.join(self.moddir, "modules.dep")
        if not os.path.exists(path):
            run_depmod(self.moddir, self.version)
        index = {}
        with open(path, encoding="utf-8") as dep:
            for line in dep:
                module, needs = line.split(":")
                index[module_name(module)] = needs.split()[::-1] + [module]
        return index

    def _read_builtin(self):
        path = os.path.join(self.moddir, "modules.builtin")
        if not os.path.exists(path):
            return set()
        with open(path, encoding="utf-8") as names:
            return {module_name(line.strip()) for line in names}


def module_name(path):
    return os.path.basename(path).split(".ko")[0].replace("-", "_")


def module_bytes(path):
    """The module as the guest's insmod wants it: not compressed."""
    if path.endswith(".ko"):
        with open(path, "rb") as module:
            return module.read()
    if path.endswith(".ko.xz"):
        with lzma.open(path) as module:
            return module.read()
    raise Missing(f"{path}: neither .ko nor .ko.xz")


def image_version(image):
    """The version an x86 kernel image states about itself (boot protocol, offset 0x20e)."""
    try:
        with open(image, "rb") as file:
            head = file.read(0x10000)
    except OSError as error:
        raise Missing(f"{image}: {error.strerror}") from error
    if head[0x202:0x206] != b"HdrS":
        raise Missing(f"{image}: not an x86 Linux kernel image")
    start = 0x200 + struct.unpack_from("<H", head, 0x20e)[0]
    text = head[start:].split(b"\0")[0].split(b" ")[0]
    return text.decode()


def run_depmod(moddir, version):
    """A package that was only unpacked has no modules.dep yet."""
    depmod = shutil.which("depmod", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if not depmod:
        raise Missing("depmod not found: run 'make deps' (package kmod)")
    root = os.path.normpath(os.path.join(moddir, "../../.."))
    done = subprocess.run([depmod, "-b", root, version], capture_output=True, text=True, check=False)
    if done.returncode or not os.path.exists(os.path.join(moddir, "modules.dep")):
        raise Missing(f"{moddir} has no modules.dep and depmod failed: {done.stderr.strip()}")


def age(image):
    """A sort key, newest last. PREEMPT_RT comes before all: the module refuses it."""
    version = os.path.basename(image)
    return "-rt-" not in version, [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", version)]


def newest():
    """The newest installed kernel that can be a test VM (cloud images lack e1000e and 9p)."""
    images = glob.glob("/boot/vmlinuz-*")
    for image in sorted(images, key=age, reverse=True):
        try:
            kernel = Kernel(image, ["/"])
        except Missing:
            continue
        if kernel.moddir and kernel.has("e1000e", "9p"):
            return kernel
    raise Missing("no kernel in /boot whose modules include e1000e and 9p: run 'make deps' (package linux-image-amd64)")


def sanitizer(name):
    """One of those that `make kernels` built, by its short name."""
    done = subprocess.run([os.path.join(HERE, "kernels/where"), name], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Missing(done.stderr.strip())
    kernel = Kernel(os.path.join(done.stdout.rstrip("\n"), "vmlinuz"), [])
    # Slow kernels spend half a minute on the interrupt routing tables of the other machine.
    kernel.machine = "q35"
    # What kmemleak says is of no use without addresses; a built-in tunnel would have a link in every namespace.
    kernel.arguments = ["no_hash_pointers", "fb_tunnels=none"]
    return kernel


def find(name):
    """The kernel a user named: None for the newest, a sanitizer's name, a version, or the path of an image."""
    if not name:
        return newest()
    if re.fullmatch(r"[a-z]+", name):
        return sanitizer(name)
    if "/" not in name:
        return Kernel(f"/boot/vmlinuz-{name}", ["/"])
    image = os.path.realpath(name)
    beside = os.path.dirname(image)
    above = os.path.dirname(beside)
    return Kernel(image, [above, os.path.join(above, "usr"), beside, "/"])
