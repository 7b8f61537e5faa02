"""The build, told in order: gather, understand, judge, render, write. The only module that knows every stage."""

from __future__ import annotations

import contextlib
import functools
import importlib.metadata
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from site_builder import catalog as catalogs
from site_builder import checks, exports, linking, mentions, plan, pool
from site_builder.cache import Cache, digest
from site_builder.catalog import Catalog
from site_builder.config import Config
from site_builder.labels import Labels, load_labels
from site_builder.output import BusyError, Change, Output, opened
from site_builder.plan import CardSpec, Page, Plan, Rendered
from site_builder.problems import Location, Problem, error, in_order, nearest
from site_builder.reading import document
from site_builder.reading.decode import Decoded
from site_builder.reading.document import Parsed, Reader
from site_builder.reading.files import SETTINGS, Listing, SourceFile, list_files, read_bytes
from site_builder.render import Theme, assets, renderer, theme_files

if TYPE_CHECKING:
    from site_builder.fonts import WebFont

_PACKAGE = Path(__file__).parent
#: Drawing a card or cutting a font takes so long that a second process pays from few on.
_FEWEST_SLOW = 2

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
    """The archive as read and judged. `catalog` and `plan` are None when the settings cannot be read."""

    catalog: Catalog | None
    plan: Plan | None
    labels: Mapping[str, Labels]
    problems: tuple[Problem, ...]


def theme_folders(options: Options) -> tuple[Path, ...]:
    """Where templates are looked for: the archive's own folder, then the theme that comes with the program."""
    packed = _PACKAGE / "templates"
    theme = packed if packed.is_dir() else _PACKAGE.parent / "templates"
    own = options.templates if options.templates is not None else options.content.resolve().parent / "templates"
    return (own, theme) if own.is_dir() and own.resolve() != theme.resolve() else (theme,)


def understand(options: Options, watch: Watch | None = None) -> Understood:
    """Read and judge an archive without writing anything but the cache."""
    watch = watch or Watch()
    with watch.stage("read"):
        settings, problems = _settings(options)
        if settings is None or settings.value is None:
            return Understood(None, None, {}, in_order(problems))
        config = _configure(settings.value, options)
        labels, faults = load_labels(
            [folder / "labels" for folder in reversed(theme_folders(options))], config.languages
        )
        wordless = bool(faults)
        problems += faults
        listing = list_files(options.content, config.languages)
        parsed, faults = _parse(options, config, labels, listing, watch)
        problems += [*listing.problems, *faults]
    with watch.stage("join"):
        attachments = [file for file in listing.files if file.role == "attachment"]
        catalog, faults = catalogs.join(parsed, attachments, config, options.drafts)
        problems += faults
        problems += [problem for value in parsed for problem in value.problems]
    with watch.stage("mentions"):
        catalog = _with_mentions(catalog, options, watch)
    with watch.stage("check"):
        problems += checks.check(catalog, parsed, settings.uses)
    if wordless:
        return Understood(catalog, None, labels, in_order(problems))
    with watch.stage("plan"):
        planned = plan.plan(catalog, labels)
        problems += planned.problems
    return Understood(catalog, planned, labels, in_order(problems))


def build(options: Options, watch: Watch | None = None) -> Report:
    """Build the site. Content problems are in the report; OSError is raised where the output cannot be written."""
    watch = watch or Watch()
    begun = time.perf_counter()

    def report(done: bool, problems: Iterable[Problem], change: Change = _NO_CHANGE, pages: int = 0) -> Report:
        return Report(done, in_order(problems), change, pages, time.perf_counter() - begun, tuple(watch.timings))

    known = understand(options, watch)
    if known.catalog is None or known.plan is None or _stops(known.problems, options):
        return report(False, known.problems)
    problems = list(known.problems)
    cache = Cache(options.cache)
    try:
        with opened(options.output) as output:
            change, faults = _produce(options, known.catalog, known.plan, known.labels, cache, output, watch)
            problems += faults
    except BusyError:
        hint = "wait until the other build is done"
        problems.append(error("busy", "another build is writing to this folder", Location(str(options.output)), hint))
        return report(False, problems)
    return report(change is not None, problems, change or _NO_CHANGE, len(known.plan.pages))


def _stops(problems: Iterable[Problem], options: Options) -> bool:
    return any(problem.severity == "error" or options.strict for problem in problems)


# --- Reading ---------------------------------------------------------------------------------------------------------


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


class _Reading(NamedTuple):
    """What a reading process is set up with."""

    content: Path
    how: Reader


def _read_one(setup: _Reading) -> Callable[[tuple[SourceFile, bytes]], Parsed]:
    return lambda item: document.read(item[0], item[1], setup.how)


def _parse(
    options: Options, config: Config, labels: Mapping[str, Labels], listing: Listing, watch: Watch
) -> tuple[list[Parsed], list[Problem]]:
    """Every text and record, from the cache where its bytes and all that reading depends on are the same."""
    cache = Cache(options.cache)
    backs = {
        code: labels[code].text("footnote-back") if "footnote-back" in labels[code].entries else ""
        for code in config.languages
    }
    how = document.reader(config, backs)
    common = digest(fingerprint(), how)
    problems: list[Problem] = []
    found: dict[str, Parsed] = {}
    work: list[tuple[SourceFile, bytes]] = []
    keys: dict[str, str] = {}
    for source in listing.files:
        if source.role not in ("text", "record"):
            continue
        data = read_bytes(options.content, source)
        if isinstance(data, Problem):
            problems.append(data)
            continue
        keys[source.path] = digest(common, source.path, data)
        kept = cache.load("parsed", keys[source.path])
        if kept is not None:
            found[source.path] = kept
        else:
            work.append((source, data))
    for number, value in enumerate(pool.each(_read_one, _Reading(options.content, how), work, options.jobs), start=1):
        found[value.source.path] = value
        cache.save("parsed", keys[value.source.path], value)
        watch.tell("reading", number, len(work))
    cache.collect(["parsed"])
    return [found[path] for path in sorted(found)], problems


class _Searching(NamedTuple):
    """What a process that looks for names is set up with."""

    entities: tuple[linking.Entity, ...]


def _search_one(setup: _Searching) -> Callable[[mentions.Text], mentions.Sighted]:
    names = linking.Vocabulary(setup.entities)
    return lambda text: mentions.sighted(text, names)


def _with_mentions(catalog: Catalog, options: Options, watch: Watch) -> Catalog:
    """The catalogue with the names found in its texts, from the cache where neither text nor names have changed."""
    cache = Cache(options.cache)
    entities = tuple(
        linking.entity_of(kind, entry.id, entry.record)
        for kind in linking.LINKED_KINDS
        for entry in catalog.of_kind(kind)
    )
    common = digest(fingerprint(), entities)
    texts = catalogs.texts(catalog)
    keys = {key: digest(common, text) for key, text in texts.items()}
    found = {key: cache.load("mentions", keys[key]) for key in texts}
    due = [key for key in texts if found[key] is None]
    work = [texts[key] for key in due]
    results = pool.each(_search_one, _Searching(entities), work, options.jobs)
    for number, (key, value) in enumerate(zip(due, results, strict=True), start=1):
        found[key] = value
        cache.save("mentions", keys[key], value)
        watch.tell("names", number, len(due))
    cache.collect(["mentions"])
    return catalogs.with_mentions(catalog, found)


# --- Writing ---------------------------------------------------------------------------------------------------------


def _produce(
    options: Options,
    catalog: Catalog,
    planned: Plan,
    labels: Mapping[str, Labels],
    cache: Cache,
    output: Output,
    watch: Watch,
) -> tuple[Change | None, list[Problem]]:
    config = catalog.config
    folders = theme_folders(options)
    small = exports.files(planned, config)
    with watch.stage("assets"):
        small += [Rendered(path, file.read_bytes()) for path, file in assets(folders).items()]
        small += _fonts(config, cache, options.jobs)
    paths = {page.path for page in planned.pages} | {card.path for card in planned.cards}
    paths |= {copy.path for copy in planned.copies} | {file.path for file in small}
    foreign = output.foreign(paths)
    if foreign:
        return None, foreign
    theme = _theme(config, labels, folders)
    with watch.stage("render"):
        rendered, kept, faults = _render(planned.pages, theme, cache, options, output, watch)
    if faults:
        return None, faults
    with watch.stage("cards"):
        cards = _cards(planned.cards, cache, options, watch)
    with watch.stage("write"):
        output.announce(paths)
        written = sum(output.write(file.path, file.data) for file in (*rendered, *cards, *small))
        for copy in planned.copies:
            written += output.write(copy.path, (options.content / copy.source).read_bytes())
        removed = output.finish(paths)
        kept.save(output.root)
    cache.collect(["fonts", "cards"])
    return Change(written, len(paths) - written, removed), []


def _theme(config: Config, labels: Mapping[str, Labels], folders: tuple[Path, ...]) -> Theme:
    codes = config.languages
    return Theme(
        folders,
        labels,
        codes,
        {code: config.locale(code) for code in codes},
        {code: config.numbering(code) for code in codes},
    )


class _Kept:
    """What the last build rendered: the digest of what each page saw, and the state of the file it became.

    A page is left alone when it sees the same and its file is as the builder left it.
    """

    def __init__(self, cache: Cache, output: Output) -> None:
        self._cache, self._key = cache, digest("rendered", output.root)
        try:
            self._before = json.loads(cache.get("output", self._key) or b"{}")
        except ValueError:
            self._before = {}
        self._now: dict[str, str] = {}

    def same(self, path: str, seen: str, root: Path) -> bool:
        self._now[path] = seen
        entry = self._before.get(path)
        return bool(entry) and entry == [seen, *_state(root / path)]

    def save(self, root: Path) -> None:
        entries = {path: [seen, *_state(root / path)] for path, seen in self._now.items()}
        self._cache.put("output", self._key, json.dumps(entries).encode())


def _state(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return (-1, -1)
    return (stat.st_size, stat.st_mtime_ns)


def _render(
    pages: tuple[Page, ...], theme: Theme, cache: Cache, options: Options, output: Output, watch: Watch
) -> tuple[list[Rendered], _Kept, list[Problem]]:
    """Render the pages whose view, theme or labels changed since the last build."""
    files = theme_files(theme.folders)
    common = digest(
        fingerprint(), *(part for name, path in sorted(files.items()) for part in (name, path.read_bytes()))
    )
    common = digest(common, theme.languages, sorted(theme.locales.items()), sorted(theme.numberings.items()))
    kept = _Kept(cache, output)
    due = [page for page in pages if not kept.same(page.path, _seen(common, page), output.root)]
    rendered: list[Rendered] = []
    failed: dict[Problem, list[str]] = {}
    for number, result in enumerate(pool.each(renderer, theme, due, options.jobs), start=1):
        if isinstance(result, Rendered):
            rendered.append(result)
        else:
            failed.setdefault(result, []).append(due[number - 1].path)
        watch.tell("rendering", number, len(due))
    return rendered, kept, [_on_pages(problem, paths) for problem, paths in failed.items()]


def _on_pages(problem: Problem, paths: list[str]) -> Problem:
    others = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return problem._replace(message=f"{problem.message} (on /{paths[0]}{others})")


def _seen(common: str, page: Page) -> str:
    """A digest of what a page's template can see. Views are tuples through and through, so JSON writes them in full."""
    return digest(common, json.dumps(page, ensure_ascii=False))


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


def _cards(specs: tuple[CardSpec, ...], cache: Cache, options: Options, watch: Watch) -> list[Rendered]:
    keys = {spec.path: digest(fingerprint(), *spec[1:]) for spec in specs}
    found = {spec.path: cache.get("cards", keys[spec.path]) for spec in specs}
    due = [spec for spec in specs if found[spec.path] is None]
    for number, (path, data) in enumerate(pool.each(_card_maker, None, due, options.jobs, _FEWEST_SLOW), start=1):
        found[path] = data
        cache.put("cards", keys[path], data)
        watch.tell("drawing", number, len(due))
    return [Rendered(path, data) for path, data in found.items() if data is not None]


def _card_maker(_setup: None) -> Callable[[CardSpec], tuple[str, bytes]]:
    from site_builder import cards

    def draw(spec: CardSpec) -> tuple[str, bytes]:
        return spec.path, cards.draw_card(cards.Card(*spec[1:4], spec.direction, spec.label))

    return draw


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
