"""Addresses of pages, and the way from one to another. An address begins with `/`, and with a slash at its end it
is a folder whose page is `index.html`."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

from site_builder.model import FOLDERS, Kind
from site_builder.text.collation import OTHER_HEADING, alphabet


def home(language: str) -> str:
    """The address of a language's home page."""
    return f"/{language}/"


def record(language: str, kind: Kind, id_: str) -> str:
    """The address of a record's page in a language. Standing pages lie directly below the language."""
    return f"/{language}/{id_}/" if kind == "page" else f"/{language}/{FOLDERS[kind]}/{id_}/"


def index(language: str, kind: Kind) -> str:
    """The address of the A-Z index of a kind."""
    return f"/{language}/{FOLDERS[kind]}/"


def search(language: str) -> str:
    """The address of a language's search page."""
    return f"/{language}/search/"


def year(language: str, number: int) -> str:
    """The address of a year's archive."""
    return f"/{language}/archive/{number:04}/"


def record_year(language: str, kind: Kind, id_: str, number: int) -> str:
    """The address of what concerns a record in one year, where there is too much for one page."""
    return f"{record(language, kind, id_)}{number:04}/"


def month(language: str, year_: int, number: int) -> str:
    """The address of a month's archive, where a year has too much for one page; 0 is for dates without a month."""
    return f"{year(language, year_)}{number:02}/"


def timeline(language: str, year_: int | None = None) -> str:
    """The address of the timeline, or of one of its years where it is too long for one page."""
    return f"/{language}/timeline/" + (f"{year_:04}/" if year_ is not None else "")


def letter(language: str, kind: Kind, heading: str) -> str:
    """The address of a letter of an A-Z index that is too long for one page.

    Letters beyond ASCII are called by their names in Unicode, which never change: `kaf`, `zhe`. Those that are not of
    the language's own alphabet keep the name of their script.
    """
    own = heading in alphabet(language)
    name = "-".join(_letter_name(ch, own) for ch in heading) if heading != OTHER_HEADING else "other"
    return f"{index(language, kind)}letters/{name}/"


def _letter_name(ch: str, own: bool) -> str:
    if ch.isascii() and ch.isalnum():
        return ch.lower()
    script, _, name = unicodedata.name(ch, f"{ord(ch):x}").lower().partition(" letter ")
    return (name if name and own else f"{script} {name}".strip()).replace(" ", "-")


def part(whole: str, number: int) -> str:
    """The address of one of the pages of a list; the first is at the address of the list itself."""
    return f"{whole}{number}/" if number > 1 else whole


def attachment(kind: Kind, id_: str, name: str) -> str:
    """The address of a file that lies beside an article or a page; its languages share it."""
    return f"/files/{FOLDERS[kind]}/{id_}/{quote(name)}"


def output_path(url: str) -> str:
    """The file of an address below the output folder. Raises ValueError where it would lead out of it."""
    path = url.removeprefix("/") + ("index.html" if url.endswith("/") else "")
    if not re.search(r"\.[a-z0-9]+$", path):
        path += "/index.html"
    if posixpath.normpath(path) != path or path.startswith(("/", "..")) or "\\" in path or "\0" in path:
        raise ValueError(url)
    return path


#: Bytes of the path of a file in the site, and of each part of it: the least that common systems take.
_LONGEST, _LONGEST_PART = 1024, 255


def redirect_path(old: str) -> str:
    """The file of a page that leads on from an earlier address: a page of its own, or `index.html` in a folder.

    Only `.html` and `.htm` make a file: servers tell browsers what a page is by its name's ending. Raises ValueError
    for an address that is no path, or that file systems would not take: 255 bytes a part, and 1,024 in all.
    """
    path = output_path(old if old.lower().endswith((".html", ".htm")) else old.rstrip("/") + "/")
    if len(path.encode()) > _LONGEST or max(len(part.encode()) for part in path.split("/")) > _LONGEST_PART:
        raise ValueError(old)
    return path


#: Files at the root of the site that are no pages, and folders that hold none. Of the parts of a sitemap there are as
#: many as any site can need.
RESERVED = (
    *("sitemap.xml", "robots.txt", "cname", ".nojekyll", "assets", "files"),
    *(f"sitemap-{number}.xml" for number in range(1, 100)),
)


def relative(target: str, page: str) -> str:
    """The address `target` as a link on `page`, with the file named so that it works without a server too."""
    path, mark, fragment = target.partition("#")
    if path == page and mark:
        return f"#{fragment}"
    named = path + "index.html" if path.endswith("/") else path
    for folder, way_up in _folders(page):
        if named.startswith(folder):
            return way_up + named[len(folder) :] + mark + fragment
    raise ValueError(target)


@lru_cache(maxsize=1024)
def _folders(page: str) -> tuple[tuple[str, str], ...]:
    """The folders around a page, the nearest first, each with the way up to it."""
    parts = page.split("/")[:-1]
    return tuple(("/".join(parts[:depth]) + "/", "../" * (len(parts) - depth)) for depth in range(len(parts), 0, -1))
