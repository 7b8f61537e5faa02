"""YAML as written: a tree of texts, lists and mappings with the place of each, and nothing coerced.

PyYAML (with libyaml where it is built in) does the parsing; this module keeps to its event stream because that
neither expands aliases nor recurses, so that no input can make it large or deep.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

import yaml

from site_builder.problems import Location, Problem, error

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 20


class _Mark(Protocol):
    """What marks of PyYAML and of libyaml have in common: line and column from 0, in code points."""

    line: int
    column: int


class Scalar(NamedTuple):
    """A text as written; `plain` when without quotation marks (so that `no` and `"no"` can be told apart)."""

    text: str
    plain: bool
    at: Location


class Sequence(NamedTuple):
    """A list."""

    items: list[Node]
    at: Location


class Mapping(NamedTuple):
    """A mapping: entries in order, keys unique."""

    entries: list[tuple[Scalar, Node]]
    at: Location


Node = Scalar | Sequence | Mapping

_HINTS = {
    "yaml-alias": "write the value out at each place",
    "yaml-tag": "remove the tag: values are read as they are written",
    "yaml-depth": "nothing in this archive nests that deep",
    "yaml-key": "write the key as plain text",
    "yaml-documents": "keep one document in the file",
}


class _RefusedError(Exception):
    def __init__(self, code: str, message: str, mark: _Mark) -> None:
        super().__init__(message)
        self.code, self.message, self.mark = code, message, mark


class _Builder:
    """Builds the tree from events, without recursion."""

    def __init__(self, path: str, first_line: int) -> None:
        self._path, self._first_line = path, first_line
        self._open: list[tuple[Sequence | Mapping, list[Scalar]]] = []
        self.root: Node | None = None
        self.problems: list[Problem] = []

    def at(self, mark: _Mark) -> Location:
        return Location(self._path, self._first_line + mark.line, mark.column + 1)

    def take(self, event: yaml.Event) -> None:
        mark = event.start_mark
        assert mark is not None
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _RefusedError("yaml-alias", "anchors (&) and aliases (*) are not read here", mark)
        tag = getattr(event, "tag", None)
        if tag:
            raise _RefusedError("yaml-tag", f"the tag {tag} is not read here", mark)
        if isinstance(event, yaml.ScalarEvent):
            self._add(Scalar(event.value, not event.style, self.at(mark)))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._enter(Sequence([], self.at(mark)), mark)
        elif isinstance(event, yaml.MappingStartEvent):
            self._enter(Mapping([], self.at(mark)), mark)
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            self._open.pop()
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise _RefusedError("yaml-documents", "a second YAML document begins here", mark)

    def _enter(self, node: Sequence | Mapping, mark: _Mark) -> None:
        if len(self._open) >= _DEEPEST:
            raise _RefusedError("yaml-depth", f"nested deeper than {_DEEPEST} levels", mark)
        if self._open and isinstance(self._open[-1][0], Mapping) and not self._open[-1][1]:
            raise _RefusedError("yaml-key", "a list or a mapping stands where a key is expected", mark)
        self._add(node)
        self._open.append((node, []))

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent, pending = self._open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif not pending:
            assert isinstance(node, Scalar)
            pending.append(node)
        else:
            self._set(parent, pending.pop(), node)

    def _set(self, mapping: Mapping, key: Scalar, value: Node) -> None:
        for earlier, _ in mapping.entries:
            if earlier.text == key.text:
                self.problems.append(
                    error(
                        "duplicate-key",
                        f"the key “{key.text}” stands twice; it was first written in line {earlier.at.line}",
                        key.at,
                        "keep one of the two",
                    )
                )
                return
        mapping.entries.append((key, value))


def parse(text: str, path: str, first_line: int = 1) -> tuple[Node | None, list[Problem]]:
    """The tree of a YAML text (None where it is empty or cannot be read) and what is wrong with its form.

    `first_line` is the line of the file on which `text` begins. Aliases, tags, repeated keys, several documents and
    deep nesting are problems, not errors raised.
    """
    builder = _Builder(path, first_line)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _RefusedError as fault:
        hint = _HINTS[fault.code]
        return None, [*builder.problems, error(fault.code, fault.message, builder.at(fault.mark), hint)]
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        where = builder.at(mark) if mark else Location(path, first_line)
        return None, [*builder.problems, error("yaml", _explain(fault), where, _advice(text, mark))]
    except yaml.reader.ReaderError as fault:
        line = text.count("\n", 0, fault.position) + first_line
        message = f"the character U+{ord(text[fault.position]):04X} may not stand in YAML"
        return None, [*builder.problems, error("yaml", message, Location(path, line, 1), "delete the character")]
    return builder.root, builder.problems


def _explain(fault: yaml.MarkedYAMLError) -> str:
    parts = [part for part in (fault.context, fault.problem) if part]
    return "not readable as YAML: " + ", ".join(parts)


def _advice(text: str, mark: _Mark | None) -> str:
    lines = text.split("\n")
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "indent with spaces, not with tabs"
    if line.count(": ") > 1 or line.rstrip().endswith(":"):
        return "put quotation marks around a text that holds a colon"
    if line.count('"') % 2 or line.count("'") % 2:
        return "close the quotation mark"
    if line.count("[") != line.count("]") or line.count("{") != line.count("}"):
        return "close the bracket"
    return "check the indentation and the quotation marks of this line and the one before"
