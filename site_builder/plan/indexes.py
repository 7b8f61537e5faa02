"""The A-Z indexes, a page a letter where they are long, and the hierarchy of topics."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from site_builder import addresses
from site_builder import views as v
from site_builder.catalog import Entry
from site_builder.model import FOLDERS, Kind, Topic
from site_builder.plan import parts
from site_builder.plan.pages import ITSELF, Page, Shown
from site_builder.plan.parts import Division, Position, Size
from site_builder.plan.tree import Tree
from site_builder.text.collation import OTHER_HEADING, alphabet
from site_builder.text.languages import autonym

#: How many records an index has on one page, and how many lines a page of a letter: some 200 bytes each.
MOST_ENTRIES = 1000
#: How many topics a hierarchy has with all that is below them; where there are more, it has the broadest alone.
MOST_TOPICS = 200


class Line(NamedTuple):
    """A line of an index: a record, or one of its other names."""

    id: str
    alias: str


def pages(tree: Tree) -> Iterator[Page]:
    """The A-Z index of every kind that has records, and the pages of its letters where one does not do."""
    every = tree.config.languages
    for kind in tree.kinds:
        letters = _by_letter(tree, kind) if tree.count(kind) > MOST_ENTRIES else {}
        sizes = tuple(
            size._replace(total=sum(not line.alias for line in letters[size.name]))
            for size in parts.sizes(letters, MOST_ENTRIES)
        )
        yield _page(tree, addresses.index(tree.code, kind), "index", (kind, sizes), every)
        for at, lines in parts.cut(letters, MOST_ENTRIES):
            url = addresses.part(addresses.letter(tree.code, kind, at.name), at.number)
            # Another language's letters are no versions of these.
            yield _page(tree, url, "letter", (kind, at, lines), (tree.code,))


def _page(tree: Tree, url: str, maker: str, about: tuple[Any, ...], listed: tuple[str, ...]) -> Page:
    return Page(addresses.output_path(url), url, tree.code, maker, about, ITSELF, listed)


def topic_tree(tree: Tree) -> tuple[v.TopicNode, ...]:
    """The hierarchy of topics: the broadest with all that is below them.

    Of very many topics, it is the broadest alone, those with most articles.
    """
    catalog = tree.catalog
    roots = [
        entry.id
        for entry in catalog.of_kind("topic")
        if isinstance(entry.record, Topic) and not any(catalog.has("topic", id_) for id_ in entry.record.broader)
    ]
    if tree.count("topic") <= MOST_TOPICS:
        return _nodes(tree, roots, frozenset())
    most = heapq.nsmallest(MOST_TOPICS, roots, key=lambda id_: (-_total(tree, id_), id_))
    return tuple(node._replace(narrower=()) for node in _nodes(tree, most, frozenset()))


def _total(tree: Tree, topic: str) -> int:
    return len(tree.catalog.articles_of.get(("topic", topic), ()))


def _nodes(tree: Tree, ids: Iterable[str], above: frozenset[str]) -> tuple[v.TopicNode, ...]:
    ordered = sorted(ids, key=lambda id_: (tree.words.sort_key(tree.name("topic", id_).text), id_))
    return tuple(
        v.TopicNode(
            tree.link("topic", id_),
            tree.words.localized(tree.catalog.entries["topic", id_].record.description),
            _total(tree, id_),
            _nodes(tree, tree.catalog.narrower.get(id_, ()), above | {id_}),
        )
        for id_ in ordered
        if id_ not in above
    )


def index(tree: Tree, kind: Kind, sizes: tuple[Size, ...]) -> Shown:
    """The A-Z index of a kind: all of it, or the sizes of its letters."""
    label = f"nav-{FOLDERS[kind]}"
    view = v.IndexView(
        label,
        tree.count(kind),
        () if sizes else _letters(tree, kind),
        topic_tree(tree) if kind == "topic" else (),
        parts.volumes(tree, _division(tree, kind), sizes),
    )
    title = tree.words.label(label)
    return Shown(tree.frame(addresses.index(tree.code, kind), "index.html", title, section=kind), view)


def letter(tree: Tree, kind: Kind, at: Position, lines: tuple[Line, ...]) -> Shown:
    """A page of a letter of an A-Z index."""
    label = f"nav-{FOLDERS[kind]}"
    division = _division(tree, kind)
    entries = _sorted(tree, kind, lines)
    heading = division.label(at.name)
    words = tree.labels.text("index-letter", index=tree.labels.text(label), letter=tree.words.plain(heading))
    frame = tree.frame(
        addresses.part(division.address(at.name), at.number),
        "letter.html",
        parts.numbered(tree, tree.words.phrase(words), at.number),
        others=(tree.code,),
        crumbs=(tree.index_crumb(kind),),
        section=kind,
    )
    switches = tuple(
        v.Switch(addresses.index(code, kind), tree.words.phrase(autonym(code), code))
        for code in tree.config.languages
        if code != tree.code
    )
    total = sum(not line.alias for line in lines)
    around = parts.around(tree, division, at)
    view = v.LetterView(label, total, heading, tuple(entry for _, entry in entries), around)
    return Shown(frame._replace(switches=switches), view)


def _division(tree: Tree, kind: Kind) -> Division:
    return Division(tree.words.letter, lambda name: addresses.letter(tree.code, kind, name))


def _lines(tree: Tree, kind: Kind) -> Iterator[Line]:
    """The lines of an index."""
    for id_ in tree.catalog.ids[kind]:
        yield Line(id_, "")
        if kind != "article":
            for alias in _aliases_filed_elsewhere(tree, tree.catalog.entries[kind, id_]):
                yield Line(id_, alias)


def _filed(tree: Tree, kind: Kind, line: Line) -> str:
    """The words by which a line files."""
    if kind == "article":
        article = tree.catalog.articles[line.id]
        return article.versions[tree.language_of(article)].meta.title
    entry = tree.catalog.entries[kind, line.id]
    if line.alias:
        name = tree.words.localized(entry.record.name).text
        return _surname_first(tree, name, line.alias) if kind == "person" else line.alias
    return _own_words(tree, entry)


def _own_words(tree: Tree, entry: Entry) -> str:
    return entry.record.sort_name.get(tree.code) or tree.words.localized(entry.record.name).text


def _entry(tree: Tree, kind: Kind, line: Line, filed: str) -> v.IndexEntry:
    if kind == "article":
        article = tree.catalog.articles[line.id]
        date = tree.words.phrase(tree.words.date(article.date).text)
        return v.IndexEntry(v.Link(tree.url("article", line.id), tree.article_title(article)), date, None)
    entry = tree.catalog.entries[kind, line.id]
    lang = tree.words.localized(entry.record.name).lang
    link = v.Link(tree.url(kind, entry.id), tree.words.phrase(_own_words(tree, entry), lang))
    if line.alias:
        return v.IndexEntry(v.Link(link.url, tree.words.phrase(filed)), tree.words.phrase(""), link)
    return v.IndexEntry(link, tree.words.localized(entry.record.description), None)


def _sorted(tree: Tree, kind: Kind, lines: Iterable[Line]) -> list[tuple[str, v.IndexEntry]]:
    """Lines in their order, each with the words by which it files."""
    entries = ((filed, _entry(tree, kind, line, filed)) for line in lines for filed in (_filed(tree, kind, line),))
    return sorted(entries, key=lambda item: (tree.words.sort_key(item[0]), item[1].link.url))


def _by_letter(tree: Tree, kind: Kind) -> dict[str, tuple[Line, ...]]:
    """The lines of an index by their letters, in the order of the alphabet; within a letter, they are in order where
    they take several pages."""
    groups: dict[str, list[tuple[str, Line]]] = {}
    for line in _lines(tree, kind):
        filed = _filed(tree, kind, line)
        groups.setdefault(tree.words.index_letter(filed), []).append((filed, line))
    for found in groups.values():
        if len(found) > MOST_ENTRIES:
            found.sort(key=lambda item: (tree.words.letters_by_word(item[0]), item))
    order = {heading: number for number, heading in enumerate(alphabet(tree.code))}
    ordered = sorted(groups, key=lambda heading: (order.get(heading, len(order)), heading == OTHER_HEADING, heading))
    return {heading: tuple(line for _, line in groups[heading]) for heading in ordered}


def _aliases_filed_elsewhere(tree: Tree, entry: Entry) -> Iterator[str]:
    """The aliases under which a reader may look in vain: not those beside the record itself or each other."""
    aliases = entry.record.aliases.get(tree.code, ())
    own = tree.words.filing_letters(_own_words(tree, entry)) if aliases else ()
    seen = set()
    for alias in aliases:
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


def _letters(tree: Tree, kind: Kind) -> tuple[v.LetterGroup, ...]:
    groups: dict[str, list[v.IndexEntry]] = {letter: [] for letter in alphabet(tree.code)}
    for filed, entry in _sorted(tree, kind, _lines(tree, kind)):
        groups.setdefault(tree.words.index_letter(filed), []).append(entry)
    return tuple(
        v.LetterGroup(tree.words.letter(letter), f"letter-{number}", tuple(found))
        for number, (letter, found) in enumerate(groups.items(), start=1)
    )
