"""Small archives made of a few texts, and the problems that `check` finds in an archive."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from site_builder.cli import main

SITE = """\
title: {ar: أرشيف, en: Archive}
languages: [ar, en]
default_language: ar
base_url: https://example.org/archive/
social_cards: false
"""


class Found(NamedTuple):
    """A problem as `check --format json` prints it, without its words; the path is relative to the content folder."""

    path: str
    line: int
    column: int
    severity: str
    code: str


class Checked(NamedTuple):
    """What a run of `check` gave: exit status, problems in order, and their hints."""

    status: int
    problems: list[Found]
    hints: list[str]


def write_archive(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a content folder below `root`, with settings where `files` has none; its path."""
    content = root / "content"
    for path, text in {"site.yaml": SITE, **files}.items():
        target = content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return content


def check(content: Path, *more: str, notes: bool = False) -> Checked:
    """Run the command line's `check` over a content folder; without its notes unless asked for them.

    Nothing may be printed beside the JSON.
    """
    printed, complaints = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(complaints):
        status = main(["check", "--fresh", "--jobs", "1", "--format", "json", "--content", str(content), *more])
    assert complaints.getvalue() == ""
    problems, hints = [], []
    for problem in json.loads(printed.getvalue())["problems"]:
        assert problem["message"]
        if problem["severity"] == "note" and not notes:
            continue
        path = problem["path"].removeprefix(content.as_posix()).removeprefix("/")
        problems.append(Found(path, problem["line"], problem["column"], problem["severity"], problem["code"]))
        hints.append(problem["hint"])
    return Checked(status, problems, hints)
