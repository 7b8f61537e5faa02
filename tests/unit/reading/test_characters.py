from __future__ import annotations

import pytest

from site_builder.problems import Location
from site_builder.reading.characters import clean, escaped
from site_builder.reading.positions import Positions

FORMS = "\ufee3\ufeae\ufea3\ufe92\ufe8e"


def test_a_sound_text_is_left_as_it_is() -> None:
    text = "---\ntitle: نص 2016 — \u200c\u200d x\ty\n---\n&amp; &#1575; &copy;\n\u2067نص\u2069\n"
    assert clean(text, "x") == (text, [])


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("a\0b\0", [("nul-byte", 1, 2)]),
        ("a\n\0b", [("nul-byte", 2, 1)]),
        ("\x1b[0m", [("control-character", 1, 1)]),
        ("نص\x7f", [("control-character", 1, 3)]),
        ("a\u2028b\u0085c", [("control-character", 1, 2)]),
        ("a\ufeffb", [("control-character", 1, 2)]),
        (f"ab {FORMS}", [("presentation-form", 1, 4)]),
        ("\u200fa\n\u200fb", [("bidi-control", 1, 1), ("bidi-control", 2, 1)]),
        ("a &rlm; b", [("bidi-control", 1, 3)]),
        ("a &#x202e; b &#8206;", [("bidi-control", 1, 3)]),
        ("a &#xFEFB;", [("presentation-form", 1, 3)]),
        (f"{FORMS}\u202e\0", [("nul-byte", 1, 7), ("presentation-form", 1, 1), ("bidi-control", 1, 6)]),
    ],
)
def test_unclean_characters_are_located_once_a_line(text: str, faults: list[tuple[str, int, int]]) -> None:
    problems = clean(text, "x")[1]
    assert [(p.code, p.location.line, p.location.column) for p in problems] == faults


def test_the_hint_is_the_text_mended() -> None:
    assert clean(f"قال {FORMS} اليوم", "x")[1][0].hint == "write: “قال مرحبا اليوم”"
    assert clean("نص\u200f &rlm;آخر", "x")[1][0].hint == "write: “نص آخر”"


def test_control_characters_are_replaced_so_that_places_stay() -> None:
    assert clean("a\0b\u2028c", "x")[0] == "a\ufffdb\ufffdc"


def test_escapes_of_yaml_hide_nothing() -> None:
    at = Location("x", 3, 4)
    assert [p.code for p in escaped("a\u202e\0", 'a: "a\\u202e\\0"', at)] == ["nul-byte", "bidi-control"]
    assert escaped("\u202e", "a: \u202e", at) == [], "what stands in the text itself is told of elsewhere"


def test_a_text_full_of_faults_is_read_in_one_pass() -> None:
    assert len(clean(f"{FORMS} " * 100_000, "x")[1]) == 1
    assert len(clean(f"{FORMS}\n" * 2_000, "x")[1]) == 2_000


def test_positions_count_from_where_the_text_begins() -> None:
    text = Positions("ab\nc\n", "x", line=5, column=3)
    places = [text.at(offset)[1:] for offset in range(6)]
    assert places == [(5, 3), (5, 4), (5, 5), (6, 1), (6, 2), (7, 1)]
    assert text.from_(Location("x", 6, 1)).text == "c\n"
    assert text.from_(Location("x", 5, 4)).at(0) == Location("x", 5, 4)
    assert text.line_of(4) == (3, "c")
