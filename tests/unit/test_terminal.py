from __future__ import annotations

import pytest

from site_builder.terminal import for_terminal


@pytest.mark.parametrize(
    ("text", "logical", "shaped"),
    [
        ("no such person", "no such person", "no such person"),
        ("title: «في» (3)", "title: «\u2067في\u2069» (3)", "title: «\ufef2\ufed3» (3)"),
        ("a: في\nb: لا\n", "a: \u2067في\u2069\nb: \u2067لا\u2069\n", "a: \ufef2\ufed3\nb: \ufefb\n"),
        ("", "", ""),
    ],
)
def test_logical_order_in_isolates_or_visual_order(text: str, logical: str, shaped: str) -> None:
    assert for_terminal(text, shape=False) == logical
    assert for_terminal(text, shape=True) == shaped


def test_any_line_break_is_one() -> None:
    assert for_terminal("a\r\nb\u2028c", shape=True) == "a\nb\nc"


def test_the_order_of_a_path_and_position_is_kept() -> None:
    shown = for_terminal("articles/x/index.ar.md:3:5: «دي ميستورا» matches 2 records", shape=True)
    assert shown.startswith("articles/x/index.ar.md:3:5: ")
    assert shown.endswith(" matches 2 records")
