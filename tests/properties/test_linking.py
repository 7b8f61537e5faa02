"""What holds of names in every text."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from site_builder.linking import find
from site_builder.reading.prose import prose
from site_builder.text import analysis
from tests.linking import development

VOCABULARY = development.vocabulary()
NAMES = [name for entity in development.entities() for group in entity.names for name in group]
PIECES = st.sampled_from(
    [
        *NAMES,
        "و",
        "ب",
        "لل",
        " ",
        " ",
        " ",
        "-",
        "،",
        ". ",
        "قال",
        "said",
        "Mr",
        "’s",
        "\u0640",
        "\u064e",
        "\u200c",
        "\u0301",
    ]
    + ["the", "of", "\n", "\n\n", "`", "[[", "]]", "](", "#", "Foundation", "مؤسسة", "\ufefc", "é", "İ", "\ufdfa"]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=30)


@given(TEXTS)
def test_offsets_slice_to_the_surface(text: str) -> None:
    links = find(text, VOCABULARY)
    for one in (*links.mentions, *links.unresolved):
        assert one.surface
        assert text[one.start : one.end] == one.surface
    for one, other in zip(links.mentions, links.mentions[1:], strict=False):
        assert one.end <= other.start


@given(TEXTS)
def test_folding_is_idempotent(text: str) -> None:
    assert analysis.fold(analysis.fold(text)) == analysis.fold(text)


@given(TEXTS)
def test_composed_and_decomposed_texts_have_the_same_names(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    one, other = find(composed, VOCABULARY), find(decomposed, VOCABULARY)
    assert [(m.entity, unicodedata.normalize("NFC", m.surface)) for m in one.mentions] == [
        (m.entity, unicodedata.normalize("NFC", m.surface)) for m in other.mentions
    ]


@given(TEXTS)
def test_finding_twice_finds_the_same(text: str) -> None:
    assert find(text, VOCABULARY) == find(text, development.vocabulary() if len(text) > 200 else VOCABULARY)


@given(TEXTS)
def test_prose_keeps_offsets(text: str) -> None:
    assert len(prose(text)) == len(text)
    assert all(mine == theirs or theirs == "\ufffc" for mine, theirs in zip(text, prose(text), strict=True))
