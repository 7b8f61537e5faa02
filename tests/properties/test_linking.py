"""What holds of names in every text."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.annotate import known
from site_builder.linking import (
    Context,
    Entity,
    EntityKeys,
    Key,
    Vocabulary,
    change,
    entity_keys,
    find,
    may_tell_apart,
    text_keys,
)
from site_builder.reading.prose import prose
from site_builder.text import analysis
from tests.linking import development

RECORDS = development.entities(development.PARTS[-1])
REAL = known(Path(__file__).parents[2] / "content").names.entities
VOCABULARY = development.vocabulary()
NAMES = [name for entity in development.entities() for group in entity.names for name in group]
PIECES = st.sampled_from(
    [
        *NAMES,
        "و",
        "ب",
        "لل",
        " ",
        " ",
        " ",
        "-",
        "،",
        ". ",
        "قال",
        "said",
        "Mr",
        "’s",
        "\u0640",
        "\u064e",
        "\u200c",
        "\u0301",
    ]
    + ["the", "of", "\n", "\n\n", "`", "[[", "]]", "](", "#", "Foundation", "مؤسسة", "\ufefc", "é", "İ", "\ufdfa"]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=30)


@given(TEXTS)
def test_offsets_slice_to_the_surface(text: str) -> None:
    links = find(text, VOCABULARY)
    for one in (*links.mentions, *links.unresolved):
        assert one.surface
        assert text[one.start : one.end] == one.surface
    for one, other in zip(links.mentions, links.mentions[1:], strict=False):
        assert one.end <= other.start


@given(TEXTS)
def test_folding_is_idempotent(text: str) -> None:
    assert analysis.fold(analysis.fold(text)) == analysis.fold(text)


@given(TEXTS)
def test_composed_and_decomposed_texts_have_the_same_names(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    one, other = find(composed, VOCABULARY), find(decomposed, VOCABULARY)
    assert [(m.entity, unicodedata.normalize("NFC", m.surface)) for m in one.mentions] == [
        (m.entity, unicodedata.normalize("NFC", m.surface)) for m in other.mentions
    ]


@settings(deadline=None)
@given(TEXTS)
def test_finding_twice_finds_the_same(text: str) -> None:
    assert find(text, VOCABULARY) == find(text, development.vocabulary() if len(text) > 200 else VOCABULARY)


@given(TEXTS)
def test_prose_keeps_offsets(text: str) -> None:
    assert len(prose(text)) == len(text)
    assert all(mine == theirs or theirs == "\ufffc" for mine, theirs in zip(text, prose(text), strict=True))


# --- A record matters only to texts with which it shares a key --------------------------------------------------------

WORDS = sorted({word for name in NAMES for word in name.split()})
INVENTED = st.lists(
    st.builds(
        lambda words, kind, other, never: Entity(
            kind,
            f"{kind}-{'-'.join(words)}",
            ((" ".join(words), *other),),
            needs_context=len(words) > 2,
            never=tuple(never),
        ),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
        st.sampled_from(["person", "organization", "place"]),
        st.lists(st.sampled_from(WORDS), max_size=1),
        st.lists(st.sampled_from(NAMES), max_size=1),
    ),
    max_size=4,
    unique_by=lambda entity: (entity.kind, entity.id),
)


def respelled(draw: st.DrawFn) -> str:
    """A name in a spelling such as transliteration gives, or with a space lost or too many, or a hyphen."""
    name = draw(st.sampled_from(NAMES + [name for one in REAL for group in one.names for name in group]))
    changes = [("غ", "ج"), ("غ", "ق"), ("و", ""), ("ي", ""), ("ا", ""), ("ت", "ط"), ("س", "ش"), ("v", "w"), ("e", "i")]
    changes += [(" ", ""), (" ", "-"), ("ه", "ة"), ("ch", "sh"), ("j", "y"), ("k", "q"), ("ss", "s"), ("تش", "ش")]
    for old, new in draw(st.lists(st.sampled_from(changes), max_size=2)):
        name = name.replace(old, new, 1)
    if draw(st.booleans()) and len(name) > 5:
        place = draw(st.integers(2, len(name) - 2))
        name = name[:place] + draw(st.sampled_from([" ", "-", "ا", "ي", "e"])) + name[place:]
    return name


RESPELLED = st.composite(respelled)()
GLUE = st.sampled_from([" ", " و", " ب", ". ", ", ", " and ", "-", " of ", " F. ", " al-", "\n"])
PROSE = st.lists(st.tuples(RESPELLED | PIECES | st.sampled_from(WORDS), GLUE), max_size=10).map(
    lambda parts: "".join(piece + glue for piece, glue in parts)
)


KEYS = {one: entity_keys(one) for one in (*RECORDS, *REAL)}


def _matters(keys: frozenset[int], record: Entity, listed: frozenset[Key]) -> bool:
    """Whether a record may matter to a text that has some keys and lists some records."""
    its = KEYS.get(record) or entity_keys(record)
    return not keys.isdisjoint(its.firm) or ((record.kind, record.id) in listed and not keys.isdisjoint(its.loose))


@settings(deadline=None, max_examples=80)
@given(PROSE, INVENTED, st.data())
def test_records_without_a_shared_key_change_nothing(text: str, invented: list[Entity], data: st.DataObject) -> None:
    records = [*invented, *(one for one in (*RECORDS, *REAL) if one.id not in {other.id for other in invented})]
    known = {(one.kind, one.id): one for one in records}
    listed = data.draw(st.frozensets(st.sampled_from(sorted(known)), max_size=3))
    keys = text_keys(text)
    relevant = [one for one in known.values() if _matters(keys, one, listed)]
    context = Context(listed)
    assert find(text, Vocabulary(relevant), context) == find(text, Vocabulary(known.values()), context)


@pytest.mark.parametrize("part", development.PARTS)
def test_a_text_needs_only_the_records_with_which_it_shares_a_key(part: int) -> None:
    everything = Vocabulary(RECORDS)
    for sample in (*development.texts(part), *development.traps(part)):
        keys = text_keys(sample.text)
        for listed in (frozenset[Key](), frozenset((one.kind, one.id) for one in RECORDS[::7])):
            relevant = [one for one in RECORDS if _matters(keys, one, listed)]
            context = Context(listed)
            assert find(sample.text, Vocabulary(relevant), context) == find(sample.text, everything, context)


SAMPLES = [sample.text for part in development.PARTS for sample in (*development.texts(part), *development.traps(part))]
ADDED = st.sampled_from(WORDS) | RESPELLED | st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(" ".join)


@st.composite
def versions(draw: st.DrawFn) -> tuple[Entity, Entity]:
    """A record, and the same with another name, one more, or one less."""
    record = draw(st.sampled_from(RECORDS))
    at = draw(st.integers(0, len(record.names) - 1))
    names = [*record.names[at]]
    added = draw(ADDED | st.sampled_from(WORDS).map(lambda word: " ".join([*names[0].split()[:-1], word])))
    how = draw(st.sampled_from(["renamed", "also", "no longer"]))
    if how == "no longer" and len(names) > 1:
        names.pop(draw(st.integers(0, len(names) - 1)))
    else:
        names.insert(0 if how == "renamed" else len(names), added)
    return record, record._replace(names=(*record.names[:at], tuple(names), *record.names[at + 1 :]))


def _has(keys: frozenset[int], others: EntityKeys, listed: bool) -> bool:
    return not keys.isdisjoint(others.firm) or (listed and not keys.isdisjoint(others.loose))


@settings(deadline=None, max_examples=150)
@given(versions(), st.lists(st.sampled_from(SAMPLES) | PROSE, min_size=1, max_size=8), st.booleans())
def test_another_name_changes_nothing_without_a_key_of_the_change(
    both: tuple[Entity, Entity], texts: list[str], listed: bool
) -> None:
    before, after = both
    changed = change(before, after)
    context = Context(frozenset([(before.kind, before.id)] if listed else []))
    for text in texts:
        keys = text_keys(text)
        apart = may_tell_apart(changed, text)
        if not (_has(keys, changed.searched, listed) or (_has(keys, changed.compared, listed) and apart)):
            others = [one for one in RECORDS if one.id != before.id and _matters(keys, one, context.listed)]
            one, other = Vocabulary([*others, before]), Vocabulary([*others, after])
            assert find(text, one, context) == find(text, other, context)


def test_keys_are_selective() -> None:
    shared = [
        sum(not text_keys(sample.text).isdisjoint(KEYS[one].firm) for one in RECORDS) - len({*sample.gold})
        for sample in development.texts(1)
    ]
    assert sum(shared) / len(shared) < 0.1 * len(RECORDS)
