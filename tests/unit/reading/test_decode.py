from __future__ import annotations

from typing import Any

import pytest

from site_builder.model import ArticleMeta, Event, Person, Place, Topic, fields_of
from site_builder.problems import Location
from site_builder.reading.decode import Decoded, Site, Use, decode
from site_builder.reading.yamltree import parse
from site_builder.text.dates import PartialDate

SITE = Site(("ar", "en"), 1800)
NAME = "name: {ar: أ, en: a}\n"
HEAD = "title: أ\nsummary: ب\n"


def _decode(text: str, of: type[Any], site: Site = SITE) -> Decoded:
    tree, problems = parse(text, "x")
    assert problems == []
    return decode(tree, of, Location("x", 1, 1), site)


def test_an_article_is_read_as_it_is_written() -> None:
    decoded = _decode(
        "title: 0012\ndate: 2016-09\nsummary: no\npeople: [john-kerry]\ndraft: true\n"
        "source:\n  publisher: {en: Agency}\n  author: [a, {ar: وكالات, en: agencies}]\n  date: 2016\n",
        ArticleMeta,
    )
    meta = decoded.value
    assert decoded.problems == ()
    assert (meta.title, meta.summary, meta.date, meta.draft) == ("0012", "no", PartialDate(2016, 9), True)
    assert meta.people == ("john-kerry",)
    assert meta.source.publisher == {"en": "Agency"}
    assert meta.source.author == ("a", {"ar": "وكالات", "en": "agencies"})
    assert decoded.uses == (Use("person", "john-kerry", Location("x", 4, 10)),)
    assert decoded.places["source.date"] == Location("x", 9, 9)
    assert decoded.places["source.author[1]"] == Location("x", 8, 15)


def test_languages_are_in_the_order_of_the_site() -> None:
    person = _decode("name: {en: a, ar: أ}\naliases: {en: [b], ar: [ب, ت]}\n", Person).value
    assert list(person.name) == list(person.aliases) == ["ar", "en"]


def test_numbers_are_numbers() -> None:
    place = _decode(NAME + "coordinates: {latitude: 36.2021, longitude: -37}\n", Place).value
    assert (place.coordinates.latitude, place.coordinates.longitude) == (36.2021, -37.0)


def _first(text: str, of: type[Any]) -> tuple[str, str]:
    problem = _decode(text, of).problems[0]
    return problem.code, problem.hint


def test_what_names_in_the_text_mean() -> None:
    decoded = _decode(HEAD + 'date: 2016\nmentions:\n  Kerry: john-kerry\n  12-17: none\n  May: "none"\n', ArticleMeta)
    assert decoded.value.mentions == {"Kerry": "john-kerry", "12-17": None, "May": "none"}
    assert [use.id for use in decoded.uses] == ["john-kerry", "none"]


@pytest.mark.parametrize("written", ["17-12", "12-12", "12-", "-12", "12 - 17", "12\u201317", "1-2-3"])
def test_a_malformed_range(written: str) -> None:
    decoded = _decode(HEAD + f"date: 2016\nmentions:\n  Kerry: none\n  {written}: none\n", ArticleMeta)
    if written == "1-2-3":
        # No range is meant.
        assert decoded.problems == ()
        return
    (problem,) = decoded.problems
    assert (problem.code, problem.location) == ("wrong-form", Location("x", 6, 3))
    assert problem.hint == "write two offsets with a hyphen between, the smaller first: 1200-1204"


@pytest.mark.parametrize(
    ("written", "code", "hint"),
    [
        ("2016-02-30", "impossible-date", "that month ends on 2016-02-29"),
        ("2016-13-01", "impossible-date", "01 to 12"),
        ("1445-09-10", "date-out-of-range", "2024-03-20"),
        ("0012", "date-out-of-range", "earliest_year"),
        ("2016-9-2", "wrong-form", "write 2016-09-02"),
        ("2016/09/22", "wrong-form", "write 2016-09-22"),
        ("22/09/2016", "wrong-form", "write 2016-09-22"),
        ("9/10/2016", "wrong-form", "2016-05-03, 2016-05 or 2016"),
        ("2016-13-1", "wrong-form", "2016-05-03, 2016-05 or 2016"),
        ("٢٠١٦-٠٩-٢٢", "wrong-form", "write 2016-09-22"),
        ("2016-09-22T10:00", "wrong-form", "write 2016-09-22"),
        ("99999", "wrong-form", "2016-05-03, 2016-05 or 2016"),
        ("soon", "wrong-form", "2016-05-03, 2016-05 or 2016"),
    ],
)
def test_dates(written: str, code: str, hint: str) -> None:
    found = _first(f"{NAME}date: {written}\n", Event)
    assert found[0] == code
    assert hint in found[1]


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("people: john-kerry", "wrong-type", "write people: [john-kerry]"),
        ("people: john-kerry، sergey-lavrov", "wrong-type", "write people: [john-kerry, sergey-lavrov]"),
        ("people: [john-kerry، sergey-lavrov]", "wrong-form", "write a list: [john-kerry, sergey-lavrov]"),
        ("people: [people/john-kerry]", "wrong-form", "write john-kerry"),
        ("people: [John Kerry]", "wrong-form", "john-kerry"),
        ("peeple: []", "unknown-key", "did you mean “people”?"),
        ("xyz: []", "unknown-key", "the keys here are: title, date"),
        ("draft: no", "wrong-type", "write false"),
        ("draft: On", "wrong-type", "write true"),
        ("translation: {status: summery}", "wrong-value", "did you mean “summary”?"),
        ("source: {url: example.org}", "wrong-form", "https://example.org/page"),
        ("rights:", "empty-value", "write a value or delete the key"),
        ("editor_note: [[geneva]]", "wrong-type", "quotation marks"),
    ],
)
def test_hints_name_the_nearest_valid_value(text: str, code: str, hint: str) -> None:
    found = _first(HEAD + text, ArticleMeta)
    assert found[0] == code
    assert hint in found[1]


def test_every_fault_of_a_file_is_told() -> None:
    codes = [
        p.code for p in _decode("titel: x\ndate: 2016-02-30\npeople: [a, a, B]\nsource: x\n", ArticleMeta).problems
    ]
    assert sorted(codes) == sorted(
        ["unknown-key", "impossible-date", "duplicate-item", "wrong-form", "wrong-type", "missing-key", "missing-key"]
    )


def test_what_is_sound_survives_what_is_not() -> None:
    decoded = _decode("title: x\nsummary: y\ndate: soon\npeople: [B, a]\nrights: z\n", ArticleMeta)
    assert decoded.value is not None
    assert (decoded.value.date, decoded.value.people, decoded.value.rights) == (None, ("a",), "z")
    assert decoded.faulty == {"date", "people"}
    assert decoded.places["people[0]"] == Location("x", 4, 13), "places go with the values that are left"


def test_a_name_that_lacks_a_language_is_filled_to_go_on_with() -> None:
    decoded = _decode("name: {ar: أ}\n", Topic)
    assert [p.code for p in decoded.problems] == ["missing-language"]
    assert decoded.value is not None
    assert decoded.value.name == {"ar": "أ", "en": "أ"}


@pytest.mark.parametrize(
    ("begun", "ended", "sound"),
    [
        ("2016-09-22", "2016-09-22", True),
        ("2016-09-22", "2016", True),
        ("2016", "2016-01-01", True),
        ("2016-09-22", "2016-08", False),
        ("2016", "2015", False),
    ],
)
def test_an_end_is_not_before_its_start(begun: str, ended: str, sound: bool) -> None:
    problems = _decode(f"{NAME}date: {begun}\nend: {ended}\n", Event).problems
    assert [p.code for p in problems] == ([] if sound else ["date-order"])


def test_without_languages_none_is_unknown() -> None:
    assert _decode("name: {xx: a}\n", Topic, Site((), 1800)).problems == ()


@pytest.mark.parametrize("of", [ArticleMeta, Event, Person, Place, Topic])
def test_every_field_takes_no_value_of_another_shape(of: type[Any]) -> None:
    for field in fields_of(of):
        for written in ("[[[x]]]", "{x: {y: {z: w}}}", "''", "- x"):
            text = f"{field.key}:\n  {written}\n" if written == "- x" else f"{field.key}: {written}\n"
            problems = [p for p in _decode(text, of).problems if p.code != "missing-key"]
            takes_a_list = written == "- x" and field.key in ("people", "organizations", "places", "topics", "events",
                                                             "see_also", "broader", "related")  # fmt: skip
            assert bool(problems) != takes_a_list, (field.key, written)
