from __future__ import annotations

import datetime
import subprocess
import sys

import pytest
from babel import localedata

from site_builder.text.dates import (
    Months,
    PartialDate,
    PartialDateError,
    contains,
    earliest,
    format_date,
    format_hijri,
    hijri_to_gregorian,
    iso,
    latest,
    parse_partial,
)

DAY, MONTH, YEAR = PartialDate(2016, 9, 22), PartialDate(2016, 9), PartialDate(2016)


@pytest.mark.parametrize(("text", "date"), [("2016", YEAR), ("2016-09", MONTH), ("2016-09-22", DAY)])
def test_reading_and_writing(text: str, date: PartialDate) -> None:
    assert parse_partial(text) == date
    assert iso(date) == text


def test_early_years_have_four_digits() -> None:
    assert iso(parse_partial("0622-07-16")) == "0622-07-16"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "form"),
        ("16", "form"),
        ("0000", "form"),
        ("2016-9", "form"),
        ("2016-09-22T10:00", "form"),
        ("2016/09/22", "form"),
        ("2016-09-22\n", "form"),
        ("٢٠١٦", "form"),
        ("2016-13", "month"),
        ("2016-00-01", "month"),
        ("2016-02-30", "day"),
        ("2015-02-29", "day"),
        ("2016-01-00", "day"),
    ],
)
def test_what_is_no_date(text: str, reason: str) -> None:
    with pytest.raises(PartialDateError) as caught:
        parse_partial(text)
    assert (caught.value.reason, str(caught.value)) == (reason, reason)
    assert isinstance(caught.value, ValueError)


def test_first_and_last_day() -> None:
    assert (earliest(YEAR), latest(YEAR)) == (datetime.date(2016, 1, 1), datetime.date(2016, 12, 31))
    assert latest(PartialDate(2016, 2)) == datetime.date(2016, 2, 29)
    assert earliest(DAY) == latest(DAY) == datetime.date(2016, 9, 22)
    assert latest(PartialDate(9999)) == datetime.date.max


@pytest.mark.parametrize(
    ("start", "end", "on", "expected"),
    [
        ("2013-02-01", "2017-01-20", "2016-09-22", True),
        ("2013-02-01", "2016-09-22", "2016-09-22", True),
        ("2013-02-01", "2016-09-21", "2016-09-22", False),
        ("2016-09-23", None, "2016-09-22", False),
        (None, "2016", "2016-09-22", True),
        (None, "2015", "2016-09-22", False),
        ("2016-05", None, "2016", True),
        ("2016-05", "2016-06", "2016-07", False),
        (None, None, "2016", True),
    ],
)
def test_contains(start: str | None, end: str | None, on: str, expected: bool) -> None:
    bounds = [parse_partial(text) if text else None for text in (start, end)]
    assert contains(bounds[0], bounds[1], parse_partial(on)) is expected


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("ar", "22 سبتمبر 2016"),
        ("ar-SY", "22 أيلول 2016"),
        ("ar-MA", "22 شتنبر 2016"),
        ("en", "September 22, 2016"),
        ("en-GB", "22 September 2016"),
        ("fr", "22 septembre 2016"),
        ("fa", "22 سپتامبر 2016"),
        ("he", "22 בספטמבר 2016"),
        ("de", "22. September 2016"),
        ("es", "22 de septiembre de 2016"),
        ("zh-Hant", "2016年9月22日"),
        ("th", "22 กันยายน ค.ศ. 2016"),
        ("xx", "2016-09-22"),
    ],
)
def test_days(locale: str, text: str) -> None:
    assert format_date(DAY, locale, "latn") == text


def test_months_and_years() -> None:
    assert format_date(MONTH, "ar", "latn") == "سبتمبر 2016"
    assert format_date(MONTH, "en", "latn") == "September 2016"
    assert format_date(MONTH, "ru", "latn") == "сентябрь 2016\u202fг."
    assert format_date(YEAR, "ar", "arab") == "٢٠١٦"
    assert format_date(YEAR, "zh", "latn") == "2016年"
    assert format_date(DAY, "fa", "arabext") == "۲۲ سپتامبر ۲۰۱۶"


@pytest.mark.parametrize(
    ("locale", "months", "text"),
    [
        ("ar", "levantine", "22 أيلول 2016"),
        ("ar", "both", "22 سبتمبر/أيلول 2016"),
        ("ar-MA", "both", "22 شتنبر/أيلول 2016"),
        ("ar-SY", "both", "22 سبتمبر/أيلول 2016"),
        ("ar-SY", "gregorian", "22 أيلول 2016"),
        ("fa", "both", "22 سپتامبر 2016"),
        ("en", "levantine", "September 22, 2016"),
    ],
)
def test_names_of_months(locale: str, months: Months, text: str) -> None:
    assert format_date(DAY, locale, "latn", months) == text


def test_every_language_of_cldr_can_be_written() -> None:
    for name in localedata.locale_identifiers():
        for date in (YEAR, MONTH, DAY):
            text = format_date(date, name, "latn")
            assert "2016" in text, name
            assert not set("'{}\u200e\u200f\u061c") & set(text), (name, text)


def test_other_languages_leave_no_trace() -> None:
    """Babel keeps a resolved alias where all languages find it; what is written must not depend on that."""
    spoil = "Locale.parse('he').months['stand-alone']['wide'][9]"
    script = f"from babel import Locale; {spoil}; from site_builder.text.dates import *; print({{}})"
    written = (
        "[ascii(format_date(PartialDate(2016, 9), tag, 'latn')) for tag in ('co', 'bs', 'fr', 'ru', 'he', 'ar-SY')]"
    )
    after = subprocess.run(
        [sys.executable, "-c", script.format(written)], capture_output=True, text=True, check=True
    ).stdout.strip()
    assert after == str([ascii(format_date(MONTH, tag, "latn")) for tag in ("co", "bs", "fr", "ru", "he", "ar-SY")])


def test_hijri_dates() -> None:
    assert format_hijri(DAY, "ar", "latn") == "21 ذو الحجة 1437 هـ"
    assert format_hijri(DAY, "ar", "arab") == "٢١ ذو الحجة ١٤٣٧ هـ"
    assert format_hijri(DAY, "en", "latn") == "Dhuʻl-Hijjah 21, 1437 AH"
    assert format_hijri(DAY, "en-GB", "latn") == "21 Dhuʻl-Hijjah 1437 AH"
    assert format_hijri(DAY, "sv", "latn") == "21 Dhuʻl-Hijjah 1437 AH"
    assert format_hijri(DAY, "fa", "arabext") == "۲۱ ذیحجه ۱۴۳۷ ه\u200d.ق."


@pytest.mark.parametrize(
    "date", [YEAR, MONTH, PartialDate(1924, 7, 31), PartialDate(2077, 11, 17), PartialDate(622, 7, 16)]
)
def test_no_hijri_date_is_made_up(date: PartialDate) -> None:
    assert format_hijri(date, "ar", "latn") is None


def test_from_the_hijri_calendar() -> None:
    assert hijri_to_gregorian(1445, 9, 10) == PartialDate(2024, 3, 20)
    assert hijri_to_gregorian(1437, 12, 21) == DAY
    assert hijri_to_gregorian(1300, 1, 1) is None
    assert hijri_to_gregorian(1437, 13, 1) is None
    assert hijri_to_gregorian(1437, 11, 30) is None
