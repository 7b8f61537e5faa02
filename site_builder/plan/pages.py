"""What a plan is made of."""

from __future__ import annotations

from typing import Any, NamedTuple

from site_builder import views as v
from site_builder.config import Config
from site_builder.problems import Location, Problem
from site_builder.text.languages import Direction

#: The place of what comes from no file of the content.
ITSELF = Location("")
#: The maker of what is drawn and not rendered.
CARD = "card"


class Page(NamedTuple):
    """A file of the site that is made from the catalogue: where it goes, and what is to make it.

    `maker` names a function of this package (`plan.show`), `about` its arguments. `source` is the place in the content
    that it comes from, for messages: an empty path is the site itself. `listed` are the languages whose versions of it
    the sitemap names; a page without any is a stand-in or no page for readers.
    """

    path: str
    url: str
    language: str
    maker: str
    about: tuple[Any, ...] = ()
    source: Location = ITSELF
    listed: tuple[str, ...] = ()


def alternates(url: str, listed: tuple[str, ...], config: Config) -> tuple[v.Alternate, ...]:
    """The absolute addresses of a page in several languages, and the one for readers of all others.

    For those the home page has the language chooser; other pages, the default language or else the first.
    """
    rest = url.split("/", 2)[-1]
    base = config.base_url
    found = tuple(v.Alternate(code, f"{base}{code}/{rest}") for code in config.languages if code in listed)
    default = config.default_language if config.default_language in listed else listed[0]
    return (*found, v.Alternate("x-default", f"{base}{default}/{rest}" if rest else base))


class Shown(NamedTuple):
    """All that the template of a page sees."""

    frame: v.Frame
    view: v.View


class CardSpec(NamedTuple):
    """A social card to draw: its words in plain logical order."""

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
    copies: tuple[Copy, ...]
    problems: tuple[Problem, ...]
