"""The index joined from all records' terms, as the files that the browser reads.

All files are compressed JSON or compressed binary data. `manifest.bin` says what is where; every other file is small,
so that a query fetches a few of them: `terms/` has for each term the records and how strongly they have it, `places/`
at which places, `names/` the names of records, `words/` the words there are, for corrections, `records/` one record
each, `filters.bin` what results are filtered by. `offline.js` holds them all, for pages opened without a server.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from site_builder.catalog import Key
from site_builder.linking import Entity, forms_of
from site_builder.places import SEARCH
from site_builder.search.documents import KINDS
from site_builder.search.packing import compressed, packed, put_varint
from site_builder.search.stopwords import stop_words
from site_builder.search.terms import Analysed
from site_builder.text import analysis
from site_builder.text.languages import language

#: Where the index is, below the root of the site.
#: Up to so many records there is an index for pages opened without a server.
MOST_OFFLINE = 2000
# Sizes in bytes before compression, at which the next file begins.
_TERMS_SIZE, _PLACES_SIZE, _NAMES_SIZE, _WORDS_SIZE = 24_000, 48_000, 40_000, 40_000
#: Consonants of a word that is looked up as it sounds.
_FEWEST_SOUNDS = 3


class File(NamedTuple):
    """A file of the index: its path below the site's root, and its bytes."""

    path: str
    data: bytes


class _Term:
    """Where a term occurs: for each record the difference to the record before it and a strength; and the places."""

    __slots__ = ("count", "last", "places", "postings")

    def __init__(self) -> None:
        self.count, self.last = 0, 0
        self.postings, self.places = bytearray(), bytearray()


class Index:
    """An index that records are added to, kind after kind in the order of `documents`."""

    def __init__(self, languages: tuple[str, ...], stand_ins: bool) -> None:
        """Begin. `languages` are the site's; with `stand_ins` each record has a page in all of them."""
        self._languages, self._stand_ins = languages, stand_ins
        self._terms: dict[str, _Term] = {}
        self._spoken: Counter[tuple[str, str]] = Counter()
        self._kinds: Counter[str] = Counter()
        self._records: list[bytes] = []
        self._filters: list[tuple[tuple[str, ...], str, tuple[Key, ...]]] = []
        self._numbers: dict[Key, int] = {}
        self._names: dict[Key, tuple[tuple[str, str], ...]] = {}

    def add(self, record: Analysed) -> None:
        """Add a record."""
        number = len(self._records)
        self._records.append(record.record)
        for term, strength, places in zip(record.terms, record.strengths, record.places, strict=True):
            entry = self._terms.get(term)
            if entry is None:
                entry = self._terms[term] = _Term()
            put_varint(entry.postings, number - entry.last)
            entry.postings.append(strength)
            entry.last = number
            entry.count += 1
            put_varint(entry.places, len(places))
            entry.places += places
        self._spoken.update(record.spoken)
        key: Key = (record.kind, record.id)
        self._kinds[record.kind] += 1
        self._numbers[key] = number
        self._filters.append((record.languages, record.year, record.about))
        if record.kind in ("person", "topic"):
            self._names[key] = record.names

    def files(self, entities: Iterable[Entity]) -> Iterator[File]:
        """The files of the index. `entities` are the records as far as their names go."""
        content = self._content(entities)
        yield File(f"{SEARCH}offline.js", _offline(content if len(self._records) <= MOST_OFFLINE else None))
        for name, data in content.items():
            yield File(f"{SEARCH}{name}.bin", data)

    def _content(self, entities: Iterable[Entity]) -> dict[str, bytes]:
        """All files by their names, the manifest first."""
        starts, term_files = self._term_files()
        names, name_files = _by_sound(self._name_lines(entities), _NAMES_SIZE)
        words, word_files = self._word_files()
        series = {
            "terms": [postings for postings, _ in term_files],
            "places": [places for _, places in term_files],
            "names": name_files,
            **{f"words/{order}": files for order, files in word_files.items()},
            "records": self._records,
        }
        content = {f"{name}/{number}": data for name, files in series.items() for number, data in enumerate(files)}
        content["filters"] = self._filter_file()
        manifest = {
            # Files of another version than the manifest's must not be taken from a browser's cache.
            "version": hashlib.blake2b(b"".join(content.values()), digest_size=6).hexdigest(),
            "languages": {code: language(code).direction for code in self._languages},
            "standIns": self._stand_ins,
            "kinds": [[kind, self._kinds[kind]] for kind in KINDS if self._kinds[kind]],
            "stopWords": " ".join(sorted(stop_words())),
            "terms": starts,
            "names": names,
            "words": words,
        }
        return {"manifest": packed(manifest), **content}

    def _term_files(self) -> tuple[list[str], list[tuple[bytes, bytes]]]:
        """The first term of each pair of files, and the files: of postings, and of places, with the same terms."""
        starts: list[str] = []
        files: list[tuple[bytes, bytes]] = []
        postings, places = bytearray(), bytearray()
        for term in sorted(self._terms, key=lambda term: term.encode("utf-16-be")):
            entry = self._terms[term]
            full = len(postings) + len(entry.postings) > _TERMS_SIZE or len(places) + len(entry.places) > _PLACES_SIZE
            if postings and full:
                files.append((compressed(postings), compressed(places)))
                postings, places = bytearray(), bytearray()
            if not postings:
                starts.append(term)
            name = term.encode()
            for file, data in ((postings, entry.postings), (places, entry.places)):
                put_varint(file, len(name))
                file += name
                put_varint(file, entry.count)
                put_varint(file, len(data))
                file += data
        if postings:
            files.append((compressed(postings), compressed(places)))
        return starts, files

    def _name_lines(self, entities: Iterable[Entity]) -> Iterator[tuple[str, str]]:
        """Names as they are looked up: under a key of their first word, a line with record, role and words."""
        for entity in entities:
            head = f"{self._numbers[entity.kind, entity.id]} {entity.kind}/{entity.id}"
            forms = dict.fromkeys((form.role, form.words) for form in forms_of(0, entity) if form.role != "never")
            for role, words in forms:
                keys = {key[:1] for key in (analysis.name_key(words[0]), *analysis.name_keys(words[0]))}
                for key in sorted(keys):
                    yield key, f"{head} {role[0]} {' '.join(words)}"

    def _word_files(self) -> tuple[dict[str, list[str]], dict[str, list[bytes]]]:
        """The words there are, in three orders: by their beginnings, their endings, and as they sound.

        For each order, the first key of each file; and the files, with a word, how many records have it, and the word
        as it is mostly written, in each line.
        """
        lines: dict[str, list[tuple[str, str]]] = {"front": [], "back": [], "sound": []}
        for word, surfaces in itertools.groupby(sorted(self._spoken.items()), key=lambda entry: entry[0][0]):
            counts = {surface: count for (_, surface), count in surfaces}
            written = min(counts, key=lambda surface: (-counts[surface], surface))
            line = f"{word} {sum(counts.values())} {written}"
            lines["front"].append((word, line))
            lines["back"].append((word[::-1], line))
            sound = analysis.name_key(word)
            if len(sound) >= _FEWEST_SOUNDS and (analysis.is_arabic(word) or written[0].isupper()):
                lines["sound"].append((sound, line))
        starts: dict[str, list[str]] = {}
        files: dict[str, list[bytes]] = {}
        for order, listed in lines.items():
            starts[order], files[order] = [], []
            filled: list[str] = []
            size = 0
            for key, line in sorted(listed, key=lambda entry: (entry[0].encode("utf-16-be"), entry[1])):
                if not filled:
                    starts[order].append(key)
                filled.append(line)
                size += len(line.encode()) + 1
                if size >= _WORDS_SIZE:
                    files[order].append(compressed("\n".join(filled).encode()))
                    filled, size = [], 0
            if filled:
                files[order].append(compressed("\n".join(filled).encode()))
        return starts, files

    def _filter_file(self) -> bytes:
        """Column by column: languages as bits, year, and the people and topics that each record is about."""
        named = [key for key in self._numbers if key[0] in ("person", "topic")]
        place = {key: number for number, key in enumerate(named)}
        return packed(
            {
                "languages": [sum(1 << self._languages.index(code) for code in codes) for codes, _, _ in self._filters],
                "years": [int(year) if year else 0 for _, year, _ in self._filters],
                "about": [[place[key] for key in about if key in place] for _, _, about in self._filters],
                "named": [[*key, dict(self._names[key])] for key in named],
            }
        )


def _offline(content: Mapping[str, bytes] | None) -> bytes:
    """A script that hands over all files; or says that there are too many records for that."""
    inside = {name: base64.b64encode(data).decode() for name, data in content.items()} if content else None
    return f"siteSearch.offline({json.dumps(inside, separators=(',', ':'))});\n".encode()


def _by_sound(lines: Iterable[tuple[str, str]], size: int) -> tuple[dict[str, list[int]], list[bytes]]:
    """Lines under keys of one letter, put into files of at least some size: which files a key has, and the files."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key, line in lines:
        groups[key].append(line)
    where: dict[str, list[int]] = {}
    files: list[list[str]] = []
    filled = size
    for key in sorted(groups):
        if filled >= size:
            files.append([])
            filled = 0
        files[-1] += groups[key]
        filled += sum(len(line.encode()) + 1 for line in groups[key])
        where[key] = [len(files) - 1]
    return where, [compressed("\n".join(dict.fromkeys(file)).encode()) for file in files]
