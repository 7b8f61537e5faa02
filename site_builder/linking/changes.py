"""Which texts another version of a record can matter to."""

from __future__ import annotations

import functools
from typing import NamedTuple

from site_builder.linking.entities import Entity
from site_builder.linking.finding import Searched, candidates
from site_builder.linking.forms import forms_of
from site_builder.linking.keys import EntityKeys, entity_keys, keys_of_forms, keys_of_words, words_to_search
from site_builder.linking.vocabulary import Vocabulary, first_words, given_names, given_names_read, is_arab, own_words
from site_builder.text.wordlists import exactly, speaks_against, words


class Change(NamedTuple):
    """Two versions of a record, and the keys by which texts tell whether the same is found with both.

    In a text with a key of `searched` something else may be found. One with a key of `compared` can be asked
    (`may_tell_apart`), which is quicker than to search it. In all other texts the same is found.
    """

    before: Entity
    after: Entity
    searched: EntityKeys
    compared: EntityKeys


_NONE = EntityKeys(frozenset(), frozenset())


def change(before: Entity, after: Entity) -> Change:
    """What two versions of a record differ in."""
    if _judged(before) != _judged(after) or not _NAMESAKES.isdisjoint(own_words(before.names) | own_words(after.names)):
        return Change(before, after, _every_key(before, after), _NONE)
    # A word that is one of a name's own says nothing against that, and neither does its initial.
    differing = (own_words(before.names) ^ own_words(after.names)) | (
        first_words(before.names) ^ first_words(after.names)
    )
    beside = keys_of_words({*differing, *(word[:1] for word in differing)})
    if _given(before) == _given(after):
        compared = keys_of_forms({*forms_of(0, before)} ^ {*forms_of(0, after)}, after.kind)
    else:
        # Whoever bears a surname is looked for by all his given names.
        compared = _every_key(before, after)
    return Change(before, after, EntityKeys(beside, frozenset()), compared)


def _every_key(before: Entity, after: Entity) -> EntityKeys:
    old, new = entity_keys(before), entity_keys(after)
    firm = old.firm | new.firm
    return EntityKeys(firm, (old.loose | new.loose) - firm)


def may_tell_apart(change: Change, text: str) -> bool:
    """Whether other ways to write the names of a record may stand in a text with one version than with the other."""
    return _ways(change.before, text) != _ways(change.after, text)


def _ways(entity: Entity, text: str) -> tuple[frozenset[object], ...]:
    found, shorts, surnames = candidates(Searched(text, words_to_search(text), _alone(entity)))
    spelled = [(place, hit.seen, *hit.surnames[0]) for place, hit in surnames]
    return frozenset(found), frozenset([one for one, _ in shorts]), frozenset(spelled)


@functools.lru_cache(maxsize=64)
def _alone(entity: Entity) -> Vocabulary:
    return Vocabulary([entity])


_NAMESAKES = frozenset(speaks_against("namesakes beside"))


def _judged(entity: Entity) -> tuple[object, ...]:
    """All of a record on which it may depend whether a name is meant, but for the single words of its names."""
    told = words("honours") | exactly("father and son") | speaks_against("countries of").keys()
    return *entity._replace(names=(), never=()), is_arab(entity.names), own_words(entity.names) & told


def _given(entity: Entity) -> tuple[frozenset[str], ...]:
    several = [frozenset(given_names(entity.names, arabic)) for arabic in (True, False)]
    return (*several, given_names_read(entity.names))
