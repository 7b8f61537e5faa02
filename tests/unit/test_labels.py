from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from site_builder.labels import Labels, load_labels

COUNT_AR = """\
count:
  zero: لا سجلات
  one: سجل واحد
  two: سجلان
  few: "{n} سجلات"
  many: "{n} سجلا"
  other: "{n} سجل"
"""
COUNT_EN = "count:\n  one: one record\n  other: '{n} records'\n"


def write(directory: Path, **files: str) -> Path:
    directory.mkdir(exist_ok=True)
    for language, text in files.items():
        (directory / f"{language.replace('_', '-')}.yaml").write_text(text, "utf-8")
    return directory


def faults(directories: list[Path], languages: list[str]) -> list[tuple[str, str, int, int]]:
    _, problems = load_labels(directories, languages)
    assert all(problem.severity == "error" for problem in problems)
    return [(p.code, Path(p.location.path).name, p.location.line, p.location.column) for p in problems]


def one_message(directories: list[Path], languages: list[str]) -> str:
    _, problems = load_labels(directories, languages)
    assert len(problems) == 1, problems
    return f"{problems[0].message} / {problems[0].hint}"


def test_text_and_placeholders(tmp_path: Path) -> None:
    theme = write(tmp_path, en="home: Home\nby: By {author}, {date}\n")
    labels, problems = load_labels([theme], ["en"])
    assert problems == []
    assert labels["en"].text("home") == "Home"
    assert labels["en"].text("by", author="{date}", date=5, more="x") == "By {date}, 5"


def test_plurals(tmp_path: Path) -> None:
    labels, problems = load_labels([write(tmp_path, ar=COUNT_AR, en=COUNT_EN)], ["ar", "en"])
    assert problems == []
    assert [labels["ar"].plural("count", n, n=f"<{n}>") for n in (0, 1, 2, 3, 11, 100, 103, 111)] == [
        "لا سجلات",
        "سجل واحد",
        "سجلان",
        "<3> سجلات",
        "<11> سجلا",
        "<100> سجل",
        "<103> سجلات",
        "<111> سجلا",
    ]
    assert labels["en"].plural("count", 1) == "one record"
    assert labels["en"].plural("count", 2) == "2 records"


def test_mistakes_of_a_template(tmp_path: Path) -> None:
    labels, _ = load_labels([write(tmp_path, en="home: Home\nby: By {author}\n" + COUNT_EN)], ["en"])
    english = labels["en"]
    with pytest.raises(KeyError, match="no label “hme” in “en”; did you mean “home”"):
        english.text("hme")
    with pytest.raises(KeyError, match="needs a value for {author}"):
        english.text("by", autor="x")
    with pytest.raises(KeyError, match="needs a number"):
        english.text("count")
    with pytest.raises(KeyError, match="no plural forms"):
        english.plural("home", 1)


def test_labels_can_be_sent_to_other_processes(tmp_path: Path) -> None:
    labels, _ = load_labels([write(tmp_path, en="b: B\na: A\n" + COUNT_EN)], ["en"])
    assert pickle.loads(pickle.dumps(labels["en"])) == labels["en"]
    assert list(labels["en"].entries) == ["a", "b", "count"]


def test_nothing_is_taken_for_anything_but_text(tmp_path: Path) -> None:
    labels, problems = load_labels(
        [write(tmp_path, en='no: no\nyear: 2016\ndate: 2016-09-22\nnull: ~\nempty: ""\nlong: |\n  a\n  b\n')], ["en"]
    )
    assert problems == []
    assert labels["en"].entries == {
        "no": "no",
        "year": "2016",
        "date": "2016-09-22",
        "null": "~",
        "empty": "",
        "long": "a\nb\n",
    }


def test_an_archive_overrides_key_by_key(tmp_path: Path) -> None:
    theme = write(tmp_path / "theme", en="home: Home\nmore: More\n", ar="home: الرئيسية\nmore: المزيد\n")
    own = write(tmp_path / "own", en="home: Start\n")
    labels, problems = load_labels([theme, own], ["ar", "en"])
    assert problems == []
    assert labels["en"].entries == {"home": "Start", "more": "More"}
    assert labels["ar"].entries == {"home": "الرئيسية", "more": "المزيد"}


def test_an_archive_may_have_labels_of_its_own_in_all_languages(tmp_path: Path) -> None:
    theme = write(tmp_path / "theme", en="home: Home\n", ar="home: الرئيسية\n")
    own = write(tmp_path / "own", en="gallery: Gallery\n", ar="gallery: المعرض\n")
    labels, problems = load_labels([theme, own], ["ar", "en"])
    assert problems == []
    assert labels["ar"].text("gallery") == "المعرض"


def test_unknown_labels(tmp_path: Path) -> None:
    theme = write(tmp_path / "theme", en="home: Home\n", ar="home: الرئيسية\n")
    own = write(tmp_path / "own", en="# ours\nhme: Start\n")
    assert faults([theme, own], ["ar", "en"]) == [("label-unknown", "en.yaml", 2, 1)]
    assert one_message([theme, own], ["ar", "en"]) == "there is no label “hme” / did you mean “home”?"


def test_a_region_takes_the_file_of_its_language(tmp_path: Path) -> None:
    theme = write(tmp_path / "theme", ar="home: الرئيسية\n", pt_BR="home: Início\n")
    labels, problems = load_labels([theme], ["ar-SY", "pt-BR"])
    assert problems == []
    assert labels["ar-SY"] == Labels("ar-SY", {"home": "الرئيسية"})


def test_missing_labels(tmp_path: Path) -> None:
    theme = write(tmp_path, en="home: Home\nmore: More\n", ar="home: الرئيسية\n")
    assert faults([theme], ["ar", "en"]) == [("label-missing", "ar.yaml", 0, 0)]
    assert "“more” is missing in “ar”" in one_message([theme], ["ar", "en"])


def test_a_missing_file_is_one_problem(tmp_path: Path) -> None:
    theme = write(tmp_path, en="home: Home\nmore: More\n")
    assert faults([theme], ["en", "fr"]) == [("label-missing", "fr.yaml", 0, 0)]
    assert load_labels([theme], ["en", "fr"])[0]["fr"] == Labels("fr", {})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("by: By {autor}\n", "“by” has {autor}, which “ar” has not"),
        ("by: By\n", "“by” lacks {author}, which “ar” has"),
        ("by: By {author} { date}\n", "brace"),
        ("by: By {author} {\n", "brace"),
    ],
)
def test_placeholders_must_agree(tmp_path: Path, text: str, message: str) -> None:
    theme = write(tmp_path, ar="by: بقلم {author}\n", en="\n" + text)
    _, problems = load_labels([theme], ["ar", "en"])
    assert {(p.code, p.location.line) for p in problems} == {("label-placeholder", 2)}
    assert any(message in problem.message for problem in problems)


def test_only_a_form_for_one_number_may_leave_it_out(tmp_path: Path) -> None:
    russian = "count:\n  one: запись\n  few: '{n} записи'\n  many: '{n} записей'\n  other: '{n} записи'\n"
    theme = write(tmp_path, en=COUNT_EN, ru=russian)
    assert one_message([theme], ["en", "ru"]) == "the label “count” (one) lacks {n}, which “en” has / "


@pytest.mark.parametrize(
    ("arabic", "message"),
    [
        (COUNT_AR.replace("  two: سجلان\n", ""), "lacks the form “two”, which “ar” needs"),
        ("count: سجل\n", "is plain text in “ar” but has plural forms in “en”"),
    ],
)
def test_plural_forms_must_be_those_of_the_language(tmp_path: Path, arabic: str, message: str) -> None:
    theme = write(tmp_path, en=COUNT_EN, ar=arabic)
    assert faults([theme], ["en", "ar"]) == [("label-plural", "ar.yaml", 1, 1)]
    assert message in one_message([theme], ["en", "ar"])


def test_forms_that_the_language_never_uses(tmp_path: Path) -> None:
    theme = write(tmp_path, en=COUNT_EN + "  few: '{n} records'\n")
    assert "has the form “few”, which “en” never uses" in one_message([theme], ["en"])


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a: A\na: B\n", 2, 1, "given twice, first on line 1"),
        ("a:\n", 1, 3, "must be text or plural forms"),
        ("a: [x, {y: z}]\nb: B\n", 1, 4, "must be text or plural forms"),
        ("a: &x A\nb: *x\n", 2, 4, "must be text or plural forms"),
        ("a:\n  on: A\n  other: B\n", 2, 3, "“on” is no plural form / did you mean “one”"),
        ("a:\n  one: A\n  one: A\n  other: B\n", 3, 3, "the form “one” is given twice"),
        ("a:\n  one: {x: y}\n  other: B\n", 2, 8, "the form “one” must be text"),
        ("[a]: A\nb: B\n", 1, 1, "a key must be text"),
        ("- a\n", 1, 1, "must be a mapping"),
        ("a: 'A\n", 2, 1, "not readable as YAML"),
        ("a: \x07\n", 0, 0, "not readable as YAML"),
    ],
)
def test_form(tmp_path: Path, text: str, line: int, column: int, message: str) -> None:
    _, problems = load_labels([write(tmp_path, en=text)], ["en"])
    form = [problem for problem in problems if problem.code == "label-form"]
    assert len(form) == 1
    assert form[0].location == (str(tmp_path / "en.yaml"), line, column)
    assert message in f"{form[0].message} / {form[0].hint}"


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "ar.yaml").write_bytes("home: الرئيسية\n".encode("cp1256"))
    assert faults([tmp_path], ["ar"]) == [("label-form", "ar.yaml", 0, 0)]


def test_an_empty_file_has_no_labels(tmp_path: Path) -> None:
    assert load_labels([write(tmp_path, en="# nothing yet\n")], ["en"]) == ({"en": Labels("en", {})}, [])
