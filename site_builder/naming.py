"""The names in all texts of an archive: found anew where that may come to something else than before."""

from __future__ import annotations

import bisect
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from site_builder import catalog as catalogs
from site_builder import linking, mentions, plan, pool
from site_builder.cache import digest, pickled
from site_builder.catalog import Catalog, Entry, Key
from site_builder.kept import changed
from site_builder.ledger import Keyed
from site_builder.library import SEEN, SENTENCES, SUMS, Library, Named, Seen, packed
from site_builder.model import Record
from site_builder.reading import passages
from site_builder.reading.document import Outline
from site_builder.session import Session, Watch

#: For fewer texts it does not pay to get ready all names of the archive.
_FEW_TEXTS = 64
#: Where more records have changed, to ask a text of each is no quicker than to search it.
_FEW_CHANGES = 4


def with_mentions(session: Session, catalog: Catalog, watch: Watch) -> Catalog:
    """The catalogue with the names found in its texts; where it is the last build's, with those that are new.

    A text is searched again when it, or what is known of it, has changed; or when it may say something else with the
    new version of a record than with the old one.
    """
    ledger = session.ledger
    if session.since is not None:
        session.keyed = ledger.keyed
        unsure = [_Unsure(path, ledger.named[path].about) for path in session.fresh if path in ledger.named]
        found = _sought(session, catalog, unsure, watch)
        session.named = changed(ledger.named, found)
        return _with_other_mentions(session, catalog, found)
    session.keyed, touched = _keyed(session, _linked(catalog))
    paths = {version.path for article in catalog.articles.values() for version in article.versions.values()}
    before = ledger.named if ledger.reading == session.reading else {}
    named = {path: known for path, known in before.items() if path in paths}
    unsure = list(_unsure(session, catalog, paths, named, touched))
    named |= _sought(session, catalog, _telling_apart(session, unsure, tuple(touched.changes)), watch)
    session.named = named
    for shelf in (SEEN, SENTENCES):
        session.cache.use(shelf, [known.key for known in named.values()])
    session.cache.use(SUMS, [_sums_key(session, path) for path in named])
    return catalogs.with_mentions(catalog, {path: known.names for path, known in named.items()})


def _linked(catalog: Catalog) -> list[Entry]:
    """The records whose names are looked for."""
    return [entry for kind in linking.LINKED_KINDS for entry in catalog.of_kind(kind)]


class _Unsure(NamedTuple):
    """A text in which other names may be found than before, with what is known of it besides its words.

    `asked` where it is first to be asked whether it tells the versions of the records that have changed apart.
    """

    path: str
    about: bytes
    asked: bool = False


def _telling_apart(session: Session, unsure: Sequence[_Unsure], changes: tuple[linking.Change, ...]) -> list[_Unsure]:
    """Those texts that are to be searched: all but those to which, when asked, the records' changes say nothing."""
    asked = [one.path for one in unsure if one.asked]
    answers = pool.each(_ask_one, _Asking(session.library, changes), asked, session.options.jobs)
    apart = dict(zip(asked, answers, strict=True))
    return [one for one in unsure if apart.get(one.path, True)]


def _sought(session: Session, catalog: Catalog, unsure: Sequence[_Unsure], watch: Watch) -> dict[str, Named]:
    """The names in some texts: from the cache, or found anew."""
    cache, library = session.cache, session.library
    meanings = (f"{path} {record.meaning.hex()}" for path, record in sorted(session.keyed.items()))
    common = digest(session.reading, *meanings) if unsure else ""
    named: dict[str, Named] = {}
    work = []
    for path, about, _ in unsure:
        outline = session.outlines[path]
        key = digest(common, outline.words + about)
        names = library.seen(key)
        named[path] = Named(outline.words, about, key, names or mentions.NONE)
        if names is None:
            work.append(_Sought(path, catalogs.text(catalog, outline), cache.get(SUMS, _sums_key(session, path))))
    results = pool.each(_seek_one, _seeking(session, catalog, common, work), work, session.options.jobs)
    for number, ((path, _, known_sums), (seen, sums)) in enumerate(zip(work, results, strict=True), start=1):
        named[path] = named[path]._replace(names=seen.names)
        library.keep_seen(named[path].key, seen)
        if known_sums is None:
            cache.put(SUMS, _sums_key(session, path), sums)
        watch.tell("finding names", number, len(work))
    cache.commit()
    return named


def _with_other_mentions(session: Session, catalog: Catalog, others: Mapping[str, Named]) -> Catalog:
    """The last build's catalogue with the names of some texts, where those are others than before."""
    records: dict[str, set[Key]] = defaultdict(set)
    for path, now in others.items():
        if keys := mentions.differing(now.names, session.ledger.named[path].names):
            records[session.outlines[path].source.id] |= keys
    paths = [version.path for id_ in records for version in catalog.articles[id_].versions.values()]
    return catalogs.with_other_mentions(catalog, {path: session.named[path].names for path in paths}, records)


def _unsure(
    session: Session, catalog: Catalog, paths: Collection[str], named: Mapping[str, Named], touched: _Touched
) -> Iterator[_Unsure]:
    """The texts in which other names may be found than before."""
    meanings = plan.meanings(session.outlines)
    likely = _likely(session, touched)
    for path in sorted(paths):
        outline, known = session.outlines[path], named.get(path)
        about = meanings[outline.source.kind, outline.source.id]
        if outline.targets:
            about += repr(catalogs.references(catalog, outline)).encode()
        if known is None or known.words != outline.words or known.about != about:
            yield _Unsure(path, about)
        elif touched.records:
            searched, compared = likely.get(_sums_key(session, path), ("firm", ""))
            if "loose" in (searched, compared) and touched.records.isdisjoint(_established(catalog, outline)):
                searched, compared = (kind if kind == "firm" else "" for kind in (searched, compared))
            if searched or compared:
                yield _Unsure(path, about, asked=not searched)


def _established(catalog: Catalog, outline: Outline) -> frozenset[Key]:
    return mentions.established(catalogs.text(catalog, outline))


_Shared = Literal["firm", "loose", ""]


def _likely(session: Session, touched: _Touched) -> dict[str, tuple[_Shared, _Shared]]:
    """What sort of key each text has in common with what has changed, by the keys of the texts' sums: with the keys
    for which it is searched again, and with those for which it is asked."""
    several = session.cache.items(SUMS) if touched.records else ()
    return {key: (_shared(sums, touched.searched), _shared(sums, touched.compared)) for key, sums in several}


def _shared(text: bytes, keys: _Keys) -> _Shared:
    return "firm" if _may_share(text, keys.firm) else "loose" if _may_share(text, keys.loose) else ""


def _sums_key(session: Session, path: str) -> str:
    """The key under which the cache has the sums of the keys of a text."""
    return f"{session.reading} {session.outlines[path].words.hex()}"


def _sums(keys: Iterable[int]) -> bytes:
    """The keys of a text, check sums of 32 bits, in order: small enough to be kept for every text."""
    return array("I", sorted(keys)).tobytes()


def _may_share(text: bytes, keys: Iterable[int]) -> bool:
    """Whether a text, of which there are the sums, may have one of some keys: never False where it has."""
    have = memoryview(text).cast("I")
    for wanted in keys:
        place = bisect.bisect_left(have, wanted)
        if place < len(have) and have[place] == wanted:
            return True
    return False


class _Keys(NamedTuple):
    """Keys of several records, of the sorts that `EntityKeys` have."""

    firm: set[int]
    loose: set[int]

    def add(self, keys: linking.EntityKeys) -> None:
        """Add those of one more record."""
        self.firm.update(keys.firm)
        self.loose.update(keys.loose)


class _Touched(NamedTuple):
    """The records that have changed, come or gone, and their keys, old and new: those for which a text is searched
    again, and those for which it is asked whether it tells the versions of a record apart: `changes`."""

    records: set[Key]
    searched: _Keys
    compared: _Keys
    changes: list[linking.Change]


def _keyed(session: Session, entries: Iterable[Entry]) -> tuple[dict[str, Keyed], _Touched]:
    """The records whose names are looked for, by file; and what of them has changed."""
    before = session.ledger.keyed
    now: dict[str, Keyed] = {}
    touched = _Touched(set(), _Keys(set(), set()), _Keys(set(), set()), [])
    for entry in entries:
        meaning, known = session.outlines[entry.path].meaning, before.get(entry.path)
        if known is None or known.meaning != meaning:
            entity = linking.entity_of(entry.kind, entry.id, entry.record)
            now[entry.path] = Keyed(meaning, linking.entity_keys(entity))
            touched.records.add((entry.kind, entry.id))
            earlier = _earlier(session, entry, known)
            if earlier:
                touched.changes.append(linking.change(earlier, entity))
            else:
                for version in (now[entry.path], known) if known else (now[entry.path],):
                    touched.searched.add(version.keys)
        else:
            now[entry.path] = known
    for path in before.keys() - now.keys():
        gone = session.ledger.outlines[path].source
        touched.records.add((gone.kind, gone.id))
        touched.searched.firm.update(before[path].keys.firm | before[path].keys.loose)
    few = len(touched.changes) <= _FEW_CHANGES
    for one in touched.changes:
        touched.searched.add(one.searched)
        (touched.compared if few else touched.searched).add(one.compared)
    return now, touched


def _earlier(session: Session, entry: Entry, known: Keyed | None) -> linking.Entity | None:
    """A record as it was when the names of the archive were last looked for."""
    before = session.ledger.outlines.get(entry.path)
    if not before or not known or before.meaning != known.meaning or not isinstance(before.meta, Record):
        return None
    return linking.entity_of(entry.kind, entry.id, before.meta)


class _Seeking(NamedTuple):
    """What a process that looks for names is set up with: all names; or the records, where there are few texts."""

    library: Library
    names: linking.Vocabulary | None
    records: tuple[tuple[linking.Entity, linking.EntityKeys], ...]


class _Sought(NamedTuple):
    """A text in which names are looked for, and the sums of its keys where they are known."""

    path: str
    text: mentions.Text
    sums: bytes | None


def _seeking(session: Session, catalog: Catalog, common: str, work: Sequence[_Sought]) -> _Seeking:
    """All names where many texts are searched, or where this process has them at hand; else the records alone."""
    if not work:
        return _Seeking(session.library, None, ())
    at_hand = session.ledger.last is not None and session.since is not None
    if at_hand and session.vocabulary and session.vocabulary[0] == common:
        return _Seeking(session.library, session.vocabulary[1], ())
    entries = _linked(catalog)
    entities = [linking.entity_of(entry.kind, entry.id, entry.record) for entry in entries]
    if not at_hand and len(work) < _FEW_TEXTS:
        keys = [session.keyed[entry.path].keys for entry in entries]
        return _Seeking(session.library, None, tuple(zip(entities, keys, strict=True)))
    names = linking.Vocabulary(entities)
    if at_hand:
        session.vocabulary = (common, names)
    return _Seeking(session.library, names, ())


class _Asking(NamedTuple):
    """What a process that asks texts is set up with."""

    library: Library
    changes: tuple[linking.Change, ...]


def _ask_one(setup: _Asking) -> Callable[[str], bool]:
    """Whether a text tells the versions of some record apart."""

    def ask(path: str) -> bool:
        prose = passages.read(setup.library.texts(path)["body"].html).prose
        return any(linking.may_tell_apart(one, prose) for one in setup.changes)

    return ask


def _seek_one(setup: _Seeking) -> Callable[[_Sought], tuple[Seen, bytes]]:
    """What is found in a text, and the sums of its keys."""

    def seek(item: _Sought) -> tuple[Seen, bytes]:
        path, text, known = item
        texts = setup.library.texts(path)
        found = passages.read(texts["body"].html)
        keys = linking.text_keys(found.prose) if known is None else frozenset(memoryview(known).cast("I"))
        names = setup.names
        if names is None:
            decided = {id_ for _, id_ in text.decided}
            listed = mentions.established(text)
            names = linking.Vocabulary(
                entity
                for entity, its in setup.records
                if entity.id in decided
                or not keys.isdisjoint(its.firm)
                or ((entity.kind, entity.id) in listed and not keys.isdisjoint(its.loose))
            )
        sighted = mentions.sighted(found, text, names)
        linked = pickled(mentions.linked(sighted, texts))
        sentences = packed(mentions.quotations(sighted, text))
        return Seen(mentions.names_of(sighted), linked, sentences), known or _sums(keys)

    return seek
