"""What holds of every text, whatever it is."""

from __future__ import annotations

import re

import markdown
from hypothesis import given
from hypothesis import strategies as st

from site_builder.reading.isolation import IsolationExtension
from site_builder.text import bidi, collation, orthography
from site_builder.text.languages import Direction

ISOLATES = "\u2066\u2067\u2068\u2069"
PIECES = st.sampled_from(
    [
        "قال", "و", "ב", "London", "ISSG", "U.N", "C", "é", "km", "2016", "23", "5", "٢٣", "۵", "+", "-", "%", "$",
        "#", "@", ".", ",", "،", ":", "/", "(", ")", "«", "»", "“", "”", '"', "[", "]", " ", " ", " ", "\u00a0",
        "\n", "\u064e", "\u200c", "https://a.b/", "00963", "(2015)",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=20)
PLAIN = TEXTS.map(lambda text: "".join(ch for ch in text if ch not in ISOLATES))
DIRECTIONS = st.sampled_from(["ltr", "rtl"])
LANGUAGES = st.sampled_from(["ar", "fa", "ur", "he", "ru", "en", "fr", "ckb"])


def without_isolates(text: str) -> str:
    return "".join(ch for ch in text if ch not in ISOLATES)


def balanced(text: str) -> bool:
    depth = 0
    for ch in text:
        depth += (ch in ISOLATES[:3]) - (ch == ISOLATES[3])
        if depth < 0:
            return False
    return depth == 0


@given(TEXTS, DIRECTIONS)
def test_runs_are_in_order_and_apart(text: str, direction: Direction) -> None:
    end = 0
    for run in bidi.opposite_runs(text, direction):
        assert end <= run.start < run.end <= len(text)
        assert run.direction != direction
        assert text[run.start : run.end].strip() == text[run.start : run.end]
        end = run.end


@given(PLAIN, DIRECTIONS)
def test_every_letter_of_the_other_direction_is_in_a_run(text: str, direction: Direction) -> None:
    runs = bidi.opposite_runs(text, direction)
    for place, ch in enumerate(text):
        if bidi.first_strong(ch) == bidi.other(direction):
            assert any(run.start <= place < run.end for run in runs), place


@given(TEXTS | st.text("قال 0012-–., \n"), DIRECTIONS)
def test_a_text_that_looks_plain_has_no_runs(text: str, direction: Direction) -> None:
    if bidi.is_plain(text, direction):
        assert not list(bidi._Finder(text, direction).runs())


QUOTATIONS = st.tuples(PLAIN, PLAIN, PLAIN, PLAIN).map(lambda parts: "{}«قال {} (John) {} قال»{}".format(*parts))


@given(PLAIN | QUOTATIONS, DIRECTIONS)
def test_runs_within_runs_are_shorter_and_turn_back(text: str, direction: Direction) -> None:
    for run in bidi.opposite_runs(text, direction):
        inner = text[run.start : run.end]
        for within in bidi.inner_runs(inner, run.direction):
            assert within.direction == direction
            assert 0 < within.end - within.start < len(inner)


@given(PLAIN | QUOTATIONS, DIRECTIONS)
def test_isolation_is_balanced_reversible_and_done_once(text: str, direction: Direction) -> None:
    isolated = bidi.isolate_plain(text, direction)
    assert balanced(isolated)
    assert without_isolates(isolated) == text
    assert bidi.isolate_plain(isolated, direction) == isolated
    title = bidi.title_text(text, direction)
    assert bidi.title_text(title, direction) == title


MARKUP = st.sampled_from(
    ["*", "**", "`", "[", "](x)", "<b>", "</b>", "&amp;", "\\#", "  \n", "\n\n", "- ", "> ", "<https://a.org>"]
)
ADDED = re.compile(r'<span dir="(?:ltr|rtl)"(?: lang="(?:ar|en)")?>|<bdi dir="(?:ltr|rtl)">|</span>|</bdi>')


@given(
    st.lists(PIECES | MARKUP | st.sampled_from(["«قال", "قال»", "«The", "said»"]), max_size=20).map("".join),
    st.sampled_from(["ar", "en"]),
)
def test_isolation_only_adds_elements(text: str, language: str) -> None:
    isolated = markdown.markdown(text, extensions=[IsolationExtension(language, ("ar", "en"))])
    bare = ADDED.sub("", isolated).replace('<pre dir="ltr">', "<pre>").replace('<code dir="ltr">', "<code>")
    assert bare == markdown.markdown(text)


@given(st.text(alphabet=ISOLATES + "aب \u202b\u202c\u200f\ufeb3\ufd3e\ufdfa", max_size=12) | st.text())
def test_a_repaired_text_needs_no_repair(text: str) -> None:
    repaired, faults = orthography.repair(text)
    assert orthography.repair(repaired) == (repaired, ())
    assert balanced(repaired)
    assert (repaired == text) == (not faults)
    assert all(0 <= fault.start < fault.end <= len(text) for fault in faults)


@given(st.lists(TEXTS, max_size=6), LANGUAGES, st.booleans())
def test_order_is_total_and_keeps_headings_together(texts: list[str], language: str, article: bool) -> None:
    keys = {text: collation.sort_key(text, language, article) for text in texts}
    assert len(set(keys.values())) == len(keys)
    headings = [collation.index_letter(text, language, article) for text in sorted(keys, key=keys.__getitem__)]
    changes = [b for a, b in zip([""] + headings, headings, strict=False) if a != b]
    assert len(changes) == len(set(changes))
    letters = collation.alphabet(language)
    if letters:
        assert set(headings) <= {*letters, collation.OTHER_HEADING}
        assert changes == sorted(changes, key=[*letters, collation.OTHER_HEADING].index)
