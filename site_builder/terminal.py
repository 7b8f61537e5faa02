"""Text for a terminal: messages in a left-to-right language that quote text of any direction."""

from __future__ import annotations

from site_builder.shaping import visual
from site_builder.text.bidi import isolate_plain


def for_terminal(text: str, shape: bool) -> str:
    """The text, line by line, as a terminal should get it.

    By default it stays in logical order, with every right-to-left phrase in isolates (U+2066-U+2069):
    terminals that know bidirectional text show it right, and what is copied from them can be searched for.
    With `shape`, for terminals that draw one character after the other, each line is in visual order and
    presentation forms (see `shaping.visual`, which also drops control characters: colours come afterwards).
    """
    isolated = [isolate_plain(line, "ltr") for line in text.splitlines()]
    shown = [visual(line, "ltr") for line in isolated] if shape else isolated
    return "\n".join(shown) + ("\n" if text.endswith("\n") else "")
