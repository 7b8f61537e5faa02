"""Offsets of a text as lines and columns of the file in which it stands."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from site_builder.problems import Location


class Positions:
    """The places of a text (LF line ends) that begins at a line and column of a file, both counted from 1."""

    def __init__(self, text: str, path: str, line: int = 1, column: int = 1) -> None:
        """A text and where it begins."""
        self.text = text
        self._path, self._line, self._column = path, line, column

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))][:-1]

    def at(self, offset: int) -> Location:
        """The place of an offset, which counts code points from 0."""
        line = bisect_right(self._starts, offset) - 1
        column = offset - self._starts[line] + (self._column if line == 0 else 1)
        return Location(self._path, self._line + line, column)

    def from_(self, place: Location) -> Positions:
        """The rest of the text from a place within it."""
        start = self._starts[place.line - self._line] + place.column - 1
        return Positions(self.text[start:], self._path, place.line, place.column)

    def line_of(self, offset: int) -> tuple[int, str]:
        """Where the line around an offset begins, and its words."""
        begin = self._starts[bisect_right(self._starts, offset) - 1]
        end = self.text.find("\n", begin)
        return begin, self.text[begin:] if end < 0 else self.text[begin:end]
