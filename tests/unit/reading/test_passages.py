from __future__ import annotations

import re

import pytest

from site_builder.reading.passages import GAP, Excerpt, filled, read


def _prose(html: str) -> list[str]:
    found = read(html)
    return [found.prose[block.start : block.end] for block in found.blocks]


def _marked(html: str, *names: str) -> str | None:
    """The HTML with the first of each of some words in a placeholder, without anchors; None where one has no place."""
    found = read(html)
    spans = []
    for name in names:
        start = found.prose.index(name)
        if found.place(start, start + len(name)) is None:
            return None
        spans.append((start, start + len(name), "x"))
    return re.sub(' id="p-[0-9a-f-]+"', "", found.marked(spans))


def _excerpts(html: str, *names: str) -> list[Excerpt]:
    """The excerpts for each time that some words stand in a text."""
    found = read(html)
    spans = sorted(match.span() for name in names for match in re.finditer(re.escape(name), found.text))
    return [excerpt for _, excerpt in found.excerpts(spans)]


# --- Text ------------------------------------------------------------------------------------------------------------


def test_text_is_as_readers_see_it() -> None:
    found = read("<p>Smith &amp; <em>Sons</em>&nbsp;said<br>so</p>")
    assert found.text[found.blocks[0].start : found.blocks[0].end] == "Smith & Sons\u00a0said\nso"


@pytest.mark.parametrize(
    "html",
    [
        "<code>Kerry</code>",
        "<pre><code>Kerry</code></pre>",
        '<a href="#x">Kerry</a>',
        '<x-ref target="kerry">Kerry</x-ref>',
        '<abbr title="Kerry">K</abbr>',
        '<img alt="Kerry" src="x">',
        "<script>Kerry</script>",
        "<!-- Kerry -->",
        '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">Kerry</a></sup>',
    ],
)
def test_what_is_no_prose(html: str) -> None:
    assert "Kerry" not in read(f"<p>a {html} b</p>").prose
    assert "Kerry" in read(f"<p>a {html} Kerry b</p>").prose


def test_what_is_no_prose_can_still_be_quoted() -> None:
    found = read(
        '<p>See <a href="x">this <b>page</b></a> and <code>x</code><sup><a class="footnote-ref">1</a></sup>.</p>'
    )
    assert found.text.strip() == "See this page and x."
    assert found.prose.strip() == f"See {GAP * 9} and {GAP}."


def test_blocks_are_apart() -> None:
    html = "<ul>\n<li>John\n<ul>\n<li>Kerry</li>\n</ul>\nlater</li>\n</ul><table><tr><td>a</td><td>b</td></tr></table>"
    assert [text.strip() for text in _prose(html)] == ["John", "Kerry", "later", "a", "b"]
    assert "\n\n" in read("<p>John</p><p>Kerry</p>").prose


def test_sections_begin_with_headings_and_with_the_footnotes() -> None:
    found = read(
        '<p>a</p><h2 id="x">b</h2><p>c</p><h3>d</h3><div class="footnote"><ol><li id="fn:1"><p>e</p></li></ol></div>'
    )
    assert [(block.section, block.heading) for block in found.blocks] == [
        (0, False),
        (1, True),
        (1, False),
        (2, True),
        (3, False),
    ]
    assert found.blocks[1].anchor == "x"


def test_explicit_references() -> None:
    html = '<p>قال <x-ref target="people/kerry">كيري</x-ref> و<x-ref target="x"></x-ref></p>'
    found = read(html)
    assert [(found.text[one.start : one.end], one.target) for one in found.references] == [
        ("كيري", "people/kerry"),
        (GAP, "x"),
    ]


# --- Anchors ---------------------------------------------------------------------------------------------------------


def test_anchors_of_editors_stay() -> None:
    found = read('<p id="opening">a</p><p class="x">b</p>')
    assert found.blocks[0].anchor == "opening"
    assert found.marked([]) == f'<p id="opening">a</p><p id="{found.blocks[1].anchor}" class="x">b</p>'


def test_anchors_follow_the_words() -> None:
    one = read("<p>Said  so.</p>").blocks[0].anchor
    assert re.fullmatch("p-[0-9a-f]{8}", one)
    assert read("<p>Before.</p>\n<p>Said\n<em>so.</em></p>").blocks[1].anchor == one
    assert read("<p>Said so!</p>").blocks[0].anchor != one


def test_anchors_are_single() -> None:
    one = read("<p>a</p>").blocks[0].anchor
    again = read(f'<p>a</p><h2 id="{one}-2">b</h2><p>a</p>')
    assert [block.anchor for block in again.blocks] == [one, f"{one}-2", f"{one}-3"]


# --- Links -----------------------------------------------------------------------------------------------------------

X, Y = '<x-ref target="x">', "</x-ref>"


@pytest.mark.parametrize(
    ("html", "names", "marked"),
    [
        ("<p>by Kerry.</p>", ["Kerry"], f"<p>by {X}Kerry{Y}.</p>"),
        ("<p>Kerry &amp; co</p>", ["Kerry & co"], f"<p>{X}Kerry &amp; co{Y}</p>"),
        ("<p>x &lt; Kerry</p>", ["Kerry"], f"<p>x &lt; {X}Kerry{Y}</p>"),
        ("<p>John <em>Kerry</em>,</p>", ["John Kerry"], f"<p>{X}John <em>Kerry</em>{Y},</p>"),
        ("<p><em>John</em> Kerry</p>", ["John Kerry"], f"<p>{X}<em>John</em> Kerry{Y}</p>"),
        ("<p><b><i>John</i> J</b> Kerry</p>", ["John J Kerry"], f"<p>{X}<b><i>John</i> J</b> Kerry{Y}</p>"),
        ("<p><b>A <i>B</i></b> <u>C</u></p>", ["B"], f"<p><b>A <i>{X}B{Y}</i></b> <u>C</u></p>"),
        (
            '<p>قال <span lang="en" dir="ltr">John Kerry (US)</span></p>',
            ["John Kerry"],
            f'<p>قال <span lang="en" dir="ltr">{X}John Kerry{Y} (US)</span></p>',
        ),
        ("<p><i>A</i><i>B</i></p>", ["A", "B"], f"<p><i>{X}A{Y}</i><i>{X}B{Y}</i></p>"),
        ("<p>AB</p>", ["A", "B"], f"<p>{X}A{Y}{X}B{Y}</p>"),
        ("<p><em>by John</em> Kerry</p>", ["John Kerry"], None),
        ("<p>John <em>Kerry said</em></p>", ["John Kerry"], None),
        ('<p>John<sup><a class="footnote-ref">1</a></sup> Kerry</p>', ["John Kerry"], None),
    ],
)
def test_links_never_break_the_nesting(html: str, names: list[str], marked: str | None) -> None:
    assert _marked(html, *names) == marked


# --- Sentences -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. Two by X here. Three.", "Two by X here."),
        ("قال شيئًا. وذكر X ذلك؟ ثم سكت.", "وذكر X ذلك؟"),
        ("قال شيئًا؛ وذكر X ذلك! ثم سكت.", "وذكر X ذلك!"),
        ("It met. The U.N. envoy, Mr. X, said 3.5 more. Then it ended.", "The U.N. envoy, Mr. X, said 3.5 more."),
        ("بدأ. التقى د. X وأ. علي أمس. وانتهى.", "التقى د. X وأ. علي أمس."),
        ("It began. J. F. X won. It ended.", "J. F. X won."),
        ("He asked “X?” and left. So.", "He asked “X?” and left."),
        ("He said “so.” X left... in the end. Yes.", "X left... in the end."),
        ("بدأ عام 2016. وقال X.", "وقال X."),
        ("It was in etc. and X went.", "It was in etc. and X went."),
        ("X", "X"),
    ],
)
def test_sentences(text: str, sentence: str) -> None:
    (found,) = _excerpts(f"<p>{text}</p>", "X")
    assert found.text == sentence
    assert [found.text[start:end] for start, end in found.marks] == ["X"]


def test_mentions_in_one_sentence_are_quoted_once() -> None:
    found = _excerpts("<p>Kerry met Kerry. Kerry left.</p><p>Kerry</p>", "Kerry")
    assert [(one.text, len(one.marks)) for one in found] == [("Kerry met Kerry.", 2), ("Kerry left.", 1), ("Kerry", 1)]


def test_long_sentences_are_cut_between_words() -> None:
    words = " ".join(["word"] * 100)
    (middle,) = _excerpts(f"<p>{words} X {words}</p>", "X")
    assert re.fullmatch(r"… (word )+X( word)+ …", middle.text)
    assert len(middle.text) <= 244
    (first,) = _excerpts(f"<p>X {words}</p>", "X")
    assert re.fullmatch(r"X( word)+ …", first.text)
    (last,) = _excerpts(f"<p>{words} X</p>", "X")
    assert re.fullmatch(r"… (word )+X", last.text)
    assert min(len(first.text), len(last.text)) > 230


def test_a_word_without_end_is_not_quoted() -> None:
    (found,) = _excerpts(f"<p>{'w' * 500} X {'w' * 500}</p>", "X")
    assert found.text == "… X …"


def test_excerpts_have_one_line() -> None:
    (found,) = _excerpts("<p>Before\n  X<br>after \n it.</p>", "X")
    assert (found.text, found.marks) == ("Before X after it.", ((7, 8),))


def test_references_without_words_get_them_later() -> None:
    found = read('<p>A, <x-ref target="x"></x-ref> and <x-ref target="yy"></x-ref>.</p>')
    ((_, excerpt),) = found.excerpts([(one.start, one.end) for one in found.references])
    assert excerpt.gaps == ((3, "x"), (9, "yy"))
    words = filled(excerpt, {"x": "Xavier", "yy": "Y"}.__getitem__)
    assert words.text == "A, Xavier and Y."
    assert [words.text[start:end] for start, end in words.marks] == ["Xavier", "Y"]
