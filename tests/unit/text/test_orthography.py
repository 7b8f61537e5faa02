from __future__ import annotations

import pytest

from site_builder.text.orthography import Fault, repair


def test_a_sound_text_comes_back_itself() -> None:
    text = "قال «دي ميستورا»: می\u200cخواهم \u2066John\u2069"
    assert repair(text) == (text, ())


def test_presentation_forms_become_letters() -> None:
    assert repair("x \ufee3\ufeb4\ufe98\ufed8\ufe92\ufede") == ("x مستقبل", (Fault(2, 8, "presentation-form"),))
    assert repair("\ufefb") == ("لا", (Fault(0, 1, "presentation-form"),))
    assert repair("\ufb57\ufb90") == ("پک", (Fault(0, 2, "presentation-form"),))


def test_marks_without_a_letter_bring_no_space() -> None:
    assert repair("ب\ufe76ت")[0] == "ب\u064eت"


@pytest.mark.parametrize("sign", ["\ufd3e", "\ufd3f", "\ufdf2", "\ufdfa", "\ufdfd", "\ufbb2"])
def test_signs_stay(sign: str) -> None:
    assert repair(sign) == (sign, ())


@pytest.mark.parametrize("control", ["\u200e", "\u200f", "\u061c", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e"])
def test_direction_controls_go(control: str) -> None:
    assert repair(f"a{control}b") == ("ab", (Fault(1, 2, "bidi-control"),))


def test_isolates_without_a_partner_go() -> None:
    assert repair("a\u2069 \u2066b\u2069 \u2067c") == (
        "a \u2066b\u2069 c",
        (Fault(1, 2, "bidi-control"), Fault(7, 8, "bidi-control")),
    )


def test_faults_are_in_the_order_of_the_text() -> None:
    _, faults = repair("\u2067\ufee3\u200f")
    assert [fault.start for fault in faults] == [0, 1, 2]


def test_an_isolate_ends_with_its_paragraph() -> None:
    apart = "\u2067a\n\nb\u2069"
    assert repair(apart)[0] == "a\n\nb"
    together = "\u2067a\nb\u2069"
    assert repair(together) == (together, ())
