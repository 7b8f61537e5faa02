"""One language's tree of pages: its addresses, links and frames, and the parts that several kinds of page show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from site_builder import addresses, model
from site_builder import views as v
from site_builder.catalog import Article, Catalog, Key, StandingPage, offices_on
from site_builder.labels import Labels
from site_builder.mentions import Linked, Quotation
from site_builder.model import AUTHORITY_KINDS, FOLDERS, Event, Kind, Localized, Record
from site_builder.plan.pages import alternates
from site_builder.plan.reads import NAMES, TEXTS, Read, shared
from site_builder.plan.words import Words
from site_builder.reading.body import NOTE_ID, Body
from site_builder.reading.document import Texts
from site_builder.text.bidi import isolate_plain, title_text
from site_builder.text.dates import PartialDate
from site_builder.text.languages import autonym, language


class Library(Protocol):
    """Where the texts of the archive are."""

    def texts(self, path: str) -> Texts:
        """The texts of a file, by its path below the content folder."""

    def linked(self, path: str) -> Linked:
        """The texts of an article, by its file, with links to the records that it names."""

    def quotations(self, path: str, key: Key) -> tuple[Quotation, ...]:
        """The sentences of a text that name a record."""


_NONE: Mapping[Key, str] = {}


class Tree:
    """The pages of one language, as far as they have something in common."""

    def __init__(self, catalog: Catalog, labels: Labels, library: Library, reads: set[Read]) -> None:
        """The tree of the language of `labels`. `reads` is where `catalog` notes what is read of it."""
        self.catalog, self.config, self.labels = catalog, catalog.config, labels
        self.words = Words(catalog.config, labels)
        self.code, self.direction = self.words.code, self.words.direction
        self._library, self._reads = library, reads
        self._site = self.words.phrase(self.config.title[self.code])
        self._rights = self.words.localized(self.config.rights)
        self._others = tuple(
            (code, self.words.phrase(autonym(code), code)) for code in self.config.languages if code != self.code
        )
        self.card = shared(self._card, reads)
        self._navigation = shared(self._make_navigation, reads)
        self._menu = shared(self._make_menu, reads)
        self._record_link = shared(self._make_record_link, reads)
        self._body_link = shared(self._make_body_link, reads)
        self._note = shared(self._make_note, reads)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that have records."""
        return tuple(kind for kind in ("article", *AUTHORITY_KINDS) if self.catalog.present[kind])

    def texts(self, path: str) -> Texts:
        """The texts of a file."""
        self._reads.add((TEXTS, path))
        return self._library.texts(path)

    def linked(self, path: str) -> Linked:
        """The texts of an article with links to the records that it names."""
        self._reads.add((TEXTS, path))
        self._reads.add((NAMES, path))
        return self._library.linked(path)

    def quotations(self, path: str, key: Key) -> tuple[Quotation, ...]:
        """The sentences of a text that name a record; the catalogue's `mentions` have a digest of them."""
        return self._library.quotations(path, key)

    def shown_in(self, holder: Article | StandingPage) -> Iterable[str]:
        """The languages in which an article or a standing page has a page."""
        return self.config.languages if self.config.fallback_pages else holder.versions

    def language_of(self, holder: Article | StandingPage) -> str:
        """The language of the text that this tree shows of an article or a standing page."""
        return self.code if self.code in holder.versions else holder.original

    def count(self, kind: Kind) -> int:
        """The number of records of a kind."""
        return len(self.catalog.ids[kind])

    def name(self, kind: Kind, id_: str) -> v.Phrase:
        """The name or title of a record in this tree."""
        if kind == "article":
            return self.article_title(self.catalog.articles[id_])
        if kind == "page":
            return self.page_title(self.catalog.pages[id_])
        return self.words.localized(self.catalog.entries[kind, id_].record.name)

    def url(self, kind: Kind, id_: str) -> str:
        """The page of a record in this tree, or in its own language where this tree has none."""
        holder: Article | StandingPage | None = None
        if kind == "article":
            holder = self.catalog.articles[id_]
        elif kind == "page":
            holder = self.catalog.pages[id_]
        missing = holder is not None and self.code not in holder.versions and not self.config.fallback_pages
        return addresses.record(holder.original if holder and missing else self.code, kind, id_)

    def link(self, kind: Kind, id_: str) -> v.Link:
        """A link to a record."""
        return v.Link(self.url(kind, id_), self.name(kind, id_))

    def links(self, kind: Kind, ids: Iterable[str]) -> tuple[v.Link, ...]:
        """Links to those records that exist."""
        return tuple(self.link(kind, id_) for id_ in ids if self.catalog.has(kind, id_))

    def sorted_links(self, kind: Kind, ids: Iterable[str]) -> tuple[v.Link, ...]:
        """Links in the order of an index."""
        links = self.links(kind, ids)
        return tuple(sorted(links, key=lambda link: (self.words.sort_key(link.text.text), link.url)))

    def article_title(self, article: Article) -> v.Phrase:
        """The title of an article as this tree shows it."""
        code = self.language_of(article)
        return self.words.phrase(article.versions[code].meta.title, code)

    def page_title(self, page: StandingPage) -> v.Phrase:
        """The title of a standing page as this tree shows it."""
        code = self.language_of(page)
        return self.words.phrase(page.versions[code].meta.title, code)

    def html(
        self,
        body: Body,
        code: str,
        kind: Kind,
        id_: str,
        files: frozenset[str] = frozenset(),
        notes: Mapping[Key, str] = _NONE,
        linked: Iterable[tuple[str, Key]] = (),
    ) -> v.Html:
        """A text in the language `code`, with what it refers to; `files` are those that lie beside it.

        `notes` are the ids of the notes that the page has on records, and `linked` the targets of references that
        are not the editor's own.
        """
        targets = {**self.referred(body), **dict(linked)}
        links = {target: self._body_link((key, code, notes.get(key, ""))) for target, key in targets.items()}
        named = dict.fromkeys(name for name, _ in body.files if name in files)
        return v.Html(
            body.html,
            code,
            language(code).direction,
            tuple(links.items()),
            tuple((name, addresses.attachment(kind, id_, name)) for name in named),
        )

    def referred(self, body: Body) -> dict[str, Key]:
        """What the explicit references of a text mean, by their targets."""
        found = ((use.target, self.catalog.find(use.target)) for use in body.uses)
        return {target: keys[0] for target, keys in found if keys}

    def _make_body_link(self, about: tuple[Key, str, str]) -> v.BodyLink:
        """What a reference to a record leads to in a text of some language, with a note on the page or without."""
        key, code, note = about
        name = self.name_in(key, code)
        words = self.labels.text("about-name", name=self.words.plain(self.name(*key))) if note else ""
        return v.BodyLink(self.url(*key), name, note, self.words.phrase(words) if note else None)

    def note(self, key: Key, date: PartialDate) -> v.Note | None:
        """What a page says in short of a record that its text of a date names; None where there is nothing to say."""
        record, note = self._note(key)
        offices = self.offices(record, date)
        if offices:
            return note._replace(offices=offices)
        return note if note.description.text else None

    def _make_note(self, key: Key) -> tuple[Record, v.Note]:
        record = self.catalog.entries[key].record
        description = self.words.localized(record.description)
        return record, v.Note(f"{NOTE_ID}{key[0]}:{key[1]}", self.name(*key), (), description)

    def name_in(self, key: Key, code: str) -> v.Phrase:
        """The name or title of a record in a text of the language `code`."""
        return self.words.phrase(*model.localized(self._names(key), code, self.config.languages))

    def _names(self, key: Key) -> Localized:
        kind, id_ = key
        if kind == "article":
            return {code: version.meta.title for code, version in self.catalog.articles[id_].versions.items()}
        if kind == "page":
            return {code: text.meta.title for code, text in self.catalog.pages[id_].versions.items()}
        return self.catalog.entries[key].record.name

    def _card(self, id_: str) -> v.Card:
        article = self.catalog.articles[id_]
        code = self.language_of(article)
        meta = article.versions[code].meta
        return v.Card(
            self.url("article", id_),
            self.words.phrase(meta.title, code),
            self.words.date(article.date),
            self.words.phrase(meta.summary, code),
            (),
            None if code == self.code else self.words.language_name(code),
        )

    def event(self, id_: str) -> v.EventCard:
        """An event in a list."""
        record = self.catalog.entries["event", id_].record
        assert isinstance(record, Event)
        return v.EventCard(
            self.url("event", id_),
            self.words.localized(record.name),
            self.words.date(record.date),
            self.words.maybe_date(record.end),
            self.words.localized(record.description),
            self.link("place", record.place) if record.place and self.catalog.has("place", record.place) else None,
        )

    def record_links(self, kind: Kind, ids: Iterable[str], date: PartialDate | None = None) -> tuple[v.RecordLink, ...]:
        """Links to records, each with its description, or with the offices held on a date."""
        found = []
        for id_ in ids:
            known = self._record_link((kind, id_))
            if known:
                record, link = known
                offices = self.offices(record, date) if date else ()
                found.append(link._replace(notes=offices) if offices else link)
        return tuple(found)

    def _make_record_link(self, key: Key) -> tuple[Record, v.RecordLink] | None:
        """A record, and a link to it with its date or description; None where there is none."""
        if not self.catalog.has(*key):
            return None
        record = self.catalog.entries[key].record
        note = self.words.localized(record.description)
        if isinstance(record, Event):
            note = self.words.phrase(self.words.date(record.date).text)
        return record, v.RecordLink(self.url(*key), self.name(*key), (note,) if note.text else ())

    def offices(self, record: Record, date: PartialDate) -> tuple[v.Phrase, ...]:
        """The titles of the offices that a person held on a date."""
        held = offices_on(record, date)
        return tuple(self.words.localized(office.title) for office in held) if held else ()

    def index_crumb(self, kind: Kind) -> v.Link:
        """The link to the index of a kind."""
        return v.Link(addresses.index(self.code, kind), self.words.label(f"nav-{FOLDERS[kind]}"))

    def frame(
        self,
        url: str,
        template: str,
        title: v.Phrase,
        *,
        kind: str = "page",
        description: str = "",
        others: Iterable[str] | None = None,
        variants: tuple[str, ...] | None = None,
        crumbs: tuple[v.Link, ...] = (),
        section: str = "",
        card: str | None = None,
    ) -> v.Frame:
        """`others` are the languages in which the page exists; `variants` those whose text really is in theirs.

        Where `variants` lacks the page's own language, the page is a stand-in: it has no alternates, and its
        canonical address is the original's (the first of `variants`).
        """
        others = self.config.languages if others is None else tuple(others)
        variants = others if variants is None else variants
        own = self.code in variants
        rest = url.removeprefix(f"/{self.code}/")
        page_title = (
            self._site.text
            if template == "home.html"
            else self.labels.text("page-title", page=self.words.plain(title), site=self.words.plain(self._site))
        )
        return v.Frame(
            lang=self.code,
            dir=self.direction,
            url=url,
            template=template,
            title=title_text(page_title, self.direction),
            description=isolate_plain(description, self.direction),
            canonical=self.absolute(url if own else f"/{variants[0]}/{rest}"),
            alternates=alternates(url, variants, self.config) if own else (),
            switches=tuple(v.Switch(f"/{code}/{rest}", name) for code, name in self._others if code in others),
            breadcrumbs=()
            if template == "home.html"
            else (v.Link(addresses.home(self.code), self.words.label("nav-home")), *crumbs),
            navigation=self.navigation(section, url),
            site_title=self._site,
            home=addresses.home(self.code),
            search=addresses.search(self.code),
            rights=self._rights,
            card=self.absolute(card) if card else None,
            card_alt=self.labels.text("card-alt", title=self.words.plain(title)) if card else "",
            kind=kind,
        )

    def absolute(self, url: str) -> str:
        """An address with the site's base."""
        return self.config.base_url + url.removeprefix("/")

    def navigation(self, section: str, url: str) -> tuple[v.NavGroup, ...]:
        """The side navigation of the page `url`, in a section of the site."""
        entries = (entry for _, group in self._menu("") for entry in group)
        return self._navigation((section, url if any(entry[0] == url for entry in entries) else ""))

    def _make_navigation(self, current: tuple[str, str]) -> tuple[v.NavGroup, ...]:
        """The side navigation with its current section and page; the page is empty where it is none of its entries."""
        section, url = current

        def item(target: str, text: v.Phrase, key: str) -> v.NavItem:
            return v.NavItem(target, text, "page" if target == url else "section" if key and key == section else "")

        return tuple(
            v.NavGroup(label, tuple(item(*entry) for entry in entries)) for label, entries in self._menu("") if entries
        )

    def _make_menu(self, _: str) -> tuple[tuple[str, tuple[tuple[str, v.Phrase, str], ...]], ...]:
        """The side navigation without its current page: for each group, addresses, texts and sections."""
        home = addresses.home(self.code)
        browse = (
            (home, self.words.label("nav-home"), ""),
            *(
                (addresses.index(self.code, kind), self.words.label(f"nav-{FOLDERS[kind]}"), kind)
                for kind in self.kinds
            ),
        )
        time = tuple((f"{home}{name}/", self.words.label(f"nav-{name}"), name) for name in ("timeline", "archive"))
        about = tuple(
            (addresses.record(self.code, "page", id_), self.page_title(self.catalog.pages[id_]), "")
            for id_ in self.config.navigation
            if id_ in self.catalog.pages and self.code in self.shown_in(self.catalog.pages[id_])
        )
        return (("group-browse", browse), ("group-time", time), ("group-about", about))
