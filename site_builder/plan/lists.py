"""Pages of lists: home, the A-Z indexes, the archive by year, the timeline, and search."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping

from site_builder import addresses
from site_builder import views as v
from site_builder.catalog import Entry, event_order
from site_builder.model import FOLDERS, Kind, Topic
from site_builder.plan.pages import ITSELF, Page, Shown
from site_builder.plan.tree import Tree
from site_builder.text.collation import alphabet, index_letter
from site_builder.text.dates import PartialDate, earliest

_LATEST = 6


def pages(tree: Tree) -> Iterator[Page]:
    """The home page, the A-Z index of every kind that has records, the archive and its years, timeline, search."""
    home = addresses.home(tree.code)
    yield _page(tree, home, "home")
    for kind in tree.kinds:
        yield _page(tree, addresses.index(tree.code, kind), "index", kind)
    yield _page(tree, home + "archive/", "archive")
    for year in _by_year(tree):
        yield _page(tree, addresses.year(tree.code, year), "year", year)
    yield _page(tree, home + "timeline/", "timeline")
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
        topics=_topic_tree(tree),
        events=tuple(tree.event(event.id) for event in events[:_LATEST]),
    )
    frame = tree.frame(url, "home.html", view.title, description=description.text, kind="website")
    return Shown(frame, view)


def _sections(tree: Tree) -> tuple[v.Section, ...]:
    return tuple(
        v.Section(f"nav-{FOLDERS[kind]}", addresses.index(tree.code, kind), tree.count(kind)) for kind in tree.kinds
    )


def _topic_tree(tree: Tree) -> tuple[v.TopicNode, ...]:
    roots = [
        entry.id
        for entry in tree.catalog.of_kind("topic")
        if isinstance(entry.record, Topic) and not any(tree.catalog.has("topic", id_) for id_ in entry.record.broader)
    ]
    return _nodes(tree, roots, frozenset())


def _nodes(tree: Tree, ids: Iterable[str], above: frozenset[str]) -> tuple[v.TopicNode, ...]:
    ordered = sorted(ids, key=lambda id_: (tree.words.sort_key(tree.name("topic", id_).text), id_))
    return tuple(
        v.TopicNode(
            tree.link("topic", id_),
            tree.words.localized(tree.catalog.entries["topic", id_].record.description),
            len(tree.catalog.articles_of.get(("topic", id_), ())),
            _nodes(tree, tree.catalog.narrower.get(id_, ()), above | {id_}),
        )
        for id_ in ordered
        if id_ not in above
    )


def index(tree: Tree, kind: Kind) -> Shown:
    """The A-Z index of a kind."""
    label = f"nav-{FOLDERS[kind]}"
    entries = list(_index_entries(tree, kind))
    view = v.IndexView(label, tree.count(kind), _letters(tree, entries), _topic_tree(tree) if kind == "topic" else ())
    title = tree.words.label(label)
    return Shown(tree.frame(addresses.index(tree.code, kind), "index.html", title, section=kind), view)


def _index_entries(tree: Tree, kind: Kind) -> Iterator[tuple[str, v.IndexEntry]]:
    """The lines of an index, each with the words by which it files."""
    if kind == "article":
        for id_ in tree.catalog.ids["article"]:
            article = tree.catalog.articles[id_]
            title = tree.article_title(article)
            date = tree.words.phrase(tree.words.date(article.date).text)
            yield title.text, v.IndexEntry(v.Link(tree.url("article", article.id), title), date, None)
        return
    for entry in tree.catalog.of_kind(kind):
        name = tree.words.localized(entry.record.name)
        filed = entry.record.sort_name.get(tree.code, name.text)
        link = v.Link(tree.url(kind, entry.id), tree.words.phrase(filed, name.lang))
        yield filed, v.IndexEntry(link, tree.words.localized(entry.record.description), None)
        for alias in _aliases_filed_elsewhere(tree, entry, filed):
            words = _surname_first(tree, name.text, alias) if kind == "person" else alias
            yield words, v.IndexEntry(v.Link(link.url, tree.words.phrase(words)), tree.words.phrase(""), link)


def _aliases_filed_elsewhere(tree: Tree, entry: Entry, filed: str) -> Iterator[str]:
    """The aliases under which a reader may look in vain: not those beside the record itself or each other."""
    own = tree.words.filing_letters(filed)
    seen = set()
    for alias in entry.record.aliases.get(tree.code, ()):
        letters = tree.words.filing_letters(alias)
        if own[: len(letters)] != letters and letters not in seen:
            seen.add(letters)
            yield alias


def _surname_first(tree: Tree, name: str, alias: str) -> str:
    """An alias that is but the end of a person's name, with the rest of the name after it: Mistura, Staffan de."""
    words, last = name.split(), alias.split()
    given = words[: -len(last)]
    if not given or [word.casefold() for word in words[len(given) :]] != [word.casefold() for word in last]:
        return alias
    return tree.labels.text("surname-first", surname=alias, given=" ".join(given))


def _letters(tree: Tree, entries: list[tuple[str, v.IndexEntry]]) -> tuple[v.LetterGroup, ...]:
    groups: dict[str, list[v.IndexEntry]] = {letter: [] for letter in alphabet(tree.code)}
    for filed, entry in sorted(entries, key=lambda item: (tree.words.sort_key(item[0]), item[1].link.url)):
        groups.setdefault(index_letter(filed, tree.code, tree.config.ignore_article), []).append(entry)
    return tuple(
        v.LetterGroup(tree.words.letter(letter), f"letter-{number}", tuple(found))
        for number, (letter, found) in enumerate(groups.items(), start=1)
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


def year(tree: Tree, year: int) -> Shown:
    """The articles of one year."""
    url = addresses.year(tree.code, year)
    articles = [tree.catalog.articles[id_] for id_ in tree.catalog.articles_in[year]]
    groups = _years(tree)
    months = itertools.groupby(articles, key=lambda article: PartialDate(year, article.date.month))
    view = v.YearView(
        tree.words.date(PartialDate(year)),
        len(articles),
        tuple(v.MonthGroup(tree.words.date(month), tuple(tree.card(a.id) for a in found)) for month, found in months),
        tuple(v.NavItem(g.url, tree.words.phrase(g.year.text), "page" if g.url == url else "") for g in groups),
    )
    title = tree.words.phrase(tree.labels.text("archive-of-year", year=view.year.text))
    crumb = v.Link(addresses.home(tree.code) + "archive/", tree.words.label("nav-archive"))
    return Shown(tree.frame(url, "year.html", title, crumbs=(crumb,), section="archive"), view)


def timeline(tree: Tree) -> Shown:
    """Events and articles in order of date."""
    lines = [
        (
            event_order(entry)[0],
            v.TimelineEntry("event", card.date, card.end, v.Link(card.url, card.name), card.description),
        )
        for entry in tree.catalog.of_kind("event")
        for card in (tree.event(entry.id),)
    ]
    for id_ in tree.catalog.ids["article"]:
        card = tree.card(id_)
        lines.append(
            (
                earliest(tree.catalog.articles[id_].date),
                v.TimelineEntry("article", card.date, None, v.Link(card.url, card.title), card.summary),
            )
        )
    lines.sort(key=lambda line: (line[0], line[1].kind != "event", line[1].link.url))
    years = tuple(
        v.YearGroup(tree.words.date(PartialDate(year)), "", len(entries), entries)
        for year, found in itertools.groupby(lines, key=lambda line: line[0].year)
        for entries in (tuple(entry for _, entry in found),)
    )
    url, title = addresses.home(tree.code) + "timeline/", tree.words.label("nav-timeline")
    return Shown(tree.frame(url, "timeline.html", title, section="timeline"), v.TimelineView(years))


def search(tree: Tree) -> Shown:
    """The search page, which without scripts leads to the lists."""
    home = addresses.home(tree.code)
    lists = tuple(v.Link(f"{home}{name}/", tree.words.label(f"nav-{name}")) for name in ("timeline", "archive"))
    frame = tree.frame(addresses.search(tree.code), "search.html", tree.words.label("search"))
    return Shown(frame, v.SearchView(_sections(tree), lists))
