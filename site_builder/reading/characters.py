"""Characters that no text of the archive may hold: control characters, drawn letter shapes, direction controls."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from site_builder.problems import Location, Problem, error
from site_builder.reading.positions import Positions
from site_builder.text.orthography import DAMAGE, repair

#: What neither YAML nor XML takes, line ends that only some programs see, and byte order marks within a text.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
#: What a text must hold for any fault to be found in it: one look is enough for most.
_SUSPECT = re.compile(_CONTROLS.pattern[:-1] + DAMAGE + "&]")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|lrm|rlm);")
_MESSAGES = {
    "nul-byte": "holds a NUL byte",
    "control-character": "holds an invisible control character",
    "presentation-form": "holds letters as drawn shapes (presentation forms) instead of plain letters",
    "bidi-control": "holds invisible direction characters; the site isolates foreign words by itself",
}


def clean(text: str, path: str) -> tuple[str, list[Problem]]:
    """The text of a file with its control characters replaced by U+FFFD, and the unclean characters found in it.

    Each line is blamed once for each kind of fault; the hint shows the words mended.
    """
    if not _SUSPECT.search(text):
        return text, []
    where = Positions(text, path)
    problems: list[Problem] = []
    seen: set[tuple[int, str]] = set()
    for offset, code, what in _found(text):
        at = where.at(offset)
        if (at.line, code) in seen:
            continue
        seen.add((at.line, code))
        begin, line = where.line_of(offset)
        problems.append(_problem(code, what, at, _hint(code, line, offset - begin)))
    return _CONTROLS.sub("\ufffd", text), problems


def escaped(value: str, written: str, at: Location) -> list[Problem]:
    """The unclean characters of a quoted YAML text that `written` does not hold: they came of escapes."""
    found = {code: what for offset, code, what in _found(value) if value[offset] not in written}
    return [_problem(code, what, at, "take the escape out") for code, what in found.items()]


def _problem(code: str, what: str, at: Location, hint: str) -> Problem:
    return error(code, _MESSAGES[code] + (f" ({what})" if what else ""), at, hint)


def _found(text: str) -> Iterator[tuple[int, str, str]]:
    """Offset, kind and name of each unclean character."""
    for match in _CONTROLS.finditer(text):
        code = "nul-byte" if match[0] == "\0" else "control-character"
        yield match.start(), code, f"U+{ord(match[0]):04X}" if code != "nul-byte" else ""
    for fault in repair(text)[1]:
        yield fault.start, fault.kind, ""
    if "&" in text:
        for match in _ENTITY.finditer(text):
            for fault in repair(html.unescape(match[0]))[1]:
                yield match.start(), fault.kind, match[0]


def _hint(code: str, line: str, column: int) -> str:
    if code == "nul-byte":
        return "delete it; the file may be damaged or not a text"
    if code == "control-character":
        return "delete it, or put a line break or a space in its place"
    mended, _ = repair(_ENTITY.sub(_mended_entity, line))
    words = re.sub(r"\s+", " ", mended[max(0, column - 40) : column + 40]).strip()
    return f"write: “{words}”"


def _mended_entity(entity: re.Match[str]) -> str:
    mended, faults = repair(html.unescape(entity[0]))
    return mended if faults else entity[0]
