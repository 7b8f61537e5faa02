"""How pages look, measured in a browser: direction, order, letters, room, focus, and what they ask the network for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import pages
from tests.site.built import Site

if TYPE_CHECKING:
    from tests.browser.conftest import Browser

ARTICLE = "/mixed-directions/{}/articles/bbc-report/index.html"
_EVERY = "return [...document.querySelectorAll('body, body *')].filter(e => e.checkVisibility())"


def test_no_page_scrolls_sideways_on_a_phone(browser: Browser, site: Callable[[str], Site]) -> None:
    """At 320 CSS pixels, and at half the width of a desk's screen for those who enlarge twofold."""
    script = """
    const wide = document.documentElement.scrollWidth - innerWidth;
    const out = [...document.querySelectorAll('body *')].filter(e => {
      const box = e.getBoundingClientRect();
      return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1) && !e.closest('.table, pre');
    });
    return wide > 0 || out.length ? [wide, ...out.slice(0, 3).map(e => e.outerHTML.slice(0, 120))] : null;
    """
    faults = {}
    for path in pages.everything(site):
        browser.open(path)
        for width in (320, 360, 720):
            browser.look(width, 640)
            if found := browser.run(script):
                faults[path, width] = found
    assert not faults, "\n".join(f"{where}: {found}" for where, found in faults.items())


def test_wide_tables_scroll_by_themselves(browser: Browser) -> None:
    browser.look(320)
    browser.open(ARTICLE.format("ar"))
    style = browser.run("return getComputedStyle(document.querySelector('table').parentElement).overflowX")
    assert style in ("auto", "scroll")


_BOXES = [".masthead", ".navigation", "main", "h1"]


def test_the_layout_is_mirrored(browser: Browser) -> None:
    """The same page in two languages has the same boxes, seen in a mirror."""
    script = """
    const box = (name) => document.querySelector(name).getBoundingClientRect();
    return arguments[0].map(name => [box(name).left, box(name).right]);
    """
    browser.open("/repo/ar/people/index.html")
    assert browser.run("return getComputedStyle(document.body).direction") == "rtl"
    arabic = browser.run(script, _BOXES)
    browser.open("/repo/en/people/index.html")
    assert browser.run("return getComputedStyle(document.body).direction") == "ltr"
    english = browser.run(script, _BOXES)
    width = browser.run("return innerWidth")
    for name, (left, right), (start, end) in zip(_BOXES, arabic, english, strict=True):
        # Letters have another size in Arabic, and all measures follow it a little.
        assert abs((width - right) - start) < 24, name
        assert name != ".masthead" or abs((width - left) - end) < 24, name
    at = _BOXES.index
    assert english[at(".navigation")][1] <= english[at("main")][0]
    assert arabic[at(".navigation")][0] >= arabic[at("main")][1]


def test_nothing_is_reordered_by_style(browser: Browser, site: Callable[[str], Site]) -> None:
    """The order in which things take focus is that in which they are seen."""
    script = f"""{_EVERY}.map(e => [e, getComputedStyle(e)])
      .filter(([e, s]) => s.order != '0' || /reverse/.test(s.flexDirection + s.flexWrap) || e.tabIndex > 0)
      .map(([e]) => e.outerHTML.slice(0, 100))"""
    for path in pages.everything(site):
        browser.open(path)
        assert not browser.run(script), path


# --- Letters ---------------------------------------------------------------------------------------------------------


def test_arabic_lines_have_more_room(browser: Browser) -> None:
    """In running text and in headings the leading of Arabic is larger than that of Latin letters."""
    script = """
    return ['.prose p', 'h1', '.lead'].map(name => {
      const style = getComputedStyle(document.querySelector(name));
      return parseFloat(style.lineHeight) / parseFloat(style.fontSize);
    });
    """
    browser.open("/repo/ar/articles/kerry-lavrov-geneva-2016/index.html")
    arabic = browser.run(script)
    browser.open("/repo/en/articles/kerry-lavrov-geneva-2016/index.html")
    english = browser.run(script)
    assert all(a > e for a, e in zip(arabic, english, strict=True)), (arabic, english)
    browser.open("/one-language-articles/en/articles/arabic-alone/index.html")
    assert browser.run(script)[0] == pytest.approx(arabic[0]), "an Arabic text on an English page"
    browser.open("/one-language-articles/ar/articles/english-alone/index.html")
    assert browser.run(script)[0] == pytest.approx(english[0]), "an English text on an Arabic page"


def test_arabic_letters_are_left_whole(browser: Browser, site: Callable[[str], Site]) -> None:
    """No letter-spacing, slant, fading or hyphenation wherever Arabic letters stand."""
    script = f"""{_EVERY}
      .filter(e => [...e.childNodes].some(n => n.nodeType == 3 && /[\\u0620-\\u06ff]/.test(n.data)))
      .map(e => [e, getComputedStyle(e)])
      .filter(([e, s]) => !['normal', '0px'].includes(s.letterSpacing) || s.fontStyle != 'normal' || s.opacity != '1'
        || (s.hyphens == 'auto' && e.matches(':lang(ar), :lang(fa)')) || s.textTransform != 'none')
      .map(([e, s]) => [e.outerHTML.slice(0, 120), s.letterSpacing, s.fontStyle, s.opacity, s.hyphens])"""
    browser.open("/repo/ar/index.html")
    browser.run(
        "document.querySelector('h1').style.fontStyle = 'italic'; document.querySelector('h1').textContent = 'نص'"
    )
    assert browser.run(script), "the fault that was put in is not found"
    faults = {}
    for path in pages.everything(site):
        browser.open(path)
        browser.run("document.querySelectorAll('details').forEach(e => e.open = true)")
        if found := browser.run(script):
            faults[path] = found
    assert not faults, "\n".join(f"{path}: {found}" for path, found in faults.items())


@pytest.mark.parametrize("width", [1440, 720])
def test_no_line_is_clipped(browser: Browser, site: Callable[[str], Site], width: int) -> None:
    """Nothing that holds text is cut off, at twice the size either (half as many CSS pixels)."""
    script = f"""{_EVERY}
      .filter(e => !e.closest('.visually-hidden, .skip') && e.textContent.trim())
      .filter(e => ['hidden', 'clip'].includes(getComputedStyle(e).overflowY) && e.scrollHeight > e.clientHeight + 1)
      .map(e => e.outerHTML.slice(0, 120))"""
    browser.look(width, 450)
    for path in pages.everything(site):
        browser.open(path)
        assert not browser.run(script), path


def test_fonts_are_loaded_and_used(browser: Browser) -> None:
    """Text is shown in the site's own fonts, from the site itself."""
    families = {}
    for code in ("ar", "en"):
        browser.open(f"/repo/{code}/articles/kerry-lavrov-geneva-2016/index.html")
        faces = browser.run("return [...document.fonts].map(f => [f.family.replaceAll('\"', ''), f.status])")
        assert "error" not in {status for _, status in faces}
        families[code] = {family for family, status in faces if status == "loaded"}
        assert _system_letters(browser, ".prose p") == 0
        assert _system_letters(browser, "h1") == 0
    assert "Site Arabic" in families["ar"]
    assert "Site Latin" in families["en"]


def _system_letters(browser: Browser, selector: str) -> float:
    """The number of letters of an element that are drawn with fonts of the system."""
    browser.cdp("DOM.enable")
    browser.cdp("CSS.enable")
    root = browser.cdp("DOM.getDocument")["root"]["nodeId"]
    node = browser.cdp("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
    fonts = browser.cdp("CSS.getPlatformFontsForNode", nodeId=node)["fonts"]
    assert fonts
    return float(sum(font["glyphCount"] for font in fonts if not font["isCustomFont"]))


def test_lists_count_in_the_digits_of_the_site(browser: Browser) -> None:
    script = "return getComputedStyle(document.querySelector('.prose ol')).listStyleType"
    browser.open("/arabic-digits-levantine-months-hijri/ar/articles/new-york/index.html")
    assert browser.run(script) == "arabic-indic"
    browser.open(ARTICLE.format("en"))
    assert browser.run(script) == "decimal"


# --- The order in which letters stand on the screen ------------------------------------------------------------------

_PLACES = """
const [scope, needle] = arguments;
const walker = document.createTreeWalker(document.querySelector(scope), NodeFilter.SHOW_TEXT);
const nodes = [];
let text = '';
while (walker.nextNode()) { nodes.push([text.length, walker.currentNode]); text += walker.currentNode.data; }
const start = text.indexOf(needle);
if (start < 0) return null;
const holder = nodes.filter(([from]) => from <= start).pop()[1].parentElement;
holder.closest('p, li, dd, dt, td, th, h1, h2, pre').style.whiteSpace = 'nowrap';  // all on one line
return [...needle].map((sign, n) => {
  const [from, node] = nodes.filter(([from]) => from <= start + n).pop();
  const range = document.createRange();
  range.setStart(node, start + n - from);
  range.setEnd(node, start + n - from + 1);
  const box = range.getBoundingClientRect();
  return [sign, box.left + box.width / 2, Math.round(box.bottom)];
}).filter(([sign]) => sign.trim());
"""


def _order(browser: Browser, scope: str, needle: str) -> str:
    """The signs of a text in the order in which they are seen from left to right, without spaces."""
    places = browser.run(_PLACES, scope, needle)
    assert places, f"{needle} is not on the page"
    lines = sorted({bottom for _, _, bottom in places})
    assert lines[-1] - lines[0] < 20, f"{needle} is on two lines"
    return "".join(sign for sign, _, _ in sorted(places, key=lambda place: place[1]))


@pytest.mark.parametrize(
    ("scope", "needle", "seen"),
    [
        (".prose", "C++ و", "وC++"),
        (".prose", "-5%", "-5%"),
        (".prose", "25 km", "25km"),
        (".prose", "+41 22 730 21 11", "+41227302111"),
        (".prose", "ISSG 23 د", "د23ISSG"),
        (".prose", "Resolution 2254 ل", "لResolution2254"),
        (".prose", "info@example.org", "info@example.org"),
        (".prose", "rm -rf build/", "rm-rfbuild/"),
        (".prose", "Kerry, Lavrov, de Mistura", "Kerry,Lavrov,deMistura"),
        (".prose", "S/RES/2254 (2015) و", "وS/RES/2254(2015)"),
        (".prose", "ceasefire (full)", "ceasefire(full)"),
        (".editors-note", "2016-09-22", "2016-09-22"),
        ("h1", "BBC: ت", "ت:BBC"),
        (".lead", "25%", "25%"),
        (".lead", "C++ و", "وC++"),
    ],
)
def test_foreign_runs_on_arabic_pages(browser: Browser, scope: str, needle: str, seen: str) -> None:
    browser.open(ARTICLE.format("ar"))
    assert _order(browser, scope, needle) == seen


@pytest.mark.parametrize(
    ("scope", "needle", "seen"),
    [
        (".prose", "ار, 2 terms", "را,2terms"),
        (".prose", "حلب (Aleppo)", "بلح(Aleppo)"),
        (".prose", "ياة, 3", "ةاي,3"),
        ("h1", "نة: what", "ةن:what"),
    ],
)
def test_arabic_runs_on_english_pages(browser: Browser, scope: str, needle: str, seen: str) -> None:
    browser.open(ARTICLE.format("en"))
    assert _order(browser, scope, needle) == seen


def test_wrong_order_is_noticed(browser: Browser) -> None:
    """What the wrappers are for: without them the same text is torn."""
    browser.open(ARTICLE.format("ar"))
    browser.run("document.querySelectorAll('.prose [dir]').forEach(e => e.removeAttribute('dir'))")
    browser.run("document.querySelectorAll('.prose bdi').forEach(e => e.replaceWith(...e.childNodes))")
    assert _order(browser, ".prose", "C++ و") != "وC++"
    assert _order(browser, ".prose", "ISSG 23 د") != "د23ISSG"


# --- Keyboard --------------------------------------------------------------------------------------------------------

_FOCUS = """
const e = document.activeElement;
const box = e.getBoundingClientRect();
const style = getComputedStyle(e);
const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
const hit = document.elementFromPoint(x, y);
return {tag: e.tagName.toLowerCase(), text: e.textContent.trim().slice(0, 40), href: e.getAttribute('href') || '',
  ring: style.outlineStyle != 'none' && parseFloat(style.outlineWidth) >= 1,
  seen: Boolean(hit && (e.contains(hit) || hit.contains(e))) && box.bottom > 0 && box.top < innerHeight,
  top: box.top + scrollY};
"""


_BUTTON = "document.querySelector('.navigation summary')"
_MENU = """
[...document.querySelectorAll('.navigation a')].filter(e => e.checkVisibility({contentVisibilityAuto: true})).length
""".strip()


@pytest.mark.parametrize("code", ["ar", "en"])
@pytest.mark.parametrize("width", [320, 1440])
def test_focus_is_always_seen(browser: Browser, code: str, width: int) -> None:
    """Every stop of the Tab key shows itself and is covered by nothing; the first one leads to the content."""
    browser.look(width, 640)
    browser.open(f"/repo/{code}/articles/kerry-lavrov-geneva-2016/index.html")
    stops = []
    for _ in range(70):
        browser.press("Tab")
        stop = browser.run(_FOCUS)
        if stop["tag"] == "body":
            break
        stops.append(stop)
    assert stops[0]["href"] == "#content"
    assert len(stops) > 20
    assert not [stop for stop in stops if not stop["ring"] or not stop["seen"]]


@pytest.mark.parametrize("code", ["ar", "en"])
def test_the_menu_opens_by_keyboard_on_a_phone(browser: Browser, code: str) -> None:
    browser.look(390, 800)
    browser.open(f"/repo/{code}/index.html")
    visible = f"return {_MENU}"
    assert browser.run(visible) == 0
    for _ in range(12):
        browser.press("Tab")
        if browser.run(_FOCUS)["tag"] == "summary":
            break
    assert browser.run(_FOCUS)["tag"] == "summary"
    browser.press("Enter")
    assert browser.run(visible) > 8
    browser.press("Tab")
    assert browser.run("return Boolean(document.activeElement.closest('.navigation'))")
    browser.press("Enter")
    browser.run("return document.fonts.ready.then(() => true)")
    assert f"/repo/{code}/" in browser.driver.current_url


# --- Scripts and the network -----------------------------------------------------------------------------------------


def test_nothing_is_asked_of_others_and_nothing_fails(browser: Browser, site: Callable[[str], Site]) -> None:
    """No request to another server, no missing file, no breach of the page's own policy."""
    for path in pages.everything(site):
        browser.open(path)
        elsewhere = [url for url in browser.requests() if not url.startswith((browser.server, "data:", "about:"))]
        assert not elsewhere, path
        assert not browser.console(), path


def test_breaches_are_noticed(browser: Browser) -> None:
    browser.open("/english-only/en/index.html")
    browser.run("const e = document.createElement('script'); e.textContent = 'x()'; document.body.append(e)")
    browser.run(
        "const i = document.createElement('img'); i.src = 'https://elsewhere.invalid/x.png'; document.body.append(i)"
    )
    assert any("Content Security Policy" in message for message in browser.console())


def test_missing_addresses_get_a_page_of_their_own(browser: Browser) -> None:
    """At any depth, with its style and without loading anything."""
    browser.open("/repo/ar/no/such/page/at/all/")
    assert len(browser.run("return [...document.querySelectorAll('main a')].map(a => a.href)")) == 2
    assert browser.run("return getComputedStyle(document.querySelector('main')).display") == "grid"
    assert not [url for url in browser.requests() if url.endswith((".css", ".js", ".woff2"))]


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("code", ["ar", "en"])
def test_pages_are_whole_without_scripts(browser: Browser, code: str, width: int) -> None:
    """Text, navigation and the way to the other language are there, and the menu opens."""
    browser.look(width, 800)
    browser.cdp("Emulation.setScriptExecutionDisabled", value=True)
    browser.driver.get(f"{browser.server}/repo/{code}/articles/kerry-lavrov-geneva-2016/index.html")

    def see(expression: str) -> Any:
        """What an expression gives; the page's own scripts stay off."""
        return browser.cdp("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    assert see("document.querySelector('button.theme').hidden") is True
    assert see("document.querySelector('.prose').innerText.length") > 500
    assert see("document.querySelector('.switches a').checkVisibility()") is True
    if width < 1000:
        assert see(_MENU) == 0
        x, y = see("(b => [b.x + b.width / 2, b.y + b.height / 2])(" + _BUTTON + ".getBoundingClientRect())")
        for kind in ("mousePressed", "mouseReleased"):
            browser.cdp("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
    assert see(_MENU) > 8


def test_colours_are_remembered(browser: Browser) -> None:
    """The button turns the colours over, on later pages too."""
    paper = "return getComputedStyle(document.documentElement).backgroundColor"
    browser.open("/repo/en/index.html")
    light = browser.run(paper)
    browser.run("document.querySelector('button.theme').click()")
    dark = browser.run(paper)
    assert light != dark
    browser.open("/repo/ar/people/index.html")
    assert browser.run(paper) == dark
    browser.run("localStorage.clear()")


def test_a_folder_is_enough(browser: Browser, site: Callable[[str], Site]) -> None:
    """Opened from the disk, pages have their style, and links work."""
    output = site("archive").output
    browser.open(f"file://{output}/ar/index.html")
    assert browser.run("return getComputedStyle(document.querySelector('.skip')).position") == "absolute"
    assert "loaded" in browser.run("return [...document.fonts].map(f => f.status)")
    browser.run("document.querySelector('.switches a').click()")
    assert browser.driver.current_url == f"file://{output}/en/index.html"
    assert not browser.console()
