"""What the pages of a site say of one another in their heads and in the sitemap. Each rule yields the faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree import ElementTree

from site_builder.text.languages import language
from tests.site.built import Page, Site
from tests.site.dom import Element

_MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_XHTML = "{http://www.w3.org/1999/xhtml}"


class Head(NamedTuple):
    """The addresses in the head of a page: its own by the sitemap's rules, canonical, and alternates by language."""

    url: str
    canonical: str
    alternates: Mapping[str, str]


def url_of(path: str, base_url: str) -> str:
    """The published address of a file of the output folder."""
    return base_url + path.removesuffix("index.html")


def head(page: Page, base_url: str) -> Head:
    """What a page's head says of addresses."""
    links = page.root.one("head").all("link")
    canonical = [link.attrs["href"] for link in links if link.attrs.get("rel") == "canonical"]
    alternates = [
        (link.attrs["hreflang"], link.attrs["href"])
        for link in links
        if link.attrs.get("rel") == "alternate" and "hreflang" in link.attrs
    ]
    assert len(dict(alternates)) == len(alternates), f"{page.path}: two alternates of one language"
    return Head(url_of(page.path, base_url), canonical[0] if len(canonical) == 1 else "", dict(alternates))


def heads(pages: tuple[Page, ...], base_url: str) -> dict[str, Head]:
    """The heads of all pages by the pages' addresses."""
    return {found.url: found for found in (head(page, base_url) for page in pages)}


def incomplete_alternates(known: Mapping[str, Head]) -> Iterator[str]:
    """Every alternate exists, and lists the page in turn; the page lists itself."""
    for url, found in known.items():
        if found.alternates and url not in found.alternates.values():
            yield f"{url} does not list itself"
        for code, target in found.alternates.items():
            if target not in known:
                yield f"{url} lists {target}, which does not exist"
            elif code != "x-default" and known[target].alternates != found.alternates:
                yield f"{url} and its alternate {target} list different sets"


def missing_alternates(site: Site, known: Mapping[str, Head]) -> Iterator[str]:
    """Every language in which the record is written is listed, and no other."""
    for page in site.pages:
        found = known[url_of(page.path, site.base_url)]
        written = _written(site, page)
        if not page.language or page.is_bare or page.language not in written:
            continue
        listed = set(found.alternates) - {"x-default"}
        if listed != written:
            yield f"{page.path} lists {sorted(listed)}, but is written in {sorted(written)}"
        if "x-default" not in found.alternates:
            yield f"{page.path} has no x-default"


def listed_stand_ins(site: Site, known: Mapping[str, Head]) -> Iterator[str]:
    """A page that shows a text in another language is nobody's alternate, and its canonical address is that text's."""
    for page in stand_ins(site):
        url = url_of(page.path, site.base_url)
        yield from (f"{other} lists {url}" for other, found in known.items() if url in found.alternates.values())
        _, _, rest = page.path.partition("/")
        originals = {url_of(f"{code}/{rest}", site.base_url) for code in _written(site, page)}
        if known[url].canonical not in originals:
            yield f"{url} has the canonical address {known[url].canonical}"
        if known[url].alternates:
            yield f"{url} has alternates"


def foreign_canonicals(site: Site, known: Mapping[str, Head]) -> Iterator[str]:
    """Every other page is its own canonical page; one that has moved names its successor."""
    others = {url_of(page.path, site.base_url) for page in stand_ins(site)}
    for page in site.pages:
        found = known[url_of(page.path, site.base_url)]
        if page.template == "404.html" or found.url in others:
            continue
        if page.template == "redirect.html":
            if found.canonical not in known:
                yield f"{found.url} has moved to {found.canonical}, which does not exist"
        elif found.canonical != found.url:
            yield f"{found.url} has the canonical address {found.canonical}"


def _written(site: Site, page: Page) -> set[str]:
    """The languages in which the text of a page exists; all where it is no text."""
    parts = page.path.split("/")
    if len(parts) == 4 and parts[1] == "articles":
        return site.written_in("article", parts[2])
    if len(parts) == 3 and (site.content / "pages" / parts[1]).exists():
        return site.written_in("page", parts[1])
    return set(site.languages)


def stand_ins(site: Site) -> list[Page]:
    """The pages that show a text in another language than theirs."""
    return [
        page for page in site.pages if page.language and not page.is_bare and page.language not in _written(site, page)
    ]


def silent_stand_in(page: Page, words: str) -> Iterator[str]:
    """A page with a text of another language says so in its own, and marks the text.

    `words` is a part of the notice that does not depend on the language of the text.
    """
    notices = [e for e in page.body.walk() if e.is_block and words in e.text and not _has_inner(e, words)]
    if not any(notice.lang == page.language for notice in notices):
        yield "no notice in the reader's language"
    texts = [e for e in page.body.walk() if "prose" in e.classes]
    for text in texts:
        own = text.attrs.get("lang", "")
        if not own or own == page.language:
            yield f"the text has lang “{own}”"
        elif text.direction != language(own).direction:
            yield f"the text in “{own}” has dir “{text.direction}”"
    if not texts:
        yield "no text"


def _has_inner(element: Element, words: str) -> bool:
    return any(inner.is_block and words in inner.text for inner in element.walk() if inner is not element)


def different_sitemap(sitemap: str, known: Mapping[str, Head]) -> Iterator[str]:
    """The sitemap has the pages with alternates, with the same alternates, and nothing else."""
    entries = {}
    for entry in ElementTree.fromstring(sitemap):
        links = entry.findall(f"{_XHTML}link")
        entries[entry.findtext(f"{_MAPS}loc")] = {link.attrib["hreflang"]: link.attrib["href"] for link in links}
    wanted = {url: dict(found.alternates) for url, found in known.items() if found.alternates}
    yield from (f"{url} is missing" for url in wanted.keys() - entries.keys())
    yield from (f"{url} is no page with alternates" for url in entries.keys() - wanted.keys())
    yield from (f"{url} has other alternates" for url in entries.keys() & wanted.keys() if entries[url] != wanted[url])
