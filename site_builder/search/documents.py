"""What the archive says of each record, as plain data for the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from site_builder import model
from site_builder.catalog import Article, Catalog, Entry, Key, StandingPage
from site_builder.labels import Labels
from site_builder.model import AUTHORITY_KINDS, Event, Kind, Localized, Person, Topic
from site_builder.plan.words import Words
from site_builder.reading.markdown import Body
from site_builder.text.dates import PartialDate, iso


class Text(NamedTuple):
    """A record in one language. `name` is its title; `more` are short texts beside it, such as aliases and offices.

    `body` is HTML with references in it; `references` says what each of their targets means, and its name; `decided`
    what its editor says that names in it mean.
    """

    language: str
    name: str
    more: tuple[str, ...]
    summary: str
    body: str
    references: tuple[tuple[str, Key, str], ...]
    decided: tuple[tuple[str, str | None], ...] = ()


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


def documents(catalog: Catalog, labels: Mapping[str, Labels]) -> Iterator[Document]:
    """Every record of an archive, kind after kind in the order of KINDS."""
    words = {code: Words(catalog.config, labels[code]) for code in catalog.config.languages}
    for article in catalog.articles.values():
        yield _article(catalog, words, article)
    for kind in AUTHORITY_KINDS:
        for entry in catalog.of_kind(kind):
            yield _record(catalog, words, entry)
    for page in catalog.pages.values():
        yield _page(catalog, page)


def _article(catalog: Catalog, words: Mapping[str, Words], article: Article) -> Document:
    texts = []
    for code, version in article.versions.items():
        note = [version.note] if version.note else []
        meta = version.meta
        alt = (meta.image.alt,) if meta.image else ()
        bodies = (version.body, *note)
        text = _text(catalog, code, meta.title, alt, meta.summary, bodies)
        texts.append(text._replace(decided=tuple(meta.mentions.items())))
    about: list[Key] = [("person", id_) for id_ in article.people]
    about += [("organization", id_) for id_ in article.organizations]
    about += [("place", id_) for id_ in article.places]
    about += [("topic", id_) for id_ in article.topics]
    about += [("event", id_) for id_ in article.events]
    return _document(catalog, words, "article", article.id, article.date, texts, about, 0)


def _record(catalog: Catalog, words: Mapping[str, Words], entry: Entry) -> Document:
    record = entry.record
    texts = []
    for code in catalog.config.languages:
        offices = record.offices if isinstance(record, Person) else ()
        titles = [title for office in offices for language, title in office.title.items() if language == code]
        more = (*record.aliases.get(code, ()), *dict.fromkeys(titles))
        bodies = [entry.biographies[code]] if code in entry.biographies else []
        texts.append(_text(catalog, code, record.name.get(code, ""), more, record.description.get(code, ""), bodies))
    date, about = None, []
    if isinstance(record, Event):
        date = record.date
        about = [*_keys("person", record.people), *_keys("topic", record.topics)]
        about += _keys("place", [record.place] if record.place else [])
    if isinstance(record, Topic):
        about = _keys("topic", record.broader)
    return _document(catalog, words, entry.kind, entry.id, date, texts, about, len(entry.articles))


def _page(catalog: Catalog, page: StandingPage) -> Document:
    texts = [
        _text(catalog, code, text.meta.title, (), text.meta.summary or "", [text.body])
        for code, text in page.versions.items()
    ]
    return _document(catalog, {}, "page", page.id, None, texts, [], 0)


def _keys(kind: Kind, ids: Iterable[str]) -> list[Key]:
    return [(kind, id_) for id_ in ids]


def _document(
    catalog: Catalog,
    words: Mapping[str, Words],
    kind: Kind,
    id_: str,
    date: PartialDate | None,
    texts: list[Text],
    about: list[Key],
    articles: int,
) -> Document:
    about = [key for key in dict.fromkeys(about) if key in catalog.entries]
    return Document(
        kind,
        id_,
        iso(date) if date else "",
        tuple((code, said.date(date).text) for code, said in words.items()) if date else (),
        tuple(texts),
        tuple(about),
        tuple(sorted(_above(catalog, [id_ for kind, id_ in about if kind == "topic"]))),
        articles,
    )


def _above(catalog: Catalog, topics: Iterable[str]) -> set[str]:
    """The topics above some topics that are not among them."""
    listed, found, waiting = set(topics), set[str](), list(topics)
    while waiting:
        entry = catalog.entries.get(("topic", waiting.pop()))
        above = entry.record.broader if entry and isinstance(entry.record, Topic) else ()
        new = [id_ for id_ in above if id_ not in found and ("topic", id_) in catalog.entries]
        found.update(new)
        waiting += new
    return found - listed


def _text(catalog: Catalog, code: str, name: str, more: Iterable[str], summary: str, bodies: Sequence[Body]) -> Text:
    languages = catalog.config.languages
    uses = dict.fromkeys(use.target for body in bodies for use in body.uses)
    references = [(target, key) for target in uses for key in catalog.find(target)[:1]]
    return Text(
        code,
        name,
        tuple(more),
        summary,
        "\n".join(body.html for body in bodies),
        tuple((target, key, model.localized(_names(catalog, key), code, languages)[0]) for target, key in references),
    )


def _names(catalog: Catalog, key: Key) -> Localized:
    kind, id_ = key
    if kind == "article":
        return {code: version.meta.title for code, version in catalog.articles[id_].versions.items()}
    if kind == "page":
        return {code: text.meta.title for code, text in catalog.pages[id_].versions.items()}
    return catalog.entries[key].record.name
