# SPDX-License-Identifier: GPL-2.0
"""One QEMU process: its command line, the sockets it is born with, and what came out of it.

Nothing touches the file system: the initramfs is a memory file, every channel is a socket pair. A killed run leaves
neither a process (QEMU dies with its parent) nor a file.
"""

import ctypes
import os
import re
import secrets
import selectors
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from kernel import Missing
from links import LinkServer, Qmp, Refused

# --nic MODEL -> the module that drives it.
NIC_DRIVERS = {"e1000e": "e1000e", "e1000": "e1000", "virtio-net-pci": "virtio_net", "virtio-net": "virtio_net",
               "vmxnet3": "vmxnet3", "rtl8139": "8139cp"}

# With MSI-X, QEMU's e1000e never tells the driver of a link change. One value for each NIC the driver may ever see.
E1000E_LEGACY = "IntMode=" + ",".join(["0"] * 32)

PR_SET_PDEATHSIG = 1


def nic_model(spec):
    return spec.split(",")[0]


def qemu_path():
    path = shutil.which("qemu-system-x86_64")
    if not path:
        raise Missing("qemu-system-x86_64 not found: run 'make deps' (package qemu-system-x86)")
    return path


def die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Output:
    """The job's byte stream: everything up to the mark that only the guest's init can know."""

    def __init__(self, token):
        self.start = b"\0" + token.encode()
        self.mark = re.compile(re.escape(self.start) + rb" (\d+) (\d+)\0")
        self.held = b""
        self.status = None
        self.tainted = 0

    def feed(self, data):
        """Returns the bytes that are certainly the job's."""
        if self.status is not None:
            return b""
        data = self.held + data
        end = self.mark.search(data)
        if end:
            self.status, self.tainted = int(end[1]), int(end[2])
            self.held = b""
            return data[:end.start()]
        keep = self._undecided(data)
        self.held = data[keep:]
        return data[:keep]

    def _undecided(self, data):
        """Where the mark may have begun."""
        begun = data.find(self.start)
        if begun >= 0:
            return begun
        last = data.rfind(b"\0")
        return last if last >= 0 and self.start.startswith(data[last:]) else len(data)


class Console:
    """The kernel's log, line by line, kept and optionally written to a file as it comes."""

    def __init__(self, token, path):
        self.mark = f"neighwatch-vm: end {token}"
        self.file = open(path, "wb", buffering=0) if path else None
        self.data = bytearray()
        self.ended = False

    def feed(self, data):
        if self.file:
            self.file.write(data)
        self.data += data
        self.ended = self.ended or self.mark.encode() in self.data[-len(data) - 200:]

    def lines(self):
        text = self.data.decode(errors="replace").replace("\r", "")
        return [line for line in text.split("\n") if self.mark not in line]


class Machine:
    """A VM that has been started. Use as a context manager: QEMU is gone at the end of the block."""

    def __init__(self, options, kernel, token):
        self.options = options
        self.kernel = kernel
        self.output = Output(token)
        self.console = Console(token, options.console)
        self.stderr = tempfile.TemporaryFile()
        self.process = None
        self.sockets = {}
        self.remote = {}
        for name in ("console", "control", "output", "qmp"):
            self.sockets[name], self.remote[name] = socket.socketpair()
        self.qmp = Qmp(self.sockets["qmp"])

    def start(self, initramfs):
        memory = os.memfd_create("initramfs")
        with os.fdopen(memory, "wb") as file:
            file.write(initramfs)
            file.flush()
            passed = [memory] + [sock.fileno() for sock in self.remote.values()]
            self.process = subprocess.Popen(
                self._command(f"/proc/self/fd/{memory}"), pass_fds=passed, stdin=subprocess.DEVNULL,
                stdout=self.stderr, stderr=self.stderr, start_new_session=True, preexec_fn=die_with_parent)
        for sock in self.remote.values():
            sock.close()
        nics = [f"nic{n}" for n in range(len(self.options.nic))]
        LinkServer(self.sockets["control"], self.qmp, nics).start()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def _command(self, initramfs):
        o = self.options
        return [
            qemu_path(), "-no-user-config", "-nodefaults", "-nographic", "-no-reboot", "-name", "neighwatch",
            "-machine", self.kernel.machine, *self._processors(), "-cpu", "max", "-m", str(o.mem),
            "-kernel", self.kernel.image, "-initrd", initramfs, "-append", self._kernel_arguments(),
            "-device", "isa-debug-exit,iobase=0xf4,iosize=1",
            *self._chardev("console"), "-serial", "chardev:console",
            *self._chardev("qmp"), "-mon", "chardev=qmp,mode=control",
            *self._devices(),
        ]

    def _processors(self):
        return ["-accel", f"tcg,thread={self.options.thread}", "-smp", str(self.options.smp)]

    def _devices(self):
        return [
            "-device", "virtio-serial-pci",
            *self._chardev("control"), "-device", "virtserialport,nr=1,chardev=control",
            *self._chardev("output"), "-device", "virtserialport,nr=2,chardev=output",
            *self._share("root", "/", "readonly=on"),
            *self._share("results", self.options.results, "readonly=off"),
            *([] if self.kernel.on_host_root else self._share("modules", self.kernel.moddir, "readonly=on")),
            *self._nics(),
        ]

    def _kernel_arguments(self):
        return " ".join(["console=ttyS0", "panic=-1", "oops=panic", "loglevel=5", "printk.devkmsg=on",
                         "sysrq_always_enabled", "e1000e." + E1000E_LEGACY, *self.kernel.arguments,
                         *self.options.append])

    def _chardev(self, name):
        return ["-chardev", f"socket,id={name},fd={self.remote[name].fileno()}"]

    @staticmethod
    def _share(tag, path, mode):
        path = path.replace(",", ",,")
        return ["-fsdev", f"local,id={tag},path={path},security_model=none,multidevs=remap,{mode}",
                "-device", f"virtio-9p-pci,fsdev={tag},mount_tag={tag}"]

    def _nics(self):
        """All NICs hang on one hub and on nothing else: they hear each other and never the host."""
        words = []
        for n, spec in enumerate(self.options.nic):
            words += ["-netdev", f"hubport,id=cable{n},hubid=0",
                      "-device", f"{spec},id=nic{n},netdev=cable{n},mac=52:54:00:6e:77:{n:02x},romfile="]
        return words

    def pump(self, deadline, write):
        """Relays until QEMU ends. False when the deadline came first."""
        with selectors.DefaultSelector() as wait:
            ended = os.pidfd_open(self.process.pid)
            try:
                wait.register(ended, selectors.EVENT_READ)
                for name in ("console", "output"):
                    wait.register(self.sockets[name], selectors.EVENT_READ, name)
                return self._relay(wait, deadline, write)
            finally:
                os.close(ended)

    def _relay(self, wait, deadline, write):
        acknowledged = False
        while time.monotonic() < deadline:
            ready = {key.data for key, _ in wait.select(deadline - time.monotonic())}
            for name in ready - {None}:
                self._take(name, wait, write)
            if not acknowledged and self.console.ended and self.output.status is not None:
                self.sockets["output"].sendall(b"received\n")
                acknowledged = True
            if ready == {None}: # both sockets are drained
                self.process.wait()
                return True
        return False

    def _take(self, name, wait, write):
        try:
            data = self.sockets[name].recv(65536)
        except ConnectionResetError:
            data = b""
        if not data:
            wait.unregister(self.sockets[name])
        elif name == "console":
            self.console.feed(data)
        else:
            write(self.output.feed(data))

    def ask_blocked_tasks(self):
        """A VM that hangs: SysRq-w over the serial line, so that the log says where."""
        try:
            self.qmp.call("chardev-send-break", id="console")
            self.sockets["console"].sendall(b"w")
            self.pump(time.monotonic() + 3, lambda data: None)
        except (OSError, Refused):
            pass # QEMU itself hangs: the log has to do

    def complaint(self):
        """What QEMU itself said; that the NICs' hub leads nowhere is how it should be."""
        self.stderr.seek(0)
        lines = self.stderr.read().decode(errors="replace").splitlines()
        return [line for line in lines if "is not connected to host network" not in line]


def new_token():
    return secrets.token_hex(16)
