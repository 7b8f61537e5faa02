"""Writing what was found, once and again."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder import annotate
from tests.linking import development
from tests.properties.test_linking import TEXTS

NAMES = development.vocabulary()
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
