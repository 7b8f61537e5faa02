from __future__ import annotations

import re
from pathlib import Path

from site_builder.cli import main
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
