from __future__ import annotations

from pathlib import Path
from typing import Any

from site_builder.pipeline import Options, understand
from site_builder.plan import Shown, shower
from site_builder.understanding import Understood
from site_builder.views import ArticleView, IndexView, RecordView
from tests.archives import write_archive


def _text(date: str, words: str, keys: str = "") -> str:
    return f"---\ntitle: x\n{date and f'date: {date}'}\nsummary: y\n{keys}\n---\n{words}\n"


FILES: dict[str, str | bytes] = {
    "articles/new/index.en.md": _text(
        "2016-09", "John Kerry spoke. Kerry left.\n\nKerry again, in [[geneva]].\n\nKerry and Sergey Lavrov.",
        "people: [kerry]",
    ),
    "articles/new/index.ar.md": _text("", "قال جون كيري.\n\nفي John Kerry (US) كلام."),
    "articles/old/index.ar.md": _text("2015", "وصل كيري إلى [[geneva]].", "people: [kerry]"),
    "people/kerry.yaml": "name: {ar: جون كيري, en: John Kerry}\naliases: {ar: [كيري], en: [Kerry, Jack]}\n"
    "description: {ar: وزير, en: A diplomat}\n"
    "offices:\n  - {title: {ar: وزير الخارجية, en: Secretary of State}, from: 2013, to: 2017-01}\n",
    "people/de-mistura.yaml": "name: {ar: ستافان دي ميستورا, en: Staffan de Mistura}\n"
    "sort_name: {en: 'De Mistura, Staffan'}\n"
    "aliases: {ar: [ميستورا], en: [mistura, Stefan Mistura]}\n",
    "people/lavrov.yaml": "name: {ar: سيرغي لافروف, en: Sergey Lavrov}\n",
    "places/geneva.yaml": "name: {ar: جنيف, en: Geneva}\ndescription: {en: A city}\naliases: {en: [Lake Geneva]}\n",
}  # fmt: skip


def _plan(root: Path) -> Understood:
    known = understand(Options(content=write_archive(root, FILES), cache=root / "cache"))
    assert not [problem for problem in known.problems if problem.severity == "error"]
    return known


def _view(known: Understood, path: str) -> Any:
    assert known.catalog and known.plan
    page = next(page for page in known.plan.pages if page.path == f"{path}/index.html")
    shown, _ = shower(known.catalog, known.labels, known.library)(page)
    assert isinstance(shown, Shown)
    return shown.view


def test_mentions_are_grouped_by_article_with_the_pages_language_first(tmp_path: Path) -> None:
    plan = _plan(tmp_path)
    english: RecordView = _view(plan, "en/people/kerry")
    new, old = english.mentions
    assert (new.article.url, new.date.iso, new.total) == ("/en/articles/new/", "2016-09", 6)
    texts = (new.quoted, *new.more)
    assert [(text.lang, text.url, len(text.sentences)) for text in texts] == [
        ("en", "/en/articles/new/", 3), ("en", "/en/articles/new/", 1), ("ar", "/ar/articles/new/", 2),
    ]  # fmt: skip
    assert new.folded == 3
    assert all(anchor.startswith("p-") for text in texts for anchor, _ in text.sentences)
    assert (old.quoted.dir, old.more, old.folded) == ("rtl", (), 0), "where nothing is in the page's own language"
    arabic: RecordView = _view(plan, "ar/people/kerry")
    assert [(text.lang, len(text.sentences)) for text in (arabic.mentions[0].quoted,)] == [("ar", 2)]


def test_references_without_words_are_quoted_with_the_name(tmp_path: Path) -> None:
    view: RecordView = _view(_plan(tmp_path), "en/places/geneva")
    sentences = [html for group in view.mentions for text in (group.quoted, *group.more) for _, html in text.sentences]
    assert sentences == ["Kerry again, in <mark>Geneva</mark>.", "وصل كيري إلى <mark>جنيف</mark>."]


def test_companions_have_counts(tmp_path: Path) -> None:
    view: RecordView = _view(_plan(tmp_path), "en/people/kerry")
    assert [(one.link.text.text, one.total) for one in view.companions] == [("Geneva", 2), ("Sergey Lavrov", 1)]
    assert view.companions[0].link.url == "/en/places/geneva/"


def test_notes_say_the_office_on_the_date_of_the_article(tmp_path: Path) -> None:
    view: ArticleView = _view(_plan(tmp_path), "en/articles/new")
    kerry = next(note for note in view.notes if note.id == "note:person:kerry")
    assert [office.text for office in kerry.offices] == ["Secretary of State"]
    assert kerry.description.text == "A diplomat"
    assert [note.id for note in view.notes].count("note:person:kerry") == 1, "however often the name is a link"
    assert "note:person:lavrov" not in [note.id for note in view.notes], "there is nothing to say"
    links = dict(view.body.links)
    assert links["people/kerry"].note == kerry.id and links["geneva"].note == "note:place:geneva"
    assert links["people/kerry"].about is not None and links["people/kerry"].about.text == "About John Kerry"
    assert (links["people/lavrov"].note, links["people/lavrov"].about) == ("", None)


def test_notes_are_in_the_language_of_the_page(tmp_path: Path) -> None:
    view: ArticleView = _view(_plan(tmp_path), "en/articles/old")
    assert view.body.lang == "ar"
    assert [note.name.text for note in view.notes] == ["Geneva", "John Kerry"]
    arabic: ArticleView = _view(_plan(tmp_path), "ar/articles/old")
    geneva = arabic.notes[0]
    assert (geneva.name.text, geneva.description.lang) == ("جنيف", "en"), "the nearest language that says something"


def test_who_is_named_without_being_listed(tmp_path: Path) -> None:
    view: ArticleView = _view(_plan(tmp_path), "en/articles/new")
    assert [link.name.text for link in view.also_named] == ["Sergey Lavrov", "Geneva"]


def test_aliases_in_an_index_refer_to_the_record(tmp_path: Path) -> None:
    plan = _plan(tmp_path)

    def entries(path: str) -> dict[str, str]:
        view: IndexView = _view(plan, path)
        return {
            entry.link.text.text: entry.see.text.text for group in view.letters for entry in group.entries if entry.see
        }

    assert entries("en/people") == {
        "mistura, Staffan de": "De Mistura, Staffan",
        "Stefan Mistura": "De Mistura, Staffan",
        "Kerry, John": "John Kerry",
        "Jack": "John Kerry",
    }
    assert entries("ar/people") == {"كيري، جون": "جون كيري", "ميستورا، ستافان دي": "ستافان دي ميستورا"}
    assert entries("en/places") == {"Lake Geneva": "Geneva"}
