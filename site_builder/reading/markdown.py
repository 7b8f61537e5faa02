"""Markdown to HTML: Python-Markdown with the archive's own references, isolation and cleaning."""

from __future__ import annotations

import functools
import html as entities
import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import Any, NamedTuple
from xml.etree import ElementTree

import markdown
import nh3
from markdown.extensions import Extension
from markdown.extensions.toc import slugify_unicode
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from site_builder.model import KINDS
from site_builder.problems import Location, Problem, error, warning
from site_builder.reading.isolation import IsolationExtension
from site_builder.reading.positions import Positions
from site_builder.reading.prose import CODE, INDENTED
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
_SCHEMES = {"http", "https", "mailto"}

_REFERENCE = r"\[\[(?P<target>[^\[\]|\n]+)(?:\|(?P<text>[^\[\]\n]+))?\]\]"


class _Address(NamedTuple):
    """An address that a text names in a link (`a`) or a picture (`img`)."""

    address: str
    tag: str
    alt: str


class _ReferenceProcessor(InlineProcessor):
    """`[[id]]` and `[[id|text]]`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ElementTree.Element, int, int]:  # type: ignore[override]  # noqa: N802
        element = ElementTree.Element(REFERENCE_TAG)
        element.set("target", m["target"].strip())
        element.text = (m["text"] or "").strip()
        self.md.archive_targets.append(m["target"])  # type: ignore[attr-defined]
        return element, m.start(0), m.end(0)


class _Attachments(Treeprocessor):
    """Notes the addresses that a text names, marks the files beside it, and lets tables scroll by themselves."""

    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter():
            attribute = {"img": "src", "a": "href"}.get(element.tag)
            written = element.get(attribute) if attribute else None
            if attribute and written is not None:
                address = self._plain(written)
                self.md.archive_addresses.append(_Address(address, element.tag, element.get("alt", "")))  # type: ignore[attr-defined]
                if _is_beside(address):
                    element.set(attribute, f"{ATTACHMENT_SCHEME}:{address}")
            if element.tag == "h1":
                element.tag = "h2"
        _wrap_tables(root)

    def _plain(self, address: str) -> str:
        """An address without what Python-Markdown puts in place of escapes and entities."""
        unescape: Any = self.md.treeprocessors["unescape"]
        return entities.unescape(unescape.unescape(address).replace(AMP_SUBSTITUTE, "&"))


def _is_beside(address: str) -> bool:
    return bool(address) and not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/#?]|\.\.?/", address)


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
        md.inlinePatterns.register(_ReferenceProcessor(_REFERENCE, md), "archive-reference", 175)
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


def render(text: str, dialect: Dialect, written: Positions, full: bool = True) -> tuple[Body, list[Problem]]:
    """Render a text. `written` is how it stands in its file: in YAML with indentation, quotation marks and escapes.

    `full` texts have headings and footnotes; others (notes, biographies) share a page with one that has.
    """
    md = _converter(dialect, full)
    md.reset()
    md.archive_targets = []  # type: ignore[attr-defined]
    md.archive_addresses = []  # type: ignore[attr-defined]
    try:
        html = md.convert(text)
    except RecursionError:
        _converter.cache_clear()  # it was left in the middle of its work
        hint = "nothing in this archive needs lists or quotations within so many others"
        return Body("", (), (), ()), [error("too-deep", "the text is nested too deeply", written.at(0), hint)]
    found = _Finder(written)
    named: list[_Address] = md.archive_addresses  # type: ignore[attr-defined]
    problems = [*_broken_references(found), *_addresses(named, found)]
    problems += _raw_html([block for block in md.htmlStash.rawHtmlBlocks if isinstance(block, str)], dialect, found)
    problems += _headings_in_order(found) if full else []
    if not dialect.trust_html:
        html = _clean(html)
    html = _number_footnotes(html, dialect.numbering)
    uses = tuple(BodyUse(target.strip(), found.reference(target)) for target in md.archive_targets)  # type: ignore[attr-defined]
    files = tuple((name.address, found.anywhere(name.address)) for name in named if _is_beside(name.address))
    headings = tuple(_flatten(getattr(md, "toc_tokens", ()))) if full else ()
    return Body(html, headings, uses, files), problems


def _clean(html: str, tags: set[str] | None = None) -> str:
    schemes = _SCHEMES | {ATTACHMENT_SCHEME}
    return nh3.clean(html, tags=tags or _TAGS, attributes=_ATTRIBUTES, url_schemes=schemes, link_rel=None)


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

    def __init__(self, written: Positions) -> None:
        self.written = written
        #: The text with blanks in place of code, in which nothing is a reference or a heading.
        self.prose = INDENTED.sub(_blank, CODE.sub(_blank, written.text))
        self._from: dict[str, int] = {}

    @functools.cached_property
    def _references(self) -> dict[str, deque[int]]:
        """The offsets of references by their target; those within what looks like code come last."""
        found: dict[str, deque[int]] = defaultdict(deque)
        first = {match.start() for match in re.finditer(_REFERENCE, self.prose)}
        every = list(re.finditer(_REFERENCE, self.written.text))
        for match in sorted(every, key=lambda match: match.start() not in first):
            found[match["target"]].append(match.start())
        return found

    def reference(self, target: str) -> Location:
        offsets = self._references.get(target)
        return self.written.at(offsets.popleft() if offsets else 0)

    def offset(self, *needles: str) -> int:
        """Where the first of the needles that the text holds stands next; 0 where it holds none."""
        for needle in needles:
            begin = self._from.get(needle, 0)
            for text in (self.prose, self.written.text):
                at = text.find(needle, begin)
                if at >= 0:
                    self._from[needle] = at + len(needle)
                    return at
        return 0

    def anywhere(self, needle: str) -> Location:
        return self.written.at(max(self.prose.find(needle), 0))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _broken_references(found: _Finder) -> Iterator[Problem]:
    """What begins like a reference and is none; a link whose text is in brackets may look so: `[[1]](address)`."""
    rest = re.sub(_REFERENCE, _blank, found.prose)
    for match in re.finditer(r"(?<!\\)\[\[(?![^\[\]\n]*\]\()", rest):
        hint = "write [[id]] or [[id|text]] on one line; \\[[ shows the brackets themselves"
        yield error("reference-form", "“[[” begins no reference", found.written.at(match.start()), hint)


def _addresses(named: list[_Address], found: _Finder) -> Iterator[Problem]:
    """Pictures without text, and addresses that lead nowhere or are not safe."""
    for address, tag, alt in named:
        scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", address)
        picture = tag == "img"
        faulty = (
            (picture and not alt.strip())
            or (scheme and (picture or scheme[1].lower() not in _SCHEMES))
            or address.startswith(("./", "../", "//") + (("/",) if picture else ()))
        )
        if not faulty:
            continue
        at = found.written.at(found.offset(f"({address}", f"<{address}", address))
        if picture and not alt.strip():
            message = "a picture has no text for readers who do not see it"
            yield error("missing-alt", message, at, "write what it shows: ![...](file)")
        if scheme and scheme[1].lower() not in _SCHEMES:
            yield error("unsafe-link", f"addresses that begin with {scheme[0]} are taken out", at, "link to a web page")
        elif scheme and picture:
            hint = "put the file beside the text: pages load nothing from other sites"
            yield warning("outside-picture", "the picture lies on another site", at, hint)
        elif not scheme and not _is_beside(address):
            hint = "name a file beside the text without a folder; link to records with [[id]]"
            yield error("wrong-form", f"“{address}” leads out of the folder of this text", at, hint)


_HEADING = re.compile(
    r"^(?P<marks>#{1,6})[ \t]*\S.*$|(?:\A|(?<=\n\n))(?=\S).+\n(?P<line>=+|-+)[ \t]*$", re.MULTILINE
)


def _headings_in_order(found: _Finder) -> Iterator[Problem]:
    level = 1
    for match in _HEADING.finditer(found.prose):
        this = len(match["marks"]) if match["marks"] else 1 if match["line"].startswith("=") else 2
        at = found.written.at(match.start())
        if this == 1:
            message = "a heading of the first level stands in the text"
            yield warning("heading-level", message, at, "the title is the first level: begin with ##")
        elif this > level + 1:
            message = f"the heading skips from level {level} to {this}"
            yield warning("heading-level", message, at, f"write {'#' * (level + 1)}")
        level = max(this, 2)


class _Tags(HTMLParser):
    """Collects what is wrong with the tags of raw HTML: code, what is wrong, line in the block, column from 0."""

    def __init__(self, trusted: bool) -> None:
        super().__init__()
        self.found: list[tuple[str, str, int, int]] = []
        self._trusted = trusted

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "img" and not (values.get("alt") or "").strip():
            self._add("missing-alt", "a picture has no text for readers who do not see it")
        if self._trusted:
            return
        if tag not in _TAGS - {REFERENCE_TAG}:
            self._add("raw-html", f"<{tag}> is taken out of the text")
            return
        allowed = _ATTRIBUTES.get(tag, set()) | _ATTRIBUTES["*"]
        for name in values:
            if name not in allowed:
                self._add("raw-html", f"{name} on <{tag}> is taken out of the text")
        address = values.get("href") or values.get("src") or ""
        scheme = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):", address)
        if scheme and scheme[1].lower() not in _SCHEMES:
            self._add("unsafe-link", f"addresses that begin with {scheme[1]}: are taken out")
        elif address and _is_beside(address):
            self._add("raw-html", f"“{address}” is not found from raw HTML")

    def _add(self, code: str, message: str) -> None:
        line, column = self.getpos()
        self.found.append((code, message, line, column))


def _raw_html(blocks: list[str], dialect: Dialect, found: _Finder) -> Iterator[Problem]:
    for block in blocks:
        tags = _Tags(dialect.trust_html)
        tags.feed(block)
        tags.close()
        if not tags.found:
            continue
        lines = block.split("\n")
        begin = found.offset(block, lines[0])
        verbatim = found.written.text.startswith(block, begin)
        for code, message, line, column in tags.found:
            within = sum(len(words) + 1 for words in lines[: line - 1]) + column
            at = found.written.at(begin + within * verbatim)
            if code == "raw-html":
                hint = "write it in Markdown; trust_html: true in site.yaml leaves raw HTML as it is"
                yield warning(code, message, at, hint)
            else:
                yield error(code, message, at, "write it in Markdown")


def split_target(target: str) -> tuple[str | None, str]:
    """The kind (None where not said) and the id of a reference as written: `people/x` or `x`."""
    folder, _, last = target.rpartition("/")
    return (KINDS.get(folder, folder) if folder else None), last
