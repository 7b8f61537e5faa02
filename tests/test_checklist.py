"""What must hold of a site in two directions, statement by statement, over every page of every test site.

The statements are those of the W3C's internationalisation articles on right-to-left text, its requirements for Arabic
layout, WCAG 2.2, CLDR, and the search engines' rules for translated pages. Each rule is shown to find its fault.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from site_builder.labels import load_labels
from site_builder.text.bidi import FSI, LRI, LRM, PDI, RLI, RLM
from site_builder.text.dates import PartialDate, format_date
from site_builder.views import Phrase
from tests.site import css, heads, indexes, rules
from tests.site.built import ROOT, SITES, WITHOUT_FALLBACK, Inserted, Page, Site

PageRule = Callable[[Page], Iterator[str]]
SheetRule = Callable[[str], Iterator[str]]


def _none(found: Iterator[str]) -> None:
    faults = list(found)
    alike = {fault.partition(": ")[2]: fault for fault in reversed(faults)}  # one page stands for many
    shown = "\n".join(sorted(alike.values())[:25])
    assert not faults, f"{len(faults)} faults, {len(alike)} of them different:\n{shown}"


def _pages(sites: list[Site], rule: PageRule) -> None:
    _none(f"{site.name}/{page.path}: {fault}" for site in sites for page in site.pages for fault in rule(page))


def _sheets(sites: list[Site], rule: SheetRule) -> None:
    seen = {}
    for site in sites:
        seen |= {site.text(path): path for path in site.files if path.endswith(".css")}
        for page in site.pages:
            seen |= {
                _inline_style(link.attrs["href"]): page.path
                for link in page.root.all("link")
                if link.attrs["href"].startswith("data:text/css")
            }
    assert len(seen) >= 3
    _none(f"{path}: {fault}" for sheet, path in seen.items() for fault in rule(sheet))


def _inline_style(address: str) -> str:
    import base64

    return base64.b64decode(address.partition("base64,")[2]).decode()


def _written(sites: list[Site]) -> Iterator[tuple[Site, str, str]]:
    """Every file of text."""
    for site in sites:
        for path in site.files:
            if path.endswith((".html", ".xml", ".txt", ".json", ".css", ".js", ".svg", ".ttl", ".bib", ".ris")):
                yield site, path, site.text(path)


def _page(body: str, *, lang: str = "ar", title: str = "ع", head: str = "", path: str = "", **more: Any) -> Page:
    """A small page for showing that a rule finds its fault."""
    way = "rtl" if lang == "ar" else "ltr"
    start = f'<!DOCTYPE html><html lang="{lang}" dir="{way}">'
    html = f"{start}<head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return Page(path or f"{lang}/x/index.html", html, **more)


# --- Direction and language ------------------------------------------------------------------------------------------


def test_01_html_states_language_and_direction(sites: list[Site]) -> None:
    """Every page has its language on html, and there alone the direction."""
    _pages(sites, rules.root_language)


@pytest.mark.parametrize(
    "html",
    [
        '<html dir="rtl"><body>',
        '<html lang="ar"><body>',
        '<html lang="ar" dir="ltr"><body>',
        '<html lang="en"><body>',
        '<html lang="ar" dir="rtl"><body dir="rtl">',
    ],
)
def test_01_finds(html: str) -> None:
    assert list(rules.root_language(Page("ar/x/index.html", html)))


def test_02_no_direction_in_style_sheets(sites: list[Site]) -> None:
    """Direction comes from the markup alone."""
    _sheets(sites, css.stated_direction)


def test_03_style_sheets_know_no_left_and_right(sites: list[Site]) -> None:
    """Only logical properties and values."""
    _sheets(sites, css.physical_sides)


def test_04_blocks_turn_only_with_their_language(sites: list[Site]) -> None:
    """Below html a block states a direction only where its language has the other one."""
    _pages(sites, rules.turned_blocks)


@pytest.mark.parametrize(
    "body",
    [
        '<p dir="rtl">نص</p>',
        '<p dir="ltr">نص</p>',
        '<div lang="en" dir="ltr"><p dir="ltr">text</p></div>',
        '<p dir="auto">نص</p>',
    ],
)
def test_04_finds(body: str) -> None:
    assert list(rules.turned_blocks(_page(body)))


def test_05_text_of_the_other_direction_is_isolated(sites: list[Site]) -> None:
    """Whatever has the other direction stands in an element of its own."""
    _pages(sites, rules.loose_phrases)


def test_05_inserted_phrases_are_isolated(sites: list[Site]) -> None:
    """Names, titles, dates and numbers that a template inserts are isolated even where it makes no difference yet."""
    _pages(sites, rules.bare_insertions)


@pytest.mark.parametrize(
    "body", ["<p>في Geneva أمس</p>", '<p><bdi dir="rtl">في Geneva</bdi></p>', '<p lang="en" dir="ltr">in جنيف</p>']
)
def test_05_finds_loose_text(body: str) -> None:
    assert list(rules.loose_phrases(_page(body)))


def test_05_finds_bare_insertions() -> None:
    inserted = Inserted((Phrase("جون كيري", "ar", "rtl"),), ("22 سبتمبر 2016",))
    assert list(rules.bare_insertions(_page("<p>قال جون كيري</p>", inserted=inserted)))
    assert list(rules.bare_insertions(_page("<p>في 22 سبتمبر 2016</p>", inserted=inserted)))
    assert list(rules.bare_insertions(_page('<p dir="ltr">جون كيري</p>', inserted=inserted)))
    assert not list(rules.bare_insertions(_page('<p>قال <bdi dir="rtl">جون كيري</bdi></p>', inserted=inserted)))


def test_06_wrappers_enclose_a_phrase_and_nothing_else(sites: list[Site]) -> None:
    """A wrapper holds the whole of one phrase."""
    _pages(sites, rules.loose_wrappers)


@pytest.mark.parametrize(
    "body", ["<p><bdi> كيري</bdi></p>", "<p><bdi>،</bdi></p>", '<p><bdi dir="rtl">قال كيري</bdi></p>']
)
def test_06_finds(body: str) -> None:
    assert list(rules.loose_wrappers(_page(body, inserted=Inserted((Phrase("كيري", "ar", "rtl"),)))))


def test_07_items_and_numbers_have_wrappers_of_their_own(sites: list[Site]) -> None:
    """No wrapper holds two items of a list, or a name and the number after it."""
    _pages(sites, rules.crowded_wrappers)


@pytest.mark.parametrize("text", ["Kerry 3", "Kerry (3)", "Kerry, Lavrov"])
def test_07_finds(text: str) -> None:
    known = Inserted((Phrase("Kerry", "en", "ltr"), Phrase("Lavrov", "en", "ltr")))
    assert list(rules.crowded_wrappers(_page(f'<p><bdi dir="ltr">{text}</bdi></p>', inserted=known)))


def test_08_plain_strings_isolate_with_controls(sites: list[Site]) -> None:
    """Titles, alternative texts, labels and descriptions keep the other direction apart, in pairs."""
    _pages(sites, rules.unmarked_strings)


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("عن Geneva", False),
        (f"عن {LRI}Geneva{PDI}", True),
        (f"عن {FSI}Geneva{PDI}", True),
        (f"عن {RLI}Geneva{PDI}", False),
        (f"عن {LRI}Geneva", False),
        (f"عن{PDI}", False),
        (f"{LRI}on {RLI}جنيف{PDI}{PDI}", True),
        (f"{LRI}on جنيف{PDI}", False),
    ],
)
def test_08_finds(text: str, sound: bool) -> None:
    assert (not list(rules.plain_faults(text, "rtl"))) is sound
    places = [
        _page("", title=text),
        _page("", head=f'<meta name="description" content="{text}">'),
        _page(f'<img src="x" alt="{text}">'),
        _page(f'<p title="{text}"></p>'),
        _page(f'<nav aria-label="{text}"></nav>'),
    ]
    assert all((not list(rules.unmarked_strings(page))) is sound for page in places)


def test_09_titles_begin_with_a_mark_where_they_need_one(sites: list[Site]) -> None:
    """A title that begins with a word of the other direction begins with a direction mark."""
    _pages(sites, rules.unmarked_title)
    marked = [page.root.attrs["lang"] for site in sites for page in site.pages if page.title.startswith((RLM, LRM))]
    assert {"ar", "en"} <= set(marked), "no test site has such titles"


def test_09_finds() -> None:
    assert list(rules.unmarked_title(_page("", title="BBC: تقرير")))
    assert list(rules.unmarked_title(_page("", title=f"{LRM}BBC: تقرير")))
    assert list(rules.unmarked_title(_page("", lang="en", title="هدنة: a word")))
    assert not list(rules.unmarked_title(_page("", title=f"{RLM}BBC: تقرير")))


def test_10_no_embeddings_and_overrides(sites: list[Site]) -> None:
    """The older controls are nowhere."""
    _none(f"{site.name}/{path}: {fault}" for site, path, text in _written(sites) for fault in rules.forced_order(text))
    assert list(rules.forced_order("a\n\u202bb\u202c"))


def test_11_no_presentation_forms(sites: list[Site]) -> None:
    """No letter is drawn in a fixed form; signs that an editor wrote stay."""
    sign = "\ufdfa"
    authored = {site.name: sign if site.name == "mixed-directions" else "" for site in sites}
    _none(
        f"{site.name}/{path}: {fault}"
        for site, path, text in _written(sites)
        for fault in rules.presentation_forms(text, authored[site.name])
    )
    assert any(sign in text for site, _, text in _written(sites) if authored[site.name])
    assert list(rules.presentation_forms("\ufee3", "\ufee3"))
    assert list(rules.presentation_forms(sign))


def test_12_attributes_are_in_the_language_of_their_element(sites: list[Site]) -> None:
    """What an attribute says is in the language that its element states."""
    _pages(sites, rules.foreign_attributes)


def test_12_finds() -> None:
    assert list(rules.foreign_attributes(_page('<a lang="en" title="العربية">English</a>')))
    assert list(rules.foreign_attributes(_page('<img src="x" alt="A map of Geneva">')))
    assert not list(rules.foreign_attributes(_page('<p title="عنوان"><a lang="en">English</a></p>')))


def test_13_links_to_another_language_say_so(sites: list[Site]) -> None:
    """They carry hreflang, and a switch the language's own name in its own language."""
    _pages(sites, rules.unnamed_switches)


@pytest.mark.parametrize(
    "link",
    [
        '<a href="../../en/x/index.html" lang="en">English</a>',
        '<a href="../../en/x/index.html" hreflang="en">English</a>',
        '<a href="../../en/x/index.html" lang="en" hreflang="en">الإنجليزية</a>',
    ],
)
def test_13_finds(link: str) -> None:
    assert list(rules.unnamed_switches(_page(f'<ul class="switches"><li>{link}</li></ul>')))


def test_14_the_switch_is_plain_and_leads_to_the_same_record(sites: list[Site]) -> None:
    """With two languages, one visible link near the top."""
    for site in sites:
        found = (
            (page, fault) for page in site.pages for fault in rules.hidden_switch(page, site.languages, site.files)
        )
        _none(f"{site.name}/{page.path}: {fault}" for page, fault in found)


@pytest.mark.parametrize(
    "body",
    [
        '<main></main><a href="../../en/x/index.html">English</a>',
        '<details><a href="../../en/x/index.html">English</a></details><main></main>',
        '<p hidden><a href="../../en/x/index.html">English</a></p><main></main>',
        '<a href="../../en/index.html">English</a><main></main>',
    ],
)
def test_14_finds(body: str) -> None:
    assert list(rules.hidden_switch(_page(body), ["ar", "en"], {"en/x/index.html"}))


def test_15_code_and_addresses_run_from_left_to_right(sites: list[Site]) -> None:
    """Code, addresses, file names and identifiers are isolated on right-to-left pages."""
    _pages(sites, rules.unisolated_code)


@pytest.mark.parametrize(
    "body", ["<p><code>a.b</code></p>", "<pre>x</pre>", "<p>https://a.org/ب</p>", "<p>a@b.org</p>", "<p>report.pdf</p>"]
)
def test_15_finds(body: str) -> None:
    assert list(rules.unisolated_code(_page(body)))


# --- Arabic typography -----------------------------------------------------------------------------------------------


def test_16_arabic_letters_are_neither_spaced_nor_faded_nor_slanted(sites: list[Site]) -> None:
    """Letter-spacing and translucent colours tear joined letters apart; Arabic has no italics."""
    _sheets(sites, css.torn_letters)
    _sheets(sites, css.slanted)


def test_18_digits_are_those_of_the_setting(sites: list[Site]) -> None:
    """In dates, counts and headings one set of digits, with its own signs."""
    _pages(sites, rules.mixed_digits)
    counts = {page.numerals: page.root for site in sites for page in site.pages if site.name == "three-languages"}
    assert set(counts) == {"latn", "arab", "arabext"}


@pytest.mark.parametrize(
    ("text", "numerals"),
    [("٣ سجلات", "latn"), ("3 سجلات", "arab"), ("٣.٥", "arab"), ("٣,٥", "arab"), ("٣%", "arab"), ("٣", "arabext")],
)
def test_18_finds(text: str, numerals: str) -> None:
    assert list(rules.mixed_digits(_page(f"<p>{text}</p>", numerals=numerals)))


def test_19_arabic_words_stay_whole(sites: list[Site]) -> None:
    """No hyphenation, and no element of its own for a letter of a word."""
    _sheets(sites, css.hyphenated)
    _pages(sites, rules.split_words)


def test_19_finds() -> None:
    assert list(rules.split_words(_page("<p><span>س</span><span>ل</span></p>")))
    assert list(rules.split_words(_page("<p>سل\u00adام</p>")))


@pytest.mark.parametrize(
    ("rule", "sheet"),
    [
        (css.stated_direction, "p { direction: rtl }"),
        (css.stated_direction, "@media print { p { unicode-bidi: isolate } }"),
        (css.physical_sides, "p { margin-left: 1px }"),
        (css.physical_sides, "p { LEFT: 0 }"),
        (css.physical_sides, "p { text-align: right }"),
        (css.physical_sides, "p { float: left }"),
        (css.physical_sides, "p { padding: 0 1px 0 2px }"),
        (css.physical_sides, "p { border-top-left-radius: 1px }"),
        (css.physical_sides, "p { border-radius: 1px 2px }"),
        (css.physical_sides, "p { & em { background: linear-gradient(to right, red, blue) } }"),
        (css.torn_letters, "h1 { letter-spacing: 0.1em }"),
        (css.torn_letters, ".x:lang(ar) { letter-spacing: 1px }"),
        (css.torn_letters, "p { opacity: .8 }"),
        (css.torn_letters, "p { color: rgb(0 0 0 / 50%) }"),
        (css.torn_letters, ":root { --ink: #1234 }"),
        (css.slanted, "em { font-style: italic }"),
        (css.hyphenated, "p { hyphens: auto }"),
    ],
)
def test_02_03_16_19_find(rule: SheetRule, sheet: str) -> None:
    assert list(rule(sheet))
    assert not list(
        rule("p:lang(en) { letter-spacing: 1px; hyphens: auto } p { margin-inline: 1px 2px; color: #123456 }")
    )


# --- Translations ----------------------------------------------------------------------------------------------------


def _heads(site: Site) -> dict[str, heads.Head]:
    return heads.heads(site.pages, site.base_url)


def test_20_alternates_are_complete_and_reciprocal(sites: list[Site]) -> None:
    """Each page lists itself and all its variants, all of which exist and list the same."""
    for site in sites:
        _none(heads.incomplete_alternates(_heads(site)))
        _none(heads.missing_alternates(site, _heads(site)))


def test_20_finds() -> None:
    def known(**alternates: str) -> dict[str, heads.Head]:
        return {
            "u/a": heads.Head("u/a", "u/a", alternates),
            "u/b": heads.Head("u/b", "u/b", {"ar": "u/a", "en": "u/b"}),
        }

    assert not list(heads.incomplete_alternates(known(ar="u/a", en="u/b")))
    assert list(heads.incomplete_alternates(known(ar="u/a")))
    assert list(heads.incomplete_alternates(known(en="u/b")))
    assert list(heads.incomplete_alternates(known(ar="u/a", en="u/b", fr="u/c")))


def test_21_stand_ins_are_no_alternates(sites: list[Site]) -> None:
    """A page that shows another language's text is listed nowhere; x-default exists."""
    for site in sites:
        _none(heads.listed_stand_ins(site, _heads(site)))
        targets = [found.alternates["x-default"] for found in _heads(site).values() if found.alternates]
        assert set(targets) <= _heads(site).keys()
    assert any(heads.stand_ins(site) for site in sites)


def test_21_finds(site: Callable[[str], Site]) -> None:
    found = site("one-language-articles")
    known = _heads(found)
    stand_in = known["https://example.org/en/articles/arabic-alone/"]
    other = known["https://example.org/ar/articles/arabic-alone/"]
    wrong = {
        stand_in.url: stand_in._replace(canonical=stand_in.url),
        other.url: other._replace(alternates={"en": stand_in.url}),
    }
    assert len(list(heads.listed_stand_ins(found, known | wrong))) == 2


def test_22_canonical_addresses(sites: list[Site]) -> None:
    """A page is its own canonical page, or names the page of the same text."""
    for site in sites:
        _none(heads.foreign_canonicals(site, _heads(site)))


def test_22_finds(site: Callable[[str], Site]) -> None:
    found = site("one-language-articles")
    known = _heads(found)
    url = "https://example.org/en/articles/both-languages/"
    wrong = {url: known[url]._replace(canonical="https://example.org/en/")}
    assert list(heads.foreign_canonicals(found, known | wrong))


def test_23_stand_ins_say_so(sites: list[Site]) -> None:
    """A notice in the reader's language, and the text marked with its own."""
    count = 0
    for site in sites:
        for page in heads.stand_ins(site):
            words = str(site.labels[page.language].entries["fallback-notice"]).partition("{")[0].strip()
            assert len(words) > 5
            _none(f"{site.name}/{page.path}: {fault}" for fault in heads.silent_stand_in(page, words))
            count += 1
    assert count > 5


@pytest.mark.parametrize(
    "body",
    [
        '<div class="prose" lang="en" dir="ltr">text</div>',
        '<p>ليس بالعربية</p><div class="prose">text</div>',
        '<p>ليس بالعربية</p><div class="prose" lang="en">text</div>',
        '<p lang="en" dir="ltr">ليس بالعربية</p><div class="prose" lang="en" dir="ltr">text</div>',
    ],
)
def test_23_finds(body: str) -> None:
    assert list(heads.silent_stand_in(_page(body), "ليس بالعربية"))
    sound = '<p>ليس بالعربية</p><div class="prose" lang="en" dir="ltr">text</div>'
    assert not list(heads.silent_stand_in(_page(sound), "ليس بالعربية"))


def test_23_without_fallback_there_are_no_stand_ins(site: Callable[[str], Site]) -> None:
    assert not heads.stand_ins(site(WITHOUT_FALLBACK))
    assert heads.stand_ins(site("one-language-articles"))


# --- Localization ----------------------------------------------------------------------------------------------------

LABELS = sorted([*(ROOT / "templates" / "labels").glob("*.yaml"), *SITES.glob("*/templates/labels/*.yaml")])
#: The CLDR plural categories of some numbers.
PLURALS = {
    "ar": {0: "zero", 1: "one", 2: "two", 3: "few", 11: "many", 100: "other", 103: "few", 111: "many"},
    "en": {0: "other", 1: "one", 2: "other", 11: "other"},
    "fa": {0: "one", 1: "one", 2: "other"},
    "fr": {0: "one", 1: "one", 2: "other", 1_000_000: "many"},
    "he": {0: "other", 1: "one", 2: "two", 3: "other"},
    "ru": {0: "many", 1: "one", 2: "few", 5: "many", 21: "one", 111: "many"},
}


def _entries(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text("utf-8")))


@pytest.mark.parametrize("path", LABELS, ids=lambda path: path.stem)
def test_24_counted_messages_have_every_plural(path: Path) -> None:
    """Each message with a number has the forms that its language needs, and takes the right one."""
    code = path.stem
    counted = {key: entry for key, entry in _entries(path).items() if isinstance(entry, dict)}
    assert counted
    labels, _ = load_labels([path.parent], [code])
    for key, forms in counted.items():
        assert forms.keys() >= set(PLURALS[code].values())
        for number, category in PLURALS[code].items():
            assert labels[code].plural(key, number) == forms[category].replace("{n}", str(number))


@pytest.mark.parametrize("path", LABELS, ids=lambda path: path.stem)
def test_25_messages_have_the_placeholders_of_their_source(path: Path) -> None:
    """A translation has the placeholders of the English message; 0, 1 and 2 may be said in words."""
    own, source = _entries(path), _entries(ROOT / "templates" / "labels" / "en.yaml")
    assert own.keys() == source.keys()
    for key, entry in own.items():
        wanted = _placeholders(source[key]["other"] if isinstance(source[key], dict) else source[key])
        for form, text in entry.items() if isinstance(entry, dict) else [("", entry)]:
            spared = {"n"} if form in ("zero", "one", "two") else set()
            assert wanted - spared <= _placeholders(text) <= wanted, f"{key} {form}"


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


_MONTHS = {
    ("ar", "gregorian"): "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    ("ar", "levantine"): "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
    ("en", "gregorian"): "January February March April May June July August September October November December",
}
MONTHS = {key: [name.replace("_", " ") for name in row.split()] for key, row in _MONTHS.items()}
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def _misdated(page: Page, months: str) -> Iterator[str]:
    """Dates whose words are not those of the machine's value, as far as they can be told."""
    style = "levantine" if months == "levantine" else "gregorian"
    for time in page.body.all("time"):
        machine, text = time.attrs.get("datetime", ""), time.text.translate(_DIGITS)
        if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", machine) or not machine.isascii():
            yield f"datetime “{machine}”"
            continue
        year, month, day = (*(int(part) for part in machine.split("-")), 0, 0)[:3]
        numbers = [int(number) for number in re.findall(r"\d+", text)]
        names = MONTHS.get((time.lang, style))
        name = names[month - 1] if names and month else ""
        both = MONTHS["ar", "levantine"][month - 1] if months == "both" and month and time.lang == "ar" else ""
        if year not in numbers or (day and day not in numbers) or name not in text or both not in text:
            yield f"“{time.text}” for {machine}"


def test_26_dates_follow_the_locale(sites: list[Site]) -> None:
    """Month names are those of the region; the machine's value stands beside."""
    september = PartialDate(2016, 9)
    named = {locale: format_date(september, locale, "latn") for locale in ("ar", "ar-SY", "ar-MA")}
    assert named == {"ar": "سبتمبر 2016", "ar-SY": "أيلول 2016", "ar-MA": "شتنبر 2016"}
    for site in sites:
        months = site.settings.get("months", {})
        _none(
            f"{site.name}/{page.path}: {fault}"
            for page in site.pages
            for fault in _misdated(page, months.get(page.language, ""))
        )
    assert sum(len(page.root.all("time")) for site in sites for page in site.pages) > 100


def test_26_finds() -> None:
    assert list(_misdated(_page('<time datetime="2016-09-22">22 أيلول 2016</time>'), "gregorian"))
    assert list(_misdated(_page('<time datetime="2016-09-22">22 سبتمبر 2016</time>'), "both"))
    assert list(_misdated(_page('<time datetime="2016-09-22">سبتمبر 2016</time>'), ""))
    assert list(_misdated(_page("<time>سبتمبر 2016</time>"), ""))
    assert not list(_misdated(_page('<time datetime="2016-09-22">22 سبتمبر/أيلول 2016</time>'), "both"))


def test_27_hijri_dates_name_their_calendar_and_stand_beside(site: Callable[[str], Site]) -> None:
    """Where the site asks for them; never instead of the Gregorian date, and only for whole days."""
    found = site("arabic-digits-levantine-months-hijri")
    page = found.by_path["ar/articles/new-york/index.html"]
    dated = [element.text for element in page.body.all("p") if "٢١ ذو الحجة ١٤٣٧ هـ" in element.text]
    assert len(dated) == 1
    assert "٢٢ أيلول ٢٠١٦" in dated[0]
    assert "أم القرى" in dated[0]
    for path in ("ar/articles/geneva/index.html", "ar/articles/munich/index.html", "en/articles/new-york/index.html"):
        assert not re.search(r"هـ|أم القرى|\bAH\b", found.by_path[path].body.text)


def test_28_indexes_follow_the_alphabet(sites: list[Site]) -> None:
    """Sorted as the language does, Arabic without the article and with all forms of alef as one."""
    seen = 0
    for site in sites:
        for page in site.pages:
            parts = page.path.split("/")
            if page.template != "index.html" or page.language not in indexes.ALPHABETS:
                continue
            found = indexes.groups(page.body)
            assert found, page.path
            seen += len(found)
            _none(f"{site.name}/{page.path}: {fault}" for fault in indexes.misplaced(found, page.language))
            offered = [
                item.text.strip() for nav in page.body.all("nav") if "letters" in nav.classes for item in nav.all("li")
            ]
            assert "".join(offered).strip("#") == indexes.ALPHABETS[parts[0]], page.path
    assert seen > 50


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ([("ب", ["باء"]), ("ا", ["ألف"])], "ar"),
        ([("ا", ["آسيا", "أحمد"])], "ar"),
        ([("ا", ["الحرة"])], "ar"),
        ([("ا", ["ألف"]), ("أ", ["أب"])], "ar"),
        ([("K", ["Lavrov"])], "en"),
        ([("K", ["Kirby", "Kerry"])], "en"),
        ([("#", ["Kerry"])], "en"),
    ],
)
def test_28_finds(found: list[tuple[str, list[str]]], code: str) -> None:
    assert list(indexes.misplaced(found, code))
    assert not list(indexes.misplaced([("ا", ["إبراهيم", "ابن سينا", "أحمد", "آسيا"]), ("ح", ["الحرة"])], "ar"))


# --- Sitemap, accessibility, delivery --------------------------------------------------------------------------------


def test_35_the_sitemap_says_what_the_pages_say(sites: list[Site]) -> None:
    """The same pages with the same alternates."""
    for site in sites:
        _none(heads.different_sitemap(site.text("sitemap.xml"), _heads(site)))


def test_35_finds(site: Callable[[str], Site]) -> None:
    found = site("english-only")
    known = _heads(found)
    assert list(heads.different_sitemap(found.text("sitemap.xml"), known | {"u": heads.Head("u", "u", {"en": "u"})}))
    assert list(heads.different_sitemap(found.text("sitemap.xml"), dict(list(known.items())[3:])))


def test_36_passages_in_other_languages_are_marked(sites: list[Site]) -> None:
    """Words in other letters than the language's own have a language or at least an element of their own."""
    _pages(sites, rules.unnamed_passages)


def test_36_headings_nest(sites: list[Site]) -> None:
    """One first heading, and none skips a level."""
    _pages(sites, rules.disordered_headings)


def test_36_links_say_where_they_lead(sites: list[Site]) -> None:
    """Without what is around them, and one text to one place."""
    _pages(sites, rules.vague_links)


def test_36_finds() -> None:
    assert list(rules.unnamed_passages(_page("<p>في Geneva</p>")))
    assert list(rules.unnamed_passages(_page('<p><bdi lang="ar" dir="ltr">Geneva</bdi></p>')))
    assert not list(
        rules.unnamed_passages(_page('<p><bdi dir="ltr">Q42</bdi> <bdi lang="en" dir="ltr">Geneva</bdi></p>'))
    )
    assert list(rules.disordered_headings(_page("<h1>ا</h1><h3>ب</h3>")))
    assert list(rules.disordered_headings(_page("<h1>ا</h1><h1>ب</h1>")))
    assert list(rules.disordered_headings(_page("<h2>ا</h2>")))
    assert list(rules.vague_links(_page('<a href="a">هنا</a>')))
    assert list(rules.vague_links(_page('<a href="a"></a>')))
    assert list(rules.vague_links(_page('<a href="a">كيري</a><a href="b">كيري</a>')))


def test_37_a_skip_link_comes_first(sites: list[Site]) -> None:
    """The first thing that takes focus leads to the content."""
    _pages(sites, rules.late_skip_link)


def test_37_finds() -> None:
    assert list(rules.late_skip_link(_page('<a href="x">ا</a><a href="#c">ب</a><main id="c"></main>')))
    assert list(rules.late_skip_link(_page('<a href="#c">ب</a><main></main>')))
    assert list(rules.late_skip_link(_page("<main></main>")))


def test_39_nothing_is_scripted_in_the_page(sites: list[Site]) -> None:
    """No inline script, style or handler, and a policy that keeps it so."""
    _pages(sites, rules.scripted)


@pytest.mark.parametrize(
    "body",
    [
        "<style>p{}</style>",
        "<script>1</script>",
        '<p style="color:red">',
        '<p onclick="x()">',
        '<a href="javascript:x()">ا</a>',
    ],
)
def test_39_finds(body: str) -> None:
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
    assert list(rules.scripted(_page(body, head=policy)))
    assert list(rules.scripted(_page("")))
    assert list(rules.scripted(_page("", head=policy.replace("'none'", "'none'; script-src 'unsafe-inline'"))))
    assert not list(rules.scripted(_page("", head=policy)))


HEAVIEST = 30_000


#: Of any page: its own bytes as they are, and the files that it asks for besides fonts and the editors' pictures.
LARGEST = 40_000
MOST_FILES = 7


def _needed(page: Page) -> list[str]:
    """The files that a page asks for, without fonts and the editors' pictures."""
    needed = [element.attrs["src"] for element in page.root.all("script")]
    needed += [link.attrs["href"] for link in page.root.all("link") if link.attrs["rel"] in ("stylesheet", "icon")]
    return [address for address in needed if not address.startswith("data:")]


def _weight(site: Site, page: Page) -> int:
    """The bytes that a page needs over the wire, compressed, without fonts and the editors' pictures."""
    files = [site.output / rules.resolve(address, page.path) for address in _needed(page)]
    return sum(len(gzip.compress(data)) for data in [page.html.encode(), *(path.read_bytes() for path in files)])


def test_40_records_are_light(sites: list[Site]) -> None:
    """A record with all that it loads but fonts and pictures fits into thirty kilobytes."""
    records = [(site, page) for site in sites for page in site.pages if page.template == "article.html"]
    assert records
    _none(
        f"{site.name}/{page.path}: {weight} bytes"
        for site, page in records
        if (weight := _weight(site, page)) > HEAVIEST
    )


def test_40_pages_are_small_and_ask_for_little(sites: list[Site]) -> None:
    """Lists too, however much they tell of; tests/unit/test_parts.py has those of large archives."""
    _none(
        f"{site.name}/{page.path}: {len(page.html.encode())} bytes, {len(_needed(page))} files"
        for site in sites
        for page in site.pages
        if len(page.html.encode()) > LARGEST or len(_needed(page)) > MOST_FILES
    )
