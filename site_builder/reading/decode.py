"""From a YAML tree to the content model: every value checked against its declared type, every fault with its place."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import MISSING
from dataclasses import fields as dataclass_fields
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from site_builder import model
from site_builder.model import Field, FieldType, Kind, fields_of
from site_builder.problems import Location, Problem, did_you_mean, error
from site_builder.reading.yamltree import Broken, Mapping, Node, Scalar, Sequence
from site_builder.text.dates import PartialDate, earliest, hijri_to_gregorian, iso, latest, parse_partial
from site_builder.text.languages import is_language_tag
from site_builder.text.numerals import to_ascii_digits

#: A range of a text; and what somebody who meant one may have written.
_RANGE = re.compile("([0-9]{1,9})-([0-9]{1,9})")
_LIKE_A_RANGE = re.compile(r"(?=.*\d)[\d\s]*[-\u2010-\u2015\u2212][\d\s]*")


class Use(NamedTuple):
    """A record's id as some file names it. `kind` is None where any kind will do."""

    kind: Kind | None
    id: str
    at: Location


class Decoded(NamedTuple):
    """A value of the model (None where it cannot be made) with the places of its keys, and what is wrong.

    `places` maps a dotted key (`source.date`) to where its value stands; `uses` lists the ids named; `faulty` are the
    dotted keys whose values could not be read in full.
    """

    value: Any
    places: dict[str, Location]
    uses: tuple[Use, ...]
    problems: tuple[Problem, ...]
    faulty: frozenset[str] = frozenset()


class Site(NamedTuple):
    """What decoding needs to know of the site."""

    languages: tuple[str, ...]
    earliest_year: int


_NOTHING = object()
_LATEST_YEAR = 2200
#: Keys of one mapping of which the second cannot be a date before the first.
_DATES_IN_ORDER = (("from", "to"), ("date", "end"), ("date", "retrieved"))
_BLANKS = ("", "~", "null", "Null", "NULL")


def decode(
    node: Node | None, of: type[Any], whole: Location, site: Site, instead: dict[str, Any] | None = None
) -> Decoded:
    """Read a mapping as a dataclass of the model.

    `whole` is the place blamed where the mapping is missing altogether. `instead` holds attributes to go on with
    where the mapping states none that can be read. Shared fields may be left out: another language may state them.
    """
    work = _Work(site)
    if node is None:
        node = Mapping([], whole)
    value = work.group(node, of, "", instead)
    value = None if value is _NOTHING else value
    return Decoded(value, work.places, tuple(work.uses), tuple(work.problems), frozenset(work.faulty))


class _Work:
    def __init__(self, site: Site) -> None:
        self.site = site
        self.places: dict[str, Location] = {}
        self.uses: list[Use] = []
        self.problems: list[Problem] = []
        self.faulty: set[str] = set()

    def fail(self, code: str, message: str, at: Location, hint: str = "") -> Any:
        self.problems.append(error(code, message, at, hint))
        return _NOTHING

    def group(self, node: Node, of: type[Any], key: str, instead: dict[str, Any] | None = None) -> Any:
        if not isinstance(node, Mapping):
            self.faulty |= {_join(key, field.key) for field in fields_of(of)}
            return self.fail("wrong-type", f"{_name(key)} has to be a mapping of keys and values", node.at, _KEYED)
        known = _known(of)  # type: ignore[arg-type]
        values: dict[str, Any] = dict(instead or {})
        whole = True
        for name, child in node.entries:
            field = known.get(name.text)
            if field is None and isinstance(child, Broken):
                continue
            if field is None:
                hint = did_you_mean(name.text, known) or "the keys here are: " + ", ".join(known)
                self.fail("unknown-key", f"the key “{name.text}” is not known{_inside(key)}", name.at, hint)
                continue
            self.places[_join(key, field.key)] = child.at
            before = len(self.problems)
            value = self.value(child, field.type, _join(key, field.key))
            if value is _NOTHING or len(self.problems) > before:
                self.faulty.add(_join(key, field.key))
            if value is _NOTHING:
                whole = False
            else:
                values[field.attribute] = value
        stated = {name.text for name, _ in node.entries}
        for field in known.values():
            if field.required and not field.shared and field.key not in stated:
                whole = False
                self.fail(
                    "missing-key",
                    f"the key “{field.key}” is missing{_inside(key)}",
                    node.at,
                    f"{field.key}: {field.doc}",
                )
        self.in_order({field.key: values.get(field.attribute) for field in known.values()}, key)
        return of(**values) if whole or _defaults(of) <= values.keys() else _NOTHING  # type: ignore[arg-type]

    def in_order(self, values: dict[str, Any], key: str) -> None:
        for first, second in _DATES_IN_ORDER:
            begun, ended = values.get(first), values.get(second)
            if isinstance(begun, PartialDate) and isinstance(ended, PartialDate) and latest(ended) < earliest(begun):
                message = f"{_name(_join(key, second))} is {iso(ended)}, before “{first}” ({iso(begun)})"
                self.fail("date-order", message, self.places[_join(key, second)], "correct one of the two")

    def value(self, node: Node, type_: FieldType, key: str) -> Any:
        if isinstance(node, Broken):
            return _NOTHING
        if isinstance(node, Scalar) and (not node.text.strip() or (node.plain and node.text in _BLANKS)):
            return self.fail("empty-value", f"{_name(key)} has no value", node.at, "write a value or delete the key")
        if isinstance(type_, model.Group):
            return self.group(node, type_.of, key)
        if isinstance(type_, model.List) and type_.or_one and not isinstance(node, Sequence):
            one = self.value(node, type_.of, key)
            return one if one is _NOTHING else (one,)
        if isinstance(type_, model.List):
            return self.list(node, type_.of, key)
        if isinstance(type_, model.PerLanguage):
            return self.per_language(node, type_, key)
        if isinstance(type_, model.PerName):
            return self.per_name(node, key)
        if isinstance(type_, model.Either):
            return self.value(node, type_.mapping if isinstance(node, Mapping) else type_.scalar, key)
        if not isinstance(node, Scalar):
            return self.fail(
                "wrong-type", f"{_name(key)} has to be {describe(type_)}, not {_form(node)}", node.at, _one_value(node)
            )
        read: Callable[[Scalar, Any, str], Any] = _READERS[type(type_)]
        return read(self, node, type_, key)  # type: ignore[call-arg, arg-type]

    def list(self, node: Node, of: FieldType, key: str) -> Any:
        if not isinstance(node, Sequence):
            shown = f"[{', '.join(_words(node.text))}]" if isinstance(node, Scalar) else "- ..."
            return self.fail(
                "wrong-type", f"{_name(key)} has to be a list", node.at, f"write {key.split('.')[-1]}: {shown}"
            )
        values: list[Any] = []
        texts: set[str] = set()
        for number, item in enumerate(node.items):
            value = self.value(item, of, f"{key}[{number}]")
            if isinstance(item, Scalar) and item.text in texts:
                self.fail("duplicate-item", f"“{item.text}” stands twice in {key}", item.at, "delete one of the two")
                continue
            texts |= {item.text} if isinstance(item, Scalar) else set()
            if value is not _NOTHING:
                self.places[f"{key}[{len(values)}]"] = item.at
                values.append(value)
        return tuple(values)

    def per_language(self, node: Node, type_: model.PerLanguage, key: str) -> Any:
        languages = self.site.languages
        if not isinstance(node, Mapping):
            hint = "write it for each language: " + ", ".join(f"{code}: ..." for code in languages)
            return self.fail("wrong-type", f"{_name(key)} has to be a mapping of languages", node.at, hint)
        values = {}
        for name, child in node.entries:
            if languages and name.text not in languages:
                hint = did_you_mean(name.text, languages) or "the site's languages are: " + ", ".join(languages)
                self.fail(
                    "unknown-language", f"“{name.text}” is not a language of this site{_inside(key)}", name.at, hint
                )
                continue
            self.places[f"{key}.{name.text}"] = child.at
            value = self.value(child, type_.of, f"{key}.{name.text}")
            if value is not _NOTHING:
                values[name.text] = value
        stated = {name.text for name, _ in node.entries}
        for code in languages if type_.complete else ():
            if code not in stated:
                message = f"{_name(key)} lacks the language “{code}”"
                self.fail("missing-language", message, node.at, f"add {code}: ...")
            # What comes after reading counts on every language; a faulty value is good enough to go on with.
            values.setdefault(code, next(iter(values.values()), ""))
        return {code: values[code] for code in languages or values if code in values}

    def per_name(self, node: Node, key: str) -> Any:
        if not isinstance(node, Mapping):
            hint = "write each name as it stands in the text, a colon, and an id or none"
            return self.fail("wrong-type", f"{_name(key)} has to be a mapping of names", node.at, hint)
        values: dict[str, str | None] = {}
        for name, child in node.entries:
            self.places[_join(key, name.text)] = child.at
            span = _RANGE.fullmatch(name.text)
            if int(span[1]) >= int(span[2]) if span else _LIKE_A_RANGE.fullmatch(name.text):
                hint = "write two offsets with a hyphen between, the smaller first: 1200-1204"
                self.fail("wrong-form", f"“{name.text}” is not a range of the text", name.at, hint)
                continue
            if isinstance(child, Scalar) and child.plain and child.text == "none":
                values[name.text] = None
                continue
            value = self.value(child, model.Reference(None), _join(key, name.text))
            if value is not _NOTHING:
                values[name.text] = value
        return values

    def text(self, node: Scalar, _type: model.Text, _key: str) -> Any:
        return node.text.strip()

    def pattern(self, node: Scalar, type_: model.Pattern, key: str) -> Any:
        if re.fullmatch(type_.regex, node.text):
            return node.text
        return self.fail(
            "wrong-form", f"{_name(key)} has not the right form: “{node.text}”", node.at, f"for example {type_.example}"
        )

    def url(self, node: Scalar, _type: model.Url, key: str) -> Any:
        try:
            parts = urlsplit(node.text)
            good = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", node.text)
            good = good and parts.port != 0
        except ValueError:
            good = False
        if good:
            return node.text
        return self.fail(
            "wrong-form",
            f"{_name(key)} is not a web address: “{node.text}”",
            node.at,
            "for example https://example.org/page",
        )

    def flag(self, node: Scalar, _type: model.Flag, key: str) -> Any:
        if node.plain and node.text in ("true", "false"):
            return node.text == "true"
        lowered = node.text.lower()
        meant = (
            "true"
            if lowered in ("yes", "y", "on", "true", "1")
            else "false"
            if lowered in ("no", "n", "off", "false", "0")
            else ""
        )
        hint = f"write {meant}, without quotation marks" if meant else "write true or false"
        return self.fail("wrong-type", f"{_name(key)} has to be true or false, not “{node.text}”", node.at, hint)

    def number(self, node: Scalar, type_: model.Number, key: str) -> Any:
        form = r"[+-]?[0-9]{1,18}" if type_.whole else r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?"
        if not node.plain or not re.fullmatch(form, node.text):
            plain = to_ascii_digits(node.text).replace("٫", ".").replace(",", ".").strip()
            hint = f"write {plain}" if re.fullmatch(form, plain) else "write digits, without quotation marks"
            message = f"{_name(key)} has to be {describe(type_)}, not “{node.text}”"
            return self.fail("wrong-type", message, node.at, hint)
        value = int(node.text) if type_.whole else float(node.text)
        if type_.least <= value <= type_.most:
            return value
        hint = f"write {describe(type_)}"
        return self.fail("out-of-range", f"{_name(key)} has to be {describe(type_)}, not {node.text}", node.at, hint)

    def choice(self, node: Scalar, type_: model.Choice, key: str) -> Any:
        if node.text in type_.words:
            return node.text
        hint = did_you_mean(node.text, type_.words) or f"write {describe(type_)}"
        return self.fail("wrong-value", f"{_name(key)} cannot be “{node.text}”", node.at, hint)

    def reference(self, node: Scalar, type_: model.Reference, key: str) -> Any:
        folder, _, last = node.text.rpartition("/")
        if not model.ID.fullmatch(last) or (folder and (type_.kind is not None or folder not in model.KINDS)):
            return self.fail("wrong-form", f"“{node.text}” cannot be an id", node.at, _id_hint(node.text, type_))
        self.uses.append(Use(model.KINDS[folder] if folder else type_.kind, last, node.at))
        return node.text

    def name_or_reference(self, node: Scalar, type_: model.NameOrReference, key: str) -> Any:
        if model.ID.fullmatch(node.text):
            return self.reference(node, model.Reference(type_.kind), key)
        return node.text.strip()

    def language_tag(self, node: Scalar, type_: model.LanguageTag, key: str) -> Any:
        if not is_language_tag(node.text):
            return self.fail("wrong-form", f"“{node.text}” is not a language tag", node.at, "for example ar, en or fa")
        if type_.of_site and self.site.languages and node.text not in self.site.languages:
            hint = "the site's languages are: " + ", ".join(self.site.languages)
            return self.fail("unknown-language", f"“{node.text}” is not a language of this site", node.at, hint)
        return node.text

    def file(self, node: Scalar, _type: model.File, key: str) -> Any:
        if re.fullmatch(r"[^/\\:\x00-\x1f]+", node.text) and not node.text.startswith("."):
            return node.text
        return self.fail(
            "wrong-form",
            f"“{node.text}” is not the name of a file beside the article",
            node.at,
            "name the file alone, without a folder",
        )

    def date(self, node: Scalar, _type: model.Date, key: str) -> Any:
        try:
            date = parse_partial(node.text)
        except ValueError as fault:
            return self.fail(
                "impossible-date" if str(fault) != "form" else "wrong-form", *_date_fault(node, str(fault), key)
            )
        if self.site.earliest_year <= date.year <= _LATEST_YEAR:
            return date
        return self.fail(
            "date-out-of-range",
            f"{_name(key)} is {node.text}: the year {date.year} is not of this archive",
            node.at,
            _other_calendar(date),
        )


def _id_hint(written: str, type_: model.Reference) -> str:
    words = _words(written)
    if len(words) > 1:
        return f"write a list: [{', '.join(words)}]"
    folder, _, last = written.rpartition("/")
    if model.ID.fullmatch(last) and model.KINDS.get(folder) == type_.kind:
        return f"write {last}: the kind is known here"
    slug = model.id_like(written)
    return f"ids are {model.ID_RULE}" + (f": {slug}" if slug else "")


def _words(written: str) -> list[str]:
    """What may have been meant as a list, with Arabic commas too."""
    return [word for word in re.split(r"\s*[,،;؛]\s*", written.strip()) if word]


def _date_fault(node: Scalar, reason: str, key: str) -> tuple[str, Location, str]:
    written = node.text
    if reason == "form":
        meant = _meant_date(to_ascii_digits(written))
        hint = f"write {meant}" if meant else "write a date as 2016-05-03, 2016-05 or 2016"
        return f"{_name(key)} is not a date: “{written}”", node.at, hint
    if reason == "month":
        return f"{_name(key)} names a month that does not exist: {written}", node.at, "months run from 01 to 12"
    year, month, _ = written.split("-")
    hint = f"that month ends on {latest(PartialDate(int(year), int(month)))}; look the date up in the source"
    return f"{_name(key)} names a day that does not exist: {written}", node.at, hint


def _meant_date(written: str) -> str:
    """The date meant by 2016-5-3, 2016/05/03 or 23/5/2016, in its right form; empty where that is not certain."""
    match = re.match(r"([0-9]{4})(?![0-9])(?:[-/.]([0-9]{1,2}))?(?:[-/.]([0-9]{1,2}))?", written)
    year, month, day = match.groups() if match else ("", None, None)
    reverse = re.fullmatch(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})", written)
    if reverse and int(reverse[1]) > 12:
        day, month, year = reverse.groups()
    try:
        return iso(parse_partial("-".join([year, *(part.zfill(2) for part in (month, day) if part)])))
    except ValueError:
        return ""


def _other_calendar(date: PartialDate) -> str:
    gregorian = hijri_to_gregorian(date.year, date.month, date.day) if date.month and date.day else None
    if gregorian:
        return f"if this is a Hijri date, write its Gregorian date: {iso(gregorian)}"
    return "dates are Gregorian; an archive of older things sets earliest_year in site.yaml"


_READERS: dict[type[Any], Any] = {
    model.Text: _Work.text,
    model.Pattern: _Work.pattern,
    model.Url: _Work.url,
    model.Flag: _Work.flag,
    model.Number: _Work.number,
    model.Choice: _Work.choice,
    model.Reference: _Work.reference,
    model.NameOrReference: _Work.name_or_reference,
    model.LanguageTag: _Work.language_tag,
    model.File: _Work.file,
    model.Date: _Work.date,
}


def describe(type_: FieldType) -> str:
    """A few words for a person about what a scalar type holds."""
    if isinstance(type_, model.Choice):
        return "one of " + ", ".join(type_.words)
    if isinstance(type_, model.Number):
        return f"a {'whole ' if type_.whole else ''}number from {type_.least:g} to {type_.most:g}"
    words = {
        model.Text: "text",
        model.Pattern: "text",
        model.Url: "a web address",
        model.Flag: "true or false",
        model.Reference: "the id of a record",
        model.NameOrReference: "the id of a record, or a name",
        model.LanguageTag: "a language tag",
        model.File: "the name of a file",
        model.Date: "a date",
    }
    return words[type(type_)]


_KEYED = "write keys, each with a colon and its value"


@functools.cache
def _known(of: type[Any]) -> dict[str, Field]:
    return {field.key: field for field in fields_of(of)}


@functools.cache
def _defaults(of: type[Any]) -> set[str]:
    """The attributes that have no default and so must have been read for a value to exist."""
    return {f.name for f in dataclass_fields(of) if f.default is MISSING and f.default_factory is MISSING}


def _name(key: str) -> str:
    return f"“{key}”" if key else "the whole"


def _inside(key: str) -> str:
    return f" in “{key}”" if key else ""


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _form(node: Node) -> str:
    return "a list" if isinstance(node, Sequence) else "a mapping"


def _one_value(node: Node) -> str:
    if isinstance(node, Sequence):
        return "write a single value; a text that begins with [ stands between quotation marks"
    return "write the value on the key's own line"
