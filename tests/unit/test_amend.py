from __future__ import annotations

import pytest

from site_builder.amend import amend
from site_builder.problems import Problem


def _amended(head: str, **additions: list[str]) -> str:
    result = amend(f"---\n{head}---\nBody.\n", additions, "a.md")
    assert isinstance(result, str), result
    assert result.startswith("---\n")
    assert result.endswith("---\nBody.\n")
    return result.removeprefix("---\n").removesuffix("---\nBody.\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("people: [a, b]\n", "people: [a, b, n, m]\n"),
        ("people: [ a ]  # who\n", "people: [ a, n, m ]  # who\n"),
        ("people: [a, b,]\n", "people: [a, b, n, m,]\n"),
        ("people: ['a', \"b\"]\n", "people: ['a', \"b\", n, m]\n"),
        ("people: []\n", "people: [n, m]\n"),
        ("people: [ ] # none\n", "people: [ n, m ] # none\n"),
        ("people: [\n]\n", "people: [n, m\n]\n"),
        ("people: [a,\n         b]\n", "people: [a,\n         b, n, m]\n"),
        ("people: [\n  a,\n  b]\n", "people: [\n  a,\n  b, n, m]\n"),
        ("people: [\n  a, # one\n  b # two\n]\n", "people: [\n  a, # one\n  b, # two\n  n,\n  m\n]\n"),
        ("people: [\n  a,\n  b,\n  # and so on\n]\n", "people: [\n  a,\n  b,\n  n,\n  m,\n  # and so on\n]\n"),
        ('"people": [a]\n', '"people": [a, n, m]\n'),
    ],
)
def test_flow_style(before: str, after: str) -> None:
    assert _amended(before, people=["n", "m"]) == after
    assert _amended(f"title: x\n{before}topics: [t]\n", people=["n", "m"]) == f"title: x\n{after}topics: [t]\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("people:\n  - a\n", "people:\n  - a\n  - n\n  - m\n"),
        ("people:\n- a\n", "people:\n- a\n- n\n- m\n"),
        ("people: # who\n    -   a # the first\n", "people: # who\n    -   a # the first\n    -   n\n    -   m\n"),
        ("people:\n  # one\n  - 'a'\n  # - b\n\n", "people:\n  # one\n  - 'a'\n  - n\n  - m\n  # - b\n\n"),
        ("people:\n", "people:\n  - n\n  - m\n"),
        ("people: # nobody yet\n", "people: # nobody yet\n  - n\n  - m\n"),
        ("people: ~ # nobody\n", "people: [n, m] # nobody\n"),
    ],
)
def test_block_style_and_no_value(before: str, after: str) -> None:
    assert _amended(before, people=["n", "m"]) == after
    assert _amended(f"title: x\n{before}# on topics\ntopics: [t]\n", people=["n", "m"]) == (
        f"title: x\n{after}# on topics\ntopics: [t]\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: x\nsource:\n  publisher: y\n", "title: x\nplaces:\n  - p\nsource:\n  publisher: y\n"),
        ("people: [a]\n\n# remark\ntopics: [t]\n", "people: [a]\nplaces: [p]\n\n# remark\ntopics: [t]\n"),
        ("people:\n- a\ntopics: [t]\n", "people:\n- a\nplaces:\n- p\ntopics: [t]\n"),
        ("summary: |\n  x\n  # y\n\ndraft: true\n", "summary: |\n  x\n  # y\nplaces:\n  - p\n\ndraft: true\n"),
        ("summary: >-\n  x\n\n  y\n", "summary: >-\n  x\n\n  y\nplaces:\n  - p\n"),
        ("draft: true\n", "draft: true\nplaces:\n  - p\n"),
        ("", "places:\n  - p\n"),
        ("# nothing yet\n", "places:\n  - p\n# nothing yet\n"),
    ],
)
def test_a_missing_key(before: str, after: str) -> None:
    assert _amended(before, places=["p"]) == after


def test_several_keys_come_in_their_usual_order() -> None:
    assert _amended("title: x\n", places=["p"], people=["n"], organizations=["o"]) == (
        "title: x\npeople:\n  - n\norganizations:\n  - o\nplaces:\n  - p\n"
    )


def test_new_keys_come_after_what_a_list_above_them_gains() -> None:
    assert _amended("places:\n", people=["n"], places=["p"]) == "places:\n  - p\npeople:\n  - n\n"
    assert _amended("people:\n- a\n", people=["n"], places=["p"]) == "people:\n- a\n- n\nplaces:\n- p\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_byte_order_mark_stay(end: str, mark: str) -> None:
    lines = ["---", "people:", "  - a", "places: [b]", "---", "Body", ""]
    amended = ["---", "people:", "  - a", "  - n", "places: [b, p]", "---", "Body", ""]
    assert amend(mark + end.join(lines), {"people": ["n"], "places": ["p"]}, "") == mark + end.join(amended)


@pytest.mark.parametrize("separator", ["\x85", "\u2028", "\u2029"])
def test_line_separators_of_unicode_are_no_lines_of_the_file(separator: str) -> None:
    assert _amended(f"title: 'x{separator}y'\npeople: [a]\n", people=["n"]) == (
        f"title: 'x{separator}y'\npeople: [a, n]\n"
    )


def test_an_id_that_yaml_would_take_for_nothing_is_quoted() -> None:
    assert _amended("people: [a]\n", people=["null"]) == 'people: [a, "null"]\n'


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("Body.\n", "no-front-matter", 1),
        ("---\ntitle: x\n", "unclosed-front-matter", 1),
        ("---\ntitle: x\npeople: [a\n---\n", "yaml", 3),
        ("---\npeople: [a]\npeople: [b]\n---\n", "duplicate-key", 3),
        ("---\n{title: x}\n---\n", "not-amended", 1),
        ("---\nmentions:\n  Hope: none\n  70-74: none\n---\n", "offsets-would-move", 4),
        ("---\ntitle: x\npeople: john-kerry\n---\n", "not-amended", 3),
        ("---\npeople:\n  -\n    a\n---\n", "not-amended", 2),
        ("---\npeople: {a: b}\n---\n", "not-amended", 2),
        ("---\npeople: [[a]]\n---\n", "not-amended", 2),
    ],
)
def test_what_cannot_be_added_to_is_refused(text: str, code: str, line: int) -> None:
    result = amend(text, {"people": ["n"]}, "a.md")
    assert isinstance(result, Problem)
    assert (result.code, result.location.path, result.location.line) == (code, "a.md", line)
    assert result.hint
