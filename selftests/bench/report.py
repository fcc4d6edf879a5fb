# SPDX-License-Identifier: GPL-2.0
"""Results of counting runs: whether repetitions agree, the cost of one event over nothing, events lost."""

SPREAD = 0.005

TITLES = {
    "nothing": "nothing",
    "unattended": "neighwatch, nobody listening",
    "text": "neighwatch monitor --all to a file",
    "json": "neighwatch monitor --all -j to a file",
    "findings": "neighwatch monitor --findings: decoded and judged only",
    "show": "neighwatch show neigh",
    "showfull": "neighwatch show neigh, each with 8 transitions kept",
    "showjson": "neighwatch show neigh -j",
    "ipshow": "ip neigh show",
    "ip": "ip monitor neigh link to a file",
    "listener": "a C rtnetlink listener to a file",
    "ftrace": "ftrace neigh:*, no reader",
    "tracepipe": "ftrace neigh:* with trace_pipe to a file",
    "bpfcount": "bpftrace count()",
    "bpfprintf": "bpftrace printf to a file",
    "perf": "perf record neigh:*",
}

# Events that one operation makes, where that is not one: update and update_done, as the tracers see it.
EVENTS = {("change", "ftrace"): 2, ("change", "tracepipe"): 2, ("change", "bpfprintf"): 2}
# A gateway's cycle: DELAY, PROBE, FAILED, INCOMPLETE, FAILED, INCOMPLETE, REACHABLE.
EVENTS.update({("gateway", recorder): 7 for recorder in ("unattended", "text", "json", "ip")})
# Workloads whose operations are no events: nothing can be lost.
SILENT = ("unresolved4", "unresolved6", "failed", "overflow", "arp")


class Result:
    """One line of the guest."""

    def __init__(self, workload, recorder, busy, count, seen):
        self.workload, self.recorder = workload, recorder
        self.busy, self.count = int(busy), int(count)
        self.seen = None if seen == "-" else int(seen)

    @property
    def each(self):
        return self.busy / self.count

    @property
    def lost(self):
        """Share of the events that the recorder does not have; None where that was not asked."""
        if self.seen is None or self.workload in SILENT:
            return None
        due = self.count * EVENTS.get((self.workload.split("=")[0], self.recorder), 1)
        return max(0, due - self.seen) / due


class Row:
    """One workload under one recorder: its repetitions in one."""

    def __init__(self, results):
        each = [result.each for result in results]
        self.workload, self.recorder = results[0].workload, results[0].recorder
        self.count = results[0].count
        self.repeats = len(each)
        self.each = sum(each) / len(each)
        self.spread = (max(each) - min(each)) / min(each)
        self.lost = [result.lost for result in results]
        self.over = None


class Table:
    """All rows of a run."""

    def __init__(self):
        self.rows = []
        self.refused = []
        self.resident = []
        self.memory = []
        self.kernel = None

    def add(self, lines):
        """What one boot said; the cost of nothing is of the same boot."""
        self.kernel = lines.kernel
        groups = {}
        for result in lines.results:
            groups.setdefault((result.workload, result.recorder), []).append(result)
        rows = [Row(results) for results in groups.values()]
        nothing = {row.workload: row.each for row in rows if row.recorder == "nothing"}
        for row in rows:
            row.over = row.each - nothing[row.workload] if row.workload in nothing else None
            if row.spread > SPREAD:
                self.refused.append(f"{row.workload} under {row.recorder}: {row.repeats} repetitions differ by "
                                    f"{100 * row.spread:.2f} %, more than {100 * SPREAD:g} %")
        self.rows += rows
        self.resident += lines.resident
        self.memory += memory(lines.memory)

    def text(self):
        out, workload = [f"Linux {self.kernel}, instructions per event"], None
        for row in self.rows:
            if row.workload != workload:
                workload = row.workload
                out += ["", f"| {workload}, {row.count} times | instructions | over nothing | lost | spread |",
                        "|---|--:|--:|--:|--:|"]
            out.append(f"| {TITLES.get(row.recorder, row.recorder)} | {row.each:.0f} | {over(row)} | "
                       f"{lost(row.lost)} | {100 * row.spread:.2f} % |")
        for name in sorted({one["recorder"] for one in self.resident}):
            most = max(one["kB"] for one in self.resident if one["recorder"] == name)
            out += ["", f"{TITLES[name]}: {most} kB resident at most"]
        for one in self.memory:
            each = "" if one["each"] is None else f", {one['each']:.0f} bytes for each more"
            out += ["", f"{one['workload']}: {one['tracked']} tracked, {one['kB']} kB taken{each}"]
        return "\n".join(out)

    def tree(self):
        return {"kernel": self.kernel, "valid": not self.refused, "refused": self.refused,
                "resident": self.resident, "memory": self.memory, "rows": [
            {"workload": row.workload, "recorder": row.recorder, "count": row.count, "repeats": row.repeats,
             "instructions": round(row.each, 1), "over_nothing": None if row.over is None else round(row.over, 1),
             "spread": round(row.spread, 5), "lost": row.lost} for row in self.rows]}


def memory(lines):
    """
    Of each workload of a boot, the least that loading took: what is allocated once, and stays, is not the module's.
    And bytes for each neighbour more than in the first workload.
    """
    least = {}
    for line in lines:
        if line["workload"] not in least or line["kB"] < least[line["workload"]]["kB"]:
            least[line["workload"]] = dict(line, each=None)
    first, *others = least.values() or [None]
    for one in others:
        if one["tracked"] > first["tracked"]:
            one["each"] = round(1024 * (one["kB"] - first["kB"]) / (one["tracked"] - first["tracked"]), 1)
    return list(least.values())


def over(row):
    return "" if row.recorder == "nothing" or row.over is None else f"{row.over:+.0f}"


def lost(shares):
    known = [share for share in shares if share is not None]
    if not known:
        return ""
    low, high = f"{100 * min(known):.0f} %", f"{100 * max(known):.0f} %"
    if not max(known):
        return "0"
    return low if low == high else f"{low[:-2]}-{high}"
