"""Social cards: the picture that a shared link to an article shows, one for each article and language.

A card is set from packaged fonts with Pillow's basic layout, which puts one glyph after the other and so
gives the same bytes wherever the same Pillow runs; `site_builder.shaping` joins and reorders the text
beforehand. Lines are broken in logical order first and reordered one by one (UAX #9, section 3.4).
"""

from __future__ import annotations

import functools
import io
import re
import unicodedata
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from math import ceil
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from site_builder.shaping import visual
from site_builder.text.bidi import enclose, isolate_plain, opposite_runs
from site_builder.text.languages import Direction

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630

_Colour = tuple[int, int, int]
_PAPER: _Colour = (247, 243, 234)
_INK: _Colour = (28, 27, 25)
_MUTED: _Colour = (107, 100, 89)
_ACCENT: _Colour = (143, 29, 33)
_RULE: _Colour = (205, 197, 181)
_SHADES = 10  # steps from paper to a colour: few enough to pack well, too many for an edge to look stepped

# Distances in pixels: along the line from its start edge (the right one of a right-to-left card), and down.
_SPINE = 26
_START = 110
_MEASURE = 1006
_TITLE_TOP, _TITLE_BOTTOM = 132, 500

_BREAKING_SPACE = re.compile(r"[^\S\xa0\u2007\u202f]+")
_ARABIC_MARK = "\u061c"
_ELLIPSIS = "\u2026"
_LOOSE_END = " \xa0.,:;-\u2010\u2013\u2014/([{\xab\u2039\u201c\u2018\"'\u060c\u061b"


class Card(NamedTuple):
    """What a card says, as plain text in logical order.

    `title`; `date` as it is to be read; the archive's name (`archive`); above the title, what kind of thing
    it is (`label`, may be empty). `direction` is that of the card's language.
    """

    title: str
    date: str
    archive: str
    direction: Direction
    label: str = ""


class SetTitle(NamedTuple):
    """A title broken into lines, in logical order, for faces of `size` pixels."""

    size: int
    lines: tuple[str, ...]


class _Face(NamedTuple):
    """A font of a package; `axes` are the settings of a variable one, in the order of its axes."""

    family: str
    weight: int
    axes: tuple[int, ...] = ()


class _Setting(NamedTuple):
    """How a line is set: the paragraph's direction; faces, the preferred one first; their size in pixels."""

    direction: Direction
    faces: tuple[_Face, ...]
    size: int


class _Style(NamedTuple):
    """How a title is set.

    Faces, the preferred one first; sizes to try, in pixels; as multiples of the size, the height of a line
    and how far the first baseline is below the top.
    """

    faces: tuple[_Face, ...]
    sizes: tuple[int, ...]
    leading: float
    ascent: float


_NASKH = _Face("amiri", 700)
_SANS = _Face("ibm-plex-sans-arabic", 500)
_SERIF = _Face("source-serif-4", 400, (640, 40))
_SERIF_TEXT = _Face("source-serif-4", 400, (520, 18))

_TITLES: dict[Direction, _Style] = {
    "rtl": _Style((_NASKH, _SERIF), (104, 94, 84, 76, 68, 60, 54), 1.45, 1.0),
    "ltr": _Style((_SERIF, _NASKH), (100, 90, 80, 72, 64, 58, 52), 1.16, 0.9),
}
_NOTES: dict[Direction, tuple[_Face, ...]] = {
    "rtl": (_SANS, _SERIF_TEXT, _NASKH),
    "ltr": (_SERIF_TEXT, _SANS, _NASKH),
}

_Run = tuple[_Face | None, str]  # text that one face holds; no face: text that none holds
_Measure = Callable[[str], float]


def draw_card(card: Card) -> bytes:
    """The card as a PNG of 1200 by 630 pixels.

    A character that no packaged font holds is drawn as the empty box of the first face; see `undrawable`.
    """
    from PIL import Image

    ink, muted, accent, rule = (Image.new("L", (WIDTH, HEIGHT)) for _ in range(4))
    direction, style = card.direction, _TITLES[card.direction]
    name, note = _note(direction, 32), _note(direction, 30)

    _bar(accent, direction, 0, 0, _SPINE, HEIGHT)
    _bar(accent, direction, _START, 80, 64, 8)
    _write(accent, _fitted(card.label, note, _MEASURE - 84), note, _START + 84, 94)

    title = set_title(card.title, direction)
    setting = _Setting(direction, style.faces, title.size)
    for index, line in enumerate(_in_context(title.lines, direction)):
        baseline = round(_TITLE_TOP + title.size * (style.ascent + index * style.leading))
        _write(ink, line, setting, _START, baseline)

    _bar(rule, direction, _START, 524, _MEASURE, 2)
    date = _fitted(card.date, note, _MEASURE // 2)
    date_width = _width(date, note)
    _write(muted, date, note, _START + _MEASURE - date_width, 576)
    _write(ink, _fitted(card.archive, name, _MEASURE - date_width - 48), name, _START, 576)
    return _png(((rule, _RULE), (accent, _ACCENT), (muted, _MUTED), (ink, _INK)))


def undrawable(text: str, direction: Direction) -> str:
    """The characters of `text`, each once, by code point, that a card can only draw as boxes."""
    faces = _TITLES[direction].faces
    boxes = "".join(run for face, run in _runs(" ".join(_words(text)), direction, faces) if face is None)
    return "".join(sorted(set(boxes)))


def set_title(title: str, direction: Direction) -> SetTitle:
    """The title at the largest size at which it fits the card.

    What does not fit at the smallest size is cut, and an ellipsis put at the logical end; a word wider than
    the card is broken where the line is full.
    """
    style = _TITLES[direction]
    words = _words(title)
    for size in style.sizes:
        measure = _measuring(_Setting(direction, style.faces, size))
        most = int((_TITLE_BOTTOM - _TITLE_TOP) / (size * style.leading))
        lines = tuple(islice(_lines(words, measure, _MEASURE), most + 1))
        if len(lines) <= most and all(measure(line) <= _MEASURE for line in lines):
            return SetTitle(size, _balanced(words, len(lines), measure))
    lines = tuple(islice(_lines(_pieces(words, measure), measure, _MEASURE), most + 1))
    if len(lines) > most:
        lines = (*lines[: most - 1], _shortened(lines[most - 1], measure, _MEASURE))
    return SetTitle(size, lines)


def _fitted(text: str, setting: _Setting, room: float) -> str:
    line = " ".join(_words(text))
    shown = line if _width(line, setting) <= room else _shortened(line, _measuring(setting), room)
    return isolate_plain(shown, setting.direction)


def _in_context(lines: Sequence[str], direction: Direction) -> Iterator[str]:
    """The lines, each to be reordered on its own, with controls for what it owes to the paragraph.

    Opposite runs are those of the paragraph; a number after a break still follows an Arabic letter (rule W2).
    """
    paragraph = " ".join(lines)
    runs = opposite_runs(paragraph, direction)
    start = 0
    for line in lines:
        end = start + len(line)
        parts = [_ARABIC_MARK if direction == "rtl" and _after_arabic(paragraph[:start]) else ""]
        for run in runs:
            if run.start < end and run.end > start:
                opposite = enclose(paragraph[max(run.start, start) : min(run.end, end)], run.direction)
                parts += paragraph[start : max(run.start, start)], opposite
                start = min(run.end, end)
        yield "".join([*parts, paragraph[start:end]])
        start = end + 1


def _after_arabic(text: str) -> bool:
    """Whether the last right-to-left letter of the text is Arabic."""
    classes = (unicodedata.bidirectional(character) for character in reversed(text))
    return next((found for found in classes if found in {"R", "AL"}), "") == "AL"


def _note(direction: Direction, size: int) -> _Setting:
    return _Setting(direction, _NOTES[direction], size)


def _words(text: str) -> list[str]:
    return [word for word in _BREAKING_SPACE.split(text) if word]


def _lines(words: Iterable[str], measure: _Measure, width: float) -> Iterator[str]:
    """Words put on a line for as long as they fit; one wider than `width` stands on a line of its own."""
    line: list[str] = []
    used = 0.0
    for word in words:
        needed = measure(word)
        if line and used + measure(" ") + needed > width:
            yield " ".join(line)
            line, used = [], 0.0
        used += needed + (measure(" ") if line else 0)
        line.append(word)
    if line:
        yield " ".join(line)


def _balanced(words: Sequence[str], count: int, measure: _Measure) -> tuple[str, ...]:
    """The words on `count` lines of about one length, so that no last line holds one short word."""
    widths = range(ceil(max(map(measure, words), default=0)), _MEASURE)
    best = bisect_left(widths, True, key=lambda width: len(list(_lines(words, measure, width))) <= count)
    return tuple(_lines(words, measure, widths.start + best))


def _pieces(words: Iterable[str], measure: _Measure) -> Iterator[str]:
    """The words; those wider than a line in pieces that fill one."""
    for word in words:
        rest = word
        while measure(rest) > _MEASURE:
            piece = _filling(rest, measure)
            yield piece
            rest = rest[len(piece) :]
        yield rest


def _filling(word: str, measure: _Measure) -> str:
    ends = range(1, len(word))
    return word[: max(1, bisect_left(ends, True, key=lambda end: measure(word[:end]) > _MEASURE))]


def _shortened(line: str, measure: _Measure, room: float) -> str:
    """As much of the line as leaves room for an ellipsis: whole words, or part of the first one."""
    spaces = [index for index, character in enumerate(line) if character == " "]
    within = range((spaces or [len(line)])[0] - 1, 0, -1)
    for end in (len(line), *reversed(spaces), *within):
        shown = line[:end].rstrip(_LOOSE_END) + _ELLIPSIS
        if measure(shown) <= room:
            return shown
    return _ELLIPSIS


def _measuring(setting: _Setting) -> _Measure:
    """A function from logical text to its width as it will be drawn, that remembers what it measured."""
    return functools.cache(lambda text: _width(text, setting))


def _width(text: str, setting: _Setting) -> float:
    runs = _runs(text, setting.direction, setting.faces)
    return sum(_run_width(face or setting.faces[0], run, setting.size) for face, run in runs)


def _run_width(face: _Face, run: str, size: int) -> float:
    return sum(_advance(face, size, glyph) for glyph in run)


@functools.lru_cache(maxsize=8192)
def _runs(text: str, direction: Direction, faces: tuple[_Face, ...]) -> tuple[_Run, ...]:
    """A line of logical text as runs in visual order, cut where the face changes.

    Every character is in the first face that holds it. Of those that no face holds, marks and format
    characters are left out, and the others form runs without a face.
    """
    placed = (_placed(character, faces) for character in visual(text, direction))
    grouped = groupby((each for each in placed if each[1]), key=itemgetter(0))
    return tuple((face, "".join(glyph for _, glyph in glyphs)) for face, glyphs in grouped)


@functools.cache
def _placed(character: str, faces: tuple[_Face, ...]) -> _Run:
    # An isolated presentation form that a face lacks looks like the letter itself.
    plain = unicodedata.normalize("NFKC", character)
    for face in faces:
        for form in (character, plain):
            if len(form) == 1 and ord(form) in _held(face):
                return face, form
    return None, "" if unicodedata.category(character) in {"Mn", "Me", "Cf", "Cc"} else character


@functools.cache
def _advance(face: _Face, size: int, glyph: str) -> float:
    return _font(face, size).getlength(glyph)


@functools.cache
def _held(face: _Face) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(_path(face), lazy=True) as font:
        return frozenset(font.getBestCmap())


@functools.cache
def _font(face: _Face, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    font = ImageFont.truetype(_path(face), size, layout_engine=ImageFont.Layout.BASIC)
    if face.axes:
        font.set_variation_by_axes(list(face.axes))
    return font


@functools.cache
def _path(face: _Face) -> str:
    import fontpkg

    return str(fontpkg.path(face.family, weight=face.weight))


def _write(layer: Image, text: str, setting: _Setting, start: float, baseline: int) -> None:
    """Draws a line of logical text, `start` pixels away from the card's start edge."""
    from PIL import ImageDraw

    x = WIDTH - start - _width(text, setting) if setting.direction == "rtl" else start
    pen = ImageDraw.Draw(layer)
    for face, run in _runs(text, setting.direction, setting.faces):
        shown = face or setting.faces[0]
        pen.text((x, baseline), run, fill=255, font=_font(shown, setting.size), anchor="ls")
        x += _run_width(shown, run, setting.size)


def _bar(layer: Image, direction: Direction, start: int, top: int, width: int, height: int) -> None:
    left = WIDTH - start - width if direction == "rtl" else start
    layer.paste(255, (left, top, left + width, top + height))


def _png(layers: Sequence[tuple[Image, _Colour]]) -> bytes:
    """The layers of coverage, each in its colour on paper, as a PNG with a palette."""
    from PIL import Image

    card = Image.new("P", (WIDTH, HEIGHT), 0)
    palette = list(_PAPER)
    shades = [round(coverage * _SHADES / 255) for coverage in range(256)]
    for index, (layer, colour) in enumerate(layers):
        palette += [channel for shade in range(1, _SHADES + 1) for channel in _mixed(colour, shade)]
        part = layer.crop(layer.getbbox() or (0, 0, 1, 1))
        stencil = part.point([255 * bool(shade) for shade in shades])
        card.paste(part.point([shade + index * _SHADES for shade in shades]), layer.getbbox(), stencil)
    card.putpalette(palette)
    file = io.BytesIO()
    # Run lengths alone: flat paper packs as well as it would with full matching, in a third of the time.
    card.save(file, "PNG", compress_type=zlib.Z_RLE)
    return file.getvalue()


def _mixed(colour: _Colour, shade: int) -> _Colour:
    red, green, blue = (
        round(paper + (full - paper) * shade / _SHADES) for paper, full in zip(_PAPER, colour, strict=True)
    )
    return red, green, blue
