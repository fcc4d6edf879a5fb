#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""instructions.py [--json FILE] - what the reader spends on one event.

Instructions counted by callgrind, not time: they are the same whatever else
the machine does. Each program runs on a short and on a long stream; what the
long one needs more, divided by the events it has more, is the cost of one:
start and end cancel out. Stages are functions with all that they call.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOOL = os.path.join(HERE, "build/neighwatch")
LIVE = os.path.join(HERE, "build/live")
SHORT, LONG = 1280, 7680

# Stage: functions whose cost counts, and those in them whose cost does not.
READ = ("read JSON", ["jsonl.c:nw_jsonl_feed"], ["replay.c:take_object"])
UNDERSTAND = ("understand", ["jsonl_event.c:nw_jsonl_event"], [])
JUDGE = ("judge", ["detect.c:nw_detect_event"], [])
DECODE = ("decode netlink", ["decode.c:nw_decode"], ["live.c:take"])
TEXT = ("write text", ["out_text.c:event"], [])
JSON = ("write JSON", ["out_json.c:event"], [])

RUNS = (
    ("replay, findings only", ["replay", "--findings"], (READ, UNDERSTAND, JUDGE)),
    ("replay to text", ["replay"], (TEXT,)),
    ("replay to JSON", ["replay", "-j"], (JSON,)),
    ("live, nothing shown", "none", (DECODE, JUDGE)),
    ("live to text", "text", (DECODE, JUDGE, TEXT)),
    ("live to JSON", "json", (DECODE, JUDGE, JSON)),
)


def record(count):
    """A recording of that many changes, in the scratch directory."""
    name = "stream.%d" % count
    if not os.path.exists(name):
        with open(name, "w", encoding="ascii") as file:
            subprocess.run([sys.executable, os.path.join(HERE, "stream.py"),
                            str(count)], stdout=file, check=True)
    return name


def command(how, count):
    if isinstance(how, str):
        return [LIVE, how, str(count)]
    return [TOOL] + how + [record(count)]


def count_run(how, count):
    """Instructions by function, with what each calls; "" is the program."""
    out = "callgrind.%d" % count
    run = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=" + out]
        + command(how, count), stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True, env=dict(os.environ, TZ="UTC"))
    if run.returncode:
        sys.exit("%s failed:\n%s" % (command(how, count), run.stderr))
    said = subprocess.run(["callgrind_annotate", "--inclusive=yes",
                           "--threshold=100", "--auto=no", out],
                          stdout=subprocess.PIPE, text=True, check=True)
    found = {}
    for line in said.stdout.splitlines():
        match = re.match(r"\s*([\d,]+) \([ \d.]+%\)\s+(.*)", line)
        if not match:
            continue
        where = match.group(2).split(" [")[0]
        name = "" if where == "PROGRAM TOTALS" else os.path.basename(where)
        # What the compiler adds to the names of copies, and of functions that share one.
        name = re.sub(r"\.(lto_priv|constprop|isra|part)\.\d+", "", name)
        found[name] = found.get(name, 0) + int(match.group(1).replace(",", ""))
    return found


def cost_of(stage, spent):
    """A function that is not there was renamed: no stage costs nothing."""
    for name in stage[1] + stage[2]:
        if not spent.get(name):
            sys.exit("no instructions in %s: is it still called that?" % name)
    return (sum(spent[name] for name in stage[1])
            - sum(spent[name] for name in stage[2]))


def measure(how, stages):
    short, long = count_run(how, SHORT), count_run(how, LONG)
    spent = {name: (cost - short.get(name, 0)) / (LONG - SHORT)
             for name, cost in long.items()}
    total = spent["live.c:live_message" if isinstance(how, str) else ""]
    costs = {stage[0]: round(cost_of(stage, spent)) for stage in stages}
    costs["all"] = round(total)
    return costs


def show(results):
    stages = [s[0] for s in (READ, UNDERSTAND, DECODE, JUDGE, TEXT, JSON)] + ["all"]
    print("%-22s" % "instructions per event" +
          "".join("%8s" % s.split()[0] for s in stages))
    print(" " * 22 + "".join("%8s" % " ".join(s.split()[1:]) for s in stages))
    for name, costs in results.items():
        print("%-22s" % name +
              "".join("%8s" % costs.get(s, "-") for s in stages))


def main():
    to = None
    if sys.argv[1:2] == ["--json"] and len(sys.argv) == 3:
        to = os.path.abspath(sys.argv[2])
    elif len(sys.argv) > 1:
        sys.exit(__doc__)
    if not shutil.which("valgrind"):
        sys.exit("valgrind is not installed: packaging/deps bench")
    subprocess.run(["make", "-s", "-C", HERE], check=True)
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        results = {name: measure(how, stages) for name, how, stages in RUNS}
        os.chdir("/")
    show(results)
    if to:
        with open(to, "w", encoding="ascii") as file:
            json.dump(results, file, indent=1)
            file.write("\n")


main()
