from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from bidi.mirror import MIRRORED
from hypothesis import given
from hypothesis import strategies as st

from site_builder import shaping
from site_builder.shaping import visual
from site_builder.text.languages import Direction

SYRIA = "\ufe8e\ufef3\ufead\ufeee\ufeb3"  # سوريا in presentation forms, last letter first
FI = "\ufef2\ufed3"  # في


@pytest.mark.parametrize(
    ("logical", "shown"),
    [
        ("سوريا", SYRIA),
        ("سلام", "\ufee1\ufefc\ufeb3"),
        ("لآ لأ لإ لا", "\ufefb \ufef9 \ufef7 \ufef5"),
        ("فلآ فلأ فلإ فلا", "\ufefc\ufed3 \ufefa\ufed3 \ufef8\ufed3 \ufef6\ufed3"),
        ("عبد الله", "\ufdf2 \ufeaa\ufe92\ufecb"),
        ("اللهب", "\ufe90\ufeec\ufee0\ufedf\ufe8d"),
        ("پژوهش", "\ufeb6\ufeeb\ufeed\ufb8b\ufb58"),
        ("گفتگو", "\ufeee\ufb95\ufe98\ufed4\ufb94"),
        ("می\u200cخواهم", "\ufee2\ufeeb\ufe8d\ufeee\ufea7\ufbfd\ufee3"),
        ("ٹھیک ہے", "\ufbaf\ufba8 \ufb8f\ufbff\ufbad\ufb68"),
        ("٢٠١٦", "٢٠١٦"),
        ("", ""),
    ],
)
def test_arabic_letters_are_joined_and_run_from_the_right(logical: str, shown: str) -> None:
    assert visual(logical, "rtl") == shown


@pytest.mark.parametrize(
    ("logical", "direction", "shown"),
    [
        ("سوريا (ISSG) في", "rtl", f"{FI} (ISSG) {SYRIA}"),
        ("«سوريا»", "rtl", f"«{SYRIA}»"),
        ("سوريا [في] {في}", "rtl", f"{{{FI}}} [{FI}] {SYRIA}"),
        ("22 سوريا/في 2016", "rtl", f"2016 {FI}/{SYRIA} 22"),
        ("سوريا 2016-2019", "rtl", f"2019-2016 {SYRIA}"),
        ("سوريا ISSG 23 في", "rtl", f"{FI} ISSG 23 {SYRIA}"),
        ("سوريا…", "rtl", f"…{SYRIA}"),
        ("ISSG…", "rtl", "…ISSG"),
        ("in سوريا (في) now", "ltr", f"in ({FI}) {SYRIA} now"),
        ("in (سوريا) now", "ltr", f"in ({SYRIA}) now"),
        ("plain (text) 1 < 2", "ltr", "plain (text) 1 < 2"),
        ("שלום (12) ab", "rtl", "ab (12) םולש"),
    ],
)
def test_mixed_runs_digits_and_brackets(logical: str, direction: Direction, shown: str) -> None:
    assert visual(logical, direction) == shown


def test_isolates_order_their_content_and_leave_no_trace() -> None:
    assert visual("سوريا \u206625 km\u2069 في", "rtl") == f"{FI} 25 km {SYRIA}"
    assert visual("سوريا 25 km في", "rtl") == f"{FI} km 25 {SYRIA}"
    assert visual("a \u2067سوريا!\u2069 b", "ltr") == f"a !{SYRIA} b"
    assert visual("\u2067سوريا", "ltr") == SYRIA
    assert visual("\u2069a\u200f\u202b\ufeff", "ltr") == "a"


def test_vowel_marks_go_and_a_hamza_stays() -> None:
    assert visual("مُحَمَّد", "rtl") == visual("محمد", "rtl")
    assert visual("ا\u0654", "rtl") == "\ufe83"
    assert visual("خانه\u0654", "rtl") == "\ufba5\ufee7\ufe8e\ufea7"


def test_marks_of_other_scripts_follow_their_base() -> None:
    assert visual("ש\u05b8ל", "rtl") == "לש\u05b8"
    assert visual("ש\u05b8\u05bcל", "rtl") == "לש\u05b8\u05bc"
    assert visual("ab ש\u05b8", "ltr") == "ab ש\u05b8"
    assert visual("q\u0323\u0301", "rtl") == "q\u0323\u0301"
    assert visual("x\u0301(\u05d0\u05b8)", "rtl") == "(\u05d0\u05b8)x\u0301"


def test_a_joiner_does_not_displace_a_ligature() -> None:
    assert visual("ه\u200d لا", "rtl") == "\ufefb \ufeeb"


def test_a_reshaper_set_up_in_the_environment_is_not_heeded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "reshaper.ini"
    file.write_text("[ArabicReshaper]\ndelete_harakat = no\nuse_unshaped_instead_of_isolated = yes\n")
    monkeypatch.setenv("PYTHON_ARABIC_RESHAPER_CONFIGURATION_FILE", str(file))
    shaping._reshaper.cache_clear()
    assert visual("دَ", "rtl") == "\ufea9"
    shaping._reshaper.cache_clear()


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\u2028", "\u2029", "\x85", "\x0b"])
def test_more_than_a_line_is_refused(separator: str) -> None:
    with pytest.raises(ValueError, match="single line"):
        visual(f"a{separator}b", "ltr")


def test_tabs_and_controls_do_not_get_through() -> None:
    assert visual("a\tb\x1b[31m\x01\x02\ufffc", "ltr") == "a b[31m"


@given(st.text(alphabet="ab1 .,([{<\u05d0\u05d1\u05b8\u0301\u0660\u2066\u2067\u2068\u2069"), st.booleans())
def test_nothing_is_lost_and_brackets_only_turn_round(line: str, rtl: bool) -> None:
    def upright(text: str) -> list[str]:
        return sorted(min(character, MIRRORED.get(character, character)) for character in text)

    composed = unicodedata.normalize("NFC", line)
    kept = [character for character in composed if not "\u2066" <= character <= "\u2069"]
    assert upright(visual(line, "rtl" if rtl else "ltr")) == upright("".join(kept))
