#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""A run whose repetitions differ by more than 0.5 % is refused. TAP on standard output; no VM is booted.

What the guest would say is made up here, goes through `run` as it is, and the exit status, the words and the JSON are
what is looked at.
"""

import contextlib
import importlib.machinery
import importlib.util
import io
import json
import os
import sys
import tempfile

sys.dont_write_bytecode = True

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, HERE)


def load_run():
    """`run` has no suffix by which Python would know it."""
    loader = importlib.machinery.SourceFileLoader("run", os.path.join(HERE, "run"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("run", loader))
    loader.exec_module(module)
    return module


run = load_run()


class Said:
    """What `run` did about these lines of a guest."""

    def __init__(self, *lines):
        self.out, self.err = io.StringIO(), io.StringIO()
        run.boot = lambda *_: self.taken(lines)
        with tempfile.TemporaryDirectory() as scratch:
            path = os.path.join(scratch, "bench.json")
            sys.argv = ["run", "change", "--json", path]
            with contextlib.redirect_stdout(self.out), contextlib.redirect_stderr(self.err):
                self.status = run.main()
            with open(path, encoding="utf-8") as file:
                self.tree = json.load(file)

    @staticmethod
    def taken(lines):
        taken = run.Lines()
        # A line may come in pieces, as from a serial line.
        data = "".join(line + "\n" for line in ("kernel 6.1.0", *lines)).encode()
        taken.feed(data[:7])
        taken.feed(data[7:])
        return taken

    def refused(self, what):
        return (self.status == 1 and self.tree["valid"] is False and len(self.tree["refused"]) == 1
                and what in self.tree["refused"][0] and f"bench: REFUSED: {what}" in self.err.getvalue())

    def accepted(self):
        return (self.status == 0 and self.tree["valid"] is True and not self.tree["refused"]
                and "REFUSED" not in self.err.getvalue())


def result(recorder, *runs, seen="-", workload="change"):
    return [f"result {workload} {recorder} {busy} 1000 {seen}" for busy in runs]


def check_spread():
    nothing = result("nothing", 4000000, 4000000)
    yield "repetitions that are equal are taken", Said(*nothing).accepted()
    yield "repetitions that differ by 0.5 % are taken", Said(*result("nothing", 4000000, 4020000)).accepted()
    yield ("repetitions that differ by 0.51 % are refused",
           Said(*result("nothing", 4000000, 4020400)).refused("change under nothing: 2 repetitions differ by 0.51 %"))
    yield ("so are they when the first took more",
           Said(*result("nothing", 4020400, 4000000)).refused("change under nothing"))
    yield ("one of three is enough, in the middle, too",
           Said(*result("nothing", 4000000, 4100000, 4000000)).refused("change under nothing: 3 repetitions"))
    yield ("one recorder of several is enough, and it is named",
           Said(*nothing, *result("unattended", 5000000, 5100000)).refused("change under unattended"))
    yield ("recorders may differ from each other by more",
           Said(*nothing, *result("unattended", 5000000, 5000000)).accepted())
    yield ("so may workloads", Said(*nothing, *result("nothing", 9000000, 9000000, workload="flip")).accepted())
    yield ("what is refused is in the table all the same",
           "| 4050 |  |  | 2.50 % |" in Said(*result("nothing", 4000000, 4100000)).out.getvalue())


def check_figures():
    said = Said(*result("nothing", 4000000, 4000000), *result("unattended", 5090000, 5092000, seen=900))
    row = said.tree["rows"][1]
    yield "the cost is that over nothing, of one event", row["instructions"] == 5091 and row["over_nothing"] == 1091
    yield "lost is what was not seen", row["lost"] == [0.1, 0.1] and "| 10 % |" in said.out.getvalue()
    said = Said("memory change=10 10 12400", "memory change=10 10 12000", "memory change=1010 1010 12488",
                "memory change=1010 1010 12600")
    each = [one["each"] for one in said.tree["memory"]]
    yield "memory for a neighbour is the difference to the first workload", each == [None, 499.7]


def main():
    count, failed = 0, 0
    print("TAP version 13")
    for name, good in (*check_spread(), *check_figures()):
        count += 1
        failed += not good
        print(f"{'ok' if good else 'not ok'} {count} - {name}")
    print(f"1..{count}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
