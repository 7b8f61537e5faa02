"""No bytes make reading raise, and whatever it blames lies inside the file."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.config import Config
from site_builder.problems import Location, Problem
from site_builder.reading.decode import Decoded
from site_builder.reading.document import Document, Parsed, RecordFile, read, read_settings, reader
from site_builder.reading.files import SourceFile, as_text

CONFIG = Config(
    title={"ar": "أ", "en": "a"}, languages=("ar", "en"), default_language="ar", base_url="https://example.org/"
)
HOW = reader(CONFIG, {"ar": "العودة", "en": "Back"})
ARTICLE = SourceFile("text", "articles/a/index.ar.md", "article", "a", "ar")
PERSON = SourceFile("record", "people/a.yaml", "person", "a", "")
EVENT = SourceFile("record", "events/a.yaml", "event", "a", "")

# fmt: off
_SCRAPS = st.sampled_from([
    "---", "...", "title:", "date:", "summary:", "people:", "name:", "biography:", "editor_note:", "source:",
    "image:", "languages:", "ar:", "en:", ":", "-", "|", ">", "'", '"', "[", "]", "{", "}", "[[", "]]",
    "[[a]]", "[[a|b]]", "![](", ")", "![x](y.png)", "[x](javascript:y)", "#", "##", "`", "```", "~~~", "*",
    "**", "_", "<b>", "<img>", "<!--", "-->", "&rlm;", "&", "*", "!", "%", "@", "[^1]", "[^1]:", "x", "<a",
    "2016-02-30", "1445-09-10", "٢٠١٦", "0012", "no", "null", "~", "\\", "\x00", "\x02", "\x03", "\x1b",
    "\x7f", "\u2028", "\u200f", "\u202e", "\u2066", "\ufefb", "\ufeff", "نص", "جنيف", "text", "|a|b|",
    "|-|-|", "==", "--", "\t",
])
# fmt: on
_SPACES = st.sampled_from(["\n", "\n\n", "\n  ", "\n    ", " ", "", "\t", "\r\n", "\r"])
scraps = st.lists(st.tuples(_SCRAPS | st.text(max_size=4), _SPACES), max_size=40).map(
    lambda pairs: "".join(scrap + space for scrap, space in pairs)
)
heads = st.just("---\ntitle: x\nsummary: y\n") | st.just("") | st.just("\ufeff---\r\n")
articles = st.builds(lambda head, keys, body: f"{head}{keys}\n---\n{body}", heads, scraps, scraps)


def _locations(value: Parsed) -> Iterator[Location]:
    yield from (problem.location for problem in value.problems)
    yield from (use.at for use in value.uses)
    yield from value.places.values()
    bodies = list(value.biographies.values()) if isinstance(value, RecordFile) else [value.body]
    if isinstance(value, Document) and value.note:
        bodies.append(value.note)
    for body in bodies:
        yield from (use.at for use in body.uses)
        yield from (at for _, at in body.files)


def _inside(data: bytes, path: str, locations: Iterator[Location]) -> None:
    text = as_text(data, path)
    written = data.decode("utf-8", "replace") if isinstance(text, Problem) else text
    lines = written.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for location in locations:
        assert location.path == path
        assert 1 <= location.line <= len(lines), location
        assert 1 <= location.column <= len(lines[location.line - 1]) + 1, location


def _read(source: SourceFile, data: bytes) -> None:
    value = read(source, data, HOW)
    _inside(data, source.path, _locations(value))
    assert read(source, data, HOW) == value, "what was read before leaves no trace"


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=300))
def test_bytes(data: bytes) -> None:
    for source in (ARTICLE, PERSON, EVENT):
        _read(source, data)


@settings(deadline=None, max_examples=250)
@given(articles)
def test_articles(text: str) -> None:
    _read(ARTICLE, text.encode("utf-8", "surrogatepass"))


@settings(deadline=None, max_examples=150)
@given(scraps)
def test_records(text: str) -> None:
    _read(PERSON, f"name: {{ar: أ, en: b}}\nbiography:\n  ar: {text}".encode("utf-8", "surrogatepass"))
    _read(EVENT, text.encode("utf-8", "surrogatepass"))


@settings(deadline=None, max_examples=150)
@given(scraps)
def test_settings(text: str) -> None:
    for whole in (text, f"languages: [ar, en]\n{text}", f"title: x\nlanguages: [ar]\nbase_url: {text}"):
        data = whole.encode("utf-8", "surrogatepass")
        decoded: Decoded = read_settings(data, "site.yaml")
        _inside(data, "site.yaml", (problem.location for problem in decoded.problems))
        assert decoded.value is None or decoded.value.languages
