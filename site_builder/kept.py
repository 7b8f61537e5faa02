"""Mappings that are kept in parts: whoever looks something up loads the part that has it, and no other."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

K = TypeVar("K")
V = TypeVar("V")

#: A part has about so many items, but a mapping never more parts than this.
_ITEMS, _MOST_PARTS = 64, 256


def parts_for(items: int) -> int:
    """The number of parts for so many items: it seldom changes as a mapping grows."""
    return min(_MOST_PARTS, 1 << (items // _ITEMS).bit_length())


def part_of(key: object, parts: int) -> int:
    """The part of so many that has a key, the same in every process."""
    name = key if isinstance(key, str) else repr(key)
    return zlib.crc32(name.encode("utf-8", "surrogatepass")) % parts


class Kept(Mapping[K, V]):
    """A mapping in parts, and what of it has another value by now.

    `load` gives each of so many `parts`, a dictionary, by its number; and by that after the last one all keys in their
    order.
    """

    def __init__(self, load: Callable[[int], Any], parts: int) -> None:
        """Load nothing yet."""
        self._load, self._count = load, parts
        self._found: dict[int, dict[K, V]] = {}
        #: What has another value than was kept.
        self.changes: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        if key in self.changes:
            return self.changes[key]
        return self._part(part_of(key, self._count))[key]

    def __contains__(self, key: object) -> bool:
        return key in self._part(part_of(key, self._count))

    def __iter__(self) -> Iterator[K]:
        return iter(self._load(self._count))

    def __len__(self) -> int:
        return len(self._load(self._count))

    def _part(self, number: int) -> dict[K, V]:
        found = self._found.get(number)
        if found is None:
            found = self._found[number] = self._load(number)
        return found

    def part(self, number: int) -> dict[K, V]:
        """The items of a part as they are now."""
        of_it = {key: value for key, value in self.changes.items() if part_of(key, self._count) == number}
        return self._part(number) | of_it

    def changed(self, changes: Mapping[K, V]) -> Kept[K, V]:
        """The same with other values of some of the keys."""
        found = Kept[K, V](self._load, self._count)
        found._found, found.changes = self._found, {**self.changes, **changes}
        return found

    def whole(self) -> dict[K, V]:
        """All of it, in order."""
        found: dict[K, V] = {}
        for number in range(self._count):
            found |= self._part(number)
        return {key: found[key] for key in self} | self.changes


def changed(mapping: Mapping[K, V], changes: Mapping[K, V]) -> Mapping[K, V]:
    """A mapping with other values of some of its keys."""
    return mapping.changed(changes) if isinstance(mapping, Kept) else {**mapping, **changes}


def whole(mapping: Mapping[K, V]) -> dict[K, V]:
    """A mapping, all of it at hand."""
    return mapping.whole() if isinstance(mapping, Kept) else dict(mapping)
