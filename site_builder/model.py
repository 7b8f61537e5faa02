"""The content model: what an editor may write, declared once.

Every field of a dataclass here carries its type, whether it is required, and one sentence for editors. From these
declarations come the decoder (`reading.decode`), the messages of `check`, the JSON Schemas (`schema`) and the types
that the rest of the program works with. To add a field to the content model, add it here.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from site_builder.text.dates import PartialDate

Kind = Literal["article", "page", "person", "organization", "place", "topic", "event"]
Localized = Mapping[str, str]

#: The folder of each kind in `content/`, which is also its part of an address.
FOLDERS: dict[Kind, str] = {
    "article": "articles",
    "page": "pages",
    "person": "people",
    "organization": "organizations",
    "place": "places",
    "topic": "topics",
    "event": "events",
}
KINDS: dict[str, Kind] = {folder: kind for kind, folder in FOLDERS.items()}
AUTHORITY_KINDS: tuple[Kind, ...] = ("person", "organization", "place", "topic", "event")

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ID_RULE = "lower-case ASCII letters, digits and hyphens"


def id_like(written: str) -> str:
    """The id that is most like a text, or an empty string: letters lose their marks, other scripts fall away."""
    plain = "".join(ch for ch in unicodedata.normalize("NFKD", written) if not unicodedata.combining(ch))
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


# --- Types of fields -------------------------------------------------------------------------------------------------


class Text(NamedTuple):
    """Text in one language. With `markdown` it may hold Markdown."""

    markdown: bool = False


class Pattern(NamedTuple):
    """Text of a fixed form: `regex` must match the whole of it, `example` shows it."""

    regex: str
    example: str


class Url(NamedTuple):
    """An absolute http or https address."""


class Flag(NamedTuple):
    """`true` or `false`."""


class Number(NamedTuple):
    """A number between two bounds, decimal or `whole`."""

    least: float
    most: float
    whole: bool = False


class Choice(NamedTuple):
    """One of a fixed set of words."""

    words: tuple[str, ...]


class Date(NamedTuple):
    """A Gregorian date, perhaps partial: 2016, 2016-05 or 2016-05-03."""


class Reference(NamedTuple):
    """The id of a record of one kind, or of any kind when `kind` is None (then `people/id` is accepted too)."""

    kind: Kind | None


class NameOrReference(NamedTuple):
    """The id of a record of one kind; or, in words that cannot be an id, the name of what has no record."""

    kind: Kind


class LanguageTag(NamedTuple):
    """A BCP 47 language tag; with `of_site`, one of the site's own languages."""

    of_site: bool = False


class File(NamedTuple):
    """The name of a file beside the article."""


class PerLanguage(NamedTuple):
    """One value for each of the site's languages; with `complete`, none may be missing."""

    of: FieldType
    complete: bool = False


class List(NamedTuple):
    """Any number of values of one type. With `or_one`, a single value may stand without the list."""

    of: FieldType
    or_one: bool = False


class Group(NamedTuple):
    """A mapping with the fields of a dataclass."""

    of: type[Any]


class PerName(NamedTuple):
    """A record's id, or `none`, for each of any number of names in a text."""


class Either(NamedTuple):
    """A single value of the first type, or a mapping of the second."""

    scalar: FieldType
    mapping: FieldType


FieldType = (
    Text
    | Pattern
    | Url
    | Flag
    | Number
    | Choice
    | Date
    | Reference
    | NameOrReference
    | LanguageTag
    | File
    | PerLanguage
    | List
    | Group
    | PerName
    | Either
)


class Field(NamedTuple):
    """One key of a mapping that an editor writes, and the attribute that holds it."""

    key: str
    attribute: str
    type: FieldType
    required: bool
    shared: bool
    doc: str


_KEPT = "site_builder"


def declare(
    type_: FieldType,
    doc: str,
    *,
    required: bool = False,
    shared: bool = False,
    key: str = "",
    default: Any = None,
) -> Any:
    """Declare one field. `shared` fields of an article belong to the record, not to one language of it."""
    kept = {_KEPT: (type_, doc, required, shared, key)}
    if required and not shared:
        return dataclasses.field(metadata=kept)
    if default is dict:
        return dataclasses.field(default_factory=dict, metadata=kept)
    return dataclasses.field(default=default, metadata=kept)


def fields_of(model: type[Any]) -> tuple[Field, ...]:
    """The declared fields of one of the dataclasses below, in order."""
    found = []
    for item in dataclasses.fields(model):
        type_, doc, required, shared, key = item.metadata[_KEPT]
        found.append(Field(key or item.name, item.name, type_, required, shared, doc))
    return tuple(found)


_TEXT = Text()
_NAMES = PerLanguage(_TEXT)
#: A path below the site without a query, and without parts that lead elsewhere.
_OLD_ADDRESS = r"(?:/(?!\.)[^\s?#/\\]{1,120})+/?"
_NAME_OR_NAMES = Either(_TEXT, _NAMES)


def _ids(kind: Kind | None) -> List:
    return List(Reference(kind))


# --- Articles and pages ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Source:
    """The document that an article describes, as a bibliographic reference."""

    publisher: str | Localized | None = declare(
        Either(NameOrReference("organization"), _NAMES),
        "An organisation's id; or its name, as text or in each language, when it has no record.",
    )
    title: str | None = declare(_TEXT, "The source's own headline, in its own language; left out when none survives.")
    language: str | None = declare(LanguageTag(), "The language of the source.")
    author: tuple[str | Localized, ...] = declare(
        List(_NAME_OR_NAMES, or_one=True), "The authors or agencies named.", default=()
    )
    date: PartialDate | None = declare(Date(), "The date of publication.")
    url: str | None = declare(Url(), "Where the source is, or was.")
    archived_url: str | None = declare(Url(), "An archived copy.")
    retrieved: PartialDate | None = declare(Date(), "The day on which the source was read.")


@dataclass(frozen=True, kw_only=True)
class Translation:
    """How the text of one language came about."""

    status: str = declare(
        Choice(("original", "translation", "summary")), "How this text relates to the source.", required=True
    )
    by: str | Localized | None = declare(_NAME_OR_NAMES, "Who translated or wrote it.")


@dataclass(frozen=True, kw_only=True)
class Image:
    """The picture of an article."""

    file: str = declare(File(), "The file beside the article.", required=True)
    alt: str = declare(_TEXT, "What the picture shows, for readers who do not see it.", required=True)
    credit: str | None = declare(_TEXT, "Whom to credit.")


@dataclass(frozen=True, kw_only=True)
class ArticleMeta:
    """The front matter of an article in one language."""

    title: str = declare(_TEXT, "The title of the record in this language.", required=True)
    date: PartialDate | None = declare(Date(), "The date of what the record documents.", required=True, shared=True)
    summary: str = declare(_TEXT, "One or two sentences for lists and previews.", required=True)
    people: tuple[str, ...] = declare(_ids("person"), "The people concerned.", shared=True, default=())
    organizations: tuple[str, ...] = declare(
        _ids("organization"), "The organisations concerned.", shared=True, default=()
    )
    places: tuple[str, ...] = declare(_ids("place"), "The places concerned.", shared=True, default=())
    topics: tuple[str, ...] = declare(_ids("topic"), "The topics of the record.", shared=True, default=())
    events: tuple[str, ...] = declare(_ids("event"), "The events that the record reports.", shared=True, default=())
    source: Source | None = declare(Group(Source), "The source that the record describes.", shared=True)
    translation: Translation | None = declare(Group(Translation), "How this language's text came about.")
    editor_note: str | None = declare(Text(markdown=True), "A note by the editors, shown above the text.")
    mentions: Mapping[str, str | None] = declare(
        PerName(),
        "What names in the text mean where that is not found: a name as written (or start-end), and an id or none.",
        default=dict,
    )
    rights: str | None = declare(_TEXT, "A statement of rights that differs from the site's.")
    image: Image | None = declare(Group(Image), "The picture of the record.")
    draft: bool = declare(Flag(), "Leave this text out of the site until it is ready.", default=False)
    redirect_from: tuple[str, ...] = declare(
        List(Pattern(_OLD_ADDRESS, "/ar/old-address/")), "Earlier addresses, which lead here.", default=()
    )


@dataclass(frozen=True, kw_only=True)
class PageMeta:
    """The front matter of a standing page in one language."""

    title: str = declare(_TEXT, "The title of the page.", required=True)
    summary: str | None = declare(_TEXT, "One sentence for previews.")
    draft: bool = declare(Flag(), "Leave this page out of the site until it is ready.", default=False)
    redirect_from: tuple[str, ...] = declare(
        List(Pattern(_OLD_ADDRESS, "/ar/old-address/")), "Earlier addresses, which lead here.", default=()
    )


# --- Authority records -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Identifiers:
    """The same entity in other authority files."""

    wikidata: str | None = declare(Pattern(r"Q[1-9][0-9]*", "Q42"), "Wikidata item.")
    viaf: str | None = declare(Pattern(r"[1-9][0-9]*", "113230702"), "VIAF cluster.")
    isni: str | None = declare(Pattern(r"[0-9]{15}[0-9X]", "0000000121032683"), "ISNI, sixteen digits without spaces.")
    geonames: str | None = declare(Pattern(r"[1-9][0-9]*", "170063"), "GeoNames id.")
    loc: str | None = declare(Pattern(r"[a-z]{1,3}[0-9]+", "n79018651"), "Library of Congress control number.")


@dataclass(frozen=True, kw_only=True)
class Record:
    """What all authority records have in common."""

    name: Localized = declare(PerLanguage(_TEXT, complete=True), "The authorised name in each language.", required=True)
    sort_name: Localized = declare(
        _NAMES, "The name as it files in an A-Z index, where that differs: Kerry, John.", default=dict
    )
    aliases: Mapping[str, tuple[str, ...]] = declare(
        PerLanguage(List(_TEXT)), "Other names and spellings in each language.", default=dict
    )
    description: Localized = declare(
        _NAMES, "One sentence in each language; for a topic, its scope note.", default=dict
    )
    biography: Localized = declare(PerLanguage(Text(markdown=True)), "A longer text in each language.", default=dict)
    identifiers: Identifiers | None = declare(Group(Identifiers), "The same entity in other authority files.")
    see_also: tuple[str, ...] = declare(_ids(None), "Other records worth a look.", default=())
    needs_context: bool = declare(
        Flag(),
        "The names are ordinary words too: in texts they count only where something beside them speaks for the name.",
        default=False,
    )
    never: Mapping[str, tuple[str, ...]] = declare(
        PerLanguage(List(_TEXT)), "Phrases in each language that hold the name and mean something else.", default=dict
    )


@dataclass(frozen=True, kw_only=True)
class Office:
    """An office that a person held. Both bounds are inclusive and may be unknown."""

    title: Localized = declare(PerLanguage(_TEXT, complete=True), "The title of the office.", required=True)
    organization: str | None = declare(Reference("organization"), "The organisation it belongs to.")
    since: PartialDate | None = declare(Date(), "The first day, month or year.", key="from")
    until: PartialDate | None = declare(Date(), "The last day, month or year.", key="to")


@dataclass(frozen=True, kw_only=True)
class Person(Record):
    """A person."""

    offices: tuple[Office, ...] = declare(List(Group(Office)), "The offices held, with their dates.", default=())


@dataclass(frozen=True, kw_only=True)
class Organization(Record):
    """An organisation."""


@dataclass(frozen=True, kw_only=True)
class Coordinates:
    """A point on the Earth in decimal degrees (WGS 84)."""

    latitude: float = declare(Number(-90, 90), "Degrees north.", required=True)
    longitude: float = declare(Number(-180, 180), "Degrees east.", required=True)


@dataclass(frozen=True, kw_only=True)
class Place(Record):
    """A place."""

    coordinates: Coordinates | None = declare(Group(Coordinates), "Where it is.")


@dataclass(frozen=True, kw_only=True)
class Topic(Record):
    """A subject heading in a hierarchy (SKOS: broader, narrower, related)."""

    broader: tuple[str, ...] = declare(_ids("topic"), "The topics directly above this one.", default=())
    related: tuple[str, ...] = declare(_ids("topic"), "Topics beside this one.", default=())


@dataclass(frozen=True, kw_only=True)
class Event(Record):
    """Something dated that the timeline shows."""

    date: PartialDate = declare(Date(), "The day, month or year on which it began.", required=True)
    end: PartialDate | None = declare(Date(), "The day, month or year on which it ended.")
    place: str | None = declare(Reference("place"), "Where it happened.")
    people: tuple[str, ...] = declare(_ids("person"), "Who took part.", default=())
    topics: tuple[str, ...] = declare(_ids("topic"), "What it was about.", default=())


MODELS: dict[Kind, type[Any]] = {
    "article": ArticleMeta,
    "page": PageMeta,
    "person": Person,
    "organization": Organization,
    "place": Place,
    "topic": Topic,
    "event": Event,
}


def localized(values: str | Localized | None, language: str, languages: tuple[str, ...]) -> tuple[str, str]:
    """The value for a language and the language it is really in: the nearest of `languages` where that one lacks it.

    Text written without a language is returned with an empty language code.
    """
    if not values:
        return "", language
    if isinstance(values, str):
        return values, ""
    for code in (language, *languages):
        if values.get(code):
            return values[code], code
    return "", language
