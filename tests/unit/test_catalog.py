from __future__ import annotations

from pathlib import Path

from site_builder.catalog import Catalog, offices_on
from site_builder.pipeline import Options, understand
from site_builder.text.dates import PartialDate
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
