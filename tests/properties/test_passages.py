"""Whatever a text holds: its plain text maps back to its HTML, links keep the nesting, anchors stay."""

from __future__ import annotations

import html as entities
import itertools
import re

import html5lib
from hypothesis import given
from hypothesis import strategies as st

from site_builder.reading.passages import GAP, Passages, filled, read

_WORDS = st.sampled_from(
    ["John", "Kerry", "كيري", "قال", "&amp;", "&lt;", "&nbsp;", "U.N.", ". ", "؟ ", " ", "\n", "a"]
)
_LEAVES = _WORDS | st.sampled_from(
    ["<br>", "<code>x</code>", '<x-ref target="k">ك</x-ref>', '<x-ref target="k"></x-ref>', '<img src="x" alt="y">']
)
_INLINE = st.recursive(
    st.lists(_LEAVES, max_size=4).map("".join),
    lambda inner: st.tuples(
        st.sampled_from(["em", "strong", "bdi", "span", "a", "sup"]), st.lists(inner, max_size=3)
    ).map(lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"),
    max_leaves=12,
)
_PARAGRAPHS = st.builds(
    lambda tag, words: f"<{tag}>{words}</{tag}>",
    st.sampled_from(["p", "h2", "h3", "blockquote", "td", "li"]),
    st.lists(_INLINE, max_size=3).map("".join),
)
_TEXTS = st.lists(_PARAGRAPHS, min_size=1, max_size=5).map("\n".join)
_ANY = st.text(alphabet="<>/&;abpi=\"' \n!-كx", max_size=60) | _TEXTS


def _spans(found: Passages, draw: st.DataObject) -> list[tuple[int, int]]:
    """Some stretches of prose that do not overlap and of which each lies in one block."""
    words = [match.span() for match in re.finditer(rf"[^\s{GAP}](?:[^{GAP}\n]*[^\s{GAP}])?", found.prose)]
    spans: list[tuple[int, int]] = []
    for start, end in words:
        first = draw.draw(st.integers(start, end - 1))
        last = draw.draw(st.integers(first + 1, end))
        block = found.block_at(first)
        if block and last <= block.end and found.text[first:last] == found.text[first:last].strip():
            spans.append((first, last))
    return spans


@given(_ANY)
def test_any_html_can_be_read(html: str) -> None:
    found = read(html)
    assert len(found.text) == len(found.prose)
    assert all(one in (other, GAP) for one, other in zip(found.prose, found.text, strict=True) if other != " ")
    assert all(before.end < after.start for before, after in itertools.pairwise(found.blocks))
    assert not {name for _, name in found.anchors} & set(re.findall(r'\bid="([^"]*)"', html))


@given(_TEXTS, st.data())
def test_offsets_lead_back_to_the_html(html: str, data: st.DataObject) -> None:
    found = read(html)
    for start, end in _spans(found, data):
        place = found.place(start, end)
        if place:
            enclosed = re.sub(r"<br>|<img[^>]*>", "\n", found.html[place[0] : place[1]])
            assert entities.unescape(re.sub("<[^>]*>", "", enclosed)) == found.text[start:end]


@given(_TEXTS, st.data())
def test_links_keep_the_nesting_and_leave_no_trace(html: str, data: st.DataObject) -> None:
    found = read(html)
    spans = [(start, end, 'a"b') for start, end in _spans(found, data) if found.place(start, end)]
    marked = found.marked(spans)
    opened: list[str] = []
    for slash, name, rest in re.findall(r"<(/?)([a-z0-9-]+)([^>]*)>", marked):
        if slash:
            assert opened.pop().split()[0] == name
        elif name not in ("br", "img"):
            within = {one for one in opened if one.split()[0] in ("a", "x-ref")}
            if "quot" in rest or any("quot" in one for one in within):
                assert not within or name not in ("a", "x-ref"), "a link within a link"
            opened.append(name + rest)
    assert not opened
    assert marked.count('target="a&quot;b"') == len(spans)
    plain = re.sub(r'<x-ref target="a&quot;b">(.*?)</x-ref>', r"\1", marked, flags=re.DOTALL)
    assert plain == found.marked([])
    assert re.sub(r' id="p-[0-9a-f]{8}(?:-\d+)?"', "", plain) == html


@given(_TEXTS, st.data())
def test_excerpts_mark_what_was_asked_for(html: str, data: st.DataObject) -> None:
    found = read(html)
    spans = _spans(found, data)
    excerpts = [excerpt for _, excerpt in found.excerpts(spans)]
    marked = [excerpt.text[start:end] for excerpt in excerpts for start, end in excerpt.marks]
    assert marked == [re.sub(r"\s+", " ", found.text[start:end]) for start, end in spans]
    for excerpt in excerpts:
        assert excerpt.text == excerpt.text.strip()
        assert not re.search(r"[^\S ]", excerpt.text)
        whole = filled(excerpt, lambda target: f"<{target}>")
        assert GAP not in whole.text
        assert [whole.text[a:b].replace("<k>", GAP) for a, b in whole.marks] == [
            excerpt.text[a:b] for a, b in excerpt.marks
        ]


@given(st.lists(_PARAGRAPHS, min_size=1, max_size=5), _PARAGRAPHS, st.data())
def test_anchors_stay_when_others_come_and_go(paragraphs: list[str], other: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(paragraphs)))
    before = read("".join(paragraphs))
    after = read("".join([*paragraphs[:place], other, *paragraphs[place:]]))
    twins = {block.anchor.rpartition("-")[0] for block in after.blocks if block.anchor.count("-") > 1}
    kept = {block.anchor for block in before.blocks if not block.heading and block.anchor not in twins}
    assert kept <= {block.anchor for block in after.blocks}


@given(_TEXTS)
def test_a_browser_sees_the_same_paragraphs(html: str) -> None:
    """With anchors, what the HTML parser of browsers finds at each is the text of that block."""
    paragraphs = "".join(part for part in html.split("\n") if part.startswith("<p>") and "<a>" not in part)
    found = read(paragraphs)
    tree = html5lib.parse(found.marked([]), namespaceHTMLElements=False)
    for block in found.blocks:
        (element,) = [one for one in tree.iter("p") if one.get("id") == block.anchor]
        words = "".join(element.itertext()).split()
        text = re.sub(f"[{GAP}]", "", found.text[block.start : block.end]).split()
        assert "".join(words) == "".join(text)
