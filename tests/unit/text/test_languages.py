from __future__ import annotations

import pytest
from babel import Locale, localedata
from babel.core import get_global

from site_builder.text import languages
from site_builder.text.languages import autonym, guess_language, is_language_tag, language, primary, script_of


@pytest.mark.parametrize(
    ("code", "direction"),
    [
        ("ar", "rtl"),
        ("ar-SY", "rtl"),
        ("fa", "rtl"),
        ("ur", "rtl"),
        ("he", "rtl"),
        ("yi", "rtl"),
        ("ps", "rtl"),
        ("sd", "rtl"),
        ("ckb", "rtl"),
        ("ug", "rtl"),
        ("dv", "rtl"),
        ("syr", "rtl"),
        ("az-Arab", "rtl"),
        ("az-IR", "rtl"),
        ("pa-PK", "rtl"),
        ("en", "ltr"),
        ("az", "ltr"),
        ("ku", "ltr"),
        ("ks-Deva", "ltr"),
        ("sd-Deva", "ltr"),
        ("ar-Latn", "ltr"),
        ("zh-Hant", "ltr"),
        ("es-419", "ltr"),
    ],
)
def test_direction(code: str, direction: str) -> None:
    assert language(code) == (code, direction)


def test_directions_are_those_of_cldr() -> None:
    for name in localedata.locale_identifiers():
        locale = Locale.parse(name)
        if not locale.variant:
            tag = name.replace("_", "-")
            assert (tag, language(tag).direction == "rtl") == (tag, locale.text_direction == "rtl")


def test_scripts_are_those_of_cldr() -> None:
    likely = get_global("likely_subtags")
    unwritten = {"Cakm", "Cans", "Cher", "Copt", "Hmnp", "Olck", "Osge", "Tavt", "Tfng", "Vaii", "Yiii"}
    for code in {name.split("_")[0] for name in localedata.locale_identifiers()} & likely.keys():
        script = likely[code].split("_")[1]
        if script not in unwritten:
            assert (code, languages.script(code)) == (code, {"Hans": "Hani", "Hant": "Hani"}.get(script, script))


@pytest.mark.parametrize(
    "code", ["", "x", "AR", "ar_SY", "ar-sy", "ar-arab", "arabic", "ar-", "en-US-posix", "ar\n", "../x"]
)
def test_tags_in_another_spelling_are_refused(code: str) -> None:
    assert not is_language_tag(code)
    with pytest.raises(ValueError, match="not a language tag"):
        language(code)


@pytest.mark.parametrize("code", ["ar", "ckb", "zh-Hant", "zh-Hant-TW", "en-GB", "es-419"])
def test_tags(code: str) -> None:
    assert is_language_tag(code)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("ar", "العربية"),
        ("ar-SY", "العربية"),
        ("en", "English"),
        ("fa", "فارسی"),
        ("fr", "Français"),
        ("pt-BR", "Português"),
        ("ru", "Русский"),
        ("ka", "ქართული"),
        ("zh-Hant", "中文"),
        ("xx", "xx"),
    ],
)
def test_autonym(code: str, name: str) -> None:
    assert autonym(code) == name


def test_primary() -> None:
    assert [primary(code) for code in ("ar", "ar-SY", "ar_SY", "zh-Hant-TW")] == ["ar", "ar", "ar", "zh"]


@pytest.mark.parametrize(
    ("ch", "script"),
    [
        ("a", "Latn"),
        ("é", "Latn"),
        ("ß", "Latn"),
        ("ع", "Arab"),
        ("پ", "Arab"),
        ("ש", "Hebr"),
        ("Я", "Cyrl"),
        ("ω", "Grek"),
        ("ܐ", "Syrc"),
        ("中", "Hani"),
        ("か", "Hira"),
        ("한", "Hang"),
        ("5", None),
        ("٥", None),
        (" ", None),
        ("،", None),
        ("ـ", None),
        ("ʿ", None),
        ("\u064e", None),
        ("!", None),
    ],
)
def test_script_of(ch: str, script: str | None) -> None:
    assert script_of(ch) == script


@pytest.mark.parametrize(
    ("text", "candidates", "guess"),
    [
        ("New York Times", ["ar", "en"], "en"),
        ("New York Times", ["ar", "fr"], "fr"),
        ("New York Times", ["ar", "de", "fr"], None),
        ("New York Times", ["ar", "fr", "en"], "en"),
        ("New York Times", ["fr", "en-GB"], "en-GB"),
        ("Café", ["fr", "en"], "en"),
        ("القاهرة", ["en", "ar"], "ar"),
        ("القاهرة", ["ar", "fa", "ur"], None),
        ("الحكومة علي", ["ar", "fa", "ur"], "ar"),
        ("گفتگو", ["ar", "fa"], "fa"),
        ("گفتگو", ["ar"], "ar"),
        ("پاکستان", ["ar", "ur"], "ur"),
        ("ٹھیک ہے", ["ar", "fa", "ur"], "ur"),
        ("محمد", ["ar", "fa"], None),
        ("الْقَاهِرَة ـ 5", ["ar"], "ar"),
        ("Москва", ["ar", "en"], None),
        ("Москва", ["ar", "ru"], "ru"),
        ("東京の", ["zh", "ja"], "ja"),
        ("John عمر", ["ar", "en"], None),
        ("2016", ["ar", "en"], None),
        ("", ["en"], None),
        ("name", [], None),
        ("name", ["en", "en"], "en"),
    ],
)
def test_guess_language(text: str, candidates: list[str], guess: str | None) -> None:
    assert guess_language(text, candidates) == guess


@pytest.mark.parametrize(
    ("code", "known"),
    [("ar", True), ("ar-SY", True), ("zh-TW", True), ("pt-BR", True), ("ar-ZZ", False), ("zz", False), ("x", False)],
)
def test_locales_that_cldr_has(code: str, known: bool) -> None:
    assert languages.is_cldr_locale(code) is known
