from __future__ import annotations

import pytest

from site_builder.problems import Location, Problem
from site_builder.reading.frontmatter import Parts, split


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("---\na: b\n---\nText.\n", Parts("a: b", 2, "Text.\n", 4)),
        ("---  \na: b\n---\t\nText.", Parts("a: b", 2, "Text.", 4)),
        ("---\n---\n", Parts("", 2, "", 3)),
        ("---\na: b\n---", Parts("a: b", 2, "", 3)),
        ("---\na: |\n  ---\n---\nx\n\n---\n", Parts("a: |\n  ---", 2, "x\n\n---\n", 5)),
    ],
)
def test_a_text_is_divided_at_its_fences(text: str, parts: Parts) -> None:
    assert split(text, "x.md") == parts


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("", "no-front-matter", "begin the file with a line ---"),
        ("Text.", "no-front-matter", "begin the file with a line ---"),
        ("\n\n---\na: b\n---\n", "no-front-matter", "has to be the very first"),
        ("---", "unclosed-front-matter", "after line 1"),
        ("---\ntitle: x\ndate: y\n\nText.", "unclosed-front-matter", "after line 3"),
        ("---\ntitle: x\n...\nText.", "unclosed-front-matter", "write --- in line 3"),
        ("---\ntitle: x\n ---\nText.", "unclosed-front-matter", "write --- in line 3"),
    ],
)
def test_missing_fences_are_told_with_their_place(text: str, code: str, hint: str) -> None:
    found = split(text, "x.md")
    assert isinstance(found, Problem)
    assert (found.code, found.location) == (code, Location("x.md", 1, 1))
    assert hint in found.hint
