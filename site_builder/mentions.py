"""What the names in a text come to: links in its HTML, and the sentences in which each record is named."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from site_builder import linking
from site_builder.linking import LINKED_KINDS, Context, Key, Vocabulary
from site_builder.model import FOLDERS
from site_builder.reading.document import RANGE, Stretch, Texts
from site_builder.reading.passages import Excerpt, Passages
from site_builder.text.languages import language
from site_builder.text.markup import isolated


class Text(NamedTuple):
    """What is known of a text in which names are to be found.

    `listed` are the records that its front matter names, `references` what its explicit references mean, by their
    targets as written, and `decided` what its editor says of names in it; of ranges among these, `stretches` says
    where in the text they are. `language` is its own, among the `languages` of the site.
    """

    listed: tuple[Key, ...]
    references: tuple[tuple[str, Key], ...]
    decided: tuple[tuple[str, str | None], ...]
    language: str
    languages: tuple[str, ...]
    stretches: tuple[Stretch, ...] = ()


class Sighting(NamedTuple):
    """A sentence that names a record, and the anchor of its block. Each of the excerpt's marks is a mention."""

    anchor: str
    excerpt: Excerpt


class Sighted(NamedTuple):
    """What was found in a text.

    `html` has an anchor on every block, and a reference around the first mention of each record in a section, unless
    an editor's own reference comes before it. `linked` are the records of such references, by their targets.
    `sightings` are those of each record in the order of the text, explicit references among them.
    """

    html: str
    linked: tuple[tuple[str, Key], ...]
    sightings: Mapping[Key, tuple[Sighting, ...]]


class Linked(NamedTuple):
    """The texts of an article: the HTML of its body with links to the records that it names, and `linked` as of
    `Sighted`."""

    texts: Texts
    linked: tuple[tuple[str, Key], ...]


class Names(NamedTuple):
    """What the rest of the archive has to know of the names in a text.

    `records` are those named: how often, and a digest of the sentences. `digest` is one of all that was found.
    """

    records: tuple[tuple[Key, int, bytes], ...]
    digest: bytes


def linked(sighted: Sighted, texts: Texts) -> Linked:
    """The texts of an article with what was found in them."""
    return Linked({**texts, "body": texts["body"]._replace(html=sighted.html)}, sighted.linked)


#: A sentence that names a record, ready to be shown: the anchor of its block, and its HTML; or the sentence itself,
#: where that waits for the names of what it refers to without words.
Quotation = tuple[str, str | Excerpt]


def quotations(sighted: Sighted, text: Text) -> dict[Key, tuple[Quotation, ...]]:
    """The sentences of a text that name each record."""
    return {
        key: tuple(
            (anchor, excerpt if excerpt.gaps else excerpt_html(excerpt, text.language, text.languages))
            for anchor, excerpt in sightings
        )
        for key, sightings in sighted.sightings.items()
    }


def excerpt_html(excerpt: Excerpt, code: str, languages: tuple[str, ...]) -> str:
    """The HTML of an excerpt (without gaps) of a text in the language `code`, with its marks in `mark`."""
    return isolated(excerpt.text, language(code).direction, languages, excerpt.marks)


#: Of a text that was not searched yet.
NONE = Names((), b"")


def names_of(sighted: Sighted) -> Names:
    """The short form of what was found in a text."""
    records = tuple(
        (key, sum(len(one.excerpt.marks) for one in sightings), _digest(repr(sightings)))
        for key, sightings in sighted.sightings.items()
    )
    return Names(records, _digest(f"{sighted.html}{sighted.linked}"))


def differing(now: Names, before: Names) -> set[Key]:
    """The records of which a text says other things than before."""
    return {key for key, *_ in set(now.records) ^ set(before.records)}


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).digest()


class _Spot(NamedTuple):
    start: int
    end: int
    key: Key
    explicit: bool


def target_of(key: Key) -> str:
    """The target of a reference that can mean only this record."""
    return f"{FOLDERS[key[0]]}/{key[1]}"


def sighted(found: Passages, text: Text, names: Vocabulary) -> Sighted:
    """Find who and what is named in a text.

    Headings say who is meant below them, but nothing in them is a mention.
    """
    meant = dict(text.references)
    context = Context(established(text), _decided(text, found.prose))
    spots = [_Spot(one.start, one.end, (one.kind, one.entity), False) for one in _names(found, names, context)]
    spots += [
        _Spot(one.start, one.end, meant[one.target], True)
        for one in found.references
        if one.target in meant and meant[one.target][0] in LINKED_KINDS
    ]
    links: list[tuple[int, int, str]] = []
    linked: dict[str, Key] = {}
    reached: set[tuple[int, Key]] = set()
    by_key: dict[Key, list[tuple[int, int]]] = defaultdict(list)
    for start, end, key, explicit in sorted(spots):
        block = found.block_at(start)
        if block is None or block.heading:
            continue
        by_key[key].append((start, end))
        if (block.section, key) in reached:
            continue
        if not explicit:
            if found.place(start, end) is None:
                continue
            linked[target_of(key)] = key
            links.append((start, end, target_of(key)))
        reached.add((block.section, key))
    return Sighted(found.marked(links), tuple(linked.items()), _sightings(found, by_key))


def established(text: Text) -> frozenset[Key]:
    """The records that a text lists or refers to: they may be named in short."""
    return frozenset([*text.listed, *(key for _, key in text.references)])


def _decided(text: Text, prose: str) -> dict[str, str | None]:
    """What the editor decided, with ranges of the prose in place of those of the file."""
    decided = {name: id_ for name, id_ in text.decided if not RANGE.fullmatch(name)}
    ranges = dict(text.decided)
    for key, words, number in text.stretches:
        places = [match.span() for match in re.finditer(re.escape(words), prose)]
        if number < len(places):
            start, end = places[number]
            decided[f"{start}-{end}"] = ranges[key]
    return decided


def _names(found: Passages, names: Vocabulary, context: Context) -> tuple[linking.Mention, ...]:
    return linking.find(found.prose, names, context).mentions if names.entities else ()


def _sightings(found: Passages, by_key: Mapping[Key, list[tuple[int, int]]]) -> dict[Key, tuple[Sighting, ...]]:
    texts: dict[str, str] = {}  # a sentence that names several records is kept once
    return {
        key: tuple(
            Sighting(block.anchor, Excerpt(texts.setdefault(excerpt.text, excerpt.text), excerpt.marks, excerpt.gaps))
            for block, excerpt in found.excerpts(spans)
        )
        for key, spans in by_key.items()
    }
