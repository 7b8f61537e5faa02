"""The settings of a site: `content/site.yaml`, declared like the rest of the content model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from site_builder.model import (
    Choice,
    Flag,
    LanguageTag,
    List,
    Localized,
    Number,
    Pattern,
    PerLanguage,
    Reference,
    Text,
    Url,
    declare,
)
from site_builder.text.dates import Months
from site_builder.text.numerals import Numbering


def base_url_fault(url: str) -> str:
    """What keeps an address from being a site's base, in words for a person; empty where nothing does."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return "is no web address"
    if parts.scheme not in ("http", "https") or not host:
        return "is no address that begins with http:// or https:// and names a host"
    if parts.query or parts.fragment or "?" in url or "#" in url:
        return "has a query or a fragment"
    if not re.fullmatch(r"[^\s\"<>\\^`{|}]*", url) or {".", ".."} & set(parts.path.split("/")):
        return "has signs in its path that no address has"
    return ""


@dataclass(frozen=True, kw_only=True)
class Config:
    """What `site.yaml` says."""

    title: Localized = declare(
        PerLanguage(Text(), complete=True), "The name of the archive in each language.", required=True
    )
    description: Localized = declare(PerLanguage(Text()), "One sentence about the archive.", default=dict)
    languages: tuple[str, ...] = declare(List(LanguageTag()), "The languages of the site, in order.", required=True)
    default_language: str = declare(LanguageTag(of_site=True), "The language offered first.", required=True)
    base_url: str = declare(Url(), "Where the site is published, with its path; ends with a slash.", required=True)
    locales: Mapping[str, str] = declare(
        PerLanguage(Pattern(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", "ar-SY")),
        "The CLDR locale of dates and numbers in each language.",
        default=dict,
    )
    numerals: Mapping[str, str] = declare(
        PerLanguage(Choice(("latn", "arab", "arabext"))),
        "The digits shown: European, Arabic-Indic or Persian.",
        default=dict,
    )
    months: Mapping[str, str] = declare(
        PerLanguage(Choice(("gregorian", "levantine", "both"))), "The month names of Arabic dates.", default=dict
    )
    calendars: Mapping[str, tuple[str, ...]] = declare(
        PerLanguage(List(Choice(("gregorian", "hijri")))),
        "The calendars of full dates; hijri is added beside the Gregorian date.",
        default=dict,
    )
    ignore_article: bool = declare(Flag(), "Sort Arabic names without their article.", default=True)
    fallback_pages: bool = declare(
        Flag(), "Give an article that lacks a language a page in that language, with the text it has.", default=True
    )
    navigation: tuple[str, ...] = declare(List(Reference("page")), "The standing pages in the menu.", default=())
    rights: Localized = declare(PerLanguage(Text()), "The line about rights at the foot of each page.", default=dict)
    custom_domain: str | None = declare(
        Pattern(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", "archive.example.org"), "A domain of your own (writes CNAME)."
    )
    trust_html: bool = declare(Flag(), "Leave raw HTML in texts as it is, instead of cleaning it.", default=False)
    earliest_year: int = declare(
        Number(1, 9999, whole=True),
        "Dates before this year are taken for mistakes (a Hijri date, for one).",
        default=1800,
    )
    social_cards: bool = declare(Flag(), "Draw a picture for each article, for previews elsewhere.", default=True)

    def locale(self, code: str) -> str:
        """The CLDR locale of a language."""
        return self.locales.get(code, code)

    def numbering(self, code: str) -> Numbering:
        """The CLDR numbering system of a language."""
        return cast(Numbering, self.numerals.get(code, "latn"))

    def month_names(self, code: str) -> Months:
        """The style of month names of a language."""
        return cast(Months, self.months.get(code, "gregorian"))

    def shows_hijri(self, code: str) -> bool:
        """Whether full dates of a language show the Hijri date too."""
        return "hijri" in self.calendars.get(code, ())

    @property
    def base_path(self) -> str:
        """The path of `base_url`: begins and ends with a slash."""
        return urlsplit(self.base_url).path
