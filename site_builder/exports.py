"""Files for machines: the sitemap, robots.txt, what GitHub Pages asks for, and the words of the search script."""

from __future__ import annotations

import json
from collections.abc import Iterable

from site_builder import addresses
from site_builder.config import Config
from site_builder.labels import Labels
from site_builder.plan import Page, Plan, Rendered, alternates

#: What the keys of the labels that the search script shows begin with.
_SHOWN = ("search", "nav-", "kind-", "count-", "only-in")


def files(plan: Plan, config: Config) -> list[Rendered]:
    """The small files at the root of the site."""
    made = [
        Rendered("sitemap.xml", _sitemap(plan.pages, config).encode()),
        Rendered("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {config.base_url}sitemap.xml\n".encode()),
        Rendered(".nojekyll", b""),
    ]
    if config.custom_domain:
        made.append(Rendered("CNAME", f"{config.custom_domain}\n".encode()))
    return made


def _sitemap(pages: tuple[Page, ...], config: Config) -> str:
    """The pages that are listed in a language (the sitemap protocol with xhtml:link); the others stand in for these."""
    # It brings half of the network library, and most builds make no sitemap anew.
    from xml.sax.saxutils import quoteattr

    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for page in pages:
        if page.listed:
            lines += [f"<url><loc>{quoteattr(config.base_url + page.url.removeprefix('/'))[1:-1]}</loc>"]
            lines += [
                f'<xhtml:link rel="alternate" hreflang={quoteattr(item.lang)} href={quoteattr(item.url)}/>'
                for item in alternates(page.url, page.listed, config)
            ]
            lines += ["</url>"]
    return "\n".join([*lines, "</urlset>", ""])


def words(labels: Iterable[Labels]) -> list[Rendered]:
    """The labels that the search script shows, beside the search page of each language: `words.js`.

    A script that assigns them, since a page opened from a folder can read no other kind of file.
    """
    return [_words(own) for own in labels]


def _words(labels: Labels) -> Rendered:
    shown = {key: entry for key, entry in labels.entries.items() if key.startswith(_SHOWN)}
    text = json.dumps(shown, ensure_ascii=False, indent=0)
    return Rendered(f"{addresses.search(labels.language)[1:]}words.js", f"siteSearchWords = {text};\n".encode())
