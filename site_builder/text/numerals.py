"""Digits and numbers as the reader's setting wants them written.

Grouping, decimal signs and the place of the percent sign are CLDR's (through Babel); the digits are those
of a CLDR numbering system.
"""

from __future__ import annotations

import functools
from typing import Literal

from site_builder.text.languages import cldr_locale

Numbering = Literal["latn", "arab", "arabext"]

NUMBERING: dict[Numbering, str] = {
    "latn": "0123456789",
    "arab": "٠١٢٣٤٥٦٧٨٩",
    "arabext": "۰۱۲۳۴۵۶۷۸۹",
}
"""Each numbering system (CLDR identifier) and its digits from zero to nine."""

_TABLES = {name: str.maketrans(NUMBERING["latn"], row) for name, row in NUMBERING.items()}

_ASCII = str.maketrans({ch: NUMBERING["latn"][n] for row in NUMBERING.values() for n, ch in enumerate(row)})

# CLDR surrounds some signs with direction marks; here isolation is the page's work, not the number's.
_MARKS = str.maketrans(dict.fromkeys("\u200e\u200f\u061c"))


def digits(text: str, numbering: Numbering) -> str:
    """The text with its digits 0-9 replaced by those of the numbering system; nothing else changes."""
    return text.translate(_TABLES[numbering])


def to_ascii_digits(text: str) -> str:
    """The text with the digits of every numbering system here written 0-9."""
    return text.translate(_ASCII)


@functools.lru_cache(maxsize=4096)
def format_number(value: int | float, locale: str, numbering: Numbering, decimals: int = 3) -> str:
    """A number with CLDR's grouping and decimal sign, at most so many decimals, half to even.

    The Arabic systems always have U+066C and U+066B as signs. No direction marks are added.
    """
    from babel.numbers import format_decimal

    data = cldr_locale(locale)
    whole, _, _ = data.decimal_formats[None].pattern.partition(".")
    text = format_decimal(value, f"{whole}.{'#' * decimals}", locale=data, numbering_system=numbering)
    return digits(text.translate(_MARKS), numbering)


def format_percent(value: float, locale: str, numbering: Numbering) -> str:
    """A share (0.25 is a quarter) as whole per cent; the sign is U+066A with the Arabic systems."""
    from babel import numbers

    text = numbers.format_percent(value, locale=cldr_locale(locale), numbering_system=numbering)
    text = digits(text.translate(_MARKS), numbering)
    return text if numbering == "latn" else text.replace("%", "٪")
