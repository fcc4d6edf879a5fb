# SPDX-License-Identifier: GPL-2.0
"""The root of a counting VM: an initramfs with the programs, their libraries, and nothing else."""

import os
import re
import shutil
import subprocess

from counting import HERE, Missing
import initramfs
from kernel import module_bytes

TOP = os.path.join(HERE, "../..")
TOOL = os.path.join(TOP, "tools/neighwatch")


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


def build(chosen, token, settings, recorders, job="job"):
    """The initramfs: `job` of guest/ runs with these settings, and has what these recorders need."""
    root = Root()
    for name in ("dev", "proc", "sys", "bin", "etc", "tmp", "run"):
        root.directory(name)
    root.archive.add("dev/console", 0o020600, device=(5, 1))
    root.data("/bin/busybox", initramfs.busybox(), 0o755)
    root.program(shutil.which("ip", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin"), "/usr/sbin/ip")
    for name in ("work", "listener"):
        root.program(os.path.join(HERE, "build", name), f"/bench/{name}")
    root.program(TOOL, "/bench/neighwatch")
    root.copy(os.path.join(TOP, "neighwatch.ko"), "/bench/neighwatch.ko")
    for name in ("init", "recorders.sh"):
        root.copy(os.path.join(HERE, "guest", name), f"/bench/{name}")
    root.copy(os.path.join(HERE, "guest", job), "/bench/job")
    for recorder, program in (("bpf", "/usr/bin/bpftrace"), ("perf", "/usr/bin/perf")):
        if any(name.startswith(recorder) for name in recorders):
            heavy(root, program)
    root.data("/bench/token", token.encode() + b"\n")
    root.data("/bench/settings", "".join(f"{name}='{value}'\n" for name, value in settings.items()).encode())
    root.modules(chosen, ["dummy", "veth"], "/modules")
    return root.archive.finish()


def heavy(root, program):
    if not os.path.exists(program):
        raise Missing(f"{program} not found: run 'packaging/deps bench'")
    root.program(program)
