"""Which pages exist, where, with which template, and what each of them shows.

`plan` is cheap: it names the pages. `shower` makes what a page shows, when it is wanted and where: in another process
too, or not at all where nothing that the page showed the last time has changed.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import NoReturn

from site_builder import addresses
from site_builder.catalog import Article, Catalog, Key, StandingPage
from site_builder.labels import Labels
from site_builder.model import FOLDERS, Kind
from site_builder.plan import indexes, lists, records, root, texts
from site_builder.plan.pages import CARD, CardSpec, Copy, Page, Plan, Rendered, Shown, alternates
from site_builder.plan.reads import NAMES, TEXTS, Read, changes, meanings, noted, states
from site_builder.plan.tree import Library, Tree
from site_builder.problems import Problem, error

__all__ = [
    "CARD",
    "NAMES",
    "TEXTS",
    "CardSpec",
    "Copy",
    "Library",
    "Page",
    "Plan",
    "Read",
    "Rendered",
    "Shown",
    "alternates",
    "changes",
    "meanings",
    "plan",
    "shower",
    "states",
]

_MAKERS: dict[str, Callable[..., Shown | CardSpec]] = {
    "article": texts.article,
    CARD: texts.card,
    "page": texts.standing_page,
    "record": records.record,
    "record part": records.part,
    "home": lists.home,
    "index": indexes.index,
    "letter": indexes.letter,
    "archive": lists.archive,
    "year": lists.year,
    "month": lists.month,
    "timeline": lists.timeline,
    "timeline year": lists.timeline_year,
    "search": lists.search,
    "chooser": root.chooser,
    "missing": root.missing,
    "redirect": root.redirect,
}


def plan(catalog: Catalog, labels: Mapping[str, Labels]) -> Plan:
    """Decide all pages of a site."""
    pages: list[Page] = []
    for code in catalog.config.languages:
        tree = Tree(catalog, labels[code], _NoLibrary(), set())
        pages += lists.pages(tree)
        pages += texts.articles(tree)
        pages += records.records(tree)
        pages += texts.standing_pages(tree)
    pages += root.pages(catalog.config)
    problems: list[Problem] = []
    pages += root.redirects(catalog, problems)
    return Plan(tuple(pages), tuple(_copies(catalog)), (*problems, *_conflicts(pages)))


class _NoLibrary:
    """No text is read in order to name the pages."""

    def texts(self, path: str) -> NoReturn:
        raise LookupError(path)

    linked = texts

    def quotations(self, path: str, key: Key) -> NoReturn:
        raise LookupError(path, key)


def shower(
    catalog: Catalog, labels: Mapping[str, Labels], library: Library
) -> Callable[[Page], tuple[Shown | CardSpec, frozenset[Read]]]:
    """A function that gives what a page shows (or a card's words), and all that was read for it.

    The texts are taken from the `library`.
    """
    reads: set[Read] = set()
    known = noted(catalog, reads)
    trees = {code: Tree(known, labels[code], library, reads) for code in catalog.config.languages}

    def show(page: Page) -> tuple[Shown | CardSpec, frozenset[Read]]:
        reads.clear()
        return _MAKERS[page.maker](trees[page.language], *page.about), frozenset(reads)

    return show


def _conflicts(pages: list[Page]) -> Iterator[Problem]:
    """Pages whose file is another's, or would need a file for a folder; letter case counts for nothing.

    Of a standing page's languages only the first is blamed: what is wrong with it is its id.
    """
    owners = dict.fromkeys(addresses.RESERVED, "a file of the site itself")
    for page in pages:
        itself = "a card of the site itself" if page.maker == CARD else "a page of the site itself"
        owners.setdefault(page.path.casefold(), page.source.path or itself)
    if len(owners) == len(pages) + len(addresses.RESERVED) and not any(page.maker == "redirect" for page in pages):
        return
    taken = {page.path.casefold() for page in pages if page.maker == CARD}
    told: set[str] = set()
    for page in pages:
        path = page.path.casefold()
        if page.maker == CARD:
            continue
        redirect = page.maker == "redirect"
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
