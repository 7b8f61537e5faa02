"""Pages of authority records: people, organisations, places, topics, events."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TypeVar

from site_builder import addresses, model
from site_builder import views as v
from site_builder.catalog import Entry, Key, Mentioned, NamingText, Part, PartSize, companions
from site_builder.mentions import excerpt_html
from site_builder.model import Event, Kind, Office, Place, Record, Topic
from site_builder.plan import parts
from site_builder.plan.pages import Page, Shown
from site_builder.plan.parts import Division, Position
from site_builder.plan.tree import Tree
from site_builder.problems import Location
from site_builder.reading.passages import Excerpt, filled
from site_builder.text.dates import PartialDate
from site_builder.text.languages import language

Item = TypeVar("Item")

#: How many sentences of an article are shown before the others are folded away.
_SENTENCES = 3
#: How many events, articles and mentions a record's page shows where all are too many for it.
_LATEST = 50

_AUTHORITIES = {
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/{}"),
    "viaf": ("VIAF", "https://viaf.org/viaf/{}"),
    "isni": ("ISNI", "https://isni.org/isni/{}"),
    "geonames": ("GeoNames", "https://www.geonames.org/{}"),
    "loc": ("Library of Congress", "https://id.loc.gov/authorities/{}"),
}


def records(tree: Tree) -> Iterator[Page]:
    """The page of every authority record, and those of its years where one does not do."""
    for kind, id_ in tree.catalog.entries:
        url = addresses.record(tree.code, kind, id_)
        source = Location(tree.catalog.entries[kind, id_].path, 1, 1)
        listed = tree.config.languages
        yield Page(addresses.output_path(url), url, tree.code, "record", (kind, id_), source, listed)
        sizes = tree.catalog.parts_of.get((kind, id_), ())
        for size, at in zip(sizes, parts.positions(str(size.year) for size in sizes), strict=True):
            url = addresses.part(addresses.record_year(tree.code, kind, id_, size.year), size.number)
            about = (kind, id_, at)
            yield Page(addresses.output_path(url), url, tree.code, "record part", about, source, listed)


def record(tree: Tree, kind: Kind, id_: str) -> Shown:
    """The page of an authority record."""
    entry = tree.catalog.entries[kind, id_]
    url = addresses.record(tree.code, kind, id_)
    name = tree.words.localized(entry.record.name)
    description = tree.words.localized(entry.record.description)
    frame = tree.frame(
        url,
        f"{entry.kind}.html",
        name,
        kind="profile" if entry.kind == "person" else "website",
        description=tree.words.plain(description) if description.text else "",
        crumbs=(tree.index_crumb(entry.kind),),
        section=entry.kind,
    )
    return Shown(frame, _record_view(tree, entry))


def part(tree: Tree, kind: Kind, id_: str, at: Position) -> Shown:
    """A page of what concerns a record in one year."""
    entry, year = tree.catalog.entries[kind, id_], int(at.name)
    shown = tree.catalog.parts[(kind, id_), year, at.number]
    date = tree.words.date(PartialDate(year))
    name = tree.words.localized(entry.record.name)
    title = tree.words.phrase(tree.labels.text("record-in-year", name=tree.words.plain(name), year=date.text))
    frame = tree.frame(
        addresses.part(addresses.record_year(tree.code, kind, id_, year), at.number),
        "record-part.html",
        parts.numbered(tree, title, at.number),
        crumbs=(tree.index_crumb(kind), tree.link(kind, id_)),
        section=kind,
    )
    view = v.RecordPartView(
        kind=kind,
        name=name,
        year=date,
        total=len({*shown.articles, *(found.article for found in shown.mentions)}),
        events=_events(tree, shown.events),
        articles=_cards(tree, entry, shown.articles),
        mentions=_mention_groups(tree, (kind, id_), shown.mentions),
        around=parts.around(tree, _division(tree, kind, id_), at),
    )
    return Shown(frame, view)


def _division(tree: Tree, kind: Kind, id_: str) -> Division:
    return Division(
        lambda name: tree.words.phrase(tree.words.date(PartialDate(int(name))).text),
        lambda name: addresses.record_year(tree.code, kind, id_, int(name)),
    )


def _years(tree: Tree, key: Key, sizes: Iterable[PartSize]) -> tuple[v.Volume, ...]:
    """The years in which something concerns a record, newest first."""
    years = [(year, list(found)) for year, found in itertools.groupby(sizes, key=lambda size: size.year)]
    totals = [parts.Size(str(year), sum(size.total for size in found), len(found)) for year, found in reversed(years)]
    return parts.volumes(tree, _division(tree, *key), totals)


def _latest(tree: Tree, key: Key, sizes: tuple[PartSize, ...]) -> Part:
    """The latest of what concerns a record, newest first."""
    latest = Part((), (), ())
    for size in reversed(sizes):
        if any(count and len(kept) < _LATEST for count, kept in zip(size.counts, latest, strict=True)):
            part = tree.catalog.parts[key, size.year, size.number]
            latest = Part(
                _more(latest.events, part.events),
                _more(latest.articles, part.articles),
                _more(latest.mentions, part.mentions),
            )
    return latest


def _more(newer: tuple[Item, ...], older: tuple[Item, ...]) -> tuple[Item, ...]:
    """The latest of what is newer (newest first) and older (oldest first)."""
    return (*newer, *reversed(older))[:_LATEST]


def _record_view(tree: Tree, entry: Entry) -> v.RecordView:
    record, key = entry.record, (entry.kind, entry.id)
    sizes = tree.catalog.parts_of.get(key, ())
    shown = _latest(tree, key, sizes) if sizes else _all(tree, key)
    code = model.localized(record.biography, tree.code, tree.config.languages)[1]
    biography = tree.texts(entry.path)[code] if code in entry.biographies else None
    topic = record if isinstance(record, Topic) else None
    event = record if isinstance(record, Event) else None
    return v.RecordView(
        kind=entry.kind,
        name=tree.words.localized(record.name),
        names=tuple(
            tree.words.phrase(record.name[other], other) for other in tree.config.languages if other != tree.code
        ),
        aliases=tuple(
            v.AliasGroup(tree.words.language_name(other), tuple(tree.words.phrase(alias, other) for alias in names))
            for other, names in _own_first(tree, record.aliases)
            if names
        ),
        description=tree.words.localized(record.description),
        biography=tree.html(biography, code, entry.kind, entry.id) if biography else None,
        offices=tuple(_office(tree, office) for office in reversed(getattr(record, "offices", ()))),
        holders=tuple(
            v.Holder(tree.link("person", id_), _office(tree, office))
            for id_, office in tree.catalog.holders.get(entry.id, ())
            if entry.kind == "organization"
        ),
        identifiers=_identifiers(record),
        coordinates=_coordinates(tree, record),
        see_also=tuple(tree.link(*key) for target in record.see_also for key in tree.catalog.find(target)[:1]),
        broader=tree.sorted_links("topic", topic.broader) if topic else (),
        narrower=tree.sorted_links("topic", tree.catalog.narrower.get(entry.id, ())) if topic else (),
        related=tree.sorted_links("topic", tree.catalog.related.get(entry.id, ())) if topic else (),
        date=tree.words.date(event.date) if event else None,
        end=tree.words.maybe_date(event.end) if event else None,
        place=tree.link("place", event.place)
        if event and event.place and tree.catalog.has("place", event.place)
        else None,
        people=tree.record_links("person", event.people, event.date) if event else (),
        topics=tree.links("topic", event.topics) if event else (),
        events=_events(tree, shown.events),
        articles=_cards(tree, entry, shown.articles),
        companions=_companions(tree, key),
        mentions=_mention_groups(tree, key, shown.mentions),
        years=_years(tree, key, sizes),
    )


def _all(tree: Tree, key: Key) -> Part:
    """All that concerns a record, newest first."""
    catalog = tree.catalog
    events = tuple(reversed(catalog.events_of.get(key, ())))
    return Part(events, catalog.articles_of.get(key, ()), catalog.mentions.get(key, ()))


def _events(tree: Tree, ids: Iterable[str]) -> tuple[v.EventCard, ...]:
    return tuple(tree.event(id_) for id_ in ids)


def _cards(tree: Tree, entry: Entry, ids: Iterable[str]) -> tuple[v.Card, ...]:
    """Articles with the offices that the record's person held on their dates."""
    if not getattr(entry.record, "offices", ()):
        return tuple(map(tree.card, ids))
    return tuple(_card(tree, entry.record, id_) for id_ in ids)


def _card(tree: Tree, record: Record, article: str) -> v.Card:
    """An article with the offices that the record's person held on its date."""
    card = tree.card(article)
    offices = tree.offices(record, tree.catalog.articles[article].date)
    return card._replace(offices=offices) if offices else card


def _mention_groups(tree: Tree, key: Key, mentions: Iterable[Mentioned]) -> tuple[v.MentionGroup, ...]:
    return tuple(_mentions(tree, key, found) for found in mentions)


def _companions(tree: Tree, key: Key) -> tuple[v.Companion, ...]:
    found = [v.Companion(tree.link(*other), total) for other, total in companions(tree.catalog, key)]
    found.sort(key=lambda one: (-one.total, tree.words.sort_key(one.link.text.text), one.link.url))
    return tuple(found)


def _mentions(tree: Tree, key: Key, found: Mentioned) -> v.MentionGroup:
    """The sentences of an article that name a record, those in the tree's own language first."""
    article = tree.card(found.article)
    texts = sorted(found.texts, key=lambda text: text.language != tree.code)
    quoted, *more = [_quoted(tree, key, found.article, text) for text in texts]
    if len(quoted.sentences) > _SENTENCES:
        more.insert(0, quoted._replace(sentences=quoted.sentences[_SENTENCES:]))
        quoted = quoted._replace(sentences=quoted.sentences[:_SENTENCES])
    folded = sum([len(text.sentences) for text in more])
    return v.MentionGroup(v.Link(article.url, article.title), article.date, found.total, quoted, tuple(more), folded)


def _quoted(tree: Tree, key: Key, article: str, text: NamingText) -> v.Quoted:
    """The sentences of a text that name a record."""
    code = text.language
    sentences = [
        (anchor, quotation if isinstance(quotation, str) else _filled(tree, code, quotation))
        for anchor, quotation in tree.quotations(text.path, key)
    ]
    return v.Quoted(addresses.record(code, "article", article), code, language(code).direction, tuple(sentences))


def _filled(tree: Tree, code: str, excerpt: Excerpt) -> str:
    """The HTML of a sentence with names in place of references without words."""
    return excerpt_html(filled(excerpt, partial(_name_of, tree, code)), code, tree.config.languages)


def _name_of(tree: Tree, code: str, target: str) -> str:
    """The words that stand for a reference without any, in a text of the language `code`."""
    found = tree.catalog.find(target)
    return tree.name_in(found[0], code).text if found else target


def _own_first(tree: Tree, values: Mapping[str, tuple[str, ...]]) -> list[tuple[str, tuple[str, ...]]]:
    return sorted(values.items(), key=lambda item: item[0] != tree.code)


def _office(tree: Tree, office: Office) -> v.OfficeView:
    organization = office.organization
    known = organization and tree.catalog.has("organization", organization)
    return v.OfficeView(
        tree.words.localized(office.title),
        tree.link("organization", organization) if organization and known else None,
        tree.words.maybe_date(office.since),
        tree.words.maybe_date(office.until),
    )


def _coordinates(tree: Tree, record: Record) -> str:
    """Latitude and longitude, to about a metre."""
    point = record.coordinates if isinstance(record, Place) else None
    if point is None:
        return ""
    return ", ".join(tree.words.number(part, 5) for part in (point.latitude, point.longitude))


def _identifiers(record: Record) -> tuple[v.Identifier, ...]:
    stated = record.identifiers
    found = ((key, getattr(stated, key, None)) for key in _AUTHORITIES)
    return tuple(
        v.Identifier(_AUTHORITIES[key][0], value, _AUTHORITIES[key][1].format(value)) for key, value in found if value
    )
