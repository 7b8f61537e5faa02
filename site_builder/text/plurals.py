"""Plural categories: which form of a counted message a number takes (CLDR plural rules, UTS #35 part 3)."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from site_builder.text.languages import cldr_locale

Category = Literal["zero", "one", "two", "few", "many", "other"]

CATEGORIES: tuple[Category, ...] = ("zero", "one", "two", "few", "many", "other")
"""All categories in CLDR's order."""


def category(n: int, locale: str) -> Category:
    """The plural category of the number `n` (0 or more) in the locale."""
    tag = cldr_locale(locale).plural_form(n)
    return next(name for name in CATEGORIES if name == tag)


@lru_cache(maxsize=64)
def categories(locale: str) -> tuple[Category, ...]:
    """The categories that the locale distinguishes, in CLDR's order; `other` is always the last."""
    tags = cldr_locale(locale).plural_form.tags
    return tuple(name for name in CATEGORIES if name in tags or name == "other")
