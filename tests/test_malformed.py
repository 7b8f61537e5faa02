"""A few hundred malformed files, each fault located where it is, through the command line."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest

from tests import malformed
from tests.archives import check, write_archive
from tests.malformed import CASES, MARK, RECORDS, Case


class _Place(NamedTuple):
    path: str
    line: int
    column: int


def _unmarked(path: str, text: str | bytes) -> tuple[str | bytes, list[_Place]]:
    """A file without its marks, and the places at which they stood."""
    if isinstance(text, bytes) or MARK not in text:
        return text, []
    parts = text.split(MARK)
    places = []
    for number in range(1, len(parts)):
        before = "".join(parts[:number])
        places.append(_Place(path, before.count("\n") + 1, len(before) - before.rfind("\n")))
    return "".join(parts), places


def _expected(case: Case, marked: list[_Place]) -> list[tuple[_Place, str]]:
    """The places and codes of a case: those marked in the text, and those that it writes out."""
    codes = case.codes.split()
    written = [code.partition("@") for code in codes if "@" in code]
    at_marks = zip(marked, (code for code in codes if "@" not in code), strict=True)
    faults = [(place, code) for place, joined in at_marks for code in joined.split("+")]
    for code, _, place in written:
        path, *numbers = unquote(place).split(":")
        line, column = map(int, numbers) if numbers else (0, 0)
        faults.append((_Place(path, line, column), code))
    return sorted(faults)


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_each_fault_is_located(case: Case, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {}
    marked = []
    for path, text in sorted({**RECORDS, **case.files}.items()):
        files[path], places = _unmarked(path, text)
        marked += places
    found = check(write_archive(tmp_path, files))
    assert sorted((_Place(*fault[:3]), fault.code) for fault in found.problems) == _expected(case, marked)
    assert found.status == (1 if any(fault.severity == "error" for fault in found.problems) else 0)
    if case.codes not in malformed.WARNINGS:
        assert found.status == 1
    assert all(found.hints), "every problem says how to mend it"


def test_titles_are_unique_and_many() -> None:
    titles = [case.title for case in CASES]
    assert len(set(titles)) == len(titles)
    assert len(titles) >= 200
