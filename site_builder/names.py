"""What `check` notes about names: who is listed and not named, named and not listed, in doubt, or never named at all.

Names are looked for in the files as they are written, so that each note has its line and column. An article is
examined as a whole, since what its languages list is shared; what was found is kept by the digest of its files and of
all names.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from site_builder import pool
from site_builder.annotate import annotate, head, positions
from site_builder.cache import Cache, digest
from site_builder.catalog import Article, Catalog, kinds_named
from site_builder.linking import (
    LINKED_KINDS,
    NOT_NAMED,
    SEVERAL,
    Entity,
    Key,
    Vocabulary,
    entity_of,
)
from site_builder.model import FOLDERS, Event, Person
from site_builder.problems import Location, Problem, note
from site_builder.text import analysis
from site_builder.text.languages import primary
from site_builder.text.wordlists import words


class Named(NamedTuple):
    """A record that an article names or refers to: how often, and where first."""

    key: Key
    times: int
    first: Location


class Doubt(NamedTuple):
    """A name that was not decided in an article: as written, whose it may be, why, how often, and where first."""

    surface: str
    candidates: tuple[str, ...]
    reason: str
    times: int
    first: Location


class Examined(NamedTuple):
    """What the files of one article list and name."""

    listed: tuple[tuple[Key, Location], ...]
    named: tuple[Named, ...]
    doubts: tuple[Doubt, ...]


def notes(
    catalog: Catalog, targets: Iterable[str], content: Path, cache: Cache, jobs: int, common: str
) -> list[Problem]:
    """All notes about names in the articles of a catalog, whose files lie below `content`.

    `targets` are those of the explicit references in all texts; `common` is a digest of whatever else the result
    depends on: the program itself.
    """
    entities = tuple(
        entity_of(kind, id_, entry.record) for (kind, id_), entry in catalog.entries.items() if kind in LINKED_KINDS
    )
    articles = list(catalog.articles.values())
    examined = _examine_all(articles, entities, content, cache, jobs, common)
    problems: list[Problem] = []
    for article, one in zip(articles, examined, strict=True):
        if any(primary(language) in _INFLECTION_KNOWN for language in article.versions):
            problems += _unnamed(one, catalog)
        problems += _unlisted(one, _listed(article), content)
    problems += _doubts(doubt for one in examined for doubt in one.doubts)
    problems += _never_named(examined, catalog, targets)
    return problems


# --- Finding --------------------------------------------------------------------------------------------------------


#: Languages in which a name is found in all its forms, so that one may say of a text that it lacks it.
_INFLECTION_KNOWN = ("ar", "en")


class _Sources(NamedTuple):
    """The files of an article (path below the content folder, and bytes), and what it lists, drafts included."""

    files: tuple[tuple[str, bytes], ...]
    listed: frozenset[Key]


def _listed(article: Article) -> frozenset[Key]:
    return frozenset((kind, id_) for kind, ids in kinds_named(article) if kind in LINKED_KINDS for id_ in ids)


def _examine_all(
    articles: Iterable[Article], entities: tuple[Entity, ...], content: Path, cache: Cache, jobs: int, common: str
) -> list[Examined]:
    names = digest(common, *entities)
    keys: list[str] = []
    found: dict[str, Examined] = {}
    due: dict[str, _Sources] = {}
    for article in articles:
        files = tuple((version.path, (content / version.path).read_bytes()) for version in article.versions.values())
        sources = _Sources(files, _listed(article))
        key = digest(names, sorted(sources.listed), *(part for file in files for part in file))
        keys.append(key)
        kept = cache.load("names", key)
        if kept is None:
            due[key] = sources
        else:
            found[key] = kept
    for key, one in zip(due, pool.each(_examiner, entities, list(due.values()), jobs), strict=True):
        found[key] = one
        cache.save("names", key, one)
    cache.collect(["names"])
    return [found[key] for key in keys]


def _examiner(entities: tuple[Entity, ...]) -> Callable[[_Sources], Examined]:
    names = Vocabulary(entities)
    return lambda sources: _examine(sources, names)


def _examine(sources: _Sources, names: Vocabulary) -> Examined:
    texts = {path: data.decode("utf-8") for path, data in sources.files}
    heads = {path: head(text, path) for path, text in texts.items()}
    listed = tuple(one for stated in heads.values() for one in stated.listed)
    named: dict[Key, Named] = {}
    doubts: dict[tuple[str, tuple[str, ...], str], Doubt] = {}
    for path, text in texts.items():
        found = annotate(text, names, listed=sources.listed, stated=heads[path])
        where = positions(text, path)
        for key, offsets in found.named().items():
            before = named.get(key)
            first = before.first if before else where.at(offsets[0])
            named[key] = Named(key, len(offsets) + (before.times if before else 0), first)
        for start, _, surface, candidates, reason in found.links.unresolved:
            doubt = doubts.get((surface, candidates, reason), Doubt(surface, candidates, reason, 0, where.at(start)))
            doubts[surface, candidates, reason] = doubt._replace(times=doubt.times + 1)
    return Examined(listed, tuple(named.values()), tuple(doubts.values()))


# --- What is said ---------------------------------------------------------------------------------------------------


def _unnamed(one: Examined, catalog: Catalog) -> Iterator[Problem]:
    """Records that an article lists and no language of it names; each told once, where it is first listed."""
    named = {found.key for found in one.named}
    # Who may be meant is told as a doubt.
    doubtful = {id_ for doubt in one.doubts if doubt.reason == SEVERAL for id_ in doubt.candidates}
    for key, where in one.listed:
        if key in catalog.entries and key not in named and key[1] not in doubtful:
            named.add(key)
            hint = f"name it in the text, or take it out of “{FOLDERS[key[0]]}”"
            yield note("listed-not-named", f"“{key[1]}” is listed, and the text never names it", where, hint)


def _unlisted(one: Examined, listed: Container[Key], content: Path) -> Iterator[Problem]:
    """Records that an article names and does not list."""
    for (kind, id_), times, first in one.named:
        if (kind, id_) not in listed:
            message = f"“{id_}” is named {_times(times)}, and “{FOLDERS[kind]}” does not list it"
            file = (content / first.path).as_posix()
            hint = f"add {id_} to {FOLDERS[kind]}:, or let it be added: site-builder annotate --write {file}"
            yield note("named-not-listed", message, first, hint)


def _doubts(doubts: Iterable[Doubt]) -> Iterator[Problem]:
    """Names that were not decided: by article where an editor can decide, once for the archive where it rarely pays."""
    elsewhere: dict[tuple[str, tuple[str, ...], str], list[Doubt]] = {}
    for doubt in doubts:
        if doubt.reason == SEVERAL:
            yield _ambiguous(doubt)
        elif doubt.reason == NOT_NAMED and analysis.fold(doubt.surface) not in words("ordinary", "months days"):
            yield _refused(doubt)
        else:
            elsewhere.setdefault((doubt.surface, doubt.candidates, doubt.reason), []).append(doubt)
    for several in elsewhere.values():
        first = min(several, key=lambda doubt: doubt.first)
        yield _refused(first._replace(times=sum(doubt.times for doubt in several)), len(several))


def _ambiguous(doubt: Doubt) -> Problem:
    message = f"“{doubt.surface}” may be {_choice(doubt)} ({_times(doubt.times)}): {doubt.reason}"
    hint = (
        f"list the one who is meant, or write in the front matter: mentions: {{{doubt.surface}: {doubt.candidates[0]}}}"
    )
    return note("ambiguous-name", message, doubt.first, f"{hint}; none instead of the id means no record")


def _refused(doubt: Doubt, articles: int = 1) -> Problem:
    where = f" in {articles} articles" if articles > 1 else ""
    message = f"“{doubt.surface}” is not taken for {_choice(doubt)} ({_times(doubt.times)}{where}): {doubt.reason}"
    if doubt.reason == NOT_NAMED:
        hint = f"list the one who is meant; if it is nobody, write mentions: {{{doubt.surface}: none}}"
    else:
        meant = f"mentions: {{{doubt.surface}: {doubt.candidates[0]}}}"
        hint = f"if it is meant, write {meant}; if it never is, put the phrase under “never” in the record"
    return note("refused-name", message, doubt.first, hint)


def _choice(doubt: Doubt) -> str:
    return " or ".join(f"“{id_}”" for id_ in doubt.candidates)


def _never_named(examined: Iterable[Examined], catalog: Catalog, targets: Iterable[str]) -> Iterator[Problem]:
    """Records of which nothing in the archive speaks."""
    spoken_of = {key for one in examined for key, _ in one.listed} | {
        found.key for one in examined for found in one.named
    }
    spoken_of |= set(_used(catalog, targets))
    for (kind, id_), entry in catalog.entries.items():
        if kind in LINKED_KINDS and (kind, id_) not in spoken_of:
            message = f"no article names or lists the {kind} “{id_}”, and no other record does"
            hint = "name it where it belongs, or delete the file"
            yield note("never-named", message, Location(entry.path, 1, 1), hint)


def _used(catalog: Catalog, targets: Iterable[str]) -> Iterator[Key]:
    """The records that others name, to which any text refers, or that published a source."""
    for entry in catalog.entries.values():
        record = entry.record
        for target in record.see_also:
            yield from catalog.find(target)
        if isinstance(record, Person):
            yield from (("organization", office.organization) for office in record.offices if office.organization)
        if isinstance(record, Event):
            yield from (("person", id_) for id_ in record.people)
            if record.place:
                yield "place", record.place
    for target in targets:
        yield from catalog.find(target)
    for article in catalog.articles.values():
        if article.source and isinstance(article.source.publisher, str):
            yield "organization", article.source.publisher


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
