"""Archives with long lists, built: edit after edit, what comes of the cache is what a fresh build gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder import catalog
from site_builder.checks import links
from site_builder.ledger import Ledger
from site_builder.pipeline import Options, build
from site_builder.plan import indexes, lists, records
from tests.archives import write_archive


def _article(date: str, words: str) -> str:
    return f"---\ntitle: {words} {date}\ndate: {date}\nsummary: y\npeople: [kerry]\n---\nJohn Kerry {words}.\n"


def _files(output: Path) -> dict[str, bytes]:
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def test_edits_of_long_lists_leave_what_a_fresh_build_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name, most in (
        (catalog, "MOST_LISTED", 3),
        (catalog, "_ROOM", (2, 2, 2)),
        (records, "_LATEST", 2),
        (lists, "MOST_CARDS", 2),
        (lists, "MOST_LINES", 2),
        (indexes, "MOST_ENTRIES", 2),
    ):
        monkeypatch.setattr(owner, name, most)
    dates = ("2015", "2015-03-04", "2015-03-05", "2015-03-06", "2016-01-02", "2017-05-06")
    files = {f"articles/a{number}/index.en.md": _article(date, "spoke") for number, date in enumerate(dates)}
    people = {f"people/{name}.yaml": f"name: {{ar: {name}, en: {name}}}\n" for name in ("kim", "kerr", "kent")}
    people["people/kerry.yaml"] = "name: {ar: جون كيري, en: John Kerry}\naliases: {en: [Kerry]}\n"
    content = write_archive(tmp_path, {**files, **people})

    def built(name: str, cache: Path | None) -> dict[str, bytes]:
        output = tmp_path / name
        report = build(Options(content=content, output=output, cache=cache, search="never"))
        assert report.done, report.problems
        assert not links(output)
        return _files(output)

    first = built("site", tmp_path / "cache")
    parts = ("people/kerry/2015/2/", "people/letters/k/", "timeline/2015/2/", "archive/2015/00/", "archive/2015/03/2/")
    assert all(f"en/{part}index.html" in first for part in parts)
    edits: list[tuple[str, str | None]] = [
        ("articles/a1/index.en.md", _article("2015-03-04", "wrote")),
        ("articles/a6/index.en.md", _article("2015-03-07", "left")),
        ("articles/a3/index.en.md", None),
        ("people/kim.yaml", "name: {ar: x, en: Adams}\n"),
        ("articles/a2/index.en.md", None),
        ("articles/a6/index.en.md", None),
    ]
    for number, (path, text) in enumerate(edits):
        before = _files(tmp_path / "site")
        if text is None:
            (content / path).unlink()
        else:
            write_archive(tmp_path, {path: text})
        after = built("site", tmp_path / "cache")
        assert after == built(f"fresh-{number}", None), path
        if number == 0:
            changed = {name for name in after if after[name] != before.get(name) and "/kerry/" in name}
            years = {"en/people/kerry/2015/index.html", "ar/people/kerry/2015/index.html"}
            assert changed == years, "the latest have no part in it: a part that holds an edit, and no other"
    assert "en/archive/2015/03/index.html" not in after, "a year that is short again is one page"


@pytest.mark.parametrize("in_one_process", [False, True])
def test_one_more_mention_in_a_text_cuts_the_list_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_one_process: bool
) -> None:
    monkeypatch.setattr(catalog, "MOST_MENTIONS", 2)
    monkeypatch.setattr(catalog, "_ROOM", (2, 2, 2))
    monkeypatch.setattr(records, "_LATEST", 1)
    text = "---\ntitle: A\ndate: 2016-0{}-01\nsummary: y\n---\n{} spoke.\n"
    files = {f"articles/a{n}/index.en.md": text.format(n, "John Kerry" if n < 3 else "Nobody") for n in range(1, 5)}
    files["people/kerry.yaml"] = "name: {ar: جون كيري, en: John Kerry}\n"
    content = write_archive(tmp_path, files)
    options = Options(content=content, output=tmp_path / "site", cache=tmp_path / "cache", search="never")
    ledger = Ledger(options.content, options.output) if in_one_process else None
    assert build(options, ledger=ledger).done
    part = "en/people/kerry/2016/index.html"
    assert part not in _files(options.output)
    for number, words in ((3, "John Kerry"), (4, "John Kerry"), (4, "Nobody"), (3, "Nobody")):
        write_archive(tmp_path, {f"articles/a{number}/index.en.md": text.format(number, words)})
        assert build(options, ledger=ledger).done
        assert build(Options(content=content, output=tmp_path / "fresh", search="never")).done
        assert _files(options.output) == _files(tmp_path / "fresh"), (number, words)
        assert (part in _files(options.output)) == (words == "John Kerry" or number == 4)
