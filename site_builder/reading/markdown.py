"""Markdown to HTML: Python-Markdown with the archive's own references, isolation and cleaning."""

from __future__ import annotations

import functools
import re
from xml.etree import ElementTree
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any, NamedTuple

import markdown
import nh3
from markdown.extensions import Extension
from markdown.extensions.toc import slugify_unicode
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from site_builder.model import KINDS
from site_builder.problems import Location, Problem, error, warning
from site_builder.reading.isolation import IsolationExtension
from site_builder.text.numerals import Numbering, digits

#: An element that stands for a reference until the page is rendered, when the record's name and address are known.
REFERENCE_TAG = "x-ref"
#: The scheme that marks a file beside the text until the page is rendered.
ATTACHMENT_SCHEME = "attachment"


class Heading(NamedTuple):
    """A heading of a text: its level (2-6), its anchor, and its words as HTML without links."""

    level: int
    anchor: str
    html: str


class BodyUse(NamedTuple):
    """A `[[reference]]` in a text: the id as written, perhaps with its folder."""

    target: str
    at: Location


class Body(NamedTuple):
    """A Markdown text as HTML, and what it names."""

    html: str
    headings: tuple[Heading, ...]
    uses: tuple[BodyUse, ...]
    files: tuple[tuple[str, Location], ...]


class Dialect(NamedTuple):
    """What decides how a text is rendered: its language, those of the site, and the site's settings.

    `back` is the label of a footnote's way back; `numbering` the digits of footnote numbers.
    """

    language: str
    languages: tuple[str, ...]
    trust_html: bool
    back: str
    numbering: Numbering


_TAGS = nh3.ALLOWED_TAGS | {REFERENCE_TAG, "section", "figure", "figcaption", "nav", "time"}
_ATTRIBUTES: dict[str, set[str]] = {
    **{tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},
    "*": {"lang", "dir", "id", "class", "title", "role", "aria-label"},
    REFERENCE_TAG: {"target"},
    "img": {"src", "alt", "width", "height", "loading"},
    "div": {"tabindex"},
    "time": {"datetime"},
}
_SCHEMES = {"http", "https", "mailto", ATTACHMENT_SCHEME}


class _ReferenceProcessor(InlineProcessor):
    """`[[id]]` and `[[id|text]]`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ElementTree.Element, int, int]:  # type: ignore[override]  # noqa: N802
        element = ElementTree.Element(REFERENCE_TAG)
        element.set("target", m["target"].strip())
        element.text = (m["text"] or "").strip()
        self.md.archive_targets.append(m["target"].strip())  # type: ignore[attr-defined]
        return element, m.start(0), m.end(0)


class _Attachments(Treeprocessor):
    """Notes the pictures and files that a text names, and makes tables able to scroll by themselves."""

    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter():
            attribute = {"img": "src", "a": "href"}.get(element.tag)
            address = element.get(attribute) if attribute else None
            if attribute and address and _is_beside(address):
                self.md.archive_files.append((address, element.tag, element.get("alt", "")))  # type: ignore[attr-defined]
                element.set(attribute, f"{ATTACHMENT_SCHEME}:{address}")
            elif element.tag == "img":
                self.md.archive_files.append((address or "", element.tag, element.get("alt", "")))  # type: ignore[attr-defined]
            if element.tag == "h1":
                element.tag = "h2"
        _wrap_tables(root)


def _is_beside(address: str) -> bool:
    return not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/#?]|\.\.?/", address)


def _wrap_tables(parent: ElementTree.Element) -> None:
    for place, child in enumerate(list(parent)):
        if child.tag == "table":
            wrapper = ElementTree.Element("div", {"class": "table", "tabindex": "0"})
            wrapper.tail, child.tail = child.tail, None
            parent[place] = wrapper
            wrapper.append(child)
        else:
            _wrap_tables(child)


class _Archive(Extension):
    """The archive's own additions to Markdown."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        pattern = r"\[\[(?P<target>[^\[\]|\n]+)(?:\|(?P<text>[^\[\]\n]+))?\]\]"
        md.inlinePatterns.register(_ReferenceProcessor(pattern, md), "archive-reference", 175)
        md.treeprocessors.register(_Attachments(md), "archive-attachments", 12)


@functools.cache
def _converter(dialect: Dialect, full: bool) -> markdown.Markdown:
    extensions: list[Any] = ["tables", "def_list", "attr_list", "fenced_code", "sane_lists", "abbr"]
    settings: dict[str, dict[str, Any]] = {}
    if full:
        extensions += ["footnotes", "toc"]
        settings = {
            "toc": {"slugify": slugify_unicode, "permalink": False},
            "footnotes": {"BACKLINK_TITLE": dialect.back, "BACKLINK_TEXT": "↑"},
        }
    extensions += [_Archive(), IsolationExtension(dialect.language, dialect.languages)]
    return markdown.Markdown(extensions=extensions, extension_configs=settings, output_format="html")


def render(text: str, dialect: Dialect, path: str, first_line: int, full: bool = True) -> tuple[Body, list[Problem]]:
    """Render a text that begins on `first_line` of the file `path`.

    `full` texts have headings and footnotes; others (notes, biographies) share a page with one that has.
    """
    md = _converter(dialect, full)
    md.reset()
    md.archive_targets = []  # type: ignore[attr-defined]
    md.archive_files = []  # type: ignore[attr-defined]
    html = md.convert(text)
    found = _Finder(text, path, first_line)
    problems = _raw_html(md, found) if not dialect.trust_html else []
    if not dialect.trust_html:
        html = _clean(html)
    html = _number_footnotes(html, dialect.numbering)
    problems += _headings_in_order(text, path, first_line) if full else []
    problems += [
        error(
            "missing-alt",
            "a picture has no text for readers who do not see it",
            found.next(f"({source}"),
            "write what it shows: ![...](file)",
        )
        for source, tag, alt in md.archive_files  # type: ignore[attr-defined]
        if tag == "img" and not alt.strip()
    ]
    found = _Finder(text, path, first_line)
    uses = tuple(BodyUse(target, found.next(f"[[{target}")) for target in md.archive_targets)  # type: ignore[attr-defined]
    files = tuple(
        (source, found.anywhere(source))
        for source, _, _ in md.archive_files  # type: ignore[attr-defined]
        if _is_beside(source)
    )
    headings = tuple(_flatten(getattr(md, "toc_tokens", ()))) if full else ()
    return Body(html, headings, uses, files), problems


def _clean(html: str, tags: set[str] | None = None) -> str:
    return nh3.clean(html, tags=tags or _TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)


_HEADING_TAGS = {"span", "bdi", "em", "strong", "code", "sub", "sup"}


def _flatten(tokens: Sequence[Any]) -> list[Heading]:
    found = []
    for token in tokens:
        found.append(Heading(token["level"], token["id"], _clean(token["html"], _HEADING_TAGS)))
        found += _flatten(token["children"])
    return found


def _number_footnotes(html: str, numbering: Numbering) -> str:
    if numbering == "latn" or "footnote-ref" not in html:
        return html
    return re.sub(r'(class="footnote-ref"[^>]*>)(\d+)', lambda m: m[1] + digits(m[2], numbering), html)


class _Finder:
    """Where things stand in a text, searched in order so that the second of two alike is found second."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self._text, self._path, self._first_line = text, path, first_line
        self._from: dict[str, int] = {}

    def next(self, needle: str) -> Location:
        at = self._text.find(needle, self._from.get(needle, 0))
        if at < 0:
            return self.anywhere(needle)
        self._from[needle] = at + len(needle)
        return self._location(at)

    def anywhere(self, needle: str) -> Location:
        return self._location(max(self._text.find(needle), 0))

    def _location(self, at: int) -> Location:
        line = self._text.count("\n", 0, at)
        return Location(self._path, self._first_line + line, at - (self._text.rfind("\n", 0, at) + 1) + 1)


def _headings_in_order(text: str, path: str, first_line: int) -> list[Problem]:
    problems: list[Problem] = []
    level, fence = 1, ""
    for number, line in enumerate(text.split("\n")):
        mark = re.match(r" {0,3}(```+|~~~+)", line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        match = re.match(r"(#{1,6})\s*\S", line)
        if not match or fence:
            continue
        found = len(match[1])
        at = Location(path, first_line + number, 1)
        if found == 1:
            problems.append(
                warning(
                    "heading-level",
                    "a heading of the first level stands in the text",
                    at,
                    "the title is the first level: begin with ##",
                )
            )
        elif found > level + 1:
            problems.append(
                warning(
                    "heading-level",
                    f"the heading skips from level {level} to {found}",
                    at,
                    f"write {'#' * (level + 1)}",
                )
            )
        level = max(found, 2)
    return problems


class _Refused(HTMLParser):
    """Collects the tags and attributes that cleaning takes out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self.found.append(f"<{tag}>")
        allowed = _ATTRIBUTES.get(tag, set()) | _ATTRIBUTES["*"]
        self.found += [f"{name} on <{tag}>" for name, _ in attrs if tag in _TAGS and name not in allowed]


def _raw_html(md: markdown.Markdown, found: _Finder) -> list[Problem]:
    problems = []
    for block in md.htmlStash.rawHtmlBlocks:
        if not isinstance(block, str):
            continue
        parser = _Refused()
        parser.feed(block)
        for what in dict.fromkeys(parser.found):
            message = f"{what} is taken out of the text"
            hint = "write it in Markdown; trust_html: true in site.yaml leaves raw HTML as it is"
            problems.append(warning("raw-html", message, found.anywhere(block.split("\n")[0]), hint))
    return problems


def split_target(target: str) -> tuple[str | None, str]:
    """The kind (None where not said) and the id of a reference as written: `people/x` or `x`."""
    folder, _, last = target.rpartition("/")
    return (KINDS.get(folder, folder) if folder else None), last
