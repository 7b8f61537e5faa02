"""The build, told in order: gather, understand, judge, make, write. The only module that knows every stage."""

from __future__ import annotations

import contextlib
import functools
import importlib.metadata
import pickle
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from site_builder import catalog as catalogs
from site_builder import checks, exports, plan, pool
from site_builder.cache import Cache, digest, unpickled
from site_builder.catalog import Catalog
from site_builder.config import Config
from site_builder.labels import Labels, load_labels
from site_builder.ledger import Glance, Ledger, Source, Stamp, stamp, state
from site_builder.output import BusyError, Change, Output, opened
from site_builder.plan import CARD, CardSpec, Copy, Page, Plan, Read, Rendered
from site_builder.problems import Location, Problem, error, in_order, nearest
from site_builder.reading import document
from site_builder.reading.decode import Decoded, Site
from site_builder.reading.document import Outline, Parsed, Reader, Texts
from site_builder.reading.files import SETTINGS, Listing, SourceFile, list_files, read_bytes
from site_builder.render import Theme, assets, compiled, renderer, theme_files

if TYPE_CHECKING:
    from site_builder.fonts import WebFont

_PACKAGE = Path(__file__).parent
#: Drawing a card or cutting a font takes so long that a second process pays from few on.
_FEWEST_SLOW = 2
#: Pages that replace earlier ones wait in memory, up to so many bytes, until all of them are made.
_WAITING = 64 * 1024 * 1024

_NO_CHANGE = Change(0, 0, 0)


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a build is asked to do. Paths are as given on the command line; `cache` None keeps nothing."""

    content: Path = Path("content")
    templates: Path | None = None
    output: Path = Path("build")
    base_url: str | None = None
    cache: Path | None = None
    jobs: int = 1
    drafts: bool = False
    strict: bool = False


class Report(NamedTuple):
    """What came of a build. `done` is False when problems kept it from writing; `change` counts no files then."""

    done: bool
    problems: tuple[Problem, ...]
    change: Change
    pages: int
    seconds: float
    timings: tuple[tuple[str, float], ...]


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

    `texts` gives the texts of a file, by its path below the content folder.
    """

    catalog: Catalog | None
    plan: Plan | None
    labels: Mapping[str, Labels]
    problems: tuple[Problem, ...]
    texts: Callable[[str], Texts]


def theme_folders(options: Options) -> tuple[Path, ...]:
    """Where templates are looked for: the archive's own folder, then the theme that comes with the program."""
    packed = _PACKAGE / "templates"
    theme = packed if packed.is_dir() else _PACKAGE.parent / "templates"
    own = options.templates if options.templates is not None else options.content.resolve().parent / "templates"
    return (own, theme) if own.is_dir() and own.resolve() != theme.resolve() else (theme,)


def understand(options: Options, watch: Watch | None = None) -> Understood:
    """Read and judge an archive without writing anything but the cache."""
    with _kept(options) as cache:
        return _understand(options, _Session(options, cache, Ledger(options.content, options.output)), watch or Watch())


def build(options: Options, watch: Watch | None = None, ledger: Ledger | None = None) -> Report:
    """Build the site. Content problems are in the report; OSError is raised where the output cannot be written.

    Whoever builds again and again in one process may hand in the same `ledger` each time (`memory`).
    """
    watch = watch or Watch()
    begun = time.perf_counter()

    def report(done: bool, problems: Iterable[Problem], change: Change = _NO_CHANGE, pages: int = 0) -> Report:
        return Report(done, in_order(problems), change, pages, time.perf_counter() - begun, tuple(watch.timings))

    with _kept(options) as cache:
        session = _Session(options, cache, ledger or Ledger(options.content, options.output))
        with watch.stage("look"):
            if not session.ledger.glance.asked:
                session.ledger.load_glance(cache)
            glance = session.ledger.glance
            if session.ledger.nothing_new(session.asked):
                return report(True, glance.problems, Change(0, len(glance.outputs), 0), glance.pages)
        known = _understand(options, session, watch)
        if known.catalog is None or known.plan is None or _stops(known.problems, options):
            return report(False, known.problems)
        problems = list(known.problems)
        try:
            with opened(options.output) as output, session.ledger.trial():
                change, faults = _produce(session, known, output, watch)
                if change is None:
                    session.ledger.forget_all()
        except BusyError:
            hint, where = "wait until the other build is done", Location(str(options.output))
            problems.append(error("busy", "another build is writing to this folder", where, hint))
            return report(False, problems)
        problems += faults
        pages = sum(page.maker != CARD for page in known.plan.pages)
        return report(change is not None, problems, change or _NO_CHANGE, pages)


def _stops(problems: Iterable[Problem], options: Options) -> bool:
    return any(problem.severity == "error" or options.strict for problem in problems)


@contextlib.contextmanager
def _kept(options: Options) -> Iterator[Cache]:
    """The cache. A build that is to leave none still has one while it lasts: texts are not all held in memory."""
    if options.cache is not None:
        with Cache(options.cache).closing() as cache:
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
        self.asked = digest(self.theme, _settings_bytes(options), options.base_url, options.drafts, options.strict)
        self.sources: dict[str, Source] = {}
        self.stamps: dict[str, Stamp | None] = {}
        self.outlines: dict[str, Outline] = {}
        self.reading = ""
        self.library = _Library(cache, {}, {}, options.content, Reader(Site((), 0), {}))


def _settings_bytes(options: Options) -> bytes:
    try:
        return (options.content / SETTINGS).read_bytes()
    except OSError:
        return b""


# --- Reading ---------------------------------------------------------------------------------------------------------


def _understand(options: Options, session: _Session, watch: Watch) -> Understood:
    with watch.stage("read"):
        settings, problems = _settings(options)
        if settings is None or settings.value is None:
            return Understood(None, None, {}, in_order(problems), session.library.texts)
        config = _configure(settings.value, options)
        labels, faults = load_labels([folder / "labels" for folder in reversed(session.folders)], config.languages)
        wordless = bool(faults)
        problems += faults
        now = time.time_ns()
        listing = list_files(options.content, config.languages)
        problems += [*listing.problems, *_parse(session, listing, _reader(config, labels), now, watch)]
    outlines = session.outlines
    with watch.stage("join"):
        attachments = [file for file in listing.files if file.role == "attachment"]
        catalog, faults = catalogs.join(outlines.values(), attachments, config, options.drafts, session.library.load)
        problems += faults
        for path, outline in outlines.items():
            if outline.troubled:
                problems += session.library.load(path).problems
    with watch.stage("check"):
        problems += checks.check(catalog, outlines.values(), settings.uses, session.library.load)
    if wordless:
        return Understood(catalog, None, labels, in_order(problems), session.library.texts)
    with watch.stage("plan"):
        planned = plan.plan(catalog, labels)
        problems += planned.problems
    return Understood(catalog, planned, labels, in_order(problems), session.library.texts)


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


class _Library(NamedTuple):
    """The files of the content as read, by path; one that the cache has lost is read again."""

    cache: Cache
    keys: dict[str, str]
    files: dict[str, SourceFile]
    content: Path
    how: Reader

    def load(self, path: str) -> Parsed:
        """The whole of a file."""
        return self.kept(path) or self._read(path)

    def kept(self, path: str) -> Parsed | None:
        """The whole of a file, where the cache has it."""
        value: Parsed | None = self._part(path, 1)
        return value

    def texts(self, path: str) -> Texts:
        """The texts of a file."""
        value: Texts | None = self._part(path, 0)
        return value if value is not None else document.texts_of(self._read(path))

    def _part(self, path: str, number: int) -> Any:
        parts = self.cache.load("parsed", self.keys[path])
        return parts and unpickled(parts[number])

    def _read(self, path: str) -> Parsed:
        data = read_bytes(self.content, self.files[path])
        if isinstance(data, Problem):
            raise OSError(f"{path} {data.message}")
        return document.read(self.files[path], data, self.how)


def _parse(session: _Session, listing: Listing, how: Reader, now: int, watch: Watch) -> list[Problem]:
    """Outline every text and record: from the ledger or the cache where the bytes are the same.

    `now` is a time (nanoseconds) before the files were listed.
    """
    cache, ledger = session.cache, session.ledger
    ledger.load(cache)
    common = digest(fingerprint(), how)
    outlines = ledger.outlines if ledger.reading == common else {}
    session.library = library = session.library._replace(how=how)
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
        library.files[path] = source
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


# --- Writing ---------------------------------------------------------------------------------------------------------


def _produce(session: _Session, known: Understood, output: Output, watch: Watch) -> tuple[Change | None, list[Problem]]:
    """Make and write what is new. The change is None where a fault of the theme, or a foreign file, is in the way."""
    assert known.catalog is not None and known.plan is not None
    options, ledger, planned = session.options, session.ledger, known.plan
    with watch.stage("compare"):
        look = digest(session.theme, known.catalog.config)
        due = _due(session, known.catalog, planned, look)
        copies = [copy for copy in planned.copies if _is_new(session, copy)]
    with watch.stage("assets"):
        small = _small(session, known.catalog.config, planned, look)
    paths = {page.path for page in planned.pages} | {copy.path for copy in planned.copies} | ledger.small[1]
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
            faults = _make(maker, due, session, waiting, watch)
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
    with watch.stage("note"):
        _note(session, known, paths, waiting.written)
    written = len(waiting.written)
    return Change(written, len(paths) - written, removed), []


def _due(session: _Session, catalog: Catalog, planned: Plan, look: str) -> list[Page]:
    """The pages that have to be made: what they showed has changed, or the file that they became."""
    ledger = session.ledger
    changed = ledger.changed(plan.states(catalog, session.outlines))
    if ledger.look != look:
        ledger.look = look
        ledger.pages.clear()
    spoiled = ledger.spoiled(page.path for page in planned.pages)
    return [page for page in planned.pages if page.path in spoiled or ledger.due(page, changed)]


def _is_new(session: _Session, copy: Copy) -> bool:
    source, ledger = session.sources[copy.source], session.ledger
    return source.stamp is None or source != ledger.glance.sources.get(copy.source) or bool(ledger.spoiled([copy.path]))


def _small(session: _Session, config: Config, planned: Plan, look: str) -> list[Rendered]:
    """The files beside the pages: those for machines, the theme's, the fonts. None where all are as they were."""
    ledger = session.ledger
    key = digest(look, *(f"{page.path} {page.listed}" for page in planned.pages))
    if ledger.small[0] == key and not ledger.spoiled(ledger.small[1]):
        return []
    files = exports.files(planned, config)
    files += [Rendered(path, file.read_bytes()) for path, file in assets(session.folders).items()]
    files += _fonts(config, session.cache, session.options.jobs)
    ledger.small = (key, frozenset(file.path for file in files))
    return files


class _Waiting:
    """The pages made so far. Where earlier ones are to be replaced, they wait until all are made: then none is
    replaced if one cannot be made."""

    def __init__(self, output: Output, paths: set[str]) -> None:
        self._output, self._paths = output, paths
        self._sizes: list[tuple[str, int]] = []
        self.written: set[str] = set()

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
    show = plan.shower(setup.catalog, setup.theme.labels, setup.library.texts)
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


def _make(maker: _Maker, due: list[Page], session: _Session, waiting: _Waiting, watch: Watch) -> list[Problem]:
    """Make pages; the problems are those of templates."""
    failed: dict[Problem, list[str]] = {}
    slow = sum(page.maker == CARD for page in due) >= _FEWEST_SLOW
    results = pool.each(_make_one, maker, due, session.options.jobs, *([_FEWEST_SLOW] if slow else []))
    for number, (page, result) in enumerate(zip(due, results, strict=True), start=1):
        if isinstance(result, Problem):
            failed.setdefault(result, []).append(page.path)
            continue
        session.ledger.note(page, result.numbers, result.others)
        if not failed:
            waiting.add(page.path, result.data)
        if result.drawn:
            session.cache.put("cards", result.drawn, result.data)
        watch.tell("making", number, len(due))
    session.cache.commit()
    return [_on_pages(problem, paths) for problem, paths in failed.items()]


def _on_pages(problem: Problem, paths: list[str]) -> Problem:
    others = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return problem._replace(message=f"{problem.message} (on /{paths[0]}{others})")


def _note(session: _Session, known: Understood, paths: set[str], written: set[str]) -> None:
    """Note in the ledger what was read and written."""
    assert known.plan is not None
    ledger, pages = session.ledger, [page for page in known.plan.pages if page.maker != CARD]
    root, before = f"{ledger.output}/", ledger.glance.outputs
    outputs = {path: before[path] if path in before and path not in written else state(root + path) for path in paths}
    ledger.glance = Glance(session.asked, session.stamps, session.sources, outputs, known.problems, len(pages))
    ledger.outlines, ledger.reading = session.outlines, session.reading
    ledger.forget(paths)
    ledger.save(session.cache)
    session.cache.collect(["parsed", "fonts", "cards", "templates"])


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
    if kept is None:
        kept = compiled(theme)
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
