"""The development set as a floor; bench/linking.py prints the figures."""

from __future__ import annotations

from site_builder.linking import find
from tests.linking import development as dev

TEXTS = [sample for half in (1, 2, 3, 4) for sample in dev.texts(half)]
TRAPS = [sample for half in (1, 2, 3) for sample in dev.traps(half)]


def test_the_set_is_as_large_as_it_claims() -> None:
    known = {entity.id for entity in dev.entities()}
    assert sum(len(sample.gold) for sample in TEXTS) >= 400
    assert len(TRAPS) >= 60
    assert {one.entity for sample in (*TEXTS, *TRAPS) for one in sample.gold} <= known


def test_names_are_found() -> None:
    vocabulary = dev.vocabulary()
    listed = dev.listed_spellings(dev.entities())
    right = false = missed = unseen = unseen_found = 0
    for sample in TEXTS:
        got = {(one.start, one.end, one.entity) for one in find(sample.text, vocabulary).mentions}
        meant = set(sample.gold)
        right += len(got & meant)
        false += len(got - meant)
        missed += len(meant - got)
        for one in meant:
            if dev.spelling(sample.text[one[0] : one[1]]) not in listed:
                unseen += 1
                unseen_found += one in got
    assert right / (right + false) >= 0.99
    assert right / (right + missed) >= 0.97
    assert unseen_found / unseen >= 0.93


def test_traps_are_passed() -> None:
    vocabulary = dev.vocabulary()
    passed = 0
    for sample in TRAPS:
        mentions = find(sample.text, vocabulary).mentions
        wrong = [one for one in mentions if any(one.start < end and start < one.end for start, end in sample.traps)]
        passed += not wrong and set(sample.gold) <= {(one.start, one.end, one.entity) for one in mentions}
    assert passed / len(TRAPS) >= 0.97
