"""One page of each type, in the archive and in the small sites where the archive has none such."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.site.built import Site

_ALONE = ("/repo/index.html", "/repo/404.html")
_SMALL = (
    "/mixed-directions/ar/articles/bbc-report/index.html",
    "/mixed-directions/en/articles/bbc-report/index.html",
    "/one-language-articles/ar/articles/english-alone/index.html",
    "/one-language-articles/en/articles/arabic-alone/index.html",
    "/three-languages/fa/articles/geneva/index.html",
    "/three-languages/index.html",
)
_TYPES = """
home.html article.html person.html organization.html place.html topic.html event.html index.html topics
archive.html year.html timeline.html search.html page.html
"""
TYPES = tuple(_TYPES.split())


def path(site: Site, type_: str, language: str) -> str:
    """The address of the longest page of a type, since it has most that could go wrong."""
    wanted = [
        p
        for p in site.plan.pages
        if p.language == language
        and p.path in site.shown
        and site.shown[p.path].frame.template == type_.replace("topics", "index.html")
    ]
    if type_ == "topics":
        wanted = [p for p in wanted if "/topics/" in p.path]
    longest = max(wanted, key=lambda page: (site.output / page.path).stat().st_size)
    return f"/repo/{longest.path}"


def everything(site: Callable[[str], Site]) -> list[str]:
    """One page of each type in both languages, and the special ones."""
    archive = site("archive")
    return [*(path(archive, type_, code) for type_ in TYPES for code in ("ar", "en")), *_ALONE, *_SMALL]


def language(path: str) -> str:
    found = re.match(r"/[\w-]+/(ar|en|fa|fr)/", path)
    return found[1] if found else ""
