"""A rendered text as plain text: where names may stand in it, and the way back from there to its HTML.

`read` takes HTML apart once. What it gives has the text as readers see it, the same with U+FFFC in place of what is no
prose, the blocks with their anchors, and the means to put links around stretches of it. Offsets into `text` and
`prose` are code points, and the same in both.
"""

from __future__ import annotations

import bisect
import hashlib
import html as entities
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from site_builder.reading.body import REFERENCE_TAG

#: Stands in `prose` for what is no prose, and in `text` for a reference that has no words of its own.
GAP = "\ufffc"
#: Between blocks, and nowhere else: no name reaches across.
_APART = "\n\n"

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<slash>/?)(?P<tag>[A-Za-z][^\s/>]*)(?P<rest>(?:[^\"'>]|\"[^\"]*\"|'[^']*')*)>"
    r"|(?P<entity>&#?[A-Za-z0-9]+;)"
    r"|(?P<text>[^<&]+|[<&])",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s=/"']+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_FOOTNOTE_LINK = re.compile(r"\bclass=\"footnote-(?:ref|backref)\"")

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | frozenset(
    {
        "address", "article", "aside", "blockquote", "caption", "dd", "details", "dialog", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
        "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
#: What readers see and no name is looked for in.
_NO_PROSE = frozenset({"a", "button", "code", "kbd", "math", "option", "pre", "samp", "svg", "textarea", REFERENCE_TAG})
#: What readers do not see.
_UNSEEN = frozenset({"script", "style", "template", "noscript", "title"})
#: What a link may enclose or cut out of.
_PHRASING = frozenset(
    {
        "abbr", "b", "bdi", "bdo", "br", "cite", "data", "del", "dfn", "em", "i", "ins", "mark", "q", "s", "small",
        "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
    }
)  # fmt: skip


class Block(NamedTuple):
    """A stretch of text in one block, with the block's anchor and the number of its section (0 before any heading)."""

    start: int
    end: int
    anchor: str
    section: int
    heading: bool


class Reference(NamedTuple):
    """An explicit reference: the text that stands for it, and its target as written."""

    start: int
    end: int
    target: str


class Excerpt(NamedTuple):
    """A piece of text on one line. `marks` are the stretches that it is quoted for, in order.

    `gaps` are the offsets of the references without words of their own, each with its target.
    """

    text: str
    marks: tuple[tuple[int, int], ...]
    gaps: tuple[tuple[int, str], ...]


class _Run(NamedTuple):
    """A stretch of text as it stands in the HTML: code point by code point, or as one entity."""

    start: int
    place: int
    html_end: int
    literal: bool


class _Window(NamedTuple):
    """What is quoted of a block, and what stands for the parts of its sentence that are left out."""

    block: Block
    first: int
    last: int
    before: str
    after: str


class _Tag(NamedTuple):
    """A tag in the HTML. `step` is 1 where it opens an element, -1 where it closes one, 0 where it is all of one."""

    start: int
    end: int
    name: str
    step: int


class _Element:
    """A block element being read: where an anchor could be put in, its own anchor, and its own text."""

    __slots__ = ("anchor", "heading", "place", "section", "spans", "tag")

    def __init__(self, tag: str, place: int, anchor: str, section: int) -> None:
        self.tag, self.place, self.anchor, self.section = tag, place, anchor, section
        self.heading = tag in _HEADINGS
        self.spans: list[tuple[int, int]] = []


@dataclass(frozen=True)
class Passages:
    """A text taken apart. `anchors` are those that the HTML lacks: where each goes, and its name."""

    html: str
    text: str
    prose: str
    blocks: tuple[Block, ...]
    references: tuple[Reference, ...]
    anchors: tuple[tuple[int, str], ...]
    _runs: tuple[_Run, ...]
    _tags: tuple[_Tag, ...]

    def block_at(self, offset: int) -> Block | None:
        """The block in which the text at an offset stands; None between blocks."""
        place = bisect.bisect_right(self._block_starts, offset) - 1
        block = self.blocks[place] if place >= 0 else None
        return block if block and offset < block.end else None

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """The stretch of HTML that a link around some text would enclose; None where it would break the nesting.

        It encloses whole elements. Where it begins or ends in the middle of one that it would cut, there is no place.
        """
        begin, stop = self._html_offset(start), self._html_end(end)
        open_before, unclosed = self._unmatched(begin, stop)
        if open_before is None:
            return None
        for name in open_before:
            tag = self._tag_ending(begin)
            if tag is None or (tag.name, tag.step) != (name, 1):
                return None
            begin = tag.start
        for name in unclosed:
            tag = self._tag_starting(stop)
            if tag is None or (tag.name, tag.step) != (name, -1):
                return None
            stop = tag.end
        return begin, stop

    def marked(self, spans: Iterable[tuple[int, int, str]]) -> str:
        """The HTML with anchors, and with a placeholder element around stretches of text, each with its target.

        The stretches do not overlap, and `place` has a place for each.
        """
        inserted: list[tuple[int, int, str]] = [(at, 0, f' id="{name}"') for at, name in self.anchors]
        for start, end, target in spans:
            place = self.place(start, end)
            assert place is not None
            inserted.append((place[0], 1, f'<{REFERENCE_TAG} target="{entities.escape(target)}">'))
            inserted.append((place[1], 0, f"</{REFERENCE_TAG}>"))
        parts: list[str] = []
        done = 0
        for at, _, piece in sorted(inserted):
            parts += (self.html[done:at], piece)
            done = at
        return "".join([*parts, self.html[done:]])

    def excerpts(self, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[Block, Excerpt]]:
        """The sentences in which stretches of text stand, in order; those in one sentence are marked in it together.

        `spans` are in order; a long sentence is cut between words, and an ellipsis stands for the rest.
        """
        window: _Window | None = None
        marks: list[tuple[int, int]] = []
        for span in spans:
            if window and window.first <= span[0] and span[1] <= window.last:
                marks.append(span)
                continue
            if window:
                yield window.block, self._excerpt(window, marks)
            block = self.block_at(span[0])
            assert block is not None
            window, marks = self._window(block, *span), [span]
        if window:
            yield window.block, self._excerpt(window, marks)

    # The way back to HTML.

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    @cached_property
    def _run_starts(self) -> list[int]:
        return [run.start for run in self._runs]

    @cached_property
    def _tag_starts(self) -> list[int]:
        return [tag.start for tag in self._tags]

    def _html_offset(self, offset: int) -> int:
        run = self._runs[bisect.bisect_right(self._run_starts, offset) - 1]
        return run.place + offset - run.start if run.literal else run.place

    def _html_end(self, offset: int) -> int:
        run = self._runs[bisect.bisect_left(self._run_starts, offset) - 1]
        return run.place + offset - run.start if run.literal else run.html_end

    def _unmatched(self, begin: int, stop: int) -> tuple[list[str] | None, list[str]]:
        """Of a stretch of HTML, the elements that only end in it, and those that only begin, from the inside out.

        None, where there is something that a link cannot enclose.
        """
        ended: list[str] = []
        begun: list[str] = []
        starts = self._tag_starts
        for number in range(bisect.bisect_left(starts, begin), bisect.bisect_left(starts, stop)):
            tag = self._tags[number]
            if tag.name not in _PHRASING:
                return None, []
            if tag.step > 0:
                begun.append(tag.name)
            elif tag.step < 0 and begun:
                if begun.pop() != tag.name:
                    return None, []
            elif tag.step < 0:
                ended.append(tag.name)
        return ended, begun[::-1]

    def _tag_ending(self, at: int) -> _Tag | None:
        number = bisect.bisect_left(self._tag_starts, at) - 1
        return self._tags[number] if number >= 0 and self._tags[number].end == at else None

    def _tag_starting(self, at: int) -> _Tag | None:
        number = bisect.bisect_left(self._tag_starts, at)
        return self._tags[number] if number < len(self._tags) and self._tags[number].start == at else None

    # Sentences.

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return list(sentence_ends(self.text))

    @cached_property
    def _wordless(self) -> list[Reference]:
        return [one for one in self.references if self.text[one.start] == GAP]

    def _window(self, block: Block, start: int, end: int) -> _Window:
        """What is quoted of the sentence around some text: all of it, or whole words as far as there is room."""
        text, ends = self.text, self._sentence_ends
        before, after = bisect.bisect_right(ends, start), bisect.bisect_left(ends, end)
        first = max(block.start, ends[before - 1]) if before else block.start
        last = min(block.end, ends[after]) if after < len(ends) else block.end
        while first < start and text[first].isspace():
            first += 1
        while last > end and text[last - 1].isspace():
            last -= 1
        begin, stop = first, last
        if last - first > _LONGEST:
            room = max(0, _ROOM - (end - start))
            more = min(last - end, room - min(start - first, room // 2))
            begin, stop = start - min(start - first, room - more), end + more
            if begin > first:
                begin = next((place + 1 for place in range(begin, start) if text[place].isspace()), start)
            if stop < last:
                stop = next((place for place in range(stop - 1, end, -1) if text[place].isspace()), end)
        return _Window(block, begin, stop, "… " if begin > first else "", " …" if stop < last else "")

    def _excerpt(self, window: _Window, marks: Sequence[tuple[int, int]]) -> Excerpt:
        _, first, last, before, after = window
        gaps = [one for one in self._wordless if first <= one.start < last]
        edges = sorted({first, *(edge for mark in marks for edge in mark), *(one.start for one in gaps), last})
        shown = before
        now: dict[int, int] = {}
        for here, there in zip(edges, [*edges[1:], last], strict=True):
            now[here] = len(shown)
            shown += _SPACE.sub(" ", self.text[here:there])
        return Excerpt(
            shown + after,
            tuple((now[start], now[end]) for start, end in marks),
            tuple((now[one.start], one.target) for one in gaps),
        )


_SPACE = re.compile(r"\s+")


def filled(excerpt: Excerpt, name: Callable[[str], str]) -> Excerpt:
    """An excerpt with words in place of its gaps: `name` gives those for a target."""
    if not excerpt.gaps:
        return excerpt
    text, done, shift = "", 0, 0
    moved: list[tuple[int, int]] = []
    for at, target in excerpt.gaps:
        words = name(target)
        text += excerpt.text[done:at] + words
        done = at + len(GAP)
        moved.append((at, shift := shift + len(words) - len(GAP)))

    def now(offset: int) -> int:
        return offset + next((by for at, by in reversed(moved) if at < offset), 0)

    marks = tuple((now(start), now(end)) for start, end in excerpt.marks)
    return Excerpt(text + excerpt.text[done:], marks, ())


# --- Taking HTML apart ----------------------------------------------------------------------------------------------


def read(html: str) -> Passages:
    """Take a rendered text apart. Any HTML will do; what is not well nested loses links, and nothing else."""
    return _Reader(html).passages()


class _Reader:
    """The state of one reading."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.seen: list[str] = []
        self.prose: list[str] = []
        self.length = 0
        self.begun = 0
        self.runs: list[_Run] = []
        self.tags: list[_Tag] = []
        self.references: list[Reference] = []
        self.ids: set[str] = set()
        self.elements = [_Element("", 0, "", 0)]
        self.blocks = [self.elements[0]]
        self.section = 0
        #: Open elements in which no name is looked for, and in which nothing is seen.
        self.closed: list[str] = []
        self.unseen: list[str] = []
        self.reference: tuple[int, str] | None = None

    def passages(self) -> Passages:
        for token in _TOKEN.finditer(self.html):
            kind = token.lastgroup
            if kind == "text":
                if not self.unseen:
                    self._text(token[0], token.start(), token.end(), True)
            elif kind == "rest":
                self._tag(token)
            elif kind == "entity" and not self.unseen:
                self._text(entities.unescape(token[0]), token.start(), token.end(), False)
        self._break()
        return self._finished()

    def _text(self, text: str, place: int, html_end: int, literal: bool) -> None:
        if self.begun == self.length and text.isspace():
            return  # between blocks, where it shows nothing
        self.runs.append(_Run(self.length, place, html_end, literal))
        self.seen.append(text)
        self.prose.append(GAP * len(text) if self.closed else text)
        self.length += len(text)

    def _tag(self, token: re.Match[str]) -> None:
        name, opening = token["tag"].lower(), not token["slash"]
        rest = token["rest"]
        attributes = _attributes(rest) if opening and "=" in rest else {}
        whole = name in _VOID or (rest.endswith("/") and name in ("path", "svg"))
        self.tags.append(_Tag(token.start(), token.end(), name, 0 if whole else 1 if opening else -1))
        if "id" in attributes:
            self.ids.add(attributes["id"])
        if name in _UNSEEN or self.unseen or (name == "a" and opening and _FOOTNOTE_LINK.search(rest)):
            _step(self.unseen, name, opening, whole)
        elif name in _BLOCKS:
            self._block(token, name, opening, attributes, whole)
        elif name == REFERENCE_TAG:
            self._reference(opening, attributes)
        elif name in ("br", "img"):
            sign = "\n" if name == "br" else " "
            self.runs.append(_Run(self.length, token.start(), token.end(), False))
            self.seen.append(sign)
            self.prose.append(sign if name == "br" else GAP)
            self.length += 1
        elif name in _NO_PROSE:
            _step(self.closed, name, opening, whole)

    def _block(self, token: re.Match[str], name: str, opening: bool, attributes: dict[str, str], whole: bool) -> None:
        self._break()
        if name == "pre":
            _step(self.closed, name, opening, whole)
        if whole:
            return
        if not opening:
            if any(block.tag == name for block in self.blocks):
                while self.blocks.pop().tag != name:
                    pass
            return
        # The footnotes are a section of their own: they belong to no heading.
        if name in _HEADINGS or "footnote" in attributes.get("class", "").split():
            self.section += 1
        element = _Element(name, token.end("tag"), attributes.get("id", ""), self.section)
        self.elements.append(element)
        self.blocks.append(element)

    def _reference(self, opening: bool, attributes: dict[str, str]) -> None:
        if opening:
            self.reference = (self.length, attributes.get("target", ""))
            self.closed.append(REFERENCE_TAG)
        elif self.reference:
            start, target = self.reference
            if start == self.length:
                place = self.tags[-1].start
                self.runs.append(_Run(start, place, place, False))
                self.seen.append(GAP)
                self.prose.append(GAP)
                self.length += 1
            self.references.append(Reference(start, self.length, target))
            self.reference = None
            _step(self.closed, REFERENCE_TAG, False, False)

    def _break(self) -> None:
        """End the stretch of text of one block, where there is one."""
        if self.begun < self.length:
            self.blocks[-1].spans.append((self.begun, self.length))
            self.seen.append(_APART)
            self.prose.append(_APART)
            self.length += len(_APART)
        self.begun = self.length

    def _finished(self) -> Passages:
        text = "".join(self.seen)
        found: list[Block] = []
        minted: list[tuple[int, str]] = []
        for element in self.elements:
            own = [span for span in element.spans if text[span[0] : span[1]].strip()]
            if not own:
                continue
            anchor = element.anchor
            if not anchor and element.tag and not element.heading and element.tag != "pre":
                anchor = _anchor(" ".join(text[start:end] for start, end in own), self.ids)
                minted.append((element.place, anchor))
            found += [Block(start, end, anchor, element.section, element.heading) for start, end in own]
        found.sort()
        return Passages(
            self.html,
            text,
            "".join(self.prose),
            tuple(found),
            tuple(self.references),
            tuple(minted),
            tuple(self.runs),
            tuple(self.tags),
        )


def _attributes(rest: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(rest):
        value = next(filter(None, values), "")
        found.setdefault(name.lower(), entities.unescape(value) if "&" in value else value)
    return found


def _step(opened: list[str], name: str, opening: bool, whole: bool) -> None:
    if opening and not whole:
        opened.append(name)
    elif name in opened:
        while opened.pop() != name:
            pass


def _anchor(text: str, taken: set[str]) -> str:
    """An anchor made of a block's own words: it stays as long as they stay, whatever comes before or after."""
    words = " ".join(text.split())
    anchor = base = "p-" + hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=4).hexdigest()
    number = 1
    while anchor in taken:
        number += 1
        anchor = f"{base}-{number}"
    taken.add(anchor)
    return anchor


# --- Sentences ------------------------------------------------------------------------------------------------------

#: What may end a sentence, where a space and no small letter follows (after the sentence terminals of UAX #29).
_END = re.compile(r"(?P<mark>[.!?\u061f\u061b\u06d4]+)[\"'\u2019\u201d\u00bb)\]]*(?=\s+(?P<next>\S))")
#: A point after one of these ends an abbreviation: initials, د. and its like, titles.
_SHORTENED = re.compile(
    r"(?:^|[\s(\[\"'\u2018\u201c\u00ab/-])(?:(?:[^\W\d_]\.)*[^\W\d_]|[وفبكل][دأام]|"
    r"Mr|Mrs|Ms|Dr|Prof|St|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Gov|Sen|Rep|Amb|Hon|Rev|Jr|Sr|vs|No|Nos|Vol|pp|Fig|Art|"
    r"cf|ca|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)$"
)
_LONGEST_SHORTENED = 12
#: How long a sentence is quoted whole, and how much of a longer one, in code points.
_LONGEST = 320
_ROOM = 240


def sentence_ends(text: str) -> Iterator[int]:
    """Where sentences end within a text, in order (offsets after the mark and what closes with it)."""
    for found in _END.finditer(text):
        if found["next"].islower() or found["mark"].endswith(".."):
            continue
        begin = found.start()
        if found["mark"] == "." and _SHORTENED.search(text[max(0, begin - _LONGEST_SHORTENED) : begin]):
            continue
        yield found.end()
