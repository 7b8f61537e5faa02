"""What templates see: plain immutable values, everything already resolved, sorted and put into the page's language.

A template chooses markup; it never looks anything up. Addresses are site-absolute (`/ar/people/x/`); the template's
`href` filter makes them relative to the page. Texts that carry their own language are `Phrase`s.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from site_builder.reading.body import Heading
from site_builder.text.languages import Direction


class Phrase(NamedTuple):
    """A piece of plain text with its language and direction. `lang` is empty and `dir` is `auto` when unknown."""

    text: str
    lang: str
    dir: Direction | Literal["auto"]


class Link(NamedTuple):
    """An address with its text. Addresses that begin with `/` are pages of the site; others lead out."""

    url: str
    text: Phrase


class DateView(NamedTuple):
    """A date: the machine's form (2016-09), the reader's, and the Hijri date where the site shows it."""

    iso: str
    text: str
    hijri: Phrase | None


class BodyLink(NamedTuple):
    """Where a reference in a text leads, and the record's name for one that has no words of its own.

    `note` is the id of the page's note on the record, and `about` how a button that shows it is called.
    """

    url: str
    text: Phrase
    note: str
    about: Phrase | None


class Html(NamedTuple):
    """A rendered Markdown text with its language. References in it wait for `links`, files for `files`."""

    html: str
    lang: str
    dir: Direction
    links: tuple[tuple[str, BodyLink], ...]
    files: tuple[tuple[str, str], ...]


# --- The frame around every page -------------------------------------------------------------------------------------


class Alternate(NamedTuple):
    """One entry of the hreflang set: a language tag or `x-default`, and an absolute address."""

    lang: str
    url: str


class Switch(NamedTuple):
    """The way to the same record in another language. `name` is that language's own name."""

    url: str
    name: Phrase


class NavItem(NamedTuple):
    """An entry of the side navigation. `current` is `page`, `section` or empty."""

    url: str
    text: Phrase
    current: str


class NavGroup(NamedTuple):
    """A group of the side navigation. `label` is the key of its heading."""

    label: str
    items: tuple[NavItem, ...]


class Frame(NamedTuple):
    """Everything around the content of a page.

    `title` and `description` are plain strings ready for markup-less places (opposite-direction runs isolated with
    control characters). `canonical` is absolute. `card` is the absolute address of the preview picture, if any.
    `search` is the address of the search page, empty on pages without a search box.
    """

    lang: str
    dir: Direction
    url: str
    template: str
    title: str
    description: str
    canonical: str
    alternates: tuple[Alternate, ...]
    switches: tuple[Switch, ...]
    breadcrumbs: tuple[Link, ...]
    navigation: tuple[NavGroup, ...]
    site_title: Phrase
    home: str
    search: str
    rights: Phrase
    card: str | None
    card_alt: str
    kind: str


# --- Parts of pages --------------------------------------------------------------------------------------------------


class Card(NamedTuple):
    """An article in a list. `offices` are those that the page's person held on its date; `only_in` names the language
    of an article that lacks the page's own."""

    url: str
    title: Phrase
    date: DateView
    summary: Phrase
    offices: tuple[Phrase, ...]
    only_in: Phrase | None


class RecordLink(NamedTuple):
    """A record with what a reader should know of it here: its description or the offices held on the date."""

    url: str
    name: Phrase
    notes: tuple[Phrase, ...]


class Note(NamedTuple):
    """What a page says in short of a record that its text names: one note however often it is named.

    `offices` are those held on the date of the text.
    """

    id: str
    name: Phrase
    offices: tuple[Phrase, ...]
    description: Phrase


class Quoted(NamedTuple):
    """Sentences of a text that name a record: the page, language and direction of the text, and each sentence's
    paragraph (the id of its element) with its HTML, in which the names are in `mark`."""

    url: str
    lang: str
    dir: Direction
    sentences: tuple[tuple[str, str], ...]


class MentionGroup(NamedTuple):
    """An article that names a record: how often in all its languages, some of its sentences, and the others.

    Those in the page's language come first. `folded` is the number of the others.
    """

    article: Link
    date: DateView
    total: int
    quoted: Quoted
    more: tuple[Quoted, ...]
    folded: int


class Companion(NamedTuple):
    """A record that is in the same articles as another one, and the number of those."""

    link: Link
    total: int


class EventCard(NamedTuple):
    """An event in a list."""

    url: str
    name: Phrase
    date: DateView
    end: DateView | None
    description: Phrase
    place: Link | None


class SourceView(NamedTuple):
    """A bibliographic reference. `publisher_url` is empty when the publisher has no record."""

    publisher: Phrase | None
    publisher_url: str
    authors: tuple[Phrase, ...]
    title: Phrase | None
    language: Phrase | None
    date: DateView | None
    url: str
    archived_url: str
    retrieved: DateView | None


class TranslationView(NamedTuple):
    """How a text came about: `status` is original, translation or summary."""

    status: str
    by: Phrase | None


class ImageView(NamedTuple):
    """A picture. `alt` is ready for markup-less places, as a frame's title is."""

    url: str
    alt: str
    credit: Phrase | None


class OfficeView(NamedTuple):
    """An office in a dated list."""

    title: Phrase
    organization: Link | None
    since: DateView | None
    until: DateView | None


class Holder(NamedTuple):
    """A person who held an office of an organisation."""

    person: Link
    office: OfficeView


class Identifier(NamedTuple):
    """An identifier in another authority file: the file's name, the identifier, its address."""

    name: str
    value: str
    url: str


class AliasGroup(NamedTuple):
    """The other names of a record in one language. `language` is that language's name in the page's language."""

    language: Phrase
    names: tuple[Phrase, ...]


class IndexEntry(NamedTuple):
    """A line of an A-Z index. With `see`, the line is an alias that refers to the record."""

    link: Link
    note: Phrase
    see: Link | None


class LetterGroup(NamedTuple):
    """A letter of an A-Z index; `entries` is empty for a letter of the alphabet that begins no name."""

    letter: Phrase
    anchor: str
    entries: tuple[IndexEntry, ...]


class TimelineEntry(NamedTuple):
    """A line of the timeline. `kind` is event or article."""

    kind: str
    date: DateView
    end: DateView | None
    link: Link
    note: Phrase


class YearGroup(NamedTuple):
    """A year of the timeline or archive."""

    year: DateView
    url: str
    total: int
    entries: tuple[TimelineEntry, ...]


class MonthGroup(NamedTuple):
    """A month of a year's archive."""

    month: DateView
    cards: tuple[Card, ...]


class Volume(NamedTuple):
    """A year, month or letter of a list that is too long for one page: its first page, its number of entries, and its
    other pages, if it is long itself."""

    link: Link
    total: int
    more: tuple[Link, ...]


class Around(NamedTuple):
    """The place of a page in a list that is too long for one: the first pages of all its years, months or letters, and
    the pages before and after. `number` is that of the page in its own year, month or letter."""

    number: int
    volumes: tuple[NavItem, ...]
    previous: Link | None
    next: Link | None


class Section(NamedTuple):
    """A kind of record on the home page: its label key, address and number of records."""

    label: str
    url: str
    total: int


class TopicNode(NamedTuple):
    """A topic with those below it."""

    link: Link
    note: Phrase
    total: int
    narrower: tuple[TopicNode, ...]


# --- Contents of pages, one a template -------------------------------------------------------------------------------


class HomeView(NamedTuple):
    """home.html"""

    title: Phrase
    description: Phrase
    latest: tuple[Card, ...]
    sections: tuple[Section, ...]
    topics: tuple[TopicNode, ...]
    events: tuple[EventCard, ...]


class ArticleView(NamedTuple):
    """article.html. `fallback` names the text's language when it is not the page's.

    `also_named` are the people, organisations and places of the text that the front matter does not list.
    """

    title: Phrase
    summary: Phrase
    date: DateView
    body: Html
    note: Html | None
    contents: tuple[Heading, ...]
    fallback: Phrase | None
    people: tuple[RecordLink, ...]
    organizations: tuple[RecordLink, ...]
    places: tuple[RecordLink, ...]
    topics: tuple[RecordLink, ...]
    events: tuple[RecordLink, ...]
    also_named: tuple[RecordLink, ...]
    notes: tuple[Note, ...]
    source: SourceView | None
    translation: TranslationView | None
    image: ImageView | None
    rights: Phrase | None
    previous: Link | None
    next: Link | None


class RecordView(NamedTuple):
    """person.html, organization.html, place.html, topic.html, event.html. What a kind has not is empty.

    `mentions` are the articles whose text names the record, newest first; `companions` those most often beside it.
    With `years`, there is too much for one page: events, articles and mentions are the latest alone.
    """

    kind: str
    name: Phrase
    names: tuple[Phrase, ...]
    aliases: tuple[AliasGroup, ...]
    description: Phrase
    biography: Html | None
    offices: tuple[OfficeView, ...]
    holders: tuple[Holder, ...]
    identifiers: tuple[Identifier, ...]
    coordinates: str
    see_also: tuple[Link, ...]
    broader: tuple[Link, ...]
    narrower: tuple[Link, ...]
    related: tuple[Link, ...]
    date: DateView | None
    end: DateView | None
    place: Link | None
    people: tuple[RecordLink, ...]
    topics: tuple[Link, ...]
    events: tuple[EventCard, ...]
    articles: tuple[Card, ...]
    companions: tuple[Companion, ...]
    mentions: tuple[MentionGroup, ...]
    years: tuple[Volume, ...]


class RecordPartView(NamedTuple):
    """record-part.html: what concerns a record in one year, oldest first, where its own page has the latest alone."""

    kind: str
    name: Phrase
    year: DateView
    total: int
    events: tuple[EventCard, ...]
    articles: tuple[Card, ...]
    mentions: tuple[MentionGroup, ...]
    around: Around


class IndexView(NamedTuple):
    """index.html: the A-Z index of a kind. `tree` is the hierarchy of topics, empty for other kinds.

    An index that is too long for one page has `volumes`, its letters' pages, in place of `letters`.
    """

    label: str
    total: int
    letters: tuple[LetterGroup, ...]
    tree: tuple[TopicNode, ...]
    volumes: tuple[Volume, ...]


class LetterView(NamedTuple):
    """letter.html: a letter of an A-Z index that is too long for one page."""

    label: str
    total: int
    letter: Phrase
    entries: tuple[IndexEntry, ...]
    around: Around


class ArchiveView(NamedTuple):
    """archive.html: the years."""

    total: int
    years: tuple[YearGroup, ...]


class YearView(NamedTuple):
    """year.html: the articles of one year, newest first; or, where there are many, `volumes`: its months."""

    year: DateView
    total: int
    months: tuple[MonthGroup, ...]
    years: tuple[NavItem, ...]
    volumes: tuple[Volume, ...]


class MonthView(NamedTuple):
    """month.html: the articles of one month, oldest first, where a year has too many for one page."""

    title: Phrase
    total: int
    cards: tuple[Card, ...]
    around: Around


class TimelineView(NamedTuple):
    """timeline.html: events and articles, oldest first; or, where there are many, `volumes`: the years."""

    years: tuple[YearGroup, ...]
    volumes: tuple[Volume, ...]


class TimelineYearView(NamedTuple):
    """timeline-year.html: the events and articles of one year, where there are too many for one page."""

    year: DateView
    entries: tuple[TimelineEntry, ...]
    around: Around


class SearchView(NamedTuple):
    """search.html: what can be browsed by those who do not search. The results come from a script."""

    sections: tuple[Section, ...]
    lists: tuple[Link, ...]


class TextView(NamedTuple):
    """page.html: a standing page. `fallback` as for articles."""

    title: Phrase
    body: Html
    contents: tuple[Heading, ...]
    fallback: Phrase | None


class ChooserView(NamedTuple):
    """chooser.html (the address `/`) and 404.html: one entry a language, with what it says there.

    `titles` are the names of the archive; `homes` the addresses of the home pages, absolute in 404.html.
    """

    titles: tuple[Phrase, ...]
    homes: tuple[Link, ...]


class RedirectView(NamedTuple):
    """redirect.html: an earlier address and where it leads."""

    target: str
    title: Phrase


View = (
    HomeView
    | ArticleView
    | RecordView
    | RecordPartView
    | IndexView
    | LetterView
    | ArchiveView
    | YearView
    | MonthView
    | TimelineView
    | TimelineYearView
    | SearchView
    | TextView
    | ChooserView
    | RedirectView
)
