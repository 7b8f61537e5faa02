"""Pages of lists: home, the A-Z indexes, the archive by year, the timeline."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator

from site_builder import addresses
from site_builder import views as v
from site_builder.catalog import Article, Entry, event_order
from site_builder.model import FOLDERS, Kind, Topic
from site_builder.plan.pages import ITSELF, Page
from site_builder.plan.tree import Tree
from site_builder.text.collation import alphabet, index_letter
from site_builder.text.dates import PartialDate, earliest

_LATEST = 6


def home(tree: Tree) -> Page:
    """The home page."""
    catalog, config = tree.catalog, tree.config
    url = addresses.home(tree.code)
    description = tree.words.localized(config.description)
    events = sorted(catalog.of_kind("event"), key=event_order, reverse=True)
    view = v.HomeView(
        title=tree.words.phrase(config.title[tree.code]),
        description=description,
        latest=tuple(tree.card(article) for article in list(catalog.articles)[: -_LATEST - 1 : -1]),
        sections=tuple(
            v.Section(f"nav-{FOLDERS[kind]}", addresses.index(tree.code, kind), tree.count(kind)) for kind in tree.kinds
        ),
        topics=_topic_tree(tree),
        events=tuple(tree.event(event.id) for event in events[:_LATEST]),
    )
    frame = tree.frame(url, "home.html", view.title, description=description.text, kind="website", x_default="/")
    return Page(addresses.output_path(url), tree.code, "home.html", frame, view, ITSELF)


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
            len(tree.catalog.entries["topic", id_].articles),
            _nodes(tree, tree.catalog.narrower.get(id_, ()), above | {id_}),
        )
        for id_ in ordered
        if id_ not in above
    )


def _list_page(tree: Tree, url: str, template: str, label: str, view: v.View, **frame: object) -> Page:
    made = tree.frame(url, template, tree.words.label(label), **frame)  # type: ignore[arg-type]
    return Page(addresses.output_path(url), tree.code, template, made, view, ITSELF)


def indexes(tree: Tree) -> Iterator[Page]:
    """The A-Z index of every kind that has records."""
    for kind in tree.kinds:
        yield _index(tree, kind)


def _index(tree: Tree, kind: Kind) -> Page:
    label = f"nav-{FOLDERS[kind]}"
    entries = list(_index_entries(tree, kind))
    view = v.IndexView(label, tree.count(kind), _letters(tree, entries), _topic_tree(tree) if kind == "topic" else ())
    return _list_page(tree, addresses.index(tree.code, kind), "index.html", label, view, section=kind)


def _index_entries(tree: Tree, kind: Kind) -> Iterator[tuple[str, v.IndexEntry]]:
    """The lines of an index, each with the words by which it files."""
    if kind == "article":
        for article in tree.catalog.articles.values():
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


def archive(tree: Tree) -> Iterator[Page]:
    """The years, and the articles of each."""
    years = _by_year(tree)
    url = addresses.home(tree.code) + "archive/"
    groups = tuple(
        v.YearGroup(tree.words.date(PartialDate(year)), addresses.year(tree.code, year), len(articles), ())
        for year, articles in years.items()
    )
    yield _list_page(
        tree, url, "archive.html", "nav-archive", v.ArchiveView(len(tree.catalog.articles), groups), section="archive"
    )
    crumb = v.Link(url, tree.words.label("nav-archive"))
    for year, articles in years.items():
        yield _year(tree, year, articles, groups, crumb)


def _by_year(tree: Tree) -> dict[int, list[Article]]:
    years: dict[int, list[Article]] = defaultdict(list)
    for article in reversed(list(tree.catalog.articles.values())):
        years[article.date.year].append(article)
    return years


def _year(tree: Tree, year: int, articles: list[Article], groups: tuple[v.YearGroup, ...], crumb: v.Link) -> Page:
    url = addresses.year(tree.code, year)
    months = itertools.groupby(articles, key=lambda article: PartialDate(year, article.date.month))
    view = v.YearView(
        tree.words.date(PartialDate(year)),
        len(articles),
        tuple(v.MonthGroup(tree.words.date(month), tuple(tree.card(a.id) for a in found)) for month, found in months),
        tuple(v.NavItem(g.url, tree.words.phrase(g.year.text), "page" if g.url == url else "") for g in groups),
    )
    title = tree.words.phrase(tree.labels.text("archive-of-year", year=view.year.text))
    frame = tree.frame(url, "year.html", title, crumbs=(crumb,), section="archive")
    return Page(addresses.output_path(url), tree.code, "year.html", frame, view, ITSELF)


def timeline(tree: Tree) -> Page:
    """Events and articles in order of date."""
    lines = [
        (
            event_order(entry)[0],
            v.TimelineEntry("event", card.date, card.end, v.Link(card.url, card.name), card.description),
        )
        for entry in tree.catalog.of_kind("event")
        for card in (tree.event(entry.id),)
    ]
    for id_, article in tree.catalog.articles.items():
        card = tree.card(id_)
        lines.append(
            (
                earliest(article.date),
                v.TimelineEntry("article", card.date, None, v.Link(card.url, card.title), card.summary),
            )
        )
    lines.sort(key=lambda line: (line[0], line[1].kind != "event", line[1].link.url))
    years = tuple(
        v.YearGroup(tree.words.date(PartialDate(year)), "", len(entries), entries)
        for year, found in itertools.groupby(lines, key=lambda line: line[0].year)
        for entries in (tuple(entry for _, entry in found),)
    )
    url = addresses.home(tree.code) + "timeline/"
    return _list_page(tree, url, "timeline.html", "nav-timeline", v.TimelineView(years), section="timeline")
