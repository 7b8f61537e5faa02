from __future__ import annotations

import markdown
import pytest

from site_builder.reading.isolation import IsolationExtension

EXTENSIONS = ["tables", "footnotes", "def_list", "attr_list", "toc", "fenced_code"]
LRI, RLI, PDI = "\u2066", "\u2067", "\u2069"


def html(text: str, language: str = "ar", candidates: tuple[str, ...] = ("ar", "en")) -> str:
    return markdown.markdown(text, extensions=[*EXTENSIONS, IsolationExtension(language, candidates)])


def inner(text: str, language: str = "ar", candidates: tuple[str, ...] = ("ar", "en")) -> str:
    paragraph = html(text, language, candidates)
    assert paragraph.startswith("<p>")
    assert paragraph.endswith("</p>")
    return paragraph[3:-4]


def en(content: str) -> str:
    return f'<span dir="ltr" lang="en">{content}</span>'


def ar(content: str) -> str:
    return f'<span dir="rtl" lang="ar">{content}</span>'


def test_words() -> None:
    assert inner("قال John Kerry أمس") == f"قال {en('John Kerry')} أمس"
    assert inner("He said مرحبا بكم.", "en") == f"He said {ar('مرحبا بكم')}."
    assert inner("Nothing here.", "en") == "Nothing here."


def test_a_language_that_cannot_be_told_is_left_out() -> None:
    assert inner("قال John أمس", candidates=("ar", "de", "fr")) == 'قال <span dir="ltr">John</span> أمس'
    assert inner("he said گفتگو there", "en", ("en", "ar", "fa")) == (
        'he said <span dir="rtl" lang="fa">گفتگو</span> there'
    )


def test_figures_and_addresses_have_no_language() -> None:
    assert inner("هبط -5% في 2016-2019") == 'هبط <bdi dir="ltr">-5%</bdi> في 2016-2019'
    assert inner("انظر https://example.org/a ثم") == 'انظر <bdi dir="ltr">https://example.org/a</bdi> ثم'


def test_a_run_reaches_across_elements() -> None:
    assert inner("صحيفة The *New York* Times قالت") == f"صحيفة {en('The <em>New York</em> Times')} قالت"
    assert inner("صحيفة **The** *Times* قالت") == f"صحيفة {en('<strong>The</strong> <em>Times</em>')} قالت"
    assert inner("نسبة **10** % من") == 'نسبة <bdi dir="ltr"><strong>10</strong> %</bdi> من'


def test_a_run_within_an_element_stays_there() -> None:
    assert inner("قناة *BBC* قالت") == f"قناة <em>{en('BBC')}</em> قالت"
    assert inner("قناة *«BBC»* قالت") == f"قناة <em>«{en('BBC')}»</em> قالت"
    assert inner("في [The ***New* York** Times](x)") == (
        f'في <a href="x">{en("The <strong><em>New</em> York</strong> Times")}</a>'
    )
    assert inner("في [*New York*](x) ثم") == f'في <a href="x"><em>{en("New York")}</em></a> ثم'


def test_an_element_that_a_run_ends_in_is_taken_in_whole() -> None:
    assert inner("قال John *Kerry!* ثم") == f"قال {en('John <em>Kerry!</em>')} ثم"


def test_elements_with_letters_of_both_directions() -> None:
    assert inner("زار Old *London مع صديق* ثم Paris") == (
        f"زار {en('Old')} <em>{en('London')} مع صديق</em> ثم {en('Paris')}"
    )


def test_runs_within_quotations() -> None:
    name = en("John Kerry")
    assert inner("as “قال كيري (John Kerry) اليوم” has", "en") == f"as “{ar(f'قال كيري ({name}) اليوم')}” has"
    name = ar("جون <strong>كيري</strong>")
    assert inner("كتب «The *minister* (جون **كيري**) said» ثم") == (
        f"كتب «{en(f'The <em>minister</em> ({name}) said')}» ثم"
    )
    assert inner("![photo “قال (Kerry) ثم” here](x.png)", "en") == (
        f'<img alt="photo “{RLI}قال ({LRI}Kerry{PDI}) ثم{PDI}” here" src="x.png" />'
    )


def test_an_element_with_letters_of_both_directions_divides_a_quotation() -> None:
    assert inner("as «قال *كيري Kerry* ثم» has", "en") == (
        f"as «{ar('قال')} <em>{ar('كيري')} Kerry</em> {ar('ثم')}» has"
    )


def test_a_run_that_widens_to_all_of_its_run_is_left_alone() -> None:
    assert inner("*`https://a.b/*قال") == en("<em>`https://a.b/</em>قال")


def test_a_quotation_with_raw_html_is_no_single_run() -> None:
    assert inner("as «قال <b>Kerry» ثم</b> has", "en") == f"as «{ar('قال')} <b>Kerry» {ar('ثم')}</b> has"
    assert inner("as «قال <b>ثم» قال</b> ثم", "en") == f"as «{ar('قال')} <b>{ar('ثم')}» {ar('قال')}</b> {ar('ثم')}"


def test_code() -> None:
    assert inner("نفذ `ls` ثم") == 'نفذ <code dir="ltr">ls</code> ثم'
    assert inner("نفذ `قال x` ثم") == 'نفذ <code dir="ltr">قال x</code> ثم'
    assert inner("run `قال` now", "en") == "run <code>قال</code> now"
    code = '<code dir="ltr">log</code>'
    assert inner("الأمر git `log` here ثم") == f"الأمر {en(f'git {code} here')} ثم"


@pytest.mark.parametrize("source", ["نص\n\n    x = 1", "نص\n\n```\nx = 1\n```", "نص\n\n```py\nx = 1\n```"])
def test_blocks_of_code(source: str) -> None:
    assert html(source).count('<pre dir="ltr"><code') == 1
    assert "dir=" not in html(source.replace("نص", "text"), "en")


def test_what_the_editor_marked_stays() -> None:
    assert inner('صحيفة *Svenska Dagbladet*{: lang="sv" } قالت') == (
        'صحيفة <em dir="ltr" lang="sv">Svenska Dagbladet</em> قالت'
    )
    assert inner('the *Svenska*{: lang="sv" } paper', "en") == 'the <em lang="sv">Svenska</em> paper'
    assert inner('قال *John*{: dir="auto" } ثم') == 'قال <em dir="auto">John</em> ثم'
    assert inner('قال *x*{: lang="not a tag" } ثم') == f'قال <em lang="not a tag">{en("x")}</em> ثم'


def test_an_element_has_its_own_direction() -> None:
    assert html("He met بشار there.\n{: lang=en }") == f'<p dir="ltr" lang="en">He met {ar("بشار")} there.</p>'
    assert html("He met بشار.\n{: dir=ltr }") == f'<p dir="ltr">He met {ar("بشار")}.</p>'
    assert html("مرحبا\n{: lang=ar }") == '<p lang="ar">مرحبا</p>'


def test_attributes() -> None:
    assert inner('![صورة Kerry](x.png "في London")') == (
        f'<img alt="صورة {LRI}Kerry{PDI}" src="x.png" title="في {LRI}London{PDI}" />'
    )
    assert inner('[هنا](x "A في \\# B")') == f'<a href="x" title="{LRI}A{PDI} في # {LRI}B{PDI}">هنا</a>'
    assert inner("![photo of بشار](x.png)", "en") == f'<img alt="photo of {RLI}بشار{PDI}" src="x.png" />'


def test_autolinks() -> None:
    link = '<a href="https://a.org/b?c=1&amp;d=2"><bdi dir="ltr">https://a.org/b?c=1&amp;d=2</bdi></a>'
    assert inner("انظر <https://a.org/b?c=1&d=2> ثم") == f"انظر {link} ثم"
    mail = inner("اكتب إلى <me@a.org> ثم")
    assert '"><bdi dir="ltr">&#109;&#101;&#64;' in mail
    assert mail.endswith("&#103;</bdi></a> ثم")


def test_what_python_markdown_puts_aside_survives() -> None:
    assert inner("لغة C\\# ولغة C\\+\\+ ثم") == f"لغة {en('C#')} ولغة {en('C++')} ثم"
    assert inner("شركة AT&amp;T ثم") == f"شركة {en('AT&amp;T')} ثم"
    assert inner("شركة A & B ثم") == f"شركة {en('A &amp; B')} ثم"
    assert inner("قال John&nbsp;Kerry ثم") == f"قال {en('John&nbsp;Kerry')} ثم"


def test_no_run_reaches_across_raw_html() -> None:
    assert inner("قال John <b>Kerry قال</b> ثم") == f"قال {en('John')} <b>{en('Kerry')} قال</b> ثم"
    assert inner("هبط <b>-5%</b> ثم") == 'هبط <b><bdi dir="ltr">-5%</bdi></b> ثم'
    assert html("<div>قال John</div>") == "<div>قال John</div>"


def test_footnotes() -> None:
    page = html("قال Kerry[^1] أمس\n\n[^1]: في London ثم")
    assert f'{en("Kerry")}<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup> أمس' in page
    assert f"<p>في {en('London')} ثم&#160;<a" in page
    assert "&#8617;</a>" in page


def test_blocks() -> None:
    page = html("# مؤتمر Geneva\n\n- في London\n    - في Paris\n\n> قال Kerry ثم\n\nكلمة\n: في Rome\n")
    assert f'<h1 id="geneva">مؤتمر {en("Geneva")}</h1>' in page
    for place in ("London", "Paris", "Rome"):
        assert f"في {en(place)}" in page
    assert f"<p>قال {en('Kerry')} ثم</p>" in page


def test_tables() -> None:
    page = html("| أ | ب |\n|---|---|\n| BBC | 10% |\n")
    assert f"<td>{en('BBC')}</td>" in page
    assert '<td><bdi dir="ltr">10%</bdi></td>' in page


def test_headings_reach_the_table_of_contents_isolated() -> None:
    document = markdown.Markdown(extensions=[*EXTENSIONS, IsolationExtension("ar", ("ar", "en"))])
    document.convert("## مؤتمر Geneva")
    toc = document.toc_tokens  # type: ignore[attr-defined]
    assert (toc[0]["id"], toc[0]["name"], toc[0]["html"]) == ("geneva", "مؤتمر Geneva", f"مؤتمر {en('Geneva')}")


def test_one_converter_serves_many_documents() -> None:
    document = markdown.Markdown(extensions=[IsolationExtension("ar", ("ar", "en"))])
    first = document.convert("قال Kerry ثم")
    assert document.reset().convert("قال Kerry ثم") == first


def test_breaks_are_spaces() -> None:
    both = "John<br />\nKerry"
    assert inner("قال John  \nKerry ثم") == f"قال {en(both)} ثم"


def test_a_document_has_a_language() -> None:
    with pytest.raises(ValueError, match="not a language tag"):
        IsolationExtension("Arabic", ())
