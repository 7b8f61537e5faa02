"""What the last build read and wrote, so that the next one can tell at a glance what is new.

A ledger is a note, never the truth: sources count as the same where their stamps (size, times, inode) are, and are
read again where there is any doubt; a ledger that is missing, or of another build, only makes the next build slower.
"""

from __future__ import annotations

import contextlib
import os
import time
from array import array
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from site_builder.cache import Cache, digest
from site_builder.plan import Page, Read
from site_builder.problems import Problem
from site_builder.reading.document import Outline

_SHELF = "ledger"
#: Outlines are kept in so many parts, so that an edit rewrites one of them.
_PARTS = 32
#: A file that changed so shortly before it was looked at may change again within the same tick of the file system's
#: clock: nanoseconds.
_TICK = 20_000_000

#: Size, time of the last change of content and of state (nanoseconds), inode. None stands for nothing sure.
Stamp = tuple[int, int, int, int]


def stamp(path: str | Path, now: int) -> Stamp | None:
    """The stamp of a file or folder; None where it is not there, or changed just before `now` (nanoseconds)."""
    try:
        found = os.stat(path)  # noqa: PTH116 (called for every file; a Path would cost more than the call)
    except OSError:
        return None
    if max(found.st_mtime_ns, found.st_ctime_ns) > now - _TICK:
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


class Glance(NamedTuple):
    """The part of a ledger that says whether anything is new at all.

    `asked` is a digest of the options, settings, theme and builder; `folders` and `sources` are those of the content,
    `outputs` the sizes and times of the files that were written.
    """

    asked: str
    folders: dict[str, Stamp | None]
    sources: dict[str, Source]
    outputs: dict[str, tuple[int, int] | None]
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
        self.states: dict[Read, bytes] = {}
        self.numbers: dict[Read, int] = {}
        self.pages: dict[str, Made] = {}
        self._loaded = False
        self._saved: dict[str, Outline] = {}

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

    def nothing_new(self, asked: str) -> bool:
        """Whether every source and every file written is as the last build left it."""
        glance, now = self.glance, time.time_ns()
        if not asked or glance.asked != asked:
            return False
        root = f"{self.content}{os.sep}"
        return (
            all(known and stamp(root + path, now) == known for path, known in glance.folders.items())
            and all(known.stamp and stamp(root + path, now) == known.stamp for path, known in glance.sources.items())
            and not self.spoiled(glance.outputs)
        )

    def spoiled(self, paths: Iterable[str]) -> set[str]:
        """Those of the files that a build wrote that are not as it left them."""
        root, outputs = f"{self.output}{os.sep}", self.glance.outputs
        return {path for path in paths if state(root + path) != outputs.get(path)}

    # --- In full

    def load(self, cache: Cache) -> None:
        """Take up the rest of what was noted."""
        if self._loaded:
            return
        self._loaded = True
        for part in range(_PARTS):
            found = cache.load(_SHELF, f"{self._key}.outlines.{part}")
            if isinstance(found, dict):
                self.outlines |= found
        self._saved = self.outlines
        kept = cache.load(_SHELF, f"{self._key}.pages")
        if isinstance(kept, tuple):
            self.reading, self.look, self.small, self.states, self.numbers, self.pages = kept

    def save(self, cache: Cache) -> None:
        """Keep what is noted."""
        if len(self.numbers) > 2 * len(self.states) + 1000:
            self._renumber()
        cache.save(_SHELF, self._key, self.glance)
        pages = (self.reading, self.look, self.small, self.states, self.numbers, self.pages)
        cache.save(_SHELF, f"{self._key}.pages", pages)
        parts: dict[int, dict[str, Outline]] = {part: {} for part in range(_PARTS)}
        for path, outline in self.outlines.items():
            parts[_part(path)][path] = outline
        saved = self._saved
        stale = {_part(path) for path in self.outlines if self.outlines[path] is not saved.get(path)}
        stale |= {_part(path) for path in saved if path not in self.outlines}
        for part in stale:
            cache.save(_SHELF, f"{self._key}.outlines.{part}", parts[part])
        self._saved = self.outlines

    def _renumber(self) -> None:
        """Give numbers anew to what is still read: those of what is gone would pile up."""
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


def state(path: str) -> tuple[int, int] | None:
    """The size and time (nanoseconds) of a file that was written; None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 (as above)
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns)


def _part(path: str) -> int:
    """The part in which an outline is kept: the same in every process."""
    return sum(path.encode("utf-8", "surrogatepass")) % _PARTS
