"""Writing what was found, once and again; and who is proposed."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder import annotate
from site_builder.linking import find
from site_builder.proposals import propose
from tests.linking import development
from tests.properties.test_linking import TEXTS

NAMES = development.vocabulary()
PIECES = [
    "President",
    "the",
    "minister",
    "of",
    "Foreign",
    "Affairs",
    ",",
    ".",
    "-",
    "Ana",
    "Ruiz",
    "de",
    "J.",
    "said",
    "\n",
    "John Kerry",
    "London",
    "Turkey",
    "الرئيس",
    "وزير",
    "لوزير",
    "الخارجية",
    "سامح",
    "شكري",
    "عبد",
    "الله",
    "قال",
    "إن",
    "،",
    "جون كيري",
    "نظيره",
    "في",
    "المتحدث",
    "باسم",
    "\ufffc",
    "٣",
    "\u0640",
    "و",
]
HEADS = st.sampled_from(
    [
        "title: x\npeople: [john-kerry]\n",
        "people:\n  - bill-clinton\n  - hillary-clinton # both\nplaces: []\n",
        "title: x\n",
        "",
        "organizations:\nmentions: {Hope: none}\n",
    ]
)


@settings(deadline=None, max_examples=60)
@given(HEADS, TEXTS, HEADS, TEXTS, st.sampled_from(["\n", "\r\n"]))
def test_a_second_time_adds_nothing(head: str, text: str, other_head: str, other: str, end: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / "index.ar.md", Path(folder) / "index.en.md"]
        bodies = [text.replace("\n", end), other.replace("\n", end)]
        for path, keys, body in zip(paths, (head, other_head), bodies, strict=True):
            path.write_bytes((f"---\n{keys}---\n".replace("\n", end) + body).encode("utf-8", "ignore"))
        annotate.write(paths, Path(folder) / "content", ("ar", "en"), NAMES)
        written = [path.read_bytes() for path in paths]
        assert annotate.write(paths, Path(folder) / "content", ("ar", "en"), NAMES) == ([], {})
        assert [path.read_bytes() for path in paths] == written
        for path, body in zip(paths, bodies, strict=True):
            assert path.read_bytes().endswith(f"---{end}{body}".encode("utf-8", "ignore"))


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=16).map(" ".join))
def test_who_is_proposed_stands_in_the_text_and_in_no_mention(text: str) -> None:
    links = find(text, NAMES)
    lines = re.split("\r\n|\r|\n", text)
    named = {one.surface for one in links.mentions}
    for one in propose(text, links):
        assert one.lines
        assert all(1 <= line <= len(lines) for line in one.lines)
        assert one.name in " ".join(text.split())
        assert one.title
        assert one.name not in named
