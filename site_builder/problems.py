"""What can be wrong, and where: the one form in which every stage reports faults."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple, get_args

Severity = Literal["error", "warning", "note"]


class Location(NamedTuple):
    """A place in a source file. `path` is relative to the content folder, with `/` between its parts.

    `line` and `column` count from 1, columns in code points; 0 means the file as a whole.
    """

    path: str
    line: int = 0
    column: int = 0


class Problem(NamedTuple):
    """One fault: a stable `code`, what is wrong (`message`) and how to mend it (`hint`, may be empty)."""

    code: str
    severity: Severity
    message: str
    location: Location
    hint: str = ""


def error(code: str, message: str, location: Location, hint: str = "") -> Problem:
    """A problem that stops the build."""
    return Problem(code, "error", message, location, hint)


def warning(code: str, message: str, location: Location, hint: str = "") -> Problem:
    """A problem that the build reports and survives (unless it is strict)."""
    return Problem(code, "warning", message, location, hint)


def note(code: str, message: str, location: Location, hint: str = "") -> Problem:
    """Something that an editor may want to look at. Only `check` tells it, and nothing fails for it."""
    return Problem(code, "note", message, location, hint)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, or an empty string where none is near."""
    matches = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return matches[0] if matches else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint naming the nearest known word, or an empty string."""
    match = nearest(word, known)
    return f"did you mean “{match}”?" if match else ""


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems without repetition, by file, line and column: the order in which an editor mends them."""
    return tuple(sorted(set(problems), key=lambda p: (p.location, p.severity, p.code, p.message)))


def seen_from(folder: Path, problem: Problem) -> Problem:
    """A problem of a file in the content `folder`, with the file's path as seen from the current folder."""
    full = folder / problem.location.path
    return problem._replace(location=problem.location._replace(path=full.as_posix())) if full.exists() else problem


def place(problem: Problem) -> str:
    """Where a problem is, as compilers write it: `path:line:column`."""
    at = problem.location
    return f"{at.path}:{at.line}:{at.column}" if at.line else at.path


def as_lines(problem: Problem) -> list[str]:
    """A problem as a person reads it: where and what, and below it how to mend it."""
    first = f"{place(problem)}: {problem.severity} [{problem.code}]: {problem.message}"
    return [first, f"    {problem.hint}"] if problem.hint else [first]


def counted(problems: Iterable[Problem]) -> str:
    """How many problems there are of each severity: `2 errors, 1 warning`, or `no problems`."""
    severities = [problem.severity for problem in problems]
    numbers = ((severities.count(name), name) for name in get_args(Severity))
    return ", ".join(f"{number} {name}{'s' * (number != 1)}" for number, name in numbers if number) or "no problems"
