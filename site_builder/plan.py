"""Which pages exist, where, with which template, and what each of them shows."""

from __future__ import annotations

import itertools
import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from site_builder import addresses
from site_builder import views as v
from site_builder.catalog import Article, Catalog, Entry, Key, PageText, StandingPage, Version, event_order, offices_on
from site_builder.labels import Labels
from site_builder.model import AUTHORITY_KINDS, FOLDERS, Event, Kind, Localized, Office, Place, Record, Source, Topic
from site_builder.model import localized as choose
from site_builder.problems import Location, Problem, error
from site_builder.reading.markdown import Body, split_target
from site_builder.text.bidi import enclose, first_strong, isolate_plain, title_text
from site_builder.text.collation import alphabet, filing_letters, index_letter, sort_key
from site_builder.text.dates import PartialDate, earliest, format_date, format_hijri, iso
from site_builder.text.languages import Direction, autonym, cldr_locale, guess_language, language, primary, script
from site_builder.text.numerals import format_number

_LATEST = 6
#: The scripts that the cards' typefaces have.
_CARD_SCRIPTS = ("Arab", "Latn")


_ITSELF = Location("")


class Page(NamedTuple):
    """A page to render: its file below the output folder, and all that its template sees.

    `source` is the place in the content that it comes from, for messages: an empty path is the site itself.
    """

    path: str
    language: str
    template: str
    frame: v.Frame
    view: v.View
    source: Location


class CardSpec(NamedTuple):
    """A social card to draw: its file, and its words in plain logical order."""

    path: str
    title: str
    date: str
    archive: str
    label: str
    direction: Direction


class Copy(NamedTuple):
    """A file of the content folder that the site carries as it is."""

    path: str
    source: str


class Rendered(NamedTuple):
    """A file of the site: where it goes, and its bytes."""

    path: str
    data: bytes


class Plan(NamedTuple):
    """Everything that the output folder will hold, except assets and fonts."""

    pages: tuple[Page, ...]
    cards: tuple[CardSpec, ...]
    copies: tuple[Copy, ...]
    problems: tuple[Problem, ...]


def plan(catalog: Catalog, labels: Mapping[str, Labels]) -> Plan:
    """Decide all pages of a site."""
    pages: list[Page] = []
    cards: list[CardSpec] = []
    for code in catalog.config.languages:
        tree = _Tree(catalog, labels[code])
        pages += tree.pages()
        cards += tree.cards()
    pages += _root_pages(catalog, labels)
    problems: list[Problem] = []
    pages += _redirects(catalog, labels, problems)
    return Plan(tuple(pages), tuple(cards), tuple(_copies(catalog)), (*problems, *_conflicts(pages)))


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


class _Tree:
    """The pages of one language."""

    def __init__(self, catalog: Catalog, labels: Labels) -> None:
        self._catalog, self._labels = catalog, labels
        self._config = catalog.config
        self._code = labels.language
        self._direction = language(self._code).direction
        self._draws_cards = self._config.social_cards and script(self._code) in _CARD_SCRIPTS
        self._date = lru_cache(maxsize=None)(self._make_date)
        self._card = lru_cache(maxsize=None)(self._make_card)
        self._navigation = cache(self._make_navigation)
        self._kinds: tuple[Kind, ...] = tuple(
            kind
            for kind in ("article", *AUTHORITY_KINDS)
            if (catalog.articles if kind == "article" else catalog.of_kind(kind))
        )

    def pages(self) -> Iterator[Page]:
        yield self._home()
        yield from self._articles()
        for entry in self._catalog.entries.values():
            yield self._record(entry)
        for kind in self._kinds:
            yield self._index(kind)
        yield from self._archive()
        yield self._timeline()
        for page in self._catalog.pages.values():
            if self._code in page.versions or self._config.fallback_pages:
                yield self._standing(page)

    def cards(self) -> Iterator[CardSpec]:
        if not self._draws_cards:
            return
        for article in self._catalog.articles.values():
            version = article.versions.get(self._code)
            if version:
                yield CardSpec(
                    addresses.output_path(self._card_url(article)),
                    version.meta.title,
                    self._date(article.date).text,
                    self._config.title[self._code],
                    self._labels.text("kind-article"),
                    self._direction,
                )

    # --- Words in the page's language --------------------------------------------------------------------------------

    def _phrase(self, text: str, code: str | None = None) -> v.Phrase:
        code = self._code if code is None else code
        return v.Phrase(text, code, language(code).direction if code else "auto")

    def _localized(self, values: str | Localized | None) -> v.Phrase:
        return self._phrase(*choose(values, self._code, self._config.languages))

    def _label(self, key: str) -> v.Phrase:
        return self._phrase(self._labels.text(key))

    def _plain(self, phrase: v.Phrase) -> str:
        """A phrase as a string for the page's language, its direction kept by control characters."""
        inner = isolate_plain(phrase.text, phrase.dir if phrase.dir != "auto" else self._direction)
        if phrase.dir == self._direction:
            return inner
        return enclose(inner, None if phrase.dir == "auto" else phrase.dir)

    def _make_date(self, date: PartialDate) -> v.DateView:
        locale, numbering = self._config.locale(self._code), self._config.numbering(self._code)
        text = format_date(date, locale, numbering, self._config.month_names(self._code))
        hijri = format_hijri(date, locale, numbering) if self._config.shows_hijri(self._code) else None
        return v.DateView(iso(date), text, self._phrase(hijri) if hijri else None)

    def _maybe_date(self, date: PartialDate | None) -> v.DateView | None:
        return self._date(date) if date else None

    def _language_name(self, code: str) -> v.Phrase:
        """The name of a language in the page's language (CLDR)."""
        return self._phrase(cldr_locale(self._code).languages.get(primary(code), autonym(code)))

    def _sorted(self, named: Iterable[tuple[str, v.Link]]) -> tuple[v.Link, ...]:
        return tuple(link for _, link in sorted(named, key=lambda item: (self._sort(item[0]), item[1].url)))

    def _sort(self, text: str) -> object:
        return sort_key(text, self._code, self._config.ignore_article)

    # --- The frame ---------------------------------------------------------------------------------------------------

    def _frame(
        self,
        url: str,
        template: str,
        title: v.Phrase,
        *,
        kind: str = "page",
        description: str = "",
        others: Mapping[str, str] | None = None,
        variants: Mapping[str, str] | None = None,
        crumbs: tuple[v.Link, ...] = (),
        section: str = "",
        card: str | None = None,
        x_default: str = "",
    ) -> v.Frame:
        """`others` are the addresses in the other languages; `variants` those whose text really is in theirs.

        Where `variants` lacks the page's own language, the page is a stand-in: it has no alternates, and its
        canonical address is the original's (the first of `variants`).
        """
        languages = self._config.languages
        if others is None:
            others = {code: f"/{code}/" + url.removeprefix(f"/{self._code}/") for code in languages}
        if variants is None:
            variants = others
        own = self._code in variants
        site = self._phrase(self._config.title[self._code])
        page_title = (
            site.text
            if template == "home.html"
            else self._labels.text("page-title", page=self._plain(title), site=self._plain(site))
        )
        default = x_default or variants.get(self._config.default_language) or next(iter(variants.values()))
        alternates = [v.Alternate(code, self._absolute(variants[code])) for code in languages if code in variants]
        return v.Frame(
            lang=self._code,
            dir=self._direction,
            url=url,
            template=template,
            title=title_text(page_title, self._direction),
            description=isolate_plain(description, self._direction),
            canonical=self._absolute(url if own else next(iter(variants.values()))),
            alternates=(*alternates, v.Alternate("x-default", self._absolute(default))) if own else (),
            switches=tuple(
                v.Switch(others[code], self._phrase(autonym(code), code))
                for code in languages
                if code != self._code and code in others
            ),
            breadcrumbs=()
            if template == "home.html"
            else (v.Link(addresses.home(self._code), self._label("nav-home")), *crumbs),
            navigation=self._navigation(section, url),
            site_title=site,
            home=addresses.home(self._code),
            rights=self._localized(self._config.rights),
            card=self._absolute(card) if card else None,
            card_alt=self._labels.text("card-alt", title=self._plain(title)) if card else "",
            kind=kind,
        )

    def _absolute(self, url: str) -> str:
        return self._config.base_url + url.removeprefix("/")

    def _make_navigation(self, section: str, url: str) -> tuple[v.NavGroup, ...]:
        def item(target: str, text: v.Phrase, key: str) -> v.NavItem:
            return v.NavItem(target, text, "page" if target == url else "section" if key and key == section else "")

        home = addresses.home(self._code)
        browse = [item(home, self._label("nav-home"), "")]
        browse += [
            item(addresses.index(self._code, kind), self._label(f"nav-{FOLDERS[kind]}"), kind) for kind in self._kinds
        ]
        time = [item(f"{home}{name}/", self._label(f"nav-{name}"), name) for name in ("timeline", "archive")]
        about = [
            item(addresses.record(self._code, "page", id_), self._page_title(self._catalog.pages[id_]), "")
            for id_ in self._config.navigation
            if id_ in self._catalog.pages and self._code in self._page_languages(id_)
        ]
        groups = (("group-browse", browse), ("group-time", time), ("group-about", about))
        return tuple(v.NavGroup(label, tuple(items)) for label, items in groups if items)

    def _page_languages(self, id_: str) -> Iterable[str]:
        return self._config.languages if self._config.fallback_pages else self._catalog.pages[id_].versions

    def _page_title(self, page: StandingPage) -> v.Phrase:
        code = self._code if self._code in page.versions else page.original
        return self._phrase(page.versions[code].meta.title, code)

    def _index_crumb(self, kind: Kind) -> v.Link:
        return v.Link(addresses.index(self._code, kind), self._label(f"nav-{FOLDERS[kind]}"))

    # --- Links -------------------------------------------------------------------------------------------------------

    def _name(self, kind: Kind, id_: str) -> v.Phrase:
        if kind == "article":
            return self._article_title(self._catalog.articles[id_])
        if kind == "page":
            return self._page_title(self._catalog.pages[id_])
        return self._localized(self._catalog.entries[kind, id_].record.name)

    def _url(self, kind: Kind, id_: str) -> str:
        """The page of a record in this tree, or in its own language where this tree has none."""
        holder: Article | StandingPage | None = None
        if kind == "article":
            holder = self._catalog.articles[id_]
        elif kind == "page":
            holder = self._catalog.pages[id_]
        missing = holder is not None and self._code not in holder.versions and not self._config.fallback_pages
        return addresses.record(holder.original if holder and missing else self._code, kind, id_)

    def _link(self, kind: Kind, id_: str) -> v.Link:
        return v.Link(self._url(kind, id_), self._name(kind, id_))

    def _links(self, kind: Kind, ids: Iterable[str]) -> tuple[v.Link, ...]:
        return tuple(self._link(kind, id_) for id_ in ids if self._catalog.has(kind, id_))

    def _sorted_links(self, kind: Kind, ids: Iterable[str]) -> tuple[v.Link, ...]:
        links = self._links(kind, ids)
        return self._sorted((link.text.text, link) for link in links)

    def _html(self, body: Body, code: str, kind: Kind, id_: str, files: frozenset[str] = frozenset()) -> v.Html:
        links = {}
        for use in body.uses:
            wanted, target = split_target(use.target)
            found = self._catalog.find(target, wanted)  # type: ignore[arg-type]
            if found:
                url = self._url(*found[0])
                name = choose(self._names(found[0]), code, self._config.languages)
                links[use.target] = v.Link(url, self._phrase(*name))
        named = dict.fromkeys(name for name, _ in body.files if name in files)
        return v.Html(
            body.html,
            code,
            language(code).direction,
            tuple(links.items()),
            tuple((name, addresses.attachment(kind, id_, name)) for name in named),
        )

    def _names(self, key: Key) -> Localized:
        kind, id_ = key
        if kind == "article":
            return {code: version.meta.title for code, version in self._catalog.articles[id_].versions.items()}
        if kind == "page":
            return {code: text.meta.title for code, text in self._catalog.pages[id_].versions.items()}
        return self._catalog.entries[key].record.name

    # --- Home --------------------------------------------------------------------------------------------------------

    def _home(self) -> Page:
        catalog, config = self._catalog, self._config
        url = addresses.home(self._code)
        description = self._localized(config.description)
        events = sorted(catalog.of_kind("event"), key=event_order, reverse=True)
        view = v.HomeView(
            title=self._phrase(config.title[self._code]),
            description=description,
            latest=tuple(self._card(article) for article in list(catalog.articles)[: -_LATEST - 1 : -1]),
            sections=tuple(
                v.Section(f"nav-{FOLDERS[kind]}", addresses.index(self._code, kind), self._count(kind))
                for kind in self._kinds
            ),
            topics=self._topic_tree(),
            events=tuple(self._event(event.id) for event in events[:_LATEST]),
        )
        frame = self._frame(url, "home.html", view.title, description=description.text, kind="website", x_default="/")
        return Page(addresses.output_path(url), self._code, "home.html", frame, view, _ITSELF)

    def _count(self, kind: Kind) -> int:
        return len(self._catalog.articles) if kind == "article" else len(self._catalog.of_kind(kind))

    def _topic_tree(self) -> tuple[v.TopicNode, ...]:
        roots = [
            entry.id
            for entry in self._catalog.of_kind("topic")
            if isinstance(entry.record, Topic)
            and not any(self._catalog.has("topic", id_) for id_ in entry.record.broader)
        ]
        return self._nodes(roots, frozenset())

    def _nodes(self, ids: Iterable[str], above: frozenset[str]) -> tuple[v.TopicNode, ...]:
        ordered = sorted(ids, key=lambda id_: (self._sort(self._name("topic", id_).text), id_))
        return tuple(
            v.TopicNode(
                self._link("topic", id_),
                self._localized(self._catalog.entries["topic", id_].record.description),
                len(self._catalog.entries["topic", id_].articles),
                self._nodes(self._catalog.narrower.get(id_, ()), above | {id_}),
            )
            for id_ in ordered
            if id_ not in above
        )

    # --- Articles ----------------------------------------------------------------------------------------------------

    def _articles(self) -> Iterator[Page]:
        shown = [a for a in self._catalog.articles.values() if self._code in a.versions or self._config.fallback_pages]
        for before, article, after in zip([None, *shown], shown, [*shown[1:], None], strict=False):
            yield self._article(article, before, after)

    def _article_title(self, article: Article) -> v.Phrase:
        code = self._code if self._code in article.versions else article.original
        return self._phrase(article.versions[code].meta.title, code)

    def _make_card(self, id_: str) -> v.Card:
        article = self._catalog.articles[id_]
        code = self._code if self._code in article.versions else article.original
        meta = article.versions[code].meta
        return v.Card(
            self._url("article", id_),
            self._phrase(meta.title, code),
            self._date(article.date),
            self._phrase(meta.summary, code),
            (),
            None if code == self._code else self._language_name(code),
        )

    def _card_url(self, article: Article) -> str:
        return addresses.record(self._code, "article", article.id) + "card.png"

    def _article(self, article: Article, before: Article | None, after: Article | None) -> Page:
        code = self._code if self._code in article.versions else article.original
        version = article.versions[code]
        url = addresses.record(self._code, "article", article.id)
        shown = self._config.languages if self._config.fallback_pages else article.versions
        frame = self._frame(
            url,
            "article.html",
            self._phrase(version.meta.title, code),
            kind="article",
            description=self._plain(self._phrase(version.meta.summary, code)),
            others={other: addresses.record(other, "article", article.id) for other in shown},
            variants={other: addresses.record(other, "article", article.id) for other in article.versions},
            crumbs=(self._index_crumb("article"),),
            section="article",
            card=self._card_url(article) if self._draws_cards and code == self._code else None,
        )
        view = self._article_view(article, version, code, before, after)
        return Page(addresses.output_path(url), self._code, "article.html", frame, view, Location(version.path, 1, 1))

    def _article_view(
        self, article: Article, version: Version, code: str, before: Article | None, after: Article | None
    ) -> v.ArticleView:
        meta = version.meta
        image = meta.image
        return v.ArticleView(
            title=self._phrase(meta.title, code),
            summary=self._phrase(meta.summary, code),
            date=self._date(article.date),
            body=self._html(version.body, code, "article", article.id, article.attachments),
            note=self._html(version.note, code, "article", article.id, article.attachments) if version.note else None,
            contents=version.body.headings,
            fallback=None if code == self._code else self._language_name(code),
            people=self._record_links("person", article.people, article.date),
            organizations=self._record_links("organization", article.organizations),
            places=self._record_links("place", article.places),
            topics=self._record_links("topic", article.topics),
            events=self._record_links("event", article.events),
            source=self._source(article.source) if article.source else None,
            translation=v.TranslationView(
                meta.translation.status, self._localized(meta.translation.by) if meta.translation.by else None
            )
            if meta.translation
            else None,
            image=v.ImageView(
                addresses.attachment("article", article.id, image.file),
                self._plain(self._phrase(image.alt, code)),
                self._phrase(image.credit, code) if image.credit else None,
            )
            if image
            else None,
            rights=self._phrase(meta.rights, code) if meta.rights else None,
            previous=self._link("article", before.id) if before else None,
            next=self._link("article", after.id) if after else None,
        )

    def _record_links(
        self, kind: Kind, ids: Iterable[str], date: PartialDate | None = None
    ) -> tuple[v.RecordLink, ...]:
        """Links to records, each with its description, or with the offices held on a date."""
        found = []
        for id_ in ids:
            if self._catalog.has(kind, id_):
                record = self._catalog.entries[kind, id_].record
                notes = self._offices(record, date) if date else ()
                if isinstance(record, Event):
                    notes = (self._phrase(self._date(record.date).text),)
                elif not notes and record.description:
                    notes = (self._localized(record.description),)
                found.append(v.RecordLink(self._url(kind, id_), self._name(kind, id_), notes))
        return tuple(found)

    def _offices(self, record: Record, date: PartialDate) -> tuple[v.Phrase, ...]:
        return tuple(self._localized(office.title) for office in offices_on(record, date))

    def _source(self, source: Source) -> v.SourceView:
        publisher, publisher_url = None, ""
        if isinstance(source.publisher, str):
            if self._catalog.has("organization", source.publisher):
                publisher = self._name("organization", source.publisher)
                publisher_url = self._url("organization", source.publisher)
            else:
                publisher = self._phrase(source.publisher, "")
        elif source.publisher:
            publisher = self._localized(source.publisher)
        return v.SourceView(
            publisher=publisher,
            publisher_url=publisher_url,
            authors=tuple(self._localized(author) for author in source.author),
            title=self._phrase(source.title, source.language or "") if source.title else None,
            language=self._language_name(source.language) if source.language else None,
            date=self._maybe_date(source.date),
            url=source.url or "",
            archived_url=source.archived_url or "",
            retrieved=self._maybe_date(source.retrieved),
        )

    # --- Authority records -------------------------------------------------------------------------------------------

    def _record(self, entry: Entry) -> Page:
        url = addresses.record(self._code, entry.kind, entry.id)
        name = self._localized(entry.record.name)
        description = self._localized(entry.record.description)
        frame = self._frame(
            url,
            f"{entry.kind}.html",
            name,
            kind="profile" if entry.kind == "person" else "website",
            description=self._plain(description) if description.text else "",
            crumbs=(self._index_crumb(entry.kind),),
            section=entry.kind,
        )
        return Page(
            addresses.output_path(url),
            self._code,
            frame.template,
            frame,
            self._record_view(entry),
            Location(entry.path, 1, 1),
        )

    def _record_view(self, entry: Entry) -> v.RecordView:
        record, key = entry.record, (entry.kind, entry.id)
        code = choose(record.biography, self._code, self._config.languages)[1]
        biography = entry.biographies.get(code)
        topic = record if isinstance(record, Topic) else None
        event = record if isinstance(record, Event) else None
        return v.RecordView(
            kind=entry.kind,
            name=self._localized(record.name),
            names=tuple(
                self._phrase(record.name[other], other) for other in self._config.languages if other != self._code
            ),
            aliases=tuple(
                v.AliasGroup(self._language_name(other), tuple(self._phrase(alias, other) for alias in names))
                for other, names in self._own_first(record.aliases)
                if names
            ),
            description=self._localized(record.description),
            biography=self._html(biography, code, entry.kind, entry.id) if biography else None,
            offices=tuple(self._office(office) for office in reversed(getattr(record, "offices", ()))),
            holders=tuple(
                v.Holder(self._link("person", id_), self._office(office))
                for id_, office in self._catalog.holders.get(entry.id, ())
                if entry.kind == "organization"
            ),
            identifiers=_identifiers(record),
            coordinates=self._coordinates(record),
            see_also=tuple(self._link(*key) for target in record.see_also for key in self._targets(target)),
            broader=self._sorted_links("topic", topic.broader) if topic else (),
            narrower=self._sorted_links("topic", self._catalog.narrower.get(entry.id, ())) if topic else (),
            related=self._sorted_links("topic", self._catalog.related.get(entry.id, ())) if topic else (),
            date=self._date(event.date) if event else None,
            end=self._maybe_date(event.end) if event else None,
            place=self._link("place", event.place)
            if event and event.place and self._catalog.has("place", event.place)
            else None,
            people=self._record_links("person", event.people, event.date) if event else (),
            topics=self._links("topic", event.topics) if event else (),
            events=tuple(self._event(id_) for id_ in reversed(self._catalog.events_of.get(key, ()))),
            articles=tuple(
                self._card(id_)._replace(offices=self._offices(record, self._catalog.articles[id_].date))
                for id_ in entry.articles
            ),
        )

    def _targets(self, target: str) -> tuple[Key, ...]:
        wanted, id_ = split_target(target)
        return self._catalog.find(id_, wanted)[:1]  # type: ignore[arg-type]

    def _own_first(self, values: Mapping[str, tuple[str, ...]]) -> list[tuple[str, tuple[str, ...]]]:
        return sorted(values.items(), key=lambda item: item[0] != self._code)

    def _office(self, office: Office) -> v.OfficeView:
        organization = office.organization
        known = organization and self._catalog.has("organization", organization)
        return v.OfficeView(
            self._localized(office.title),
            self._link("organization", organization) if organization and known else None,
            self._maybe_date(office.since),
            self._maybe_date(office.until),
        )

    def _coordinates(self, record: Record) -> str:
        """Latitude and longitude, to about a metre."""
        point = record.coordinates if isinstance(record, Place) else None
        if point is None:
            return ""
        locale, numbering = self._config.locale(self._code), self._config.numbering(self._code)
        return ", ".join(format_number(part, locale, numbering, 5) for part in (point.latitude, point.longitude))

    def _event(self, id_: str) -> v.EventCard:
        record = self._catalog.entries["event", id_].record
        assert isinstance(record, Event)
        return v.EventCard(
            self._url("event", id_),
            self._localized(record.name),
            self._date(record.date),
            self._maybe_date(record.end),
            self._localized(record.description),
            self._link("place", record.place) if record.place and self._catalog.has("place", record.place) else None,
        )

    # --- Lists -------------------------------------------------------------------------------------------------------

    def _list_page(self, url: str, template: str, label: str, view: v.View, **frame: object) -> Page:
        made = self._frame(url, template, self._label(label), **frame)  # type: ignore[arg-type]
        return Page(addresses.output_path(url), self._code, template, made, view, _ITSELF)

    def _index(self, kind: Kind) -> Page:
        label = f"nav-{FOLDERS[kind]}"
        entries = list(self._index_entries(kind))
        view = v.IndexView(
            label, self._count(kind), self._letters(entries), self._topic_tree() if kind == "topic" else ()
        )
        return self._list_page(addresses.index(self._code, kind), "index.html", label, view, section=kind)

    def _index_entries(self, kind: Kind) -> Iterator[tuple[str, v.IndexEntry]]:
        """The lines of an index, each with the words by which it files."""
        if kind == "article":
            for article in self._catalog.articles.values():
                title = self._article_title(article)
                date = self._phrase(self._date(article.date).text)
                yield title.text, v.IndexEntry(v.Link(self._url("article", article.id), title), date, None)
            return
        for entry in self._catalog.of_kind(kind):
            name = self._localized(entry.record.name)
            filed = entry.record.sort_name.get(self._code, name.text)
            link = v.Link(self._url(kind, entry.id), self._phrase(filed, name.lang))
            yield filed, v.IndexEntry(link, self._localized(entry.record.description), None)
            for alias in self._aliases_filed_elsewhere(entry, filed):
                yield alias, v.IndexEntry(v.Link(link.url, self._phrase(alias)), self._phrase(""), link)

    def _aliases_filed_elsewhere(self, entry: Entry, filed: str) -> Iterator[str]:
        """The aliases under which a reader may look in vain: not those beside the record itself or each other."""
        own = self._filing_letters(filed)
        seen = set()
        for alias in entry.record.aliases.get(self._code, ()):
            letters = self._filing_letters(alias)
            if own[: len(letters)] != letters and letters not in seen:
                seen.add(letters)
                yield alias

    def _filing_letters(self, text: str) -> tuple[tuple[int, int], ...]:
        return filing_letters(text, self._code, self._config.ignore_article)

    def _letters(self, entries: list[tuple[str, v.IndexEntry]]) -> tuple[v.LetterGroup, ...]:
        groups: dict[str, list[v.IndexEntry]] = {letter: [] for letter in alphabet(self._code)}
        for filed, entry in sorted(entries, key=lambda item: (self._sort(item[0]), item[1].link.url)):
            groups.setdefault(index_letter(filed, self._code, self._config.ignore_article), []).append(entry)
        return tuple(
            v.LetterGroup(self._letter(letter), f"letter-{number}", tuple(found))
            for number, (letter, found) in enumerate(groups.items(), start=1)
        )

    def _letter(self, letter: str) -> v.Phrase:
        """The heading of a letter, which may be of another language's alphabet."""
        way = first_strong(letter) or self._direction
        code = self._code if way == self._direction else guess_language(letter, self._config.languages) or ""
        return v.Phrase(letter, code, way)

    def _by_year(self) -> dict[int, list[Article]]:
        years: dict[int, list[Article]] = defaultdict(list)
        for article in reversed(list(self._catalog.articles.values())):
            years[article.date.year].append(article)
        return years

    def _archive(self) -> Iterator[Page]:
        years = self._by_year()
        url = addresses.home(self._code) + "archive/"
        groups = tuple(
            v.YearGroup(self._date(PartialDate(year)), addresses.year(self._code, year), len(articles), ())
            for year, articles in years.items()
        )
        yield self._list_page(
            url, "archive.html", "nav-archive", v.ArchiveView(len(self._catalog.articles), groups), section="archive"
        )
        crumb = v.Link(url, self._label("nav-archive"))
        for year, articles in years.items():
            yield self._year(year, articles, groups, crumb)

    def _year(self, year: int, articles: list[Article], groups: tuple[v.YearGroup, ...], crumb: v.Link) -> Page:
        url = addresses.year(self._code, year)
        months = itertools.groupby(articles, key=lambda article: PartialDate(year, article.date.month))
        view = v.YearView(
            self._date(PartialDate(year)),
            len(articles),
            tuple(v.MonthGroup(self._date(month), tuple(self._card(a.id) for a in found)) for month, found in months),
            tuple(v.NavItem(g.url, self._phrase(g.year.text), "page" if g.url == url else "") for g in groups),
        )
        title = self._phrase(self._labels.text("archive-of-year", year=view.year.text))
        frame = self._frame(url, "year.html", title, crumbs=(crumb,), section="archive")
        return Page(addresses.output_path(url), self._code, "year.html", frame, view, _ITSELF)

    def _timeline(self) -> Page:
        lines = [
            (
                event_order(entry)[0],
                v.TimelineEntry("event", card.date, card.end, v.Link(card.url, card.name), card.description),
            )
            for entry in self._catalog.of_kind("event")
            for card in (self._event(entry.id),)
        ]
        for id_, article in self._catalog.articles.items():
            card = self._card(id_)
            lines.append(
                (
                    earliest(article.date),
                    v.TimelineEntry("article", card.date, None, v.Link(card.url, card.title), card.summary),
                )
            )
        lines.sort(key=lambda line: (line[0], line[1].kind != "event", line[1].link.url))
        years = tuple(
            v.YearGroup(self._date(PartialDate(year)), "", len(entries), entries)
            for year, found in itertools.groupby(lines, key=lambda line: line[0].year)
            for entries in (tuple(entry for _, entry in found),)
        )
        url = addresses.home(self._code) + "timeline/"
        return self._list_page(url, "timeline.html", "nav-timeline", v.TimelineView(years), section="timeline")

    def _standing(self, page: StandingPage) -> Page:
        code = self._code if self._code in page.versions else page.original
        text = page.versions[code]
        url = addresses.record(self._code, "page", page.id)
        shown = self._config.languages if self._config.fallback_pages else page.versions
        title = self._phrase(text.meta.title, code)
        summary = self._phrase(text.meta.summary or "", code)
        frame = self._frame(
            url,
            "page.html",
            title,
            description=self._plain(summary) if summary.text else "",
            others={other: addresses.record(other, "page", page.id) for other in shown},
            variants={other: addresses.record(other, "page", page.id) for other in page.versions},
        )
        body = self._html(text.body, code, "page", page.id, page.attachments)
        view = v.TextView(title, body, text.body.headings, None if code == self._code else self._language_name(code))
        return Page(addresses.output_path(url), self._code, "page.html", frame, view, Location(text.path, 1, 1))


_AUTHORITIES = {
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/{}"),
    "viaf": ("VIAF", "https://viaf.org/viaf/{}"),
    "isni": ("ISNI", "https://isni.org/isni/{}"),
    "geonames": ("GeoNames", "https://www.geonames.org/{}"),
    "loc": ("Library of Congress", "https://id.loc.gov/authorities/{}"),
}


def _identifiers(record: Record) -> tuple[v.Identifier, ...]:
    stated = record.identifiers
    found = ((key, getattr(stated, key, None)) for key in _AUTHORITIES)
    return tuple(
        v.Identifier(_AUTHORITIES[key][0], value, _AUTHORITIES[key][1].format(value)) for key, value in found if value
    )


# --- Pages of no language --------------------------------------------------------------------------------------------


def _bare_frame(catalog: Catalog, labels: Labels, url: str, template: str, title: str, canonical: str) -> v.Frame:
    config = catalog.config
    code = labels.language
    direction = language(code).direction
    return v.Frame(
        lang=code,
        dir=direction,
        url=url,
        template=template,
        title=title_text(title, direction),
        description="",
        canonical=canonical,
        alternates=(),
        switches=(),
        breadcrumbs=(),
        navigation=(),
        site_title=v.Phrase(config.title[code], code, direction),
        home=addresses.home(code),
        rights=v.Phrase(choose(config.rights, code, config.languages)[0], code, direction),
        card=None,
        card_alt="",
        kind="website",
    )


def _root_pages(catalog: Catalog, labels: Mapping[str, Labels]) -> list[Page]:
    config = catalog.config
    main = labels[config.default_language]

    def titles() -> tuple[v.Phrase, ...]:
        return tuple(v.Phrase(config.title[code], code, language(code).direction) for code in config.languages)

    def homes(before: str) -> tuple[v.Link, ...]:
        return tuple(
            v.Link(
                before + addresses.home(code).removeprefix("/"), v.Phrase(autonym(code), code, language(code).direction)
            )
            for code in config.languages
        )

    alternates = [
        v.Alternate(code, config.base_url + addresses.home(code).removeprefix("/")) for code in config.languages
    ]
    chooser = _bare_frame(catalog, main, "/", "chooser.html", config.title[config.default_language], config.base_url)
    chooser = chooser._replace(alternates=(*alternates, v.Alternate("x-default", config.base_url)))
    missing = _bare_frame(
        catalog, main, "/404.html", "404.html", main.text("not-found-title"), config.base_url + "404.html"
    )
    return [
        Page("index.html", main.language, "chooser.html", chooser, v.ChooserView(titles(), homes("/")), _ITSELF),
        Page("404.html", main.language, "404.html", missing, v.ChooserView(titles(), homes(config.base_url)), _ITSELF),
    ]


def _redirects(catalog: Catalog, labels: Mapping[str, Labels], problems: list[Problem]) -> Iterator[Page]:
    versions: list[tuple[str, str, Version | PageText]] = []
    for article in catalog.articles.values():
        versions += [
            (code, addresses.record(code, "article", article.id), text) for code, text in article.versions.items()
        ]
    for page in catalog.pages.values():
        versions += [(code, addresses.record(code, "page", page.id), text) for code, text in page.versions.items()]
    for code, url, text in versions:
        for old, where in text.redirects:
            yield from _redirect(catalog, labels[code], old, where, url, text.meta.title, problems)


def _redirect(
    catalog: Catalog, labels: Labels, old: str, where: Location, url: str, title: str, problems: list[Problem]
) -> Iterator[Page]:
    try:
        path = addresses.output_path(old)
    except ValueError:
        hint = "write it as a plain path such as /ar/old-address/"
        problems.append(error("wrong-form", f"“{old}” is no address below the site", where, hint))
        return
    frame = _bare_frame(catalog, labels, old, "redirect.html", title, catalog.config.base_url + url.removeprefix("/"))
    view = v.RedirectView(url, v.Phrase(title, frame.lang, frame.dir))
    yield Page(path, frame.lang, "redirect.html", frame, view, where)
