# SPDX-License-Identifier: GPL-2.0
"""What in a kernel log fails a run: the first line of every kind of report by which a kernel says that it is unwell.

One line per report, never its body: --allow-splat has to excuse a report by its title alone. A data race counts only
when a module takes part: on kernels with KCSAN the test VM's modules are ours, and Linux has many races of its own.
"""

import re

TITLES = [
    # Words with their colon, as the kernel writes them: "kfence: initialized" is no report.
    r"\bWARNING:", r"\bBUG:", r"\bINFO: task .* blocked for more than", r"\bKernel panic\b", r"\bOops\b",
    r"\bUBSAN: ", r"\bKASAN: ", r"\bKCSAN: ", r"\bKMSAN: ", r"\bKFENCE: ", r"\bODEBUG: ", r"\brefcount_t: ",
    r"\bpossible (circular locking|recursive locking|irq lock inversion|unsafe)", r"\binconsistent lock state",
    r"\bsuspicious RCU usage", r"\bINFO: trying to register non-static key", r"\bbad unlock balance",
    r"\bheld lock freed", r"\block held when returning to user space", r"\bInvalid wait context",
    r"\bself-detected stall", r"\bdetected stalls?\b", r"\bdetected expedited stalls?\b", r"\bkthread starved for",
    r"\bsoft lockup\b", r"\bhard LOCKUP\b", r"\bgeneral protection fault\b", r"\binvalid opcode\b", r"\bdivide error\b",
    r"\bUnable to handle kernel\b", r"\bunable to handle page fault\b", r"\blist_(add|del) corruption",
    r"\bscheduling while atomic", r"\bsleeping function called from invalid context",
    r"\bkmemleak: \d+ new suspected memory leaks", r"\bunregister_netdevice: waiting for\b",
    r"\birq \d+: nobody cared",
]

TITLE = re.compile("|".join(TITLES))

# Taints that a splat leaves behind: bad page, died (oops), warned, soft lockup.
TAINTS = {5: "bad page", 7: "oops", 9: "warning", 14: "soft lockup"}


RACE = re.compile(r"\bKCSAN: ")
RULER = "=" * 20
MODULE_FRAME = re.compile(r"\+0x[0-9a-f]+/0x[0-9a-f]+ \[\w+\]")


def find(lines, allowed=None):
    """Indices of the titles in the log that are not excused by the pattern."""
    return [i for i, line in enumerate(lines)
            if TITLE.search(line) and not (allowed and allowed.search(line)) and not foreign_race(lines, i)]


def foreign_race(lines, start):
    """True for the title of a data race between parts of the kernel itself: a report ends with a ruler."""
    if not RACE.search(lines[start]):
        return False
    for line in lines[start + 1:]:
        if RULER in line:
            return True
        if MODULE_FRAME.search(line):
            return False
    return False # cut off: nobody can tell


def taints(flags):
    return [text for bit, text in TAINTS.items() if flags >> bit & 1]
