"""What earlier builds worked out, kept on disk by the digest of all that went into it.

Deleting the cache costs time and nothing else: what is missing, cut short, foreign or of another version is as if it
had never been kept. Values are pickled, and only this package's own plain types are ever unpickled.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_DIGEST_SIZE = 16


def digest(*parts: object) -> str:
    """A key made of texts and bytes: BLAKE2b, 128 bits, hexadecimal. Other values count by their `repr`."""
    state = hashlib.blake2b(digest_size=_DIGEST_SIZE)
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.hexdigest()


class Cache:
    """A folder of digests and what they stand for. Without a folder nothing is found and nothing is kept."""

    def __init__(self, root: Path | None) -> None:
        """Open the cache at `root`; the folder is made when something is first kept."""
        self._root = root
        self._used: dict[str, set[str]] = {}

    def get(self, shelf: str, key: str) -> bytes | None:
        """The bytes kept under a key, or None."""
        if self._root is None:
            return None
        self._used.setdefault(shelf, set()).add(key)
        try:
            data = self._path(self._root, shelf, key).read_bytes()
        except OSError:
            return None
        check, value = data[:_DIGEST_SIZE], data[_DIGEST_SIZE:]
        return value if hashlib.blake2b(value, digest_size=_DIGEST_SIZE).digest() == check else None

    def put(self, shelf: str, key: str, value: bytes) -> None:
        """Keep bytes under a key. A full disk or a folder that cannot be written costs the entry, not the build."""
        if self._root is None:
            return
        self._used.setdefault(shelf, set()).add(key)
        path = self._path(self._root, shelf, key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.blake2b(value, digest_size=_DIGEST_SIZE).digest() + value)
            Path(name).replace(path)
        except OSError:
            return

    def touch(self, shelf: str, key: str) -> None:
        """Count an entry as used without reading it."""
        self._used.setdefault(shelf, set()).add(key)

    def load(self, shelf: str, key: str) -> Any:
        """The value kept under a key by `save`, or None."""
        data = self.get(shelf, key)
        if data is None:
            return None
        try:
            return _Unpickler(io.BytesIO(data)).load()
        except Exception:  # a foreign pickle can fail in any way, and each means "not kept"
            return None

    def save(self, shelf: str, key: str, value: object) -> None:
        """Keep a value made of this package's named tuples and dataclasses and of plain ones."""
        self.put(shelf, key, pickle.dumps(value, protocol=5))

    def collect(self, shelves: Iterable[str]) -> None:
        """Delete from some shelves what this build neither found nor kept."""
        if self._root is None:
            return
        for shelf in shelves:
            used = self._used.get(shelf, set())
            for path in (self._root / shelf).glob("*/*"):
                if path.parent.name + path.name not in used:
                    with contextlib.suppress(OSError):
                        path.unlink()

    @staticmethod
    def _path(root: Path, shelf: str, key: str) -> Path:
        return root / shelf / key[:2] / key[2:]


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("builtins", "frozenset"):
            return frozenset
        # A dotted name, or a name that a module has only imported, would lead to other code than this package's own.
        if module.startswith("site_builder.") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not kept here")
