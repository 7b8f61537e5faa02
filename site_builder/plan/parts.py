"""Lists that are too long for one page: cut into pages whose addresses stay, and which know their neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeVar

from site_builder import addresses
from site_builder import views as v
from site_builder.plan.tree import Tree

Item = TypeVar("Item")


class Size(NamedTuple):
    """A year, month or letter of a list: how many entries it has, and how many pages."""

    name: str
    total: int
    pages: int


class Position(NamedTuple):
    """A page of a list: the year, month or letter that it is of, its number in that, and what is around it.

    That is all a page has to know of the others, so that it stays as it is when they grow.
    """

    name: str
    number: int
    names: tuple[str, ...]
    before: tuple[str, int] | None
    after: tuple[str, int] | None


class Division(NamedTuple):
    """How the years, months or letters of a list are called, and where the first page of each is."""

    label: Callable[[str], v.Phrase]
    address: Callable[[str], str]


def cut(groups: Mapping[str, tuple[Item, ...]], most: int) -> list[tuple[Position, tuple[Item, ...]]]:
    """The pages of a list by years, months or letters: at most so many items of one of them at a time.

    A page that is full keeps its items when more come after them.
    """
    pages = [
        (name, items[start : start + most]) for name, items in groups.items() for start in range(0, len(items), most)
    ]
    return list(zip(positions(name for name, _ in pages), (items for _, items in pages), strict=True))


def positions(names: Iterable[str]) -> list[Position]:
    """The positions of the pages of a list, of each of which the year, month or letter is given."""
    counts: Counter[str] = Counter()
    pages = []
    for name in names:
        counts[name] += 1
        pages.append((name, counts[name]))
    around = zip([None, *pages], pages, [*pages[1:], None], strict=False)
    return [Position(*page, tuple(counts), before, after) for before, page, after in around]


def sizes(groups: Mapping[str, tuple[Item, ...]], most: int) -> tuple[Size, ...]:
    """The sizes of the years, months or letters of a list that is cut into pages of so many items at most."""
    return tuple(Size(name, len(items), -(-len(items) // most)) for name, items in groups.items())


def volumes(tree: Tree, division: Division, sizes: Iterable[Size]) -> tuple[v.Volume, ...]:
    """The years, months or letters of a list, with their pages."""
    return tuple(
        v.Volume(
            _link(tree, division, (size.name, 1)),
            size.total,
            tuple(_link(tree, division, (size.name, number)) for number in range(2, size.pages + 1)),
        )
        for size in sizes
    )


def around(tree: Tree, division: Division, at: Position) -> v.Around:
    """What is around a page of a list."""
    items = (v.NavItem(*_link(tree, division, (name, 1)), _current(at, name)) for name in at.names)
    before = _link(tree, division, at.before) if at.before else None
    after = _link(tree, division, at.after) if at.after else None
    return v.Around(at.number, tuple(items), before, after)


def _current(at: Position, name: str) -> str:
    return "" if name != at.name else "page" if at.number == 1 else "section"


def numbered(tree: Tree, title: v.Phrase, number: int) -> v.Phrase:
    """The title of a page among several that have the same."""
    if number == 1:
        return title
    words = tree.labels.text("numbered-part", title=tree.words.plain(title), n=tree.words.number(number, 0))
    return tree.words.phrase(words)


def _link(tree: Tree, division: Division, page: tuple[str, int]) -> v.Link:
    name, number = page
    return v.Link(addresses.part(division.address(name), number), numbered(tree, division.label(name), number))
