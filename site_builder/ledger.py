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
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from site_builder.cache import Cache, LostError, digest, pickled, unpickled
from site_builder.kept import Kept, changed, part_of, parts_for, whole
from site_builder.library import Source, Stamp
from site_builder.places import IGNORED

if TYPE_CHECKING:
    from site_builder.library import Named
    from site_builder.linking import EntityKeys
    from site_builder.plan import Page, Read
    from site_builder.problems import Problem
    from site_builder.reading.document import Outline

#: What the name of a ledger's shelf in the cache begins with, and the key of what is loaded first.
_SHELF, _HEAD = "ledger ", "head"
#: What the names of the tables of the catalogue begin with.
_CATALOG = "catalog."
#: So many values are looked for in what all pages read; for more it pays to look through each page's.
_FEW_VALUES = 32
#: A file that changed so shortly before it was looked at may change again within the same tick of the file system's
#: clock: nanoseconds.
_TICK = 20_000_000


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


class State(NamedTuple):
    """A file that was written: its size, its time (nanoseconds), and a check sum of its bytes."""

    size: int
    time: int
    sum: int


class Keyed(NamedTuple):
    """A record by whose names texts are searched: a digest of the record, and the keys that it shares with texts."""

    meaning: bytes
    keys: EntityKeys


class Glance(NamedTuple):
    """The part of a ledger that says whether anything is new at all.

    `asked` is a digest of the options, settings, theme and builder; `folders` and `sources` are those of the content,
    `outputs` the states of the files that were written. `edits` are the builds since all that the cache has was looked
    through.
    """

    asked: str
    folders: dict[str, Stamp | None]
    sources: dict[str, Source]
    outputs: dict[str, State]
    problems: tuple[Problem, ...]
    pages: int
    edits: int


NOTHING = Glance("", {}, {}, {}, (), 0, 0)


class _Head(NamedTuple):
    """A ledger as the cache has it: the glance, its sources and outputs in columns, which load at once; and of each
    table the digests of its parts, by which the cache has them. So nothing of another state is ever taken for this one.
    """

    glance: Glance
    sources: tuple[list[str], list[str], list[bool], list[int]]
    outputs: tuple[list[str], list[int]]
    tables: dict[str, tuple[str, ...]]


def _head(glance: Glance, tables: dict[str, tuple[str, ...]]) -> _Head:
    sources, outputs = glance.sources.values(), glance.outputs.values()
    known = [source.stamp is not None for source in sources]
    stamps = [number for source in sources for number in source.stamp or ()]
    return _Head(
        glance._replace(sources={}, outputs={}),
        (list(glance.sources), [source.digest for source in sources], known, stamps),
        (list(glance.outputs), [number for one in outputs for number in one]),
        tables,
    )


def _glance(head: _Head) -> Glance:
    paths, digests, known, numbers = head.sources
    stamps = _rows(numbers, 4)
    sources = (Source(next(stamps) if has else None, sum_) for has, sum_ in zip(known, digests, strict=True))
    written, states = head.outputs
    return head.glance._replace(
        sources=dict(zip(paths, sources, strict=True)),
        outputs=dict(zip(written, map(State._make, _rows(states, 3)), strict=True)),
    )


def _rows(numbers: Iterable[int], columns: int) -> Iterator[Any]:
    """Rows of so many numbers."""
    return zip(*[iter(numbers)] * columns, strict=True)


class _Table(NamedTuple):
    """Where the cache has the parts of a table."""

    cache: Cache
    shelf: str
    name: str
    sums: tuple[str, ...]

    def load(self, number: int) -> Any:
        """A part of it. Where it is lost, so is the ledger: LostError is raised."""
        found = self.cache.load(self.shelf, f"{self.name}.{number}.{self.sums[number]}")
        if found is None:
            raise LostError
        return found


class Ledger:
    """All notes of one site: of one content folder, written to one output folder."""

    def __init__(self, content: Path, output: Path, lasting: bool = True) -> None:
        """A ledger in which nothing is noted yet.

        It may be `lasting`, for one build after the other: then all is loaded at once. Else what there is of each file
        and page is loaded where it is looked at.
        """
        self.content, self.output = content.resolve(), output.resolve()
        self._lasting = lasting
        self._shelf = _SHELF + digest(self.content, self.output)
        #: A digest of the builder: what another one has noted counts for nothing.
        self.builder = ""
        self.forget_all()

    def forget_all(self) -> None:
        """Begin again, with what was last saved: a build that broke off has half changed the notes."""
        self.glance = NOTHING
        self.outlines: Mapping[str, Outline] = {}
        #: Digests of how texts are read, and of how pages look.
        self.reading, self.look = "", ""
        #: A key of the files beside the pages, and their paths.
        self.small: tuple[str, frozenset[str]] = ("", frozenset())
        #: The same of the search index.
        self.index: tuple[str, frozenset[str]] = ("", frozenset())
        self.states: Mapping[Read, bytes] = {}
        self.numbers: dict[Read, int] = {}
        self.pages: dict[str, Made] = {}
        #: The names found in each text, and the records that were looked for.
        self.named: Mapping[str, Named] = {}
        self.keyed: dict[str, Keyed] = {}
        #: The mappings of the catalogue, by name.
        self.catalog: dict[str, Mapping[Any, Any]] = {}
        #: What was decided of the archive apart from what its texts say: whoever decides it knows its type.
        self.settled: Any = None
        self._saved_settled: Any = None
        self.unsaved = False
        #: What a builder may keep at hand as long as its process lives. It is never saved.
        self.last: Any = None
        self._loaded = False
        #: The digests of the parts of what was saved or loaded, by the names of tables; None where nothing was yet.
        self._tables: dict[str, tuple[str, ...]] | None = None
        #: What was saved or loaded, to tell what has changed since: in tables by name, and the rest.
        self._saved: dict[str, Mapping[Any, Any]] = {}
        self._saved_rest: tuple[Any, ...] = ()
        #: What is another in the catalogue than what was saved.
        self._news: set[Read] = set()

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
        if self._tables is None:
            self._tables = {}
            builder, head = cache.load(self._shelf, _HEAD) or ("", b"")
            if builder == self.builder and (found := unpickled(head)):
                self.glance, self._tables = _glance(found), found.tables

    def news(self, asked: str, stamps: Stamps) -> tuple[set[str], set[str]] | None:
        """The sources that may be others than at the last build, and the files written that are not as it left them.

        None where more is new than what stands in files.
        """
        glance = self.glance
        if not asked or glance.asked != asked or not self.same_folders(stamps):
            return None
        sources = {path for path, known in glance.sources.items() if not known.stamp or stamps.get(path) != known.stamp}
        return sources, self.spoiled(glance.outputs)

    def same_folders(self, stamps: Stamps) -> bool:
        """Whether every folder of the content has the names that the last build saw in it.

        Only one of another stamp is listed: many editors put a new file in the place of the old one.
        """
        folders = self.glance.folders
        other = [path for path, known in folders.items() if not known or stamps.get(path) != known]
        names: dict[str, set[str]] = {path: set() for path in other}
        for path in (*self.glance.sources, *(f"{path}/" for path in folders if path)) if other else ():
            folder = path.rstrip("/").rpartition("/")[0]
            if folder in names:
                names[folder].add(path.removeprefix(f"{folder}/"))
        return bool(folders) and all(_names_in(f"{self.content}{os.sep}{path}") == names[path] for path in other)

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
        self.load_glance(cache)
        if self._loaded or not self._tables:
            return
        self._loaded = True
        self._saved = {name: self._table(cache, name) for name in self._tables if name not in ("rest", "settled")}
        for name in self._saved if self._lasting else ("pages",):
            self._saved[name] = whole(self._saved[name])
        self.outlines, self.named = self._saved["outlines"], self._saved["named"]
        self.states, self.pages = self._saved["states"], dict(self._saved["pages"])
        self.catalog = {name[len(_CATALOG) :]: of for name, of in self._saved.items() if name.startswith(_CATALOG)}
        kept = self._part(cache, "rest").load(0)
        self.numbers, self.reading, self.look, self.small, self.index, self.keyed = kept
        self._saved_rest = (len(self.numbers), *kept[1:])

    def load_whole(self) -> None:
        """Have what there is of every file and page at hand: most of it is going to be looked at."""
        self.outlines = self._saved["outlines"] = whole(self.outlines)
        self.named = self._saved["named"] = whole(self.named)

    def load_settled(self, cache: Cache) -> Any:
        """What was decided of the archive apart from what its texts say; None where that is not known."""
        if self.settled is None and self._tables:
            self.settled = self._saved_settled = self._part(cache, "settled").load(0)
        return self.settled

    def _part(self, cache: Cache, name: str) -> _Table:
        assert self._tables is not None
        return _Table(cache, self._shelf, name, self._tables[name])

    def _table(self, cache: Cache, name: str) -> Kept[Any, Any]:
        parts = self._part(cache, name)
        return Kept(parts.load, len(parts.sums) - 1)

    def save(self, cache: Cache) -> None:
        """Keep what is noted."""
        if len(self.numbers) > 2 * len(self.states) + 1000:
            self._renumber()
        before = self._kept()
        self._tables = dict(self._tables or {})
        # Numbers are added, and never another's.
        rest = (self.reading, self.look, self.small, self.index, self.keyed)
        if self._saved_rest != (len(self.numbers), *rest):
            self._save_part(cache, "rest", (self.numbers, *rest))
            self._saved_rest = (len(self.numbers), *rest)
        if self.settled is not self._saved_settled:
            self._save_part(cache, "settled", self.settled)
            self._saved_settled = self.settled
        tables: dict[str, Mapping[Any, Any]] = {
            "outlines": self.outlines,
            "named": self.named,
            "states": self.states,
            "pages": self.pages,
        }
        for name, values in tables.items():
            saved = self._saved.get(name, {})
            other_keys = not isinstance(values, Kept) and values.keys() != saved.keys()
            self._save_table(cache, name, values, self._others(name, values), other_keys)
            self._saved[name] = values if isinstance(values, Kept) else dict(values)
        for name, values in self.catalog.items():
            others = {key for of, key in self._news if of == name}
            self._save_table(cache, _CATALOG + name, values, others, None in others)
        self._news = set()
        cache.save(self._shelf, _HEAD, (self.builder, pickled(_head(self.glance, self._tables))))
        cache.drop(self._shelf, before - self._kept())
        if not before:
            cache.collect([self._shelf])
        self.unsaved = False

    def _kept(self) -> set[str]:
        """The keys of all parts of tables."""
        tables = self._tables or {}
        return {f"{name}.{n}.{sum_}" for name, sums in tables.items() for n, sum_ in enumerate(sums)}

    def _others(self, name: str, values: Mapping[Any, Any]) -> Collection[Any]:
        """The keys whose values in a table are others than were saved."""
        if isinstance(values, Kept):
            return values.changes
        saved = self._saved.get(name, {})
        found = {key for key, value in values.items() if (old := saved.get(key)) is not value and old != value}
        return found | (saved.keys() - values.keys())

    def _save_table(
        self, cache: Cache, name: str, values: Mapping[Any, Any], others: Collection[Any], other_keys: bool
    ) -> None:
        """Keep a table: those parts of it that have any of the keys whose values are `others`, and the keys if those
        are others."""
        assert self._tables is not None
        sums = list(self._tables.get(name, ()))
        count = len(sums) - 1
        if not isinstance(values, Kept):
            if count != parts_for(len(values)):
                count, others = parts_for(len(values)), values
                sums = [""] * (count + 1)
            if other_keys or not sums[count]:
                self._save_one(cache, name, sums, count, tuple(values))
        parts: dict[int, dict[Any, Any]] = {number: {} for number in {part_of(key, count) for key in others}}
        if isinstance(values, Kept):
            parts = {number: values.part(number) for number in parts}
        else:
            for key in values if parts else ():
                if (number := part_of(key, count)) in parts:
                    parts[number][key] = values[key]
        for number in range(count):
            if number in parts or not sums[number]:
                self._save_one(cache, name, sums, number, parts.get(number, {}))
        self._tables[name] = tuple(sums)

    def _save_part(self, cache: Cache, name: str, value: object) -> None:
        """Keep something that is no table."""
        assert self._tables is not None
        sums = [*self._tables.get(name, ("",))]
        self._save_one(cache, name, sums, 0, value)
        self._tables[name] = tuple(sums)

    def _save_one(self, cache: Cache, name: str, sums: list[str], number: int, value: object) -> None:
        """Keep a part under its digest, which is noted in `sums`."""
        data = pickled(value)
        if (now := digest(data)) != sums[number]:
            cache.put(self._shelf, f"{name}.{number}.{now}", data)
            sums[number] = now

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
        old = whole(self.states)
        new = {read for read, value in states.items() if old.get(read) != value}
        new |= {read for read in old if read not in states}
        for read in states:
            self.numbers.setdefault(read, len(self.numbers))
        # What was looked for in vain has a number and no state.
        self.states = dict(states)
        self._news |= new
        return {self.numbers[read] for read in new if read in self.numbers}

    def changed_by(self, changes: Mapping[Read, bytes | None]) -> set[int]:
        """The same from what is another now, None where it is gone."""
        other = {read: value for read, value in changes.items() if self.states.get(read) != value}
        now = {read: value for read, value in other.items() if value is not None}
        if all(read in self.states for read in now) and len(now) == len(other):
            self.states = changed(self.states, now)
        else:
            kept = whole(self.states).items()
            self.states = {read: value for read, value in kept if read not in other} | now
        self._news.update(other)
        return {self.numbers.setdefault(read, len(self.numbers)) for read in other}

    def due(self, page: Page, changed: set[int]) -> bool:
        """Whether a page has to be made again."""
        made = self.pages.get(page.path)
        if made is None or made.maker != page.maker or made.about != page.about:
            return True
        return _reads_any(made, changed)

    def readers(self, changed: set[int]) -> set[str]:
        """The paths of the pages that read any of what is another now."""
        if len(changed) > _FEW_VALUES:
            return {path for path, made in self.pages.items() if _reads_any(made, changed)}
        found = set()
        reads = [made.reads for made in self.pages.values()]
        together, ends, paths = b"".join(reads), list(accumulate(map(len, reads))), list(self.pages)
        for number in changed:
            data = array("I", [number]).tobytes()
            place = together.find(data)
            while place >= 0:
                # Bytes of two numbers side by side may look like those of a third.
                at = bisect_right(ends, place)
                if place % len(data) == 0:
                    found.add(paths[at])
                    place = ends[at] - 1
                place = together.find(data, place + 1)
        return found

    def note(self, page: Page, numbers: bytes, others: Iterable[Read]) -> None:
        """Note what a page was made from: the numbers of what it read, and what has none yet."""
        new = [self.numbers.setdefault(read, len(self.numbers)) for read in others]
        self.pages[page.path] = Made(page.maker, page.about, numbers + array("I", new).tobytes())

    def forget(self, paths: set[str]) -> None:
        """Drop the notes of pages that are not among `paths`."""
        for path in self.pages.keys() - paths:
            del self.pages[path]


def _reads_any(made: Made, changed: set[int]) -> bool:
    return not changed.isdisjoint(memoryview(made.reads).cast("I"))


def _names_in(folder: str) -> set[str] | None:
    """The names of what may be of the archive in a folder, those of folders with a slash at their end; None where it
    takes a closer look."""
    try:
        with os.scandir(folder) as entries:
            found = [entry for entry in entries if not IGNORED.match(entry.name)]
            linked = any(entry.is_symlink() for entry in found)
            return None if linked else {f"{entry.name}/" if entry.is_dir() else entry.name for entry in found}
    except OSError:
        return None


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
