"""Which pages exist, where, with which template, and what each of them shows."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

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
    return Plan(tuple(pages), tuple(cards), tuple(_copies(catalog)), (*problems, *_conflicts(pages)))


def _pages(tree: Tree) -> Iterator[Page]:
    yield lists.home(tree)
    yield from texts.articles(tree)
    yield from records.records(tree)
    yield from lists.indexes(tree)
    yield from lists.archive(tree)
    yield lists.timeline(tree)
    yield from texts.standing_pages(tree)


def _conflicts(pages: list[Page]) -> Iterator[Problem]:
    """Pages that would be written to one file; letter case counts for nothing, as on some file systems.

    Of a standing page's languages only the first is blamed: what is wrong with it is its id.
    """
    taken: dict[str, Page] = {}
    told: set[str] = set()
    for page in pages:
        other = taken.setdefault(page.path.casefold(), page)
        place = page.source.path if page.template == "redirect.html" else posixpath.dirname(page.source.path)
        if other is page or place in told:
            continue
        told.add(place)
        owner = other.source.path or "a page of the site itself"
        message = f"its page would have the address /{page.path}, which {owner} has"
        yield error("address-conflict", message, page.source, "give one of the two another id or address")


def _copies(catalog: Catalog) -> Iterator[Copy]:
    holders: list[tuple[Kind, Article | StandingPage]] = [("article", a) for a in catalog.articles.values()]
    holders += [("page", p) for p in catalog.pages.values()]
    for kind, holder in holders:
        for name in sorted(holder.attachments):
            url = f"/files/{FOLDERS[kind]}/{holder.id}/{name}"
            yield Copy(url.removeprefix("/"), f"{FOLDERS[kind]}/{holder.id}/{name}")
