"""Which texts another version of a record can matter to: those that have one of these keys."""

from __future__ import annotations

from site_builder.linking.entities import Entity
from site_builder.linking.forms import forms_of
from site_builder.linking.keys import EntityKeys, entity_keys, keys_of_forms, keys_of_words
from site_builder.linking.vocabulary import given_names, given_names_read, is_arab, own_words
from site_builder.text import analysis
from site_builder.text.wordlists import exactly, speaks_against, words


def changed_keys(before: Entity, after: Entity) -> EntityKeys:
    """The keys by which two versions of a record differ: in a text that has none of them the same is found with both.

    What counts beside the ways to write its names are all words of these, where they stand beside a name. Where the
    versions differ in more than that, the keys are all that either has.
    """
    if _judged(before) != _judged(after) or not _NAMESAKES.isdisjoint(own_words(before.names) | own_words(after.names)):
        old, new = entity_keys(before), entity_keys(after)
        firm = old.firm | new.firm
        return EntityKeys(firm, (old.loose | new.loose) - firm)
    found = keys_of_forms({*forms_of(0, before)} ^ {*forms_of(0, after)}, after.kind)
    # A word that is one of a name's own says nothing against that, and neither does its initial.
    differing = (own_words(before.names) ^ own_words(after.names)) | (_first_words(before) ^ _first_words(after))
    firm = found.firm | keys_of_words({*differing, *(word[:1] for word in differing)})
    return EntityKeys(firm, found.loose - firm)


_NAMESAKES = frozenset(speaks_against("namesakes beside"))


def _judged(entity: Entity) -> tuple[object, ...]:
    """All of a record on which it may depend whether a name is meant, but for the single words of its names."""
    names = entity.names
    told = words("honours") | exactly("father and son") | speaks_against("countries of").keys()
    given = [frozenset(given_names(names, arabic)) for arabic in (True, False)]
    return (
        *entity._replace(names=(), never=()),
        is_arab(names),
        *given,
        given_names_read(names),
        own_words(names) & told,
    )


def _first_words(entity: Entity) -> frozenset[str]:
    return frozenset([next(analysis.words_of(name), "") for group in entity.names for name in group])
