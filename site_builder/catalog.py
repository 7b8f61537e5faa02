"""All records joined: languages of an article merged, and who and what belongs together.

Pure and cheap: it is computed anew from what reading gives, but for builds after which nothing is new but texts.
"""

from __future__ import annotations

import datetime
import heapq
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from site_builder import mentions
from site_builder.config import Config
from site_builder.kept import changed, whole
from site_builder.linking import LINKED_KINDS
from site_builder.mentions import Names
from site_builder.model import (
    FOLDERS,
    ArticleMeta,
    Kind,
    Office,
    PageMeta,
    Person,
    Record,
    Source,
    Topic,
    fields_of,
)
from site_builder.problems import Location, Problem, error
from site_builder.reading.body import split_target
from site_builder.reading.document import Outline, Parsed, Stretch
from site_builder.reading.files import SourceFile
from site_builder.text.collation import sort_key
from site_builder.text.dates import PartialDate, contains, earliest

Key = tuple[Kind, str]

#: How many companions of a record are kept.
MOST_COMPANIONS = 10
#: What a record's page may hold before it is cut by year: articles and events come to some 600 bytes each, the
#: sentences of an article to some 4,000, so that either list stays well below a megabyte (and 100 kB over the wire).
MOST_LISTED = 500
MOST_MENTIONS = 200
_ROOM = (MOST_LISTED, MOST_LISTED, MOST_MENTIONS)


class Version(NamedTuple):
    """An article in one language: the file, whose texts are read where they are shown.

    `redirects` are its earlier addresses, with the places where they are stated; `stretches` the ranges of the file on
    which the front matter decides.
    """

    path: str
    meta: ArticleMeta
    redirects: tuple[tuple[str, Location], ...]
    stretches: tuple[Stretch, ...]


class Article(NamedTuple):
    """An article: what its languages share, and each of them."""

    id: str
    date: PartialDate
    people: tuple[str, ...]
    organizations: tuple[str, ...]
    places: tuple[str, ...]
    topics: tuple[str, ...]
    events: tuple[str, ...]
    source: Source | None
    versions: Mapping[str, Version]
    attachments: frozenset[str]

    @property
    def original(self) -> str:
        """The language whose text stands in for those that are missing."""
        return next(iter(self.versions))


class PageText(NamedTuple):
    """A standing page in one language. `redirects` as of an article's version."""

    path: str
    meta: PageMeta
    redirects: tuple[tuple[str, Location], ...]


class StandingPage(NamedTuple):
    """A standing page in its languages."""

    id: str
    versions: Mapping[str, PageText]
    attachments: frozenset[str]

    @property
    def original(self) -> str:
        """The language whose text stands in for those that are missing."""
        return next(iter(self.versions))


class Entry(NamedTuple):
    """An authority record and its file. `biographies` are the languages in which it has one."""

    kind: Kind
    id: str
    path: str
    record: Record
    biographies: frozenset[str]


class NamingText(NamedTuple):
    """A text that names a record: its language and file, how often it does, and a digest of the sentences."""

    language: str
    path: str
    total: int
    digest: bytes


class Mentioned(NamedTuple):
    """An article that names a record, in some of its languages."""

    article: str
    texts: tuple[NamingText, ...]

    @property
    def total(self) -> int:
        """How many mentions there are, in all languages."""
        return sum(text.total for text in self.texts)


class Part(NamedTuple):
    """What concerns a record in one year, or in a part of that year: ids and mentions, oldest first."""

    events: tuple[str, ...]
    articles: tuple[str, ...]
    mentions: tuple[Mentioned, ...]


class PartSize(NamedTuple):
    """A part of what concerns a record: its year, its number in that, how many articles it tells of, and how many
    events, articles and mentions it has."""

    year: int
    number: int
    total: int
    counts: tuple[int, ...]


class Catalog(NamedTuple):
    """Everything the archive holds.

    `articles` are in order of date, oldest first; `ids` are the ids of each kind in the order of lists, and `present`
    the kinds that have any; `articles_of` are those that name a record and `articles_in` those of a year, newest
    first; `attachments` are the names of the files beside each text, also where the text itself is left out;
    `narrower` maps a topic to those directly below it; `events_of` and `holders` say which events and which offices
    concern a record; `mentions` are the articles whose text names a record, newest first; `together` the people,
    organisations and places that an article names, listed or in its text. What is too much for one page is also there
    in `parts`, by record, year and number; `parts_of` says which parts a record has, oldest first.
    """

    config: Config
    articles: Mapping[str, Article]
    pages: Mapping[str, StandingPage]
    entries: Mapping[Key, Entry]
    ids: Mapping[Kind, tuple[str, ...]]
    present: Mapping[Kind, bool]
    articles_of: Mapping[Key, tuple[str, ...]]
    articles_in: Mapping[int, tuple[str, ...]]
    attachments: Mapping[Key, frozenset[str]]
    narrower: Mapping[str, tuple[str, ...]]
    related: Mapping[str, tuple[str, ...]]
    events_of: Mapping[Key, tuple[str, ...]]
    holders: Mapping[str, tuple[tuple[str, Office], ...]]
    mentions: Mapping[Key, tuple[Mentioned, ...]] = {}
    together: Mapping[str, tuple[Key, ...]] = {}
    parts: Mapping[tuple[Key, int, int], Part] = {}
    parts_of: Mapping[Key, tuple[PartSize, ...]] = {}

    def of_kind(self, kind: Kind) -> list[Entry]:
        """The entries of one kind, by id."""
        return [self.entries[kind, id_] for id_ in self.ids[kind]]

    def find(self, target: str) -> tuple[Key, ...]:
        """The records that a reference as written (`x`, or `people/x`) can mean."""
        wanted, id_ = split_target(target)
        return tuple((kind, id_) for kind in FOLDERS if wanted in (None, kind) and self.has(kind, id_))

    def has(self, kind: Kind, target: str) -> bool:
        """Whether a record exists."""
        if kind == "article":
            return target in self.articles
        return target in self.pages if kind == "page" else (kind, target) in self.entries


def join(
    outlines: Iterable[Outline],
    attachments: Iterable[SourceFile],
    config: Config,
    drafts: bool,
    load: Callable[[str], Parsed],
) -> tuple[Catalog, list[Problem]]:
    """Join what was read. Drafts are left out unless `drafts`. What cannot be read is left out too: it has problems.

    `load` gives the whole of a file, by its path: it is asked only to say where something is wrong.
    """
    problems: list[Problem] = []
    texts: dict[Key, dict[str, Outline]] = defaultdict(dict)
    entries: dict[Key, Entry] = {}
    for outline in sorted(outlines, key=lambda outline: outline.source.path):
        source = outline.source
        if source.kind in ("article", "page"):
            _place(outline, texts, problems)
        elif outline.meta is not None:
            record = cast(Record, outline.meta)
            entries[source.kind, source.id] = Entry(source.kind, source.id, source.path, record, outline.texts)
    beside = _beside(attachments)
    articles = _articles(texts, beside, config, drafts, problems, load)
    pages = _pages(texts, beside, config, drafts)
    ids: dict[Kind, list[str]] = {kind: [] for kind in FOLDERS}
    ids["article"], ids["page"] = list(articles), list(pages)
    for kind, id_ in entries:
        ids[kind].append(id_)
    narrower, related = _hierarchy(entries)
    catalog = Catalog(
        config=config,
        articles=articles,
        pages=pages,
        entries=entries,
        ids={kind: tuple(found) for kind, found in ids.items()},
        present={kind: bool(found) for kind, found in ids.items()},
        articles_of=_articles_of(list(articles.values())),
        articles_in=_articles_in(list(articles.values())),
        attachments=beside,
        narrower=narrower,
        related=related,
        events_of=_events(entries),
        holders=_holders(entries),
    )
    return catalog, problems


def _place(outline: Outline, texts: dict[Key, dict[str, Outline]], problems: list[Problem]) -> None:
    source = outline.source
    versions = texts[source.kind, source.id]
    other = versions.get(source.language)
    if other is None:
        versions[source.language] = outline
        return
    message = (
        f"the {source.kind} “{source.id}” has its text in {source.language} twice, here and in {other.source.path}"
    )
    problems.append(error("duplicate-id", message, Location(source.path), "keep one of the two files"))


def _beside(attachments: Iterable[SourceFile]) -> dict[Key, frozenset[str]]:
    beside: dict[Key, set[str]] = defaultdict(set)
    for file in attachments:
        beside[file.kind, file.id].add(file.path.split("/", 2)[2])
    return {key: frozenset(names) for key, names in beside.items()}


def _in_order(versions: dict[str, Outline], config: Config) -> list[tuple[str, Outline]]:
    """The versions with the original first: the one that says so, else in the order of the site's languages."""

    def rank(item: tuple[str, Outline]) -> tuple[bool, int]:
        translation = getattr(item[1].meta, "translation", None)
        return (not (translation and translation.status == "original"), config.languages.index(item[0]))

    return sorted(versions.items(), key=rank)


def _articles(
    texts: Mapping[Key, dict[str, Outline]],
    beside: Mapping[Key, frozenset[str]],
    config: Config,
    drafts: bool,
    problems: list[Problem],
    load: Callable[[str], Parsed],
) -> dict[str, Article]:
    found = []
    for (kind, id_), versions in texts.items():
        if kind != "article":
            continue
        ordered = _in_order(versions, config)
        shared = _shared(ordered, problems, load)
        kept = {
            language: Version(outline.source.path, outline.meta, outline.redirects, outline.stretches)
            for language, outline in ordered
            if isinstance(outline.meta, ArticleMeta) and (drafts or not outline.meta.draft)
        }
        if kept and shared.get("date"):
            found.append(Article(id=id_, versions=kept, attachments=beside.get((kind, id_), frozenset()), **shared))
    found.sort(key=lambda article: (earliest(article.date), article.id))
    return {article.id: article for article in found}


_SHARED = tuple(field for field in fields_of(ArticleMeta) if field.shared)
_LISTS = frozenset(["people", "organizations", "places", "topics", "events"])


def _shared(
    versions: list[tuple[str, Outline]], problems: list[Problem], load: Callable[[str], Parsed]
) -> dict[str, Any]:
    """What the languages of an article share: each key as the one or the other states it."""
    shared: dict[str, Any] = {}
    for field in _SHARED:
        key = field.key
        stated = [
            (outline, getattr(outline.meta, field.attribute))
            for _, outline in versions
            if outline.meta and key in outline.stated
        ]
        shared[field.attribute] = stated[0][1] if stated else () if key in _LISTS else None
        for outline, value in stated[1:]:
            first = stated[0][0]
            if value != stated[0][1] and key not in first.faulty | outline.faulty:
                there = load(first.source.path).places[key]
                message = f"“{key}” differs from that in {there.path}, line {there.line}"
                hint = "the languages of an article share this key: state it in one file, or the same in both"
                problems.append(error("conflicting-value", message, load(outline.source.path).places[key], hint))
        if field.required and not any(key in o.stated or key in o.faulty for _, o in versions):
            message = f"the key “{key}” is missing in every language of this article"
            where = Location(versions[0][1].source.path, 1, 1)
            problems.append(error("missing-key", message, where, f"{key}: {field.doc}"))
    return shared


def _pages(
    texts: Mapping[Key, dict[str, Outline]], beside: Mapping[Key, frozenset[str]], config: Config, drafts: bool
) -> dict[str, StandingPage]:
    pages = {}
    for (kind, id_), versions in sorted(texts.items()):
        if kind != "page":
            continue
        kept = {
            language: PageText(outline.source.path, outline.meta, outline.redirects)
            for language, outline in _in_order(versions, config)
            if isinstance(outline.meta, PageMeta) and (drafts or not outline.meta.draft)
        }
        if kept:
            pages[id_] = StandingPage(id_, kept, beside.get((kind, id_), frozenset()))
    return pages


# --- Names in texts --------------------------------------------------------------------------------------------------


def references(catalog: Catalog, outline: Outline) -> tuple[tuple[str, Key], ...]:
    """What the explicit references of a file mean, by their targets."""
    return tuple((target, keys[0]) for target in dict.fromkeys(outline.targets) if (keys := catalog.find(target)))


def text(catalog: Catalog, outline: Outline) -> mentions.Text:
    """What is known of an article's text, in which names are to be found."""
    article = catalog.articles[outline.source.id]
    version = article.versions[outline.source.language]
    return mentions.Text(
        tuple(key for key in _listed(article) if key[0] in LINKED_KINDS),
        references(catalog, outline),
        tuple((name, id_.rpartition("/")[2] if id_ else None) for name, id_ in version.meta.mentions.items()),
        outline.source.language,
        catalog.config.languages,
        version.stretches,
    )


def with_mentions(catalog: Catalog, found: Mapping[str, Names]) -> Catalog:
    """The catalogue with what was found in its texts by their files."""
    named: dict[Key, list[Mentioned]] = defaultdict(list)
    together: dict[str, tuple[Key, ...]] = {}
    for article in reversed(list(catalog.articles.values())):
        in_text = _named_in(article, found)
        for key, mentioned in in_text.items():
            named[key].append(mentioned)
        together[article.id] = _together(catalog, article, in_text)
    by_record = {key: tuple(named[key]) for key in sorted(named)}
    return _with_parts(catalog._replace(mentions=by_record, together=together))


def with_other_mentions(
    catalog: Catalog, found: Mapping[str, Names], records: Mapping[str, Collection[Key]]
) -> Catalog:
    """The same where nothing is new to the catalogue but that the texts of some articles say other things of some
    records: what is as it was stays itself.

    `records` are these, by the articles' ids, and `found` is what was found in the texts of the articles.
    """
    if not records:
        return catalog
    ranks = {id_: -rank for rank, id_ in enumerate(catalog.ids["article"])}
    mentions: dict[Key, tuple[Mentioned, ...]] = {}
    together: dict[str, tuple[Key, ...]] = {}
    for id_, keys in records.items():
        in_text = _named_in(catalog.articles[id_], found)
        together[id_] = _together(catalog, catalog.articles[id_], in_text)
        for key in keys:
            others = [one for one in mentions.get(key, catalog.mentions.get(key, ())) if one.article != id_]
            now = [*others, *([in_text[key]] if key in in_text else [])]
            mentions[key] = tuple(sorted(now, key=lambda one: ranks[one.article]))
    catalog = catalog._replace(together=changed(catalog.together, together))
    if all(mentions.values()) and all(key in catalog.mentions for key in mentions):
        catalog = catalog._replace(mentions=changed(catalog.mentions, mentions))
    else:
        all_of_them = whole(catalog.mentions) | mentions
        catalog = catalog._replace(mentions={key: all_of_them[key] for key in sorted(all_of_them) if all_of_them[key]})
    cut = any(key in catalog.parts_of or len(mentions[key]) > MOST_MENTIONS for key in mentions)
    return _with_parts(catalog) if cut else catalog


def _named_in(article: Article, found: Mapping[str, Names]) -> dict[Key, Mentioned]:
    by_key: dict[Key, list[NamingText]] = defaultdict(list)
    for language, version in article.versions.items():
        for key, total, digest in found[version.path].records:
            by_key[key].append(NamingText(language, version.path, total, digest))
    return {key: Mentioned(article.id, tuple(texts)) for key, texts in by_key.items()}


def _together(catalog: Catalog, article: Article, in_text: Mapping[Key, Mentioned]) -> tuple[Key, ...]:
    listed = {key for key in _listed(article) if key[0] in LINKED_KINDS and key in catalog.entries}
    return tuple(sorted(listed | in_text.keys()))


# --- What is too much for one page -----------------------------------------------------------------------------------


def _with_parts(catalog: Catalog) -> Catalog:
    """The catalogue with the parts of those records that too much concerns."""
    parts: dict[tuple[Key, int, int], Part] = {}
    parts_of: dict[Key, tuple[PartSize, ...]] = {}
    for key in catalog.entries:
        events, articles = catalog.events_of.get(key, ()), catalog.articles_of.get(key, ())
        mentions = catalog.mentions.get(key, ())
        if max(len(events), len(articles)) > MOST_LISTED or len(mentions) > MOST_MENTIONS:
            cut = list(_cut(catalog, events, articles, {found.article: found for found in mentions}))
            parts |= {(key, size.year, size.number): part for size, part in cut}
            parts_of[key] = tuple(size for size, _ in cut)
    return catalog._replace(parts=parts, parts_of=parts_of)


def _cut(
    catalog: Catalog, events: Iterable[str], articles: Iterable[str], mentions: Mapping[str, Mentioned]
) -> Iterator[tuple[PartSize, Part]]:
    """Parts by year, oldest first. A part that is full stays as it is when the year goes on."""
    listed = frozenset(articles)
    found = [(*event_order(catalog.entries["event", id_]), Part((id_,), (), ())) for id_ in events]
    for id_ in listed | mentions.keys():
        named = (mentions[id_],) if id_ in mentions else ()
        found.append((earliest(catalog.articles[id_].date), id_, Part((), (id_,) if id_ in listed else (), named)))
    found.sort(key=lambda item: item[:2])
    for year, of_year in itertools.groupby(found, key=lambda item: item[0].year):
        for number, pieces in enumerate(_pagefuls(piece for *_, piece in of_year), start=1):
            total = sum(bool(piece.articles or piece.mentions) for piece in pieces)
            part = Part(*(tuple(itertools.chain.from_iterable(column)) for column in zip(*pieces, strict=True)))
            yield PartSize(year, number, total, tuple(map(len, part))), part


def _pagefuls(pieces: Iterable[Part]) -> Iterator[list[Part]]:
    """As many pieces at a time as a page may hold."""
    page: list[Part] = []
    room: tuple[int, ...] = _ROOM
    for piece in pieces:
        left = tuple(have - len(more) for have, more in zip(room, piece, strict=True))
        if min(left) < 0:
            yield page
            page, left = [], tuple(have - len(more) for have, more in zip(_ROOM, piece, strict=True))
        page.append(piece)
        room = left
    yield page


def companions(catalog: Catalog, key: Key) -> tuple[tuple[Key, int], ...]:
    """The records that share most articles with a record, and how many; those that share equally many by name."""
    if key[0] not in LINKED_KINDS:
        return ()
    ids = {found.article for found in catalog.mentions.get(key, ())} | set(catalog.articles_of.get(key, ()))
    counts = Counter(other for id_ in sorted(ids) for other in catalog.together.get(id_, ()))
    del counts[key]
    code, setting = catalog.config.default_language, catalog.config.ignore_article
    # Only the names of those that may be among the first matter: whoever asks depends on no others.
    least = min(heapq.nlargest(MOST_COMPANIONS, counts.values()), default=0)
    likely = [
        (-total, sort_key(catalog.entries[other].record.name[code], code, setting), other)
        for other, total in counts.items()
        if total >= least
    ]
    return tuple((other, -total) for total, _, other in heapq.nsmallest(MOST_COMPANIONS, likely))


def _listed(article: Article) -> Iterator[Key]:
    for kind, ids in kinds_named(article):
        for id_ in ids:
            yield kind, id_


def kinds_named(article: Article) -> tuple[tuple[Kind, tuple[str, ...]], ...]:
    """The records that an article's front matter names, by kind."""
    return (
        ("person", article.people),
        ("organization", article.organizations),
        ("place", article.places),
        ("topic", article.topics),
        ("event", article.events),
    )


def _articles_of(articles: Sequence[Article]) -> dict[Key, tuple[str, ...]]:
    found: dict[Key, list[str]] = defaultdict(list)
    for article in reversed(articles):
        for key in _listed(article):
            found[key].append(article.id)
    return {key: tuple(ids) for key, ids in found.items()}


def _articles_in(articles: Sequence[Article]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for article in reversed(articles):
        found[article.date.year].append(article.id)
    return {year: tuple(ids) for year, ids in found.items()}


def _hierarchy(entries: Mapping[Key, Entry]) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Narrower topics (the inverse of broader) and related ones (symmetric, as SKOS has it)."""
    narrower: dict[str, set[str]] = defaultdict(set)
    related: dict[str, set[str]] = defaultdict(set)
    for (_, id_), entry in entries.items():
        if isinstance(entry.record, Topic):
            for above in entry.record.broader:
                narrower[above].add(id_)
            for other in entry.record.related:
                related[id_].add(other)
                related[other].add(id_)
    return _sorted_sets(narrower), _sorted_sets(related)


def _sorted_sets(sets: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(sorted(values)) for key, values in sorted(sets.items())}


def _events(entries: Mapping[Key, Entry]) -> dict[Key, tuple[str, ...]]:
    """The events that name a record, in order of date."""
    found: dict[Key, list[str]] = defaultdict(list)
    for event in sorted((e for k, e in entries.items() if k[0] == "event"), key=event_order):
        record = event.record
        named: list[Key] = [("person", id_) for id_ in record.people]  # type: ignore[attr-defined]
        named += [("topic", id_) for id_ in record.topics]  # type: ignore[attr-defined]
        named += [("place", record.place)] if record.place else []  # type: ignore[attr-defined]
        for key in named:
            found[key].append(event.id)
    return {key: tuple(ids) for key, ids in found.items()}


def event_order(entry: Entry) -> tuple[datetime.date, str]:
    """The key that sorts events by date."""
    return earliest(entry.record.date), entry.id  # type: ignore[attr-defined]


def _holders(entries: Mapping[Key, Entry]) -> dict[str, tuple[tuple[str, Office], ...]]:
    """Who held which office of an organisation, earliest first."""
    found: dict[str, list[tuple[str, Office]]] = defaultdict(list)
    for entry in entries.values():
        if isinstance(entry.record, Person):
            for office in entry.record.offices:
                if office.organization:
                    found[office.organization].append((entry.id, office))
    for held in found.values():
        held.sort(key=lambda item: (item[1].since is None, item[1].since and earliest(item[1].since), item[0]))
    return {id_: tuple(held) for id_, held in found.items()}


def offices_on(person: Record, date: PartialDate) -> tuple[Office, ...]:
    """The offices that a person held on a date. An office without any dates counts as held."""
    offices: tuple[Office, ...] = getattr(person, "offices", ())
    return offices and tuple(office for office in offices if contains(office.since, office.until, date))
