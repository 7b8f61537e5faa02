"""Markdown to HTML: Python-Markdown with the archive's own references, isolation and cleaning."""

from __future__ import annotations

import functools
import html as entities
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser
from typing import Any, NamedTuple
from xml.etree import ElementTree

import markdown
import nh3
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor, get_attrs_and_remainder
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableProcessor
from markdown.extensions.toc import slugify_unicode
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from site_builder.problems import Location, Problem, error, warning
from site_builder.reading.body import ATTACHMENT_SCHEME, NOTE_ID, REFERENCE_TAG, Body, BodyUse, Dialect, Heading
from site_builder.reading.isolation import IsolationExtension
from site_builder.reading.positions import Positions
from site_builder.reading.prose import blank, without_code
from site_builder.reading.shortcuts import ContentsExtension, ShortcutsExtension
from site_builder.text.numerals import Numbering, digits

#: The ids that the theme's templates use on pages that show a text. No anchor within a text may be one of them.
THEME_IDS = frozenset(
    {"content", "search", "source", "editors-note", "nav-group-browse", "nav-group-time", "nav-group-about"}
)


_TAGS = frozenset(nh3.ALLOWED_TAGS | {REFERENCE_TAG, "section", "figure", "figcaption", "nav", "time"})
_ATTRIBUTES: dict[str, set[str]] = {
    **{tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},
    "*": {"lang", "dir", "id", "class", "title", "role", "aria-label"},
    REFERENCE_TAG: {"target"},
    "img": {"src", "alt", "width", "height", "loading"},
    "div": {"tabindex"},
    "time": {"datetime"},
}
_SCHEMES = {"http", "https", "mailto"}

# Neither after a backslash (but after two), nor to blanks alone, nor across what Python-Markdown has put aside. In the
# cells of a table people write \\| for |.
_REFERENCE = re.compile(
    r"(?<!(?<!\\)\\)\[\[(?=[^\[\]|\n]*[^\[\]|\s])(?P<target>[^\[\]|\\\n\x02\x03]+)"
    r"(?:\\?\|(?P<text>[^\[\]\n]+))?\]\]"
)
_PIPE = "\x1f"
_DEEPEST_BRACKETS = 100


class _Address(NamedTuple):
    """An address that a text names in a link (`a`) or a picture (`img`)."""

    address: str
    tag: str
    alt: str


class _AttributeList(NamedTuple):
    """What cleaning takes out of an attribute list: the list as written, its element, and the names."""

    written: str
    tag: str
    names: tuple[str, ...]


class _ReferenceProcessor(InlineProcessor):
    """`[[id]]` and `[[id|text]]`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ElementTree.Element, int, int]:  # type: ignore[override]  # noqa: N802
        element = ElementTree.Element(REFERENCE_TAG)
        element.set("target", m["target"].strip())
        element.text = (m["text"] or "").strip()
        self.md.archive_targets.append(m["target"])  # type: ignore[attr-defined]
        return element, m.start(0), m.end(0)


class _MissingFootnotes(InlineProcessor):
    """Notes the marks `[^x]` that no footnote has claimed, and leaves them as they are."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[None, None, None]:  # type: ignore[override]  # noqa: N802
        self.md.archive_missing.append(m[0])  # type: ignore[attr-defined]
        return None, None, None


class _Tables(TableProcessor):
    """Tables in whose cells `[[id|text]]` stays whole."""

    def _split(self, row: str) -> list[str]:
        masked = _REFERENCE.sub(lambda match: match[0].replace("|", _PIPE), row)
        return [cell.replace(_PIPE, "|") for cell in super()._split(masked)]  # type: ignore[misc]


class _AttributeLists(AttrListTreeprocessor):
    """Attribute lists; notes what cleaning takes out of them."""

    def assign_attrs(self, elem: ElementTree.Element, attrs_string: str, *, strict: bool = False) -> str:
        rest = super().assign_attrs(elem, attrs_string, strict=strict)
        written = () if strict and rest else get_attrs_and_remainder(attrs_string)[0]
        allowed = _allowed_on(elem.tag) | {".", "#", "data-toc-label"}
        names = tuple(name for name, _ in written if name not in allowed)
        if names:
            self.md.archive_attributes.append(_AttributeList(attrs_string, elem.tag, names))  # type: ignore[attr-defined]
        return rest


def _allowed_on(tag: str) -> set[str]:
    return _ATTRIBUTES.get(tag, set()) | _ATTRIBUTES["*"]


#: What Markdown says of a table's columns, as classes: pages have no inline styles, and a start is on either side.
_COLUMNS = {
    "text-align: left;": "column-start",
    "text-align: center;": "column-center",
    "text-align: right;": "column-end",
}


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
            if element.tag in ("th", "td") and element.get("style") in _COLUMNS:
                element.set("class", _COLUMNS[element.attrib.pop("style")])
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
        # Before escapes, so that a reference sees its own \\|; but after code.
        md.inlinePatterns.register(_ReferenceProcessor(_REFERENCE.pattern, md), "archive-reference", 185)
        md.inlinePatterns.register(_MissingFootnotes(r"\[\^[^\]]+\](?!\(|\[(?!\^))", md), "archive-footnotes", 174)
        md.treeprocessors.register(_Attachments(md), "archive-attachments", 12)
        md.treeprocessors.register(_AttributeLists(md), "attr_list", 8)
        md.parser.blockprocessors.register(_Tables(md.parser, {"use_align_attribute": False}), "table", 75)


def _slug(words: str, separator: str) -> str:
    slug = slugify_unicode(words, separator)
    return f"{slug}_1" if slug in THEME_IDS else slug


@functools.cache
def _converter(dialect: Dialect, full: bool) -> markdown.Markdown:
    extensions: list[Any] = ["tables", "def_list", "attr_list", "fenced_code", "sane_lists", "abbr"]
    if full:
        extensions += [
            FootnoteExtension(BACKLINK_TITLE=dialect.back, BACKLINK_TEXT="↑"),
            ContentsExtension(slugify=_slug, permalink=False),
        ]
    extensions += [_Archive(), IsolationExtension(dialect.language, dialect.languages), ShortcutsExtension(_REFERENCE)]
    return markdown.Markdown(extensions=extensions, output_format="html")


def render(text: str, dialect: Dialect, written: Positions, full: bool = True) -> tuple[Body, list[Problem]]:
    """Render a text. `written` is how it stands in its file: in YAML with indentation, quotation marks and escapes.

    `full` texts have headings and footnotes; others (notes, biographies) share a page with one that has.
    """
    found = _Finder(written, without_code(written.text, blank))
    deep = _deep_brackets(found.prose)
    if deep is not None:
        hint = "write \\[ for brackets that are to be seen, and close the others"
        return Body("", (), (), ()), [error("too-deep", "too many brackets are open", written.at(deep), hint)]
    md = _converter(dialect, full)
    md.reset()
    for noted in ("targets", "addresses", "attributes", "missing"):
        setattr(md, f"archive_{noted}", [])
    try:
        html = md.convert(text)
    except RecursionError:
        _converter.cache_clear()  # it was left in the middle of its work
        hint = "nothing in this archive needs lists or quotations within so many others"
        return Body("", (), (), ()), [error("too-deep", "the text is nested too deeply", written.at(0), hint)]
    named: list[_Address] = md.archive_addresses  # type: ignore[attr-defined]
    problems = [*_broken_references(found), *_addresses(named, found)]
    problems += _raw_html([block for block in md.htmlStash.rawHtmlBlocks if isinstance(block, str)], dialect, found)
    problems += _headings_in_order(found) if full else []
    unused = _unused_footnotes(md)
    problems += _footnotes(md.archive_missing, unused, found, full)  # type: ignore[attr-defined]
    html = _without_backlinks(html, unused)
    if not dialect.trust_html:
        problems += _attribute_lists(md.archive_attributes, found)  # type: ignore[attr-defined]
        html = _cleaner(_TAGS).clean(html)
    problems += _duplicate_anchors(html, found)
    html = _number_footnotes(html, dialect.numbering)
    uses = tuple(BodyUse(target.strip(), found.reference(target)) for target in md.archive_targets)  # type: ignore[attr-defined]
    found = _Finder(written, found.prose)
    beside = [name.address for name in named if _is_beside(name.address)]
    files = tuple((address, written.at(found.address(address))) for address in beside)
    headings = tuple(_flatten(getattr(md, "toc_tokens", ()))) if full else ()
    return Body(html, headings, uses, files), problems


@functools.cache
def _cleaner(tags: frozenset[str]) -> nh3.Cleaner:
    schemes = _SCHEMES | {ATTACHMENT_SCHEME}
    return nh3.Cleaner(tags=set(tags), attributes=_ATTRIBUTES, url_schemes=schemes, link_rel=None)


_HEADING_TAGS = frozenset({"span", "bdi", "em", "strong", "code", "sub", "sup", REFERENCE_TAG})


def _flatten(tokens: Sequence[Any]) -> list[Heading]:
    found = []
    for token in tokens:
        if words := _cleaner(_HEADING_TAGS).clean(token["html"]):
            found.append(Heading(token["level"], token["id"], words))
        found += _flatten(token["children"])
    return found


def _unused_footnotes(md: markdown.Markdown) -> list[str]:
    """The footnotes that are defined and that nothing points to."""
    own = (extension for extension in md.registeredExtensions if isinstance(extension, FootnoteExtension))
    return [name for notes in own for name in notes.footnotes if name not in notes.footnote_order]


def _without_backlinks(html: str, unused: Iterable[str]) -> str:
    """The text without the ways back from footnotes to nowhere; they stay, as the others are numbered by them."""
    for name in unused:
        address = re.escape(entities.escape(f"#fnref:{name}"))
        html = re.sub(rf'(?:&#160;)?<a [^>]*href="{address}"[^>]*>.*?</a>', "", html)
    return html


def _number_footnotes(html: str, numbering: Numbering) -> str:
    if numbering == "latn" or "footnote-ref" not in html:
        return html
    return re.sub(r'(class="footnote-ref"[^>]*>)(\d+)', lambda m: m[1] + digits(m[2], numbering), html)


class _Finder:
    """Where things stand in a text, searched in order so that the second of two alike is found second."""

    def __init__(self, written: Positions, prose: str) -> None:
        self.written = written
        #: The text with blanks in place of code, in which nothing is a reference or a heading.
        self.prose = prose
        self._from: dict[str, int] = {}

    @functools.cached_property
    def _references(self) -> dict[str, deque[int]]:
        """The offsets of references by their target; those within what looks like code come last."""
        found: dict[str, deque[int]] = defaultdict(deque)
        every = list(_REFERENCE.finditer(self.written.text))
        if self.prose != self.written.text:
            first = {match.start() for match in _REFERENCE.finditer(self.prose)}
            every.sort(key=lambda match: match.start() not in first)
        for match in every:
            found[match["target"]].append(match.start())
        return found

    def reference(self, target: str) -> Location:
        offsets = self._references.get(target)
        return self.written.at(offsets.popleft() if offsets else 0)

    def address(self, address: str) -> int:
        """Where an address stands next: in parentheses, in angle brackets, or elsewhere."""
        for mark in ("(", "<"):
            if mark + address in self.written.text:
                return self.offset(mark + address) + 1
        return self.offset(address)

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


def _broken_references(found: _Finder) -> Iterator[Problem]:
    """What begins like a reference and is none; a link whose text is in brackets may look so: `[[1]](address)`."""
    if "[[" not in found.prose:
        return
    rest = _REFERENCE.sub(lambda match: " " * len(match[0]), found.prose)
    told = -1
    for match in re.finditer(r"(?<!\\)\[\[(?![^\[\]\n]*\]\()", rest):
        line, _ = found.written.line_of(match.start())
        if line == told:
            continue
        told = line
        hint = "write [[id]] or [[id|text]] on one line; \\[[ shows the brackets themselves"
        yield error("reference-form", "“[[” begins no reference", found.written.at(match.start()), hint)


def _deep_brackets(prose: str) -> int | None:
    """The first of more open brackets than a paragraph can need (their number squared is the time it takes)."""
    if prose.count("[") <= _DEEPEST_BRACKETS:
        return None
    opened: list[int] = []
    for match in re.finditer(r"\\.|[\[\]]|\n[ \t]*\n", prose):
        if match[0] == "[":
            opened.append(match.start())
            if len(opened) > _DEEPEST_BRACKETS:
                return opened[0]
        elif match[0] == "]":
            del opened[-1:]
        elif match[0][0] == "\n":
            opened.clear()
    return None


def _footnotes(missing: Iterable[str], unused: Iterable[str], found: _Finder, full: bool) -> Iterator[Problem]:
    """Marks without a footnote, and footnotes without a mark."""
    for mark in missing:
        hint = f"write {mark}: and its words in a paragraph of their own; \\[^ shows the bracket itself"
        hint = hint if full else "notes and biographies have no footnotes: write it out"
        yield error("dangling-footnote", f"{mark} has no footnote", found.written.at(found.offset(mark)), hint)
    for name in unused:
        at = found.written.at(found.offset(f"[^{name}]:"))
        yield warning("unused-footnote", f"nothing points to the footnote {name}", at, f"write [^{name}] in the text")


def _attribute_lists(lists: Iterable[_AttributeList], found: _Finder) -> Iterator[Problem]:
    """What cleaning takes out of attribute lists."""
    for written, tag, names in lists:
        begin = found.offset(written, *names)
        verbatim = found.written.text.startswith(written, begin)
        for name in names:
            at = found.written.at(begin + written.find(name) * verbatim)
            hint = "leave it out; trust_html: true in site.yaml leaves attributes as they are"
            yield warning("raw-html", f"{name} on <{tag}> is taken out of the text", at, hint)


def _duplicate_anchors(html: str, found: _Finder) -> Iterator[Problem]:
    """Anchors that editors have named, of which a page has another: of the text, or of the theme."""
    anchors = Counter(entities.unescape(name) for name in re.findall(r'<[a-z][^<>]*?\sid="([^"]*)"', html))
    for anchor, times in anchors.items():
        of_theme = anchor in THEME_IDS or anchor.startswith(NOTE_ID)
        if times == 1 and not of_theme:
            continue
        name = re.escape(anchor)
        pattern = rf"(?:\{{[^{{}}\n]*?(?P<mark>#)|\bid=[\"']?){name}(?![\w:.-])"
        named = re.finditer(pattern, found.prose)
        places = [match.start("mark") if match["mark"] else match.start() for match in named]
        again = places if of_theme else places[-(times - 1) :]
        for at in again or [0]:
            message = f"the anchor “{anchor}” stands twice on the page"
            yield error("duplicate-anchor", message, found.written.at(at), "give it another name")


def _addresses(named: list[_Address], found: _Finder) -> Iterator[Problem]:
    """Pictures without text, and addresses that lead nowhere or are not safe."""
    for address, tag, alt in named:
        scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", address)
        picture = tag == "img"
        at = found.written.at(found.address(address))
        if picture and not alt.strip():
            message = "a picture has no text for readers who do not see it"
            yield error("missing-alt", message, at, "write what it shows: ![...](file)")
        if scheme and scheme[1].lower() not in _SCHEMES:
            yield error("unsafe-link", f"addresses that begin with {scheme[0]} are taken out", at, "link to a web page")
        elif scheme and picture:
            hint = "put the file beside the text: pages load nothing from other sites"
            yield warning("outside-picture", "the picture lies on another site", at, hint)
        elif address.startswith(("./", "../", "/")):
            hint = "name a file beside the text without a folder; link to records with [[id]]"
            yield error("wrong-form", f"“{address}” leads out of the folder of this text", at, hint)


#: A heading after the end of a line, which a text that begins without one is given: an expression that begins with a
#: certain character passes over all else at once.
_HEADING = re.compile(r"\n(?:(?P<marks>#{1,6}+)(?P<words>.*)$|(?<=\n\n)(?=\S).+\n(?P<line>=+|-+)[ \t]*$)", re.MULTILINE)


def _headings_in_order(found: _Finder) -> Iterator[Problem]:
    level = 1
    before = "" if found.prose.startswith("\n") else "\n\n"
    for match in _HEADING.finditer(before + found.prose):
        this = len(match["marks"]) if match["marks"] else 1 if match["line"].startswith("=") else 2
        at = found.written.at(match.start() + 1 - len(before))
        if match["marks"] and not match["words"].strip("# \t"):
            yield warning("empty-heading", "a heading has no words", at, "write them, or delete the line")
        elif this == 1:
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
        for name in values:
            if name not in _allowed_on(tag):
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
    for block in (block.strip("\n") for block in blocks):
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
