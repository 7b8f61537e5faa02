from __future__ import annotations

from pathlib import Path

from site_builder.catalog import Catalog, companions, offices_on
from site_builder.pipeline import Options, understand
from site_builder.text.dates import PartialDate
from site_builder.understanding import Understood
from tests.archives import write_archive


def _article(date: str = "", keys: str = "", title: str = "x") -> str:
    return f"---\ntitle: {title}\n{date and f'date: {date}'}\nsummary: y\n{keys}\n---\nText.\n"


FILES: dict[str, str | bytes] = {
    "articles/first/index.ar.md": _article("2016-02-27", "people: [kerry]\ntopics: [truce]"),
    "articles/first/index.en.md": _article("", "translation: {status: original}"),
    "articles/first/map.png": "x",
    "articles/second/index.ar.md": _article("2016", "people: [kerry, lavrov]"),
    "articles/draft/index.ar.md": _article("2016", "people: [lavrov]\ndraft: true"),
    "articles/draft/photo.png": "x",
    "pages/about/index.en.md": "---\ntitle: About\n---\nText.\n",
    "people/kerry.yaml": "name: {ar: ك, en: Kerry}\noffices:\n"
    "  - {title: {ar: وزير, en: Secretary}, organization: state, from: 2013-02, to: 2017-01-20}\n"
    "  - {title: {ar: مبعوث, en: Envoy}, organization: state, from: 2021}\n",
    "people/lavrov.yaml": "name: {ar: ل, en: Lavrov}\noffices:\n  - {title: {ar: وزير, en: Minister}}\n",
    "organizations/state.yaml": "name: {ar: و, en: State}\n",
    "topics/truce.yaml": "name: {ar: ه, en: Truce}\nbroader: [war]\nrelated: [aid]\n",
    "topics/war.yaml": "name: {ar: ح, en: War}\n",
    "topics/aid.yaml": "name: {ar: م, en: Aid}\n",
    "places/geneva.yaml": "name: {ar: ج, en: Geneva}\n",
    "events/later.yaml": "name: {ar: ب, en: Later}\ndate: 2016-09\nplace: geneva\npeople: [kerry]\n",
    "events/sooner.yaml": "name: {ar: أ, en: Sooner}\ndate: 2016\nplace: geneva\n",
}


def _catalog(root: Path, drafts: bool = False) -> Catalog:
    known = understand(Options(content=write_archive(root, FILES), drafts=drafts))
    assert known.problems == ()
    assert known.catalog is not None
    return known.catalog


def test_languages_of_an_article_share_what_one_states(tmp_path: Path) -> None:
    article = _catalog(tmp_path).articles["first"]
    assert (article.date, article.people, article.topics) == (PartialDate(2016, 2, 27), ("kerry",), ("truce",))
    assert article.original == "en", "the text that calls itself the original comes first"
    assert article.attachments == {"map.png"}


def test_articles_are_in_order_of_date(tmp_path: Path) -> None:
    catalog = _catalog(tmp_path)
    assert list(catalog.articles) == ["second", "first"]
    assert catalog.articles_of["person", "kerry"] == ("first", "second"), "newest first"


def test_drafts_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    assert "draft" not in _catalog(tmp_path).articles
    assert "draft" in _catalog(tmp_path, drafts=True).articles
    assert _catalog(tmp_path).articles_of["person", "lavrov"] == ("second",)
    assert _catalog(tmp_path).attachments["article", "draft"] == {"photo.png"}


def test_topics_know_what_is_below_and_beside_them(tmp_path: Path) -> None:
    catalog = _catalog(tmp_path)
    assert catalog.narrower == {"war": ("truce",)}
    assert catalog.related == {"aid": ("truce",), "truce": ("aid",)}


def test_events_of_a_record_are_in_order(tmp_path: Path) -> None:
    catalog = _catalog(tmp_path)
    assert catalog.events_of["place", "geneva"] == ("sooner", "later")
    assert catalog.events_of["person", "kerry"] == ("later",)


def test_offices(tmp_path: Path) -> None:
    catalog = _catalog(tmp_path)
    assert [(id_, office.title["en"]) for id_, office in catalog.holders["state"]] == [
        ("kerry", "Secretary"),
        ("kerry", "Envoy"),
    ]
    kerry, lavrov = (catalog.entries["person", id_].record for id_ in ("kerry", "lavrov"))
    assert [office.title["en"] for office in offices_on(kerry, PartialDate(2016, 9, 22))] == ["Secretary"]
    assert [office.title["en"] for office in offices_on(kerry, PartialDate(2018))] == []
    assert [office.title["en"] for office in offices_on(lavrov, PartialDate(1999))] == ["Minister"]


def test_what_an_id_can_mean(tmp_path: Path) -> None:
    catalog = _catalog(tmp_path)
    assert catalog.find("first") == (("article", "first"),)
    assert catalog.find("about") == (("page", "about"),)
    assert catalog.find("places/kerry") == ()
    assert sorted(entry.id for entry in catalog.of_kind("person")) == ["kerry", "lavrov"]


# --- Names in texts --------------------------------------------------------------------------------------------------


def _known(root: Path) -> Understood:
    def text(date: str, words: str, keys: str = "") -> str:
        return f"---\ntitle: x\n{date and f'date: {date}'}\nsummary: y\n{keys}\n---\n{words}\n"

    files: dict[str, str | bytes] = {
        "articles/old/index.en.md": text("2015", "John Kerry went to Geneva.", "places: [vienna]"),
        "articles/new/index.en.md": text("2016", "Sergey Lavrov and John Kerry spoke. Kerry left."),
        "articles/new/index.ar.md": text("", "قال [[kerry|الوزير]] إن لافروف وصل.", "people: [lavrov, kerry]"),
        "articles/draft/index.en.md": text("2017", "John Kerry", "draft: true"),
        "articles/other/index.en.md": text("2014", "John Kerry, Sergey Lavrov and Geneva.", "mentions: {Geneva: none}"),
        "people/kerry.yaml": "name: {ar: جون كيري, en: John Kerry}\n",
        "people/lavrov.yaml": "name: {ar: سيرغي لافروف, en: Sergey Lavrov}\n",
        "places/geneva.yaml": "name: {ar: جنيف, en: Geneva}\n",
        "places/vienna.yaml": "name: {ar: فيينا, en: Vienna}\n",
    }
    known = understand(Options(content=write_archive(root, files), cache=root / "cache"))
    assert known.problems == ()
    return known


def _named(root: Path) -> Catalog:
    catalog = _known(root).catalog
    assert catalog is not None
    return catalog


def test_mentions_by_record_newest_first_with_languages_together(tmp_path: Path) -> None:
    catalog = _named(tmp_path)
    found = catalog.mentions["person", "kerry"]
    assert [(one.article, one.total) for one in found] == [("new", 3), ("old", 1), ("other", 1)]
    assert {text.language: text.total for text in found[0].texts} == {"ar": 1, "en": 2}
    assert [one.article for one in catalog.mentions["place", "geneva"]] == ["old"], "the editor has the last word"
    assert ("place", "vienna") not in catalog.mentions, "listed, and not named"


def test_front_matter_of_one_language_establishes_in_all(tmp_path: Path) -> None:
    found = _named(tmp_path).mentions["person", "lavrov"]
    assert [text.language for text in found[0].texts] == ["ar", "en"]


def test_articles_of_a_record_are_those_that_list_it(tmp_path: Path) -> None:
    assert _named(tmp_path).articles_of["person", "kerry"] == ("new",)


def test_ranges_on_which_an_editor_decided_are_those_of_the_file(tmp_path: Path) -> None:
    head = "\ufeff---\r\ntitle: Kerry and some more words\r\ndate: 2016\r\nsummary: Kerry\r\n"
    head += "mentions: {{{}: kerry}}\r\n---\r\n"
    body = "`Kerry` & Kerry and\r\nKerry, *Kerry*.\r\n"
    start = len(head.format("000-000")) + body.index("\r\nKerry") + 2
    files: dict[str, str | bytes] = {
        "articles/a/index.en.md": (head.format(f"{start}-{start + 5}") + body).encode(),
        "people/kerry.yaml": "name: {ar: جون كيري, en: John Kerry}\n",
        "people/other.yaml": "name: {ar: كاميرون كيري, en: Cameron Kerry}\n",
    }
    known = understand(Options(content=write_archive(tmp_path, files), cache=tmp_path / "cache"))
    ((_, sentence),) = known.library.quotations("articles/a/index.en.md", ("person", "kerry"))
    assert sentence == "Kerry &amp; Kerry and <mark>Kerry</mark>, Kerry."


def test_companions_are_counted_by_articles(tmp_path: Path) -> None:
    catalog = _named(tmp_path)
    assert companions(catalog, ("person", "kerry")) == (
        (("person", "lavrov"), 2),
        (("place", "geneva"), 1),
        (("place", "vienna"), 1),
    )
    assert companions(catalog, ("place", "vienna")) == ((("place", "geneva"), 1), (("person", "kerry"), 1))


def test_companions_that_are_equally_often_there_come_by_name(tmp_path: Path) -> None:
    names = "ابتثجحخدذرز"
    files: dict[str, str | bytes] = {
        f"places/p{20 - n:02}.yaml": f"name: {{ar: {name}مكان, en: P{n}}}\n" for n, name in enumerate(names)
    }
    files["articles/a/index.ar.md"] = _article("2016", f"places: [{', '.join(f'p{20 - n:02}' for n in range(11))}]")
    catalog = understand(Options(content=write_archive(tmp_path, files))).catalog
    assert catalog is not None
    kept = [id_ for (_, id_), _ in companions(catalog, ("place", "p20"))]
    assert kept == [f"p{20 - n:02}" for n in range(1, 11)], "ten of them, in the order of the alphabet"


def test_texts_have_links_to_what_they_name(tmp_path: Path) -> None:
    found = _known(tmp_path).library.linked("articles/old/index.en.md")
    assert found.texts["body"].html.count("<x-ref") == 2
    assert dict(found.linked) == {"people/kerry": ("person", "kerry"), "places/geneva": ("place", "geneva")}
