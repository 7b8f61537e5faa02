"""The development set as a floor; bench/linking.py prints the figures."""

from __future__ import annotations

import pytest

from site_builder.linking import Vocabulary, find
from tests.linking import development as dev
from tests.linking.development import PARTS

#: Parts that share their records.
GROUPS = (PARTS[:4], PARTS[4:6], PARTS[6:8], PARTS[8:19], PARTS[19:])


def known(part: int, bare: bool) -> Vocabulary:
    entities = dev.entities(part)
    return Vocabulary([one._replace(titles=(), about=()) for one in entities] if bare else entities)


def test_the_set_is_as_large_as_it_claims() -> None:
    texts = [sample for part in PARTS for sample in dev.texts(part)]
    traps = [sample for part in PARTS for sample in dev.traps(part)]
    assert sum(len(sample.gold) for sample in texts) >= 2590
    assert len(traps) >= 1790
    assert {one.entity for sample in (*texts, *traps) for one in sample.gold} <= {
        one.id for one in dev.entities(PARTS[-1])
    }


#: Archives may say nothing of their records but names.
@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.parametrize(("parts", "share"), [*zip(GROUPS, (0.98, 0.98, 0.98, 0.94, 0.98), strict=True)])
def test_names_are_found(parts: tuple[int, ...], share: float, bare: bool) -> None:
    vocabulary = known(parts[-1], bare)
    listed = dev.listed_spellings(dev.entities(parts[-1]))
    right = false = missed = unseen = unseen_found = 0
    for sample in (sample for part in parts for sample in dev.texts(part)):
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
    assert right / (right + missed) >= share
    assert unseen_found / unseen >= share - 0.04


@pytest.mark.parametrize(("parts", "share"), [*zip(GROUPS, (0.99, 0.98, 0.98, 0.97, 0.99), strict=True)])
def test_traps_are_passed(parts: tuple[int, ...], share: float) -> None:
    vocabulary = known(parts[-1], False)
    traps = [sample for part in parts for sample in dev.traps(part)]
    passed = 0
    for sample in traps:
        mentions = find(sample.text, vocabulary).mentions
        wrong = [one for one in mentions if any(one.start < end and start < one.end for start, end in sample.traps)]
        passed += not wrong and set(sample.gold) <= {(one.start, one.end, one.entity) for one in mentions}
    assert passed / len(traps) >= share
