"""A text as read, for those who need nothing of how it is read."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.model import KINDS
from site_builder.problems import Location
from site_builder.text.numerals import Numbering

#: An element that stands for a reference until the page is rendered, when the record's name and address are known.
REFERENCE_TAG = "x-ref"
#: The scheme that marks a file beside the text until the page is rendered.
ATTACHMENT_SCHEME = "attachment"
#: How the ids of a page's notes on names begin. No anchor within a text may begin so.
NOTE_ID = "note:"


class Heading(NamedTuple):
    """A heading of a text: its level (2-6), its anchor, and its words as HTML without links.

    References in it wait for the names of their records, as in the text itself.
    """

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


def split_target(target: str) -> tuple[str | None, str]:
    """The kind (None where not said) and the id of a reference as written: `people/x` or `x`."""
    folder, _, last = target.rpartition("/")
    return (KINDS.get(folder, folder) if folder else None), last
