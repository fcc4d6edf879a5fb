# SPDX-License-Identifier: GPL-2.0
"""Read the kernel-user contract out of include/uapi/linux/neighwatch.h.

The header is the source: enumerations with their values, the kernel-doc line
of each enumerator, the defines, and the tree of requests and answers in the
comment at the top. Nothing here knows the specification.
"""
import re
from dataclasses import dataclass, field


@dataclass
class Member:
    """One enumerator: its C name, its value, its kernel-doc text."""
    name: str
    value: int
    doc: str = None

    @property
    def kind(self):
        """The attribute type its kernel-doc begins with, None when it has none."""
        return attr_type(self.doc or "")

    @property
    def enum(self):
        """The enumeration an attribute's values belong to, with its C name."""
        found = re.match(r"u\d+, (?:request: mask of 1 << )?&enum (\w+)", self.doc or "")
        return found and found.group(1)

    @property
    def mask(self):
        """Whether the attribute is a mask of 1 << the enumeration's values."""
        return "mask of 1 << &enum" in (self.doc or "")

    @property
    def nest(self):
        """The enumeration that a nest's attributes come from."""
        found = re.match(r"nest of &enum (\w+)", self.doc or "")
        return found and found.group(1)


@dataclass
class Enum:
    """One enumeration with the prose of its kernel-doc."""
    name: str
    doc: str
    members: list = field(default_factory=list)
    flags: bool = False
    extra_docs: list = field(default_factory=list)
    render_max: bool = False


@dataclass
class Command:
    """What the tree says of one command: modes, and attributes by mode."""
    name: str
    modes: list
    requests: dict = field(default_factory=dict)
    reply: list = field(default_factory=list)


ATTR_TYPES = (
    (r"not used\b", "unspec"),
    (r"aligns 64 bit", "pad"),
    (r"(u8|u32|u64)\b", None),
    (r"string\b", "string"),
    (r"binary\b", "binary"),
    (r"4 or 16 bytes\b", "binary"),
    (r"nest of ", "nest"),
    (r"flag\b", "flag"),
)


def attr_type(doc):
    """The type that the kernel-doc of an attribute begins with."""
    for pattern, name in ATTR_TYPES:
        found = re.match(pattern, doc)
        if found:
            return name or found.group(1)
    return None


def _comment_text(lines):
    """The lines of a C comment without their leading stars."""
    return [re.sub(r"^\s*\*(\s|$)", "", line) for line in lines]


def _kernel_doc(block):
    """Split one kernel-doc comment: (enum name, prose, {enumerator: text})."""
    name, prose, docs, current = None, "", {}, None
    for line in _comment_text(block):
        text = line.strip()
        head = re.match(r"enum (\w+) - (.*)", text)
        item = re.match(r"@(\w+): (.*)", text)
        if head:
            name, prose = head.groups()
        elif item:
            current = item.group(1)
            docs[current] = item.group(2)
        elif text and current:
            docs[current] += " " + text
        elif text:
            prose += " " + text
    return name, prose, docs


def _value(expression, following):
    """The value of an enumerator: a shift, a number, or the next in line."""
    if expression is None:
        return following
    shift = re.match(r"1 << (\d+)$", expression)
    return 1 << int(shift.group(1)) if shift else int(expression, 0)


def _enum(name, body, prose, docs):
    enum = Enum(name, prose)
    following = 0
    for entry in filter(None, (e.strip() for e in body.split(","))):
        member, _, expression = (p.strip() for p in entry.partition("="))
        if member.startswith("__"):
            enum.render_max = True
            continue
        value = _value(expression or None, following)
        enum.flags |= "<<" in expression
        enum.members.append(Member(member, value, docs.pop(member, None)))
        following = value + 1
    enum.extra_docs = sorted(docs)
    return enum


def enums(text):
    """All enumerations of the header, by C name, in their order."""
    found = {}
    pattern = r"(?:/\*\*\n(?P<doc>(?: \*.*\n)*?) \*/\n)?enum (?P<name>\w+) \{(?P<body>[^}]*)\};"
    for match in re.finditer(pattern, text):
        documented, prose, docs = _kernel_doc((match["doc"] or "").splitlines())
        if documented != match["name"]:
            prose, docs = None, {}
        found[match["name"]] = _enum(match["name"], match["body"], prose, docs)
    return found


def defines(text):
    """The header's object-like defines: name -> text of the value."""
    return {name: value.strip('"') for name, value in
            re.findall(r"^#define (NW_\w+)\s+(\"[^\"]*\"|[\w]+)$", text, re.M)}


def _top_level(text):
    """The capitalised words of a line of the tree, those in braces left out."""
    depth, kept = 0, ""
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth == 0 and char != "}":
            kept += char
    return re.findall(r"\b[A-Z][A-Z_]+\b", kept)


def _requests(text, modes):
    """The attributes of a request by mode: 'A B (do); [C] (dump)'."""
    parts = re.findall(r"([^()]*)\((do|dump)\)", text)
    if not parts:
        return {mode: _top_level(text) for mode in modes}
    return {mode: _top_level(part) for part, mode in parts}


def commands(text):
    """The tree of commands in the header's first comment after the SPDX line."""
    tree = _comment_text(text[:text.index("#ifndef")].splitlines())
    found, part = {}, {}
    for line in tree:
        head = re.match(r"  (NW_CMD_\w+)\s+((?:do|dump|multicast)(?:, dump)?)\b", line)
        label = re.match(r"    (in|out): +(.*)", line)
        if head:
            part = {"in": "", "out": ""}
            found[head.group(1)] = (head.group(2).split(", "), part)
            label_now = None
        elif re.match(r"  \S", line):
            part, label_now = {}, None
        elif label and part:
            label_now = label.group(1)
            part[label_now] += label.group(2)
        elif part and label_now:
            part[label_now] += " " + line.strip()
    return {name: Command(name, modes, _requests(p["in"], modes),
                          _top_level(_without_notes(p["out"])))
            for name, (modes, p) in found.items()}


def _without_notes(text):
    """An answer's line without remarks in parentheses."""
    return re.sub(r"\([^)]*\)", "", text)


def record_tree(text):
    """The names that the tree gives for the inside of RECORD{ }."""
    found = re.search(r"^ \*   RECORD\{(.*?)\n \*\n", text, re.M | re.S)
    inner = " ".join(_comment_text(found.group(1).splitlines()))
    inner = inner.rstrip().removesuffix("}")
    return _top_level(inner.replace("{ ... }", "").replace("one of", ""))
