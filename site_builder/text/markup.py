"""Plain text as HTML: what is written in the other direction stands in elements of its own, as in rendered texts."""

from __future__ import annotations

from markupsafe import escape

from site_builder.text.bidi import Run, inner_runs, is_wordless, opposite_runs, outside
from site_builder.text.languages import Direction, guess_language

Marks = tuple[tuple[int, int], ...]


def isolated(text: str, direction: Direction, languages: tuple[str, ...], marks: Marks = ()) -> str:
    """The HTML of a text of a direction.

    The runs of the other direction (`bidi.opposite_runs`), and those within them, are in `span` elements, with the one
    of `languages` that they can be in. What `marks` cover is in `mark`: stretches of the text in order (code points).
    """
    return _runs_apart(text, opposite_runs(text, direction), languages, marks, 0)


def _runs_apart(text: str, runs: tuple[Run, ...], languages: tuple[str, ...], marks: Marks, at: int) -> str:
    """Escaped text with each of the runs in an element. `marks` are counted in a text in which this one begins at
    `at`."""
    parts: list[str] = []
    done = 0
    for run in runs:
        inner = text[run.start : run.end]
        within = inner_runs(inner, run.direction)
        known = None if is_wordless(inner) else guess_language(outside(inner, within), languages)
        lang = f' lang="{known}"' if known else ""
        content = _runs_apart(inner, within, languages, marks, at + run.start)
        before = _marked(text[done : run.start], marks, at + done)
        parts += (before, f'<span{lang} dir="{run.direction}">{content}</span>')
        done = run.end
    return "".join([*parts, _marked(text[done:], marks, at + done)])


def _marked(text: str, marks: Marks, at: int) -> str:
    """Escaped text with those parts marked that `marks` cover; a mark that goes on beyond it is cut."""
    parts: list[str] = []
    done = 0
    for start, end in marks:
        start, end = max(start - at, 0), min(end - at, len(text))
        if start < end:
            parts += (escape(text[done:start]), f"<mark>{escape(text[start:end])}</mark>")
            done = end
    return "".join([*parts, escape(text[done:])])
