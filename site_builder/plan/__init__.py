"""Which pages exist, where, with which template, and what each of them shows."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from site_builder import addresses
from site_builder.catalog import Article, Catalog, StandingPage
from site_builder.labels import Labels
from site_builder.model import FOLDERS, Kind
from site_builder.plan import lists, records, root, texts
from site_builder.plan.pages import CardSpec, Copy, Page, Plan, Rendered
from site_builder.plan.tree import Tree
from site_builder.problems import Problem, error

__all__ = ["CardSpec", "Copy", "Page", "Plan", "Rendered", "plan"]


def plan(catalog: Catalog, labels: Mapping[str, Labels]) -> Plan:
    """Decide all pages of a site."""
    pages: list[Page] = []
    cards: list[CardSpec] = []
    for code in catalog.config.languages:
        tree = Tree(catalog, labels[code])
        pages += _pages(tree)
        cards += texts.cards(tree)
    pages += root.root_pages(catalog, labels)
    problems: list[Problem] = []
    pages += root.redirects(catalog, labels, problems)
    return Plan(tuple(pages), tuple(cards), tuple(_copies(catalog)), (*problems, *_conflicts(pages, cards)))


def _pages(tree: Tree) -> Iterator[Page]:
    yield lists.home(tree)
    yield from texts.articles(tree)
    yield from records.records(tree)
    yield from lists.indexes(tree)
    yield from lists.archive(tree)
    yield lists.timeline(tree)
    yield from texts.standing_pages(tree)


def _conflicts(pages: list[Page], cards: list[CardSpec]) -> Iterator[Problem]:
    """Pages whose file is another's, or would need a file for a folder; letter case counts for nothing.

    Of a standing page's languages only the first is blamed: what is wrong with it is its id.
    """
    owners = dict.fromkeys(addresses.RESERVED, "a file of the site itself")
    owners |= {card.path: "a card of the site itself" for card in cards}
    for page in pages:
        owners.setdefault(page.path.casefold(), page.source.path or "a page of the site itself")
    taken = {card.path for card in cards}
    told: set[str] = set()
    for page in pages:
        path = page.path.casefold()
        redirect = page.template == "redirect.html"
        around = [parent.as_posix() for parent in PurePosixPath(path).parents] if redirect else []
        other = path if path in taken or path in addresses.RESERVED else next((f for f in around if f in owners), "")
        taken.add(path)
        place = page.source.path if redirect else posixpath.dirname(page.source.path)
        if other and place not in told:
            told.add(place)
            message = f"its page would have the address /{page.path}, which {owners[other]} has"
            yield error("address-conflict", message, page.source, "give one of the two another id or address")


def _copies(catalog: Catalog) -> Iterator[Copy]:
    holders: list[tuple[Kind, Article | StandingPage]] = [("article", a) for a in catalog.articles.values()]
    holders += [("page", p) for p in catalog.pages.values()]
    for kind, holder in holders:
        for name in sorted(holder.attachments):
            url = f"/files/{FOLDERS[kind]}/{holder.id}/{name}"
            yield Copy(url.removeprefix("/"), f"{FOLDERS[kind]}/{holder.id}/{name}")
