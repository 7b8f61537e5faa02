"""Pages of lists: home, the archive by year, the timeline, and search."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping

from site_builder import addresses
from site_builder import views as v
from site_builder.catalog import Key, event_order
from site_builder.model import FOLDERS, Event
from site_builder.plan import indexes, parts
from site_builder.plan.pages import ITSELF, Page, Shown
from site_builder.plan.parts import Division, Position, Size
from site_builder.plan.tree import Tree
from site_builder.text.dates import PartialDate, earliest

_LATEST = 6
#: How many articles a year of the archive has on one page, and a month's page: some 600 bytes each.
MOST_CARDS = 500
#: How many lines the timeline has on one page, and a year's page: some 500 bytes each.
MOST_LINES = 1000


def pages(tree: Tree) -> Iterator[Page]:
    """The home page, the A-Z index of every kind that has records, the archive and its years, timeline, search."""
    home = addresses.home(tree.code)
    yield _page(tree, home, "home")
    yield from indexes.pages(tree)
    yield _page(tree, home + "archive/", "archive")
    for year, ids in _by_year(tree).items():
        months = _by_month(tree, year, ids) if len(ids) > MOST_CARDS else {}
        yield _page(tree, addresses.year(tree.code, year), "year", year, parts.sizes(months, MOST_CARDS))
        for at, cards in parts.cut(months, MOST_CARDS):
            url = addresses.part(addresses.month(tree.code, year, int(at.name)), at.number)
            yield _page(tree, url, "month", year, at, cards)
    years = _lines_by_year(tree) if tree.count("article") + tree.count("event") > MOST_LINES else {}
    yield _page(tree, addresses.timeline(tree.code), "timeline", parts.sizes(years, MOST_LINES))
    for at, lines in parts.cut(years, MOST_LINES):
        url = addresses.part(addresses.timeline(tree.code, int(at.name)), at.number)
        yield _page(tree, url, "timeline year", at, lines)
    yield _page(tree, addresses.search(tree.code), "search")


def _page(tree: Tree, url: str, maker: str, *about: object) -> Page:
    return Page(addresses.output_path(url), url, tree.code, maker, about, ITSELF, tree.config.languages)


def home(tree: Tree) -> Shown:
    """The home page."""
    catalog, config = tree.catalog, tree.config
    url = addresses.home(tree.code)
    description = tree.words.localized(config.description)
    events = sorted(catalog.of_kind("event"), key=event_order, reverse=True)
    view = v.HomeView(
        title=tree.words.phrase(config.title[tree.code]),
        description=description,
        latest=tuple(tree.card(article) for article in catalog.ids["article"][: -_LATEST - 1 : -1]),
        sections=_sections(tree),
        topics=indexes.topic_tree(tree),
        events=tuple(tree.event(event.id) for event in events[:_LATEST]),
    )
    frame = tree.frame(url, "home.html", view.title, description=description.text, kind="website")
    return Shown(frame, view)


def _sections(tree: Tree) -> tuple[v.Section, ...]:
    return tuple(
        v.Section(f"nav-{FOLDERS[kind]}", addresses.index(tree.code, kind), tree.count(kind)) for kind in tree.kinds
    )


def archive(tree: Tree) -> Shown:
    """The years."""
    view = v.ArchiveView(tree.count("article"), _years(tree))
    title = tree.words.label("nav-archive")
    return Shown(tree.frame(addresses.home(tree.code) + "archive/", "archive.html", title, section="archive"), view)


def _years(tree: Tree) -> tuple[v.YearGroup, ...]:
    return tuple(
        v.YearGroup(tree.words.date(PartialDate(year)), addresses.year(tree.code, year), len(ids), ())
        for year, ids in _by_year(tree).items()
    )


def _by_year(tree: Tree) -> Mapping[int, tuple[str, ...]]:
    """The ids of the articles of each year, newest first."""
    return {year: tree.catalog.articles_in[year] for year in tree.catalog.articles_in}


def _by_month(tree: Tree, year: int, ids: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The ids of a year's articles by month, oldest first; 00 is for dates without a month."""
    months: dict[int, list[str]] = {}
    for id_ in reversed(ids):
        months.setdefault(tree.catalog.articles[id_].date.month or 0, []).append(id_)
    return {f"{month:02}": tuple(months[month]) for month in sorted(months)}


def year(tree: Tree, year: int, sizes: tuple[Size, ...]) -> Shown:
    """The articles of one year, or the sizes of its months."""
    url = addresses.year(tree.code, year)
    ids = tree.catalog.articles_in[year]
    groups = _years(tree)
    view = v.YearView(
        tree.words.date(PartialDate(year)),
        len(ids),
        () if sizes else _months(tree, year, ids),
        tuple(v.NavItem(g.url, tree.words.phrase(g.year.text), "page" if g.url == url else "") for g in groups),
        parts.volumes(tree, _division_of_year(tree, year), sizes),
    )
    title = tree.words.phrase(tree.labels.text("archive-of-year", year=view.year.text))
    crumb = v.Link(addresses.home(tree.code) + "archive/", tree.words.label("nav-archive"))
    return Shown(tree.frame(url, "year.html", title, crumbs=(crumb,), section="archive"), view)


def _months(tree: Tree, year: int, ids: tuple[str, ...]) -> tuple[v.MonthGroup, ...]:
    """The articles of a year by month, newest first."""
    articles = [tree.catalog.articles[id_] for id_ in ids]
    months = itertools.groupby(articles, key=lambda article: PartialDate(year, article.date.month))
    return tuple(
        v.MonthGroup(tree.words.date(month), tuple(tree.card(article.id) for article in found))
        for month, found in months
    )


def _division_of_year(tree: Tree, year: int) -> Division:
    def label(month: str) -> v.Phrase:
        date = tree.words.date(PartialDate(year, int(month) or None)).text
        return tree.words.phrase(date if int(month) else tree.labels.text("without-month", year=date))

    return Division(label, lambda month: addresses.month(tree.code, year, int(month)))


def month(tree: Tree, year: int, at: Position, ids: tuple[str, ...]) -> Shown:
    """A page of the articles of one month."""
    division = _division_of_year(tree, year)
    url = addresses.part(division.address(at.name), at.number)
    words = tree.labels.text("archive-of-month", month=division.label(at.name).text)
    title = parts.numbered(tree, tree.words.phrase(words), at.number)
    crumbs = (
        v.Link(addresses.home(tree.code) + "archive/", tree.words.label("nav-archive")),
        v.Link(addresses.year(tree.code, year), tree.words.phrase(tree.words.date(PartialDate(year)).text)),
    )
    cards = tuple(tree.card(id_) for id_ in ids)
    view = v.MonthView(title, len(ids), cards, parts.around(tree, division, at))
    return Shown(tree.frame(url, "month.html", title, crumbs=crumbs, section="archive"), view)


def _lines_by_year(tree: Tree) -> dict[str, tuple[Key, ...]]:
    """The records of the timeline by year, those of the years that take several pages in order."""
    catalog = tree.catalog
    years: dict[int, list[Key]] = {year: [("article", id_) for id_ in ids] for year, ids in _by_year(tree).items()}
    for entry in catalog.of_kind("event"):
        years.setdefault(event_order(entry)[0].year, []).append(("event", entry.id))
    return {
        str(year): tuple(_in_time(tree, keys) if len(keys) > MOST_LINES else keys)
        for year, keys in sorted(years.items())
    }


def _in_time(tree: Tree, keys: Iterable[Key]) -> list[Key]:
    return sorted(keys, key=lambda key: (earliest(_date(tree, key)), key[0] != "event", tree.url(*key)))


def _date(tree: Tree, key: Key) -> PartialDate:
    kind, id_ = key
    if kind == "article":
        return tree.catalog.articles[id_].date
    record = tree.catalog.entries[key].record
    assert isinstance(record, Event)
    return record.date


def _line(tree: Tree, key: Key) -> v.TimelineEntry:
    kind, id_ = key
    if kind == "article":
        article = tree.card(id_)
        return v.TimelineEntry(kind, article.date, None, v.Link(article.url, article.title), article.summary)
    event = tree.event(id_)
    return v.TimelineEntry(kind, event.date, event.end, v.Link(event.url, event.name), event.description)


def timeline(tree: Tree, sizes: tuple[Size, ...]) -> Shown:
    """Events and articles in order of date, or the sizes of their years."""
    keys: list[Key] = []
    if not sizes:
        keys = [(kind, id_) for kind in ("event", "article") for id_ in tree.catalog.ids[kind]]
    years = tuple(
        v.YearGroup(tree.words.date(PartialDate(year)), "", len(entries), entries)
        for year, found in itertools.groupby(_in_time(tree, keys), key=lambda key: _date(tree, key).year)
        for entries in (tuple(_line(tree, key) for key in found),)
    )
    url, title = addresses.timeline(tree.code), tree.words.label("nav-timeline")
    view = v.TimelineView(years, parts.volumes(tree, _division_of_time(tree), sizes))
    return Shown(tree.frame(url, "timeline.html", title, section="timeline"), view)


def _division_of_time(tree: Tree) -> Division:
    return Division(
        lambda year: tree.words.phrase(tree.words.date(PartialDate(int(year))).text),
        lambda year: addresses.timeline(tree.code, int(year)),
    )


def timeline_year(tree: Tree, at: Position, keys: tuple[Key, ...]) -> Shown:
    """A page of the events and articles of one year."""
    division, date = _division_of_time(tree), tree.words.date(PartialDate(int(at.name)))
    url = addresses.part(division.address(at.name), at.number)
    title = tree.words.phrase(tree.labels.text("timeline-of-year", year=date.text))
    crumb = v.Link(addresses.timeline(tree.code), tree.words.label("nav-timeline"))
    entries = tuple(_line(tree, key) for key in _in_time(tree, keys))
    frame = tree.frame(
        url, "timeline-year.html", parts.numbered(tree, title, at.number), crumbs=(crumb,), section="timeline"
    )
    return Shown(frame, v.TimelineYearView(date, entries, parts.around(tree, division, at)))


def search(tree: Tree) -> Shown:
    """The search page, which without scripts leads to the lists."""
    home = addresses.home(tree.code)
    lists = tuple(v.Link(f"{home}{name}/", tree.words.label(f"nav-{name}")) for name in ("timeline", "archive"))
    frame = tree.frame(addresses.search(tree.code), "search.html", tree.words.label("search"))
    return Shown(frame, v.SearchView(_sections(tree), lists))
