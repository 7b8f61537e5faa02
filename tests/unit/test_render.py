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
