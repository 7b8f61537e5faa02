"""Lists too long for one page, in generated archives of which only the catalogue is made."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import itertools
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from markupsafe import escape

from site_builder import addresses
from site_builder import views as v
from site_builder.catalog import MOST_LISTED, MOST_MENTIONS, Catalog, Key, join, with_mentions
from site_builder.config import Config
from site_builder.labels import Labels, load_labels
from site_builder.mentions import Linked, Names, Quotation, Sighted, Sighting, linked, names_of
from site_builder.model import ArticleMeta, Event, Kind, Person, Record, Topic
from site_builder.plan import Page, Read, Shown, plan, shower
from site_builder.plan.indexes import MOST_ENTRIES, MOST_TOPICS
from site_builder.plan.lists import MOST_CARDS, MOST_LINES
from site_builder.plan.parts import cut, positions
from site_builder.reading.document import NO_BODY, Outline, Texts
from site_builder.reading.files import SourceFile
from site_builder.reading.passages import Excerpt
from site_builder.render import renderer
from site_builder.text.dates import PartialDate
from site_builder.theme import Theme

TEMPLATES = Path(__file__).parents[2] / "templates"
CODES = ("ar", "en")
CONFIG = Config(
    title={"ar": "أرشيف", "en": "Archive"}, languages=CODES, default_language="ar", base_url="https://example.org/"
)
WORDS = "قال جون كيري بعد محادثات جنيف إن وقف الأعمال العدائية يحتاج إلى رقابة مشتركة وإن الطرفين اتفقا على ذلك. "
#: The most that a page may have, in bytes.
LARGEST = 1_000_000


@dataclasses.dataclass(frozen=True)
class Archive:
    """A generated archive, with what `plan` and `shower` take."""

    catalog: Catalog
    sighted: Mapping[str, Sighted]
    labels: Mapping[str, Labels]

    @functools.cached_property
    def pages(self) -> dict[str, Page]:
        planned = plan(self.catalog, self.labels)
        assert not planned.problems
        return {page.url: page for page in planned.pages}

    def show(self, url: str) -> tuple[Any, v.Frame, frozenset[Read]]:
        shown, reads = shower(self.catalog, self.labels, _Library(self.sighted))(self.pages[url])
        assert isinstance(shown, Shown)
        return shown.view, shown.frame, reads


class _Library(NamedTuple):
    found: Mapping[str, Sighted]

    def texts(self, path: str) -> Texts:
        return {"body": NO_BODY}

    def linked(self, path: str) -> Linked:
        return linked(self.found[path], self.texts(path))

    def quotations(self, path: str, key: Key) -> tuple[Quotation, ...]:
        return tuple((one.anchor, escape(one.excerpt.text)) for one in self.found[path].sightings[key])


LABELS, _ = load_labels([TEMPLATES / "labels"], CODES)


def _outline(kind: Kind, id_: str, meta: ArticleMeta | Record, language: str = "") -> Outline:
    path = f"{kind}/{id_}.{language}"
    role = "text" if language else "record"
    nothing: frozenset[str] = frozenset()
    stated = frozenset({"date", "people"}) if language else nothing
    source = SourceFile(role, path, kind, id_, language)  # type: ignore[arg-type]
    return Outline(source, meta, stated, nothing, (), (), (), (), (), nothing, False, b"", b"")


def _article(number: int, date: str, people: tuple[str, ...] = (), title: str = "") -> list[Outline]:
    meta = {
        code: ArticleMeta(
            title=title or f"{WORDS[:60]} {number}", summary=WORDS, date=PartialDate(*map(int, date.split("-"))),
            people=people,
        )
        for code in CODES
    }  # fmt: skip
    return [_outline("article", f"article-{number:05}", meta[code], code) for code in CODES]


def _person(id_: str, name: str, **more: Any) -> Outline:
    return _outline("person", id_, Person(name={"ar": name, "en": name}, **more))


def _archive(outlines: Iterable[Outline], naming: Callable[[str], int] = lambda id_: 0) -> Archive:
    """An archive in which so many sentences of each text name the person x."""
    found = list(outlines)
    catalog, problems = join(found, [], CONFIG, False, _not_loaded)
    assert not problems
    sentence = Sighting("p-1", Excerpt(WORDS * 2, ((4, 12),), ()))
    sighted = {
        outline.source.path: Sighted("", (), {("person", "x"): (sentence,) * total} if total else {})
        for outline in found
        if outline.source.kind == "article"
        for total in (naming(outline.source.id),)
    }
    names: dict[str, Names] = {path: names_of(value) for path, value in sighted.items()}
    return Archive(with_mentions(catalog, names), sighted, LABELS)


def _not_loaded(path: str) -> Any:
    raise AssertionError(path)


def _days(number: int, first: str = "2005-01-01", years: int = 15) -> list[str]:
    """So many dates spread evenly over some years."""
    start = datetime.date.fromisoformat(first)
    return [(start + datetime.timedelta(days=at * 365 * years // number)).isoformat() for at in range(number)]


def _rendered(archive: Archive, pages: Iterable[Page]) -> dict[str, bytes]:
    theme = Theme(
        (TEMPLATES,),
        LABELS,
        CODES,
        {code: CONFIG.locale(code) for code in CODES},
        {code: CONFIG.numbering(code) for code in CODES},
        {},
    )
    render, show = renderer(theme), shower(archive.catalog, archive.labels, _Library(archive.sighted))
    made = {}
    for page in pages:
        shown, _ = show(page)
        assert isinstance(shown, Shown)
        made[page.url] = render(shown)
        assert isinstance(made[page.url], bytes), made[page.url]
    return made  # type: ignore[return-value]


# --- Cutting ---------------------------------------------------------------------------------------------------------


def test_a_part_that_is_full_keeps_what_it_has() -> None:
    before = cut({"2015": ("a",), "2016": ("b", "c", "d")}, 2)
    after = cut({"2015": ("a",), "2016": ("b", "c", "d", "e", "f"), "2017": ("g",)}, 2)
    assert [(at.name, at.number, items) for at, items in before] == [
        ("2015", 1, ("a",)),
        ("2016", 1, ("b", "c")),
        ("2016", 2, ("d",)),
    ]
    assert [items for at, items in after if (at.name, at.number) in (("2015", 1), ("2016", 1))] == [("a",), ("b", "c")]


def test_a_part_knows_its_neighbours() -> None:
    first, second, last = positions(["2015", "2016", "2016"])
    assert (first.before, first.after) == (None, ("2016", 1))
    assert (second.before, second.after) == (("2015", 1), ("2016", 2))
    assert (last.before, last.after, last.names) == (("2016", 1), None, ("2015", "2016"))


@pytest.mark.parametrize(
    ("language", "heading", "name"),
    [
        ("en", "K", "k"),
        ("ar", "ك", "kaf"),
        ("ru", "Ж", "zhe"),
        ("he", "א", "alef"),
        ("fa", "آ", "alef-with-madda-above"),
        ("fr", "A", "a"),
        ("fr", "Ж", "cyrillic-capital-zhe"),
        ("ar", "#", "other"),
    ],
)
def test_letters_have_readable_addresses(language: str, heading: str, name: str) -> None:
    assert addresses.letter(language, "person", heading) == f"/{language}/people/letters/{name}/"


# --- Pages of records ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def busy() -> Archive:
    """A person x with 5,000 articles in fifteen years, all of which name them."""
    articles = [_article(number, date, ("x",)) for number, date in enumerate(_days(5000))]
    return _archive([_person("x", "جون كيري"), *itertools.chain(*articles)], lambda id_: 3)


def test_pages_of_a_person_with_5000_articles_are_bounded(busy: Archive) -> None:
    pages = [page for page in busy.pages.values() if page.url.startswith("/ar/people/")]
    assert len(pages) > 20
    for url, data in _rendered(busy, pages).items():
        assert len(data) < LARGEST, url


def test_long_lists_are_bounded() -> None:
    """Several thousand lines in a year, in a month, under a letter."""
    articles = [_article(number, date) for number, date in enumerate(_days(3000, years=1))]
    people = [_person(f"p-{number}", f"K{number}") for number in range(3000)]
    archive = _archive([*people, *itertools.chain(*articles)])
    shown = ("index", "letter", "archive", "year", "month", "timeline", "timeline year", "home", "search")
    pages = [page for page in archive.pages.values() if page.language == "ar" and page.maker in shown]
    for url, data in _rendered(archive, pages).items():
        assert len(data) < LARGEST, url


def test_the_parts_of_a_person_hold_everything_once(busy: Archive) -> None:
    parts = [page for page in busy.pages.values() if page.maker == "record part" and page.language == "en"]
    views = [busy.catalog.parts[("person", "x"), int(page.about[2].name), page.about[2].number] for page in parts]
    articles = [id_ for view in views for id_ in view.articles]
    assert articles == list(busy.catalog.articles), "oldest first"
    assert [found.article for view in views for found in view.mentions] == articles
    assert all(len(view.articles) <= MOST_LISTED and len(view.mentions) <= MOST_MENTIONS for view in views)


def test_a_busy_person_has_the_latest_and_the_years(busy: Archive) -> None:
    view, _, _ = busy.show("/en/people/x/")
    latest = list(busy.catalog.articles)[:-51:-1]
    assert [card.url for card in view.articles] == [f"/en/articles/{id_}/" for id_ in latest]
    assert [group.article.url for group in view.mentions] == [f"/en/articles/{id_}/" for id_ in latest]
    assert [(year.link.url, year.link.text.text) for year in view.years][:2] == [
        ("/en/people/x/2019/", "2019"),
        ("/en/people/x/2018/", "2018"),
    ]
    assert sum(year.total for year in view.years) == 5000
    assert [link.url for link in view.years[0].more] == ["/en/people/x/2019/2/"]
    assert view.years[0].more[0].text.text == "2019 (part 2)"


def test_a_part_has_a_frame_of_its_own(busy: Archive) -> None:
    view, frame, _ = busy.show("/en/people/x/2016/2/")
    assert frame.title == "\u200e\u2067جون كيري\u2069 in 2016 (part 2) – Archive"
    assert [crumb.url for crumb in frame.breadcrumbs] == ["/en/", "/en/people/", "/en/people/x/"]
    assert [alternate.url for alternate in frame.alternates][:2] == [
        "https://example.org/ar/people/x/2016/2/",
        "https://example.org/en/people/x/2016/2/",
    ]
    assert [switch.url for switch in frame.switches] == ["/ar/people/x/2016/2/"]
    assert busy.pages["/en/people/x/2016/2/"].listed == CODES
    around = view.around
    assert (around.previous.url, around.next.url) == ("/en/people/x/2016/", "/en/people/x/2017/")
    assert [item.url for item in around.volumes if item.current] == ["/en/people/x/2016/"]
    _, first, _ = busy.show("/en/people/x/2016/")
    assert first.title == "\u200e\u2067جون كيري\u2069 in 2016 – Archive"


def test_a_part_reads_only_what_it_shows(busy: Archive) -> None:
    key = ("person", "x")
    of_year = {id_ for id_, article in busy.catalog.articles.items() if article.date.year == 2016}
    for url in ("/en/people/x/2016/", "/en/people/x/2016/2/"):
        _, _, reads = busy.show(url)
        assert {found for name, found in reads if name == "articles"} <= of_year
        assert {found for name, found in reads if name == "parts"} == {(key, 2016, 1 if url.endswith("16/") else 2)}
        assert not reads & {("mentions", key), ("articles_of", key), ("parts_of", key)}
    _, _, reads = busy.show("/en/people/x/")
    assert {found[1] for name, found in reads if name == "parts"} == {2019}


@pytest.mark.parametrize(
    ("articles", "named", "years"),
    [(MOST_LISTED, 0, 0), (MOST_LISTED + 1, 0, 2), (MOST_MENTIONS, MOST_MENTIONS, 0)],
)
def test_who_is_in_few_articles_has_one_page(articles: int, named: int, years: int) -> None:
    made = [_article(number, date, ("x",)) for number, date in enumerate(_days(articles, "2016-01-01", 2))]
    archive = _archive([_person("x", "x"), *itertools.chain(*made)], lambda id_: int(id_[-5:]) < named)
    assert sum(page.maker == "record part" and page.language == "en" for page in archive.pages.values()) == years
    view, _, _ = archive.show("/en/people/x/")
    assert len(view.articles) == (50 if years else articles)
    assert len(view.mentions) == named


def test_who_is_named_in_many_articles_has_pages_of_years() -> None:
    made = [_article(number, date) for number, date in enumerate(_days(MOST_MENTIONS + 1, "2016-01-01", 2))]
    archive = _archive([_person("x", "x"), *itertools.chain(*made)], lambda id_: 1)
    view, _, _ = archive.show("/en/people/x/")
    assert ([year.link.url for year in view.years], len(view.mentions), view.articles) == (
        ["/en/people/x/2017/", "/en/people/x/2016/"],
        50,
        (),
    )


# --- Indexes, timeline, archive --------------------------------------------------------------------------------------


def test_a_long_index_has_a_page_a_letter() -> None:
    names = [f"K{number}" for number in range(MOST_ENTRIES + 1)] + ["Adams", "Zed", "9th Army"]
    aliases = {"p-0": {"en": ("Bobby",)}}
    people = [_person(f"p-{n}", name, aliases=aliases.get(f"p-{n}", {})) for n, name in enumerate(names)]
    archive = _archive(people)
    view, _, _ = archive.show("/en/people/")
    assert view.letters == ()
    assert [(one.link.text.text, one.link.url, one.total) for one in view.volumes] == [
        ("A", "/en/people/letters/a/", 1),
        ("B", "/en/people/letters/b/", 0),
        ("K", "/en/people/letters/k/", MOST_ENTRIES + 1),
        ("Z", "/en/people/letters/z/", 1),
        ("#", "/en/people/letters/other/", 1),
    ]
    assert [link.url for link in view.volumes[2].more] == ["/en/people/letters/k/2/"]
    first, frame, _ = archive.show("/en/people/letters/k/")
    assert len(first.entries) == MOST_ENTRIES
    assert [alternate.lang for alternate in frame.alternates] == ["en", "x-default"], "letters are their language's"
    assert [switch.url for switch in frame.switches] == ["/ar/people/"]
    second, frame, reads = archive.show("/en/people/letters/k/2/")
    assert frame.title == "People: K (part 2) – Archive"
    assert {found for name, found in reads if name == "entries"} == {("person", second.entries[0].link.url[11:-1])}
    every = [entry.link.text.text for entry in (*first.entries, *second.entries)]
    assert every == sorted(every, key=lambda name: [int(digit) for digit in name[1:]])
    alias, _, _ = archive.show("/en/people/letters/b/")
    assert [(entry.link.text.text, entry.see.text.text) for entry in alias.entries] == [("Bobby", "K0")]


def test_an_index_of_few_entries_is_one_page() -> None:
    archive = _archive([_person(f"p-{number}", f"K{number}") for number in range(MOST_ENTRIES)])
    view, _, _ = archive.show("/en/people/")
    assert not view.volumes
    assert sum(len(group.entries) for group in view.letters) == MOST_ENTRIES
    assert not any(page.maker == "letter" for page in archive.pages.values())


def test_a_long_timeline_has_a_page_a_year() -> None:
    dates = [*_days(MOST_LINES + 1, "2016-01-01", 1), "2017"]
    event = _outline("event", "talks", Event(name={"ar": "ا", "en": "Talks"}, date=PartialDate(2015, 3)))
    archive = _archive([event, *itertools.chain(*(_article(n, date) for n, date in enumerate(dates)))])
    view, _, _ = archive.show("/en/timeline/")
    assert [(one.link.text.text, one.total, len(one.more)) for one in view.volumes] == [
        ("2015", 1, 0),
        ("2016", MOST_LINES + 1, 1),
        ("2017", 1, 0),
    ]
    assert not view.years
    part, frame, reads = archive.show("/en/timeline/2016/2/")
    assert [entry.link.url for entry in part.entries] == [f"/en/articles/article-{MOST_LINES:05}/"]
    assert {found for name, found in reads if name == "articles"} == {f"article-{MOST_LINES:05}"}
    assert frame.title == "Timeline of 2016 (part 2) – Archive"
    assert (part.around.previous.url, part.around.next.url) == ("/en/timeline/2016/", "/en/timeline/2017/")


def test_a_long_year_has_a_page_a_month() -> None:
    dates = [*_days(MOST_CARDS - 1, "2016-01-01", 1), "2016", "2016", "2017-05"]
    archive = _archive(itertools.chain(*(_article(number, date) for number, date in enumerate(dates))))
    view, _, _ = archive.show("/en/archive/2016/")
    assert (view.total, view.months, len(view.volumes)) == (MOST_CARDS + 1, (), 13)
    assert [(one.link.text.text, one.link.url) for one in view.volumes[:2]] == [
        ("2016, month unknown", "/en/archive/2016/00/"),
        ("January 2016", "/en/archive/2016/01/"),
    ]
    assert sum(one.total for one in view.volumes) == MOST_CARDS + 1
    month, frame, _ = archive.show("/ar/archive/2016/05/")
    assert frame.title.startswith("سجلات مايو 2016 –")
    assert [crumb.url for crumb in frame.breadcrumbs] == ["/ar/", "/ar/archive/", "/ar/archive/2016/"]
    dates_shown = [card.date.iso for card in month.cards]
    assert dates_shown == sorted(dates_shown) and all(date.startswith("2016-05-") for date in dates_shown)
    assert archive.show("/en/archive/2017/")[0].months, "a short year is one page"


def test_a_hierarchy_of_very_many_topics_is_the_broadest_alone() -> None:
    def topics(number: int) -> Archive:
        names = {"ar": "ا", "en": "a"}
        below = [Topic(name=names, broader=("t-0",)) for _ in range(number - 1)]
        return _archive(_outline("topic", f"t-{n}", topic) for n, topic in enumerate([Topic(name=names), *below]))

    for number, shown in ((MOST_TOPICS, MOST_TOPICS - 1), (MOST_TOPICS + 1, 0)):
        (root,) = topics(number).show("/en/")[0].topics
        assert len(root.narrower) == shown
