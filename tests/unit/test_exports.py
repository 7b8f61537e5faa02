from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from site_builder.config import Config
from site_builder.exports import sitemaps, words
from site_builder.labels import Labels, load_labels
from site_builder.plan import Page

TEMPLATES = Path(__file__).parents[2] / "templates"


def test_words_are_a_script_beside_the_search_page() -> None:
    entries = {"search": "بحث </script>", "count-results": {"one": "{n} نتيجة"}, "menu": "القائمة"}
    (made,) = words([Labels("ar", entries)])
    assert made.path == "ar/search/words.js"
    text = made.data.decode()
    assert text.startswith("siteSearchWords = {")
    value = json.loads(text.removeprefix("siteSearchWords = ").removesuffix(";\n"))
    assert value == {key: entry for key, entry in entries.items() if key != "menu"}


def test_the_search_script_has_the_words_that_it_uses() -> None:
    """And no label of search is left that neither it nor a template uses."""
    labels, problems = load_labels([TEMPLATES / "labels"], ["ar", "en"])
    assert not problems
    script = (TEMPLATES / "assets/search/interface.js").read_text("utf-8")
    used = set(re.findall(r'"((?:search|count|only)-[a-z-]+)"', script))
    used |= {f"nav-{name}" for name in re.findall(r'^    [a-z]+: "([a-z]+)",$', script, re.MULTILINE)}
    assert len(used) > 15
    for made in words(labels.values()):
        given = json.loads(made.data.decode().partition(" = ")[2].removesuffix(";\n"))
        assert used <= given.keys(), made.path
    markup = "".join(path.read_text("utf-8") for path in TEMPLATES.rglob("*.html"))
    used |= set(re.findall(r"'(search[a-z-]*)'", markup))
    filters = ("language", "kind", "year", "topic", "person")
    used |= {f"{start}{name}" for start in ("search-any-", "search-") for name in filters}
    of_search = {key for key in labels["en"].entries if key.startswith("search")}
    assert of_search == {key for key in used if key.startswith("search") and not key.endswith("-")}


def _page(number: int, *listed: str) -> Page:
    return Page(f"ar/{number}/index.html", f"/ar/{number}/", "ar", "record", (), listed=listed)


def _locations(xml: bytes, of: str) -> list[str | None]:
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    return [entry.findtext(f"{name}loc") for entry in ElementTree.fromstring(xml).iter(f"{name}{of}")]


def _urls(files: Iterable[bytes]) -> list[str | None]:
    return [url for data in files for url in _locations(data, "url")]


def test_a_sitemap_that_is_too_long_is_an_index_of_several() -> None:
    config = Config(title={}, languages=("ar", "en"), default_language="ar", base_url="https://example.org/")
    pages = [*(_page(number, "ar", "en") for number in range(7)), _page(9)]
    (whole,) = sitemaps(pages, config, most=7)
    urls = [f"https://example.org/ar/{number}/" for number in range(7)]
    assert (whole.path, _urls([whole.data])) == ("sitemap.xml", urls)
    index, *parts = sitemaps(pages, config, most=3)
    assert index.path == "sitemap.xml"
    assert _locations(index.data, "sitemap") == [f"https://example.org/sitemap-{number}.xml" for number in (1, 2, 3)]
    assert [part.path for part in parts] == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert _urls(part.data for part in parts) == urls
    assert parts[0].data.count(b"hreflang=") == 3 * 3


def test_a_sitemap_that_is_too_large_is_cut_before_it_is() -> None:
    config = Config(title={}, languages=("ar", "en"), default_language="ar", base_url="https://example.org/")
    pages = [_page(number, "ar", "en") for number in range(7)]
    (whole,) = sitemaps(pages, config)
    index, *parts = sitemaps(pages, config, room=len(whole.data) - 1)
    assert [len(_urls([part.data])) for part in parts] == [6, 1]
    assert all(len(part.data) < len(whole.data) for part in parts)
    assert len(sitemaps(pages, config, room=len(whole.data))) == 1
