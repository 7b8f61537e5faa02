"""The build, told in order: gather, understand, judge, make, write. The only module that knows every stage."""

from __future__ import annotations

import contextlib
import functools
import importlib.metadata
import pickle
import sys
import tempfile
import time
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from site_builder import catalog as catalogs
from site_builder import checks, exports, linking, mentions, plan, pool, search
from site_builder.cache import Cache, LostError, digest, unpickled
from site_builder.catalog import Catalog, Entry, Key
from site_builder.config import Config
from site_builder.labels import Labels, load_labels
from site_builder.ledger import (
    NOTHING,
    Glance,
    Keyed,
    Ledger,
    Named,
    Source,
    Stamp,
    State,
    may_share,
    stamp,
    state,
    sums,
)
from site_builder.output import BusyError, Change, Output, opened
from site_builder.plan import CARD, CardSpec, Copy, Page, Plan, Read, Rendered
from site_builder.problems import Location, Problem, error, in_order, nearest
from site_builder.reading import document, passages
from site_builder.reading.decode import Decoded, Use
from site_builder.reading.document import Outline, Parsed, Reader, Texts
from site_builder.reading.files import SETTINGS, Listing, SourceFile, list_files, read_bytes
from site_builder.theme import Theme, assets, theme_files

if TYPE_CHECKING:
    from site_builder.fonts import WebFont

_PACKAGE = Path(__file__).parent
#: Drawing a card or cutting a font takes so long that a second process pays from few on.
_FEWEST_SLOW = 2
#: Pages that replace earlier ones wait in memory, up to so many bytes, until all of them are made.
_WAITING = 64 * 1024 * 1024


class Shard(NamedTuple):
    """One of `of` disjoint parts of a site, counted from 1. Together they are the whole site, file for file."""

    number: int
    of: int

    def has(self, path: str) -> bool:
        """Whether a file is of this part: decided by its path alone, so that each machine decides alike.

        The search index is made as a whole: all its files are of one part.
        """
        if path.startswith(search.FOLDER):
            path = search.FOLDER
        return zlib.crc32(path.encode()) % self.of == self.number - 1


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a build is asked to do. Paths are as given on the command line; `cache` None keeps nothing.

    With a `shard` only the files of that part are written. A search index that is made `later` stays as it is.
    """

    content: Path = Path("content")
    templates: Path | None = None
    output: Path = Path("build")
    base_url: str | None = None
    cache: Path | None = None
    jobs: int = 1
    drafts: bool = False
    strict: bool = False
    shard: Shard | None = None
    search: Literal["now", "later", "never"] = "now"


class Report(NamedTuple):
    """What came of a build. `done` is False when problems kept it from writing; `change` counts no files then."""

    done: bool
    problems: tuple[Problem, ...]
    change: Change = Change(0, 0, 0)
    pages: int = 0
    seconds: float = 0.0
    timings: tuple[tuple[str, float], ...] = ()


@dataclass
class Watch:
    """Seconds spent in each stage, and who is told of progress."""

    progress: Callable[[str, int, int], None] | None = None
    timings: list[tuple[str, float]] = field(default_factory=list)

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time the stage `name`."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.timings.append((name, time.perf_counter() - begun))

    def tell(self, name: str, done: int, of: int) -> None:
        """Report progress within a stage."""
        if self.progress:
            self.progress(name, done, of)


class Understood(NamedTuple):
    """The archive as read and judged. `catalog` and `plan` are None when the settings cannot be read.

    `library` has the texts, and `targets` are those of all references in them.
    """

    catalog: Catalog | None
    plan: Plan | None
    labels: Mapping[str, Labels]
    problems: tuple[Problem, ...]
    library: plan.Library
    targets: frozenset[str] = frozenset()


def theme_folders(options: Options) -> tuple[Path, ...]:
    """Where templates are looked for: the archive's own folder, then the theme that comes with the program."""
    packed = _PACKAGE / "templates"
    theme = packed if packed.is_dir() else _PACKAGE.parent / "templates"
    own = options.templates if options.templates is not None else options.content.resolve().parent / "templates"
    return (own, theme) if own.is_dir() and own.resolve() != theme.resolve() else (theme,)


def understand(options: Options, watch: Watch | None = None) -> Understood:
    """Read and judge an archive without writing anything but the cache."""
    ledger, told = Ledger(options.content, options.output), watch or Watch()
    return _with_cache(options, ledger, lambda session: _understand(session, told))


def build(options: Options, watch: Watch | None = None, ledger: Ledger | None = None) -> Report:
    """Build the site. Content problems are in the report; OSError is raised where the output cannot be written.

    Whoever builds again and again in one process may hand in the same `ledger` each time: what was known before is then
    at hand, and is only kept for other processes when `keep` is called.
    """
    watch = watch or Watch()
    alone = ledger is None
    ledger = ledger or Ledger(options.content, options.output)
    begun = time.perf_counter()

    def work(session: _Session) -> Report:
        report = _build(session, watch)
        if alone and report.done and session.ledger.unsaved:
            with watch.stage("note"):
                session.ledger.save(session.cache)
                session.cache.collect(session.looked_through)
        return report

    report = _with_cache(options, ledger, work)
    return report._replace(seconds=time.perf_counter() - begun, timings=tuple(watch.timings))


def keep(options: Options, ledger: Ledger) -> None:
    """Keep what a ledger notes for later builds."""
    if options.cache is not None and ledger.unsaved:
        with Cache(options.cache).closing() as cache:
            ledger.save(cache)


def _build(session: _Session, watch: Watch) -> Report:
    options, ledger = session.options, session.ledger
    with watch.stage("look"):
        if ledger.glance is NOTHING:
            ledger.load_glance(session.cache)
        glance = ledger.glance
        if ledger.nothing_new(session.asked):
            return Report(True, glance.problems, Change(0, len(glance.outputs), 0), glance.pages)
    known = _understand(session, watch)
    if known.catalog is None or known.plan is None or _stops(known.problems, options):
        return Report(False, known.problems)
    problems = list(known.problems)
    change = None
    try:
        with opened(options.output) as output, ledger.trial():
            change, faults = _produce(session, known, output, watch)
            problems += faults
            if change is None:
                ledger.forget_all()
    except BusyError:
        hint, where = "wait until the other build is done", Location(str(options.output))
        problems.append(error("busy", "another build is writing to this folder", where, hint))
    if change is None:
        return Report(False, in_order(problems))
    return Report(True, in_order(problems), change, sum(page.maker != CARD for page in known.plan.pages))


def _stops(problems: Iterable[Problem], options: Options) -> bool:
    return any(problem.severity == "error" or options.strict for problem in problems)


Result = TypeVar("Result")


def _with_cache(options: Options, ledger: Ledger, work: Callable[[_Session], Result]) -> Result:
    """What comes of some work with the cache. Where that proves to be damaged, it is begun anew, and so is the work."""
    for last in (False, True):
        with _kept(options) as cache:
            try:
                return work(_Session(options, cache, ledger))
            except LostError:
                if last:
                    raise OSError(f"what was read cannot be kept in {options.cache or tempfile.gettempdir()}") from None
                cache.clear()
                ledger.forget_all()
    raise AssertionError


@contextlib.contextmanager
def _kept(options: Options) -> Iterator[Cache]:
    """The cache. A build that is to leave none still has one while it lasts: texts are not all held in memory."""
    if options.cache is not None:
        with Cache(options.cache).closing() as cache:
            if cache.works():
                yield cache
                return
    with tempfile.TemporaryDirectory(prefix="site-builder-") as folder, Cache(Path(folder)).closing() as cache:
        yield cache


class _Session:
    """One build: what it is asked, where it finds what it needs, and what it has read so far."""

    def __init__(self, options: Options, cache: Cache, ledger: Ledger) -> None:
        self.options, self.cache, self.ledger = options, cache, ledger
        self.folders = theme_folders(options)
        theme = sorted(theme_files(self.folders).items())
        #: Digests of the theme and the builder, and of everything besides the content that a build depends on.
        self.theme = digest(fingerprint(), *(part for name, path in theme for part in (name, path.read_bytes())))
        asked = (options.base_url, options.drafts, options.strict, options.shard, options.search == "never")
        self.asked = digest(self.theme, _settings_bytes(options), *asked)
        self.has: Callable[[str], bool] = options.shard.has if options.shard else lambda _: True
        self.sources: dict[str, Source] = {}
        self.stamps: dict[str, Stamp | None] = {}
        self.outlines: dict[str, Outline] = {}
        self.named: dict[str, Named] = {}
        self.keyed: dict[str, Keyed] = {}
        self.reading = ""
        #: The shelves of the cache of which all is known that is still wanted.
        self.looked_through = ["parsed", "mentions"]
        self.last: _Last | None = None
        self.library = _Library(cache, {}, {}, {})


def _settings_bytes(options: Options) -> bytes:
    try:
        return (options.content / SETTINGS).read_bytes()
    except OSError:
        return b""


# --- Reading ---------------------------------------------------------------------------------------------------------


class _Frame(NamedTuple):
    """What an archive is read and judged with."""

    config: Config
    labels: Mapping[str, Labels]
    uses: tuple[Use, ...]
    listing: Listing
    wordless: bool
    problems: tuple[Problem, ...]


class _Last(NamedTuple):
    """What a build of the same process knew before, as long as little has changed."""

    asked: str
    frame: _Frame
    known: Understood


def _understand(session: _Session, watch: Watch) -> Understood:
    now = time.time_ns()
    last: _Last | None = session.ledger.last
    with watch.stage("read"):
        frame = last.frame if last and _same_files(session, last, now) else _frame(session)
        if isinstance(frame, Understood):
            return frame
        faults = _parse(session, frame.listing, _reader(frame.config, frame.labels), now, watch)
    if last and frame is last.frame and not faults and _only_texts_changed(session):
        known = last.known._replace(library=session.library)
        assert known.catalog is not None
        with watch.stage("names"):
            known = known._replace(catalog=_with_mentions(session, known.catalog, watch))
    else:
        known = _judge(session, frame, faults, watch)
    session.last = _Last(session.asked, frame, known)
    return known


def _same_files(session: _Session, last: _Last, now: int) -> bool:
    """Whether the settings, the theme and the names of all files are as they were."""
    root, folders = f"{session.ledger.content}/", session.ledger.glance.folders
    return last.asked == session.asked and all(
        seen and stamp(root + path, now) == seen for path, seen in folders.items()
    )


def _only_texts_changed(session: _Session) -> bool:
    """Whether nothing is new but what stands in texts: then all that lies between reading and making is as it was."""
    before, now = session.ledger.outlines, session.outlines
    return before.keys() == now.keys() and all(
        outline is before[path] or (not outline.troubled and outline == before[path]._replace(words=outline.words))
        for path, outline in now.items()
    )


def _frame(session: _Session) -> _Frame | Understood:
    settings, problems = _settings(session.options)
    if settings is None or settings.value is None:
        return Understood(None, None, {}, in_order(problems), session.library)
    config = _configure(settings.value, session.options)
    labels, faults = load_labels([folder / "labels" for folder in reversed(session.folders)], config.languages)
    listing = list_files(session.options.content, config.languages)
    problems += [*faults, *listing.problems]
    return _Frame(config, labels, settings.uses, listing, bool(faults), tuple(problems))


def _judge(session: _Session, frame: _Frame, faults: Iterable[Problem], watch: Watch) -> Understood:
    """Join what was read, and judge it as a whole."""
    outlines, load = session.outlines, session.library.load
    problems = [*frame.problems, *faults]
    with watch.stage("join"):
        attachments = [file for file in frame.listing.files if file.role == "attachment"]
        catalog, found = catalogs.join(outlines.values(), attachments, frame.config, session.options.drafts, load)
        problems += found
        for path, outline in outlines.items():
            if outline.troubled:
                problems += load(path).problems
    with watch.stage("check"):
        problems += checks.check(catalog, outlines.values(), frame.uses, load)
    if frame.wordless:
        return Understood(catalog, None, frame.labels, in_order(problems), session.library)
    if not any(problem.severity == "error" for problem in problems):
        with watch.stage("names"):
            catalog = _with_mentions(session, catalog, watch)
    with watch.stage("plan"):
        planned = plan.plan(catalog, frame.labels)
        problems += planned.problems
    targets = frozenset(target for outline in outlines.values() for target in outline.targets)
    return Understood(catalog, planned, frame.labels, in_order(problems), session.library, targets)


def _reader(config: Config, labels: Mapping[str, Labels]) -> Reader:
    backs = {
        code: labels[code].text("footnote-back") if "footnote-back" in labels[code].entries else ""
        for code in config.languages
    }
    return document.reader(config, backs)


def _settings(options: Options) -> tuple[Decoded | None, list[Problem]]:
    source = SourceFile("settings", SETTINGS, "page", "", "")
    if not options.content.is_dir():
        hint = "name the folder with --content, or make an archive with: site-builder init DIR"
        return None, [error("no-content", "there is no such folder", Location(str(options.content)), hint)]
    if not (options.content / SETTINGS).exists():
        names = [path.name for path in options.content.iterdir() if path.suffix in (".yaml", ".yml")]
        near = nearest(SETTINGS, names)
        return None, [
            error(
                "no-settings",
                "the archive has no site.yaml",
                Location(SETTINGS),
                f"rename {near} to {SETTINGS}" if near else "make one: site-builder init DIR shows how",
            )
        ]
    data = read_bytes(options.content, source)
    if isinstance(data, Problem):
        return None, [data]
    decoded = document.read_settings(data, SETTINGS)
    return decoded, list(decoded.problems)


def _configure(config: Config, options: Options) -> Config:
    return replace(config, base_url=options.base_url.rstrip("/") + "/") if options.base_url else config


class _Read(NamedTuple):
    """A file that was read: its outline, and the whole of it ready to be kept."""

    outline: Outline
    kept: bytes


def _read_one(how: Reader) -> Callable[[tuple[SourceFile, bytes]], _Read]:
    def read(item: tuple[SourceFile, bytes]) -> _Read:
        value = document.read(item[0], item[1], how)
        return _Read(document.outline(value), _packed(value))

    return read


def _packed(value: Parsed) -> bytes:
    """A file to be kept, its texts apart: they are wanted oftener than the rest."""
    return pickle.dumps((pickle.dumps(document.texts_of(value), 5), pickle.dumps(value, 5)), 5)


#: Texts of which the sentences are kept at hand: pages of records that are often together follow each other.
_RECENT = 2000


class _Library(NamedTuple):
    """The files of the content as read, and the names found in articles; each by the keys of the files' paths."""

    cache: Cache
    keys: dict[str, str]
    names: dict[str, str]
    recent: dict[str, dict[Key, tuple[mentions.Quotation, ...]]]

    def load(self, path: str) -> Parsed:
        """The whole of a file."""
        value = self.kept(path)
        if value is None:
            raise LostError
        return value

    def kept(self, path: str) -> Parsed | None:
        """The whole of a file, where the cache has it."""
        value: Parsed | None = self._part(path, 1)
        return value

    def texts(self, path: str) -> Texts:
        """The texts of a file."""
        value: Texts | None = self._part(path, 0)
        if value is None:
            raise LostError
        return value

    def seen(self, path: str) -> _Seen | None:
        """The names found in the text of an article in short, where the cache has them."""
        parts = self.cache.load("mentions", self.names[path])
        value: _Seen | None = parts and unpickled(parts[0])
        return value

    def linked(self, path: str) -> mentions.Linked:
        """The texts of an article with links to the records that it names."""
        parts = self.cache.load("mentions", self.names[path])
        value: mentions.Linked | None = parts and unpickled(parts[1])
        if value is None:
            raise LostError
        return value

    def quotations(self, path: str, key: Key) -> tuple[mentions.Quotation, ...]:
        """The sentences of a text that name a record."""
        name = self.names[path]
        sentences = self.recent.get(name)
        if sentences is None:
            parts = self.cache.load("mentions", name)
            sentences = parts and unpickled(parts[2])
            if sentences is None:
                raise LostError
            if len(self.recent) > _RECENT:
                self.recent.clear()
            self.recent[name] = sentences
        return sentences[key]

    def _part(self, path: str, number: int) -> Any:
        parts = self.cache.load("parsed", self.keys[path])
        return parts and unpickled(parts[number])


def _parse(session: _Session, listing: Listing, how: Reader, now: int, watch: Watch) -> list[Problem]:
    """Outline every text and record: from the ledger or the cache where the bytes are the same.

    `now` is a time (nanoseconds) before the files were listed.
    """
    cache, ledger = session.cache, session.ledger
    ledger.load(cache)
    common = digest(fingerprint(), how)
    outlines = ledger.outlines if ledger.reading == common else {}
    library = session.library
    root = session.options.content.resolve()
    session.stamps = {folder: stamp(root / folder, now) for folder in listing.folders}
    problems: list[Problem] = []
    work: list[tuple[SourceFile, bytes]] = []
    for source in listing.files:
        path = source.path
        seen, known = stamp(f"{root}/{path}", now), ledger.glance.sources.get(path)
        if source.role not in ("text", "record"):
            session.sources[path] = Source(seen, "")
            continue
        outline = outlines.get(path)
        if known and outline and seen and known.stamp == seen:
            session.sources[path], session.outlines[path] = known, outline
            library.keys[path] = digest(common, path, known.digest)
            continue
        data = read_bytes(session.options.content, source)
        if isinstance(data, Problem):
            problems.append(data)
            continue
        session.sources[path] = Source(seen, digest(data))
        library.keys[path] = digest(common, path, session.sources[path].digest)
        if known and outline and known.digest == session.sources[path].digest:
            session.outlines[path] = outline
        elif not _remembered(session, path):
            work.append((source, data))
    reading = pool.each(_read_one, how, work, session.options.jobs)
    for number, read in enumerate(reading, start=1):
        path = read.outline.source.path
        session.outlines[path] = read.outline
        cache.put("parsed", library.keys[path], read.kept)
        watch.tell("reading", number, len(work))
    session.outlines = {path: session.outlines[path] for path in sorted(session.outlines)}
    session.reading = common
    cache.use("parsed", library.keys.values())
    cache.commit()
    return problems


def _remembered(session: _Session, path: str) -> bool:
    """Take a file's outline from the cache, where that has the file."""
    value = session.library.kept(path)
    if value:
        session.outlines[path] = document.outline(value)
    return bool(value)


class _Seeking(NamedTuple):
    """What a process that looks for names is set up with: all names; or the records, where there are few texts."""

    library: _Library
    names: linking.Vocabulary | None
    records: tuple[tuple[linking.Entity, frozenset[str]], ...]


class _Seen(NamedTuple):
    """The names found in a text: in short, and in full ready to be kept; and the sums of the text's keys."""

    names: mentions.Names
    parts: tuple[bytes, bytes]
    sums: bytes


def _seek_one(setup: _Seeking) -> Callable[[tuple[str, mentions.Text]], _Seen]:
    def seek(item: tuple[str, mentions.Text]) -> _Seen:
        path, text = item
        texts = setup.library.texts(path)
        found = passages.read(texts["body"].html)
        keys = linking.text_keys(found.prose)
        names = setup.names
        if names is None:
            decided = {id_ for _, id_ in text.decided}
            names = linking.Vocabulary(
                entity for entity, its in setup.records if entity.id in decided or not keys.isdisjoint(its)
            )
        sighted = mentions.sighted(found, text, names)
        return _Seen(mentions.names_of(sighted), _in_parts(sighted, text, texts), sums(keys))

    return seek


def _in_parts(sighted: mentions.Sighted, text: mentions.Text, texts: Texts) -> tuple[bytes, bytes]:
    """What was found, to be kept: the article's texts with their links, and the sentences of each record."""
    parts = mentions.linked(sighted, texts), mentions.quotations(sighted, text)
    return pickle.dumps(parts[0], 5), pickle.dumps(parts[1], 5)


#: For fewer texts it does not pay to get ready all names of the archive.
_FEW_TEXTS = 64


def _with_mentions(session: _Session, catalog: Catalog, watch: Watch) -> Catalog:
    """The catalogue with the names found in its texts.

    A text is searched again when it, or what is known of it, has changed; or when it may hold a name of a record that
    has.
    """
    cache, ledger = session.cache, session.ledger
    entries = [entry for kind in linking.LINKED_KINDS for entry in catalog.of_kind(kind)]
    keyed, touched = _keyed(session, entries)
    common = digest(session.reading, *(f"{path} {record.meaning.hex()}" for path, record in sorted(keyed.items())))
    named = dict(ledger.named) if ledger.reading == session.reading else {}
    paths = {version.path for article in catalog.articles.values() for version in article.versions.values()}
    for path in named.keys() - paths:
        del named[path]
    work = []
    for path, about in _unsure(session, catalog, paths, named, touched):
        named[path] = Named(about, digest(common, about), mentions.NONE)
        session.library.names[path] = named[path].key
        seen = session.library.seen(path)
        if seen is None:
            work.append((path, catalogs.text(catalog, session.outlines[path])))
        else:
            _take(session, named, path, seen)
    session.library.names.update((path, known.key) for path, known in named.items())
    few = len(work) < _FEW_TEXTS
    entities = [(linking.entity_of(entry.kind, entry.id, entry.record), keyed[entry.path].keys) for entry in entries]
    names = None if few else linking.Vocabulary(entity for entity, _ in entities)
    seeking = _Seeking(session.library, names, tuple(entities) if few else ())
    results = pool.each(_seek_one, seeking, work, session.options.jobs)
    for number, ((path, _), seen) in enumerate(zip(work, results, strict=True), start=1):
        _take(session, named, path, seen)
        short = pickle.dumps(seen._replace(parts=(b"", b"")), 5)
        cache.put("mentions", named[path].key, pickle.dumps((short, *seen.parts), 5))
        watch.tell("finding names", number, len(work))
    cache.use("mentions", session.library.names.values())
    cache.commit()
    session.named, session.keyed = named, keyed
    return catalogs.with_mentions(catalog, {path: known.names for path, known in named.items()})


def _unsure(
    session: _Session, catalog: Catalog, paths: Iterable[str], named: Mapping[str, Named], touched: set[str]
) -> Iterator[tuple[str, bytes]]:
    """The texts in which other names may be found than before, each with all that tells it from its earlier state."""
    meanings = plan.meanings(session.outlines)
    for path in sorted(paths):
        outline, known = session.outlines[path], named.get(path)
        about = outline.words + meanings[outline.source.kind, outline.source.id]
        if outline.targets:
            about += repr(catalogs.references(catalog, outline)).encode()
        if known is None or known.known != about or (touched and _may_name(session, path, touched)):
            yield path, about


def _may_name(session: _Session, path: str, keys: set[str]) -> bool:
    known = session.ledger.sums(session.cache, path)
    return known is None or may_share(known, keys)


def _take(session: _Session, named: dict[str, Named], path: str, seen: _Seen) -> None:
    """Take over what was found in a text."""
    named[path] = named[path]._replace(names=seen.names)
    session.ledger.note_sums(session.cache, path, seen.sums)


def _keyed(session: _Session, entries: Iterable[Entry]) -> tuple[dict[str, Keyed], set[str]]:
    """The records whose names are looked for, by file; and the keys, old and new, of those that have changed."""
    before = session.ledger.keyed
    now: dict[str, Keyed] = {}
    touched: set[str] = set()
    for entry in entries:
        meaning, known = session.outlines[entry.path].meaning, before.get(entry.path)
        if known is None or known.meaning != meaning:
            keys = linking.entity_keys(linking.entity_of(entry.kind, entry.id, entry.record))
            touched |= keys | (known.keys if known else frozenset())
            known = Keyed(meaning, keys)
        now[entry.path] = known
    for path in before.keys() - now.keys():
        touched |= before[path].keys
    return now, touched


# --- Writing ---------------------------------------------------------------------------------------------------------


def _produce(session: _Session, known: Understood, output: Output, watch: Watch) -> tuple[Change | None, list[Problem]]:
    """Make and write what is new. The change is None where a fault of the theme, or a foreign file, is in the way."""
    assert known.catalog is not None and known.plan is not None
    options, ledger, planned = session.options, session.ledger, known.plan
    with watch.stage("compare"):
        look = digest(session.theme, known.catalog.config)
        due = _due(session, known.catalog, planned, look)
        copies = [copy for copy in planned.copies if session.has(copy.path) and _is_new(session, copy)]
    with watch.stage("assets"):
        small = [
            file
            for file in _small(session, known.catalog.config, planned, known.labels, look)
            if session.has(file.path)
        ]
    with watch.stage("search"):
        small += _index(session, known, watch)
    paths = {page.path for page in planned.pages} | {copy.path for copy in planned.copies}
    paths |= ledger.small[1] | ledger.index[1]
    due_paths = [page.path for page in due] + [copy.path for copy in copies] + [file.path for file in small]
    foreign = output.foreign(paths, due_paths)
    if foreign:
        return None, foreign
    maker = _Maker(
        _theme(session, known.catalog.config, known.labels),
        known.catalog,
        session.library,
        ledger.numbers,
    )
    with _Waiting(output, paths) as waiting:
        with watch.stage("make"):
            faults = _make(maker, due, planned, session, waiting, watch)
        if faults:
            waiting.give_up()
            return None, faults
        with watch.stage("write"):
            waiting.write_out()
            for file in small:
                waiting.write(file.path, file.data)
            for copy in copies:
                waiting.write(copy.path, (options.content / copy.source).read_bytes())
            removed = output.finish(paths)
    with watch.stage("write"):
        own = {path for path in paths if session.has(path)}
        large = _note(session, known, own, waiting.states)
    written = len(waiting.written)
    return Change(written, len(own) - written, removed), large


def _due(session: _Session, catalog: Catalog, planned: Plan, look: str) -> list[Page]:
    """The pages that have to be made: what they showed has changed, or the file that they became."""
    ledger = session.ledger
    changed = ledger.changed(
        plan.states(catalog, session.outlines, {path: one.names for path, one in session.named.items()})
    )
    if ledger.look != look:
        ledger.look = look
        ledger.pages.clear()
    pages = [page for page in planned.pages if session.has(page.path)]
    spoiled = ledger.spoiled(page.path for page in pages)
    return [page for page in pages if page.path in spoiled or ledger.due(page, changed)]


def _is_new(session: _Session, copy: Copy) -> bool:
    source, ledger = session.sources[copy.source], session.ledger
    return source.stamp is None or source != ledger.glance.sources.get(copy.source) or bool(ledger.spoiled([copy.path]))


def _small(session: _Session, config: Config, planned: Plan, labels: Mapping[str, Labels], look: str) -> list[Rendered]:
    """The files beside the pages: those for machines, the theme's, the fonts. None where all are as they were."""
    ledger = session.ledger
    key = digest(look, *(f"{page.path} {page.listed}" for page in planned.pages))
    if ledger.small[0] == key and not ledger.spoiled(path for path in ledger.small[1] if session.has(path)):
        return []
    files = [*exports.files(planned, config), *exports.words(labels.values())]
    files += [Rendered(path, file.read_bytes()) for path, file in assets(session.folders).items()]
    files += _fonts(config, session.cache, session.options.jobs)
    session.looked_through.append("fonts")
    ledger.small = (key, frozenset(file.path for file in files))
    return files


def _index(session: _Session, known: Understood, watch: Watch) -> list[Rendered]:
    """The files of the search index. None where all are as they were, or where it is not to be made now."""
    options, cache, ledger = session.options, session.cache, session.ledger
    if options.search == "later" and not ledger.spoiled(ledger.index[1]):
        return []
    if options.search != "now" or not session.has(search.FOLDER):
        ledger.index = ("", frozenset())
        return []
    assert known.catalog is not None
    config, entries = known.catalog.config, known.catalog.entries
    names = {path: one.names for path, one in session.named.items()}
    records = list(search.documents(known.catalog, known.labels, session.outlines, names))
    entities = tuple(linking.entity_of(*key, entry.record) for key, entry in entries.items())
    common = digest(fingerprint(), entities)
    keys = [digest(common, record) for record in records]
    cache.use("search", keys)
    session.looked_through.append("search")
    whole = digest(common, config.languages, config.fallback_pages, *keys)
    if ledger.index[0] == whole and not ledger.spoiled(ledger.index[1]):
        return []
    kept = {key: cache.get("search", key) is not None for key in keys}
    due = [record for record, key in zip(records, keys, strict=True) if not kept[key]]
    fresh = pool.each(_analyse_one, search.Setup(entities, session.library), due, options.jobs)
    index = search.Index(config.languages, config.fallback_pages)
    for number, key in enumerate(keys, start=1):
        data = cache.get("search", key) if kept[key] else next(fresh)
        if data is None:
            raise LostError
        if not kept[key]:
            cache.put("search", key, data)
        index.add(unpickled(zlib.decompress(data)))
        watch.tell("indexing", number, len(keys))
    files = [Rendered(*file) for file in index.files(entities)]
    ledger.index = (whole, frozenset(file.path for file in files))
    cache.commit()
    return files


def _analyse_one(setup: search.Setup) -> Callable[[search.Document], bytes]:
    """What the index takes from a record, ready to be kept."""
    analyse = search.analyser(setup)
    return lambda record: zlib.compress(pickle.dumps(analyse(record), 5), 1)


class _Waiting:
    """The pages made so far. Where earlier ones are to be replaced, they wait until all are made: then none is
    replaced if one cannot be made."""

    def __init__(self, output: Output, paths: set[str]) -> None:
        self._output, self._paths = output, paths
        self._sizes: list[tuple[str, int]] = []
        self.written: set[str] = set()
        self.states: dict[str, State] = {}

    def __enter__(self) -> _Waiting:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(_WAITING, dir=str(self._output.root))
        if self._output.new:
            self._output.announce(self._paths)
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, path: str, data: bytes) -> None:
        if self._output.new:
            self.write(path, data)
        else:
            self._file.write(data)
            self._sizes.append((path, len(data)))

    def write_out(self) -> None:
        self._output.announce(self._paths)
        self._file.seek(0)
        for path, size in self._sizes:
            self.write(path, self._file.read(size))

    def write(self, path: str, data: bytes) -> None:
        if self._output.write(path, data):
            self.written.add(path)
        now = state(f"{self._output.root}/{path}", data)
        if now:
            self.states[path] = now

    def give_up(self) -> None:
        if self._output.new:
            self._output.finish(set())


class _Maker(NamedTuple):
    """What a process that makes pages is set up with. `numbers` are those of what pages read, in the ledger."""

    theme: Theme
    catalog: Catalog
    library: _Library
    numbers: Mapping[Read, int]


class _Made(NamedTuple):
    """A page that was made: its bytes, the numbers of what it read, and what it read that has no number yet.

    `drawn` is the key under which a newly drawn card is to be kept.
    """

    data: bytes
    numbers: bytes
    others: tuple[Read, ...]
    drawn: str


def _make_one(setup: _Maker) -> Callable[[Page], _Made | Problem]:
    from site_builder.render import renderer

    show = plan.shower(setup.catalog, setup.theme.labels, setup.library)
    render = renderer(setup.theme)

    def make(page: Page) -> _Made | Problem:
        shown, reads = show(page)
        drawn = ""
        if isinstance(shown, CardSpec):
            data, drawn = _drawn(shown, setup.library.cache)
        else:
            rendered = render(shown)
            if isinstance(rendered, Problem):
                return rendered
            data = rendered
        known = [number for read in reads if (number := setup.numbers.get(read)) is not None]
        others = tuple(read for read in reads if read not in setup.numbers) if len(known) < len(reads) else ()
        return _Made(data, array("I", known).tobytes(), others, drawn)

    return make


def _drawn(spec: CardSpec, cache: Cache) -> tuple[bytes, str]:
    """A card, and the key under which to keep it if it was not kept already."""
    key = digest(fingerprint(), *spec)
    kept = cache.get("cards", key)
    if kept is not None:
        return kept, ""
    from site_builder import cards

    return cards.draw_card(cards.Card(spec.title, spec.date, spec.archive, spec.direction, spec.label)), key


def _make(
    maker: _Maker, due: list[Page], planned: Plan, session: _Session, waiting: _Waiting, watch: Watch
) -> list[Problem]:
    """Make pages; the problems are those of templates."""
    failed: dict[Problem, list[int]] = {}
    cards = sum(page.maker == CARD for page in due)
    if cards == sum(page.maker == CARD for page in planned.pages):
        session.looked_through.append("cards")
    slow = cards >= _FEWEST_SLOW
    results = pool.in_runs(_make_one, maker, due, session.options.jobs, *([_FEWEST_SLOW] if slow else []))
    for done, (number, result) in enumerate(results, start=1):
        page = due[number]
        if isinstance(result, Problem):
            failed.setdefault(result, []).append(number)
            continue
        session.ledger.note(page, result.numbers, result.others)
        if not failed:
            waiting.add(page.path, result.data)
        if result.drawn:
            session.cache.put("cards", result.drawn, result.data)
        watch.tell("making", done, len(due))
    session.cache.commit()
    found = sorted((sorted(numbers), problem) for problem, numbers in failed.items())
    return [_on_pages(problem, [due[number].path for number in numbers]) for numbers, problem in found]


def _on_pages(problem: Problem, paths: list[str]) -> Problem:
    others = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return problem._replace(message=f"{problem.message} (on /{paths[0]}{others})")


def _note(session: _Session, known: Understood, paths: set[str], states: Mapping[str, State]) -> list[Problem]:
    """Note in the ledger what was read and written. The problems are those of a site that has grown too large."""
    assert known.plan is not None
    ledger, pages = session.ledger, [page for page in known.plan.pages if page.maker != CARD]
    before = ledger.glance.outputs
    outputs = {path: found for path in paths if (found := states.get(path) or before.get(path))}
    # An index that was left for later is still to be made, though nothing else changes.
    asked = "" if session.options.search == "later" else session.asked
    large = checks.sizes({path: found.size for path, found in outputs.items()}, session.options.output)
    problems = in_order([*known.problems, *large])
    ledger.glance = Glance(asked, session.stamps, session.sources, outputs, problems, len(pages))
    ledger.outlines, ledger.reading = session.outlines, session.reading
    for path in ledger.named.keys() - session.named.keys():
        ledger.note_sums(session.cache, path, None)
    ledger.named, ledger.keyed = session.named, session.keyed
    ledger.forget(paths)
    ledger.last, ledger.unsaved = session.last, True
    return large


def _theme(session: _Session, config: Config, labels: Mapping[str, Labels]) -> Theme:
    codes = config.languages
    theme = Theme(
        session.folders,
        labels,
        codes,
        {code: config.locale(code) for code in codes},
        {code: config.numbering(code) for code in codes},
        {},
    )
    key = digest(session.theme, *session.folders)
    kept = session.cache.load("templates", key)
    session.looked_through.append("templates")
    if kept is None:
        from site_builder import render

        kept = render.compiled(theme)
        session.cache.save("templates", key, kept)
    return theme._replace(compiled=kept)


def _fonts(config: Config, cache: Cache, jobs: int) -> list[Rendered]:
    from site_builder import fonts

    faces = fonts.web_fonts(config.languages)
    keys = {face.file_name: digest(fonts.digest_inputs(face)) for face in faces}
    found = {face.file_name: cache.get("fonts", keys[face.file_name]) for face in faces}
    due = [face for face in faces if found[face.file_name] is None]
    for face, data in zip(due, pool.each(_font_maker, None, due, jobs, _FEWEST_SLOW), strict=True):
        found[face.file_name] = data
        cache.put("fonts", keys[face.file_name], data)
    made = [Rendered(f"assets/fonts/{name}", data) for name, data in found.items() if data is not None]
    return [Rendered("assets/fonts.css", fonts.font_face_css(faces, "fonts/").encode()), *made]


def _font_maker(_setup: None) -> Callable[[WebFont], bytes]:
    from site_builder import fonts

    return fonts.subset


@functools.cache
def fingerprint() -> str:
    """A digest of the builder itself: its source and the versions of what shapes its output."""
    packages = (
        "fontpkg-amiri",
        "fontpkg-ibm-plex-sans-arabic",
        "fontpkg-source-serif-4",
        "jinja2",
        "markdown",
        "nh3",
        "babel",
        "hijridate",
        "pillow",
        "fonttools",
        "arabic-reshaper",
        "python-bidi",
    )
    versions = [sys.version, *(importlib.metadata.version(name) for name in packages)]
    sources = sorted(_PACKAGE.rglob("*.py"))
    return digest(*versions, *(part for path in sources for part in (path.name, path.read_bytes())))
