"""The search box with its panel, and the search page, as a reader meets them; what is found is made up here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.test_accessibility import axe as axe  # the fixture
from tests.site.built import Site

if TYPE_CHECKING:
    from tests.browser.conftest import Browser

PAGE = "{}/{}/articles/kerry-lavrov-geneva-2016/index.html"
SEARCH = "{}/{}/search/index.html"
BASES = ["", "/repo"]
LANGUAGES = ["ar", "en"]
WIDTHS = [360, 1280]
DIRECTIONS = {"ar": "rtl", "en": "ltr"}

#: Answers as the engine gives them, by what is asked; `fails` is the code of an error, `after` milliseconds of waiting.
_ENGINE = """
(() => {
  const answers = %s;
  const asked = [];
  const search = async (text, options) => {
    asked.push([text, options]);
    const {fails, after, ...answer} = answers[text] ?? answers[""];
    if (after) await new Promise((done) => setTimeout(done, after));
    if (fails) throw Object.assign(new Error(fails), {code: fails});
    const {limit = 10, offset = 0} = options;
    const head = offset ? [] : answer.answers;
    const from = Math.max(0, offset - answer.answers.length);
    const results = answer.results.slice(from, from + limit - head.length);
    return {text, corrected: [], correctedText: "", relaxed: false, ...answer, answers: head, results};
  };
  const engine = {search, query: search, load: async () => {}, asked, answers};
  Object.defineProperty(window, "siteSearch", {get: () => engine, set: () => {}});
})();
"""
_TITLES = {"ar": "كيري في جنيف", "en": "Kerry in Geneva"}
_TEXTS = {"ar": ["قال ", "كيري", " إن <b>الهدنة</b> بدأت"], "en": ["Mr ", "Kerry", " said the <b>truce</b> had begun"]}


def result(kind: str, number: int, code: str, *only: str, **more: Any) -> dict[str, Any]:
    """A record as found from the interface in the language `code`; its texts are in `only`, or in both languages."""
    shown = code if code in (only or LANGUAGES) else only[0]

    def version(own: str) -> dict[str, str]:
        url = f"../people/john-kerry/index.html?{kind}-{number}-{own}"
        return {"lang": own, "dir": DIRECTIONS[own], "title": f"{_TITLES[own]} {number} <i>", "url": url}

    before, hit, after = _TEXTS[shown]
    return {
        "kind": kind,
        "id": f"{kind}-{number}",
        "score": 1 / number,
        "languages": list(only) or LANGUAGES,
        **version(shown),
        "others": [version(own) for own in (only or LANGUAGES) if own != shown],
        "date": "2016-09-09" if kind in ("article", "event") else "",
        "dateText": "9/9/2016" if kind in ("article", "event") else "",
        "description": {"text": before + hit + after, "lang": shown, "dir": DIRECTIONS[shown]},
        "articles": 0 if kind == "article" else 4,
        "excerpt": {
            "lang": shown,
            "dir": DIRECTIONS[shown],
            "before": True,
            "after": True,
            "pieces": [{"text": before, "hit": False}, {"text": hit, "hit": True}, {"text": after, "hit": False}],
        },
        **more,
    }


def answer(*results: dict[str, Any], total: int | None = None, **more: Any) -> dict[str, Any]:
    answers = more.get("answers", [])
    facets = {
        "kind": [{"value": "article", "count": 9}, {"value": "event", "count": 2}],
        "language": [{"value": "ar", "count": 9}, {"value": "en", "count": 8}],
        "year": [{"value": "2019", "count": 1}, {"value": "2016", "count": 10}],
        "topic": [
            {"value": "ceasefire", "names": {"ar": "وقف إطلاق النار", "en": "Ceasefire"}, "count": 5},
            {"value": "aid", "names": {"ar": "المساعدات", "en": "Aid"}, "count": 2},
        ],
        "person": [{"value": "john-kerry", "names": {"ar": "جون كيري", "en": "John Kerry"}, "count": 4}],
    }
    counted = total if total is not None else len(answers) + len(results)
    return {"total": counted, "answers": [], "results": list(results), "facets": facets, **more}


def found(code: str) -> dict[str, Any]:
    """What one person's name finds: the person, then articles and an event."""
    articles = [result("article", number, code) for number in (1, 2)]
    elsewhere = [result("article", 3, code, "en"), result("article", 4, code, "ar")]
    more = [result("article", number, code) for number in range(5, 15)]
    events = [result("event", 1, code)]
    return answer(*articles, *events, *elsewhere, *more, answers=[result("person", 1, code)])


Engine = Callable[..., None]


@pytest.fixture
def engine(browser: Browser) -> Iterator[Engine]:
    """A function that puts answers of our own in the place of the engine's, on every page that is opened later."""
    made = []

    def put(answers: dict[str, Any]) -> None:
        source = _ENGINE % json.dumps({"": answer(), **answers})
        made.append(browser.cdp("Page.addScriptToEvaluateOnNewDocument", source=source)["identifier"])

    yield put
    for identifier in made:
        browser.cdp("Page.removeScriptToEvaluateOnNewDocument", identifier=identifier)


FIELD = "document.querySelector('form[role=search] input')"
PANEL = "document.querySelector('.panel')"
OPTIONS = "[...document.querySelectorAll('.panel [role=option]')]"
OPEN = f"({PANEL} && !{PANEL}.hidden && {FIELD}.getAttribute('aria-expanded') == 'true')"
CHOSEN = "document.querySelector('.panel [aria-selected=true]')"
SPOKEN = "document.querySelector('.finder [role=status]')?.textContent"
RESULTS = "[...document.querySelectorAll('.found li h3 a')]"


def opened(browser: Browser, path: str, text: str) -> None:
    """A page with the panel open below the box."""
    browser.open(path)
    browser.press("/")
    browser.write(text)
    browser.until(OPEN)


# --- The box ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_of_search_is_fetched_before_it_is_wanted(browser: Browser, base: str, code: str) -> None:
    browser.open(PAGE.format(base, code))
    assert not [url for url in browser.requests() if "search" in url]
    browser.run(f"{FIELD}.focus()")
    browser.until("window.siteSearch && window.siteSearchWords && document.querySelector('.panel')")
    here = f"{browser.server}{base}"
    fetched = {url for url in browser.requests() if "search" in url}
    assert {f"{here}/assets/search/interface.js", f"{here}/{code}/search/words.js"} <= fetched
    assert not browser.console()


@pytest.mark.parametrize("page", [PAGE, SEARCH])
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    ("key", "place", "control"),
    [("/", "Slash", False), ("ظ", "Slash", False), ("k", "KeyK", True), ("ن", "KeyK", True), ("K", "KeyK", True)],
)
def test_keys_lead_to_the_box(browser: Browser, page: str, code: str, key: str, place: str, control: bool) -> None:
    """On an Arabic keyboard too; in a field the same keys write."""
    browser.open(page.format("/repo", code))
    browser.press(key, place, control=control)
    assert browser.run(f"return document.activeElement == {FIELD} && {FIELD}.value == ''")
    if not control:
        browser.press(key, place)
        assert browser.run(f"return {FIELD}.value") == key


def test_other_keys_do_not(browser: Browser) -> None:
    browser.open(PAGE.format("/repo", "en"))
    for key, place, control in (("-", "Slash", False), ("/", "Slash", True), ("k", "KeyK", False)):
        browser.press(key, place, control=control)
        assert browser.run(f"return document.activeElement != {FIELD}"), key


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_without_scripts_the_box_leads_to_what_can_be_browsed(browser: Browser, base: str, code: str) -> None:
    browser.cdp("Emulation.setScriptExecutionDisabled", value=True)
    browser.driver.get(browser.server + PAGE.format(base, code))
    field = browser.driver.find_element("css selector", "input[type=search]")
    field.send_keys("truce")
    field.submit()
    assert browser.driver.current_url == f"{browser.server}{SEARCH.format(base, code)}?q=truce"
    notice = browser.driver.find_element("css selector", "noscript .notice")
    assert notice.is_displayed()
    links = browser.driver.find_elements("css selector", ".browse a")
    assert len(links) >= 8
    assert all(link.is_displayed() for link in links)
    assert not browser.driver.find_element("css selector", ".filters").is_displayed()


# --- The panel -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_panel_shows_what_is_found(browser: Browser, engine: Engine, base: str, code: str, width: int) -> None:
    """The record that is named first, then groups by kind, then the way to all results."""
    engine({"kerry": found(code)})
    browser.look(width)
    opened(browser, PAGE.format(base, code), "kerry")
    options = browser.run(f"return {OPTIONS}.map(e => [e.className, e.innerText, e.getAttribute('href')])")
    assert [option[0] for option in options] == ["answer", *[""] * 7, "way"]
    assert _TITLES[code] in options[0][1]
    assert options[-1][2] == f"{browser.server}{SEARCH.format(base, code)}?q=kerry"
    groups = browser.run(
        "return [...document.querySelectorAll('.panel [role=group]')]"
        ".map(e => [document.getElementById(e.getAttribute('aria-labelledby')).textContent, e.children.length - 1])"
    )
    names = {"ar": ["السجلات", "الأحداث"], "en": ["Records", "Events"]}[code]
    assert groups == [[names[0], 6], [names[1], 1]]
    assert browser.run("return window.siteSearch.asked[0][1].typing")
    assert not browser.console()


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_panel_by_keyboard(browser: Browser, engine: Engine, code: str, width: int) -> None:
    """Arrows choose, Home and End stay with the field, Enter opens what is chosen (combobox pattern of the APG)."""
    engine({"kerry": found(code)})
    browser.look(width)
    opened(browser, PAGE.format("/repo", code), "kerry")
    at = f"{OPTIONS}.indexOf({CHOSEN})"
    assert browser.run(f"return {at}") == -1
    places = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown"):
        browser.press(key)
        places.append(browser.run(f"return {at}"))
        assert browser.run(f"return {FIELD}.getAttribute('aria-activedescendant') == {CHOSEN}.id")
        assert browser.run(f"return document.activeElement == {FIELD}")
        assert browser.run(
            f"return (([a, b]) => a.top >= b.top && a.bottom <= b.bottom)"
            f"([{CHOSEN}, {PANEL}].map(e => e.getBoundingClientRect()))"
        )
    assert places == [0, 1, 0, 8, 0]
    browser.press("Home")
    assert browser.run(f"return {FIELD}.selectionStart") == 0
    browser.press("End")
    assert browser.run(f"return {FIELD}.selectionStart") == 5
    assert browser.run(f"return {at}") == 0
    browser.press("ArrowDown")
    browser.press("Enter")
    browser.until(f"location.search == '?article-1-{code}'")


@pytest.mark.parametrize("code", LANGUAGES)
def test_enter_alone_leads_to_all_results(browser: Browser, engine: Engine, code: str) -> None:
    engine({"kerry": found(code)})
    opened(browser, PAGE.format("/repo", code), "kerry")
    browser.press("Enter")
    browser.until(f"{RESULTS}.length")
    assert browser.driver.current_url == f"{browser.server}{SEARCH.format('/repo', code)}?q=kerry"


@pytest.mark.parametrize("width", WIDTHS)
def test_escape_gives_the_focus_back(browser: Browser, engine: Engine, width: int) -> None:
    engine({"kerry": found("en")})
    browser.look(width)
    browser.open(PAGE.format("/repo", "en"))
    browser.run("document.querySelector('.prose a').focus()")
    browser.press("/")
    browser.write("kerry")
    browser.until(OPEN)
    browser.press("ArrowDown")
    browser.press("Escape")
    assert browser.run(f"return {PANEL}.hidden && {FIELD}.getAttribute('aria-expanded') == 'false'")
    assert browser.run("return document.activeElement == document.querySelector('.prose a')")
    assert browser.run(f"return {FIELD}.value") == "kerry"
    assert not browser.run(f"return {FIELD}.hasAttribute('aria-activedescendant')")
    browser.press("/")
    browser.press("ArrowDown")
    browser.until(OPEN)


def test_the_panel_closes_when_it_is_left(browser: Browser, engine: Engine) -> None:
    engine({"kerry": found("en")})
    opened(browser, PAGE.format("/repo", "en"), "kerry")
    browser.press("Tab")
    browser.press("Tab")
    assert browser.run(f"return {PANEL}.hidden && !{FIELD}.closest('form').contains(document.activeElement)")
    opened(browser, PAGE.format("/repo", "en"), "kerry")
    for kind in ("mousePressed", "mouseReleased"):
        browser.cdp("Input.dispatchMouseEvent", type=kind, x=20, y=700, button="left", clickCount=1)
    assert browser.run(f"return {PANEL}.hidden")


COUNTS = {
    "ar": {0: "لا نتائج", 1: "نتيجة واحدة", 2: "نتيجتان", 3: "3 نتائج", 11: "11 نتيجة", 100: "100 نتيجة"},
    "en": {0: "0 results", 1: "1 result", 2: "2 results", 3: "3 results", 11: "11 results", 100: "100 results"},
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_counts_are_announced(browser: Browser, engine: Engine, code: str) -> None:
    """In the plural form for the number; Arabic has six."""
    counts = COUNTS[code]
    engine({f"n{n}": answer(*[result("article", 1, code)][:n], total=n) for n in counts})
    browser.open(PAGE.format("/repo", code))
    browser.press("/")
    for n, wanted in counts.items():
        browser.run(f"{FIELD}.value = ''")
        browser.write(f"n{n}")
        browser.until(f"{SPOKEN} == {json.dumps(wanted)}")
    assert browser.run("return document.querySelector('.finder [role=status]').checkVisibility()")


def test_numbers_have_the_digits_of_the_site(browser: Browser, engine: Engine) -> None:
    engine({"n": answer(result("article", 1, "ar"), total=1234)})
    browser.open("/arabic-digits-levantine-months-hijri/ar/search/index.html?q=n")
    browser.until(f"{RESULTS}.length")
    assert "١٬٢٣٤" in browser.run("return document.querySelector('.tally').textContent")
    assert "٢٠١٦ (١٠)" in browser.run("return document.querySelector('#search-year').textContent").replace(
        "\u2068", ""
    ).replace("\u2069", "")


def test_late_answers_are_dropped(browser: Browser, engine: Engine) -> None:
    slow, quick = answer(result("event", 1, "en")), answer(result("article", 2, "en"))
    engine({"ke": {**slow, "after": 900}, "kerry": quick})
    browser.open(PAGE.format("/repo", "en"))
    browser.press("/")
    browser.until(PANEL)
    browser.write("ke")
    browser.until("window.siteSearch.asked.length == 1")
    browser.write("rry")
    browser.until(f"{OPTIONS}.length == 2")
    browser.run("return new Promise(done => setTimeout(done, 1200))")
    assert "article-2" in browser.run(f"return {OPTIONS}[0].href")


@pytest.mark.parametrize("code", LANGUAGES)
def test_waiting_is_told(browser: Browser, engine: Engine, site: Callable[[str], Site], code: str) -> None:
    engine({"kerry": {**found(code), "after": 1200}})
    said = json.dumps(site("archive").labels[code].text("search-waiting"))
    browser.open(PAGE.format("/repo", code))
    browser.press("/")
    browser.write("kerry")
    browser.until(f"{PANEL}?.innerText.trim() == {said}")
    browser.until(OPEN)
    browser.open(SEARCH.format("/repo", code) + "?q=kerry")
    browser.until(f"document.querySelector('.tally').innerText == {said}")
    browser.until(f"{RESULTS}.length")


def test_quick_typing_asks_once(browser: Browser, engine: Engine) -> None:
    engine({"kerry": found("en")})
    browser.open(PAGE.format("/repo", "en"))
    browser.press("/")
    browser.until(PANEL)
    script = f"for (const sign of 'kerry') {{ {FIELD}.value += sign; {FIELD}.dispatchEvent(new InputEvent('input')) }}"
    browser.run(script)
    browser.until(OPEN)
    assert browser.run("return window.siteSearch.asked.map(([text]) => text)") == ["kerry"]


@pytest.mark.parametrize(("code", "said"), [("ar", "هذه نتائج البحث عن truce."), ("en", "Showing results for truce.")])
def test_corrections_are_told(browser: Browser, engine: Engine, code: str, said: str) -> None:
    corrected = {"corrected": [{"from": "trucce", "to": "truce"}], "correctedText": "truce"}
    engine({"trucce": answer(result("article", 1, code), **corrected)})
    opened(browser, PAGE.format("/repo", code), "trucce")
    assert browser.run("return document.querySelector('.panel .message').textContent") == said
    browser.until(f"{SPOKEN}.endsWith({json.dumps(said)})")
    way = browser.run(f"return {OPTIONS}.at(-2).search")
    assert way == "?q=trucce&exact=1"
    browser.open(SEARCH.format("/repo", code) + "?q=trucce")
    browser.until(f"{RESULTS}.length")
    assert said in browser.run("return document.querySelector('.tally').textContent")
    browser.run("document.querySelector('.tally a').click()")
    browser.until(
        f"location.search == '?q=trucce&exact=1' && window.siteSearch?.asked?.[0]?.[1].exact && {RESULTS}.length"
    )


# --- The search page -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_search_page(browser: Browser, engine: Engine, base: str, code: str, width: int) -> None:
    """Each record once, in the reader's language first; the hit marked; every text in its language and direction."""
    engine({"kerry": found(code)})
    browser.look(width)
    browser.open(SEARCH.format(base, code) + "?q=kerry")
    browser.until(f"{RESULTS}.length == 9")
    own, other = code, LANGUAGES[code == "ar"]
    first = browser.run(
        """
        const item = document.querySelector('.found ol > li');
        const [title, excerpt, link] = ['h3 a', '.excerpt', 'ul a'].map(name => item.querySelector(name));
        return [title.innerText, title.hreflang, title.firstChild.dir, excerpt.textContent, excerpt.dir,
          excerpt.querySelector('mark').textContent, link.innerText, link.hreflang, link.firstChild.lang,
          link.firstChild.dir];
        """
    )
    text = "".join(_TEXTS[own])
    assert first[:3] == [f"{_TITLES[own]} 1 <i>", "", DIRECTIONS[own]]
    assert first[3:6] == [f"… {text} …", "", _TEXTS[own][1]]
    assert first[6:] == [f"{_TITLES[other]} 1 <i>", other, other, DIRECTIONS[other]]
    foreign = browser.run(
        """
        const link = [...document.querySelectorAll('.found h3 a')].find(e => e.hreflang);
        const excerpt = link.closest('li').querySelector('.excerpt');
        return [link.hreflang, link.firstChild.lang, link.firstChild.dir, excerpt.lang, excerpt.dir,
          link.closest('li').querySelector('.badge').textContent];
        """
    )
    assert foreign.pop() == {"ar": "باللغة الإنجليزية فقط", "en": "In Arabic only"}[code]
    assert foreign == [other, other, DIRECTIONS[other], other, DIRECTIONS[other]]
    assert browser.run("return document.querySelector('.answer h3').innerText").startswith(_TITLES[own])
    documented = {"ar": "4 سجلات", "en": "4 records"}[code]
    assert browser.run("return document.querySelector('.answer p.note').innerText") == documented
    assert not browser.run("return document.querySelector('.found :is(i, b)')"), "a text was read as markup"
    assert (
        browser.run("return document.querySelector('.tally').innerText").strip()
        == {"ar": "16 نتيجة", "en": "16 results"}[code]
    )
    assert not browser.run("return document.querySelector('.browse').checkVisibility()")
    assert browser.run("return document.title").startswith("\u2068kerry\u2069 – ")
    assert browser.run("return document.querySelector('.switches a').search") == "?q=kerry"
    assert not browser.console()


def test_more_results(browser: Browser, engine: Engine) -> None:
    engine({"kerry": found("en")})
    browser.open(SEARCH.format("/repo", "en") + "?q=kerry")
    browser.until(f"{RESULTS}.length == 9")
    browser.run("document.querySelector('.found > button').click()")
    browser.until(f"{RESULTS}.length == 15")
    assert browser.run(f"return document.activeElement == {RESULTS}[9]")
    assert len(set(browser.run(f"return {RESULTS}.map(e => e.href)"))) == 15
    assert not browser.run("return document.querySelector('.found > button')")
    browser.run(f"{RESULTS}[12].click()")
    browser.until("location.search == '?article-12-en'")
    browser.driver.back()
    browser.until(f"{RESULTS}.length == 15")


def test_the_address_holds_the_search(browser: Browser, engine: Engine) -> None:
    """Filters and words go into the address, and the way back leads through them."""
    engine({"kerry": found("en"), "truce": answer(result("article", 1, "en"))})
    browser.open(SEARCH.format("", "en") + "?q=kerry&kind=article&topic=ceasefire")
    browser.until(f"{RESULTS}.length")
    filters = (
        "return ['language', 'kind', 'year', 'topic', 'person'].map(n => document.querySelector('#search-' + n).value)"
    )
    assert browser.run(filters) == ["", "article", "", "ceasefire", ""]
    options = browser.run("return window.siteSearch.asked.at(-1)[1]")
    assert {name: options[name] for name in ("kind", "topic", "year")} == {
        "kind": "article",
        "topic": "ceasefire",
        "year": "",
    }
    script = "const e = document.querySelector('#search-year'); e.value = '2016'; e.dispatchEvent(new Event('change'))"
    browser.run(script)
    browser.until("location.search == '?q=kerry&kind=article&year=2016&topic=ceasefire'")
    browser.until("window.siteSearch.asked.at(-1)[1].year == '2016'")

    browser.run(f"{FIELD}.focus(); {FIELD}.select()")
    browser.write("tru")
    browser.until("location.search.startsWith('?q=tru&')")
    browser.write("ce")
    browser.until("location.search.startsWith('?q=truce&')")
    browser.press("Enter")
    browser.until("!history.state.typing")
    for wanted in ("q=kerry&kind=article&year=2016&topic=ceasefire", "q=kerry&kind=article&topic=ceasefire"):
        browser.driver.back()
        browser.until(f"location.search == '?{wanted}'")
        browser.until(f"{FIELD}.value == 'kerry' && {RESULTS}.length")
    assert browser.run(filters) == ["", "article", "", "ceasefire", ""]
    browser.driver.forward()
    browser.until("document.querySelector('#search-year').value == '2016'")
    browser.run("document.querySelector('.found .plain').click()")
    browser.until("location.search == '?q=kerry'")


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_found(browser: Browser, engine: Engine, code: str) -> None:
    engine({})
    browser.open(SEARCH.format("/repo", code) + "?q=zzz")
    wanted = {"ar": "لا نتائج للبحث عن zzz", "en": "Nothing found for zzz"}[code]
    browser.until(f"document.querySelector('.tally').innerText.includes({json.dumps(wanted)})")
    assert browser.run("return document.querySelector('.browse').checkVisibility()")
    assert browser.run("return document.querySelector('.found').innerText.length > 40")


@pytest.mark.parametrize("fault", ["offline", "missing", "too-large"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_failures_are_told(
    browser: Browser, engine: Engine, site: Callable[[str], Site], code: str, fault: str
) -> None:
    """On the page and in the panel, in words of the reader's, with the way to what can be browsed."""
    key = {"offline": "search-failed"}.get(fault, f"search-{fault}")
    wanted = site("archive").labels[code].text(key)
    engine({"x": {"fails": fault}})
    browser.open(SEARCH.format("/repo", code) + "?q=x")
    browser.until(f"document.querySelector('.tally').innerText == {json.dumps(wanted)}")
    assert browser.run("return document.querySelector('.browse').checkVisibility()")
    if fault == "offline":
        browser.run(
            "delete window.siteSearch.answers.x.fails; Object.assign(siteSearch.answers.x, siteSearch.answers[''])"
        )
        browser.run("document.querySelector('.found button').click()")
        browser.until("!document.querySelector('.tally .notice')")
    browser.open(PAGE.format("/repo", code))
    browser.press("/")
    browser.write("x")
    browser.until(f"{PANEL}?.innerText.trim() == {json.dumps(wanted)} && {SPOKEN} == {json.dumps(wanted)}")
    assert browser.run(f"return {FIELD}.getAttribute('aria-expanded')") == "false"


# --- Looks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", LANGUAGES)
def test_on_a_phone_the_panel_fills_the_screen(browser: Browser, engine: Engine, code: str) -> None:
    engine({"kerry": found(code)})
    for width in (320, 480):
        browser.look(width, 640)
        opened(browser, PAGE.format("/repo", code), "kerry")
        box = browser.run(f"const b = {FIELD}.form.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]")
        assert box == [0, 0, width, 640]
        left, right = browser.run(f"const b = {PANEL}.getBoundingClientRect(); return [b.left, b.right]")
        assert (left, right) == (0, width)
        assert browser.run("return document.documentElement.scrollWidth") <= width
        browser.run("document.querySelector('.finder .close').click()")
        assert browser.run(f"return {PANEL}.hidden && !document.querySelector('.finder.open')")


def test_the_panel_is_mirrored(browser: Browser, engine: Engine) -> None:
    """Panel and button end where the field ends, on the left in Arabic and on the right in English."""
    script = """return ['.finder input', '.panel', '.finder .go']
      .map(n => document.querySelector(n).getBoundingClientRect()).map(b => Math.round(b[arguments[0]]))"""
    for code, end in (("ar", "left"), ("en", "right")):
        engine({"kerry": found(code)})
        opened(browser, PAGE.format("/repo", code), "kerry")
        assert len(set(browser.run(script, end))) == 1, code
        marks = f"getComputedStyle({CHOSEN})['border' + arguments[0] + 'Width']"
        browser.press("ArrowDown")
        assert browser.run(f"return {marks}", end.title()) == "0px", code


def test_what_is_written_runs_its_own_way(browser: Browser) -> None:
    browser.open(PAGE.format("/repo", "ar"))
    browser.press("/")
    browser.until(PANEL)
    way = f"return getComputedStyle({FIELD}).direction"
    assert browser.run(way) == "rtl"
    browser.write("BBC!")
    assert browser.run(way) == "ltr"
    start = browser.run(
        f"return {FIELD}.getBoundingClientRect().right - parseFloat(getComputedStyle({FIELD}).paddingRight)"
    )
    button = browser.run("return document.querySelector('.finder .go').getBoundingClientRect().right")
    assert button < start, "the buttons stay at the end of the page's own direction"


def test_the_choice_shows_in_forced_colours(browser: Browser, engine: Engine) -> None:
    engine({"kerry": found("en")})
    opened(browser, PAGE.format("/repo", "en"), "kerry")
    browser.cdp("Emulation.setEmulatedMedia", features=[{"name": "forced-colors", "value": "active"}])
    browser.press("ArrowDown")
    outlines = browser.run(f"return {OPTIONS}.map(e => getComputedStyle(e).outlineStyle)")
    assert outlines[0] == "solid"
    assert "solid" not in outlines[1:]


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_violations(browser: Browser, engine: Engine, axe: Callable[[], list[Any]], code: str) -> None:
    """axe-core finds no fault while the panel is open, nor on the page with results, corrected and not."""
    corrected = {"corrected": [{"from": "k", "to": "kerry"}], "correctedText": "kerry"}
    engine({"kerry": found(code), "k": {**found(code), **corrected}})
    faults = {}
    for width in (1440, 320):
        for scheme in ("light", "dark"):
            browser.look(width, scheme=scheme)
            for text in ("kerry", "k", "zzz"):
                browser.open(PAGE.format("/repo", code))
                browser.press("/")
                browser.write(text)
                browser.until(f"{PANEL} && !{PANEL}.hidden && {PANEL}.innerText")
                browser.press("ArrowDown")
                faults[width, scheme, text, "panel"] = axe()
                browser.open(SEARCH.format("/repo", code) + f"?q={text}&kind=article")
                browser.until("document.querySelector('.tally').innerText")
                faults[width, scheme, text, "page"] = axe()
    assert not {where: what for where, what in faults.items() if what}


# --- Without a server ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", LANGUAGES)
def test_from_a_folder(browser: Browser, engine: Engine, site: Callable[[str], Site], code: str) -> None:
    """Opened from the disk, the box has its panel, and the search page holds what is asked in its address."""
    engine({"kerry": found(code)})
    base = f"file://{site('archive').output}"
    opened(browser, PAGE.format(base, code), "kerry")
    browser.press("Enter")
    browser.until(f"{RESULTS}.length == 9")
    assert browser.driver.current_url == SEARCH.format(base, code) + "?q=kerry"
    browser.run(f"{FIELD}.focus(); {FIELD}.select()")
    browser.write("zzz")
    browser.until(f"{RESULTS}.length == 0")
    assert browser.driver.current_url == SEARCH.format(base, code) + "?q=zzz"
    browser.driver.back()
    browser.until(f"{RESULTS}.length == 9")
    assert not browser.console()


# --- With the archive's own index ------------------------------------------------------------------------------------


@pytest.mark.parametrize("base", ["", "/repo", "file:"])
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("asked", ["Keri", "كيرى"])
def test_a_name_is_found_in_the_archive(
    browser: Browser, site: Callable[[str], Site], base: str, code: str, asked: str
) -> None:
    """In either script from either language: the person first, then the articles; nothing breaks the page's policy."""
    if base == "file:":
        base = f"file://{site('archive').output}"
    opened(browser, PAGE.format(base, code), asked)
    name = {"ar": "جون كيري", "en": "John Kerry"}[code]
    assert browser.run(f"return {OPTIONS}[0].innerText").startswith(name)
    browser.press("Enter")
    browser.until(f"{RESULTS}.length > 2")
    assert browser.run("return document.querySelector('.answer h3').textContent") == name
    assert browser.run("return document.querySelectorAll('.found mark').length") > 2
    browser.run("document.querySelector('.answer a').click()")
    browser.until("document.querySelector('h1')?.innerText == " + json.dumps(name))
    assert not browser.console()
