from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from site_builder import names, pipeline
from site_builder.cache import Cache
from site_builder.pipeline import Options, understand
from site_builder.problems import Problem
from tests.archives import write_archive

RECORDS = {
    "people/bill-clinton.yaml": "name: {ar: بيل كلينتون, en: Bill Clinton}\n",
    "people/hillary-clinton.yaml": "name: {ar: هيلاري كلينتون, en: Hillary Clinton}\n",
    "people/john-kerry.yaml": "name: {ar: جون كيري, en: John Kerry}\n",
    "organizations/united-nations.yaml": "name: {ar: الأمم المتحدة, en: United Nations}\n",
    "places/geneva.yaml": "name: {ar: جنيف, en: Geneva}\n",
    "places/hope.yaml": "name: {ar: هوب, en: Hope}\nneeds_context: true\n",
}
HEAD = "---\ntitle: T\ndate: 2016\nsummary: S\n"


def _notes(root: Path, files: Mapping[str, str]) -> list[Problem]:
    """The notes on an archive, without those on records that nobody names (which most tests have)."""
    content = write_archive(root, {**RECORDS, **files})
    return [one for one in _all(content) if one.code != "never-named"]


def _all(content: Path, cache: Path | None = None, jobs: int = 1) -> list[Problem]:
    known = understand(Options(content=content))
    assert known.catalog
    with Cache(cache).closing() as kept:
        return names.notes(known.catalog, known.targets, content, kept, jobs, pipeline.fingerprint())


def _short(problem: Problem) -> tuple[str, str]:
    at = problem.location
    return f"{at.path}:{at.line}:{at.column}", problem.code


def test_an_article_that_lists_whom_it_names_needs_no_note(tmp_path: Path) -> None:
    arabic = "---\ntitle: ت\nsummary: س\n---\nقال كيري في جنيف.\n"
    english = f"{HEAD}people: [john-kerry]\nplaces: [geneva]\n---\nText.\n"
    assert _notes(tmp_path, {"articles/a/index.ar.md": arabic, "articles/a/index.en.md": english}) == []


def test_listed_and_never_named(tmp_path: Path) -> None:
    head = f"{HEAD}people:\n  - john-kerry\n  - bill-clinton\nplaces: [geneva]\n"
    arabic, english = f"{head}---\nلا أحد.\n", f"{head}---\nNobody but [[bill-clinton|him]]. `John Kerry`\n"
    found = _notes(tmp_path, {"articles/a/index.ar.md": arabic, "articles/a/index.en.md": english})
    assert list(map(_short, found)) == [
        ("articles/a/index.ar.md:6:5", "listed-not-named"),
        ("articles/a/index.ar.md:8:10", "listed-not-named"),
    ]
    assert found[0].message == "“john-kerry” is listed, and the text never names it"
    assert found[0].hint == "name it in the text, or take it out of “people”"


def test_nothing_is_missed_in_languages_whose_inflection_is_not_known(tmp_path: Path) -> None:
    settings = "title: {ru: A}\nlanguages: [ru]\ndefault_language: ru\nbase_url: https://example.org/\n"
    files = {
        "site.yaml": settings,
        "people/lavrov.yaml": "name: {ru: Сергей Лавров}\n",
        "articles/a.ru.md": f"{HEAD}people: [lavrov]\n---\nУ Лаврова.\n",
    }
    assert _all(write_archive(tmp_path, files)) == []


def test_named_and_not_listed(tmp_path: Path) -> None:
    arabic = "---\ntitle: ت\nsummary: س\n---\nجون كيري في [[geneva]].\n"
    english = f"{HEAD}---\nText.\n\nJohn Kerry came. Kerry spoke.\n"
    content = tmp_path / "content"
    found = _notes(tmp_path, {"articles/a/index.ar.md": arabic, "articles/a/index.en.md": english})
    assert list(map(_short, found)) == [
        ("articles/a/index.ar.md:5:1", "named-not-listed"),
        ("articles/a/index.ar.md:5:13", "named-not-listed"),
    ]
    assert found[0].message == "“john-kerry” is named 3 times, and “people” does not list it"
    assert found[0].hint == (
        "add john-kerry to people:, or let it be added: "
        f"site-builder annotate --write {content.as_posix()}/articles/a/index.ar.md"
    )
    assert "“geneva” is named once, and “places”" in found[1].message


def test_ambiguous_names(tmp_path: Path) -> None:
    text = f"{HEAD}people: [bill-clinton, hillary-clinton]\n---\nBill Clinton and Hillary Clinton. Clinton, Clinton.\n"
    (found,) = _notes(tmp_path, {"articles/a.en.md": text})
    assert _short(found) == ("articles/a.en.md:7:35", "ambiguous-name")
    alone = _notes(tmp_path, {"articles/a.en.md": text.replace("Bill Clinton and Hillary Clinton.", "")})
    assert [one.code for one in alone] == ["ambiguous-name"], "and not that the two are never named"
    assert found.message == (
        "“Clinton” may be “bill-clinton” or “hillary-clinton” (2 times): several records have this name"
    )
    assert "mentions: {Clinton: bill-clinton}" in found.hint


def test_short_names_are_told_for_each_article(tmp_path: Path) -> None:
    text = f"{HEAD}---\nKerry spoke.\n"
    found = _notes(tmp_path, {"articles/a.en.md": text, "articles/b.en.md": text})
    assert list(map(_short, found)) == [
        ("articles/a.en.md:6:1", "refused-name"),
        ("articles/b.en.md:6:1", "refused-name"),
    ]
    assert found[0].hint == "list the one who is meant; if it is nobody, write mentions: {Kerry: none}"
    listed = text.replace("---\nK", "people: [john-kerry]\n---\nK")
    decided = text.replace("---\nK", "mentions: {Kerry: none}\n---\nK")
    assert _notes(tmp_path, {"articles/a.en.md": listed, "articles/b.en.md": decided}) == []


def test_other_refusals_are_told_once_for_the_archive(tmp_path: Path) -> None:
    text = f"{HEAD}---\nThe University of Geneva. Hope fades. The Geneva Foundation.\n"
    found = _notes(tmp_path, {f"articles/{id_}.en.md": text for id_ in "abc"})
    assert [(one.message.partition(":")[0], _short(one)[0]) for one in found] == [
        ("“Geneva” is not taken for “geneva” (6 times in 3 articles)", "articles/a.en.md:6:19"),
        ("“Hope” is not taken for “hope” (3 times in 3 articles)", "articles/a.en.md:6:27"),
    ]


@pytest.mark.parametrize(
    ("files", "silent"),
    [
        ({}, set()),
        ({"articles/a.en.md": f"{HEAD}people: [john-kerry]\n---\nText.\n"}, {"john-kerry"}),
        ({"articles/a.en.md": f"{HEAD}---\nThe United Nations and [[geneva]].\n"}, {"united-nations", "geneva"}),
        ({"articles/a.en.md": f"{HEAD}source: {{publisher: united-nations}}\n---\nText.\n"}, {"united-nations"}),
        ({"pages/a.en.md": "---\ntitle: A\n---\nOf [[john-kerry]].\n"}, {"john-kerry"}),
        (
            {"events/e.yaml": "name: {ar: ح, en: E}\ndate: 2016\nplace: geneva\npeople: [john-kerry]\n"},
            {"geneva", "john-kerry"},
        ),
        (
            {
                "people/p.yaml": "name: {ar: ف, en: P}\nsee_also: [bill-clinton, hillary-clinton]\n"
                "offices: [{title: {ar: م, en: t}, organization: united-nations}]\n"
                "biography: {en: 'See [[john-kerry]].'}\n"
            },
            {"bill-clinton", "hillary-clinton", "united-nations", "john-kerry"},
        ),
    ],
)
def test_records_of_which_nothing_speaks(files: dict[str, str], silent: set[str], tmp_path: Path) -> None:
    found = [one for one in _all(write_archive(tmp_path, {**RECORDS, **files})) if one.code == "never-named"]
    told = {Path(one.location.path).stem for one in found} - {"p"}
    assert told == {Path(path).stem for path in RECORDS} - silent
    assert all((one.location.line, one.location.column, one.severity) == (1, 1, "note") for one in found)


def test_drafts_count_only_where_they_are_shown(tmp_path: Path) -> None:
    content = write_archive(tmp_path, {**RECORDS, "articles/a.en.md": f"{HEAD}draft: true\n---\nJohn Kerry.\n"})
    assert {one.code for one in _all(content)} == {"never-named"}


def test_what_a_draft_lists_holds_for_the_other_language(tmp_path: Path) -> None:
    arabic = f"{HEAD}draft: true\npeople: [john-kerry]\n---\nنص.\n"
    english = "---\ntitle: T\nsummary: S\n---\nKerry left.\n"
    assert _notes(tmp_path, {"articles/a.ar.md": arabic, "articles/a.en.md": english}) == []


def test_other_line_ends(tmp_path: Path) -> None:
    text = f"{HEAD}---\nText.\n\nJohn Kerry.\n".replace("\n", "\r\n")
    (found,) = _notes(tmp_path, {"articles/a.en.md": "\ufeff" + text})
    assert _short(found) == ("articles/a.en.md:8:1", "named-not-listed")


def test_what_was_found_is_kept_until_a_text_or_a_name_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"articles/{id_}.en.md": f"{HEAD}---\nJohn Kerry {id_}.\n" for id_ in "abc"}
    content = write_archive(tmp_path, {**RECORDS, **files})
    examined: list[str] = []
    examine = names._examine

    def counted(sources: Any, vocabulary: Any) -> Any:
        examined.extend(path for path, _ in sources.files)
        return examine(sources, vocabulary)

    monkeypatch.setattr(names, "_examine", counted)
    first = _all(content, tmp_path / "cache")
    assert examined == sorted(files)
    examined.clear()
    assert _all(content, tmp_path / "cache") == first
    assert examined == []
    write_archive(tmp_path, {"articles/b.en.md": f"{HEAD}---\nJohn Kerry, Geneva.\n"})
    second = _all(content, tmp_path / "cache")
    assert examined == ["articles/b.en.md"]
    assert second == _all(content)
    examined.clear()
    write_archive(tmp_path, {"people/john-kerry.yaml": "name: {ar: جون كيري, en: Jon Kery}\n"})
    assert _all(content, tmp_path / "cache") == _all(content)
    assert set(examined) == set(files)


def test_several_processes_find_the_same(tmp_path: Path) -> None:
    files = {f"articles/a{n}.en.md": f"{HEAD}---\nJohn Kerry {n}, Kerry and Clinton.\n" for n in range(70)}
    content = write_archive(tmp_path, {**RECORDS, **files})
    assert _all(content, jobs=2) == _all(content)
