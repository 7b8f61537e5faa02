from __future__ import annotations

import re

from site_builder.linking import Entity, Key, Vocabulary
from site_builder.mentions import Sighted, Text, linked, quotations, sighted, target_of
from site_builder.problems import Location
from site_builder.reading import passages
from site_builder.reading.body import Body, BodyUse

KERRY: Key = ("person", "john-kerry")
GENEVA: Key = ("place", "geneva")
TRUCE: Key = ("topic", "truce")
NAMES = Vocabulary(
    [
        Entity("person", "john-kerry", (("John Kerry",), ("جون كيري",))),
        Entity("place", "geneva", (("Geneva",), ("جنيف",))),
    ]
)


def _text(
    listed: tuple[Key, ...] = (),
    references: tuple[tuple[str, Key], ...] = (),
    decided: tuple[tuple[str, str | None], ...] = (),
) -> Text:
    return Text(listed, references, decided, "en", ("ar", "en"))


def _sighted(
    html: str,
    listed: tuple[Key, ...] = (),
    references: tuple[tuple[str, Key], ...] = (),
    decided: tuple[tuple[str, str | None], ...] = (),
) -> Sighted:
    return sighted(passages.read(html), _text(listed, references, decided), NAMES)


def _links(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<x-ref target="([^"]*)">(.*?)</x-ref>', html)


def test_the_first_mention_in_each_section_is_a_link() -> None:
    found = _sighted(
        "<p>John Kerry flew to Geneva. Kerry spoke.</p><p>Geneva listened.</p><h2>Later</h2><p>Kerry left Geneva.</p>"
    )
    person, place = target_of(KERRY), target_of(GENEVA)
    assert _links(found.html) == [(person, "John Kerry"), (place, "Geneva"), (person, "Kerry"), (place, "Geneva")]
    assert dict(found.linked) == {person: KERRY, place: GENEVA}
    assert (person, place) == ("people/john-kerry", "places/geneva")


def test_an_editors_reference_is_the_first_mention_and_establishes() -> None:
    html = '<p>By <x-ref target="jk">the Secretary</x-ref>: Kerry and <x-ref target="truce">a truce</x-ref>.</p>'
    found = _sighted(html, references=(("jk", KERRY), ("truce", TRUCE)))
    assert _links(found.html) == [("jk", "the Secretary"), ("truce", "a truce")]
    assert found.linked == ()
    ((sighting,),) = (found.sightings[KERRY],)
    text = sighting.excerpt.text
    assert [text[start:end] for start, end in sighting.excerpt.marks] == ["the Secretary", "Kerry"]
    assert TRUCE not in found.sightings, "a topic is referred to, and not named"


def test_headings_establish_and_are_no_mentions() -> None:
    found = _sighted("<h2>John Kerry</h2><p>Kerry spoke.</p>")
    assert _links(found.html) == [(target_of(KERRY), "Kerry")]
    assert [one.excerpt.text for one in found.sightings[KERRY]] == ["Kerry spoke."]
    assert not _sighted("<h2>Overview</h2><p>Kerry spoke.</p>").sightings


def test_front_matter_establishes_and_editors_decide() -> None:
    assert KERRY in _sighted("<p>Kerry spoke.</p>", listed=(KERRY,)).sightings
    assert not _sighted("<p>In Geneva.</p>", decided=(("Geneva", None),)).sightings
    assert KERRY in _sighted("<p>The envoy spoke.</p>", decided=(("The envoy", "john-kerry"),)).sightings


def test_a_link_that_would_break_the_nesting_comes_with_the_next_mention() -> None:
    found = _sighted("<p><em>So John</em> Kerry said. Kerry left.</p>")
    assert _links(found.html) == [(target_of(KERRY), "Kerry")]
    assert [one.excerpt.text for one in found.sightings[KERRY]] == ["So John Kerry said.", "Kerry left."]


def test_names_within_the_other_direction_stay_isolated() -> None:
    found = _sighted('<p>قال <span lang="en" dir="ltr">John Kerry</span> في جنيف.</p>')
    assert f'dir="ltr"><x-ref target="{target_of(KERRY)}">John Kerry</x-ref></span>' in found.html
    assert (target_of(GENEVA), "جنيف") in _links(found.html)


def test_particles_stay_outside_the_link() -> None:
    assert "و<x-ref" in _sighted("<p>وجون كيري قال.</p>").html


def test_sightings_have_the_anchor_of_their_paragraph() -> None:
    found = _sighted('<ul><li id="one">Geneva</li><li>In Geneva.</li></ul>')
    one, two = (sighting.anchor for sighting in found.sightings[GENEVA])
    assert one == "one"
    assert f'<li id="{two}">In Geneva.' in found.html


def test_without_records_there_are_anchors_only() -> None:
    found = sighted(passages.read("<p>Geneva</p>"), _text(), Vocabulary([]))
    assert re.fullmatch('<p id="p-[0-9a-f]{8}">Geneva</p>', found.html)


def test_sentences_are_ready_but_for_names_that_they_wait_for() -> None:
    html = '<p id="a">Lake &amp; جنيف.</p><p id="b">In <x-ref target="geneva"></x-ref>.</p>'
    references = (("geneva", GENEVA),)
    found = quotations(_sighted(html, references=references), _text(references=references))
    (first, ready), (second, waiting) = found[GENEVA]
    marked = '<span lang="ar" dir="rtl"><mark>جنيف</mark></span>'
    assert (first, ready) == ("a", f"Lake &amp; {marked}.")
    assert second == "b" and isinstance(waiting, passages.Excerpt) and waiting.gaps[0][1] == "geneva"


def test_texts_are_linked_and_else_as_they_were() -> None:
    note = Body("<p>Note.</p>", (), (BodyUse("geneva", Location("a.md")),), ())
    body = Body("<p>Geneva</p>", (), (), ())
    found = linked(_sighted(body.html), {"body": body, "note": note})
    assert found.texts["note"] == note
    assert _links(found.texts["body"].html) == [("places/geneva", "Geneva")]
    assert found.linked == (("places/geneva", GENEVA),)
