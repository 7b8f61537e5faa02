from __future__ import annotations

import pytest
from babel import localedata

from site_builder.text.numerals import (
    NUMBERING,
    Numbering,
    digits,
    format_number,
    format_percent,
    to_ascii_digits,
)

CONTROLS = set("\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize(("numbering", "text"), [("latn", "في 2016"), ("arab", "في ٢٠١٦"), ("arabext", "في ۲۰۱۶")])
def test_digits(numbering: Numbering, text: str) -> None:
    assert digits("في 2016", numbering) == text
    assert to_ascii_digits(text) == "في 2016"


@pytest.mark.parametrize(
    ("value", "locale", "numbering", "text"),
    [
        (1234567.25, "ar", "latn", "1,234,567.25"),
        (1234567.25, "ar", "arab", "١٬٢٣٤٬٥٦٧٫٢٥"),
        (1234567.25, "fa", "arabext", "۱٬۲۳۴٬۵۶۷٫۲۵"),
        (1234567, "fr", "latn", "1\u202f234\u202f567"),
        (1234567, "de", "latn", "1.234.567"),
        (5, "ar-SY", "arab", "٥"),
        (0.12345, "en", "latn", "0.123"),
        (1234, "xx", "latn", "1,234"),
    ],
)
def test_format_number(value: float, locale: str, numbering: Numbering, text: str) -> None:
    assert format_number(value, locale, numbering) == text


@pytest.mark.parametrize(
    ("locale", "numbering", "text"),
    [("ar", "latn", "25%"), ("ar", "arab", "٢٥٪"), ("fa", "arabext", "۲۵٪"), ("fr", "latn", "25\xa0%")],
)
def test_format_percent(locale: str, numbering: Numbering, text: str) -> None:
    assert format_percent(0.25, locale, numbering).replace("\u202f", "\xa0") == text


def test_no_language_brings_direction_marks() -> None:
    for name in localedata.locale_identifiers():
        for numbering in NUMBERING:
            text = format_number(-1234.5, name, numbering) + format_percent(-0.25, name, numbering)
            assert not CONTROLS & set(text), name
