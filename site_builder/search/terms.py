"""The terms of one record: under which words, names and keys it is found, how strongly, and at which places.

A term is a stem as `text.analysis` gives it; `~` and a plural's key; or `@`, a kind and an id: a record that is named.
"""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from site_builder.catalog import Key
from site_builder.linking import LINKED_KINDS, Entity, forms_of
from site_builder.model import Kind
from site_builder.plan import Library
from site_builder.reading import passages
from site_builder.search.documents import Document, Text
from site_builder.search.packing import packed, put_varint
from site_builder.search.stopwords import is_stop_word
from site_builder.text import analysis
from site_builder.text.analysis import Words, alternatives, bare, is_arabic, plural_keys, readings, stem
from site_builder.text.bidi import isolate_plain
from site_builder.text.languages import language
from site_builder.text.wordlists import words as listed_words


class Analysed(NamedTuple):
    """What the index takes from a record.

    `terms` in order, each with its `strengths` (1 to 255) and `places` (varints: how many, the first, then
    differences; nothing for terms without places). `spoken` are its words, as folded and as written. `record` is the
    file that the browser shows it from. The rest is what results are filtered by.
    """

    terms: tuple[str, ...]
    strengths: bytes
    places: tuple[bytes, ...]
    spoken: tuple[tuple[str, str], ...]
    record: bytes
    kind: Kind
    id: str
    languages: tuple[str, ...]
    year: str
    about: tuple[Key, ...]
    names: tuple[tuple[str, str], ...]


class Setup(NamedTuple):
    """What analysing depends on beside the record: the names of all records, and where the texts are."""

    entities: tuple[Entity, ...]
    library: Library


def analyser(setup: Setup) -> Callable[[Document], Analysed]:
    """A function that works out what the index takes from a record."""
    return _Analyser(_Spans(setup.entities), setup.library).analyse


# How much a word counts where it stands, and a record for being named or listed.
_NAME, _MORE, _SUMMARY, _BODY, _DATE = 3.0, 1.5, 1.2, 1.0, 0.4
_OTHER_READING = 0.5
_ITSELF, _LISTED, _BROADER, _PERHAPS = 12.0, 2.0, 0.7, 0.5
#: BM25: how soon repetition stops to count, how much length matters, the length of an ordinary text in words.
_SATURATION, _LENGTH, _ORDINARY = 1.2, 0.5, 300
#: Places of the parts of a text are so far apart that no phrase spans two of them.
_APART = 8


class _Reading(NamedTuple):
    """What a folded word comes to: its stem, other stems that it may have, and the keys of its plurals."""

    stem: str
    others: tuple[str, ...]
    keys: tuple[str, ...]


@functools.lru_cache(maxsize=1 << 17)
def _read(word: str) -> _Reading:
    stemmed, others = stem(word), alternatives(word)
    keys = dict.fromkeys("~" + key for one in (stemmed, *others) for key in plural_keys(one))
    return _Reading(stemmed, others, tuple(keys))


class _Name(NamedTuple):
    """A name as a sequence of stems. Names of people, organisations and places have their words too: `exact`."""

    stems: tuple[str, ...]
    exact: tuple[str, ...]
    key: Key


class _Found(NamedTuple):
    """A record whose name stands in a text. `surely` is wanting where it is a name that linking has to judge."""

    key: Key
    surely: bool


class _Spans:
    """The names of records as sequences of words, to be found in texts."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._starts: dict[str, list[_Name]] = defaultdict(list)
        for entity in entities:
            for name in dict.fromkeys(_names_in_texts(entity)):
                self._starts[name.stems[0]].append(name)

    def find(self, words: Words) -> Iterator[_Found]:
        """The records named in a text, by the longest name at each place."""
        starts = self._starts
        read = list(map(_read, words.folded))
        after = 0
        for place, (stemmed, others, _) in enumerate(read):
            if place < after:
                continue
            for first in (stemmed, *others):
                fitting = (
                    [name for name in starts[first] if self._stands(name, words, read, place)]
                    if first in starts
                    else []
                )
                if fitting:
                    longest = max(len(name.stems) for name in fitting)
                    after = place + longest
                    for name in fitting:
                        if len(name.stems) == longest:
                            yield _Found(name.key, not name.exact)
                    break

    @staticmethod
    def _stands(name: _Name, words: Words, read: list[_Reading], place: int) -> bool:
        end = place + len(name.stems)
        if name.stems[1:] != tuple(reading.stem for reading in read[place + 1 : end]):
            return False
        if not name.exact:
            return True
        if not is_arabic(name.exact[0]) and not words.surfaces[place][0].isupper():
            return False
        firsts = {bare(reading.word) for reading in readings(words.folded[place])}
        return name.exact[0] in firsts and name.exact[1:] == tuple(map(bare, words.folded[place + 1 : end]))


def _names_in_texts(entity: Entity) -> Iterator[_Name]:
    key: Key = (entity.kind, entity.id)
    if entity.kind not in LINKED_KINDS:
        for name in (name for group in entity.names for name in group):
            stems = tuple(map(stem, analysis.words_of(name)))
            if stems:
                yield _Name(stems, (), key)
        return
    for form in forms_of(0, entity):
        alone = len(form.words) == 1 and (entity.needs_context or form.words[0] in listed_words("ordinary"))
        if form.role != "never" and not alone and len("".join(form.words)) > 2:
            yield _Name(tuple(map(stem, form.words)), form.words, key)


class _Analyser:
    def __init__(self, spans: _Spans, library: Library) -> None:
        self.spans, self.library = spans, library

    def analyse(self, document: Document) -> Analysed:
        """Work out what the index takes from a record."""
        strengths: dict[str, int] = {}
        places: dict[str, list[int]] = defaultdict(list)
        spoken: dict[tuple[str, str], None] = {}
        named: dict[Key, float] = defaultdict(float)
        bodies: dict[str, list[str]] = {}
        begin = 0
        for text in document.texts:
            bodies[text.language] = blocks = self._blocks(text)
            field = _Field(begin)
            field.add(text.name, _NAME, True)
            for more in text.more:
                field.add(more, _MORE, True)
            field.add(text.summary, _SUMMARY)
            for block in blocks:
                field.add(block, _BODY)
            self._named(text, field.parts, named)
            for _, date in document.dates:
                field.add(date, _DATE)
            begin = field.place + _APART
            for term, weight in field.weights.items():
                strengths[term] = max(strengths.get(term, 0), _strength(weight, field.length))
            for term, found in field.places.items():
                places[term] += found
            spoken |= field.spoken
        for key in document.about:
            named[key] += _LISTED
        for id_ in document.broader:
            named["topic", id_] += _BROADER
        named[document.kind, document.id] += _ITSELF
        for (kind, id_), weight in named.items():
            strengths[f"@{kind}/{id_}"] = _strength(weight, _ORDINARY)
        terms = tuple(sorted(strengths))
        return Analysed(
            terms,
            bytes(strengths[term] for term in terms),
            tuple(_varints(places.get(term, [])) for term in terms),
            tuple(spoken),
            _record(document, bodies),
            document.kind,
            document.id,
            tuple(text.language for text in document.texts if text.name),
            document.date[:4],
            document.about,
            tuple((text.language, text.name) for text in document.texts),
        )

    def _blocks(self, text: Text) -> list[str]:
        """The texts of a record as readers see them, block after block."""
        names = dict(text.references)
        texts = self.library.texts(text.path)
        found = []
        for part in text.parts:
            if part not in texts:
                continue
            read = passages.read(texts[part].html)
            whole = read.text
            for reference in reversed(read.references):
                if whole[reference.start] == passages.GAP:
                    whole = whole[: reference.start] + names.get(reference.target, "") + whole[reference.start + 1 :]
            found += [" ".join(block.split()) for block in whole.split("\n\n")]
        return [block for block in found if block]

    def _named(self, text: Text, parts: list[tuple[Words, float]], named: dict[Key, float]) -> None:
        """Count the records that a text names: those that linking found, and others by their very names."""
        for key, count in text.named:
            named[key] += count * _BODY
        linked = {key for key, _ in text.named}
        for words, weight in parts:
            for key, surely in self.spans.find(words):
                if surely or weight > _BODY:
                    named[key] += weight
                elif key not in linked:
                    named[key] += _PERHAPS


class _Field:
    """The words of a text as they are added, part by part, each with its weight."""

    def __init__(self, begin: int) -> None:
        self.place, self.length = begin, 0
        self.parts: list[tuple[Words, float]] = []
        self.weights: dict[str, float] = defaultdict(float)
        self.places: dict[str, list[int]] = defaultdict(list)
        self.spoken: dict[tuple[str, str], None] = {}

    def add(self, text: str, weight: float, with_stop_words: bool = False) -> None:
        """Add a part of the text. Stop words count in names alone."""
        weights, places = self.weights, self.places
        words = analysis.words_in(text)
        for number, (word, surface) in enumerate(zip(words.folded, words.surfaces, strict=True)):
            stemmed, others, keys = _read(word)
            place = self.place + number
            if is_stop_word(word):
                if with_stop_words:
                    weights[stemmed] += weight
                    places[stemmed].append(place)
                continue
            self.length += 1
            weights[stemmed] += weight
            places[stemmed].append(place)
            self.spoken[bare(word), surface] = None
            for other in (*others, *_hyphenated(words, number)):
                weights[other] += weight * _OTHER_READING
                places[other].append(place)
            for key in keys:
                weights[key] += weight
        self.place += len(words.folded) + _APART
        self.parts.append((words, weight))


def _hyphenated(words: Words, number: int) -> list[str]:
    """The stem of a word and the next as one, where a hyphen joins them: cease-fire."""
    if number + 1 == len(words.folded) or words.gaps[number + 1] not in ("-", "‐", "‑"):
        return []
    return [stem(words.folded[number] + words.folded[number + 1])]


def _strength(weight: float, length: int) -> int:
    """BM25's account of how often a term occurs, 1 to 255."""
    normal = _SATURATION * (1 - _LENGTH + _LENGTH * length / _ORDINARY)
    return max(1, round(255 * weight / (weight + normal)))


def _varints(places: list[int]) -> bytes:
    if not places:
        return b""
    numbers = [len(places), places[0], *(later - place for place, later in itertools.pairwise(places))]
    if max(numbers) < 128:
        return bytes(numbers)
    written = bytearray()
    for number in numbers:
        put_varint(written, number)
    return bytes(written)


def _record(document: Document, bodies: dict[str, list[str]]) -> bytes:
    """The file from which the browser shows a record: texts in which runs of the other direction are kept apart."""
    texts = {}
    for text in document.texts:
        apart = functools.partial(isolate_plain, direction=language(text.language).direction)
        if text.name:
            body = "\n".join(map(apart, bodies[text.language]))
            texts[text.language] = [apart(text.name), apart(text.summary), list(map(apart, text.more)), body]
    return packed(
        {
            "kind": document.kind,
            "id": document.id,
            "date": document.date,
            "dates": dict(document.dates),
            "articles": document.articles,
            "texts": texts,
        }
    )
