"""Files for machines: the sitemap, robots.txt, what GitHub Pages asks for, and the words of the search script."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape

from site_builder import addresses
from site_builder.config import Config
from site_builder.labels import Labels
from site_builder.plan import Page, Plan, Rendered, alternates

#: What the keys of the labels that the search script shows begin with.
_SHOWN = ("search", "nav-", "kind-", "count-", "only-in")

#: What a sitemap may have (sitemaps.org, protocol 0.9).
MOST_ADDRESSES = 50_000
MOST_BYTES = 50 * 1024 * 1024
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_HEAD = f'{_XML}<urlset {_SCHEMA} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'.encode()
_END = b"</urlset>\n"
_INDEX_HEAD = f"{_XML}<sitemapindex {_SCHEMA}>\n"


def files(plan: Plan, config: Config) -> list[Rendered]:
    """The small files at the root of the site."""
    made = [
        *sitemaps(plan.pages, config),
        Rendered("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {config.base_url}sitemap.xml\n".encode()),
        Rendered(".nojekyll", b""),
    ]
    if config.custom_domain:
        made.append(Rendered("CNAME", f"{config.custom_domain}\n".encode()))
    return made


def sitemaps(
    pages: Iterable[Page], config: Config, most: int = MOST_ADDRESSES, room: int = MOST_BYTES
) -> list[Rendered]:
    """The sitemap: the pages that are listed in a language; the others stand in for these.

    Sitemaps have at most 50,000 addresses and 50 MB (sitemaps.org, protocol 0.9): where that does not do, `sitemap.xml`
    is an index of `sitemap-1.xml` and so on. `most` addresses and `room` bytes are what one of them may have.
    """
    parts = list(_parts((_entry(page, config) for page in pages if page.listed), most, room - len(_HEAD) - len(_END)))
    files = [_HEAD + b"".join(part) + _END for part in parts]
    if len(files) == 1:
        return [Rendered("sitemap.xml", files[0])]
    named = [Rendered(f"sitemap-{number}.xml", data) for number, data in enumerate(files, start=1)]
    lines = (f"<sitemap><loc>{escape(config.base_url + part.path)}</loc></sitemap>\n" for part in named)
    return [Rendered("sitemap.xml", (_INDEX_HEAD + "".join(lines) + "</sitemapindex>\n").encode()), *named]


def _parts(entries: Iterable[bytes], most: int, room: int) -> Iterator[list[bytes]]:
    part: list[bytes] = []
    size = 0
    for entry in entries:
        if part and (len(part) == most or size + len(entry) > room):
            yield part
            part, size = [], 0
        part.append(entry)
        size += len(entry)
    yield part


def _entry(page: Page, config: Config) -> bytes:
    """A page with its versions in other languages (xhtml:link)."""
    lines = [
        f"<url><loc>{escape(config.base_url + page.url.removeprefix('/'))}</loc>",
        *(
            f'<xhtml:link rel="alternate" hreflang="{escape(item.lang)}" href="{escape(item.url)}"/>'
            for item in alternates(page.url, page.listed, config)
        ),
        "</url>\n",
    ]
    return "\n".join(lines).encode()


def words(labels: Iterable[Labels]) -> list[Rendered]:
    """The labels that the search script shows, beside the search page of each language: `words.js`.

    A script that assigns them, since a page opened from a folder can read no other kind of file.
    """
    return [_words(own) for own in labels]


def _words(labels: Labels) -> Rendered:
    shown = {key: entry for key, entry in labels.entries.items() if key.startswith(_SHOWN)}
    text = json.dumps(shown, ensure_ascii=False, indent=0)
    return Rendered(f"{addresses.search(labels.language)[1:]}words.js", f"siteSearchWords = {text};\n".encode())
