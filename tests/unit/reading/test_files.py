from __future__ import annotations

import os
from pathlib import Path

import pytest

from site_builder.problems import Location, Problem
from site_builder.reading.files import SourceFile, as_text, list_files, read_bytes
from tests.archives import write_archive

LANGUAGES = ("ar", "en")


def _codes(content: Path) -> list[tuple[str, str]]:
    return [(problem.location.path, problem.code) for problem in list_files(content, LANGUAGES).problems]


def test_names_say_what_a_file_is(tmp_path: Path) -> None:
    content = write_archive(
        tmp_path,
        {
            "articles/talks/index.ar.md": "",
            "articles/talks/photo.jpg": "",
            "articles/talks/more/map.png": "",
            "articles/flat.en.md": "",
            "pages/about/index.en.md": "",
            "people/john-kerry.yaml": "",
        },
    )
    files, _, problems = list_files(content, LANGUAGES)
    assert problems == ()
    assert files == (
        SourceFile("text", "articles/flat.en.md", "article", "flat", "en"),
        SourceFile("text", "articles/talks/index.ar.md", "article", "talks", "ar"),
        SourceFile("attachment", "articles/talks/more/map.png", "article", "talks", ""),
        SourceFile("attachment", "articles/talks/photo.jpg", "article", "talks", ""),
        SourceFile("text", "pages/about/index.en.md", "page", "about", "en"),
        SourceFile("record", "people/john-kerry.yaml", "person", "john-kerry", ""),
        SourceFile("settings", "site.yaml", "page", "", ""),
    )


def test_what_editors_and_systems_leave_behind_is_no_content(tmp_path: Path) -> None:
    left = [".git/config", ".DS_Store", "README.md", "people/README", "people/x.yaml~", "people/#x.yaml#", "Thumbs.db"]
    files, _, problems = list_files(write_archive(tmp_path, dict.fromkeys(left, "x")), LANGUAGES)
    assert [file.path for file in files] == ["site.yaml"]
    assert problems == ()


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("articles/talks/index.ar.MD", "name it index.ar.md"),
        ("articles/talks/text.md", "name it index.ar.md"),
        ("people/john-kerry.yml", "name it people/john-kerry.yaml"),
        ("people/John Kerry.yaml", "ids are lower-case ASCII letters, digits and hyphens: john-kerry"),
        ("peeple/john-kerry.yaml", "did you mean “people”?"),
        ("articles/talks/index.ara.md", "did you mean “ar”?"),
    ],
)
def test_hints_name_the_right_place(path: str, hint: str, tmp_path: Path) -> None:
    problems = list_files(write_archive(tmp_path, {path: "x"}), LANGUAGES).problems
    assert [problem.hint for problem in problems if problem.location.path == path] == [hint]


def test_links_that_stay_inside_are_followed(tmp_path: Path) -> None:
    content = write_archive(tmp_path, {"people/john-kerry.yaml": "name: x\n"})
    (content / "people/kerry.yaml").symlink_to("john-kerry.yaml")
    (content / "organizations").symlink_to("people")
    files, _, problems = list_files(content, LANGUAGES)
    assert problems == ()
    assert {file.path for file in files} >= {"people/kerry.yaml", "organizations/john-kerry.yaml"}


def test_links_that_lead_out_are_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("name: x\n")
    content = write_archive(tmp_path, {"people/a.yaml": ""})
    (content / "people/secret.yaml").symlink_to(tmp_path / "secret.yaml")
    (content / "places").symlink_to(tmp_path)
    (content / "people/none.yaml").symlink_to("nowhere.yaml")
    (content / "people/self.yaml").symlink_to("self.yaml")
    refused = ["people/none.yaml", "people/secret.yaml", "people/self.yaml", "places"]
    assert sorted(_codes(content)) == [(path, "link-outside") for path in refused]


def test_the_settings_are_not_read_through_a_link_that_leads_out(tmp_path: Path) -> None:
    content = write_archive(tmp_path, {})
    (content / "site.yaml").rename(tmp_path / "site.yaml")
    (content / "site.yaml").symlink_to("../site.yaml")
    found = read_bytes(content, SourceFile("settings", "site.yaml", "page", "", ""))
    assert isinstance(found, Problem)
    assert found.code == "link-outside"


def test_circles_of_links_end(tmp_path: Path) -> None:
    content = write_archive(tmp_path, {"articles/talks/index.ar.md": ""})
    (content / "articles/talks/again").symlink_to("..")
    assert _codes(content) == [("articles/talks/again", "link-loop")]


def test_a_web_of_links_is_not_walked_for_ever(tmp_path: Path) -> None:
    content = write_archive(tmp_path, {f"articles/a{number}/index.ar.md": "" for number in range(9)})
    for here in range(9):
        for there in range(9):
            if here != there:
                (content / f"articles/a{here}/to{there}").symlink_to(f"../a{there}")
    listing = list_files(content, LANGUAGES)
    assert len(listing.files) + len(listing.problems) < 1000
    assert {problem.code for problem in listing.problems} == {"link-loop", "misplaced-file"}


def test_deep_folders_are_walked(tmp_path: Path) -> None:
    content = write_archive(tmp_path, {"articles/a/index.ar.md": ""})
    here = os.getcwd()  # noqa: PTH109 - the path grows longer than the system takes in one piece
    deep = 400
    try:
        os.chdir(content / "articles/a")
        for _ in range(deep):
            os.mkdir("d")  # noqa: PTH102
            os.chdir("d")
        assert list_files(content, LANGUAGES).files
    finally:
        for _ in range(deep):
            os.chdir("..")
            os.rmdir("d")  # noqa: PTH106
        os.chdir(here)


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    content = write_archive(tmp_path, {})
    (content / "people").mkdir()
    os.mkfifo(content / "people/pipe.yaml")
    assert _codes(content) == [("people/pipe.yaml", "unreadable")]
    for path in ("people/pipe.yaml", "people"):
        found = read_bytes(content, SourceFile("record", path, "person", "pipe", ""))
        assert isinstance(found, Problem)
        assert found.code == "unreadable"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path) -> None:
    content = write_archive(tmp_path, {"people/a.yaml": ""})
    (content / "people/a.yaml").chmod(0)
    found = read_bytes(content, SourceFile("record", "people/a.yaml", "person", "a", ""))
    assert isinstance(found, Problem)
    assert found.code == "unreadable"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_folder_that_may_not_be_listed_is_a_problem(tmp_path: Path) -> None:
    content = write_archive(tmp_path, {"people/a.yaml": ""})
    (content / "people").chmod(0)
    try:
        assert _codes(content) == [("people", "unreadable")]
    finally:
        (content / "people").chmod(0o755)


def test_names_that_are_not_utf_8_are_refused(tmp_path: Path) -> None:
    content = write_archive(tmp_path, {"articles/talks/index.ar.md": ""})
    try:
        Path(os.fsdecode(os.fsencode(content / "articles/talks") + b"/\xff.jpg")).write_text("x")
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    assert _codes(content) == [("articles/talks/?.jpg", "wrong-form")]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"\xef\xbb\xbf---\r\n", "---\n"),
        ("نص".encode(), "نص"),
        (b"", ""),
    ],
)
def test_line_ends_and_byte_order_marks_are_accepted(data: bytes, text: str) -> None:
    assert as_text(data, "x") == text


@pytest.mark.parametrize(
    ("data", "line", "column", "hint"),
    [
        (b"ab\xff", 1, 3, "Windows-1256"),
        (b"\xef\xbb\xbfa\n\xff", 2, 1, "Windows-1256"),
        ("نص\r\nأب".encode() + b"\xd8", 2, 3, "Windows-1256"),
        (b"a\rb\r\xc3(", 3, 1, "Windows-1256"),
        ("---\n".encode("utf-16"), 1, 1, "UTF-16"),
    ],
)
def test_bytes_that_are_not_utf_8_are_located(data: bytes, line: int, column: int, hint: str) -> None:
    found = as_text(data, "x.md")
    assert isinstance(found, Problem)
    assert (found.code, found.location) == ("bad-encoding", Location("x.md", line, column))
    assert hint in found.hint
