"""Ids added to the lists of a front matter, and every other character of the file left as it is.

The YAML is composed only to learn where its values begin and end; what changes is the text, by insertion. What comes
out is read again and compared with what went in, so that a layout which this module misjudges is refused, not broken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import yaml

from site_builder.model import ArticleMeta, fields_of
from site_builder.problems import Location, Problem, error
from site_builder.reading import frontmatter, yamltree

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BLANKS = ("", "~", "null", "Null", "NULL")
_ORDER = [field.key for field in fields_of(ArticleMeta)]
_LISTS = ("people", "organizations", "places", "topics", "events")
_BULLET = re.compile(" *-(?: +)")


def amend(text: str, additions: Mapping[str, Sequence[str]], path: str) -> str | Problem:
    """The text of an article with ids added at the end of lists of its front matter.

    `text` is the file as it is, with a byte order mark and whatever line ends it has; `additions` maps a key
    (`people`) to ids that its list does not hold. A key that is missing is written below those that usually precede
    it. The result is a problem where the front matter cannot be read, or cannot be added to without rewriting it.
    """
    if not additions:
        return text
    parts = re.split("(\r\n|\r|\n)", text)
    lines, ends = parts[::2], [*parts[1::2], ""]
    split = frontmatter.split("\n".join([lines[0].removeprefix("\ufeff"), *lines[1:]]), path)
    if isinstance(split, Problem):
        return split
    before, faults = yamltree.parse(split.yaml, path, split.yaml_line)
    if faults:
        return faults[0]
    moved = _moved(before, additions)
    if moved:
        return moved
    head = _Head(lines[1 : 1 + len(split.yaml.split("\n"))] if split.yaml else [], _entries(split.yaml))
    changes = {}
    # New keys come after what lists above them gain.
    for key in sorted(additions, key=lambda key: (head.find(key) is None, _ORDER.index(key))):
        change = _change(head, key, [_written(id_) for id_ in additions[key]])
        if change is None:
            return _refused(path, head, key, additions[key])
        changes[key] = change
    amended = _applied(lines, ends, list(changes.values()))
    if _contents(amended, path) != _extended(before, additions):
        key = next(iter(changes))
        return _refused(path, head, key, additions[key])
    return amended


def _moved(tree: yamltree.Node | None, additions: Mapping[str, Sequence[str]]) -> Problem | None:
    """What is wrong with adding where `mentions` counts characters of the file: it would mean others from then on."""
    for key, node in tree.entries if isinstance(tree, yamltree.Mapping) else ():
        for name, _ in node.entries if key.text == "mentions" and isinstance(node, yamltree.Mapping) else ():
            if re.fullmatch("[0-9]+-[0-9]+", name.text):
                message = f"“{name.text}” counts characters of this file, which move when something is added above them"
                needed = "; ".join(f"{key}: {', '.join(ids)}" for key, ids in additions.items())
                hint = f"write a name instead, or add by hand and count again: {needed}"
                return error("offsets-would-move", message, name.at, hint)
    return None


class _Entry(NamedTuple):
    """A key of the outermost mapping and its value, with their marks."""

    key: yaml.ScalarNode
    value: yaml.Node


class _Head(NamedTuple):
    """The lines between the fences, and the entries that stand in them (None where they are no block mapping)."""

    lines: list[str]
    entries: list[_Entry] | None

    def find(self, key: str) -> _Entry | None:
        return next((entry for entry in self.entries or () if entry.key.value == key), None)


class _Change(NamedTuple):
    """What happens to the lines of a front matter: a part of one replaced, and new lines below another.

    Lines count from 0; `below` is the line under which `new` is put, -1 for the top.
    """

    line: int = 0
    begin: int = 0
    end: int = 0
    words: str = ""
    below: int = -1
    new: tuple[str, ...] = ()


def _entries(text: str) -> list[_Entry] | None:
    """The entries of the outermost mapping. The text has been parsed without a fault, so it is neither deep nor odd."""
    # These end a line for YAML, and for no editor; here only places count.
    root = yaml.compose(re.sub("[\x85\u2028\u2029]", "_", text), Loader=_LOADER)
    if root is None:
        return []
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return None
    return [_Entry(key, value) for key, value in root.value]


def _written(id_: str) -> str:
    return f'"{id_}"' if id_ in _BLANKS else id_


def _change(head: _Head, key: str, ids: list[str]) -> _Change | None:
    """How ids come into the list of a key; None where its layout is none that can be added to."""
    if head.entries is None:
        return None
    entry = head.find(key)
    if entry is None:
        return _Change(below=_above(head, key), new=_as_new(head, key, ids))
    value = entry.value
    if isinstance(value, yaml.SequenceNode):
        if not all(isinstance(item, yaml.ScalarNode) for item in value.value):
            return None
        return _into_flow(head, value, ids) if value.flow_style else _into_block(head, value, ids)
    if not isinstance(value, yaml.ScalarNode) or value.style or value.value not in _BLANKS:
        return None
    if value.value:
        at = value.start_mark
        return _Change(at.line, at.column, at.column + len(value.value), f"[{', '.join(ids)}]")
    return _Change(below=entry.key.end_mark.line, new=tuple(_bullet(head) + id_ for id_ in ids))


def _into_block(head: _Head, value: yaml.SequenceNode, ids: list[str]) -> _Change | None:
    last = value.value[-1]
    bullet = head.lines[last.start_mark.line][: last.start_mark.column]
    if not _BULLET.fullmatch(bullet):
        return None
    return _Change(below=last.end_mark.line, new=tuple(bullet + id_ for id_ in ids))


def _into_flow(head: _Head, value: yaml.SequenceNode, ids: list[str]) -> _Change:
    if not value.value:
        return _into_empty(head, value, ", ".join(ids))
    last = value.value[-1]
    line, column = last.end_mark.line, last.end_mark.column
    indent = head.lines[line][: last.start_mark.column]
    if indent.strip() or last.start_mark.line != line or value.end_mark.line == line:
        return _Change(line, column, column, "".join(f", {id_}" for id_ in ids))
    if head.lines[line][column:].lstrip().startswith(","):
        return _Change(below=line, new=tuple(f"{indent}{id_}," for id_ in ids))
    new = [f"{indent}{id_}," for id_ in ids[:-1]] + [indent + ids[-1]]
    return _Change(line, column, column, ",", below=line, new=tuple(new))


def _into_empty(head: _Head, value: yaml.SequenceNode, words: str) -> _Change:
    begin, end = value.start_mark, value.end_mark
    within = head.lines[begin.line][begin.column + 1 : end.column - 1]
    if begin.line == end.line and not within.strip():
        return _Change(begin.line, end.column - 1, end.column - 1, words + within)
    return _Change(begin.line, begin.column + 1, begin.column + 1, words)


def _above(head: _Head, key: str) -> int:
    """The line below which a new key is written: the end of the keys that usually precede it, or of everything."""
    entries = head.entries or []
    known = [number for number, entry in enumerate(entries) if entry.key.value in _ORDER[: _ORDER.index(key)]]
    nearest = max(known, key=lambda number: _ORDER.index(entries[number].key.value), default=len(entries) - 1)
    following = entries[nearest + 1].key.start_mark.line if nearest + 1 < len(entries) else len(head.lines)
    last = following - 1
    # A remark at the margin belongs to what comes after it.
    while last >= 0 and (not head.lines[last].strip() or head.lines[last].startswith("#")):
        last -= 1
    return last


def _as_new(head: _Head, key: str, ids: list[str]) -> tuple[str, ...]:
    """The lines of a new key, in the style of the file's other lists."""
    lists = [entry.value for entry in map(head.find, _LISTS) if entry and isinstance(entry.value, yaml.SequenceNode)]
    if any(value.flow_style for value in lists[:1]):
        return (f"{key}: [{', '.join(ids)}]",)
    return (f"{key}:", *(_bullet(head) + id_ for id_ in ids))


def _bullet(head: _Head) -> str:
    """What stands before the items of the file's other lists."""
    for entry in map(head.find, _LISTS):
        if entry and isinstance(entry.value, yaml.SequenceNode) and not entry.value.flow_style:
            at = entry.value.value[0].start_mark
            bullet = _BULLET.match(head.lines[at.line][: at.column])
            if bullet:
                return bullet[0]
    return "  - "


def _applied(lines: list[str], ends: list[str], changes: list[_Change]) -> str:
    """The file with the changes made; new lines end like the line above them."""
    below: dict[int, list[str]] = {}
    changed = dict(enumerate(lines))
    for change in changes:
        # The first line of the file is the fence.
        line = change.line + 1
        if change.words:
            changed[line] = lines[line][: change.begin] + change.words + lines[line][change.end :]
        below.setdefault(change.below + 1, []).extend(change.new)
    written = []
    for number, end in enumerate(ends):
        written += [changed[number], end, *(part for new in below.get(number, ()) for part in (new, end))]
    return "".join(written)


def _contents(text: str, path: str) -> Any:
    """What the front matter of a text says, as plain values."""
    split = frontmatter.split(re.sub("\r\n|\r", "\n", text).removeprefix("\ufeff"), path)
    if isinstance(split, Problem):
        return None
    tree, faults = yamltree.parse(split.yaml, path)
    return None if faults else _plain(tree)


def _extended(tree: yamltree.Node | None, additions: Mapping[str, Sequence[str]]) -> Any:
    contents = _plain(tree) or {}
    for key, ids in additions.items():
        held = contents.get(key)
        contents[key] = [*(held if isinstance(held, list) else ()), *ids]
    return contents


def _plain(node: yamltree.Node | None) -> Any:
    if isinstance(node, yamltree.Mapping):
        return {key.text: _plain(value) for key, value in node.entries}
    if isinstance(node, yamltree.Sequence):
        return [_plain(item) for item in node.items]
    return node.text if isinstance(node, yamltree.Scalar) else None


def _refused(path: str, head: _Head, key: str, ids: Sequence[str]) -> Problem:
    entry = head.find(key)
    where = Location(path, entry.key.start_mark.line + 2, 1) if entry else Location(path, 1, 1)
    message = f"nothing can be added to “{key}” as it is laid out here"
    return error("not-amended", message, where, f"write it as a list, with: {', '.join(ids)}")
