"""What a page was made from: noted while it is made, by the mappings of the catalogue themselves.

Nobody keeps a list of what depends on what. A page is made again when a value that was read the last time is another
now; that a value was looked for and not found counts as reading it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from site_builder.catalog import Catalog, Key
from site_builder.mentions import Names
from site_builder.reading.document import Outline

K = TypeVar("K")
V = TypeVar("V")

#: The name of a mapping and a key in it; the key `ALL` stands for the keys themselves and their order.
Read = tuple[str, Any]
ALL = None
#: The texts of files, by path. They are no mapping of the catalogue: they are loaded where they are shown.
TEXTS = "texts"
#: The names found in them, likewise.
NAMES = "names"

_SIZE = 12


class Noted(Mapping[K, V]):
    """A mapping that notes what is read of it."""

    def __init__(self, name: str, of: Mapping[K, V], reads: set[Read]) -> None:
        """Note in `reads` what is read of the mapping `of`, which is called `name`."""
        self._name, self._of, self._reads = name, of, reads

    def __getitem__(self, key: K) -> V:
        self._reads.add((self._name, key))
        return self._of[key]

    def __contains__(self, key: object) -> bool:
        self._reads.add((self._name, key))
        return key in self._of

    def __iter__(self) -> Iterator[K]:
        self._reads.add((self._name, ALL))
        return iter(self._of)

    def __len__(self) -> int:
        self._reads.add((self._name, ALL))
        return len(self._of)


def noted(catalog: Catalog, reads: set[Read]) -> Catalog:
    """A catalogue that notes in `reads` what is read of it."""
    mappings: dict[str, Any] = {name: Noted(name, getattr(catalog, name), reads) for name in _mappings(catalog)}
    return catalog._replace(**mappings)


def _mappings(catalog: Catalog) -> list[str]:
    return [name for name in catalog._fields if name != "config"]


def states(catalog: Catalog, outlines: Mapping[str, Outline], names: Mapping[str, Names]) -> dict[Read, bytes]:
    """A digest of everything that can be read: where it is the same, so is what a page shows of it.

    `outlines` are those of all files, by path, and `names` those of articles; they have digests of what is large.
    """
    found: dict[Read, bytes] = {(TEXTS, path): outline.words for path, outline in outlines.items()}
    found |= {(NAMES, path): value.digest for path, value in names.items()}
    known = meanings(outlines)
    of_files: dict[str, Callable[[Any], tuple[str, str]]] = {
        "articles": lambda key: ("article", key),
        "pages": lambda key: ("page", key),
        "entries": lambda key: key,
    }
    for name in _mappings(catalog):
        mapping = getattr(catalog, name)
        file = of_files.get(name)
        for key, value in mapping.items():
            if file is None:
                found[name, key] = _state(value)
            else:
                # The files' own digests say what they hold; not where they are, what lies beside them, and whether a
                # draft counts.
                versions = [(code, text.path) for code, text in getattr(value, "versions", {}).items()]
                shown = (versions or value.path, sorted(getattr(value, "attachments", ())))
                found[name, key] = _digest(repr(shown).encode() + known[file(key)])
        found[name, ALL] = _state(list(mapping))
    return found


def changes(catalog: Catalog, articles: Iterable[str], records: Collection[Key]) -> dict[Read, bytes | None]:
    """What can be read of a catalogue and may be another than before, where the names of some records in the texts of
    some articles are, and nothing else: with its digest, or None where it is not there.

    No list is cut in another way than before.
    """
    found: dict[Read, bytes | None] = {}
    of: tuple[tuple[str, Iterable[object]], ...] = (("mentions", records), ("together", articles))
    for name, keys in of:
        mapping = getattr(catalog, name)
        found |= {(name, key): _state(mapping[key]) if key in mapping else None for key in keys}
    if records:
        found["mentions", ALL] = _state(list(catalog.mentions))
    for record in records:
        for size in catalog.parts_of.get(record, ()):
            part = (record, size.year, size.number)
            found["parts", part] = _state(catalog.parts[part])
    return found


def _state(value: object) -> bytes:
    return _digest(repr(sorted(value) if isinstance(value, frozenset) else value).encode())


def meanings(outlines: Mapping[str, Outline]) -> dict[tuple[str, str], bytes]:
    """What is known of each record, by kind and id: the digests of all its files together."""
    found: dict[tuple[str, str], bytes] = {}
    for path in sorted(outlines):
        outline = outlines[path]
        key = (outline.source.kind, outline.source.id)
        found[key] = found.get(key, b"") + outline.meaning
    return found


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_SIZE).digest()


class Shared(NamedTuple):
    """A value that several pages show, and what it was made from."""

    value: Any
    reads: frozenset[Read]


#: So many values are shared; where there are more, they are forgotten: they could fill the memory.
_MOST_SHARED = 65536


def shared(make: Callable[[K], V], reads: set[Read]) -> Callable[[K], V]:
    """`make`, which reads a noted catalogue, once for each argument: whoever gets the value has read what it took."""
    made: dict[K, Shared] = {}

    def get(key: K) -> V:
        found = made.get(key)
        if found is None:
            before = reads.copy()
            reads.clear()
            value = make(key)
            if len(made) >= _MOST_SHARED:
                made.clear()
            found = made[key] = Shared(value, frozenset(reads))
            reads.update(before)
        reads.update(found.reads)
        return found.value  # type: ignore[no-any-return]

    return get
