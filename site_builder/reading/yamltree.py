"""YAML as written: a tree of texts, lists and mappings with the place of each, and nothing coerced.

PyYAML (with libyaml where it is built in) does the parsing; this module keeps to its event stream because that
neither expands aliases nor recurses, so that no input can make it large or deep. Where an entry cannot be read,
the entries after it still are, so that one run shows all faults of a file.
"""

from __future__ import annotations

import re
from typing import NamedTuple, Protocol

import yaml

from site_builder.problems import Location, Problem, error
from site_builder.reading import characters

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 20
_MOST_FAULTS = 50
#: A line on which an entry of the outermost mapping begins.
_ENTRY = re.compile(r"[^\s#:\-\]}]")
_OPENED = re.compile(r"""[^"']*(["'])(?:(?!\1).)*""")


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


class Broken(NamedTuple):
    """The value of an entry that cannot be read; its problem is known."""

    at: Location


Node = Scalar | Sequence | Mapping | Broken

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


class _Open(NamedTuple):
    """A list or mapping whose end has not come; a mapping has the key that waits for its value, and those before."""

    node: Sequence | Mapping
    waiting: list[Scalar]
    keys: dict[str, Location]


class _Builder:
    """Builds the tree from events, without recursion."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self._text, self._path, self._first_line = text, path, first_line
        self._lines = text.split("\n")
        self._open: list[_Open] = []
        self.root: Node | None = None
        self.last: yaml.Event | None = None
        self.problems: list[Problem] = []

    def at(self, line: int, column: int) -> Location:
        """The place of a line and a column from 0; the parser's end of a text may lie a line below its last."""
        if line >= len(self._lines):
            line, column = len(self._lines) - 1, len(self._lines[-1])
        return Location(self._path, self._first_line + line, column + 1)

    def opened(self) -> tuple[int, int] | None:
        """Line and column from 0 of the innermost list or mapping whose end has not come."""
        if not self._open:
            return None
        at = self._open[-1].node.at
        return at.line - self._first_line, at.column - 1

    def take(self, event: yaml.Event) -> None:
        self.last = event
        mark = event.start_mark
        assert mark is not None
        at = self.at(mark.line, mark.column)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _RefusedError("yaml-alias", "anchors (&) and aliases (*) are not read here", mark)
        tag = getattr(event, "tag", None)
        if tag:
            raise _RefusedError("yaml-tag", f"the tag {tag} is not read here", mark)
        if isinstance(event, yaml.ScalarEvent):
            if event.style == '"':
                self.problems += characters.escaped(event.value, self._text, at)
            self._add(Scalar(event.value, not event.style, at))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._enter(Sequence([], at), mark)
        elif isinstance(event, yaml.MappingStartEvent):
            self._enter(Mapping([], at), mark)
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            self._open.pop()
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise _RefusedError("yaml-documents", "a second YAML document begins here", mark)

    def _enter(self, node: Sequence | Mapping, mark: _Mark) -> None:
        if len(self._open) >= _DEEPEST:
            raise _RefusedError("yaml-depth", f"nested deeper than {_DEEPEST} levels", mark)
        if self._open and isinstance(self._open[-1].node, Mapping) and not self._open[-1].waiting:
            raise _RefusedError("yaml-key", "a list or a mapping stands where a key is expected", mark)
        self._add(node)
        self._open.append(_Open(node, [], {}))

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent, waiting, keys = self._open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif waiting:
            self._set(parent, keys, waiting.pop(), node)
        else:
            assert isinstance(node, Scalar)
            waiting.append(node)

    def _set(self, mapping: Mapping, keys: dict[str, Location], key: Scalar, value: Node) -> None:
        if key.text in keys:
            message = f"the key “{key.text}” stands twice; it was first written in line {keys[key.text].line}"
            self.problems.append(error("duplicate-key", message, key.at, "keep one of the two"))
            return
        keys[key.text] = key.at
        mapping.entries.append((key, value))


def parse(text: str, path: str, first_line: int = 1) -> tuple[Node | None, list[Problem]]:
    """The tree of a YAML text (None where it is empty or nothing of it can be read) and what is wrong with its form.

    `first_line` is the line of the file on which `text` begins. Aliases, tags, repeated keys, several documents and
    deep nesting are problems, not errors raised. An entry of the outermost mapping in which there is such a fault has
    the value `Broken`.
    """
    problems: list[Problem] = []
    broken: list[tuple[Scalar, Node]] = []
    lines = text.split("\n")
    while True:
        builder = _Builder("\n".join(lines), path, first_line)
        fault = _run(builder, lines)
        if fault is None:
            break
        problems.append(fault)
        if fault.code == "yaml-documents":
            break
        begin, end = _entry(lines, fault.location.line - first_line)
        if len(problems) == _MOST_FAULTS or not any(lines[begin:end]):
            return None, problems
        name = re.match(r"[^\s:]*", lines[begin])
        broken.append((Scalar(name[0] if name else "", True, builder.at(begin, 0)), Broken(fault.location)))
        lines[begin:end] = [""] * (end - begin)
    root = builder.root
    if broken and root is None:
        root = Mapping([], broken[0][0].at)
    if isinstance(root, Mapping):
        stated = {key.text for key, _ in root.entries}
        root.entries.extend((key, value) for key, value in broken if key.text not in stated)
    return root, problems + builder.problems


def _run(builder: _Builder, lines: list[str]) -> Problem | None:
    """Let the builder take all events; the fault at which it has to stop, if any."""
    try:
        for event in yaml.parse("\n".join(lines), Loader=_LOADER):
            builder.take(event)
    except _RefusedError as fault:
        return error(fault.code, fault.message, builder.at(fault.mark.line, fault.mark.column), _HINTS[fault.code])
    except yaml.MarkedYAMLError as fault:
        unclosed = "flow node" in (fault.context or "") and not any(_after(fault, lines))
        line, column = (unclosed and builder.opened()) or _blamed(fault, builder.last, lines)
        what = ", ".join(part for part in (fault.context, fault.problem) if part)
        return error("yaml", f"not readable as YAML: {what}", builder.at(line, column), _advice(what, lines[line]))
    except yaml.reader.ReaderError as fault:
        # Its position counts bytes or code points, as the parser does; the line cannot be told.
        return error("yaml", f"not readable as YAML: {fault.reason}", builder.at(0, 0), "delete the character")
    return None


def _after(fault: yaml.MarkedYAMLError, lines: list[str]) -> list[str]:
    """What stands from the line on at which the parser stumbled, each line without blanks around it."""
    return [line.strip() for line in lines[fault.problem_mark.line :]] if fault.problem_mark else []


def _blamed(fault: yaml.MarkedYAMLError, last: yaml.Event | None, lines: list[str]) -> tuple[int, int]:
    """Line and column from 0 at which a person has to mend, which is often before the parser stumbled."""
    context, problem, opened = fault.context or "", fault.problem or "", fault.context_mark
    mark: _Mark | None = fault.problem_mark or opened
    if mark is None:
        return 0, 0
    if opened and ("stream" in problem or "simple key" in context or "flow" in context):
        mark = opened if opened.line < mark.line else mark
    elif isinstance(last, yaml.ScalarEvent) and last.style in ("'", '"'):
        # A quotation mark left open is closed by the next one, lines below.
        begun, ended = last.start_mark, last.end_mark
        mark = begun if begun and ended and begun.line < ended.line == mark.line else mark
    line = min(mark.line, len(lines) - 1)
    if "mapping values" in problem and ":" not in lines[line][: mark.column].strip():
        # The first colon of a line is none too many: the line before lacks its own.
        before = next((n for n in range(line - 1, -1, -1) if lines[n].strip()), line)
        if _indent(lines[line]) <= _indent(lines[before]) and not re.match(r"[\w-]+:(\s|$)", lines[before].strip()):
            return before, _indent(lines[before])
    return line, mark.column if line == mark.line else 0


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _entry(lines: list[str], line: int) -> tuple[int, int]:
    """The lines, from and to, of the outermost entry that holds a line."""
    starts = [number for number, words in enumerate(lines) if _ENTRY.match(words)]
    begin = max((number for number in starts if number <= line), default=0)
    return begin, min((number for number in starts if number > begin), default=len(lines))


def _advice(what: str, line: str) -> str:
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "indent with spaces, not with tabs"
    if "escape" in what:
        return "write the text between single quotation marks: in double ones a backslash has a meaning"
    if _OPENED.fullmatch(line):
        return "close the quotation mark"
    if re.search(r":\s+([\"']).*\1\s*[^\s#]", line):
        return "put the whole value between quotation marks of the other kind"
    if line.count("[") != line.count("]") or line.count("{") != line.count("}"):
        return "close the bracket"
    if line.count(": ") > 1 or line.rstrip().endswith(":") or re.search(r":\s+[%@`*&!|>]", line):
        return "put the value between quotation marks"
    if re.match(r"\s*[\w-]+:\S", line) or not re.search(r":|^\s*-", line):
        return "write a key as “key: value”, with a colon and a space"
    return "check the indentation and the quotation marks of this line and the one before"
