"""Mending text that other programs have damaged: letters frozen in a shape, leftover direction controls.

Pages hold plain letters in logical order; shaping is the reader's font's work and direction the page's. See
the Unicode Standard, section 9.2 (Arabic Presentation Forms), and W3C, Unicode controls vs. markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple


class Fault(NamedTuple):
    """Damage found at `start` to `end` (exclusive, code points of the text before repair)."""

    start: int
    end: int
    kind: Literal["presentation-form", "bidi-control"]


_INITIATORS = "\u2066\u2067\u2068"
_PDI = "\u2069"

# The ornate parentheses and the signs of U+FDF0-FDFF are characters in their own right.
_FORMS = re.compile("[\ufb50-\ufd3d\ufd40-\ufdef\ufe70-\ufefc]+")
_ISOLATES = re.compile("[\u2066-\u2069]|\n[ \t]*\n")
#: Characters, as in a set of a regular expression, of which a text must hold one to be damaged.
DAMAGE = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufb50-\ufdff\ufe70-\ufefc"
_DAMAGED = re.compile(f"[{DAMAGE}]")
_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e]+")


def repair(text: str) -> tuple[str, tuple[Fault, ...]]:
    """The text mended, and what was mended in it, in order.

    Presentation forms (U+FB50-FDFF save U+FD3E, U+FD3F and U+FDF0-FDFF; U+FE70-FEFC) become the letters
    they stand for (NFKC, marks without a space to stand on). Embeddings, overrides and direction marks
    (U+202A-202E, U+200E, U+200F, U+061C) go, as do isolate controls without a partner. Joiners (U+200C,
    U+200D) stay: they belong to spelling. A text without faults comes back as it is.
    """
    faults = sorted(_faults(text))
    if not faults:
        return text, ()
    parts = []
    done = 0
    for start, end, kind in faults:
        parts.append(text[done:start])
        if kind == "presentation-form":
            parts.append(_plain_letters(text[start:end]))
        done = end
    return "".join(parts) + text[done:], tuple(faults)


def _faults(text: str) -> Iterator[Fault]:
    if not _DAMAGED.search(text):
        return
    for match in _FORMS.finditer(text):
        if _plain_letters(match[0]) != match[0]:
            yield Fault(*match.span(), "presentation-form")
    for match in _MARKS.finditer(text):
        yield Fault(*match.span(), "bidi-control")
    for place in _unpaired(text):
        yield Fault(place, place + 1, "bidi-control")


def _plain_letters(forms: str) -> str:
    # NFKC puts a space before marks that stood alone; here they belong to the letter before them.
    return unicodedata.normalize("NFKC", forms).replace(" ", "")


def _unpaired(text: str) -> Iterator[int]:
    """Isolate controls without a partner in their paragraph, where every isolate ends (UAX #9, BD9)."""
    waiting: list[int] = []
    for match in _ISOLATES.finditer(text):
        if match[0] in _INITIATORS:
            waiting.append(match.start())
        elif match[0] != _PDI:
            yield from waiting
            waiting.clear()
        elif waiting:
            waiting.pop()
        else:
            yield match.start()
    yield from waiting
