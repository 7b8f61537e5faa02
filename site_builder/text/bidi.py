"""Finding and isolating text of the other direction.

Directions are those of the Unicode Bidirectional Algorithm (UAX #9), the character classes those of
`unicodedata.bidirectional`. Isolation follows the W3C's advice (Inline markup and bidirectional text in
HTML): the whole phrase, and nothing but the phrase, is isolated. All offsets are code points.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from site_builder.text.languages import Direction

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
LRM, RLM = "\u200e", "\u200f"

MASK = "\ufffc"
"""Stands for an object within text whose content is none of the text's own; it has no direction."""

_INITIATOR: dict[Direction | None, str] = {"ltr": LRI, "rtl": RLI, None: FSI}
_MARK: dict[Direction, str] = {"ltr": LRM, "rtl": RLM}
_OTHER: dict[Direction, Direction] = {"ltr": "rtl", "rtl": "ltr"}
_STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl"}


class Run(NamedTuple):
    """A stretch of text, `start` to `end` (exclusive), whose direction is not that of its surroundings."""

    start: int
    end: int
    direction: Direction


def other(direction: Direction) -> Direction:
    """The other one of the two directions."""
    return _OTHER[direction]


def first_strong(text: str) -> Direction | None:
    """The direction of the first strong character outside isolates (UAX #9, rule P2), if there is one."""
    return next((way for ch in _masked(text) if (way := _direction(ch))), None)


def has_direction(text: str, direction: Direction) -> bool:
    """Whether the text has a strong character of the direction outside isolates."""
    if direction == "rtl" and (text.isascii() or not _RTL.search(text)):
        return False
    return any(_direction(ch) == direction for ch in _masked(text))


def letters(text: str, direction: Direction) -> str:
    """The strong characters of the direction in a text, in isolates or not."""
    return "".join([ch for ch in text if _direction(ch) == direction])


def enclose(text: str, direction: Direction | None) -> str:
    """The whole text as one isolate; None leaves its direction to its first strong character."""
    return f"{_INITIATOR[direction]}{text}{PDI}"


def isolate_plain(text: str, direction: Direction) -> str:
    """The text with every opposite run enclosed in isolate controls, for places without markup.

    The runs within runs are enclosed too. What is isolated already stays as it is.
    """
    return _with_controls(text, opposite_runs(text, direction))


def _with_controls(text: str, runs: tuple[Run, ...]) -> str:
    parts: list[str] = []
    done = 0
    for run in runs:
        inner = text[run.start : run.end]
        parts += text[done : run.start], enclose(_with_controls(inner, inner_runs(inner, run.direction)), run.direction)
        done = run.end
    return "".join(parts) + text[done:]


def embedded_plain(text: str, own: Direction | Literal["auto"], direction: Direction) -> str:
    """A phrase of its `own` direction, for use within plain text of this `direction`."""
    inner = isolate_plain(text, direction if own == "auto" else own)
    return inner if own == direction else enclose(inner, None if own == "auto" else own)


def title_text(text: str, direction: Direction) -> str:
    """A page title: `isolate_plain`, and a leading direction mark where the first letter is of the other one.

    Title bars take the direction of a title from its first letter, isolated or not (W3C, Structural markup
    and right-to-left text in HTML).
    """
    first = next((way for ch in text if (way := _direction(ch))), None)
    mark = _MARK[direction] if first == _OTHER[direction] else ""
    return mark + isolate_plain(text, direction)


def is_wordless(text: str) -> bool:
    """Whether the text of a run is a figure or an address, in no language: `-5%`, `25 km`, `https://a.org`."""
    whole = _FIGURE.fullmatch(text) or _ADDRESS.fullmatch(text)
    return whole is not None or not any(ch.isalpha() for ch in text)


def opposite_runs(text: str, direction: Direction) -> tuple[Run, ...]:
    """The phrases of the other direction within text of this `direction`, in order and apart from each other.

    - Words of the other direction with the spaces, digits and punctuation between them are one run. An
      Arabic comma between Latin words divides them, as in an Arabic list.
    - Brackets and quotes are in a run as pairs or not at all: a pair that the run begins or ends in is taken
      in whole; one that reaches into text of the base direction divides.
    - A quotation that begins and ends in the other direction is one run, the words of the base direction in it
      included: its own order is that of its language. `inner_runs` finds those words. In right-to-left text
      such words divide it all the same, unless they are in brackets or a word in small letters shows that it
      is no list of names («BBC وCNN»). So does a direction mark.
    - Other punctuation about a run stays outside, but for the last dot of `U.N.`, `C++` and `C#`, `@name`
      and `#tag`, and the slashes about a path. URLs and e-mail addresses are whole.
    - Digits joined to a word without a space are inside (F-16, 3D). After a space they are inside unless a
      word of the base direction follows that they may count: in «ISSG 23 دولة» the 23 belongs to the
      Arabic. Then too they are inside where the word before them begins with a capital and is no acronym
      (Resolution 2254). A year in brackets after such digits is inside with them (S/RES/2254 (2015)).
      Arabic digits about Arabic words in a left-to-right text are inside.
    - Where brackets, quotes or the text itself hold nothing but the run, its digits and a full stop, all of
      it is the run.
    - In right-to-left text a figure with European digits whose parts would change places is a run: signed
      numbers, per cent, sums and measures (25 km), telephone numbers from + or 00, three or more parts
      joined by hyphens (2016-09-22). Plain numbers and ranges (2016-2019) read well as they are.

    Isolates within the text are left alone and count as signs without direction.
    """
    return () if is_plain(text, direction) else _runs(text, direction)


def is_plain(text: str, direction: Direction) -> bool:
    """Whether one look shows that neither the text nor any part of it has opposite runs."""
    if direction == "ltr":
        return text.isascii() or not _RTL.search(text)
    return not _NOT_PLAIN_RTL.search(text) and not _MAYBE_FIGURE.search(text)


@lru_cache(maxsize=16384)
def _runs(text: str, direction: Direction) -> tuple[Run, ...]:
    return tuple(_Finder(text, direction).runs())


def inner_runs(text: str, direction: Direction) -> tuple[Run, ...]:
    """The opposite runs within a run of this `direction`, whose whole text is given; offsets are those of it.

    There are none in figures and addresses. Each is shorter than the text.
    """
    if is_wordless(text):
        return ()
    return tuple(run for run in opposite_runs(text, direction) if run.end - run.start < len(text))


def outside(text: str, runs: Sequence[Run]) -> str:
    """The text with a space in place of each of its runs."""
    edges = [0, *(edge for run in runs for edge in (run.start, run.end)), len(text)]
    return " ".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))


# Text has no run without a sign of these kinds; most paragraphs are of that sort. The strong right-to-left characters
# are in these blocks (DerivedBidiClass.txt). In right-to-left text digits are a run after a hyphen or where they begin
# with two zeros, if there are no other signs about them.
_RTL = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_NOT_PLAIN_RTL = re.compile(r"[^\s\u0591-\u08ff.,:;!?()\[\]«»‹›“”‘’…–—0-9-]")
_MAYBE_FIGURE = re.compile(r"[0–-](?:0|(?<!0)[0-9])")

_OPENING = dict(zip("([{«‹“„", ")]}»›”“", strict=True))
_BRACKET = re.compile(r"[][(){}«»‹›“”„\"]")
_QUOTES = frozenset('«‹“„"')
_CLOSING = frozenset(_OPENING.values()) - {"“"}

_NUMBER = r"[0-9]+(?:[.,:/\u00a0\u202f][0-9]+)*"
_UNIT = (
    r"(?:[kcdmMGTµμn]?(?:m|g|l|L|W|Wh|Hz|B|V|A|J|Pa|bit)[²³]?|km/h|m/s|[kMG]bit/s|mph|ha|t|ft|mi|lb|"
    r"°[ \u00a0]?[CFNSEW]|USD|EUR|GBP)"
)
_SUM = r"[$€£¥₪₺₽]"
# The look-arounds keep out parts of Latin words, ranges and longer figures; an Arabic particle may be joined
# to a figure (و5%), but a hyphen after an Arabic word is no sign.
_FIGURE = re.compile(
    rf"""(?<![0-9A-Za-zÀ-ʯ_{MASK}.,:/%+−–-])(?:
        (?:\+|00)[0-9]{{1,4}}(?:[ \u00a0.-]?\(?[0-9]{{1,4}}\)?){{2,}}
        |[0-9]+(?:[-‐‑–][0-9]+){{2,}}
        |(?<!\w)[+\-−±](?:{_SUM}[ \u00a0]?)?{_NUMBER}(?:[ \u00a0\u202f]?(?:{_UNIT}|[%‰°]|{_SUM}))?
        |{_NUMBER}[ \u00a0\u202f]?(?:{_UNIT}|[%‰°]|{_SUM})
        |{_SUM}[ \u00a0]?{_NUMBER}
    )(?![\w{MASK}%‰°]|[.,:/‐‑–-][0-9])""",
    re.VERBOSE,
)
_ARABIC_COMMA = re.compile("،")
_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|www\.)[^\s<>«»“”\"]*[^\s<>«»“”\".,;:!?،؛؟)\]}']"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE,
)

_JOINED_AFTER = re.compile(r"(?:[-‐‑–/._'’]?[0-9]+(?:[.,:/][0-9]+)*)+")
_JOINED_BEFORE = re.compile(rf"(?<![\w{MASK}])[0-9][0-9.,:/‐‑–-]*\Z")
_COUNTED = re.compile(rf"[ \u00a0]{_NUMBER}(?![\w{MASK}%‰°$€£¥₪₺₽]|[ \u00a0]?[%‰°]|[.,:/‐‑–-][0-9])")
_YEAR = re.compile(r"[ \u00a0]\([0-9]{4}\)")
_AFTER_SPACE = re.compile(r"[\s(\[{«‹“„\"]+[^\s(\[{«‹“„\"]")
_DOTTED = re.compile(r"(?:\A|.*[^\w.])(?:[^\W\d_]\.)+[^\W\d_]\Z", re.DOTALL)
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_SMALL_WORD = re.compile(r"[a-zß-öø-ÿа-яё]{2,}[.,;:!?…]?")
_SIGNED_NAME = re.compile(r"[+#]+(?!\w)")
_FULL_STOP = re.compile(r"[.!?…]+")
_SLASH = re.compile(r"/(?!\w)")
_PREFIX = re.compile(r"(?:\A|(?<=[\s(\[{«‹“„]))(?:[@#/~\\]|\.(?=\w))\Z")


@lru_cache(maxsize=4096)
def _direction(ch: str) -> Direction | None:
    return _STRONG.get(unicodedata.bidirectional(ch))


def _masked(text: str) -> str:
    """The text with all that is isolated, controls included, replaced sign by sign."""
    if PDI not in text and not any(control in text for control in _INITIATOR.values()):
        return text
    depth = 0
    shown = []
    for ch in text:
        if ch in (LRI, RLI, FSI):
            depth += 1
        shown.append(MASK if depth or ch == PDI else ch)
        if ch == PDI and depth:
            depth -= 1
    return "".join(shown)


def _pairs(text: str) -> dict[int, int]:
    """The places of matching brackets and quotes, each leading to its partner. Pairs never cross."""
    partners = {}
    waiting: list[tuple[str, int]] = []
    for sign in _BRACKET.finditer(text):
        place, ch = sign.start(), sign[0]
        if ch == '"':
            closes = place > 0 and not text[place - 1].isspace() and text[place - 1] not in _OPENING
            opener, wanted = ("" if closes else ch), ch
        else:
            wanted = ch
            open_low = ch == "“" and any(mark == "“" for mark, _ in waiting)
            opener = "" if ch in _CLOSING or open_low else _OPENING.get(ch, "")
        if opener:
            waiting.append((ch if ch == '"' else _OPENING[ch], place))
            continue
        match = next((n for n in range(len(waiting) - 1, -1, -1) if waiting[n][0] == wanted), None)
        if match is not None:
            start = waiting[match][1]
            partners[start], partners[place] = place, start
            del waiting[match:]
    return partners


_OWN, _WANTED, _NEUTRAL, _FIGURE_START = "ow-f"
_GAP = re.compile(f"[{_NEUTRAL}]*[{_WANTED}{_FIGURE_START}][^{_OWN}]*")


class _Signs(dict[int, str]):
    """A table for `str.translate`: each code point's sign in text of a base direction."""

    def __init__(self, base: Direction) -> None:
        super().__init__()
        self._sign = {base: _OWN, _OTHER[base]: _WANTED, None: _NEUTRAL}

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, self._sign[_direction(chr(code))])


_SIGNS: dict[Direction, _Signs] = {"ltr": _Signs("ltr"), "rtl": _Signs("rtl")}


class _Finder:
    """One text being looked through for runs."""

    def __init__(self, text: str, base: Direction) -> None:
        self.text = _masked(text)
        self.base = base
        self.wanted = _OTHER[base]
        self.pairs = _pairs(self.text)
        self.figures: list[tuple[int, int]] = []
        self.shape = self._shaped()

    def _shaped(self) -> str:
        """Of each character whether it is of the base direction, of the wanted one, or of none."""
        marked = list(self.text.translate(_SIGNS[self.base]))
        quotations = list(self._quotations(marked))
        if self.base == "rtl":
            self._mark_signs(marked)
        for start, end in quotations:
            marked[start:end] = _WANTED * (end - start)
        return "".join(marked)

    def _mark_signs(self, marked: list[str]) -> None:
        """Marks what is more than its letters in right-to-left text."""
        for match in _ARABIC_COMMA.finditer(self.text):
            marked[match.start()] = _OWN
        for match in _ADDRESS.finditer(self.text):
            marked[slice(*match.span())] = _WANTED * len(match[0])
        for match in _FIGURE.finditer(self.text):
            if _WANTED in marked[slice(*match.span())]:
                marked[slice(*match.span())] = _WANTED * len(match[0])
            else:
                self.figures.append(match.span())
                marked[match.start()] = _FIGURE_START

    def _quotations(self, letters: Sequence[str]) -> Iterator[tuple[int, int]]:
        """What stands between quotes, if it is of the wanted direction as a whole and has letters of both."""
        if _OWN not in letters or _WANTED not in letters:
            return
        done = 0
        for opening, closing in sorted(self.pairs.items()):
            if not done <= opening < closing or self.text[opening] not in _QUOTES:
                continue
            content = self.text[opening + 1 : closing]
            start = closing - len(content.lstrip())
            end = start + len(content.strip())
            if self._is_of_wanted(start, end, letters):
                yield start, end
                done = closing

    def _is_of_wanted(self, start: int, end: int, letters: Sequence[str]) -> bool:
        text = self.text[start:end]
        signs = list(letters[start:end])
        if self.base == "rtl":
            for match in (*_ADDRESS.finditer(text), *_FIGURE.finditer(text)):
                signs[slice(*match.span())] = _NEUTRAL * len(match[0])
        strong = [sign for sign in signs if sign != _NEUTRAL]
        if _OWN not in strong or strong[0] == _OWN or strong[-1] == _OWN or LRM in text or RLM in text:
            return False
        if self.base == "ltr":
            return True
        for opening in range(start, end):
            closing = self.pairs.get(opening, opening)
            if opening < closing:
                signs[opening - start : closing - start] = _NEUTRAL * (closing - opening)
        return _OWN not in signs or any(_SMALL_WORD.fullmatch(word) for word in text.split())

    def runs(self) -> Iterator[Run]:
        for low, high in self._gaps():
            phrase = self._phrase(low, high)
            spans = [span for span in self.figures if low <= span[0] and span[1] <= high]
            if phrase:
                spans = [(a, b) for a, b in spans if b <= phrase[0] or a >= phrase[1]]
                spans.append(phrase)
            for start, end in sorted(spans):
                yield Run(start, end, self.wanted)

    def _gaps(self) -> Iterator[tuple[int, int]]:
        """The stretches that may hold runs: no letter of the base direction and no half of a pair of brackets."""
        for gap in _GAP.finditer(self.shape):
            low, high = gap.span()
            halves = [n for n in range(low, high) if n in self.pairs and not low <= self.pairs[n] < high]
            edges = [low - 1, *halves, high]
            yield from ((a + 1, b) for a, b in zip(edges, edges[1:], strict=False) if b - a > 1)

    def _phrase(self, low: int, high: int) -> tuple[int, int] | None:
        start, end = self.shape.find(_WANTED, low, high), self.shape.rfind(_WANTED, low, high) + 1
        if start < 0:
            return None
        start, end = self._with_arabic_digits(start, end, low, high)
        start, end = self._with_pairs(start, end)
        start = self._grown_left(start, low)
        end = self._grown_right(start, end, high)
        return self._filled(start, end, low, high)

    def _with_arabic_digits(self, start: int, end: int, low: int, high: int) -> tuple[int, int]:
        if self.base == "rtl":
            return start, end
        own = [n for n in range(low, high) if _is_arabic_digit(self.text[n])]
        return min([start, *own]), max([end, *(n + 1 for n in own)])

    def _with_pairs(self, start: int, end: int) -> tuple[int, int]:
        while True:
            ends = [self.pairs[n] for n in range(start, end) if n in self.pairs]
            wider = min([start, *ends]), max([end, *(n + 1 for n in ends)])
            if wider == (start, end):
                return wider
            start, end = wider

    def _grown_left(self, start: int, low: int) -> int:
        before = self.text[low:start]
        match = _JOINED_BEFORE.search(before) or _PREFIX.search(before)
        return low + match.start() if match else start

    def _grown_right(self, start: int, end: int, high: int) -> int:
        while end < high and unicodedata.bidirectional(self.text[end]) in ("NSM", "BN"):
            end += 1
        word = _LAST_WORD.search(self.text, start, end)
        number = _JOINED_AFTER.match(self.text, end, high)
        if not number and word:
            number = _COUNTED.match(self.text, end, high)
            if number and not _takes_number(word[0]) and self._is_followed_by_word(number.end()):
                number = None
        if number:
            year = _YEAR.match(self.text, number.end(), high)
            return year.end() if year else number.end()
        if _DOTTED.match(self.text[start:end]) and self.text[end:high].startswith("."):
            return end + 1
        match = _SIGNED_NAME.match(self.text, end) or _SLASH.match(self.text, end)
        return match.end() if match else end

    def _is_followed_by_word(self, place: int) -> bool:
        following = _AFTER_SPACE.match(self.text, place)
        return following is not None and self.shape[following.end() - 1] == _OWN

    def _filled(self, start: int, end: int, low: int, high: int) -> tuple[int, int]:
        """The run with the digits that share its brackets, or the whole text, with nothing else."""
        around = [n for n in range(low, start) if self.pairs.get(n, -1) >= end]
        if around:
            low, high = around[-1] + 1, self.pairs[around[-1]]
        elif (low, high) != (0, len(self.text)):
            return start, end
        digits = [n for n in range(low, high) if self.text[n].isdigit()]
        figures = [(a, b) for a, b in self.figures if low <= a and b <= high]
        starts = [start, *digits, *(a for a, _ in figures)]
        ends = [end, *(n + 1 for n in digits), *(b for _, b in figures)]
        start, end = self._with_pairs(min(starts), max(ends))
        stop = _FULL_STOP.match(self.text, end, high)
        return start, stop.end() if stop else end


def _takes_number(word: str) -> bool:
    return word[0].isupper() and (len(word) == 1 or not word.isupper())


def _is_arabic_digit(ch: str) -> bool:
    return "\u0660" <= ch <= "\u0669" or "\u06f0" <= ch <= "\u06f9"
