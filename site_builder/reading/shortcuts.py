"""What Python-Markdown does at length for every text, left out where a cheap look shows that it comes to nothing."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions.toc import TocExtension, TocTreeprocessor
from markdown.treeprocessors import InlineProcessor

#: Inline patterns by name, each with signs of which a text must hold one if the pattern is to find anything.
_SIGNS: dict[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "archive-reference": ("[[",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "archive-footnotes": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
_ALL_SIGNS = frozenset({"", *(sign for signs in _SIGNS.values() for sign in signs)})
_PLAIN_LINES = re.compile(r"[^\W\d_].*(?:\n[^\W\d_].*)*")


class _Inline(InlineProcessor):
    """Tries the inline patterns whose signs are in the text: most texts hold few of them, and each try costs.

    Brackets of references are no signs of links: none are left when links are looked for. (Code could hide one.)
    """

    def __init__(self, md: Markdown, reference: re.Pattern[str]) -> None:
        super().__init__(md)
        self._reference = reference

    @cached_property
    def _patterns(self) -> list[tuple[Any, tuple[str, ...]]]:
        patterns = self.md.inlinePatterns
        known = {patterns[name]: signs for name, signs in _SIGNS.items() if name in patterns}
        return [(pattern, known.get(pattern, ("",))) for pattern in patterns]

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        text = "\n".join(tree.itertext())
        rest = text if "`" in text else self._reference.sub(lambda match: match["text"] or "", text)
        found = {sign for sign in _ALL_SIGNS if sign in (text if sign == "[[" else rest)}
        wanted: Any = [pattern for pattern, signs in self._patterns if not found.isdisjoint(signs)]
        self.inlinePatterns = wanted
        return super().run(tree, ancestors)


class _PlainParagraph(ParagraphProcessor):
    """Takes a block whose every line begins with a letter, before all other kinds of block are tried on it.

    What makes a block anything else stands at the beginning of one of its lines, and is no letter.
    """

    def test(self, parent: Element, block: str) -> bool:
        return _PLAIN_LINES.fullmatch(block) is not None


class _Contents(TocTreeprocessor):
    """Makes the element that shows the table of contents only where the text has the mark that asks for it."""

    def __init__(self, md: Markdown, config: dict[str, Any]) -> None:
        super().__init__(md, config)
        self._mark = self.marker

    def run(self, doc: Element) -> None:
        self.marker = self._mark if any(self._mark in text for text in doc.itertext()) else ""
        super().run(doc)

    def build_toc_div(self, toc_list: list[Any]) -> Element:
        return super().build_toc_div(toc_list) if self.marker else Element("div")


class ContentsExtension(TocExtension):
    """The table of contents."""

    TreeProcessorClass = _Contents


class ShortcutsExtension(Extension):
    """The shortcuts that texts of every kind take. `reference` matches `[[id|text]]`, with a group `text`."""

    def __init__(self, reference: re.Pattern[str]) -> None:
        """An extension for texts in which references look like this."""
        super().__init__()
        self._reference = reference

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Registers the work in place of, or before, that of Python-Markdown."""
        md.treeprocessors.register(_Inline(md, self._reference), "inline", 20)
        md.parser.blockprocessors.register(_PlainParagraph(md.parser), "plain-paragraph", 110)
