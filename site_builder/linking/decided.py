"""What an editor decided of names in a text, over all that was found there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from site_builder.linking.entities import LINKED_KINDS, Links, Mention, Unresolved
from site_builder.linking.finding import Searched
from site_builder.linking.vocabulary import Vocabulary
from site_builder.model import Kind
from site_builder.text import analysis
from site_builder.text.analysis import readings

_RANGE = re.compile("([0-9]+)-([0-9]+)")
Named = tuple[str, Kind]


def decide(
    searched: Searched, decided: Mapping[str, str | None], mentions: Sequence[Mention], waiting: Sequence[Unresolved]
) -> Links:
    """Put in what the editor decided; nothing else is said of what it covers."""
    spans = [*_spans(searched, decided)] if decided else []

    def free(one: Mention | Unresolved) -> bool:
        return all(one.end <= start or end <= one.start for start, end, _ in spans)

    kept = [mention for mention in mentions if free(mention)]
    kept += [Mention(start, end, searched.text[start:end], *named) for start, end, named in spans if named]
    return Links(tuple(sorted(kept)), tuple(sorted(one for one in waiting if free(one))))


def _spans(searched: Searched, decided: Mapping[str, str | None]) -> Iterator[tuple[int, int, Named | None]]:
    for written, meant in decided.items():
        named = _named(searched.vocabulary, meant) if meant else None
        if meant and not named:
            continue
        span = _RANGE.fullmatch(written)
        if span:
            if int(span[1]) < int(span[2]) <= len(searched.text):
                yield int(span[1]), int(span[2]), named
            continue
        for start, end in _places(searched, [*analysis.words_of(written)]):
            yield start, end, named


def _places(searched: Searched, sought: list[str]) -> Iterator[tuple[int, int]]:
    """Where words stand in the text, perhaps with particles attached to the first, which are left out."""
    words = searched.words
    for place in range(len(words.folded) - len(sought) + 1 if sought else 0):
        if words.folded[place + 1 : place + len(sought)] != sought[1:]:
            continue
        for reading in readings(words.folded[place]):
            if reading.word == sought[0]:
                cut = analysis.cut_point(words.surfaces[place], reading.cut) if reading.cut else 0
                yield words.starts[place] + cut, words.ends[place + len(sought) - 1]
                break


def _named(vocabulary: Vocabulary, id_: str) -> Named | None:
    for kind in LINKED_KINDS:
        if (kind, id_) in vocabulary.keys:
            return id_, kind
    return None
