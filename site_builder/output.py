"""The output folder: whole files only, written when they changed, and nothing touched that is not ours.

A file is first made ready beside the others, by any process, and then put in its place, by the one that has the folder.
"""

from __future__ import annotations

import contextlib
import os
import posixpath
import time
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from site_builder.problems import Location, Problem, error

try:
    import fcntl
except ImportError:  # Windows has no such lock; two builds at once are then the editor's to avoid
    fcntl = None  # type: ignore[assignment]

#: The list of files that the builder wrote, one path a line, in the output folder itself.
MANIFEST = ".site-manifest"
#: The folder, in the output folder, of files that wait to be put in their places.
_SCRATCH = ".site-scratch"
#: So long (seconds) a folder is waited for: processes of a build that was killed hold it until they see that.
_PATIENCE = 5.0


class BusyError(Exception):
    """Another build is writing to the same folder."""


class Change(NamedTuple):
    """What a build did to the output folder: numbers of files."""

    written: int
    unchanged: int
    removed: int


class Ready(NamedTuple):
    """A file that can be put in its place: where it waits, or nothing where its place has the same bytes already; its
    size, its time (nanoseconds), and a check sum."""

    waiting: str
    size: int
    time: int
    sum: int


def make_ready(
    root: str, path: str, data: bytes, name: str = "file", left: tuple[int, int, int] | None = None
) -> Ready:
    """Have some bytes wait for their `path` below the folder `root`, under a `name` that no other file waits under.

    Whoever has the folder has called `Output.prepare`. `left` are the size, time and sum of the file there as an
    earlier build left it: if it is that one still, and the sum another, it need not be read. Raises OSError where the
    bytes cannot be written.
    """
    target, check = f"{root}{os.sep}{path}", zlib.crc32(data)
    try:
        there = os.stat(target)  # noqa: PTH116 (as below)
        differs = left is not None and left[2] != check and left[:2] == (there.st_size, there.st_mtime_ns)
        if there.st_size == len(data) and not differs and Path(target).read_bytes() == data:
            return Ready("", len(data), there.st_mtime_ns, check)
    except OSError:
        pass
    waiting = f"{root}{os.sep}{_SCRATCH}{os.sep}{name}"
    try:
        with open(waiting, "wb") as file:  # noqa: PTH123 (done for every file; a Path costs more than opening)
            file.write(data)
        return Ready(waiting, len(data), os.stat(waiting).st_mtime_ns, check)  # noqa: PTH116 (as above)
    except OSError as fault:
        raise OSError(fault.errno, fault.strerror, target) from None


class Output:
    """An output folder that this process alone writes to. Made by `opened`."""

    def __init__(self, root: Path) -> None:
        """Take over `root`, which exists and is locked."""
        self.root = root
        self._own = self._read_manifest()
        self._safe: set[str] = set()
        self._prepared = False
        self.clear()
        #: Whether nothing is there yet that a fault could spoil.
        self.new = not self._own

    def foreign(self, paths: set[str], written: Iterable[str]) -> list[Problem]:
        """Files that stand where the site's files have to go and that no build wrote.

        `paths` are all the site's files, `written` those that are about to be written.
        """
        new = paths - self._own
        folders: set[str] = set()
        for path in new:
            while (path := posixpath.dirname(path)) and path not in folders:
                folders.add(path)
        in_the_way = {path for path in new if (self.root / path).exists()}
        in_the_way |= {path for path in set(written) & self._own if (self.root / path).is_dir()}
        in_the_way |= {path for path in folders - self._own if (self.root / path).is_file()}
        message = "was not written by site-builder and stands in its way"
        hint = "move it away, or choose another --output"
        return [error("foreign-file", message, Location(str(self.root / path)), hint) for path in sorted(in_the_way)]

    def announce(self, paths: Iterable[str]) -> None:
        """Note the files that are about to be written, so that a killed build's files are known to the next."""
        if not self._own.issuperset(paths):
            self._own |= set(paths)
            self._write_manifest(self._own)

    def prepare(self) -> None:
        """Have a place where files can be made ready."""
        if not self._prepared:
            (self.root / _SCRATCH).mkdir(exist_ok=True)
            self._prepared = True

    def write(self, path: str, data: bytes) -> bool:
        """Make a file hold some bytes; says whether it had to be written. Raises OSError where it cannot be."""
        self.prepare()
        return self.place(path, make_ready(str(self.root), path, data))

    def place(self, path: str, ready: Ready) -> bool:
        """Put a file in its place; says whether it was not there already. Raises OSError where it cannot be."""
        if not ready.waiting:
            return False
        self._parent(posixpath.dirname(path))
        target = f"{self.root}{os.sep}{path}"
        try:
            os.replace(ready.waiting, target)  # noqa: PTH105 (as above)
        except OSError as fault:
            raise OSError(fault.errno, fault.strerror, target) from None
        return True

    def finish(self, paths: set[str]) -> int:
        """Remove what an earlier build wrote and this one did not; says how many files that were."""
        stale = self._own - paths
        for path in sorted(stale):
            with contextlib.suppress(FileNotFoundError):
                (self.root / path).unlink()
        self._remove_empty({parent for path in stale for parent in Path(path).parents} - {Path()})
        if stale:
            self._own = set(paths)
            self._write_manifest(self._own)
        self.clear()
        return len(stale)

    def _remove_empty(self, folders: set[Path]) -> None:
        for folder in sorted(folders, key=lambda path: -len(path.parts)):
            with contextlib.suppress(OSError):
                (self.root / folder).rmdir()

    def _parent(self, folder: str) -> None:
        """Make a folder, and be sure that no symbolic link makes it lie elsewhere."""
        if not folder or folder in self._safe:
            return
        self._parent(posixpath.dirname(folder))
        path = f"{self.root}{os.sep}{folder}"
        with contextlib.suppress(FileExistsError):
            os.mkdir(path)  # noqa: PTH102 (as above)
        if os.path.islink(path) and not Path(path).resolve().is_relative_to(self.root):  # noqa: PTH114 (as above)
            raise OSError(f"{path} leads out of the output folder")
        self._safe.add(folder)

    def _read_manifest(self) -> set[str]:
        try:
            text = (self.root / MANIFEST).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return set()
        lines = {*text.split("\n")} - {""}
        if "\n/" not in f"\n{text}" and ".." not in text:
            return lines
        return {line for line in lines if not line.startswith("/") and ".." not in line.split("/")}

    def _write_manifest(self, paths: set[str]) -> None:
        if not paths:
            (self.root / MANIFEST).unlink(missing_ok=True)
            return
        self.write(MANIFEST, "".join(f"{path}\n" for path in sorted(paths)).encode())

    def clear(self) -> None:
        """Throw away what still waits: of a build that broke off, too."""
        scratch = self.root / _SCRATCH
        self._prepared = False
        with contextlib.suppress(OSError):
            if not scratch.is_symlink():
                for waiting in scratch.iterdir():
                    waiting.unlink()
                scratch.rmdir()


@contextlib.contextmanager
def opened(root: Path) -> Iterator[Output]:
    """The output folder, made where missing and locked against other builds. Raises BusyError, or OSError."""
    root.mkdir(parents=True, exist_ok=True)
    root = root.resolve()
    with _locked(root) if fcntl else contextlib.nullcontext():
        output = Output(root)
        try:
            yield output
        finally:
            output.clear()


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    lock = os.open(folder, os.O_RDONLY)
    try:
        last = time.monotonic() + _PATIENCE
        while not _taken(lock):
            if time.monotonic() > last:
                raise BusyError(str(folder))
            time.sleep(0.02)
        yield
    finally:
        os.close(lock)


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        pass  # a file system without locks: as on Windows
    return True
