"""Dates as far as they are known, in the reader's words.

Names and patterns are CLDR's, through Babel; the Hijri calendar is Umm al-Qura, through hijridate.
"""

from __future__ import annotations

import calendar
import datetime
import re
from functools import lru_cache
from typing import Literal, NamedTuple

from site_builder.text.languages import cldr_locale, primary
from site_builder.text.numerals import Numbering, digits

Months = Literal["gregorian", "levantine", "both"]
"""Names of the months in Arabic: the locale's own, those of Syria (أيلول), or both (سبتمبر/أيلول)."""


class PartialDate(NamedTuple):
    """A Gregorian year, month or day. A day never comes without its month."""

    year: int
    month: int | None = None
    day: int | None = None


class PartialDateError(ValueError):
    """Text that is no date. `reason` (also the text of the error) says what is wrong with it.

    `form`: not written YYYY, YYYY-MM or YYYY-MM-DD; `month`: no such month; `day`: the month has no such day.
    """

    def __init__(self, reason: Literal["form", "month", "day"]) -> None:
        """An error with this reason."""
        super().__init__(reason)
        self.reason = reason


_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def parse_partial(text: str) -> PartialDate:
    """The date written as `2016`, `2016-05` or `2016-09-22` (ISO 8601, ASCII digits, year 0001 or later).

    Raises PartialDateError, a ValueError.
    """
    match = _FORM.fullmatch(text)
    if match is None or match[1] == "0000":
        raise PartialDateError("form")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if month is not None and not 1 <= month <= 12:
        raise PartialDateError("month")
    if month is not None and day is not None and not 1 <= day <= _days_in(year, month):
        raise PartialDateError("day")
    return PartialDate(year, month, day)


def iso(date: PartialDate) -> str:
    """The machine form: `2016`, `2016-05` or `2016-09-22`."""
    if date.month is None:
        return f"{date.year:04}"
    return f"{date.year:04}-{date.month:02}" if date.day is None else f"{date.year:04}-{date.month:02}-{date.day:02}"


def earliest(date: PartialDate) -> datetime.date:
    """The first day that the date can mean."""
    return datetime.date(date.year, date.month or 1, date.day or 1)


def latest(date: PartialDate) -> datetime.date:
    """The last day that the date can mean."""
    month = date.month or 12
    return datetime.date(date.year, month, date.day or _days_in(date.year, month))


def contains(start: PartialDate | None, end: PartialDate | None, on: PartialDate) -> bool:
    """Whether `on` can fall between `start` and `end`, both included; a bound of None is open.

    Partial dates are taken generously: an office held until 2014 was held on any day of 2014, and
    one taken up in May 2016 counts for an article dated just 2016.
    """
    begun = start is None or earliest(start) <= latest(on)
    ended = end is not None and latest(end) < earliest(on)
    return begun and not ended


def format_date(date: PartialDate, locale: str, numbering: Numbering, months: Months = "gregorian") -> str:
    """The date in words by CLDR's long pattern for as much of it as is known.

    `locale` is a language tag, with a region where month names depend on it (`ar-SY`, `ar-MA`). `months`
    matters for Arabic only; `both` puts the Levantine name last, and a Levantine locale's own name is then
    joined to that of plain `ar`. A language whose months CLDR does not name gets the ISO form.
    """
    patterns = _patterns(locale)
    if date.month is None:
        return _fill(patterns.year, date, "", patterns.era, numbering)
    pattern = patterns.month if date.day is None else patterns.day
    name = _month_name(date.month, locale, months, alone="L" in pattern)
    if name == f"M{date.month:02}":
        return digits(iso(date), numbering)
    return _fill(pattern, date, name, patterns.era, numbering)


class _Patterns(NamedTuple):
    """CLDR's patterns of a year, a month and a day, and the abbreviation of our era."""

    year: str
    month: str
    day: str
    era: str


@lru_cache(maxsize=64)
def _patterns(locale: str) -> _Patterns:
    data = cldr_locale(locale)
    skeletons = data.datetime_skeletons
    return _Patterns(
        skeletons["y"].pattern,
        skeletons["yMMMM"].pattern,
        data.date_formats["long"].pattern,
        data.eras["abbreviated"][1],
    )


def format_hijri(date: PartialDate, locale: str, numbering: Numbering) -> str | None:
    """The same day in the Umm al-Qura calendar, with its era: `21 ذو الحجة 1437 هـ`.

    None for a date without a day and outside the years the calendar is tabulated for (AH 1343 to 1500,
    from 1924-08-01 to 2077-11-16). Languages without a table of names get the English ones.
    """
    from hijridate import Gregorian

    if date.month is None or date.day is None:
        return None
    try:
        hijri = Gregorian(date.year, date.month, date.day).to_hijri()
    except OverflowError:
        return None
    names, era = _HIJRI.get(primary(locale), _HIJRI["en"])
    day = PartialDate(hijri.year, hijri.month, hijri.day)
    pattern = _patterns(locale).day
    if "G" not in pattern:
        pattern += " G"
    return _fill(pattern, day, names[hijri.month - 1], era, numbering)


def hijri_to_gregorian(year: int, month: int, day: int) -> PartialDate | None:
    """The Gregorian day of an Umm al-Qura date, or None where that calendar has no such day."""
    from hijridate import Hijri

    try:
        date = Hijri(year, month, day).to_gregorian()
    except (OverflowError, ValueError):
        return None
    return PartialDate(date.year, date.month, date.day)


def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


_FIELD = re.compile(r"'([^']*)'|([yMLdG])\2*")


def _fill(pattern: str, date: PartialDate, month: str, era: str, numbering: Numbering) -> str:
    """A CLDR pattern (UTS #35 part 4) filled in; months written in letters take the given name."""

    def field(match: re.Match[str]) -> str:
        letter, width = match[2], len(match[0])
        if letter == "y":
            return str(date.year)
        if letter == "d":
            return f"{date.day:0{width}}"
        if letter == "G":
            return era
        if letter:
            return month if width > 2 else f"{date.month:0{width}}"
        return match[1] or "'"

    return digits(_FIELD.sub(field, pattern), numbering)


@lru_cache(maxsize=1024)
def _month_name(month: int, locale: str, months: Months, alone: bool) -> str:
    own = _month_names(locale, alone)[month - 1]
    if months == "gregorian" or primary(locale) != "ar":
        return own
    levantine = _month_names("ar-SY", alone)[month - 1]
    if months == "levantine":
        return levantine
    other = own if own != levantine else _month_names("ar", alone)[month - 1]
    return f"{other}/{levantine}"


@lru_cache(maxsize=64)
def _month_names(locale: str, alone: bool) -> tuple[str, ...]:
    """The twelve names, in the form for use with a day or (`alone`) without one.

    Babel remembers a resolved alias in data that locales share, so that after Hebrew dates French ones can
    have Hebrew names. What is read here is therefore the unresolved data, and nothing of CLDR's root.
    """
    from babel import localedata

    months = localedata.load(str(cldr_locale(locale)))["months"]
    names: dict[int, str] = dict(months["format"]["wide"])
    own = months["stand-alone"]["wide"]
    if isinstance(own, tuple):
        own = own[1]
    shared = localedata.load("root")["months"]["stand-alone"]["wide"]
    if alone and own is not shared and not isinstance(own, localedata.Alias):
        names.update(own)
    return tuple(names[number] for number in range(1, 13))


_ENGLISH = (
    "Muharram",
    "Safar",
    "Rabiʻ I",
    "Rabiʻ II",
    "Jumada I",
    "Jumada II",
    "Rajab",
    "Shaʻban",
    "Ramadan",
    "Shawwal",
    "Dhuʻl-Qiʻdah",
    "Dhuʻl-Hijjah",
)

# CLDR's Islamic calendar, names of months and era abbreviation (Babel does not carry it). In the Urdu names
# a space that CLDR has within ربیع is left out.
_HIJRI: dict[str, tuple[tuple[str, ...], str]] = {
    "ar": (
        (
            "محرم",
            "صفر",
            "ربيع الأول",
            "ربيع الآخر",
            "جمادى الأولى",
            "جمادى الآخرة",
            "رجب",
            "شعبان",
            "رمضان",
            "شوال",
            "ذو القعدة",
            "ذو الحجة",
        ),
        "هـ",
    ),
    "en": (_ENGLISH, "AH"),
    "fa": (
        (
            "محرم",
            "صفر",
            "ربیع\u200cالاول",
            "ربیع\u200cالثانی",
            "جمادی\u200cالاول",
            "جمادی\u200cالثانی",
            "رجب",
            "شعبان",
            "رمضان",
            "شوال",
            "ذیقعده",
            "ذیحجه",
        ),
        "ه\u200d.ق.",
    ),
    "fr": (
        (
            "mouharram",
            "safar",
            "rabia al awal",
            "rabia ath-thani",
            "joumada al oula",
            "joumada ath-thania",
            "rajab",
            "chaabane",
            "ramadan",
            "chawwal",
            "dhou al qi`da",
            "dhou al-hijja",
        ),
        "AH",
    ),
    "he": (
        (
            "מוחרם",
            "צפר",
            "רביע אל-אוול",
            "רביע א-ת׳אני",
            "ג׳ומאדא אל-אולא",
            "ג׳ומאדא א-ת׳אניה",
            "רג׳ב",
            "שעבאן",
            "רמדאן",
            "שוואל",
            "ד׳ו אל־קעדה",
            "ד׳ו אל־חיג׳ה",
        ),
        "הג׳רה",
    ),
    "tr": (
        (
            "Muharrem",
            "Safer",
            "Rebiülevvel",
            "Rebiülahir",
            "Cemaziyelevvel",
            "Cemaziyelahir",
            "Recep",
            "Şaban",
            "Ramazan",
            "Şevval",
            "Zilkade",
            "Zilhicce",
        ),
        "Hicri",
    ),
    "ur": (
        (
            "محرم",
            "صفر",
            "ربیع الاول",
            "ربیع الثانی",
            "جمادی الاول",
            "جمادی الثانی",
            "رجب",
            "شعبان",
            "رمضان",
            "شوال",
            "ذوالقعدۃ",
            "ذوالحجۃ",
        ),
        "ہجری",
    ),
}
