from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from site_builder.linking import Entity, Links, Vocabulary, find
from site_builder.proposals import gather, propose
from tests.linking import development

FOLDER = Path(__file__).parents[1] / "proposals"
NOBODY = Links((), ())


class Sentence(NamedTuple):
    """A sentence of the set, and the names in it that are to be proposed."""

    language: str
    text: str
    names: frozenset[str]


def _sentences() -> list[Sentence]:
    found = []
    language = ""
    for path in sorted(FOLDER.glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("=="):
                language = line.removeprefix("== ")
            elif line and not line.startswith("#"):
                names = frozenset(re.findall(r"\{([^}]*)\}", line))
                found.append(Sentence(language, re.sub(r"[{}]", "", line), names))
    return found


def _names(text: str, links: Links = NOBODY) -> list[str]:
    return [one.name for one in propose(text, links)]


@pytest.mark.parametrize(("language", "recall"), [("ar", 0.85), ("en", 0.95)])
def test_the_set_of_sentences(language: str, recall: float) -> None:
    sentences = [sentence for sentence in _sentences() if sentence.language == language]
    positive = sum(len(sentence.names) for sentence in sentences)
    negative = [sentence for sentence in sentences if not sentence.names]
    assert positive >= 50
    assert len(negative) >= 50
    right = wrong = 0
    for sentence in sentences:
        got = set(_names(sentence.text))
        right += len(got & sentence.names)
        wrong += len(got - sentence.names)
    assert right / (right + wrong) >= 0.97
    assert right / positive >= recall
    assert sum(bool(_names(sentence.text)) for sentence in negative) <= len(negative) // 50


def test_no_record_of_the_development_set_is_proposed() -> None:
    vocabulary = development.vocabulary()
    for half in (1, 2, 3, 4):
        for sample in development.texts(half):
            links = find(sample.text, vocabulary)
            for name in _names(sample.text, links):
                assert not any(name in sample.text[gold.start : gold.end] for gold in sample.gold), name


def test_who_is_named_or_in_doubt_is_not_proposed() -> None:
    names = Vocabulary(
        [
            Entity("person", "a-nour", (("Ana Nour",),)),
            Entity("person", "b-nour", (("Ben Nour",),)),
            Entity("person", "john-kerry", (("John Kerry",),)),
        ]
    )
    text = "President Ana Nour met Minister Ben Nour. President Nour left. Minister Kerry stayed."
    assert _names(text, find(text, names)) == []
    text = "John Kerry left. Minister Teresa Kerry stayed."
    assert _names(text, find(text, names)) == ["Teresa Kerry"]


def test_a_proposal_has_its_lines_and_its_title() -> None:
    text = "The Turkish defence minister Hulusi Akar spoke.\nLater Hulusi Akar, the minister, left.\r\nHulusi Akar"
    assert propose(text, NOBODY) == [("Hulusi Akar", "Turkish defence minister", (1, 2, 3))]
    text = "وصل.\nوقال لوزير الخارجية المصري سامح شكري إن الوقت حان.\nوغادر وسامح شكري معه."
    assert propose(text, NOBODY) == [("سامح شكري", "وزير الخارجية المصري", (2, 3))]


def test_a_surname_alone_goes_with_the_full_name() -> None:
    assert _names("President Ruiz spoke. Later President Ana Ruiz left.") == ["Ana Ruiz"]


@pytest.mark.parametrize(
    "text", ["President\n\nAna Ruiz", "President \ufffc Ana Ruiz", "President. Ana Ruiz", "الرئيس.\nسامح شكري"]
)
def test_nothing_stands_between_title_and_name(text: str) -> None:
    assert _names(text) == []


def test_proposals_of_several_files_are_told_together() -> None:
    one = propose("Minister Ana Ruíz left. Minister Ben Okri stayed.", NOBODY)
    two = propose("President Ana Ruiz\nspoke. Ana Ruiz smiled. ANA RUIZ!", NOBODY)
    first, second = gather({"a.md": one, "b.md": two})
    assert (first.name, first.title, first.times) == ("Ana Ruíz", "Minister", 4)
    assert first.files == (("a.md", (1,)), ("b.md", (1, 2, 2)))
    assert (second.name, second.times) == ("Ben Okri", 1)
