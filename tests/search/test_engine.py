"""What the search finds in the fixture archive, through `window.siteSearch` in a browser."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from site_builder import pipeline
from site_builder.search import index
from tests.search import fixture
from tests.search.window import Window

#: Of the queries of each category, what share of the answers has to be among the first five results at least.
LEAST = {
    "exact": 1.0,
    "hamza": 0.98,
    "ta marbuta": 0.98,
    "alef maqsura": 0.98,
    "clitic": 0.95,
    "marks": 0.98,
    "plural": 0.75,
    "digits": 0.98,
    "names": 0.9,
    "Arabic to English": 0.9,
    "English to Arabic": 0.95,
    "phrase": 1.0,
    "typo": 0.85,
    "English stems": 0.92,
    "natural": 0.85,
    "vague": 0.8,
}
CONTENT = Path(__file__).parents[2] / "content"


def test_queries_are_answered(windows: dict[int, Window]) -> None:
    scores = defaultdict(list)
    for part, window in windows.items():
        for query in fixture.queries(part):
            ids = [result["id"] for result in window.query(query.text, kind="article", limit=5)["results"]]
            scores[query.category].append(query.scores(ids))
    recalls = {name: [recall for recall, _ in values] for name, values in scores.items()}
    assert {name: sum(values) / len(values) >= LEAST[name] for name, values in recalls.items()} == dict.fromkeys(
        LEAST, True
    )
    everything = [pair for values in scores.values() for pair in values]
    recall, precision = (sum(values) / len(values) for values in zip(*everything, strict=True))
    assert recall >= 0.95
    assert precision >= 0.93


def test_the_results_that_are_documented(window: Window) -> None:
    found = window.query("Dragunov", limit=3)
    assert found["corrected"] == []
    first, *others = found["results"]
    assert (first["kind"], first["id"], first["title"]) == ("person", "viktor-dragunov", "Viktor Dragunov")
    assert first["languages"] == ["ar", "en"]
    assert first["url"].endswith("/en/people/viktor-dragunov/")
    assert set(first) == {"kind", "id", "languages", "url", "title", "score"}
    assert [one["kind"] for one in others] == ["article", "article"]
    assert others[0]["score"] >= others[1]["score"] > 0


@pytest.mark.parametrize("name", ["Dragunov", "Dragunoff", "دراغونوف", "دراجونوف", "ودراغونوف", "فيكتور دراغونوف"])
def test_a_person_is_offered_first_however_spelled(window: Window, name: str) -> None:
    found = window.search(name)
    assert [answer["id"] for answer in found["answers"]] == ["viktor-dragunov"]
    assert found["answers"][0]["articles"] == 3
    assert "viktor-dragunov" not in [result["id"] for result in found["results"]]


def test_two_names_are_no_direct_answer(window: Window) -> None:
    found = window.search("Dragunov Steinbrück")
    assert found["answers"] == []
    assert {result["id"] for result in found["results"][:2]} == {"vienna-truce-talks", "envoy-memoirs"}


def test_ordinary_words_are_no_people(window: Window) -> None:
    texts = [re.sub(r"(?s)\A---.*?\n---|\[\[.*?\]\]", " ", path.read_text("utf-8")) for path in CONTENT.rglob("*.md")]
    words = sorted({word for text in texts for word in re.findall(r"[\u0621-\u064a]{4,}|\b[a-z]{4,}\b", text)})
    assert len(words) > 1000
    assert window.people(words) == []


def test_filters_and_facets(window: Window) -> None:
    found = window.search("truce", facets=True)
    assert found["total"] == len(found["answers"]) + len(found["results"])
    facets = {name: {one["value"]: one["count"] for one in listed} for name, listed in found["facets"].items()}
    assert facets["kind"]["article"] == 3
    assert facets["language"] == {"ar": 3, "en": 3}
    assert list(facets["year"]) == ["1993", "1990", "1989"]
    assert found["facets"]["topic"][0]["names"] == {"ar": "وقف إطلاق النار", "en": "Ceasefire"}
    for name, value, ids in (
        ("year", "1990", {"prisoner-exchange"}),
        ("person", "gerald-whitmore", {"peace-keepers-leave"}),
        ("language", "en", {"vienna-truce-talks", "peace-keepers-leave"}),
        ("topic", "floods", set()),
    ):
        kept = window.search("truce", kind="article", facets=True, **{name: value})
        assert {result["id"] for result in kept["results"]} == ids
        # Its own list counts as if it were not set, and has it in any case.
        own = {one["value"]: one["count"] for one in kept["facets"][name]}
        assert own[value] == len(ids)
        assert name == "topic" or len(own) > 1
    several = window.search("truce", kind=["person", "topic"])
    assert {result["kind"] for result in several["answers"] + several["results"]} == {"topic"}


def test_pages_of_results(window: Window) -> None:
    whole = [result["id"] for result in window.query("Red Crescent", limit=50)["results"]]
    first, second = (window.search("Red Crescent", limit=3, offset=offset) for offset in (0, 3))
    assert [result["id"] for result in first["answers"] + first["results"]] == whole[:3]
    assert [result["id"] for result in second["answers"] + second["results"]] == whole[3:6]
    assert first["total"] == second["total"] == len(whole)


def test_what_was_corrected_is_said(window: Window) -> None:
    found = window.search("a telescpoe tonight")
    assert found["corrected"] == [{"from": "telescpoe", "to": "telescope"}]
    assert found["correctedText"] == "a telescope tonight"
    assert window.query("telescpoe")["results"][0]["id"] == "astronomer-comet"
    assert window.search("telescpoe", exact=True)["total"] == 0


def test_when_no_record_has_all_words_those_with_most_are_shown(window: Window) -> None:
    found = window.search("comet telescope wheelbarrow")
    assert found["relaxed"]
    assert found["results"][0]["id"] == "astronomer-comet"
    assert not window.search("comet telescope")["relaxed"]


def test_a_phrase_is_a_sequence(window: Window) -> None:
    assert [one["id"] for one in window.query('"exchange of prisoners"')["results"]] == ["vienna-truce-talks"]
    loose = window.search('"prisoners of exchange"')
    assert loose["relaxed"]


def test_common_words_of_a_phrase_are_looked_up_in_the_texts(window: Window) -> None:
    assert [one["id"] for one in window.query('"back of a menu"')["results"]] == ["envoy-memoirs"]
    both = {one["id"] for one in window.query('"على ضوء"')["results"]}
    assert both == {"qasim-poetry", "hospital-generators"}


def test_an_alef_may_be_a_tanwin_that_was_not_typed(window: Window) -> None:
    written, typed = ([one["id"] for one in window.query(text)["results"]] for text in ("قصائدً", "قصائدا"))
    assert typed == written != []
    assert [one["id"] for one in window.query('"أربعين يوما"')["results"]] == ["salt-caravan"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [("negotiators", {"geneva-water-treaty", "peace-keepers-leave"}), ("غمر", {"khartoum-flood"})],
)
def test_words_of_one_family_are_found_before_anything_is_corrected(window: Window, text: str, ids: set[str]) -> None:
    found = window.search(text, kind="article")
    assert found["corrected"] == []
    assert {one["id"] for one in found["results"]} == ids


def test_where_no_record_has_all_those_with_the_names_are_shown(window: Window) -> None:
    found = window.search("what pupils saw in Gdansk", kind="article")
    assert found["relaxed"]
    assert [one["id"] for one in found["results"]] == ["gdansk-shipyard"]


def test_a_common_word_in_capitals_is_a_name(windows: dict[int, Window]) -> None:
    found = windows[3].search("WHO smallpox")
    assert not found["relaxed"]
    assert [one["id"] for one in windows[3].search("WHO")["answers"]] == ["who"]


def test_the_last_word_may_be_unfinished(window: Window) -> None:
    assert "astronomer-comet" in [one["id"] for one in window.search("teles", typing=True)["results"]]
    assert "astronomer-comet" not in [one["id"] for one in window.search("teles", exact=True)["results"]]
    begun = window.search("Stein", typing=True)
    assert [one["id"] for one in begun["answers"]] == ["helga-steinbruck"]


@pytest.mark.parametrize(
    ("query", "hits", "lang"),
    [
        ("herrings", {"herring"}, "en"),
        ("الخرائط", {"خرائط", "الخرائط"}, "ar"),
        ("Layla Haddad", {"Layla Haddad"}, "en"),
        ("Aswan", {"أسوان"}, "ar"),
        ("دراغونوف", {"Viktor Dragunov", "Dragunov"}, "en"),
    ],
)
def test_excerpts_come_from_the_text_with_the_hits_marked(
    window: Window, query: str, hits: set[str], lang: str
) -> None:
    result = window.search(query, kind="article")["results"][0]
    excerpt = result["excerpt"]
    assert (excerpt["lang"], excerpt["dir"]) == (lang, "rtl" if lang == "ar" else "ltr")
    pieces = excerpt["pieces"]
    marked = {piece["text"].strip("\u2066\u2067\u2068\u2069") for piece in pieces if piece["hit"]}
    assert marked and marked <= hits
    shown = "".join(piece["text"] for piece in pieces)
    text = (fixture.HERE / "records.txt").read_text("utf-8")
    assert re.sub("[\u2066-\u2069]", "", shown) in text
    assert len(shown) < 300


def test_a_result_has_what_the_interface_shows(window: Window) -> None:
    result = window.search("translation prize")["results"][0]
    assert (result["kind"], result["lang"], result["dir"]) == ("article", "en", "ltr")
    assert (result["date"], result["dateText"]) == ("2002-03-21", "March 21, 2002")
    assert [(other["lang"], other["dir"], other["title"]) for other in result["others"]] == [
        ("ar", "rtl", "جائزة الترجمة لليلى حداد")
    ]
    assert result["description"]["lang"] == "en"
    # A text that is there in one language alone, in the frame of the reader's language.
    alone = window.search("الحصبة")["results"][0]
    assert (alone["lang"], alone["others"], alone["languages"]) == ("ar", [], ["ar"])
    assert "/en/articles/measles-vaccine/" in alone["url"]


@pytest.mark.parametrize("text", ["", " ", "…", '""', "\u064b", "the", "من", "x" * 5000, "é\u0301 \ud83d\ude00 <b>"])
def test_any_query_has_an_answer(window: Window, text: str) -> None:
    found = window.search(text, facets=True)
    assert found["total"] >= 0 and isinstance(found["results"], list)


def test_nothing_is_fetched_before_the_first_query_and_little_after(window: Window) -> None:
    window.requests()
    window.reload()
    assert [name for name in window.requests() if "/search/" in name] == ["/assets/search/loader.js"]
    window.query("locusts")
    names = window.requests()
    assert {"/assets/search/analysis.js", "/assets/search/engine.js", "/search/manifest.bin"} <= set(names)
    assert len(names) < 25
    window.query("locusts")
    assert window.requests() == []


def test_without_a_server(found_site: Path) -> None:
    with Window(found_site, "ar", by_server=False) as window:
        assert window.address.startswith("file:")
        result = window.query("Dragounov", kind="article")["results"][0]
        assert result["url"].startswith("file:") and result["url"].endswith("/index.html")
        assert window.search("الهدنة")["answers"][0]["id"] == "ceasefire"


def test_without_a_server_and_with_too_many_records(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "MOST_OFFLINE", 30)
    assert pipeline.build(pipeline.Options(content=archive, output=tmp_path / "site")).done
    with Window(tmp_path / "site", by_server=False) as window:
        assert window.ask("query", "truce")["fault"] == "too-large"


@pytest.mark.parametrize("by_server", [True, False])
def test_without_an_index(tmp_path: Path, by_server: bool) -> None:
    with Window(tmp_path, by_server=by_server) as window:
        assert window.ask("query", "truce")["fault"] == "missing"


def test_a_file_that_cannot_be_fetched_is_asked_for_again(found_site: Path) -> None:
    with Window(found_site) as window:
        window.offline(True)
        assert window.ask("query", "truce")["fault"] == "offline"
        window.offline(False)
        assert window.query("truce")["results"]
