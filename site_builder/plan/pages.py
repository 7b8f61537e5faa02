"""What a plan is made of."""

from __future__ import annotations

from typing import NamedTuple

from site_builder import views as v
from site_builder.problems import Location, Problem
from site_builder.text.languages import Direction

#: The place of what comes from no file of the content.
ITSELF = Location("")


class Page(NamedTuple):
    """A page to render: its file below the output folder, and all that its template sees.

    `source` is the place in the content that it comes from, for messages: an empty path is the site itself.
    """

    path: str
    language: str
    template: str
    frame: v.Frame
    view: v.View
    source: Location


class CardSpec(NamedTuple):
    """A social card to draw: its file, and its words in plain logical order."""

    path: str
    title: str
    date: str
    archive: str
    label: str
    direction: Direction


class Copy(NamedTuple):
    """A file of the content folder that the site carries as it is."""

    path: str
    source: str


class Rendered(NamedTuple):
    """A file of the site: where it goes, and its bytes."""

    path: str
    data: bytes


class Plan(NamedTuple):
    """Everything that the output folder will hold, except assets and fonts."""

    pages: tuple[Page, ...]
    cards: tuple[CardSpec, ...]
    copies: tuple[Copy, ...]
    problems: tuple[Problem, ...]
