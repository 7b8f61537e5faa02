"""What the last build read and wrote, so that the next one can tell at a glance what is new.

A ledger is a note, never the truth: sources count as the same where their stamps (size, times, inode) are, and are
read again where there is any doubt; a ledger that is missing, or of another build, only makes the next build slower.
"""

from __future__ import annotations

import contextlib
import os
import time
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from site_builder.cache import Cache, digest

if TYPE_CHECKING:
    from site_builder.linking import EntityKeys
    from site_builder.mentions import Names
    from site_builder.plan import Page, Read
    from site_builder.problems import Problem
    from site_builder.reading.document import Outline

_SHELF = "ledger"
#: What the ledger knows of each text and page is kept in so many parts, so that an edit rewrites a few of them.
_PARTS = 32
#: A file that changed so shortly before it was looked at may change again within the same tick of the file system's
#: clock: nanoseconds.
_TICK = 20_000_000

#: Size, time of the last change of content and of state (nanoseconds), inode. None stands for nothing sure.
Stamp = tuple[int, int, int, int]


class Stamps:
    """The stamps of the files and folders below a folder. Each is looked at once."""

    def __init__(self, root: Path) -> None:
        """Begin now: what changed just before has no stamp."""
        self._root, self._begun = f"{root}{os.sep}", time.time_ns()
        self._found: dict[str, Stamp | None] = {}

    def get(self, path: str) -> Stamp | None:
        """The stamp; None where there is nothing, or what may change again."""
        if path not in self._found:
            self._found[path] = self._look(self._root + path)
        return self._found[path]

    def _look(self, path: str) -> Stamp | None:
        try:
            found = os.stat(path)  # noqa: PTH116 (called for every file; a Path would cost more than the call)
        except OSError:
            return None
        if max(found.st_mtime_ns, found.st_ctime_ns) > self._begun - _TICK:
            return None
        return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


class Made(NamedTuple):
    """A page of the last build: what it was made from, the numbers of what was read in `reads`."""

    maker: str
    about: tuple[Any, ...]
    reads: bytes


class Source(NamedTuple):
    """A file of the content: its stamp and the digest of its bytes."""

    stamp: Stamp | None
    digest: str


class State(NamedTuple):
    """A file that was written: its size, its time (nanoseconds), and a check sum of its bytes."""

    size: int
    time: int
    sum: int


class Named(NamedTuple):
    """The names found in a text: a digest of the text and of what was known of it, where the cache has what was found,
    and that in short."""

    known: bytes
    key: str
    names: Names


class Keyed(NamedTuple):
    """A record by whose names texts are searched: a digest of the record, and the keys that it shares with texts."""

    meaning: bytes
    keys: EntityKeys


class Glance(NamedTuple):
    """The part of a ledger that says whether anything is new at all.

    `asked` is a digest of the options, settings, theme and builder; `folders` and `sources` are those of the content,
    `outputs` the states of the files that were written.
    """

    asked: str
    folders: dict[str, Stamp | None]
    sources: dict[str, Source]
    outputs: dict[str, State]
    problems: tuple[Problem, ...]
    pages: int


NOTHING = Glance("", {}, {}, {}, (), 0)


class Ledger:
    """All notes of one site: of one content folder, written to one output folder."""

    def __init__(self, content: Path, output: Path) -> None:
        """A ledger in which nothing is noted yet."""
        self.content, self.output = content.resolve(), output.resolve()
        self._key = digest("ledger", self.content, self.output)
        self.forget_all()

    def forget_all(self) -> None:
        """Begin again, with what was last saved: a build that broke off has half changed the notes."""
        self.glance = NOTHING
        self.outlines: dict[str, Outline] = {}
        #: Digests of how texts are read, and of how pages look.
        self.reading, self.look = "", ""
        #: A key of the files beside the pages, and their paths.
        self.small: tuple[str, frozenset[str]] = ("", frozenset())
        #: The same of the search index.
        self.index: tuple[str, frozenset[str]] = ("", frozenset())
        self.states: dict[Read, bytes] = {}
        self.numbers: dict[Read, int] = {}
        self.pages: dict[str, Made] = {}
        #: The names found in each text, and the records that were looked for.
        self.named: dict[str, Named] = {}
        self.keyed: dict[str, Keyed] = {}
        #: What was decided of the archive apart from what its texts say: whoever decides it knows its type.
        self.settled: Any = None
        self._saved_settled: Any = None
        self.unsaved = False
        #: What a builder may keep at hand as long as its process lives. It is never saved.
        self.last: Any = None
        #: What was saved or loaded, to tell what has changed since: in parts by name, and the rest.
        self._saved: dict[str, dict[Any, Any]] = {}
        self._saved_rest: tuple[Any, ...] = ()

    @contextlib.contextmanager
    def trial(self) -> Iterator[None]:
        """Forget all if the `with` block is left by an exception."""
        try:
            yield
        except BaseException:
            self.forget_all()
            raise

    # --- At a glance

    def load_glance(self, cache: Cache) -> None:
        """Take up the first part of what was noted."""
        found = cache.load(_SHELF, self._key)
        if isinstance(found, Glance):
            self.glance = found

    def nothing_new(self, asked: str, stamps: Stamps) -> bool:
        """Whether every source and every file written is as the last build left it."""
        glance = self.glance
        return (
            bool(asked)
            and glance.asked == asked
            and self.same_folders(stamps)
            and all(known.stamp and stamps.get(path) == known.stamp for path, known in glance.sources.items())
            and not self.spoiled(glance.outputs)
        )

    def same_folders(self, stamps: Stamps) -> bool:
        """Whether every folder of the content has the names that the last build saw in it."""
        folders = self.glance.folders
        return bool(folders) and all(known and stamps.get(path) == known for path, known in folders.items())

    def spoiled(self, paths: Iterable[str]) -> set[str]:
        """Those of the files that a build wrote that are not as it left them.

        A file of another time is read: an output folder that was put away and fetched again has the same bytes.
        """
        root, outputs = f"{self.output}{os.sep}", self.glance.outputs
        found = set()
        for path in paths:
            known, there = outputs.get(path), _size_and_time(root + path)
            if known is None or there is None or there[0] != known.size:
                found.add(path)
            elif there[1] != known.time:
                now = state(root + path, Path(root + path).read_bytes())
                if now is None or now.sum != known.sum:
                    found.add(path)
                else:
                    outputs[path] = now
        return found

    # --- In full

    def load(self, cache: Cache) -> None:
        """Take up the rest of what was noted."""
        if self._saved:
            return
        self.outlines = self._load_parts(cache, "outlines")
        self.named = self._load_parts(cache, "named")
        kept = cache.load(_SHELF, f"{self._key}.rest")
        if isinstance(kept, tuple):
            self.numbers, self.reading, self.look, self.small, self.index, self.keyed = kept
            self._saved_rest = (len(self.numbers), *kept[1:])
            self.states = self._load_parts(cache, "states")
            self.pages = self._load_parts(cache, "pages")

    def load_settled(self, cache: Cache) -> Any:
        """What was decided of the archive apart from what its texts say; None where that is not known."""
        if self.settled is None:
            self.settled = self._saved_settled = cache.load(_SHELF, f"{self._key}.settled")
        return self.settled

    def _load_parts(self, cache: Cache, name: str) -> dict[Any, Any]:
        """What was kept under a name, by path or by what can be read; where a part is lost, nothing."""
        found: dict[Any, Any] = {}
        for part in range(_PARTS):
            kept = cache.load(_SHELF, f"{self._key}.{name}.{part}")
            if isinstance(kept, dict):
                found |= kept
        self._saved[name] = dict(found)
        return found

    def _save_parts(self, cache: Cache, name: str, values: Mapping[Any, Any]) -> None:
        """Keep values by their paths, or by what can be read: those parts in which something is new."""
        saved = self._saved.get(name, {})
        stale = {_part(key) for key, value in values.items() if value is not saved.get(key)}
        stale |= {_part(key) for key in saved.keys() - values.keys()}
        parts: dict[int, dict[Any, Any]] = {part: {} for part in stale}
        for key, value in values.items() if stale else ():
            if (part := _part(key)) in parts:
                parts[part][key] = value
        for part, those in parts.items():
            cache.save(_SHELF, f"{self._key}.{name}.{part}", those)
        self._saved[name] = dict(values)

    def save(self, cache: Cache) -> None:
        """Keep what is noted."""
        if len(self.numbers) > 2 * len(self.states) + 1000:
            self._renumber()
        cache.save(_SHELF, self._key, self.glance)
        self.unsaved = False
        beside = (self.reading, self.look, self.small, self.index, self.keyed)
        # Numbers are added, and never another's.
        if self._saved_rest != (len(self.numbers), *beside):
            cache.save(_SHELF, f"{self._key}.rest", (self.numbers, *beside))
            self._saved_rest = (len(self.numbers), *beside)
        self._save_parts(cache, "outlines", self.outlines)
        self._save_parts(cache, "named", self.named)
        self._save_parts(cache, "states", self.states)
        self._save_parts(cache, "pages", self.pages)
        if self.settled is not self._saved_settled:
            cache.save(_SHELF, f"{self._key}.settled", self.settled)
            self._saved_settled = self.settled

    def _renumber(self) -> None:
        """Give numbers anew to what is still read: those of what is gone would pile up."""
        self._saved_rest = ()
        names = {number: read for read, number in self.numbers.items()}
        self.numbers = {}
        for path, made in self.pages.items():
            reads = [names[number] for number in memoryview(made.reads).cast("I")]
            numbers = [self.numbers.setdefault(read, len(self.numbers)) for read in reads]
            self.pages[path] = made._replace(reads=array("I", numbers).tobytes())
        for read in self.states:
            self.numbers.setdefault(read, len(self.numbers))

    # --- Pages

    def changed(self, states: Mapping[Read, bytes]) -> set[int]:
        """The numbers of what is another now than when the pages were made; takes over the new states."""
        old = self.states
        new = {read for read, value in states.items() if old.get(read) != value}
        new |= {read for read in old if read not in states}
        for read in states:
            self.numbers.setdefault(read, len(self.numbers))
        # What was looked for in vain has a number and no state.
        self.states = dict(states)
        return {self.numbers[read] for read in new if read in self.numbers}

    def changed_by(self, changes: Mapping[Read, bytes | None]) -> set[int]:
        """The same from what is another now, None where it is gone."""
        found = set()
        for read, value in changes.items():
            if self.states.get(read) == value:
                continue
            found.add(self.numbers.setdefault(read, len(self.numbers)))
            if value is None:
                del self.states[read]
            else:
                self.states[read] = value
        return found

    def due(self, page: Page, changed: set[int]) -> bool:
        """Whether a page has to be made again."""
        made = self.pages.get(page.path)
        if made is None or made.maker != page.maker or made.about != page.about:
            return True
        return not changed.isdisjoint(memoryview(made.reads).cast("I"))

    def note(self, page: Page, numbers: bytes, others: Iterable[Read]) -> None:
        """Note what a page was made from: the numbers of what it read, and what has none yet."""
        new = [self.numbers.setdefault(read, len(self.numbers)) for read in others]
        self.pages[page.path] = Made(page.maker, page.about, numbers + array("I", new).tobytes())

    def forget(self, paths: set[str]) -> None:
        """Drop the notes of pages that are not among `paths`."""
        for path in self.pages.keys() - paths:
            del self.pages[path]


def state(path: str, data: bytes) -> State | None:
    """The state of a file that holds some bytes; None where there is none."""
    found = _size_and_time(path)
    return State(*found, zlib.crc32(data)) if found else None


def _size_and_time(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 (as above)
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns)


def _part(key: str | Read) -> int:
    """The part in which something is kept, by its path, or with all of its mapping: the same in every process."""
    name = key if isinstance(key, str) else key[0]
    return zlib.crc32(name.encode("utf-8", "surrogatepass")) % _PARTS
