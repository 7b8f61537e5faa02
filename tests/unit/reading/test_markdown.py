from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from site_builder.problems import Location
from site_builder.reading.body import Body, BodyUse, Dialect
from site_builder.reading.markdown import THEME_IDS, render
from site_builder.reading.positions import Positions

ARABIC = Dialect("ar", ("ar", "en"), False, "العودة", "latn")


def _render(text: str, dialect: Dialect = ARABIC, full: bool = True) -> tuple[Body, list[tuple[str, int, int]]]:
    body, problems = render(text, dialect, Positions(text, "x.md", 7), full)
    return body, [(p.code, p.location.line, p.location.column) for p in problems]


def test_references_wait_for_the_page() -> None:
    body, problems = _render("قال [[john-kerry|جون كيري]] في [[places/geneva]].")
    assert problems == []
    assert '<x-ref target="john-kerry">جون كيري</x-ref>' in body.html
    assert '<x-ref target="places/geneva"></x-ref>' in body.html
    assert body.uses == (
        BodyUse("john-kerry", Location("x.md", 7, 5)),
        BodyUse("places/geneva", Location("x.md", 7, 32)),
    )


@pytest.mark.parametrize(
    "text",
    [
        "`[[a]]`",
        "``[[a]] ` ``",
        "```\n[[a]]\n```",
        "~~~ yaml\n[[a]]\n~~~",
        "نص\n\n    [[a]]",
        "<!-- [[a]] -->",
        "\\[[a]]",
    ],
)
def test_references_in_code_do_not_count(text: str) -> None:
    body, problems = _render(text + "\n")
    assert (body.uses, problems) == ((), [])


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("`[[a]]` [[a]]", 7, 9),
        ("```\n[[a]]\n```\n\n[[a]]", 11, 1),
        ("x\n\n    [[a]]\n\n[[a]]", 11, 1),
        ("- x\n\n    y [[a]]", 9, 7),
        ("[[a-b]] [[a]]", 7, 9),
        ("[[ a ]]", 7, 1),
        ("| x | y |\n|---|---|\n| z | [[a]] |", 9, 7),
        ("x[^1]\n\n[^1]: y [[a]]", 9, 9),
        ("## [[a]]", 7, 4),
        ("*أ [[a]]*", 7, 4),
    ],
)
def test_references_are_located(text: str, line: int, column: int) -> None:
    body, _ = _render(text)
    assert [use.at for use in body.uses if use.target == "a"] == [Location("x.md", line, column)]


@pytest.mark.parametrize(
    "text", ["[[1]](https://example.org/)", "[[أ](https://example.org/)]", "x \\[[a", "`[[`", "] ]]"]
)
def test_brackets_that_are_no_references_are_left_alone(text: str) -> None:
    assert "reference-form" not in [code for code, *_ in _render(text)[1]]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("نص [[a", ("reference-form", 7, 4)),
        ("[[a] x", ("reference-form", 7, 1)),
        ("[[]]", ("reference-form", 7, 1)),
        ("[[a|]]", ("reference-form", 7, 1)),
        ("![](a.png)", ("missing-alt", 7, 5)),
        ("![x](../a.png)", ("wrong-form", 7, 6)),
        ("[x](../a/)", ("wrong-form", 7, 5)),
        ("![x](https://example.org/a.png)", ("outside-picture", 7, 6)),
        ("[x](javascript:alert)", ("unsafe-link", 7, 5)),
        ("[x](JaVaScRiPt:alert)", ("unsafe-link", 7, 5)),
        ("x\n\n<img src='https://example.org/a.png'>", ("missing-alt", 9, 1)),
        ("x\n\n<p>\n <img src='https://example.org/a.png'></p>", ("missing-alt", 10, 2)),
        ("x <script>1</script>", ("raw-html", 7, 3)),
        ("x <b onclick='y'>z</b>", ("raw-html", 7, 3)),
        ("x <a href='javascript:y'>z</a>", ("unsafe-link", 7, 3)),
        ("# x", ("heading-level", 7, 1)),
        ("x\n===", ("heading-level", 7, 1)),
        ("## x\n\n#### y", ("heading-level", 9, 1)),
    ],
)
def test_faults_are_located(text: str, fault: tuple[str, int, int]) -> None:
    assert fault in _render(text)[1]


@pytest.mark.parametrize(
    "text",
    ["```\n# x\n```", "    # x", "a <span lang='en'>b</span>", "<https://example.org>", "<a@example.org>", "x\n---",
     "[x](#y) [z](mailto:a@example.org)", "## a\n\n### b\n\n## c", "a | b\n--- | ---\nc | d", "x[^1]\n\n[^1]: y"],
)  # fmt: skip
def test_sound_texts_have_no_faults(text: str) -> None:
    assert _render(text)[1] == []


def test_trusted_html_stays_and_pictures_need_their_text_all_the_same() -> None:
    trusting = ARABIC._replace(trust_html=True)
    body, problems = _render('<video src="a.mp4"></video>\n\n<img src="a.png">', trusting)
    assert "<video" in body.html
    assert problems == [("missing-alt", 9, 1)]
    assert "<video" not in _render('<video src="a.mp4"></video>')[0].html


@pytest.mark.parametrize(
    "text", ["[x](javascript:y)", "<a href='javascript:y'>x</a>", "<b onclick='y'>x</b>", "<script>y</script>"]
)
def test_nothing_that_runs_is_left(text: str) -> None:
    html = _render(text)[0].html
    assert not any(word in html for word in ("javascript", "onclick", "<script"))


def test_files_beside_the_text() -> None:
    body, problems = _render("![صورة](a%20b.jpg)\n\n[ملف](report.pdf#page=2) [صورة](a%20b.jpg)")
    assert problems == []
    assert body.files == (
        ("a%20b.jpg", Location("x.md", 7, 9)),
        ("report.pdf#page=2", Location("x.md", 9, 7)),
        ("a%20b.jpg", Location("x.md", 9, 33)),
    )
    assert 'src="attachment:a%20b.jpg"' in body.html


def test_headings_begin_at_the_second_level() -> None:
    body, _ = _render("# أ\n\n## ب [[geneva|جنيف]]\n\n### ج")
    geneva = '<x-ref target="geneva">جنيف</x-ref>'
    assert [(heading.level, heading.html) for heading in body.headings] == [(2, "أ"), (2, f"ب {geneva}"), (3, "ج")]
    assert "<h1" not in body.html


def test_a_heading_keeps_its_references() -> None:
    body, _ = _render("## قال [[john]] ذلك\n\n## [[john]]\n\n## ")
    waiting = '<x-ref target="john"></x-ref>'
    assert [heading.html for heading in body.headings] == [f"قال {waiting} ذلك", waiting]


def test_the_ids_of_the_theme_are_known() -> None:
    templates = Path(__file__).parents[3] / "templates"
    labels = yaml.safe_load((templates / "labels" / "en.yaml").read_text("utf-8"))
    groups = {f"nav-{label}" for label in labels if label.startswith("group-")}
    found: set[str] = set()
    for path in templates.rglob("*.html"):
        if path not in [templates / name for name in ("index.html", "timeline.html", "search.html")]:  # lists
            found.update(re.findall(r'\bid="([^"]*)"', path.read_text("utf-8")))
    assert "nav-{{ group.label }}" in found
    assert found - {"nav-{{ group.label }}", "{{ note.id }}"} | groups == THEME_IDS


@pytest.mark.parametrize("name", sorted(THEME_IDS))
def test_headings_leave_the_ids_of_the_theme_alone(name: str) -> None:
    words = name.replace("-", " ").capitalize()
    body, problems = _render(f"## {words}\n\n## {words}")
    assert problems == []
    assert [heading.anchor for heading in body.headings] == [f"{name}_1", f"{name}_2"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a | b\n--|--\n[[x|y]] | c", ('<td><x-ref target="x">y</x-ref></td>', "<td>c</td>")),
        ("a | b\n--|--\n[[x\\|y]] | c", ('<td><x-ref target="x">y</x-ref></td>', "<td>c</td>")),
        ("| [[x|y]] |\n|--|\n| `[[x|y]]` |", ('<th><x-ref target="x">y</x-ref></th>', "<td><code>[[x|y]]</code></td>")),
        ("[[x\\|y]] [[x|a \\* b]]", ('<x-ref target="x">y</x-ref>', '<x-ref target="x">a * b</x-ref>')),
        ("\\\\[[x]] \\[[y|z]]", ('\\<x-ref target="x"></x-ref>', "[[y|z]]")),
        ("[[`x`|y]]", ("[[<code>x</code>|y]]",)),
        ("[[x\\*y|z]]", ("[[x*y|z]]",)),
    ],
)  # fmt: skip
def test_pipes_and_escapes_in_references(text: str, html: tuple[str, ...]) -> None:
    found = _render(text, ARABIC._replace(language="en"))[0].html
    assert all(part in found for part in html), found
    assert "klzzwxh" not in found


def test_a_footnote_without_a_mark_has_no_way_back() -> None:
    html = _render("x[^1]\n\n[^1]: y\n\n[^2]: z")[0].html
    assert (html.count('href="#fnref:1"'), html.count('href="#fnref:2"')) == (1, 0)
    assert 'id="fn:2"' in html


def test_trusted_attribute_lists_stay() -> None:
    body, problems = _render("x\n{: style='color:red' }", ARABIC._replace(trust_html=True))
    assert ('style="color:red"' in body.html, problems) == (True, [])


def test_many_brackets_that_are_closed_are_no_fault() -> None:
    text = " ".join(f"[a{number}](https://example.org/)" for number in range(300)) + "\n\n```\n" + "[" * 300 + "\n```\n"
    assert _render(text)[1] == []


def test_notes_have_no_footnotes_of_their_own() -> None:
    assert "footnote" in _render("x[^1]\n\n[^1]: y")[0].html
    assert "footnote" not in _render("x[^1]\n\n[^1]: y", full=False)[0].html


def test_footnote_numbers_have_the_digits_of_the_language() -> None:
    html = _render("x[^1]\n\n[^1]: y", ARABIC._replace(numbering="arab"))[0].html
    assert ">١</a>" in html


def test_a_text_nested_too_deeply_is_a_fault_and_leaves_no_trace() -> None:
    sound = "- أ\n- ب [[geneva]]\n\n> ج\n"
    before = _render(sound)
    for text in (">" * 3000 + " x", "".join("    " * depth + "- a\n" for depth in range(200))):
        assert _render(text)[1] == [("too-deep", 7, 1)]
        assert _render(sound) == before


def test_one_text_does_not_colour_the_next() -> None:
    texts = [
        "*[أ]: شرح\n\nأ",
        "[a]: https://example.org/\n\n[a]",
        "x[^1]\n\n[^1]: y",
        "## أ\n\n## أ",
        "[[x",
        "<p>\n\nx",
    ]
    alone = [_render(text) for text in texts]
    assert [_render(text) for text in reversed(texts)] == alone[::-1]


def test_columns_of_a_table_are_aligned_by_class() -> None:
    body, problems = _render("| أ | ب | ج |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n")
    assert problems == []
    assert re.findall(r'<td class="(.+?)">', body.html) == ["column-start", "column-center", "column-end"]
    assert "style" not in body.html
