"""What an editor decided of names in a text, over all that was found there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from site_builder.linking.entities import LINKED_KINDS, Links, Mention, Unresolved
from site_builder.linking.finding import Searched
from site_builder.linking.vocabulary import Vocabulary
from site_builder.model import Kind
from site_builder.text import analysis
from site_builder.text.analysis import readings

_RANGE = re.compile("([0-9]+)-([0-9]+)")
Named = tuple[str, Kind]


class _Decision(NamedTuple):
    """What a part of the text is: a record, or none. `ranged` where the editor gave its place, not a surface."""

    start: int
    end: int
    named: Named | None
    ranged: bool


def decide(
    searched: Searched, decided: Mapping[str, str | None], mentions: Sequence[Mention], waiting: Sequence[Unresolved]
) -> Links:
    """Put in what the editor decided; nothing else is said of what it covers.

    A range always counts. A surface does not count within a longer name that was found or decided on: what is said of
    Clinton says nothing of Bill Clinton.
    """
    spans = _counting([*_decisions(searched, decided)], mentions) if decided else []

    def free(one: Mention | Unresolved) -> bool:
        return all(one.end <= span.start or span.end <= one.start for span in spans)

    kept = [mention for mention in mentions if free(mention)]
    kept += [Mention(one.start, one.end, searched.text[one.start : one.end], *one.named) for one in spans if one.named]
    return Links(tuple(sorted(kept)), tuple(sorted(one for one in waiting if free(one))))


def _counting(decisions: list[_Decision], mentions: Sequence[Mention]) -> list[_Decision]:
    """Ranges, then surfaces, the longest first: those that no other covers, nor a longer name if it is not covered."""
    counting: list[_Decision] = []

    def covered(start: int, end: int) -> bool:
        return any(start < one.end and one.start < end for one in counting)

    for decision in sorted(decisions, key=lambda one: (not one.ranged, one.start - one.end)):
        start, end = decision.start, decision.end
        longer = (
            one for one in mentions if one.start <= start and end <= one.end and end - start < one.end - one.start
        )
        if decision.ranged or not (covered(start, end) or any(not covered(one.start, one.end) for one in longer)):
            counting.append(decision)
    return counting


def _decisions(searched: Searched, decided: Mapping[str, str | None]) -> Iterator[_Decision]:
    for written, meant in decided.items():
        named = _named(searched.vocabulary, meant) if meant else None
        if meant and not named:
            continue
        span = _RANGE.fullmatch(written)
        if span:
            if int(span[1]) < int(span[2]) <= len(searched.text):
                yield _Decision(int(span[1]), int(span[2]), named, True)
            continue
        for start, end in _places(searched, [*analysis.words_of(written)]):
            yield _Decision(start, end, named, False)


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
