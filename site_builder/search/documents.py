"""What the archive says of each record, as plain data for the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from site_builder import model
from site_builder.catalog import Article, Catalog, Entry, Key, StandingPage
from site_builder.labels import Labels
from site_builder.mentions import Names
from site_builder.model import AUTHORITY_KINDS, Event, Kind, Localized, Person, Topic
from site_builder.plan.words import Words
from site_builder.reading.document import Outline
from site_builder.text.dates import PartialDate, iso


class Text(NamedTuple):
    """A record in one language. `name` is its title; `more` are short texts beside it, such as aliases and offices.

    The texts are those of the file `path` that are called `parts`; `words` is a digest of them. `references` are the
    targets in them, with the names of what they mean, and `named` the records found in them, each with how often.
    """

    language: str
    name: str
    more: tuple[str, ...]
    summary: str
    path: str
    parts: tuple[str, ...]
    words: bytes
    references: tuple[tuple[str, str], ...]
    named: tuple[tuple[Key, int], ...]


class Document(NamedTuple):
    """A record in all its languages. `date` is ISO 8601, perhaps partial; `dates` is it in each language's words.

    `about` are the records that it is said to be about, `broader` topics above those; `articles` is the number of
    articles about it.
    """

    kind: Kind
    id: str
    date: str
    dates: tuple[tuple[str, str], ...]
    texts: tuple[Text, ...]
    about: tuple[Key, ...]
    broader: tuple[str, ...]
    articles: int


#: The order of kinds in the index.
KINDS: tuple[Kind, ...] = ("article", *AUTHORITY_KINDS, "page")


def documents(
    catalog: Catalog, labels: Mapping[str, Labels], outlines: Mapping[str, Outline], names: Mapping[str, Names]
) -> Iterator[Document]:
    """Every record of an archive, kind after kind in the order of KINDS.

    `outlines` are those of all files and `names` what was found in those of articles, by path.
    """
    gather = _Gatherer(catalog, labels, outlines, names)
    for article in catalog.articles.values():
        yield gather.article(article)
    for kind in AUTHORITY_KINDS:
        for entry in catalog.of_kind(kind):
            yield gather.record(entry)
    for page in catalog.pages.values():
        yield gather.page(page)


class _Gatherer:
    def __init__(
        self,
        catalog: Catalog,
        labels: Mapping[str, Labels],
        outlines: Mapping[str, Outline],
        names: Mapping[str, Names],
    ) -> None:
        self.catalog, self.outlines, self.names = catalog, outlines, names
        self.languages = catalog.config.languages
        self.words = {code: Words(catalog.config, labels[code]) for code in self.languages}

    def article(self, article: Article) -> Document:
        texts = []
        for code, version in article.versions.items():
            meta = version.meta
            more = (meta.image.alt,) if meta.image else ()
            texts.append(self._text(code, meta.title, more, meta.summary, version.path, ("body", "note")))
        about: list[Key] = [("person", id_) for id_ in article.people]
        about += [("organization", id_) for id_ in article.organizations]
        about += [("place", id_) for id_ in article.places]
        about += [("topic", id_) for id_ in article.topics]
        about += [("event", id_) for id_ in article.events]
        return self._document("article", article.id, article.date, texts, about)

    def record(self, entry: Entry) -> Document:
        record, texts = entry.record, []
        offices = record.offices if isinstance(record, Person) else ()
        for code in self.languages:
            titles = dict.fromkeys(office.title[code] for office in offices if code in office.title)
            more = (*record.aliases.get(code, ()), *titles)
            said = record.description.get(code, "")
            texts.append(self._text(code, record.name.get(code, ""), more, said, entry.path, (code,)))
        about: list[Key] = []
        if isinstance(record, Event):
            about = [("person", id_) for id_ in record.people]
            about += [("topic", id_) for id_ in record.topics]
            about += [("place", record.place)] if record.place else []
        if isinstance(record, Topic):
            about = [("topic", id_) for id_ in record.broader]
        return self._document(entry.kind, entry.id, record.date if isinstance(record, Event) else None, texts, about)

    def page(self, page: StandingPage) -> Document:
        texts = [
            self._text(code, text.meta.title, (), text.meta.summary or "", text.path, ("body",))
            for code, text in page.versions.items()
        ]
        return self._document("page", page.id, None, texts, [])

    def _document(
        self, kind: Kind, id_: str, date: PartialDate | None, texts: list[Text], about: Iterable[Key]
    ) -> Document:
        known = [key for key in dict.fromkeys(about) if key in self.catalog.entries]
        return Document(
            kind,
            id_,
            iso(date) if date else "",
            tuple((code, words.date(date).text) for code, words in self.words.items()) if date else (),
            tuple(texts),
            tuple(known),
            tuple(sorted(self._above(id_ for kind, id_ in known if kind == "topic"))),
            len(self.catalog.articles_of.get((kind, id_), ())),
        )

    def _above(self, topics: Iterable[str]) -> set[str]:
        """The topics above some topics that are not among them."""
        waiting = list(topics)
        listed, found = set(waiting), set[str]()
        while waiting:
            entry = self.catalog.entries.get(("topic", waiting.pop()))
            above = entry.record.broader if entry and isinstance(entry.record, Topic) else ()
            new = [id_ for id_ in above if id_ not in found and ("topic", id_) in self.catalog.entries]
            found.update(new)
            waiting += new
        return found - listed

    def _text(
        self, code: str, name: str, more: tuple[str, ...], summary: str, path: str, parts: tuple[str, ...]
    ) -> Text:
        outline = self.outlines[path]
        references = [
            (target, key) for target in dict.fromkeys(outline.targets) for key in self.catalog.find(target)[:1]
        ]
        found = self.names.get(path)
        return Text(
            code,
            name,
            more,
            summary,
            path,
            parts,
            outline.words,
            tuple((target, model.localized(self._names(key), code, self.languages)[0]) for target, key in references),
            tuple((key, count) for key, count, _ in found.records) if found else (),
        )

    def _names(self, key: Key) -> Localized:
        kind, id_ = key
        if kind == "article":
            return {code: version.meta.title for code, version in self.catalog.articles[id_].versions.items()}
        if kind == "page":
            return {code: text.meta.title for code, text in self.catalog.pages[id_].versions.items()}
        return self.catalog.entries[key].record.name
