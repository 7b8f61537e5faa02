"""Pages as trees in which every element knows its parent, its language and its direction."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import html5lib

_BLOCKS = """
address article aside blockquote body caption dd details dialog div dl dt fieldset figcaption figure footer form
h1 h2 h3 h4 h5 h6 header hgroup hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul
"""
BLOCKS = frozenset(_BLOCKS.split())
_SILENT = frozenset({"script", "style", "template", "head"})
_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def strong(ch: str) -> str | None:
    """The direction of a letter; None for anything else."""
    return _STRONG.get(unicodedata.bidirectional(ch))


def first_strong(text: str) -> str | None:
    """The direction of the first letter of a text."""
    return next((way for ch in text if (way := strong(ch))), None)


@dataclass(eq=False)
class Element:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    def __repr__(self) -> str:
        shown = "".join(f' {name}="{value}"' for name, value in self.attrs.items())
        return f"<{self.tag}{shown}>{self.text[:60]}"

    def walk(self) -> Iterator[Element]:
        """The element and all below it, in the order of the document."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.walk() if element.tag in tags]

    def one(self, tag: str) -> Element:
        return self.all(tag)[0]

    def up(self) -> Iterator[Element]:
        """The element and those around it, from the inside out."""
        element: Element | None = self
        while element:
            yield element
            element = element.parent

    def texts(self) -> Iterator[tuple[str, Element]]:
        """Every piece of text that readers see, with the element that it stands in."""
        for child in self.children:
            if isinstance(child, str):
                yield child, self
            elif child.tag not in _SILENT:
                yield from child.texts()

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.texts())

    @property
    def classes(self) -> list[str]:
        return self.attrs.get("class", "").split()

    @property
    def is_block(self) -> bool:
        return self.tag in BLOCKS

    @property
    def is_wrapper(self) -> bool:
        """Whether the element stands between a phrase and the line around it."""
        return self.tag == "bdi" or (not self.is_block and self.tag != "html" and "dir" in self.attrs)

    @property
    def lang(self) -> str:
        return next((e.attrs["lang"] for e in self.up() if "lang" in e.attrs), "")

    @property
    def direction(self) -> str:
        """The direction of the element's text (HTML, the dir attribute)."""
        for element in self.up():
            stated = element.attrs.get("dir", "auto" if element.tag == "bdi" else None)
            if stated == "auto":
                return first_strong(element.text) or "ltr"
            if stated:
                return stated
        return "ltr"


def parse(html: str) -> Element:
    """The `html` element of a page, read as browsers read it."""
    tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    return _converted(tree, None)


def _converted(source: Any, parent: Element | None) -> Element:
    made = Element(source.tag, dict(source.attrib), parent)
    if source.text:
        made.children.append(source.text)
    for child in source:
        if isinstance(child.tag, str):
            made.children.append(_converted(child, made))
        if child.tail:
            made.children.append(child.tail)
    return made
