"""A new archive builds at once, and a new file is right as it is."""

from __future__ import annotations

import datetime
import importlib.metadata
import json
import re
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from site_builder import __version__, model, scaffold
from site_builder.config import Config
from site_builder.pipeline import Options, understand
from site_builder.problems import Location, Problem
from site_builder.reading import frontmatter, yamltree
from site_builder.reading.decode import Site, decode
from site_builder.schema import schema

TODAY = datetime.date(2024, 2, 29)
BOTH = ("ar", "en")


def problems(archive: Path, drafts: bool = False) -> tuple[Problem, ...]:
    return understand(Options(content=archive / "content", drafts=drafts)).problems


def read_yaml(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    made = tmp_path / "archive"
    scaffold.init(made)
    return made


# --- init ---------------------------------------------------------------------------------------------------


def test_a_new_archive_has_no_problems(archive: Path) -> None:
    known = understand(Options(content=archive / "content"))
    assert known.problems == ()
    assert known.catalog is not None
    languages = {id_: tuple(article.versions) for id_, article in known.catalog.articles.items()}
    assert sorted(languages.values()) == [("ar",), BOTH, BOTH]
    sizes = {kind: len(known.catalog.of_kind(kind)) for kind in model.AUTHORITY_KINDS}
    assert sizes == {"person": 2, "organization": 1, "place": 2, "topic": 3, "event": 1}
    assert list(known.catalog.pages) == ["about"]
    below = {"aids-to-navigation": ("lighthouses",), "navigation": ("aids-to-navigation",)}
    assert known.catalog.narrower == below


def test_every_record_of_the_sample_says_that_it_is_one(archive: Path) -> None:
    for path in archive.glob("content/articles/*/index.*.md"):
        text = path.read_text("utf-8")
        assert re.search("^editor_note: (سجل تجريبي|A sample record)", text, re.MULTILINE), path


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    assert scaffold.init(tmp_path)


def test_what_was_made_is_listed(archive: Path, tmp_path: Path) -> None:
    listed = scaffold.init(tmp_path / "other")
    found = [path.relative_to(archive).as_posix() for path in archive.rglob("*") if path.is_file()]
    assert listed == sorted(found)
    assert {".gitignore", ".github/workflows/pages.yml", ".vscode/settings.json", "README.md"} <= set(listed)
    assert not any("dot-" in name for name in listed)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(scaffold.ScaffoldError, match="is not empty"):
        scaffold.init(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(scaffold.ScaffoldError, match="is a file"):
        scaffold.init(tmp_path / "mine.txt")


def test_the_settings_explain_every_key(archive: Path) -> None:
    lines = (archive / "content" / "site.yaml").read_text("utf-8").split("\n")
    keys = [number for number, line in enumerate(lines) if re.match("#?[a-z_]+:( |$)", line)]
    named = {lines[number].lstrip("#").partition(":")[0] for number in keys}
    assert named == {field.key for field in model.fields_of(Config)}
    assert all(lines[number - 1].startswith("# ") for number in keys)


def test_the_editor_finds_a_schema_for_every_yaml_file(archive: Path) -> None:
    settings = json.loads((archive / ".vscode" / "settings.json").read_text("utf-8"))["yaml.schemas"]
    patterns = {str(kind): f"/content/{folder}/*.yaml" for kind, folder in model.FOLDERS.items()}
    patterns["site"] = "/content/site.yaml"
    for name, pattern in settings.items():
        kind = Path(name).stem
        assert pattern == patterns[kind]
        assert json.loads((archive / name).read_text("utf-8")) == schema(kind, BOTH)
    covered = {path for pattern in settings.values() for path in archive.glob(pattern.lstrip("/"))}
    assert covered == set(archive.glob("content/**/*.yaml"))


def test_the_workflow_gives_each_job_what_it_needs(archive: Path) -> None:
    workflow = read_yaml(archive / ".github" / "workflows" / "pages.yml")
    jobs = workflow["jobs"]
    assert workflow["permissions"] == {"contents": "read"}
    assert jobs["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    steps = [step for job in jobs.values() for step in job["steps"]]
    assert all(re.fullmatch(r"actions/[a-z-]+@v[0-9]+", step["uses"]) for step in steps if "uses" in step)
    commands = [step["run"] for step in steps if "run" in step]
    # An expression within a command would run whatever it holds.
    assert commands and not any("${{" in command for command in commands)


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        ([("site_builder.cli", "archive-tools", "2.5")], "archive-tools==2.5"),
        ([("site_builder_extras.cli", "extras", "1")], f"site-builder=={__version__}"),
        ([], f"site-builder=={__version__}"),
    ],
)
def test_the_requirement_names_what_is_installed(
    commands: list[tuple[str, str, str]], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [
        SimpleNamespace(module=module, dist=SimpleNamespace(name=name, version=version))
        for module, name, version in commands
    ]
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: found)
    scaffold.init(tmp_path)
    lines = (tmp_path / "requirements.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [expected]


# --- new ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", model.FOLDERS)
def test_a_new_file_has_no_problems(kind: model.Kind, archive: Path) -> None:
    content = archive / "content"
    made = [path for id_ in ("first", "second-2") for path in scaffold.new(kind, id_, content, BOTH, TODAY)]
    assert all(path.is_relative_to(content / model.FOLDERS[kind]) for path in made)
    assert problems(archive) == ()
    known = understand(Options(content=content, drafts=True))
    assert known.problems == ()
    assert known.catalog is not None
    assert known.catalog.has(kind, "first")
    assert known.catalog.has(kind, "second-2")


@pytest.mark.parametrize("kind", ["article", "page"])
def test_a_new_text_is_a_draft_in_each_language(kind: model.Kind, archive: Path) -> None:
    folder = archive / "content" / model.FOLDERS[kind] / "first"
    made = scaffold.new(kind, "first", archive / "content", BOTH, TODAY)
    assert made == [folder / "index.ar.md", folder / "index.en.md"]
    known = understand(Options(content=archive / "content"))
    assert known.catalog is not None
    assert not known.catalog.has(kind, "first")
    arabic, english = (path.read_text("utf-8") for path in made)
    assert "title: عنوان" in arabic
    assert "title: Title of the" in english


def test_what_the_languages_share_stands_in_the_first(tmp_path: Path) -> None:
    made = scaffold.new("article", "a", tmp_path, ("en", "ar"), TODAY)
    first, second = (path.read_text("utf-8") for path in made)
    assert "\ndate: 2024-02-29\n" in first
    assert "date:" not in second
    assert "people:" not in second
    assert "index.en.md" in second


def front_matter(path: Path) -> str:
    text = path.read_text("utf-8")
    if path.suffix == ".yaml":
        return text
    parts = frontmatter.split(text, path.name)
    assert isinstance(parts, frontmatter.Parts)
    return parts.yaml


@pytest.mark.parametrize("languages", [BOTH, ("fa", "he", "fr"), ("ar-SY",), ("zh-Hant", "en-GB")])
@pytest.mark.parametrize("kind", model.FOLDERS)
def test_every_key_is_explained_and_right_when_switched_on(
    kind: model.Kind, languages: Sequence[str], tmp_path: Path
) -> None:
    fields = {field.key: field for field in model.fields_of(model.MODELS[kind])}
    for number, path in enumerate(scaffold.new(kind, "a", tmp_path, languages, TODAY)):
        expected = {key for key, field in fields.items() if number == 0 or not field.shared}
        as_made = front_matter(path)
        in_use = re.sub(r"^#(?=\S|  )", "", as_made, flags=re.MULTILINE)
        # An editor's command for comments takes the space behind the # away, too.
        toggled = re.sub(r"^#(?=\S|  ) ?", "", as_made, flags=re.MULTILINE)
        for text, complete in ((as_made, False), (in_use, True), (toggled, True)):
            tree, faults = yamltree.parse(text, path.name)
            assert isinstance(tree, yamltree.Mapping)
            decoded = decode(tree, model.MODELS[kind], Location(path.name), Site(tuple(languages), 1800))
            assert (faults, decoded.problems) == ([], ())
            stated = {key.text for key, _ in tree.entries}
            assert stated == expected if complete else stated < expected
        for key in expected:
            assert re.search(rf"^# {re.escape(fields[key].doc)}.*\n{key}:", in_use, re.MULTILINE), key


@pytest.mark.parametrize(
    ("language", "word"),
    [("ar-SY", "عنوان السجل"), ("en-GB", "Title"), ("fa", "Title"), ("arz", "Title")],
)
def test_placeholders_are_in_the_language_where_it_is_known(language: str, word: str, tmp_path: Path) -> None:
    (path,) = scaffold.new("article", "a", tmp_path, [language], TODAY)
    assert f"\ntitle: {word}" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("Geneva Talks", "write geneva-talks"),
        ("../site", "write site"),
        ("São_Paulo", "write sao-paulo"),
        ("talks-", "write talks"),
        ("a\n", "write a"),
        ("محادثات", "in Latin letters"),
        ("", "in Latin letters"),
    ],
)
def test_an_impossible_id_gets_a_better_one(written: str, hint: str, tmp_path: Path) -> None:
    with pytest.raises(scaffold.ScaffoldError, match=hint):
        scaffold.new("article", written, tmp_path, BOTH, TODAY)
    assert not any(tmp_path.iterdir())


def test_an_unknown_kind_gets_a_hint(tmp_path: Path) -> None:
    with pytest.raises(scaffold.ScaffoldError, match="did you mean “person”"):
        scaffold.new("persons", "a", tmp_path, BOTH, TODAY)
    with pytest.raises(scaffold.ScaffoldError, match="the kinds are: article, page"):
        scaffold.new("xyz", "a", tmp_path, BOTH, TODAY)


@pytest.mark.parametrize(
    ("kind", "taken"),
    [
        ("article", "articles/a/index.en.md"),
        ("article", "articles/a.en.md"),
        ("page", "pages/a/index.ar.md"),
        ("person", "people/a.yaml"),
    ],
)
def test_nothing_is_overwritten_and_nothing_made_by_halves(kind: str, taken: str, tmp_path: Path) -> None:
    path = tmp_path / taken
    path.parent.mkdir(parents=True)
    path.write_text("mine", "utf-8")
    with pytest.raises(scaffold.ScaffoldError, match="exists already"):
        scaffold.new(kind, "a", tmp_path, BOTH, TODAY)
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [path]
    assert path.read_text("utf-8") == "mine"


def test_a_link_that_leads_nowhere_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "a.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    with pytest.raises(scaffold.ScaffoldError, match="exists already"):
        scaffold.new("person", "a", tmp_path, BOTH, TODAY)
    assert not (tmp_path / "elsewhere.yaml").exists()
