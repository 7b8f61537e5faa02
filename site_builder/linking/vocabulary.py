"""The names of an archive, ready to be looked for in any number of texts."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from site_builder.linking import keys
from site_builder.linking.entities import Entity, Key
from site_builder.linking.forms import Form, forms_of
from site_builder.linking.keys import Seen
from site_builder.text import analysis
from site_builder.text.analysis import bare, is_arabic, name_key, name_keys, sounds
from site_builder.text.wordlists import words

#: What spelling may change: in proportion to the length of a word, and of a name alone in one word.
SPELLING = 0.15
SPELLING_ALONE = 0.11
_SPELLING_GIVEN = 0.2
#: ... and at most, by the number of consonants.
_ROOM = (0.2, 0.2, 0.35, 0.6, 9.0)
OTHER_SPELLING = 0.05
#: What costs less is no other spelling.
NEARLY = 0.05


class Hit(NamedTuple):
    """A word of a text that names of the archive have: read in this way, and the forms to which it leads.

    `beside` holds forms of several words, by what the other word of their key has to be.
    """

    seen: Seen
    exact: tuple[Form, ...]
    alone: tuple[Form, ...]
    beside: Mapping[str, list[tuple[Form, int]]]


class Hits(NamedTuple):
    """What a word of a text may lead to. `may_begin` a name of one word that a space has split."""

    hits: tuple[Hit, ...]
    may_begin: bool


_NOTHING = Hits((), False)


class Vocabulary:
    """All names of an archive. Compiled once; good for any number of texts."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        """Compile the names of the entities."""
        self.entities = tuple(entities)
        self.single: dict[str, tuple[Form, ...]] = {}
        self._beside: dict[str, dict[str, list[tuple[Form, int]]]] = {}
        self._beginnings: set[str] = set()
        self._memo: dict[str, Hits] = {}
        self._given: dict[tuple[int, str], float] = {}
        self.shorts: dict[int, list[Form]] = defaultdict(list)
        for number, entity in enumerate(self.entities):
            for form in dict.fromkeys(forms_of(number, entity)):
                self._add(form)

    def _add(self, form: Form) -> None:
        for key, place in keys.keys_of(form):
            if key[0] in "=~" and len(form.words) == 1:
                self.single[key] = (*self.single.get(key, ()), form)
            else:
                near, side, coarse = _divided(key)
                self._beside.setdefault(near, {}).setdefault(side + coarse, []).append((form, place))
        if len(form.words) == 1:
            word = form.words[0]
            splits = {*range(2, 5), *range(len(word) - 4, len(word) - 1)}
            self._beginnings.update(word[:place] for place in splits if 1 < place < len(word) - 1 and len(word) > 4)
            if form.role == "short" and not form.as_written:
                self.shorts[form.entity].append(form)

    @cached_property
    def keys(self) -> Mapping[Key, int]:
        """The number of each entity."""
        return {(entity.kind, entity.id): number for number, entity in enumerate(self.entities)}

    def sight(self, folded: list[str]) -> dict[str, Hits]:
        """What each of these words of a text (and perhaps others) may lead to."""
        if len(self._memo) > keys.MOST_KEPT:
            self._memo.clear()
        fresh = set(folded).difference(self._memo)
        if fresh:
            known = keys.seen(fresh)
            for word in fresh:
                self._memo[word] = self._hits(known[word])
        return self._memo

    def _hits(self, ways: tuple[Seen, ...]) -> Hits:
        single, beside = self.single, self._beside
        hits = []
        may_begin = False
        for seen in ways:
            exact = single.get("=" + seen.core, ())
            if seen.whole != seen.core:
                exact += single.get("=" + seen.whole, ())
                may_begin = may_begin or seen.whole in self._beginnings
            likely = single.get(keys.alone(seen.core, seen.bones), ())
            others = beside.get(seen.near)
            if exact or likely or others:
                hits.append(Hit(seen, exact, likely, others or {}))
            may_begin = may_begin or seen.core in self._beginnings
        return Hits(tuple(hits), may_begin) if hits or may_begin else _NOTHING

    def unlike_given_name(self, number: int, word: str) -> float:
        """How far a word is from the first words of a person's names: 1 and more is too far."""
        found = self._given.get((number, word))
        if found is None:
            firsts = {next(analysis.words_of(name), "") for group in self.entities[number].names for name in group}
            names = [sounds(bare(first)) for first in firsts if is_arabic(first) == is_arabic(word) and len(first) > 2]
            heard = sounds(word)
            costs = [analysis.difference(heard, name, 2.0) / max(len(heard), len(name)) for name in names]
            found = 1.0 if word in words("arab given names") or len(word) < 3 else min(costs, default=1.0)
            found = self._given[number, word] = found / _SPELLING_GIVEN
        return found


@functools.lru_cache(maxsize=4096)
def own_words(names: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    """The folded words of an entity's names, with their articles and without."""
    return words_of_all(tuple(name for group in names for name in group))


@functools.lru_cache(maxsize=4096)
def words_of_all(texts: tuple[str, ...]) -> frozenset[str]:
    """The folded words of some texts, with their articles and without."""
    found = [word for text in texts for word in analysis.words_of(text)]
    return frozenset([*found, *map(bare, found)])


def _divided(key: str) -> tuple[str, str, str]:
    for side in "<>":
        near, sign, coarse = key.rpartition(side)
        if sign:
            return near, sign, coarse
    raise AssertionError(key)


# --- Spellings --------------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=65536)
def spelling(word: str, written: str, after_listed: bool) -> float | None:
    """What it costs to read `written` (without its article) as the known `word`; None where it is another word.

    `after_listed`: the words of the name before it are as listed, which makes it likelier.
    """
    if word == written:
        return 0.0
    if abs(len(word) - len(written)) > 4 or is_arabic(word) != is_arabic(written) or len(word) < 3 or len(written) < 3:
        return None
    if {word, written} & words("arab given names"):
        return None
    heard, theirs = sounds(written), sounds(word)
    most = SPELLING * max(len(heard), len(theirs)) - OTHER_SPELLING
    cost = analysis.difference(heard, theirs, most)
    if cost > most:
        return None
    if after_listed and len(word) > 4 and len(written) > 4 and abs(len(word) - len(written)) < 4:
        return cost + OTHER_SPELLING
    if cost > _ROOM[min(len(analysis.consonants(heard)), 4)]:
        return None
    key = name_key(written)
    if key not in name_keys(word) if len(key) > 1 else heard != theirs:
        return None
    return cost + OTHER_SPELLING
