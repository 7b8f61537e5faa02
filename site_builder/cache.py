"""What earlier builds worked out, kept on disk by the digest of all that went into it.

Deleting the cache costs time and nothing else: what is missing, cut short, foreign or of another version is as if it
had never been kept. Values are pickled, and only this package's own plain types are ever unpickled.

One SQLite file holds everything: ten thousand small files would cost more to open than their contents to compute.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar

_DIGEST_SIZE = 16
_SUM_SIZE = 4
_FILE = "kept.sqlite"
#: Other than this in the file's header, and it is not ours, or of another make.
_MARK = 0x53420001
#: Milliseconds that one build waits for another to have written.
_PATIENCE = 10_000


def digest(*parts: object) -> str:
    """A key made of texts and bytes: BLAKE2b, 128 bits, hexadecimal. Other values count by their `repr`."""
    state = hashlib.blake2b(digest_size=_DIGEST_SIZE)
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.hexdigest()


class LostError(Exception):
    """What this very build kept is not there any more: the cache is damaged, or its disk is full."""


class Cache:
    """A folder of digests and what they stand for. Without a folder nothing is found and nothing is kept.

    A process that was forked may go on using it: each has a connection of its own.
    """

    def __init__(self, root: Path | None) -> None:
        """Open the cache at `root`; the folder is made when something is first kept."""
        self._root = root
        self._used: dict[str, set[str]] = {}
        self._connection: sqlite3.Connection | None = None
        self._process = 0

    def __getstate__(self) -> Path | None:
        """What another process needs in order to open it."""
        return self._root

    def __setstate__(self, root: Path | None) -> None:
        """Open what another process had open."""
        Cache.__init__(self, root)

    def get(self, shelf: str, key: str) -> bytes | None:
        """The bytes kept under a key, or None."""
        self._used.setdefault(shelf, set()).add(key)
        rows = self._ask(self._connected(), "SELECT value FROM kept WHERE shelf = ? AND key = ?", shelf, key)
        return _checked(key, rows[0][0]) if rows else None

    def items(self, shelf: str) -> Iterator[tuple[str, bytes]]:
        """What is kept on a shelf, with its keys, as far as it can be read. It is not all in memory at once."""
        connection = self._connected()
        with contextlib.suppress(sqlite3.Error):
            rows = connection.execute("SELECT key, value FROM kept WHERE shelf = ?", (shelf,)) if connection else ()
            for key, entry in rows:
                if (value := _checked(key, entry)) is not None:
                    yield key, value

    def put(self, shelf: str, key: str, value: bytes) -> None:
        """Keep bytes under a key. A full disk or a folder that cannot be written costs the entry, not the build."""
        self._used.setdefault(shelf, set()).add(key)
        entry = (shelf, key, _sum(key, value) + value)
        self._ask(self._connected(make=True), "INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", *entry)

    def load(self, shelf: str, key: str) -> Any:
        """The value kept under a key by `save`, or None."""
        data = self.get(shelf, key)
        return None if data is None else unpickled(data)

    def save(self, shelf: str, key: str, value: object) -> None:
        """Keep a value made of this package's named tuples and dataclasses and of plain ones."""
        self.put(shelf, key, pickled(value))

    def use(self, shelf: str, keys: Iterable[str]) -> None:
        """Note that entries are still wanted, though this build has not looked at them."""
        self._used.setdefault(shelf, set()).update(keys)

    def collect(self, shelves: Iterable[str]) -> None:
        """Delete from some shelves what this build neither found, nor kept, nor noted."""
        for shelf in shelves:
            there = {key for (key,) in self._ask(self._connected(), "SELECT key FROM kept WHERE shelf = ?", shelf)}
            self.drop(shelf, there - self._used.get(shelf, set()))

    def drop(self, shelf: str, keys: Iterable[str]) -> None:
        """Delete some entries."""
        for key in keys:
            self._ask(self._connected(), "DELETE FROM kept WHERE shelf = ? AND key = ?", shelf, key)

    def works(self) -> bool:
        """Whether anything can be kept at all."""
        return bool(self._ask(self._connected(make=True), "SELECT 1"))

    def clear(self) -> None:
        """Throw everything away."""
        if self._connection and self._process == os.getpid():
            self._connection.close()
        self._connection = None
        if self._root is not None:
            _delete(self._root)

    def commit(self) -> None:
        """Make what was kept so far outlast this process, and seen by others."""
        if self._connection and self._process == os.getpid():
            with contextlib.suppress(sqlite3.Error):
                self._connection.commit()

    @contextlib.contextmanager
    def closing(self) -> Iterator[Cache]:
        """The cache, for a `with` block at whose end it is closed."""
        try:
            yield self
        finally:
            self.commit()
            if self._connection and self._process == os.getpid():
                with contextlib.suppress(sqlite3.Error):
                    self._connection.close()
            self._connection = None

    def _ask(self, connection: sqlite3.Connection | None, question: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows that answer; none where the file does not work, which is then begun anew."""
        if connection is None:
            return []
        try:
            return connection.execute(question, values).fetchall()
        except sqlite3.OperationalError:  # locked, full, or a table that is not there
            return []
        except sqlite3.DatabaseError:
            connection.close()
            self._connection = None
            if self._root is not None:
                _delete(self._root)
            return []

    def _connected(self, make: bool = False) -> sqlite3.Connection | None:
        """The connection of this process, if there is a file to connect to; `make` makes one."""
        if self._process != os.getpid():
            # A connection that a fork brought along is its parent's: it is not used here, and not closed either.
            self._left, self._process, self._connection = self._connection, os.getpid(), None
        if self._connection is None and self._root is not None and (make or (self._root / _FILE).exists()):
            self._connection = self._opened(self._root)
        return self._connection

    def _opened(self, root: Path) -> sqlite3.Connection | None:
        try:
            root.mkdir(parents=True, exist_ok=True)
            for _ in range(2):
                connection = sqlite3.connect(root / _FILE, timeout=_PATIENCE / 1000, check_same_thread=False)
                try:
                    return self._prepared(connection)
                except sqlite3.DatabaseError as fault:
                    connection.close()
                    if isinstance(fault, sqlite3.OperationalError) and "malformed" not in str(fault):
                        return None
                    _delete(root)
        except (OSError, sqlite3.Error):
            pass
        return None

    @staticmethod
    def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
        if tables and mark != _MARK:
            raise sqlite3.DatabaseError("of another make")
        # A log beside the file keeps it whole if the process is killed, and lets others read meanwhile.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")
        if not tables:
            connection.execute(f"PRAGMA application_id = {_MARK}")
            connection.execute("CREATE TABLE IF NOT EXISTS kept (shelf TEXT, key TEXT, value BLOB)")
            connection.execute("CREATE UNIQUE INDEX IF NOT EXISTS kept_key ON kept (shelf, key)")
            connection.commit()
        return connection


def _sum(key: str, value: bytes) -> bytes:
    """A check sum of an entry: a file can be damaged where SQLite does not notice."""
    return zlib.crc32(value, zlib.crc32(key.encode())).to_bytes(_SUM_SIZE, "big")


def _checked(key: str, entry: object) -> bytes | None:
    """The value of an entry; None where it is damaged."""
    if not isinstance(entry, bytes):
        return None
    check, value = entry[:_SUM_SIZE], entry[_SUM_SIZE:]
    return value if _sum(key, value) == check else None


def _delete(root: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            (root / (_FILE + ending)).unlink()


def pickled(value: object) -> bytes:
    """A value made of this package's named tuples and dataclasses and of plain ones, for `unpickled`."""
    stream = io.BytesIO()
    _Pickler(stream, protocol=5).dump(value)
    return stream.getvalue()


class _Pickler(pickle.Pickler):
    """Named tuples as tuples of some type: pickle's own way calls functions of theirs in Python, for each of them."""

    def reducer_override(self, value: object) -> Any:
        if isinstance(value, tuple):
            return tuple.__new__, (type(value), tuple(value))
        return NotImplemented


def unpickled(data: bytes) -> Any:
    """The value that was pickled; None where it is none of this package's."""
    try:
        return _Unpickler(io.BytesIO(data)).load()
    except Exception:  # a foreign pickle can fail in any way, and each means "not kept"
        return None


def _new_tuple(owner: object, name: object) -> Any:
    """`tuple.__new__`, for which a pickle asks with `getattr`; that gives nothing else here."""
    if owner is tuple and name == "__new__":
        return tuple.__new__
    raise pickle.UnpicklingError(f"{owner}.{name} is not kept here")


_PLAIN: dict[str, Any] = {"frozenset": frozenset, "tuple": tuple, "getattr": _new_tuple}


class _Unpickler(pickle.Unpickler):
    #: The types found so far: most values are of the same few.
    _found: ClassVar[dict[tuple[str, str], Any]] = {("builtins", name): value for name, value in _PLAIN.items()}

    def find_class(self, module: str, name: str) -> Any:
        known = self._found.get((module, name))
        if known is not None:
            return known
        # A dotted name, or a name that a module has only imported, would lead to other code than this package's own.
        if module.startswith("site_builder.") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                self._found[module, name] = found
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not kept here")
