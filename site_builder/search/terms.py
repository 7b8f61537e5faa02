"""The terms of one record: under which words, names and keys it is found, how strongly, and at which places.

A term is a stem as `text.analysis` gives it; `~` and a plural key; or `@`, a kind and an id: a record that is named.
"""

from __future__ import annotations

import functools
import html
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from site_builder import linking
from site_builder.catalog import Key
from site_builder.linking import LINKED_KINDS, Context, Entity, Vocabulary
from site_builder.model import Kind
from site_builder.search.documents import Document, Text
from site_builder.search.packing import packed, put_varint
from site_builder.search.stopwords import is_stop_word
from site_builder.text import analysis
from site_builder.text.analysis import Token, alternatives, plural_keys, stem
from site_builder.text.bidi import isolate_plain
from site_builder.text.languages import language


class Analysed(NamedTuple):
    """What the index takes from a record.

    `terms` in order, each with its `strengths` (1 to 255) and `places` (varints: how many, the first, then
    differences; nothing for terms without places). `spoken` are the surfaces of its stems. `record` is the file that
    the browser shows it from. The rest is what results are filtered by.
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
    """What analysing depends on beside the record: the names of all records."""

    entities: tuple[Entity, ...]


def analyser(setup: Setup) -> Callable[[Document], Analysed]:
    """A function that works out what the index takes from a record."""
    vocabulary = Vocabulary(entity for entity in setup.entities if entity.kind in LINKED_KINDS)
    return _Analyser(vocabulary, _Spans(setup.entities)).analyse


# How much a word counts where it stands, and a record for being named or listed.
_NAME, _MORE, _SUMMARY, _BODY, _DATE = 3.0, 1.5, 1.2, 1.0, 0.4
_OTHER_READING = 0.5
_ITSELF, _LISTED, _BROADER, _PERHAPS = 12.0, 2.0, 0.7, 0.5
#: BM25: how soon repetition stops to count, how much length matters, the length of an ordinary text in words.
_SATURATION, _LENGTH, _ORDINARY = 1.2, 0.5, 300
#: Places of the parts of a text are so far apart that no phrase spans two of them.
_APART = 8

_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|ul|ol|li|dl|dt|dd|blockquote|pre|table|thead|tbody|tr|td|th|section|figure|figcaption|hr|br)\b[^>]*>"
)
_NOTE_MARK = re.compile(r'<sup id="fnref.*?</sup>|<a class="footnote-backref".*?</a>', re.DOTALL)
_REFERENCE = re.compile(r'<x-ref [^>]*?target="([^"]*)"[^>]*></x-ref>')
_TAG = re.compile(r"<[^>]*>|<!--.*?-->", re.DOTALL)
_SPACE = re.compile(r"[ \t\r\f\v\u00a0]+")


def paragraphs(text: Text) -> list[str]:
    """The body of a text without its markup, block after block."""
    names = {target: name for target, _, name in text.references}

    def name(match: re.Match[str]) -> str:
        return html.escape(names.get(html.unescape(match[1]), ""))

    plain = _TAG.sub("", _BLOCK.sub("\n", _REFERENCE.sub(name, _NOTE_MARK.sub("", text.body)).replace("\n", " ")))
    lines = (_SPACE.sub(" ", line).strip() for line in html.unescape(plain).split("\n"))
    return [line for line in lines if line]


class _Spans:
    """The names of records as sequences of stems, to be found in texts whatever their capitals and endings."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._starts: dict[str, list[tuple[tuple[str, ...], Key]]] = defaultdict(list)
        for entity in entities:
            if entity.kind in LINKED_KINDS:
                continue
            for name in dict.fromkeys(name for group in entity.names for name in group):
                stems = tuple(stem(word) for word in analysis.words_of(name))
                if stems:
                    self._starts[stems[0]].append((stems, (entity.kind, entity.id)))

    def find(self, words: list[str]) -> Iterator[Key]:
        """The records named in a sequence of folded words, the longest name at each place."""
        stems = [stem(word) for word in words]
        place = 0
        while place < len(stems):
            length, found = self._at(stems, place, words[place])
            yield from found
            place += length

    def _at(self, stems: list[str], place: int, word: str) -> tuple[int, list[Key]]:
        """How many words to go on from a place, and the records whose names stand there."""
        for first in (stems[place], *alternatives(word)):
            fitting = [
                (len(names), key)
                for names, key in self._starts.get(first, ())
                if names[1:] == tuple(stems[place + 1 : place + len(names)])
            ]
            if fitting:
                longest = max(length for length, _ in fitting)
                return longest, [key for length, key in fitting if length == longest]
        return 1, []


class _Analyser:
    def __init__(self, vocabulary: Vocabulary, spans: _Spans) -> None:
        self.vocabulary, self.spans = vocabulary, spans

    def analyse(self, document: Document) -> Analysed:
        """Work out what the index takes from a record."""
        strengths: dict[str, int] = {}
        places: dict[str, list[int]] = defaultdict(list)
        spoken: dict[tuple[str, str], None] = {}
        concepts: dict[Key, float] = defaultdict(float)
        bodies: dict[str, list[str]] = {}
        begin = 0
        dates = dict(document.dates)
        for text in document.texts:
            bodies[text.language] = blocks = paragraphs(text)
            field = _Field(begin)
            field.add(text.name, _NAME, True)
            for more in text.more:
                field.add(more, _MORE, True)
            field.add(text.summary, _SUMMARY)
            for block in blocks:
                field.add(block, _BODY)
            for words, weight in field.parts:
                for key in self.spans.find(words):
                    concepts[key] += weight
            for date in dates.values():
                field.add(date, _DATE)
            begin = field.place + _APART
            for term, weight in field.weights.items():
                strengths[term] = max(strengths.get(term, 0), _strength(weight, field.length))
            for term, found in field.places.items():
                places[term] += found
            spoken |= field.spoken
            self._named(document, text, blocks, concepts)
        for key in document.about:
            concepts[key] += _LISTED
        for id_ in document.broader:
            concepts["topic", id_] += _BROADER
        concepts[document.kind, document.id] += _ITSELF
        for (kind, id_), weight in concepts.items():
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
            tuple(text.language for text in document.texts),
            document.date[:4],
            document.about,
            tuple((text.language, text.name) for text in document.texts),
        )

    def _named(self, document: Document, text: Text, blocks: list[str], concepts: dict[Key, float]) -> None:
        """Count the records that a text names."""
        referred = [key for _, key, _ in text.references if key[0] in LINKED_KINDS]
        listed = frozenset([*document.about, *referred])
        whole = "\n".join([text.name, text.summary, *blocks])
        links = linking.find(whole, self.vocabulary, Context(listed, dict(text.decided)))
        in_name = len(text.name)
        for mention in links.mentions:
            concepts[mention.kind, mention.entity] += _NAME if mention.start < in_name else _BODY
        for unresolved in links.unresolved:
            if len(unresolved.candidates) == 1:
                for kind in LINKED_KINDS:
                    if (kind, unresolved.candidates[0]) in self.vocabulary.keys:
                        concepts[kind, unresolved.candidates[0]] += _PERHAPS
        for key in referred:
            concepts[key] += _BODY


@functools.lru_cache(maxsize=1 << 17)
def _read(word: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The stem of a folded word, its other readings, and the keys of its plurals."""
    stemmed, others = stem(word), alternatives(word)
    return stemmed, others, tuple(dict.fromkeys("~" + key for one in (stemmed, *others) for key in plural_keys(one)))


class _Field:
    """The words of a text as they are added, part by part: `parts` are the folded words, with their weight."""

    def __init__(self, begin: int) -> None:
        self.place, self.length = begin, 0
        self.parts: list[tuple[list[str], float]] = []
        self.weights: dict[str, float] = defaultdict(float)
        self.places: dict[str, list[int]] = defaultdict(list)
        self.spoken: dict[tuple[str, str], None] = {}

    def add(self, text: str, weight: float, with_stop_words: bool = False) -> None:
        weights, places = self.weights, self.places
        tokens = analysis.tokens(text)
        for number, (start, end, word) in enumerate(tokens):
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
            self.spoken[stemmed, text[start:end]] = None
            for other in (*others, *_hyphenated(text, tokens, number)):
                weights[other] += weight * _OTHER_READING
                places[other].append(place)
            for key in keys:
                weights[key] += weight
        self.place += len(tokens) + _APART
        self.parts.append(([token.word for token in tokens], weight))


def _hyphenated(text: str, tokens: list[Token], number: int) -> list[str]:
    """The stem of a word and the next as one, where a hyphen joins them: cease-fire."""
    if number + 1 == len(tokens) or text[tokens[number].end : tokens[number + 1].start] not in ("-", "‐", "‑"):
        return []
    return [stem(tokens[number].word + tokens[number + 1].word)]


def _strength(weight: float, length: int) -> int:
    """BM25's account of how often a term occurs, 1 to 255."""
    normal = _SATURATION * (1 - _LENGTH + _LENGTH * length / _ORDINARY)
    return max(1, round(255 * weight / (weight + normal)))


def _varints(places: list[int]) -> bytes:
    written = bytearray()
    if places:
        for number in (len(places), places[0], *(later - place for place, later in itertools.pairwise(places))):
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
