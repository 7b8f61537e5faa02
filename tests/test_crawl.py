"""Every link of a built site leads somewhere: at the root of a server, below a path, and straight from a folder."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.site import css
from tests.site.built import Site
from tests.site.dom import parse

BASES = ("https://server.example/", "https://server.example/repo/", "file:///home/reader/site/")
_LOADS = {
    "img": "src",
    "script": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "iframe": "src",
    "embed": "src",
    "object": "data",
}
_LOADING_RELATIONS = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch"}


class Reference(NamedTuple):
    """An address that a page or style sheet holds, and whether a browser fetches it by itself."""

    address: str
    loaded: bool


@functools.cache
def references(html: str) -> tuple[Reference, ...]:
    """All addresses of a page but those meant for other programs (canonical, alternate, Open Graph)."""
    return tuple(_references(html))


def _references(html: str) -> Iterator[Reference]:
    for element in parse(html).walk():
        if element.tag in ("a", "area") and "href" in element.attrs:
            yield Reference(element.attrs["href"], False)
        elif element.tag == "link" and set(element.attrs.get("rel", "").split()) & _LOADING_RELATIONS:
            yield Reference(element.attrs["href"], True)
        elif element.tag == "meta" and element.attrs.get("http-equiv", "").lower() == "refresh":
            yield Reference(element.attrs["content"].partition("url=")[2], False)
        elif element.tag == "form":
            yield Reference(element.attrs["action"], False)
        elif element.tag in _LOADS and _LOADS[element.tag] in element.attrs:
            yield Reference(element.attrs[_LOADS[element.tag]], True)
        for part in element.attrs.get("srcset", "").split(","):
            if part.strip():
                yield Reference(part.split()[0], True)


def broken(pages: Mapping[str, str], sheets: Mapping[str, str], files: set[str], base: str) -> Iterator[str]:
    """What leads nowhere, or is fetched from elsewhere, in a site whose files lie at `base`."""
    ids = {path: set(re.findall(r'\sid="([^"]*)"', html)) for path, html in pages.items()}
    held = [(path, reference) for path, html in pages.items() for reference in references(html)]
    held += [(path, Reference(address, True)) for path, sheet in sheets.items() for address in css.resources(sheet)]
    for path, (address, loaded) in held:
        target = urljoin(base + path, address)
        if address.startswith("data:"):
            continue
        if not target.startswith(base):
            if loaded or urlsplit(target).scheme not in ("http", "https", "mailto") or _is_local(address):
                yield f"{path}: {address} leads out of {base}"
            continue
        file = unquote(urlsplit(target).path.removeprefix(urlsplit(base).path))
        if not base.startswith("file:") and (file.endswith("/") or not file):
            file += "index.html"
        if file not in files:
            yield f"{path}: {address} leads to {file}, which does not exist"
        anchor = unquote(urlsplit(target).fragment)
        if anchor and anchor not in {unescape(id_) for id_ in ids.get(file, ())}:
            yield f"{path}: {address} leads to no element of {file}"


def _is_local(address: str) -> bool:
    return not re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.IGNORECASE)


def _of(site: Site, base: str) -> Iterator[str]:
    # The page for missing addresses is shown at any depth: its links have to name the published site.
    local = {
        page.path: page.html.replace(site.base_url, base) if page.path == "404.html" else page.html
        for page in site.pages
    }
    sheets = {path: site.text(path) for path in site.files if path.endswith(".css")}
    if base.startswith("file:"):
        local.pop("404.html")
    return broken(local, sheets, set(site.files), base)


@pytest.mark.parametrize("base", BASES)
def test_every_link_leads_somewhere(sites: list[Site], base: str) -> None:
    faults = [f"{site.name}/{fault}" for site in sites for fault in _of(site, base)]
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults[:25])


@pytest.mark.parametrize(
    "body",
    [
        '<a href="../missing/index.html">x</a>',
        '<a href="#missing">x</a>',
        '<a href="../a/index.html#missing">x</a>',
        '<a href="/a/index.html">x</a>',
        '<a href="../../../a/index.html">x</a>',
        '<img src="https://elsewhere.example/x.png" alt="">',
        '<script src="//elsewhere.example/x.js"></script>',
        '<link rel="stylesheet" href="https://elsewhere.example/x.css">',
        '<img srcset="missing.png 2x" alt="">',
        '<a href="javascript:x()">x</a>',
    ],
)
def test_faults_are_found(body: str) -> None:
    page = {"b/index.html": f'<p id="here">{body}', "a/index.html": '<p id="there">'}
    assert list(broken(page, {}, {*page}, BASES[1]))
    sound = '<a href="../a/index.html#there">x</a> <a href="https://elsewhere.example/">x</a>'
    assert not list(broken(page | {"b/index.html": sound}, {}, {*page}, BASES[1]))


def test_faults_of_style_sheets_are_found() -> None:
    for sheet in ('@import "x.css";', "p { background: url(x.png) }", '@font-face { src: url("//a.example/f.woff2") }'):
        assert list(broken({}, {"assets/site.css": sheet}, {"assets/site.css"}, BASES[0]))


def test_folders_are_named_with_their_page(sites: list[Site]) -> None:
    """A link to a folder works on a server only."""
    for site in sites:
        for page in site.pages:
            if page.path != "404.html":
                local = [r.address for r in references(page.html) if _is_local(r.address)]
                assert not [address for address in local if address.partition("#")[0].endswith("/")], page.path


def test_every_page_can_be_reached_without_scripts(sites: list[Site]) -> None:
    """By links from the first page, but for those that only old addresses lead to."""
    for site in sites:
        known, waiting = {"index.html"}, ["index.html"]
        while waiting:
            path = waiting.pop()
            for address, loaded in references(site.by_path[path].html):
                target = unquote(urlsplit(urljoin(BASES[0] + path, address)).path.removeprefix("/"))
                if not loaded and _is_local(address) and target in site.by_path and target not in known:
                    known.add(target)
                    waiting.append(target)
        lost = {page.path for page in site.pages if page.template not in ("redirect.html", "404.html")} - known
        assert not lost, f"{site.name}: {sorted(lost)[:10]}"


def test_the_output_holds_what_was_built_and_no_more(sites: list[Site]) -> None:
    """The files on the disk are those of the plan, the theme and the fonts; each fetched file is used by some page."""
    for site in sites:
        plan = site.plan
        wanted = {page.path for page in plan.pages} | {copy.path for copy in plan.copies}
        others = {path for path in site.files if path not in wanted}
        allowed = re.compile(
            r"assets/(?:[\w./-]+\.(?:css|js|svg|json|png|webmanifest)|fonts/[\w.-]+\.woff2)|[\w-]+\.(?:xml|txt)"
            r"|\.nojekyll|CNAME|[\w-]+/search/words\.js|search/[\w./-]+\.(?:bin|js)"
        )
        assert wanted <= set(site.files), site.name
        assert not [path for path in others if not allowed.fullmatch(path)], site.name
        manifest = (site.output / ".site-manifest").read_text("utf-8").splitlines()
        assert sorted(manifest) == sorted(site.files)


def test_fonts_and_pictures_are_used(sites: list[Site]) -> None:
    for site in sites:
        sheets = {path: site.text(path) for path in site.files if path.endswith(".css")}
        used = {
            urljoin(BASES[0] + path, a).removeprefix(BASES[0])
            for path, sheet in sheets.items()
            for a in css.resources(sheet)
        }
        used |= {
            urljoin(BASES[0] + p.path, r.address).removeprefix(BASES[0]) for p in site.pages for r in references(p.html)
        }
        scripts = {path: site.text(path) for path in site.files if path.endswith(".js")}
        used |= {
            urljoin(BASES[0] + path, name).removeprefix(BASES[0])
            for path, script in scripts.items()
            for name in re.findall(r'"([\w/]+\.js)"', script)
        }
        assets = {path for path in site.files if path.startswith("assets/")}
        assert assets <= {unquote(path) for path in used}, f"{site.name}: {sorted(assets - used)}"


def test_robots_names_the_sitemap(sites: list[Site]) -> None:
    for site in sites:
        assert f"Sitemap: {site.base_url}sitemap.xml" in site.text("robots.txt").splitlines()
        assert Path(site.output / "sitemap.xml").exists()
