from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.checks import links, sizes
from site_builder.problems import Problem
from tests.archives import check, write_archive


def _topics(broader: dict[str, str]) -> dict[str, str | bytes]:
    return {
        f"topics/{id_}.yaml": f"name: {{ar: م {id_}, en: T {id_}}}\nbroader: [{above}]\n"
        for id_, above in broader.items()
    }


@pytest.mark.parametrize(
    ("broader", "faults"),
    [
        ({"a": "b", "b": ""}, []),
        ({"a": "b, c", "b": "d", "c": "d", "d": ""}, []),
        ({"a": "b", "b": "a"}, ["topics/a.yaml"]),
        ({"a": "", "b": "a, c", "c": "a, d", "d": "b"}, ["topics/b.yaml"]),
        ({"a": "b", "b": "c", "c": "b"}, ["topics/b.yaml"]),
        ({"a": "b", "b": "a", "c": "d", "d": "c"}, ["topics/a.yaml", "topics/c.yaml"]),
    ],
)
def test_circles_of_topics_are_told_once(broader: dict[str, str], faults: list[str], tmp_path: Path) -> None:
    found = check(write_archive(tmp_path, _topics(broader)))
    assert [fault.path for fault in found.problems] == faults
    assert all((fault.code, fault.line) == ("topic-cycle", 2) for fault in found.problems)


def test_a_long_circle_is_found(tmp_path: Path) -> None:
    number = 400
    found = check(write_archive(tmp_path, _topics({f"t{n:03}": f"t{(n + 1) % number:03}" for n in range(number)})))
    assert [(fault.path, fault.code) for fault in found.problems] == [("topics/t000.yaml", "topic-cycle")]


def test_names_and_aliases_are_compared_without_case_and_spacing(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "people/a.yaml": "name: {ar: أ, en: John Kerry}\naliases: {en: [J. Kerry, J.  KERRY]}\n",
        "people/b.yaml": "name: {ar: ب, en: Other}\naliases: {en: [john  kerry], ar: [John Kerry]}\n",
        "places/a.yaml": "name: {ar: أ, en: John Kerry}\n",
    }
    found = check(write_archive(tmp_path, files))
    assert [tuple(fault) for fault in found.problems] == [
        ("people/a.yaml", 2, 26, "warning", "duplicate-alias"),
        ("people/b.yaml", 2, 16, "error", "alias-conflict"),
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("people: [john-kery]", "did you mean “john-kerry”?"),
        ("people: [geneva]", "“geneva” is a record of another kind: place"),
        ("people: [xyz]", "correct the id, or add people/xyz.yaml"),
    ],
)
def test_hints_name_the_nearest_record(text: str, hint: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "people/john-kerry.yaml": "name: {ar: ك, en: Kerry}\n",
        "places/geneva.yaml": "name: {ar: ج, en: Geneva}\n",
        "articles/a.ar.md": f"---\ntitle: x\ndate: 2016\nsummary: y\n{text}\n---\nText.\n",
    }
    assert check(write_archive(tmp_path, files)).hints == [hint]


@pytest.mark.parametrize("name", ["a b.png", "a%20b.png", "صورة.png", "a.png?x=1", "a.png#part"])
def test_files_beside_a_text_are_found_by_their_address(name: str, tmp_path: Path) -> None:
    written = {"a b.png": "a%20b.png"}.get(name, name)
    beside = {"a%20b.png": "a b.png"}.get(name, name.partition("?")[0].partition("#")[0])
    files: dict[str, str | bytes] = {
        "articles/a/index.ar.md": f"---\ntitle: x\ndate: 2016\nsummary: y\n---\n![x]({written})\n"
    }
    assert [fault.code for fault in check(write_archive(tmp_path, files)).problems] == ["missing-file"]
    assert check(write_archive(tmp_path, {**files, f"articles/a/{beside}": "x"})).problems == []


def test_a_draft_is_no_record_unless_drafts_are_shown(tmp_path: Path) -> None:
    head = "---\ntitle: x\ndate: 2016\nsummary: y\n"
    content = write_archive(
        tmp_path, {"articles/a.ar.md": f"{head}---\n[[b]]\n", "articles/b.ar.md": f"{head}draft: true\n---\nText.\n"}
    )
    assert [fault.code for fault in check(content).problems] == ["dangling-reference"]
    assert check(content, "--drafts").problems == []


def test_strict_counts_warnings(tmp_path: Path) -> None:
    content = write_archive(tmp_path, {"articles/a.ar.md": "---\ntitle: x\ndate: 2016\nsummary: y\n---\n# x\n"})
    assert check(content).status == 0
    assert check(content, "--strict").status == 1


def _links(root: Path, pages: dict[str, str]) -> list[tuple[str, str]]:
    for path, text in pages.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return [(code, place.removeprefix(f"{root.as_posix()}/")) for code, place in map(_short, links(root))]


def _short(problem: Problem) -> tuple[str, str]:
    at = problem.location
    return problem.code, f"{at.path}:{at.line}:{at.column}"


def test_the_output_may_be_named_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _links(tmp_path / "build", {"a/index.html": '<a href="#x"></a><i id="x"></i><a href="none/"></a>'})
    monkeypatch.chdir(tmp_path)
    assert [_short(problem) for problem in links(Path("build"))] == [("broken-link", "build/a/index.html:1:32")]


def test_links_of_built_pages(tmp_path: Path) -> None:
    sound = (
        '<a href="../b/index.html#x"></a><a href="../b/"></a><a href="#y"></a><p id="y">'
        '<a href="https://example.org/"></a><link rel="canonical" href="none"><img src="../a%20b.png">'
    )
    pages = {"a/index.html": sound, "b/index.html": '<h2 id="x">', "a b.png": ""}
    assert _links(tmp_path, pages) == []
    broken = '<a href="none/"></a>\n<a href="../a/#none"></a>\n  <img src="../../out.png">'
    assert _links(tmp_path, {"b/index.html": broken + '<h2 id="x">'}) == [
        ("broken-link", "b/index.html:1:1"),
        ("broken-anchor", "b/index.html:2:1"),
        ("broken-link", "b/index.html:3:3"),
    ]


def test_a_site_near_the_limit_of_github_pages_is_told() -> None:
    told = sizes(dict.fromkeys(map(str, range(9)), 100_000_000), Path("build"))
    assert [(one.code, one.severity, one.location.path) for one in told] == [("large-site", "warning", "build")]
    assert "has 900 MB and nears" in told[0].message
    above = sizes(dict.fromkeys(map(str, range(11)), 100_000_000), Path("build"))
    assert "has 1,100 MB and is larger than" in above[0].message
    assert not sizes(dict.fromkeys(map(str, range(9)), 99_999_999), Path("build"))


def test_a_file_too_large_for_a_push_is_told() -> None:
    limit = 100 * 1024 * 1024
    told = sizes({"files/film.mp4": limit + 1, "index.html": limit}, Path("build"))
    assert [(one.code, one.location.path) for one in told] == [("large-file", "build/files/film.mp4")]
