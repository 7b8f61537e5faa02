"""One build: what it is asked to do, where it finds what it needs, and what it knows so far.

Light to import: a build that finds nothing new needs no more than this.
"""

from __future__ import annotations

import contextlib
import functools
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from site_builder.cache import Cache, LostError, digest
from site_builder.ledger import Keyed, Ledger, Stamps
from site_builder.library import Library, Named, Source, Stamp
from site_builder.places import SEARCH, SETTINGS
from site_builder.theme import theme_files

if TYPE_CHECKING:
    from site_builder.catalog import Catalog
    from site_builder.linking import Vocabulary
    from site_builder.reading.document import Outline

_PACKAGE = Path(__file__).parent


class Shard(NamedTuple):
    """One of `of` disjoint parts of a site, counted from 1. Together they are the whole site, file for file."""

    number: int
    of: int

    def has(self, path: str) -> bool:
        """Whether a file is of this part: decided by its path alone, so that each machine decides alike.

        The search index is made as a whole: all its files are of one part.
        """
        if path.startswith(SEARCH):
            path = SEARCH
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


@dataclass
class Watch:
    """Seconds spent in each stage, and who is told of progress.

    Where many pages are due, those that somebody is looking at are made first: `looked_at` gives their paths, and
    `shown` is called when they are in their places.
    """

    progress: Callable[[str, int, int], None] | None = None
    looked_at: Callable[[], Collection[str]] = tuple
    shown: Callable[[], None] | None = None
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


def theme_folders(options: Options) -> tuple[Path, ...]:
    """Where templates are looked for: the archive's own folder, then the theme that comes with the program."""
    packed = _PACKAGE / "templates"
    theme = packed if packed.is_dir() else _PACKAGE.parent / "templates"
    own = options.templates if options.templates is not None else options.content.resolve().parent / "templates"
    return (own, theme) if own.is_dir() and own.resolve() != theme.resolve() else (theme,)


class Session:
    """One build: what it is asked, where it finds what it needs, and what it has read so far."""

    def __init__(self, options: Options, cache: Cache, ledger: Ledger) -> None:
        """Look at the theme and the settings, and at nothing else yet."""
        self.options, self.cache, self.ledger = options, cache, ledger
        self.folders = theme_folders(options)
        ledger.builder = fingerprint()
        theme = sorted(theme_files(self.folders).items())
        #: Digests of the theme and the builder, and of everything besides the content that a build depends on.
        self.theme = digest(fingerprint(), *(part for name, path in theme for part in (name, path.read_bytes())))
        asked = (options.base_url, options.drafts, options.strict, options.shard, options.search == "never")
        self.asked = digest(self.theme, _settings_bytes(options), *asked)
        self.has: Callable[[str], bool] = options.shard.has if options.shard else lambda _: True
        self.sources: dict[str, Source] = {}
        self.stamps = Stamps(ledger.content)
        self.folders_seen: dict[str, Stamp | None] = {}
        self.outlines: Mapping[str, Outline] = {}
        self.named: Mapping[str, Named] = {}
        self.keyed: dict[str, Keyed] = {}
        self.reading = ""
        #: All files that may have changed since the last build, where that is known; and those of the content to be
        #: looked at, where all others are as they were.
        self.changed: Collection[str] | None = None
        self.few: Collection[str] | None = None
        #: The files of the output that are not as the last build left them, where they were looked at.
        self.spoiled: set[str] | None = None
        #: The shelves of the cache of which all is known that is still wanted.
        self.looked_through: list[str] = []
        #: The catalogue of the last build, where nothing is new but what stands in texts; and the files of these.
        self.since: Catalog | None = None
        self.fresh: Collection[str] = ()
        #: All names by which texts are searched, and a digest of them, where builds of one process follow each other.
        self.vocabulary: tuple[str, Vocabulary] | None = None
        #: What was decided of the archive, and what is to be kept at hand for the next build of this process.
        self.settled: Any = None
        self.last: Any = None
        self.library = Library(cache, "", {}, {}, {})


def _settings_bytes(options: Options) -> bytes:
    try:
        return (options.content / SETTINGS).read_bytes()
    except OSError:
        return b""


Result = TypeVar("Result")


def with_cache(options: Options, ledger: Ledger, work: Callable[[Session], Result]) -> Result:
    """What comes of some work with the cache. Where that proves to be damaged, it is begun anew, and so is the work."""
    for last in (False, True):
        with _kept(options) as cache:
            try:
                return work(Session(options, cache, ledger))
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


# --- The builder itself ----------------------------------------------------------------------------------------------


#: The packages that shape the output.
_PACKAGES = frozenset(
    [
        "arabic_reshaper",
        "babel",
        "brotli",
        "fontpkg",
        "fontpkg_amiri",
        "fontpkg_ibm_plex_sans_arabic",
        "fontpkg_source_serif_4",
        "fonttools",
        "hijridate",
        "jinja2",
        "markdown",
        "nh3",
        "pillow",
        "python_bidi",
        "pyyaml",
        "uharfbuzz",
    ]
)


@functools.cache
def fingerprint() -> str:
    """A digest of the builder itself: its source and the versions of what shapes its output.

    Packages are told by the names of their `.dist-info` folders (packaging.python.org, "Recording installed projects").
    """
    versions = {info for folder in sys.path for info in _installed(folder) if info.partition("-")[0] in _PACKAGES}
    sources = sorted(_PACKAGE.rglob("*.py"))
    parts = (part for path in sources for part in (path.name, path.read_bytes()))
    return digest(sys.version, *sorted(versions), *parts)


def _installed(folder: str) -> list[str]:
    try:
        return [path.stem.lower() for path in Path(folder).iterdir() if path.suffix == ".dist-info"]
    except OSError:
        return []
