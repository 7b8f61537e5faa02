from __future__ import annotations

import time
from typing import Any

import pytest
import yaml

from site_builder.problems import Location
from site_builder.reading import yamltree
from site_builder.reading.yamltree import Broken, Mapping, Node, Scalar, Sequence, parse


def _plain(node: Node | None) -> Any:
    """A tree as Python values; an entry that cannot be read is `...`."""
    if isinstance(node, Mapping):
        return {key.text: _plain(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return node.text if isinstance(node, Scalar) else ... if isinstance(node, Broken) else None


@pytest.mark.parametrize(
    "written",
    ["no", "yes", "on", "0012", "0x1F", "1_000", "1e3", "2016-02-30", "1445-09-10", "12:30", ".nan", "~", "null", "<<"],
)
def test_nothing_is_coerced(written: str) -> None:
    assert _plain(parse(f"a: {written}\n", "x")[0]) == {"a": written}


def test_every_node_has_its_place() -> None:
    tree, problems = parse("# نص\na:\n  - b\n  - 'c'\nد: {e: f}\n", "x.md", first_line=2)
    assert problems == []
    assert isinstance(tree, Mapping)
    (a, items), (d, inner) = tree.entries
    assert (a.at, d.at) == (Location("x.md", 3, 1), Location("x.md", 6, 1))
    assert isinstance(items, Sequence)
    assert [item.at for item in items.items] == [Location("x.md", 4, 5), Location("x.md", 5, 5)]
    assert [item.plain for item in items.items if isinstance(item, Scalar)] == [True, False]
    assert inner.at == Location("x.md", 6, 4)


@pytest.mark.parametrize("text", ["", "# only a comment\n", "\n\n", "---\n"])
def test_an_empty_text_has_no_tree(text: str) -> None:
    tree, problems = parse(text, "x")
    assert _plain(tree) in (None, "")
    assert problems == []


@pytest.mark.parametrize(
    ("text", "tree", "faults"),
    [
        ("a: *x\nb: 1\n", {"b": "1", "a": ...}, [("yaml-alias", 1, 4)]),
        ("a: &x 1\nb: *x\n", {"a": ..., "b": ...}, [("yaml-alias", 1, 4), ("yaml-alias", 2, 4)]),
        ("a: !!int 1\n", {"a": ...}, [("yaml-tag", 1, 4)]),
        ("a: 1\na: 2\n", {"a": "1"}, [("duplicate-key", 2, 1)]),
        ("a: {b: 1, b: 2}\n", {"a": {"b": "1"}}, [("duplicate-key", 1, 11)]),
        ("a: 'x\nb: 1\n", {"b": "1", "a": ...}, [("yaml", 1, 4)]),
        ('a: "x\nb: "y"\nc: 1\n', {"b": "y", "c": "1", "a": ...}, [("yaml", 1, 4)]),
        ("a: [x\nb: 1\nc: [y]\n", {"b": "1", "c": ["y"], "a": ...}, [("yaml", 1, 4)]),
        ("a: b: c\nd: e\n", {"d": "e", "a": ...}, [("yaml", 1, 5)]),
        ("a b\nd: e\n", {"d": "e", "a": ...}, [("yaml", 1, 1)]),
        ("a: 1\nb\nd: e\n", {"a": "1", "d": "e", "b": ...}, [("yaml", 2, 1)]),
        ("a:\n\tb: 1\nc: 2\n", {"c": "2", "a": ...}, [("yaml", 2, 1)]),
        ("a: 1\n...\nb: 2\n", {"a": "1", "b": ...}, [("yaml", 3, 1)]),
        ("a: 1\n---\nb: 2\n", {"a": "1"}, [("yaml-documents", 2, 1)]),
        ("? {a: b}\n: c\nd: e\n", {"d": "e", "?": ...}, [("yaml-key", 1, 3)]),
        ("[a, b\n", {"[a,": ...}, [("yaml", 1, 1)]),
        ('a: "\\u202E"\n', {"a": "\u202e"}, [("bidi-control", 1, 4)]),
    ],
)
def test_faults_are_located_and_the_rest_is_read(text: str, tree: Any, faults: list[tuple[str, int, int]]) -> None:
    found, problems = parse(text, "x")
    assert _plain(found) == tree
    assert [(p.code, p.location.line, p.location.column) for p in problems] == faults
    assert all(problem.hint for problem in problems)


def test_the_parser_without_libyaml_finds_the_same_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["a: 'x\nb: 1\n", "a: [x\nb: 1\n", "a: b: c\n", "a b\nd: e\n", "a:\n\tb: 1\nc: 2\n", "a: *x\nb: @y\n"]
    quick = [[(p.code, p.location.line) for p in parse(text, "x")[1]] for text in texts]
    monkeypatch.setattr(yamltree, "_LOADER", yaml.SafeLoader)
    assert [[(p.code, p.location.line) for p in parse(text, "x")[1]] for text in texts] == quick


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a:\n\tb: 1", "spaces"),
        ("a: 'x", "close the quotation mark"),
        ("a: [x", "close the bracket"),
        ("a: b: c", "between quotation marks"),
        ("a: @x", "between quotation marks"),
        ("a: 'b' c", "the whole value"),
        ('a: "\\d"', "backslash"),
        ("a:b\nc: d", "a colon and a space"),
    ],
)
def test_hints_fit_the_mistake(text: str, hint: str) -> None:
    assert hint in parse(text, "x")[1][0].hint


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 20_000,
        "".join(" " * depth + "a:\n" for depth in range(400)),
        "".join(f"k{number}: &k{number} [*k{number - 1}, *k{number - 1}]\n" for number in range(2000)),
        "".join(f"k{number}:\n" for number in range(40_000)),
        "a: [" + "x, " * 80_000 + "x]",
    ],
    ids=["brackets", "braces", "blocks", "aliases", "keys", "items"],
)
def test_no_text_takes_long(text: str) -> None:
    begun = time.process_time()
    parse(text, "x")
    assert time.process_time() - begun < 5


def test_no_place_lies_below_the_text() -> None:
    tree, _ = parse("---\n  ", "x")
    assert isinstance(tree, Scalar)
    assert tree.at == Location("x", 2, 3)
