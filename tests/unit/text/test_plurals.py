from __future__ import annotations

import pytest

from site_builder.text.plurals import CATEGORIES, categories, category


@pytest.mark.parametrize(
    ("n", "form"),
    [
        (0, "zero"),
        (1, "one"),
        (2, "two"),
        (3, "few"),
        (10, "few"),
        (11, "many"),
        (99, "many"),
        (100, "other"),
        (102, "other"),
        (103, "few"),
        (111, "many"),
    ],
)
def test_arabic(n: int, form: str) -> None:
    assert category(n, "ar") == form
    assert category(n, "ar-SY") == form


@pytest.mark.parametrize(
    ("n", "locale", "form"),
    [(0, "en", "other"), (1, "en", "one"), (0, "fr", "one"), (21, "ru", "one"), (5, "ru", "many"), (7, "xx", "other")],
)
def test_other_languages(n: int, locale: str, form: str) -> None:
    assert category(n, locale) == form


def test_categories() -> None:
    assert categories("ar") == CATEGORIES
    assert categories("en") == ("one", "other")
    assert categories("ja") == ("other",)
