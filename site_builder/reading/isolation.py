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
from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE

from site_builder.text.bidi import (
    MASK,
    Run,
    enclose,
    has_direction,
    inner_runs,
    is_plain,
    is_wordless,
    letters,
    opposite_runs,
    outside,
)
from site_builder.text.languages import Direction, guess_language, is_language_tag
from site_builder.text.languages import language as language_of

Node = str | Element

_WALL: dict[Direction, str] = {"ltr": "\u200e", "rtl": "\u200f"}
"""A strong character of the direction, in place of what no run may reach across."""

# What Python-Markdown leaves in text until its last steps: \x02 and \x03 about the number of an escaped
# character, about "amp", or about the name of something put aside.
_TOKEN = re.compile("\x02amp\x03(?:#[0-9]+|#x[0-9a-fA-F]+|[A-Za-z]+);|\x02[^\x02\x03]*\x03|.", re.DOTALL)
_ESCAPED = re.compile("\x02([0-9]+)\x03")

_ATTRIBUTES = ("alt", "title", "aria-label")
_PRE = re.compile(r"\A(?:<div[^>]*>\s*)?<pre(?=[\s>])(?![^>]*\sdir=)")


class IsolationExtension(Extension):
    """Isolates, in a document in `language`, what is written in the other direction.

    Runs become `<span lang dir>`, or `<bdi dir>` for figures and addresses; `lang` is the one of `candidates`
    (language tags) that the text can be in, and absent where that is undecidable. In a right-to-left
    document code gets `dir="ltr"`. Elements with a `lang` of the editor's get the `dir` that goes with it,
    where it is another than that around them; those with a `dir` keep it. Within either, their direction
    is the one that counts. In `alt`, `title` and `aria-label` isolate controls do the work.

    No run reaches across raw HTML, blocks, or elements that have letters of both directions.
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
    """Text as Python-Markdown holds it (`tokens`) and, one sign for each, as readers see it (`shown`)."""

    tokens: Sequence[str]
    shown: str

    def part(self, start: int, end: int) -> _Text:
        """The text from one place to another."""
        return _Text(self.tokens[start:end], self.shown[start:end])


class _Child(NamedTuple):
    """An element and what runs see of it; `pieces` is its content where a run may lie within it."""

    element: Element
    shown: str
    pieces: Sequence[_Text | _Child]


class _Isolation(Treeprocessor):
    md: Markdown

    def __init__(self, md: Markdown, direction: Direction, candidates: tuple[str, ...]) -> None:
        super().__init__(md)
        self.direction = direction
        self.candidates = candidates

    def run(self, root: Element) -> None:
        if not self._is_plain(root):
            self._element(root, self.direction)
        if self.direction == "rtl":
            blocks = self.md.htmlStash.rawHtmlBlocks
            for place, block in enumerate(blocks):
                if isinstance(block, str):
                    blocks[place] = _PRE.sub(r'\g<0> dir="ltr"', block)

    def _is_plain(self, root: Element) -> bool:
        """Whether one look shows that there is nothing to isolate, as in most texts."""
        texts = list(root.itertext())
        for element in root.iter():
            if element.tag in ("code", "pre") or "lang" in element.attrib or "dir" in element.attrib:
                return False
            texts += [element.attrib[name] for name in _ATTRIBUTES if name in element.attrib]
        text = "".join(texts)
        return "\x02" not in text and is_plain(text, self.direction)

    def _element(self, element: Element, around: Direction) -> None:
        """Isolates what stands in the element and its attributes, by the element's own direction."""
        direction = _own_direction(element, around)
        if direction is None:
            return
        if direction != around and "dir" not in element.attrib:
            element.set("dir", direction)
        self._attributes(element, direction)
        if element.tag not in ("code", "pre"):
            pieces = self._pieces(element, direction)
            self._isolate(element, pieces, opposite_runs(_shown(pieces), direction))

    def _attributes(self, element: Element, direction: Direction) -> None:
        for name in _ATTRIBUTES:
            if name in element.attrib:
                text = self._text(element.attrib[name], direction)
                runs = opposite_runs(text.shown, direction)
                element.set(name, "".join(_with_controls(text, runs)))

    def _pieces(self, element: Element, direction: Direction) -> list[_Text | _Child]:
        return [
            self._text(node, direction) if isinstance(node, str) else self._child(node, direction)
            for node in _content(element)
        ]

    def _child(self, element: Element, direction: Direction) -> _Child:
        if self.md.is_block_level(element.tag):
            self._element(element, direction)
            return _Child(element, _WALL[direction], ())
        if element.tag == "br":
            return _Child(element, "\n", ())
        own = "dir" in element.attrib or _own_direction(element, direction) != direction
        if own or element.tag == "code" or element.get("id", "").startswith("fnref"):
            self._element(element, direction)
            return _Child(element, MASK, ())
        self._attributes(element, direction)
        pieces = self._pieces(element, direction)
        shown = _shown(pieces)
        if not has_direction(shown, direction):
            return _Child(element, shown or MASK, pieces)
        runs = opposite_runs(shown, direction)
        self._isolate(element, pieces, runs)
        wall = _WALL[direction]
        # A quotation may go on after an element in one direction: its letters are walls to all other runs.
        inside = "" if runs or wall in shown else letters(shown, direction)
        return _Child(element, inside or wall, ())

    def _text(self, text: str, direction: Direction) -> _Text:
        if "\x02" not in text:
            return _Text(text, text)
        tokens = _TOKEN.findall(text)
        return _Text(tokens, "".join(self._sign(token, direction) for token in tokens))

    def _sign(self, token: str, direction: Direction) -> str:
        if len(token) == 1:
            return token
        if escaped := _ESCAPED.fullmatch(token):
            return chr(int(escaped[1]))
        raw = token.replace(AMP_SUBSTITUTE, "&")
        if stashed := HTML_PLACEHOLDER_RE.fullmatch(token):
            raw = str(self.md.htmlStash.rawHtmlBlocks[int(stashed[1])])
            if not raw.startswith("&"):
                return _WALL[direction]
        sign = html.unescape(raw)
        return sign if len(sign) == 1 else MASK

    def _isolate(
        self, element: Element, pieces: Sequence[_Text | _Child], runs: Sequence[Run], *, inner: bool = False
    ) -> None:
        """Encloses the runs, whose offsets are those of what `pieces`, the element's content, show.

        `inner` runs, those within a run, are left alone where they would have to widen: they might come to be
        all of that run.
        """
        if not runs:
            return
        whole: list[Run] = []
        within: dict[int, list[Run]] = {}
        for run in runs:
            touched = [span for span in _spans(pieces) if span.start < run.end and run.start < span.end]
            first = touched[0]
            if len(touched) == 1 and isinstance(first.piece, _Child) and first.piece.pieces:
                shifted = run._replace(start=run.start - first.start, end=run.end - first.start)
                within.setdefault(first.start, []).append(shifted)
            elif not inner or _cuts_no_element(run, touched):
                _append_widened(whole, run, touched)
        for start, shifted_runs in within.items():
            child = next(span.piece for span in _spans(pieces) if span.start == start and span.end > start)
            if isinstance(child, _Child) and not any(run.start <= start < run.end for run in whole):
                self._isolate(child.element, child.pieces, shifted_runs, inner=inner)
        nodes: list[Node] = []
        for covering, part in _cut(pieces, whole):
            nodes += [self._enclosed(part, covering.direction)] if covering else _nodes(part)
        _fill(element, nodes)

    def _enclosed(self, pieces: Sequence[_Text | _Child], direction: Direction) -> Element:
        text = _shown(pieces)
        wordless = is_wordless(text)
        element = Element("bdi" if wordless else "span")
        runs = inner_runs(text, direction)
        language = None if wordless else guess_language(outside(text, runs), self.candidates)
        if language:
            element.set("lang", language)
        element.set("dir", direction)
        _fill(element, _nodes(pieces))
        self._isolate(element, pieces, runs, inner=True)
        return element


class _Span(NamedTuple):
    """Where a piece lies in what its element shows."""

    start: int
    end: int
    piece: _Text | _Child


def _spans(pieces: Sequence[_Text | _Child]) -> Iterator[_Span]:
    start = 0
    for piece in pieces:
        yield _Span(start, start + len(piece.shown), piece)
        start += len(piece.shown)


def _cuts_no_element(run: Run, touched: Sequence[_Span]) -> bool:
    children = [span for span in touched if isinstance(span.piece, _Child)]
    return all(run.start <= span.start and span.end <= run.end for span in children)


def _append_widened(runs: list[Run], run: Run, touched: Sequence[_Span]) -> None:
    """Adds the run, with the whole of the elements that it touches and of the run before that it meets."""
    children = [span for span in touched if isinstance(span.piece, _Child)]
    start = min([run.start, *(span.start for span in children)])
    end = max([run.end, *(span.end for span in children)])
    if runs and runs[-1].end > start:
        start = runs.pop().start
    runs.append(run._replace(start=start, end=end))


def _cut(pieces: Sequence[_Text | _Child], runs: Sequence[Run]) -> Iterator[tuple[Run | None, list[_Text | _Child]]]:
    """The content in parts, each with the run that covers it, or None between runs."""
    edges = sorted({edge for run in runs for edge in (run.start, run.end)})
    covering: Run | None = None
    part: list[_Text | _Child] = []
    for start, end, piece in _spans(pieces):
        cuts = [start, *(edge for edge in edges if start < edge < end), end]
        for a, b in zip(cuts, cuts[1:], strict=False):
            run = next((run for run in runs if run.start <= a < run.end), None)
            if run != covering:
                yield covering, part
                covering, part = run, []
            if isinstance(piece, _Child):
                part.append(piece)
            else:
                part.append(piece.part(a - start, b - start))
    yield covering, part


def _nodes(pieces: Sequence[_Text | _Child]) -> list[Node]:
    return [piece.element if isinstance(piece, _Child) else "".join(piece.tokens) for piece in pieces]


def _with_controls(text: _Text, runs: Sequence[Run]) -> Iterator[str]:
    done = 0
    for run in runs:
        yield from text.tokens[done : run.start]
        inner = text.part(run.start, run.end)
        runs_within = inner_runs(inner.shown, run.direction)
        yield enclose("".join(_with_controls(inner, runs_within)), run.direction)
        done = run.end
    yield from text.tokens[done:]


def _own_direction(element: Element, around: Direction) -> Direction | None:
    """The direction of the element's content; None where it is left to the browser."""
    own = element.get("dir")
    if own is not None:
        return "ltr" if own == "ltr" else "rtl" if own == "rtl" else None
    tag = element.get("lang", "")
    if is_language_tag(tag):
        return language_of(tag).direction
    return "ltr" if element.tag in ("code", "pre") else around


def _shown(pieces: Sequence[_Text | _Child]) -> str:
    return "".join(piece.shown for piece in pieces)


def _content(element: Element) -> Iterator[Node]:
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail


def _fill(element: Element, nodes: Sequence[Node]) -> None:
    """Makes the nodes all that the element holds."""
    element.text = None
    for child in list(element):
        element.remove(child)
    last: Element | None = None
    for node in nodes:
        if isinstance(node, Element):
            node.tail = None
            element.append(node)
            last = node
        elif last is None:
            element.text = (element.text or "") + node
        else:
            last.tail = (last.tail or "") + node
