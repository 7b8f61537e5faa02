"""Plain data that goes into the linker and comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from site_builder.model import Kind, Person, Record

#: The kinds of record whose names are looked for.
LINKED_KINDS: tuple[Kind, ...] = ("person", "organization", "place")
Key = tuple[Kind, str]


class Entity(NamedTuple):
    """A record as far as its names go. `names` holds the authorised name first, then aliases, of all languages.

    `titles` are those of offices; `about` is whatever else is said of it; `never` are phrases that are not it.
    """

    kind: Kind
    id: str
    names: tuple[tuple[str, ...], ...]
    titles: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    needs_context: bool = False
    never: tuple[str, ...] = ()


class Mention(NamedTuple):
    """A name found: `start` and `end` (exclusive) are code points of the text, attached particles left out."""

    start: int
    end: int
    surface: str
    entity: str
    kind: Kind


class Unresolved(NamedTuple):
    """What may be a name: the records it may belong to (ids), and why it was not decided."""

    start: int
    end: int
    surface: str
    candidates: tuple[str, ...]
    reason: str


class Links(NamedTuple):
    """All that was found in a text, in order."""

    mentions: tuple[Mention, ...]
    unresolved: tuple[Unresolved, ...]


class Context(NamedTuple):
    """What is known of a text besides its words: the records it lists or refers to, and what the editor decided.

    `decided` maps a surface, or a range `start-end`, to the id it means, or to None where it means no record.
    """

    listed: frozenset[Key] = frozenset()
    decided: Mapping[str, str | None] = {}


SEVERAL = "several records have this name"
NOT_NAMED = "only a short form, and its bearer is not named in full or listed"
NEEDS_CONTEXT = "an ordinary word, and nothing beside it speaks for the name"
OTHER_PERSON = "another given name or surname stands beside it"
OTHER_BODY = "part of the name of something else"
OTHER_CALLING = "the title beside it does not fit the record"


def entity_of(kind: Kind, id_: str, record: Record) -> Entity:
    """The entity that an authority record describes."""
    languages = [*record.name, *(code for code in record.aliases if code not in record.name)]
    names = tuple(
        tuple(dict.fromkeys([*([record.name[code]] if code in record.name else []), *record.aliases.get(code, ())]))
        for code in languages
    )
    titles = (
        [title for office in record.offices for title in office.title.values()] if isinstance(record, Person) else []
    )
    never = tuple(phrase for phrases in record.never.values() for phrase in phrases)
    about = (*record.description.values(), *titles)
    return Entity(kind, id_, names, tuple(titles), about, record.needs_context, never)
