#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Hold header and YNL specification together. TAP on standard output.

The header is read by contract.py, the specification as YAML. Each check
yields what differs, in words. Afterwards one thing at a time is changed in a
copy of either side: a check that then still passes is itself broken.
"""
import copy
import pathlib
import sys

import yaml

import contract

TOP = pathlib.Path(__file__).resolve().parents[2]
HEADER = TOP / "include/uapi/linux/neighwatch.h"
SPEC = TOP / "Documentation/netlink/specs/neighwatch.yaml"


def c_name(prefix, name):
    """The C name of an entry, as YNL builds it."""
    return (prefix + name).upper().replace("-", "_")


def entry_name(entry):
    """The name of an enumeration's entry, which may be a bare string."""
    return entry if isinstance(entry, str) else entry["name"]


def spec_values(definition):
    """(C name, value) of an enumeration of the specification."""
    values, following = [], 0
    for entry in definition["entries"]:
        if isinstance(entry, dict):
            following = entry.get("value", following)
        value = 1 << following if definition["type"] == "flags" else following
        values.append((c_name(definition["name-prefix"], entry_name(entry)), value))
        following += 1
    return values


def spec_numbered(prefix, items):
    """(C name, value) of attributes or commands, which YNL counts from 1."""
    values, following = [], 1
    for item in items:
        following = item.get("value", following)
        values.append((c_name(prefix, item["name"]), following))
        following += 1
    return values


def header_values(enum):
    """(C name, value) of an enumeration of the header."""
    return [(m.name, m.value) for m in enum.members]


def differ(what, header, spec):
    """One line of difference, or none."""
    return [] if header == spec else [f"{what}: header {header}, spec {spec}"]


def pairs(what, header, spec):
    """Differences of two lists, entry by entry."""
    found = differ(f"{what}: number", len(header), len(spec))
    for mine, other in zip(header, spec):
        found += differ(what, mine, other)
    return found


class Contract:
    """Both sides, indexed by the C names of the header."""

    def __init__(self, text, spec):
        self.text = text
        self.spec = spec
        self.enums = contract.enums(text)
        self.defines = contract.defines(text)
        self.commands = contract.commands(text)
        definitions = spec["definitions"]
        self.constants = {c_name("", d["name"]): d for d in definitions if d["type"] == "const"}
        self.spec_enums = {c_name("", d["enum-name"]).lower(): d
                           for d in definitions if d["type"] != "const"}
        self.sets = {c_name("", s["enum-name"]).lower(): s for s in spec["attribute-sets"]}
        self.set_names = {s["name"]: name for name, s in self.sets.items()}
        self.enum_names = {d["name"]: name for name, d in self.spec_enums.items()}

    def plain_enums(self):
        """The header's enumerations of values, neither attributes nor commands."""
        return {n: e for n, e in self.enums.items() if not n.endswith("_attr") and n != "nw_cmd"}

    def attr_enums(self):
        """The header's attribute spaces."""
        return {n: e for n, e in self.enums.items() if n.endswith("_attr")}


def check_family(both):
    """Name, version define, header path and constants are the same."""
    named = dict(both.defines)
    spec = both.spec
    found = differ("family name", named.pop("NW_GENL_NAME", None), spec["name"])
    found += differ("version", named.pop("NW_GENL_VERSION", None), str(spec.get("version", 1)))
    found += differ("name define", "NW_GENL_NAME", c_name("", spec["c-family-name"]))
    found += differ("version define", "NW_GENL_VERSION", c_name("", spec["c-version-name"]))
    found += differ("uapi header", "linux/" + HEADER.name, spec["uapi-header"])
    numbers = {n: int(v, 0) for n, v in named.items() if not n.startswith("NW_MCGRP_")}
    return found + differ("constants", numbers,
                          {n: d["value"] for n, d in both.constants.items()})


def check_groups(both):
    """The multicast groups have the same defines and names, and need the right."""
    header = {n: v for n, v in both.defines.items() if n.startswith("NW_MCGRP_")}
    groups = both.spec["mcast-groups"]["list"]
    found = differ("groups", header, {c_name("", g["c-define-name"]): g["name"] for g in groups})
    for group in groups:
        found += differ(f"right for group {group['name']}", ["uns-admin-perm"], group.get("flags"))
    return found


def check_enums(both):
    """Every enumeration of values has the same names, values and order."""
    mine = both.plain_enums()
    found = differ("enumerations", list(mine), list(both.spec_enums))
    for name, enum in mine.items():
        definition = both.spec_enums.get(name)
        if definition:
            found += pairs(name, header_values(enum), spec_values(definition))
            found += differ(f"{name} is a mask", enum.flags, definition["type"] == "flags")
            found += differ(f"{name} has a MAX", enum.render_max,
                            definition.get("render-max", False))
    return found


def check_spaces(both):
    """Every attribute space has the same attributes in the same order."""
    mine = both.attr_enums()
    found = differ("attribute spaces", list(mine), list(both.sets))
    for name, enum in mine.items():
        space = both.sets.get(name)
        if space:
            found += pairs(name, header_values(enum)[1:],
                           spec_numbered(space["name-prefix"], space["attributes"]))
    return found


def _attr_types(both, name, member, attr):
    """Differences between one attribute's kernel-doc and its specification."""
    label = member.name
    found = differ(f"{label}: type", member.kind, attr["type"])
    found += differ(f"{label}: nest", member.nest,
                    both.set_names.get(attr.get("nested-attributes")))
    found += differ(f"{label}: enum", member.enum, both.enum_names.get(attr.get("enum")))
    found += differ(f"{label}: mask", member.mask, attr.get("enum-as-flags", False))
    return found


def check_types(both):
    """Every attribute has the type, nest and enumeration that its kernel-doc says."""
    found = []
    for name, enum in both.attr_enums().items():
        attributes = both.sets.get(name, {"attributes": []})["attributes"]
        for member, attr in zip(enum.members[1:], attributes):
            found += _attr_types(both, name, member, attr)
    return found


def _mode(operation, name):
    """(request, reply) of one mode of an operation, attribute names in C."""
    part = operation.get(name, {})
    return [sorted(c_name("", a) for a in part.get(side, {}).get("attributes", []))
            for side in ("request", "reply")]


def _operation(command, operation):
    """Differences between a command of the tree and an operation."""
    label = command.name
    if command.modes == ["multicast"]:
        event = operation.get("event", {}).get("attributes", [])
        return differ(f"{label}: event", command.reply, [c_name("", a) for a in event])
    found = differ(f"{label}: modes", command.modes,
                   [m for m in ("do", "dump") if m in operation])
    found += differ(f"{label}: right", ["uns-admin-perm"], operation.get("flags"))
    for mode in command.modes:
        wanted = [sorted(command.requests.get(mode, [])), sorted(command.reply)]
        found += differ(f"{label} {mode}", wanted, _mode(operation, mode))
    return found


def check_commands(both):
    """Commands have the same values, modes and attributes as in the tree."""
    operations = both.spec["operations"]
    found = pairs("nw_cmd", header_values(both.enums["nw_cmd"])[1:],
                  spec_numbered(operations["name-prefix"], operations["list"]))
    found += differ("enum of the commands", "nw_cmd",
                    c_name("", operations["enum-name"]).lower())
    by_name = {c_name(operations["name-prefix"], o["name"]): o for o in operations["list"]}
    found += differ("commands in the tree", list(both.commands), list(by_name))
    for name, command in both.commands.items():
        found += _operation(command, by_name.get(name, {}))
    return found


def check_tree(both):
    """The tree's RECORD{ } names every attribute of a record and no other."""
    members = [m.name.removeprefix("NW_A_RECORD_")
               for m in both.enums["nw_record_attr"].members if m.kind not in ("unspec", "pad")]
    found = differ("RECORD{}", sorted(members), sorted(contract.record_tree(both.text)))
    types = [m.name.removeprefix("NW_TYPE_") for m in both.enums["nw_type"].members[1:]]
    return found + differ("types are the record's last nests", types, members[-len(types):])


def check_docs(both):
    """Every enumerator has one kernel-doc line, every entry of the spec a doc."""
    found = []
    for name, enum in both.enums.items():
        found += [] if enum.doc else [f"enum {name}: no kernel-doc"]
        found += [f"{m.name}: no kernel-doc" for m in enum.members if not m.doc]
        # The bound of the enumeration is no value; kernel-doc wants its line all the same.
        found += [f"{name}: documents {extra}, which is not there" for extra in enum.extra_docs
                  if not (extra.startswith("__NW_") and extra.endswith("_MAX"))]
    for space in both.spec["attribute-sets"]:
        found += [f"{space['name']}/{a['name']}: no doc in the spec"
                  for a in space["attributes"] if a["type"] != "pad" and not a.get("doc")]
    for definition in both.spec_enums.values():
        found += [f"{definition['name']}/{entry_name(e)}: no doc in the spec"
                  for e in definition["entries"] if isinstance(e, str) or not e.get("doc")]
    return found


def check_start(both):
    """Enumerations start with 0 for unknown or unspecified; only masks do not."""
    return [f"enum {name}: starts with {enum.members[0].name} = {enum.members[0].value}"
            for name, enum in both.enums.items() if not enum.flags
            and not (enum.members[0].value == 0
                     and enum.members[0].name.endswith(("_UNSPEC", "_UNKNOWN")))]


CHECKS = (check_family, check_groups, check_enums, check_spaces, check_types,
          check_commands, check_tree, check_docs, check_start)


def _attr(spec, space, name):
    """One attribute of a specification, to be changed."""
    found = next(s for s in spec["attribute-sets"] if s["name"] == space)
    return next(a for a in found["attributes"] if a["name"] == name)


def _definition(spec, name):
    return next(d for d in spec["definitions"] if d["name"] == name)


def _swap(items, first):
    items[first], items[first + 1] = items[first + 1], items[first]


# What is changed in a copy of the specification, and the check that must see it.
SPEC_MUTATIONS = (
    ("family renamed", check_family, lambda s: s.update(name="neighwatcher")),
    ("constant changed", check_family, lambda s: _definition(s, "nw-steps").update(value=9)),
    ("group renamed", check_groups,
     lambda s: s["mcast-groups"]["list"][1].update(name="everything")),
    ("group without its right", check_groups, lambda s: s["mcast-groups"]["list"][0].pop("flags")),
    ("enum entries swapped", check_enums, lambda s: _swap(_definition(s, "cause")["entries"], 3)),
    ("enum entry dropped", check_enums, lambda s: _definition(s, "carrier")["entries"].pop()),
    ("flag's bit moved", check_enums,
     lambda s: _definition(s, "flags")["entries"][2].update(value=9)),
    ("attributes swapped", check_spaces,
     lambda s: _swap(s["attribute-sets"][3]["attributes"], 4)),
    ("attribute dropped", check_spaces, lambda s: s["attribute-sets"][0]["attributes"].pop()),
    ("u64 made u32", check_types, lambda s: _attr(s, "change", "dwell").update(type="u32")),
    ("flag made u8", check_types, lambda s: _attr(s, "main", "all-netns").update(type="u8")),
    ("string made binary", check_types, lambda s: _attr(s, "record", "dev").update(type="binary")),
    ("other nest", check_types,
     lambda s: _attr(s, "record", "offer").update({"nested-attributes": "confirm"})),
    ("other enum", check_types, lambda s: _attr(s, "record", "cause").update(enum="type")),
    ("mask made a value", check_types, lambda s: _attr(s, "main", "types").pop("enum-as-flags")),
    ("request attribute dropped", check_commands,
     lambda s: s["operations"]["list"][4]["dump"]["request"]["attributes"].pop()),
    ("reply attribute added", check_commands,
     lambda s: s["operations"]["list"][1]["do"]["reply"]["attributes"].append("lost")),
    ("do dropped", check_commands, lambda s: s["operations"]["list"][2].pop("do")),
    ("commands swapped", check_commands, lambda s: _swap(s["operations"]["list"], 1)),
    ("command without its right", check_commands,
     lambda s: s["operations"]["list"][0].pop("flags")),
    ("doc dropped", check_docs, lambda s: _attr(s, "stats", "loaded").pop("doc")),
)

# Likewise for the header: (what, check, text, its replacement).
HEADER_MUTATIONS = (
    ("version raised", check_family, "#define NW_GENL_VERSION\t\t1", "#define NW_GENL_VERSION\t\t2"),
    ("value inserted", check_enums, "\tNW_CAUSE_GC,\n", "\tNW_CAUSE_NEW,\n\tNW_CAUSE_GC,\n"),
    ("MAX dropped", check_enums, "\t__NW_CAUSE_MAX\n", ""),
    ("attribute inserted", check_spaces, "\tNW_A_WHO_PID,\n",
     "\tNW_A_WHO_UID,\n\tNW_A_WHO_PID,\n"),
    ("type's doc changed", check_types, "@NW_A_TABLE_FULLS: u64,", "@NW_A_TABLE_FULLS: u32,"),
    ("tree's request changed", check_commands, "in:  IFINDEX FAMILY ADDR (do);",
     "in:  IFINDEX ADDR (do);"),
    ("tree's record changed", check_tree, "ROUTE ADDRESS PARAMS", "ROUTE PARAMS"),
    ("kernel-doc line dropped", check_docs, " * @NW_ADMIN_MTU: has a new MTU\n", ""),
    ("kernel-doc of nothing", check_docs, "@NW_CHANGE_ADDED:", "@NW_CHANGE_ADED:"),
    ("UNKNOWN dropped", check_start, "\tNW_WHERE_UNKNOWN,\n", ""),
)


class Tap:
    """Numbered TAP lines; the plan comes last."""

    def __init__(self):
        self.count = self.failed = 0

    def result(self, good, name, notes=()):
        """Print one result and, when it is bad, why."""
        self.count += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}")
        for note in () if good else notes:
            print(f"# {note}")

    def end(self):
        """Print the plan; the exit status of the program."""
        print(f"1..{self.count}")
        return 1 if self.failed else 0


def run_checks(tap, text, spec):
    """The contract as it is."""
    both = Contract(text, spec)
    for check in CHECKS:
        found = check(both)
        tap.result(not found, f"{check.__name__.removeprefix('check_')}: {check.__doc__.lower().rstrip('.')}", found)


def run_mutations(tap, text, spec):
    """The contract with one thing changed: the check must see it."""
    for name, check, change in SPEC_MUTATIONS:
        changed = copy.deepcopy(spec)
        change(changed)
        tap.result(check(Contract(text, changed)), f"seen in the spec: {name}", ["not noticed"])
    for name, check, old, new in HEADER_MUTATIONS:
        there = old in text
        found = there and check(Contract(text.replace(old, new, 1), spec))
        tap.result(found, f"seen in the header: {name}",
                   ["not noticed" if there else f"header has no {old!r}"])


def main():
    """Print TAP; the exit status says whether all passed."""
    print("TAP version 13")
    text = HEADER.read_text(encoding="utf-8")
    spec = yaml.safe_load(SPEC.read_text(encoding="utf-8"))
    tap = Tap()
    run_checks(tap, text, spec)
    run_mutations(tap, text, spec)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
