"""Splitting a text file into its front matter and its body."""

from __future__ import annotations

import re
from typing import NamedTuple

from site_builder.problems import Location, Problem, error

_FENCE = re.compile(r"---[ \t]*")
_KEY = re.compile(r"[A-Za-z_]+:(\s|$)")


class Parts(NamedTuple):
    """The YAML between the fences and the Markdown after them; lines count from 1 in the file."""

    yaml: str
    yaml_line: int
    body: str
    body_line: int


def split(text: str, path: str) -> Parts | Problem:
    """Divide a text (LF line ends) at its `---` lines. The first line has to be one."""
    lines = text.split("\n")
    if not _FENCE.fullmatch(lines[0]):
        hint = "begin the file with a line ---, then the keys, then another line ---"
        first = next((line for line in lines if line.strip()), "")
        if _FENCE.fullmatch(first.strip()):
            hint = "the line --- has to be the very first: delete what stands before it"
        return error("no-front-matter", "has no front matter", Location(path, 1, 1), hint)
    for number, line in enumerate(lines[1:], start=1):
        if _FENCE.fullmatch(line):
            return Parts("\n".join(lines[1:number]), 2, "\n".join(lines[number + 1 :]), min(number + 2, len(lines)))
    return error("unclosed-front-matter", "the front matter is never closed", Location(path, 1, 1), _closing(lines))


def _closing(lines: list[str]) -> str:
    for number, line in enumerate(lines[1:], start=2):
        if re.fullmatch(r"\s*(-{2,}|\.{3})\s*", line):
            return f"write --- in line {number}, and nothing else"
    last = max((number for number, line in enumerate(lines, start=1) if _KEY.match(line)), default=1)
    return f"put a line --- after line {last}"
