"""A Python-Markdown extension that isolates text of the other direction (UAX #9; W3C, Inline markup and
bidirectional text in HTML).

Which stretches are isolated is said by `site_builder.text.bidi.opposite_runs`; here they are found across the
inline elements of a block, so that "The *New York* Times" within Arabic is one isolate.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from site_builder.text.bidi import MASK, Run, is_wordless, isolate_plain, opposite_runs
from site_builder.text.languages import Direction, guess_language, is_language_tag
from site_builder.text.languages import language as language_of

Node = str | Element

_WALL: dict[Direction, str] = {"ltr": "a", "rtl": "ا"}
"""A letter of the direction: in place of what no run may reach across."""

# What Python-Markdown leaves in text until its last steps: \x02 and \x03 about the number of an escaped
# character, about "amp", or about the name of something put aside.
_TOKEN = re.compile("\x02amp\x03(?:#[0-9]+|#x[0-9a-fA-F]+|[A-Za-z]+);|\x02[^\x02\x03]*\x03|.", re.DOTALL)
_STASHED = re.compile("\x02wzxhzdk:([0-9]+)\x03")
_ESCAPED = re.compile("\x02([0-9]+)\x03")

_OPAQUE = frozenset({"code", "img", "kbd", "math", "samp", "svg", "var"})
_ATTRIBUTES = ("alt", "title", "aria-label")
_PRE = re.compile(r"\A(?:<div[^>]*>\s*)?<pre(?=[\s>])(?![^>]*\sdir=)")


class IsolationExtension(Extension):
    """Isolates, in a document in `language`, what is written in the other direction.

    Runs become `<span lang dir>`, or `<bdi dir>` for figures and addresses; `lang` is the one of `candidates`
    (language tags) that the text can be in, and absent where that is undecidable. In a right-to-left
    document code gets `dir="ltr"`. Elements with a `lang` of the editor's get the `dir` that goes with it,
    where it is another than that around them; those with a `dir` keep it. Within either, their direction
    is the one that counts. In `alt`, `title` and `aria-label` isolate controls do the work.

    Text before `language`'s own attributes are known (raw HTML) is never changed.
    """

    def __init__(self, language: str, candidates: Sequence[str]) -> None:
        """An extension for documents in `language`; raises ValueError where that is no language tag."""
        super().__init__()
        self.direction = language_of(language).direction
        self.candidates = tuple(candidates)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Registers the work after inline patterns and attribute lists, and before the table of contents."""
        md.treeprocessors.register(_Isolation(md, self.direction, self.candidates), "isolation", 6)


class _Text(NamedTuple):
    """A piece of text as Python-Markdown holds it (`tokens`) and, one for one, as readers see it (`shown`)."""

    tokens: tuple[str, ...]
    shown: str


class _Child(NamedTuple):
    """An inline element and what runs see of it; `pieces` are its own where a run may lie within it."""

    element: Element
    shown: str
    pieces: tuple[_Piece, ...] | None


_Piece = _Text | _Child


class _Isolation(Treeprocessor):
    def __init__(self, md: Markdown, direction: Direction, candidates: tuple[str, ...]) -> None:
        super().__init__(md)
        self.direction = direction
        self.candidates = candidates

    def run(self, root: Element) -> None:
        self._element(root, self.direction)
        if self.direction == "rtl":
            blocks = self.md.htmlStash.rawHtmlBlocks
            for place, block in enumerate(blocks):
                if isinstance(block, str):
                    blocks[place] = _PRE.sub(r'\g<0> dir="ltr"', block)
