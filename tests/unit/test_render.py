from __future__ import annotations

import re
from pathlib import Path

import pytest

from site_builder.addresses import relative
from site_builder.cli import main
from site_builder.labels import Labels
from site_builder.plan import Shown
from site_builder.problems import Problem
from site_builder.render import compiled, renderer
from site_builder.theme import Theme
from site_builder.views import Frame, Phrase, RedirectView
from tests.archives import write_archive

HEAD = "---\ntitle: محادثات\ndate: 2016-09-22\nsummary: ملخص.\n---\n"


def test_the_contents_of_a_text_name_the_records_in_its_headings(tmp_path: Path) -> None:
    body = "## قال [[john]] ذلك\n\n## [[john]]\n\n## رد [[john|جون]]\n"
    files: dict[str, str | bytes] = {
        "people/john.yaml": "name: {ar: جون كيري, en: John Kerry}\n",
        "articles/talks/index.ar.md": HEAD + body,
    }
    content = write_archive(tmp_path, files)
    assert main(["build", "--fresh", "--content", str(content), "--output", str(tmp_path / "out")]) == 0
    page = (tmp_path / "out" / "ar" / "articles" / "talks" / "index.html").read_text("utf-8")
    contents = re.search(r'<nav class="contents".*?</nav>', page, re.DOTALL)
    assert contents is not None
    entries = re.findall(r'<a href="#[^"]*">(.*?)</a>', contents[0])
    assert [re.sub("<[^>]+>", "", entry) for entry in entries] == ["قال جون كيري ذلك", "جون كيري", "رد جون"]
    assert "x-ref" not in page


def _built(root: Path, body: str, language: str = "ar", **records: str) -> dict[str, str]:
    """An archive of one article, built: its pages by their paths."""
    files: dict[str, str | bytes] = {f"{key.replace('_', '/')}.yaml": text for key, text in records.items()}
    files[f"articles/talks/index.{language}.md"] = HEAD + body
    content = write_archive(root, files)
    assert main(["build", "--fresh", "--content", str(content), "--output", str(root / "out")]) == 0
    pages = (root / "out").rglob("*.html")
    return {page.relative_to(root / "out").as_posix(): page.read_text("utf-8") for page in pages}


JOHN = "name: {ar: جون كيري, en: John Kerry}\ndescription: {ar: وزير, en: A diplomat}\n"


def test_names_lead_to_their_records_and_are_described(tmp_path: Path) -> None:
    pages = _built(tmp_path, "وجون كيري قال. ثم قال كيري.\n\nو[[john]].\n", people_john=JOHN)
    link = '<a href="../../people/john/index.html" aria-describedby="note:person:john">جون كيري</a>'
    button = '<button type="button" popovertarget="note:person:john" aria-label="نبذة عن جون كيري"></button>'
    page = pages["ar/articles/talks/index.html"]
    assert f'و{link}<span class="about">{button}</span> قال. ثم قال كيري.</p>' in page
    assert page.count('id="note:person:john" popover') == 1
    assert page.count("وزير") == 1, "said once, however many links there are"
    assert "x-ref" not in page


def test_a_button_in_a_text_of_another_language_says_its_own(tmp_path: Path) -> None:
    pages = _built(tmp_path, "قال جون كيري و John Kerry (US)، بحسب BBC.\n\n## ثانيًا\n\nJohn Kerry\n", people_john=JOHN)
    english = pages["en/articles/talks/index.html"]
    labels = re.findall(r'aria-label="([^"]*Kerry[^"]*)"( lang="en")?>', english)
    assert labels == [("\u2066About John Kerry\u2069", ' lang="en"'), ("About John Kerry", ' lang="en"')]
    arabic = pages["ar/articles/talks/index.html"]
    labels = re.findall(r'aria-label="([^"]*كيري[^"]*)"( lang="ar")?>', arabic)
    assert labels == [("نبذة عن جون كيري", ""), ("\u2067نبذة عن جون كيري\u2069", ' lang="ar"')]


def test_quotations_isolate_and_mark(tmp_path: Path) -> None:
    body = "قالت (John Kerry, R&D) ذلك، وقال جون كيري <هذا>.\n"
    page = _built(tmp_path, body, people_john=JOHN)["en/people/john/index.html"]
    found = re.search(r'<li lang="ar" dir="rtl"><a href="([^"]*)" hreflang="ar">(.*?)</a>', page)
    assert found is not None
    assert re.fullmatch(r"\.\./\.\./\.\./ar/articles/talks/index\.html#p-[0-9a-f]{8}", found[1])
    assert found[2].startswith('<bdi lang="ar" dir="rtl">قالت (<span')
    assert 'dir="ltr"><mark>John Kerry</mark>, R&amp;D</span>' in found[2]
    assert "<mark>جون كيري</mark> &lt;هذا&gt;." in found[2]


def theme(folder: Path, **templates: str) -> Theme:
    """A theme of one English label and these templates; their names have `__` for a slash."""
    for name, text in templates.items():
        path = folder / f"{name.replace('__', '/')}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    labels = {"en": Labels("en", {"hello": "Hello"})}
    return Theme((folder,), labels, ("en",), {"en": "en"}, {"en": "latn"}, {})


def shown(url: str, target: str) -> Shown:
    """A page at an address whose view has one address."""
    words = Phrase("", "en", "ltr")
    parts = ((), (), (), (), words, "/en/", "", words, None, "")
    frame = Frame("en", "ltr", url, "page.html", "", "", "", *parts, "website")
    return Shown(frame, RedirectView(target, words))


URLS = (
    "/",
    "/404.html",
    "/en/",
    "/en/articles/",
    "/en/articles/a/",
    "/en/articles/ab/",
    "/en/people/a/",
    "/en/places/a/",
    "/en/a.html",
    "/en/b.html",
    "/old/a.html",
)


def test_what_pages_share_has_the_links_of_each_page(tmp_path: Path) -> None:
    parts = "{% macro way(target) %}{{ target | href }}{% endmacro %}"
    page = "{{ shared('parts.way', view.target) }}"
    render = renderer(theme(tmp_path, page=page, macros__parts=parts))
    targets = (
        *URLS,
        "/en/articles/a/#a",
        "/en/a.html#a",
        "/en/#a",
        "/assets/site.css",
        "/en/articles/a/card.png",
        "https://a.org/en/articles/a/",
    )
    steps = [(url, target) for _ in range(2) for url in URLS for target in targets]
    for url, target in (*steps, *sorted(steps, key=lambda step: step[1]), *reversed(steps)):
        expected = relative(target, url) if target.startswith("/") else target
        assert render(shown(url, target)) == expected.encode(), (url, target)


def test_what_pages_share_within_what_they_share_has_the_links_of_each_page(tmp_path: Path) -> None:
    parts = (
        "{% macro way(target) %}{{ target | href }}{% endmacro %}"
        "{% macro ways(target) %}{{ shared('parts.way', target) }} {{ shared('parts.way', '/en/people/') }}"
        "{% endmacro %}"
    )
    page = "{{ shared('parts.ways', view.target) }}"
    render = renderer(theme(tmp_path, page=page, macros__parts=parts))
    for url in (*URLS, *URLS[::-1]):
        for target in URLS:
            expected = f"{relative(target, url)} {relative('/en/people/', url)}"
            assert render(shown(url, target)) == expected.encode(), (url, target)


def test_what_pages_share_is_made_once(tmp_path: Path) -> None:
    # A cycler counts how often the macro is called: a real macro has nothing that changes.
    parts = "{% set turn = cycler('first', 'second') %}{% macro tell(_) %}{{ turn.next() }}{% endmacro %}"
    render = renderer(theme(tmp_path, page="{{ shared('parts.tell', view.target) }}", macros__parts=parts))
    told = [render(shown(url, target)) for url, target in (("/en/a/", "/x"), ("/en/b/", "/x"), ("/en/b/", "/y"))]
    assert told == [b"first", b"first", b"second"]


def test_an_address_written_into_a_template_is_a_link_on_each_page(tmp_path: Path) -> None:
    here = theme(tmp_path, page='{{ "/en/about/" | href }}')
    render = renderer(here._replace(compiled=compiled(here, {"page.html": tmp_path / "page.html"})))
    assert render(shown("/en/", "")) == b"about/index.html"
    assert render(shown("/en/articles/a/", "")) == b"../../about/index.html"


_PARTS = """
{% macro plain(a, b) %}{{ a }}-{{ b }}{% endmacro %}
{% macro usual(a, b='<') %}{{ a }}{{ b }}{% endmacro %}
{% macro any(a) %}{{ a }}{{ varargs | join('+') }}{{ kwargs.x }}{% endmacro %}
{% macro around() %}[{{ caller('<') }}]{% endmacro %}
"""


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("{{ plain('<', 2) }} {{ plain(b=1, a='&') }}", "&lt;-2 &amp;-1"),
        ("{{ usual(1) }} {{ usual(1, 2) }} {{ usual(*[3, 4]) }} {{ usual(**{'a': 5}) }}", "1&lt; 12 34 5&lt;"),
        ("{{ any(1, 2, 3, x='<') }}", "12+3&lt;"),
        ("{% call(x) around() %}{{ x }}{{ view.target }}{% endcall %}", "[&lt;here]"),
        ("{% for n in (1, 2) %}{% include 'names.html' %}{% endfor %}", "(1 here here)(2 here here)"),
        ("{% set n = 3 %}{% include 'names.html' %}{{ own is defined }}", "(3 here here)False"),
        ("{% set n = 3 %}{% include 'absent.html' ignore missing %}{% include 'names.html' %}", "(3 here here)"),
        ("{% include 'asks.html' %}", "here False"),
        ("{% for x in [{'url': 'a'}] %}{{ x.url }}{% endfor %}", "a"),
        ("{{ plain(1) }}", None),
        ("{{ plain(1, 2, 3) }}", None),
        ("{{ plain(1, 2, c=3) }}", None),
    ],
)
def test_templates_do_what_jinja_says(tmp_path: Path, page: str, expected: str | None) -> None:
    files = {
        "page": "{% from 'macros/parts.html' import plain, usual, any, around %}" + page,
        "macros__parts": _PARTS,
        "names": "{% set own = view.target %}({{ n }} {{ own }} {{ view.target }})",
        "asks": "{{ view.target }} {{ n is defined }}",
    }
    here = theme(tmp_path, **files)
    paths = {f"{name.replace('__', '/')}.html": tmp_path / f"{name.replace('__', '/')}.html" for name in files}
    for given in (here, here._replace(compiled=compiled(here, paths))):
        made = renderer(given)(shown("/en/", "here"))
        assert isinstance(made, Problem) if expected is None else made == expected.encode()


def test_blocks_of_several_templates_make_one_page(tmp_path: Path) -> None:
    files = {
        "page": "{% extends 'middle.html' %}{% block a %}{{ super() }}+{{ self.b() }}{% endblock %}",
        "middle": "{% extends 'outer.html' %}{% block a %}<{{ super() }}>{% endblock %}",
        "outer": "{% block a %}{{ view.target }}{% endblock %} {% block b %}b{% endblock %}",
    }
    here = theme(tmp_path, **files)
    for given in (here, here._replace(compiled=compiled(here, {f"{n}.html": tmp_path / f"{n}.html" for n in files}))):
        assert renderer(given)(shown("/en/", "here")) == b"<here>+b b"


def test_values_are_escaped_and_markup_is_not(tmp_path: Path) -> None:
    here = theme(tmp_path, page="{{ view.target }} {{ 7 }} {{ t('hello') }} {{ view.title | isolate }}")
    page = shown("/en/", "<a href='\"'>&amp;")
    page = page._replace(view=RedirectView("<a href='\"'>&amp;", Phrase("A & B", "en", "ltr")))
    expected = '&lt;a href=&#39;&#34;&#39;&gt;&amp;amp; 7 Hello <bdi dir="ltr">A &amp; B</bdi>'
    for given in (here, here._replace(compiled=compiled(here, {"page.html": tmp_path / "page.html"}))):
        assert renderer(given)(page) == expected.encode()


@pytest.mark.parametrize(
    ("page", "line", "part"),
    [
        ("\n{{ nothing.there }}\n", 2, "nothing"),
        ("\n\n{% if %}\n", 3, "Expected"),
        ("\n{{ 'x' | unheard_of }}\n", 2, "unheard_of"),
        ("\n{{ shared('parts.absent') }}\n", 2, "absent"),
    ],
)
def test_a_fault_of_a_template_is_told_with_its_place(tmp_path: Path, page: str, line: int, part: str) -> None:
    here = theme(tmp_path, page=page, macros__parts="")
    for given in (here, here._replace(compiled=compiled(here, {"page.html": tmp_path / "page.html"}))):
        problem = renderer(given)(shown("/en/", ""))
        assert isinstance(problem, Problem)
        assert (problem.code, problem.location.path, problem.location.line) == ("template", "templates/page.html", line)
        assert part in problem.message
