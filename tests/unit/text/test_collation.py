from __future__ import annotations

import random

import pytest

from site_builder.text.collation import alphabet, index_letter, sort_key


def in_order(names: list[str], language: str, ignore_article: bool = False) -> bool:
    shuffled = random.Random(1).sample(names, len(names))
    return sorted(shuffled, key=lambda name: sort_key(name, language, ignore_article)) == names


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("ar", ["ءاية", "أحمد", "إدلب", "آدم", "باسل", "تونس", "مصر", "ؤ", "يمن", "2254", "John Kerry"]),
        ("ar", ["أحمد", "الأمم المتحدة", "الجزيرة", "بيروت"]),
        ("ar", ["مدين", "مدينت", "مدينة", "مدينه"]),
        ("ar", ["علي", "على", "عمر"]),
        ("fa", ["آب", "اب", "ئب", "بابا", "کتاب", "گرگ", "وان", "هاشم", "یک"]),
        ("ur", ["اب", "أب", "آب", "بھ", "ٹ", "ہاں", "ھ", "یہ", "ے"]),
        ("he", ["אב", "מכ", "מך", "מל", "תל"]),
        ("ru", ["ёлка", "Ель", "икс", "йод", "Эхо", "юг"]),
        ("en", ["al-Assad", "Alassad", "ʿAli", "alpha", "De Mistura", "Dean", "Éire", "O'Brien", "Ørsted", "Zed"]),
        ("fr", ["eau", "Éire", "été", "Zed"]),
    ],
)
def test_order(language: str, names: list[str]) -> None:
    assert in_order(names, language)


def test_order_without_the_article() -> None:
    assert in_order(
        ["الله أكبر", "الياس", "الأمم المتحدة", "تونس", "«الجزيرة»", "العراق", "القاهرة", "مصر"], "ar", True
    )


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("آدم", "ا"),
        ("أحمد", "ا"),
        ("إدلب", "ا"),
        ("ٱلله", "ا"),
        ("ءاية", "ا"),
        ("ؤ", "و"),
        ("ئاب", "ي"),
        ("ى", "ي"),
        ("ة", "ت"),
        ("«الجزيرة»", "ا"),
        ("(مصر)", "م"),
        ("2254", "#"),
        ("٢٢", "#"),
        ("John", "#"),
        ("…", "#"),
        ("", "#"),
    ],
)
def test_arabic_headings(text: str, letter: str) -> None:
    assert index_letter(text, "ar") == letter
    assert index_letter(text, "ar-SY") == letter


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("القاهرة", "ق"),
        ("«الجزيرة»", "ج"),
        ("الأمم المتحدة", "ا"),
        ("اَلْعِراق", "ع"),
        ("ٱلعراق", "ع"),
        ("الـقدس", "ق"),
        ("الله", "ا"),
        ("الياس", "ا"),
        ("المانيا", "ا"),
        ("ألمانيا", "ا"),
        ("ال", "ا"),
        ("الو", "ا"),
    ],
)
def test_headings_without_the_article(text: str, letter: str) -> None:
    assert index_letter(text, "ar", ignore_article=True) == letter


def test_the_article_is_ignored_in_arabic_only() -> None:
    assert index_letter("القاهره", "fa", ignore_article=True) == "ا"


@pytest.mark.parametrize(
    ("text", "language", "letter"),
    [
        ("Éire", "en", "E"),
        ("æon", "en", "A"),
        ("þing", "en", "T"),
        ("عمر", "en", "#"),
        ("آب", "fa", "آ"),
        ("علي", "fa", "ع"),
        ("كتاب", "fa", "ک"),
        ("آم", "ur", "ا"),
        ("ךא", "he", "כ"),
        ("Ёлка", "ru", "Е"),
        ("йод", "ru", "Й"),
        ("été", "fr", "E"),
        ("東京", "ja", "東"),
        ("7", "fr", "#"),
    ],
)
def test_headings_of_other_languages(text: str, language: str, letter: str) -> None:
    assert index_letter(text, language) == letter


def test_alphabets() -> None:
    assert "".join(alphabet("ar")) == "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    assert alphabet("ar-SY") == alphabet("ar")
    assert len(alphabet("fa")) == 33
    assert alphabet("en")[0] == "A"
    assert alphabet("fr") == ()
