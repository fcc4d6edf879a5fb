# SPDX-License-Identifier: GPL-2.0
"""The host side of `link`: pulls and plugs the cables of the guest's NICs through QEMU's QMP.

The guest asks over a virtio-serial port, one line each: `ID NIC down`, `ID NIC up` or `ID NIC flap COUNT DOWN_MS
UP_MS`; the answer is `ID ok` or `ID error TEXT`, sent when the last edge is done. Runs in a thread of its own, so
that a slow reader of the job's output delays no edge.
"""

import json
import os
import threading
import time


class Refused(Exception):
    """A request that makes no sense, or that QEMU refused."""


class Qmp:
    """A QMP connection on a connected socket; calls from several threads take turns, none waits for ever."""

    PATIENCE = 10

    def __init__(self, sock):
        self.sock = sock
        self.sock.settimeout(self.PATIENCE)
        self.file = sock.makefile("rb")
        self.lock = threading.Lock()
        self.ready = False

    def call(self, command, **arguments):
        if not self.lock.acquire(timeout=self.PATIENCE):
            raise Refused("QEMU does not answer")
        try:
            if not self.ready:
                self.file.readline()
                self._transact("qmp_capabilities", {})
                self.ready = True
            self._transact(command, arguments)
        finally:
            self.lock.release()

    def _transact(self, command, arguments):
        self.sock.sendall(json.dumps({"execute": command, "arguments": arguments}).encode())
        for line in self.file:
            answer = json.loads(line)
            if "error" in answer:
                raise Refused(answer["error"]["desc"])
            if "return" in answer:
                return
        raise Refused("QEMU is gone")


def number(text, lowest, highest):
    if not text.isdigit() or not lowest <= int(text) <= highest:
        raise Refused(f"{text}: not a number from {lowest} to {highest}")
    return int(text)


class LinkServer(threading.Thread):
    """Answers the guest's requests until the port closes."""

    def __init__(self, port, qmp, nics):
        super().__init__(daemon=True)
        self.port = port
        self.qmp = qmp
        self.nics = nics

    def run(self):
        self._hurry()
        try:
            for line in self.port.makefile("rb"):
                self._answer(line.decode(errors="replace").split())
        except OSError:
            pass # QEMU has ended

    @staticmethod
    def _hurry():
        """An edge is to be on time although two virtual CPUs keep the host busy."""
        try:
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), -15)
        except OSError:
            pass # needs root; without it only the accuracy suffers

    def _answer(self, words):
        if not words:
            return
        try:
            self._obey(words[1:])
            answer = "ok"
        except Refused as refusal:
            answer = f"error {refusal}"
        self.port.sendall(f"{words[0]} {answer}\n".encode())

    def _obey(self, words):
        if len(words) < 2 or words[0] not in self.nics:
            raise Refused(f"no NIC {words[0] if words else ''}; there are: {' '.join(self.nics) or 'none'}")
        nic, verb, rest = words[0], words[1], words[2:]
        if verb in ("down", "up") and not rest:
            self._set(nic, verb == "up")
        elif verb == "flap" and len(rest) == 3:
            self._flap(nic, number(rest[0], 1, 100000), number(rest[1], 0, 3600000), number(rest[2], 0, 3600000))
        else:
            raise Refused("expected: down | up | flap COUNT DOWN_MS UP_MS")

    def _set(self, nic, up):
        self.qmp.call("set_link", name=nic, up=up)

    def _flap(self, nic, count, down_ms, up_ms):
        """Absolute times: what one call takes does not add to the next gap."""
        when = time.monotonic()
        for turn in range(count):
            self._at(when, nic, False)
            when += down_ms / 1000
            self._at(when, nic, True)
            when += up_ms / 1000 if turn < count - 1 else 0

    def _at(self, when, nic, up):
        time.sleep(max(0, when - time.monotonic()))
        self._set(nic, up)
