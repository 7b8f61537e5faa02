"""Logical text turned into visual order and presentation forms, for renderers that shape nothing themselves.

Two places need it: pictures that we draw (Pillow's basic layout puts one glyph after the other) and plain
terminals. Everything else keeps logical-order Unicode letters, because browsers, feed readers and search
engines shape and reorder text on their own and find nothing in text that was reordered for them. So nothing
that writes HTML, feeds, JSON or file names may import this module; the import contract enforces that.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Literal

# Spelled out in full: what is left out, arabic-reshaper reads from a file named in the environment.
_RESHAPER = {
    "language": "Arabic",
    "delete_harakat": True,
    "shift_harakat_position": False,
    "delete_tatweel": False,
    "support_zwj": True,
    "use_unshaped_instead_of_isolated": False,
    "support_ligatures": False,
}

# Ligatures are made here: arabic-reshaper puts them in the wrong place once a line holds a joiner.
_ALEFS = "\ufe82\ufe84\ufe88\ufe8e"  # final alef: with madda, hamza above, hamza below, plain
_LIGATURES = {"\ufe8d\ufedf\ufee0\ufeea": "\ufdf2"} | {
    lam + alef: chr(0xFEF5 + 2 * index + form)
    for index, alef in enumerate(_ALEFS)
    for form, lam in enumerate("\ufedf\ufee0")
}
_LIGATURE = re.compile("|".join(_LIGATURES))

# Two controls of class BN (UAX #9), set around the marks of a base character: they take its level and change
# no other, so their order after reordering tells whether that base ended up right-to-left.
_OPEN, _CLOSE = "\x01", "\x02"
# A neutral that keeps them off the line's end, where rule L1 would give them the level of the paragraph.
_END = "\ufffc"
_ISOLATES = "\u2066\u2067\u2068\u2069"
_CLUSTER = re.compile("(?P<ltr>[^\x01\x02]\x01[^\x01\x02]*\x02)|\x02(?P<marks>[^\x01\x02]*)\x01(?P<base>[^\x01\x02])")

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffc]")
_BREAKS = re.compile(r"[\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(r"[\x01\x02\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc]")


def visual(line: str, direction: Literal["ltr", "rtl"]) -> str:
    """The characters of `line` in the order and form in which they stand on paper, from left to right.

    `line` is one line in logical order; `direction` is that of its paragraph. Reordering is that of UAX #9
    with isolates (X5a-X6a), bracket pairs (N0), marks after their base (L3) and mirrored brackets (L4).
    Arabic letters become presentation forms, with the ligatures of lam-alef and of the name of God; a
    zero-width non-joiner ends a join.

    Left out of the result: invisible format characters, and Arabic vowel marks, which only a shaping renderer
    can place. Letters without presentation forms in Unicode (Kurdish U+06CE, for example) stay as they are.
    A tab becomes a space.

    Raises ValueError where `line` holds a line break.
    """
    if _BREAKS.search(line):
        raise ValueError("a single line is needed: break the text before it is reordered")
    from bidi import get_display
    from bidi.mirror import MIRRORED

    shaped = _shaped(_CONTROLS.sub("", line.replace("\t", " ")))
    display: str = get_display(_tracked(shaped, MIRRORED), base_dir="R" if direction == "rtl" else "L")

    def restored(match: re.Match[str]) -> str:
        base, marks = match["base"], match["marks"]
        return match["ltr"] or f"{MIRRORED.get(base, base)}{marks[::-1]}"

    return _INVISIBLE.sub("", _CLUSTER.sub(restored, display))


def _shaped(line: str) -> str:
    if line.isascii():
        return line
    # Composed first: the reshaper would drop a hamza that stands as a mark of its own.
    composed = unicodedata.normalize("NFC", line).replace("\u0647\u0654", "\u06c0")
    return _LIGATURE.sub(lambda match: _LIGATURES[match[0]], _reshaper()(composed))


def _tracked(line: str, mirrored: Mapping[str, str]) -> str:
    """`line` with controls around the marks of every base that has marks or a mirror image."""
    clusters: list[str] = []
    for base, marks in _clusters(line):
        tracked = base in mirrored or (marks and base not in _ISOLATES)
        clusters.append(f"{base}{_OPEN}{marks}{_CLOSE}" if tracked else base + marks)
    return "".join(clusters) + _END


def _clusters(line: str) -> Iterator[tuple[str, str]]:
    start = 0
    while start < len(line):
        end = start + 1
        while end < len(line) and unicodedata.bidirectional(line[end]) == "NSM":
            end += 1
        yield line[start], line[start + 1 : end]
        start = end


@functools.cache
def _reshaper() -> Callable[[str], str]:
    from arabic_reshaper import ArabicReshaper

    reshape: Callable[[str], str] = ArabicReshaper(configuration=_RESHAPER).reshape
    return reshape
